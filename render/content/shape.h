/* shape: blocks and inlines as Markdown has them → the tree of DESIGN 4. */
#ifndef PAIBAN_CONTENT_SHAPE_H
#define PAIBAN_CONTENT_SHAPE_H

#include "content/reader.h"

/* Source lines, commentaries, captions: in every container. */
void shape_blocks(struct reader *reader);
/* The title (head, heading, file name), the levels, ✓, sections and items. */
void shape_sections(struct reader *reader);
/* Footnotes' numbers; identifiers and what refers to them. */
void shape_references(struct reader *reader);

#endif
