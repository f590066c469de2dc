/* inputs: the dependency list of a build and its fingerprint; see inputs.h. */
#include "job/inputs.h"

#include <string.h>

#define SERIES_NAME  "series.yaml"
#define FOLDER_LIMIT 256 /* folders from an issue's up to the root that are looked at */

static uint64_t fold(uint64_t fingerprint, const char *path, uint64_t hash)
{
    return hash_u64(hash_text(fingerprint, text_of(path)), hash);
}

/* A file whose content is known as it was read. */
static void add_read(
    struct job_inputs *inputs, struct states *states, const struct file *file)
{
    const char *path = states_path(states, file->path);

    vec_push(&inputs->paths, path);
    inputs->fingerprint = fold(inputs->fingerprint, path, states_hash(file->bytes));
}

/* A file that somebody else read, or that is not there. */
static void add_looked(struct job_inputs *inputs, struct states *states, const char *path)
{
    const struct file_state *state = states_look(states, states_path(states, path));

    vec_push(&inputs->paths, state->path);
    inputs->fingerprint = fold(inputs->fingerprint, state->path, state->hash);
}

static void add_files(const struct job *job, struct states *states, size_t start,
    size_t end, struct job_inputs *inputs)
{
    for (size_t i = start; i < end; i++) {
        const struct file *file = &job->files.list.data[i];

        if (file->loaded && file->path[0] != '<')
            add_read(inputs, states, file);
    }
}

/* The places nearer than the series.yaml in use where one could appear. */
static void add_series_places(const struct job *job, struct states *states,
    const char *issue, struct job_inputs *inputs)
{
    const char *series = job->document != NULL ? job->document->series_folder : NULL;
    struct arena arena;
    const char *found, *folder;

    arena_init(&arena);
    found =
        series != NULL ? states_path(states, path_join(&arena, series, SERIES_NAME)) : "";
    folder = path_folder(&arena, states_path(states, issue));
    for (int i = 0; i < FOLDER_LIMIT; i++) {
        const char *place = path_join(&arena, folder, SERIES_NAME);

        if (strcmp(place, found) == 0)
            break;
        add_looked(inputs, states, place);
        if (folder[0] != '/' || folder[1] == '\0')
            break;
        folder = path_folder(&arena, folder);
    }
    arena_done(&arena);
}

/* Where the layout would stand that a head names and that is not there. */
static void add_foreign_layout(
    const struct job *job, struct states *states, struct job_inputs *inputs)
{
    struct arena arena;
    const char *name, *path;
    bool foreign = false;

    for (size_t i = 0; i < job->sink.list.length; i++)
        foreign = foreign || job->sink.list.data[i].id == DIAG_FOREIGN_LAYOUT;
    if (!foreign || job->document == NULL)
        return;
    arena_init(&arena);
    name = arena_copy(&arena, job->document->head.layout.value.data,
        job->document->head.layout.value.length);
    if (layout_is_path(name))
        path = path_join(&arena, job->document->folder, name);
    else
        path = arena_print(&arena, "%s/layouts/%s.yaml", job->paths.data, name);
    add_looked(inputs, states, path);
    arena_done(&arena);
}

/* The faces on the pages, each once; they are few, so they are searched in a row. */
struct faces {
    VEC(const struct face *) list;
};

static void note_face(struct faces *faces, const struct face *face)
{
    for (size_t i = faces->list.length; i > 0; i--) {
        if (faces->list.data[i - 1] == face)
            return;
    }
    vec_push(&faces->list, face);
}

static void note_page(struct faces *faces, const struct page *page)
{
    for (size_t i = 0; i < page->items.length; i++) {
        if (page->items.data[i].kind == ITEM_GLYPHS)
            note_face(faces, page->items.data[i].u.glyphs.face);
    }
}

static void add_fonts(
    const struct book *book, struct states *states, struct job_inputs *inputs)
{
    struct faces faces = {0};

    for (size_t i = 0; i < book->pages.length; i++)
        note_page(&faces, &book->pages.data[i]);
    for (size_t i = 0; i < faces.list.length; i++)
        add_looked(inputs, states, faces.list.data[i]->path);
    vec_done(&faces.list);
}

/* Every image that was asked for, the missing too. */
static void add_images(
    const struct job *job, struct states *states, struct job_inputs *inputs)
{
    for (size_t i = 0; i < job->images.paths.length; i++)
        add_looked(inputs, states, job->images.paths.entries[i].key.data);
}

void job_inputs(const struct job *job, const struct book *book, const char *issue,
    uint64_t seed, struct states *states, struct job_inputs *inputs)
{
    inputs->fingerprint = seed;
    add_files(job, states, job->fonts_first, job->fonts_end, inputs);
    add_files(job, states,
        job->files_first > job->fonts_end ? job->files_first : job->fonts_end,
        job->files.list.length, inputs);
    if (job->document == NULL)
        add_looked(inputs, states, issue);
    add_series_places(job, states, issue, inputs);
    add_foreign_layout(job, states, inputs);
    add_fonts(book, states, inputs);
    add_images(job, states, inputs);
}

uint64_t job_inputs_now(
    struct states *states, const char *const *paths, size_t count, uint64_t seed)
{
    uint64_t fingerprint = seed;

    for (size_t i = 0; i < count; i++)
        fingerprint = fold(fingerprint, paths[i], states_look(states, paths[i])->hash);
    return fingerprint;
}
