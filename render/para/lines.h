/* lines: one shaped paragraph → composed lines: boxes, breaks, justification, places. */
#ifndef PAIBAN_PARA_LINES_H
#define PAIBAN_PARA_LINES_H

#include "para/paragraph.h"

/* Compose text into *ret_composed, whose arrays live in arena; scratch is for the boxes
 * and may be reset afterwards. Tells overfull lines and runs that had to be broken. */
void lines_compose(struct arena *arena, struct arena *scratch,
    const struct paragraph_text *text, const struct line_rules *rules,
    struct measure measure, struct composed *ret_composed, struct diagnostics *sink);

#endif
