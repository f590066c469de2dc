/* pages: the page breaker (flow/pages.h has the model). */
#include "flow/pages.h"

#include "base/hash.h"
#include "base/memory.h"

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
    int64_t skips;   /* white of the gaps up to there */
    int64_t leading; /* heights of the contents behind the first */
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
    int64_t height;         /* of a page: the room's, less while a page is balanced */
    const uint64_t *suffix; /* per item: hash of it and all that follow */
    struct page_cuts *cuts;
    VEC(struct pending_note) pending; /* [head, length) still to be set, in order */
    size_t head;
    int64_t pending_height; /* of all that is still to be set */
};

/* One page while it is filled. */
struct filling {
    uint32_t start;  /* first item */
    bool empty;      /* no content yet */
    int64_t height;  /* contents and skips */
    int64_t shrink;  /* of the skips */
    int64_t skips;   /* white of the gaps */
    int64_t leading; /* heights of the contents behind the first */
    int64_t notes;   /* notes of this page and what is left from earlier ones, whole */
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

/* The next line of the grid at or below a height. */
static int64_t grid_line(int64_t height, unit grid)
{
    int64_t over = grid > 0 ? height % grid : 0;

    return over > 0 ? height + grid - over : height;
}

static int64_t repeats_height(const struct vitem *items, uint32_t start, uint32_t end)
{
    int64_t height = 0;

    for (uint32_t i = start; i < end; i++)
        if (vitem_is_content(&items[i]))
            height += items[i].height;
    return height;
}

/* The notes of the content at i: their whole height and the least that must fit with it.
 */
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
        .shrink = page->shrink,
        .skips = page->skips,
        .leading = page->leading};
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
    int64_t top = page->height, height, shrink = page->shrink;
    int64_t whole = 0, least = 0, notes;

    if (page->empty) {
        top += repeats_height(breaker->items, item->repeat_start, item->repeat_end);
    } else {
        top += gap->skip;
        shrink += gap->shrink;
    }
    if (item->grid)
        top = grid_line(top, breaker->room->grid);
    height = top + item->height;
    content_notes(breaker, i, &whole, &least);
    notes = page->notes + least;
    if (notes > 0)
        notes += breaker->room->note_space;
    if ((!page->empty || page->notes > 0) && height - shrink + notes > breaker->height)
        return false;
    if (!page->empty) {
        page->skips += gap->skip;
        page->leading += item->height;
    }
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

/* All that decides how the list from item `start` on is cut. */
static uint64_t checkpoint(const struct breaker *breaker, uint32_t start)
{
    uint64_t hash = start < breaker->count ? breaker->suffix[start] : HASH_SEED;

    for (size_t i = breaker->head; i < breaker->pending.length; i++) {
        const struct pending_note *pending = &breaker->pending.data[i];
        const struct note_lines *note = &breaker->notes[pending->note];

        hash = hash_u64(hash, pending->line);
        hash = hash_bytes(hash, note->heights, note->count * sizeof *note->heights);
    }
    return hash;
}

static bool is_final(const struct breaker *breaker, uint32_t end)
{
    for (; end < breaker->count && !vitem_is_content(&breaker->items[end]); end++)
        if (breaker->items[end].kind == VITEM_PENALTY &&
            breaker->items[end].penalty == PENALTY_FORCED)
            return true;
    return end == breaker->count;
}

/* Write the page [start, end.end) with its notes. */
static void cut(struct breaker *breaker, uint32_t start, struct candidate end)
{
    struct page_cut page = {.start = start,
        .end = end.end,
        .height = end.height,
        .shrink = end.shrink,
        .skips = end.skips,
        .leading = end.leading,
        .final = is_final(breaker, end.end),
        .broken = end.penalty >= PENALTY_FORBIDDEN ? end.penalty : 0,
        .first_part = (uint32_t)breaker->cuts->parts.length,
        .checkpoint = checkpoint(breaker, start),
        .notes_before = (uint32_t)breaker->pending.length};
    const struct vitem *first = first_content(breaker, start, end.end);

    if (first != NULL && start > 0) {
        page.repeat_start = first->repeat_start;
        page.repeat_end = first->repeat_end;
    }
    page.overfull = page.height - page.shrink > breaker->room->height;
    queue_notes(breaker, start, end.end);
    if (breaker->head < breaker->pending.length) {
        int64_t used = set_notes(breaker, breaker->height - page.height, first == NULL);

        page.part_count = (uint32_t)breaker->cuts->parts.length - page.first_part;
        page.note_height = page.part_count > 0 ? used : 0;
    }
    vec_push(&breaker->cuts->pages, page);
}

