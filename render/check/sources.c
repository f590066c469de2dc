/* sources: source lines of items: missing, empty, the same twice. */
#include "base/hash.h"
#include "check/outline.h"
#include "check/passage.h"

#define ITEMS_LEAST 3 /* items from which a source line may be missed */

static const struct node *first_link(const struct node *line)
{
    for (const struct node *n = line; n != NULL; n = node_next(n, line)) {
        if (n->kind == NODE_LINK)
            return n;
    }
    return NULL;
}

/* 链接： and nothing behind it. A name without an address (来源：新华社) is a source. */
static void check_line(struct check *check, struct map *seen, const struct node *line)
{
    const struct node *link = first_link(line);
    struct text said = outline_text(check, line);

    if (link == NULL) {
        bool has_list =
            line->next != NULL && first_link(line->next) != NULL &&
            (line->next->kind == NODE_LIST || line->next->kind == NODE_PARAGRAPH);

        if (!has_list && (text_ends(said, "：") || text_ends(said, ":")))
            check_tell(check, RULE_SOURCE_EMPTY, line->span, said, NULL);
        return;
    }
    if (link->u.link.url.length == 0)
        return;
    if (map_lookup(seen, link->u.link.url) != NULL)
        check_tell(check, RULE_SOURCE_DOUBLED, link->span, link->u.link.url, NULL);
    map_set(seen, link->u.link.url, seen);
}

static bool has_source(const struct node *item)
{
    for (const struct node *n = item; n != NULL; n = node_next(n, item)) {
        if (n->kind == NODE_SOURCE_LINE)
            return true;
    }
    return false;
}

void check_sources(struct check *check)
{
    const struct node *root = check->document->root;
    struct outline outline;
    struct map seen;
    size_t with = 0;

    map_init(&seen);
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_SOURCE_LINE)
            check_line(check, &seen, n);
    }
    map_done(&seen);
    outline_read(check, &outline);
    for (size_t i = 0; i < outline.items.length; i++)
        with += has_source(outline.items.data[i].node);
    for (size_t i = 0; i < outline.items.length; i++) {
        const struct outline_item *item = &outline.items.data[i];

        if (outline.items.length >= ITEMS_LEAST && with * 3 >= outline.items.length * 2 &&
            !has_source(item->node))
            check_tell(
                check, RULE_SOURCE_MISSING, item->heading->span, item->title, NULL);
    }
    outline_done(&outline);
}
