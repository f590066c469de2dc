/* diag: the table of messages, the sink, and the printed form.
 *
 *     issue.md:12:9: warning: unknown key ‘titel’ [unknown-key]
 *     titel: 互联网+远程医疗行业月报
 *     ^~~~~
 *     hint: did you mean ‘title’?
 *
 * The caret stands by display width. A long line (a paragraph of a bulletin is one line)
 * is shown as a window around the caret. What comes from a document is shown with its
 * control characters escaped, so that it cannot drive the terminal.
 */
#include "base/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/utf8.h"

#define LIST_LIMIT     20000 /* findings kept; later ones are only counted */
#define WINDOW_COLUMNS 88    /* of a source line that are shown */
#define WINDOW_BYTES   4096  /* of a line looked at: marks without width have no end */
#define WINDOW_BEFORE  40    /* of them, at most this many before the caret */
#define NAME_LIMIT     48    /* code points of a word for which a near name is searched */

static const struct diag_info infos[] = {
#define DIAG(id, name, level, format) [id] = {name, level, format},
#include "base/diag_table.h"
#undef DIAG
};

static const char *const level_names[] = {
    [LEVEL_NOTE] = N_("note"),
    [LEVEL_WARNING] = N_("warning"),
    [LEVEL_ERROR] = N_("error"),
    [LEVEL_FATAL] = N_("fatal"),
};

static const char *const level_colours[] = {
    [LEVEL_NOTE] = "\x1b[1;36m",
    [LEVEL_WARNING] = "\x1b[1;35m",
    [LEVEL_ERROR] = "\x1b[1;31m",
    [LEVEL_FATAL] = "\x1b[1;31m",
};

static const char colour_bold[] = "\x1b[1m";
static const char colour_caret[] = "\x1b[1;32m";
static const char colour_off[] = "\x1b[0m";

const struct diag_info *diag_info(enum diag_id id)
{
    return &infos[id];
}

const char *diag_level_name(enum diag_level level)
{
    return gettext(level_names[level]);
}

void diagnostics_init(struct diagnostics *sink)
{
    *sink = (struct diagnostics){0};
    arena_init(&sink->arena);
}

void diagnostics_done(struct diagnostics *sink)
{
    if (sink == NULL)
        return;
    vec_done(&sink->list);
    arena_done(&sink->arena);
}

void diagnostics_clear(struct diagnostics *sink)
{
    vec_clear(&sink->list);
    arena_reset(&sink->arena);
    memset(sink->count, 0, sizeof sink->count);
}

/* Count a finding. Is there still room to keep it? A fatal one is always kept. */
static bool count_finding(struct diagnostics *sink, enum diag_id id)
{
    enum diag_level level = infos[id].level;

    sink->count[level]++;
    return sink->list.length < LIST_LIMIT || level == LEVEL_FATAL;
}

void diag_add(
    struct diagnostics *sink, enum diag_id id, struct span span, const char *hint, ...)
{
    struct diagnostic d = {.id = id, .span = span};
    va_list arguments;

    if (!count_finding(sink, id))
        return;
    va_start(arguments, hint);
    d.message = arena_vprint(&sink->arena, gettext(infos[id].format), arguments);
    va_end(arguments);
    if (hint != NULL)
        d.hint = arena_copy(&sink->arena, hint, strlen(hint));
    vec_push(&sink->list, d);
}

void diag_repeat(struct diagnostics *sink, const struct diagnostic *d)
{
    struct diagnostic copy = *d;

    if (!count_finding(sink, d->id))
        return;
    copy.message = arena_copy(&sink->arena, d->message, strlen(d->message));
    if (d->hint != NULL)
        copy.hint = arena_copy(&sink->arena, d->hint, strlen(d->hint));
    vec_push(&sink->list, copy);
}

enum diag_level diag_worst(const struct diagnostics *sink)
{
    int level = LEVEL_FATAL;

