/* inline: the scanner, its simple cases, and the nodes of the flat list. */
#include "content/inline.h"

#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"

struct span inline_text_span(
    const struct reader *reader, const struct inline_text *text, size_t start, size_t end)
{
    uint32_t first = source_place(text->breaks, text->break_count, start);
    uint32_t last =
        end > start ? source_place(text->breaks, text->break_count, end - 1) + 1 : first;
    return reader_span(reader, first, last);
}

struct span inline_span(const struct inline_parser *parser, size_t start, size_t end)
{
    return inline_text_span(parser->reader, parser->text, start, end);
}

struct node *inline_add(
    struct inline_parser *parser, enum node_kind kind, size_t start, size_t end)
{
    struct node *node =
        node_new(parser->reader->arena, kind, inline_span(parser, start, end));
    node_append(&parser->top, node);
    return node;
}

/* Index of the last break at or before an offset. */
static size_t break_at(const struct inline_text *text, size_t at)
{
    size_t low = 0;
    size_t high = text->break_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->breaks[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Bytes that follow one another in the file; a line end among them (in raw HTML) is
 * a space. */
static void add_piece(struct inline_parser *parser, size_t start, size_t end)
{
    const char *line = memchr(parser->data + start, '\n', end - start);
    size_t stop = line != NULL ? (size_t)(line - parser->data) : end;
    if (stop > start) {
        struct node *node = inline_add(parser, NODE_TEXT, start, stop);
        node->text = (struct text){parser->data + start, stop - start};
    }
    if (stop < end)
        inline_add(parser, NODE_SOFT_BREAK, stop, stop + 1);
}

void inline_add_text(struct inline_parser *parser, size_t start, size_t end)
{
    const struct inline_text *text = parser->text;
    size_t next = start < end ? break_at(text, start) + 1 : 0;
    while (start < end) {
        size_t stop = next < text->break_count && text->breaks[next].at < end
                          ? text->breaks[next].at
                          : end;
        next++;
        if (stop > start)
            add_piece(parser, start, stop);
        start = stop > start ? stop : start;
    }
}

struct node *inline_add_said(
    struct inline_parser *parser, struct text said, size_t start, size_t end)
{
    struct node *node = inline_add(parser, NODE_TEXT, start, end);
    node->text = said;
    return node;
}

void inline_adopt(struct inline_parser *parser, struct node *node)
{
    node->first_child = node->next;
    node->last_child = node->next != NULL ? parser->top.last_child : NULL;
    node->next = NULL;
    parser->top.last_child = node;
}

static size_t skip_blanks(const struct inline_parser *parser, size_t at)
{
    while (at < parser->length && parser->data[at] == ' ')
        at++;
    return at;
}

/* A line end; [start, at) is the text before it that is not yet in the list. */
static void line_end(struct inline_parser *parser, size_t start)
{
    size_t end = parser->at;
    while (end > start && parser->data[end - 1] == ' ')
        end--;
    inline_add_text(parser, start, end);
    bool hard = parser->at - end >= 2;
    inline_add(
        parser, hard ? NODE_LINE_BREAK : NODE_SOFT_BREAK, parser->at, parser->at + 1);
    parser->at = skip_blanks(parser, parser->at + 1);
}

static void escape(struct inline_parser *parser)
{
    size_t at = parser->at;
    char c = at + 1 < parser->length ? parser->data[at + 1] : 'x';
    if (c == '\n') {
        inline_add(parser, NODE_LINE_BREAK, at, at + 2);
        parser->at = skip_blanks(parser, at + 2);
    } else if (char_is_ascii_mark((unsigned char)c)) {
        inline_add_said(parser, (struct text){parser->data + at + 1, 1}, at, at + 2);
        parser->at = at + 2;
    } else {
        inline_add_text(parser, at, at + 1);
        parser->at = at + 1;
    }
}

static void entity(struct inline_parser *parser)
{
    struct text said;
    struct text rest = {parser->data + parser->at, parser->length - parser->at};
    size_t length = inline_entity(parser->reader, rest, &said);
    if (length == 0)
        inline_add_text(parser, parser->at, parser->at + 1);
    else
        inline_add_said(parser, said, parser->at, parser->at + length);
    parser->at += length == 0 ? 1 : length;
}

static size_t run_length(const struct inline_parser *parser, size_t at, char c)
{
    size_t length = 0;
    while (at + length < parser->length && parser->data[at + length] == c)
        length++;
    return length;
}

/* Remember where the last run of each length stands, so that no search fails twice. */
static void find_ticks(struct inline_parser *parser)
{
    for (size_t at = 0; at < parser->length;) {
        size_t length = run_length(parser, at, '`');
        if (length > 0 && length <= CODE_TICKS_LIMIT)
            parser->ticks[length] = at + 1;
        at += length > 0 ? length : 1;
    }
    parser->ticks_known = true;
}

/* Where the closing run of `ticks` backticks starts, or the length of data. */
static size_t find_closing_ticks(struct inline_parser *parser, size_t from, size_t ticks)
{
    if (!parser->ticks_known)
        find_ticks(parser);
    if (ticks > CODE_TICKS_LIMIT || parser->ticks[ticks] <= from)
        return parser->length;
    for (size_t at = from; at < parser->length;) {
        size_t length = run_length(parser, at, '`');
        if (length == ticks)
            return at;
        at += length > 0 ? length : 1;
    }
    return parser->length;
}

static bool only_blanks(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] != ' ' && t.data[i] != '\n')
            return false;
    }
    return true;
}

