/* arena: memory with one lifetime, given back all at once.
 *
 * A document, one run of flow and a finished book each own an arena. Nothing in an arena
 * is freed singly. arena_reset() keeps the blocks for the next use.
 */
#ifndef PAIBAN_BASE_ARENA_H
#define PAIBAN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include "base/memory.h"

struct arena_block;

struct arena {
    struct arena_block *first;   /* all blocks, in order of filling */
    struct arena_block *current; /* being filled; NULL before the first allocation */
    size_t total;                /* bytes handed out since init or reset */
    size_t expected;             /* bytes of the first block; 0: the usual */
};

void arena_init(struct arena *arena);
/* For about so many bytes: of things that are many, small and kept. */
void arena_init_for(struct arena *arena, size_t expected);
void arena_reset(struct arena *arena); /* forget everything, keep the blocks */
void arena_done(struct arena *arena);  /* takes NULL and the never used */

/* Zeroed, aligned for anything. */
void *arena_alloc(struct arena *arena, size_t size);
/* Zeroed, overflow-checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* A copy of an array. */
void *arena_duplicate(struct arena *arena, const void *data, size_t count, size_t size);
/* NUL-terminated copy. */
char *arena_copy(struct arena *arena, const void *bytes, size_t length);
char *arena_print(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprint(struct arena *arena, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type)                                                  \
    ((type *)arena_array((arena), (count), sizeof(type)))

#endif
