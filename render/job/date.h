/* date: the moment that an output says it was made.
 *
 * SOURCE_DATE_EPOCH where it is set (reproducible-builds.org), else the issue's own date
 * at 0:00 UTC, so that the same issue gives the same bytes on every day. Never the clock.
 */
#ifndef PAIBAN_JOB_DATE_H
#define PAIBAN_JOB_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/diag.h"
#include "content/document.h"

/* Seconds since 1970 UTC of a date; a missing month or day is the first. */
int64_t job_date_seconds(int year, int month, int day);
/* False where neither is given: *ret_seconds is untouched. A SOURCE_DATE_EPOCH that is no
 * number of seconds is a warning. */
bool job_date(const struct head *head, struct diagnostics *sink, int64_t *ret_seconds);

#endif
