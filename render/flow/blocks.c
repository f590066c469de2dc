/* blocks: one node kind after the other; the white and penalties around each.
 *
 * A block's white is a skip; its keep rules are penalties in the gaps between its lines
 * and behind it. An element with keep_with_next is kept whole as well: half a title at a
 * page's foot misleads as much as a whole one. */
#include "flow/blocks.h"

#include <string.h>
#include "flow/anchors.h"
#include "flow/columns.h"
#include "flow/figures.h"
#include "flow/lists.h"
#include "flow/notes.h"
#include "flow/number.h"
#include "flow/tables.h"
#include "flow/tails.h"

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
                                  .label = FLOW_NONE,
                                  .tail = FLOW_NONE,
                                  .leader = FLOW_NONE});
    return (uint32_t)flow->settings.length - 1;
}

uint32_t blocks_compose_line(struct flow *flow, enum element element,
    const struct run *runs, uint32_t run_count, unit x)
{
    return blocks_compose(flow, element, runs, run_count, x,
        (struct measure){.width = WIDE_MEASURE, .align = TEXT_LEFT});
}

/* Lines of a centred title as even as they can be: the narrowest measure that needs no
 * more lines. Found by halving, to a quarter em. */
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

/* The text of a block behind its label, with `room` kept free at the right. */
static uint32_t compose_text(struct flow *flow, const struct block *block, unit left,
    unit first_indent, unit width, unit room)
{
    const struct style *style = &flow->layout->styles[block->element];
    struct measure measure = {.align = block->aligned ? block->align : style->align,
        .first_indent = first_indent};
    uint32_t setting;

    if (room < style->indent_right)
        room = style->indent_right;
    measure.width = width - left - flow->right - room;
    if (measure.width < style->size) /* nested too deep: a column of single characters */
        measure.width = style->size;
    setting = blocks_compose(
        flow, block->element, block->runs, block->run_count, left, measure);
    if (setting != FLOW_NONE && block->balanced &&
        flow->settings.data[setting].composed->line_count > 1)
        setting = balance(flow, block, setting, left, measure);
    return setting;
}

/* Indent of the container's text, which its other contents share. */
static const struct style *container_style(const struct flow *flow)
{
    return flow->prose == ELEMENT_BODY ? NULL : &flow->layout->styles[flow->prose];
}

unit blocks_left(const struct flow *flow)
{
    const struct style *style = container_style(flow);

    return flow->left + (style != NULL ? style->indent_left : 0);
}

unit blocks_right(const struct flow *flow)
{
    const struct style *style = container_style(flow);

    return flow->right + (style != NULL ? style->indent_right : 0);
}

uint32_t blocks_setting(struct flow *flow, const struct block *block, unit width)
{
    const struct style *style = &flow->layout->styles[block->element];
    unit first_indent = block->flush ? 0 : style->indent_first;
    unit left = flow->left + style->indent_left, start = 0;
    unit kept = block->label_width > 0 ? block->label_width : style->label_width;
    uint32_t label = FLOW_NONE, setting;
    struct tail tail;

    if (left < blocks_left(flow)) /* code in a list stands under the list's text */
        left = blocks_left(flow);
    if (block->label_count > 0) {
        label = blocks_compose_line(
            flow, block->element, block->label, block->label_count, left + first_indent);
        if (label == FLOW_NONE)
            return FLOW_NONE;
        start = composed_width(flow->settings.data[label].composed) + style->label_gap;
        if (start > kept)
            first_indent += start - kept;
        left += kept;
    }
    tail = tails_compose(flow, block, width);
    setting = compose_text(flow, block, left, first_indent, width, tail.room);
    if (setting != FLOW_NONE) {
        flow->settings.data[setting].label = label;
        flow->settings.data[setting].tail = tail.setting;
        flow->settings.data[setting].leader = tail.leader;
    }
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

void blocks_take(struct block *block, struct run_list *list)
{
    block->runs = runs_finish(list, &block->run_count);
    block->notes = list->notes.data;
    block->note_count = (uint32_t)list->notes.length;
    block->pictures = list->pictures.data;
    block->picture_count = (uint32_t)list->pictures.length;
}

/* The text of a block, without its images. */
static void set_text(struct flow *flow, const struct block *block)
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
    if (style->keep_with_next || (block->run_count == 0 && block->picture_count > 0))
        vlist_penalty(flow->list, PENALTY_WITH_NEXT); /* also a label with its image */
    vlist_skip(flow->list, style->space_after);
}

