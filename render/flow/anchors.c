/* anchors: see anchors.h. */
#include "flow/anchors.h"

static struct text node_key(const struct node *const *node)
{
    return (struct text){(const char *)node, sizeof *node};
}

/* A map's value for an index: never NULL. */
static void *index_value(size_t index)
{
    return (void *)(uintptr_t)(index + 1);
}

static struct anchor *value_anchor(const struct flow *flow, const void *value)
{
    return value == NULL ? NULL : &flow->anchors.data[(uintptr_t)value - 1];
}

/* name, or name with "-2", "-3" … behind it when it is taken. */
static const char *unique_name(struct flow *flow, struct text name)
{
    const char *unique = arena_copy(&flow->arena, name.data, name.length);
    uintptr_t used = (uintptr_t)map_lookup(&flow->anchor_names, name);

    while (map_lookup(&flow->anchor_names, text_of(unique)) != NULL)
        unique = arena_print(
            &flow->arena, "%.*s-%zu", (int)name.length, name.data, (size_t)++used);
    if (used > 0)
        map_set(&flow->anchor_names, name, (void *)used);
    map_set(&flow->anchor_names, text_of(unique), (void *)(uintptr_t)1);
    return unique;
}

static uint32_t add_anchor(struct flow *flow, struct text name, const struct node *node)
{
    vec_push(&flow->anchors,
        (struct anchor){.name = unique_name(flow, name), .node = node, .structure = 1});
    return (uint32_t)flow->anchors.length - 1;
}

uint32_t anchors_add(struct flow *flow, const char *name)
{
    return add_anchor(flow, text_of(name), NULL);
}

static bool is_division(const struct node *node)
{
    return node->kind == NODE_SECTION || node->kind == NODE_ITEM ||
           (node->kind == NODE_HEADING && node->u.heading.level > 2);
}

/* The heading that names a division, and the attributes that may give its id. */
static const struct node *naming_node(const struct node *node)
{
    if ((node->kind == NODE_SECTION || node->kind == NODE_ITEM) &&
        node->first_child != NULL && node->first_child->kind == NODE_HEADING)
        return node->first_child;
    return node;
}

static struct text own_id(const struct node *node)
{
    return node->attributes != NULL ? node->attributes->id : TEXT("");
}

static struct text title_name(struct flow *flow, const struct node *node)
{
    struct text name = text_trim(flow_plain_text(flow, node));

    return name.length > 0 ? name : TEXT("title");
}

static void collect_node(struct flow *flow, const struct node *node)
{
    const struct node *naming = naming_node(node);
    struct text id = own_id(naming);
    uint32_t anchor;

    if (node->kind == NODE_HEADING && node->u.heading.level <= 2)
        return; /* its section or item has the anchor */
    if (id.length == 0 && !is_division(node) && node->kind != NODE_FOOTNOTE)
        return;
    if (id.length > 0)
        anchor = add_anchor(flow, id, node);
    else if (node->kind == NODE_FOOTNOTE)
        anchor = add_anchor(flow,
            text_of(arena_print(&flow->arena, "note-%u", node->u.footnote.number)), node);
    else
        anchor = add_anchor(flow, title_name(flow, naming), node);
    map_set(&flow->anchor_of_node, node_key(&node), index_value(anchor));
    if (id.length > 0 && map_lookup(&flow->anchor_of_id, id) == NULL)
        map_set(&flow->anchor_of_id, id, index_value(anchor));
}

void anchors_collect(struct flow *flow)
{
    const struct node *root = flow->document->root;

    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind != NODE_DOCUMENT)
            collect_node(flow, node);
}

struct anchor *anchors_of_id(const struct flow *flow, struct text id)
{
    return value_anchor(flow, map_lookup(&flow->anchor_of_id, id));
}

struct anchor *anchors_of_node(const struct flow *flow, const struct node *node)
{
    return value_anchor(flow, map_lookup(&flow->anchor_of_node, node_key(&node)));
}

static void mark_anchor(struct flow *flow, struct anchor *anchor, uint32_t structure)
{
    anchor->structure = structure;
    vec_push(
        &flow->marks, (struct mark){.anchor = (uint32_t)(anchor - flow->anchors.data)});
    vlist_add(flow->list, VITEM_MARK, (uint32_t)flow->marks.length - 1, 0, SPAN_NONE);
}

/* Whether what is inside has blocks of its own, which put their own marks. */
static bool is_container(const struct node *node)
{
    switch (node->kind) {
    case NODE_DOCUMENT:
    case NODE_SECTION:
    case NODE_ITEM:
    case NODE_LIST:
    case NODE_LIST_ITEM:
    case NODE_QUOTE:
    case NODE_COMMENTARY:
    case NODE_TABLE:
    case NODE_FOOTNOTE:
        return true;
    default:
        return false;
    }
}

void anchors_mark(struct flow *flow, const struct node *node, uint32_t structure)
{
    struct anchor *anchor = anchors_of_node(flow, node);

    if (anchor != NULL)
        mark_anchor(flow, anchor, structure);
    if (is_container(node))
        return;
    for (const struct node *inner = node_next(node, node); inner != NULL;
         inner = node_next(inner, node)) {
        anchor = anchors_of_node(flow, inner);
        if (anchor != NULL)
            mark_anchor(flow, anchor, structure);
    }
}

const char *anchors_label(struct flow *flow, const struct anchor *anchor)
{
    const char *label =
        flow->labels == NULL ? NULL : map_lookup(flow->labels, text_of(anchor->name));

    flow->uses_labels = true;
    return label != NULL ? label : "?";
}
