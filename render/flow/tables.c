/* tables: see tables.h.
 *
 *     edges[0]      edges[1]           edges[n]
 *     ├─ pad text pad ┼─ pad text pad ─┤
 *
 * A column's least width is its longest piece that cannot be broken, its natural width
 * that of its longest cell on one line. Where the natural widths fit, the rest is spread
 * in their proportion; where not, columns that ask for less than an even share have their
 * natural width and the others share what is left. More columns than fit are set smaller,
 * and told. Each cell is measured once and composed once, so that a table's cost is
 * linear in its cells. */
#include "flow/tables.h"

#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/figures.h"
#include "flow/notes.h"

#define CELL_PAD         300 /* at each side, 1/1000 em of the cell's size */
#define CELL_PAD_HEIGHT  200 /* above and below, 1/1000 em */
#define PICTURE_PADS     20 /* least width of an image in a cell, in pads */
#define PICTURE_SHARE    3  /* of a page's height, that an image in a cell may take */
#define TABLE_RULE       (UNIT_PT / 2)
#define COLUMN_EMS       3             /* narrowest column before the size is lowered */
#define LEAST_SHARES     2             /* of the room, that a long word may ask for */
#define TABLE_SIZE_LEAST (5 * UNIT_PT) /* smaller type cannot be read in print */

/* One cell as runs, before and after its width is known. */
struct table_cell {
    const struct run *runs;
    uint32_t count;                /* of runs */
    const struct note_mark *notes; /* in flow's arena */
    uint32_t note_count;
    const struct picture *pictures; /* in flow's arena; below the text */
    uint32_t picture_count;
    unit natural, least; /* width of the text */
    enum text_align align;
};

struct table {
    struct flow *flow;
    const struct node *node;
    uint32_t structure; /* id of its element */
    uint32_t columns, rows, header_rows;
    const struct node **row_nodes; /* rows of them */
    struct table_cell *cells;      /* rows × columns */
    unit *edges;                   /* columns + 1, from the type area's left edge */
    unit size; /* of the cells' text where it is lowered; 0: the styles' */
    unit pad;  /* at each side of a cell's text */
};

static enum element row_element(const struct table *table, uint32_t row)
{
    return row < table->header_rows ? ELEMENT_TABLE_HEADER : ELEMENT_TABLE_CELL;
}

static const struct style *row_style(const struct table *table, uint32_t row)
{
    return &table->flow->layout->styles[row_element(table, row)];
}

/* value, which belongs to a style's size, for the size that is really used. */
static unit scaled(const struct table *table, const struct style *style, unit value)
{
    if (table->size == 0 || table->size >= style->size)
        return value;
    return (unit)unit_muldiv(value, table->size, style->size);
}

static void find_rows(struct table *table)
{
    uint32_t count = 0, widest = table->node->u.table.column_count;

    for (const struct node *row = table->node->first_child; row != NULL; row = row->next)
        count += row->kind == NODE_TABLE_ROW;
    table->row_nodes = ARENA_ARRAY(&table->flow->arena, count, const struct node *);
    for (const struct node *row = table->node->first_child; row != NULL;
         row = row->next) {
        uint32_t cells = 0;

        if (row->kind != NODE_TABLE_ROW)
            continue;
        if (row->u.row.header && table->header_rows == table->rows)
            table->header_rows++;
        table->row_nodes[table->rows++] = row;
        for (const struct node *cell = row->first_child; cell != NULL; cell = cell->next)
            cells++;
        if (cells > widest)
            widest = cells;
    }
    table->columns = widest;
}

/* In a container that leaves hardly any room, a table has at least that of its columns'
 * padding. */
static unit table_width(const struct table *table)
{
    struct flow *flow = table->flow;
    unit width =
        layout_measure(flow->layout) - blocks_left(flow) - blocks_right(flow);
    unit least = (unit)table->columns * TABLE_SIZE_LEAST;

    return width < least ? least : width;
}

