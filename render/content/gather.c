/* gather: copies bytes of the file and notes where each comes from. */
#include "content/gather.h"

#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "content/inline.h"

void gather_init(struct gather *gather)
{
    *gather = (struct gather){0};
    str_init(&gather->bytes);
}

void gather_done(struct gather *gather)
{
    str_done(&gather->bytes);
    vec_done(&gather->breaks);
}

/* The next byte of the text comes from `place`. */
static void map_to(struct gather *gather, size_t place)
{
    uint32_t at = (uint32_t)gather->bytes.length;
    if (gather->breaks.length == 0) {
        gather->start = place;
    } else {
        const struct source_break *last = vec_last(&gather->breaks);
        if (last->place + (at - last->at) == place)
            return;
    }
    vec_push(&gather->breaks, (struct source_break){at, (uint32_t)place});
}

static void add_tab(struct gather *gather)
{
    size_t spaces = gather->tab == 0 ? 1 : gather->tab - gather->column % gather->tab;
    gather_spaces(gather, spaces);
}

/* A run of characters that are all taken as they are. */
static void add_plain(struct gather *gather, const char *bytes, size_t length, size_t at)
{
    map_to(gather, at);
    str_append(&gather->bytes, bytes, length);
    for (size_t i = 0; i < length; i++)
        gather->column += ((unsigned char)bytes[i] & 0xC0) != 0x80;
}

void gather_feed(
    struct gather *gather, const struct source *source, size_t from, size_t to)
{
    if (from >= to)
        return;
    const struct source_break *breaks = source->breaks.data;
    size_t at = source_place(breaks, source->breaks.length, from);
    size_t end = source_place(breaks, source->breaks.length, to - 1) + 1;
    const char *data = source->bytes.data;
    while (at < end) {
        size_t plain = char_said_bytes((struct text){data, end}, at);
        if (plain > 0) {
            add_plain(gather, data + at, plain, at);
            at += plain;
            continue;
        }
        size_t next = at;
        uint32_t c = utf8_next(data, end, &next);
        bool escape = gather->pipes && c == '\\' && next < end && data[next] == '|';
        if (!escape && !char_is_dropped(c)) {
            map_to(gather, at);
            if (c == '\t') {
                add_tab(gather);
            } else {
                str_append(&gather->bytes, data + at, next - at);
                gather->column++;
            }
        }
        at = next;
    }
    gather->end = end;
}

void gather_spaces(struct gather *gather, size_t count)
{
    for (size_t i = 0; i < count; i++)
        str_append_char(&gather->bytes, ' ');
    gather->column += count;
}

void gather_line_end(struct gather *gather)
{
    if (gather->breaks.length > 0)
        map_to(gather, gather->end);
    str_append_char(&gather->bytes, '\n');
    gather->column = 0;
}

struct inline_text gather_finish(
    struct gather *gather, struct reader *reader, size_t place)
{
    struct inline_text text = {0};
    text.bytes = text_copy(reader->arena, str_text(&gather->bytes));
    text.break_count = gather->breaks.length;
    struct source_break *breaks =
        ARENA_ARRAY(reader->arena, gather->breaks.length, struct source_break);
    for (size_t i = 0; i < text.break_count; i++)
        breaks[i] = gather->breaks.data[i];
    text.breaks = breaks;
    bool empty = gather->breaks.length == 0;
    text.span =
        reader_span(reader, empty ? place : gather->start, empty ? place : gather->end);
    return text;
}

struct inline_text gather_cut(
    struct reader *reader, const struct inline_text *text, size_t start, size_t end)
{
    struct inline_text cut = {.bytes = text_slice(text->bytes, start, end)};
    struct source_break *breaks =
        ARENA_ARRAY(reader->arena, text->break_count + 1, struct source_break);
    uint32_t place = source_place(text->breaks, text->break_count, start);
    breaks[cut.break_count++] = (struct source_break){0, place};
    for (size_t i = 0; i < text->break_count && text->breaks[i].at < end; i++) {
        if (text->breaks[i].at > start)
            breaks[cut.break_count++] = (struct source_break){
                text->breaks[i].at - (uint32_t)start, text->breaks[i].place};
    }
    cut.breaks = breaks;
    cut.span = inline_text_span(reader, text, start, end);
    return cut;
}
