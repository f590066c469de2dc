/* face: one face of one font file, opened. Only font/ includes this. */
#ifndef PAIBAN_FONT_FACE_H
#define PAIBAN_FONT_FACE_H

#include "font/catalogue.h"

/* Map the file and read the metrics. False when it is no font with outlines; *ret_face is
 * then untouched. `shared`, unless NULL, is a face of the same file and index. */
bool face_open(
    const struct installed *installed, const struct face *shared, struct face *ret_face);
/* Whether the shapes depend on axes: as it is, it is one instance of many. */
bool face_is_variable(const struct face *face);
void face_close(struct face *face);

#endif
