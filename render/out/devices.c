/* devices: finds the device of a format, opening its module when it is in one.
 *
 * One table says which module has a format. A module stays open until the program ends:
 * its device tables are used for as long, and a second dlopen() of it costs nothing.
 */
#include "out/devices.h"

#include "base/i18n.h"
#include "base/module.h"
#include "out/builtin.h"

#define MODULE_SYMBOL "paiban_devices"

/* Where each format is; the order is the one in which they are listed to people. */
static const struct {
    const char *name;
    const struct device *device; /* built in; NULL: in a module */
    const char *module;          /* file name without ".so" */
    const char *library;         /* what the module needs, for the hint */
} formats[] = {
    {"pdf", &pdf_device, NULL, NULL},
    {"png", NULL, "paiban-cairo", "libcairo2"},
    {"svg", NULL, "paiban-cairo", "libcairo2"},
    {"dump", &dump_device, NULL, NULL},
};

#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

static void tell_unknown(const char *name, struct diagnostics *sink)
{
    struct str hint;
    str_init(&hint);
    str_append_string(&hint, _("known formats: "));
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        str_printf(&hint, "%s%s", i > 0 ? ", " : "", formats[i].name);
    diag_add(sink, DIAG_UNKNOWN_FORMAT, SPAN_NONE, hint.data, name);
    str_done(&hint);
}

static void tell_module(
    const char *path, const char *reason, const char *library, struct diagnostics *sink)
{
    struct str hint;
    str_init(&hint);
    str_printf(&hint, _("it is built with paiban and needs the package %s"), library);
    diag_add(sink, DIAG_MODULE_FAILED, SPAN_NONE, hint.data, path, reason);
    str_done(&hint);
}

static const struct device *module_device(
    size_t format, const char *module_folder, struct diagnostics *sink)
{
    struct str path;
    str_init(&path);
    str_printf(&path, "%s/%s.so", module_folder, formats[format].module);
    const char *reason = _("it does not have this format");
    const struct device *found = NULL;
    const struct device_module *module =
        module_open(path.data, MODULE_SYMBOL, &reason);
    for (size_t i = 0; module != NULL && module->devices[i] != NULL; i++) {
        if (text_is(text_of(module->devices[i]->name), formats[format].name))
            found = module->devices[i];
    }
    if (found == NULL)
        tell_module(path.data, reason, formats[format].library, sink);
    str_done(&path);
    return found;
}

const struct device *device_find(
    const char *name, const char *module_folder, struct diagnostics *sink)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (!text_is(text_of(name), formats[i].name))
            continue;
        if (formats[i].device != NULL)
            return formats[i].device;
        return module_device(i, module_folder, sink);
    }
    tell_unknown(name, sink);
    return NULL;
}