/* One item as far as cutting sees it, into the hash of what follows. */
static uint64_t hash_item(uint64_t hash, const struct breaker *breaker, uint32_t i)
{
    const struct vitem *item = &breaker->items[i];
    const struct note_lines *note;

    hash = hash_u64(hash,
        (uint64_t)item->kind << 33 | (uint64_t)item->grid << 32 | (uint32_t)item->height);
    hash =
        hash_u64(hash, (uint64_t)(uint32_t)item->shrink << 32 | (uint32_t)item->penalty);
    if (item->repeat_end > item->repeat_start)
        hash = hash_u64(hash,
            (uint64_t)repeats_height(breaker->items, item->repeat_start, item->repeat_end)
                    << 32 |
                (i - item->repeat_start));
    if (item->kind != VITEM_NOTE)
        return hash;
    note = &breaker->notes[item->index];
    return hash_bytes(hash, note->heights, note->count * sizeof *note->heights);
}

static uint64_t *suffix_hashes(const struct breaker *breaker)
{
    uint64_t *suffix = memory_resize(NULL, breaker->count + 1u, sizeof *suffix);
    uint64_t hash = HASH_SEED;

    for (uint32_t i = breaker->count; i-- > 0;)
        suffix[i] = hash = hash_item(hash, breaker, i);
    return suffix;
}

/* Take over the pages of `before` from index `from` on, as the list from `start` on. */
static void join(
    struct breaker *breaker, const struct page_cuts *before, size_t from, uint32_t start)
{
    struct page_cuts *cuts = breaker->cuts;
    const struct page_cut *first = &before->pages.data[from];
    uint32_t move = start - first->start; /* modulo 2³²: may be a step back */
    uint32_t notes = (uint32_t)breaker->pending.length - first->notes_before;

    cuts->joined = before->pages.length - from;
    for (size_t i = from; i < before->pages.length; i++) {
        struct page_cut page = before->pages.data[i];

        page.start += move;
        page.end += move;
        if (page.repeat_end > page.repeat_start) {
            page.repeat_start += move;
            page.repeat_end += move;
        }
        page.notes_before += notes;
        page.first_part = (uint32_t)cuts->parts.length;
        for (uint32_t j = 0; j < page.part_count; j++) {
            struct note_part part =
                before->parts.data[before->pages.data[i].first_part + j];

            part.note += notes;
            vec_push(&cuts->parts, part);
        }
        vec_push(&cuts->pages, page);
    }
}

/* The page of `before` that begins with the same work left; its count when there is none.
 */
static size_t find_equal(
    const struct breaker *breaker, const struct page_cuts *before, uint32_t start)
{
    uint64_t wanted = checkpoint(breaker, start);
    size_t i = 0;

    while (i < before->pages.length && before->pages.data[i].checkpoint != wanted)
        i++;
    return i;
}

static bool same_room(const struct page_room *a, const struct page_room *b)
{
    return a->height == b->height && a->note_space == b->note_space &&
           a->grid == b->grid && a->spread == b->spread && a->balance == b->balance;
}

static void cut_from(
    struct breaker *breaker, uint32_t start, const struct page_cuts *before)
{
    while (start < breaker->count || breaker->head < breaker->pending.length) {
        size_t equal = before != NULL ? find_equal(breaker, before, start) : 0;
        struct candidate end;

        if (before != NULL && equal < before->pages.length) {
            join(breaker, before, equal, start);
            return;
        }
        end = fill(breaker, start);
        cut(breaker, start, end);
        start = end.end;
    }
}

/* Whether the list from the last page but one on takes two pages of a height. */
static bool fits_twice(struct breaker *breaker, uint32_t start, int64_t height)
{
    struct candidate first, second;

    breaker->height = height;
    first = fill(breaker, start);
    if (first.penalty >= PENALTY_FORBIDDEN || first.end >= breaker->count)
        return first.end >= breaker->count;
    second = fill(breaker, first.end);
    return second.end >= breaker->count && second.height - second.shrink <= height &&
           first.height - first.shrink <= height;
}

#define BALANCE_STEP UNIT_PT /* finer than any line */

/* Cut the last two pages again at the least height that holds both. Pages with notes are
 * left as they are: their text is tied to the foot. */
