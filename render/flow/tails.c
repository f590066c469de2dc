/* tails: see tails.h. */
#include "flow/tails.h"

#define LEADER_MOST 400 /* signs: what the widest paper takes of the narrowest dot */

/* Leader signs over the whole width, from its left edge on, so that those of all entries
 * stand below one another. */
static uint32_t compose_leader(struct flow *flow, const struct block *block, unit width)
{
    struct run_list list;
    const struct run *runs;
    uint32_t count, setting;
    unit sign;

    runs_begin(&list, flow, block->element, 0);
    list.base.nature = NATURE_FIXED;
    runs_string(&list, block->leader);
    runs = runs_finish(&list, &count);
    setting = blocks_compose_line(flow, block->element, runs, count, 0);
    if (setting != FLOW_NONE) {
        sign = composed_width(flow->settings.data[setting].composed);
        for (uint32_t i = 1; sign > 0 && i < LEADER_MOST && (unit)(i + 1) * sign <= width;
             i++)
            runs_string(&list, block->leader);
        runs = runs_finish(&list, &count);
        setting = blocks_compose_line(flow, block->element, runs, count, 0);
    }
    runs_done(&list);
    return setting;
}

struct tail tails_compose(struct flow *flow, const struct block *block, unit width)
{
    const struct style *style = &flow->layout->styles[block->element];
    struct tail tail = {FLOW_NONE, FLOW_NONE, 0};
    unit used, right = width - flow->right;

    if (block->tail_count == 0)
        return tail;
    if (block->leader != NULL && block->leader[0] != '\0')
        tail.leader = compose_leader(flow, block, width);
    tail.setting =
        blocks_compose_line(flow, block->element, block->tail, block->tail_count, 0);
    if (tail.setting == FLOW_NONE)
        return tail;
    used = composed_width(flow->settings.data[tail.setting].composed);
    if (tail.leader == FLOW_NONE && block->leader == NULL)
        right -= style->indent_right; /* a panel's line ends where its text would */
    flow->settings.data[tail.setting].x = right - used;
    tail.room = width - flow->right - (right - used) + style->size;
    return tail;
}
