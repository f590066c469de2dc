/* blocks: one node kind after the other; the white and penalties around each.
 *
 * A block's white is a skip; its keep rules are penalties in the gaps between its lines and
 * behind it. An element with keep_with_next is kept whole as well: half a title at a page's
 * foot misleads as much as a whole one.
 */
#include "flow/blocks.h"

#include <string.h>
#include "flow/anchors.h"
#include "flow/lists.h"
#include "flow/notes.h"
#include "flow/number.h"
#include "flow/tables.h"

/* Wider than any line that is set without a break, narrow enough for sums of units. */
#define WIDE_MEASURE (1 << 28)

uint32_t blocks_compose(struct flow *flow, enum element element, const struct run *runs,
    uint32_t run_count, unit x, struct measure measure)
{
    const struct style *style = &flow->layout->styles[element];
    const struct composed *composed;

    if (flow->failed)
        return FLOW_NONE;
    composed = composer_compose(flow->context->composer, runs, run_count,
        &flow->layout->rules, measure, flow->sink);
    if (composed == NULL) {
        flow->failed = true;
        return FLOW_NONE;
    }
    if (flow->context->dump_lines != NULL)
        composed_dump(composed, flow->context->dump_lines);
    if (flow->context->dump_clusters != NULL)
        clusters_dump(composed->text, flow->context->dump_clusters);
    vec_push(&flow->settings, (struct setting){.composed = composed,
                                  .runs = runs,
                                  .x = x,
                                  .measure = measure.width,
                                  .em = style->size,
                                  .pitch = style->line_pitch,
                                  .code = element == ELEMENT_CODE_BLOCK,
                                  .label = FLOW_NONE});
    return (uint32_t)flow->settings.length - 1;
}

uint32_t blocks_compose_line(struct flow *flow, enum element element,
    const struct run *runs, uint32_t run_count, unit x)
{
    return blocks_compose(flow, element, runs, run_count, x,
        (struct measure){.width = WIDE_MEASURE, .align = TEXT_LEFT});
}

/* Lines of a centred title as even as they can be: the narrowest measure that needs no more
 * lines. Found by halving, to a quarter em. */
static unit balanced_width(struct flow *flow, const struct block *block, unit left,
    struct measure measure, uint32_t lines)
{
    unit em = flow->layout->styles[block->element].size, wide = measure.width;
    unit narrow = wide / (unit)(lines + 1);

    while (wide - narrow > em / 4) {
        uint32_t setting;

        measure.width = narrow + (wide - narrow) / 2;
        setting = blocks_compose(
            flow, block->element, block->runs, block->run_count, left, measure);
        if (setting == FLOW_NONE)
            break;
        if (flow->settings.data[setting].composed->line_count > lines)
            narrow = measure.width;
        else
            wide = measure.width;
        flow->settings.length--; /* only tried */
    }
    return wide;
}

/* The setting of a balanced title in the middle of its measure. */
static uint32_t balance(struct flow *flow, const struct block *block, uint32_t setting,
    unit left, struct measure measure)
{
    unit whole = measure.width;

    measure.width = balanced_width(
        flow, block, left, measure, flow->settings.data[setting].composed->line_count);
    return blocks_compose(flow, block->element, block->runs, block->run_count,
        left + (whole - measure.width) / 2, measure);
}

uint32_t blocks_setting(struct flow *flow, const struct block *block, unit width)
{
    const struct style *style = &flow->layout->styles[block->element];
    struct measure measure = {
        .align = style->align, .first_indent = block->flush ? 0 : style->indent_first};
    unit left = flow->left + style->indent_left, start = 0;
    uint32_t label = FLOW_NONE, setting;

    if (block->label_count > 0) {
        label = blocks_compose_line(flow, block->element, block->label,
            block->label_count, left + measure.first_indent);
        if (label == FLOW_NONE)
            return FLOW_NONE;
        start = composed_width(flow->settings.data[label].composed) + style->label_gap;
        if (start > style->label_width)
            measure.first_indent += start - style->label_width;
        left += style->label_width;
    }
    measure.width = width - left - flow->right - style->indent_right;
    if (measure.width < style->size) /* nested too deep: a column of single characters */
        measure.width = style->size;
    setting = blocks_compose(
        flow, block->element, block->runs, block->run_count, left, measure);
    if (setting != FLOW_NONE && block->balanced &&
        flow->settings.data[setting].composed->line_count > 1)
        setting = balance(flow, block, setting, left, measure);
    if (setting != FLOW_NONE)
        flow->settings.data[setting].label = label;
    return setting;
}

