/* notes: see notes.h.
 *
 * A note is set into a list of its own; its contents are kept as one row of lines that
 * the page breaker may part anywhere. A mark inside a note is queued, so that notes that
 * refer to one another need no recursion. */
#include "flow/notes.h"

#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/number.h"

#define NOTE_RULE_PART 4 /* the rule takes a quarter of the measure, as in most books */

unit notes_space(const struct flow *flow)
{
    return flow->layout->styles[ELEMENT_FOOTNOTE].line_pitch;
}

unit notes_rule_width(const struct flow *flow)
{
    return layout_measure(flow->layout) / NOTE_RULE_PART;
}

static struct text note_label(struct flow *flow, const struct node *footnote)
{
    const char *numbering = flow->layout->styles[ELEMENT_FOOTNOTE].numbering;
    struct str label;
    struct text kept;

    str_init(&label);
    flow->counters.number = footnote->u.footnote.number;
    if (footnote->u.footnote.number == 0)
        str_append_text(&label, footnote->u.footnote.label);
    else
        number_expand(&flow->counters,
            text_of(numbering[0] != '\0' ? numbering : "{number}"), &label);
    kept = text_copy(&flow->arena, str_text(&label));
    str_done(&label);
    return kept;
}

/* The first paragraph of a note with its number, then what else it holds. */
static void set_contents(struct flow *flow, const struct node *footnote)
{
    const struct style *style = &flow->layout->styles[ELEMENT_FOOTNOTE];
    const struct node *first = footnote->first_child;
    bool paragraph = first != NULL && first->kind == NODE_PARAGRAPH;
    struct block block = {
        .element = ELEMENT_FOOTNOTE, .span = footnote->span, .flush = true};
    uint32_t label = book_add_structure(flow->book, STRUCTURE_LBL, flow->parent);
    struct run_list list;

    runs_begin(&list, flow, ELEMENT_FOOTNOTE, flow->parent);
    if (style->label_width > 0) {
        blocks_label(flow, &block, note_label(flow, footnote), label);
    } else {
        list.base.structure = label;
        runs_text(&list, note_label(flow, footnote));
        runs_string(&list, " ");
        list.base.structure = flow->parent;
    }
    if (paragraph) {
        list.base.structure = book_add_structure(flow->book, STRUCTURE_P, flow->parent);
        runs_children(&list, first);
    }
    blocks_take(&block, &list);
    blocks_set(flow, &block);
    runs_done(&list);
    flow->left += style->label_width;
    for (first = paragraph ? first->next : first; first != NULL; first = first->next)
        blocks_node(flow, first);
}

static uint32_t note_structure(struct flow *flow, const struct node *footnote)
{
    uint32_t id = book_add_structure(flow->book, STRUCTURE_NOTE, flow->parent);
    const struct anchor *anchor = anchors_of_node(flow, footnote);

    if (anchor != NULL)
        flow->book->structures.data[id].id = flow_keep(flow, text_of(anchor->name));
    return id;
}

/* What a note is set in: no container's indents, footnote style for its paragraphs. */
static void enter(struct flow *flow, const struct node *footnote, uint32_t structure)
{
    struct anchor *anchor = anchors_of_node(flow, footnote);

    flow->parent = structure;
    flow->left = flow->right = 0;
    flow->list_depth = 0;
    flow->after_heading = false;
    flow->prose = ELEMENT_FOOTNOTE;
    if (anchor != NULL)
        anchor->structure = structure;
}

struct container {
    uint32_t parent;
    unit left, right;
    uint32_t list_depth;
    bool after_heading;
    enum element prose;
};

static struct container container_of(const struct flow *flow)
{
    return (struct container){flow->parent, flow->left, flow->right, flow->list_depth,
        flow->after_heading, flow->prose};
}

static void container_restore(struct flow *flow, const struct container *before)
{
    flow->parent = before->parent;
    flow->left = before->left;
    flow->right = before->right;
    flow->list_depth = before->list_depth;
    flow->after_heading = before->after_heading;
    flow->prose = before->prose;
}

/* Set one note; its contents go to note_items, its marks to `marks`. */
static void set_note(struct flow *flow, const struct node *footnote, struct vlist *marks)
{
    struct container before = container_of(flow);
    struct vlist own = {0}, *outer = flow->list;
    struct note note = {.node = footnote, .first = (uint32_t)flow->note_items.length};

    flow->list = &own;
    enter(flow, footnote, note_structure(flow, footnote));
    set_contents(flow, footnote);
    container_restore(flow, &before);
    flow->list = outer;
    for (size_t i = 0; i < own.items.length; i++) {
        const struct vitem *item = &own.items.data[i];

        if (vitem_is_content(item))
            vec_push(&flow->note_items, *item);
        else if (item->kind == VITEM_MARK)
            vec_push(&marks->items, *item);
    }
    note.count = (uint32_t)flow->note_items.length - note.first;
    vec_push(&flow->notes, note);
    vlist_add(
        flow->list, VITEM_NOTE, (uint32_t)flow->notes.length - 1, 0, footnote->span);
    vlist_done(&own);
}

void notes_add(struct flow *flow, const struct node *footnote)
{
    struct text key = {(const char *)&footnote, sizeof footnote};
    struct vlist marks = {0};

    if (map_lookup(&flow->note_of_node, key) != NULL)
        return;
    map_set(&flow->note_of_node, key, flow);
    vec_push(&flow->note_queue, footnote);
    if (flow->in_note)
        return;
    flow->in_note = true;
    for (size_t i = 0; i < flow->note_queue.length; i++)
        set_note(flow, flow->note_queue.data[i], &marks);
    vec_clear(&flow->note_queue);
    flow->in_note = false;
    for (size_t i = 0; i < marks.items.length; i++)
        vec_push(&flow->list->items, marks.items.data[i]);
    vlist_done(&marks);
}

void notes_set_unmarked(struct flow *flow, const struct node *footnote)
{
    struct text key = {(const char *)&footnote, sizeof footnote};
    struct container before;
    uint32_t structure;

    if (map_lookup(&flow->note_of_node, key) != NULL)
        return;
    before = container_of(flow);
    structure = note_structure(flow, footnote);
    anchors_mark(flow, footnote, structure);
    enter(flow, footnote, structure);
    set_contents(flow, footnote);
    container_restore(flow, &before);
}

const struct note_lines *notes_lines(struct flow *flow)
{
    struct note_lines *lines =
        ARENA_ARRAY(&flow->arena, flow->notes.length, struct note_lines);

    for (size_t i = 0; i < flow->notes.length; i++) {
        const struct note *note = &flow->notes.data[i];
        unit *heights = ARENA_ARRAY(&flow->arena, note->count, unit);

        for (uint32_t j = 0; j < note->count; j++)
            heights[j] = flow->note_items.data[note->first + j].height;
        lines[i] = (struct note_lines){heights, note->count};
    }
    return lines;
}
