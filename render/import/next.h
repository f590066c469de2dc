/* next: the next issue of a series, from the structure of its last one; the first issue of
 * a folder that has none, from a starter of the layout (layouts/starter/). */
#ifndef PAIBAN_IMPORT_NEXT_H
#define PAIBAN_IMPORT_NEXT_H

#include "content/document.h"

struct next_issue {
    struct arena arena;
    struct str text;         /* of the new issue */
    const char *path;        /* where it goes */
    struct str series;       /* the text of a new series.yaml; "" when none is wanted */
    const char *series_path; /* where that goes; NULL when none is wanted */
};

struct next_options {
    const char *folder; /* of the series; it need not exist */
    const char *data;   /* folder that holds layouts/ */
    const char *layout; /* of a first issue; NULL: that of series.yaml, else monthly */
    struct date date;   /* year 0: the month after the last issue's, else this month */
};

/* Make the texts; nothing is written. False after a fatal diagnostic. The result is to be
 * ended in any case. */
bool next_issue_make(struct next_issue *next, struct files *files,
    const struct next_options *options, struct diagnostics *sink);
/* The first issue, into a next that was begun. */
bool next_issue_start(struct next_issue *next, struct files *files,
    const struct next_options *options, struct diagnostics *sink);
/* YYYY-MM or YYYY-MM-DD; 【待填】 for none. */
void next_append_date(struct str *out, struct date date);
void next_issue_done(struct next_issue *next);

#endif
