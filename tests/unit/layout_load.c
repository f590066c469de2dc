/* layout/load: names and paths, chains of base:, and every kind of mistake with its
 * place. */
#include "layout_bench.h"

static void expect_mistake(
    struct bench *bench, const char *text, enum diag_id id, const char *words)
{
    bench_read(bench, text);
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, id), 1);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_REFUSED), 1);
    assert_int_equal(bench->sink.list.length, 2);
    if (!bench_told(bench, words)) {
        fail_msg("expected ‘%s’ in:\n%s", words, bench->printed.data);
    }
}

static void an_empty_layout_is_neutral(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "");
    assert_non_null(bench->layout);
    assert_int_equal(bench->sink.list.length, 0);
    assert_int_equal(bench->layout->styles[ELEMENT_BODY].size, 10 * UNIT_PT);
    assert_int_equal(bench->layout->rules.hanging, HANGING_OFF);
    assert_string_equal(bench->layout->header[SIDE_EVEN].centre, "");
    assert_int_equal(layout_span(bench->layout, "page.margin-top").file, SPAN_NO_FILE);
}

static void values_out_of_range(void **state)
{
    struct bench *bench = *state;
    expect_mistake(bench, "styles:\n  body:\n    line-pitch: 3pt\n", DIAG_LAYOUT_VALUE,
        "layouts/test.yaml:3:17: error: ‘line-pitch’ must be 6pt…200pt [layout-value]");
    expect_mistake(bench, "page: {margin-top: -1pt}\n", DIAG_LAYOUT_VALUE,
        "test.yaml:1:20: error: ‘margin-top’ must be 0pt…14400pt");
    expect_mistake(
        bench, "page: {margin-top: 1000000em}\n", DIAG_LAYOUT_VALUE, "margin-top");
    expect_mistake(bench, "page: {first-number: -1}\n", DIAG_LAYOUT_VALUE,
        "‘first-number’ must be 0…99999");
    expect_mistake(bench, "rules: {word: {most: 3em}}\n", DIAG_LAYOUT_VALUE,
        "test.yaml:1:22: error: ‘most’ must be 0em…2em");
}

static void wrong_units_and_kinds(void **state)
{
    struct bench *bench = *state;
    expect_mistake(bench, "page:\n  margin-top: 72\n", DIAG_LAYOUT_VALUE,
        "test.yaml:2:15: error: ‘margin-top’ must be a length with a unit");
    expect_mistake(bench, "page:\n  margin-top: 72px\n", DIAG_LAYOUT_VALUE, ":2:15:");
    expect_mistake(bench, "page:\n  margin-top:\n", DIAG_LAYOUT_VALUE, "‘margin-top’");
    expect_mistake(bench, "page:\n  margin-top: [1pt]\n", DIAG_LAYOUT_VALUE, ":2:15:");
    expect_mistake(bench, "rules:\n  word: 0.25em\n", DIAG_LAYOUT_VALUE,
        "‘word’ must be a mapping of keys");
    expect_mistake(bench, "rules:\n  hanging: some\n", DIAG_LAYOUT_VALUE,
        "‘hanging’ must be one of off, stops, all");
    expect_mistake(bench, "page:\n  mirror: 2\n", DIAG_LAYOUT_VALUE, "true or false");
    expect_mistake(
        bench, "base: [a]\n", DIAG_LAYOUT_VALUE, "‘base’ must be the name or path");
    expect_mistake(bench, "- a\n", DIAG_LAYOUT_VALUE, "must be a mapping of keys");
}

static void lengths_that_would_go_in_a_circle(void **state)
{
    struct bench *bench = *state;
    expect_mistake(bench, "styles: {body: {size: 2em}}\n", DIAG_LAYOUT_VALUE,
        "‘size’ must be a fixed length");
    expect_mistake(bench, "styles: {body: {line-pitch: 1 lines}}\n", DIAG_LAYOUT_VALUE,
        "‘line-pitch’ must be a length in pt, mm, cm, em");
    expect_mistake(bench, "page: {character-pitch: 1 chars}\n", DIAG_LAYOUT_VALUE,
        "‘character-pitch’ must be");
}

