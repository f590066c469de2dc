/* rows: drawing table rows. Private to flow/. */
#ifndef PAIBAN_FLOW_ROWS_H
#define PAIBAN_FLOW_ROWS_H

#include "flow/emit.h"

/* One row with its lines; again: a header repeated on a later page, an artifact. */
void rows_emit(
    struct flow *flow, const struct row *row, struct line_place place, bool again);

#endif
