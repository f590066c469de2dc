/* result: the first fatal diagnostic decides; see result.h.
 *
 * Whether a name came from an option is seen by its place: what options name has none.
 */
#include "job/result.h"

static const struct {
    enum diag_id id;
    bool only_without_place;
    enum job_result result;
} fatal_results[] = {
    {DIAG_NO_SUCH_FILE, true, JOB_FILE},
    {DIAG_NOT_A_FILE, true, JOB_FILE},
    {DIAG_FILE_UNREADABLE, true, JOB_FILE},
    {DIAG_FILE_TOO_LARGE, true, JOB_FILE},
    {DIAG_OUTPUT_FAILED, false, JOB_FILE},
    {DIAG_OUTPUT_IS_INPUT, false, JOB_WRONG_OPTION},
    {DIAG_UNKNOWN_LAYOUT, true, JOB_WRONG_OPTION},
    {DIAG_UNKNOWN_PAPER, false, JOB_WRONG_OPTION},
    {DIAG_NO_ISSUES, false, JOB_WRONG_OPTION},
    {DIAG_SAME_OUTPUT, false, JOB_WRONG_OPTION},
    {DIAG_BATCH_LOCKED, false, JOB_FILE},
    {DIAG_NO_SHARDS, false, JOB_FILE},
    {DIAG_SHARD_MISSING, false, JOB_FILE},
};

static enum job_result fatal_result(const struct diagnostic *d)
{
    for (size_t i = 0; i < sizeof fatal_results / sizeof fatal_results[0]; i++) {
        if (fatal_results[i].id != d->id)
            continue;
        if (!fatal_results[i].only_without_place || d->span.file == SPAN_NO_FILE)
            return fatal_results[i].result;
    }
    return JOB_NOT_RENDERED;
}

enum job_result job_result(const struct diagnostics *sink)
{
    for (size_t i = 0; i < sink->list.length; i++) {
        if (diag_info(sink->list.data[i].id)->level == LEVEL_FATAL)
            return fatal_result(&sink->list.data[i]);
    }
    if (sink->count[LEVEL_WARNING] + sink->count[LEVEL_ERROR] > 0)
        return JOB_FINDINGS;
    return JOB_GOOD;
}
