/* batch_plan: what is to be rendered, and why; see batch.h. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "job/batch.h"
#include "job/batch_parts.h"
#include "job/inputs.h"
#include "paiban_config.h"

#define ISSUE_LIMIT 1000000 /* of one run: more than any publisher has */

static const char *const reason_names[] = {
    [REASON_NONE] = N_("unchanged"),
    [REASON_NEW] = N_("new"),
    [REASON_FORCED] = N_("--force"),
    [REASON_FAILED] = N_("it failed the last time"),
    [REASON_PROGRAM] = N_("another version of the program"),
    [REASON_OPTIONS] = N_("other options"),
    [REASON_FONTS] = N_("other fonts for the roles"),
    [REASON_SOURCE] = N_("its output was made of another issue"),
    [REASON_INPUT] = N_("changed"),
    [REASON_OUTPUT] = N_("the output is gone or was changed"),
};

const char *batch_reason_name(enum batch_reason reason)
{
    return gettext(reason_names[reason]);
}

/* ---- what else than files decides ---- */

/* The executable's content stands for the version: a rebuilt program may render
 * differently under the same number. */
static uint64_t hash_program(void)
{
    struct states states;
    uint64_t hash = hash_text(HASH_SEED, text_of(PAIBAN_VERSION));

    states_init(&states);
    hash = hash_u64(hash, states_look(&states, "/proc/self/exe")->hash);
    states_done(&states);
    return hash;
}

static uint64_t hash_options(const struct batch_options *options)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t hash = hash_text(HASH_SEED, text_of(options->job.layout));

    hash = hash_text(hash, text_of(options->job.paper));
    hash = hash_text(hash, text_of(options->job.root));
    for (size_t i = 0; i < options->job.allowed_count; i++)
        hash = hash_text(hash, text_of(options->job.allowed[i]));
    hash = hash_bytes(hash, &options->job.limits, sizeof options->job.limits);
    return hash_text(hash, text_of(epoch));
}

static uint64_t hash_fonts(struct batch *batch)
{
    struct diagnostics ignored;
    struct str list;
    uint64_t hash;

    diagnostics_init(&ignored);
    str_init(&list);
    fonts_list(batch->job.fonts, &list, &ignored);
    hash = hash_text(HASH_SEED, str_text(&list));
    str_done(&list);
    diagnostics_done(&ignored);
    return hash;
}

static void find_setup(struct batch *batch)
{
    batch->setup[SETUP_PROGRAM] = hash_program();
    batch->setup[SETUP_OPTIONS] = hash_options(batch->options);
    batch->setup[SETUP_FONTS] = hash_fonts(batch);
}

uint64_t batch_seed(const struct batch *batch)
{
    return hash_bytes(HASH_SEED, batch->setup, sizeof batch->setup);
}

/* ---- one issue ---- */

static const char *changed_input(struct batch *batch, const struct record *record)
{
    for (uint32_t i = 0; i < record->input_count; i++) {
        const struct file_state *state =
            states_look(&batch->manifest.states, record->inputs[i]);

        if (state->differs)
            return state->path;
    }
    return NULL;
}

static bool is_output_there(const struct batch *batch, const struct record *record)
{
    struct arena arena;
    int64_t size, changed;

    arena_init(&arena);
    states_stat(path_join(&arena, batch->options->out, record->output), &size, &changed);
    arena_done(&arena);
    return size == record->size && changed == record->changed;
}

static enum batch_reason find_reason(
    struct batch *batch, const struct batch_issue *item, const char **ret_because)
{
    static const enum batch_reason of_setup[SETUP_COUNT] = {
        REASON_PROGRAM, REASON_OPTIONS, REASON_FONTS};
    const struct record *record = item->record;

    if (batch->options->force)
        return REASON_FORCED;
    if (record == NULL)
        return REASON_NEW;
    if (!record->done)
        return REASON_FAILED;
    for (int i = 0; i < SETUP_COUNT; i++) {
        if (record->setup[i] != batch->setup[i])
            return of_setup[i];
    }
    if (strcmp(record->source, states_path(&batch->manifest.states, item->issue->path)) !=
        0)
        return REASON_SOURCE;
    if (record->fingerprint == 0 ||
        record->fingerprint != job_inputs_now(&batch->manifest.states, record->inputs,
                                   record->input_count, batch_seed(batch))) {
        *ret_because = changed_input(batch, record);
        return REASON_INPUT;
    }
    return is_output_there(batch, record) ? REASON_NONE : REASON_OUTPUT;
}

static void plan_issue(struct batch *batch, const struct issue *issue)
{
    struct batch_issue item = {
        .issue = issue,
        .record = manifest_lookup(&batch->manifest, issue->output),
    };

    item.reason = find_reason(batch, &item, &item.because);
    if (item.reason == REASON_NONE) {
        item.outcome = OUTCOME_UNCHANGED;
        batch->unchanged++;
    } else {
        vec_push(&batch->queue, (uint32_t)batch->list.length);
    }
    vec_push(&batch->list, item);
}

/* ---- what is there no longer ---- */

/* A link to nowhere is there, though it cannot be read. */
static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

/* Tell the records whose issue does not exist any more; with --prune remove the PDF. */
static void tell_gone(struct batch *batch)
{
    struct manifest *manifest = &batch->manifest;
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < manifest->records.length; i++) {
        const struct record *record = manifest->records.data[i];
        bool pruned = false;

        if (record == NULL || is_there(record->source))
            continue;
        if (batch->options->prune)
            pruned = batch_remove(path_join(&arena, batch->options->out, record->output));
        batch->gone++;
        batch->pruned += pruned;
        batch->on_gone(batch, record, pruned);
        if (pruned)
            manifest_remove(manifest, record->output);
    }
    arena_done(&arena);
}

enum batch_result batch_plan(
    struct batch *batch, char *const *operands, size_t operand_count)
{
    const struct batch_options *options = batch->options;
    const struct discovery discovery = {
        .out = options->out,
        .match = options->match,
        .extension = "pdf",
        .shard = options->shard,
        .shard_count = options->shard_count,
        .most = ISSUE_LIMIT,
    };
    struct diagnostics *sink = &batch->job.sink;

    if (!issues_find(&batch->issues, operands, operand_count, &discovery, sink))
        return BATCH_REFUSED;
    if (batch->issues.list.length == 0 && options->shard_count == 0) {
        diag_add(
            sink, DIAG_NO_ISSUES, SPAN_NONE, NULL, operand_count > 0 ? operands[0] : "");
        return BATCH_REFUSED;
    }
    batch->job.files.limits = options->job.limits; /* of the fonts that are opened now */
    if (!batch_open(batch) || !job_warm(&batch->job))
        return BATCH_REFUSED;
    batch->device = job_device(&batch->job, "pdf");
    find_setup(batch);
    for (size_t i = 0; i < batch->issues.list.length; i++)
        plan_issue(batch, &batch->issues.list.data[i]);
    tell_gone(batch);
    return batch->device != NULL ? BATCH_DONE : BATCH_REFUSED;
}
