/* issue_options: from what was given to what a job takes; see issue_options.h. */
#include "cmd/issue_options.h"

bool issue_options_apply(
    const struct issue_options *options, struct job_options *job, struct str *problem)
{
    job->layout = options->layout;
    job->paper = options->paper;
    job->root = options->root;
    job->allowed = (const char *const *)options->allowed.list.data;
    job->allowed_count = options->allowed.list.length;
    return options_limits(&options->limits, &job->limits, problem);
}

void issue_options_done(struct issue_options *options)
{
    operands_done(&options->allowed);
    operands_done(&options->limits);
}
