/* cff: what out/pdf must know of a CFF font program: its kind and its charset. */
#ifndef PAIBAN_OUT_PDF_CFF_H
#define PAIBAN_OUT_PDF_CFF_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

struct cff_charset {
    bool keyed;     /* CID-keyed: glyphs have CIDs; else their number is used as CID */
    uint32_t count; /* glyphs */
    uint16_t *cids; /* per glyph; owned; NULL unless keyed */
};

/* False: the table is damaged. */
bool cff_charset_read(
    struct text table, uint32_t glyph_count, struct cff_charset *ret_charset);
void cff_charset_done(struct cff_charset *charset); /* takes NULL */

#endif
