/* batch_run: the workers' part and the collecting of what they send; see batch.h. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "job/batch.h"
#include "job/batch_parts.h"
#include "job/inputs.h"
#include "job/result.h"
#include "job/workers.h"
#include "out/pdf/cache.h"

/* Paragraphs that a worker remembers between issues: furniture and contacts come again,
 * little else does. */
#define COMPOSER_BYTES ((size_t)2 << 20)
#define STATES_MOST    20000              /* files that a worker remembers */
#define PRINTED_MOST   ((size_t)64 << 10) /* bytes of one issue's findings that are kept
                                             */

#define IMAGE_BYTES ((size_t)6 << 20) /* of images that a worker keeps: logos come again */

/* Issues between two calls of relax(), and of the first ones, when every glyph is new. */
#define RELAX_EVERY       100
#define RELAX_EVERY_FIRST 20
#define RELAX_FIRST       40

/* ---- in a worker ---- */

static bool is_font(struct text path)
{
    static const char *const extensions[] = {".ttc", ".otc", ".ttf", ".otf", ".pfb"};

    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        if (text_ends(path, extensions[i]))
            return true;
    }
    return false;
}

/* A line of /proc/self/maps: "7f00-7fff r--p 00000000 08:01 123  /usr/share/…/a.ttc". */
static void relax_mapping(struct text line)
{
    unsigned long start, end;
    char protection[5];

    if (!is_font(line) ||
        sscanf(line.data, "%lx-%lx %4s", &start, &end, protection) != 3 ||
        strcmp(protection, "r--p") != 0)
        return;
    /* Read-only pages of a file: what is needed again comes from the page cache. */
    (void)!madvise((void *)start, end - start, MADV_DONTNEED);
}

/* Give back the pages of fonts that were looked at: over a year's issues they would add
 * up to whole fonts in each worker, though only some pages are needed at a time. */
static void relax(void)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;

    while (maps != NULL && (length = getline(&line, &capacity, maps)) > 0)
        relax_mapping(text_trim((struct text){line, (size_t)length}));
    free(line);
    if (maps != NULL)
        fclose(maps);
}

static void start(void *context)
{
    struct batch *batch = context;

    close(batch->lock);
    if (batch->shard_lock >= 0)
        close(batch->shard_lock);
    if (batch->journal >= 0)
        close(batch->journal);
    composer_set_limit(batch->job.composer, COMPOSER_BYTES);
    images_set_limit(&batch->job.images, IMAGE_BYTES);
    batch->pdf_cache = pdf_cache_new(SERIES_ISSUES);
}

/* An issue being rendered in a worker. */
struct task {
    struct batch *batch;
    const struct issue *issue;
    struct arena arena; /* of the record's strings */
    const char *target; /* the PDF's path */
    struct record record;
    struct job_inputs inputs;
    struct str printed; /* findings */
};

static void print_findings(struct task *task)
{
    const struct job *job = &task->batch->job;
    const enum diag_level least = task->batch->options->least;
    size_t left_out = 0;

    for (size_t i = 0; i < job->sink.list.length; i++) {
        const struct diagnostic *d = &job->sink.list.data[i];

        if (diag_info(d->id)->level < least)
            continue;
        if (task->printed.length < PRINTED_MOST)
            diag_print(d, &job->files, false, &task->printed);
        else
            left_out++;
    }
    if (left_out > 0)
        str_printf(&task->printed, "… %zu\n", left_out);
    memcpy(task->record.count, job->sink.count, sizeof task->record.count);
}

/* JSON is UTF-8: names of files may be anything. */
static const char *clean(struct task *task, const char *string)
{
    char *copy = arena_copy(&task->arena, string, strlen(string));
    size_t length = strlen(copy), bad;

    while ((bad = utf8_validate(copy, length)) < length)
        copy[bad] = '?';
    return copy;
}

/* A file whose name JSON cannot hold is never current: the issue is rendered each time.
 */
static void clean_inputs(struct task *task)
{
    size_t kept = 0;

    for (size_t i = 0; i < task->inputs.paths.length; i++) {
        const char *path = task->inputs.paths.data[i];

        if (utf8_validate(path, strlen(path)) == strlen(path))
            task->inputs.paths.data[kept++] = path;
        else
            task->inputs.fingerprint = 0;
    }
    task->inputs.paths.length = kept;
}

