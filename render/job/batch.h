/* batch: an archive of issues to a tree of PDFs, rendering only what has changed.
 *
 *     discover ─→ issues ─┐
 *     manifest ─→ records ┴─ plan ─→ why each is rendered, or nothing
 *                                  ─ workers ─→ PDFs, journal ─ syncfs ─→ manifest
 *
 * Durable: a PDF replaces the old one by rename; the file system is synced once before
 * the manifest that speaks of them replaces the old one. What a killed run has finished
 * is in the journal, and the next run goes on from there. Temporaries that a killed run
 * has left are removed.
 *
 * One run at a time works on an output folder: it holds a lock on OUT/.manifest.lock,
 * shards share that one and lock their own.
 *
 * Rejected: a scheduler over machines. --shard splits the work by a stable hash of the
 * output's name, whatever runs the shards; --merge joins their manifests.
 */
#ifndef PAIBAN_JOB_BATCH_H
#define PAIBAN_JOB_BATCH_H

#include "job/build.h"
#include "job/discover.h"
#include "job/manifest.h"

/* Why an issue is rendered. */
enum batch_reason {
    REASON_NONE,    /* it is not */
    REASON_NEW,     /* the manifest does not know it */
    REASON_FORCED,  /* --force */
    REASON_FAILED,  /* it failed the last time */
    REASON_PROGRAM, /* another version of the program */
    REASON_OPTIONS, /* other options */
    REASON_FONTS,   /* other fonts for the roles */
    REASON_SOURCE,  /* the output's name belonged to another issue */
    REASON_INPUT,   /* a file has changed, appeared or gone */
    REASON_OUTPUT   /* the output is gone or was changed */
};

enum batch_outcome { OUTCOME_WAITING, OUTCOME_UNCHANGED, OUTCOME_DONE, OUTCOME_FAILED };

struct batch_issue {
    const struct issue *issue;
    const struct record *record; /* the last known; NULL: none */
    enum batch_reason reason;
    const char *because; /* REASON_INPUT: the file, when it is known; else NULL */
    enum batch_outcome outcome;
};

struct batch_options {
    struct job_options job;
    const char *out;             /* folder; made when it does not exist */
    const char *match;           /* see struct discovery */
    uint32_t workers;            /* 0: as many as there are cores for this process */
    uint32_t shard, shard_count; /* count 0: no shards */
    uint32_t cpu_seconds;        /* of one issue */
    size_t memory;               /* bytes of a worker */
    enum diag_level least;       /* of the findings that are kept as text */
    bool force, prune;
};

struct batch {
    const struct batch_options *options;
    struct job job; /* its sink has what the batch itself finds; its fonts are shared */
    struct arena arena;
    struct issue_list issues;
    VEC(struct batch_issue) list; /* as issues.list */
    VEC(uint32_t) queue;          /* indices in list that are rendered */
    struct manifest manifest;
    uint64_t setup[SETUP_COUNT]; /* of this run */
    const char *manifest_path, *journal_path;
    struct states states; /* in a worker: of inputs */
    uint32_t begun;       /* in a worker: issues */
    struct pdf_cache *pdf_cache; /* in a worker: from one PDF to the next; owned */
    const struct device *device;
    int lock, shard_lock;                               /* descriptors; −1 */
    int journal;                                        /* descriptor; −1 */
    uint32_t rendered, failed, unchanged, gone, pruned; /* issues */
    double started;                                     /* seconds of the clock */
    size_t memory;                                      /* a worker's peak, bytes */
    double cpu_seconds;                                 /* of all workers */
    /* What the caller shows; context is his. An issue was rendered or has failed; time
     * goes by; the issue of a record is gone (pruned: its output, too). */
    void *context;
    void (*on_issue)(const struct batch *batch, const struct batch_issue *issue);
    void (*on_time)(const struct batch *batch);
    void (*on_gone)(const struct batch *batch, const struct record *record, bool pruned);
};

enum batch_result {
    BATCH_DONE,    /* issues may have failed: failed says how many */
    BATCH_REFUSED, /* a fatal diagnostic in job.sink; nothing was rendered */
    BATCH_UNSAVED, /* rendered, but the manifest could not be written: told in job.sink */
    BATCH_STOPPED  /* by a signal: *ret_signal */
};

void batch_init(struct batch *batch, const struct batch_options *options);
void batch_done(struct batch *batch); /* takes NULL */

/* Find the issues, read the manifest, decide what is to be rendered. */
enum batch_result batch_plan(
    struct batch *batch, char *const *operands, size_t operand_count);
/* Render; write the manifest. */
enum batch_result batch_run(struct batch *batch, int *ret_signal);
/* Join the manifests of all shards in OUT to one and remove them. */
enum batch_result batch_merge(struct batch *batch);
/* Replace path ("-": standard output) by a report in JSON: every issue of the run with
 * what was made of it and what was found. False: told in job.sink. */
bool batch_report(struct batch *batch, const char *path);
/* Seconds of a clock that is never set. */
double batch_clock(void);
const char *batch_reason_name(enum batch_reason reason); /* translated */

#endif
