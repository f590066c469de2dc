/* dates: dates that cannot be, cut short, reversed, or in another style than the issue's.
 */
#include "check/passage.h"

/* A date in text: 2021年5月31日, 5月31日, 2021-05-31. 0: not written. */
struct written {
    size_t first, end; /* letters */
    int year, month, day;
    bool no_day;   /* 5月0日 */
    bool padded;   /* 05月, 03日 */
    bool has_tens; /* only numbers below ten could show whether zeros are written */
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (month == 2 && (year == 0 || is_leap(year)))
        return 29;
    return days[month - 1];
}

/* Weekday of a date, 0 Sunday (Sakamoto's method). */
static int weekday_of(int year, int month, int day)
{
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};

    year -= month < 3;
    return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
}

/* Digits that end before letter i: their value, -1 when there are none or too many. */
static int digits_before(const struct passage *p, size_t i, size_t *ret_first)
{
    size_t first = i;
    int value = 0;

    while (
        first > 0 && i - first < 5 && letter_is_digit(letter_at(p, (ptrdiff_t)first - 1)))
        first--;
    if (first == i || i - first > 4)
        return -1;
    for (size_t k = first; k < i; k++)
        value = value * 10 + (int)(letter_at(p, (ptrdiff_t)k) - '0');
    *ret_first = first;
    return value;
}

static int digits_at(const struct passage *p, size_t i, size_t *ret_end)
{
    size_t end = i;
    int value = 0;

    for (; letter_is_digit(letter_at(p, (ptrdiff_t)end)) && end - i < 5; end++)
        value = value * 10 + (int)(letter_at(p, (ptrdiff_t)end) - '0');
    if (end == i || end - i > 4)
        return -1;
    *ret_end = end;
    return value;
}

static bool is_padded(const struct passage *p, size_t first, size_t end)
{
    return end - first == 2 && letter_at(p, (ptrdiff_t)first) == '0';
}

/* The date around the 月 at i. */
static bool read_date(const struct passage *p, size_t i, struct written *ret_date)
{
    struct written date = {0};
    size_t first, end = i + 1;

    date.month = digits_before(p, i, &first);
    if (date.month < 0 || i - first > 2)
        return false;
    date.padded = is_padded(p, first, i);
    date.has_tens = date.month >= 10;
    if (letter_at(p, (ptrdiff_t)first - 1) == U'年') {
        size_t year_first;
        int year = digits_before(p, first - 1, &year_first);

        if (year >= 0) {
            date.year = year;
            first = year_first;
        }
    }
    date.day = digits_at(p, i + 1, &end);
    if (date.day >= 0 && letter_in(letter_at(p, (ptrdiff_t)end), U"日号")) {
        date.padded = date.padded || is_padded(p, i + 1, end);
        date.has_tens = date.has_tens && date.day >= 10;
        date.no_day = date.day == 0;
        end++;
    } else {
        date.day = 0;
        end = i + 1;
    }
    date.first = first;
    date.end = end;
    *ret_date = date;
    return true;
}

static bool is_impossible(const struct written *date)
{
    if (date->no_day)
        return true;
    if (date->year == 0 && date->day == 0)
        return false; /* 18月 may be an age */
    if (date->month < 1 || date->month > 12)
        return true;
    return date->day > days_in(date->year >= 1000 ? date->year : 0, date->month);
}

/* The year a date without one belongs to: the issue's, when the months are near. */
static int year_of(const struct check *check, const struct written *date)
{
    const struct date *issue = &check->document->head.date;

    if (date->year >= 1000 || date->year != 0)
        return date->year;
    return issue->year != 0 && date->month <= issue->month &&
                   date->month + 6 > issue->month
               ? issue->year
               : 0;
}

/* 5月31日（星期一）. */
static void weekday(
    struct check *check, const struct passage *p, const struct written *date)
{
    const char32_t *names = U"日一二三四五六";
    int year = year_of(check, date), said = 0;
    size_t i = date->end;
    uint32_t c;

    i += letter_in(letter_at(p, (ptrdiff_t)i), U"（(，");
    if (passage_match(p, i, U"星期") || passage_match(p, i, U"礼拜"))
        i += 2;
    else if (letter_at(p, (ptrdiff_t)i) == U'周')
        i++;
    else
        return;
    c = letter_at(p, (ptrdiff_t)i) == U'天' ? U'日' : letter_at(p, (ptrdiff_t)i);
    while (names[said] != 0 && names[said] != c)
        said++;
    if (names[said] != 0 && year != 0 && date->day > 0 &&
        weekday_of(year, date->month, date->day) != said)
        passage_tell(check, RULE_WEEKDAY, p, date->first,
            i + 1 + letter_in(letter_at(p, (ptrdiff_t)i + 1), U"）)"));
}

/* 22年5月; not an age, a term or the year of an era. */
static void short_year(
    struct check *check, const struct passage *p, const struct written *date)
{
    size_t year_end = date->first;
    uint32_t before = letter_at(p, (ptrdiff_t)date->first - 1);

    while (letter_is_digit(letter_at(p, (ptrdiff_t)year_end)))
        year_end++;
    if (date->year != 0 && year_end - date->first == 2 &&
        letter_at(p, (ptrdiff_t)year_end) == U'年' && !check->japanese &&
        !letter_in(
            before, U"国國成和治正康光统統历曆熙丰豐隆禧庆慶满滿元前刑判处.-～/、") &&
        letter_at(p, (ptrdiff_t)date->end) != U'个')
        passage_suggest(check, RULE_YEAR_SHORT, p, date->first, date->end, "", false);
}

