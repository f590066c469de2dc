/* numbers: grouping, ranges, percentages, units, approximations (GB/T 15835-2011). */
#include "check/passage.h"

#define YEAR_LEAST   1900
#define YEAR_MOST    2099
#define MEASURE_MOST 3 /* letters of a measure with 余 or 多 before it: 余名, 多万元 */
#define LOOK_BACK    16 /* letters before 左右, 以上 … that may hold 约, 超过 … */

/* A number as it stands: digits with commas and a point. */
struct number {
    size_t first, end; /* letters */
    double value;
    uint32_t commas;
    bool grouped_well; /* commas, if any, stand before groups of three */
    bool plain;        /* neither comma nor point */
};

static struct number read_number(const struct passage *p, size_t i)
{
    struct number n = {.first = i, .grouped_well = true, .plain = true};
    double scale = 0;
    size_t group = 0;

    for (; n.end = i, i < p->letters.length; i++) {
        uint32_t c = letter_at(p, (ptrdiff_t)i), next = letter_at(p, (ptrdiff_t)i + 1);

        if (letter_is_digit(c)) {
            n.value = scale > 0 ? n.value + (c - '0') * scale : n.value * 10 + (c - '0');
            scale /= 10;
            group++;
        } else if (c == ',' && letter_is_digit(next) && scale == 0) {
            if (group > 3 || (n.commas > 0 && group != 3))
                n.grouped_well = false;
            n.commas++;
            n.plain = false;
            group = 0;
        } else if (c == '.' && letter_is_digit(next) && scale == 0) {
            scale = 0.1;
            n.plain = false;
            if (n.commas > 0 && group != 3)
                n.grouped_well = false;
            group = 3;
        } else
            break;
    }
    if (n.commas > 0 && scale == 0 && group != 3)
        n.grouped_well = false;
    return n;
}

static bool is_range_mark(uint32_t c)
{
    return letter_in(c, U"～~〜");
}

static bool is_measure(uint32_t c)
{
    return letter_in(c, U"个万亿元人件家名台套项次户吨米亩字份");
}

static void groups(struct check *check, const struct passage *p, const struct number *n)
{
    uint32_t next = letter_at(p, (ptrdiff_t)n->end),
             after = letter_at(p, (ptrdiff_t)n->end + 1);

    if (n->commas == 1 && n->grouped_well && n->value >= YEAR_LEAST &&
        n->value <= YEAR_MOST && next == U'年' && !letter_in(after, U"前来间以历多之的"))
        passage_tell(check, RULE_YEAR_GROUPED, p, n->first, n->end + 1);
    else if (n->commas > 0 && !n->grouped_well && is_measure(next))
        passage_tell(check, RULE_NUMBER_GROUPS, p, n->first, n->end + 1);
}

/* “3千人”: digits with 十, 百 or 千, but not 3千米, 2020百强. */
static void mixed(struct check *check, const struct passage *p, const struct number *n)
{
    uint32_t next = letter_at(p, (ptrdiff_t)n->end),
             after = letter_at(p, (ptrdiff_t)n->end + 1);

    if (!letter_in(next, U"十百千") || n->value >= 1000 || n->value < 1 ||
        letter_in(after, U"米克瓦卡兆字赫伏帕焦位强佳大分周伽牛"))
        return;
    if (!letter_in(letter_at(p, (ptrdiff_t)n->first - 1), U"第月-/:.") &&
        !letter_is_latin(letter_at(p, (ptrdiff_t)n->first - 1)))
        passage_tell(check, RULE_NUMBER_MIXED, p, n->first, n->end + 1);
}

static void range(struct check *check, const struct passage *p, const struct number *n)
{
    uint32_t sign = letter_at(p, (ptrdiff_t)n->end);
    uint32_t before = letter_at(p, (ptrdiff_t)n->first - 1), measure;
    struct number last;

    if (!is_range_mark(sign) && sign != '-' && sign != 0x2013 && sign != 0x2014)
        return;
    if (!letter_is_digit(letter_at(p, (ptrdiff_t)n->end + 1)) ||
        letter_in(before, U"-−/._～~") || letter_is_latin(before))
        return;
    last = read_number(p, n->end + 1);
    measure = letter_at(p, (ptrdiff_t)last.end);
    if (measure == '%')
        passage_tell(check, RULE_RANGE_PERCENT, p, n->first, last.end + 1);
    if (is_range_mark(sign) && n->value > last.value && is_measure(measure) &&
        !(n->value > 1000 && n->plain && last.plain))
        passage_tell(check, RULE_RANGE_REVERSED, p, n->first, last.end + 1);
}

