/* tails: what stands at the right end of a block's last line: a page number behind a
 * leader, the date of a masthead's line. Private to flow/.
 *
 *     上海：支持医疗机构发展互联网医疗 ………………… 3
 *     └── text ──────────────────┘ └─ leader ─┘ └ tail
 * */
#ifndef PAIBAN_FLOW_TAILS_H
#define PAIBAN_FLOW_TAILS_H

#include "flow/blocks.h"

struct tail {
    uint32_t setting; /* FLOW_NONE: nothing */
    uint32_t leader;  /* FLOW_NONE: none */
    unit room;        /* that the text leaves free for it */
};

/* Compose a block's tail and leader for a measure of `width`. */
struct tail tails_compose(struct flow *flow, const struct block *block, unit width);

#endif
