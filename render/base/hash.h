/* hash: a 64-bit hash of bytes, and a map from byte strings to pointers.
 *
 * The hash is the same on every machine (it names cached paragraphs and page digests).
 * The map keeps insertion order, so whatever is printed from it repeats.
 */
#ifndef PAIBAN_BASE_HASH_H
#define PAIBAN_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

#define HASH_SEED UINT64_C(0x9E3779B97F4A7C15)

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length);
uint64_t hash_text(uint64_t seed, struct text t);
uint64_t hash_u64(uint64_t seed, uint64_t value);
/* One more word of many: a round of XXH64 (Collet, "xxHash fast digest algorithm", 0.1.1,
 * step 2), which mixes too little to be taken without a hash_u64() behind the last. */
static inline uint64_t hash_step(uint64_t hash, uint64_t word)
{
    hash += word * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (hash << 31 | hash >> 33) * UINT64_C(0x9E3779B185EBCA87);
}
/* Another hash of bytes, for whole files: quicker from some kilobytes on. */
uint64_t hash_contents(uint64_t seed, struct text contents);

struct map_entry {
    struct text key; /* owned by the map */
    uint64_t hash;   /* of the key */
    void *value;     /* borrowed */
};

struct map {
    struct map_entry *entries; /* in order of insertion */
    size_t length;
    size_t capacity;
    uint32_t *slots;   /* open addressing; entry index + 1, 0 = empty */
    size_t slot_count; /* a power of two */
};

void map_init(struct map *map);
void map_done(struct map *map); /* takes NULL; values are not freed */
void *map_lookup(const struct map *map, struct text key); /* NULL when absent */
void map_set(struct map *map, struct text key, void *value); /* replaces */

#endif
