/* outline: the drawn shape of a glyph, for text that is set at an angle.
 *
 * HarfBuzz reads it from the font; what comes out are moves, lines and curves of the
 * third degree in font units, y up, from the glyph's origin on the baseline. */
#ifndef PAIBAN_FONT_OUTLINE_H
#define PAIBAN_FONT_OUTLINE_H

#include "base/vec.h"
#include "font/fonts.h"

enum outline_op { OUTLINE_MOVE, OUTLINE_LINE, OUTLINE_CURVE, OUTLINE_CLOSE };

struct outline_step {
    enum outline_op op;
    double x[3], y[3]; /* font units; MOVE, LINE use [0], CURVE all */
};

struct outline {
    VEC(struct outline_step) steps; /* vec_done() frees them */
};

/* Append the shape of a glyph. */
void face_outline(const struct face *face, uint32_t glyph, struct outline *out);

#endif
