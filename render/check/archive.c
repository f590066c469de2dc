/* archive: numbers, dates, items and sources over many issues; see archive.h. */
#include "check/archive.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "check/outline.h"

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
    issue.title = text_copy(&archive->arena, document->head.title.value);
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

/* Are two issues of one series, and not the same issue in another script? */
static bool are_comparable(const struct archive_issue *a, const struct archive_issue *b)
{
    return text_equal(a->title, b->title) && !text_equal(a->variant, b->variant);
}

/* Numbers of a year's issues start again with the year. */
static void check_pair_of_issues(struct check *check, const struct archive_issue *earlier,
    const struct archive_issue *later)
{
    bool same_year = earlier->date.year == later->date.year;
    struct str date;

    if (later->issue != 0 && later->issue == earlier->issue &&
        (same_year || later->total == 0) && later->date.year - earlier->date.year < 1)
        tell_number(check, later, RULE_ISSUE_TWICE, later->issue);
    if (later->total != 0 && later->total == earlier->total)
        tell_number(check, later, RULE_TOTAL_TWICE, later->total);
    if (later->date.year == 0 || date_key(&later->date) != date_key(&earlier->date))
        return;
    str_init(&date);
    str_printf(&date, later->date.day > 0 ? "%d-%02d-%02d" : "%d-%02d", later->date.year,
        later->date.month, later->date.day);
    tell(check, later, RULE_DATE_TWICE, later->span, str_text(&date));
    str_done(&date);
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

static void check_numbers_of(struct check *check, const struct archive *archive)
{
    for (size_t i = 1; i < archive->issues.length; i++) {
        const struct archive_issue *later = &archive->issues.data[i];
        bool has_neighbour = false;

        for (size_t k = i; k-- > 0;) {
            const struct archive_issue *earlier = &archive->issues.data[k];

            if (!are_comparable(earlier, later))
                continue;
            check_pair_of_issues(check, earlier, later);
            if (!has_neighbour)
                check_neighbours(check, earlier, later);
            has_neighbour = true;
        }
    }
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
