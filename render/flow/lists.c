/* lists: see lists.h.
 *
 *     left            the list element's indent
 *      │ 1.  text     the label hangs in the widest label's room, at least label-width
 *      │     text     later lines and blocks stand under the text
 *      │     •  text  a nested list is moved by that room
 *
 * Deeper than LIST_DEPTH the text is not moved further: the measure would vanish.
 */
#include "flow/lists.h"

#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"

#define LIST_DEPTH 5 /* DESIGN 4 */

#define LABEL_EMS 6 /* widest column kept for labels; longer ones push their line */

static struct text item_label(struct flow *flow, const struct node *list, uint32_t number)
{
    const struct layout *layout = flow->layout;
    bool bullet = list->u.list.style == LIST_BULLET;
    struct text kept;
    struct str label;

    str_init(&label);
    number_pattern(text_of(bullet ? layout->list_bullets : layout->list_numbers),
        flow->list_depth, number, &label);
    kept = text_copy(&flow->arena, str_text(&label));
    str_done(&label);
    return kept;
}

/* The longest label of a list, by bytes: digits are of one width, and so are Han. */
static struct text longest_label(struct flow *flow, const struct node *list)
{
    uint32_t number = list->u.list.start;
    struct text longest = TEXT("");

    for (const struct node *item = list->first_child; item != NULL; item = item->next) {
        struct text label = item_label(flow, list, number++);

        if (label.length > longest.length)
            longest = label;
        if (list->u.list.style == LIST_BULLET)
            break; /* all are alike */
    }
    return longest;
}

/* The room for the labels of a list: all its texts begin on one line. */
static unit label_column(struct flow *flow, const struct node *list)
{
    const struct style *style = &flow->layout->styles[ELEMENT_LIST];
    struct block block = {.element = ELEMENT_LIST};
    unit width = style->label_width, most = LABEL_EMS * style->size;
    uint32_t setting;

    if (width == 0)
        return 0;
    blocks_label(flow, &block, longest_label(flow, list), 0);
    if (block.label_count == 0)
        return width;
    setting = blocks_compose_line(flow, ELEMENT_LIST, block.label, block.label_count, 0);
    if (setting == FLOW_NONE)
        return width;
    width = composed_width(flow->settings.data[setting].composed) + style->label_gap;
    width = width > most ? most : width;
    return width > style->label_width ? width : style->label_width;
}

/* The first paragraph of an item, with its label. */
static void set_labelled(struct flow *flow, const struct node *paragraph,
    struct span span, struct text label, unit column, uint32_t item)
{
    struct block block = {
        .element = ELEMENT_LIST, .span = span, .flush = true, .label_width = column};
    uint32_t label_id = book_add_structure(flow->book, STRUCTURE_LBL, item);
    uint32_t body = book_add_structure(flow->book, STRUCTURE_LBODY, item);
    struct run_list list;

    flow->parent = body;
    runs_begin(&list, flow, ELEMENT_LIST, body);
    if (column > 0) {
        blocks_label(flow, &block, label, label_id);
    } else {
        list.base.structure = label_id;
        runs_text(&list, label);
        list.base.structure = body;
    }
    if (paragraph != NULL) {
        list.base.structure = book_add_structure(flow->book, STRUCTURE_P, body);
        flow->book->structures.data[list.base.structure].span = paragraph->span;
        runs_children(&list, paragraph);
        anchors_mark(flow, paragraph, list.base.structure);
    }
    blocks_take(&block, &list);
    blocks_set(flow, &block);
    runs_done(&list);
}

static void set_item(struct flow *flow, const struct node *list, const struct node *item,
    uint32_t number, unit column)
{
    uint32_t parent = flow->parent;
    uint32_t element = book_add_structure(flow->book, STRUCTURE_LI, parent);
    unit left = flow->left;
    const struct node *first = item->first_child;
    const struct node *paragraph =
        first != NULL && first->kind == NODE_PARAGRAPH ? first : NULL;

    anchors_mark(flow, item, element);
    set_labelled(
        flow, paragraph, item->span, item_label(flow, list, number), column, element);
    if (flow->list_depth <= LIST_DEPTH)
        flow->left += column;
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
    unit column;

    flow->parent = book_add_structure(flow->book, STRUCTURE_L, parent);
    flow->prose = ELEMENT_LIST;
    flow->list_depth++;
    flow->book->structures.data[flow->parent].numbering =
        item_label(flow, list, number).length == 0 ? NUMBERING_NONE /* no labels at all */
        : ordered                                  ? NUMBERING_DECIMAL
                                                   : NUMBERING_DISC;
    column = label_column(flow, list);
    anchors_mark(flow, list, flow->parent);
    for (const struct node *item = list->first_child; item != NULL; item = item->next)
        set_item(flow, list, item, number++, column);
    flow->list_depth--;
    flow->prose = prose;
    flow->parent = parent;
}
