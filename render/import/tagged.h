/* tagged: a PDF that says of what its text is made: headings, lists, tables, notes.
 *
 *     structure tree ─┐
 *                     ├─ tagged_reader (module, libqpdf) ─→ tree of tags ─ tagged_blocks ─→ blocks
 *     content, fonts ─┘
 *
 * A tag is an element of the PDF's structure tree, under its standard name; its leaves are
 * runs of text of one style. Where text goes on in another line a run has \n. What stands
 * outside of the structure (running headers, page numbers) is not in the tree.
 *
 * Rejected: poppler's reader of structure. It draws a page again for every piece of marked
 * content, says no addresses of links, and joins the last word of a line to the next. */
#ifndef PAIBAN_IMPORT_TAGGED_H
#define PAIBAN_IMPORT_TAGGED_H

#include "base/arena.h"
#include "base/str.h"
#include "import/issue.h"

#define TAGGED_MODULE_SYMBOL "paiban_import_tagged"

enum tag_kind {
    TAG_GROUP, /* Document, Part, Sect, Div and what is not known */
    TAG_HEADING,
    TAG_PARAGRAPH,
    TAG_LIST,
    TAG_LIST_ITEM,
    TAG_LABEL,
    TAG_LIST_BODY,
    TAG_TABLE,
    TAG_ROW,
    TAG_HEADER_CELL,
    TAG_CELL,
    TAG_FIGURE,
    TAG_CAPTION,
    TAG_NOTE,
    TAG_TOC,
    TAG_TOC_ITEM,
    TAG_REFERENCE,
    TAG_LINK,
    TAG_SPAN,
    TAG_QUOTE, /* block */
    TAG_CODE,
    TAG_RUBY,
    TAG_RUBY_BASE,
    TAG_RUBY_TEXT,
    TAG_RUBY_MARK, /* parentheses where ruby cannot be shown */
    TAG_ARTIFACT,
    TAG_TEXT, /* a leaf */
    TAG_IMAGE /* a leaf: text is a file, alt its extension, size its width on the page */
};

struct tag {
    enum tag_kind kind;
    uint8_t level;     /* HEADING: 1 to 6 */
    bool bold;         /* TEXT */
    int8_t raised;     /* TEXT: 1 superscript, −1 subscript */
    uint32_t columns;  /* cells: columns that it spans, at least 1 */
    uint32_t page;     /* TEXT: from 1 */
    float top;         /* TEXT: baseline of its first line, pt from the page's bottom */
    float bottom;      /* TEXT: baseline of its last line */
    float left;        /* TEXT: of its first line, pt from the page's left edge */
    float size;        /* TEXT: in pt */
    struct text text;  /* TEXT; with \n where another line begins, \v as its indent */
    struct text title; /* /T; "" when it has none */
    struct text alt;   /* /Alt or the figure's; "" when it has none */
    struct text url;   /* LINK: where to; "" when it stays inside */
    struct tag *parent, *first, *last, *next; /* NULL at the ends */
};

struct tagged_document {
    struct tag *root;
    struct text header;   /* what stands outside of the tags on most pages; or "" */
    struct text title;    /* of the document's information; "" when it has none */
    struct text language; /* "zh-Hans"; "" when it does not say */
};

/* What the module exports under TAGGED_MODULE_SYMBOL. */
struct tagged_module {
    const char *version; /* PAIBAN_VERSION it was built with */
    /* Read a PDF into arena. False: it is not tagged, or not so that the tags can be
     * trusted: then its lines are to be read by their places. */
    bool (*read)(
        struct arena *arena, struct text bytes, struct tagged_document *ret_document);
};

/* As the module's read; also false where it is not installed. */
bool tagged_read(struct arena *arena, const char *modules, struct text bytes,
    struct tagged_document *ret_document);
/* The tree → blocks and facts. False: it holds no text. */
bool tagged_outline(struct import_issue *issue, const struct tagged_document *document,
    struct diagnostics *sink);

/* ---- between tagged_blocks.c and tagged_inline.c ---- */

/* A block's text: what is read, and the same as Markdown. */
struct tagged_text {
    struct text plain, markdown; /* in the arena */
    struct text url;             /* of its one link, when it is nothing else; or "" */
};

/* What inlines refer to. */
struct tagged_notes {
    VEC(const struct tag *) notes; /* TAG_NOTE, in order of the document */
    VEC(bool) used;                /* a mark refers to it */
};

/* The text of tag without its blocks (lists in items, notes): bytes [start, end) of its
 * plain text. notes may be NULL: marks of notes are text then. */
struct tagged_text tagged_inline(struct arena *arena, const struct tag *tag,
    struct tagged_notes *notes, size_t start, size_t end);
/* Append \n, and \v for each character of code that the line is indented by, in pt. */
void tagged_append_line_start(struct str *out, float indent, float size);
/* The characters of a block of code, its lines parted by \n. */
struct text tagged_code(struct arena *arena, const struct tag *tag);
/* The tag is a block, which no paragraph holds. */
bool tagged_is_block(const struct tag *tag);

#endif
