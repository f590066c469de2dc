/* head: one table of keys says what each holds, where it goes and who reads it.
 *
 * The same reader takes series.yaml first and the issue's own head second, so that the
 * issue wins key by key. A key written without a value (`contacts:`) empties what the
 * series says. A value of a wrong type is told with its place and the key is left as it
 * is.
 */
#include "content/head.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "content/attributes.h"
#include "content/chars.h"
#include "content/date.h"

#define NUMBER_LIMIT 1000000 /* of an issue; more is a slip */

struct head_reader {
    struct head *head;        /* being filled */
    struct arena *arena;      /* the document's */
    struct diagnostics *sink; /* findings */
    bool from_series;         /* reading series.yaml */
};

struct head_key {
    const char *name; /* as written */
    void (*take)(struct head_reader *reader, const struct head_key *key,
        const struct yaml_value *value);
    size_t field; /* offset of the field in struct head */
    size_t count; /* offset of the field with the number of entries, for lists */
};

static void *field_of(const struct head_reader *reader, size_t offset)
{
    return (char *)reader->head + offset;
}

static void tell_type(const struct head_reader *reader, const char *name,
    const struct yaml_value *value, const char *must)
{
    diag_add(reader->sink, DIAG_HEAD_TYPE, value->span, NULL, name, must);
}

static void tell_unknown(const struct head_reader *reader, const struct yaml_key *key,
    const char *const names[], size_t count)
{
    const char *nearest = nearest_name(key->name, names, count);
    char *hint = nearest == NULL
                     ? NULL
                     : arena_print(reader->arena, _("did you mean ‘%s’?"), nearest);
    diag_add(reader->sink, DIAG_UNKNOWN_KEY, key->span, hint,
        text_copy(reader->arena, key->name).data);
}

/* Read a scalar; anything else is told. */
static bool read_text(const struct head_reader *reader, const char *name,
    const struct yaml_value *value, struct head_text *ret_text)
{
    if (value->kind != YAML_SCALAR) {
        tell_type(reader, name, value, _("a text"));
        return false;
    }
    *ret_text = (struct head_text){yaml_text(value), value->span};
    return true;
}

static void take_text(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    (void)read_text(reader, key->name, value, field_of(reader, key->field));
}

static void take_layout(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    if (read_text(reader, key->name, value, &reader->head->layout))
        reader->head->layout_from_series = reader->from_series;
}

static void take_language(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    struct head_text text;
    if (!read_text(reader, key->name, value, &text))
        return;
    if (text.value.length == 0 || language_check(reader->sink, text.value, text.span))
        reader->head->lang = text;
}

static void take_date(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    struct date *date = field_of(reader, key->field);
    struct head_text text;
    if (!read_text(reader, key->name, value, &text))
        return;
    struct date read = {.span = text.span};
    if (text.value.length > 0 && !date_read(text.value, &read)) {
        diag_add(reader->sink, DIAG_HEAD_DATE, text.span, _("2021-05 or 2021-05-31"),
            text_copy(reader->arena, text.value).data);
        return;
    }
    *date = read;
}

static void take_number(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    int32_t *field = field_of(reader, key->field);
    long number = 0;
    bool null = value->kind == YAML_SCALAR && yaml_is_null(value);
    bool valid = value->kind == YAML_SCALAR && text_to_long(yaml_text(value), &number) &&
                 number >= 1 && number <= NUMBER_LIMIT;
    if (!valid && !null)
        tell_type(reader, key->name, value, _("a whole number from 1 to 1000000"));
    else
        *field = (int32_t)number;
}

static void take_flag(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    int *field = field_of(reader, key->field);
    bool flag = false;
    if (value->kind == YAML_SCALAR && yaml_is_null(value))
        *field = -1;
    else if (value->kind == YAML_SCALAR && yaml_bool(value, &flag))
        *field = flag;
    else
        tell_type(reader, key->name, value, _("yes or no"));
}

