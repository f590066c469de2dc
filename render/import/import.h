/* import: an old issue, as text or PDF, → the Markdown of an issue and the series.yaml.
 */
#ifndef PAIBAN_IMPORT_IMPORT_H
#define PAIBAN_IMPORT_IMPORT_H

#include "base/files.h"
#include "content/document.h"
#include "import/issue.h"

struct import_options {
    const char *modules; /* folder of the shared objects */
    const char *output;  /* where the issue will be; "-" is standard output */
    struct date date;    /* --date; year 0: not given */
};

struct import_result {
    struct arena arena;
    struct str issue;        /* the Markdown */
    struct str series;       /* the text of a new series.yaml; "" when none is wanted */
    const char *series_path; /* where the new one goes; NULL when none is wanted */
    VEC(struct import_file) files; /* pictures; their paths from the working folder */
};

/* Read path and make the texts; nothing is written. False after a fatal diagnostic. The
 * result is to be ended in any case. */
bool import_read(struct files *files, const char *path,
    const struct import_options *options, struct import_result *ret_result,
    struct diagnostics *sink);
void import_result_done(struct import_result *result);

/* Append text as a YAML value; in_flow: inside braces. */
void import_append_yaml(struct str *out, struct text t, bool in_flow);

#endif