static void note_head(struct task *task)
{
    const struct document *document = task->batch->job.document;
    struct record *record = &task->record;

    record->title = record->date = "";
    if (document == NULL)
        return;
    record->title = clean(task, arena_copy(&task->arena, document->head.title.value.data,
                                    document->head.title.value.length));
    if (document->head.date.month > 0)
        record->date = arena_print(&task->arena, "%04d-%02d", document->head.date.year,
            document->head.date.month);
}

static void fill_record(struct task *task, const struct book *book)
{
    struct batch *batch = task->batch;
    struct record *record = &task->record;

    job_inputs(&batch->job, book, task->issue->path, batch_seed(batch), &batch->states,
        &task->inputs);
    clean_inputs(task);
    note_head(task);
    print_findings(task);
    record->output = task->issue->output;
    record->source = clean(task, states_path(&batch->states, task->issue->path));
    record->inputs = task->inputs.paths.data;
    record->input_count = (uint32_t)task->inputs.paths.length;
    record->fingerprint = task->inputs.fingerprint;
    memcpy(record->setup, batch->setup, sizeof record->setup);
    record->pages = (uint32_t)book->pages.length;
    record->diagnostics =
        clean(task, task->printed.data != NULL ? task->printed.data : "");
    record->size = STATE_MISSING;
    if (record->done)
        states_stat(task->target, &record->size, &record->changed);
}

static bool render_task(struct task *task, struct book *book)
{
    struct batch *batch = task->batch;
    const struct job_drawing drawing = {
        .device = batch->device,
        .options = {.compress = -1, .pdf_cache = batch->pdf_cache},
        .target = task->target,
        .lazy = true,
        .ahead = true,
    };

    return job_build(&batch->job, task->issue->path, &batch->options->job, book) &&
           job_render(&batch->job, book, &drawing);
}

static void run(void *context, uint32_t item, struct str *line)
{
    struct batch *batch = context;
    struct task task = {
        .batch = batch,
        .issue = batch->list.data[batch->queue.data[item]].issue,
    };
    double before = job_cpu_seconds();
    struct book book;

    if (batch->states.names.length > STATES_MOST) {
        states_done(&batch->states);
        states_init(&batch->states);
    }
    if (batch->begun % (batch->begun < RELAX_FIRST ? RELAX_EVERY_FIRST : RELAX_EVERY) == 0)
        relax();
    batch->begun++;
    arena_init(&task.arena);
    str_init(&task.printed);
    task.target = path_join(&task.arena, batch->options->out, task.issue->output);
    task.record.done = render_task(&task, &book);
    fill_record(&task, &book);
    task.record.seconds = job_cpu_seconds() - before;
    record_print(&task.record, &batch->states, line);
    line->length--; /* workers end the line */
    book_done(&book);
    vec_done(&task.inputs.paths);
    str_done(&task.printed);
    arena_done(&task.arena);
}

/* ---- in the parent ---- */

static void count_outcome(
    struct batch *batch, struct batch_issue *item, const struct record *record)
{
    item->record = record;
    item->outcome = record->done ? OUTCOME_DONE : OUTCOME_FAILED;
    batch->rendered += record->done;
    batch->failed += !record->done;
    batch->on_issue(batch, item);
}

/* What cannot be written here will be rendered again, should the run be killed. */
static void write_journal(struct batch *batch, struct text line)
{
    struct str whole;

    str_init(&whole);
    str_append_text(&whole, line);
    str_append_char(&whole, '\n');
    if (batch->journal >= 0)
        (void)!write(batch->journal, whole.data, whole.length);
    str_done(&whole);
}

static void lost(void *context, uint32_t item, int wait_status);

static void done(void *context, uint32_t item, struct text line)
{
    struct batch *batch = context;
    const struct record *record = manifest_add_line(&batch->manifest, line);

    if (record == NULL) {
        lost(batch, item, 0);
        return;
    }
    write_journal(batch, line);
    count_outcome(batch, &batch->list.data[batch->queue.data[item]], record);
}

