/* outline: tree → items with titles; see outline.h. */
#include "check/outline.h"

struct text outline_text(struct check *check, const struct node *node)
{
    struct str text;
    struct text copy;

    str_init(&text);
    node_plain_text(node, &text);
    copy = text_copy(&check->arena, text_trim(str_text(&text)));
    str_done(&text);
    return copy;
}

void outline_read(struct check *check, struct outline *outline)
{
    const struct node *root = check->document->root;

    *outline = (struct outline){0};
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        struct outline_item item = {.node = n, .heading = n->first_child};

        if (n->kind != NODE_ITEM || item.heading == NULL ||
            item.heading->kind != NODE_HEADING)
            continue;
        if (n->parent != NULL && n->parent->kind == NODE_SECTION)
            item.section = n->parent;
        item.title = outline_text(check, item.heading);
        vec_push(&outline->items, item);
    }
}

void outline_done(struct outline *outline)
{
    vec_done(&outline->items);
}

void outline_body(const struct node *item, struct str *out)
{
    for (const struct node *n = item->first_child; n != NULL; n = n->next) {
        if (n == item->first_child || n->kind == NODE_SOURCE_LINE)
            continue;
        node_plain_text(n, out);
        str_append_char(out, '\n');
    }
}
