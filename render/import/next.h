/* next: the next issue of a series, from the structure of its last one. */
#ifndef PAIBAN_IMPORT_NEXT_H
#define PAIBAN_IMPORT_NEXT_H

#include "content/document.h"

struct next_issue {
    struct arena arena;
    struct str text;  /* of the new issue */
    const char *path; /* where it goes */
};

/* Look for the last issue in folder. date: of the new one, year 0: the month after. False
 * after a fatal diagnostic. The result is to be ended in any case. */
bool next_issue_make(struct next_issue *next, struct files *files, const char *folder,
    struct date date, struct diagnostics *sink);
void next_issue_done(struct next_issue *next);

#endif
