/* chars: ranges of characters, from Unicode's block and White_Space tables. */
#include "content/chars.h"

#include <stddef.h>

struct range {
    uint32_t first; /* code point */
    uint32_t last;  /* code point, included */
};

static bool ranges_hold(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count && c >= ranges[i].first; i++) {
        if (c <= ranges[i].last)
            return true;
    }
    return false;
}

bool char_is_cjk(uint32_t c)
{
    static const struct range ranges[] = {
        {0x2E80, 0x303F},   /* radicals, ideographic description, CJK symbols and marks */
        {0x3040, 0x312F},   /* kana, bopomofo */
        {0x3190, 0x4DBF},   /* kanbun, strokes, enclosed, compatibility, extension A */
        {0x4E00, 0x9FFF},   /* unified */
        {0xF900, 0xFAFF},   /* compatibility ideographs */
        {0xFE10, 0xFE1F},   /* vertical forms */
        {0xFE30, 0xFE4F},   /* compatibility forms */
        {0xFF01, 0xFF9F},   /* full-width and half-width forms, without Hangul */
        {0xFFE0, 0xFFE6},   /* full-width signs */
        {0x1AFF0, 0x1B16F}, /* kana supplements */
        {0x1F200, 0x1F2FF}, /* enclosed ideographs */
        {0x20000, 0x3FFFD}, /* extensions B and later */
    };
    return ranges_hold(ranges, sizeof ranges / sizeof ranges[0], c);
}

bool char_is_shared_mark(uint32_t c)
{
    static const struct range ranges[] = {
        {0x00A1, 0x00A1},
        {0x00A7, 0x00A7},
        {0x00AB, 0x00AB},
        {0x00B6, 0x00B7},
        {0x00BB, 0x00BB},
        {0x00BF, 0x00BF},
        {0x2010, 0x2027},
        {0x2030, 0x205E},
        {0x25A0, 0x25FF},
        {0x2600, 0x27BF},
    };
    return ranges_hold(ranges, sizeof ranges / sizeof ranges[0], c);
}

bool char_is_space(uint32_t c)
{
    static const struct range ranges[] = {
        {0x0009, 0x000D},
        {0x0020, 0x0020},
        {0x0085, 0x0085},
        {0x00A0, 0x00A0},
        {0x1680, 0x1680},
        {0x2000, 0x200A},
        {0x2028, 0x2029},
        {0x202F, 0x202F},
        {0x205F, 0x205F},
        {0x3000, 0x3000},
    };
    return ranges_hold(ranges, sizeof ranges / sizeof ranges[0], c);
}

bool char_is_ascii_mark(uint32_t c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

bool char_is_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool char_is_dropped(uint32_t c)
{
    if (c == '\t' || c == '\n' || c == '\r')
        return false;
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

size_t char_plain_bytes(struct text t, size_t i)
{
    size_t end = i;

    while (
        end < t.length && (unsigned char)t.data[end] >= 0x80 && t.data[end] != (char)0xC2)
        end++;
    return end - i;
}

static bool is_said_as_it_is(char byte)
{
    switch (byte) {
    case '[':
    case '*':
    case '_':
    case '&':
    case '!':
    case '<':
    case '\\':
        return false;
    default:
        return !char_may_be_dropped(byte);
    }
}

size_t char_said_bytes(struct text t, size_t i)
{
    size_t end = i;

    while (end < t.length && is_said_as_it_is(t.data[end]))
        end++;
    return end - i;
}
