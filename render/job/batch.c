/* batch: the output folder: locks, temporaries, manifests; see batch.h. */
#include "job/batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "job/batch_parts.h"
#include "out/pdf/cache.h"

#define LOCK_NAME   ".manifest.lock"
#define SHARDS_MOST 100000

double batch_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void batch_init(struct batch *batch, const struct batch_options *options)
{
    *batch = (struct batch){.options = options, .lock = -1, .shard_lock = -1};
    batch->journal = -1;
    batch->started = batch_clock();
    arena_init(&batch->arena);
    job_init(&batch->job);
    batch->job.keeps_fonts = true;
    issue_list_init(&batch->issues);
    manifest_init(&batch->manifest);
    states_init(&batch->states);
}

static void close_descriptor(int descriptor)
{
    if (descriptor >= 0)
        close(descriptor);
}

void batch_done(struct batch *batch)
{
    if (batch == NULL)
        return;
    close_descriptor(batch->journal);
    close_descriptor(batch->shard_lock);
    close_descriptor(batch->lock);
    vec_done(&batch->queue);
    vec_done(&batch->list);
    states_done(&batch->states);
    pdf_cache_free(batch->pdf_cache);
    manifest_done(&batch->manifest);
    issue_list_done(&batch->issues);
    job_done(&batch->job);
    arena_done(&batch->arena);
}

bool batch_remove(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

static bool tell_folder(struct batch *batch, int error)
{
    diag_add(&batch->job.sink, DIAG_OUTPUT_FAILED, SPAN_NONE, NULL, batch->options->out,
        strerror(error));
    return false;
}

/* ---- locks ---- */

/* Lock a file of OUT; the lock goes with the process. */
static bool lock_file(struct batch *batch, const char *name, int how, int *ret_descriptor)
{
    const char *path = path_join(&batch->arena, batch->options->out, name);
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

    if (descriptor < 0)
        return tell_folder(batch, errno);
    if (flock(descriptor, how | LOCK_NB) == 0) {
        *ret_descriptor = descriptor;
        return true;
    }
    diag_add(&batch->job.sink, DIAG_BATCH_LOCKED, SPAN_NONE,
        _("wait for it to end, or give another folder with -o"), batch->options->out);
    close(descriptor);
    return false;
}

static bool lock_out(struct batch *batch)
{
    const struct batch_options *options = batch->options;
    bool sharded = options->shard_count > 0;

    if (!lock_file(batch, LOCK_NAME, sharded ? LOCK_SH : LOCK_EX, &batch->lock))
        return false;
    return !sharded || lock_file(batch,
                           arena_print(&batch->arena, ".manifest-%u-of-%u.lock",
                               options->shard, options->shard_count),
                           LOCK_EX, &batch->shard_lock);
}

/* ---- temporaries of a killed run ---- */

/* In OUT and in every folder that issues of this run go to. */
static void clear_temporaries(const struct batch *batch)
{
    struct arena arena;
    const char *last = "";

    arena_init(&arena);
    output_clear_stale(batch->options->out);
    for (size_t i = 0; i < batch->issues.list.length; i++) {
        const char *folder = path_folder(&arena, batch->issues.list.data[i].output);

        if (strcmp(folder, ".") == 0 || strcmp(folder, last) == 0)
            continue;
        output_clear_stale(path_join(&arena, batch->options->out, folder));
        last = folder;
    }
    arena_done(&arena);
}

/* ---- manifests ---- */

static const char *manifest_name(struct arena *arena, uint32_t shard, uint32_t count)
{
    return count == 0 ? "manifest.json"
                      : arena_print(arena, "manifest-%u-of-%u.json", shard, count);
}

/* What belongs to other shards is theirs. */
static void drop_other_shards(struct batch *batch)
{
    const struct batch_options *options = batch->options;

    for (size_t i = 0; i < batch->manifest.records.length; i++) {
        const struct record *record = batch->manifest.records.data[i];

        if (!shard_has(record->output, options->shard, options->shard_count))
            manifest_remove(&batch->manifest, record->output);
    }
}

static void read_manifests(struct batch *batch)
{
    struct diagnostics *sink = &batch->job.sink;
    const char *path = batch->manifest_path;

    /* A first run of a shard begins with what the whole archive's manifest knows. */
    if (batch->options->shard_count > 0 && !path_exists(path))
        path = path_join(&batch->arena, batch->options->out, "manifest.json");
    manifest_read(&batch->manifest, path, sink);
    drop_other_shards(batch);
    if (path_exists(batch->journal_path)) {
        manifest_read_journal(&batch->manifest, batch->journal_path);
        batch->manifest.changed = true;
    }
}

static void name_manifests(struct batch *batch)
{
    const struct batch_options *options = batch->options;
    const char *name = manifest_name(&batch->arena, options->shard, options->shard_count);

    batch->manifest_path = path_join(&batch->arena, options->out, name);
    batch->journal_path = path_join(
        &batch->arena, options->out, arena_print(&batch->arena, ".%s.journal", name));
}

bool batch_open(struct batch *batch)
{
    if (!path_make_folder(batch->options->out))
        return tell_folder(batch, errno);
    if (!lock_out(batch))
        return false;
    clear_temporaries(batch);
    name_manifests(batch);
    read_manifests(batch);
    return !diag_is_fatal(&batch->job.sink);
}

bool batch_save(struct batch *batch)
{
    bool dirty = batch->manifest.changed || batch->manifest.states.changed;

    if (dirty) {
        /* The lock's descriptor stands for OUT's file system. */
        if (batch->lock >= 0 && syncfs(batch->lock) != 0)
            return tell_folder(batch, errno);
        if (!manifest_write(&batch->manifest, batch->manifest_path, &batch->job.sink))
            return false;
    }
    return batch_remove(batch->journal_path) || tell_folder(batch, errno);
}

/* ---- shards ---- */

/* N of the "manifest-K-of-N.json" in OUT; 0: there is none. */
static uint32_t find_shard_count(const struct batch *batch)
{
    DIR *folder = opendir(batch->options->out);
    const struct dirent *entry;
    uint32_t found = 0;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        struct text name = text_of(entry->d_name);
        size_t of = text_find(name, "-of-");
        long count;

        if (text_starts(name, "manifest-") && text_ends(name, ".json") &&
            of < name.length &&
            text_to_long(text_slice(name, of + 4, name.length - 5), &count) &&
            count > (long)found && count <= SHARDS_MOST)
            found = (uint32_t)count;
    }
    if (folder != NULL)
        closedir(folder);
    return found;
}

