/* decorate: what is drawn with text: lines under and through it, dots, boxes for
 * characters that no font has. Private to flow/. */
#ifndef PAIBAN_FLOW_DECORATE_H
#define PAIBAN_FLOW_DECORATE_H

#include "flow/glyphs.h"

/* The lines and dots of all decorated runs of a stretch. */
void decorate_line(struct flow *flow, const struct glyph_line *line);
/* A box with the code point in it, in the cluster's place. */
void decorate_missing(struct flow *flow, const struct glyph_line *line, uint32_t cluster);
/* The mark ↵ of a code line that goes on in the next; x: its left edge. */
void decorate_wrap(
    struct flow *flow, const struct glyph_line *line, unit x, unit size, uint32_t colour);
/* From the base's baseline up to its annotation's. */
unit decorate_ruby_rise(unit base, unit annotation);

#endif