    while (level > LEVEL_NOTE && sink->count[level] == 0)
        level--;
    return (enum diag_level)level;
}

bool diag_is_fatal(const struct diagnostics *sink)
{
    return sink->count[LEVEL_FATAL] > 0;
}

/* Characters that a terminal obeys, or that hide or reorder what stands around them. */
static bool is_hidden(uint32_t c)
{
    return (c >= 0x80 && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

/* Append the code point at *offset as it is shown; moves *offset. Returns its columns. */
static int append_shown(struct str *s, struct text t, size_t *offset)
{
    size_t start = *offset, before = s->length;
    uint32_t c = utf8_next(t.data, t.length, offset);

    if (c == UTF8_INVALID || c < 0x20 || c == 0x7F)
        str_printf(s, "\\x%02X", (unsigned char)t.data[start]);
    else if (is_hidden(c))
        str_printf(s, "U+%04X", (unsigned)c);
    else {
        str_append(s, t.data + start, *offset - start);
        return utf8_columns(c);
    }
    return (int)(s->length - before);
}

void str_append_escaped(struct str *s, struct text t)
{
    for (size_t offset = 0; offset < t.length;)
        append_shown(s, t, &offset);
}

/* A source line shows a tab as one space: the caret's line has no tabs. */
static int append_source(struct str *s, struct text line, size_t *offset)
{
    if (line.data[*offset] != '\t')
        return append_shown(s, line, offset);
    str_append_char(s, ' ');
    (*offset)++;
    return 1;
}

/* Columns of line[start, end) as shown; counting stops where it is too wide or too long.
 */
static int shown_columns(struct text line, size_t start, size_t end)
{
    size_t limit = start + WINDOW_BYTES;
    struct str scratch;
    int columns = 0;

    str_init(&scratch);
    if (end > limit)
        columns = WINDOW_COLUMNS + 1;
    while (start < end && columns <= WINDOW_COLUMNS)
        columns += append_source(&scratch, line, &start);
    str_done(&scratch);
    return columns;
}

/* The offset from which the line is shown, so that at most WINDOW_BEFORE columns stand
 * before the caret, unless the line fits anyway. */
static size_t window_start(struct text line, size_t caret)
{
    size_t start = caret;

    if (shown_columns(line, 0, line.length) <= WINDOW_COLUMNS)
        return 0;
    while (start > 0) {
        size_t before = start;

        utf8_previous(line.data, &before);
        if (shown_columns(line, before, caret) > WINDOW_BEFORE)
            return start;
        start = before;
    }
    return 0;
}

/* The line from start on, and in *carets what stands under it for [caret, end). */
static void append_window(
    struct text line, size_t caret, size_t end, struct str *out, struct str *carets)
{
    size_t offset = window_start(line, caret), first_byte = out->length;
    int columns = 0;

    if (offset > 0) {
        str_append_string(out, "…");
        str_append_char(carets, ' ');
        columns = 1;
    }
    while (offset < line.length && columns < WINDOW_COLUMNS &&
           out->length - first_byte < WINDOW_BYTES) {
        bool inside = offset >= caret && offset < end;
        bool first = offset == caret;
        int width = append_source(out, line, &offset);

        columns += width;
        for (; width > 0; width--, first = false)
            str_append_char(carets, first ? '^' : inside ? '~' : ' ');
    }
    if (offset < line.length)
        str_append_string(out, "…");
}

static void append_coloured(struct str *out, bool colour, const char *code, struct text t)
{
    if (colour)
        str_append_string(out, code);
    str_append_text(out, t);
    if (colour)
        str_append_string(out, colour_off);
}

/* The source line of a span, and the caret's line. */
static void append_excerpt(struct span span, const struct files *files,
    uint32_t line_number, bool colour, struct str *out)
{
    struct text line = files_line(files, span.file, line_number);
    size_t start = (size_t)(line.data - files_get(files, span.file)->bytes.data);
    size_t caret = span.offset > start ? span.offset - start : 0;
    struct str carets;

    if (line.length == 0)
        return;
    if (caret > line.length)
        caret = line.length;
    str_init(&carets);
    append_window(line, caret, caret + span.length, out, &carets);
    /* A place behind the line's last character. */
    if (caret == line.length)
        str_append_char(&carets, '^');
    while (carets.length > 0 && carets.data[carets.length - 1] == ' ')
        carets.length--;
    str_append_char(out, '\n');
    for (size_t i = 0; i < carets.length && carets.data[i] == ' '; i++)
        str_append_char(out, ' ');
    append_coloured(out, colour, colour_caret, text_trim(str_text(&carets)));
    str_append_char(out, '\n');
    str_done(&carets);
}

/* "path:line:column: "; "path: " for a file without lines, "paiban: " for no file. */
static void append_place(struct span span, const struct file *file, uint32_t line,
    uint32_t column, struct str *out)
{
    if (file == NULL) {
        str_append_string(out, "paiban: ");
        return;
    }
    str_append_escaped(out, text_of(file->path));
    if (file->is_text)
        str_printf(out, ":%u:%u: ", (unsigned)line, (unsigned)column);
    else
        str_append_string(out, span.offset > 0 ? ":" : ": ");
    if (!file->is_text && span.offset > 0)
        str_printf(out, " byte %u: ", (unsigned)span.offset);
}

void diag_print(
    const struct diagnostic *d, const struct files *files, bool colour, struct str *out)
{
    const struct diag_info *info = diag_info(d->id);
    const struct file *file = files == NULL ? NULL : files_get(files, d->span.file);
    uint32_t line = 1, column = 1;
    struct str text;

    if (file != NULL)
        files_position(files, d->span, &line, &column);
    str_init(&text);
    append_place(d->span, file, line, column, &text);
    append_coloured(out, colour, colour_bold, str_text(&text));
    append_coloured(
        out, colour, level_colours[info->level], text_of(diag_level_name(info->level)));
    str_append_string(out, ": ");
    str_clear(&text);
    str_append_escaped(&text, text_of(d->message));
    append_coloured(out, colour, colour_bold, str_text(&text));
    str_printf(out, " [%s]\n", info->name);
    if (file != NULL && file->is_text)
        append_excerpt(d->span, files, line, colour, out);
    if (d->hint != NULL) {
        str_append_string(out, _("hint: "));
        str_append_escaped(out, text_of(d->hint));
        str_append_char(out, '\n');
    }
    str_done(&text);
}

/* The code points of word; false when there are more than NAME_LIMIT. */
static bool word_decode(struct text word, uint32_t points[NAME_LIMIT], size_t *ret_count)
{
    size_t count = 0;

    for (size_t offset = 0; offset < word.length; count++) {
        if (count == NAME_LIMIT)
            return false;
        points[count] = utf8_next(word.data, word.length, &offset);
    }
    *ret_count = count;
    return true;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with transpositions of neighbours (Damerau–Levenshtein, optimal string
 * alignment): rows by code point of a; the last three rows are kept. */
static size_t edit_distance(
    const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t rows[3][NAME_LIMIT + 1];

    for (size_t j = 0; j <= b_count; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            row[j] = smaller(above[j], row[j - 1]) + 1;
            row[j] = smaller(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], second[j - 2] + 1);
        }
    }
    return rows[a_count % 3][b_count];
}

const char *nearest_name(struct text word, const char *const names[], size_t count)
{
    uint32_t points[NAME_LIMIT], name_points[NAME_LIMIT];
    size_t length, name_length, best;
    const char *nearest = NULL;

    if (!word_decode(word, points, &length))
        return NULL;
    best = length / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance;

        if (!word_decode(text_of(names[i]), name_points, &name_length))
            continue;
        distance = edit_distance(points, length, name_points, name_length);
        if (distance >= best)
            continue;
        best = distance;
        nearest = names[i];
    }
    return nearest;
}
