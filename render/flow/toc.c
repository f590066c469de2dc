/* toc: 目录: all sections, items and, where asked, headings, with the pages they are on.
 *
 * It stands before the text, so it counts sections and items by itself, from the numbers
 * that are next. Structure: Sect with H1 and TOC. */
#include <string.h>
#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"
#include "flow/parts.h"

#define DEEPER 2 /* em that a heading inside an item is moved by, for each level */

static int level_of(const struct node *node)
{
    if (node->kind == NODE_SECTION)
        return 1;
    if (node->kind == NODE_ITEM)
        return 2;
    return node->kind == NODE_HEADING && node->u.heading.level > 2 ? node->u.heading.level
                                                                   : 0;
}

static const struct node *title_of(const struct node *node)
{
    const struct node *first = node->first_child;

    if (node->kind == NODE_HEADING)
        return node;
    return first != NULL && first->kind == NODE_HEADING ? first : NULL;
}

static void count(struct counters *counters, int level)
{
    uint32_t *numbers = counters->heading;

    if (level == 1) {
        counters->section++;
        counters->item = 0;
    } else if (level == 2) {
        counters->item++;
    } else {
        numbers[level > 6 ? 3 : level - 3]++;
    }
    for (int deeper = level < 3 ? 0 : level - 2; deeper < 4; deeper++)
        numbers[deeper] = 0;
}

/* The template of an entry's number: headings inside items have their own style's. */
static const char *numbering_of(const struct flow *flow, int level)
{
    const struct style *styles = flow->layout->styles;

    if (level == 1)
        return styles[ELEMENT_TOC_SECTION].numbering;
    if (level == 2)
        return styles[ELEMENT_TOC_ITEM].numbering;
    return styles[ELEMENT_HEADING3 + (level > 6 ? 6 : level) - 3].numbering;
}

static void set_entry(struct flow *flow, const struct node *node,
    const struct counters *counters, uint32_t contents)
{
    int level = level_of(node);
    enum element element = level == 1 ? ELEMENT_TOC_SECTION : ELEMENT_TOC_ITEM;
    unit left = flow->left;
    struct entry entry = {.element = element,
        .title = title_of(node),
        .anchor = anchors_of_node(flow, node),
        .leader = flow->layout->toc_leader,
        .page = flow->layout->toc_pages,
        .span = node->span};
    struct str label;

    str_init(&label);
    number_expand(counters, text_of(numbering_of(flow, level)), &label);
    entry.label = str_text(&label);
    if (level > 2)
        flow->left += (level - 2) * DEEPER * flow->layout->styles[element].size;
    parts_entry(flow, &entry, contents);
    flow->left = left;
    str_done(&label);
}

static void set_entries(struct flow *flow, uint32_t contents)
{
    const struct node *root = flow->document->root;
    struct counters counters = flow->counters;

    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        int level = level_of(node);

        if (level == 0)
            continue;
        count(&counters, level);
        if (level <= flow->layout->toc_levels && title_of(node) != NULL &&
            title_of(node)->first_child != NULL)
            set_entry(flow, node, &counters, contents);
    }
}

void toc_set(struct flow *flow)
{
    int wanted = flow->document->head.toc;
    const char *heading = flow->layout->toc_heading;
    uint32_t parent = flow->parent;

    if (wanted < 0 ? !flow->layout->toc : wanted == 0)
        return;
    flow->parent = book_add_structure(flow->book, STRUCTURE_SECT, parent);
    if (heading[0] != '\0') {
        flow->book->structures.data[flow->parent].title =
            flow_keep(flow, text_of(heading));
        parts_heading(flow, ELEMENT_TOC_TITLE, heading, TEXT(""));
    }
    set_entries(flow, book_add_structure(flow->book, STRUCTURE_TOC, flow->parent));
    flow->parent = parent;
    flow->after_heading = false;
    if (flow->layout->toc_own_page)
        vlist_penalty(flow->list, PENALTY_FORCED);
}
