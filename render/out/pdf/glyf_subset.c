/* glyf_subset: a TrueType file of some glyphs of a face (OpenType 1.9).
 *
 *     head hhea maxp hmtx loca glyf
 *
 * These are what a PDF needs (ISO 32000-2, 9.9.1), as far as they go: instructions and
 * with them cvt, fpgm and prep stay behind, as do the tables of a variable font, which is
 * written as its default instance. Glyphs come in their order, numbered anew; of composed
 * ones the components are renumbered. Each begins at an even place.
 *
 * Rejected: hb-subset, which makes the same tables with more than twice the instructions
 * and a memory of its own: a twentieth of a batch's time, and one more library to load. */
#include "out/pdf/glyf.h"

#include "base/memory.h"

#define DIRECTORY    12          /* bytes of a file before the entries of its tables */
#define ENTRY        16          /* bytes of an entry: tag, checksum, place, length */
#define ADJUSTMENT   8           /* where in head checkSumAdjustment stands */
#define CHECKSUM     0xB1B0AFBAU /* less the sum of the file: checkSumAdjustment */
#define METRIC_COUNT 34          /* where in hhea numberOfHMetrics stands */
#define GLYPH_COUNT  4           /* where in maxp numGlyphs stands */
#define ZONES        14 /* where in maxp the seven numbers for instructions begin */
#define ZONES_END    28
#define SHORT_LIMIT  0x1FFFEU /* bytes of glyf that 16 bits of loca can reach */
#define INSTRUCTIONS 0x100U   /* flag of a component: instructions follow the last one */
#define GLYPHS_MOST  0xFFFFU

struct subset {
    const struct glyf *font; /* borrowed */
    const uint32_t *glyphs;  /* ascending; borrowed */
    size_t count;
    bool shows_notdef;
    struct str tables[GLYF_TABLES]; /* in the order of `tags`; owned */
};

/* As a directory has them, by their letters. */
enum table { TABLE_GLYF, TABLE_HEAD, TABLE_HHEA, TABLE_HMTX, TABLE_LOCA, TABLE_MAXP };
static const char tags[GLYF_TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};

/* In the order in which their bytes come. */
static const enum table order[GLYF_TABLES] = {
    TABLE_HEAD, TABLE_HHEA, TABLE_MAXP, TABLE_HMTX, TABLE_LOCA, TABLE_GLYF};

static void put_u16(struct str *out, uint32_t value)
{
    const char bytes[] = {(char)(value >> 8 & 0xFF), (char)(value & 0xFF)};
    str_append(out, bytes, sizeof bytes);
}

static void put_u32(struct str *out, uint32_t value)
{
    put_u16(out, value >> 16);
    put_u16(out, value & 0xFFFF);
}

static void set_u16(struct str *out, size_t at, uint32_t value)
{
    out->data[at] = (char)(value >> 8 & 0xFF);
    out->data[at + 1] = (char)(value & 0xFF);
}

/* ---- components ---- */

static bool is_used(const uint64_t *used, size_t words, uint32_t glyph)
{
    return glyph / 64 < words && (used[glyph / 64] >> glyph % 64 & 1) != 0;
}

/* A glyph that can be drawn is not composed of itself: this comes to an end. */
static bool add_glyph(
    const struct glyf *font, uint32_t glyph, uint64_t *used, size_t words)
{
    struct text outline;
    struct glyf_component part = {0};
    if (glyph / 64 >= words || !glyf_outline(font, glyph, &outline))
        return false;
    used[glyph / 64] |= UINT64_C(1) << glyph % 64;
    if (!glyf_is_composed(outline))
        return true;
    for (size_t at = GLYF_HEADER; !part.last;) {
        at = glyf_component(outline, at, &part);
        bool good = at != 0 && (is_used(used, words, part.glyph) ||
                                   add_glyph(font, part.glyph, used, words));
        if (!good)
            return false;
    }
    return true;
}

bool glyf_add_components(const struct glyf *font, uint64_t *used, size_t words)
{
    for (size_t i = 0; i < words; i++) {
        uint64_t asked = used[i]; /* what is added meanwhile has its own with it */
        for (uint32_t bit = 0; asked != 0; asked >>= 1, bit++) {
            if ((asked & 1) != 0 &&
                !add_glyph(font, (uint32_t)(64 * i) + bit, used, words))
                return false;
        }
    }
    return true;
}

