/* workers: processes forked once that share a list of items.
 *
 *     parent ── fork ──→ worker 0 ─┐   take the next item from a counter in shared
 *            └─ fork ──→ worker 1 ─┤   memory, run it, send a line, take the next …
 *                                  └─ lines through a pipe each ──→ parent
 *
 * What the parent has opened before (fonts) is shared; what a worker opens and remembers
 * stays warm over its items. A worker that dies or passes its limits loses the item it
 * was at, if any: the parent is told, forks another, and the rest goes on. Limits are the
 * kernel's: CPU time of an item (ITIMER_PROF), memory of a worker (RLIMIT_DATA, which
 * mapped fonts do not count for).
 *
 * SIGINT, SIGTERM and SIGHUP end the run: workers are stopped (they remove their
 * temporaries) and the signal's number is returned. Workers die with their parent.
 *
 * Rejected: threads (one crash would end all; the layers below have no locks); a fork an
 * item (four times slower: nothing stays warm).
 */
#ifndef PAIBAN_JOB_WORKERS_H
#define PAIBAN_JOB_WORKERS_H

#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

#define WORKERS_MOST 256

struct workers {
    void *context;  /* of the calls */
    uint32_t count; /* processes, 1 to WORKERS_MOST; not more than items are begun */
    uint32_t items; /* numbered from 0 */
    uint32_t cpu_seconds; /* of an item; 0: no limit */
    size_t memory;        /* bytes of a worker; 0: no limit */
    /* In a worker: before its first item; do an item and append a line (without its end)
     * for the parent. */
    void (*start)(void *context);
    void (*run)(void *context, uint32_t item, struct str *line);
    /* In the parent: the line of an item; an item whose worker died (as waitpid() has
     * it); something may have to be shown (at least every WORKERS_TICK). */
    void (*done)(void *context, uint32_t item, struct text line);
    void (*lost)(void *context, uint32_t item, int wait_status);
    void (*tick)(void *context);
};

#define WORKERS_TICK 200 /* ms */

struct workers_end {
    int signal;     /* that ended the run; 0: all items are done or lost */
    size_t memory;  /* the largest worker's peak, in bytes */
    double seconds; /* CPU time of all workers */
};

struct workers_end workers_run(const struct workers *workers);

#endif
