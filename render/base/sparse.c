/* sparse: open addressing with linear probing. See sparse.h. */
#include "base/sparse.h"

#include <string.h>
#include "base/vec.h"

#define SLOTS_FIRST 256 /* a power of two */

struct sparse_slot {
    uint32_t index;
    uint32_t value; /* of an unused slot: 0, as index is */
    uint32_t used;  /* 1: holds an index, perhaps with the value 0 */
};

void sparse_done(struct sparse *sparse)
{
    memory_free(sparse->slots);
    *sparse = (struct sparse){0};
}

/* The slot that holds an index, or the unused one where it would go. */
static struct sparse_slot *find(const struct sparse *sparse, uint32_t index)
{
    /* Knuth, The Art of Computer Programming 3, 6.4: multiplicative hashing */
    size_t at = (size_t)(index * UINT32_C(2654435769)) >> 7;
    for (;; at++) {
        struct sparse_slot *slot = &sparse->slots[at & (sparse->slot_count - 1)];
        if (slot->used == 0 || slot->index == index)
            return slot;
    }
}

uint32_t sparse_get(const struct sparse *sparse, uint32_t index)
{
    return sparse->length > 0 ? find(sparse, index)->value : 0;
}

static void grow(struct sparse *sparse)
{
    struct sparse old = *sparse;
    sparse->slot_count = old.slot_count > 0 ? old.slot_count * 2 : SLOTS_FIRST;
    sparse->slots = memory_alloc(sparse->slot_count * sizeof *sparse->slots);
    for (size_t i = 0; i < old.slot_count; i++) {
        if (old.slots[i].used != 0)
            *find(sparse, old.slots[i].index) = old.slots[i];
    }
    memory_free(old.slots);
}

void sparse_set(struct sparse *sparse, uint32_t index, uint32_t value)
{
    if ((sparse->length + 1) * 3 > sparse->slot_count * 2)
        grow(sparse);
    struct sparse_slot *slot = find(sparse, index);
    sparse->length += slot->used == 0;
    *slot = (struct sparse_slot){index, value, 1};
}

void sparse_clear(struct sparse *sparse)
{
    if (sparse->length > 0)
        memset(sparse->slots, 0, sparse->slot_count * sizeof *sparse->slots);
    sparse->length = 0;
}
