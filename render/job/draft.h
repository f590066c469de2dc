/* draft: an issue in which a placeholder is left is no issue yet.
 *
 * 【待填】 or 【待填：…】 in the text of an issue, in its head or in its series.yaml stops the
 * build, each told at its place, unless a draft is wanted; the pages of a draft are marked.
 * Code and comments may name placeholders: they say nothing that is printed for a reader.
 */
#ifndef PAIBAN_JOB_DRAFT_H
#define PAIBAN_JOB_DRAFT_H

#include "job/build.h"

/* Look at the document that the job has read. False when it is refused, after fatal
 * diagnostics; for a draft the head says so afterwards. */
bool job_draft_check(struct job *job, const struct job_options *options);

#endif
