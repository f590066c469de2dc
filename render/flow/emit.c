/* emit: see emit.h. */
#include "flow/emit.h"

#include "flow/anchors.h"
#include "flow/columns.h"
#include "flow/decorate.h"
#include "flow/figures.h"
#include "flow/glyphs.h"
#include "flow/notes.h"
#include "flow/rows.h"
#include "flow/trim.h"
#include "flow/watermark.h"

/* Of the Han body: the parts of 1 em above and below the baseline. */
#define BODY_ASCENT 880 /* 1/1000 em */

static unit baseline_of(const struct setting *setting, unit top)
{
    return top + (setting->pitch - setting->em) / 2 +
           (unit)unit_muldiv(setting->em, BODY_ASCENT, 1000);
}

static void emit_setting_line(struct flow *flow, const struct setting *setting,
    uint32_t index, struct line_place place)
{
    const struct line *line;
    struct glyph_line glyphs;

    if (index >= setting->composed->line_count)
        return;
    line = &setting->composed->lines[index];
    glyphs = (struct glyph_line){
        .page = place.page,
        .x = place.left + setting->x,
        .baseline = baseline_of(setting, place.top),
        .artifact = setting->artifact,
        .ascent = line->ascent,
        .descent = line->descent,
        .text = setting->composed->text,
        .runs = setting->runs,
        .placed = setting->composed->placed,
        .start = line->start,
        .end = line->end,
        .hyphenated = line->hyphenated ? line : NULL,
    };
    glyphs_emit(flow, &glyphs);
    if (setting->code && !line->last)
        decorate_wrap(
            flow, &glyphs, setting->measure, setting->em, setting->runs[0].colour);
}

/* Leader signs between a line's text and its tail, half an em away from both. */
static void emit_leader(
    struct flow *flow, const struct setting *setting, struct line_place place)
{
    const struct setting *leader = &flow->settings.data[setting->leader];
    const struct composed *text = setting->composed, *signs = leader->composed;
    const struct line *last = &text->lines[text->line_count - 1];
    unit from = setting->x + setting->em / 2;
    unit to = flow->settings.data[setting->tail].x - setting->em / 2;
    uint32_t start = 0, end = signs->text->cluster_count;
    struct glyph_line glyphs = {.page = place.page,
        .x = place.left + leader->x,
        .baseline = baseline_of(setting, place.top),
        .artifact = ARTIFACT_LAYOUT,
        .ascent = last->ascent,
        .descent = last->descent,
        .text = signs->text,
        .runs = leader->runs,
        .placed = signs->placed};

    if (last->end > last->start)
        from += text->placed[last->end - 1].x + text->placed[last->end - 1].width;
    while (start < end && leader->x + signs->placed[start].x < from)
        start++;
    while (end > start &&
           leader->x + signs->placed[end - 1].x + signs->placed[end - 1].width > to)
        end--;
    glyphs.start = start;
    glyphs.end = end;
    if (end > start)
        glyphs_emit(flow, &glyphs);
}

static void emit_tail(
    struct flow *flow, const struct setting *setting, struct line_place place)
{
    if (setting->leader != FLOW_NONE)
        emit_leader(flow, setting, place);
    emit_setting_line(flow, &flow->settings.data[setting->tail], 0, place);
}

void emit_line(struct flow *flow, uint32_t index, uint32_t line, struct line_place place)
{
    const struct setting *setting = &flow->settings.data[index];

    if (line == 0 && setting->label != FLOW_NONE)
        emit_setting_line(flow, &flow->settings.data[setting->label], 0, place);
    emit_setting_line(flow, setting, line, place);
    if (setting->tail != FLOW_NONE && line + 1 == setting->composed->line_count)
        emit_tail(flow, setting, place);
}

void emit_rule(struct flow *flow, uint32_t page, unit x, unit y, unit width, unit height,
    uint32_t colour, enum artifact artifact)
{
    struct item *item = page_add_item(&flow->book->pages.data[page], ITEM_RULE, 0);

    item->artifact = artifact;
    item->x = x;
    item->y = y;
    item->width = width;
    item->height = height;
    item->colour = colour;
}

