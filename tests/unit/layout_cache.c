/* layout/cache: what is read again and what is not, and that a remembered layout is like
 * one read anew: places, findings, paper. */
#include "layout_bench.h"

#include "layout/cache.h"

struct cache_bench {
    struct bench bench;
    struct layout_cache cache;
    const struct layout *layout; /* of the last load; the cache's */
};

static int setup(void **state)
{
    struct cache_bench *b = calloc(1, sizeof *b);

    assert_non_null(b);
    bench_init(&b->bench);
    layout_cache_init(&b->cache);
    bench_write(&b->bench, "layouts/root.yaml",
        "page: {margin-top: 1pt, margin-bottom: 2pt}\nbogus: 1\n");
    bench_write(&b->bench, "layouts/near.yaml", "base: root\npage: {margin-top: 5pt}\n");
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    struct cache_bench *b = *state;

    layout_cache_done(&b->cache);
    bench_done(&b->bench);
    free(b);
    return 0;
}

/* Load as a job does: the files of the last build are let go, `others` stand before. */
static void load(
    struct cache_bench *b, const char *name, const char *paper, uint32_t others)
{
    struct bench *bench = &b->bench;

    diagnostics_clear(&bench->sink);
    str_clear(&bench->printed);
    files_forget(&bench->files, 0);
    for (uint32_t i = 0; i < others; i++)
        files_add_text(&bench->files, "an-issue.md", TEXT("text\n"));
    b->layout = layout_cache_load(
        &b->cache, name, paper, SPAN_NONE, &bench->paths, &bench->files, &bench->sink);
    for (size_t i = 0; i < bench->sink.list.length; i++)
        diag_print(&bench->sink.list.data[i], &bench->files, false, &bench->printed);
}

static void the_second_time_nothing_is_read(void **state)
{
    struct cache_bench *b = *state;
    const struct layout *first;

    load(b, "near", NULL, 1);
    first = b->layout;
    assert_non_null(first);
    load(b, "near", NULL, 1);
    assert_ptr_equal(b->layout, first);
    assert_int_equal(b->cache.asked, 2);
    assert_int_equal(b->cache.read, 1);
    assert_int_equal(b->layout->margin_top, 5 * UNIT_PT);
}

static void files_and_places_move(void **state)
{
    struct cache_bench *b = *state;

    for (uint32_t others = 1; others < 5; others++) {
        load(b, "near", NULL, others);
        assert_non_null(b->layout);
        assert_int_equal(b->bench.files.list.length, others + 2);
        assert_int_equal(b->layout->files[1], others);
        assert_int_equal(b->layout->files[0], others + 1);
        assert_int_equal(layout_span(b->layout, "page.margin-top").file, others);
        assert_int_equal(layout_span(b->layout, "page.margin-bottom").file, others + 1);
        assert_int_equal(layout_span(b->layout, "page.mirror").file, SPAN_NO_FILE);
        assert_int_equal(b->bench.sink.list.length, 1);
        assert_int_equal(b->bench.sink.count[LEVEL_WARNING], 1);
        assert_true(bench_told(&b->bench, "root.yaml:2:1: warning: "));
    }
    assert_int_equal(b->cache.read, 1);
}

/* Same size, and within one tick of the clock: only the bytes tell. */
static void a_change_in_the_chain_is_seen(void **state)
{
    struct cache_bench *b = *state;

    load(b, "near", NULL, 1);
    bench_write(&b->bench, "layouts/root.yaml",
        "page: {margin-top: 1pt, margin-bottom: 3pt}\nbogus: 1\n");
    load(b, "near", NULL, 1);
    assert_int_equal(b->layout->margin_bottom, 3 * UNIT_PT);
    bench_write(&b->bench, "layouts/near.yaml", "page: {margin-top: 6pt}\n");
    load(b, "near", NULL, 1);
    assert_int_equal(b->layout->margin_top, 6 * UNIT_PT);
    assert_int_equal(b->layout->margin_bottom, 0);
    assert_int_equal(b->bench.files.list.length, 2);
    assert_int_equal(b->bench.sink.list.length, 0);
    assert_int_equal(b->cache.list.length, 1);
}