/* The penalty of a page break behind line `line` (from 0) of `count`. */
static int32_t line_penalty(const struct style *style, uint32_t line, uint32_t count)
{
    if (style->keep_together || style->keep_with_next)
        return PENALTY_TOGETHER;
    if (line + 1 < (uint32_t)style->orphans || count - line - 1 < (uint32_t)style->widows)
        return PENALTY_WIDOW;
    return 0;
}

/* The last run that has a cluster on a line. */
static uint32_t last_run(const struct composed *composed, const struct line *line)
{
    return line->end > line->start ? composed->text->clusters[line->end - 1].run : 0;
}

static void set_lines(struct flow *flow, const struct block *block, uint32_t index)
{
    const struct style *style = &flow->layout->styles[block->element];
    const struct composed *composed = flow->settings.data[index].composed;
    uint32_t note = 0, count = composed->line_count;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t last = last_run(composed, &composed->lines[i]);

        struct vitem *item =
            vlist_add(flow->list, VITEM_LINE, index, style->line_pitch, block->span);

        item->line = i;
        item->grid = style->line_pitch == flow->layout->grid_pitch;
        while (note < block->note_count &&
               (block->notes[note].run <= last || i + 1 == count))
            notes_add(flow, block->notes[note++].node);
        if (i + 1 < count && line_penalty(style, i, count) > 0)
            vlist_penalty(flow->list, line_penalty(style, i, count));
    }
}

void blocks_space_before(struct flow *flow, const struct style *style)
{
    vlist_skip(flow->list,
        flow->after_heading ? style->space_before_first : style->space_before);
}

void blocks_set(struct flow *flow, const struct block *block)
{
    const struct style *style = &flow->layout->styles[block->element];
    uint32_t setting = blocks_setting(flow, block, layout_measure(flow->layout));

    if (setting == FLOW_NONE)
        return;
    if (style->page_break_before)
        vlist_penalty(flow->list, PENALTY_FORCED);
    blocks_space_before(flow, style);
    flow->after_heading = false;
    set_lines(flow, block, setting);
    if (style->keep_with_next)
        vlist_penalty(flow->list, PENALTY_WITH_NEXT);
    vlist_skip(flow->list, style->space_after);
}

void blocks_label(
    struct flow *flow, struct block *block, struct text label, uint32_t structure)
{
    struct run_list list;
    size_t end = label.length;

    while (end > 0 && label.data[end - 1] == ' ')
        end--; /* the label's gap stands for it */
    runs_begin(&list, flow, block->element, structure);
    list.base.nature = NATURE_FIXED;
    runs_text(&list, text_slice(label, 0, end));
    block->label = runs_finish(&list, &block->label_count);
    runs_done(&list);
}

void blocks_set_text(struct flow *flow, enum element element, struct text text,
    enum structure_kind kind, struct span span)
{
    struct block block = {.element = element,
        .span = span,
        .balanced = flow->layout->styles[element].align == TEXT_CENTRE};
    struct run_list list;

    runs_begin(&list, flow, element, book_add_structure(flow->book, kind, flow->parent));
    runs_string(&list, flow->layout->styles[element].prefix);
    runs_text(&list, text);
    runs_string(&list, flow->layout->styles[element].suffix);
    block.runs = runs_finish(&list, &block.run_count);
    blocks_set(flow, &block);
    runs_done(&list);
}

uint32_t blocks_heading(struct flow *flow, int level, struct text title)
{
    uint32_t id = book_add_structure(flow->book, STRUCTURE_H, flow->parent);

    if (level > flow->heading_level + 1)
        level = flow->heading_level + 1;
    flow->heading_level = level;
    flow->book->structures.data[id].level = level;
    flow->book->structures.data[id].title = flow_keep(flow, title);
    return id;
}

