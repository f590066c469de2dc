/* issue: an old issue as import understood it: facts for the head, and blocks in order.
 */
#ifndef PAIBAN_IMPORT_ISSUE_H
#define PAIBAN_IMPORT_ISSUE_H

#include "content/document.h"
#include "import/lines.h"

#define IMPORT_IMAGES "images" /* folder of pictures, beside the issue */

enum import_kind {
    IMPORT_SECTION,
    IMPORT_ITEM,
    IMPORT_HEADING, /* inside an item */
    IMPORT_SOURCE,  /* 链接：… */
    IMPORT_PARAGRAPH,
    IMPORT_LIST_ITEM, /* of a bullet list */
    IMPORT_NUMBERED,  /* of an ordered list */
    IMPORT_MARKDOWN,  /* a table, a nested list, a quote …: Markdown of several lines */
    IMPORT_COMMENT,   /* what import is unsure of, said to the editor */
    IMPORT_KIND_COUNT
};

struct import_block {
    enum import_kind kind;
    struct text text;          /* without its mark; in the arena */
    struct text markdown;      /* the same as Markdown; "": to be made from text, links */
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
    struct text name, email, phone, address, qr; /* "" when not given */
};

/* A role and who has it: 编辑：… */
struct import_person {
    struct text role, name;
};

/* A picture that was found, for a file beside the issue. */
struct import_file {
    const char *path;  /* from the issue's folder */
    struct text bytes; /* "" when it could not be read */
};

struct import_issue {
    struct arena arena;
    VEC(struct import_block) blocks;
    VEC(struct import_highlight) highlights;
    VEC(struct import_contact) contacts;
    VEC(struct import_person) people;
    VEC(struct import_file) files;
    const char *stem; /* what names of files begin with */
    VEC(struct text) report, send, copy, attachments;
    struct text title, subtitle, publisher, sponsor; /* "" when not found */
    struct text serial, classification, urgency, doc_number, addressee, copies, note,
        signature, signature_date, lang; /* "" when not found */
    struct date date, period_from, period_to;        /* year 0 when not found */
    uint32_t number, total; /* 第N期, 总第N期; 0 when not found */
    uint32_t unsure;        /* comments */
    bool no_cover;          /* nothing stands before the first heading */
    bool contents;          /* a table of contents besides the highlights */
    bool numbered_brackets; /* 2 【地方动态】: what the layout “monthly” prints */
};

void import_issue_init(struct import_issue *issue);
void import_issue_done(struct import_issue *issue); /* takes NULL */

/* lines → blocks and facts. */
void issue_outline_read(
    struct import_issue *issue, struct import_source *source, struct diagnostics *sink);
/* The lines before the first heading: [0, end) → facts; what is none stays LINE_TEXT. */
void masthead_read(struct import_issue *issue, struct import_source *source, size_t end);
/* The lines of a masthead whose title is known: marks, the title, the subtitle, numbers and
 * dates, the publisher. */
void masthead_lines_read(struct import_issue *issue, struct import_source *source);
/* Numbers, a date or a period, or who publishes; false when the line says more. */
bool masthead_fact_read(struct import_issue *issue, struct text line);
/* A line behind the last section: people, distribution, attachments, signature …; false
 * when it is none of them. */
bool ending_read(struct import_issue *issue, struct text line);
/* Such lines at the end of a text, and before 联系我们. */
void ending_lines_read(struct import_issue *issue, struct import_source *source);
/* A row of contacts. */
void contact_read(struct import_issue *issue, struct text row);
/* An entry of the highlights without its leader and page number. */
struct text highlight_without_page(struct text t);
/* What is told of the blocks in the end. */
void outline_finish(struct import_issue *issue, struct diagnostics *sink);
/* Mark the items that the highlights name; tell the highlights that name none. */
void highlights_match(struct import_issue *issue, struct diagnostics *sink);

/* Append t with what Markdown would take for marks escaped; at the start of a paragraph
 * also what would make it something else. */
void markdown_escape(struct str *out, struct text t);
void markdown_escape_start(struct str *out, struct text *t);
/* Is the label its address, which needs no brackets then? */
bool markdown_says_itself(struct text label, struct text url);
/* An address as Markdown's link with a label that is Markdown already. */
void markdown_append_link(struct str *out, struct text label, struct text url);
/* The Markdown of the blocks. */
void markdown_append(const struct import_issue *issue, struct str *out);

#endif
