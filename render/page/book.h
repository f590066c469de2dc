/* book: the finished pages: positioned items, structure, outline, links, metadata.
 *
 * flow/ builds a book with the functions below, devices (out/) read it, and that is all a
 * device ever sees: no tree, no layout, no paragraphs. Positions are int32 units from the
 * page's top-left corner (of the trim box), x to the right, y down; text stands on its
 * baseline. Items of a page stand in painting order, which is also reading order for
 * those that have a structure id.
 *
 * Structure: every item carries the id of the structure element it belongs to (0: an
 * artifact: furniture, rules, dot leaders). Devices make marked content from runs of
 * equal ids, so tags cannot be unbalanced and a paragraph may cross pages. */
#ifndef PAIBAN_PAGE_BOOK_H
#define PAIBAN_PAGE_BOOK_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/vec.h"
#include "font/fonts.h"
#include "image/image.h"

enum item_kind { ITEM_GLYPHS, ITEM_RULE, ITEM_PATH, ITEM_IMAGE };

/* Kinds of artifact (PDF 32000-1, 14.8.2.2.2), for items with structure 0. */
enum artifact { ARTIFACT_LAYOUT, ARTIFACT_HEADER, ARTIFACT_FOOTER, ARTIFACT_PAGE, ARTIFACT_BACKGROUND };

/* Bytes [start, end) of a glyph run's text. */
struct text_range {
    uint32_t start, end;
};

/* A glyph of a glyph run. Its text is bytes [text_start, text_start + text_length) of the
 * run's text; glyphs of one cluster have the text on the first of them, length 0 on the
 * rest. */
struct item_glyph {
    uint32_t id;          /* in the face */
    unit x;               /* of its origin, from the item's x */
    unit y;               /* up positive, from the baseline */
    unit advance;         /* as the face has it at this size: what a reader's selection
                             shows */
    uint32_t text_start;
    uint32_t text_length;
};

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

struct path_step {
    enum path_op op;
    unit x[3], y[3]; /* MOVE, LINE use [0]; CURVE all; from the item's x, y; y down */
};

struct item {
    enum item_kind kind;
    uint32_t structure;   /* id in the structure tree; 0: artifact */
    enum artifact artifact; /* when structure is 0 */
    uint32_t link;        /* index + 1 in book.links; 0: none */
    unit x, y;            /* GLYPHS: pen at the baseline; others: top-left corner */
    unit width, height;   /* GLYPHS: advance width, type size; others: their size */
    uint32_t colour;      /* 0xRRGGBB */
    union {
        struct {
            const struct face *face;
            unit size;
            unit ascent, descent;      /* of the line, for link rectangles */
            struct text text;          /* UTF-8, in reading order */
            const struct item_glyph *glyphs;
            uint32_t count;
            const struct text_range *generated; /* text that no source has: numbers,
                                                   labels */
            uint32_t generated_count;
        } glyphs;
        struct {
            const struct path_step *steps;
            uint32_t count;
            unit stroke;               /* line width; 0: filled */
        } path;
        struct {
            uint32_t index;            /* in book.images */
        } image;
    } u;
};

struct page {
    unit width, height;   /* of the trim box */
    unit bleed;           /* around it; 0: none */
    unit slug;            /* around the bleed: room for crop marks; 0: none */
    const char *label;    /* "封面", "1", "iv": what a viewer shows */
    VEC(struct item) items;
    uint64_t digest;      /* of everything that is painted; set by book_finish() */
};

enum structure_kind {
    STRUCTURE_DOCUMENT, STRUCTURE_SECT, STRUCTURE_H, STRUCTURE_P, STRUCTURE_L, STRUCTURE_LI,
    STRUCTURE_LBL, STRUCTURE_LBODY, STRUCTURE_TABLE, STRUCTURE_TR, STRUCTURE_TH, STRUCTURE_TD,
    STRUCTURE_FIGURE, STRUCTURE_CAPTION, STRUCTURE_NOTE, STRUCTURE_TOC, STRUCTURE_TOCI,
    STRUCTURE_REFERENCE, STRUCTURE_LINK, STRUCTURE_SPAN, STRUCTURE_QUOTE, STRUCTURE_BLOCKQUOTE,
    STRUCTURE_CODE, STRUCTURE_RUBY, STRUCTURE_RB, STRUCTURE_RT, STRUCTURE_KIND_COUNT
};

