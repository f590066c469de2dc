/* job_result: which diagnostics give which result. */
#include "job/result.h"
#include "unit_test.h"

static const struct span place = {0, 3, 1};

static void one_finding_decides(void **state)
{
    static const struct {
        enum diag_id id;
        bool has_place;
        enum job_result result;
    } cases[] = {
        {DIAG_NO_SUCH_FILE, false, JOB_FILE},
        {DIAG_NO_SUCH_FILE, true, JOB_NOT_RENDERED},
        {DIAG_UNKNOWN_LAYOUT, false, JOB_WRONG_OPTION},
        {DIAG_UNKNOWN_LAYOUT, true, JOB_NOT_RENDERED},
        {DIAG_OUTPUT_IS_INPUT, false, JOB_WRONG_OPTION},
        {DIAG_EMPTY_FILE, true, JOB_NOT_RENDERED},
        {DIAG_UNKNOWN_KEY, true, JOB_FINDINGS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct diagnostics sink;

        diagnostics_init(&sink);
        diag_add(
            &sink, cases[i].id, cases[i].has_place ? place : SPAN_NONE, NULL, "x", "y");
        assert_int_equal(job_result(&sink), cases[i].result);
        diagnostics_done(&sink);
    }
}

static void notes_are_no_findings(void **state)
{
    struct diagnostics sink;

    (void)state;
    diagnostics_init(&sink);
    assert_int_equal(job_result(&sink), JOB_GOOD);
    diag_add(&sink, DIAG_FONT_SUBSTITUTED, SPAN_NONE, NULL, "a", "b");
    assert_int_equal(job_result(&sink), JOB_GOOD);
    diagnostics_done(&sink);
}

static void the_first_fatal_counts(void **state)
{
    struct diagnostics sink;

    (void)state;
    diagnostics_init(&sink);
    diag_add(&sink, DIAG_UNKNOWN_KEY, place, NULL, "x");
    diag_add(&sink, DIAG_UNKNOWN_LAYOUT, SPAN_NONE, NULL, "x");
    diag_add(&sink, DIAG_OUTPUT_FAILED, SPAN_NONE, NULL, "x", "y");
    assert_int_equal(job_result(&sink), JOB_WRONG_OPTION);
    diagnostics_done(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_finding_decides),
        cmocka_unit_test(notes_are_no_findings),
        cmocka_unit_test(the_first_fatal_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