int emit_page_number(const struct flow *flow, uint32_t page)
{
    return flow->layout->first_page_number + (int)page - (int)flow->first_page;
}

unit emit_left(const struct flow *flow, int number)
{
    const struct layout *layout = flow->layout;

    return layout->mirror && number % 2 == 0 ? layout->margin_outer
                                             : layout->margin_inner;
}

static void emit_box(struct flow *flow, const struct vitem *item, struct line_place place)
{
    const struct box_content *box = &flow->boxes.data[item->index];

    if (box->kind == BOX_FIGURES)
        figures_emit(flow, box, place, false);
    if (box->kind == BOX_RULE)
        emit_rule(flow, place.page, place.left + box->x, place.top + box->y, box->width,
            box->height, box->colour, ARTIFACT_LAYOUT);
}

void emit_content(struct flow *flow, const struct vitem *item, struct line_place place)
{
    switch (item->kind) {
    case VITEM_LINE:
        emit_line(flow, item->index, item->line, place);
        break;
    case VITEM_BOX:
        emit_box(flow, item, place);
        break;
    case VITEM_ROW:
        rows_emit(flow, &flow->rows.data[item->index], place, false);
        break;
    case VITEM_PAIR:
        columns_emit(flow, &flow->pairs.data[item->index], place);
        break;
    default:
        break;
    }
}

static void place_anchor(struct flow *flow, uint32_t index, struct line_place place)
{
    struct anchor *anchor = &flow->anchors.data[index];

    if (anchor->placed)
        return;
    anchor->placed = true;
    anchor->page = place.page;
    book_add_destination(
        flow->book, anchor->name, place.page, place.left, place.top, anchor->structure);
}

/* The marks among items [start, end) stand at `place`. */
static void emit_marks(struct flow *flow, const struct vlist *list, uint32_t start,
    uint32_t end, struct line_place place)
{
    for (uint32_t i = start; i < end; i++) {
        const struct vitem *item = &list->items.data[i];

        if (item->kind == VITEM_MARK && flow->marks.data[item->index].anchor != FLOW_NONE)
            place_anchor(flow, flow->marks.data[item->index].anchor, place);
    }
}

static void emit_repeats(struct flow *flow, const struct vlist *list,
    const struct page_cut *cut, struct line_place *place)
{
    for (uint32_t i = cut->repeat_start; i < cut->repeat_end; i++) {
        const struct vitem *item = &list->items.data[i];

        if (item->kind != VITEM_ROW)
            continue;
        rows_emit(flow, &flow->rows.data[item->index], *place, true);
        place->top += item->height;
    }
}

/* The notes at a page's foot, bottom on the type area's. */
static void emit_notes(struct flow *flow, const struct page_cuts *cuts,
    const struct page_cut *cut, const struct page_room *room, struct line_place place)
{
    unit space = room->note_space;

    if (cut->part_count == 0)
        return;
    place.top = flow->layout->margin_top + (unit)(room->height - cut->note_height);
    if (cut == vec_last(&cuts->pages)) /* they stand above the foot's panel */
        place.top -= (unit)flow->foot_reserve;
    emit_rule(flow, place.page, place.left, place.top + space / 2, notes_rule_width(flow),
        NOTE_RULE_THICKNESS, flow->layout->styles[ELEMENT_FOOTNOTE].colour,
        ARTIFACT_LAYOUT);
    place.top += space;
    for (uint32_t i = 0; i < cut->part_count; i++) {
        const struct note_part *part = &cuts->parts.data[cut->first_part + i];
        const struct note *note = &flow->notes.data[part->note];
        const struct anchor *anchor = anchors_of_node(flow, note->node);

        if (part->start == 0 && anchor != NULL)
            place_anchor(flow, (uint32_t)(anchor - flow->anchors.data), place);
        for (uint32_t line = part->start; line < part->end; line++) {
            const struct vitem *item = &flow->note_items.data[note->first + line];

            emit_content(flow, item, place);
            place.top += item->height;
        }
    }
}

