/* path: names of files and folders, as text; two questions to the file system.
 *
 * Paths are bytes; nothing here resolves symbolic links or "..".
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"

bool path_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool path_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool path_make_folder(const char *path)
{
    struct arena arena;
    const char *above;
    bool good;

    if (path_is_folder(path))
        return true;
    arena_init(&arena);
    above = path_folder(&arena, path);
    good = (strcmp(above, path) == 0 || path_make_folder(above)) &&
           (mkdir(path, 0777) == 0 || errno == EEXIST) && path_is_folder(path);
    arena_done(&arena);
    return good;
}

char *path_join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder), tail = strlen(name);
    char *path;

    if (name[0] == '/' || length == 0 || strcmp(folder, ".") == 0)
        return arena_copy(arena, name, tail);
    path = arena_alloc(arena, length + tail + 2);
    memcpy(path, folder, length);
    if (folder[length - 1] != '/')
        path[length++] = '/';
    memcpy(path + length, name, tail + 1);
    return path;
}

/* Length of path without the slashes at its end; "/" keeps its own. */
static size_t path_length(const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return length;
}

char *path_folder(struct arena *arena, const char *path)
{
    size_t length = path_length(path);

    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length == 0)
        return arena_copy(arena, ".", 1);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_copy(arena, path, length);
}

char *path_stem(struct arena *arena, const char *path)
{
    size_t end = path_length(path), start = end, dot = end;

    while (start > 0 && path[start - 1] != '/')
        start--;
    while (dot > start && path[dot - 1] != '.')
        dot--;
    /* ".md" is a name, not an extension. */
    if (dot > start + 1)
        end = dot - 1;
    return arena_copy(arena, path + start, end - start);
}
