/* columns: see columns.h.
 *
 * Each item is set into a list of its own, with the other column and the gap as an
 * indent, as in any container. The contents of two lists then become one content of the
 * main list, as high as the taller; marks go before it, notes behind it:
 *
 *     SKIP MARK MARK ┌ LINE LINE BOX ┬ LINE LINE ┐ NOTE SKIP
 *                    └───── left ────┴── right ──┘
 *
 * Read left, then right, pair by pair; pages end between pairs. A pair that is taller
 * than a page, or that has a page break inside, is set as two items, one below the other,
 * each in its column. */
#include "flow/columns.h"

#include "flow/blocks.h"

#define GAP_TENTHS 15 /* of the body's em: least white between columns */

bool columns_wanted(const struct node *heading)
{
    return heading != NULL && heading->attributes != NULL &&
           heading->attributes->columns > 1;
}

/* Width of a column: as many whole characters as leave room for the gap. */
static unit column_width(const struct flow *flow)
{
    const struct layout *layout = flow->layout;
    unit em = layout->character_pitch > 0 ? layout->character_pitch
                                          : layout->styles[ELEMENT_BODY].size;
    unit measure = layout_measure(layout) - flow->left - flow->right;
    unit width = (measure - em * GAP_TENTHS / 10) / 2;

    return width > em ? width - width % em : em;
}

/* An item in a list of its own. */
static void set_column(
    struct flow *flow, const struct node *item, bool right, struct vlist *ret_list)
{
    struct vlist *list = flow->list;
    unit other =
        layout_measure(flow->layout) - flow->left - flow->right - column_width(flow);

    flow->list = ret_list;
    *(right ? &flow->left : &flow->right) += other;
    blocks_node(flow, item);
    *(right ? &flow->left : &flow->right) -= other;
    flow->list = list;
}

static size_t first_content(const struct vlist *list)
{
    size_t i = 0;

    while (i < list->items.length && !vitem_is_content(&list->items.data[i]))
        i++;
    return i;
}

static bool has_forced_break(const struct vlist *list)
{
    for (size_t i = 0; i < list->items.length; i++)
        if (list->items.data[i].kind == VITEM_PENALTY &&
            list->items.data[i].penalty == PENALTY_FORCED)
            return true;
    return false;
}

/* Add a column's contents with their places; returns its height. */
static int64_t place_contents(struct flow *flow, const struct vlist *list)
{
    unit grid = flow->layout->grid_pitch, skip = 0;
    int64_t height = 0;

    for (size_t i = first_content(list); i < list->items.length; i++) {
        const struct vitem *item = &list->items.data[i];

        if (item->kind == VITEM_SKIP && item->height > skip)
            skip = item->height;
        if (!vitem_is_content(item))
            continue;
        height += skip;
        if (item->grid && grid > 0)
            height = (height + grid - 1) / grid * grid;
        vec_push(&flow->column_contents, (struct column_content){*item, (unit)height});
        height += item->height;
        skip = 0;
    }
    return height;
}

static void append_all(struct flow *flow, const struct vlist *list)
{
    for (size_t i = 0; i < list->items.length; i++)
        vec_push(&flow->list->items, list->items.data[i]);
}

/* What stands before the pair: the white above each column, and all marks. */
static void append_before(struct flow *flow, const struct vlist *list)
{
    size_t first = first_content(list);

    for (size_t i = 0; i < list->items.length; i++)
        if (i < first || list->items.data[i].kind == VITEM_MARK)
            vec_push(&flow->list->items, list->items.data[i]);
}

static void append_notes(struct flow *flow, const struct vlist *list)
{
    for (size_t i = 0; i < list->items.length; i++)
        if (list->items.data[i].kind == VITEM_NOTE)
            vec_push(&flow->list->items, list->items.data[i]);
}

/* The white below a column. */
static void append_after(struct flow *flow, const struct vlist *list)
{
    size_t i = list->items.length;

    while (i > 0 && !vitem_is_content(&list->items.data[i - 1]))
        if (list->items.data[--i].kind == VITEM_SKIP)
            vec_push(&flow->list->items, list->items.data[i]);
}

static void append_pair(struct flow *flow, const struct vlist *left,
    const struct vlist *right, struct span span)
{
    struct pair pair = {.first = (uint32_t)flow->column_contents.length};
    int64_t height = place_contents(flow, left), other = place_contents(flow, right);

    height = height > other ? height : other;
    pair.count = (uint32_t)flow->column_contents.length - pair.first;
    if (pair.count == 0 || height > layout_area_height(flow->layout) ||
        has_forced_break(left) || has_forced_break(right)) {
        append_all(flow, left);
        append_all(flow, right);
        return;
    }
    append_before(flow, left);
    append_before(flow, right);
    vec_push(&flow->pairs, pair);
    vlist_add(
        flow->list, VITEM_PAIR, (uint32_t)flow->pairs.length - 1, (unit)height, span)
        ->grid = flow->column_contents.data[pair.first].item.grid;
    append_notes(flow, left);
    append_notes(flow, right);
    append_after(flow, left);
    append_after(flow, right);
}

void columns_set(struct flow *flow, const struct node *child)
{
    while (child != NULL && !flow->failed) {
        const struct node *item = child;
        bool after_heading = flow->after_heading;
        struct vlist left = {0}, right = {0};

        child = child->next;
        if (item->kind != NODE_ITEM) {
            blocks_node(flow, item);
            continue;
        }
        set_column(flow, item, false, &left);
        if (child != NULL && child->kind == NODE_ITEM) {
            flow->after_heading =
                after_heading; /* both are below the section's heading */
            set_column(flow, child, true, &right);
            child = child->next;
        }
        append_pair(flow, &left, &right, item->span);
        vlist_done(&left);
        vlist_done(&right);
    }
}

void columns_emit(struct flow *flow, const struct pair *pair, struct line_place place)
{
    unit top = place.top;

    for (uint32_t i = pair->first; i < pair->first + pair->count; i++) {
        const struct column_content *content = &flow->column_contents.data[i];

        place.top = top + content->y;
        emit_content(flow, &content->item, place);
    }
}
