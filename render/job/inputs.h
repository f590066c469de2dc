/* inputs: every file that decided what an issue looks like.
 *
 * What job_build() read (the issue, series.yaml, the layouts, fonts/roles.yaml), the
 * files of the fonts that its pages show, the images that it asked for, and the files
 * that were looked for and not found: a series.yaml in a nearer folder, a layout that the
 * head names. The fingerprint is taken over paths and contents, in this order.
 */
#ifndef PAIBAN_JOB_INPUTS_H
#define PAIBAN_JOB_INPUTS_H

#include "job/build.h"
#include "job/states.h"

struct job_inputs {
    VEC(const char *) paths; /* absolute, in the states' arena */
    uint64_t fingerprint;    /* of paths and contents as the build read them */
};

/* The inputs of the last build; book may be empty (the build failed). seed: what else
 * decides (options, program). The list must be zeroed; the caller ends it with
 * vec_done(). */
void job_inputs(const struct job *job, const struct book *book, const char *issue,
    uint64_t seed, struct states *states, struct job_inputs *inputs);
/* The fingerprint of the same files as they are on the disk now. */
uint64_t job_inputs_now(
    struct states *states, const char *const *paths, size_t count, uint64_t seed);

#endif
