/* deflate: zlib streams (RFC 1950, 1951) of font programs.
 *
 * Outlines of glyphs are three quarters of a file. Nearly all of their bytes are numbers
 * that don't repeat, in which a general compressor searches in vain for most of its time.
 */
#ifndef PAIBAN_OUT_PDF_DEFLATE_H
#define PAIBAN_OUT_PDF_DEFLATE_H

#include "base/str.h"

struct deflater; /* opaque: room to work in, for one stream after another */

struct deflater *deflater_new(void);
void deflater_free(struct deflater *deflater); /* takes NULL */

/* Append the zlib stream of the bytes. Equal bytes give equal streams, whatever the
 * deflater was used for before. */
void deflate_append(struct deflater *deflater, struct text bytes, struct str *out);

#endif
