/* job_date: the date of an output: SOURCE_DATE_EPOCH, else the issue's. */
#include <stdlib.h>

#include "job/date.h"
#include "unit_test.h"

static void days_are_counted(void **state)
{
    (void)state;
    assert_int_equal(job_date_seconds(1970, 1, 1), 0);
    assert_int_equal(job_date_seconds(1969, 12, 31), -86400);
    assert_int_equal(job_date_seconds(2000, 2, 29), 951782400);
    assert_int_equal(job_date_seconds(2000, 3, 1), 951868800);
    assert_int_equal(job_date_seconds(2021, 5, 31), 1622419200);
    assert_int_equal(job_date_seconds(2100, 3, 1), 4107542400);
}

static void missing_parts_are_the_first(void **state)
{
    (void)state;
    assert_int_equal(job_date_seconds(2021, 5, 0), job_date_seconds(2021, 5, 1));
    assert_int_equal(job_date_seconds(2021, 0, 0), job_date_seconds(2021, 1, 1));
}

static bool ask(const char *epoch, int year, size_t *ret_findings, int64_t *ret_seconds)
{
    struct head head = {.date = {.year = year, .month = 5}};
    struct diagnostics sink;
    bool found;

    if (epoch != NULL)
        setenv("SOURCE_DATE_EPOCH", epoch, 1);
    else
        unsetenv("SOURCE_DATE_EPOCH");
    diagnostics_init(&sink);
    found = job_date(&head, &sink, ret_seconds);
    *ret_findings = sink.list.length;
    diagnostics_done(&sink);
    return found;
}

static void the_environment_wins(void **state)
{
    int64_t seconds = 7;
    size_t findings;

    (void)state;
    assert_true(ask("1000000000", 2021, &findings, &seconds));
    assert_int_equal(seconds, 1000000000);
    assert_int_equal(findings, 0);
    assert_true(ask(NULL, 2021, &findings, &seconds));
    assert_int_equal(seconds, job_date_seconds(2021, 5, 1));
    assert_true(ask("", 2021, &findings, &seconds));
    assert_int_equal(findings, 0);
}

static void no_date_leaves_the_result(void **state)
{
    int64_t seconds = 7;
    size_t findings;

    (void)state;
    assert_false(ask(NULL, 0, &findings, &seconds));
    assert_int_equal(seconds, 7);
}

/* DIAG_SOURCE_DATE: what is no number of seconds is told; the date is taken. */
static void wrong_environment_is_told(void **state)
{
    static const char *const wrong[] = {
        "yesterday", "-1", "12x", "1e9", "999999999999999", "99999999999999999999999"};
    int64_t seconds;
    size_t findings;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_true(ask(wrong[i], 2021, &findings, &seconds));
        assert_int_equal(findings, 1);
        assert_int_equal(seconds, job_date_seconds(2021, 5, 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted),
        cmocka_unit_test(missing_parts_are_the_first),
        cmocka_unit_test(the_environment_wins),
        cmocka_unit_test(no_date_leaves_the_result),
        cmocka_unit_test(wrong_environment_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
