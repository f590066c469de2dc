/* cache: images by file, so that a picture used often, or in the issue after an edit, is
 * read once.
 *
 * An entry is good as long as the file's path, time, size, device and inode stay the
 * same. Above either limit the least recently used go first; whoever still holds a
 * reference keeps his image. Entries are few (one a picture), so they are searched in a
 * row.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "image/coded.h"
#include "image/format.h"

#define ENTRY_LIMIT 1024u   /* images: more than a year's issues have */
#define PATH_LIMIT  100000u /* files asked for by one issue */

static void drop_entry(struct images *images, size_t index)
{
    images->bytes -= images->entries.data[index].size;
    image_unref(images->entries.data[index].image);
    images->entries.data[index] = *vec_last(&images->entries);
    images->entries.length--;
}

static size_t oldest_entry(const struct images *images)
{
    size_t oldest = 0;

    for (size_t i = 1; i < images->entries.length; i++)
        if (images->entries.data[i].used < images->entries.data[oldest].used)
            oldest = i;
    return oldest;
}

/* Bytes of memory that an image takes. */
static size_t image_size(const struct image *image)
{
    return image->bytes.length + image->icc.length + image_coded_size(image->coded);
}

/* Sizes anew of what this issue has used: it may have been coded. */
static void look_at_sizes(struct images *images)
{
    for (size_t i = 0; i < images->entries.length; i++) {
        struct image_entry *entry = &images->entries.data[i];
        size_t size;

        if (entry->used <= images->begun)
            continue;
        size = image_size(entry->image);
        images->bytes += size - entry->size;
        entry->size = size;
    }
}

/* Let the least recently used go until there is room for another image of that size. */
static void trim(struct images *images, size_t size)
{
    look_at_sizes(images);
    while (images->entries.length > 0 && (images->entries.length >= ENTRY_LIMIT ||
                                             images->bytes + size > images->bytes_most))
        drop_entry(images, oldest_entry(images));
}

void images_init(struct images *images)
{
    *images = (struct images){.bytes_most = IMAGES_KEPT};
    map_init(&images->paths);
}

void images_set_limit(struct images *images, size_t bytes)
{
    images->bytes_most = bytes;
    trim(images, 0);
}

void images_forget_paths(struct images *images)
{
    map_done(&images->paths);
    map_init(&images->paths);
    trim(images, 0);
    images->begun = images->tick;
}

void images_done(struct images *images)
{
    if (images == NULL)
        return;
    map_done(&images->paths);
    for (size_t i = 0; i < images->entries.length; i++)
        image_unref(images->entries.data[i].image);
    vec_done(&images->entries);
}

static void remember_path(struct images *images, const char *path)
{
    if (images->paths.length < PATH_LIMIT)
        map_set(&images->paths, text_of(path), images);
}

/* Is the file of that path still the one that was read? */
static bool is_current(const struct image_entry *entry, const struct stat *status)
{
    return entry->inode == status->st_ino && entry->device == status->st_dev &&
           entry->changed.tv_sec == status->st_mtim.tv_sec &&
           entry->changed.tv_nsec == status->st_mtim.tv_nsec &&
           entry->image->bytes.length == (size_t)status->st_size;
}

/* The entry of this very file; an entry of the file as it was before is dropped. */
static struct image *lookup(
    struct images *images, const char *path, const struct stat *status)
{
    uint64_t hash = hash_text(HASH_SEED, text_of(path));

    for (size_t i = 0; i < images->entries.length; i++) {
        struct image_entry *entry = &images->entries.data[i];

        if (entry->hash != hash || strcmp(entry->image->path, path) != 0)
            continue;
        if (is_current(entry, status)) {
            entry->used = ++images->tick;
            return entry->image;
        }
        drop_entry(images, i);
        return NULL;
    }
    return NULL;
}

static void store(struct images *images, struct image *image, const struct stat *status)
{
    trim(images, image_size(image));
    images->bytes += image_size(image);
    vec_push(&images->entries, (struct image_entry){
                                   .image = image_ref(image),
                                   .hash = hash_text(HASH_SEED, text_of(image->path)),
                                   .size = image_size(image),
                                   .changed = status->st_mtim,
                                   .device = status->st_dev,
                                   .inode = status->st_ino,
                                   .used = ++images->tick,
                               });
}

