/* build: one issue from its file to a book of pages. Every command that makes pages calls
 * job_build(); there is no second rendering path.
 *
 *     job_build ── document_read ── layout_load ── fonts_open (once) ── flow_build → book
 *                        └ dump=tree    └ dump=layout   dump=clusters, lines, flow, pages
 *
 * A struct job lives over many issues: the fonts, the shaper, the layouts and the cache of
 * composed paragraphs stay warm; the diagnostics, the document and the files that were
 * read are those of the last build and go with the next one, so that a job does not grow
 * with the issues it has built (only what was read up to the opening of the fonts stays:
 * fonts.c keeps places in roles.yaml).
 *
 * Which layout: --layout, else the head, else series.yaml, else “base”. A layout
 * that --layout or series.yaml names must exist; a head that names an unknown one was
 * written for another program (Jekyll's `layout: default`): a warning, and “base” is
 * used.
 */
#ifndef PAIBAN_JOB_BUILD_H
#define PAIBAN_JOB_BUILD_H

#include "base/files.h"
#include "content/document.h"
#include "font/fonts.h"
#include "image/image.h"
#include "job/paths.h"
#include "job/stage.h"
#include "layout/cache.h"
#include "page/book.h"
#include "para/paragraph.h"

/* What a placeholder that is left means (draft.h). */
enum draft_mode {
    DRAFT_REFUSED, /* no pages */
    DRAFT_IGNORED, /* pages as they are (check: a rule of its own tells) */
    DRAFT_ALLOWED, /* marked pages (watch) */
    DRAFT_WANTED   /* marked pages, also when none is left (--draft) */
};

struct job_options {
    const char *layout;  /* name or path; NULL: as the issue says */
    const char *paper;   /* "A4"; NULL: the layout's */
    enum job_stage dump; /* STAGE_NONE: no dump */
    const char *root; /* of image addresses that begin with /; NULL: the series' folder */
    const char *const *allowed; /* further folders that images may come from */
    size_t allowed_count;
    struct limits limits;  /* zeroed: the usual ones */
    enum draft_mode draft; /* zeroed: an issue with placeholders is refused */
};

struct job {
    struct arena arena;      /* of the paths */
    struct job_paths paths;  /* data and modules */
    struct files files;      /* inputs of the last build, behind those that stay */
    size_t files_kept;       /* the first files: they stay as long as the fonts do */
    size_t files_first;      /* index of the first file of the last build */
    size_t fonts_first, fonts_end; /* indices of the files that fonts_open() read */
    struct diagnostics sink; /* of the last build and what was drawn from it */
    struct images images;    /* kept over builds, within limits */
    struct fonts *fonts;     /* NULL until the first build needs them */
    struct shaper *shaper;   /* over fonts */
    struct composer *composer;   /* over shaper: the cache of composed paragraphs */
    bool once;                   /* by the caller: no build follows the first, so nothing
                                    is remembered for one */
    bool keeps_fonts;            /* by the caller: what is installed may be kept in the
                                    user's cache for the next start */
    struct page_cuts *cuts;      /* the caller's, of the next issue's last build; NULL: all
                                    pages are cut anew */
    struct document *document;   /* of the last build; the book may borrow from it */
    struct layout_cache layouts; /* kept over builds */
    const struct layout *layout; /* of the last build; of the cache */
    struct str dump;             /* the text that options.dump asked for */
    double seconds[PHASE_COUNT]; /* CPU time of the last build by phase */
};

void job_init(struct job *job);
void job_done(struct job *job); /* takes NULL */

/* Open the fonts now, before the first build: processes forked from here share them.
 * False after a fatal diagnostic in job->sink. */
bool job_warm(struct job *job);
/* Build the issue at path ("-": standard input). False after a fatal diagnostic in
 * job->sink; *ret_book is then empty. With dump tree or layout the book stays empty as
 * well. The book is valid until the next build of this job; the caller ends it with
 * book_done(). */
bool job_build(struct job *job, const char *path, const struct job_options *options,
    struct book *ret_book);

#endif
