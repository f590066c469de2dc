/* lists: see lists.h.
 *
 *     left            the list element's indent
 *      │ 1.  text     the label hangs in label-width
 *      │     text     later lines and blocks stand under the text
 *      │     •  text  a nested list is moved by the label's width
 *
 * Deeper than LIST_DEPTH the text is not moved further: the measure would vanish.
 */
#include "flow/lists.h"

#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"

#define LIST_DEPTH 5 /* DESIGN 4 */

/* Bullets by depth where the layout gives none. */
static const char bullets[] = "•|–|◦|▪|·";
/* Ways of counting by depth where the layout gives none. */
static const char numbers[] = "1.|（1）|①|a.|i.";

static struct text item_label(struct flow *flow, const struct node *list, uint32_t number)
{
    struct text numbering = text_of(flow->layout->styles[ELEMENT_LIST].numbering), kept;
    struct str label;

    str_init(&label);
    if (list->u.list.style == LIST_BULLET)
        number_pattern(
            numbering.length > 0 && flow->list_depth == 1 ? numbering : text_of(bullets),
            flow->list_depth, number, &label);
    else
        number_pattern(text_of(numbers), flow->list_depth, number, &label);
    kept = text_copy(&flow->arena, str_text(&label));
    str_done(&label);
    return kept;
}

/* The first paragraph of an item, with its label. */
static void set_labelled(struct flow *flow, const struct node *paragraph,
    struct span span, struct text label, uint32_t item)
{
    struct block block = {.element = ELEMENT_LIST, .span = span, .flush = true};
    uint32_t label_id = book_add_structure(flow->book, STRUCTURE_LBL, item);
    uint32_t body = book_add_structure(flow->book, STRUCTURE_LBODY, item);
    struct run_list list;

    flow->parent = body;
    runs_begin(&list, flow, ELEMENT_LIST, body);
    if (flow->layout->styles[ELEMENT_LIST].label_width > 0) {
        blocks_label(flow, &block, label, label_id);
    } else {
        list.base.structure = label_id;
        runs_text(&list, label);
        list.base.structure = body;
    }
    if (paragraph != NULL) {
        list.base.structure = book_add_structure(flow->book, STRUCTURE_P, body);
        runs_children(&list, paragraph);
        anchors_mark(flow, paragraph, list.base.structure);
    }
    blocks_take(&block, &list);
    blocks_set(flow, &block);
    runs_done(&list);
}

static void set_item(
    struct flow *flow, const struct node *list, const struct node *item, uint32_t number)
{
    const struct style *style = &flow->layout->styles[ELEMENT_LIST];
    uint32_t parent = flow->parent;
    uint32_t element = book_add_structure(flow->book, STRUCTURE_LI, parent);
    unit left = flow->left;
    const struct node *first = item->first_child;
    const struct node *paragraph =
        first != NULL && first->kind == NODE_PARAGRAPH ? first : NULL;

    anchors_mark(flow, item, element);
    set_labelled(flow, paragraph, item->span, item_label(flow, list, number), element);
    if (flow->list_depth <= LIST_DEPTH)
        flow->left += style->label_width;
    for (const struct node *child = paragraph != NULL ? paragraph->next : first;
         child != NULL; child = child->next)
        blocks_node(flow, child);
    flow->left = left;
    flow->parent = parent;
}

void lists_set(struct flow *flow, const struct node *list)
{
    uint32_t parent = flow->parent, number = list->u.list.start;
    enum element prose = flow->prose;
    bool ordered = list->u.list.style == LIST_DECIMAL;

    flow->parent = book_add_structure(flow->book, STRUCTURE_L, parent);
    flow->book->structures.data[flow->parent].numbering =
        ordered ? NUMBERING_DECIMAL : NUMBERING_DISC;
    flow->prose = ELEMENT_LIST;
    flow->list_depth++;
    anchors_mark(flow, list, flow->parent);
    for (const struct node *item = list->first_child; item != NULL; item = item->next)
        set_item(flow, list, item, number++);
    flow->list_depth--;
    flow->prose = prose;
    flow->parent = parent;
}
