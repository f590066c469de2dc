/* hash: multiply and shift by words of eight bytes; a map with open addressing.
 *
 * Each word is mixed in by the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast
 * splittable pseudorandom number generators", 2014, with Stafford's "Mix13" constants),
 * which changes half of the bits for each bit of the input. Words are read as
 * little-endian on every machine. It is no protection against an attacker who searches
 * for collisions: the map's keys come from files of limited size.
 *
 * Files are hashed in stripes of four words by four accumulators that don't wait for each
 * other: seven times as fast on 20 MB, where one waits for its multiplications.
 */
#include "base/hash.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/vec.h"

#define SLOTS_FIRST 16 /* slots of a map after its first entry; a power of two */
#define LANES       4  /* words of a stripe; their seeds differ */

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Eight bytes as a little-endian number; compilers make one load of it. */
static uint64_t load_word(const unsigned char *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
           (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
           (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* The last bytes, fewer than eight, likewise. */
static uint64_t load_rest(const unsigned char *bytes, size_t count)
{
    uint64_t word = 0;

    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)bytes[i] << 8 * i;
    return word;
}

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    uint64_t hash = seed ^ mix(length + HASH_SEED);

    for (; length >= 8; length -= 8, next += 8)
        hash = mix(hash + HASH_SEED + load_word(next));
    if (length > 0)
        hash = mix(hash + HASH_SEED + load_rest(next, length));
    return mix(hash);
}

uint64_t hash_contents(uint64_t seed, struct text contents)
{
    const unsigned char *bytes = (const unsigned char *)contents.data;
    size_t length = contents.length, at = 0;
    uint64_t lanes[LANES] = {seed, seed + 1, seed + 2, seed + 3};

    for (; length - at >= LANES * 8; at += LANES * 8) {
        for (size_t i = 0; i < LANES; i++)
            lanes[i] = hash_step(lanes[i], load_word(bytes + at + i * 8));
    }
    for (size_t i = 0; i < LANES; i++)
        seed = hash_u64(seed, lanes[i]);
    return hash_u64(hash_bytes(seed, bytes + at, length - at), length);
}

uint64_t hash_text(uint64_t seed, struct text t)
{
    return hash_bytes(seed, t.data, t.length);
}

uint64_t hash_u64(uint64_t seed, uint64_t value)
{
    return mix(mix(seed + HASH_SEED) + value);
}

#define LONG_KEY 64 /* bytes */

static uint64_t key_hash(struct text key)
{
    return key.length < LONG_KEY ? hash_text(HASH_SEED, key)
                                 : hash_contents(HASH_SEED, key);
}

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_done(struct map *map)
{
    if (map == NULL)
        return;
    for (size_t i = 0; i < map->length; i++)
        memory_free((char *)(uintptr_t)map->entries[i].key.data);
    memory_free(map->entries);
    memory_free(map->slots);
    map_init(map);
}

/* The slot that holds key, or the empty one where it would go. The map has slots. */
static size_t slot_find(const struct map *map, struct text key, uint64_t hash)
{
    size_t slot = hash & (map->slot_count - 1);

    while (map->slots[slot] != 0) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];

        if (entry->hash == hash && text_equal(entry->key, key))
            break;
        slot = (slot + 1) & (map->slot_count - 1);
    }
    return slot;
}

void *map_lookup(const struct map *map, struct text key)
{
    size_t slot;

    if (map->length == 0)
        return NULL;
    slot = slot_find(map, key, key_hash(key));
    return map->slots[slot] == 0 ? NULL : map->entries[map->slots[slot] - 1].value;
}

/* Twice as many slots, all entries put in again. */
static void slots_grow(struct map *map)
{
    map->slot_count = map->slot_count == 0 ? SLOTS_FIRST : map->slot_count * 2;
    if (map->slot_count > UINT32_MAX)
        program_stop("a map has more than %zu entries", map->length);
    memory_free(map->slots);
    map->slots = memory_alloc(map->slot_count * sizeof *map->slots);
    for (size_t i = 0; i < map->length; i++) {
        size_t slot = slot_find(map, map->entries[i].key, map->entries[i].hash);

        map->slots[slot] = (uint32_t)(i + 1);
    }
}

void map_set(struct map *map, struct text key, void *value)
{
    uint64_t hash = key_hash(key);
    size_t slot;

    if (map->length >= map->slot_count / 2)
        slots_grow(map);
    slot = slot_find(map, key, hash);
    if (map->slots[slot] != 0) {
        map->entries[map->slots[slot] - 1].value = value;
        return;
    }
    if (map->length == map->capacity)
        map->entries =
            vec_grow(map->entries, map->length + 1, &map->capacity, sizeof *map->entries);
    map->entries[map->length++] = (struct map_entry){
        {memory_duplicate(key.data, key.length), key.length}, hash, value};
    map->slots[slot] = (uint32_t)map->length;
}
