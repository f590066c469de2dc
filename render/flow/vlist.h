/* vlist: the vertical list: everything that is set, from the first page's head to the
 * last page's foot, before it is cut into pages.
 *
 *     MARK  PENALTY  SKIP  LINE  PENALTY  LINE  NOTE  SKIP  ROW …
 *     └──────── gap ─────┘       └─ gap ┘       └ gap ┘
 *
 * Contents (LINE, BOX, ROW, PAIR) have height and are never split. Between two contents
 * lies a gap: its white is the largest of its skips, its penalty the largest of its
 * penalties (a forced break wins). A page may end in any gap; the gap's white is then
 * dropped, its marks go to the next page with the content they stand before. NOTE follows
 * the content that has the mark. Keep-with-next, widows, table rows and captions are
 * penalties here, so that the page breaker knows no headings. */
#ifndef PAIBAN_FLOW_VLIST_H
#define PAIBAN_FLOW_VLIST_H

#include <stdbool.h>
#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/vec.h"

enum vitem_kind {
    VITEM_LINE,    /* a line of a setting */
    VITEM_BOX,     /* anything else that is drawn, or room */
    VITEM_ROW,     /* a table row, or a slice of a tall one */
    VITEM_PAIR,    /* items side by side */
    VITEM_SKIP,    /* white between contents */
    VITEM_PENALTY, /* what a page break here would cost */
    VITEM_NOTE,    /* the content before it carries a note's mark */
    VITEM_MARK,    /* a place: an anchor, a section's start */
    VITEM_KIND_COUNT
};

/* Costs of a break. Below PENALTY_FORBIDDEN a break is as good as any. From there on it
 * is taken only when a page has no better one; the order says which rule goes first. */
#define PENALTY_FORCED    INT32_MIN
#define PENALTY_FORBIDDEN 1000
#define PENALTY_WIDOW     2000 /* too few lines left over: ugly, still readable */
#define PENALTY_TOGETHER  4000 /* inside a block that is kept together */
#define PENALTY_WITH_NEXT 6000 /* behind a heading: misleads the reader most */

struct vitem {
    enum vitem_kind kind;
    unit height;     /* contents: room taken; SKIP: natural white */
    unit shrink;     /* SKIP: may give up so much where a page is too full */
    int32_t penalty; /* PENALTY */
    uint32_t index;  /* in the table of its kind: settings, boxes, rows, pairs, notes,
                        marks */
    uint32_t line;   /* LINE: of its setting, from 0 */
    bool grid; /* content: its top stands on a line of the grid, where there is one */
    bool pinned; /* content: what comes above a masthead's rule has a place of its own, on
                    no grid, that the grid does not move */
    uint32_t
        repeat_start;    /* content that is set again above this one at a page's head: */
    uint32_t repeat_end; /* items [start, end) of the list; equal: none */
    struct span span;    /* in the source, for messages */
};

struct vlist {
    VEC(struct vitem) items; /* from the first page's head down */
};

static inline bool vitem_is_content(const struct vitem *item)
{
    return item->kind == VITEM_LINE || item->kind == VITEM_BOX ||
           item->kind == VITEM_ROW || item->kind == VITEM_PAIR;
}

void vlist_done(struct vlist *list); /* takes NULL */
void vlist_skip(struct vlist *list, unit height);
void vlist_penalty(struct vlist *list, int32_t penalty);
struct vitem *vlist_add(struct vlist *list, enum vitem_kind kind, uint32_t index,
    unit height, struct span span);
/* Natural height of all contents with the gaps between them. */
int64_t vlist_height(const struct vlist *list);
/* One line an item: "line 30 pt setting 4 line 0"; for --dump=flow and tests. */
void vlist_dump(const struct vlist *list, struct str *out);

#endif
