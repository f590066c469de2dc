/* source: from the file's bytes to the feed for cmark.
 *
 * Why a feed: cmark's inline positions are not exact and its inline parser knows neither
 * full-width punctuation nor Han, so inlines are parsed by inline.c from the file's own
 * bytes. cmark's blocks are right, so cmark makes those. It offers no way to switch its
 * inline parser off; therefore bytes that only matter there are masked by one byte of no
 * meaning. This also keeps hostile input away from it, and makes link reference
 * definitions come as paragraphs, from which blocks.c reads them.
 *
 * cmark drops a footnote text whose label is given twice or has no mark. So each line
 * that looks like such a text gets a label of its own, and blocks.c feeds a paragraph
 * with a mark for each before the text.
 *
 * Rejected: aligning cmark's inline nodes with the source afterwards (entities, escapes
 * and destinations make that guesswork), and a block parser of our own (a second
 * Markdown).
 */
#include "content/source.h"

#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"

#define CONTROLS_TOLD 20 /* dropped control characters that are told one by one */
#define LEAD_MARK_LIMIT                                                                  \
    64 /* container marks at one line's start; cmark would nest each */
#define LEAD_COLUMN_LIMIT 512    /* a container mark farther to the right is text */
#define TABLE_CELL_LIMIT  500000 /* cmark fills short rows: memory is columns × rows */

static void map_to(struct source *source, size_t place)
{
    uint32_t at = (uint32_t)source->feed.length;
    if (source->breaks.length != 0 && vec_last(&source->breaks)->at == at)
        source->breaks.length--;
    vec_push(&source->breaks, (struct source_break){at, (uint32_t)place});
}

