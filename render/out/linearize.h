/* linearize: orders a finished PDF file so that its first page can be shown before the
 * rest has arrived (ISO 32000-1, annex F).
 *
 * libqpdf does it, in a module: loading it costs a fifth of a whole render, and few ask
 * for it. A request that cannot be kept is refused: there is no file without it. */
#ifndef PAIBAN_OUT_LINEARIZE_H
#define PAIBAN_OUT_LINEARIZE_H

#include "base/files.h"

#define LINEARIZE_SYMBOL "paiban_linearize"

/* What the module exports under that name. */
struct linearize_module {
    const char *version; /* PAIBAN_VERSION it was built with */
    /* Append the linearised file to out. False: *ret_reason, to be freed with
     * memory_free(), says why. */
    bool (*run)(struct text pdf, struct str *out, char **ret_reason);
};

/* The module in that folder. NULL after a fatal diagnostic. */
const struct linearize_module *linearize_open(
    const char *module_folder, struct diagnostics *sink);
/* Write the linearised file. False after a fatal diagnostic. */
bool linearize_write(const struct linearize_module *module, struct text pdf,
    struct output *output, struct diagnostics *sink);

#endif
