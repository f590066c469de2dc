/* fit: measures one line of boxes in constant time, for the breakers and the justifier.
 */
#include "para/box.h"

static unit line_available(const struct break_request *request, uint32_t start)
{
    return request->width - (start == 0 ? request->first_indent : 0);
}

struct fit line_fit(const struct box_list *list, const struct break_request *request,
    uint32_t start, uint32_t end)
{
    struct fit fit = {.available = line_available(request, start), .last = UINT32_MAX};
    uint32_t visible = list->visible[end];
    if (visible <= start) { /* only spaces */
        fit.fits = true;
        return fit;
    }
    const struct box *first = &list->boxes[start];
    const struct box *last = &list->boxes[visible - 1];
    fit.last = visible - 1;
    fit.natural = list->width[fit.last] - list->width[start] + last->body +
                  last->end_white +
                  (start == 0 ? first->first_white : first->start_white);
    if (end < list->count)
        fit.natural += list->boxes[end - 1].hyphen;
    fit.shrink = list->shrink[fit.last] - list->shrink[start];
    fit.fits = fit.natural - fit.shrink <= fit.available;
    if (last->hang > 0 && fit.natural > fit.available) {
        int64_t rest = fit.natural - last->hang;
        int64_t least = request->hang_only_unshrunk ? rest : rest - fit.shrink;
        bool by_shrinking = fit.fits && request->hang_only_unshrunk;
        if (least <= fit.available && !by_shrinking) {
            fit.hangs = true;
            fit.fits = true;
            fit.natural = rest;
        }
    }
    return fit;
}

bool line_is_past(const struct box_list *list, const struct break_request *request,
    uint32_t start, uint32_t end)
{
    uint32_t visible = list->visible[end];
    if (visible <= start + 1)
        return false;
    uint32_t last = visible - 1;
    int64_t least = list->width[last] - list->width[start] -
                    (list->shrink[last] - list->shrink[start]);
    return least > line_available(request, start);
}
