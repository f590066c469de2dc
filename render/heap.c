/* heap: a program in which no allocation fails: the rule of base/memory.h for libraries.
 *
 * HarfBuzz, fontconfig and others go on with less when malloc() gives NULL: a PDF without
 * some of its glyphs and exit status 0, or a loop that never ends (tests/faults.py found
 * both). These functions take malloc's place for the whole process and stop it instead:
 * the temporary outputs are removed, status 70.
 *
 * glibc lets a program define them (manual, "Replacing malloc"); free() stays libc's. Not
 * linked under a sanitizer, which has its own. Rejected: asking each library behind each
 * call whether it ran out of memory; several cannot say.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"

#define STOP_STATUS 70 /* EX_SOFTWARE, as program_stop() */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* No stdio and no exit handlers: they may allocate. */
static _Noreturn void stop(size_t size)
{
    char line[64];
    int length = snprintf(line, sizeof line, "paiban: no memory for %zu bytes\n", size);

    outputs_remove_temporaries();
    (void)!write(STDERR_FILENO, line, (size_t)length);
    _exit(STOP_STATUS);
}

void *malloc(size_t size)
{
    void *block = __libc_malloc(size);

    if (block == NULL)
        stop(size);
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = __libc_calloc(count, size);

    if (block == NULL)
        stop(count > 0 ? size : 0);
    return block;
}

void *realloc(void *old, size_t size)
{
    void *block = __libc_realloc(old, size);

    if (block == NULL && size > 0)
        stop(size);
    return block;
}
