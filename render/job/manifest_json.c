/* manifest_json: the manifest as JSON, by json-c; see manifest.h.
 *
 *     {"paiban-manifest": 1,
 *     "files": [
 *     ["/archive/2021/05.md", 14592, 1622419200000000000, "9f0c…"],
 *     …],
 *     "issues": [
 *     {"output": "2021/05.pdf", "inputs": [0, 3, 4], …},
 *     …]}
 *
 * Hashes are strings: JSON's numbers are doubles to most readers.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "job/manifest.h"

#define MANIFEST_LIMIT ((size_t)1 << 30) /* bytes: of a million issues */
#define INPUT_LIMIT    100000            /* files of an issue */
#define BOOT_ID        "/proc/sys/kernel/random/boot_id"

#define PLAIN (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

static const char *const level_keys[] = {"notes", "warnings", "errors", "fatals"};

/* ---- writing ---- */

static struct json_object *json_text(const char *string)
{
    return json_object_new_string(string);
}

static struct json_object *json_hash(uint64_t hash)
{
    char digits[17];

    snprintf(digits, sizeof digits, "%016" PRIx64, hash);
    return json_object_new_string(digits);
}

/* Append the JSON of object, which is given up, on one line. */
static void append_object(struct str *out, struct json_object *object)
{
    size_t length;
    const char *json = json_object_to_json_string_length(object, PLAIN, &length);

    str_append(out, json, length);
    json_object_put(object);
}

static struct json_object *record_object(
    const struct record *record, struct json_object *inputs)
{
    struct json_object *object = json_object_new_object();
    struct json_object *setup = json_object_new_array();

    for (int i = 0; i < SETUP_COUNT; i++)
        json_object_array_add(setup, json_hash(record->setup[i]));
    json_object_object_add(object, "output", json_text(record->output));
    json_object_object_add(object, "source", json_text(record->source));
    json_object_object_add(object, "done", json_object_new_boolean(record->done));
    json_object_object_add(object, "title", json_text(record->title));
    json_object_object_add(object, "date", json_text(record->date));
    json_object_object_add(object, "pages", json_object_new_int64(record->pages));
    for (int i = 0; i < 4; i++)
        json_object_object_add(
            object, level_keys[i], json_object_new_int64(record->count[i]));
    json_object_object_add(object, "diagnostics", json_text(record->diagnostics));
    json_object_object_add(object, "size", json_object_new_int64(record->size));
    json_object_object_add(object, "changed", json_object_new_int64(record->changed));
    json_object_object_add(
        object, "microseconds", json_object_new_int64((int64_t)(record->seconds * 1e6)));
    json_object_object_add(object, "fingerprint", json_hash(record->fingerprint));
    json_object_object_add(object, "setup", setup);
    json_object_object_add(object, "inputs", inputs);
    return object;
}

static struct json_object *state_row(const struct file_state *state)
{
    struct json_object *row = json_object_new_array();

    json_object_array_add(row, json_text(state->path));
    json_object_array_add(row, json_object_new_int64(state->size));
    json_object_array_add(row, json_object_new_int64(state->changed));
    json_object_array_add(row, json_hash(state->hash));
    return row;
}

/* An input of a line: what the worker saw of it, when that will do for the manifest; else
 * its path, and who writes the manifest looks himself. */
static struct json_object *line_input(const struct states *states, const char *path)
{
    const struct file_state *state = map_lookup(&states->paths, text_of(path));
    bool sure = state != NULL && state->looked &&
                (state->changed != 0 || state->size == STATE_MISSING);

    return sure ? state_row(state) : json_text(path);
}

void record_print(
    const struct record *record, const struct states *states, struct str *out)
{
    struct json_object *inputs = json_object_new_array();

    for (uint32_t i = 0; i < record->input_count; i++)
        json_object_array_add(inputs, line_input(states, record->inputs[i]));
    append_object(out, record_object(record, inputs));
    str_append_char(out, '\n');
}

/* The files that records name, numbered in the order of first use. */
struct numbering {
    struct map numbers;                  /* path → index + 1, as a pointer */
    VEC(const struct file_state *) list; /* by index */
};

static int64_t number_of(
    struct numbering *numbering, struct states *states, const char *path)
{
    uintptr_t known = (uintptr_t)map_lookup(&numbering->numbers, text_of(path));

