/* join: printed lines → the text that was typed.
 *
 * The gap at a border of Han and Latin is the composer's and goes; a space between Han
 * stays, as the author typed it; none stands beside a full-width mark. Where a line
 * ended, Latin words are parted by a space, the parts of an address and everything beside
 * Han are not. */
#ifndef PAIBAN_IMPORT_JOIN_H
#define PAIBAN_IMPORT_JOIN_H

#include "import/lines.h"

struct joiner {
    struct str out;                /* the text so far */
    VEC(struct import_link) links; /* in out */
    uint32_t before;               /* the character before; 0 at the start */
    uint32_t context;              /* the last one that is no “ ” ‘ ’ — … · */
    bool space;                    /* a space stands before the next one */
    bool ended;                    /* a line ended before the next one */
    bool typed;                    /* that line showed a space at its end */
    bool left_link;                /* the character before is of a link, the next is not */
    bool spaced_brackets;          /* `(` has a space before it in this issue */
};

void joiner_init(struct joiner *joiner, bool spaced_brackets);
void joiner_done(struct joiner *joiner);
/* Append the line from byte `from` on. */
void joiner_add(struct joiner *joiner, const struct import_line *line, size_t from);
/* A line ended here; typed: with a space that the author typed. */
void joiner_end_line(struct joiner *joiner, bool typed);

#endif
