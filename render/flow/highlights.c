/* highlights: 本期要目: titles of chosen items, each a link to its item.
 *
 * Structure: Sect with H1 and TOC; each entry is TOCI with its label and a Reference that
 * holds the link (PDF 32000-1, 14.8.4.3). */
#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"
#include "flow/parts.h"

/* One entry: an item, or a text of the head that is no item's title. */
struct entry {
    const struct node *item; /* NULL: none */
    struct text text;        /* of the head; "" when item is given */
    struct span span;
};

struct entries {
    struct flow *flow;
    VEC(struct entry) list;
};

static const struct node *item_title(const struct node *item)
{
    const struct node *first = item->first_child;

    return first != NULL && first->kind == NODE_HEADING ? first : NULL;
}

/* Whether an item can stand in the list: one without words has nothing to show. */
static bool has_title(const struct node *item)
{
    const struct node *title = item_title(item);

    return title != NULL && title->first_child != NULL;
}

/* The next item after one, in document order; NULL: from the start. */
static const struct node *next_item(const struct node *root, const struct node *item)
{
    const struct node *node = item == NULL ? root : item;

    do
        node = node_next(node, root);
    while (node != NULL && node->kind != NODE_ITEM);
    return node;
}

static void collect_items(struct entries *entries, bool all)
{
    const struct node *root = entries->flow->document->root;

    for (const struct node *item = next_item(root, NULL); item != NULL;
         item = next_item(root, item)) {
        const struct node *title = item_title(item);

        if (has_title(item) && (all || title->u.heading.highlighted))
            vec_push(&entries->list, (struct entry){.item = item, .span = title->span});
    }
}

/* Titles → items, so that a list of the head costs one walk. The first of equals counts. */
static void map_titles(struct flow *flow, struct map *titles)
{
    const struct node *root = flow->document->root;

    for (const struct node *item = next_item(root, NULL); item != NULL;
         item = next_item(root, item)) {
        const struct node *title = item_title(item);
        struct text plain =
            title != NULL ? text_trim(flow_plain_text(flow, title)) : TEXT("");

        if (title != NULL && map_lookup(titles, plain) == NULL)
            map_set(titles, plain, (void *)(uintptr_t)item);
    }
}

static void collect_list(struct entries *entries)
{
    struct flow *flow = entries->flow;
    const struct head *head = &flow->document->head;
    struct map titles;

    map_init(&titles);
    map_titles(flow, &titles);
    for (uint32_t i = 0; i < head->highlight_count; i++) {
        struct text wanted = text_trim(head->highlight_list[i].value);
        struct span span = head->highlight_list[i].span;
        const struct node *item = map_lookup(&titles, wanted);

        if (item == NULL)
            diag_add(flow->sink, DIAG_HIGHLIGHT_UNKNOWN, span, NULL,
                arena_copy(&flow->arena, wanted.data, wanted.length));
        vec_push(
            &entries->list, (struct entry){item, item == NULL ? wanted : TEXT(""), span});
    }
    map_done(&titles);
}

static void collect(struct entries *entries)
{
    switch (entries->flow->document->head.highlights) {
    case HIGHLIGHTS_AUTO:
        collect_items(entries, false);
        break;
    case HIGHLIGHTS_ALL:
        collect_items(entries, true);
        break;
    case HIGHLIGHTS_LIST:
        collect_list(entries);
        break;
    case HIGHLIGHTS_NONE:
        break;
    }
}

static void mark_section(struct flow *flow, const char *text, uint32_t anchor)
{
    vec_push(&flow->marks, (struct mark){anchor, text});
    vlist_add(flow->list, VITEM_MARK, (uint32_t)flow->marks.length - 1, 0, SPAN_NONE);
}

