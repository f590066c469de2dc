/* furniture: running headers and page numbers, found and taken out of the lines. */
#ifndef PAIBAN_IMPORT_FURNITURE_H
#define PAIBAN_IMPORT_FURNITURE_H

#include "import/lines.h"

/* Give furniture its role, set source->header, and tell what was dropped. */
void furniture_drop(struct import_source *source, struct diagnostics *sink);

/* 4, - 4 -, 第4页, 4/10, 第 4 页 共 10 页, Page 4 of 10. */
bool furniture_is_page_number(struct text t);
/* The text with every number as # and without white space, in the arena. */
struct text furniture_fold(struct arena *arena, struct text t);

#endif
