/* watermark: a pale text across each page, below everything else. Private to flow/. */
#ifndef PAIBAN_FLOW_WATERMARK_H
#define PAIBAN_FLOW_WATERMARK_H

#include "flow/state.h"

/* Draw it on a page, which has no items yet. */
void watermark_emit(struct flow *flow, uint32_t page);

#endif
