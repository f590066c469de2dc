/* date: year, month and perhaps day, with the marks that people put between. */
#include "content/date.h"

#include <string.h>

#define YEAR_FIRST 1900 /* an issue is not older; smaller numbers are no years */
#define YEAR_LAST  2999 /* nor from the fourth millennium */

/* Up to `limit` digits at *at; false when there is none. */
static bool read_number(struct text t, size_t *at, size_t limit, int *ret_number)
{
    int number = 0;
    size_t start = *at;
    while (
        *at < t.length && *at - start < limit && t.data[*at] >= '0' && t.data[*at] <= '9')
        number = number * 10 + (t.data[(*at)++] - '0');
    *ret_number = number;
    return *at > start;
}

/* One of the separators at *at: ASCII marks, or the Han word given. */
static bool skip_mark(struct text t, size_t *at, const char *han)
{
    struct text rest = text_slice(t, *at, t.length);
    if (text_starts(rest, han)) {
        *at += strlen(han);
        return true;
    }
    bool mark = rest.length > 0 && strchr("-/.", rest.data[0]) != NULL;
    *at += mark;
    return mark;
}

static void skip_blanks(struct text t, size_t *at)
{
    while (*at < t.length && t.data[*at] == ' ')
        (*at)++;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_valid(const struct date *date)
{
    return date->year >= YEAR_FIRST && date->year <= YEAR_LAST && date->month >= 1 &&
           date->month <= 12 && date->day >= 0 &&
           date->day <= days_in(date->year, date->month);
}

/* A date at the start of t; returns its length, or 0. */
static size_t read_marked(struct text t, struct date *ret_date)
{
    struct date date = {0};
    size_t at = 0;
    if (!read_number(t, &at, 4, &date.year) || at != 4)
        return 0;
    skip_blanks(t, &at);
    if (!skip_mark(t, &at, "年"))
        return 0;
    skip_blanks(t, &at);
    if (!read_number(t, &at, 2, &date.month))
        return 0;
    size_t end = at;
    struct date month = date;
    skip_blanks(t, &at);
    if (skip_mark(t, &at, "月")) {
        bool han =
            t.data[at - 1] != '-' && t.data[at - 1] != '/' && t.data[at - 1] != '.';
        end = han ? at : end;
        skip_blanks(t, &at);
        if (read_number(t, &at, 2, &date.day) && date.day > 0 && is_valid(&date)) {
            struct text rest = text_slice(t, at, t.length);
            *ret_date = date;
            return text_starts(rest, "日") ? at + strlen("日") : at;
        }
    }
    if (!is_valid(&month))
        return 0;
    *ret_date = month;
    return end;
}

/* 20210531 or 202105, not part of a longer number. */
static size_t read_unmarked(struct text t, struct date *ret_date)
{
    struct date date = {0};
    size_t length = 0;
    while (length < t.length && t.data[length] >= '0' && t.data[length] <= '9')
        length++;
    size_t at = 0;
    if ((length != 8 && length != 6) || !read_number(t, &at, 4, &date.year) ||
        !read_number(t, &at, 2, &date.month))
        return 0;
    bool day = length == 6 || read_number(t, &at, 2, &date.day);
    if (!day || !is_valid(&date))
        return 0;
    *ret_date = date;
    return length;
}

bool date_read(struct text t, struct date *ret_date)
{
    struct date date = {0};
    t = text_trim(t);
    size_t length = read_marked(t, &date);
    bool whole = length == t.length || t.data[length] == ' ' || t.data[length] == 'T';
    if (length == 0 || !whole)
        return false;
    date.span = ret_date->span;
    *ret_date = date;
    return true;
}

bool date_find(struct text t, struct date *ret_date)
{
    struct date date = {0};
    for (size_t i = 0; i < t.length; i++) {
        bool digit = t.data[i] >= '0' && t.data[i] <= '9';
        bool inside = i > 0 && t.data[i - 1] >= '0' && t.data[i - 1] <= '9';
        struct text rest = text_slice(t, i, t.length);
        if (!digit || inside ||
            (read_marked(rest, &date) == 0 && read_unmarked(rest, &date) == 0))
            continue;
        date.span = ret_date->span;
        *ret_date = date;
        return true;
    }
    return false;
}
