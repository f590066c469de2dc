/* limits: how much one document may ask for; one table of names, values and ranges.
 *
 * Each limit has a usual value that no bulletin comes near, and a range that --limit
 * NAME=N may choose from. What happens above it is said in docs/SECURITY.md: the document
 * is refused (source, pages), or goes on with less (nesting, columns, pixels, font), and
 * a diagnostic names the limit. A zeroed struct limits holds the usual values.
 *
 * CPU time and memory of an issue in batch are the workers' (job/workers.h). Limits that
 * nobody has a reason to move are constants where they are used. */
#ifndef PAIBAN_BASE_LIMITS_H
#define PAIBAN_BASE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

enum limit {
    LIMIT_SOURCE,  /* MiB of a text that is read */
    LIMIT_PAGES,   /* of a document */
    LIMIT_NESTING, /* lists and quotes in one another */
    LIMIT_COLUMNS, /* of a table */
    LIMIT_PIXELS,  /* millions, of an image */
    LIMIT_FONT,    /* MiB of a font file */
    LIMIT_COUNT
};

struct limits {
    uint32_t of[LIMIT_COUNT]; /* in the limit's unit; 0: the usual value */
};

struct limit_info {
    const char *name; /* as in --limit */
    const char *unit; /* "MiB"; "" for a count */
    uint32_t usual, least, most;
};

const struct limit_info *limit_info(enum limit limit);
/* In the limit's unit. */
uint32_t limit_of(const struct limits *limits, enum limit limit);
/* SOURCE, FONT: in bytes; PIXELS: in pixels. */
size_t limit_size(const struct limits *limits, enum limit limit);
/* Set one from "NAME=N". False: what is wrong is appended to problem. */
bool limits_set(struct limits *limits, const char *setting, struct str *problem);
/* "source (16 MiB), pages (5000) …", for help. */
void limits_list(struct str *out);

#endif
