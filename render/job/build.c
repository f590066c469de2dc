/* build: document → layout → fonts → flow; see build.h. */
#include "job/build.h"

#include <malloc.h>

#include "flow/flow.h"
#include "job/date.h"
#include "job/draft.h"
#include "out/devices.h"

#define FALLBACK_LAYOUT "base"
/* Pages from which what composing took is given back before drawing: of fewer it would only
 * have to be zeroed again. */
#define LONG_ISSUE 32

void job_init(struct job *job)
{
    *job = (struct job){0};
    arena_init(&job->arena);
    job_paths_find(&job->arena, &job->paths);
    files_init(&job->files);
    diagnostics_init(&job->sink);
    layout_cache_init(&job->layouts);
    images_init(&job->images);
    job->images.module_folder = job->paths.modules;
    str_init(&job->dump);
}

/* Let go of what the last build left. */
static void job_clear(struct job *job)
{
    document_free(job->document);
    job->document = NULL;
    job->layout = NULL;
    diagnostics_clear(&job->sink);
    str_clear(&job->dump);
    files_forget(&job->files, job->files_kept);
    images_forget_paths(&job->images);
    for (int i = 0; i < PHASE_COUNT; i++)
        job->seconds[i] = 0;
}

void job_done(struct job *job)
{
    if (job == NULL)
        return;
    job_clear(job);
    layout_cache_done(&job->layouts);
    composer_free(job->composer);
    shaper_free(job->shaper);
    fonts_close(job->fonts);
    images_done(&job->images);
    str_done(&job->dump);
    diagnostics_done(&job->sink);
    files_done(&job->files);
    arena_done(&job->arena);
}

static bool read_document(struct job *job, const char *path)
{
    job->document = document_read(&job->files, path, &job->sink);
    return job->document != NULL;
}

/* The layout's name, the place that names it, and the folder that a path starts from. */
static const char *choose_layout(struct job *job, const struct job_options *options,
    struct layout_paths *paths, struct span *ret_from)
{
    const struct document *document = job->document;
    const struct head_text *named = &document->head.layout;
    const char *name;

    *ret_from = SPAN_NONE;
    if (options->layout != NULL) {
        paths->beside = ".";
        return options->layout;
    }
    if (named->value.length == 0)
        return FALLBACK_LAYOUT;
    name = arena_copy(&job->document->arena, named->value.data, named->value.length);
    if (document->head.layout_from_series) {
        *ret_from = named->span;
        paths->beside = document->series_folder;
        return name;
    }
    if (!layout_exists(name, paths)) {
        diag_add(
            &job->sink, DIAG_FOREIGN_LAYOUT, named->span, NULL, name, FALLBACK_LAYOUT);
        return FALLBACK_LAYOUT;
    }
    *ret_from = named->span;
    return name;
}

static bool load_layout(struct job *job, const struct job_options *options)
{
    struct layout_paths paths = {job->paths.data, job->document->folder};
    struct span from;
    const char *name = choose_layout(job, options, &paths, &from);

    job->layout = layout_cache_load(
        &job->layouts, name, options->paper, from, &paths, &job->files, &job->sink);
    return job->layout != NULL;
}

bool job_warm(struct job *job)
{
    if (job->fonts == NULL) {
        job->fonts_first = job->files.list.length;
        job->fonts = fonts_open(
            job->paths.data, job->keeps_fonts, &job->files, &job->sink);
        job->fonts_end = job->files.list.length;
        job->files_kept = job->fonts != NULL ? job->fonts_end : 0;
    }
    if (job->fonts == NULL)
        return false;
    if (job->shaper == NULL)
        job->shaper = shaper_new(job->fonts, job->paths.modules);
    if (job->composer == NULL)
        job->composer = composer_new(job->shaper);
    if (job->once)
        composer_set_limit(job->composer, 0);
    return true;
}

/* Images lie below --root, else the folder of series.yaml, else the issue's. */
static struct image_roots image_roots(
    const struct job *job, const struct job_options *options)
{
    const struct document *document = job->document;
    const char *root = options->root != NULL             ? options->root
                       : document->series_folder != NULL ? document->series_folder
                                                         : document->folder;

    return (struct image_roots){
        document->folder, root, options->allowed, options->allowed_count};
}

static bool flow_pages(
    struct job *job, const struct job_options *options, struct book *book)
{
    enum job_stage dump = options->dump;
    const struct flow_context context = {
        .fonts = job->fonts,
        .composer = job->composer,
        .cuts = job->cuts,
        .files = &job->files,
        .images = &job->images,
        .image_roots = image_roots(job, options),
        .dump_flow = dump == STAGE_FLOW ? &job->dump : NULL,
        .dump_lines = dump == STAGE_LINES ? &job->dump : NULL,
        .dump_clusters = dump == STAGE_CLUSTERS ? &job->dump : NULL,
    };

    if (!flow_build(job->document, job->layout, &context, book, &job->sink))
        return false;
    book->metadata.has_date =
        job_date(&job->document->head, &job->sink, &book->metadata.date);
    if (dump == STAGE_PAGES)
        book_dump(book, &job->dump);
    return true;
}

/* Add the CPU time since *start to a phase and start anew. */
static void count_time(struct job *job, enum job_phase phase, double *start)
{
    double now = job_cpu_seconds();

    job->seconds[phase] += now - *start;
    *start = now;
}

bool job_build(struct job *job, const char *path, const struct job_options *options,
    struct book *ret_book)
{
    double start = job_cpu_seconds();
    bool good;

    job_clear(job);
    job->files_first = job->files.list.length;
    job->files.limits = options->limits;
    job->images.limits = options->limits;
    *ret_book = (struct book){0};
    good = read_document(job, path);
    count_time(job, PHASE_READ, &start);
    if (good && options->dump == STAGE_TREE) {
        tree_dump(job->document->root, &job->files, &job->dump);
        return true;
    }
    good = good && job_draft_check(job, options) && load_layout(job, options);
    count_time(job, PHASE_LAYOUT, &start);
    if (good && options->dump == STAGE_LAYOUT) {
        layout_dump(job->layout, &job->dump);
        return true;
    }
    good = good && job_warm(job);
    count_time(job, PHASE_FONTS, &start);
    good = good && flow_pages(job, options, ret_book);
    if (job->once && ret_book->pages.length > LONG_ISSUE)
        malloc_trim(0); /* drawing touches the fonts: what composing took makes room */
    count_time(job, PHASE_FLOW, &start);
    return good;
}
