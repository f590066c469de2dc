/* head: which keys go into the issue, and which into series.yaml; see head.h.
 *
 * What all issues share goes into series.yaml when there is none. Where there is one it
 * is never changed: a key with the same value is left out of the issue, one with another
 * value is written into the issue and told. */
#include "import/head.h"

#include <string.h>

#include "base/i18n.h"
#include "content/head.h"

#define SERIES_NAME "series.yaml"
#define PLACEHOLDER "【待填】"

/* Would YAML read t, as it stands, as something else? */
static bool needs_quotes(struct text t, bool in_flow)
{
    static const char *const words[] = {
        "true", "false", "yes", "no", "on", "off", "null", "~"};

    if (t.length == 0 || t.data[0] == ' ' || t.data[t.length - 1] == ' ' ||
        strchr("-?:,[]{}#&*!|>'\"%@`", t.data[0]) != NULL || t.data[t.length - 1] == ':')
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_is(t, words[i]))
            return true;
    }
    for (size_t i = 0; i < t.length; i++) {
        char next = i + 1 < t.length ? t.data[i + 1] : ' ';

        if ((t.data[i] == ':' && next == ' ') || (t.data[i] == ' ' && next == '#') ||
            (in_flow && strchr(",[]{}", t.data[i]) != NULL))
            return true;
    }
    return false;
}

void import_append_yaml(struct str *out, struct text t, bool in_flow)
{
    if (!needs_quotes(t, in_flow)) {
        str_append_text(out, t);
        return;
    }
    str_append_char(out, '"');
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] == '"' || t.data[i] == '\\')
            str_append_char(out, '\\');
        str_append_char(out, t.data[i]);
    }
    str_append_char(out, '"');
}

static void append_text_key(struct str *out, const char *key, struct text value)
{
    if (value.length == 0)
        return;
    str_printf(out, "%s: ", key);
    import_append_yaml(out, value, false);
    str_append_char(out, '\n');
}

static void append_date(struct str *out, struct date date)
{
    str_printf(out, "%04d-%02d", date.year, date.month);
    if (date.day > 0)
        str_printf(out, "-%02d", date.day);
}

static void append_field(struct str *out, const char *key, struct text value, bool *first)
{
    if (value.length == 0)
        return;
    str_printf(out, "%s%s: ", *first ? "" : ", ", key);
    import_append_yaml(out, value, true);
    *first = false;
}

static void append_contacts(struct str *out, const struct import_issue *issue)
{
    if (issue->contacts.length == 0)
        return;
    str_append_string(out, "contacts:\n");
    for (size_t i = 0; i < issue->contacts.length; i++) {
        const struct import_contact *contact = &issue->contacts.data[i];
        bool first = true;

        str_append_string(out, "  - {");
        append_field(out, "name", contact->name, &first);
        append_field(out, "email", contact->email, &first);
        append_field(out, "phone", contact->phone, &first);
        append_field(out, "address", contact->address, &first);
        append_field(out, "qr", contact->qr, &first);
        str_append_string(out, "}\n");
    }
}

static bool same_contacts(const struct import_issue *issue, const struct head *head)
{
    if (issue->contacts.length != head->contact_count)
        return false;
    for (size_t i = 0; i < issue->contacts.length; i++) {
        const struct import_contact *a = &issue->contacts.data[i];
        const struct contact *b = &head->contacts[i];

        if (!text_equal_unspaced(a->name, b->name.value) ||
            !text_equal_unspaced(a->email, b->email.value) ||
            !text_equal_unspaced(a->phone, b->phone.value) ||
            !text_equal_unspaced(a->address, b->address.value))
            return false;
    }
    return true;
}

/* Append a key whose value is not that of series.yaml, and tell it when both are given.
 */
static void append_own(struct str *out, const char *key, struct text value,
    const struct head_text *shared, struct diagnostics *sink)
{
    if (value.length == 0 || text_equal_unspaced(value, shared->value))
        return;
    if (shared->value.length > 0)
        diag_add(sink, DIAG_IMPORT_DIFFERS, shared->span, NULL, key);
    append_text_key(out, key, value);
}

static struct text layout_of(const struct import_issue *issue)
{
    return issue->numbered_brackets ? TEXT("monthly") : TEXT("");
}

/* Keys that a series.yaml has: into the issue where they differ. */
static void append_differing(struct str *out, const struct import_issue *issue,
    const struct head *shared, struct diagnostics *sink)
{
    append_own(out, "title", issue->title, &shared->title, sink);
    append_own(out, "publisher", issue->publisher, &shared->publisher, sink);
    append_own(out, "sponsor", issue->sponsor, &shared->sponsor, sink);
    if (shared->layout.value.length == 0)
        append_text_key(out, "layout", layout_of(issue));
    if (issue->contacts.length == 0 || same_contacts(issue, shared))
        return;
    if (shared->contact_count > 0)
        diag_add(
            sink, DIAG_IMPORT_DIFFERS, shared->contacts[0].name.span, NULL, "contacts");
    append_contacts(out, issue);
}

static void append_shared(struct str *out, const struct import_issue *issue)
{
    append_text_key(out, "title", issue->title);
    append_text_key(out, "publisher", issue->publisher);
    append_text_key(out, "sponsor", issue->sponsor);
    append_text_key(out, "layout", layout_of(issue));
    append_contacts(out, issue);
}

