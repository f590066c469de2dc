/* state: what the files of flow/ share while a book is built. Private to the folder.
 *
 * One struct flow lives for one round of building. Everything that flow generates (runs,
 * labels, numbers) stands in its arena; composed paragraphs are borrowed from para's
 * cache. Rounds: a cross reference or a contents entry shows a page number that is known
 * only when the pages are cut; the labels of one round are the input of the next, until
 * none changes. */
#ifndef PAIBAN_FLOW_STATE_H
#define PAIBAN_FLOW_STATE_H

#include "base/hash.h"
#include "flow/flow.h"
#include "flow/pages.h"
#include "flow/vlist.h"

#define FLOW_NONE UINT32_MAX /* no setting, no anchor */

/* Text that has been composed, and where its lines stand. */
struct setting {
    const struct composed *composed;
    const struct run
        *runs;       /* ours: the cache may hold equal runs with other structure ids */
    unit x;          /* of the lines' measure, from the type area's left edge */
    unit measure;    /* width of the lines */
    unit em;         /* size of the element: its baseline follows from it */
    unit pitch;      /* of each line */
    bool code;       /* a line that goes on in the next gets a mark */
    uint32_t label;  /* setting that stands before the first line; FLOW_NONE */
    uint32_t tail;   /* setting at the right end of the last line; FLOW_NONE */
    uint32_t leader; /* setting whose clusters fill the white before tail; FLOW_NONE */
    enum artifact artifact; /* for runs without a structure id */
};

enum box_kind { BOX_SPACE, BOX_RULE, BOX_FIGURES };

/* A content that is no text. */
struct box_content {
    enum box_kind kind;
    unit x, y; /* of what is drawn, from the type area's left edge and the box's top */
    unit width, height;    /* of what is drawn */
    uint32_t colour;       /* 0xRRGGBB */
    uint32_t first, count; /* FIGURES: in flow.figures, a row */
};

/* An image that has its place, or a box that says why there is none. */
struct figure {
    uint32_t image;     /* in book.images; FLOW_NONE: a box with a label */
    unit x, y;          /* from the type area's left edge and the box's top */
    unit width, height; /* of the image or box */
    uint32_t structure; /* its Figure element */
    uint32_t link;      /* index + 1 in book.links; 0: none */
    uint32_t label;     /* setting inside the box; FLOW_NONE: none */
    uint32_t caption;   /* setting below it; FLOW_NONE: none */
    unit caption_y;     /* its top, from the box's top */
};

/* A cell's lines in a table row. */
struct cell {
    uint32_t setting;    /* FLOW_NONE: empty */
    uint32_t start, end; /* lines [start, end) that this row or slice shows */
    unit y;              /* of the first of them, from the row's top edge */
    uint32_t first_box;  /* in flow.boxes: rows of images below the lines */
    uint32_t box_count;
};

struct row {
    const struct cell *cells;
    uint32_t cell_count;
    const unit
        *edges;       /* of the columns, cell_count + 1, from the type area's left edge */
    unit height;      /* of the row or slice */
    unit rule;        /* thickness of the lines around cells; 0: none */
    uint32_t colour;  /* of these lines, 0xRRGGBB */
    bool top, bottom; /* has a line there (a slice has not) */
    const struct cell
        *repeated; /* cells to show where it is set again: artifacts; NULL none */
};

/* A content that stands in a column. */
struct column_content {
    struct vitem item;
    unit y; /* its top, from the pair's */
};

/* Items side by side. */
struct pair {
    uint32_t first, count; /* in flow.column_contents: both columns' */
};

/* A place that links, references and the outline can name. */
struct anchor {
    const char *name;        /* unique, in the arena */
    const struct node *node; /* that carries it; NULL: generated */
    uint32_t structure;      /* element it stands for */
    bool placed;             /* a page has it */
    uint32_t page;           /* index in book.pages, when placed */
};

/* Something that happens at a point of the vertical list. */
struct mark {
    uint32_t anchor;     /* FLOW_NONE: none */
    const char *section; /* text for {section} from here on; NULL: unchanged */
};

/* A footnote: its lines, one below the other. */
struct note {
    const struct node *node; /* NODE_FOOTNOTE */
    uint32_t first, count;   /* contents in flow.note_items */
};

struct counters {
    uint32_t section, item, heading[4]; /* numbers, from 1; 0 before the first */
    uint32_t number;        /* of the element itself: list item, caption, note */
    uint32_t table, figure; /* captions so far */
};

/* Levels of titles that are open, as typed, each deeper than the one before: how many
 * they are is the level that readers see, so that none is skipped and neighbours are
 * equal. */
struct nesting {
    int levels[6]; /* 1 to 6, ascending */
    int depth;     /* of levels in use */
};

struct flow {
    const struct document *document;
    const struct layout *layout;
    const struct flow_context *context;
    struct book *book;
    struct diagnostics *sink;
    struct arena arena;       /* what this round generates */
    struct vlist cover, body; /* vertical lists */
    struct vlist foot;        /* of the last page; stands on the type area's bottom */
    int64_t foot_reserve;     /* of the last page's height, for the foot; 0: none */
    struct vlist *list;       /* the one being filled */
    struct page_cuts cuts;    /* of the body; the next round takes them over */
    VEC(struct setting) settings;
    VEC(struct box_content) boxes;
    VEC(struct figure) figures;
    VEC(struct row) rows;
    VEC(struct pair) pairs;
    VEC(struct column_content) column_contents;
    VEC(struct mark) marks;
    VEC(struct note) notes;
    VEC(struct vitem) note_items;        /* contents of all notes */
    VEC(const struct node *) note_queue; /* notes whose marks stand in notes */
    VEC(struct item) watermark;          /* outlines that all pages share */
    struct map note_of_node; /* notes that have been set; by the node's address */
    bool in_note;            /* a note is being set */
    VEC(struct anchor) anchors;
    struct map anchor_of_node; /* by the bytes of the node's address; anchor index + 1 */
    struct map anchor_of_id;   /* by {#id} */
    struct map anchor_names;   /* taken */
    struct counters counters;
    enum font_role roles[ELEMENT_COUNT], latin_roles[ELEMENT_COUNT]; /* of the styles */
    const char *language;                                            /* of the document */
    uint32_t parent;    /* structure id that new elements go below */
    struct nesting headings, outline; /* where the last H, the last outline entry stand */
    uint32_t picture_count; /* Figure elements so far */
    bool after_heading; /* the last block was a heading */
    unit left, right;   /* indents of the container (list, quote) added to each style's */
    uint32_t list_depth; /* of nested lists; 0 outside */
    enum element prose;  /* element of plain paragraphs here: body, quote, list … */
    bool uses_labels;    /* a page number stands in the text */
    const struct map
        *labels; /* page labels by anchor name, of the round before; NULL: first */
    bool failed; /* a fatal diagnostic: nothing more is composed */
    uint32_t first_page; /* index of the first page after the cover */
    uint32_t end_page;   /* index behind the last page that has text */
};

/* A copy of t in the book's arena. */
const char *flow_keep(struct flow *flow, struct text t);
/* The characters below node, without notes; in flow's arena. */
struct text flow_plain_text(struct flow *flow, const struct node *node);
/* A copy of a language's name in flow's arena; NULL when "". */
const char *flow_language(struct flow *flow, struct text t);

#endif
