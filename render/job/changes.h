/* changes: which pages of a book differ from those of an earlier one, by their digests.
 *
 * A PDF of ours carries a digest of what each page shows (out/pdf/metadata.c): private
 * data of its catalog. They are read without a PDF library: the objects of a small file
 * are inflated and searched. A file that another program has written anew mostly has lost
 * them; one of other programs never had any.
 */
#ifndef PAIBAN_JOB_CHANGES_H
#define PAIBAN_JOB_CHANGES_H

#include "job/build.h"

struct page_changes {
    VEC(uint32_t) list; /* pages from 1, ascending, that differ or are new */
    uint32_t before;    /* pages that the earlier one had */
};

/* The list must be ended with vec_done(). */
void page_changes_find(const struct book *book, const uint64_t *digests, uint32_t count,
    struct page_changes *ret_changes);

struct page_digests {
    VEC(uint64_t) list; /* in the order of pages */
};

/* The digests in a PDF. False after a diagnostic: it cannot be read (fatal), or has none
 * (a warning). The list must be zeroed, and ended with vec_done(). */
bool page_digests_read(
    const char *path, struct page_digests *digests, struct diagnostics *sink);
/* "3, 5-7" */
void page_list_print(const uint32_t *pages, uint32_t count, struct str *out);

#endif
