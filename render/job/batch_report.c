/* batch_report: what a run did, as JSON for other programs; see batch.h.
 *
 *     {"issues": [{"issue": "a/05.md", "output": "a/05.pdf", "outcome": "rendered", …}],
 *      "rendered": 12, "unchanged": 388, "failed": 0, …}
 */
#include <json.h>

#include "job/batch.h"
#include "job/batch_parts.h"

static const char *const outcome_names[] = {
    [OUTCOME_WAITING] = "not done",
    [OUTCOME_UNCHANGED] = "unchanged",
    [OUTCOME_DONE] = "rendered",
    [OUTCOME_FAILED] = "failed",
};

static void add_text(struct json_object *object, const char *key, const char *value)
{
    json_object_object_add(object, key, json_object_new_string(value));
}

static void add_number(struct json_object *object, const char *key, int64_t value)
{
    json_object_object_add(object, key, json_object_new_int64(value));
}

static void add_record(struct json_object *object, const struct record *record)
{
    add_text(object, "title", record->title);
    add_text(object, "date", record->date);
    add_number(object, "pages", record->pages);
    add_number(object, "notes", record->count[LEVEL_NOTE]);
    add_number(object, "warnings", record->count[LEVEL_WARNING]);
    add_number(object, "errors",
        (int64_t)record->count[LEVEL_ERROR] + record->count[LEVEL_FATAL]);
    add_text(object, "diagnostics", record->diagnostics);
    add_number(object, "cpu-milliseconds", (int64_t)(record->seconds * 1000 + 0.5));
}

static struct json_object *issue_object(const struct batch_issue *item)
{
    struct json_object *object = json_object_new_object();

    add_text(object, "issue", item->issue->path);
    add_text(object, "output", item->issue->output);
    add_text(object, "outcome", outcome_names[item->outcome]);
    if (item->reason != REASON_NONE)
        add_text(object, "reason", batch_reason_name(item->reason));
    if (item->because != NULL)
        add_text(object, "because", item->because);
    if (item->record != NULL && item->outcome != OUTCOME_WAITING)
        add_record(object, item->record);
    return object;
}

static struct json_object *report_object(const struct batch *batch)
{
    struct json_object *object = json_object_new_object();
    struct json_object *issues = json_object_new_array();

    for (size_t i = 0; i < batch->list.length; i++)
        json_object_array_add(issues, issue_object(&batch->list.data[i]));
    json_object_object_add(object, "issues", issues);
    add_number(object, "rendered", batch->rendered);
    add_number(object, "unchanged", batch->unchanged);
    add_number(object, "failed", batch->failed);
    add_number(object, "gone", batch->gone);
    add_number(object, "pruned", batch->pruned);
    add_number(object, "cpu-milliseconds", (int64_t)(batch->cpu_seconds * 1000));
    add_number(
        object, "wall-milliseconds", (int64_t)((batch_clock() - batch->started) * 1000));
    add_number(object, "worker-memory-kib", (int64_t)(batch->memory >> 10));
    return object;
}

bool batch_report(struct batch *batch, const char *path)
{
    struct json_object *object;
    struct output output;
    const char *text;
    size_t length;

    if (!output_open(&output, path, &batch->job.sink))
        return false;
    object = report_object(batch);
    text = json_object_to_json_string_length(
        object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE, &length);
    output_write(&output, text, length);
    output_write(&output, "\n", 1);
    json_object_put(object);
    return output_commit(&output, &batch->job.sink);
}
