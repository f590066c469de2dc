/* job_target: where outputs go. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "job/target.h"
#include "unit_test.h"

static void targets_follow_the_source_and_the_option(void **state)
{
    static const struct {
        const char *source, *output, *extension, *target;
    } cases[] = {
        {"a/b.md", NULL, "pdf", "a/b.pdf"},
        {"b.md", NULL, "svg", "b.svg"},
        {"a/b.md", "none/", "pdf", "none/b.pdf"},
        {"a/b.md", "/", "pdf", "/b.pdf"},
        {"a/b.2021.md", NULL, "pdf", "a/b.2021.pdf"},
        {"a/b", NULL, "pdf", "a/b.pdf"},
        {"a/b.md", "c.pdf", "pdf", "c.pdf"},
        {"a/b.md", "-", "pdf", "-"},
        {"月报/五月.md", NULL, "pdf", "月报/五月.pdf"},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            job_target(&arena, cases[i].source, cases[i].output, cases[i].extension),
            cases[i].target);
    arena_done(&arena);
}

static void pages_are_numbered_with_leading_zeros(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_string_equal(job_target_page(&arena, "a/b.png", 3, 9), "a/b-3.png");
    assert_string_equal(job_target_page(&arena, "b.png", 3, 10), "b-03.png");
    assert_string_equal(job_target_page(&arena, "b.c.png", 100, 100), "b.c-100.png");
    assert_string_equal(job_target_page(&arena, "a.b/c", 1, 2), "a.b/c-1");
    arena_done(&arena);
}

static void the_same_file_is_known_by_another_name(void **state)
{
    char folder[] = "/tmp/paiban-target-XXXXXX";
    struct arena arena;
    const char *file, *link, *other;
    struct stat status;

    (void)state;
    arena_init(&arena);
    assert_non_null(mkdtemp(folder));
    file = path_join(&arena, folder, "a");
    link = path_join(&arena, folder, "b");
    other = path_join(&arena, folder, "c");
    fclose(fopen(file, "w"));
    fclose(fopen(other, "w"));
    assert_int_equal(symlink("a", link), 0);
    assert_int_equal(stat(file, &status), 0);
    assert_true(job_target_is(&status, link));
    assert_false(job_target_is(&status, other));
    assert_false(job_target_is(&status, path_join(&arena, folder, "none")));
    assert_true(job_target_is_folder(folder));
    assert_false(job_target_is_folder(file));
    unlink(file);
    unlink(link);
    unlink(other);
    rmdir(folder);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_follow_the_source_and_the_option),
        cmocka_unit_test(pages_are_numbered_with_leading_zeros),
        cmocka_unit_test(the_same_file_is_known_by_another_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