struct unit_name {
    const char32_t *wrong;
    const char *right;
};

static void check_unit(
    struct check *check, const struct passage *p, const struct number *n)
{
    static const struct unit_name units[] = {{U"Kg", "kg"}, {U"KG", "kg"}, {U"KM", "km"},
        {U"Km", "km"}, {U"MHZ", "MHz"}, {U"Mhz", "MHz"}, {U"mhz", "MHz"}, {U"GHZ", "GHz"},
        {U"Ghz", "GHz"}, {U"ghz", "GHz"}, {U"KHZ", "kHz"}, {U"KHz", "kHz"},
        {U"Khz", "kHz"}, {U"HZ", "Hz"}, {U"hz", "Hz"}, {U"KW", "kW"}, {U"Kw", "kW"},
        {U"KWh", "kWh"}, {U"kwh", "kWh"}, {U"KWH", "kWh"}, {U"Mpa", "MPa"},
        {U"MPA", "MPa"}, {U"Kpa", "kPa"}, {U"DB", "dB"}, {U"Db", "dB"}, {U"MM", "mm"},
        {U"CM", "cm"}, {U"Cm", "cm"}};
    size_t at = n->end;

    if (letter_is_latin(letter_at(p, (ptrdiff_t)n->first - 1)) ||
        letter_at(p, (ptrdiff_t)n->first - 1) == '-')
        return;
    at += letter_at(p, (ptrdiff_t)at) == ' ';
    if (!letter_is_latin(letter_at(p, (ptrdiff_t)at)))
        return;
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
        size_t length = passage_match(p, at, units[k].wrong);
        uint32_t next = letter_at(p, (ptrdiff_t)(at + length));

        if (length > 0 && !letter_is_latin(next) && !letter_is_digit(next) && next != '-')
            passage_suggest(
                check, RULE_UNIT_CASE, p, at, at + length, units[k].right, false);
    }
}

static void decimal_zero(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1);

    if (letter_is_digit(letter_at(p, (ptrdiff_t)i + 1)) &&
        (letter_is_han(before) || letter_is_point(before)) &&
        !letter_in(letter_at(p, (ptrdiff_t)i + 2), U".") && before != U'第')
        passage_tell(check, RULE_DECIMAL_ZERO, p, i, i + 2);
}

static bool is_han_digit(uint32_t c)
{
    return letter_in(c, U"〇一二三四五六七八九");
}

/* 二○二一, 二0二一. */
static void zero_sign(struct check *check, const struct passage *p, size_t i)
{
    if (is_han_digit(letter_at(p, (ptrdiff_t)i - 1)) &&
        is_han_digit(letter_at(p, (ptrdiff_t)i + 1)))
        passage_suggest(check, RULE_ZERO_SIGN, p, i, i + 1, "〇", false);
}

/* Is there one number in letters [first, end)? 超过2万名40岁以上 has two. */
static bool is_one_number(const struct passage *p, size_t first, size_t end)
{
    while (first < end && (letter_is_digit(letter_at(p, (ptrdiff_t)first)) ||
                              letter_in(letter_at(p, (ptrdiff_t)first), U".,～~-—至%")))
        first++;
    for (; first < end; first++) {
        if (letter_is_digit(letter_at(p, (ptrdiff_t)first)))
            return false;
    }
    return true;
}

/* Does one of the words stand directly before a number, in the letters before i and
 * without a mark between? Returns its index, or i. */
