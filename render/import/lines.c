/* lines: a text → printed lines with the white space around them; see lines.h. */
#include "import/lines.h"

#include "base/utf8.h"
#include "content/chars.h"

void import_source_init(struct import_source *source, const char *path)
{
    *source = (struct import_source){.path = path, .pages = 1};
    arena_init(&source->arena);
}

void import_source_done(struct import_source *source)
{
    if (source == NULL)
        return;
    vec_done(&source->lines);
    arena_done(&source->arena);
}

static bool is_zero_width(uint32_t c)
{
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || c == 0x2060;
}

struct text import_tidy_line(struct arena *arena, struct text raw)
{
    struct str out;
    bool space = false;

    str_init(&out);
    for (size_t i = 0; i < raw.length;) {
        uint32_t c = utf8_next(raw.data, raw.length, &i);

        if (char_is_space(c)) {
            space = true;
            continue;
        }
        if (char_is_dropped(c) || is_zero_width(c) || c == UTF8_INVALID)
            continue;
        if (space && out.length > 0)
            str_append_char(&out, ' ');
        space = false;
        str_append_codepoint(&out, c);
    }
    struct text tidy = text_copy(arena, str_text(&out));
    str_done(&out);
    return tidy;
}

/* Columns of white space at the start of t. */
static uint32_t indent_of(struct text t)
{
    uint32_t columns = 0;

    for (size_t i = 0; i < t.length;) {
        uint32_t c = utf8_next(t.data, t.length, &i);

        if (c == '\t')
            columns = (columns / 8 + 1) * 8;
        else if (char_is_space(c))
            columns += c == 0x3000 ? 2 : 1;
        else
            break;
    }
    return columns;
}

static bool ends_with_space(struct text t)
{
    size_t end = t.length;

    return t.length > 0 && char_is_space(utf8_previous(t.data, &end));
}

/* Lines end with \n, \r\n or \r; a form feed begins a page. */
static size_t line_end(struct text bytes, size_t at)
{
    while (at < bytes.length && bytes.data[at] != '\n' && bytes.data[at] != '\r' &&
           bytes.data[at] != '\f')
        at++;
    return at;
}

static bool add_line(struct import_source *source, struct import_line line,
    struct text raw, uint32_t *blank, struct diagnostics *sink)
{
    line.text = import_tidy_line(&source->arena, raw);
    if (line.text.length == 0) {
        ++*blank;
        return true;
    }
    if (source->lines.length == IMPORT_LINES_LIMIT) {
        diag_add(sink, DIAG_IMPORT_TOO_LONG, line.span, NULL, IMPORT_LINES_LIMIT);
        return false;
    }
    line.indent = indent_of(raw);
    line.trailing = ends_with_space(raw);
    line.blank = *blank;
    *blank = 0;
    vec_push(&source->lines, line);
    return true;
}

bool import_lines_read(struct import_source *source, uint32_t file, struct text bytes,
    struct diagnostics *sink)
{
    uint32_t blank = 0, page = 1;

    for (size_t at = 0; at < bytes.length;) {
        size_t end = line_end(bytes, at);
        struct import_line line = {
            .page = page, .span = {file, (uint32_t)at, (uint32_t)(end - at)}};

        if (end > at || (end < bytes.length && bytes.data[end] != '\f')) {
            if (!add_line(source, line, text_slice(bytes, at, end), &blank, sink))
                return false;
        }
        if (end < bytes.length && bytes.data[end] == '\f' && source->lines.length > 0) {
            source->form_feeds = true;
            page++;
        }
        if (end + 1 < bytes.length && bytes.data[end] == '\r' &&
            bytes.data[end + 1] == '\n')
            end++;
        at = end + 1;
    }
    source->pages = source->lines.length > 0 ? vec_last(&source->lines)->page : 1;
    return true;
}
