/* arena: a list of blocks, filled one after the other.
 *
 * Blocks double from 16 KiB to 1 MiB. A request over a quarter of the next block's size
 * gets a block of its own behind the current one, so that a large array does not waste
 * what is left of the block being filled. After arena_reset() the blocks are filled again
 * from the first.
 *
 * Of an arena whose size was foretold the first block has that size, and what was not
 * foreseen goes into blocks of a quarter of it.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"

#define BLOCK_FIRST ((size_t)16 << 10) /* bytes of an arena's first block */
#define BLOCK_LIMIT ((size_t)1 << 20)  /* blocks stop doubling here */
#define BLOCK_LEAST ((size_t)256)      /* of an arena whose size was foretold */

struct arena_block {
    struct arena_block *next;         /* in order of filling; NULL at the end */
    size_t size;                      /* bytes of data */
    size_t used;                      /* bytes of data handed out */
    alignas(max_align_t) char data[]; /* what is handed out */
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_init_for(struct arena *arena, size_t expected)
{
    *arena = (struct arena){.expected = expected};
}

void arena_reset(struct arena *arena)
{
    for (struct arena_block *block = arena->first; block != NULL; block = block->next)
        block->used = 0;
    arena->current = arena->first;
    arena->total = 0;
}

void arena_done(struct arena *arena)
{
    struct arena_block *block;

    if (arena == NULL)
        return;
    block = arena->first;
    while (block != NULL) {
        struct arena_block *next = block->next;

        memory_free(block);
        block = next;
    }
    arena_init(arena);
}

static size_t next_size(const struct arena *arena)
{
    size_t size = arena->current == NULL ? BLOCK_FIRST : arena->current->size * 2;

    if (arena->expected > 0) {
        size = arena->current == NULL ? arena->expected : arena->expected / 4;
        size = size < BLOCK_LEAST ? BLOCK_LEAST : size;
    }
    return size > BLOCK_LIMIT ? BLOCK_LIMIT : size;
}

/* Link a new empty block behind the current one. */
static struct arena_block *block_insert(struct arena *arena, size_t size)
{
    struct arena_block *block = memory_resize(NULL, 1, sizeof *block + size);

    block->size = size;
    block->used = 0;
    if (arena->current == NULL) {
        block->next = arena->first;
        arena->first = block;
    } else {
        block->next = arena->current->next;
        arena->current->next = block;
    }
    return block;
}

/* The block that has room for size bytes; moves `current` only for small requests. */
static struct arena_block *block_for(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->current;
    size_t next = next_size(arena);
    bool foretold = arena->expected > 0 && block == NULL && size <= next;
    bool small = foretold || size <= next / 4;

    while (block != NULL && block->size - block->used < size)
        block = block->next;
    if (block == NULL)
        block = block_insert(arena, small ? next : size);
    if (small || arena->current == NULL)
        arena->current = block;
    return block;
}

/* As arena_alloc(), but not zeroed. */
static void *take(struct arena *arena, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    struct arena_block *block;
    void *result;

    if (size > PTRDIFF_MAX - sizeof *block - alignment)
        program_stop("no memory for %zu bytes", size);
    size = (size + (size == 0) + alignment - 1) / alignment * alignment;
    block = block_for(arena, size);
    result = block->data + block->used;
    block->used += size;
    arena->total += size;
    return result;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        program_stop("no memory for %zu times %zu bytes", count, size);
    return arena_alloc(arena, total);
}

void *arena_duplicate(struct arena *arena, const void *data, size_t count, size_t size)
{
    size_t total;
    void *copy;

    if (__builtin_mul_overflow(count, size, &total))
        program_stop("no memory for %zu times %zu bytes", count, size);
    copy = take(arena, total);
    if (total > 0)
        memcpy(copy, data, total);
    return copy;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    char *copy = take(arena, length + (length < SIZE_MAX));

    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_vprint(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    char *result;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        program_stop("cannot format ‘%s’", format);
    result = take(arena, (size_t)length + 1);
    vsnprintf(result, (size_t)length + 1, format, arguments);
    return result;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *result;

    va_start(arguments, format);
    result = arena_vprint(arena, format, arguments);
    va_end(arguments);
    return result;
}
