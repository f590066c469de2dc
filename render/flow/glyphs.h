/* glyphs: clusters on a line → glyph items. Private to flow/. */
#ifndef PAIBAN_FLOW_GLYPHS_H
#define PAIBAN_FLOW_GLYPHS_H

#include "flow/state.h"

/* A stretch of clusters and where it stands. */
struct glyph_line {
    uint32_t page;          /* index in book.pages */
    unit x, baseline;       /* of the measure's left edge */
    enum artifact artifact; /* of text without a structure id */
    unit ascent, descent;   /* of the line */
    const struct paragraph_text *text;
    const struct run *runs;        /* ours, same order as text's */
    const struct placed *placed;   /* per cluster of text */
    uint32_t start, end;           /* clusters */
    const struct line *hyphenated; /* the line whose hyphen ends it; NULL: none */
};

/* Add the items of a stretch to its page, with ruby and decorations. */
void glyphs_emit(struct flow *flow, const struct glyph_line *line);

#endif
