/* memory: allocation over malloc, the growth rule of vec.h, and the program's stop.
 *
 * One place decides what running out of memory means (the program stops, see memory.h),
 * so no caller has a path for it that nobody tests. memory_alloc() zeroes: a struct is in
 * its neutral state before its fields are set.
 */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/vec.h"

#define STOP_STATUS 70 /* EX_SOFTWARE of sysexits.h */
/* A vector's first allocation: elements, and bytes when those are smaller. */
#define VEC_FIRST       8
#define VEC_FIRST_BYTES 256

void program_stop(const char *format, ...)
{
    va_list arguments;

    outputs_remove_temporaries();
    fputs("paiban: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(STOP_STATUS);
}

#if defined(__has_feature) /* clang */
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__) /* gcc */
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

bool memory_is_left(void)
{
    return !SANITIZED && getenv("PAIBAN_FREE") == NULL;
}

void *memory_alloc(size_t size)
{
    void *block = calloc(1, size > 0 ? size : 1);

    if (block == NULL)
        program_stop("no memory for %zu bytes", size);
    return block;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t total;
    void *block;

    if (__builtin_mul_overflow(count, size, &total) || total > PTRDIFF_MAX)
        program_stop("no memory for %zu times %zu bytes", count, size);
    block = realloc(old, total > 0 ? total : 1);
    if (block == NULL)
        program_stop("no memory for %zu bytes", total);
    return block;
}

char *memory_duplicate(const void *bytes, size_t length)
{
    char *copy;

    if (length == SIZE_MAX)
        program_stop("no memory for %zu bytes", length);
    copy = memory_alloc(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

void memory_free(void *block)
{
    free(block);
}

void *vec_grow(void *data, size_t needed, size_t *capacity, size_t size)
{
    size_t wanted = *capacity > SIZE_MAX / 2 ? SIZE_MAX : *capacity * 2;
    void *grown;

    if (wanted < VEC_FIRST)
        wanted = VEC_FIRST * size < VEC_FIRST_BYTES ? VEC_FIRST_BYTES / size : VEC_FIRST;
    if (wanted < needed)
        wanted = needed;
    grown = memory_resize(data, wanted, size);
    *capacity = wanted;
    return grown;
}
