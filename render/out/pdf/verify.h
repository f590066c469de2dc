/* verify: what no validator sees in the structure of a PDF file that this program wrote.
 */
#ifndef PAIBAN_OUT_PDF_VERIFY_H
#define PAIBAN_OUT_PDF_VERIFY_H

#include "out/pdf/reader.h"

/* Append a line "rule: what is wrong" for each problem; returns how many there are.
 * Rules: tree, parent, kind, nesting, order, orphan, marks, parent-tree, objr,
 * annotation, id-tree, figure, scope, list, headings. */
size_t pdf_verify(const struct pdf_reader *reader, struct str *out);

#endif
