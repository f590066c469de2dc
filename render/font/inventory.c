/* inventory: kept from one start to the next, and what of it may be trusted.
 *
 * To ask fontconfig costs a dozen system calls for each folder of fonts, on a desktop a
 * tenth of what a small issue costs; to look whether a folder has changed costs one. So a
 * scan is kept in the user's cache, with the time of the last change of every folder and
 * file that decides what it finds (which is what fontconfig itself goes by). It counts as
 * long as all are as they were. A scan is kept by commands that are called now and then, or write
 * more than one file anyway: `fonts`, `batch`, `watch`. It is not kept where something changed
 * just now and might again within the clock's grain, nor where the configuration includes others: a file
 * that comes to be included would not be noticed.
 *
 * PAIBAN_CACHE_DIR names another folder than $XDG_CACHE_HOME/paiban, or none when it is
 * empty. What cannot be kept is no mistake: the next start scans again. */
#include "font/inventory.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/files.h"
#include "base/hash.h"
#include "paiban_config.h"

#define CACHE_FOLDER "paiban"
#define NAME_START   "fonts-" /* of the files in it */
#define SETTLED      2          /* seconds after which another change gets another time */
#define KEPT_DAYS    90         /* files older than that go when another is written */
#define DAY          86400      /* seconds */
#define SOURCE_LIMIT ((size_t)1 << 20) /* bytes of a configuration that is kept */

/* ---- soundness ---- */

/* count records of size bytes from a place on lie in the bytes, at whole words. */
static bool is_array(struct text bytes, uint32_t place, uint32_t count, size_t size)
{
    return place % sizeof(uint32_t) == 0 && place <= bytes.length &&
           count <= (bytes.length - place) / size;
}

static bool is_text(struct text bytes, uint32_t place)
{
    return place < bytes.length; /* the last byte of all is a NUL */
}

static bool are_sound_faces(struct text bytes, const struct inventory_head *head)
{
    const struct inventory_face *faces = (const void *)(bytes.data + head->faces);
    for (uint32_t i = 0; i < head->face_count; i++) {
        if (!is_text(bytes, faces[i].path) || !is_text(bytes, faces[i].family) ||
            faces[i].weight > INVENTORY_WEIGHT_MOST ||
            faces[i].width > INVENTORY_WIDTH_MOST ||
            !is_array(bytes, faces[i].coverage, 1, sizeof(struct inventory_coverage))) {
            return false;
        }
    }
    return true;
}

static bool are_sound_families(struct text bytes, const struct inventory_head *head)
{
    const struct inventory_family *families =
        (const void *)(bytes.data + head->families);
    for (uint32_t i = 0; i < head->family_count; i++) {
        const struct inventory_family *family = &families[i];
        if (!is_text(bytes, family->folded) ||
            !is_array(bytes, family->faces, family->count, sizeof(uint32_t))) {
            return false;
        }
        const uint32_t *faces = (const void *)(bytes.data + family->faces);
        for (uint32_t k = 0; k < family->count; k++) {
            if (faces[k] >= head->face_count) {
                return false;
            }
        }
    }
    return true;
}

static const struct inventory_head *head_of(struct text bytes)
{
    return (const void *)bytes.data;
}

bool inventory_is_sound(struct text bytes)
{
    const struct inventory_head *head = head_of(bytes);
    if (bytes.length <= sizeof *head || bytes.data[bytes.length - 1] != '\0' ||
        memcmp(head->magic, INVENTORY_MAGIC, sizeof head->magic) != 0 ||
        head->order != 1 || head->length != bytes.length || !is_text(bytes, head->key) ||
        !is_array(bytes, head->states, head->state_count,
            sizeof(struct inventory_state)) ||
        !is_array(bytes, head->faces, head->face_count, sizeof(struct inventory_face)) ||
        !is_array(bytes, head->families, head->family_count,
            sizeof(struct inventory_family))) {
        return false;
    }
    const struct inventory_state *states = (const void *)(bytes.data + head->states);
    for (uint32_t i = 0; i < head->state_count; i++) {
        if (!is_text(bytes, states[i].path)) {
            return false;
        }
    }
    return are_sound_faces(bytes, head) && are_sound_families(bytes, head);
}

/* ---- what it depends on ---- */

static bool is_unchanged(struct text bytes, const struct inventory_state *state)
{
    struct stat status;
    if (stat(bytes.data + state->path, &status) != 0) {
        return state->kind == INVENTORY_ABSENT;
    }
    uint64_t seconds = (uint64_t)state->seconds[1] << 32 | state->seconds[0];
    return state->kind != INVENTORY_ABSENT && (uint64_t)status.st_mtim.tv_sec == seconds &&
           (uint32_t)status.st_mtim.tv_nsec == state->nanoseconds;
}

static bool are_unchanged(struct text bytes)
{
    const struct inventory_head *head = head_of(bytes);
    const struct inventory_state *states = (const void *)(bytes.data + head->states);
    for (uint32_t i = 0; i < head->state_count; i++) {
        if (!is_unchanged(bytes, &states[i])) {
            return false;
        }
    }
    return true;
}

/* Nothing changed so late before `began` that it may have changed again unseen. */
static bool are_settled(struct text bytes, time_t began)
{
    const struct inventory_head *head = head_of(bytes);
    const struct inventory_state *states = (const void *)(bytes.data + head->states);
    for (uint32_t i = 0; i < head->state_count; i++) {
        uint64_t seconds = (uint64_t)states[i].seconds[1] << 32 | states[i].seconds[0];
        if (states[i].kind == INVENTORY_SOURCE && (int64_t)seconds > (int64_t)began - SETTLED) {
            return false;
        }
    }
    return true;
}

