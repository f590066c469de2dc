/* tables: pipe tables: column widths by content, rows that stay whole. Private to flow/.
 */
#ifndef PAIBAN_FLOW_TABLES_H
#define PAIBAN_FLOW_TABLES_H

#include "flow/state.h"

void tables_set(struct flow *flow, const struct node *table);

#endif
