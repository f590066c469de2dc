/* tables: see tables.h. */
#include "flow/tables.h"

#include "base/i18n.h"
#include "flow/blocks.h"

static void set_cells(struct flow *flow, const struct node *row)
{
    for (const struct node *cell = row->first_child; cell != NULL; cell = cell->next)
        blocks_node(flow, cell);
}

void tables_set(struct flow *flow, const struct node *table)
{
    diag_add(flow->sink, DIAG_NOT_LAID_OUT, table->span, NULL, node_kind_name(table->kind));
    for (const struct node *row = table->first_child; row != NULL; row = row->next) {
        if (row->kind == NODE_TABLE_ROW)
            set_cells(flow, row);
        else
            blocks_node(flow, row);
    }
}