    if (known == 0) {
        const struct file_state *state = map_lookup(&states->paths, text_of(path));

        /* What no issue of this run asked for stays as it was recorded. */
        if (state == NULL || !state->recorded)
            state = states_look(states, path);
        vec_push(&numbering->list, state);
        known = numbering->list.length;
        map_set(&numbering->numbers, text_of(path), (void *)known);
    }
    return (int64_t)known - 1;
}

static int compare_records(const void *a, const void *b)
{
    return strcmp((*(const struct record *const *)a)->output,
        (*(const struct record *const *)b)->output);
}

/* In the order of their outputs, whichever worker was first. */
static void append_records(
    struct manifest *manifest, struct numbering *numbering, struct str *out)
{
    VEC(const struct record *) sorted = {0};
    const char *separator = "\n";

    for (size_t i = 0; i < manifest->records.length; i++) {
        if (manifest->records.data[i] != NULL)
            vec_push(&sorted, manifest->records.data[i]);
    }
    if (sorted.length > 0)
        qsort(sorted.data, sorted.length, sizeof(struct record *), compare_records);
    for (size_t i = 0; i < sorted.length; i++) {
        const struct record *record = sorted.data[i];
        struct json_object *inputs = json_object_new_array();

        for (uint32_t k = 0; k < record->input_count; k++)
            json_object_array_add(inputs, json_object_new_int64(number_of(numbering,
                                              &manifest->states, record->inputs[k])));
        str_append_string(out, separator);
        append_object(out, record_object(record, inputs));
        separator = ",\n";
    }
    vec_done(&sorted);
}

static void append_files(const struct numbering *numbering, struct str *out)
{
    for (size_t i = 0; i < numbering->list.length; i++) {
        str_append_string(out, i > 0 ? ",\n" : "\n");
        append_object(out, state_row(numbering->list.data[i]));
    }
}

bool manifest_write(struct manifest *manifest, const char *path, struct diagnostics *sink)
{
    struct numbering numbering = {0};
    struct str head, records;
    struct output output;
    bool good;

    if (!output_open(&output, path, sink))
        return false;
    str_init(&head);
    str_init(&records);
    append_records(manifest, &numbering, &records);
    str_printf(&head, "{\"paiban-manifest\":%d,\n\"files\":[", MANIFEST_VERSION);
    append_files(&numbering, &head);
    str_append_string(&head, "],\n\"issues\":[");
    output_write(&output, head.data, head.length);
    output_write(&output, records.data, records.length);
    output_write(&output, "]}\n", 3);
    good = output_commit(&output, sink);
    str_done(&records);
    str_done(&head);
    map_done(&numbering.numbers);
    vec_done(&numbering.list);
    manifest->changed = manifest->changed && !good;
    return good;
}

static void append_boot(struct str *out)
{
    char id[64];
    int descriptor = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
    ssize_t length = descriptor >= 0 ? read(descriptor, id, sizeof id) : 0;

    if (descriptor >= 0)
        close(descriptor);
    if (length > 0)
        str_append_text(out, text_trim((struct text){id, (size_t)length}));
}

void journal_print_head(struct str *out)
{
    struct str boot;
    struct json_object *object = json_object_new_object();

    str_init(&boot);
    append_boot(&boot);
    json_object_object_add(
        object, "paiban-journal", json_object_new_int(MANIFEST_VERSION));
    json_object_object_add(object, "boot", json_text(boot.data != NULL ? boot.data : ""));
    append_object(out, object);
    str_append_char(out, '\n');
    str_done(&boot);
}

/* ---- reading: each take_… is false when the value is not what it must be ---- */

static bool take_text(struct json_object *object, const char **ret_string)
{
    const char *string;

    if (!json_object_is_type(object, json_type_string))
        return false;
    string = json_object_get_string(object);
    if (strlen(string) != (size_t)json_object_get_string_len(object))
        return false;
    *ret_string = string;
    return true;
}

static bool take_number(struct json_object *object, int64_t least, int64_t *ret_number)
{
    int64_t number;

    if (!json_object_is_type(object, json_type_int))
        return false;
    number = json_object_get_int64(object);
    if (number < least)
        return false;
    *ret_number = number;
    return true;
}

static bool take_count(struct json_object *object, uint32_t *ret_count)
{
    int64_t number;

    if (!take_number(object, 0, &number) || number > UINT32_MAX)
        return false;
    *ret_count = (uint32_t)number;
    return true;
}

