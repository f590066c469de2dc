/* cmd/progress: what is shown when, on a terminal and in a log, by the test's clock. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/progress.h"
#include "unit_test.h"

/* What progress_show() writes to standard error at `now` seconds. */
static const char *shown(
    struct progress *progress, uint32_t done, uint32_t total, double now)
{
    static char text[512];
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    size_t length;

    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    progress_show(progress, done, total, now);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

static void a_terminal_gets_a_bar(void **state)
{
    struct progress progress;

    (void)state;
    progress_init(&progress, false, 100);
    progress.terminal = true;
    assert_string_equal(shown(&progress, 1, 400, 100.05), "");
    assert_string_equal(shown(&progress, 100, 400, 102),
        "\r\x1b[K[======>                 ] 100 of 400, 50 issues/s, 0:06 left");
    assert_true(progress.shown);
    assert_string_equal(shown(&progress, 101, 400, 102.05), ""); /* just before */
    assert_string_equal(shown(&progress, 400, 400, 104),
        "\r\x1b[K[========================] 400 of 400, 100 issues/s");
}

static void a_log_gets_a_line_now_and_then(void **state)
{
    struct progress progress;

    (void)state;
    progress_init(&progress, false, 100);
    progress.terminal = false;
    assert_string_equal(shown(&progress, 50, 4000, 109), "");
    assert_string_equal(
        shown(&progress, 100, 4000, 110), "100 of 4000, 10 issues/s, 6:30 left\n");
    assert_false(progress.shown);
    assert_string_equal(shown(&progress, 150, 4000, 115), "");
    assert_string_equal(
        shown(&progress, 200, 4000, 120), "200 of 4000, 10 issues/s, 6:20 left\n");
}

static void before_the_first_issue_there_is_no_rate(void **state)
{
    struct progress progress;

    (void)state;
    progress_init(&progress, false, 0);
    progress.terminal = false;
    assert_string_equal(shown(&progress, 0, 9, 20), "0 of 9\n");
}

static void quiet_shows_nothing(void **state)
{
    struct progress progress;

    (void)state;
    progress_init(&progress, true, 0);
    progress.terminal = true;
    assert_string_equal(shown(&progress, 5, 9, 20), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_a_bar),
        cmocka_unit_test(a_log_gets_a_line_now_and_then),
        cmocka_unit_test(before_the_first_issue_there_is_no_rate),
        cmocka_unit_test(quiet_shows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
