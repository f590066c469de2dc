/* next: the last issue's head with the next numbers, its sections, and items to fill.
 *
 * The head is copied line by line, as the editor wrote it, but for the keys that belong
 * to one issue. What is to be filled in is marked 【待填】. */
#include "import/next.h"

#include <dirent.h>
#include <string.h>

#include "base/i18n.h"
#include "content/date.h"
#include "content/head.h"

#define PLACEHOLDER  "【待填】"
#define ISSUES_LIMIT 10000 /* files in the folder that are looked at */

static bool is_later(const struct document *a, const struct document *b)
{
    const struct date *x = &a->head.date, *y = &b->head.date;

    if (x->year != y->year)
        return x->year > y->year;
    if (x->month != y->month)
        return x->month > y->month;
    if (x->day != y->day)
        return x->day > y->day;
    return a->head.issue > b->head.issue;
}

static bool is_issue_name(const char *name)
{
    struct text t = text_of(name);

    return text_ends(t, ".md") && !text_starts(t, ".") && !text_starts(t, "README");
}

/* The issue with the latest date. Findings of the others are not told. */
static struct document *find_last(
    struct files *files, const char *folder, struct arena *arena, const char **ret_path)
{
    struct document *last = NULL;
    struct diagnostics unheard;
    DIR *directory = opendir(folder);
    struct dirent *entry;
    size_t seen = 0;

    diagnostics_init(&unheard);
    while (directory != NULL && seen < ISSUES_LIMIT &&
           (entry = readdir(directory)) != NULL) {
        const char *path = path_join(arena, folder, entry->d_name);
        struct document *document =
            is_issue_name(entry->d_name) ? document_read(files, path, &unheard) : NULL;

        diagnostics_clear(&unheard);
        seen++;
        if (document == NULL)
            continue;
        bool later = last == NULL || is_later(document, last) ||
                     (!is_later(last, document) && strcmp(path, *ret_path) > 0);
        if (later) {
            document_free(last);
            last = document;
            *ret_path = path;
        } else {
            document_free(document);
        }
    }
    if (directory != NULL)
        closedir(directory);
    diagnostics_done(&unheard);
    return last;
}

void next_append_date(struct str *out, struct date date)
{
    if (date.year == 0) {
        str_append_string(out, PLACEHOLDER);
        return;
    }
    str_printf(out, "%04d-%02d", date.year, date.month);
    if (date.day > 0)
        str_printf(out, "-%02d", date.day);
}

/* The month after; nothing for an issue that is not monthly. */
static struct date month_after(struct date date)
{
    struct date next = {.year = date.year, .month = date.month + 1};

    if (date.year == 0 || date.day > 0)
        return (struct date){0};
    if (next.month > 12) {
        next.month = 1;
        next.year++;
    }
    return next;
}

/* Where the number is that of the month, it stays so. */
static int32_t next_number(const struct head *head, struct date date)
{
    bool by_month = head->date.day == 0 && head->issue == head->date.month &&
                    date.year > 0 && (head->total > 0 || head->issue > 1);

    return by_month ? date.month : head->issue + 1;
}

static bool key_is(struct text line, const char *key)
{
    size_t length = strlen(key);

    return text_starts(line, key) && line.length > length && line.data[length] == ':';
}

/* Append a key of the old head with its new value; false when its lines are to be copied.
 */
static bool append_changed(
    struct str *out, struct text line, const struct head *head, struct date date)
{
    static const char *const dropped[] = {"period", "highlights", "draft", "attachments"};
    static const char *const filled[] = {"doc-number", "serial", "note", "subtitle"};

    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++) {
        if (key_is(line, dropped[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
        if (key_is(line, filled[i])) {
            str_printf(out, "%s: " PLACEHOLDER "\n", filled[i]);
            return true;
        }
    }
    if (key_is(line, "date")) {
        str_append_string(out, "date: ");
        next_append_date(out, date);
        str_append_char(out, '\n');
        return true;
    }
    if (key_is(line, "issue") || key_is(line, "total")) {
        bool issue = key_is(line, "issue");

        str_printf(out, "%s: %d\n", issue ? "issue" : "total",
            issue ? next_number(head, date) : head->total + 1);
        return true;
    }
    return false;
}

static void append_head(struct next_issue *next, const struct document *last,
    struct text head, struct date date)
{
    struct str *out = &next->text;
    bool copied = false, dated = false;

    str_append_string(out, "---\n");
    for (size_t at = 0; at < head.length;) {
        size_t end = at + text_find(text_slice(head, at, head.length), "\n");
        struct text line = text_slice(head, at, end);

        if (text_ends(line, "\r"))
            line.length--;
        if (line.length > 0 && strchr(" \t-", line.data[0]) == NULL) {
            dated = dated || key_is(line, "date");
            copied = !append_changed(out, line, &last->head, date);
        }
        if (copied) {
            str_append_text(out, line);
            str_append_char(out, '\n');
        }
        at = end + 1;
    }
    if (!dated) {
        str_append_string(out, "date: ");
        next_append_date(out, date);
        str_append_char(out, '\n');
    }
    str_append_string(out, "---\n");
}

/* The label of the last issue's first source line: 链接： or what it uses. */
static struct text source_label(const struct node *root)
{
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_SOURCE_LINE && n->first_child != NULL &&
            n->first_child->kind == NODE_TEXT && n->first_child->next != NULL)
            return n->first_child->text;
    }
    return TEXT("");
}

