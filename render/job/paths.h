/* paths: where the program finds its data, its modules and its translations.
 *
 * Asked in this order, so that a program works from any working directory:
 *   1. PAIBAN_DATADIR, PAIBAN_MODULEDIR, PAIBAN_LOCALEDIR (tests, packagers);
 *   2. the build tree, when the executable lies in the folder it was built in;
 *   3. the install prefix, worked out from the executable: PREFIX/bin/paiban →
 *      PREFIX/share/paiban, PREFIX/LIBDIR/paiban, PREFIX/share/locale.
 * Rejected: only the configured prefix; a moved installation would not find itself.
 */
#ifndef PAIBAN_JOB_PATHS_H
#define PAIBAN_JOB_PATHS_H

#include "base/arena.h"

struct job_paths {
    const char *data;    /* folder that holds layouts/ and fonts/ */
    const char *modules; /* folder of the shared objects */
    const char *locales; /* folder of the catalogues: LANGUAGE/LC_MESSAGES/paiban.mo */
};

/* The paths live in arena. Never fails: whoever opens what is missing says so. */
void job_paths_find(struct arena *arena, struct job_paths *ret_paths);

#endif
