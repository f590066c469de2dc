/* watch: render again whenever something that an issue is made from is saved.
 *
 *     inotify ─→ a file of interest? ─→ quiet for a moment ─→ fingerprints ─→ job_build()
 *        └ none left: look at the files twice a second
 *
 * Folders are watched, not files: editors write a new file and rename it over the old
 * one. Of each issue its inputs are known (job/inputs.h), the missing ones too, so that
 * layouts, series.yaml and images count, and a file that is deleted and comes back. The
 * one struct job stays warm: only changed paragraphs are composed again. The digests of
 * the last build say which pages have changed.
 */
#ifndef PAIBAN_JOB_WATCH_H
#define PAIBAN_JOB_WATCH_H

#include "flow/pages.h"
#include "job/build.h"
#include "job/changes.h"
#include "job/discover.h"
#include "job/states.h"
#include "page/device.h"

struct watched {
    const char *path;         /* as given, to open and for messages */
    const char *target;       /* its PDF */
    VEC(const char *) inputs; /* absolute */
    uint64_t fingerprint;
    VEC(uint64_t) digests; /* of the pages of the last build */
    struct page_cuts cuts; /* where its pages end */
    bool built;            /* at least once */
    bool gone;             /* told that the issue is not there */
};

/* What happened to an issue. */
struct watch_event {
    const struct watched *issue;
    bool gone;                   /* it is not there any more; nothing else is set */
    bool rendered;               /* false: what was found says why; the old PDF stays */
    bool first;                  /* no earlier pages to compare with */
    uint32_t pages;              /* of the new book */
    struct page_changes changes; /* against the last build */
    uint64_t composed;           /* paragraphs that were not composed before */
    size_t joined;               /* last pages that end where they did */
    double seconds;              /* of CPU, from noticing to the new name */
};

struct watch {
    struct job job;
    struct job_options options;
    const char *out; /* as -o has it; NULL: beside the source */
    struct arena arena;
    struct states states;
    char *operand;                /* issue or folder */
    bool is_folder;               /* issues may appear below it */
    VEC(struct watched *) issues; /* in the arena */
    struct map known;             /* their paths → struct watched */
    struct map interesting;       /* path of an input → any */
    struct map folders;           /* path → watch descriptor + 1, as a pointer */
    const struct device *device;
    struct pdf_cache *pdf_cache; /* from one PDF to the next; owned */
    int inotify;   /* −1: the files are looked at in turns */
    bool discover; /* an issue may have appeared */
    void *context; /* of the call */
    const bool *ended; /* the caller's: when true, watch_run() returns; NULL: never */
    void (*on_event)(const struct watch *watch, const struct watch_event *event);
    void (*on_finding)(const struct watch *watch); /* the watch itself found something:
                                                      it is in job.sink */
};

#define WATCH_POLL 500 /* ms between two looks where there is no inotify */

void watch_init(struct watch *watch, char *operand, const char *out);
void watch_done(struct watch *watch); /* takes NULL */
/* Render all issues, then wait for changes and render again. Returns when *ended is true
 * after a rendering, or after a fatal diagnostic in job.sink: what is named does not
 * exist. */
void watch_run(struct watch *watch);

#endif