/* What decides where a configuration's folders are, besides its text. */
static char *key_of(struct arena *arena, const char *configuration)
{
    static const char *const names[] = {
        "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "FONTCONFIG_SYSROOT"};
    char *absolute = realpath(configuration, NULL);
    struct str key = {0};
    str_printf(&key, "%s\n%s\n", PAIBAN_VERSION, absolute != NULL ? absolute : "");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        str_printf(&key, "%s\n", value != NULL ? value : "");
    }
    free(absolute);
    char *copy = arena_copy(arena, key.data, key.length);
    str_done(&key);
    return copy;
}

/* ---- the file ---- */

/* The folder of the cache; NULL: there is to be none. Users that are no persons have a home
 * that does not exist, and is not to be made (Debian Policy 9.2.3: /nonexistent). */
static char *cache_folder(struct arena *arena)
{
    const char *folder = getenv("PAIBAN_CACHE_DIR");
    if (folder != NULL) {
        return *folder != '\0' ? arena_copy(arena, folder, strlen(folder)) : NULL;
    }
    folder = getenv("XDG_CACHE_HOME");
    if (folder != NULL && *folder == '/') {
        return path_join(arena, folder, CACHE_FOLDER);
    }
    folder = getenv("HOME");
    return folder != NULL && *folder == '/' && path_is_folder(folder)
               ? path_join(arena, folder, ".cache/" CACHE_FOLDER)
               : NULL;
}

/* Map a file that is this user's own. */
static bool map_file(const char *path, struct text *ret_bytes)
{
    struct stat status;
    void *data = MAP_FAILED;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        return false;
    }
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_uid == geteuid() && status.st_size > 0 &&
        status.st_size <= (off_t)UINT32_MAX) {
        data = mmap(
            NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    close(descriptor);
    if (data == MAP_FAILED) {
        return false;
    }
    *ret_bytes = (struct text){data, (size_t)status.st_size};
    return true;
}

static bool open_kept(const char *path, const char *key, struct inventory *ret_inventory)
{
    struct text bytes;
    if (!map_file(path, &bytes)) {
        return false;
    }
    if (inventory_is_sound(bytes) &&
        strcmp(bytes.data + head_of(bytes)->key, key) == 0 && are_unchanged(bytes)) {
        *ret_inventory = (struct inventory){bytes, true};
        return true;
    }
    munmap((void *)(uintptr_t)bytes.data, bytes.length);
    return false;
}

/* Remove what nobody has written for long. */
static void clear_old(struct arena *arena, const char *folder, time_t now)
{
    DIR *list = opendir(folder);
    struct dirent *entry;
    while (list != NULL && (entry = readdir(list)) != NULL) {
        struct stat status;
        const char *path = path_join(arena, folder, entry->d_name);
        if (strncmp(entry->d_name, NAME_START, strlen(NAME_START)) == 0 &&
            lstat(path, &status) == 0 && status.st_mtim.tv_sec < now - KEPT_DAYS * DAY) {
            unlink(path);
        }
    }
    if (list != NULL) {
        closedir(list);
    }
}

/* The folder above is this user's own: root, with another's HOME, leaves nothing there. */
static bool is_own(struct arena *arena, const char *folder)
{
    struct stat status;
    const char *above = folder;
    while (stat(above, &status) != 0) {
        const char *next = path_folder(arena, above);
        if (strcmp(next, above) == 0) {
            return false;
        }
        above = next;
    }
    return status.st_uid == geteuid();
}

/* Whether the configuration is but one file. */
static bool stands_alone(const char *configuration)
{
    struct files files;
    struct diagnostics none;
    files_init(&files);
    diagnostics_init(&none);
    int file = files_read_bytes(&files, configuration, SOURCE_LIMIT, SPAN_NONE, &none);
    struct text bytes = file >= 0 ? files_get(&files, (uint32_t)file)->bytes : TEXT("");
    bool alone = bytes.length > 0 && text_find(bytes, "<include") == bytes.length;
    diagnostics_done(&none);
    files_done(&files);
    return alone;
}

static void keep_bytes(
    struct arena *arena, const char *folder, const char *path, struct text bytes)
{
    struct output output;
    struct diagnostics none;
    if (!is_own(arena, folder) || !path_make_folder(folder)) {
        return;
    }
    clear_old(arena, folder, time(NULL));
    output_clear_stale(path);
    diagnostics_init(&none);
    if (output_open(&output, path, &none)) {
        output.lazy = true; /* a damaged one is not sound, or is scanned again */
        output_write(&output, bytes.data, bytes.length);
        output_commit(&output, &none);
    }
    diagnostics_done(&none);
}

bool inventory_open(const char *configuration, bool keep, struct inventory *ret_inventory)
{
    struct arena arena;
    struct str bytes = {0};
    arena_init(&arena);
    time_t began = time(NULL);
    char *key = key_of(&arena, configuration), *path = NULL;
    const char *folder = cache_folder(&arena);
    if (folder != NULL) {
        path = arena_print(&arena, "%s/" NAME_START "%016" PRIx64, folder,
            hash_text(HASH_SEED, text_of(key)));
    }
    bool good = path != NULL && open_kept(path, key, ret_inventory);
    if (!good && inventory_scan(configuration, key, &bytes)) {
        good = true;
        *ret_inventory = (struct inventory){str_text(&bytes), false};
        if (keep && path != NULL && are_settled(str_text(&bytes), began) &&
            stands_alone(configuration)) {
            keep_bytes(&arena, folder, path, str_text(&bytes));
        }
    }
    arena_done(&arena);
    return good;
}

void inventory_close(struct inventory *inventory)
{
    char *data = (char *)(uintptr_t)inventory->bytes.data;
    if (inventory->mapped) {
        munmap(data, inventory->bytes.length);
    } else {
        memory_free(data);
    }
    *inventory = (struct inventory){0};
}
