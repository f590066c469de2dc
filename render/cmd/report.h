/* report: diagnostics to standard error, a summary line, timings.
 *
 * Colours only on a terminal and where NO_COLOR is not set (no-color.org).
 */
#ifndef PAIBAN_CMD_REPORT_H
#define PAIBAN_CMD_REPORT_H

#include "job/build.h"

/* Print what the last build found; quiet: errors only. */
void report_diagnostics(const struct job *job, bool quiet);
/* "samples/2021-05.md: 1 error, 2 warnings, 3 notes"; nothing when there is nothing. */
void report_summary(const struct job *job, const char *path);
/* CPU time by phase, one a line. */
void report_timings(const struct job *job, const char *path);

#endif
