/* module: the shared object that reads PDF with poppler; opened only when a PDF is
 * imported. */
#ifndef PAIBAN_IMPORT_MODULE_H
#define PAIBAN_IMPORT_MODULE_H

#include "import/lines.h"

#define IMPORT_MODULE_SYMBOL "paiban_import_pdf"

/* What the module exports under IMPORT_MODULE_SYMBOL. */
struct import_module {
    const char *version; /* PAIBAN_VERSION it was built with */
    /* The lines of a PDF. False after a fatal diagnostic. */
    bool (*read)(
        struct import_source *source, struct text bytes, struct diagnostics *sink);
};

/* The module in a folder; NULL after a fatal diagnostic. */
const struct import_module *import_module_open(
    const char *folder, struct diagnostics *sink);

#endif
