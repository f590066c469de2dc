/* furniture: running header and footer. Private to flow/. */
#ifndef PAIBAN_FLOW_FURNITURE_H
#define PAIBAN_FLOW_FURNITURE_H

#include "flow/state.h"

/* Add header, its rule and footer to all pages that have them. sections: the text of
 * {section} for each page of the book; entries may be NULL. */
void furniture_emit(struct flow *flow, const char *const *sections);

#endif
