/* cache: layouts that were read, remembered over the issues of a job.
 *
 *     name, folders, paper ─→ a layout read before ─ its files as they were? ─→ the same
 *                                  └ none, or no ─→ layout_load() ─→ remembered
 *
 * Reading a layout costs more than composing an edited issue, and most issues of an
 * archive have the same one. The files of its chain are read again each time and their
 * bytes compared: that is a twentieth of what parsing them costs, and no clock is
 * trusted. They are registered in the job's files as if the layout had been read anew: places are
 * moved to where the files stand now, and what was found is told again. A layout that is
 * refused is not remembered.
 *
 * Rejected: comparing size and time of the files; two saves within the clock's grain
 * would give an editor the first one's layout.
 */
#ifndef PAIBAN_LAYOUT_CACHE_H
#define PAIBAN_LAYOUT_CACHE_H

#include "layout/layout.h"

#define LAYOUT_CACHE_MOST 16 /* layouts; an archive has a handful of kinds */

struct layout_cache {
    VEC(struct cached_layout *) list;
    uint64_t asked; /* layouts so far */
    uint64_t read;  /* of these, by layout_load() */
};

void layout_cache_init(struct layout_cache *cache);
void layout_cache_done(struct layout_cache *cache); /* takes NULL */
/* As layout_load(), with the paper that an option names (NULL: the layout's own) taken.
 * The cache owns the layout; it is valid until the next call. NULL after a fatal
 * diagnostic. */
const struct layout *layout_cache_load(struct layout_cache *cache, const char *name,
    const char *paper, struct span from, const struct layout_paths *paths,
    struct files *files, struct diagnostics *sink);

#endif
