/* file: a font file, mapped for HarfBuzz and open for pieces of it (face_read() in fonts.h).
 * Only font/ includes this. */
#ifndef PAIBAN_FONT_FILE_H
#define PAIBAN_FONT_FILE_H

#include <hb.h>

/* The HarfBuzz face of a font file; index: of the face in a collection. The file stays open
 * as long as the face. NULL: the file cannot be read or mapped, or is empty. */
hb_face_t *font_file_face(const char *path, unsigned index);

#endif
