/* yaml: a tree of values over libyaml's event parser.
 *
 * libyaml counts its marks in characters, not bytes, and does not count a byte-order
 * mark; a cursor that moves with the marks turns them into byte offsets. Its scanner,
 * reader and parser errors become one diagnostic at the place of the problem. Where an
 * error ends the reading, read_value() returns false up the whole way; the diagnostic has
 * been added at its source.
 *
 * Rejected: libyaml's own document tree, which has no limit on depth, resolves aliases
 * and leaves duplicate keys in.
 */
#include "base/yaml.h"

#include <stdbool.h>
#include <string.h>
#include <yaml.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/vec.h"

#define NODE_LIMIT    100000 /* values of one document: a layout has some hundred */
#define CONTROLS_TOLD 20     /* control characters that are told one by one */

struct reader {
    yaml_parser_t parser;     /* libyaml's; deleted at the end of yaml_read() */
    yaml_event_t event;       /* the current event; all zero when none is held */
    struct arena *arena;      /* takes the values */
    struct diagnostics *sink; /* takes the findings */
    uint32_t file;            /* index of the file */
    struct text bytes;        /* the part that is read, without byte-order mark */
    struct str kept;          /* what libyaml gets: bytes without control characters */
    size_t base;              /* byte offset of that part in its file */
    size_t cursor_index;  /* the cursor: code points kept from the part's start on … */
    size_t cursor_offset; /* … and the same place in bytes */
    size_t nodes;         /* values so far */
};

static bool read_value(struct reader *reader, int depth, struct yaml_value *ret_value);

/* Characters that YAML 1.1 (5.1) does not allow; libyaml would refuse the whole text. */
static bool is_control(uint32_t c)
{
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return (c >= 0x7F && c < 0xA0 && c != 0x85) || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF;
}

/* utf8_next() for texts that are mostly ASCII. */
static uint32_t next_kept(struct text bytes, size_t *offset)
{
    unsigned char c = (unsigned char)bytes.data[*offset];

    if (c >= 0x80)
        return utf8_next(bytes.data, bytes.length, offset);
    ++*offset;
    return c;
}

/* Fill reader->kept; each control character that is left out is told. */
static void drop_controls(struct reader *reader)
{
    struct text bytes = reader->bytes;
    struct span span = {reader->file, 0, 0};
    size_t found = 0;

    for (size_t offset = 0, kept = 0; offset < bytes.length;) {
        size_t start = offset;
        uint32_t c = next_kept(bytes, &offset);

        if (!is_control(c)) {
            if (offset == bytes.length)
                str_append(&reader->kept, bytes.data + kept, offset - kept);
            continue;
        }
        str_append(&reader->kept, bytes.data + kept, start - kept);
        kept = offset;
        span.offset = (uint32_t)(reader->base + start);
        span.length = (uint32_t)(offset - start);
        if (found++ < CONTROLS_TOLD)
            diag_add(reader->sink, DIAG_CONTROL_CHARACTER, span, NULL, (unsigned)c);
    }
    if (found > CONTROLS_TOLD)
        diag_add(reader->sink, DIAG_CONTROL_CHARACTERS, span, NULL,
            (unsigned)(found - CONTROLS_TOLD));
}

static void cursor_forward(struct reader *reader)
{
    struct text bytes = reader->bytes;
    uint32_t c;

    do
        c = next_kept(bytes, &reader->cursor_offset);
    while (is_control(c) && reader->cursor_offset < bytes.length);
    reader->cursor_index++;
}

static void cursor_back(struct reader *reader)
{
    uint32_t c;

    do
        c = utf8_previous(reader->bytes.data, &reader->cursor_offset);
    while (is_control(c) && reader->cursor_offset > 0);
    reader->cursor_index--;
}

/* Byte offset in the file of libyaml's mark. */
static size_t offset_of(struct reader *reader, const yaml_mark_t *mark)
{
    while (reader->cursor_index < mark->index &&
           reader->cursor_offset < reader->bytes.length)
        cursor_forward(reader);
    while (reader->cursor_index > mark->index && reader->cursor_offset > 0)
        cursor_back(reader);
    return reader->base + reader->cursor_offset;
}

static struct span span_of(
    struct reader *reader, const yaml_mark_t *start, const yaml_mark_t *end)
{
    size_t first = offset_of(reader, start);
    size_t last = offset_of(reader, end);

    return (struct span){reader->file, (uint32_t)first, (uint32_t)(last - first)};
}

static struct span event_span(struct reader *reader)
{
    return span_of(reader, &reader->event.start_mark, &reader->event.end_mark);
}

static bool refuse(
    struct reader *reader, struct span span, const char *hint, const char *why)
{
    diag_add(reader->sink, DIAG_YAML_SYNTAX, span, hint, why);
    return false;
}