static size_t find_before(
    const struct passage *p, size_t i, const char32_t *const *words, size_t count)
{
    for (size_t k = i; k-- > 0 && i - k <= LOOK_BACK;) {
        if (letter_is_wide_mark(letter_at(p, (ptrdiff_t)k)))
            return i;
        for (size_t w = 0; w < count; w++) {
            size_t n = passage_match(p, k, words[w]);

            if (n > 0 && letter_is_digit(letter_at(p, (ptrdiff_t)(k + n))))
                return is_one_number(p, k + n, i) ? k : i;
        }
    }
    return i;
}

/* Where “100余名” begins that ends at letter i; i when there is none. */
static size_t more_before(const struct passage *p, size_t i)
{
    for (size_t k = i; k-- > 0 && i - k <= MEASURE_MOST;) {
        if (!letter_in(letter_at(p, (ptrdiff_t)k), U"余多") ||
            !letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)))
            continue;
        while (k > 0 && letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)))
            k--;
        return k;
    }
    return i;
}

/* 约…左右, 超过…以上, 100余…以上. */
static void approximate(struct check *check, const struct passage *p, size_t i)
{
    static const char32_t *const about[] = {U"约", U"大约", U"大概", U"近", U"接近",
        U"将近", U"超过", U"至少", U"最多", U"不到", U"逾", U"约为"};
    static const char32_t *const over[] = {
        U"超过", U"至少", U"不少于", U"不低于", U"逾", U"大于"};
    static const char32_t *const under[] = {
        U"最多", U"至多", U"不超过", U"不到", U"不足", U"小于"};
    size_t first = i;

    if (passage_match(p, i, U"左右"))
        first = find_before(p, i, about, sizeof about / sizeof about[0]);
    else if (passage_match(p, i, U"以上"))
        first = find_before(p, i, over, sizeof over / sizeof over[0]);
    else if (passage_match(p, i, U"以下"))
        first = find_before(p, i, under, sizeof under / sizeof under[0]);
    if (first == i && (passage_match(p, i, U"左右") || passage_match(p, i, U"以上")))
        first = more_before(p, i);
    if (first < i)
        passage_tell(check, RULE_APPROXIMATE_TWICE, p, first, i + 2);
}

/* 减少了3倍. */
static void times(struct check *check, const struct passage *p, size_t i)
{
    static const char32_t *const words[] = {
        U"减少", U"降低", U"下降", U"缩短", U"缩小", U"减小", U"减轻", U"降至"};
    size_t k = i;

    while (k > 0 &&
           (letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)) ||
               letter_in(letter_at(p, (ptrdiff_t)k - 1), U".两一二三四五六七八九十几数")))
        k--;
    if (k == i)
        return;
    while (k > 0 && letter_in(letter_at(p, (ptrdiff_t)k - 1), U"了近约达"))
        k--;
    for (size_t w = 0; w < sizeof words / sizeof words[0] && k >= 2; w++) {
        if (passage_match(p, k - 2, words[w]))
            passage_tell(check, RULE_TIMES_FEWER, p, k - 2, i + 1);
    }
}

static void number(struct check *check, const struct passage *p, size_t i)
{
    struct number n = read_number(p, i);

    if (i >= 3 && passage_match(p, i - 3, U"百分之"))
        passage_tell(check, RULE_PERCENT_MIXED, p, i - 3, n.end);
    if (n.value >= 1000 && n.grouped_well && (n.plain || n.commas > 0))
        vec_push(&check->figures, (struct check_figure){n.value, p->item, n.commas > 0,
                                      passage_span(p, n.first, n.end)});
    groups(check, p, &n);
    mixed(check, p, &n);
    range(check, p, &n);
    check_unit(check, p, &n);
}

void check_numbers(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c, before = letter_at(p, (ptrdiff_t)i - 1);

        if (letter_is_digit(c) && !letter_is_digit(before) &&
            !(letter_in(before, U".,") &&
                letter_is_digit(letter_at(p, (ptrdiff_t)i - 2))))
            number(check, p, i);
        if (c == '0' || c == 0x25CB || c == 0x25EF || c == 'O')
            zero_sign(check, p, i);
        else if (c == '.')
            decimal_zero(check, p, i);
        else if (c == U'左' || c == U'以')
            approximate(check, p, i);
        else if (c == U'倍')
            times(check, p, i);
    }
}
