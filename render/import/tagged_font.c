/* tagged_font: ToUnicode maps (ISO 32000-1, 9.10.3); see tagged_font.h.
 *
 * Of such a map only the lines between beginbfchar or beginbfrange and their ends say
 * anything: pairs and triples of hexadecimal strings. */
#include "import/tagged_font.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

#define RANGES_LIMIT 200000u /* of one font: more than there are characters */
#define TEXT_LIMIT   64u     /* code units of one text: ligatures have four */

void tagged_font_done(struct tagged_font *font)
{
    if (font != NULL)
        vec_done(&font->ranges);
}

/* The map while it is read. */
struct map_reader {
    struct arena *arena;
    struct text bytes;
    size_t at;
};

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void skip_space(struct map_reader *r)
{
    while (r->at < r->bytes.length && (unsigned char)r->bytes.data[r->at] <= ' ')
        r->at++;
}

static bool take(struct map_reader *r, char c)
{
    skip_space(r);
    if (r->at >= r->bytes.length || r->bytes.data[r->at] != c)
        return false;
    r->at++;
    return true;
}

/* <0041 0042>: its 16-bit units, at most TEXT_LIMIT. False: no such string is here. */
static bool read_units(
    struct map_reader *r, uint32_t units[TEXT_LIMIT], size_t *ret_count)
{
    size_t digits = 0, count = 0;
    uint32_t unit = 0;

    if (!take(r, '<'))
        return false;
    for (; r->at < r->bytes.length && r->bytes.data[r->at] != '>'; r->at++) {
        int digit = hex_digit(r->bytes.data[r->at]);

        if (digit < 0)
            continue;
        unit = unit * 16 + (uint32_t)digit;
        if (++digits % 4 == 0 && count < TEXT_LIMIT) {
            units[count++] = unit;
            unit = 0;
        }
    }
    if (digits % 4 != 0 && count < TEXT_LIMIT)
        units[count++] = unit;
    *ret_count = count;
    return take(r, '>');
}

static bool read_code(struct map_reader *r, uint32_t *ret_code)
{
    uint32_t units[TEXT_LIMIT];
    size_t count;

    if (!read_units(r, units, &count) || count == 0 || count > 2)
        return false;
    *ret_code = count == 2 ? units[0] << 16 | units[1] : units[0];
    return true;
}

/* UTF-16 → UTF-8 in the arena; *ret_only: its one code point, 0 when it has several. */
static bool read_characters(
    struct map_reader *r, struct text *ret_text, uint32_t *ret_only)
{
    uint32_t units[TEXT_LIMIT], only = 0;
    size_t count, characters = 0;
    struct str out;

    if (!read_units(r, units, &count))
        return false;
    str_init(&out);
    for (size_t i = 0; i < count; i++) {
        uint32_t c = units[i];

        if (c >= 0xD800 && c < 0xDC00 && i + 1 < count && units[i + 1] >= 0xDC00 &&
            units[i + 1] < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00);
        if (c >= 0xD800 && c < 0xE000)
            c = 0xFFFD;
        str_append_codepoint(&out, c);
        only = c;
        characters++;
    }
    *ret_only = characters == 1 ? only : 0;
    *ret_text = text_copy(r->arena, str_text(&out));
    str_done(&out);
    return true;
}

static void add_range(struct tagged_font *font, struct code_range range)
{
    if (font->ranges.length < RANGES_LIMIT && range.first <= range.last)
        vec_push(&font->ranges, range);
}

static void read_pairs(struct map_reader *r, struct tagged_font *font)
{
    struct code_range range = {0};

    while (read_code(r, &range.first) && read_characters(r, &range.text, &range.base)) {
        range.last = range.first;
        add_range(font, range);
    }
}

static void read_triples(struct map_reader *r, struct tagged_font *font)
{
    struct code_range range = {0};

    while (read_code(r, &range.first) && read_code(r, &range.last)) {
        if (!take(r, '[')) {
            if (!read_characters(r, &range.text, &range.base))
                return;
            add_range(font, range);
            continue;
        }
        struct code_range one = range;

        while (read_characters(r, &one.text, &one.base)) {
            one.last = one.first;
            if (one.first <= range.last)
                add_range(font, one);
            one.first++;
        }
        if (!take(r, ']'))
            return;
    }
}

static int compare_ranges(const void *a, const void *b)
{
    const struct code_range *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

void tagged_font_read_map(struct arena *arena, struct tagged_font *font, struct text map)
{
    struct map_reader r = {.arena = arena, .bytes = map};

    for (;;) {
        struct text rest = text_slice(map, r.at, map.length);
        size_t found = text_find(rest, "beginbf");

        if (found == rest.length)
            break;
        r.at += found + strlen("beginbf");
        rest = text_slice(map, r.at, map.length);
        if (text_starts(rest, "char")) {
            r.at += strlen("char");
            read_pairs(&r, font);
        } else if (text_starts(rest, "range")) {
            r.at += strlen("range");
            read_triples(&r, font);
        }
    }
    if (font->ranges.length > 1)
        qsort(font->ranges.data, font->ranges.length, sizeof *font->ranges.data,
            compare_ranges);
    font->known = font->known || font->ranges.length > 0;
}

static const struct code_range *find_range(const struct tagged_font *font, uint32_t code)
{
    size_t low = 0, high = font->ranges.length;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (font->ranges.data[middle].first <= code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || font->ranges.data[low - 1].last < code)
        return NULL;
    return &font->ranges.data[low - 1];
}

/* Append what one code stands for; false when that is not known. */
static bool append_code(const struct tagged_font *font, uint32_t code, struct str *out)
{
    const struct code_range *range = find_range(font, code);
    uint32_t c =
        range != NULL && range->base > 0 ? range->base + (code - range->first) : 0;

    if (range != NULL && range->base == 0) {
        str_append_text(out, range->text);
        return true;
    }
    if (range == NULL && !font->wide && code >= ' ' && code < 0x7F)
        c = code; /* all encodings of Latin fonts agree there */
    if (c == 0 || c == 0xFFFD || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return false;
    if (c >= ' ' && (c < 0x7F || c >= 0xA0))
        str_append_codepoint(out, c);
    return true;
}

size_t tagged_font_decode(
    const struct tagged_font *font, struct text codes, struct str *out, size_t *ret_codes)
{
    size_t step = font->wide ? 2 : 1, unknown = 0, count = 0;

    for (size_t i = 0; i + step <= codes.length; i += step) {
        uint32_t code = (unsigned char)codes.data[i];

        if (font->wide)
            code = code << 8 | (unsigned char)codes.data[i + 1];
        count++;
        unknown += !append_code(font, code, out);
    }
    *ret_codes = count;
    return unknown;
}
