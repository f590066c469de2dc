/* stage: the stages of a build by name, for --dump and --timings.
 *
 *     tree → layout → clusters → lines → flow → pages
 *
 * A dump of a stage is the text that the stage's own x_dump() gives; what comes after it
 * is not run where that can be spared (tree, layout).
 */
#ifndef PAIBAN_JOB_STAGE_H
#define PAIBAN_JOB_STAGE_H

#include <stdbool.h>

/* What --dump shows. */
enum job_stage {
    STAGE_NONE,
    STAGE_TREE,
    STAGE_LAYOUT,
    STAGE_CLUSTERS,
    STAGE_LINES,
    STAGE_FLOW,
    STAGE_PAGES,
    STAGE_COUNT
};

#define JOB_STAGE_NAMES                                                                  \
    "tree|layout|clusters|lines|flow|pages" /* in the order of the enum */

bool job_stage_parse(const char *name, enum job_stage *ret_stage);

/* What --timings measures. */
enum job_phase {
    PHASE_READ,
    PHASE_LAYOUT,
    PHASE_FONTS,
    PHASE_FLOW,
    PHASE_DRAW,
    PHASE_COUNT
};

const char *job_phase_name(enum job_phase phase); /* "read" */
/* CPU time of the process so far, in seconds. */
double job_cpu_seconds(void);

#endif
