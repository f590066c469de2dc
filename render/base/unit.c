/* unit: conversion of lengths, and the reader of lengths as people write them.
 *
 * A written length is a decimal number and the name of a unit, or the name of a 号 size.
 * The 号 sizes are the classical ones of Chinese metal type (each series halves: 初号,
 * 二号, 五号, 七号 are 42, 21, 10.5, 5.25 pt), or as Word rounds them (二号 22, 七号 5.5).
 */
#include "base/unit.h"

#include <math.h>
#include <stddef.h>

#define PT_PER_INCH 72.0
#define MM_PER_INCH 25.4

struct measure {
    const char *name;      /* as written behind the number */
    double factor;         /* to the value of struct length: pt per one, or 1 */
    enum length_kind kind; /* what the value counts */
};

static const struct measure measures[] = {
    {"pt", 1, LENGTH_ABSOLUTE},
    {"mm", PT_PER_INCH / MM_PER_INCH, LENGTH_ABSOLUTE},
    {"cm", PT_PER_INCH / MM_PER_INCH * 10, LENGTH_ABSOLUTE},
    {"in", PT_PER_INCH, LENGTH_ABSOLUTE},
    {"em", 1, LENGTH_EM},
    {"lines", 1, LENGTH_LINES},
    {"line", 1, LENGTH_LINES},
    {"chars", 1, LENGTH_CHARS},
    {"char", 1, LENGTH_CHARS},
};

struct type_size {
    const char *name; /* 号 size */
    double pt;        /* classical */
    double word_pt;   /* as Word has it */
};

static const struct type_size type_sizes[] = {
    {"初号", 42, 42},
    {"小初", 36, 36},
    {"一号", 27.5, 26},
    {"小一", 24, 24},
    {"二号", 21, 22},
    {"小二", 18, 18},
    {"三号", 15.75, 16},
    {"小三", 15, 15},
    {"四号", 13.75, 14},
    {"小四", 12, 12},
    {"五号", 10.5, 10.5},
    {"小五", 9, 9},
    {"六号", 7.875, 7.5},
    {"小六", 6.875, 6.5},
    {"七号", 5.25, 5.5},
    {"八号", 4.5, 5},
};

/* Round to nearest and keep within ±UNIT_MAX. */
static unit unit_round(double value)
{
    if (value >= UNIT_MAX)
        return UNIT_MAX;
    if (value <= -UNIT_MAX)
        return -UNIT_MAX;
    return (unit)lround(value);
}

unit unit_from_pt(double pt)
{
    return unit_round(pt * UNIT_PT);
}

unit unit_from_mm(double mm)
{
    return unit_from_pt(mm * PT_PER_INCH / MM_PER_INCH);
}

double unit_to_pt(int64_t length)
{
    return (double)length / UNIT_PT;
}

int64_t unit_muldiv(int64_t a, int64_t b, int64_t c)
{
    int64_t product = a * b;

    return (product >= 0 ? product + c / 2 : product - c / 2) / c;
}

static bool type_size_parse(struct text t, bool word_sizes, struct length *ret_length)
{
    for (size_t i = 0; i < sizeof type_sizes / sizeof type_sizes[0]; i++) {
        const struct type_size *size = &type_sizes[i];

        if (!text_is(t, size->name))
            continue;
        *ret_length =
            (struct length){word_sizes ? size->word_pt : size->pt, LENGTH_ABSOLUTE};
        return true;
    }
    return false;
}

/* Bytes of the number that t begins with. */
static size_t number_length(struct text t)
{
    size_t i = 0;

    while (i < t.length && ((t.data[i] >= '0' && t.data[i] <= '9') || t.data[i] == '.' ||
                               ((t.data[i] == '-' || t.data[i] == '+') && i == 0)))
        i++;
    return i;
}

bool length_parse(struct text t, bool word_sizes, struct length *ret_length)
{
    size_t digits;
    struct text name;
    double value;

    t = text_trim(t);
    if (type_size_parse(t, word_sizes, ret_length))
        return true;
    digits = number_length(t);
    if (!text_to_double(text_slice(t, 0, digits), &value))
        return false;
    name = text_trim(text_slice(t, digits, t.length));
    if (name.length == 0 && value == 0) {
        *ret_length = (struct length){0, LENGTH_ABSOLUTE};
        return true;
    }
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        if (!text_is(name, measures[i].name))
            continue;
        value *= measures[i].factor;
        if (fabs(value) * UNIT_PT > UNIT_MAX)
            return false;
        *ret_length = (struct length){value, measures[i].kind};
        return true;
    }
    return false;
}

unit length_resolve(struct length length, const struct length_context *context)
{
    switch (length.kind) {
    case LENGTH_EM:
        return unit_round(length.value * context->em);
    case LENGTH_LINES:
        return unit_round(length.value * context->line_pitch);
    case LENGTH_CHARS:
        return unit_round(length.value * context->character_pitch);
    case LENGTH_ABSOLUTE:
        break;
    }
    return unit_from_pt(length.value);
}

void str_append_pt(struct str *s, int64_t length)
{
    str_append_number(s, unit_to_pt(length), 3);
}