static void unknown_keys_are_warnings(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "pge: {}\npage: {margin-botom: 3cm, zzzzzzzz: 1}\n"
                      "styles: {itm: {size: 1pt}, item: {sise: 3pt}}\n");
    assert_non_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_UNKNOWN_KEY), 5);
    assert_int_equal(bench->sink.list.length, 5);
    assert_true(bench_told(bench, "test.yaml:1:1: warning: unknown key ‘pge’"));
    assert_true(bench_told(bench, "‘page’?"));
    assert_true(bench_told(bench, "‘margin-bottom’?"));
    assert_true(bench_told(bench, "paiban layouts --keys"));
    assert_true(bench_told(bench, "‘item’?"));
    assert_true(bench_told(bench, "‘size’?"));
    assert_int_equal(bench->layout->margin_bottom, 0);
}

static void unknown_fields(void **state)
{
    struct bench *bench = *state;
    expect_mistake(bench, "header: {odd: {centre: \"{titel}\"}}\n", DIAG_LAYOUT_FIELD,
        "test.yaml:1:24: error: unknown field ‘{titel}’");
    assert_true(bench_told(bench, "did you mean ‘{title}’?"));
    expect_mistake(bench, "texts: {issue: \"{page}\"}\n", DIAG_LAYOUT_FIELD, "{issue}");
    expect_mistake(
        bench, "footer: {odd: {left: \"{page\"}}\n", DIAG_LAYOUT_FIELD, "{page}");
    bench_read(bench, "header: {odd: {centre: \"{{titel}} {title}\"}}\n");
    assert_non_null(bench->layout);
}

static void duplicates(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {margin-top: 3pt, margin-top: 4pt}\n");
    assert_non_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_YAML_DUPLICATE), 1);
    assert_int_equal(bench->layout->margin_top, 3 * UNIT_PT);
    bench_read(
        bench, "page: {margin-top: 3pt}\npage.margin-top: 4pt\n"); /* the same path */
    assert_int_equal(bench_count(bench, DIAG_YAML_DUPLICATE), 1);
    assert_int_equal(bench->layout->margin_top, 3 * UNIT_PT);
}

static void all_mistakes_are_told_in_one_run(void **state)
{
    struct bench *bench = *state;
    bench_read(bench,
        "page: {margin-top: 3, margin-botom: 1pt}\n"
        "rules: {squeeze: maybe, han-latin: {natural: 0.1em, least: 0.2em}}\n"
        "header: {odd: {left: \"{a} {b}\"}}\n"
        "styles: {body: {line-pitch: 3pt}, item: {size: 300pt}}\n");
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_VALUE), 5);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_FIELD), 2);
    assert_int_equal(bench_count(bench, DIAG_UNKNOWN_KEY), 1);
    assert_true(bench_told(bench, "fatal: layout ‘test’ cannot be used, mistakes: 7"));
}

static void yaml_that_does_not_parse(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {margin-top: 3pt\n");
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_YAML_SYNTAX), 1);
}

static void unknown_layouts(void **state)
{
    struct bench *bench = *state;
    bench_write(bench, "layouts/b.yaml", "");
    bench_write(bench, "layouts/a.yaml", "base: nothing\n");
    bench_write(bench, "layouts/no.txt", "");
    bench_load(bench, "nothing");
    assert_null(bench->layout);
    assert_true(bench_told(bench, "fatal: no layout named ‘nothing’ [unknown-layout]"));
    assert_true(bench_told(bench, "known layouts: a, b\n"));
    bench_load(bench, "a"); /* a base that does not exist, with its place */
    assert_null(bench->layout);
    assert_true(bench_told(bench, "a.yaml:1:7: fatal: no layout named ‘nothing’"));
    bench_load(bench, "./nothing.yaml");
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_NO_SUCH_FILE), 1);
    bench_load(bench, "./layouts/");
    assert_null(bench->layout);
    assert_true(diag_is_fatal(&bench->sink));
}