static void tell(struct flow *flow, const struct vlist *list, const struct page_cut *cut,
    const struct page_room *room, const char *label)
{
    struct span span = SPAN_NONE;
    struct str height, most;

    for (uint32_t i = cut->start; i < cut->end; i++)
        if (vitem_is_content(&list->items.data[i]))
            span = list->items.data[i].span;
    if (cut->broken >= PENALTY_TOGETHER)
        diag_add(flow->sink, DIAG_KEPT_SPLIT, span, NULL, label);
    if (!cut->overfull)
        return;
    str_init(&height);
    str_init(&most);
    str_append_pt(&height, cut->height);
    str_append_pt(&most, room->height);
    diag_add(flow->sink, DIAG_TALLER_THAN_PAGE, span, NULL, height.data, most.data);
    str_done(&height);
    str_done(&most);
}

static void emit_page(struct flow *flow, const struct vlist *list,
    const struct page_cuts *cuts, const struct page_cut *cut,
    const struct page_room *room)
{
    uint32_t page = (uint32_t)flow->book->pages.length - 1, done = cut->start;
    unit head = flow->layout->margin_top;
    struct line_place place = {page, emit_left(flow, emit_page_number(flow, page)), head};
    int64_t *tops = ARENA_ARRAY(&flow->arena, cut->end - cut->start, int64_t);

    pages_place(list, cut, room, tops);
    emit_repeats(flow, list, cut, &place);
    for (uint32_t i = cut->start; i < cut->end; i++) {
        const struct vitem *item = &list->items.data[i];

        if (!vitem_is_content(item))
            continue;
        place.top = head + (unit)tops[i - cut->start];
        emit_marks(flow, list, done, i, place);
        emit_content(flow, item, place);
        place.top += item->height;
        done = i;
    }
    emit_marks(flow, list, done, cut->end, place);
    emit_notes(flow, cuts, cut, room, place);
}

static const char *add_page(struct flow *flow, bool cover)
{
    const struct layout *layout = flow->layout;
    uint32_t index = (uint32_t)flow->book->pages.length;
    const char *label =
        cover ? "封面" : arena_print(&flow->arena, "%d", emit_page_number(flow, index));

    book_add_page(flow->book, layout->paper_width, layout->paper_height, label);
    watermark_emit(flow, index);
    trim_emit(flow, index);
    return label;
}

void emit_blank(struct flow *flow)
{
    add_page(flow, false);
}

void emit_foot(struct flow *flow, const struct vlist *list, const struct page_room *room)
{
    struct page_cut whole = {.end = (uint32_t)list->items.length};
    uint32_t page = (uint32_t)flow->book->pages.length - 1;
    int64_t *tops = ARENA_ARRAY(&flow->arena, list->items.length, int64_t);
    unit top = flow->layout->margin_top +
               (unit)(room->height - vlist_height(list) - flow->layout->foot_below);
    struct line_place place = {page, emit_left(flow, emit_page_number(flow, page)), 0};

    pages_place(list, &whole, &(struct page_room){.height = room->height}, tops);
    for (uint32_t i = 0; i < whole.end; i++) {
        place.top = top + (unit)tops[i];
        if (vitem_is_content(&list->items.data[i]))
            emit_content(flow, &list->items.data[i], place);
    }
}

void emit_pages(struct flow *flow, const struct vlist *list, const struct page_cuts *cuts,
    const struct page_room *room, bool cover)
{
    for (size_t i = 0; i < cuts->pages.length; i++) {
        const char *label = add_page(flow, cover);

        emit_page(flow, list, cuts, &cuts->pages.data[i], room);
        tell(flow, list, &cuts->pages.data[i], room, label);
    }
}
