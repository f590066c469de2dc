/* notes: footnotes at the foot of the page that has their mark. Private to flow/. */
#ifndef PAIBAN_FLOW_NOTES_H
#define PAIBAN_FLOW_NOTES_H

#include "flow/state.h"

#define NOTE_RULE_THICKNESS (UNIT_PT / 2)

/* Set a footnote and let the content just added carry it. A note stands once, at its
 * first mark. */
void notes_add(struct flow *flow, const struct node *footnote);
/* A footnote that no mark refers to: a block of its own, so that its text is not lost. */
void notes_set_unmarked(struct flow *flow, const struct node *footnote);
/* What the page breaker needs of all notes; in flow's arena. */
const struct note_lines *notes_lines(struct flow *flow);
/* Room above a page's first note, and the rule's length in it. */
unit notes_space(const struct flow *flow);
unit notes_rule_width(const struct flow *flow);

#endif
