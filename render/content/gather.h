/* gather: a block's text, put together from pieces of the file. */
#ifndef PAIBAN_CONTENT_GATHER_H
#define PAIBAN_CONTENT_GATHER_H

#include "content/reader.h"

struct gather {
    struct str bytes;                /* the text so far */
    VEC(struct source_break) breaks; /* bytes offset → file offset */
    size_t start, end;               /* in the file: of the first byte, behind the last */
    bool pipes;                      /* `\|` is `|` (a table's cell) */
    size_t column;                   /* code points on the line so far */
    uint32_t tab; /* columns between tab stops; 0: a tab is one space */
};

void gather_init(struct gather *gather);
void gather_done(struct gather *gather);
/* Append feed bytes [from, to) of one line, as the file has them. */
void gather_feed(
    struct gather *gather, const struct source *source, size_t from, size_t to);
void gather_spaces(
    struct gather *gather, size_t count); /* that no byte of the file stands for */
void gather_line_end(struct gather *gather);
/* The text in the arena; place is used for the span of a text without bytes. */
struct inline_text gather_finish(
    struct gather *gather, struct reader *reader, size_t place);
/* Bytes [start, end) of a text as a text of its own. */
struct inline_text gather_cut(
    struct reader *reader, const struct inline_text *text, size_t start, size_t end);

#endif
