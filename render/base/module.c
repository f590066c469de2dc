/* module: dlopen(), and a look at the version. See module.h. */
#include "base/module.h"

#include <dlfcn.h>
#include "base/i18n.h"
#include "base/str.h"
#include "paiban_config.h"

const void *module_open(const char *path, const char *symbol, const char **ret_reason)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        *ret_reason = dlerror();
        return NULL;
    }
    const void *table = dlsym(handle, symbol);
    if (table == NULL) {
        *ret_reason = _("it is no module of paiban");
        return NULL;
    }
    const char *const *version = table;
    if (!text_is(text_of(*version), PAIBAN_VERSION)) {
        *ret_reason = _("it belongs to another version of paiban");
        return NULL;
    }
    return table;
}