void blocks_outline(struct flow *flow, const char *title, const char *anchor, int level)
{
    if (level > flow->outline_level + 1)
        level = flow->outline_level + 1;
    flow->outline_level = level;
    book_add_outline(flow->book, title, anchor, level);
}

/* Whether an inline child would be set: a paragraph of captions only has no line. */
static bool has_text(const struct node *node)
{
    for (const struct node *child = node->first_child; child != NULL; child = child->next)
        if (child->kind != NODE_CAPTION)
            return true;
    return false;
}

/* Inline children of node as one block of an element. */
static void set_inlines(struct flow *flow, const struct node *node, enum element element,
    uint32_t structure, struct block *block)
{
    const struct style *style = &flow->layout->styles[element];
    struct run_list list;

    block->element = element;
    block->span = node->span;
    runs_begin(&list, flow, element, structure);
    runs_string(&list, style->prefix);
    runs_children(&list, node);
    runs_string(&list, style->suffix);
    block->runs = runs_finish(&list, &block->run_count);
    block->notes = list.notes.data;
    block->note_count = (uint32_t)list.notes.length;
    anchors_mark(flow, node, structure);
    blocks_set(flow, block);
    runs_done(&list);
}

/* What a caption's number is called, by language; the layout's numbering wins. */
static const struct {
    const char *language;
    const char *names[2]; /* by enum caption */
} caption_names[] = {
    {"zh-Hant", {"表{number} ", "圖{number} "}}, {"ja", {"表{number} ", "図{number} "}},
    {"en", {"Table {number} ", "Figure {number} "}},
    {"", {"表{number} ", "图{number} "}}, /* any other */
};

static const char *caption_numbering(const struct flow *flow, enum caption caption)
{
    const char *numbering = flow->layout->styles[ELEMENT_CAPTION].numbering;
    size_t i = 0;

    if (numbering[0] != '\0')
        return numbering;
    while (caption_names[i].language[0] != '\0' &&
           strcmp(caption_names[i].language, flow->language) != 0)
        i++;
    return caption_names[i].names[caption];
}

void blocks_caption(struct flow *flow, const struct node *node, enum caption caption)
{
    struct block block = {.element = ELEMENT_CAPTION, .flush = true, .span = node->span};
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_CAPTION, flow->parent);
    struct run_list list;
    struct str label;

    str_init(&label);
    flow->counters.number =
        caption == CAPTION_TABLE ? ++flow->counters.table : ++flow->counters.figure;
    number_expand(&flow->counters, text_of(caption_numbering(flow, caption)), &label);
    runs_begin(&list, flow, ELEMENT_CAPTION, structure);
    runs_text(&list, str_text(&label));
    runs_children(&list, node);
    block.runs = runs_finish(&list, &block.run_count);
    block.notes = list.notes.data;
    block.note_count = (uint32_t)list.notes.length;
    anchors_mark(flow, node, structure);
    blocks_set(flow, &block);
    runs_done(&list);
    str_done(&label);
}

static void set_caption(struct flow *flow, const struct node *node)
{
    blocks_caption(flow, node, CAPTION_FIGURE);
}

static void set_paragraph(struct flow *flow, const struct node *node)
{
    struct block block = {0};

    if (has_text(node))
        set_inlines(flow, node, flow->prose,
            book_add_structure(flow->book, STRUCTURE_P, flow->parent), &block);
    for (const struct node *child = node->first_child; child != NULL; child = child->next)
        if (child->kind == NODE_CAPTION)
            set_caption(flow, child);
}

static void set_source_line(struct flow *flow, const struct node *node)
{
    struct block block = {0};

    set_inlines(flow, node, ELEMENT_SOURCE,
        book_add_structure(flow->book, STRUCTURE_P, flow->parent), &block);
}

