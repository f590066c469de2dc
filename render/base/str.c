/* str: slices and growing strings; numbers without the locale.
 *
 * Numbers are read and written by hand: strtod() and printf("%f") follow LC_NUMERIC, and
 * a golden file must not depend on the editor's locale.
 */
#include "base/str.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

#define DIGITS_LIMIT  17  /* significant decimal digits of a double that are read */
#define PRINTED_USUAL 63 /* bytes for which str_printf() has room at the first try */
#define NUMBER_DIGITS 9   /* decimals that str_append_number() writes at most */
#define NUMBER_LIMIT  9e9 /* × 10^NUMBER_DIGITS stays below 2^63 */

static const double powers_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17};

struct text text_of(const char *string)
{
    if (string == NULL)
        return TEXT("");
    return (struct text){string, strlen(string)};
}

struct text text_slice(struct text t, size_t start, size_t end)
{
    if (end > t.length)
        end = t.length;
    if (start > end)
        start = end;
    return (struct text){t.data == NULL ? NULL : t.data + start, end - start};
}

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool text_equal_unspaced(struct text a, struct text b)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < a.length && a.data[i] == ' ')
            i++;
        while (k < b.length && b.data[k] == ' ')
            k++;
        if (i == a.length || k == b.length)
            return i == a.length && k == b.length;
        if (a.data[i++] != b.data[k++])
            return false;
    }
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

bool text_starts(struct text t, const char *prefix)
{
    return text_is(text_slice(t, 0, strlen(prefix)), prefix);
}

bool text_ends(struct text t, const char *suffix)
{
    size_t length = strlen(suffix);

    return t.length >= length &&
           text_is(text_slice(t, t.length - length, t.length), suffix);
}

/* Bytes of the white space at the start of t: 0 when there is none. */
static size_t space_before(struct text t)
{
    if (t.length > 0 && strchr(" \t\n\v\f\r", t.data[0]) != NULL && t.data[0] != '\0')
        return 1;
    return text_starts(t, "\u3000") ? 3 : 0;
}

static size_t space_after(struct text t)
{
    if (t.length > 0 && t.data[t.length - 1] != '\0' &&
        strchr(" \t\n\v\f\r", t.data[t.length - 1]) != NULL)
        return 1;
    return text_ends(t, "\u3000") ? 3 : 0;
}

struct text text_trim(struct text t)
{
    size_t space;

    while ((space = space_before(t)) > 0)
        t = text_slice(t, space, t.length);
    while ((space = space_after(t)) > 0)
        t.length -= space;
    return t;
}

size_t text_find(struct text t, const char *needle)
{
    size_t length = strlen(needle);
    const char *found;

    if (length == 0)
        return 0;
    if (t.length < length)
        return t.length;
    found = memmem(t.data, t.length, needle, length);
    return found == NULL ? t.length : (size_t)(found - t.data);
}

struct text text_copy(struct arena *arena, struct text t)
{
    return (struct text){arena_copy(arena, t.data, t.length), t.length};
}

bool text_to_long(struct text t, long *ret_value)
{
    size_t i = t.length > 0 && (t.data[0] == '-' || t.data[0] == '+');
    bool negative = i == 1 && t.data[0] == '-';
    long value = 0; /* built as a negative number, which reaches LONG_MIN */

    if (i == t.length)
        return false;
    for (; i < t.length; i++) {
        if (t.data[i] < '0' || t.data[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, t.data[i] - '0', &value))
            return false;
    }
    if (!negative && value == LONG_MIN)
        return false;
    *ret_value = negative ? value : -value;
    return true;
}

