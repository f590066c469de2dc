/* module: opens paiban-svg, the shared object that draws SVG images with librsvg.
 *
 * librsvg and cairo cost more to load than a small issue to typeset, and few issues have
 * an SVG. The module stays open until the program ends: its table is used for as long.
 */
#include "base/module.h"
#include "image/image.h"

#define MODULE_NAME "paiban-svg.so"

const struct image_svg *image_svg_open(const char *folder, const char **ret_reason)
{
    const struct image_svg_module *module;
    struct str path;

    str_init(&path);
    str_printf(&path, "%s/%s", folder, MODULE_NAME);
    module = module_open(path.data, IMAGE_SVG_SYMBOL, ret_reason);
    str_done(&path);
    return module != NULL ? &module->svg : NULL;
}
