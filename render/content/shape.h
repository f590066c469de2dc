/* shape: blocks and inlines as Markdown has them → the tree of DESIGN 4. */
#ifndef PAIBAN_CONTENT_SHAPE_H
#define PAIBAN_CONTENT_SHAPE_H

#include "content/reader.h"

/* Source lines, commentaries, captions: in every container. */
void shape_blocks(struct reader *reader);
/* Bytes of `链接：` and the like at the start of t, or 0. */
size_t shape_source_label(struct text t);
/* The title (head, heading, file name), the levels, ✓, sections and items. */
void shape_sections(struct reader *reader);
/* Footnotes' numbers; identifiers and what refers to them. */
void shape_references(struct reader *reader);

#endif
