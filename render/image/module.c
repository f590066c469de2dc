/* module: opens paiban-svg, the shared object that draws SVG images with librsvg.
 *
 * librsvg and cairo cost more to load than a small issue to typeset, and few issues have
 * an SVG. The module stays open until the program ends: its table is used for as long.
 */
#include <dlfcn.h>

#include "base/i18n.h"
#include "image/image.h"
#include "paiban_config.h"

#define MODULE_NAME "paiban-svg.so"

const struct image_svg *image_svg_open(const char *folder, const char **ret_reason)
{
    const struct image_svg_module *module;
    struct str path;
    void *handle;

    str_init(&path);
    str_printf(&path, "%s/%s", folder, MODULE_NAME);
    handle = dlopen(path.data, RTLD_NOW | RTLD_LOCAL);
    str_done(&path);
    if (handle == NULL) {
        *ret_reason = dlerror();
        return NULL;
    }
    module = dlsym(handle, IMAGE_SVG_SYMBOL);
    if (module == NULL || !text_is(text_of(module->version), PAIBAN_VERSION)) {
        *ret_reason = _("it belongs to another version of paiban");
        return NULL;
    }
    return &module->svg;
}
