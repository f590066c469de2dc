/* tagged: opening the reader of tagged PDFs; see tagged.h. Where it is not installed all
 * PDFs are read by the places of their lines. */
#include "import/tagged.h"

#include "base/files.h"
#include "base/module.h"

#define MODULE_FILE "paiban-import-tagged.so"

bool tagged_read(struct arena *arena, const char *modules, struct text bytes,
    struct tagged_document *ret_document)
{
    const struct tagged_module *module;
    const char *reason = "";
    char *path = arena_print(arena, "%s/%s", modules, MODULE_FILE);

    if (!path_exists(
            path)) /* in the build tree each module stands in its layer's folder */
        path = arena_print(arena, "%s/../import/%s", modules, MODULE_FILE);
    if (!path_exists(path))
        return false;
    module = module_open(path, TAGGED_MODULE_SYMBOL, &reason);
    return module != NULL && module->read(arena, bytes, ret_document);
}