static bool take_hash(struct json_object *object, uint64_t *ret_hash)
{
    const char *digits;
    char *end;

    if (!take_text(object, &digits) || strlen(digits) != 16 ||
        strspn(digits, "0123456789abcdef") != 16)
        return false;
    *ret_hash = strtoull(digits, &end, 16);
    return true;
}

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;

    json_object_object_get_ex(object, key, &value);
    return value;
}

static bool take_setup(struct json_object *array, uint64_t setup[SETUP_COUNT])
{
    if (!json_object_is_type(array, json_type_array) ||
        json_object_array_length(array) != SETUP_COUNT)
        return false;
    for (size_t i = 0; i < SETUP_COUNT; i++) {
        if (!take_hash(json_object_array_get_idx(array, i), &setup[i]))
            return false;
    }
    return true;
}

/* A name that stays below OUT when it is joined to it. */
static bool is_below(const char *output)
{
    struct text rest = text_of(output);

    if (rest.length == 0 || rest.data[0] == '/')
        return false;
    while (rest.length > 0) {
        size_t slash = text_find(rest, "/");

        if (text_is(text_slice(rest, 0, slash), ".."))
            return false;
        rest = text_slice(rest, slash + 1, rest.length);
    }
    return true;
}

#define MICROSECONDS_MOST (INT64_C(1) << 53) /* which a double tells exactly */

/* All of a record but its inputs. Its strings are json-c's. */
static bool take_record(struct json_object *object, struct record *record)
{
    int64_t microseconds = 0;
    bool good = json_object_is_type(object, json_type_object) &&
                json_object_is_type(member(object, "done"), json_type_boolean) &&
                take_text(member(object, "output"), &record->output) &&
                is_below(record->output) &&
                take_text(member(object, "source"), &record->source) &&
                take_text(member(object, "title"), &record->title) &&
                take_text(member(object, "date"), &record->date) &&
                take_text(member(object, "diagnostics"), &record->diagnostics) &&
                take_count(member(object, "pages"), &record->pages) &&
                take_number(member(object, "size"), STATE_MISSING, &record->size) &&
                take_number(member(object, "changed"), INT64_MIN, &record->changed) &&
                take_number(member(object, "microseconds"), 0, &microseconds) &&
                microseconds <= MICROSECONDS_MOST &&
                take_hash(member(object, "fingerprint"), &record->fingerprint) &&
                take_setup(member(object, "setup"), record->setup);

    for (int i = 0; good && i < 4; i++)
        good = take_count(member(object, level_keys[i]), &record->count[i]);
    record->done = good && json_object_get_boolean(member(object, "done"));
    record->seconds = (double)microseconds / 1e6;
    return good;
}

static bool add_state(struct manifest *manifest, struct json_object *row)
{
    struct file_state state = {0};

    if (!json_object_is_type(row, json_type_array) || json_object_array_length(row) != 4)
        return false;
    if (!take_text(json_object_array_get_idx(row, 0), &state.path) ||
        !take_number(json_object_array_get_idx(row, 1), STATE_MISSING, &state.size) ||
        !take_number(json_object_array_get_idx(row, 2), INT64_MIN, &state.changed) ||
        !take_hash(json_object_array_get_idx(row, 3), &state.hash))
        return false;
    states_record(&manifest->states, &state);
    return true;
}

/* One input: of a line (files NULL) a path or a state; else an index into files. */
static bool take_input(struct manifest *manifest, struct json_object *value,
    struct json_object *files, const char **ret_path)
{
    int64_t index;
    struct json_object *row;

    if (files == NULL && json_object_is_type(value, json_type_array))
        return add_state(manifest, value) &&
               take_text(json_object_array_get_idx(value, 0), ret_path);
    if (files == NULL)
        return take_text(value, ret_path);
    if (!take_number(value, 0, &index) ||
        (uint64_t)index >= json_object_array_length(files))
        return false;
    row = json_object_array_get_idx(files, (size_t)index);
    return take_text(json_object_array_get_idx(row, 0), ret_path);
}

static bool add_record(
    struct manifest *manifest, struct json_object *object, struct json_object *files)
{
    struct record record = {0};
    struct json_object *inputs = member(object, "inputs");
    VEC(const char *) paths = {0};
    bool good = take_record(object, &record) &&
                json_object_is_type(inputs, json_type_array) &&
                json_object_array_length(inputs) <= INPUT_LIMIT;
    size_t count = good ? json_object_array_length(inputs) : 0;