void blocks_set(struct flow *flow, const struct block *block)
{
    if (block->run_count > 0 || block->label_count > 0 || block->picture_count == 0)
        set_text(flow, block);
    figures_set(flow, block->pictures, block->picture_count, false);
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

/* The level of a title that was typed with this one. */
static int nest(struct nesting *nesting, int typed)
{
    typed = typed < 1 ? 1 : typed > 6 ? 6 : typed;
    while (nesting->depth > 0 && nesting->levels[nesting->depth - 1] >= typed)
        nesting->depth--;
    nesting->levels[nesting->depth++] = typed;
    return nesting->depth;
}

uint32_t blocks_heading(struct flow *flow, int level, struct text title)
{
    uint32_t id = book_add_structure(flow->book, STRUCTURE_H, flow->parent);

    flow->book->structures.data[id].level = nest(&flow->headings, level);
    flow->book->structures.data[id].title = flow_keep(flow, title);
    return id;
}

void blocks_outline(struct flow *flow, const char *title, const char *anchor, int level)
{
    book_add_outline(flow->book, title, anchor, nest(&flow->outline, level));
}

/* Inlines from first up to end as one block. */
static void set_inlines(struct flow *flow, const struct node *first,
    const struct node *end, uint32_t structure, struct block *block)
{
    const struct style *style = &flow->layout->styles[block->element];
    struct run_list list;

    flow->book->structures.data[structure].span = block->span;
    runs_begin(&list, flow, block->element, structure);
    runs_string(&list, style->prefix);
    runs_inlines(&list, first, end);
    runs_string(&list, style->suffix);
    blocks_take(block, &list);
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

void blocks_caption_number(struct flow *flow, enum caption caption, struct run_list *list)
{
    struct str label;

    str_init(&label);
    flow->counters.number =
        caption == CAPTION_TABLE ? ++flow->counters.table : ++flow->counters.figure;
    number_expand(&flow->counters, text_of(caption_numbering(flow, caption)), &label);
    runs_text(list, str_text(&label));
    str_done(&label);
}

void blocks_caption(struct flow *flow, const struct node *node, enum caption caption)
{
    struct block block = {.element = ELEMENT_CAPTION, .flush = true, .span = node->span};
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_CAPTION, flow->parent);
    struct run_list list;

    runs_begin(&list, flow, ELEMENT_CAPTION, structure);
    blocks_caption_number(flow, caption, &list);
    runs_children(&list, node);
    blocks_take(&block, &list);
    anchors_mark(flow, node, structure);
    blocks_set(flow, &block);
    runs_done(&list);
}

static bool is_blank(const struct node *node)
{
    return node->kind == NODE_SOFT_BREAK || node->kind == NODE_LINE_BREAK ||
           node->kind == NODE_CAPTION ||
           (node->kind == NODE_TEXT && text_trim(node->text).length == 0);
}

/* An image, perhaps as a link. */
static bool is_image(const struct node *node)
{
    if (node->kind == NODE_LINK && node->first_child != NULL &&
        node->first_child == node->last_child)
        node = node->first_child;
    return node->kind == NODE_IMAGE;
}

/* Where the source of an inline ends: behind its attributes. */
static size_t source_end(const struct node *node)
{
    const struct node *inner = node->kind == NODE_LINK ? node->first_child : node;
    size_t end = (size_t)node->span.offset + node->span.length, attributes = 0;

    if (inner->attributes != NULL)
        attributes =
            (size_t)inner->attributes->span.offset + inner->attributes->span.length;
    return attributes > end ? attributes : end;
}

/* Do images from first to last have their lines of the source to themselves? Line ends
 * beside Han are no nodes, so the source says it. */
static bool own_lines(
    const struct flow *flow, const struct node *first, const struct node *last)
{
    struct text bytes;
    size_t start = first->span.offset, end = source_end(last);

    if (flow->context->files == NULL || first->span.file == SPAN_NO_FILE)
        return false;
    bytes = files_get(flow->context->files, first->span.file)->bytes;
    while (start > 0 && strchr(" \t>", bytes.data[start - 1]) != NULL)
        start--;
    while (end < bytes.length && strchr(" \t\r", bytes.data[end]) != NULL)
        end++;
    return (start == 0 || bytes.data[start - 1] == '\n') &&
           (end >= bytes.length || bytes.data[end] == '\n');
}

/* The end of the stretch of images and blanks from node on; *ret_last: its last image. */
static const struct node *images_end(
    const struct node *node, const struct node **ret_last)
{
    for (; node != NULL && (is_image(node) || is_blank(node)); node = node->next)
        if (is_image(node))
            *ret_last = node;
    return node;
}

/* The end of the paragraph's next part: images on lines of their own, or what is between.
 */
static const struct node *part_end(
    const struct flow *flow, const struct node *first, bool *ret_images)
{
    for (const struct node *node = first; node != NULL;) {
        const struct node *last = node, *end;

        if (!is_image(node)) {
            node = node->next;
            continue;
        }
        end = images_end(node, &last);
        if (own_lines(flow, node, last)) {
            *ret_images = node == first;
            return node == first ? end : node;
        }
        node = end;
    }
    *ret_images = false;
    return NULL;
}

/* Images on lines of their own. */
static void set_images(
    struct flow *flow, const struct node *first, const struct node *end, struct span span)
{
    struct block block = {.element = flow->prose, .span = span};
    struct run_list list;

    runs_begin(&list, flow, flow->prose,
        book_add_structure(flow->book, STRUCTURE_P, flow->parent));
    list.alone = true;
    runs_inlines(&list, first, end);
    blocks_take(&block, &list);
    figures_set(flow, block.pictures, block.picture_count, false);
    runs_done(&list);
}

/* Parts that are text are paragraphs; images between them stand where they were written.
 */
static void set_paragraph(struct flow *flow, const struct node *node)
{
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_P, flow->parent);
    const struct node *first = node->first_child, *end;

    anchors_mark(flow, node, structure);
    for (; first != NULL; first = end) {
        struct block block = {.element = flow->prose, .span = node->span};
        bool images = false;

        end = part_end(flow, first, &images);
        if (images) {
            set_images(flow, first, end, node->span);
            structure = book_add_structure(flow->book, STRUCTURE_P, flow->parent);
            continue;
        }
        while (first != end && is_blank(first))
            first = first->next;
        if (first != end)
            set_inlines(flow, first, end, structure, &block);
    }
}

