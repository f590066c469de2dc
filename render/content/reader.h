/* reader: what all files of content/ share while one issue is read.
 *
 * The stages, in order: source.c makes the text that cmark sees, blocks.c turns cmark's
 * blocks into nodes and remembers the text of each (struct inline_text), inline.c parses
 * those texts, shape.c makes sections, items and source lines of the flat blocks.
 */
#ifndef PAIBAN_CONTENT_READER_H
#define PAIBAN_CONTENT_READER_H

#include "base/hash.h"
#include "base/vec.h"
#include "content/document.h"
#include "content/source.h"

/* The text of one block without the marks of its containers; lines end with \n. */
struct inline_text {
    struct text bytes;                 /* controls dropped, tabs as spaces */
    const struct source_break *breaks; /* bytes offset → file offset, ascending */
    size_t break_count;                /* at least 1 unless bytes is empty */
    struct span span;                  /* from the first byte to the last */
};

struct pending {
    struct node *node;       /* gets the inlines */
    struct inline_text text; /* to be parsed */
};

/* A link reference definition: [label]: url "title". */
struct definition {
    struct text url;   /* escapes and entities resolved */
    struct text title; /* "" when none */
};

struct reader {
    struct document *document;
    struct arena *arena; /* the document's */
    struct files *files;
    struct diagnostics *sink;
    struct source source;
    VEC(struct pending)
    pending;                /* texts of blocks, parsed once all definitions are known */
    struct map definitions; /* label, folded → struct definition */
    struct map footnotes;   /* label, folded → NODE_FOOTNOTE */
    struct map entities;    /* name → struct text, what cmark said */
    struct map raw_kinds;   /* kinds of raw HTML that were told */
    VEC(struct node *) footnote_list; /* in document order */
    VEC(struct directive) directives; /* comments for check/ */
    bool nesting_told;                /* DIAG_NESTING was added */
    bool inline_nesting_told;         /* DIAG_INLINE_NESTING was added */
    bool western; /* lang is en: a line end beside “ ” means a space */
};

struct span reader_span(
    const struct reader *reader, size_t start, size_t end); /* file offsets */
/* A label as it is compared: ASCII lower case, white space runs as one space. In the
 * arena. */
struct text reader_fold_label(struct reader *reader, struct text label);

#endif
