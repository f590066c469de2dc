/* lines: an old issue as printed lines, whatever they were read from.
 *
 *     text (lines.c) ─┐
 *                     ├─→ lines ─ furniture ─→ lines ─ outline ─→ blocks ─ markdown ─→ ISSUE.md
 *     PDF  (pdf.c) ───┘
 *
 * A line of a PDF has a place, a size and a weight; a line of a text has what pdftotext
 * leaves of them: the white space around it. Later stages ask `placed` which of the two
 * they have. */
#ifndef PAIBAN_IMPORT_LINES_H
#define PAIBAN_IMPORT_LINES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/files.h"
#include "base/unit.h"
#include "base/vec.h"

#define IMPORT_LINES_LIMIT 500000u     /* printed lines of one issue; more is refused */
#define IMPORT_PDF_LIMIT   (64u << 20) /* bytes of a PDF; more is refused */

/* A piece of a line that leads somewhere and does not say where itself, or that has ruby. */
struct import_link {
    uint32_t start, end; /* bytes of the line's text */
    struct text url;     /* in the arena */
    bool ruby;           /* url is what stands over the text */
};

enum line_role {
    LINE_TEXT,      /* of the issue */
    LINE_FURNITURE, /* running header, page number */
    LINE_TAKEN      /* said elsewhere: joined to the next line, or in the head */
};

struct import_line {
    struct text text; /* without white space at both ends; single spaces inside */
    struct span span; /* in the input; a PDF's lines have no place */
    uint32_t page;    /* from 1 */
    uint32_t blank;   /* blank lines before it */
    uint32_t indent;  /* columns of white space before it (text) */
    bool trailing;    /* white space stood behind it (text) */
    bool bold;        /* most of it (PDF) */
    enum line_role role;
    unit left, right;          /* from the page's left edge (PDF) */
    unit top, bottom;          /* from the page's top edge (PDF) */
    unit size;                 /* of most of its characters (PDF) */
    struct import_link *links; /* in order */
    uint32_t link_count;
};

struct import_source {
    struct arena arena;
    VEC(struct import_line) lines;
    const char *path;   /* of the input, for messages */
    bool placed;        /* the lines have places (PDF) */
    bool form_feeds;    /* pages are known */
    uint32_t pages;     /* at least 1 */
    unit page_height;   /* of the first page (PDF) */
    struct text header; /* the running header; "" when none was found */
};

void import_source_init(struct import_source *source, const char *path);
void import_source_done(struct import_source *source); /* takes NULL */
/* The lines of a text that pdftotext or a person made. False after a fatal diagnostic. */
bool import_lines_read(struct import_source *source, uint32_t file, struct text bytes,
    struct diagnostics *sink);
/* Single spaces inside, none at the ends, control characters dropped; in the arena. */
struct text import_tidy_line(struct arena *arena, struct text raw);

#endif
