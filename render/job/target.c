/* target: -o and a source's name → the paths of output files; see target.h. */
#include "job/target.h"

#include <string.h>

#include "base/files.h"

bool job_target_is_folder(const char *output)
{
    size_t length = strlen(output);

    return (length > 0 && output[length - 1] == '/') || path_is_folder(output);
}

const char *job_target(
    struct arena *arena, const char *source, const char *output, const char *extension)
{
    const char *folder = output;

    if (output != NULL && !job_target_is_folder(output))
        return arena_print(arena, "%s", output);
    if (output == NULL)
        folder = path_folder(arena, source);
    return path_join(
        arena, folder, arena_print(arena, "%s.%s", path_stem(arena, source), extension));
}

const char *job_target_page(
    struct arena *arena, const char *target, uint32_t page, uint32_t pages)
{
    int digits = 1;
    const char *stem = path_stem(arena, target);
    const char *name = strrchr(target, '/');
    const char *extension;

    for (uint32_t rest = pages; rest >= 10; rest /= 10)
        digits++;
    name = name != NULL ? name + 1 : target;
    extension = name + strlen(stem);
    return path_join(arena, path_folder(arena, target),
        arena_print(arena, "%s-%0*u%s", stem, digits, page, extension));
}

bool job_target_is(const struct stat *file, const char *path)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == file->st_dev &&
           other.st_ino == file->st_ino;
}