/* Many columns are set smaller, so that each still holds some characters. */
static void choose_size(struct table *table)
{
    struct flow *flow = table->flow;
    const struct style *style = &flow->layout->styles[ELEMENT_TABLE_CELL];
    unit width = table_width(table);
    unit most = width / (unit)(table->columns * COLUMN_EMS);
    struct str size;

    table->size = 0;
    if (most < style->size) {
        table->size = most < TABLE_SIZE_LEAST ? TABLE_SIZE_LEAST : most;
        str_init(&size);
        str_append_pt(&size, table->size);
        diag_add(flow->sink, DIAG_TABLE_COLUMNS, table->node->span, NULL, table->columns,
            size.data);
        str_done(&size);
    }
    table->pad = (unit)unit_muldiv(scaled(table, style, style->size), CELL_PAD, 1000);
    if (table->pad > width / (unit)(table->columns * 8))
        table->pad = width / (unit)(table->columns * 8);
}

/* The images of a cell go below its element. */
static void keep_pictures(struct flow *flow, const struct run_list *list,
    uint32_t structure, struct table_cell *ret_cell)
{
    uint32_t count = (uint32_t)list->pictures.length;
    struct picture *pictures = ARENA_ARRAY(&flow->arena, count, struct picture);

    for (uint32_t i = 0; i < count; i++) {
        pictures[i] = list->pictures.data[i];
        pictures[i].home = structure;
        if (pictures[i].link == 0)
            pictures[i].parent = structure;
    }
    ret_cell->pictures = pictures;
    ret_cell->picture_count = count;
}

static const struct run *cell_runs(const struct table *table, uint32_t row,
    const struct node *cell, uint32_t structure, struct table_cell *ret_cell)
{
    struct flow *flow = table->flow;
    struct run_list list;
    const struct run *runs;

    runs_begin(&list, flow, row_element(table, row), structure);
    list.base.size = scaled(table, row_style(table, row), list.base.size);
    list.plain = structure == 0;
    runs_children(&list, cell);
    runs = runs_finish(&list, &ret_cell->count);
    keep_pictures(flow, &list, structure, ret_cell);
    if (list.notes.length > 0) {
        struct note_mark *notes =
            ARENA_ARRAY(&flow->arena, list.notes.length, struct note_mark);

        for (size_t i = 0; i < list.notes.length; i++)
            notes[i] = list.notes.data[i];
        ret_cell->notes = notes;
        ret_cell->note_count = (uint32_t)list.notes.length;
    }
    runs_done(&list);
    return runs;
}

/* The longest stretch of clusters without a break opportunity. */
static unit least_width(const struct paragraph_text *text)
{
    unit longest = 0, current = 0;

    for (uint32_t i = 0; i < text->cluster_count; i++) {
        current += text->clusters[i].advance;
        if (current > longest)
            longest = current;
        if (text->clusters[i].break_after != BREAK_NO)
            current = 0;
    }
    return longest;
}

static enum text_align cell_align(
    const struct table *table, uint32_t row, uint32_t column)
{
    static const enum text_align aligns[] = {[ALIGN_LEFT] = TEXT_LEFT,
        [ALIGN_CENTRE] = TEXT_CENTRE,
        [ALIGN_RIGHT] = TEXT_RIGHT};
    enum cell_align align = column < table->node->u.table.column_count
                                ? table->node->u.table.columns[column]
                                : ALIGN_DEFAULT;

    return align == ALIGN_DEFAULT ? row_style(table, row)->align : aligns[align];
}

/* The widths that a cell's images would like. */
static void ask_for_pictures(const struct table *table, struct table_cell *cell)
{
    for (uint32_t i = 0; i < cell->picture_count; i++) {
        unit natural = cell->pictures[i].width, least = table->pad * PICTURE_PADS;

        least = natural < least ? natural : least;
        cell->natural = natural > cell->natural ? natural : cell->natural;
        cell->least = least > cell->least ? least : cell->least;
    }
}

