/* manifest: what a batch knows of the issues that it has rendered.
 *
 *     OUT/manifest.json          of a whole batch
 *     OUT/manifest-2-of-8.json   of a shard, until --merge
 *     OUT/.manifest.json.journal lines added as issues are finished, until the next
 *                                manifest replaces both
 *
 * An issue's record holds its fingerprint (job/inputs.h), what was made of it and what
 * was found; the files that records name stand once, with size, time and hash, so that a
 * run in which nothing changed opens no file but the manifest.
 *
 * A line of the journal is a record as a worker sends it, with its files by name. The
 * journal begins with the id of the system's boot: its lines may name outputs that the
 * disk never got when the machine went down, so that after a restart it is not believed.
 *
 * The form is JSON, a record a line. A manifest that does not parse, lacks a field or was
 * written by a later program is no manifest: everything is rendered again, and told.
 */
#ifndef PAIBAN_JOB_MANIFEST_H
#define PAIBAN_JOB_MANIFEST_H

#include "base/diag.h"
#include "job/states.h"

#define MANIFEST_VERSION 1

/* What else than its inputs decides how an issue looks, hashed. */
enum setup_part { SETUP_PROGRAM, SETUP_OPTIONS, SETUP_FONTS, SETUP_COUNT };

struct record {
    const char *output;        /* below OUT; the key */
    const char *source;        /* absolute */
    const char *const *inputs; /* absolute, in the order of the fingerprint */
    uint32_t input_count;
    uint64_t fingerprint;        /* 0: never current */
    uint64_t setup[SETUP_COUNT]; /* hashes */
    bool done;                   /* false: it could not be rendered */
    uint32_t pages;
    const char *title, *date; /* as the head has them; "" none; date "2021-05" */
    uint32_t count[4];        /* of findings by level */
    const char *diagnostics;  /* printed */
    int64_t size, changed;    /* of the output as it was left; size STATE_MISSING: none */
    double seconds;           /* of CPU that it took */
};

struct manifest {
    struct arena arena;           /* of the records */
    VEC(struct record *) records; /* in order of first adding; NULL: removed */
    struct map outputs;           /* output → struct record */
    struct states states;         /* of all inputs */
    bool changed;                 /* since it was read */
};

void manifest_init(struct manifest *manifest);
void manifest_done(struct manifest *manifest); /* takes NULL */

struct record *manifest_lookup(const struct manifest *manifest, const char *output);
/* Add or replace; everything is copied. */
struct record *manifest_add(struct manifest *manifest, const struct record *record);
void manifest_remove(struct manifest *manifest, const char *output);

/* Read path into an empty manifest. False, after a warning, when it is damaged or newer;
 * true when there is none. */
bool manifest_read(struct manifest *manifest, const char *path, struct diagnostics *sink);
/* Replace path. Everything that it speaks of must be on the disk. */
bool manifest_write(
    struct manifest *manifest, const char *path, struct diagnostics *sink);
/* Add the lines of a journal of this boot; what is not whole at its end is left out. */
void manifest_read_journal(struct manifest *manifest, const char *path);

/* A record as one line of JSON with its end. */
void record_print(
    const struct record *record, const struct states *states, struct str *out);
/* Add a record from such a line. NULL: it is no record. */
struct record *manifest_add_line(struct manifest *manifest, struct text line);
/* The first line of a journal. */
void journal_print_head(struct str *out);

#endif
