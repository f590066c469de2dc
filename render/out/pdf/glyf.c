/* glyf: walks the outlines of a TrueType face without drawing them (OpenType 1.9).
 *
 *     loca[g] … loca[g + 1]   bytes of a glyph in glyf; none: it is empty
 *     simple      contours ≥ 0: ends of contours, instructions, flags, x, y
 *     composed    contours < 0: (flags, glyph, place, scale)+
 *
 * A glyph that cannot be read would be white on the page and there for search, and nobody
 * would be told; so it is looked for first, once for each glyph as long as the face is
 * open. Where its last byte is, before what pads it, is kept for the subset.
 */
#include "out/pdf/glyf.h"

#include "base/sparse.h"

#define DEPTH_LIMIT 16    /* of glyphs composed of composed ones; fonts have 2 */
#define STEP_LIMIT  65536 /* components of one glyph, in all: far above any font's */

enum point_flag { X_SHORT = 2, Y_SHORT = 4, REPEATED = 8, X_SAME = 16, Y_SAME = 32 };
enum component_flag { WORDS = 1, SCALE = 8, MORE = 32, SCALE_XY = 64, MATRIX = 128 };

/* A walk over one glyph and what it is composed of. */
struct walk {
    const struct glyf *font; /* borrowed */
    uint32_t steps;          /* components so far */
};

/* A place in loca. */
static size_t place_of(const struct glyf *font, size_t entry)
{
    return font->wide ? sfnt_u32(font->loca, 4 * entry)
                      : 2 * (size_t)sfnt_u16(font->loca, 2 * entry);
}

bool glyf_find(const struct glyf *font, uint32_t glyph, struct text *ret_bytes)
{
    if ((glyph + (size_t)2) * (font->wide ? 4 : 2) > font->loca.length)
        return false;
    size_t start = place_of(font, glyph), end = place_of(font, glyph + (size_t)1);
    if (start > end || end > font->glyf.length)
        return false;
    *ret_bytes = text_slice(font->glyf, start, end);
    return true;
}

/* Bytes that a point's coordinate takes. */
static size_t coordinate_size(unsigned flags, unsigned small, unsigned same)
{
    return (flags & small) != 0 ? 1 : (flags & same) != 0 ? 0 : 2;
}

/* Where flags and coordinates of so many points end, that begin at `at`; 0: not in t. */
static size_t points_end(struct text t, size_t at, size_t points)
{
    size_t coordinates = 0;
    while (points > 0) {
        if (at >= t.length)
            return 0;
        unsigned flags = (uint8_t)t.data[at++];
        size_t times = 1;
        if ((flags & REPEATED) != 0) {
            if (at >= t.length)
                return 0;
            times += (uint8_t)t.data[at++];
        }
        if (times > points)
            return 0;
        points -= times;
        coordinates += times * (coordinate_size(flags, X_SHORT, X_SAME) +
                                   coordinate_size(flags, Y_SHORT, Y_SAME));
    }
    return at + coordinates <= t.length ? at + coordinates : 0;
}

static size_t simple_end(struct text t, size_t contours)
{
    size_t at = GLYF_HEADER + 2 * contours, points = 0;
    if (at + 2 > t.length)
        return 0;
    for (size_t i = 0; i < contours; i++) {
        size_t end = sfnt_u16(t, GLYF_HEADER + 2 * i) + (size_t)1;
        if (end <= points)
            return 0;
        points = end;
    }
    return points_end(t, at + 2 + sfnt_u16(t, at), points);
}

size_t glyf_component(struct text t, size_t at, struct glyf_component *ret_component)
{
    if (at + 4 > t.length)
        return 0;
    unsigned flags = sfnt_u16(t, at);
    *ret_component = (struct glyf_component){
        sfnt_u16(t, at + 2), (uint16_t)flags, (flags & MORE) == 0};
    at += (flags & WORDS) != 0 ? 8 : 6;
    at += (flags & SCALE) != 0      ? 2U
          : (flags & SCALE_XY) != 0 ? 4U
          : (flags & MATRIX) != 0   ? 8U
                                    : 0U;
    return at <= t.length ? at : 0;
}

