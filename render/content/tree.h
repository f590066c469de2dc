/* tree: one document as a tree of nodes, const once content/ has made it.
 *
 * Shape: DOCUMENT → (blocks before the first section)* SECTION*; SECTION → HEADING (its
 * title) then blocks and ITEM*; ITEM → HEADING then blocks. Deeper headings (### …) are
 * HEADING blocks of level 3 to 6 inside. Blocks hold inlines. Numbers, bullets, contents
 * and furniture are not here: flow/ generates them.
 *
 * Places: a TEXT or CODE node whose span.length equals its text.length maps byte for byte
 * to the source; otherwise the whole node stands for the whole span (an entity, an
 * escape, a collapsed line end). content/ splits text nodes so that one of the two always
 * holds.
 *
 * Source conventions are resolved here, not later: ✓ marks, source lines, commentaries,
 * captions, attributes in braces, newlines between Han (dropped), typed spaces kept. */
#ifndef PAIBAN_CONTENT_TREE_H
#define PAIBAN_CONTENT_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"

enum node_kind {
    /* blocks */
    NODE_DOCUMENT,
    NODE_SECTION,     /* a `#` heading and what follows it */
    NODE_ITEM,        /* a `##` heading and what follows it */
    NODE_HEADING,     /* title of the enclosing section or item, or a deeper heading */
    NODE_PARAGRAPH,
    NODE_SOURCE_LINE, /* 链接：…; its first TEXT is the label as typed ("链接："), if any */
    NODE_LIST,
    NODE_LIST_ITEM,
    NODE_QUOTE,
    NODE_COMMENTARY,  /* a quote that begins with 编者按： and the like */
    NODE_CODE_BLOCK,  /* text: the lines, joined by \n */
    NODE_TABLE,
    NODE_TABLE_ROW,
    NODE_TABLE_CELL,
    NODE_CAPTION,     /* child of TABLE or of a FIGURE paragraph */
    NODE_RULE,        /* thematic break */
    NODE_PAGE_BREAK,
    NODE_FOOTNOTE,    /* a footnote's text; in document order at the end of DOCUMENT */
    /* inlines */
    NODE_TEXT,
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_CODE,
    NODE_LINK,
    NODE_IMAGE,       /* children: its alternative text */
    NODE_SOFT_BREAK,  /* only where it means a space (not between Han) */
    NODE_LINE_BREAK,
    NODE_FOOTNOTE_MARK,
    NODE_SPAN,        /* [text]{attributes} */
    NODE_RUBY,        /* children: base inlines and one RUBY_TEXT after each base */
    NODE_RUBY_TEXT,
    NODE_SUBSCRIPT,
    NODE_SUPERSCRIPT,
    NODE_UNDERLINE,
    NODE_REFERENCE,   /* a link to #id whose text holds {page} */
    NODE_KIND_COUNT
};

enum list_style { LIST_BULLET, LIST_DECIMAL };
enum cell_align { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* What stands in braces behind a heading, image or bracketed span. */
struct attributes {
    struct text id;        /* {#id}; "" when none */
    struct text language;  /* lang=en; "" when none */
    struct text width;     /* width=60%, as written; "" when none */
    struct text *classes;  /* {.name .book .dots …} */
    uint32_t class_count;
    uint32_t even;         /* {even=4}: set to so many em; 0 when none */
    uint32_t columns;      /* {columns=2}: a section's items side by side; 0 when none */
    struct span span;      /* of the braces; length 0 when none were written */
};

struct node {
    enum node_kind kind;
    struct span span;         /* where it stands in its file */
    struct node *parent;      /* NULL for the DOCUMENT */
    struct node *first_child; /* NULL when none */
    struct node *last_child;
    struct node *next;        /* sibling */
    struct text text;         /* TEXT, CODE, CODE_BLOCK: the characters; else "" */
    struct attributes *attributes; /* NULL when none */
    union {
        struct {
            int level;        /* 1 section, 2 item, 3 to 6 inside */
            bool highlighted; /* the title carried ✓ */
            struct span mark; /* of the ✓ */
        } heading;
        struct {
            enum list_style style;
            uint32_t start; /* number of the first item */
            bool tight;     /* no blank lines between items */
        } list;
        struct {
            struct text url;   /* as written, entities resolved; "#id" is inside the
                                  document */
            struct text title; /* "" when none */
            bool bare;         /* written as a bare or <…> address: text equals the
                                  address */
        } link; /* LINK, IMAGE, REFERENCE */
        struct {
            enum cell_align *columns; /* alignment per column */
            uint32_t column_count;
        } table;
        struct {
            bool header; /* a row above the delimiter row */
        } row;
        struct {
            struct text label;   /* as typed */
            uint32_t number;     /* order of first mark, from 1 */
            struct node *target; /* MARK: the FOOTNOTE; NULL when it has none */
        } footnote; /* FOOTNOTE, FOOTNOTE_MARK */
        struct {
            struct text info; /* of a fence */
        } code;
    } u;
};

const char *node_kind_name(enum node_kind kind); /* "paragraph" */
/* Making a tree (content/ only; the tree is const afterwards). */
struct node *node_new(struct arena *arena, enum node_kind kind, struct span span);
void node_append(struct node *parent, struct node *child); /* child must have no parent */
/* Next node of a walk over the subtree of root in document order, or NULL. */
const struct node *node_next(const struct node *node, const struct node *root);
/* Characters of all TEXT and CODE below node, joined; appended to out. */
void node_plain_text(const struct node *node, struct str *out);
/* The tree as text: one line a node, indented, with line:column, for --dump=tree and
 * tests. */
void tree_dump(const struct node *root, const struct files *files, struct str *out);

#endif