static void append_marks(struct str *out, int count)
{
    for (int i = 0; i < count; i++)
        str_append_char(out, '#');
    str_append_char(out, ' ');
}

static void append_item(struct str *out, int level, struct text label)
{
    str_append_char(out, '\n');
    append_marks(out, level);
    str_append_string(out, "【待填：标题】\n");
    if (label.length > 0) {
        str_append_char(out, '\n');
        str_append_text(out, label);
        str_append_string(out, PLACEHOLDER "\n");
    }
    str_append_string(out, "\n【待填：正文】\n");
}

/* The heading as it was written; its `#` are counted. */
static struct text heading_line(
    const struct files *files, const struct node *heading, int *ret_level)
{
    uint32_t line, column;
    struct text t;
    int level = 0;

    files_position(files, heading->span, &line, &column);
    t = text_trim(files_line(files, heading->span.file, line));
    while ((size_t)level < t.length && t.data[level] == '#')
        level++;
    if (level > 0)
        *ret_level = level;
    return level > 0 ? t : TEXT("");
}

static void append_body(
    struct next_issue *next, const struct document *last, const struct files *files)
{
    struct text label = source_label(last->root);
    uint32_t sections = 0;
    int level = 1;

    for (const struct node *n = last->root->first_child; n != NULL; n = n->next) {
        if (n->kind != NODE_SECTION || n->first_child == NULL)
            continue;
        struct text line = heading_line(files, n->first_child, &level);

        if (sections++ == 0 &&
            level > 1) { /* the only # of the last issue is its title */
            str_append_string(&next->text, "\n# ");
            str_append_text(&next->text, last->head.title.value);
            str_append_char(&next->text, '\n');
        }
        str_append_char(&next->text, '\n');
        if (line.length > 0) {
            str_append_text(&next->text, line);
        } else {
            append_marks(&next->text, level);
            node_plain_text(n->first_child, &next->text);
        }
        str_append_char(&next->text, '\n');
        append_item(&next->text, level + 1, label);
    }
    if (sections == 0)
        append_item(&next->text, 2, label);
}

/* The last issue's name with the date, or the number at its end, of the new one. */
static const char *next_name(struct next_issue *next, const char *path, struct date date)
{
    char *stem = path_stem(&next->arena, path);
    size_t length = strlen(stem), digits = 0;
    struct date old = {0};

    if (date_find(text_of(stem), &old) && date.year > 0) {
        char *form = old.day > 0 && date.day > 0
                         ? arena_print(&next->arena, "%04d-%02d-%02d", date.year,
                               date.month, date.day)
                         : arena_print(&next->arena, "%04d-%02d", date.year, date.month);
        char *before = arena_print(&next->arena, "%04d-%02d", old.year, old.month);
        char *found = strstr(stem, before);
        bool day = old.day > 0 && found != NULL && strlen(found) >= 10;

        if (found != NULL)
            return arena_print(&next->arena, "%.*s%s%s.md", (int)(found - stem), stem,
                form, found + (day ? 10 : 7));
    }
    while (digits < length && digits < 9 && stem[length - digits - 1] >= '0' &&
           stem[length - digits - 1] <= '9')
        digits++;
    if (digits > 0 && old.year == 0) {
        long number = 0;

        (void)text_to_long(text_of(stem + length - digits), &number);
        return arena_print(&next->arena, "%.*s%0*ld.md", (int)(length - digits), stem,
            (int)digits, number + 1);
    }
    if (date.year > 0)
        return arena_print(&next->arena, "%04d-%02d.md", date.year, date.month);
    return arena_print(&next->arena, "%s-next.md", stem);
}

/* The issue after `last`, which stands at path. */
static void continue_series(struct next_issue *next, const struct files *files,
    const struct document *last, const char *path, const struct next_options *options)
{
    struct text bytes = files_get(files, last->file)->bytes;
    struct date date = options->date;
    struct diagnostics unheard;
    size_t start = 0, end = 0;

    if (date.year == 0)
        date = month_after(last->head.date);
    diagnostics_init(&unheard);
    (void)head_find(bytes, last->file, &unheard, &start, &end);
    diagnostics_done(&unheard);
    append_head(next, last, text_slice(bytes, start, end), date);
    append_body(next, last, files);
    next->path = path_join(&next->arena, options->folder, next_name(next, path, date));
}

bool next_issue_make(struct next_issue *next, struct files *files,
    const struct next_options *options, struct diagnostics *sink)
{
    const char *path = NULL;
    struct document *last;

    *next = (struct next_issue){0};
    arena_init(&next->arena);
    str_init(&next->text);
    str_init(&next->series);
    last = find_last(files, options->folder, &next->arena, &path);
    if (last == NULL)
        return next_issue_start(next, files, options, sink);
    if (options->layout != NULL) {
        diag_add(sink, DIAG_NEW_LAYOUT, SPAN_NONE,
            _("the next issue has the layout of the last one"), path);
        document_free(last);
        return false;
    }
    continue_series(next, files, last, path, options);
    document_free(last);
    return true;
}

void next_issue_done(struct next_issue *next)
{
    str_done(&next->text);
    str_done(&next->series);
    arena_done(&next->arena);
}