/* Tell libyaml's own error at its place. */
static bool tell_parser_error(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    struct span span = {reader->file, 0, 0};
    const char *hint = NULL, *why;
    size_t local;

    if (parser->error == YAML_MEMORY_ERROR)
        program_stop("no memory to read YAML");
    if (parser->error == YAML_READER_ERROR) {
        /* Ill-formed UTF-8, which files_read_text() refuses before. */
        span.offset = (uint32_t)(reader->base +
                                 utf8_validate(reader->bytes.data, reader->bytes.length));
        return refuse(reader, span, NULL, parser->problem);
    }
    span.offset = (uint32_t)offset_of(reader, &parser->problem_mark);
    local = span.offset - reader->base;
    if (local < reader->bytes.length && reader->bytes.data[local] == '\t')
        hint = _("indent with spaces, not with tabs");
    why = parser->problem;
    if (parser->context != NULL)
        why = arena_print(reader->arena, "%s %s", parser->problem, parser->context);
    return refuse(reader, span, hint, why);
}

/* Move to the next event. */
static bool advance(struct reader *reader)
{
    yaml_event_delete(&reader->event);
    if (yaml_parser_parse(&reader->parser, &reader->event))
        return true;
    return tell_parser_error(reader);
}

/* Refuse what a head has no use for: names for parts of the tree, and types. */
static bool check_properties(
    struct reader *reader, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        return refuse(reader, event_span(reader), NULL, _("anchors are not supported"));
    if (tag != NULL)
        return refuse(reader, event_span(reader), NULL, _("tags are not supported"));
    return true;
}

static bool read_scalar(struct reader *reader, struct yaml_value *ret_value)
{
    const yaml_event_t *event = &reader->event;
    struct text text = {
        (const char *)event->data.scalar.value, event->data.scalar.length};
    struct yaml_value value = {.kind = YAML_SCALAR};

    if (!check_properties(reader, event->data.scalar.anchor, event->data.scalar.tag))
        return false;
    value.span = event_span(reader);
    value.text = text_copy(reader->arena, text);
    value.quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (memchr(value.text.data, '\0', value.text.length) != NULL)
        return refuse(reader, value.span, NULL, _("a text holds the character U+0000"));
    *ret_value = value;
    return true;
}

/* The span of a sequence or mapping that began at `span`: up to its closing bracket,
 * or to the end of its last value when it is written in lines. */
static struct span close_span(
    struct reader *reader, struct span span, bool flow, const struct yaml_value *last)
{
    size_t end = span.offset;

    if (flow)
        end = offset_of(reader, &reader->event.end_mark);
    else if (last != NULL)
        end = (size_t)last->span.offset + last->span.length;
    span.length = (uint32_t)(end > span.offset ? end - span.offset : 0);
    return span;
}

static bool read_sequence(struct reader *reader, int depth, struct yaml_value *ret_value)
{
    struct yaml_value value = {.kind = YAML_SEQUENCE, .span = event_span(reader)};
    bool flow = reader->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    VEC(struct yaml_value) items = {0};
    bool good = check_properties(reader, reader->event.data.sequence_start.anchor,
        reader->event.data.sequence_start.tag);

    while (good && (good = advance(reader)) &&
           reader->event.type != YAML_SEQUENCE_END_EVENT) {
        struct yaml_value item;

        good = read_value(reader, depth + 1, &item);
        if (good)
            vec_push(&items, item);
    }
    if (good) {
        value.span = close_span(
            reader, value.span, flow, items.length > 0 ? vec_last(&items) : NULL);
        value.length = items.length;
        value.items = ARENA_ARRAY(reader->arena, items.length, struct yaml_value);
        if (items.length > 0)
            memcpy(value.items, items.data, items.length * sizeof *items.data);
        *ret_value = value;
    }
    vec_done(&items);
    return good;
}

/* A mapping while it is read. */
struct pairs {
    VEC(struct yaml_key) keys;    /* in order */
    VEC(struct yaml_value) items; /* one per key */
    struct map seen;              /* names so far → anything but NULL */
};

/* Read one key and its value; a key given twice is told and its value dropped. */
static bool read_pair(struct reader *reader, int depth, struct pairs *pairs)
{
    struct yaml_value name, item;
    struct yaml_key key;

    if (reader->event.type != YAML_SCALAR_EVENT)
        return refuse(reader, event_span(reader), NULL, _("a key must be a plain text"));
    if (!read_scalar(reader, &name) || !advance(reader) ||
        !read_value(reader, depth + 1, &item))
        return false;
    key = (struct yaml_key){name.text, name.span};
    if (map_lookup(&pairs->seen, key.name) != NULL) {
        diag_add(reader->sink, DIAG_YAML_DUPLICATE, key.span, NULL, key.name.data);
        return true;
    }
    map_set(&pairs->seen, key.name, reader);
    vec_push(&pairs->keys, key);
    vec_push(&pairs->items, item);
    return true;
}

static void store_pairs(
    struct reader *reader, const struct pairs *pairs, struct yaml_value *value)
{
    size_t count = pairs->items.length;