static void set_source_line(struct flow *flow, const struct node *node)
{
    struct block block = {.element = ELEMENT_SOURCE, .span = node->span};
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_P, flow->parent);

    anchors_mark(flow, node, structure);
    set_inlines(flow, node->first_child, NULL, structure, &block);
}

/* A title with its number: hung in the label's width, or run in where that is 0. */
static void set_title(struct flow *flow, const struct node *title, enum element element,
    uint32_t structure, struct text label)
{
    const struct style *style = &flow->layout->styles[element];
    struct block block = {.element = element, .span = title->span};
    struct run_list list;

    flow->book->structures.data[structure].span = title->span;
    runs_begin(&list, flow, element, structure);
    if (style->label_width > 0)
        blocks_label(flow, &block, label, structure);
    else
        runs_text(&list, label);
    runs_string(&list, style->prefix);
    runs_children(&list, title);
    runs_string(&list, style->suffix);
    blocks_take(&block, &list);
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

    if (columns_wanted(title)) {
        columns_set(flow, child);
        return;
    }
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
    flow->after_heading = false; /* the next one is not below this one's heading */
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

        runs_source(&list, text_slice(rest, 0, end), node->span);
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
    unit measure = layout_measure(flow->layout) - flow->left - flow->right;

    vec_push(&flow->boxes, (struct box_content){.kind = BOX_RULE,
                               .x = flow->left + measure / 3,
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
