/* Tests of job/discover.h: order, names of outputs, shards, the limit. */
#include "unit_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "job/discover.h"

struct fixture {
    struct issue_list issues;
    struct diagnostics sink;
    char folder[64]; /* of this test alone: b.md, a/c.md, a/x.txt, a/.h.md */
};

static void touch(const struct fixture *f, const char *name)
{
    char path[128];
    FILE *stream;

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fclose(stream), 0);
}

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);
    char path[128];

    issue_list_init(&f->issues);
    diagnostics_init(&f->sink);
    strcpy(f->folder, "/tmp/paiban-discover-XXXXXX");
    *state = f;
    if (mkdtemp(f->folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/a", f->folder);
    if (mkdir(path, 0777) != 0)
        return 1;
    touch(f, "b.md");
    touch(f, "a/c.md");
    touch(f, "a/x.txt");
    touch(f, "a/.h.md");
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[128];
    int failed;

    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    failed = system(command);
    issue_list_done(&f->issues);
    diagnostics_done(&f->sink);
    memory_free(f);
    return failed;
}

static bool find(struct fixture *f, struct discovery discovery)
{
    char *operands[] = {f->folder};

    discovery.out = "/nonexistent";
    discovery.extension = "pdf";
    if (discovery.most == 0)
        discovery.most = 100;
    return issues_find(&f->issues, operands, 1, &discovery, &f->sink);
}

static void issues_are_found_in_order(void **state)
{
    struct fixture *f = *state;

    assert_true(find(f, (struct discovery){0}));
    assert_int_equal(f->issues.list.length, 2);
    assert_string_equal(f->issues.list.data[0].output, "a/c.pdf");
    assert_string_equal(f->issues.list.data[1].output, "b.pdf");
}

static void too_many_are_refused(void **state)
{
    struct fixture *f = *state;

    assert_false(find(f, (struct discovery){.most = 1}));
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_TOO_MANY_ISSUES);
}

static void shards_are_disjoint_and_whole(void **state)
{
    struct fixture *f = *state;
    size_t found = 0;

    for (uint32_t k = 1; k <= 3; k++) {
        assert_true(find(f, (struct discovery){.shard = k, .shard_count = 3}));
        found += f->issues.list.length;
        issue_list_done(&f->issues);
        issue_list_init(&f->issues);
    }
    assert_int_equal(found, 2);
    /* The same on every machine: shards on several hosts must agree. */
    assert_true(shard_has("2021/05.pdf", 1, 1));
    assert_true(shard_has("2021/05.pdf", 6, 8));
    assert_true(shard_has("2021/06.pdf", 1, 8));
    assert_true(shard_has("月报/五月.pdf", 8, 8));
    assert_int_equal(shard_has("2021/05.pdf", 1, 2) + shard_has("2021/05.pdf", 2, 2), 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(issues_are_found_in_order),
        CASE(too_many_are_refused),
        CASE(shards_are_disjoint_and_whole),
    };

    return cmocka_run_group_tests_name("job_discover", tests, NULL, NULL);
}