bool text_to_double(struct text t, double *ret_value)
{
    size_t i = t.length > 0 && (t.data[0] == '-' || t.data[0] == '+');
    bool negative = i == 1 && t.data[0] == '-';
    uint64_t mantissa = 0;
    int significant = 0, decimals = 0;
    bool point = false, any = false;
    double value;

    for (; i < t.length; i++) {
        if (t.data[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (t.data[i] < '0' || t.data[i] > '9')
            return false;
        any = true;
        if (significant >= DIGITS_LIMIT && !point)
            return false;
        /* Decimals beyond the precision of a double change nothing. */
        if (significant >= DIGITS_LIMIT || decimals >= DIGITS_LIMIT)
            continue;
        mantissa = mantissa * 10 + (uint64_t)(t.data[i] - '0');
        significant += mantissa > 0;
        decimals += point;
    }
    if (!any)
        return false;
    value = (double)mantissa / powers_of_ten[decimals];
    *ret_value = negative ? -value : value;
    return true;
}

void str_init(struct str *s)
{
    *s = (struct str){0};
}

void str_done(struct str *s)
{
    if (s == NULL)
        return;
    memory_free(s->data);
    str_init(s);
}

void str_clear(struct str *s)
{
    s->length = 0;
    if (s->data != NULL)
        s->data[0] = '\0';
}

void str_reserve(struct str *s, size_t more)
{
    size_t needed;

    if (s->length < s->capacity && more < s->capacity - s->length)
        return;
    if (__builtin_add_overflow(s->length, more, &needed) || needed == SIZE_MAX)
        program_stop("no memory for %zu more bytes", more);
    if (needed + 1 > s->capacity)
        s->data = vec_grow(s->data, needed + 1, &s->capacity, 1);
}

void str_append(struct str *s, const void *bytes, size_t length)
{
    str_reserve(s, length);
    if (length > 0)
        memcpy(s->data + s->length, bytes, length);
    s->length += length;
    s->data[s->length] = '\0';
}

void str_append_text(struct str *s, struct text t)
{
    str_append(s, t.data, t.length);
}

void str_append_string(struct str *s, const char *string)
{
    str_append_text(s, text_of(string));
}

void str_append_char(struct str *s, char c)
{
    str_reserve(s, 1);
    s->data[s->length++] = c;
    s->data[s->length] = '\0';
}

void str_append_codepoint(struct str *s, uint32_t codepoint)
{
    char bytes[4];

    str_append(s, bytes, utf8_encode(codepoint, bytes));
}

void str_printf(struct str *s, const char *format, ...)
{
    va_list arguments;
    int length;

    str_reserve(s, PRINTED_USUAL);
    va_start(arguments, format);
    length = vsnprintf(s->data + s->length, s->capacity - s->length, format, arguments);
    va_end(arguments);
    if (length < 0)
        program_stop("cannot format ‘%s’", format);
    if ((size_t)length >= s->capacity - s->length) {
        str_reserve(s, (size_t)length);
        va_start(arguments, format);
        vsnprintf(s->data + s->length, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    s->length += (size_t)length;
}

void str_append_number(struct str *s, double value, int digits)
{
    uint64_t scaled, whole, rest;

    if (!isfinite(value))
        program_stop("a number to be written is not finite");
    if (digits > NUMBER_DIGITS)
        digits = NUMBER_DIGITS;
    if (digits < 0 || fabs(value) >= NUMBER_LIMIT)
        digits = 0;
    if (fabs(value) >= NUMBER_LIMIT * 1e9) {
        str_printf(s, "%.0f", value); /* no point, so no locale */
        return;
    }
    scaled = (uint64_t)(fabs(value) * powers_of_ten[digits] + 0.5);
    whole = scaled / (uint64_t)powers_of_ten[digits];
    rest = scaled % (uint64_t)powers_of_ten[digits];
    str_printf(
        s, "%s%llu", value < 0 && scaled > 0 ? "-" : "", (unsigned long long)whole);
    if (rest == 0)
        return;
    while (rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    str_printf(s, ".%0*llu", digits, (unsigned long long)rest);
}

struct text str_text(const struct str *s)
{
    return (struct text){s->data == NULL ? "" : s->data, s->length};
}
