/* progress: how far a long run is, on standard error.
 *
 *     [=========>          ] 187 of 400, 61.3 issues/s, 0:03 left      on a terminal
 *     187 of 400, 61.3 issues/s, 0:03 left                        else, now and then
 */
#ifndef PAIBAN_CMD_PROGRESS_H
#define PAIBAN_CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool quiet;     /* show nothing */
    bool terminal;  /* standard error is one */
    bool shown;     /* a bar stands on the last line */
    double started; /* seconds of the caller's clock */
    double last;    /* when something was shown */
};

void progress_init(struct progress *progress, bool quiet, double now);
/* Show it, unless something was shown just before. */
void progress_show(struct progress *progress, uint32_t done, uint32_t total, double now);
/* Clear the bar, before other lines are printed and at the end. */
void progress_clear(struct progress *progress);

#endif