/* 12月15起. */
static void missing_day(
    struct check *check, const struct passage *p, const struct written *date)
{
    size_t end;
    int day;

    if (date->day != 0)
        return;
    day = digits_at(p, date->end, &end);
    if (day >= 1 && day <= 31 && date->month >= 1 && date->month <= 12 &&
        letter_in(letter_at(p, (ptrdiff_t)end), U"起前，。；）") && !check->japanese)
        passage_tell(check, RULE_DAY_MISSING, p, date->first, end + 1);
}

/* 5月10日至5月3日: in one month, or with years. */
static void reversed(
    struct check *check, const struct passage *p, const struct written *date)
{
    size_t i = date->end, end = 0;
    struct written last = {0};

    i += letter_at(p, (ptrdiff_t)i) == ' ';
    if (date->day == 0 || !letter_in(letter_at(p, (ptrdiff_t)i), U"至到—－-～~–"))
        return;
    i++;
    i += letter_at(p, (ptrdiff_t)i) == ' ';
    for (size_t k = i; k < i + 8 && last.month == 0; k++) {
        if (letter_at(p, (ptrdiff_t)k) == U'月' &&
            (!read_date(p, k, &last) || last.first != i))
            last = (struct written){0};
        else if (letter_in(letter_at(p, (ptrdiff_t)k), U"日，。（"))
            break;
    }
    if (last.month == 0) { /* 5月20日至5日 */
        int day = digits_at(p, i, &end);

        if (day > 0 && day < date->day && letter_at(p, (ptrdiff_t)end) == U'日')
            passage_tell(check, RULE_DATES_REVERSED, p, date->first, end + 1);
        return;
    }
    if (last.day == 0 || (date->year == 0) != (last.year == 0))
        return;
    if (last.year < date->year ||
        (last.year == date->year && last.month == date->month && last.day < date->day) ||
        (last.year == date->year && date->year != 0 && last.month < date->month))
        passage_tell(check, RULE_DATES_REVERSED, p, date->first, last.end);
}

static void count_style(
    struct check *check, const struct passage *p, const struct written *date)
{
    if (date->padded)
        vec_push(&check->padded_dates, passage_span(p, date->first, date->end));
    else if (!date->has_tens)
        check->plain_dates++;
    if (date->year >= 1000)
        check->worded_dates++;
}

static void worded_date(struct check *check, const struct passage *p, size_t i)
{
    struct written date;

    if (!read_date(p, i, &date))
        return;
    if (is_impossible(&date)) {
        passage_tell(check, RULE_DATE_IMPOSSIBLE, p, date.first, date.end);
        return;
    }
    if (date.month >= 1 && date.month <= 12)
        weekday(check, p, &date);
    short_year(check, p, &date);
    missing_day(check, p, &date);
    reversed(check, p, &date);
    count_style(check, p, &date);
}

/* 2021-05-31, 2021/5/31, 2021.5.31: four digits, a mark, two numbers. */
static void numeric_date(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             mark = letter_at(p, (ptrdiff_t)i + 4);
    int year, month, day;
    size_t end, last;

    if (!letter_in(mark, U"-/.") || letter_is_latin(before) ||
        letter_in(before, U"-/.,_"))
        return;
    year = digits_at(p, i, &end);
    if (year < 1900 || year > 2099)
        return;
    month = digits_at(p, i + 5, &end);
    if (month < 0 || end - i - 5 > 2 || letter_at(p, (ptrdiff_t)end) != mark)
        return;
    day = digits_at(p, end + 1, &last);
    if (day < 0 || last - end - 1 > 2 ||
        letter_in(letter_at(p, (ptrdiff_t)last), U"-_/.") ||
        letter_is_latin(letter_at(p, (ptrdiff_t)last)))
        return;
    if ((month < 1 || month > 12 || day < 1 || day > days_in(year, month))) {
        if (mark != '.')
            passage_tell(check, RULE_DATE_IMPOSSIBLE, p, i, last);
        return;
    }
    vec_push(&check->numeric_dates, passage_span(p, i, last));
}

/* 2019-20年, 2019～21年. */
static void short_range(struct check *check, const struct passage *p, size_t i)
{
    size_t first, second;
    int last = digits_before(p, i, &second), year;

    if (last < 0 || i - second != 2 ||
        !letter_in(letter_at(p, (ptrdiff_t)second - 1), U"-～~—–/"))
        return;
    year = digits_before(p, second - 1, &first);
    if (year >= 1900 && year <= 2099 && second - 1 - first == 4 && last > year % 100 &&
        !letter_in(letter_at(p, (ptrdiff_t)i + 1), U"度"))
        passage_tell(check, RULE_YEAR_SHORT, p, first, i + 1);
}

/* 上午25:70: hours and minutes after a word of the day, or with a range of times. */
static void time_of_day(struct check *check, const struct passage *p, size_t i)
{
    size_t first, end;
    int hour = digits_before(p, i, &first), minute = digits_at(p, i + 1, &end);

    if (hour < 0 || minute < 0 || end - i - 1 != 2 || i - first > 2)
        return;
    if (letter_in(letter_at(p, (ptrdiff_t)first - 1), U"午晨上晚日间夜") &&
        (hour > 24 || minute > 59))
        passage_tell(check, RULE_TIME_IMPOSSIBLE, p, first, end);
}

void check_dates(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (c == U'月')
            worded_date(check, p, i);
        else if (c == U'年')
            short_range(check, p, i);
        else if (c == ':' || c == U'：')
            time_of_day(check, p, i);
        else if ((c == '1' || c == '2') &&
                 !letter_is_digit(letter_at(p, (ptrdiff_t)i - 1)))
            numeric_date(check, p, i);
    }
}
