/* check_json: findings as JSON, through json-c; see check_json.h. */
#include "check/check_json.h"

#include <json-c/json.h>

#include "check/rule.h"

#define SCHEMA_VERSION 1

struct check_json {
    struct json_object *root;
    struct json_object *issues;   /* in root */
    struct json_object *findings; /* of the issue begun last */
};

/* Names of levels for programs: never translated. */
static const char *const levels[] = {"note", "warning", "error", "fatal"};

struct check_json *check_json_new(void)
{
    struct check_json *json = memory_alloc(sizeof *json);

    json->root = json_object_new_object();
    json->issues = json_object_new_array();
    json_object_object_add(json->root, "version", json_object_new_int(SCHEMA_VERSION));
    json_object_object_add(json->root, "issues", json->issues);
    return json;
}

void check_json_free(struct check_json *json)
{
    if (json == NULL)
        return;
    json_object_put(json->root);
    memory_free(json);
}

static void add_string(struct json_object *object, const char *key, const char *value)
{
    json_object_object_add(
        object, key, value == NULL ? NULL : json_object_new_string(value));
}

static void add_number(struct json_object *object, const char *key, uint32_t value)
{
    json_object_object_add(object, key, json_object_new_int64(value));
}

void check_json_begin(struct check_json *json, const char *path)
{
    struct json_object *issue = json_object_new_object();

    json->findings = json_object_new_array();
    add_string(issue, "path", path);
    json_object_object_add(issue, "findings", json->findings);
    json_object_array_add(json->issues, issue);
}

static void add_place(
    struct json_object *finding, const struct diagnostic *d, const struct files *files)
{
    const struct file *file = files_get(files, d->span.file);
    struct span end = d->span;
    uint32_t line = 1, column = 1;

    add_string(finding, "file", file == NULL ? NULL : file->path);
    if (file == NULL)
        return;
    files_position(files, d->span, &line, &column);
    add_number(finding, "line", line);
    add_number(finding, "column", column);
    end.offset += end.length;
    files_position(files, end, &line, &column);
    add_number(finding, "endLine", line);
    add_number(finding, "endColumn", column);
    add_number(finding, "offset", d->span.offset);
    add_number(finding, "length", d->span.length);
}

void check_json_add(
    struct check_json *json, const struct diagnostic *d, const struct files *files)
{
    struct json_object *finding = json_object_new_object();
    size_t rule = rule_index(d->id);

    add_string(finding, "rule", diag_info(d->id)->name);
    add_string(finding, "level", levels[diag_info(d->id)->level]);
    add_string(finding, "message", d->message);
    add_string(finding, "hint", d->hint);
    add_string(finding, "clause", rule < RULE_TOTAL ? rule_at(rule)->clause : NULL);
    add_place(finding, d, files);
    json_object_array_add(json->findings, finding);
}

void check_json_append(const struct check_json *json, struct str *out)
{
    str_append_string(out, json_object_to_json_string_ext(json->root,
                               JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    str_append_char(out, '\n');
}
