/* block_table: a pipe table, with the exact place of each cell.
 *
 * cmark says where the rows are and how columns align; the cells are split here,
 * because cmark's columns are wrong in lists and quotes and it drops the cells that a
 * row has more than the header: those are kept, and the table gets as many columns.
 */
#include "content/blocks.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "content/chars.h"

#define CELLS_LIMIT 1000 /* cells of a row; the last one holds the rest */

size_t block_table_lead(cmark_node *table)
{
    const char *content = cmark_node_get_string_content(table);
    size_t lines = 0;
    for (const char *c = content; c != NULL && *c != '\0'; c++)
        lines += *c == '\n' && c[1] != '\0';
    return lines;
}

static size_t quotes_around(cmark_node *node)
{
    size_t count = 0;
    for (; node != NULL; node = cmark_node_parent(node))
        count += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    return count;
}

/* Behind the white space and quote marks at a line's start. */
static size_t skip_containers(struct text line, size_t quotes)
{
    size_t at = 0;
    while (at < line.length) {
        if (line.data[at] == '>' && quotes > 0)
            quotes--;
        else if (line.data[at] != ' ' && line.data[at] != '\t')
            break;
        at++;
    }
    return at;
}

static size_t cell_end(struct text line, size_t at)
{
    while (at < line.length && line.data[at] != '|') {
        bool escape = line.data[at] == '\\' && at + 1 < line.length &&
                      char_is_ascii_mark((unsigned char)line.data[at + 1]);
        at += escape ? 2 : 1;
    }
    return at < line.length ? at : line.length;
}

static void add_cell(
    struct blocks *blocks, struct node *row, size_t line, size_t from, size_t to)
{
    const struct source *source = &blocks->reader->source;
    struct text t = source_line(source, line);
    while (from < to && (t.data[from] == ' ' || t.data[from] == '\t'))
        from++;
    while (to > from && (t.data[to - 1] == ' ' || t.data[to - 1] == '\t'))
        to--;
    struct gather gather;
    gather_init(&gather);
    gather.pipes = true;
    size_t start = source->lines.data[line];
    gather_feed(&gather, source, start + from, start + to);
    size_t place = source_place(source->breaks.data, source->breaks.length, start + from);
    struct inline_text text = gather_finish(&gather, blocks->reader, place);
    gather_done(&gather);
    struct node *cell = node_new(blocks->reader->arena, NODE_TABLE_CELL, text.span);
    node_append(row, cell);
    blocks_pend(blocks, cell, &text);
}

/* The cells of the line, from `at` on. Returns how many. */
static uint32_t add_cells(struct blocks *blocks, struct node *row, size_t line, size_t at)
{
    struct text t = source_line(&blocks->reader->source, line);
    uint32_t count = 0;
    at += at < t.length && t.data[at] == '|';
    while (at < t.length) {
        size_t end = count + 1 < CELLS_LIMIT ? cell_end(t, at) : t.length;
        bool rest = end == t.length;
        if (rest && text_trim(text_slice(t, at, end)).length == 0 && count > 0)
            break;
        add_cell(blocks, row, line, at, end);
        count++;
        at = end + 1;
    }
    return count;
}

static uint32_t add_row(struct blocks *blocks, struct node *table, cmark_node *source_row,
    size_t line, size_t at)
{
    const struct source *source = &blocks->reader->source;
    struct text t = source_line(source, line);
    size_t start = source->lines.data[line];
    uint32_t first = source_place(source->breaks.data, source->breaks.length, start + at);
    uint32_t last =
        source_place(source->breaks.data, source->breaks.length, start + t.length);
    struct node *row = node_new(
        blocks->reader->arena, NODE_TABLE_ROW, reader_span(blocks->reader, first, last));
    row->u.row.header = cmark_gfm_extensions_get_table_row_is_header(source_row) != 0;
    node_append(table, row);
    uint32_t count = add_cells(blocks, row, line, at);
    uint32_t columns = table->u.table.column_count;
    while (count < columns) {
        struct span point = reader_span(blocks->reader, last, last);
        node_append(row, node_new(blocks->reader->arena, NODE_TABLE_CELL, point));
        count++;
    }
    return count;
}

static enum cell_align align_of(uint8_t letter)
{
    switch (letter) {
    case 'l':
        return ALIGN_LEFT;
    case 'c':
        return ALIGN_CENTRE;
    case 'r':
        return ALIGN_RIGHT;
    default:
        return ALIGN_DEFAULT;
    }
}

static void set_columns(
    struct blocks *blocks, struct node *table, cmark_node *source_table, uint32_t count)
{
    uint32_t typed = cmark_gfm_extensions_get_table_columns(source_table);
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(source_table);
    table->u.table.columns = ARENA_ARRAY(blocks->reader->arena, count, enum cell_align);
    table->u.table.column_count = count;
    for (uint32_t i = 0; i < typed && i < count; i++)
        table->u.table.columns[i] = align_of(aligns[i]);
}

void block_table(struct blocks *blocks, cmark_node *source_table)
{
    const struct source *source = &blocks->reader->source;
    size_t lead = block_table_lead(source_table);
    size_t line = blocks_line(blocks, source_table) + lead;
    size_t quotes = quotes_around(source_table);
    struct node *table = node_new(blocks->reader->arena, NODE_TABLE, SPAN_NONE);
    blocks_add(blocks, table);
    uint32_t columns = cmark_gfm_extensions_get_table_columns(source_table);
    table->u.table.column_count = columns;
    cmark_node *row = cmark_node_first_child(source_table);
    for (bool header = true; row != NULL; row = cmark_node_next(row), header = false) {
        line = header ? line : blocks_line(blocks, row);
        if (line >= source->lines.length)
            break;
        int column = cmark_node_get_start_column(source_table);
        size_t at = header && lead == 0 && column > 0
                        ? (size_t)column - 1
                        : skip_containers(source_line(source, line), quotes);
        uint32_t count = add_row(blocks, table, row, line, at);
        columns = count > columns ? count : columns;
    }
    set_columns(blocks, table, source_table, columns);
    const struct node *first = table->first_child;
    const struct node *last = table->last_child;
    if (first != NULL)
        table->span = reader_span(
            blocks->reader, first->span.offset, last->span.offset + last->span.length);
}
