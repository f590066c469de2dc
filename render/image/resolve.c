/* resolve: the address of an image as written → the file it may be read from.
 *
 *     images/a.png      below the folder
 *     /images/a.png     below the root
 *     图%201.png         as it stands, else with the percent signs decoded
 *     https://… data:…  remote: never fetched
 *
 * The real path, all symbolic links and ".." resolved, must lie below the root or an
 * allowed folder. What is no regular file (a device, a FIFO, a folder) is told and never
 * opened.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/i18n.h"
#include "image/image.h"

#define SHOWN_LIMIT                                                                      \
    80 /* bytes of an address in a message: a data: address may have millions */

char *image_shown_address(struct arena *arena, struct text address)
{
    size_t end = address.length < SHOWN_LIMIT ? address.length : SHOWN_LIMIT;

    while (end < address.length && end > 0 && ((uint8_t)address.data[end] & 0xC0) == 0x80)
        end--; /* not inside a character */
    return arena_print(
        arena, "%.*s%s", (int)end, address.data, end < address.length ? "…" : "");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* May c stand in a scheme, behind its first letter (RFC 3986, 3.1)? */
static bool is_scheme_character(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* A scheme of two letters or more (one is a drive of Windows), or "//host". */
bool image_is_remote(struct text address)
{
    size_t i = 0;

    if (text_starts(address, "//"))
        return true;
    if (address.length == 0 || !is_letter(address.data[0]))
        return false;
    while (i < address.length && is_scheme_character(address.data[i]))
        i++;
    return i >= 2 && i < address.length && address.data[i] == ':';
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* With each %XX as its byte; NULL when there is none, or one is a NUL. */
static char *percent_decoded(struct arena *arena, const char *path)
{
    char *decoded = arena_alloc(arena, strlen(path) + 1), *to = decoded;
    bool found = false;

    for (const char *p = path; *p != '\0'; p++) {
        int high = p[0] == '%' ? hex_digit(p[1]) : -1;
        int low = high >= 0 ? hex_digit(p[2]) : -1;

        if (low < 0) {
            *to++ = *p;
            continue;
        }
        if (high == 0 && low == 0)
            return NULL;
        *to++ = (char)(high << 4 | low);
        found = true;
        p += 2;
    }
    return found ? decoded : NULL;
}

static bool lies_below(const char *path, const char *folder)
{
    char *real = realpath(folder, NULL);
    size_t length;
    bool below;

    if (real == NULL)
        return false;
    length = strcmp(real, "/") == 0 ? 0 : strlen(real);
    below = strncmp(path, real, length) == 0 && path[length] == '/';
    free(real);
    return below;
}

static bool is_allowed(const struct image_roots *roots, const char *path)
{
    if (lies_below(path, roots->root))
        return true;
    for (size_t i = 0; i < roots->allowed_count; i++)
        if (lies_below(path, roots->allowed[i]))
            return true;
    return false;
}

/* The path that an address means, not resolved. */
static char *asked_path(
    struct arena *arena, const struct image_roots *roots, const char *address)
{
    while (address[0] == '/' && address[1] == '/')
        address++;
    if (address[0] == '/')
        return path_join(arena, roots->root, address + 1);
    return path_join(arena, roots->folder, address);
}

/* The real path (in the arena) of an address, tried as it stands and decoded; NULL with
 * errno. */
static char *real_path(struct arena *arena, const struct image_roots *roots,
    const char *address, const char **ret_asked)
{
    char *asked = asked_path(arena, roots, address);
    char *real = realpath(asked, NULL), *copy;
    int error = errno;

    *ret_asked = asked;
    if (real == NULL && error == ENOENT) {
        char *decoded = percent_decoded(arena, address);

        if (decoded != NULL) {
            asked = asked_path(arena, roots, decoded);
            real = realpath(asked, NULL);
            error = errno;
            *ret_asked = asked;
        }
    }
    errno = error;
    if (real == NULL)
        return NULL;
    copy = arena_copy(arena, real, strlen(real));
    free(real);
    return copy;
}

static const char *kind_of_file(mode_t mode)
{
    return S_ISDIR(mode)                    ? _("it is a folder")
           : S_ISFIFO(mode)                 ? _("it is a FIFO")
           : S_ISCHR(mode) || S_ISBLK(mode) ? _("it is a device")
                                            : _("it is no file with content");
}

/* A path below what is allowed that names a regular file; else a diagnostic. */
static bool check_path(const struct image_roots *roots, const char *path,
    const char *name, struct span place, struct diagnostics *sink)
{
    struct stat status;

    if (!is_allowed(roots, path)) {
        diag_add(sink, DIAG_IMAGE_OUTSIDE, place,
            _("move it there, or permit its folder with `--allow-path DIR`"), roots->root,
            name);
        return false;
    }
    if (stat(path, &status) != 0) {
        diag_add(sink, DIAG_IMAGE_UNREADABLE, place, NULL, name, strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        diag_add(sink, DIAG_IMAGE_NOT_A_FILE, place, kind_of_file(status.st_mode), name);
        return false;
    }
    return true;
}

/* Was a back slash meant as a slash, as on Windows? */
static const char *missing_hint(struct text address)
{
    bool drive = address.length > 2 && address.data[1] == ':';

    if (drive || text_find(address, "\\") < address.length)
        return _("write the path relative to the issue, with ‘/’ between folders");
    return NULL;
}

char *image_resolve(struct arena *arena, const struct image_roots *roots,
    struct text address, struct span place, struct diagnostics *sink,
    const char **ret_asked)
{
    char *name = image_shown_address(arena, address), *path;

    *ret_asked = NULL;
    if (address.length == 0) {
        diag_add(sink, DIAG_IMAGE_NO_ADDRESS, place, NULL);
        return NULL;
    }
    if (image_is_remote(address)) {
        diag_add(sink, DIAG_REMOTE_IMAGE, place, _("keep a copy beside the issue"), name);
        return NULL;
    }
    if (memchr(address.data, '\0', address.length) != NULL) {
        diag_add(sink, DIAG_IMAGE_MISSING, place, NULL, name);
        return NULL;
    }
    path = real_path(arena, roots, text_copy(arena, address).data, ret_asked);
    if (path == NULL && (errno == ENOENT || errno == ENOTDIR)) {
        diag_add(sink, DIAG_IMAGE_MISSING, place, missing_hint(address), name);
        return NULL;
    }
    if (path == NULL) {
        diag_add(sink, DIAG_IMAGE_UNREADABLE, place, NULL, name, strerror(errno));
        return NULL;
    }
    return check_path(roots, path, name, place, sink) ? path : NULL;
}
