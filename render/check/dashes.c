/* dashes: dashes, connectors, ranges and the middle dot (GB/T 15834-2011, 4.10, 4.13,
 * 4.14). */
#include "check/passage.h"

#define YEAR_DIGITS    4
#define CLAUSE_LETTERS 6 /* Han in a row beside a dash that make it one between clauses */

static bool is_chinese(uint32_t c)
{
    return letter_is_han(c) || letter_is_wide_mark(c);
}

static void hyphens(struct check *check, const struct passage *p, size_t i)
{
    size_t n = passage_row(p, i), first = i, end = i + n;
    uint32_t before, next;

    if (n < 2)
        return;
    while (first > 0 && letter_at(p, (ptrdiff_t)first - 1) == ' ')
        first--;
    while (letter_at(p, (ptrdiff_t)end) == ' ')
        end++;
    before = letter_at(p, (ptrdiff_t)first - 1);
    next = letter_at(p, (ptrdiff_t)end);
    if (letter_is_latin(letter_at(p, (ptrdiff_t)(i + n)))) /* an option's name */
        return;
    if (is_chinese(before) || (is_chinese(next) && before != 0))
        passage_suggest(check, RULE_DASH_HYPHENS, p, i, i + n, "——", false);
}

/* Han and Latin letters in a row, back from i or forward. */
static size_t clause_length(const struct passage *p, size_t i, int step)
{
    size_t n = 0;

    for (ptrdiff_t k = (ptrdiff_t)i + step; letter_is_han(letter_at(p, k)); k += step)
        n++;
    return n;
}

static void dash(struct check *check, const struct passage *p, size_t i)
{
    size_t n = passage_row(p, i);

    if (n > 2)
        passage_suggest(check, RULE_DASH_LONG, p, i, i + n, "——", false);
    else if (n == 1 && clause_length(p, i, -1) > 0 && clause_length(p, i, 1) > 0 &&
             (clause_length(p, i, -1) >= CLAUSE_LETTERS ||
                 clause_length(p, i, 1) >= CLAUSE_LETTERS))
        passage_suggest(check, RULE_DASH_SINGLE, p, i, i + 1, "——", false);
}

static void en_dash(struct check *check, const struct passage *p, size_t i)
{
    if (letter_is_han(letter_at(p, (ptrdiff_t)i - 1)) &&
        letter_is_han(letter_at(p, (ptrdiff_t)(i + passage_row(p, i)))))
        passage_tell(check, RULE_DASH_EN, p, i, i + passage_row(p, i));
}

static void tilde(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             next = letter_at(p, (ptrdiff_t)i + 1);

    if (letter_is_digit(next) &&
        (letter_is_digit(before) || letter_in(before, U"%月日年时点℃")))
        passage_suggest(check, RULE_TILDE, p, i, i + 1, "～", false);
}

/* “5-10人”: digits, a hyphen, digits and a word of measure. */
static void hyphen_range(struct check *check, const struct passage *p, size_t i)
{
    ptrdiff_t first = (ptrdiff_t)i, end = (ptrdiff_t)i + 1;

    while (letter_is_digit(letter_at(p, first - 1)) || letter_at(p, first - 1) == '.')
        first--;
    while (letter_is_digit(letter_at(p, end)) ||
           (letter_at(p, end) == '.' && letter_is_digit(letter_at(p, end + 1))))
        end++;
    if (first == (ptrdiff_t)i || end == (ptrdiff_t)i + 1 ||
        !letter_in(
            letter_at(p, end), U"%年月日天人个件家名岁次倍万亿元米吨台套项周组分小"))
        return;
    if (letter_at(p, end) == U'年' && (ptrdiff_t)i - first == YEAR_DIGITS)
        return; /* 2024-25年: dates.c */
    if (!letter_is_latin(letter_at(p, first - 1)) &&
        !letter_in(letter_at(p, first - 1), U"-/_.:"))
        passage_suggest(check, RULE_RANGE_HYPHEN, p, i, i + 1, "～", false);
}

static void middle_dot(struct check *check, const struct passage *p, size_t i)
{
    if (letter_is_han(letter_at(p, (ptrdiff_t)i - 1)) &&
        letter_is_han(letter_at(p, (ptrdiff_t)i + 1)) && !check->japanese)
        passage_suggest(check, RULE_NAME_DOT, p, i, i + 1, "·", false);
}

void check_dashes(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (letter_is_han(c) || (i > 0 && letter_at(p, (ptrdiff_t)i - 1) == c))
            continue;
        if (c == '-' && letter_at(p, (ptrdiff_t)i + 1) == '-')
            hyphens(check, p, i);
        else if (c == '-')
            hyphen_range(check, p, i);
        else if (c == 0x2014)
            dash(check, p, i);
        else if (c == 0x2013 || c == 0x2015 || c == 0x2012)
            en_dash(check, p, i);
        else if (c == '~' || (c == 0x301C && !check->japanese) || c == 0x223C)
            tilde(check, p, i);
        else if (c == 0x2022 || c == 0x30FB || c == 0x2027 || c == 0x2219 || c == 0xFF65)
            middle_dot(check, p, i);
    }
}
