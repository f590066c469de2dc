/* batch_parts: what the files of the batch share with one another: batch.c (folders,
 * locks, manifests), batch_plan.c, batch_run.c. */
#ifndef PAIBAN_JOB_BATCH_PARTS_H
#define PAIBAN_JOB_BATCH_PARTS_H

#include "job/batch.h"
#include "job/render.h"

/* Make OUT, lock it, remove stray temporaries, read manifest and journal. False after a
 * fatal diagnostic. */
bool batch_open(struct batch *batch);
/* Sync the file system, replace the manifest, remove the journal. False: told. */
bool batch_save(struct batch *batch);
/* What the fingerprints of this run begin with. */
uint64_t batch_seed(const struct batch *batch);
/* Remove a file; true when it is not there afterwards. */
bool batch_remove(const char *path);

#endif
