/* pages: the page breaker (flow/pages.h has the model). */
#include "flow/pages.h"

/* What lies between two contents. */
struct gap {
    uint32_t start;  /* first item behind the content before it and its notes */
    unit skip;       /* largest of its skips */
    unit shrink;     /* of that skip */
    int32_t penalty; /* largest of its penalties, or PENALTY_FORCED */
};

/* A place where the page could end. */
struct candidate {
    bool found;
    uint32_t end;    /* item index */
    int32_t penalty; /* of the gap */
    int64_t height;  /* of the page's contents up to there */
    int64_t shrink;  /* of the skips up to there */
};

/* A note, or the rest of one, that has still to be set. */
struct pending_note {
    uint32_t note;
    uint32_t line; /* first one not yet set */
};

struct breaker {
    const struct vitem *items;
    uint32_t count;
    const struct note_lines *notes;
    const struct page_room *room;
    struct page_cuts *cuts;
    VEC(struct pending_note) pending; /* [head, length) still to be set, in order */
    size_t head;
    int64_t pending_height; /* of all that is still to be set */
};

/* One page while it is filled. */
struct filling {
    uint32_t start; /* first item */
    bool empty;     /* no content yet */
    int64_t height; /* contents and skips */
    int64_t shrink; /* of the skips */
    int64_t notes;  /* notes of this page and what is left from earlier ones, whole */
    struct candidate good; /* the last end below PENALTY_FORBIDDEN */
    struct candidate poor; /* the cheapest of the others, the last of equals */
};

void page_cuts_done(struct page_cuts *cuts)
{
    if (cuts == NULL)
        return;
    vec_done(&cuts->pages);
    vec_done(&cuts->parts);
}

static int64_t note_height(const struct note_lines *note, uint32_t start, uint32_t end)
{
    int64_t height = 0;

    for (uint32_t i = start; i < end; i++)
        height += note->heights[i];
    return height;
}

static void gap_add(struct gap *gap, const struct vitem *item)
{
    if (item->kind == VITEM_SKIP && item->height > gap->skip) {
        gap->skip = item->height;
        gap->shrink = item->shrink;
    }
    if (item->kind != VITEM_PENALTY || gap->penalty == PENALTY_FORCED)
        return;
    if (item->penalty == PENALTY_FORCED || item->penalty > gap->penalty)
        gap->penalty = item->penalty;
}

unit pages_gap(
    const struct vlist *list, uint32_t from, uint32_t i, int64_t excess, int64_t total)
{
    struct gap gap = {0};

    while (i > from && !vitem_is_content(&list->items.data[i - 1]))
        gap_add(&gap, &list->items.data[--i]);
    if (excess <= 0 || total <= 0)
        return gap.skip;
    return gap.skip -
           (unit)unit_muldiv(gap.shrink, excess < total ? excess : total, total);
}

static int64_t repeat_height(const struct breaker *breaker, const struct vitem *item)
{
    int64_t height = 0;

    for (uint32_t i = item->repeat_start; i < item->repeat_end; i++)
        if (vitem_is_content(&breaker->items[i]))
            height += breaker->items[i].height;
    return height;
}

/* The notes of the content at i: their whole height and the least that must fit with it. */
static void content_notes(
    const struct breaker *breaker, uint32_t i, int64_t *ret_whole, int64_t *ret_least)
{
    int64_t whole = 0, least = 0;

    for (i++; i < breaker->count && breaker->items[i].kind == VITEM_NOTE; i++) {
        const struct note_lines *note = &breaker->notes[breaker->items[i].index];
        uint32_t lines = note->count < NOTE_LINES_LEAST ? note->count : NOTE_LINES_LEAST;

        least = whole + note_height(note, 0, lines);
        whole += note_height(note, 0, note->count);
    }
    *ret_whole = whole;
    *ret_least = least;
}

static void remember(
    const struct filling *page, const struct gap *gap, struct candidate *end)
{
    *end = (struct candidate){.found = true,
        .end = gap->start,
        .penalty = gap->penalty,
        .height = page->height,
        .shrink = page->shrink};
}

static void remember_gap(struct filling *page, const struct gap *gap)
{
    if (gap->penalty < PENALTY_FORBIDDEN)
        remember(page, gap, &page->good);
    else if (!page->poor.found || gap->penalty <= page->poor.penalty)
        remember(page, gap, &page->poor);
}

/* Whether the content at i still goes on the page; if so, it is taken. */
static bool take(
    struct breaker *breaker, struct filling *page, const struct gap *gap, uint32_t i)
{
    const struct vitem *item = &breaker->items[i];
    int64_t height = page->height + item->height, shrink = page->shrink;
    int64_t whole = 0, least = 0, notes;

