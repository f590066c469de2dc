/* glyf: whether outlines of a TrueType face can be drawn. */
#ifndef PAIBAN_OUT_PDF_GLYF_H
#define PAIBAN_OUT_PDF_GLYF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "font/fonts.h"

/* Whether each of the glyphs is there whole, or empty as the face says; with them the
 * ones they are composed of. */
bool glyf_is_sound(hb_face_t *face, const uint32_t *glyphs, size_t count);

#endif
