/* lists: bullet and ordered lists with hanging labels (凸排). Private to flow/. */
#ifndef PAIBAN_FLOW_LISTS_H
#define PAIBAN_FLOW_LISTS_H

#include "flow/state.h"

void lists_set(struct flow *flow, const struct node *list);

#endif