static void read_cell(struct table *table, uint32_t row, uint32_t column,
    const struct node *node, uint32_t structure)
{
    struct table_cell *cell = &table->cells[row * table->columns + column];
    struct flow *flow = table->flow;
    unit natural, least;
    uint32_t setting;

    cell->runs = cell_runs(table, row, node, structure, cell);
    cell->align = cell_align(table, row, column);
    ask_for_pictures(table, cell);
    if (cell->count == 0)
        return;
    setting =
        blocks_compose_line(flow, row_element(table, row), cell->runs, cell->count, 0);
    if (setting == FLOW_NONE)
        return;
    natural = composed_width(flow->settings.data[setting].composed);
    least = least_width(flow->settings.data[setting].composed->text);
    least = least < natural ? least : natural;
    cell->natural = natural > cell->natural ? natural : cell->natural;
    cell->least = least > cell->least ? least : cell->least;
}

/* The runs of all cells, with their elements of the structure tree. */
static void read_cells(struct table *table, uint32_t structure)
{
    struct book *book = table->flow->book;

    for (uint32_t row = 0; row < table->rows; row++) {
        uint32_t row_id = book_add_structure(book, STRUCTURE_TR, structure), column = 0;
        bool header = row < table->header_rows;

        for (const struct node *cell = table->row_nodes[row]->first_child; cell != NULL;
             cell = cell->next) {
            uint32_t id =
                book_add_structure(book, header ? STRUCTURE_TH : STRUCTURE_TD, row_id);

            book->structures.data[id].column_header = header;
            read_cell(table, row, column++, cell, id);
        }
        for (; column < table->columns; column++)
            book_add_structure(book, header ? STRUCTURE_TH : STRUCTURE_TD, row_id);
    }
}

/* The widest of a column's cells, natural and least. */
static void column_widths(const struct table *table, int64_t *natural, int64_t *least)
{
    for (uint32_t i = 0; i < table->rows * table->columns; i++) {
        const struct table_cell *cell = &table->cells[i];
        uint32_t column = i % table->columns;

        if (cell->natural > natural[column])
            natural[column] = cell->natural;
        if (cell->least > least[column])
            least[column] = cell->least;
    }
}

