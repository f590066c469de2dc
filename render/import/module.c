/* module: opening the PDF reader; see module.h. It stays open until the program ends.
 *
 * Installed, all modules stand in one folder; in the build tree each stands in the folder
 * of its layer, beside the one that is given. */
#include "import/module.h"

#include "base/i18n.h"
#include "base/module.h"

#define MODULE_FILE "paiban-import-pdf.so"

const struct import_module *import_module_open(
    const char *folder, struct diagnostics *sink)
{
    const struct import_module *module;
    const char *reason = "";
    struct str path;

    str_init(&path);
    str_printf(&path, "%s/%s", folder, MODULE_FILE);
    if (!path_exists(path.data)) {
        str_clear(&path);
        str_printf(&path, "%s/../import/%s", folder, MODULE_FILE);
    }
    module = module_open(path.data, IMPORT_MODULE_SYMBOL, &reason);
    if (module == NULL)
        diag_add(sink, DIAG_MODULE_FAILED, SPAN_NONE,
            _("it is built where libpoppler-glib-dev is installed; or import the output "
              "of "
              "pdftotext -layout"),
            path.data, reason);
    str_done(&path);
    return module;
}
