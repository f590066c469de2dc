/* emit: cut pages → items of the book. Private to flow/.
 *
 * The baseline stands in the line's pitch by the element's size alone, so that a line
 * with a fallback font, ruby or a larger piece does not move (clreq: constant line
 * pitch):
 *
 *     ─ top ──────────────────────────
 *        (pitch − em) / 2
 *        0.88 em  ascent of the Han body
 *     ─ baseline ─────────────────────
 *        0.12 em  descent
 *        (pitch − em) / 2
 *     ─ next line's top ──────────────
 * */
#ifndef PAIBAN_FLOW_EMIT_H
#define PAIBAN_FLOW_EMIT_H

#include "flow/state.h"

/* Where a line of text goes. */
struct line_place {
    uint32_t page; /* index in book.pages */
    unit left;     /* x of the type area's (or furniture's) left edge */
    unit top;      /* y of the line's pitch */
};

/* One line of a setting, with its label when it is the first. */
void emit_line(
    struct flow *flow, uint32_t setting, uint32_t line, struct line_place place);
/* A content of a list. */
void emit_content(struct flow *flow, const struct vitem *item, struct line_place place);
/* All pages of a list, as cut. cover: they are labelled so, not numbered. */
void emit_pages(struct flow *flow, const struct vlist *list, const struct page_cuts *cuts,
    const struct page_room *room, bool cover);
/* One more page without text. */
void emit_blank(struct flow *flow);
/* A list on the bottom of the last page's type area. */
void emit_foot(struct flow *flow, const struct vlist *list, const struct page_room *room);
void emit_rule(struct flow *flow, uint32_t page, unit x, unit y, unit width, unit height,
    uint32_t colour, enum artifact artifact);
/* x of the type area's left edge on a page: inner and outer margin change sides. */
unit emit_left(const struct flow *flow, int number);
/* The number of a page as printed. */
int emit_page_number(const struct flow *flow, uint32_t page);

#endif
