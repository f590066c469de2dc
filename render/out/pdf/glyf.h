/* glyf: the outlines of a TrueType face: whether they can be drawn, and a font file of some.
 *
 *     struct glyf font;
 *     if (glyf_open(&font, face) && glyf_add_components(&font, used, words))
 *         glyf_subset(&font, hb_font, glyphs, count, out);
 *     glyf_close(&font);
 */
#ifndef PAIBAN_OUT_PDF_GLYF_H
#define PAIBAN_OUT_PDF_GLYF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/str.h"
#include "font/fonts.h"

#define GLYF_HEADER      10 /* bytes of a glyph before its outlines: contours and bounds */
#define GLYF_HEAD        54 /* bytes of these tables */
#define GLYF_HHEA        36
#define GLYF_MAXP        32
#define GLYF_LOCA_FORMAT 50 /* where in head it stands: 0: loca has 16 bits an entry */
#define GLYF_TABLES      6

/* The tables of a face that its outlines need. */
struct glyf {
    hb_face_t *face;                                /* borrowed */
    struct text head, hhea, maxp, hmtx, loca, glyf; /* borrowed from the blobs */
    hb_blob_t *blobs[GLYF_TABLES];                  /* owned */
    size_t blob_count;
    struct sparse *sound; /* of the face: glyphs that can be drawn; borrowed */
    bool wide;            /* loca has 32 bits an entry, else 16, of pairs of bytes */
};

/* One glyph that another is composed of. */
struct glyf_component {
    uint32_t glyph;
    uint16_t flags;
    bool last; /* no more follow */
};

/* False: a table is missing or too short; glyf_close() follows in any case. */
bool glyf_open(struct glyf *font, hb_face_t *face);
void glyf_close(struct glyf *font);

/* The bytes of a glyph, with what pads them; false: the tables do not have them. */
bool glyf_find(const struct glyf *font, uint32_t glyph, struct text *ret_bytes);
/* The same without what pads them, nothing of a glyph without contours; of a composed one
 * without its instructions. False: it cannot be drawn whole, or what it is composed of. */
bool glyf_outline(const struct glyf *font, uint32_t glyph, struct text *ret_outline);
/* The component at a place in the outline of a composed glyph. Returns the place behind
 * it; 0: it is not there whole. */
size_t glyf_component(struct text t, size_t at, struct glyf_component *ret_component);

/* A number of 16 or 32 bits, most significant byte first; t reaches that far. */
static inline uint32_t sfnt_u16(struct text t, size_t at)
{
    return (uint32_t)(uint8_t)t.data[at] << 8 | (uint8_t)t.data[at + 1];
}

static inline uint32_t sfnt_u32(struct text t, size_t at)
{
    return sfnt_u16(t, at) << 16 | sfnt_u16(t, at + 2);
}

static inline bool glyf_is_composed(struct text outline)
{
    return outline.length > 0 && sfnt_u16(outline, 0) >= 0x8000;
}

/* Add what is used to what is composed of: bit g % 64 of used[g / 64] stands for glyph g,
 * of which there are 64 × words. False: one of them cannot be drawn. */
bool glyf_add_components(const struct glyf *font, uint64_t *used, size_t words);
/* Append a font file of the glyphs, which are ascending from 0, have their components with
 * them and can be drawn; they are numbered anew. Advances are those of hb_font, whose scale
 * is font units. Glyph 0 is empty unless it is shown. False: there are too many, or they
 * share bytes. */
bool glyf_subset(const struct glyf *font, hb_font_t *hb_font, const uint32_t *glyphs,
    size_t count, bool shows_notdef, struct str *out);

#endif
