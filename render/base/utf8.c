/* utf8: decoding by the table of well-formed sequences (Unicode 15, table 3-7).
 *
 * The second byte of a sequence has a range of its own that excludes overlong forms,
 * surrogates and values above U+10FFFF; so nothing has to be checked after decoding.
 */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8_width.h"

/* The bytes of the sequence that `lead` starts (0: none) and the range of the second. */
static size_t sequence_length(
    unsigned char lead, unsigned char *ret_low, unsigned char *ret_high)
{
    *ret_low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *ret_high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Three bytes whose lead takes any second byte: most of a Chinese text. */
static bool is_plain_three(const unsigned char *bytes, size_t left)
{
    return left >= 3 && bytes[0] > 0xE0 && bytes[0] < 0xF0 && bytes[0] != 0xED &&
           (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80;
}

uint32_t utf8_next(const char *data, size_t length, size_t *offset)
{
    const unsigned char *bytes = (const unsigned char *)data + *offset;
    size_t left = length - *offset, count;
    unsigned char low, high;
    uint32_t codepoint;

    if (is_plain_three(bytes, left)) {
        *offset += 3;
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    count = sequence_length(bytes[0], &low, &high);
    if (count == 1) {
        (*offset)++;
        return bytes[0];
    }
    if (count == 0 || count > left || bytes[1] < low || bytes[1] > high) {
        (*offset)++;
        return UTF8_INVALID;
    }
    codepoint = bytes[0] & (0xFFu >> (count + 1));
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            (*offset)++;
            return UTF8_INVALID;
        }
        codepoint = codepoint << 6 | (bytes[i] & 0x3Fu);
    }
    *offset += count;
    return codepoint;
}

uint32_t utf8_previous(const char *data, size_t *offset)
{
    size_t end = *offset;

    for (size_t back = 1; back <= 4 && back <= end; back++) {
        size_t start = end - back, next = start;
        uint32_t codepoint;

        if (((unsigned char)data[start] & 0xC0) == 0x80)
            continue;
        codepoint = utf8_next(data, end, &next);
        if (codepoint == UTF8_INVALID || next != end)
            break;
        *offset = start;
        return codepoint;
    }
    *offset = end - 1;
    return UTF8_INVALID;
}

size_t utf8_encode(uint32_t codepoint, char out[4])
{
    size_t count = codepoint < 0x80      ? 1
                   : codepoint < 0x800   ? 2
                   : codepoint < 0x10000 ? 3
                                         : 4;

    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        return 0;
    if (count == 1) {
        out[0] = (char)codepoint;
        return 1;
    }
    for (size_t i = count - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (codepoint & 0x3F));
        codepoint >>= 6;
    }
    out[0] = (char)((0xF00u >> count & 0xF0u) | codepoint);
    return count;
}

size_t utf8_validate(const char *data, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)data;
    size_t offset = 0;

    while (offset < length) {
        size_t start = offset;

        if (bytes[offset] < 0x80)
            offset++;
        else if (is_plain_three(bytes + offset, length - offset))
            offset += 3;
        else if (utf8_next(data, length, &offset) == UTF8_INVALID)
            return start;
    }
    return length;
}

size_t utf8_count(struct text t)
{
    size_t count = 0;

    for (size_t i = 0; i < t.length; i++)
        count += ((unsigned char)t.data[i] & 0xC0) != 0x80; /* goes on with no other */
    return count;
}

static bool in_ranges(uint32_t codepoint, const struct range *ranges, size_t count)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (codepoint > ranges[middle].last)
            low = middle + 1;
        else if (codepoint < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

int utf8_columns(uint32_t codepoint)
{
    if (codepoint < 0x300)
        return 1;
    if (in_ranges(codepoint, zero, sizeof zero / sizeof zero[0]))
        return 0;
    return in_ranges(codepoint, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}
