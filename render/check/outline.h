/* outline: sections and items of an issue as lists, with their titles as plain text. */
#ifndef PAIBAN_CHECK_OUTLINE_H
#define PAIBAN_CHECK_OUTLINE_H

#include "check/check.h"

struct outline_item {
    const struct node *node;    /* ITEM */
    const struct node *heading; /* its title */
    const struct node *section; /* NULL outside sections */
    struct text title;          /* plain text, trimmed; in the check's arena */
};

struct outline {
    VEC(struct outline_item) items;
};

void outline_read(struct check *check, struct outline *outline);
void outline_done(struct outline *outline);
/* Plain text of a node, trimmed, in the check's arena. */
struct text outline_text(struct check *check, const struct node *node);
/* Text of an item without its title and source lines; appended to out. */
void outline_body(const struct node *item, struct str *out);

#endif
