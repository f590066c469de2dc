/* Tests of content/head.c, date.c, document.c: keys, series.yaml, title and date
 * found. */
#include "content_test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content/date.h"

static const struct head *head_of(struct fixture *f, const char *text)
{
    (void)read_text(f, text);
    assert_non_null(f->document);
    return &f->document->head;
}

static void test_all_keys(void **state)
{
    struct fixture *f = *state;
    const struct head *head = head_of(f,
        "---\n"
        "title: 题\nsubtitle: 副\ndate: 2021-05-31\nperiod: {from: 2021-05-01, to: "
        "2021-05-31}\n"
        "issue: 5\ntotal: 41\npublisher: 甲\nsponsor: 乙\nclassification: 内部\nurgency: "
        "急\n"
        "serial: '001'\ncopies: 16\ndoc-number: 〔2021〕5号\nsigner: 丙\naddressee: 丁\n"
        "attachments: [一, 二]\nsignature: {name: 戊, date: 2021年5月}\n"
        "distribution: {report: [己], send: 庚, copy: [辛, 壬]}\npeople: [{role: 编译, "
        "name: 癸}]\n"
        "contacts: [{name: 子, email: a@b.c, phone: 1, address: 丑, qr: q.png}]\nlayout: "
        "monthly\n"
        "lang: zh-Hant\nhighlights: [条]\ncheck: {quote-pair: off}\ntoc: yes\ncover: no\n"
        "watermark: 样\ndraft: true\nnote: 注\n---\n文\n");

    assert_int_equal(f->sink.list.length, 0);
    assert_true(text_is(head->title.value, "题"));
    assert_int_equal(head->date.day, 31);
    assert_int_equal(head->period_from.day, 1);
    assert_int_equal(head->issue, 5);
    assert_int_equal(head->total, 41);
    assert_true(text_is(head->serial.value, "001"));
    assert_int_equal(head->attachment_count, 2);
    assert_true(text_is(head->signature_name.value, "戊"));
    assert_int_equal(head->send_count, 1);
    assert_int_equal(head->copy_count, 2);
    assert_true(text_is(head->people[0].name.value, "癸"));
    assert_true(text_is(head->contacts[0].qr.value, "q.png"));
    assert_true(text_is(head->lang.value, "zh-Hant"));
    assert_int_equal(head->highlights, HIGHLIGHTS_LIST);
    assert_non_null(head->check);
    assert_int_equal(head->toc, 1);
    assert_int_equal(head->cover, 0);
    assert_int_equal(head->draft, 1);
    assert_false(head->layout_from_series);
}

static void test_defaults(void **state)
{
    const struct head *head = head_of(*state, "文\n");

    assert_true(text_is(head->lang.value, "zh-Hans"));
    assert_int_equal(head->toc, -1);
    assert_int_equal(head->highlights, HIGHLIGHTS_AUTO);
    assert_int_equal(head->layout.value.length, 0);
    assert_int_equal(head->date.year, 0);
}

static void test_title_and_date_are_found(void **state)
{
    struct fixture *f = *state;
    const struct head *head = head_of(f, "# 甲\n\n# 乙\n");

    assert_true(text_is(head->title.value, "甲"));
    head = head_of(f, "# 月报（2021年5月）\n\n## 节\n");
    assert_int_equal(head->date.month, 5);
    (void)read_named(f, "in/月报-2021-06.md", TEXT("文\n"));
    assert_true(text_is(f->document->head.title.value, "月报-2021-06"));
    assert_int_equal(f->document->head.date.month, 6);
    assert_string_equal(f->document->folder, "in");
    (void)read_named(
        f, "2021-06.md", TEXT("---\ntitle: 2020年1月\ndate: 2022-02\n---\n文\n"));
    assert_int_equal(f->document->head.date.year, 2022);
}