static void loops(void **state)
{
    struct bench *bench = *state;
    bench_write(bench, "layouts/a.yaml", "base: b\n");
    bench_write(bench, "layouts/b.yaml", "base: ./c.yaml\n");
    bench_write(bench, "layouts/c.yaml", "base: a\n");
    bench_load(bench, "a");
    assert_null(bench->layout);
    assert_int_equal(bench->sink.list.length, 1);
    assert_true(bench_told(bench, "c.yaml:1:7: fatal: layout inherits from itself: "
                                  "a → b → ./c.yaml → a [layout-loop]"));
    bench_write(bench, "layouts/self.yaml", "base: self\n");
    bench_load(bench, "self");
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_LOOP), 1);
}

static void chains_have_a_limit(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < 17; i++) {
        char path[64], text[64];
        snprintf(path, sizeof path, "layouts/n%d.yaml", i);
        snprintf(text, sizeof text, "base: n%d\n", i - 1);
        bench_write(bench, path, i > 0 ? text : "");
    }
    bench_load(bench, "n15");
    assert_non_null(bench->layout);
    assert_int_equal(bench->layout->file_count, 16);
    bench_load(bench, "n16");
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_DEPTH), 1);
}

static void nearer_files_win(void **state)
{
    struct bench *bench = *state;
    bench_write(
        bench, "layouts/root.yaml", "page: {margin-top: 1pt, margin-bottom: 2pt}\n");
    bench_write(bench, "mine.yaml", "base: root\npage: {margin-top: 5pt}\n");
    assert_true(layout_exists("./mine.yaml", &bench->paths));
    assert_true(layout_exists("root", &bench->paths));
    assert_false(layout_exists("mine", &bench->paths));
    assert_false(layout_exists("../layouts", &bench->paths));
    bench_load(bench, "./mine.yaml");
    assert_non_null(bench->layout);
    assert_int_equal(bench->layout->margin_top, 5 * UNIT_PT);
    assert_int_equal(bench->layout->margin_bottom, 2 * UNIT_PT);
    assert_int_equal(bench->layout->file_count, 2);
    struct span top = layout_span(bench->layout, "page.margin-top");
    struct span bottom = layout_span(bench->layout, "page.margin-bottom");
    assert_int_equal(top.file, bench->layout->files[1]);
    assert_int_equal(bottom.file, bench->layout->files[0]);
    assert_int_equal(top.offset, strlen("base: root\npage: {margin-top: "));
    assert_int_equal(layout_span(bench->layout, "page.nothing").file, SPAN_NO_FILE);
}

static void fingerprints_follow_values(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {margin-top: 1pt}\n");
    uint64_t first = bench->layout->fingerprint;
    bench_read(bench, "# said otherwise\npage:\n  margin-top: 1.0pt\n");
    assert_true(bench->layout->fingerprint == first);
    bench_read(bench, "page: {margin-top: 1.1pt}\n");
    assert_true(bench->layout->fingerprint != first);
    bench_read(bench, "page: {margin-top: 1pt}\nstyles: {footer: {suffix: x}}\n");
    assert_true(bench->layout->fingerprint != first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BENCH_TEST(an_empty_layout_is_neutral),
        BENCH_TEST(values_out_of_range),
        BENCH_TEST(wrong_units_and_kinds),
        BENCH_TEST(lengths_that_would_go_in_a_circle),
        BENCH_TEST(unknown_keys_are_warnings),
        BENCH_TEST(unknown_fields),
        BENCH_TEST(duplicates),
        BENCH_TEST(all_mistakes_are_told_in_one_run),
        BENCH_TEST(yaml_that_does_not_parse),
        BENCH_TEST(unknown_layouts),
        BENCH_TEST(loops),
        BENCH_TEST(chains_have_a_limit),
        BENCH_TEST(nearer_files_win),
        BENCH_TEST(fingerprints_follow_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
