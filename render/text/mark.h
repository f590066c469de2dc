/* mark: bodies and white of full-width marks. Only text/ includes this. */
#ifndef PAIBAN_TEXT_MARK_H
#define PAIBAN_TEXT_MARK_H

#include "text/shaper.h"

/* Give a cluster of the Han font the body that its class has (1 em, an interpunct ½ em,
 * —— 2 em) whatever the font says, its glyphs placed in it; and set ink_left and
 * ink_right as its language places the ink. */
void mark_set_body(
    struct cluster *cluster, struct glyph *glyphs, enum text_language language);

#endif
