/* cover: a page of its own before page 1: title, subtitle, issue, date, publisher.
 *
 * Above it stands the cover's panel: classification and the like. Only what the issue
 * gives is set, one block below the other by the styles' white, from the layout's
 * cover_top on. The white gives way where the page would not hold it all. */
#include "flow/blocks.h"
#include "flow/fields.h"
#include "flow/parts.h"

static void set_line(
    struct flow *flow, enum element element, struct text text, struct span span)
{
    if (text.length > 0)
        blocks_set_text(flow, element, text, STRUCTURE_P, span);
}

/* The cover's panel, then white down to where the title begins. */
static void set_top(struct flow *flow)
{
    int64_t used;

    panels_set(flow, PANEL_COVER);
    used = vlist_height(flow->list);
    vec_push(&flow->boxes, (struct box_content){.kind = BOX_SPACE});
    vlist_add(flow->list, VITEM_BOX, (uint32_t)flow->boxes.length - 1,
        used < flow->layout->cover_top ? flow->layout->cover_top - (unit)used : 0,
        SPAN_NONE);
}

/* Let all white shrink to nothing before a second cover page is begun. */
static void make_elastic(struct vlist *list)
{
    for (size_t i = 0; i < list->items.length; i++)
        if (list->items.data[i].kind == VITEM_SKIP)
            list->items.data[i].shrink = list->items.data[i].height;
}

void cover_set(struct flow *flow)
{
    const struct head *head = &flow->document->head;
    bool wanted = head->cover < 0 ? flow->layout->cover : head->cover > 0;
    struct str text;

    if (!wanted)
        return;
    flow->list = &flow->cover;
    set_top(flow);
    set_line(flow, ELEMENT_COVER_TITLE, head->title.value, head->title.span);
    set_line(flow, ELEMENT_COVER_SUBTITLE, head->subtitle.value, head->subtitle.span);
    str_init(&text);
    fields_issue(flow, &text);
    set_line(flow, ELEMENT_COVER_ISSUE, str_text(&text), SPAN_NONE);
    str_clear(&text);
    fields_date(flow, &text);
    set_line(flow, ELEMENT_COVER_DATE, str_text(&text), head->date.span);
    str_done(&text);
    set_line(flow, ELEMENT_COVER_PUBLISHER, head->publisher.value, head->publisher.span);
    make_elastic(&flow->cover);
    flow->list = &flow->body;
}
