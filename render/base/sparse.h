/* sparse: an array of numbers most of which are 0, in memory for those that are not.
 *
 * For what is kept by glyph: a face has 65,535, an issue some hundreds, and an array would
 * cost a page fault for nearly each of them. */
#ifndef PAIBAN_BASE_SPARSE_H
#define PAIBAN_BASE_SPARSE_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed is empty. */
struct sparse {
    struct sparse_slot *slots; /* open addressing; owned */
    size_t slot_count;         /* a power of two, or 0 */
    size_t length;             /* slots in use */
};

void sparse_done(struct sparse *sparse); /* leaves it empty; takes the never used, zeroed */
uint32_t sparse_get(const struct sparse *sparse, uint32_t index);
void sparse_set(struct sparse *sparse, uint32_t index, uint32_t value);
/* All become 0; the memory stays for the next. */
void sparse_clear(struct sparse *sparse);

#endif
