/* result: what the diagnostics of a build mean for the command that asked for it. */
#ifndef PAIBAN_JOB_RESULT_H
#define PAIBAN_JOB_RESULT_H

#include "base/diag.h"

/* In order of weight: of several issues the last one counts. */
enum job_result {
    JOB_GOOD,         /* rendered, notes at most */
    JOB_FINDINGS,     /* rendered, with warnings or errors */
    JOB_NOT_RENDERED, /* the issue could not be rendered */
    JOB_FILE,         /* its file or its output could not be opened, read or written */
    JOB_WRONG_OPTION  /* an option names what does not exist */
};

enum job_result job_result(const struct diagnostics *sink);

#endif
