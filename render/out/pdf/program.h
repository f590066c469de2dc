/* program: one font program in a PDF file: its subset, its dictionaries, its text maps.
 */
#ifndef PAIBAN_OUT_PDF_PROGRAM_H
#define PAIBAN_OUT_PDF_PROGRAM_H

#include "out/pdf/fonts.h"

/* Give each use its code and width and write the font with its variants; objects
 * numbers[v] are the Type 0 fonts. False after a fatal diagnostic. */
bool pdf_program_write(struct pdf_font *font, const uint32_t *numbers,
    struct pdf_objects *objects, struct diagnostics *sink);

#endif
