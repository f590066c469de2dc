/* memory: allocation that succeeds or stops the program.
 *
 * Running out of memory is the program's problem, not the document's (DESIGN 8): these
 * functions never return NULL; they call program_stop(), which removes the temporary
 * output files, says so on standard error and exits with status 70.
 * Sizes are multiplied with overflow checks.
 */
#ifndef PAIBAN_BASE_MEMORY_H
#define PAIBAN_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))
#else
#define PRINTF_LIKE(string, first)
#endif

/* Zeroed; size 0 is allowed. */
void *memory_alloc(size_t size);
/* realloc() to count × size bytes. */
void *memory_resize(void *old, size_t count, size_t size);
/* A copy with a NUL after it. */
char *memory_duplicate(const void *bytes, size_t length);

/* Whether a command that is done may leave its memory and its mappings to the system, which
 * takes them back with the process: to give back each block first is a twelfth of what a
 * small issue costs. False where lost memory is looked for: in a build with a sanitizer,
 * and with PAIBAN_FREE in the environment (tests/memcheck.py). */
bool memory_is_left(void);

/* A broken invariant or no memory: print "paiban: …" and exit(70). Does not return. */
_Noreturn void program_stop(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
