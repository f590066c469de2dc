/* rows: see rows.h. */
#include "flow/rows.h"

#include "flow/figures.h"

static void emit_cell(
    struct flow *flow, const struct cell *cell, struct line_place place, bool again)
{
    place.top += cell->y;
    for (uint32_t line = cell->start; line < cell->end; line++) {
        emit_line(flow, cell->setting, line, place);
        place.top += flow->settings.data[cell->setting].pitch;
    }
    for (uint32_t i = 0; i < cell->box_count; i++) {
        const struct box_content *box = &flow->boxes.data[cell->first_box + i];

        place.top += flow->layout->styles[ELEMENT_TABLE_CELL].size / 4;
        figures_emit(flow, box, place, again);
        place.top += box->height;
    }
}

static void emit_lines(struct flow *flow, const struct row *row, struct line_place place)
{
    unit left = place.left + row->edges[0];
    unit width = row->edges[row->cell_count] - row->edges[0];

    if (row->rule == 0)
        return;
    if (row->top)
        emit_rule(flow, place.page, left, place.top - row->rule / 2, width + row->rule,
            row->rule, row->colour, ARTIFACT_LAYOUT);
    if (row->bottom)
        emit_rule(flow, place.page, left, place.top + row->height - row->rule / 2,
            width + row->rule, row->rule, row->colour, ARTIFACT_LAYOUT);
    for (uint32_t i = 0; i <= row->cell_count; i++)
        emit_rule(flow, place.page, place.left + row->edges[i], place.top, row->rule,
            row->height, row->colour, ARTIFACT_LAYOUT);
}

void rows_emit(
    struct flow *flow, const struct row *row, struct line_place place, bool again)
{
    const struct cell *cells = again ? row->repeated : row->cells;

    for (uint32_t i = 0; i < row->cell_count; i++)
        emit_cell(flow, &cells[i], place, again);
    emit_lines(flow, row, place);
}