    value->length = count;
    value->items = ARENA_ARRAY(reader->arena, count, struct yaml_value);
    value->keys = ARENA_ARRAY(reader->arena, count, struct yaml_key);
    if (count == 0)
        return;
    memcpy(value->items, pairs->items.data, count * sizeof *pairs->items.data);
    memcpy(value->keys, pairs->keys.data, count * sizeof *pairs->keys.data);
}

static bool read_mapping(struct reader *reader, int depth, struct yaml_value *ret_value)
{
    struct yaml_value value = {.kind = YAML_MAPPING, .span = event_span(reader)};
    bool flow = reader->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct pairs pairs = {0};
    bool good = check_properties(reader, reader->event.data.mapping_start.anchor,
        reader->event.data.mapping_start.tag);

    while (
        good && (good = advance(reader)) && reader->event.type != YAML_MAPPING_END_EVENT)
        good = read_pair(reader, depth, &pairs);
    if (good) {
        value.span = close_span(reader, value.span, flow,
            pairs.items.length > 0 ? vec_last(&pairs.items) : NULL);
        store_pairs(reader, &pairs, &value);
        *ret_value = value;
    }
    vec_done(&pairs.keys);
    vec_done(&pairs.items);
    map_done(&pairs.seen);
    return good;
}

/* Read the value that the current event begins. */
static bool read_value(struct reader *reader, int depth, struct yaml_value *ret_value)
{
    if (depth > YAML_DEPTH_LIMIT)
        return refuse(
            reader, event_span(reader), NULL, _("values are nested too deeply"));
    if (++reader->nodes > NODE_LIMIT)
        return refuse(reader, event_span(reader), NULL, _("there are too many values"));
    switch (reader->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, ret_value);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(reader, depth, ret_value);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reader, depth, ret_value);
    default:
        return refuse(reader, event_span(reader), NULL, _("aliases are not supported"));
    }
}

static void empty_mapping(struct reader *reader, struct yaml_value *ret_value)
{
    *ret_value = (struct yaml_value){
        .kind = YAML_MAPPING, .span = {reader->file, (uint32_t)reader->base, 0}};
}

/* Stream start, at most one document, stream end. */
static bool read_stream(struct reader *reader, struct yaml_value *ret_value)
{
    if (!advance(reader) || !advance(reader))
        return false;
    if (reader->event.type == YAML_STREAM_END_EVENT) {
        empty_mapping(reader, ret_value);
        return true;
    }
    if (!advance(reader) || !read_value(reader, 1, ret_value) || !advance(reader) ||
        !advance(reader))
        return false;
    if (reader->event.type != YAML_STREAM_END_EVENT)
        return refuse(reader, event_span(reader), NULL, _("a second document begins"));
    if (ret_value->kind == YAML_SCALAR && !ret_value->quoted &&
        ret_value->text.length == 0)
        empty_mapping(reader, ret_value);
    return true;
}

struct yaml_value *yaml_read(struct arena *arena, const struct files *files,
    uint32_t file, size_t start, size_t end, struct diagnostics *sink)
{
    struct reader reader = {.arena = arena, .sink = sink, .file = file};
    struct text bytes = text_slice(files_get(files, file)->bytes, start, end);
    struct yaml_value *value = ARENA_NEW(arena, struct yaml_value);
    bool good;

    reader.base = start;
    if (text_starts(bytes, "\xEF\xBB\xBF")) {
        bytes = text_slice(bytes, 3, bytes.length);
        reader.base += 3;
    }
    reader.bytes = bytes;
    drop_controls(&reader);
    if (!yaml_parser_initialize(&reader.parser))
        program_stop("no memory to read YAML");
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser,
        (const unsigned char *)str_text(&reader.kept).data, reader.kept.length);
    good = read_stream(&reader, value);
    yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
    str_done(&reader.kept);
    return good ? value : NULL;
}

const struct yaml_value *yaml_lookup(const struct yaml_value *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->length; i++) {
        if (text_is(mapping->keys[i].name, key))
            return &mapping->items[i];
    }
    return NULL;
}

/* Is text one of the words, all lower case, Capital or UPPER? */
static bool is_word(struct text text, const char *const words[], size_t count)
{
    char lower[8] = "";

    if (text.length >= sizeof lower)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(lower, words[i]) == 0)
            return true;
    }
    return false;
}

bool yaml_is_null(const struct yaml_value *value)
{
    static const char *const words[] = {"", "~", "null"};

    return value == NULL || (value->kind == YAML_SCALAR && !value->quoted &&
                                is_word(value->text, words, 3));
}

struct text yaml_text(const struct yaml_value *value)
{
    if (yaml_is_null(value) || value->kind != YAML_SCALAR)
        return TEXT("");
    return value->text;
}

bool yaml_bool(const struct yaml_value *value, bool *ret_value)
{
    static const char *const yes[] = {"true", "yes", "on"};
    static const char *const no[] = {"false", "no", "off"};

    if (value == NULL || value->kind != YAML_SCALAR)
        return false;
    if (is_word(value->text, yes, 3))
        *ret_value = true;
    else if (is_word(value->text, no, 3))
        *ret_value = false;
    else
        return false;
    return true;
}
