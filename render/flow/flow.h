/* flow: document tree + layout → book of pages.
 *
 *     tree ── blocks.c ──→ vertical list (struct vitem) ── pages.c ──→ pages ── emit.c ──→ book
 *
 * blocks.c makes runs from nodes by the layout's styles, generates numbers, labels,
 * highlights and contents in flow's own arena, and has para/ compose them. The page
 * breaker works on the vertical list alone: it knows heights, skips and penalties, no
 * headings. */
#ifndef PAIBAN_FLOW_FLOW_H
#define PAIBAN_FLOW_FLOW_H

#include "content/document.h"
#include "flow/pages.h"
#include "image/image.h"
#include "layout/layout.h"
#include "page/book.h"
#include "para/paragraph.h"

struct flow_context {
    struct fonts *fonts;
    struct composer *composer;
    const struct files *files;
    struct images *images;          /* NULL: every image is a labelled box */
    struct image_roots image_roots; /* where they may come from */
    struct page_cuts *cuts; /* of the last build, replaced by those of this one;
                               pages below an edit are taken over; NULL: none are kept */
    struct str *dump_flow;  /* when not NULL: the vertical list as text */
    struct str *dump_lines; /* when not NULL: composed_dump of each paragraph in order */
    struct str *dump_clusters; /* when not NULL */
};

/* Build the book. False after a fatal diagnostic; the book is then empty but may be done.
 */
bool flow_build(const struct document *document, const struct layout *layout,
    const struct flow_context *context, struct book *ret_book, struct diagnostics *sink);

#endif
