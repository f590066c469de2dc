/* head: the facts of an issue → its head and, where there is none, series.yaml. */
#ifndef PAIBAN_IMPORT_HEAD_H
#define PAIBAN_IMPORT_HEAD_H

#include "import/import.h"
#include "import/issue.h"

/* Write the head to result->issue and what all issues share to result->series. False
 * after a fatal diagnostic: a series.yaml that cannot be read. */
bool import_write_head(struct import_result *result, struct import_issue *issue,
    struct files *files, const struct import_options *options, struct diagnostics *sink);

#endif
