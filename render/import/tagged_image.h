/* tagged_image: a picture of a PDF as a file that can be read again. */
#ifndef PAIBAN_IMPORT_TAGGED_IMAGE_H
#define PAIBAN_IMPORT_TAGGED_IMAGE_H

#include <qpdf/qpdf-c.h>

#include "base/str.h"

/* Append the picture's file: JPEG as it is, else PNG. *ret_extension: "jpg" or "png". False:
 * it is of a form that neither can hold. */
bool tagged_image_read(
    qpdf_data qpdf, qpdf_oh stream, struct str *out, const char **ret_extension);

#endif
