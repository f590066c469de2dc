/* furniture: see furniture.h.
 *
 *     paper's top edge
 *       header_distance
 *     ┌ left ──────── centre ──────── right ┐  pitch of the header's style
 *       header_rule_gap
 *     ─────────────── rule ──────────────────
 *
 * The footer is the same from the bottom edge up. Blank pages that fill up the number
 * have neither. */
#include "flow/furniture.h"

#include "flow/blocks.h"
#include "flow/emit.h"
#include "flow/fields.h"

/* One running line: where it stands and what its templates are. */
struct running_line {
    enum element element;
    enum artifact artifact;
    const struct running *templates;
    struct line_place place;
};

/* A blank beside a dash is meant here, as in "— 4 —"; in running text it would be none.
 */
static void keep_blanks(struct text text, struct str *out)
{
    static const char dash[] = "—", hard[] = "\xC2\xA0";

    while (text.length > 0) {
        bool before = text_starts(text, " —"), behind = text_starts(text, "— ");

        if (behind)
            str_append_string(out, dash);
        if (before || behind)
            str_append_string(out, hard);
        else
            str_append_char(out, text.data[0]);
        text = text_slice(text, behind ? sizeof dash : 1, text.length);
    }
}

/* The part of the white beside a piece that stands left of it: 0 left, 1 centre, 2 right.
 */
static void emit_piece(struct flow *flow, const struct running_line *line,
    const char *template, const struct page_fields *fields, int halves)
{
    struct line_place place = line->place;
    unit measure = layout_measure(flow->layout), width;
    struct run_list list;
    struct str text, expanded;
    uint32_t count, setting;
    const struct run *runs;

    str_init(&text);
    str_init(&expanded);
    fields_expand(flow, text_of(template), fields, &expanded);
    keep_blanks(str_text(&expanded), &text);
    str_done(&expanded);
    runs_begin(&list, flow, line->element, 0);
    runs_text(&list, str_text(&text));
    runs = runs_finish(&list, &count);
    runs_done(&list);
    setting =
        count == 0 ? FLOW_NONE : blocks_compose_line(flow, line->element, runs, count, 0);
    if (setting != FLOW_NONE) {
        width = composed_width(flow->settings.data[setting].composed);
        if (width > measure)
            diag_add(flow->sink, DIAG_RUNNING_TOO_WIDE, SPAN_NONE, NULL, text.data);
        place.left += (measure - width) * halves / 2;
        flow->settings.data[setting].artifact = line->artifact;
        emit_line(flow, setting, 0, place);
    }
    str_done(&text);
}

static bool is_empty(const struct running *running)
{
    return running->left[0] == '\0' && running->centre[0] == '\0' &&
           running->right[0] == '\0';
}

static void emit_running(
    struct flow *flow, const struct running_line *line, const struct page_fields *fields)
{
    emit_piece(flow, line, line->templates->left, fields, 0);
    emit_piece(flow, line, line->templates->centre, fields, 1);
    emit_piece(flow, line, line->templates->right, fields, 2);
}

static void emit_header(struct flow *flow, uint32_t page, enum page_side side,
    const struct page_fields *fields)
{
    const struct layout *layout = flow->layout;
    const struct style *style = &layout->styles[ELEMENT_HEADER];
    struct running_line line = {ELEMENT_HEADER, ARTIFACT_HEADER, &layout->header[side],
        {page, emit_left(flow, fields->page), layout->header_distance}};

    if (is_empty(line.templates))
        return;
    emit_running(flow, &line, fields);
    if (layout->header_rule > 0)
        emit_rule(flow, page, line.place.left,
            layout->header_distance + style->line_pitch + layout->header_rule_gap,
            layout_measure(layout), layout->header_rule, layout->header_rule_colour,
            ARTIFACT_HEADER);
}

static void emit_footer(struct flow *flow, uint32_t page, enum page_side side,
    const struct page_fields *fields)
{
    const struct layout *layout = flow->layout;
    struct running_line line = {ELEMENT_FOOTER, ARTIFACT_FOOTER, &layout->footer[side],
        {page, emit_left(flow, fields->page),
            layout->paper_height - layout->footer_distance -
                layout->styles[ELEMENT_FOOTER].line_pitch}};

    if (is_empty(line.templates))
        return;
    emit_running(flow, &line, fields);
    if (layout->footer_rule > 0)
        emit_rule(flow, page, line.place.left,
            line.place.top - layout->footer_rule_gap - layout->footer_rule,
            layout_measure(layout), layout->footer_rule, layout->footer_rule_colour,
            ARTIFACT_FOOTER);
}

static enum page_side side_of(const struct flow *flow, uint32_t page, int number)
{
    if (page == flow->first_page)
        return SIDE_FIRST;
    return number % 2 == 0 ? SIDE_EVEN : SIDE_ODD;
}

void furniture_emit(struct flow *flow, const char *const *sections)
{
    uint32_t count = flow->end_page;
    uint32_t page = flow->layout->furniture_on_cover ? 0 : flow->first_page;

    for (; page < count && !flow->failed; page++) {
        struct page_fields fields = {emit_page_number(flow, page),
            emit_page_number(flow, count - 1), sections[page]};
        enum page_side side = side_of(flow, page, fields.page);

        emit_header(flow, page, side, &fields);
        emit_footer(flow, page, side, &fields);
    }
}