/* A code span: CommonMark 6.1. */
static void code(struct inline_parser *parser)
{
    size_t start = parser->at;
    size_t ticks = run_length(parser, start, '`');
    size_t first = start + ticks;
    size_t last = find_closing_ticks(parser, first, ticks);
    if (last == parser->length) {
        inline_add_text(parser, start, first);
        parser->at = first;
        return;
    }
    parser->at = last + ticks;
    struct text inside = {parser->data + first, last - first};
    bool padded = inside.length >= 2 && strchr(" \n", inside.data[0]) != NULL &&
                  strchr(" \n", inside.data[inside.length - 1]) != NULL;
    if (padded && !only_blanks(inside)) {
        first++;
        last--;
        inside = text_slice(inside, 1, inside.length - 1);
    }
    struct span span = inline_span(parser, first, last);
    bool direct = span.length == inside.length;
    struct node *node =
        inline_add(parser, NODE_CODE, direct ? first : start, direct ? last : parser->at);
    char *copy = arena_copy(parser->reader->arena, inside.data, inside.length);
    for (size_t i = 0; i < inside.length; i++)
        copy[i] = (char)(copy[i] == '\n' ? ' ' : copy[i]);
    node->text = (struct text){copy, inside.length};
}

static void angle(struct inline_parser *parser)
{
    if (inline_angle_address(parser) || inline_html(parser))
        return;
    inline_add_text(parser, parser->at, parser->at + 1);
    parser->at++;
}

static void exclamation(struct inline_parser *parser)
{
    if (parser->at + 1 < parser->length && parser->data[parser->at + 1] == '[') {
        inline_open_bracket(parser, true);
        return;
    }
    inline_add_text(parser, parser->at, parser->at + 1);
    parser->at++;
}

static void special(struct inline_parser *parser)
{
    switch (parser->data[parser->at]) {
    case '\\':
        escape(parser);
        break;
    case '`':
        code(parser);
        break;
    case '&':
        entity(parser);
        break;
    case '<':
        angle(parser);
        break;
    case '!':
        exclamation(parser);
        break;
    case '[':
        inline_open_bracket(parser, false);
        break;
    case ']':
        inline_close_bracket(parser);
        break;
    default:
        inline_delimiter_run(parser);
        break;
    }
}

/* May a bare address start here? Only at the first letter or digit of a run. */
static bool word_starts(const struct inline_parser *parser, size_t at)
{
    unsigned char c = (unsigned char)parser->data[at];
    return char_is_word(c) &&
           (at == 0 || !char_is_word((unsigned char)parser->data[at - 1]));
}

static bool is_special(char c)
{
    switch (c) {
    case '\\':
    case '`':
    case '&':
    case '<':
    case '!':
    case '[':
    case ']':
    case '*':
    case '_':
    case '~':
        return true;
    default:
        return false;
    }
}

/* The place behind a character, or behind the rest of a word, which starts no address. */
static size_t behind(const struct inline_parser *parser, size_t at)
{
    bool word = char_is_word((unsigned char)parser->data[at++]);
    while (word && at < parser->length && char_is_word((unsigned char)parser->data[at]))
        at++;
    return at;
}

static void scan(struct inline_parser *parser)
{
    size_t start = parser->at = skip_blanks(parser, 0);
    while (parser->at < parser->length) {
        char c = parser->data[parser->at];
        size_t before = parser->at;
        if ((unsigned char)c >= 0x80) { /* Han: neither a mark nor the start of an address */
            parser->at++;
            continue;
        }
        if (c == '\n') {
            line_end(parser, start);
        } else if (is_special(c)) {
            inline_add_text(parser, start, before);
            special(parser);
        } else if (!word_starts(parser, before) || !inline_bare_address(parser, start)) {
            parser->at = behind(parser, before);
            continue;
        }
        start = parser->at;
    }
    while (parser->length > start && parser->data[parser->length - 1] == ' ')
        parser->length--;
    inline_add_text(parser, start, parser->length);
}

void inline_parse(
    struct reader *reader, struct node *node, const struct inline_text *text)
{
    struct inline_parser parser = {.reader = reader,
        .text = text,
        .data = text->bytes.data,
        .length = text->bytes.length,
        .last = -1};
    scan(&parser);
    inline_pair(&parser, 0);
    inline_tags_unpaired(&parser);
    inline_tidy(&parser, node);
    vec_done(&parser.delimiters);
    vec_done(&parser.brackets);
    for (size_t i = 0; i < TAG_KIND_COUNT; i++)
        vec_done(&parser.tags[i]);
}