static void balance(struct breaker *breaker)
{
    struct page_cuts *cuts = breaker->cuts;
    size_t count = cuts->pages.length;
    struct page_cut *pages = cuts->pages.data + (count < 2 ? 0 : count - 2);
    int64_t low = 0, high = breaker->room->height;
    uint32_t start;

    if (count < 2 || pages[0].final || pages[0].part_count + pages[1].part_count > 0)
        return;
    start = pages[0].start;
    breaker->head = breaker->pending.length;
    breaker->pending_height = 0;
    while (high - low > BALANCE_STEP) {
        int64_t middle = low + (high - low) / 2;

        if (fits_twice(breaker, start, middle))
            high = middle;
        else
            low = middle;
    }
    if (!fits_twice(breaker, start, high))
        return;
    breaker->pending.length = pages[0].notes_before;
    breaker->head = breaker->pending.length;
    cuts->pages.length -= 2;
    cut_from(breaker, start, NULL);
}

void pages_break(const struct vlist *list, const struct note_lines *notes,
    const struct page_room *room, const struct page_cuts *before,
    struct page_cuts *ret_cuts)
{
    struct breaker breaker = {
        .items = list->items.data,
        .count = (uint32_t)list->items.length,
        .notes = notes,
        .room = room,
        .height = room->height,
        .cuts = ret_cuts,
    };
    uint64_t *suffix = suffix_hashes(&breaker);

    breaker.suffix = suffix;
    ret_cuts->room = *room;
    if (before != NULL && !same_room(room, &before->room))
        before = NULL;
    cut_from(&breaker, 0, before);
    if (room->balance)
        balance(&breaker);
    vec_done(&breaker.pending);
    memory_free(suffix);
}

/* Spreading: white may grow to twice its height, then contents be led apart by an eighth
 * of theirs; more would tear the page, and the rest stays at the foot. */
#define SPREAD_LEADING 8

/* What a page has too much (> 0: skips give way) or too little (gaps grow). */
struct adjustment {
    int64_t shrink;  /* to be taken from the skips */
    int64_t stretch; /* to be given to the skips */
    int64_t lead;    /* to be given to all contents but the first */
};

static struct adjustment adjustment_of(
    const struct page_cut *cut, const struct page_room *room)
{
    int64_t left = room->height - cut->height - cut->note_height;
    struct adjustment adjustment = {0};

    if (left < 0) {
        adjustment.shrink = -left < cut->shrink ? -left : cut->shrink;
    } else if (room->spread && !cut->final && room->grid == 0) {
        int64_t most = cut->leading / SPREAD_LEADING;

        adjustment.stretch = left < cut->skips ? left : cut->skips;
        left -= adjustment.stretch;
        adjustment.lead = left < most ? left : most;
    }
    return adjustment;
}

static bool has_content(const struct vlist *list, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (vitem_is_content(&list->items.data[i]))
            return true;
    return false;
}

/* Contents that stand off the grid and end before item `to` move down by half of what a
 * grid content had to move; the first of the page stays. */
static void centre_off_grid(const struct vlist *list, const struct page_cut *cut,
    uint32_t to, int64_t pad, int64_t *tops)
{
    uint32_t from = to;

    for (uint32_t i = to; i-- > cut->start;) {
        const struct vitem *item = &list->items.data[i];

        if (!vitem_is_content(item))
            continue;
        if (item->grid || item->pinned)
            break;
        from = i;
    }
    if (!has_content(list, cut->start, from))
        return;
    for (uint32_t i = from; i < to; i++)
        tops[i - cut->start] += pad / 2;
}

void pages_place(const struct vlist *list, const struct page_cut *cut,
    const struct page_room *room, int64_t *ret_tops)
{
    struct adjustment adjustment = adjustment_of(cut, room);
    int64_t height = repeats_height(list->items.data, cut->repeat_start, cut->repeat_end);
    int64_t skips = 0, shrinks = 0, leading = 0; /* so far */
    struct gap gap = {0};
    bool first = true;

    for (uint32_t i = cut->start; i < cut->end; i++) {
        const struct vitem *item = &list->items.data[i];
        int64_t top = height;

        if (!vitem_is_content(item)) {
            gap_add(&gap, item);
            continue;
        }
        if (!first) {
            top += gap.skip;
            skips += gap.skip;
            shrinks += gap.shrink;
            leading += item->height;
        }
        if (item->grid && room->grid > 0) {
            int64_t line = grid_line(top, room->grid);

            if (line > top)
                centre_off_grid(list, cut, i, line - top, ret_tops);
            top = line;
        }
        height = top + item->height;
        if (cut->skips > 0)
            top += unit_muldiv(adjustment.stretch, skips, cut->skips);
        if (cut->leading > 0)
            top += unit_muldiv(adjustment.lead, leading, cut->leading);
        if (cut->shrink > 0)
            top -= unit_muldiv(adjustment.shrink, shrinks, cut->shrink);
        ret_tops[i - cut->start] = top;
        gap = (struct gap){0};
        first = false;
    }
}
