/* figures: images, their captions, and boxes for those that cannot be shown. Private to
 * flow/.
 *
 * The images of a block are collected as its runs are made (runs.c) and stand below it;
 * those that are no higher than a line of running text stand in it, like a character.
 */
#ifndef PAIBAN_FLOW_FIGURES_H
#define PAIBAN_FLOW_FIGURES_H

#include "flow/emit.h"
#include "flow/glyphs.h"

/* An image that has been looked for; where it goes is not known yet. */
struct picture {
    struct text address;     /* as written */
    struct text alternative; /* alternative text; "" when none */
    struct text title;       /* of the caption; "" when none */
    struct text wanted;      /* width as written; "" when none */
    struct span span;        /* in the source */
    struct span wanted_span; /* of the attributes */
    uint32_t image;          /* in book.images; FLOW_NONE: it cannot be shown */
    unit width, height;      /* size wanted, before it is fitted into its room */
    bool fixed;              /* the width is the author's */
    bool row_before;         /* begins a row */
    uint32_t link;           /* index + 1 in book.links; 0: none */
    uint32_t parent;         /* structure element that the Figure goes below */
    uint32_t home;           /* that its caption goes below */
};

/* Where a block's images go. */
struct picture_room {
    unit left;   /* from the type area's left edge */
    unit width;  /* of a row */
    unit height; /* most of a row */
    bool flush;  /* at the left edge; else in the middle */
};

/* The image that an IMAGE node means; tells when it cannot be shown. */
void figures_read(
    struct flow *flow, const struct node *node, struct picture *ret_picture);
/* The same for an address of the head, `wanted` wide. */
void figures_find(struct flow *flow, struct text address, struct span span,
    struct text wanted, struct picture *ret_picture);
/* Whether the node has words beside it: it stands in running text. */
bool figures_has_company(const struct node *image);
/* Set into the line: returns an index in flow.figures for run.object, with its size. */
uint32_t figures_object(struct flow *flow, const struct picture *picture, unit em);
/* Add what says that an image cannot be shown, and where it should be. */
struct run_list;
void figures_add_label(
    struct flow *flow, const struct picture *picture, struct run_list *list);

/* Arrange pictures in rows; each becomes a box in flow.boxes. Returns the first; they
 * follow one another. */
uint32_t figures_arrange(struct flow *flow, const struct picture *pictures,
    uint32_t count, struct picture_room room, uint32_t *ret_count);
/* Rows in the container's measure at the end of the list. */
void figures_set(
    struct flow *flow, const struct picture *pictures, uint32_t count, bool flush);

/* again: repeated on a later page, an artifact without caption. */
void figures_emit(struct flow *flow, const struct box_content *box,
    struct line_place place, bool again);
/* The object in the place of a cluster. */
void figures_emit_object(
    struct flow *flow, const struct glyph_line *line, uint32_t cluster);

#endif
