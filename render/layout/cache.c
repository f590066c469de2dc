/* cache: layouts by name, folders and paper, compared by the bytes of their files; see
 * cache.h. */
#include "layout/cache.h"

#include <string.h>

#include "layout/keys.h"

/* A file of the chain as it was when the layout was read. */
struct cached_file {
    const char *path;
    struct text bytes;
    uint32_t index;  /* in the job's files where it stands now */
    uint32_t before; /* and where it stood at the last use */
};

struct cached_layout {
    struct arena arena; /* of all but the layout */
    struct text key;
    struct layout *layout;
    struct cached_file *files; /* of the chain, the nearest first */
    uint32_t file_count;
    struct diagnostics findings; /* warnings and notes of reading it */
    uint64_t used;               /* layout_cache.asked at the last use */
};

void layout_cache_init(struct layout_cache *cache)
{
    *cache = (struct layout_cache){0};
}

static void cached_free(struct cached_layout *cached)
{
    if (cached == NULL)
        return;
    layout_free(cached->layout);
    diagnostics_done(&cached->findings);
    arena_done(&cached->arena);
    memory_free(cached);
}

void layout_cache_done(struct layout_cache *cache)
{
    if (cache == NULL)
        return;
    for (size_t i = 0; i < cache->list.length; i++)
        cached_free(cache->list.data[i]);
    vec_done(&cache->list);
}

/* ---- finding ---- */

static void key_part(struct str *key, const char *part)
{
    str_append_string(key, part != NULL ? part : "");
    str_append_char(key, '\0');
}

static void make_key(struct str *key, const char *name, const char *paper,
    const struct layout_paths *paths)
{
    key_part(key, name);
    key_part(key, paper);
    key_part(key, paths->data);
    key_part(key, layout_is_path(name) ? paths->beside : NULL);
}

static size_t find(const struct layout_cache *cache, struct text key)
{
    size_t i = 0;

    while (i < cache->list.length && !text_equal(cache->list.data[i]->key, key))
        i++;
    return i;
}

/* Move a place from the index that a file had to the one that it has. */
static void move_span(const struct cached_layout *cached, struct span *span)
{
    for (uint32_t i = 0; span->file != SPAN_NO_FILE && i < cached->file_count; i++) {
        if (span->file != cached->files[i].before)
            continue;
        span->file = cached->files[i].index;
        return;
    }
}

/* The files stand at `first` and behind it now. */
static void move_files(struct cached_layout *cached, uint32_t first)
{
    struct layout *layout = cached->layout;

    if (cached->files[0].index == first)
        return;
    for (uint32_t i = 0; i < cached->file_count; i++) {
        cached->files[i].before = cached->files[i].index;
        cached->files[i].index = first + i;
        layout->files[cached->file_count - 1 - i] = first + i;
    }
    for (uint32_t slot = 0; slot < key_slot_count(); slot++)
        move_span(cached, &layout->values[slot].span);
    for (size_t i = 0; i < cached->findings.list.length; i++)
        move_span(cached, &cached->findings.list.data[i].span);
}

/* Read the chain's files into `files`. False, and nothing is read: one has changed. */
static bool is_current(const struct cached_layout *cached, struct files *files)
{
    size_t first = files->list.length;
    struct diagnostics ignored; /* layout_load() tells it */
    bool same = true;

    diagnostics_init(&ignored);
    for (uint32_t i = 0; same && i < cached->file_count; i++) {
        int file = files_read_text(
            files, cached->files[i].path, FILES_SOURCE_LIMIT, SPAN_NONE, &ignored);

        same = file >= 0 && text_equal(files_get(files, (uint32_t)file)->bytes,
                                cached->files[i].bytes);
    }
    diagnostics_done(&ignored);
    if (!same)
        files_forget(files, first);
    return same;
}

/* ---- keeping ---- */

/* What was read lies in files from `first` on, the nearest first. */
static void note_files(
    struct cached_layout *cached, const struct files *files, uint32_t first)
{
    cached->file_count = cached->layout->file_count;
    cached->files = ARENA_ARRAY(&cached->arena, cached->file_count, struct cached_file);
    for (uint32_t i = 0; i < cached->file_count; i++) {
        const struct file *file = files_get(files, first + i);

        cached->files[i].path =
            arena_copy(&cached->arena, file->path, strlen(file->path));
        cached->files[i].bytes = text_copy(&cached->arena, file->bytes);
        cached->files[i].index = first + i;
    }
}

static void remove_at(struct layout_cache *cache, size_t i)
{
    cached_free(cache->list.data[i]);
    cache->list.data[i] = *vec_last(&cache->list);
    cache->list.length--;
}

/* Make room for one more: the one that was not used for longest goes. */
static void make_room(struct layout_cache *cache)
{
    size_t oldest = 0;

    if (cache->list.length < LAYOUT_CACHE_MOST)
        return;
    for (size_t i = 1; i < cache->list.length; i++) {
        if (cache->list.data[i]->used < cache->list.data[oldest]->used)
            oldest = i;
    }
    remove_at(cache, oldest);
}

static void repeat_findings(const struct cached_layout *cached, struct diagnostics *sink)
{
    for (size_t i = 0; i < cached->findings.list.length; i++)
        diag_repeat(sink, &cached->findings.list.data[i]);
}

/* Read it anew; NULL after a fatal diagnostic. */
static struct cached_layout *read_anew(const char *name, const char *paper,
    struct span from, const struct layout_paths *paths, struct files *files,
    struct diagnostics *sink)
{
    struct cached_layout *cached = memory_alloc(sizeof *cached);
    uint32_t first = (uint32_t)files->list.length;

    *cached = (struct cached_layout){0};
    arena_init(&cached->arena);
    diagnostics_init(&cached->findings);
    cached->layout = layout_load(name, from, paths, files, &cached->findings);
    if (cached->layout != NULL &&
        (paper == NULL || layout_set_paper(cached->layout, paper, &cached->findings))) {
        note_files(cached, files, first);
        return cached;
    }
    repeat_findings(cached, sink);
    cached_free(cached);
    return NULL;
}

const struct layout *layout_cache_load(struct layout_cache *cache, const char *name,
    const char *paper, struct span from, const struct layout_paths *paths,
    struct files *files, struct diagnostics *sink)
{
    uint32_t first = (uint32_t)files->list.length;
    struct cached_layout *cached = NULL;
    struct str key;
    size_t i;

    cache->asked++;
    str_init(&key);
    make_key(&key, name, paper, paths);
    i = find(cache, str_text(&key));
    if (i < cache->list.length && is_current(cache->list.data[i], files)) {
        cached = cache->list.data[i];
        move_files(cached, first);
    } else {
        if (i < cache->list.length)
            remove_at(cache, i);
        make_room(cache);
        cache->read++;
        cached = read_anew(name, paper, from, paths, files, sink);
        if (cached != NULL) {
            cached->key = text_copy(&cached->arena, str_text(&key));
            vec_push(&cache->list, cached);
        }
    }
    str_done(&key);
    if (cached == NULL)
        return NULL;
    cached->used = cache->asked;
    repeat_findings(cached, sink);
    return cached->layout;
}
