/* archive: numbers, dates, items and sources over many issues; see archive.h. */
#include "check/archive.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "check/outline.h"
#include "check/passage.h"

#define NUMBERS_OF_YEAR 1000000 /* more than the issues of a year */
#define TITLE_LEAST                                                                      \
    24 /* bytes of an item's title that two issues do not share by chance */

void archive_init(struct archive *archive)
{
    *archive = (struct archive){0};
    arena_init(&archive->arena);
    files_init(&archive->files);
}

void archive_done(struct archive *archive)
{
    if (archive == NULL)
        return;
    for (size_t i = 0; i < archive->issues.length; i++) {
        vec_done(&archive->issues.data[i].titles);
        vec_done(&archive->issues.data[i].sources);
    }
    vec_done(&archive->issues);
    files_done(&archive->files);
    arena_done(&archive->arena);
}

/* The length in bytes of “第三十三期” at a place; 0 when there is none. */
static size_t label_length(struct text title, size_t at)
{
    const char32_t *numerals = U"0123456789〇零一二三四五六七八九十百千";

    if (utf8_next(title.data, title.length, &at) != U'第')
        return 0;
    for (size_t start = at, first = at; at < title.length; start = at) {
        uint32_t c = utf8_next(title.data, title.length, &at);

        if (letter_in(c, numerals) || letter_is_space(c))
            continue;
        return start > first && letter_in(c, U"期号號辑輯") ? at : 0;
    }
    return 0;
}

/* A title without its issue's number and date: 月报（2024年5月） and 月报 第三期 are of the
 * series 月报. */
static struct text series_of(struct arena *arena, struct text title)
{
    struct str series;
    struct text copy;
    bool behind_digit = false;

    str_init(&series);
    for (size_t at = 0; at < title.length;) {
        size_t start = at, label = label_length(title, at);
        uint32_t c = utf8_next(title.data, title.length, &at);

        if (label > 0)
            at = label;
        else if (!letter_is_digit(c) && !letter_is_space(c) &&
                 !letter_in(c, U"()（）-—～~./") &&
                 !(behind_digit && letter_in(c, U"年月日期")))
            str_append_text(&series, text_slice(title, start, at));
        behind_digit = letter_is_digit(c) || (behind_digit && letter_is_space(c));
    }
    copy = text_copy(arena, str_text(&series));
    str_done(&series);
    return copy;
}

static struct text variant_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct text name = text_of(slash == NULL ? path : slash + 1);

    return text_copy(arena, text_slice(name, 0, text_find(name, ".")));
}

/* Copy the issue's file: its index in the archive's files. */
static uint32_t keep_file(struct archive *archive, const struct check *check)
{
    const struct file *file = files_get(check->files, check->document->file);

    return (uint32_t)files_add_text(&archive->files,
        text_copy(&archive->arena, text_of(file->path)).data,
        text_copy(&archive->arena, file->bytes));
}

/* A span of the checked file in the copy. */
static struct span kept_span(struct span span, uint32_t file)
{
    return (struct span){file, span.offset, span.length};
}

void archive_add(struct archive *archive, struct check *check)
{
    const struct document *document = check->document;
    const struct node *root = document->root;
    struct archive_issue issue = {.date = document->head.date,
        .issue = document->head.issue,
        .total = document->head.total};
    uint32_t file = keep_file(archive, check);
    struct outline outline;

    issue.variant =
        variant_of(&archive->arena, files_get(check->files, document->file)->path);
    issue.series = series_of(&archive->arena, document->head.title.value);
    issue.span = (struct span){file, 0, 0};
    if (document->head.date.span.file == document->file)
        issue.span = kept_span(document->head.date.span, file);
    issue.off = ARENA_ARRAY(&archive->arena, RULE_TOTAL, bool);
    for (size_t i = 0; i < RULE_TOTAL; i++)
        issue.off[i] = check_is_off(check, rule_at(i)->id);
    outline_read(check, &outline);
    for (size_t i = 0; i < outline.items.length; i++)
        vec_push(&issue.titles,
            (struct archive_text){text_copy(&archive->arena, outline.items.data[i].title),
                kept_span(outline.items.data[i].heading->span, file)});
    outline_done(&outline);
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_LINK && n->parent->kind == NODE_SOURCE_LINE)
            vec_push(&issue.sources,
                (struct archive_text){
                    text_copy(&archive->arena, n->u.link.url), kept_span(n->span, file)});
    }
    vec_push(&archive->issues, issue);
}

static int64_t date_key(const struct date *date)
{
    return ((int64_t)date->year * 16 + date->month) * 32 + date->day;
}

static int compare_issues(const void *a, const void *b)
{
    const struct archive_issue *x = a, *y = b;
    int64_t left = date_key(&x->date), right = date_key(&y->date);

    if (left != right)
        return left > right ? 1 : -1;
    return x->span.file > y->span.file ? 1 : x->span.file < y->span.file ? -1 : 0;
}

static void tell(struct check *check, const struct archive_issue *issue,
    enum diag_id rule, struct span span, struct text detail)
{
    if (!issue->off[rule_index(rule)])
        check_tell(check, rule, span, detail, NULL);
}

static void tell_number(struct check *check, const struct archive_issue *issue,
    enum diag_id rule, int32_t number)
{
    struct str digits;

    str_init(&digits);
    str_printf(&digits, "%d", (int)number);
    tell(check, issue, rule, issue->span, str_text(&digits));
    str_done(&digits);
}

