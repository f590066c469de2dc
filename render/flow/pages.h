/* pages: cuts the vertical list into pages. It knows heights, skips, penalties and notes
 * only.
 *
 * Greedy: a page takes contents as long as they fit, then ends at the last gap that costs
 * less than PENALTY_FORBIDDEN; where there is none, at the gap with the least penalty
 * (the last of equals), and says so. Every content is looked at in at most two pages'
 * scans, so the work is linear. An optimal breaker over all pages was rejected: an editor
 * who adds a line on page 9 must not see page 2 change.
 *
 * Notes stand at the foot of the page that has their mark. A note that does not fit whole
 * begins there with at least NOTE_LINES_LEAST lines and goes on at the foot of the next
 * page; where not even these fit, the content with the mark moves to the next page. That
 * is known before the content is taken, so no page is ever filled twice for its notes.
 *
 * With a line grid, a content that stands on it begins on a grid line, counted from the
 * type area's top: lines of facing pages register (clreq, headings). What stands between
 * two of them takes whole lines, in the middle of them.
 *
 *     ─ grid ─ line
 *     ─ grid ─ line
 *                half of what is missing to a whole number of lines
 *              heading
 *                the other half
 *     ─ grid ─ line
 *
 * A page's checkpoint is a number made of all that follows: the list from its start on
 * and the notes still to be set. Where it is equal to one of an earlier cutting, the
 * pages from there on are taken over: after an edit only the pages before are cut anew.
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
    unit grid;       /* pitch of the line grid; 0: none */
    bool spread;     /* leftover height goes into the gaps; else it stays at the foot */
    bool balance;    /* the last two pages are of about equal height */
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
    int64_t skips;         /* the white of its gaps, part of height */
    int64_t leading;       /* contents that have another above them, part of height */
    bool final;            /* ends where the list does, or at a forced break */
    int64_t note_height;   /* of the notes with note_space; 0: none */
    uint32_t first_part;   /* in page_cuts.parts */
    uint32_t part_count;   /* notes at the foot */
    int32_t broken; /* penalty ≥ PENALTY_FORBIDDEN that was paid at its end; else 0 */
    bool overfull;  /* its only content is taller than the page */
    uint64_t checkpoint;   /* of all that is still to be set at its start */
    uint32_t notes_before; /* notes whose marks stand before its start */
};

struct page_cuts {
    VEC(struct page_cut) pages;  /* in order */
    VEC(struct note_part) parts; /* in order of pages */
    size_t joined;               /* so many of the last pages are those of `before` */
    struct page_room room;       /* that they were cut for */
};

void page_cuts_done(struct page_cuts *cuts); /* takes NULL */
/* Cut items. An empty list gives no page. notes: by the index of NOTE items; they are
 * numbered in the order of the list. before: an earlier cutting, whose pages are taken
 * over from the first equal checkpoint on, if it was for the same room; NULL: none. */
void pages_break(const struct vlist *list, const struct note_lines *notes,
    const struct page_room *room, const struct page_cuts *before,
    struct page_cuts *ret_cuts);
/* The tops of a page's contents, from the type area's top: ret_tops has an entry for each
 * item of [start, end), set for contents only. Shrinking, spreading and the grid are in.
 */
void pages_place(const struct vlist *list, const struct page_cut *cut,
    const struct page_room *room, int64_t *ret_tops);

#endif