enum list_numbering { NUMBERING_NONE, NUMBERING_DISC, NUMBERING_DECIMAL };

/* An element of the structure tree. Children are in reading order; content (items) is
 * found by the ids that items carry, and stands in its place among the children by first
 * paint. */
struct structure {
    enum structure_kind kind;
    uint32_t parent;         /* id; 0 for the Document, which has id 1 */
    VEC(uint32_t) children;  /* ids of elements, in reading order */
    int level;               /* H: 1 to 6, never skipping */
    const char *language;    /* when it differs from the parent's; else NULL */
    const char *alt;         /* FIGURE: alternative text */
    const char *actual;      /* replacement text; NULL none */
    const char *title;       /* SECT, H: plain text; NULL none */
    const char *id;          /* NOTE, TH: a unique name; NULL none */
    enum list_numbering numbering; /* L */
    uint32_t link;           /* LINK: index + 1 in book.links */
    uint32_t columns, rows;  /* TD, TH: spans; 0 means 1 */
    bool column_header, row_header; /* TH: scope */
    struct span span;        /* H, P: the block it was made from; SPAN_NONE: generated */
};

struct link {
    struct text uri;         /* as written: a device encodes it; "" for a link inside */
    const char *destination; /* name in book.destinations; NULL for a URI */
    const char *contents;    /* what a screen reader says: text and target */
    struct span span;        /* where it was written, for messages; SPAN_NONE */
};

struct destination {
    const char *name;        /* unique; survives edits: from {#id} or the title */
    uint32_t page;           /* index in book.pages */
    unit x, y;
    uint32_t structure;
};

struct outline_entry {
    const char *title;       /* plain text with its number */
    const char *destination; /* name */
    int level;               /* from 1 */
};

/* A file that travels inside the book's file, when the format and its standard let it. */
struct attachment {
    const char *name;        /* "2021-05.md": without a folder */
    const char *type;        /* media type: "text/markdown" */
    const char *description;
    struct text bytes;
};

struct book_metadata {
    const char *title, *author, *subject, *keywords; /* UTF-8; author and others may be
                                                        NULL */
    const char *language;    /* "zh-Hans" */
    const char *creator;     /* "paiban 0.1.0" */
    int64_t date;            /* seconds since 1970 UTC: SOURCE_DATE_EPOCH, else the
                                issue's date, else 0 */
    bool has_date;
};

struct book {
    struct arena arena;
    VEC(struct page) pages;
    VEC(struct structure) structures;  /* [0] is unused, [1] the Document */
    VEC(struct image *) images;        /* one reference each, no image twice */
    VEC(struct link) links;
    VEC(struct destination) destinations;
    VEC(struct outline_entry) outline; /* in order, levels never skip */
    VEC(struct attachment) attachments; /* what the book was made from */
    struct book_metadata metadata;
};

void book_init(struct book *book);
void book_done(struct book *book); /* takes NULL */

struct page *book_add_page(struct book *book, unit width, unit height, const char *label);
/* Append an item; the pointer is valid until the next item of that page. */
struct item *page_add_item(struct page *page, enum item_kind kind, uint32_t structure);
/* A new element under parent (the last of its children). Returns its id. */
uint32_t book_add_structure(struct book *book, enum structure_kind kind, uint32_t parent);
/* Take a reference. Returns the image's index, for item.u.image.index. */
uint32_t book_add_image(struct book *book, struct image *image);
/* Returns index + 1, for item.link and structure.link. */
uint32_t book_add_link(struct book *book, struct text uri, const char *destination,
    const char *contents);
void book_add_destination(struct book *book, const char *name, uint32_t page, unit x, unit y,
    uint32_t structure);
void book_add_outline(struct book *book, const char *title, const char *destination, int level);
void book_add_attachment(struct book *book, const char *name, const char *type,
    const char *description, struct text bytes);
/* Work out the page digests; check invariants (ids in range, destinations exist). */
void book_finish(struct book *book);
const char *structure_kind_name(enum structure_kind kind); /* "P", "LBody" */

#endif
