/* target: the files that an output goes to.
 *
 *     source        -o          target
 *     a/b.md        (none)      a/b.pdf
 *     a/b.md        out/        out/b.pdf           out is a folder or ends with a slash
 *     a/b.md        c.pdf       c.pdf
 *     any           -           standard output
 * A format with a file per page puts the page's number, with leading zeros, before the
 * extension: b-01.png … b-11.png.
 */
#ifndef PAIBAN_JOB_TARGET_H
#define PAIBAN_JOB_TARGET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include "base/arena.h"

/* Is output (as -o has it) a folder to put files into? */
bool job_target_is_folder(const char *output);
/* The target of a source; output may be NULL. Both live in arena. */
const char *job_target(
    struct arena *arena, const char *source, const char *output, const char *extension);
/* target with the number of a page (from 1) of so many before its extension. */
const char *job_target_page(
    struct arena *arena, const char *target, uint32_t page, uint32_t pages);
/* Does the path name this file? */
bool job_target_is(const struct stat *file, const char *path);

#endif
