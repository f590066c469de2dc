/* face: one face of one font file, mapped, with the metrics that setting needs. */
#include "font/face.h"
#include <hb-ot.h>
#include "base/hash.h"
#include "font/file.h"
#include "font/fonts.h"
#include "font/glyphs.h"

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool present = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return present;
}

/* The HarfBuzz face of a file, or NULL. */
static hb_face_t *load(const char *path, unsigned index)
{
    hb_face_t *face = font_file_face(path, index & 0xFFFF);
    if (face == NULL) {
        return NULL;
    }
    bool outlines = has_table(face, HB_TAG('g', 'l', 'y', 'f')) ||
                    has_table(face, HB_TAG('C', 'F', 'F', ' '));
    if (!outlines || hb_face_get_glyph_count(face) == 0) {
        hb_face_destroy(face);
        return NULL;
    }
    hb_face_make_immutable(face);
    return face;
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(font, tag, &value);
    return value;
}

/* The comma stands in the middle of its em: all marks of the font do. */
static bool has_centred_marks(hb_font_t *font, hb_face_t *face)
{
    hb_glyph_extents_t ink;
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(font, 0xFF0C, &glyph) ||
        !hb_font_get_glyph_extents(font, glyph, &ink)) {
        return false;
    }
    int middle = ink.x_bearing + ink.width / 2, em = (int)hb_face_get_upem(face);
    return middle > em * 3 / 8 && middle < em * 5 / 8;
}

/* Family and `head`, which has the font's version, its dates and the sum of all its
 * bytes: equal on two machines that have the same font, whatever their folders are
 * called. */
static uint64_t digest(hb_face_t *face, const char *family)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    uint64_t hash = hash_bytes(hash_text(HASH_SEED, text_of(family)), bytes, length);
    hb_blob_destroy(blob);
    return hash;
}

bool face_open(
    const struct installed *installed, const struct face *shared, struct face *ret_face)
{
    hb_face_t *hb_face = shared != NULL ? hb_face_reference(shared->hb_face)
                                        : load(installed->path, installed->index);
    if (hb_face == NULL) {
        return false;
    }
    hb_font_t *font = hb_font_create(hb_face); /* its scale is units per em */
    hb_font_make_immutable(font);
    *ret_face = (struct face){
        .path = installed->path,
        .index = installed->index,
        .digest = digest(hb_face, installed->family),
        .family = installed->family,
        .weight = installed->weight,
        .italic = installed->italic,
        .hb_face = hb_face,
        .hb_font = font,
        .glyphs = face_glyphs_new(),
        .units_per_em = (int)hb_face_get_upem(hb_face),
        .ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER),
        .descent = -metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER),
        .centred_marks = has_centred_marks(font, hb_face),
        .underline_position = -metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET),
        .underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE),
    };
    return true;
}

bool face_is_variable(const struct face *face)
{
    return hb_ot_var_has_data(face->hb_face);
}

void face_close(struct face *face)
{
    face_glyphs_free(face->glyphs);
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
}

unit face_scale(const struct face *face, int64_t font_units, unit size)
{
    return (unit)unit_muldiv(font_units, size, face->units_per_em);
}
