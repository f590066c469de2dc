/* marks: where a footnote's mark stands at a stop. Private to flow/. */
#ifndef PAIBAN_FLOW_MARKS_H
#define PAIBAN_FLOW_MARKS_H

#include "flow/runs.h"

/* Exchange marks and the stops beside them as the rule asks. */
void marks_place(struct run_list *list, enum note_marks rule);

#endif