static void tell_lost(
    struct batch *batch, const char *path, int wait_status, struct diagnostics *sink)
{
    if (WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGPROF)
        diag_add(sink, DIAG_ISSUE_TOO_LONG, SPAN_NONE, NULL, path,
            batch->options->cpu_seconds);
    else if (WIFSIGNALED(wait_status))
        diag_add(sink, DIAG_ISSUE_CRASHED, SPAN_NONE, NULL, path,
            strsignal(WTERMSIG(wait_status)));
    else
        diag_add(sink, DIAG_ISSUE_STOPPED, SPAN_NONE, NULL, path,
            WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 0);
}

static void lost(void *context, uint32_t number, int wait_status)
{
    struct batch *batch = context;
    struct batch_issue *item = &batch->list.data[batch->queue.data[number]];
    struct record record = {
        .output = item->issue->output,
        .source = states_path(&batch->manifest.states, item->issue->path),
        .title = "",
        .date = "",
        .size = STATE_MISSING,
        .count = {[LEVEL_FATAL] = 1},
    };
    struct diagnostics sink;
    struct str printed;

    diagnostics_init(&sink);
    str_init(&printed);
    tell_lost(batch, item->issue->path, wait_status, &sink);
    diag_print(&sink.list.data[0], &batch->job.files, false, &printed);
    record.diagnostics = printed.data;
    count_outcome(batch, item, manifest_add(&batch->manifest, &record));
    str_done(&printed);
    diagnostics_done(&sink);
}

static void tick(void *context)
{
    struct batch *batch = context;

    batch->on_time(batch);
}

static bool make_folders(struct batch *batch)
{
    struct arena arena;
    const char *last = "";
    bool good = true;

    arena_init(&arena);
    for (size_t i = 0; good && i < batch->queue.length; i++) {
        const struct issue *issue = batch->list.data[batch->queue.data[i]].issue;
        const char *folder =
            path_folder(&arena, path_join(&arena, batch->options->out, issue->output));

        if (strcmp(folder, last) == 0)
            continue;
        good = path_make_folder(folder);
        if (!good)
            diag_add(&batch->job.sink, DIAG_OUTPUT_FAILED, SPAN_NONE, NULL, folder,
                strerror(errno));
        last = folder;
    }
    arena_done(&arena);
    return good;
}

/* The journal goes on where a killed run of this boot has left it. */
static void open_journal(struct batch *batch)
{
    struct str head;

    batch->journal = open(
        batch->journal_path, O_WRONLY | O_CREAT | O_APPEND | O_TRUNC | O_CLOEXEC, 0666);
    str_init(&head);
    journal_print_head(&head);
    if (batch->journal >= 0)
        (void)!write(batch->journal, head.data, head.length);
    str_done(&head);
}

static uint32_t worker_count(const struct batch *batch)
{
    cpu_set_t set;
    int cores = 1;

    if (batch->options->workers > 0)
        return batch->options->workers;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        cores = CPU_COUNT(&set);
    return cores < WORKERS_MOST ? (uint32_t)cores : WORKERS_MOST;
}

enum batch_result batch_run(struct batch *batch, int *ret_signal)
{
    const struct workers workers = {
        .context = batch,
        .count = worker_count(batch),
        .items = (uint32_t)batch->queue.length,
        .cpu_seconds = batch->options->cpu_seconds,
        .memory = batch->options->memory,
        .start = start,
        .run = run,
        .done = done,
        .lost = lost,
        .tick = tick,
    };
    struct workers_end end = {0};

    if (!make_folders(batch))
        return BATCH_REFUSED;
    if (workers.items > 0) {
        /* What a killed run's journal says is in the manifest's records, and must not be
         * lost before the next manifest: it is saved first. */
        if (path_exists(batch->journal_path) && !batch_save(batch))
            return BATCH_UNSAVED;
        open_journal(batch);
        end = workers_run(&workers);
        batch->memory = end.memory;
        batch->cpu_seconds = end.seconds;
    }
    if (!batch_save(batch))
        return BATCH_UNSAVED;
    *ret_signal = end.signal;
    return end.signal != 0 ? BATCH_STOPPED : BATCH_DONE;
}
