/* trim: crop marks at the corners of a page, for the printer. Private to flow/.
 *
 *          │                 the marks stand outside the bleed and point at the corner where
 *          │                 the paper is cut
 *     ──     ┌──────────
 *            │ page
 * */
#ifndef PAIBAN_FLOW_TRIM_H
#define PAIBAN_FLOW_TRIM_H

#include "flow/state.h"

/* Give a page its bleed and, where the layout asks for them, its marks. */
void trim_emit(struct flow *flow, uint32_t page);

#endif