/* A sequence of scalars, or one scalar, as texts in the arena. */
static void read_list(struct head_reader *reader, const char *name,
    const struct yaml_value *value, struct head_text **ret_list, uint32_t *ret_count)
{
    size_t length = value->kind == YAML_SEQUENCE ? value->length : 1;
    bool null = value->kind == YAML_SCALAR && yaml_is_null(value);
    if (value->kind == YAML_MAPPING) {
        tell_type(reader, name, value, _("a list of texts"));
        return;
    }
    struct head_text *list = ARENA_ARRAY(reader->arena, length, struct head_text);
    uint32_t count = 0;
    for (size_t i = 0; i < length && !null; i++) {
        const struct yaml_value *item =
            value->kind == YAML_SEQUENCE ? &value->items[i] : value;
        count += read_text(reader, name, item, &list[count]);
    }
    *ret_list = list;
    *ret_count = count;
}

static void take_list(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    read_list(reader, key->name, value, field_of(reader, key->field),
        field_of(reader, key->count));
}

static void take_highlights(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    static const char *const modes[] = {
        "auto", "all", "none"}; /* order of highlights_mode */
    struct head *head = reader->head;
    if (value->kind == YAML_SEQUENCE) {
        head->highlights = HIGHLIGHTS_LIST;
        read_list(
            reader, key->name, value, &head->highlight_list, &head->highlight_count);
        return;
    }
    for (int i = 0; i < 3; i++) {
        if (value->kind == YAML_SCALAR && text_is(yaml_text(value), modes[i])) {
            head->highlights = (enum highlights_mode)i;
            return;
        }
    }
    tell_type(reader, key->name, value, _("auto, all, none or a list of titles"));
}

static void take_check(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    if (value->kind == YAML_MAPPING && reader->from_series)
        reader->head->series_check = value;
    else if (value->kind == YAML_MAPPING)
        reader->head->check = value;
    else if (yaml_is_null(value))
        reader->head->check = reader->head->series_check = NULL;
    else
        tell_type(reader, key->name, value, _("a list of ‘RULE: off’"));
}

/* A field of a record: its name and the offset of its head_text. */
struct part {
    const char *name; /* as written */
    size_t field;     /* offset in the record */
};

#define PARTS_LIMIT 8 /* fields of a record; the largest has 5 */

/* Read a mapping of texts into a record. */
static void read_record(struct head_reader *reader, const char *name,
    const struct yaml_value *value, const struct part *parts, size_t count, void *record)
{
    const char *names[PARTS_LIMIT];
    for (size_t i = 0; i < count; i++)
        names[i] = parts[i].name;
    if (value->kind != YAML_MAPPING) {
        tell_type(reader, name, value, _("keys with values"));
        return;
    }
    for (size_t i = 0; i < value->length; i++) {
        size_t part = 0;
        while (part < count && !text_is(value->keys[i].name, names[part]))
            part++;
        if (part == count)
            tell_unknown(reader, &value->keys[i], names, count);
        else
            (void)read_text(reader, names[part], &value->items[i],
                (struct head_text *)(void *)((char *)record + parts[part].field));
    }
}

static const struct part contact_parts[] = {
    {"name", offsetof(struct contact, name)},
    {"email", offsetof(struct contact, email)},
    {"phone", offsetof(struct contact, phone)},
    {"address", offsetof(struct contact, address)},
    {"qr", offsetof(struct contact, qr)},
};

static const struct part person_parts[] = {
    {"role", offsetof(struct person, role)},
    {"name", offsetof(struct person, name)},
};

#define PART_COUNT(parts) (sizeof(parts) / sizeof((parts)[0]))

/* How many records a value holds; tells what is no list. One mapping alone counts as
 * one. */
static size_t record_count(const struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    if (value->kind == YAML_SCALAR) {
        if (!yaml_is_null(value))
            tell_type(reader, key->name, value, _("a list"));
        return 0;
    }
    return value->kind == YAML_SEQUENCE ? value->length : 1;
}

static const struct yaml_value *record_at(const struct yaml_value *value, size_t i)
{
    return value->kind == YAML_SEQUENCE ? &value->items[i] : value;
}

