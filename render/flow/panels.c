/* panels: lines and rules that the layout puts together from the head's values.
 *
 *     masthead              red name, number, publisher and date, rule
 *     ending                attachments, signature, people
 *     foot                  rule, 报：…, 送：…, 共印…份; on the last page's bottom
 *
 * A line has up to three pieces: left, centre and right. The first of them that is there
 * is a block that may wrap; a right piece stands at the end of its last line, a centre
 * piece on its first. A piece with fields that the head gives nothing for is left out, a
 * line without pieces too, and rules that would then stand together are one. */
#include "flow/blocks.h"
#include "flow/fields.h"
#include "flow/parts.h"

struct filling_panel {
    struct flow *flow;
    enum panel_kind kind;
    size_t start;    /* length of the list before the panel */
    bool after_rule; /* a rule is the last content */
};

/* The texts of a line. */
struct pieces {
    struct text left, centre, right; /* in flow's arena; lines are parted by \n */
};

#define FULL_SPACE "　" /* between two fields of a piece */

/* Without the space that parts a field from one that the head gives nothing for. */
static struct text trim_parting(struct text piece, struct text template)
{
    const size_t space = sizeof FULL_SPACE - 1;

    while (text_starts(piece, FULL_SPACE) && !text_starts(template, FULL_SPACE))
        piece = text_slice(piece, space, piece.length);
    while (text_ends(piece, FULL_SPACE) && !text_ends(template, FULL_SPACE))
        piece = text_slice(piece, 0, piece.length - space);
    return piece;
}

static struct text expand(struct flow *flow, const char *template)
{
    struct str text;
    struct text kept;

    str_init(&text);
    fields_expand_given(flow, text_of(template), &text);
    kept = text_copy(&flow->arena, trim_parting(str_text(&text), text_of(template)));
    str_done(&text);
    return kept;
}

/* False: there is nothing to show. */
static bool expand_line(
    struct flow *flow, enum element element, struct pieces *ret_pieces)
{
    const struct running *line = &flow->layout->panel_lines[element - PANEL_LINE_FIRST];

    *ret_pieces = (struct pieces){
        expand(flow, line->left), expand(flow, line->centre), expand(flow, line->right)};
    return ret_pieces->left.length + ret_pieces->centre.length +
               ret_pieces->right.length >
           0;
}

static const struct run *piece_runs(struct flow *flow, enum element element,
    struct text text, uint32_t structure, uint32_t *ret_count)
{
    const struct style *style = &flow->layout->styles[element];
    const struct run *runs;
    struct run_list list;

    runs_begin(&list, flow, element, structure);
    runs_string(&list, style->prefix);
    while (text.length > 0) {
        size_t end = text_find(text, "\n");

        runs_text(&list, text_slice(text, 0, end));
        if (end < text.length)
            runs_break(&list);
        text = text_slice(text, end + 1, text.length);
    }
    runs_string(&list, style->suffix);
    runs = runs_finish(&list, ret_count);
    runs_done(&list);
    return runs;
}

/* White so that the masthead's name stands where the layout says. */
static void set_name_top(struct filling_panel *panel)
{
    struct flow *flow = panel->flow;
    int64_t used = vlist_height(flow->list);
    unit top = flow->layout->masthead_name_top;

    if (top <= used || panel->start > 0) /* not the first of the page */
        return;
    vec_push(&flow->boxes, (struct box_content){.kind = BOX_SPACE});
    vlist_add(flow->list, VITEM_BOX, (uint32_t)flow->boxes.length - 1, top - (unit)used,
        SPAN_NONE);
}

/* The centre piece on the first line of a setting that begins at the left. */
static void set_centre(struct flow *flow, enum element element, struct text text,
    uint32_t structure, uint32_t setting)
{
    uint32_t count, centre;
    const struct run *runs = piece_runs(flow, element, text, structure, &count);

    centre = blocks_compose_line(flow, element, runs, count, 0);
    if (centre == FLOW_NONE)
        return;
    flow->settings.data[centre].x =
        (layout_measure(flow->layout) -
            composed_width(flow->settings.data[centre].composed)) /
        2;
    flow->settings.data[setting].label = centre;
}