/* ---- tables ---- */

/* The new number of a glyph of the subset. */
static uint32_t renumbered(const struct subset *subset, uint32_t glyph)
{
    size_t low = 0, high = subset->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (subset->glyphs[middle] <= glyph)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static void put_simple(struct text outline, struct str *out)
{
    size_t head = GLYF_HEADER + 2 * (size_t)sfnt_u16(outline, 0);
    str_append(out, outline.data, head);
    put_u16(out, 0); /* bytes of instructions */
    size_t points = head + 2 + sfnt_u16(outline, head);
    str_append(out, outline.data + points, outline.length - points);
}

static void put_composed(
    const struct subset *subset, struct text outline, struct str *out)
{
    struct glyf_component part = {0};
    size_t start = out->length;
    str_append_text(out, outline);
    for (size_t at = GLYF_HEADER; !part.last;) {
        size_t next = glyf_component(outline, at, &part);
        set_u16(out, start + at, part.flags & ~INSTRUCTIONS);
        set_u16(out, start + at + 2, renumbered(subset, part.glyph));
        at = next;
    }
}

/* Bytes that the outlines take at most, so that their table grows once. Places in loca
 * ascend, so that glyphs share none: more than the face has, and one for each to be even,
 * it is only of a damaged one, whose subset could have any size. */
static size_t outlines_size(const struct subset *subset)
{
    struct text outline;
    size_t size = 0;
    for (size_t i = 0; i < subset->count; i++)
        size += glyf_outline(subset->font, subset->glyphs[i], &outline)
                    ? outline.length + 1
                    : 0;
    return size;
}

/* glyf, and the places in it, of which there is one more than glyphs. */
static void make_outlines(struct subset *subset, uint32_t *places)
{
    struct str *out = &subset->tables[TABLE_GLYF];
    str_reserve(out, outlines_size(subset));
    for (size_t i = 0; i < subset->count; i++) {
        struct text outline = {"", 0};
        if (subset->glyphs[i] != 0 || subset->shows_notdef)
            glyf_outline(subset->font, subset->glyphs[i], &outline);
        places[i] = (uint32_t)out->length;
        if (outline.length == 0)
            continue;
        if (glyf_is_composed(outline))
            put_composed(subset, outline, out);
        else
            put_simple(outline, out);
        if (out->length % 2 != 0)
            str_append_char(out, '\0');
    }
    places[subset->count] = (uint32_t)out->length;
}

/* Returns whether it has 32 bits an entry. */
static bool make_places(struct subset *subset)
{
    uint32_t *places = memory_alloc((subset->count + 1) * sizeof *places);
    make_outlines(subset, places);
    bool wide = places[subset->count] > SHORT_LIMIT;
    for (size_t i = 0; i <= subset->count; i++) {
        if (wide)
            put_u32(&subset->tables[TABLE_LOCA], places[i]);
        else
            put_u16(&subset->tables[TABLE_LOCA], places[i] / 2);
    }
    memory_free(places);
    return wide;
}

/* The left side bearing of a glyph; where hmtx has none, the edge of its outline. */
static uint32_t bearing_of(const struct glyf *font, uint32_t glyph)
{
    size_t metrics = sfnt_u16(font->hhea, METRIC_COUNT);
    size_t at = glyph < metrics ? 4 * (size_t)glyph + 2
                                : 4 * metrics + 2 * ((size_t)glyph - metrics);
    struct text outline;
    if (at + 2 <= font->hmtx.length)
        return sfnt_u16(font->hmtx, at);
    return glyf_outline(font, glyph, &outline) && outline.length > 0
               ? sfnt_u16(outline, 2) /* xMin */
               : 0;
}

/* hmtx. Returns how many metrics have an advance: behind them it is the last one's. */
static uint32_t make_metrics(struct subset *subset, hb_font_t *hb_font)
{
    uint32_t *advances = memory_alloc(subset->count * sizeof *advances);
    for (size_t i = 0; i < subset->count; i++) {
        hb_position_t advance = hb_font_get_glyph_h_advance(hb_font, subset->glyphs[i]);
        advances[i] = advance < 0 ? 0 : advance > 0xFFFF ? 0xFFFF : (uint32_t)advance;
    }
    size_t metrics = subset->count;
    while (metrics > 1 && advances[metrics - 1] == advances[metrics - 2])
        metrics--;
    for (size_t i = 0; i < subset->count; i++) {
        if (i < metrics)
            put_u16(&subset->tables[TABLE_HMTX], advances[i]);
        put_u16(&subset->tables[TABLE_HMTX], bearing_of(subset->font, subset->glyphs[i]));
    }
    memory_free(advances);
    return (uint32_t)metrics;
}

static void make_tables(struct subset *subset, hb_font_t *hb_font)
{
    struct str *head = &subset->tables[TABLE_HEAD], *hhea = &subset->tables[TABLE_HHEA],
               *maxp = &subset->tables[TABLE_MAXP];
    str_append(head, subset->font->head.data, GLYF_HEAD);
    set_u16(head, GLYF_LOCA_FORMAT, make_places(subset));
    set_u16(head, ADJUSTMENT, 0);
    set_u16(head, ADJUSTMENT + 2, 0);
    str_append(hhea, subset->font->hhea.data, GLYF_HHEA);
    set_u16(hhea, METRIC_COUNT, make_metrics(subset, hb_font));
    str_append(maxp, subset->font->maxp.data, GLYF_MAXP);
    set_u16(maxp, GLYPH_COUNT, (uint32_t)subset->count);
    for (size_t at = ZONES; at < ZONES_END; at += 2)
        set_u16(maxp, at, at == ZONES); /* one zone: no twilight */
}

/* ---- the file ---- */

/* The sum of a file's or a table's 32-bit words; what lacks at the end counts as 0. */
static uint32_t checksum(struct text t)
{
    uint32_t sum = 0;
    size_t at = 0;
    for (; at + 4 <= t.length; at += 4)
        sum += sfnt_u32(t, at);
    for (unsigned shift = 24; at < t.length; at++, shift -= 8)
        sum += (uint32_t)(uint8_t)t.data[at] << shift;
    return sum;
}

/* Returns the sum of the tables. */
static uint32_t put_directory(const struct subset *subset, struct str *out)
{
    uint32_t places[GLYF_TABLES], sums = 0;
    uint32_t place = DIRECTORY + ENTRY * GLYF_TABLES;
    for (size_t i = 0; i < GLYF_TABLES; i++) {
        places[order[i]] = place;
        place += (uint32_t)(subset->tables[order[i]].length + 3) / 4 * 4;
    }
    put_u32(out, 0x00010000);
    put_u16(out, GLYF_TABLES);
    put_u16(out, 64); /* searchRange: 16 times the power of two not above the count */
    put_u16(out, 2);  /* entrySelector: its logarithm */
    put_u16(out, ENTRY * GLYF_TABLES - 64); /* rangeShift */
    for (size_t i = 0; i < GLYF_TABLES; i++) {
        struct text table = str_text(&subset->tables[i]);
        uint32_t sum = checksum(table);
        str_append(out, tags[i], 4);
        put_u32(out, sum);
        put_u32(out, places[i]);
        put_u32(out, (uint32_t)table.length);
        sums += sum;
    }
    return sums;
}

bool glyf_subset(const struct glyf *font, hb_font_t *hb_font, const uint32_t *glyphs,
    size_t count, bool shows_notdef, struct str *out)
{
    struct subset subset = {font, glyphs, count, shows_notdef, {{0}}};
    size_t start = out->length, head = start + DIRECTORY + ENTRY * GLYF_TABLES;
    if (count == 0 || count > GLYPHS_MOST ||
        outlines_size(&subset) > font->glyf.length + count)
        return false;
    make_tables(&subset, hb_font);
    uint32_t rest = CHECKSUM - put_directory(&subset, out);
    rest -= checksum(text_slice(str_text(out), start, out->length));
    for (size_t i = 0; i < GLYF_TABLES; i++) {
        str_append_text(out, str_text(&subset.tables[order[i]]));
        while ((out->length - start) % 4 != 0)
            str_append_char(out, '\0');
        str_done(&subset.tables[order[i]]);
    }
    set_u16(out, head + ADJUSTMENT, rest >> 16);
    set_u16(out, head + ADJUSTMENT + 2, rest & 0xFFFF);
    return true;
}