/* A file that was asked for, and how to speak of it. */
struct wanted {
    const char *path; /* real */
    const char *name; /* as written, for messages */
    struct span place;
    struct diagnostics *sink;
    struct stat status;
};

static bool tell_unreadable(const struct wanted *wanted)
{
    diag_add(wanted->sink, DIAG_IMAGE_UNREADABLE, wanted->place, NULL, wanted->name,
        strerror(errno));
    return false;
}

static bool check_length(const struct wanted *wanted)
{
    if ((uintmax_t)wanted->status.st_size <= IMAGE_FILE_LIMIT)
        return true;
    diag_add(wanted->sink, DIAG_IMAGE_TOO_LARGE, wanted->place, NULL, wanted->name,
        IMAGE_FILE_LIMIT >> 20);
    return false;
}

/* The bytes of a regular file that has status->st_size of them; false with errno. */
static bool read_whole(int descriptor, const struct stat *status, struct str *content)
{
    size_t length = (size_t)status->st_size;

    content->data = memory_alloc(length + 1);
    content->capacity = length + 1;
    while (content->length < length) {
        ssize_t count =
            read(descriptor, content->data + content->length, length - content->length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        if (count == 0)
            break; /* it has become shorter: what is missing will be found */
        content->length += (size_t)count;
    }
    return true;
}

/* Open a file that stat() called regular, and see that it still is the same. */
static int open_same(const char *path, const struct stat *status)
{
    int descriptor =
        open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    struct stat now;

    if (descriptor < 0)
        return -1;
    if (fstat(descriptor, &now) == 0 && now.st_ino == status->st_ino &&
        now.st_dev == status->st_dev && now.st_size == status->st_size)
        return descriptor;
    close(descriptor);
    errno = EAGAIN;
    return -1;
}

static bool read_file(const struct wanted *wanted, struct str *content)
{
    int descriptor;
    bool done;

    if (!check_length(wanted))
        return false;
    descriptor = open_same(wanted->path, &wanted->status);
    if (descriptor < 0)
        return tell_unreadable(wanted);
    done = read_whole(descriptor, &wanted->status, content) || tell_unreadable(wanted);
    close(descriptor);
    return done;
}

/* The first SVG opens the module. False after a diagnostic. */
static bool open_module(struct images *images, const struct wanted *wanted)
{
    const char *reason = NULL;

    if (images->svg == NULL && images->module_folder != NULL)
        images->svg = image_svg_open(images->module_folder, &reason);
    if (images->svg != NULL)
        return true;
    diag_add(wanted->sink, DIAG_SVG_MODULE, wanted->place, reason, wanted->name);
    return false;
}

static struct image *load(struct images *images, const struct wanted *wanted)
{
    struct image *image = NULL;
    struct str content;

    str_init(&content);
    if (read_file(wanted, &content) &&
        (!image_looks_like_svg(str_text(&content)) || open_module(images, wanted)))
        image = image_from_bytes(wanted->path, wanted->name, str_text(&content),
            images->svg, &images->limits, wanted->place, wanted->sink);
    str_done(&content);
    if (image != NULL)
        store(images, image, &wanted->status);
    return image;
}

static struct image *find_file(struct images *images, struct wanted *wanted)
{
    struct image *image;

    if (stat(wanted->path, &wanted->status) != 0) {
        tell_unreadable(wanted);
        return NULL;
    }
    image = lookup(images, wanted->path, &wanted->status);
    image = image != NULL ? image_ref(image) : load(images, wanted);
    if (image != NULL && image->approximate)
        diag_add(
            wanted->sink, DIAG_CMYK_WITHOUT_PROFILE, wanted->place, NULL, wanted->name);
    return image;
}

struct image *image_find(struct images *images, const struct image_roots *roots,
    struct text address, struct span place, struct diagnostics *sink)
{
    struct wanted wanted = {.place = place, .sink = sink};
    struct image *image = NULL;
    struct arena arena;
    const char *asked;

    arena_init(&arena);
    wanted.path = image_resolve(&arena, roots, address, place, sink, &asked);
    wanted.name = image_shown_address(&arena, address);
    if (asked != NULL)
        remember_path(images, wanted.path != NULL ? wanted.path : asked);
    if (wanted.path != NULL)
        image = find_file(images, &wanted);
    arena_done(&arena);
    return image;
}
