/* vlist: building and showing the vertical list. */
#include "flow/vlist.h"

static const char *const kind_names[VITEM_KIND_COUNT] = {
    [VITEM_LINE] = "line",
    [VITEM_BOX] = "box",
    [VITEM_ROW] = "row",
    [VITEM_PAIR] = "pair",
    [VITEM_SKIP] = "skip",
    [VITEM_PENALTY] = "penalty",
    [VITEM_NOTE] = "note",
    [VITEM_MARK] = "mark",
};

void vlist_done(struct vlist *list)
{
    if (list != NULL)
        vec_done(&list->items);
}

struct vitem *vlist_add(struct vlist *list, enum vitem_kind kind, uint32_t index,
    unit height, struct span span)
{
    vec_push(&list->items,
        (struct vitem){.kind = kind, .height = height, .index = index, .span = span});
    return vec_last(&list->items);
}

void vlist_skip(struct vlist *list, unit height)
{
    if (height > 0)
        vlist_add(list, VITEM_SKIP, 0, height, SPAN_NONE);
}

void vlist_penalty(struct vlist *list, int32_t penalty)
{
    vlist_add(list, VITEM_PENALTY, 0, 0, SPAN_NONE)->penalty = penalty;
}

int64_t vlist_height(const struct vlist *list)
{
    int64_t height = 0;
    unit gap = 0;
    bool any = false;

    for (size_t i = 0; i < list->items.length; i++) {
        const struct vitem *item = &list->items.data[i];

        if (item->kind == VITEM_SKIP && item->height > gap)
            gap = item->height;
        if (!vitem_is_content(item))
            continue;
        height += item->height + (any ? gap : 0);
        any = true;
        gap = 0;
    }
    return height;
}

static void dump_item(const struct vitem *item, struct str *out)
{
    str_append_string(out, kind_names[item->kind]);
    if (vitem_is_content(item) || item->kind == VITEM_SKIP) {
        str_append_char(out, ' ');
        str_append_pt(out, item->height);
    }
    if (item->kind == VITEM_PENALTY && item->penalty == PENALTY_FORCED)
        str_append_string(out, " forced");
    else if (item->kind == VITEM_PENALTY)
        str_printf(out, " %d", (int)item->penalty);
    else if (item->kind != VITEM_SKIP)
        str_printf(out, " #%u", item->index);
    if (item->kind == VITEM_LINE)
        str_printf(out, ".%u", item->line);
    if (item->repeat_end > item->repeat_start)
        str_printf(out, " repeat %u-%u", item->repeat_start, item->repeat_end - 1);
    str_append_char(out, '\n');
}

void vlist_dump(const struct vlist *list, struct str *out)
{
    for (size_t i = 0; i < list->items.length; i++)
        dump_item(&list->items.data[i], out);
}