static void set_pieces(struct filling_panel *panel, enum element element,
    const struct pieces *pieces, struct text main)
{
    struct flow *flow = panel->flow;
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_P, flow->parent);
    size_t before = flow->settings.length;
    bool left = pieces->left.length > 0;
    struct block block = {.element = element,
        .span = SPAN_NONE,
        .aligned = !left,
        .align = pieces->centre.length > 0 ? TEXT_CENTRE : TEXT_RIGHT,
        .balanced = !left && pieces->centre.length > 0};

    block.runs = piece_runs(flow, element, main, structure, &block.run_count);
    if (left && pieces->right.length > 0)
        block.tail =
            piece_runs(flow, element, pieces->right, structure, &block.tail_count);
    blocks_set(flow, &block);
    if (left && pieces->centre.length > 0 && flow->settings.length > before)
        set_centre(flow, element, pieces->centre, structure,
            (uint32_t)flow->settings.length - 1);
}

static void set_line(struct filling_panel *panel, enum element element)
{
    struct pieces pieces;

    if (!expand_line(panel->flow, element, &pieces))
        return;
    if (element == ELEMENT_MASTHEAD_NAME && panel->kind == PANEL_MASTHEAD)
        set_name_top(panel);
    set_pieces(panel, element, &pieces,
        pieces.left.length > 0     ? pieces.left
        : pieces.centre.length > 0 ? pieces.centre
                                   : pieces.right);
    panel->after_rule = false;
}

static void set_rule(struct filling_panel *panel, unit thickness)
{
    struct flow *flow = panel->flow;
    const struct panel *layout = &flow->layout->panels[panel->kind];

    if (panel->after_rule || thickness == 0)
        return;
    vec_push(&flow->boxes, (struct box_content){.kind = BOX_RULE,
                               .width = layout_measure(flow->layout),
                               .height = thickness,
                               .colour = layout->rule_colour});
    vlist_skip(flow->list, layout->rule_gap);
    vlist_add(
        flow->list, VITEM_BOX, (uint32_t)flow->boxes.length - 1, thickness, SPAN_NONE);
    vlist_skip(flow->list, layout->rule_gap);
    panel->after_rule = true;
    flow->after_heading = false;
}

/* The next name of a list, which moves behind it. */
static bool next_name(struct text *rest, struct text *ret_name)
{
    size_t end = text_find(*rest, " ");

    if (rest->length == 0)
        return false;
    *ret_name = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end + 1, rest->length);
    return true;
}

static bool is_line(struct text name, enum element *ret_element)
{
    for (int i = PANEL_LINE_FIRST; i < ELEMENT_COUNT; i++) {
        if (text_is(name, element_name((enum element)i))) {
            *ret_element = (enum element)i;
            return true;
        }
    }
    return false;
}

/* Whether any line of the panel has something to show: rules alone are none. */
static bool has_lines(struct flow *flow, struct text names)
{
    struct pieces pieces;
    struct text name;
    enum element element;

    while (next_name(&names, &name))
        if (is_line(name, &element) && expand_line(flow, element, &pieces))
            return true;
    return false;
}

/* What stands above the masthead's last rule has measures of its own. */
static void pin_masthead(struct flow *flow, size_t start)
{
    size_t end = flow->list->items.length;

    while (end > start &&
           (flow->list->items.data[end - 1].kind != VITEM_BOX ||
               flow->boxes.data[flow->list->items.data[end - 1].index].kind != BOX_RULE))
        end--;
    for (size_t i = start; i < end; i++) {
        flow->list->items.data[i].pinned = true;
        flow->list->items.data[i].grid = false;
    }
}

void panels_set(struct flow *flow, enum panel_kind kind)
{
    const struct panel *layout = &flow->layout->panels[kind];
    struct text rest = text_of(layout->lines), name;
    struct filling_panel panel = {
        .flow = flow, .kind = kind, .start = flow->list->items.length};
    enum element element;

    if (!has_lines(flow, rest))
        return;
    while (next_name(&rest, &name)) {
        if (is_line(name, &element))
            set_line(&panel, element);
        else
            set_rule(&panel, text_is(name, "rule") ? layout->rule : layout->thin_rule);
    }
    if (kind == PANEL_MASTHEAD)
        pin_masthead(flow, panel.start);
}