    if (page->empty) {
        height += repeat_height(breaker, item);
    } else {
        height += gap->skip;
        shrink += gap->shrink;
    }
    content_notes(breaker, i, &whole, &least);
    notes = page->notes + least;
    if (notes > 0)
        notes += breaker->room->note_space;
    if ((!page->empty || page->notes > 0) &&
        height - shrink + notes > breaker->room->height)
        return false;
    page->empty = false;
    page->height = height;
    page->shrink = shrink;
    page->notes += whole;
    return true;
}

/* Fill a page from `start` on; returns where it ends. */
static struct candidate fill(struct breaker *breaker, uint32_t start)
{
    struct filling page = {
        .start = start, .empty = true, .notes = breaker->pending_height};
    struct gap gap = {.start = start};

    for (uint32_t i = start; i < breaker->count; i++) {
        if (!vitem_is_content(&breaker->items[i])) {
            gap_add(&gap, &breaker->items[i]);
            continue;
        }
        if (!page.empty && gap.penalty != PENALTY_FORCED)
            remember_gap(&page, &gap);
        if ((!page.empty && gap.penalty == PENALTY_FORCED) ||
            !take(breaker, &page, &gap, i)) {
            if (page.good.found && gap.penalty != PENALTY_FORCED)
                return page.good;
            if (page.poor.found && gap.penalty != PENALTY_FORCED)
                return page.poor;
            remember(&page, &gap, &page.good);
            return page.good;
        }
        while (i + 1 < breaker->count && breaker->items[i + 1].kind == VITEM_NOTE)
            i++;
        gap = (struct gap){.start = i + 1};
    }
    gap.start = breaker->count;
    gap.penalty = 0;
    remember(&page, &gap, &page.good);
    return page.good;
}

/* Set as many lines of the pending notes as fit into `room`, at least one when must. */
static int64_t set_notes(struct breaker *breaker, int64_t room, bool must)
{
    int64_t used = breaker->room->note_space;

    while (breaker->head < breaker->pending.length) {
        struct pending_note *pending = &breaker->pending.data[breaker->head];
        const struct note_lines *note = &breaker->notes[pending->note];
        struct note_part part = {pending->note, pending->line, pending->line};

        while (
            part.end < note->count && (must || used + note->heights[part.end] <= room)) {
            used += note->heights[part.end++];
            must = false;
        }
        breaker->pending_height -= note_height(note, part.start, part.end);
        if (part.end > part.start)
            vec_push(&breaker->cuts->parts, part);
        pending->line = part.end;
        if (part.end < note->count)
            break;
        breaker->head++;
    }
    return used;
}

static void queue_notes(struct breaker *breaker, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++) {
        uint32_t index = breaker->items[i].index;

        if (breaker->items[i].kind != VITEM_NOTE)
            continue;
        vec_push(&breaker->pending, (struct pending_note){index, 0});
        breaker->pending_height +=
            note_height(&breaker->notes[index], 0, breaker->notes[index].count);
    }
}

static const struct vitem *first_content(
    const struct breaker *breaker, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (vitem_is_content(&breaker->items[i]))
            return &breaker->items[i];
    return NULL;
}

/* Write the page [start, end.end) with its notes. */
static void cut(struct breaker *breaker, uint32_t start, struct candidate end)
{
    struct page_cut page = {.start = start,
        .end = end.end,
        .height = end.height,
        .shrink = end.shrink,
        .broken = end.penalty >= PENALTY_FORBIDDEN ? end.penalty : 0,
        .first_part = (uint32_t)breaker->cuts->parts.length};
    const struct vitem *first = first_content(breaker, start, end.end);

    if (first != NULL && start > 0) {
        page.repeat_start = first->repeat_start;
        page.repeat_end = first->repeat_end;
    }
    page.overfull = page.height - page.shrink > breaker->room->height;
    queue_notes(breaker, start, end.end);
    if (breaker->head < breaker->pending.length) {
        int64_t used =
            set_notes(breaker, breaker->room->height - page.height, first == NULL);

        page.part_count = (uint32_t)breaker->cuts->parts.length - page.first_part;
        page.note_height = page.part_count > 0 ? used : 0;
    }
    vec_push(&breaker->cuts->pages, page);
}

void pages_break(const struct vlist *list, const struct note_lines *notes,
    const struct page_room *room, struct page_cuts *ret_cuts)
{
    struct breaker breaker = {
        .items = list->items.data,
        .count = (uint32_t)list->items.length,
        .notes = notes,
        .room = room,
        .cuts = ret_cuts,
    };
    uint32_t start = 0;

    while (start < breaker.count || breaker.head < breaker.pending.length) {
        struct candidate end = fill(&breaker, start);

        cut(&breaker, start, end);
        start = end.end;
    }
    vec_done(&breaker.pending);
}