static void append_list(
    struct str *out, const char *key, const struct text *list, size_t count, bool *first)
{
    if (count == 0)
        return;
    str_printf(out, "%s%s: [", *first ? "" : ", ", key);
    for (size_t i = 0; i < count; i++) {
        str_append_string(out, i > 0 ? ", " : "");
        import_append_yaml(out, list[i], true);
    }
    str_append_char(out, ']');
    *first = false;
}

static void append_people(struct str *out, const struct import_issue *issue)
{
    if (issue->people.length > 0)
        str_append_string(out, "people:\n");
    for (size_t i = 0; i < issue->people.length; i++) {
        bool first = true;

        str_append_string(out, "  - {");
        append_field(out, "role", issue->people.data[i].role, &first);
        append_field(out, "name", issue->people.data[i].name, &first);
        str_append_string(out, "}\n");
    }
}

/* What stands before the title and behind the last section. */
static void append_edges(struct str *out, const struct import_issue *issue)
{
    bool first = true;

    append_text_key(out, "serial", issue->serial);
    append_text_key(out, "classification", issue->classification);
    append_text_key(out, "urgency", issue->urgency);
    append_text_key(out, "doc-number", issue->doc_number);
    append_text_key(out, "addressee", issue->addressee);
    append_list(
        out, "attachments", issue->attachments.data, issue->attachments.length, &first);
    if (!first)
        str_append_char(out, '\n');
    if (issue->signature.length > 0) {
        first = true;
        str_append_string(out, "signature: {");
        append_field(out, "name", issue->signature, &first);
        append_field(out, "date", issue->signature_date, &first);
        str_append_string(out, "}\n");
    }
    append_people(out, issue);
    if (issue->report.length + issue->send.length + issue->copy.length > 0) {
        first = true;
        str_append_string(out, "distribution: {");
        append_list(out, "report", issue->report.data, issue->report.length, &first);
        append_list(out, "send", issue->send.data, issue->send.length, &first);
        append_list(out, "copy", issue->copy.data, issue->copy.length, &first);
        str_append_string(out, "}\n");
    }
    append_text_key(out, "copies", issue->copies);
    append_text_key(out, "note", issue->note);
    append_text_key(out, "lang", issue->lang);
    if (issue->no_cover)
        str_append_string(out, "cover: no\n");
    if (issue->contents)
        str_append_string(out, "toc: yes\n");
}

/* Keys of this issue alone. */
static void append_issue_keys(
    struct str *out, const struct import_issue *issue, struct diagnostics *sink)
{
    append_text_key(out, "subtitle", issue->subtitle);
    if (issue->date.year > 0) {
        str_append_string(out, "date: ");
        append_date(out, issue->date);
        str_append_char(out, '\n');
    } else {
        str_append_string(out, "date: " PLACEHOLDER "\n");
        diag_add(sink, DIAG_IMPORT_NO_DATE, SPAN_NONE, _("--date YYYY-MM gives it"));
    }
    if (issue->period_from.year > 0) {
        str_append_string(out, "period: {from: ");
        append_date(out, issue->period_from);
        str_append_string(out, ", to: ");
        append_date(out, issue->period_to);
        str_append_string(out, "}\n");
    }
    if (issue->number > 0)
        str_printf(out, "issue: %u\n", issue->number);
    if (issue->total > 0)
        str_printf(out, "total: %u\n", issue->total);
    append_edges(out, issue);
}

/* The keys of the series.yaml at path. False after a fatal diagnostic. */
static bool read_shared(struct head *shared, struct arena *arena, const char *path,
    struct files *files, struct diagnostics *sink)
{
    int file = files_read_text(files, path, FILES_SOURCE_LIMIT, SPAN_NONE, sink);
    const struct yaml_value *keys =
        file < 0 ? NULL
                 : yaml_read(arena, files, (uint32_t)file, 0,
                       files_get(files, (uint32_t)file)->bytes.length, sink);

    if (keys == NULL)
        return false;
    head_take(shared, arena, keys, true, sink);
    return true;
}

bool import_write_head(struct import_result *result, struct import_issue *issue,
    struct files *files, const struct import_options *options, struct diagnostics *sink)
{
    bool to_stdout = strcmp(options->output, "-") == 0;
    char *folder = path_folder(&result->arena, options->output);
    char *path = to_stdout ? NULL : document_find_series(&result->arena, folder);
    struct str *out = &result->issue;
    struct head shared;

    head_init(&shared);
    if (path != NULL && !read_shared(&shared, &result->arena, path, files, sink))
        return false;
    if (issue->title.length == 0 && shared.title.value.length == 0)
        issue->title = TEXT(PLACEHOLDER);
    str_append_string(out, "---\n");
    if (path != NULL) {
        append_differing(out, issue, &shared, sink);
    } else if (to_stdout || text_is(issue->title, PLACEHOLDER)) {
        append_shared(out, issue);
    } else {
        str_append_string(&result->series, _("# What all issues of the series share; an "
                                             "issue's own head wins key by key.\n"));
        append_shared(&result->series, issue);
        result->series_path = path_join(&result->arena, folder, SERIES_NAME);
    }
    append_issue_keys(out, issue, sink);
    str_append_string(out, "---\n");
    return true;
}