static bool check_glyph(struct walk *walk, uint32_t glyph, int depth, size_t *ret_end);

static size_t composed_end(struct walk *walk, struct text t, int depth)
{
    struct glyf_component part = {0};
    size_t at = GLYF_HEADER, end;
    while (!part.last) {
        at = glyf_component(t, at, &part);
        if (at == 0 || ++walk->steps > STEP_LIMIT || depth == DEPTH_LIMIT ||
            !check_glyph(walk, part.glyph, depth + 1, &end))
            return 0;
    }
    return at;
}

/* Whether a glyph can be drawn; the end of its outlines, 0 of an empty one. */
static bool check_glyph(struct walk *walk, uint32_t glyph, int depth, size_t *ret_end)
{
    struct text t;
    *ret_end = 0;
    if (!glyf_find(walk->font, glyph, &t))
        return false;
    if (t.length == 0)
        return true;
    if (t.length < GLYF_HEADER)
        return false;
    uint32_t contours = sfnt_u16(t, 0);
    if (contours == 0)
        return true;
    *ret_end =
        glyf_is_composed(t) ? composed_end(walk, t, depth) : simple_end(t, contours);
    return *ret_end != 0;
}

/* HarfBuzz knows user data by the address of its key and leaves the key alone. */
static const hb_user_data_key_t sound_key;

static void sound_free(void *data)
{
    sparse_done(data);
    memory_free(data);
}

/* Of the glyphs of the face that were found sound, 1 + the end of their outlines. */
static struct sparse *sound_glyphs(hb_face_t *face)
{
    hb_user_data_key_t *key = (hb_user_data_key_t *)&sound_key;
    struct sparse *sound = hb_face_get_user_data(face, key);
    if (sound != NULL)
        return sound;
    sound = memory_alloc(sizeof *sound);
    if (!hb_face_set_user_data(face, key, sound, sound_free, true))
        program_stop("no memory for glyphs");
    return sound;
}

bool glyf_outline(const struct glyf *font, uint32_t glyph, struct text *ret_outline)
{
    uint32_t known = sparse_get(font->sound, glyph);
    if (known == 0) {
        struct walk walk = {font, 0};
        size_t end;
        if (!check_glyph(&walk, glyph, 0, &end) || end >= UINT32_MAX)
            return false;
        known = (uint32_t)end + 1;
        sparse_set(font->sound, glyph, known);
    }
    struct text bytes = {"", 0};
    bool found = glyf_find(font, glyph, &bytes);
    *ret_outline = text_slice(bytes, 0, known - 1);
    return found;
}

static struct text table(struct glyf *font, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(font->face, tag);
    font->blobs[font->blob_count++] = blob;
    unsigned length = 0;
    const char *data = hb_blob_get_data(blob, &length);
    return (struct text){data, length};
}

bool glyf_open(struct glyf *font, hb_face_t *face)
{
    *font = (struct glyf){.face = face, .sound = sound_glyphs(face)};
    font->head = table(font, HB_TAG('h', 'e', 'a', 'd'));
    font->hhea = table(font, HB_TAG('h', 'h', 'e', 'a'));
    font->maxp = table(font, HB_TAG('m', 'a', 'x', 'p'));
    font->hmtx = table(font, HB_TAG('h', 'm', 't', 'x'));
    font->loca = table(font, HB_TAG('l', 'o', 'c', 'a'));
    font->glyf = table(font, HB_TAG('g', 'l', 'y', 'f'));
    if (font->head.length < GLYF_HEAD || font->hhea.length < GLYF_HHEA ||
        font->maxp.length < GLYF_MAXP)
        return false;
    font->wide = sfnt_u16(font->head, GLYF_LOCA_FORMAT) != 0;
    return true;
}

void glyf_close(struct glyf *font)
{
    for (size_t i = 0; i < font->blob_count; i++)
        hb_blob_destroy(font->blobs[i]);
    *font = (struct glyf){0};
}
