/* changes: "11 pages; changed: 3, 5-7": what render --changed-since and watch say. */
#ifndef PAIBAN_CMD_CHANGES_H
#define PAIBAN_CMD_CHANGES_H

#include "job/changes.h"

/* Append the number of pages and, unless changes is NULL, which of them differ. */
void changes_append(struct str *out, uint32_t pages, const struct page_changes *changes);
/* Print "issue.md: 11 pages; changed: 3" to standard output, or to standard error when
 * that is where the PDF goes. Returns an exit status. */
int changes_print(const char *issue, const struct book *book,
    const struct page_digests *old, bool to_errors);

#endif
