/* stage: names of stages and phases; the clock. See stage.h. */
#include "job/stage.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

static const char *const stage_names[STAGE_COUNT] = {
    [STAGE_TREE] = "tree",
    [STAGE_LAYOUT] = "layout",
    [STAGE_CLUSTERS] = "clusters",
    [STAGE_LINES] = "lines",
    [STAGE_FLOW] = "flow",
    [STAGE_PAGES] = "pages",
};

static const char *const phase_names[PHASE_COUNT] = {
    [PHASE_READ] = "read",
    [PHASE_LAYOUT] = "layout",
    [PHASE_FONTS] = "fonts",
    [PHASE_FLOW] = "flow",
    [PHASE_DRAW] = "draw",
};

bool job_stage_parse(const char *name, enum job_stage *ret_stage)
{
    for (size_t i = STAGE_TREE; i < STAGE_COUNT; i++) {
        if (strcmp(stage_names[i], name) == 0) {
            *ret_stage = (enum job_stage)i;
            return true;
        }
    }
    return false;
}

const char *job_phase_name(enum job_phase phase)
{
    return phase_names[phase];
}

double job_cpu_seconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
        return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
