/* highlights: 本期要目: titles of chosen items, each a link to its item, with or without the
 * page. Structure: Sect with H1 and TOC. */
#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"
#include "flow/parts.h"

/* One entry: an item, or a text of the head that is no item's title. */
struct chosen {
    const struct node *item; /* NULL: none */
    struct text text;        /* of the head; "" when item is given */
    struct span span;
};

struct entries {
    struct flow *flow;
    VEC(struct chosen) list;
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
            vec_push(&entries->list, (struct chosen){.item = item, .span = title->span});
    }
}

/* Titles → items, so that a list of the head costs one walk. The first of equals counts.
 */
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
        vec_push(&entries->list,
            (struct chosen){item, item == NULL ? wanted : TEXT(""), span});
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

static void set_heading(struct flow *flow)
{
    const char *numbering = flow->layout->styles[ELEMENT_HIGHLIGHTS_TITLE].numbering;
    struct str label;

    str_init(&label);
    if (flow->layout->highlights_numbered) {
        flow->counters.section++;
        number_expand(&flow->counters, text_of(numbering), &label);
    }
    parts_heading(flow, ELEMENT_HIGHLIGHTS_TITLE, flow->layout->highlights_heading,
        str_text(&label));
    str_done(&label);
}

static void set_chosen(struct flow *flow, const struct chosen *chosen, uint32_t contents)
{
    const char *numbering = flow->layout->styles[ELEMENT_HIGHLIGHT].numbering;
    struct entry entry = {.element = ELEMENT_HIGHLIGHT,
        .text = chosen->text,
        .leader = flow->layout->highlights_leader,
        .page = flow->layout->highlights_pages,
        .span = chosen->span};
    struct str label;

    str_init(&label);
    number_expand(&flow->counters, text_of(numbering), &label);
    entry.label = str_text(&label);
    if (chosen->item != NULL) {
        entry.title = item_title(chosen->item);
        entry.anchor = anchors_of_node(flow, chosen->item);
    }
    parts_entry(flow, &entry, contents);
    str_done(&label);
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
        set_chosen(flow, &entries->list.data[i], contents);
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
