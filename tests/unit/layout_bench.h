/* layout_bench: a data folder of one's own with layouts written by the test, and what
 * came of reading one of them. Used by tests/unit/layout_*.c. */
#ifndef PAIBAN_TESTS_LAYOUT_BENCH_H
#define PAIBAN_TESTS_LAYOUT_BENCH_H

#include "unit_test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "layout/layout.h"

struct bench {
    char data[64];             /* the data folder */
    struct layout_paths paths; /* data, and the folder itself as the issue's */
    struct files files;
    struct diagnostics sink;
    struct layout *layout; /* of the last load; NULL: refused */
    struct str printed;    /* its diagnostics */
};

static inline void bench_init(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    snprintf(bench->data, sizeof bench->data, "/tmp/paiban-layout-XXXXXX");
    assert_non_null(mkdtemp(bench->data));
    char folder[128];
    snprintf(folder, sizeof folder, "%s/layouts", bench->data);
    assert_int_equal(mkdir(folder, 0700), 0);
    bench->paths = (struct layout_paths){bench->data, bench->data};
    files_init(&bench->files);
    diagnostics_init(&bench->sink);
    str_init(&bench->printed);
}

/* Write a file, its path relative to the data folder. */
static inline void bench_write(struct bench *bench, const char *path, const char *text)
{
    char whole[256];
    snprintf(whole, sizeof whole, "%s/%s", bench->data, path);
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static inline void bench_load(struct bench *bench, const char *name)
{
    layout_free(bench->layout);
    diagnostics_clear(&bench->sink);
    str_clear(&bench->printed);
    bench->layout =
        layout_load(name, SPAN_NONE, &bench->paths, &bench->files, &bench->sink);
    for (size_t i = 0; i < bench->sink.list.length; i++) {
        diag_print(&bench->sink.list.data[i], &bench->files, false, &bench->printed);
    }
}

/* Write layouts/test.yaml and load it. */
static inline void bench_read(struct bench *bench, const char *text)
{
    bench_write(bench, "layouts/test.yaml", text);
    bench_load(bench, "test");
}

static inline size_t bench_count(const struct bench *bench, enum diag_id id)
{
    size_t count = 0;
    for (size_t i = 0; i < bench->sink.list.length; i++) {
        count += bench->sink.list.data[i].id == id;
    }
    return count;
}

static inline bool bench_told(const struct bench *bench, const char *words)
{
    return bench->printed.data != NULL && strstr(bench->printed.data, words) != NULL;
}

static inline void bench_done(struct bench *bench)
{
    char command[128];
    layout_free(bench->layout);
    str_done(&bench->printed);
    diagnostics_done(&bench->sink);
    files_done(&bench->files);
    snprintf(command, sizeof command, "rm -r %s", bench->data);
    assert_int_equal(system(command), 0);
}

static inline int bench_setup(void **state)
{
    struct bench *bench = malloc(sizeof *bench);
    assert_non_null(bench);
    bench_init(bench);
    *state = bench;
    return 0;
}

static inline int bench_teardown(void **state)
{
    bench_done(*state);
    free(*state);
    return 0;
}

#define BENCH_TEST(function)                                                             \
    cmocka_unit_test_setup_teardown(function, bench_setup, bench_teardown)

#endif