static void set_heading(struct flow *flow)
{
    const struct style *style = &flow->layout->styles[ELEMENT_HIGHLIGHTS_TITLE];
    const char *heading = flow->layout->highlights_heading;
    struct block block = {.element = ELEMENT_HIGHLIGHTS_TITLE, .span = SPAN_NONE};
    uint32_t anchor = anchors_add(flow, heading);
    struct run_list list;
    struct str label;

    str_init(&label);
    if (flow->layout->highlights_numbered) {
        flow->counters.section++;
        number_expand(&flow->counters, text_of(style->numbering), &label);
    }
    flow->anchors.data[anchor].structure = blocks_heading(flow, 1, text_of(heading));
    runs_begin(&list, flow, block.element, flow->anchors.data[anchor].structure);
    if (style->label_width > 0)
        blocks_label(flow, &block, str_text(&label), list.base.structure);
    else
        runs_text(&list, str_text(&label));
    runs_string(&list, style->prefix);
    runs_string(&list, heading);
    runs_string(&list, style->suffix);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    mark_section(flow, heading, anchor);
    blocks_set(flow, &block);
    flow->after_heading = true;
    str_append_string(&label, heading);
    blocks_outline(flow, label.data, flow->anchors.data[anchor].name, 1);
    str_done(&label);
}

static void set_entry_text(struct run_list *list, const struct entry *entry)
{
    struct flow *flow = list->flow;
    const struct anchor *anchor;

    if (entry->item == NULL) {
        runs_text(list, entry->text);
        return;
    }
    anchor = anchors_of_node(flow, entry->item);
    if (anchor != NULL) {
        struct text title = flow_plain_text(flow, item_title(entry->item));

        runs_link(list, TEXT(""), anchor->name,
            arena_copy(&flow->arena, title.data, title.length));
    }
    list->plain = true;
    runs_children(list, item_title(entry->item));
}

static void set_entry(struct flow *flow, const struct entry *entry, uint32_t contents)
{
    const struct style *style = &flow->layout->styles[ELEMENT_HIGHLIGHT];
    struct block block = {.element = ELEMENT_HIGHLIGHT, .span = entry->span};
    uint32_t item = book_add_structure(flow->book, STRUCTURE_TOCI, contents);
    uint32_t label_id = 0;
    struct run_list list;
    struct str label;

    str_init(&label);
    number_expand(&flow->counters, text_of(style->numbering), &label);
    if (label.length > 0)
        label_id = book_add_structure(flow->book, STRUCTURE_LBL, item);
    runs_begin(&list, flow, block.element, label_id);
    if (style->label_width > 0)
        blocks_label(flow, &block, str_text(&label), label_id);
    else
        runs_text(&list, str_text(&label));
    str_done(&label);
    list.base.structure = book_add_structure(flow->book, STRUCTURE_REFERENCE, item);
    runs_string(&list, style->prefix);
    set_entry_text(&list, entry);
    runs_string(&list, style->suffix);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    blocks_set(flow, &block);
}

static void set_list(struct flow *flow, const struct entries *entries)
{
    uint32_t parent = flow->parent, contents;

    flow->parent = book_add_structure(flow->book, STRUCTURE_SECT, parent);
    flow->book->structures.data[flow->parent].title =
        flow_keep(flow, text_of(flow->layout->highlights_heading));
    set_heading(flow);
    contents = book_add_structure(flow->book, STRUCTURE_TOC, flow->parent);
    for (size_t i = 0; i < entries->list.length; i++) {
        flow->counters.number = (uint32_t)i + 1;
        set_entry(flow, &entries->list.data[i], contents);
    }
    flow->parent = parent;
    flow->after_heading = false;
    if (flow->layout->highlights_own_page)
        vlist_penalty(flow->list, PENALTY_FORCED);
}

void highlights_set(struct flow *flow)
{
    struct entries entries = {.flow = flow};

    if (!flow->layout->highlights)
        return;
    collect(&entries);
    if (entries.list.length > 0)
        set_list(flow, &entries);
    vec_done(&entries.list);
}