    for (size_t i = 0; good && i < count; i++) {
        const char *path;

        good =
            take_input(manifest, json_object_array_get_idx(inputs, i), files, &path);
        if (good)
            vec_push(&paths, path);
    }
    record.inputs = paths.data;
    record.input_count = (uint32_t)paths.length;
    if (good)
        manifest_add(manifest, &record);
    vec_done(&paths);
    return good;
}

static bool add_all(struct manifest *manifest, struct json_object *root)
{
    struct json_object *files = member(root, "files");
    struct json_object *issues = member(root, "issues");
    bool good = json_object_is_type(files, json_type_array) &&
                json_object_is_type(issues, json_type_array);

    for (size_t i = 0; good && i < json_object_array_length(files); i++)
        good = add_state(manifest, json_object_array_get_idx(files, i));
    for (size_t i = 0; good && i < json_object_array_length(issues); i++)
        good = add_record(manifest, json_object_array_get_idx(issues, i), files);
    return good;
}

/* Parse the whole of bytes; NULL when it is not JSON. */
static struct json_object *parse(struct text bytes)
{
    struct json_tokener *tokener = json_tokener_new();
    struct json_object *root = NULL;

    if (bytes.length <= INT32_MAX &&
        utf8_validate(bytes.data, bytes.length) == bytes.length)
        root = json_tokener_parse_ex(tokener, bytes.data, (int)bytes.length);
    if (json_tokener_get_error(tokener) != json_tokener_success) {
        json_object_put(root);
        root = NULL;
    }
    json_tokener_free(tokener);
    return root;
}

static bool tell_damaged(
    struct manifest *manifest, const char *path, struct diagnostics *sink)
{
    manifest_done(manifest);
    manifest_init(manifest);
    manifest->changed = true;
    diag_add(sink, DIAG_MANIFEST_DAMAGED, SPAN_NONE, NULL, path);
    return false;
}

static bool take_root(struct manifest *manifest, struct json_object *root,
    const char *path, struct diagnostics *sink)
{
    int64_t version;

    if (!json_object_is_type(root, json_type_object) ||
        !take_number(member(root, "paiban-manifest"), 0, &version))
        return tell_damaged(manifest, path, sink);
    if (version != MANIFEST_VERSION) {
        manifest->changed = true;
        diag_add(sink, DIAG_MANIFEST_NEWER, SPAN_NONE, NULL, path);
        return false;
    }
    if (!add_all(manifest, root))
        return tell_damaged(manifest, path, sink);
    manifest->changed = false;
    return true;
}

bool manifest_read(struct manifest *manifest, const char *path, struct diagnostics *sink)
{
    struct json_object *root;
    struct files files;
    int file;
    bool good;

    if (!path_exists(path)) {
        manifest->changed = true;
        return true;
    }
    files_init(&files);
    file = files_read_bytes(&files, path, MANIFEST_LIMIT, SPAN_NONE, sink);
    if (file < 0) {
        files_done(&files);
        return false;
    }
    root = parse(files_get(&files, (uint32_t)file)->bytes);
    good = take_root(manifest, root, path, sink);
    json_object_put(root);
    files_done(&files);
    return good;
}

struct record *manifest_add_line(struct manifest *manifest, struct text line)
{
    struct json_object *object = parse(line);
    struct record *record = NULL;
    const char *output;

    if (json_object_is_type(object, json_type_object) &&
        add_record(manifest, object, NULL) &&
        take_text(member(object, "output"), &output))
        record = manifest_lookup(manifest, output);
    json_object_put(object);
    return record;
}

void manifest_read_journal(struct manifest *manifest, const char *path)
{
    struct diagnostics sink;
    struct files files;
    struct str head;
    int file = -1;

    files_init(&files);
    diagnostics_init(&sink);
    str_init(&head);
    journal_print_head(&head);
    if (path_exists(path))
        file = files_read_bytes(&files, path, MANIFEST_LIMIT, SPAN_NONE, &sink);
    if (file >= 0 && text_starts(files_get(&files, (uint32_t)file)->bytes, head.data)) {
        struct text rest = files_get(&files, (uint32_t)file)->bytes;

        rest = text_slice(rest, head.length, rest.length);
        for (size_t end; (end = text_find(rest, "\n")) < rest.length;
             rest = text_slice(rest, end + 1, rest.length))
            manifest_add_line(manifest, text_slice(rest, 0, end));
    }
    str_done(&head);
    diagnostics_done(&sink);
    files_done(&files);
}