static void join_manifest(struct batch *batch, const struct manifest *shard)
{
    for (size_t i = 0; i < shard->states.list.length; i++)
        states_record(&batch->manifest.states, shard->states.list.data[i]);
    for (size_t i = 0; i < shard->records.length; i++)
        manifest_add(&batch->manifest, shard->records.data[i]);
}

static bool merge_shard(struct batch *batch, uint32_t shard, uint32_t count)
{
    const char *path = path_join(
        &batch->arena, batch->options->out, manifest_name(&batch->arena, shard, count));
    struct manifest manifest;
    bool good;

    if (!path_exists(path)) {
        diag_add(&batch->job.sink, DIAG_SHARD_MISSING, SPAN_NONE,
            _("run that shard first"), shard, count);
        return false;
    }
    manifest_init(&manifest);
    good = manifest_read(&manifest, path, &batch->job.sink);
    if (good)
        join_manifest(batch, &manifest);
    manifest_done(&manifest);
    return good;
}

enum batch_result batch_merge(struct batch *batch)
{
    uint32_t count;
    bool good = true;

    if (!path_is_folder(batch->options->out)) {
        tell_folder(batch, ENOENT);
        return BATCH_REFUSED;
    }
    if (!lock_out(batch))
        return BATCH_REFUSED;
    name_manifests(batch);
    count = find_shard_count(batch);
    if (count == 0) {
        diag_add(&batch->job.sink, DIAG_NO_SHARDS, SPAN_NONE, NULL, batch->options->out);
        return BATCH_REFUSED;
    }
    for (uint32_t k = 1; k <= count; k++)
        good = merge_shard(batch, k, count) && good;
    if (!good || !batch_save(batch))
        return BATCH_REFUSED;
    for (uint32_t k = 1; k <= count; k++)
        batch_remove(path_join(
            &batch->arena, batch->options->out, manifest_name(&batch->arena, k, count)));
    return BATCH_DONE;
}
