/* number: see number.h. */
#include "flow/number.h"

#include "layout/template.h"

static uint32_t field_value(const struct counters *counters, enum field field)
{
    switch (field) {
    case FIELD_SECTION:
    case FIELD_SECTION_HAN:
        return counters->section;
    case FIELD_ITEM:
    case FIELD_ITEM_HAN:
        return counters->item;
    case FIELD_HEADING3:
    case FIELD_HEADING4:
    case FIELD_HEADING5:
    case FIELD_HEADING6:
        return counters->heading[field - FIELD_HEADING3];
    case FIELD_HEADING3_HAN:
        return counters->heading[0];
    default:
        return counters->number;
    }
}

static bool is_han_field(enum field field)
{
    return field == FIELD_SECTION_HAN || field == FIELD_ITEM_HAN ||
           field == FIELD_HEADING3_HAN;
}

void number_expand(const struct counters *counters, struct text template, struct str *out)
{
    struct text literal;
    enum field field;

    while (template_next(&template, &literal, &field)) {
        if (field == FIELD_COUNT)
            str_append_text(out, literal);
        else if (is_han_field(field))
            number_han(field_value(counters, field), out);
        else
            str_printf(out, "%u", field_value(counters, field));
    }
}

static const char *const han_digits[10] = {
    "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

void number_han(uint32_t number, struct str *out)
{
    static const char *const places[4] = {"", "十", "百", "千"};
    uint32_t power = 1000;
    bool started = false, zero = false;

    if (number == 0 || number >= 10000) {
        str_printf(out, "%u", number);
        return;
    }
    for (int place = 3; place >= 0; place--, power /= 10) {
        uint32_t digit = number / power % 10;

        if (digit == 0) {
            zero = started;
            continue;
        }
        if (zero)
            str_append_string(out, han_digits[0]);
        zero = false;
        if (digit != 1 || place != 1 || started) /* 十二, not 一十二 */
            str_append_string(out, han_digits[digit]);
        str_append_string(out, places[place]);
        started = true;
    }
}

static void append_arabic(uint32_t number, struct str *out)
{
    str_printf(out, "%u", number);
}

static void append_circled(uint32_t number, struct str *out)
{
    if (number >= 1 && number <= 20)
        str_append_codepoint(out, 0x2460 + number - 1);
    else if (number >= 21 && number <= 35)
        str_append_codepoint(out, 0x3251 + number - 21);
    else if (number >= 36 && number <= 50)
        str_append_codepoint(out, 0x32B1 + number - 36);
    else
        str_printf(out, "(%u)", number);
}

/* a … z, aa, ab … */
static void append_letters(uint32_t number, char first, struct str *out)
{
    char letters[8];
    size_t length = 0;

    for (; number > 0 && length < sizeof letters; number = (number - 1) / 26)
        letters[length++] = (char)(first + (char)((number - 1) % 26));
    while (length > 0)
        str_append_char(out, letters[--length]);
}

static void append_lower(uint32_t number, struct str *out)
{
    append_letters(number, 'a', out);
}

static void append_upper(uint32_t number, struct str *out)
{
    append_letters(number, 'A', out);
}

static void append_roman(uint32_t number, struct str *out)
{
    static const struct {
        uint32_t value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
        {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"},
        {1, "i"}};

    if (number == 0 || number >= 4000) {
        str_printf(out, "%u", number);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            str_append_string(out, signs[i].sign);
}

static const struct {
    const char *sign; /* in a pattern */
    void (*append)(uint32_t number, struct str *out);
} counting[] = {
    {"1", append_arabic},
    {"一", number_han},
    {"①", append_circled},
    {"a", append_lower},
    {"A", append_upper},
    {"i", append_roman},
};

/* The pattern of a depth: the last one for all that are deeper. */
static struct text pattern_of(struct text patterns, uint32_t depth)
{
    size_t end = text_find(patterns, "|");

    while (depth > 1 && end < patterns.length) {
        patterns = text_slice(patterns, end + 1, patterns.length);
        end = text_find(patterns, "|");
        depth--;
    }
    return text_slice(patterns, 0, end);
}

void number_pattern(
    struct text patterns, uint32_t depth, uint32_t number, struct str *out)
{
    struct text pattern = pattern_of(patterns, depth);

    for (size_t at = 0; at < pattern.length; at++) {
        struct text rest = text_slice(pattern, at, pattern.length);

        for (size_t i = 0; i < sizeof counting / sizeof *counting; i++) {
            if (!text_starts(rest, counting[i].sign))
                continue;
            str_append_text(out, text_slice(pattern, 0, at));
            counting[i].append(number, out);
            str_append_text(
                out, text_slice(rest, text_of(counting[i].sign).length, rest.length));
            return;
        }
    }
    str_append_text(out, pattern);
}