static int64_t sum(const int64_t *values, uint32_t count)
{
    int64_t total = 0;

    for (uint32_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Give each column that asks for no more than an even share of what is left its natural
 * width; that leaves more for the others, so again until none is left. Returns the
 * columns and the room that are left. */
static uint32_t fit_small(
    const int64_t *natural, int64_t *widths, uint32_t columns, int64_t *room)
{
    uint32_t left = columns;

    for (bool again = true; again && left > 0;) {
        int64_t share = *room / left;

        again = false;
        for (uint32_t i = 0; i < columns; i++) {
            if (widths[i] >= 0 || natural[i] > share)
                continue;
            widths[i] = natural[i];
            *room -= natural[i];
            left--;
            again = true;
        }
    }
    return left;
}

/* What one of the others asks for: an even share, or its least where that is more; an
 * address, which breaks where no word does, must not take all. */
static int64_t asked_width(int64_t least, int64_t share)
{
    int64_t most = share * LEAST_SHARES;

    return least < share ? share : least > most ? most : least;
}

static void fit_large(
    const int64_t *least, int64_t *widths, uint32_t columns, uint32_t left, int64_t room)
{
    int64_t asked = 0, share = room / left;

    for (uint32_t i = 0; i < columns; i++)
        if (widths[i] < 0)
            asked += asked_width(least[i], share);
    for (uint32_t i = 0; i < columns && asked > 0; i++)
        if (widths[i] < 0)
            widths[i] = unit_muldiv(asked_width(least[i], share), room, asked);
}

/* The columns' text widths out of room; see the head of the file. */
static void choose_widths(const int64_t *natural, const int64_t *least, int64_t *widths,
    uint32_t columns, int64_t room)
{
    int64_t wanted = sum(natural, columns);
    uint32_t left;

    for (uint32_t i = 0; i < columns; i++)
        widths[i] = wanted == 0
                        ? room / columns
                        : natural[i] + unit_muldiv(room - wanted, natural[i], wanted);
    if (wanted <= room)
        return;
    for (uint32_t i = 0; i < columns; i++)
        widths[i] = -1;
    left = fit_small(natural, widths, columns, &room);
    if (left > 0)
        fit_large(least, widths, columns, left, room);
}

static void choose_edges(struct table *table)
{
    struct flow *flow = table->flow;
    int64_t *natural = ARENA_ARRAY(&flow->arena, table->columns, int64_t);
    int64_t *least = ARENA_ARRAY(&flow->arena, table->columns, int64_t);
    int64_t *widths = ARENA_ARRAY(&flow->arena, table->columns, int64_t);
    int64_t width = table_width(table);
    int64_t room = width - 2 * (int64_t)table->pad * table->columns;

    column_widths(table, natural, least);
    choose_widths(natural, least, widths, table->columns, room);
    table->edges = ARENA_ARRAY(&flow->arena, (size_t)table->columns + 1, unit);
    table->edges[0] = blocks_left(flow);
    for (uint32_t i = 0; i < table->columns; i++)
        table->edges[i + 1] = table->edges[i] + 2 * table->pad + (unit)widths[i];
    table->edges[table->columns] = blocks_left(flow) + (unit)width;
}

static uint32_t compose_cell(const struct table *table, uint32_t row, uint32_t column,
    const struct run *runs, uint32_t count)
{
    struct flow *flow = table->flow;
    const struct style *style = row_style(table, row);
    const struct table_cell *cell = &table->cells[row * table->columns + column];
    struct measure measure = {.align = cell->align,
        .width = table->edges[column + 1] - table->edges[column] - 2 * table->pad};
    uint32_t setting;

    if (count == 0)
        return FLOW_NONE;
    setting = blocks_compose(flow, row_element(table, row), runs, count,
        table->edges[column] + table->pad, measure);
    if (setting != FLOW_NONE) {
        flow->settings.data[setting].em = scaled(table, style, style->size);
        flow->settings.data[setting].pitch = scaled(table, style, style->line_pitch);
    }
    return setting;
}

/* Rows of images below a cell's text. */
static void arrange_pictures(
    const struct table *table, uint32_t row, uint32_t column, struct cell *cell)
{
    const struct table_cell *read = &table->cells[row * table->columns + column];
    struct picture_room room = {.left = table->edges[column] + table->pad,
        .width = table->edges[column + 1] - table->edges[column] - 2 * table->pad,
        .height = (unit)(layout_area_height(table->flow->layout) / PICTURE_SHARE),
        .flush = read->align == TEXT_LEFT || read->align == TEXT_JUSTIFY};

    if (read->picture_count > 0)
        cell->first_box = figures_arrange(
            table->flow, read->pictures, read->picture_count, room, &cell->box_count);
}

static unit cell_height(const struct table *table, const struct cell *cell, unit pitch)
{
    unit height = (unit)(cell->end - cell->start) * pitch;

    for (uint32_t i = 0; i < cell->box_count; i++)
        height += table->flow->boxes.data[cell->first_box + i].height + table->pad;
    return height;
}

static unit row_height(const struct table *table, const struct cell *cells, unit pitch)
{
    unit most = pitch;

    for (uint32_t column = 0; column < table->columns; column++) {
        unit height = cell_height(table, &cells[column], pitch);

        most = height > most ? height : most;
    }
    return most;
}

/* Compose a row's cells; returns the most lines that one has. */
static uint32_t compose_row(const struct table *table, uint32_t row, struct cell *cells)
{
    uint32_t most = 1;

    for (uint32_t column = 0; column < table->columns; column++) {
        const struct table_cell *cell = &table->cells[row * table->columns + column];
        uint32_t setting = compose_cell(table, row, column, cell->runs, cell->count);

        cells[column] = (struct cell){.setting = setting};
        arrange_pictures(table, row, column, &cells[column]);
        if (setting == FLOW_NONE)
            continue;
        cells[column].end = table->flow->settings.data[setting].composed->line_count;
        if (cells[column].end > most)
            most = cells[column].end;
    }
    return most;
}

/* The header's cells once more, as artifacts for later pages. */
static const struct cell *repeat_cells(
    const struct table *table, uint32_t row, const struct cell *cells)
{
    struct cell *repeated = ARENA_ARRAY(&table->flow->arena, table->columns, struct cell);
    uint32_t column = 0;

    for (; column < table->columns; column++)
        repeated[column] = (struct cell){.setting = FLOW_NONE};
    column = 0;
    for (const struct node *node = table->row_nodes[row]->first_child; node != NULL;
         node = node->next, column++) {
        struct table_cell plain = {0};
        const struct run *runs = cell_runs(table, row, node, 0, &plain);

        repeated[column] = cells[column]; /* with its images */
        repeated[column].setting = compose_cell(table, row, column, runs, plain.count);
        if (repeated[column].setting != FLOW_NONE)
            repeated[column].end =
                table->flow->settings.data[repeated[column].setting].composed->line_count;
    }
    return repeated;
}

static void add_row(const struct table *table, uint32_t row, const struct row *content)
{
    struct flow *flow = table->flow;

    vec_push(&flow->rows, *content);
    vlist_add(flow->list, VITEM_ROW, (uint32_t)flow->rows.length - 1, content->height,
        table->row_nodes[row]->span);
}

static void add_notes(const struct table *table, uint32_t row)
{
    for (uint32_t column = 0; column < table->columns; column++) {
        const struct table_cell *cell = &table->cells[row * table->columns + column];

        for (uint32_t i = 0; i < cell->note_count; i++)
            notes_add(table->flow, cell->notes[i].node);
    }
}

/* A row that is kept whole; its cells' text stands in the middle of its height. */
static void set_whole_row(const struct table *table, uint32_t row, struct row *content,
    struct cell *cells, unit pitch, unit pad)
{
    content->height = row_height(table, cells, pitch) + 2 * pad;
    for (uint32_t column = 0; column < table->columns; column++)
        cells[column].y =
            (content->height - cell_height(table, &cells[column], pitch)) / 2;
    content->cells = cells;
    if (row < table->header_rows)
        content->repeated = repeat_cells(table, row, cells);
    add_row(table, row, content);
}

/* Slice `index` of a tall row: a line of each cell, or behind the lines a row of images.
 * Returns its height. */
static unit cut_slice(const struct table *table, const struct cell *cells, uint32_t index,
    uint32_t lines, unit pitch, struct cell *ret_slice)
{
    unit height = index < lines ? pitch : 0;

    for (uint32_t column = 0; column < table->columns; column++) {
        struct cell *slice = &ret_slice[column];
        uint32_t end = cells[column].end, box = index - lines;

        *slice = cells[column];
        slice->start = index < end ? index : end;
        slice->end = index < end ? index + 1 : end;
        slice->box_count = index >= lines && box < cells[column].box_count;
        slice->first_box += slice->box_count > 0 ? box : 0;
        if (cell_height(table, slice, pitch) > height)
            height = cell_height(table, slice, pitch);
    }
    return height;
}

/* A row taller than a page: a slice for each line, breakable between. */
static void set_sliced_row(const struct table *table, uint32_t row, struct row *content,
    const struct cell *cells, uint32_t lines, unit pitch, unit pad)
{
    struct flow *flow = table->flow;
    uint32_t count = lines;

    for (uint32_t column = 0; column < table->columns; column++)
        if (lines + cells[column].box_count > count)
            count = lines + cells[column].box_count;
    for (uint32_t i = 0; i < count; i++) {
        struct cell *slice = ARENA_ARRAY(&flow->arena, table->columns, struct cell);
        unit above = i == 0 ? pad : 0;

        content->top = content->top && i == 0;
        content->bottom = i + 1 == count;
        content->height = cut_slice(table, cells, i, lines, pitch, slice) + above +
                          (content->bottom ? pad : 0);
        for (uint32_t column = 0; column < table->columns; column++)
            slice[column].y = above;
        content->cells = slice;
        add_row(table, row, content);
    }
}

static void set_row(struct table *table, uint32_t row, unit room)
{
    struct flow *flow = table->flow;
    const struct style *style = row_style(table, row);
    struct cell *cells = ARENA_ARRAY(&flow->arena, table->columns, struct cell);
    uint32_t lines = compose_row(table, row, cells);
    unit pitch = scaled(table, style, style->line_pitch);
    unit pad =
        (unit)unit_muldiv(scaled(table, style, style->size), CELL_PAD_HEIGHT, 1000);
    struct row content = {.cell_count = table->columns,
        .edges = table->edges,
        .rule = TABLE_RULE,
        .colour = style->colour,
        .top = row == 0 || table->header_rows == 0, /* else the row above has it */
        .bottom = true};

    if (row >= table->header_rows && row_height(table, cells, pitch) + 2 * pad > room)
        set_sliced_row(table, row, &content, cells, lines, pitch, pad);
    else
        set_whole_row(table, row, &content, cells, pitch, pad);
    add_notes(table, row);
}

/* All rows; the header's stay with the first of the others and stand again on each page.
 */
static void set_rows(struct table *table)
{
    struct vlist *list = table->flow->list;
    uint32_t start = (uint32_t)list->items.length, end = start;
    unit room = layout_area_height(table->flow->layout);

    for (uint32_t row = 0; row < table->rows && !table->flow->failed; row++) {
        uint32_t first;

        anchors_mark(table->flow, table->row_nodes[row], table->structure);
        first = (uint32_t)list->items.length;
        set_row(table, row, room);
        if (row < table->header_rows) {
            room -= list->items.data[first].height;
            end = (uint32_t)list->items.length;
            vlist_penalty(list, PENALTY_WITH_NEXT);
            continue;
        }
        for (uint32_t i = first; i < list->items.length; i++) {
            list->items.data[i].repeat_start = start;
            list->items.data[i].repeat_end = end;
        }
    }
}

/* Returns whether there is one: its white is then that above the table. */
static bool set_caption(struct flow *flow, const struct node *table, uint32_t structure)
{
    uint32_t parent = flow->parent;
    bool any = false;

    flow->parent = structure;
    for (const struct node *child = table->first_child; child != NULL;
         child = child->next)
        if (child->kind == NODE_CAPTION) {
            blocks_caption(flow, child, CAPTION_TABLE);
            any = true;
        }
    flow->parent = parent;
    return any;
}

void tables_set(struct flow *flow, const struct node *node)
{
    struct table table = {.flow = flow, .node = node};
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_TABLE, flow->parent);
    unit space = flow->layout->styles[ELEMENT_BODY].line_pitch / 2;
    bool captioned;

    table.structure = structure;
    captioned = set_caption(flow, node, structure);
    find_rows(&table);
    if (table.rows == 0 || table.columns == 0)
        return;
    choose_size(&table);
    table.cells =
        ARENA_ARRAY(&flow->arena, (size_t)table.rows * table.columns, struct table_cell);
    read_cells(&table, structure);
    if (flow->failed)
        return;
    choose_edges(&table);
    if (!captioned)
        vlist_skip(flow->list, space);
    anchors_mark(flow, node, structure);
    set_rows(&table);
    vlist_skip(flow->list, space);
    flow->after_heading = false;
}
