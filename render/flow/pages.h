/* pages: cuts the vertical list into pages. It knows heights, skips, penalties and notes only.
 *
 * Greedy: a page takes contents as long as they fit, then ends at the last gap that costs
 * less than PENALTY_FORBIDDEN; where there is none, at the gap with the least penalty (the
 * last of equals), and says so. Every content is looked at in at most two pages' scans, so
 * the work is linear. An optimal breaker over all pages was rejected: an editor who adds a
 * line on page 9 must not see page 2 change.
 *
 * Notes stand at the foot of the page that has their mark. A note that does not fit whole
 * begins there with at least NOTE_LINES_LEAST lines and goes on at the foot of the next
 * page; where not even these fit, the content with the mark moves to the next page.
 */
#ifndef PAIBAN_FLOW_PAGES_H
#define PAIBAN_FLOW_PAGES_H

#include "flow/vlist.h"

#define NOTE_LINES_LEAST 2 /* of a note that is split: one line alone looks lost */

/* The lines of one note, as the breaker sees them. */
struct note_lines {
    const unit *heights; /* of each line */
    uint32_t count;
};

struct page_room {
    int64_t height;  /* of the type area */
    unit note_space; /* above the first note of a page: white and rule */
};

/* Lines [start, end) of a note stand on a page. */
struct note_part {
    uint32_t note;  /* index */
    uint32_t start; /* line */
    uint32_t end;   /* line */
};

struct page_cut {
    uint32_t start, end;   /* items of the list */
    uint32_t repeat_start; /* items that are set again at the head … */
    uint32_t repeat_end;   /* … [start, end); equal: none */
    int64_t height;        /* natural height of repeats and contents */
    int64_t shrink;        /* so much of it can be given up by the skips */
    int64_t note_height;   /* of the notes with note_space; 0: none */
    uint32_t first_part;   /* in page_cuts.parts */
    uint32_t part_count;   /* notes at the foot */
    int32_t broken; /* penalty ≥ PENALTY_FORBIDDEN that was paid at its end; else 0 */
    bool overfull;  /* its only content is taller than the page */
};

struct page_cuts {
    VEC(struct page_cut) pages;  /* in order */
    VEC(struct note_part) parts; /* in order of pages */
};

void page_cuts_done(struct page_cuts *cuts); /* takes NULL */
/* Cut items. An empty list gives no page. notes: by the index of NOTE items. */
void pages_break(const struct vlist *list, const struct note_lines *notes,
    const struct page_room *room, struct page_cuts *ret_cuts);
/* The white of the gap that ends at content i (not before item `from`): what stands above it
 * when it is not the first of its page. excess of total shrink is given up by all gaps in
 * proportion; 0, 0: none. */
unit pages_gap(
    const struct vlist *list, uint32_t from, uint32_t i, int64_t excess, int64_t total);

#endif