/* A title with its number: hung in the label's width, or run in where that is 0. */
static void set_title(struct flow *flow, const struct node *title, enum element element,
    uint32_t structure, struct text label)
{
    const struct style *style = &flow->layout->styles[element];
    struct block block = {.element = element, .span = title->span};
    struct run_list list;

    runs_begin(&list, flow, element, structure);
    if (style->label_width > 0)
        blocks_label(flow, &block, label, structure);
    else
        runs_text(&list, label);
    runs_string(&list, style->prefix);
    runs_children(&list, title);
    runs_string(&list, style->suffix);
    block.runs = runs_finish(&list, &block.run_count);
    block.notes = list.notes.data;
    block.note_count = (uint32_t)list.notes.length;
    blocks_set(flow, &block);
    runs_done(&list);
    flow->after_heading = true;
}

static struct text expand_label(struct flow *flow, enum element element)
{
    struct str label;
    struct text kept;

    str_init(&label);
    number_expand(
        &flow->counters, text_of(flow->layout->styles[element].numbering), &label);
    kept = text_copy(&flow->arena, str_text(&label));
    str_done(&label);
    return kept;
}

/* Number and title as one plain text, for the outline. */
static const char *numbered_title(struct flow *flow, struct text label, struct text title)
{
    const char *gap = label.length > 0 && !text_ends(label, " ") ? " " : "";

    return arena_print(&flow->arena, "%.*s%s%.*s", (int)label.length, label.data, gap,
        (int)title.length, title.data);
}

static const struct node *title_of(const struct node *division)
{
    const struct node *first = division->first_child;

    return first != NULL && first->kind == NODE_HEADING ? first : NULL;
}

/* The heading of a section or item: structure, outline, anchor, text. */
static void set_division_title(
    struct flow *flow, const struct node *division, enum element element, int level)
{
    const struct node *title = title_of(division);
    const struct anchor *anchor = anchors_of_node(flow, division);
    struct text label = expand_label(flow, element), plain;
    uint32_t heading;

    if (title == NULL)
        return;
    plain = flow_plain_text(flow, title);
    flow->book->structures.data[flow->parent].title = flow_keep(flow, plain);
    heading = blocks_heading(flow, level, plain);
    anchors_mark(flow, division, heading);
    if (anchor != NULL)
        blocks_outline(flow, numbered_title(flow, label, plain), anchor->name, level);
    if (level == 1) {
        vec_push(&flow->marks,
            (struct mark){FLOW_NONE, arena_copy(&flow->arena, plain.data, plain.length)});
        vlist_add(flow->list, VITEM_MARK, (uint32_t)flow->marks.length - 1, 0, SPAN_NONE);
    }
    anchors_mark(flow, title, heading);
    set_title(flow, title, element, heading, label);
}

static void set_rest(struct flow *flow, const struct node *division)
{
    const struct node *title = title_of(division);
    const struct node *child = title != NULL ? title->next : division->first_child;

    for (; child != NULL; child = child->next)
        blocks_node(flow, child);
}

static void set_division(
    struct flow *flow, const struct node *node, enum element element, int level)
{
    uint32_t parent = flow->parent;

    flow->parent = book_add_structure(flow->book, STRUCTURE_SECT, parent);
    set_division_title(flow, node, element, level);
    set_rest(flow, node);
    flow->parent = parent;
}

static void set_section(struct flow *flow, const struct node *node)
{
    flow->counters.section++;
    flow->counters.item = 0;
    memset(flow->counters.heading, 0, sizeof flow->counters.heading);
    set_division(flow, node, ELEMENT_SECTION, 1);
}

static void set_item(struct flow *flow, const struct node *node)
{
    flow->counters.item++;
    memset(flow->counters.heading, 0, sizeof flow->counters.heading);
    set_division(flow, node, ELEMENT_ITEM, 2);
}

static void set_heading(struct flow *flow, const struct node *node)
{
    int level = node->u.heading.level < 3 ? 3 : node->u.heading.level;
    enum element element = (enum element)(ELEMENT_HEADING3 + (level > 6 ? 6 : level) - 3);
    uint32_t *numbers = flow->counters.heading, structure;
    struct text plain = flow_plain_text(flow, node);

    numbers[element - ELEMENT_HEADING3]++;
    for (int deeper = (int)element - ELEMENT_HEADING3 + 1; deeper < 4; deeper++)
        numbers[deeper] = 0;
    structure = blocks_heading(flow, level, plain);
    anchors_mark(flow, node, structure);
    set_title(flow, node, element, structure, expand_label(flow, element));
}

