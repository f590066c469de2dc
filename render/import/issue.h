/* issue: an old issue as import understood it: facts for the head, and blocks in order.
 */
#ifndef PAIBAN_IMPORT_ISSUE_H
#define PAIBAN_IMPORT_ISSUE_H

#include "content/document.h"
#include "import/lines.h"

enum import_kind {
    IMPORT_SECTION,
    IMPORT_ITEM,
    IMPORT_HEADING, /* inside an item */
    IMPORT_SOURCE,  /* 链接：… */
    IMPORT_PARAGRAPH,
    IMPORT_LIST_ITEM, /* of a bullet list */
    IMPORT_NUMBERED,  /* of an ordered list */
    IMPORT_COMMENT,   /* what import is unsure of, said to the editor */
    IMPORT_KIND_COUNT
};

struct import_block {
    enum import_kind kind;
    struct text text;          /* without its mark; in the arena */
    struct import_link *links; /* in text, in order */
    uint32_t link_count;
    uint32_t number;  /* NUMBERED: its number */
    bool highlighted; /* ITEM */
    struct span span; /* of its first line */
};

struct import_highlight {
    struct text text;
    struct span span;
};

/* A row of 联系我们. */
struct import_contact {
    struct text name, email, phone, address; /* "" when not given */
};

struct import_issue {
    struct arena arena;
    VEC(struct import_block) blocks;
    VEC(struct import_highlight) highlights;
    VEC(struct import_contact) contacts;
    struct text title, subtitle, publisher, sponsor; /* "" when not found */
    struct date date, period_from, period_to;        /* year 0 when not found */
    uint32_t number, total; /* 第N期, 总第N期; 0 when not found */
    uint32_t unsure;        /* comments */
    bool numbered_brackets; /* 2 【地方动态】: what the layout “monthly” prints */
};

void import_issue_init(struct import_issue *issue);
void import_issue_done(struct import_issue *issue); /* takes NULL */

/* lines → blocks and facts. */
void issue_outline_read(
    struct import_issue *issue, struct import_source *source, struct diagnostics *sink);
/* The lines before the first heading: [0, end) → facts; what is none stays LINE_TEXT. */
void masthead_read(struct import_issue *issue, struct import_source *source, size_t end);
/* A row of contacts. */
void contact_read(struct import_issue *issue, struct text row);
/* Mark the items that the highlights name; tell the highlights that name none. */
void highlights_match(struct import_issue *issue, struct diagnostics *sink);
/* Are two texts equal without white space? */
bool same_squeezed(struct text a, struct text b);

/* The Markdown of the blocks. */
void markdown_append(const struct import_issue *issue, struct str *out);

#endif