static void take_contacts(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    size_t count = record_count(reader, key, value);
    struct contact *contacts = ARENA_ARRAY(reader->arena, count, struct contact);
    for (size_t i = 0; i < count; i++)
        read_record(reader, key->name, record_at(value, i), contact_parts,
            PART_COUNT(contact_parts), &contacts[i]);
    reader->head->contacts = contacts;
    reader->head->contact_count = (uint32_t)count;
}

static void take_people(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    size_t count = record_count(reader, key, value);
    struct person *people = ARENA_ARRAY(reader->arena, count, struct person);
    for (size_t i = 0; i < count; i++)
        read_record(reader, key->name, record_at(value, i), person_parts,
            PART_COUNT(person_parts), &people[i]);
    reader->head->people = people;
    reader->head->person_count = (uint32_t)count;
}

static void take_signature(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    static const struct part parts[] = {
        {"name", offsetof(struct head, signature_name)},
        {"date", offsetof(struct head, signature_date)},
    };
    if (value->kind == YAML_SCALAR)
        (void)read_text(reader, key->name, value, &reader->head->signature_name);
    else
        read_record(reader, key->name, value, parts, PART_COUNT(parts), reader->head);
}

static void take_keys(struct head_reader *reader, const struct yaml_value *mapping,
    const struct head_key *keys, size_t count);

#define FIELD(name)     offsetof(struct head, name)
#define NO_COUNT        0
#define KEY_COUNT(keys) (sizeof(keys) / sizeof((keys)[0]))

static void take_group(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value, const struct head_key *keys, size_t count)
{
    if (value->kind == YAML_MAPPING)
        take_keys(reader, value, keys, count);
    else if (!yaml_is_null(value))
        tell_type(reader, key->name, value, _("keys with values"));
}

static void take_period(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    static const struct head_key keys[] = {
        {"from", take_date, FIELD(period_from), NO_COUNT},
        {"to", take_date, FIELD(period_to), NO_COUNT},
    };
    take_group(reader, key, value, keys, KEY_COUNT(keys));
}

static void take_distribution(struct head_reader *reader, const struct head_key *key,
    const struct yaml_value *value)
{
    static const struct head_key keys[] = {
        {"report", take_list, FIELD(distribution_report), FIELD(report_count)},
        {"send", take_list, FIELD(distribution_send), FIELD(send_count)},
        {"copy", take_list, FIELD(distribution_copy), FIELD(copy_count)},
    };
    take_group(reader, key, value, keys, KEY_COUNT(keys));
}

static const struct head_key head_keys[] = {
    {"title", take_text, FIELD(title), NO_COUNT},
    {"subtitle", take_text, FIELD(subtitle), NO_COUNT},
    {"date", take_date, FIELD(date), NO_COUNT},
    {"period", take_period, NO_COUNT, NO_COUNT},
    {"issue", take_number, FIELD(issue), NO_COUNT},
    {"total", take_number, FIELD(total), NO_COUNT},
    {"publisher", take_text, FIELD(publisher), NO_COUNT},
    {"sponsor", take_text, FIELD(sponsor), NO_COUNT},
    {"classification", take_text, FIELD(classification), NO_COUNT},
    {"urgency", take_text, FIELD(urgency), NO_COUNT},
    {"serial", take_text, FIELD(serial), NO_COUNT},
    {"copies", take_text, FIELD(copies), NO_COUNT},
    {"doc-number", take_text, FIELD(doc_number), NO_COUNT},
    {"signer", take_text, FIELD(signer), NO_COUNT},
    {"addressee", take_text, FIELD(addressee), NO_COUNT},
    {"attachments", take_list, FIELD(attachments), FIELD(attachment_count)},
    {"signature", take_signature, NO_COUNT, NO_COUNT},
    {"distribution", take_distribution, NO_COUNT, NO_COUNT},
    {"people", take_people, NO_COUNT, NO_COUNT},
    {"contacts", take_contacts, NO_COUNT, NO_COUNT},
    {"layout", take_layout, NO_COUNT, NO_COUNT},
    {"lang", take_language, NO_COUNT, NO_COUNT},
    {"highlights", take_highlights, NO_COUNT, NO_COUNT},
    {"check", take_check, NO_COUNT, NO_COUNT},
    {"toc", take_flag, FIELD(toc), NO_COUNT},
    {"cover", take_flag, FIELD(cover), NO_COUNT},
    {"watermark", take_text, FIELD(watermark), NO_COUNT},
    {"draft", take_flag, FIELD(draft), NO_COUNT},
    {"note", take_text, FIELD(note), NO_COUNT},
};

