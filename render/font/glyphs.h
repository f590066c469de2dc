/* glyphs: the nominal glyphs and advances of a face by character, remembered as long as
 * the face is open: text is looked up several times, and cmap is searched each time. Only
 * font/ includes this. */
#ifndef PAIBAN_FONT_GLYPHS_H
#define PAIBAN_FONT_GLYPHS_H

#include "font/fonts.h"

struct face_glyphs *face_glyphs_new(void);
void face_glyphs_free(struct face_glyphs *glyphs); /* takes NULL */

#endif
