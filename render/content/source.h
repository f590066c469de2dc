/* source: an issue's body as cmark gets it, and the way back from there to the file.
 *
 * cmark is used for the block structure only. It gets a copy of the body, the feed, with
 * normal line ends, without control characters, and with those bytes masked that would
 * only matter to its inline parser (see source.c). Breaks map each feed offset back to a
 * byte of the file: between two breaks the difference is constant.
 */
#ifndef PAIBAN_CONTENT_SOURCE_H
#define PAIBAN_CONTENT_SOURCE_H

#include "base/files.h"
#include "base/vec.h"

#define SOURCE_MASK '\1' /* stands in the feed for a byte that cmark shall not see */

struct source_break {
    uint32_t at;    /* offset in the mapped text, in bytes */
    uint32_t place; /* offset in the file, in bytes */
};

/* A line that looks like [^label]: …; cmark gets a label of its own, [^n7]:. */
struct source_footnote {
    uint32_t line;     /* feed line, from 0 */
    struct text label; /* as typed */
    struct span span;  /* of the label */
};

struct source {
    struct text bytes;                     /* the whole file */
    uint32_t file;                         /* its index */
    struct str feed;                       /* what cmark gets */
    VEC(struct source_break) breaks;       /* feed offset → file offset */
    VEC(uint32_t) lines;                   /* feed offset of each line's start */
    VEC(struct source_footnote) footnotes; /* in order */
};

/* Make the feed of the file's bytes from `body` on; tells dropped control characters. */
void source_init(struct source *source, const struct files *files, uint32_t file,
    size_t body, struct diagnostics *sink);
void source_done(struct source *source);
/* File offset of a byte in a mapped text. */
uint32_t source_place(const struct source_break *breaks, size_t count, size_t at);
struct text source_line(
    const struct source *source, size_t line); /* of the feed, without \n */
/* The [^label]: that stands on a feed line, or NULL. */
const struct source_footnote *source_footnote_on(
    const struct source *source, size_t line);

#endif