/* Hand each key of a mapping to who takes it; tell the unknown ones. */
static void take_keys(struct head_reader *reader, const struct yaml_value *mapping,
    const struct head_key *keys, size_t count)
{
    const char *names[KEY_COUNT(head_keys)];
    for (size_t i = 0; i < count; i++)
        names[i] = keys[i].name;
    for (size_t i = 0; i < mapping->length; i++) {
        size_t key = 0;
        while (key < count && !text_is(mapping->keys[i].name, names[key]))
            key++;
        if (key == count)
            tell_unknown(reader, &mapping->keys[i], names, count);
        else
            keys[key].take(reader, &keys[key], &mapping->items[i]);
    }
}

void head_init(struct head *head)
{
    *head = (struct head){.toc = -1, .cover = -1, .draft = -1};
    head->lang.value = TEXT("zh-Hans");
    head->lang.span = SPAN_NONE;
    head->title.span = SPAN_NONE;
}

void head_take(struct head *head, struct arena *arena, const struct yaml_value *mapping,
    bool from_series, struct diagnostics *sink)
{
    struct head_reader reader = {head, arena, sink, from_series};
    if (mapping->kind != YAML_MAPPING) {
        diag_add(sink, DIAG_HEAD_SHAPE, mapping->span, _("‘title: …’, one key a line"));
        return;
    }
    take_keys(&reader, mapping, head_keys, KEY_COUNT(head_keys));
}

/* The line at `at`, without its end; *ret_next is the start of the next. */
static struct text line_at(struct text bytes, size_t at, size_t *ret_next)
{
    size_t end = at;
    while (end < bytes.length && bytes.data[end] != '\n')
        end++;
    *ret_next = end < bytes.length ? end + 1 : end;
    struct text line = text_slice(bytes, at, end);
    while (line.length > 0 && strchr(" \t\r", line.data[line.length - 1]) != NULL)
        line.length--;
    return line;
}

/* Length of a key at the start of a line (`Title: …`), or 0. */
static size_t key_length(struct text line)
{
    size_t i = 0;
    while (i < line.length && (char_is_word((unsigned char)line.data[i]) ||
                                  line.data[i] == '-' || line.data[i] == '_'))
        i++;
    return i < line.length && line.data[i] == ':' ? i : 0;
}

/* A head as Pelican writes it, without marks, is text; say so. */
static void tell_outside(
    struct text line, uint32_t file, size_t at, struct diagnostics *sink)
{
    static const char *const names[] = {
        "Title", "Date", "Author", "Category", "Tags", "Slug"};
    struct text name = text_slice(line, 0, key_length(line));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_is(name, names[i]))
            diag_add(sink, DIAG_HEAD_OUTSIDE,
                (struct span){file, (uint32_t)at, (uint32_t)name.length},
                _("a head stands between two lines ‘---’"), names[i]);
    }
}

size_t head_find(struct text bytes, uint32_t file, struct diagnostics *sink,
    size_t *ret_start, size_t *ret_end)
{
    size_t body = text_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    size_t start = 0;
    struct text first = line_at(bytes, body, &start);
    *ret_start = *ret_end = body;
    if (!text_is(first, "---")) {
        tell_outside(first, file, body, sink);
        return body;
    }
    for (size_t at = start, next = start; at < bytes.length; at = next) {
        struct text line = line_at(bytes, at, &next);
        if (!text_is(line, "---") && !text_is(line, "..."))
            continue;
        *ret_start = start;
        *ret_end = at;
        return next;
    }
    size_t next = 0;
    if (key_length(line_at(bytes, start, &next)) > 0)
        diag_add(sink, DIAG_HEAD_UNCLOSED, (struct span){file, (uint32_t)body, 3}, NULL);
    return body;
}
