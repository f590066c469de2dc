/* anchors: the places that links, references and the outline can name. Private to flow/.
 *
 * All are found in one walk before anything is laid out, so that a highlight can point
 * forward. A name is the {#id} or the title, made unique by a number: it survives edits
 * elsewhere in the document.
 */
#ifndef PAIBAN_FLOW_ANCHORS_H
#define PAIBAN_FLOW_ANCHORS_H

#include "flow/state.h"

/* Find the anchors of the document. */
void anchors_collect(struct flow *flow);
/* A generated place: "highlights", "contacts". Returns its index. */
uint32_t anchors_add(struct flow *flow, const char *name);
/* The anchor of a {#id} or of a node; NULL when it has none. */
struct anchor *anchors_of_id(const struct flow *flow, struct text id);
struct anchor *anchors_of_node(const struct flow *flow, const struct node *node);
/* Put marks for node's anchor and those of its inlines into the list. structure: what
 * they stand for. */
void anchors_mark(struct flow *flow, const struct node *node, uint32_t structure);
/* The label of the page that an anchor was on in the last round ("?" when not known yet).
 */
const char *anchors_label(struct flow *flow, const struct anchor *anchor);

#endif