/* The earlier issue that has the same number, or date, of the same series; the issue is
 * noted for those that follow. NULL: none, or the same issue in another script. */
static const struct archive_issue *same_before(
    struct map *seen, const struct archive_issue *issue, const char *what, int64_t value)
{
    const struct archive_issue *earlier;
    struct str key;

    str_init(&key);
    str_printf(&key, "%s %lld ", what, (long long)value);
    str_append_text(&key, issue->series);
    earlier = map_lookup(seen, str_text(&key));
    map_set(seen, str_text(&key), (void *)(uintptr_t)issue);
    str_done(&key);
    return earlier != NULL && !text_equal(earlier->variant, issue->variant) ? earlier
                                                                            : NULL;
}

/* Numbers of a year's issues start again with the year. */
static void check_repeated(
    struct check *check, struct map *seen, const struct archive_issue *issue)
{
    const struct date *date = &issue->date;
    struct str shown;

    if (issue->issue != 0 && same_before(seen, issue, "issue",
                                 (int64_t)date->year * NUMBERS_OF_YEAR + issue->issue))
        tell_number(check, issue, RULE_ISSUE_TWICE, issue->issue);
    if (issue->total != 0 && same_before(seen, issue, "total", issue->total))
        tell_number(check, issue, RULE_TOTAL_TWICE, issue->total);
    if (date->year == 0 || !same_before(seen, issue, "date", date_key(date)))
        return;
    str_init(&shown);
    str_printf(&shown, date->day > 0 ? "%d-%02d-%02d" : "%d-%02d", date->year,
        date->month, date->day);
    tell(check, issue, RULE_DATE_TWICE, issue->span, str_text(&shown));
    str_done(&shown);
}

/* An issue and the one before it in time. */
static void check_neighbours(struct check *check, const struct archive_issue *earlier,
    const struct archive_issue *later)
{
    int32_t total_step = later->total - earlier->total;

    if (later->date.year == 0 || earlier->date.year == 0)
        return;
    if (later->total != 0 && earlier->total != 0 && total_step > 1)
        tell_number(check, later, RULE_ISSUE_GAP, later->total);
    if (later->total != 0 && earlier->total != 0 && total_step < 0)
        tell_number(check, later, RULE_ISSUE_ORDER, later->total);
    if (later->issue == 0 || earlier->issue == 0 ||
        later->date.year != earlier->date.year ||
        date_key(&later->date) == date_key(&earlier->date))
        return;
    if (later->issue > earlier->issue + 1 && total_step <= 1)
        tell_number(check, later, RULE_ISSUE_GAP, later->issue);
    if (later->issue < earlier->issue && total_step >= 0)
        tell_number(check, later, RULE_ISSUE_ORDER, later->issue);
}

/* The last issues of a series, as one reads on in time. */
struct series {
    const struct archive_issue *last;
    const struct archive_issue
        *other; /* the last one that is no variant of it, or NULL */
};

/* The issue before this one, which becomes the last. */
static const struct archive_issue *take_before(
    struct archive *archive, struct map *all, const struct archive_issue *issue)
{
    struct series *series = map_lookup(all, issue->series);

    if (series == NULL) {
        series = ARENA_ARRAY(&archive->arena, 1, struct series);
        map_set(all, issue->series, series);
    }
    if (series->last != NULL && !text_equal(series->last->variant, issue->variant))
        series->other = series->last;
    series->last = issue;
    return series->other;
}

static void check_numbers_of(struct check *check, struct archive *archive)
{
    struct map seen, series;

    map_init(&seen);
    map_init(&series);
    for (size_t i = 0; i < archive->issues.length; i++) {
        const struct archive_issue *issue = &archive->issues.data[i];
        const struct archive_issue *before = take_before(archive, &series, issue);

        check_repeated(check, &seen, issue);
        if (before != NULL)
            check_neighbours(check, before, issue);
    }
    map_done(&series);
    map_done(&seen);
}

/* Tell each text of an issue that an earlier issue has, then note its own. */
static void check_texts(struct check *check, struct map *seen,
    const struct archive_issue *issue, const struct archive_text *texts, size_t count,
    enum diag_id rule)
{
    for (size_t i = 0; i < count; i++) {
        const struct archive_issue *earlier = map_lookup(seen, texts[i].text);

        if (texts[i].text.length < TITLE_LEAST)
            continue;
        if (earlier != NULL && earlier != issue &&
            !text_equal(earlier->variant, issue->variant))
            tell(check, issue, rule, texts[i].span, texts[i].text);
    }
    for (size_t i = 0; i < count; i++)
        map_set(seen, texts[i].text, (void *)(uintptr_t)issue);
}

void archive_check(struct archive *archive, struct diagnostics *sink)
{
    struct check check = {.sink = sink};
    struct map titles, sources;

    if (archive->issues.length == 0)
        return;
    qsort(archive->issues.data, archive->issues.length, sizeof *archive->issues.data,
        compare_issues);
    check_numbers_of(&check, archive);
    map_init(&titles);
    map_init(&sources);
    for (size_t i = 0; i < archive->issues.length; i++) {
        const struct archive_issue *issue = &archive->issues.data[i];

        check_texts(&check, &titles, issue, issue->titles.data, issue->titles.length,
            RULE_ITEM_AGAIN);
        check_texts(&check, &sources, issue, issue->sources.data, issue->sources.length,
            RULE_SOURCE_AGAIN);
    }
    map_done(&sources);
    map_done(&titles);
}