static void set_quote(struct flow *flow, const struct node *node)
{
    uint32_t parent = flow->parent;
    enum element prose = flow->prose;

    flow->parent = book_add_structure(flow->book, STRUCTURE_BLOCKQUOTE, parent);
    flow->prose = node->kind == NODE_COMMENTARY ? ELEMENT_COMMENTARY : ELEMENT_QUOTE;
    anchors_mark(flow, node, flow->parent);
    blocks_children(flow, node);
    flow->prose = prose;
    flow->parent = parent;
}

/* The lines of a code block as one text with forced breaks: they wrap at the measure. */
static void set_code_block(struct flow *flow, const struct node *node)
{
    uint32_t paragraph = book_add_structure(flow->book, STRUCTURE_P, flow->parent);
    struct block block = {
        .element = ELEMENT_CODE_BLOCK, .flush = true, .span = node->span};
    struct run_list list;

    runs_begin(&list, flow, ELEMENT_CODE_BLOCK,
        book_add_structure(flow->book, STRUCTURE_CODE, paragraph));
    list.base.nature = NATURE_CODE;
    for (struct text rest = node->text; rest.length > 0;) {
        size_t end = text_find(rest, "\n");

        runs_text(&list, text_slice(rest, 0, end));
        rest = text_slice(rest, end + 1, rest.length);
        if (rest.length > 0) {
            struct run line_end = list.base;

            line_end.kind = RUN_BREAK;
            vec_push(&list.items, line_end);
        }
    }
    block.runs = runs_finish(&list, &block.run_count);
    anchors_mark(flow, node, paragraph);
    blocks_set(flow, &block);
    runs_done(&list);
}

#define RULE_THICKNESS (UNIT_PT / 2) /* a hairline that every printer shows */

/* A thematic break: a rule over the middle third, on a line of body's pitch. */
static void set_rule(struct flow *flow, const struct node *node)
{
    const struct style *style = &flow->layout->styles[ELEMENT_BODY];
    unit measure = layout_measure(flow->layout);

    vec_push(&flow->boxes, (struct box_content){.kind = BOX_RULE,
                               .x = measure / 3,
                               .y = style->line_pitch / 2,
                               .width = measure / 3,
                               .height = RULE_THICKNESS,
                               .colour = style->colour});
    vlist_add(flow->list, VITEM_BOX, (uint32_t)flow->boxes.length - 1, style->line_pitch,
        node->span);
    flow->after_heading = false;
}

static void set_page_break(struct flow *flow, const struct node *node)
{
    (void)node;
    vlist_penalty(flow->list, PENALTY_FORCED);
}

/* A footnote without a mark (told by content/): its text is not lost. */
static void set_footnote(struct flow *flow, const struct node *node)
{
    notes_set_unmarked(flow, node);
}

static void (*const setters[NODE_KIND_COUNT])(struct flow *, const struct node *) = {
    [NODE_SECTION] = set_section,
    [NODE_ITEM] = set_item,
    [NODE_HEADING] = set_heading,
    [NODE_PARAGRAPH] = set_paragraph,
    [NODE_SOURCE_LINE] = set_source_line,
    [NODE_LIST] = lists_set,
    [NODE_QUOTE] = set_quote,
    [NODE_COMMENTARY] = set_quote,
    [NODE_CODE_BLOCK] = set_code_block,
    [NODE_TABLE] = tables_set,
    [NODE_CAPTION] = set_caption,
    [NODE_RULE] = set_rule,
    [NODE_PAGE_BREAK] = set_page_break,
    [NODE_FOOTNOTE] = set_footnote,
};

void blocks_node(struct flow *flow, const struct node *node)
{
    if (setters[node->kind] != NULL)
        setters[node->kind](flow, node);
    else
        set_paragraph(flow, node);
}

void blocks_children(struct flow *flow, const struct node *node)
{
    for (const struct node *child = node->first_child; child != NULL; child = child->next)
        blocks_node(flow, child);
}
