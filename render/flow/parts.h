/* parts: what stands around the issue's own text: cover, highlights, contacts. Private to
 * flow/. Each is in the file of its name. */
#ifndef PAIBAN_FLOW_PARTS_H
#define PAIBAN_FLOW_PARTS_H

#include "flow/state.h"

void cover_set(struct flow *flow); /* into flow->cover; nothing when there is no cover */
void highlights_set(struct flow *flow); /* counts as a section where the layout says so */
void contacts_set(struct flow *flow);

#endif
