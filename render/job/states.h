/* states: what input files are like, now and when an issue was rendered from them.
 *
 *     path ── stat, once a run ──→ as recorded? ──→ the recorded hash
 *                                       └ no ──→ hash of the content
 *
 * A file whose size and time are the recorded ones is taken as unchanged, unless it was
 * changed so shortly before it was hashed that a clock of coarse grain could hide another
 * change: such a state is recorded without a time and is hashed again. That a file is not
 * there is a state, too (a series.yaml that may appear).
 */
#ifndef PAIBAN_JOB_STATES_H
#define PAIBAN_JOB_STATES_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"

#define STATE_MISSING (-1) /* size of a file that is not there */

struct file_state {
    const char *path; /* absolute */
    int64_t size;     /* bytes; STATE_MISSING */
    int64_t changed;  /* last change, ns since 1970; 0: not sure, hash again */
    uint64_t hash;    /* of the content; 0: missing or unreadable */
    bool recorded;    /* by an earlier run: size, changed and hash then */
    bool looked;      /* at the disk, in this run: size, changed and hash now */
    bool differs;     /* what is there now is not what was recorded */
};

struct states {
    struct arena arena;
    VEC(struct file_state *) list; /* in the arena, in order of adding */
    struct map paths;              /* path → struct file_state */
    struct map folders;            /* folder as written → its real path, in the arena */
    struct map names;              /* real path → the one copy of it, in the arena */
    bool changed; /* a record would be written differently than it was read */
};

void states_init(struct states *states);
void states_done(struct states *states); /* takes NULL */

/* Add what an earlier run recorded; the path is copied. */
void states_record(struct states *states, const struct file_state *state);
/* The state now: the disk is looked at once. */
const struct file_state *states_look(struct states *states, const char *path);
/* Look at the disk again at the next states_look(). */
void states_forget(struct states *states);
/* path with its folder made absolute and free of symbolic links; a folder that does not
 * exist is left as it is. The states keep one copy of each, however often it is asked. */
const char *states_path(struct states *states, const char *path);
/* Hash of a content, as file_state.hash has it: never 0. */
uint64_t states_hash(struct text content);
/* Size and last change in ns of a file; size STATE_MISSING when there is none. */
void states_stat(const char *path, int64_t *ret_size, int64_t *ret_changed);

#endif
