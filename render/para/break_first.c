/* break_first: first-fit line breaking, the way Word and the printed original do it.
 *
 * A line takes boxes as long as some legal end fits: naturally, by shrinking, or with its
 * last mark hanging. Among the ends that fit, the farthest wins (so shrinking comes
 * before stretching: facts of clreq, "line adjustment"). When no legal end fits, the line
 * ends at the first legal one and is overfull. */
#include "para/box.h"

/* An end inside an address has a penalty by the layout's order of preference. A better
 * end than the farthest is taken when it leaves no more than this open: a quarter of the
 * measure reads as a ragged address, more as a hole. */
#define FIRST_BETTER_END_DIVISOR 4

/* The farthest fitting end is `farthest`; inside an address, look back for a better one.
 */
static uint32_t first_better_end(const struct box_list *list,
    const struct break_request *request, uint32_t start, uint32_t farthest)
{
    uint32_t best = farthest;
    int32_t least = list->boxes[farthest - 1].penalty;
    unit open = request->width / FIRST_BETTER_END_DIVISOR;
    if (farthest == list->count || least <= 0)
        return farthest;
    for (uint32_t end = farthest - 1; end > start; end--) {
        int32_t penalty = list->boxes[end - 1].penalty;
        if (penalty <= 0 || list->width[farthest] - list->width[end] > open)
            break;
        if (penalty < least) {
            best = end;
            least = penalty;
        }
    }
    return best;
}

/* The end of the line that begins at start. */
static uint32_t first_line_end(
    const struct box_list *list, const struct break_request *request, uint32_t start)
{
    uint32_t best = 0;
    for (uint32_t end = start + 1; end <= list->count; end++) {
        int32_t penalty = list->boxes[end - 1].penalty;
        bool legal = penalty != PENALTY_FORBIDDEN || end == list->count;
        if (legal && (best == 0 || line_fit(list, request, start, end).fits))
            best = end;
        if (best != 0 && penalty == PENALTY_FORCED)
            break;
        if (best != 0 && line_is_past(list, request, start, end))
            break;
    }
    return first_better_end(list, request, start, best);
}

uint32_t break_first(
    const struct box_list *list, const struct break_request *request, uint32_t *ret_ends)
{
    uint32_t lines = 0;
    uint32_t start = 0;
    if (list->count == 0) {
        ret_ends[0] = 0;
        return 1;
    }
    while (start < list->count) {
        start = first_line_end(list, request, start);
        ret_ends[lines++] = start;
    }
    return lines;
}