static void check_date(const char *text, int year, int month, int day)
{
    struct date date = {0};

    assert_true(date_read(text_of(text), &date));
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void test_dates(void **state)
{
    struct date date = {0};

    (void)state;
    check_date("2021-05", 2021, 5, 0);
    check_date("2021-05-31", 2021, 5, 31);
    check_date("2021/5/1", 2021, 5, 1);
    check_date("2021年5月31日", 2021, 5, 31);
    check_date("2021 年 5 月", 2021, 5, 0);
    check_date("2024-02-29 08:00:00 +0800", 2024, 2, 29);
    assert_false(date_read(TEXT("2021-13"), &date));
    assert_false(date_read(TEXT("2021"), &date));
    assert_false(date_read(TEXT("5月"), &date));
    assert_true(date_find(TEXT("周报 20210531 期"), &date));
    assert_int_equal(date.day, 31);
    assert_false(date_find(TEXT("第 1202105311 号"), &date));
    assert_int_equal(date.day, 31);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_series(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/paiban-content-XXXXXX";
    char path[64], issue[64], inner[64];

    assert_non_null(mkdtemp(folder));
    (void)snprintf(inner, sizeof inner, "%s/2021", folder);
    (void)snprintf(path, sizeof path, "%s/series.yaml", folder);
    (void)snprintf(issue, sizeof issue, "%s/2021/a.md", folder);
    assert_int_equal(mkdir(inner, 0700), 0);
    write_file(
        path, "title: 刊\nlayout: monthly\npublisher: 甲\ncontacts: [{name: 乙}]\n");
    write_file(issue, "---\npublisher: 丙\ncontacts:\n---\n文\n");
    f->document = document_read(&f->files, issue, &f->sink);
    assert_non_null(f->document);
    assert_true(text_is(f->document->head.title.value, "刊"));
    assert_true(text_is(f->document->head.publisher.value, "丙"));
    assert_int_equal(f->document->head.contact_count, 0);
    assert_true(f->document->head.layout_from_series);
    assert_non_null(f->document->series_folder);
    assert_int_equal(f->sink.list.length, 0);
    document_free(f->document);
    write_file(issue, "---\nlayout: base\n---\n文\n");
    f->document = document_read(&f->files, issue, &f->sink);
    assert_false(f->document->head.layout_from_series);
    document_free(f->document);
    write_file(path, "title: [\n");
    f->document = document_read(&f->files, issue, &f->sink);
    assert_null(f->document);
    assert_true(diag_is_fatal(&f->sink));
    (void)unlink(issue);
    (void)unlink(path);
    (void)rmdir(inner);
    (void)rmdir(folder);
}

static void test_wrong_values_are_told_and_left(void **state)
{
    struct fixture *f = *state;

    check_told(f, "---\nissue: 五\n---\n文", DIAG_HEAD_TYPE, 2, 8);
    assert_int_equal(f->document->head.issue, 0);
    check_told(f, "---\ntoc: 也许\n---\n文", DIAG_HEAD_TYPE, 2, 6);
    check_told(f, "---\ntitle: [a]\n---\n文", DIAG_HEAD_TYPE, 2, 8);
    check_told(f, "---\nhighlights: some\n---\n文", DIAG_HEAD_TYPE, 2, 13);
    check_told(f, "---\ncontacts: 甲\n---\n文", DIAG_HEAD_TYPE, 2, 11);
    check_told(f, "---\nperiod: 五月\n---\n文", DIAG_HEAD_TYPE, 2, 9);
    check_told(f, "---\ndate: 五月\n---\n文", DIAG_HEAD_DATE, 2, 7);
    check_told(f, "---\ndate: 2021-02-30\n---\n文", DIAG_HEAD_DATE, 2, 7);
    check_told(f, "---\nlang: fr\n---\n文", DIAG_UNKNOWN_LANGUAGE, 2, 7);
    assert_true(text_is(f->document->head.lang.value, "zh-Hans"));
    check_told(f, "---\n- a\n---\n文", DIAG_HEAD_SHAPE, 2, 1);
    check_told(f, "---\ntitel: a\n---\n文", DIAG_UNKNOWN_KEY, 2, 1);
    assert_non_null(strstr(f->sink.list.data[0].hint, "title"));
    check_told(f, "---\ncontacts: [{mail: a}]\n---\n文", DIAG_UNKNOWN_KEY, 2, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_all_keys),
        TEST(test_defaults),
        TEST(test_title_and_date_are_found),
        TEST(test_dates),
        TEST(test_series),
        TEST(test_wrong_values_are_told_and_left),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
