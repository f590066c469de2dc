/* furniture: running headers and page numbers, found and taken out of the lines. */
#ifndef PAIBAN_IMPORT_FURNITURE_H
#define PAIBAN_IMPORT_FURNITURE_H

#include "import/lines.h"

/* Give furniture its role, set source->header, and tell what was dropped. */
void furniture_drop(struct import_source *source, struct diagnostics *sink);

#endif
