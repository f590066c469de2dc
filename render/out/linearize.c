/* linearize: opens the module and writes what it makes; see linearize.h. The module stays
 * open until the program ends. */
#include "out/linearize.h"

#include "base/i18n.h"
#include "base/module.h"

#define MODULE_NAME "paiban-linearize.so"

const struct linearize_module *linearize_open(
    const char *module_folder, struct diagnostics *sink)
{
    struct str path;
    const char *reason = "";
    str_init(&path);
    str_printf(&path, "%s/%s", module_folder, MODULE_NAME);
    const struct linearize_module *module =
        module_open(path.data, LINEARIZE_SYMBOL, &reason);
    if (module == NULL)
        diag_add(sink, DIAG_MODULE_FAILED, SPAN_NONE,
            _("it is built with paiban and needs the package libqpdf29"), path.data,
            reason);
    str_done(&path);
    return module;
}

bool linearize_write(const struct linearize_module *module, struct text pdf,
    struct output *output, struct diagnostics *sink)
{
    struct str linear;
    char *reason = NULL;
    str_init(&linear);
    bool good = module->run(pdf, &linear, &reason);
    if (good)
        output_write(output, linear.data, linear.length);
    else
        diag_add(sink, DIAG_NOT_LINEARIZED, SPAN_NONE, NULL, reason);
    memory_free(reason);
    str_done(&linear);
    return good;
}
