/* parts: headings and entries of highlights, contents and contacts; see parts.h.
 *
 * Structure: each entry is TOCI with its label and a Reference that holds the link (PDF
 * 32000-1, 14.8.4.3); the leader is an artifact. */
#include "flow/parts.h"

#include "flow/anchors.h"
#include "flow/blocks.h"

static void mark_section(struct flow *flow, const char *text, uint32_t anchor)
{
    vec_push(&flow->marks, (struct mark){anchor, text});
    vlist_add(flow->list, VITEM_MARK, (uint32_t)flow->marks.length - 1, 0, SPAN_NONE);
}

void parts_heading(
    struct flow *flow, enum element element, const char *heading, struct text label)
{
    const struct style *style = &flow->layout->styles[element];
    struct block block = {.element = element, .span = SPAN_NONE};
    uint32_t anchor = anchors_add(flow, heading);
    struct run_list list;

    flow->anchors.data[anchor].structure = blocks_heading(flow, 1, text_of(heading));
    runs_begin(&list, flow, element, flow->anchors.data[anchor].structure);
    if (style->label_width > 0 && label.length > 0)
        blocks_label(flow, &block, label, list.base.structure);
    else
        runs_text(&list, label);
    runs_string(&list, style->prefix);
    runs_string(&list, heading);
    runs_string(&list, style->suffix);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    mark_section(flow, heading, anchor);
    blocks_set(flow, &block);
    flow->after_heading = true;
    blocks_outline(flow,
        arena_print(&flow->arena, "%.*s%s", (int)label.length, label.data, heading),
        flow->anchors.data[anchor].name, 1);
}

/* Title and page in one Reference; both lead to the anchor. */
static void add_title(
    struct run_list *list, const struct entry *entry, const char *prefix)
{
    struct flow *flow = list->flow;

    if (entry->anchor != NULL) {
        struct text title =
            entry->title != NULL ? flow_plain_text(flow, entry->title) : entry->text;

        runs_link(list, TEXT(""), entry->anchor->name,
            arena_copy(&flow->arena, title.data, title.length));
    }
    runs_string(list, prefix);
    list->plain = true;
    if (entry->title != NULL)
        runs_children(list, entry->title);
    else
        runs_text(list, entry->text);
}

/* The page's label, with the link of the runs before it. */
static void add_page(struct flow *flow, const struct entry *entry, const struct run *like,
    struct block *block)
{
    struct run_list list;

    if (!entry->page || entry->anchor == NULL)
        return;
    runs_begin(&list, flow, entry->element, like->structure);
    list.base.link = like->link;
    list.base.nature = NATURE_FIXED;
    runs_string(&list, anchors_label(flow, entry->anchor));
    block->tail = runs_finish(&list, &block->tail_count);
    block->leader = entry->leader;
    runs_done(&list);
}

void parts_entry(struct flow *flow, const struct entry *entry, uint32_t contents)
{
    const struct style *style = &flow->layout->styles[entry->element];
    struct block block = {.element = entry->element, .span = entry->span};
    uint32_t item = book_add_structure(flow->book, STRUCTURE_TOCI, contents);
    uint32_t label =
        entry->label.length > 0 ? book_add_structure(flow->book, STRUCTURE_LBL, item) : 0;
    struct run_list list;
    struct run linked;

    runs_begin(&list, flow, entry->element, label);
    if (style->label_width > 0)
        blocks_label(flow, &block, entry->label, label);
    else
        runs_text(&list, entry->label);
    list.base.structure = book_add_structure(flow->book, STRUCTURE_REFERENCE, item);
    add_title(&list, entry, style->prefix);
    linked = list.base;
    runs_string(&list, style->suffix);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    add_page(flow, entry, &linked, &block);
    blocks_set(flow, &block);
}
