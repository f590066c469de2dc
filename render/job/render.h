/* render: a book through a device into files, each replaced whole or not at all.
 *
 * No output ever replaces an input of the job: neither the issue nor its series.yaml, a
 * layout or fonts/roles.yaml.
 */
#ifndef PAIBAN_JOB_RENDER_H
#define PAIBAN_JOB_RENDER_H

#include "job/build.h"
#include "page/device.h"

struct job_drawing {
    const struct device *device;   /* from job_device() */
    struct device_options options; /* pages, resolution */
    const char *target;            /* file; "-": standard output */
    bool lazy;     /* do not wait for the disk: the caller syncs the file system */
    bool ahead;    /* … and the disk begins with each file */
    bool numbered; /* file_per_page: put the page's number into the name */
};

/* The device of a format, looked for in the job's module folder. NULL after a fatal
 * diagnostic in job->sink. */
const struct device *job_device(struct job *job, const char *format);
/* Draw. False after a fatal diagnostic in job->sink: outputs that were not finished keep
 * their old bytes. */
bool job_render(
    struct job *job, const struct book *book, const struct job_drawing *drawing);
/* Write the text of options.dump to a file or "-". */
bool job_write_dump(struct job *job, const char *target);

#endif