static void a_refused_layout_is_not_remembered(void **state)
{
    struct cache_bench *b = *state;

    load(b, "near", NULL, 1);
    bench_write(&b->bench, "layouts/root.yaml", "page: 3\n");
    for (int i = 0; i < 2; i++) {
        load(b, "near", NULL, 1);
        assert_null(b->layout);
        assert_int_equal(bench_count(&b->bench, DIAG_LAYOUT_REFUSED), 1);
        assert_int_equal(b->cache.list.length, 0);
    }
    bench_write(&b->bench, "layouts/root.yaml", "");
    load(b, "near", NULL, 1);
    assert_non_null(b->layout);
}

static void a_file_that_is_gone_is_told(void **state)
{
    struct cache_bench *b = *state;
    char path[128];

    load(b, "near", NULL, 1);
    snprintf(path, sizeof path, "%s/layouts/root.yaml", b->bench.data);
    assert_int_equal(unlink(path), 0);
    load(b, "near", NULL, 1);
    assert_null(b->layout);
    assert_int_equal(bench_count(&b->bench, DIAG_UNKNOWN_LAYOUT), 1);
}

static void papers_are_layouts_of_their_own(void **state)
{
    struct cache_bench *b = *state;
    unit width;

    load(b, "near", NULL, 1);
    width = b->layout->paper_width;
    load(b, "near", "A5", 1);
    assert_true(b->layout->paper_width < width);
    load(b, "near", NULL, 1);
    assert_int_equal(b->layout->paper_width, width);
    assert_int_equal(b->cache.read, 2);
    load(b, "near", "nothing", 1);
    assert_null(b->layout);
    assert_int_equal(bench_count(&b->bench, DIAG_UNKNOWN_PAPER), 1);
}

/* The same name beside two issues is two files. */
static void a_path_belongs_to_its_folder(void **state)
{
    struct cache_bench *b = *state;
    char folder[128];

    snprintf(folder, sizeof folder, "%s/layouts", b->bench.data);
    bench_write(&b->bench, "a.yaml", "page: {margin-top: 3pt}\n");
    bench_write(&b->bench, "layouts/a.yaml", "page: {margin-top: 4pt}\n");
    load(b, "./a.yaml", NULL, 1);
    assert_int_equal(b->layout->margin_top, 3 * UNIT_PT);
    b->bench.paths.beside = folder;
    load(b, "./a.yaml", NULL, 1);
    assert_int_equal(b->layout->margin_top, 4 * UNIT_PT);
}

static void the_longest_unused_goes(void **state)
{
    struct cache_bench *b = *state;

    load(b, "near", NULL, 1);
    for (int i = 0; i < LAYOUT_CACHE_MOST; i++) {
        char name[32], path[64];

        snprintf(name, sizeof name, "n%d", i);
        snprintf(path, sizeof path, "layouts/n%d.yaml", i);
        bench_write(&b->bench, path, "page: {margin-top: 1pt}\n");
        load(b, name, NULL, 1);
        load(b, "near", NULL, 1);
    }
    assert_int_equal(b->cache.list.length, LAYOUT_CACHE_MOST);
    assert_int_equal(b->cache.read, LAYOUT_CACHE_MOST + 1);
    load(b, "n0", NULL, 1);
    assert_int_equal(b->cache.read, LAYOUT_CACHE_MOST + 2);
}

#define CACHE_TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CACHE_TEST(the_second_time_nothing_is_read),
        CACHE_TEST(files_and_places_move),
        CACHE_TEST(a_change_in_the_chain_is_seen),
        CACHE_TEST(a_refused_layout_is_not_remembered),
        CACHE_TEST(a_file_that_is_gone_is_told),
        CACHE_TEST(papers_are_layouts_of_their_own),
        CACHE_TEST(a_path_belongs_to_its_folder),
        CACHE_TEST(the_longest_unused_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