uint32_t source_place(const struct source_break *breaks, size_t count, size_t at)
{
    size_t low = 0;
    size_t high = count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (breaks[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return count == 0 ? (uint32_t)at
                      : breaks[low].place + (uint32_t)(at - breaks[low].at);
}

struct text source_line(const struct source *source, size_t line)
{
    size_t start = source->lines.data[line];
    size_t end = line + 1 < source->lines.length ? source->lines.data[line + 1]
                                                 : source->feed.length;
    while (end > start && source->feed.data[end - 1] == '\n')
        end--;
    return (struct text){source->feed.data + start, end - start};
}

const struct source_footnote *source_footnote_on(const struct source *source, size_t line)
{
    size_t low = 0;
    size_t high = source->footnotes.length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->footnotes.data[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    bool found =
        low < source->footnotes.length && source->footnotes.data[low].line == line;
    return found ? &source->footnotes.data[low] : NULL;
}

/* Length of the label in "[^label]:" at the start of t, or 0. */
static size_t footnote_label(struct text t)
{
    if (!text_starts(t, "[^"))
        return 0;
    size_t i = 2;
    while (i < t.length && strchr("] \t[", t.data[i]) == NULL)
        i++;
    bool closed = i + 1 < t.length && t.data[i] == ']' && t.data[i + 1] == ':';
    return closed ? i - 2 : 0;
}

static bool one_mark_only(struct text line)
{
    char mark = 0;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        if (c == ' ' || c == '\t')
            continue;
        if (mark == 0 && strchr("*-_", c) != NULL)
            mark = c;
        if (c != mark)
            return false;
    }
    return mark != 0;
}

/* State of copying one line. */
struct line_copy {
    struct source *source;
    struct text line; /* of the file, without its end */
    size_t place;     /* of the line in the file */
    size_t lead;      /* bytes of container marks and white space at the start */
    bool leading;     /* only marks of containers and white space so far */
    bool rule;        /* the line may be a thematic break: its marks do not nest */
    uint32_t marks;   /* container marks so far */
    uint32_t column;  /* columns of white space before the first mark */
};

static bool is_container_mark(const struct line_copy *copy, size_t i)
{
    char c = copy->line.data[i];
    char after = i + 1 < copy->line.length ? copy->line.data[i + 1] : ' ';
    if (c == '>')
        return true;
    bool digit = i > 0 && copy->line.data[i - 1] >= '0' && copy->line.data[i - 1] <= '9';
    bool mark = c == '-' || c == '+' || c == '*' || ((c == '.' || c == ')') && digit);
    return mark && (after == ' ' || after == '\t') && !copy->rule;
}

static char masked(struct line_copy *copy, size_t i)
{
    char c = copy->line.data[i];
    char before = i > 0 ? copy->line.data[i - 1] : ' ';
    char after = i + 1 < copy->line.length ? copy->line.data[i + 1] : ' ';
    if (c == '[')
        return SOURCE_MASK;
    if (copy->leading) {
        if (copy->marks == 0 && (c == ' ' || c == '\t'))
            copy->column += c == '\t' ? 4 : 1;
        bool mark = is_container_mark(copy, i);
        copy->marks += mark;
        bool deep = copy->marks > LEAD_MARK_LIMIT || copy->column > LEAD_COLUMN_LIMIT;
        return mark && deep ? SOURCE_MASK : c;
    }
    if (i == copy->lead) /* may start an HTML block */
        return c;
    bool special = c == '*' || c == '_' || c == '&' || (c == '!' && before != '<') ||
                   (c == '<' && after != '/');
    return special ? SOURCE_MASK : c;
}

/* The label of a footnote's text, renamed. Returns the bytes of the line that it took. */
static size_t copy_footnote_start(struct line_copy *copy, size_t i, size_t label)
{
    struct source *source = copy->source;
    size_t place = copy->place + i + 2;
    struct source_footnote footnote = {(uint32_t)source->lines.length - 1,
        {copy->line.data + i + 2, label},
        {source->file, (uint32_t)place, (uint32_t)label}};
    vec_push(&source->footnotes, footnote);
    str_append_string(&source->feed, "[^");
    map_to(source, place);
    str_printf(&source->feed, "n%zu", source->footnotes.length);
    map_to(source, place + label);
    str_append_string(&source->feed, "]:");
    return label + 4;
}

static void copy_line(struct source *source, size_t start, size_t end)
{
    struct line_copy copy = {
        source, {source->bytes.data + start, end - start}, start, 0, true, false, 0, 0};
    copy.lead =
        strspn(copy.line.data, " \t>*+-.)0123456789"); /* a NUL follows the file */
    copy.rule = one_mark_only(copy.line);
    vec_push(&source->lines, (uint32_t)source->feed.length);
    map_to(source, start);
    bool footnote = false;
    for (size_t i = 0; i < copy.line.length;) {
        size_t plain = copy.leading ? char_plain_bytes(copy.line, i)
                                    : char_said_bytes(copy.line, i);
        if (plain > 0) {
            copy.leading = false;
            str_append(&source->feed, copy.line.data + i, plain);
            i += plain;
            continue;
        }
        size_t next = i;
        uint32_t c = utf8_next(copy.line.data, copy.line.length, &next);
        if (char_is_dropped(c)) {
            map_to(source, start + next);
            i = next;
            continue;
        }
        struct text rest = text_slice(copy.line, i, copy.line.length);
        size_t label = copy.leading && !footnote ? footnote_label(rest) : 0;
        copy.leading =
            copy.leading && c < 0x80 && strchr(" \t>*+-.)0123456789_#=~`|:", (int)c);
        if (label != 0) {
            footnote = true;
            i += copy_footnote_start(&copy, i, label);
            continue;
        }
        str_append_char(&source->feed, masked(&copy, i));
        str_append(&source->feed, copy.line.data + i + 1, next - i - 1);
        i = next;
    }
    map_to(source, end);
    str_append_char(&source->feed, '\n');
}

/* Columns of a table's delimiter row: its cells that have a dash; else 0. */
static size_t delimiter_columns(struct text line)
{
    size_t columns = 0;
    bool pipe = false, dash = false; /* the row has one; this cell has one */
    for (size_t i = 0; i < line.length; i++) {
        if (strchr(" \t>|:-", line.data[i]) == NULL)
            return 0;
        bool end = line.data[i] == '|';
        columns += end && dash;
        dash = !end && (dash || line.data[i] == '-');
        pipe = pipe || end;
    }
    return pipe ? columns + dash : 0;
}

/* Make text of the tables that are too large, by masking their delimiter rows. */
static void limit_tables(struct source *source, size_t most, struct diagnostics *sink)
{
    size_t rows = 0; /* lines up to the next blank one */
    for (size_t line = source->lines.length; line-- > 0;) {
        struct text t = source_line(source, line);
        rows = text_trim(t).length == 0 ? 0 : rows + 1;
        size_t columns = delimiter_columns(t);
        if (columns < 2 || (columns <= most && columns * rows <= TABLE_CELL_LIMIT))
            continue;
        char *dash = memchr(source->feed.data + source->lines.data[line], '-', t.length);
        *dash = SOURCE_MASK;
        uint32_t place = source_place(
            source->breaks.data, source->breaks.length, source->lines.data[line]);
        diag_add(sink, DIAG_TABLE_SIZE, (struct span){source->file, place, 0}, NULL,
            (unsigned)most, (unsigned)TABLE_CELL_LIMIT);
    }
}

static void tell_controls(
    const struct source *source, size_t body, struct diagnostics *sink)
{
    unsigned found = 0;
    struct span more = SPAN_NONE;
    for (size_t i = body; i < source->bytes.length;) {
        size_t start = i;
        if (!char_may_be_dropped(source->bytes.data[i])) {
            i++;
            continue;
        }
        uint32_t c = utf8_next(source->bytes.data, source->bytes.length, &i);
        if (!char_is_dropped(c))
            continue;
        struct span span = {source->file, (uint32_t)start, (uint32_t)(i - start)};
        if (++found <= CONTROLS_TOLD)
            diag_add(sink, DIAG_CONTROL_CHARACTER, span, NULL, (unsigned)c);
        else if (found == CONTROLS_TOLD + 1)
            more = span;
    }
    if (found > CONTROLS_TOLD)
        diag_add(sink, DIAG_CONTROL_CHARACTERS, more, NULL, found - CONTROLS_TOLD);
}

void source_init(struct source *source, const struct files *files, uint32_t file,
    size_t body, struct diagnostics *sink)
{
    *source = (struct source){.bytes = files_get(files, file)->bytes, .file = file};
    tell_controls(source, body, sink);
    struct text bytes = source->bytes;
    for (size_t start = body; start < bytes.length;) {
        size_t end = start;
        while (end < bytes.length && bytes.data[end] != '\n' && bytes.data[end] != '\r')
            end++;
        copy_line(source, start, end);
        bool pair = end + 1 < bytes.length && bytes.data[end] == '\r' &&
                    bytes.data[end + 1] == '\n';
        start = end + (pair ? 2 : 1);
    }
    limit_tables(source, limit_of(&files->limits, LIMIT_COLUMNS), sink);
}

void source_done(struct source *source)
{
    str_done(&source->feed);
    vec_done(&source->breaks);
    vec_done(&source->lines);
    vec_done(&source->footnotes);
}
