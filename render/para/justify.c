/* justify: spreads a line's excess or want of white over its gaps, by clreq's order.
 *
 * Taking away: word spaces, then ·, brackets, commas, Han-Latin gaps, stops; within a
 * step all gaps lose the same part of what they may lose. Adding: word spaces to their
 * limit, then Han-Latin gaps to theirs, then the gaps between Han, all equally; when a
 * line has no such gap or they grew wider than a Han-Latin gap may be, all gaps that may
 * move take the rest equally. Sums are exact: the rounding of each gap is carried to the
 * next, so the widths of one kind differ by at most one unit. */
#include "para/box.h"

/* The gaps between Han take the last resort alone until they reach this (1/1000 em):
 * beyond it they would be wider than a Han-Latin gap (clreq: at most ½ em) and all grow
 * together. */
#define HAN_ALONE_MOST 250

struct share {
    int64_t amount; /* to give out */
    int64_t whole;  /* sum of the weights */
    int64_t weight; /* seen so far */
    int64_t given;
};

/* The next part, in proportion to weight; the parts of equal weights differ by one at
 * most. */
static unit share_next(struct share *share, int64_t weight)
{
    share->weight += weight;
    int64_t due = unit_muldiv(share->amount, share->weight, share->whole);
    unit part = (unit)(due - share->given);
    share->given = due;
    return part;
}

static int64_t step_capacity(const struct box *boxes, uint32_t count, uint8_t step)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += boxes[i].gap.shrink > 0 && boxes[i].gap.step == step ? boxes[i].gap.shrink
                                                                    : 0;
    return sum;
}

/* Take `excess` from the gaps of boxes[0 … count). Returns what could not be taken. */
static int64_t shrink_gaps(
    const struct box *boxes, uint32_t count, int64_t excess, unit *ret_gaps)
{
    for (uint8_t step = 0; step < SHRINK_STEPS && excess > 0; step++) {
        int64_t capacity = step_capacity(boxes, count, step);
        if (capacity == 0)
            continue;
        struct share share = {
            .amount = excess < capacity ? excess : capacity, .whole = capacity};
        for (uint32_t i = 0; i < count; i++)
            if (boxes[i].gap.shrink > 0 && boxes[i].gap.step == step)
                ret_gaps[i] -= share_next(&share, boxes[i].gap.shrink);
        excess -= share.amount;
    }
    return excess;
}

/* Give up to each gap's own limit to the gaps of one kind. Returns what is left. */
static int64_t stretch_kind(
    const struct box *boxes, uint32_t count, uint8_t kind, int64_t want, unit *ret_gaps)
{
    int64_t capacity = 0;
    for (uint32_t i = 0; i < count; i++)
        capacity += boxes[i].gap.kind == kind ? boxes[i].gap.stretch : 0;
    if (capacity == 0 || want == 0)
        return want;
    struct share share = {.amount = want < capacity ? want : capacity, .whole = capacity};
    for (uint32_t i = 0; i < count; i++)
        if (boxes[i].gap.kind == kind && boxes[i].gap.stretch > 0)
            ret_gaps[i] += share_next(&share, boxes[i].gap.stretch);
    return want - share.amount;
}

static bool takes_part(const struct box *box, bool han_only)
{
    return han_only ? box->gap.kind == GAP_HAN : box->gap.kind != GAP_RIGID;
}

/* Give `want`, at most `most` each, in equal parts. Returns what is left. */
static int64_t stretch_equally(const struct box *boxes, uint32_t count, bool han_only,
    int64_t want, int64_t most, unit *ret_gaps)
{
    int64_t gaps = 0;
    for (uint32_t i = 0; i < count; i++)
        gaps += takes_part(&boxes[i], han_only) ? 1 : 0;
    if (gaps == 0 || want == 0)
        return want;
    struct share share = {
        .amount = most > 0 && want > gaps * most ? gaps * most : want, .whole = gaps};
    for (uint32_t i = 0; i < count; i++)
        if (takes_part(&boxes[i], han_only))
            ret_gaps[i] += share_next(&share, 1);
    return want - share.amount;
}

static int64_t stretch_gaps(
    const struct box *boxes, uint32_t count, unit em, int64_t want, unit *ret_gaps)
{
    want = stretch_kind(boxes, count, GAP_WORD, want, ret_gaps);
    want = stretch_kind(boxes, count, GAP_HAN_LATIN, want, ret_gaps);
    want = stretch_equally(
        boxes, count, true, want, (int64_t)em * HAN_ALONE_MOST / 1000, ret_gaps);
    return stretch_equally(boxes, count, false, want, 0, ret_gaps);
}

int64_t justify_line(const struct box_list *list, const struct break_request *request,
    uint32_t start, const struct fit *fit, bool stretch, unit *ret_gaps,
    int32_t *ret_ratio)
{
    *ret_ratio = 0;
    if (fit->last == UINT32_MAX)
        return 0;
    const struct box *boxes = &list->boxes[start];
    uint32_t count = fit->last - start;
    for (uint32_t i = 0; i < count; i++)
        ret_gaps[i] = boxes[i].gap.natural;
    int64_t excess = fit->natural - fit->available;
    if (excess > 0) {
        int64_t left = shrink_gaps(boxes, count, excess, ret_gaps);
        if (fit->shrink > 0)
            *ret_ratio = -(int32_t)unit_muldiv(excess - left, 1000, fit->shrink);
        return fit->available + left;
    }
    if (excess == 0 || !stretch)
        return fit->natural;
    int64_t left = stretch_gaps(boxes, count, request->em, -excess, ret_gaps);
    int64_t gaps = list->open_gaps[fit->last] - list->open_gaps[start];
    *ret_ratio = (int32_t)unit_muldiv(
        -excess - left, 1000, (int64_t)request->em * (gaps > 0 ? gaps : 1));
    return fit->available - left;
}
