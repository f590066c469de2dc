/* series: numbers that follow one another inside a paragraph: 1、…；2、…；3、…,
 * （一）…；（二）…, 一是…；二是….
 *
 * A number counts where a sentence or clause begins. One that is neither the next nor a
 * new start (1, 一) breaks the series. Numbers that begin blocks are structure.c's. */
#include <string.h>

#include "check/passage.h"

#define NUMBER_MOST 99 /* a larger one is a year or a document's number */

enum series { SERIES_COMMA, SERIES_ARABIC, SERIES_HAN, SERIES_IS, SERIES_KINDS };

/* 一 to 九十九 from letter i on; 0 when there is none. */
static int han_number(const struct passage *p, size_t i, size_t *ret_end)
{
    const char32_t *digits = U"一二三四五六七八九";
    int value = 0;

    for (;; i++) {
        uint32_t c = letter_at(p, (ptrdiff_t)i);
        int digit = 0;

        if (c == U'十') {
            value = value == 0 ? 10 : value * 10;
            continue;
        }
        while (digits[digit] != 0 && digits[digit] != c)
            digit++;
        if (digits[digit] == 0)
            break;
        value = value % 10 == 0 ? value + digit + 1 : NUMBER_MOST + 1;
    }
    *ret_end = i;
    return value <= NUMBER_MOST ? value : 0;
}

static int arabic_number(const struct passage *p, size_t i, size_t *ret_end)
{
    int value = 0;

    for (; letter_is_digit(letter_at(p, (ptrdiff_t)i)) && value <= NUMBER_MOST; i++)
        value = value * 10 + (int)(letter_at(p, (ptrdiff_t)i) - '0');
    *ret_end = i;
    return value <= NUMBER_MOST ? value : 0;
}

/* The number of a series at letter i: its value, 0 when there is none. */
static int read_number(
    const struct passage *p, size_t i, enum series *ret_kind, size_t *ret_end)
{
    bool bracket = letter_in(letter_at(p, (ptrdiff_t)i), U"（(");
    size_t end;
    int value = arabic_number(p, i + bracket, &end);
    enum series kind = bracket ? SERIES_ARABIC : SERIES_COMMA;

    if (value == 0) {
        value = han_number(p, i + bracket, &end);
        kind = bracket ? SERIES_HAN : SERIES_IS;
    }
    *ret_kind = kind;
    *ret_end = end + 1;
    if (bracket)
        return letter_in(letter_at(p, (ptrdiff_t)end), U"）)") ? value : 0;
    if (kind == SERIES_IS)
        return letter_at(p, (ptrdiff_t)end) == U'是' ? value : 0;
    return letter_at(p, (ptrdiff_t)end) == U'、' &&
                   !letter_is_digit(letter_at(p, (ptrdiff_t)end + 1))
               ? value
               : 0;
}

/* May a number of a series stand at letter i? */
static bool may_begin(const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i);

    return (letter_is_digit(c) || letter_in(c, U"（(一二三四五六七八九十")) &&
           (i == 0 || letter_in(letter_at(p, (ptrdiff_t)i - 1), U"。；：，！？\n"));
}

void check_series(struct check *check, const struct passage *p)
{
    int last[SERIES_KINDS] = {0};

    for (size_t i = 0; i < p->letters.length; i++) {
        enum series kind;
        size_t end;
        int value;

        if (letter_is_han(letter_at(p, (ptrdiff_t)i - 1)) || !may_begin(p, i))
            continue;
        value = read_number(p, i, &kind, &end);
        if (value == 0)
            continue;
        if (i > 0 && last[kind] > 0 && value != last[kind] + 1 && value != 1)
            passage_tell(check, RULE_NUMBERING, p, i, end);
        last[kind] = value;
    }
}
