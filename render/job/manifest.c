/* manifest: records in memory; manifest_json.c reads and writes them. See manifest.h. */
#include "job/manifest.h"

#include <string.h>

void manifest_init(struct manifest *manifest)
{
    *manifest = (struct manifest){0};
    arena_init(&manifest->arena);
    map_init(&manifest->outputs);
    states_init(&manifest->states);
}

void manifest_done(struct manifest *manifest)
{
    if (manifest == NULL)
        return;
    vec_done(&manifest->records);
    map_done(&manifest->outputs);
    states_done(&manifest->states);
    arena_done(&manifest->arena);
}

struct record *manifest_lookup(const struct manifest *manifest, const char *output)
{
    return map_lookup(&manifest->outputs, text_of(output));
}

static const char *copy(struct manifest *manifest, const char *string)
{
    return arena_copy(&manifest->arena, string, strlen(string));
}

/* Inputs are states' paths: one copy of each serves all records. */
static const char *const *copy_inputs(
    struct manifest *manifest, const char *const *inputs, uint32_t count)
{
    const char **copies = ARENA_ARRAY(&manifest->arena, count, const char *);

    for (uint32_t i = 0; i < count; i++) {
        const struct file_state *state =
            map_lookup(&manifest->states.paths, text_of(inputs[i]));

        copies[i] = state != NULL ? state->path : copy(manifest, inputs[i]);
    }
    return copies;
}

struct record *manifest_add(struct manifest *manifest, const struct record *record)
{
    struct record *kept = manifest_lookup(manifest, record->output);

    if (kept == NULL) {
        kept = ARENA_NEW(&manifest->arena, struct record);
        kept->output = copy(manifest, record->output);
        vec_push(&manifest->records, kept);
        map_set(&manifest->outputs, text_of(kept->output), kept);
    }
    const char *output = kept->output;
    *kept = *record;
    kept->output = output;
    kept->source = copy(manifest, record->source);
    kept->inputs = copy_inputs(manifest, record->inputs, record->input_count);
    kept->title = copy(manifest, record->title);
    kept->date = copy(manifest, record->date);
    kept->diagnostics = copy(manifest, record->diagnostics);
    manifest->changed = true;
    return kept;
}

void manifest_remove(struct manifest *manifest, const char *output)
{
    const struct record *record = manifest_lookup(manifest, output);

    for (size_t i = 0; record != NULL && i < manifest->records.length; i++) {
        if (manifest->records.data[i] == record)
            manifest->records.data[i] = NULL;
    }
    map_set(&manifest->outputs, text_of(output), NULL);
    manifest->changed = true;
}
