/* columns: the items of a section side by side, where its heading asks for it. Private to
 * flow/. */
#ifndef PAIBAN_FLOW_COLUMNS_H
#define PAIBAN_FLOW_COLUMNS_H

#include "flow/emit.h"

/* Whether a heading (NULL: none) asks for columns: {columns=2}. */
bool columns_wanted(const struct node *heading);
/* A section's contents from `child` on: items in pairs, all else in the whole measure. */
void columns_set(struct flow *flow, const struct node *child);
void columns_emit(struct flow *flow, const struct pair *pair, struct line_place place);

#endif
