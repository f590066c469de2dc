/* archive: rules across the issues of a folder.
 *
 * Issues are checked one by one; archive_add() notes what the comparison needs of each,
 * and archive_check() compares. An issue written in several languages or scripts
 * (2018-01-04.md, 2018-01-04.tc.md) is one issue: those of the same name up to the first
 * point are not compared with each other. */
#ifndef PAIBAN_CHECK_ARCHIVE_H
#define PAIBAN_CHECK_ARCHIVE_H

#include "base/files.h"
#include "check/check.h"

struct archive_text {
    struct text text;
    struct span span;
};

struct archive_issue {
    struct text variant; /* file name up to the first point */
    struct text series;  /* masthead without number and date */
    struct date date;
    int32_t issue, total;
    struct span span;                 /* where findings about the issue stand */
    VEC(struct archive_text) titles;  /* of items */
    VEC(struct archive_text) sources; /* addresses */
    bool *off;                        /* by rule_index(): switched off in the head */
};

struct archive {
    struct arena arena;
    struct files files; /* copies of the issues: findings are placed in these */
    VEC(struct archive_issue) issues;
};

void archive_init(struct archive *archive);
void archive_done(struct archive *archive); /* takes NULL */
/* Note an issue; the check and its files may end afterwards. */
void archive_add(struct archive *archive, struct check *check);
/* Findings of all issues, into sink. */
void archive_check(struct archive *archive, struct diagnostics *sink);

#endif
