/* paths: the environment, else the build tree, else the install prefix; see paths.h. */
#include "job/paths.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "paiban_config.h"

/* The folder of the running executable, or NULL where the system does not tell. */
static const char *executable_folder(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);

    if (length <= 0 || (size_t)length >= sizeof path)
        return NULL;
    return path_folder(arena, arena_copy(arena, path, (size_t)length));
}

/* Is folder the build tree that this program was configured in? */
static bool is_build_tree(const char *folder)
{
    char real[PATH_MAX];

    return realpath(PAIBAN_BUILD_DIR, real) != NULL && strcmp(real, folder) == 0;
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

void job_paths_find(struct arena *arena, struct job_paths *ret_paths)
{
    const char *folder = executable_folder(arena);
    struct job_paths paths = {
        PAIBAN_INSTALL_DATADIR, PAIBAN_MODULEDIR, PAIBAN_LOCALEDIR};

    if (folder != NULL && is_build_tree(folder)) {
        paths.data = PAIBAN_SOURCE_DIR;
        paths.modules = path_join(arena, PAIBAN_BUILD_DIR, "render/out");
        paths.locales = path_join(arena, PAIBAN_BUILD_DIR, "po");
    } else if (folder != NULL) {
        const char *prefix = path_folder(arena, folder);

        paths.data = path_join(arena, prefix, "share/paiban");
        paths.modules = path_join(arena, path_join(arena, prefix, JOB_LIBDIR), "paiban");
        paths.locales = path_join(arena, prefix, "share/locale");
    }
    if (environment("PAIBAN_DATADIR") != NULL)
        paths.data = environment("PAIBAN_DATADIR");
    if (environment("PAIBAN_MODULEDIR") != NULL)
        paths.modules = environment("PAIBAN_MODULEDIR");
    if (environment("PAIBAN_LOCALEDIR") != NULL)
        paths.locales = environment("PAIBAN_LOCALEDIR");
    *ret_paths = paths;
}
