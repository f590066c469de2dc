/* blocks: the feed → cmark → block nodes in one flat tree, and the texts to be parsed.
 *
 * Afterwards the document's root holds the blocks in document order: headings with the
 * levels that were typed, not yet sections and items (shape.c makes those).
 */
#ifndef PAIBAN_CONTENT_BLOCKS_H
#define PAIBAN_CONTENT_BLOCKS_H

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm.h>

#include "content/gather.h"

struct blocks {
    struct reader *reader;
    size_t shift; /* lines that were fed before the source's first */
    VEC(struct frame {
        struct node *node; /* that gets the blocks; LIST for a list */
        bool deep;         /* a container past the limit: it has no node of its own */
    })
    frames;         /* open containers; the first is the document */
    uint32_t depth; /* lists and quotes around the current block */
};

void blocks_read(struct reader *reader);

/* For block_table.c and blocks.c. */
size_t blocks_line(
    const struct blocks *blocks, const cmark_node *node); /* of source.lines */
void blocks_add(struct blocks *blocks, struct node *node);
/* Parse text into node later. */
void blocks_pend(
    struct blocks *blocks, struct node *node, const struct inline_text *text);
/* block_table.c */
void block_table(struct blocks *blocks, cmark_node *table);
/* Lines of a table's text before its header row: they are a paragraph. */
size_t block_table_lead(cmark_node *table);

#endif
