/* layout/resolve: lengths that depend on others, inheritance from body, the page, and
 * what leaves no room. */
#include "layout_bench.h"

#define PT(pt) ((unit)((pt)*UNIT_PT))

static void em_lines_and_chars(void **state)
{
    struct bench *bench = *state;
    bench_read(bench,
        "page: {character-pitch: 15pt, margin-top: 2em, margin-inner: 2 chars}\n"
        "styles:\n"
        "  body: {size: 12pt, line-pitch: 2em, indent-first: 2em}\n"
        "  item: {size: 1.5em, space-before: 1.5 lines, indent-first: 2em,\n"
        "         indent-left: 2 chars, label-width: 1cm}\n");
    assert_non_null(bench->layout);
    const struct style *styles = bench->layout->styles;
    assert_int_equal(styles[ELEMENT_BODY].line_pitch, PT(24));
    assert_int_equal(styles[ELEMENT_BODY].indent_first, PT(24));
    assert_int_equal(styles[ELEMENT_ITEM].size, PT(18));
    assert_int_equal(styles[ELEMENT_ITEM].space_before, PT(36));
    assert_int_equal(styles[ELEMENT_ITEM].indent_first, PT(36)); /* its own em */
    assert_int_equal(styles[ELEMENT_ITEM].indent_left, PT(30));
    assert_int_equal(styles[ELEMENT_ITEM].label_width, unit_from_mm(10));
    assert_int_equal(bench->layout->margin_top, PT(24));
    assert_int_equal(bench->layout->margin_inner, PT(30));
}

static void styles_take_their_type_from_body(void **state)
{
    struct bench *bench = *state;
    bench_read(bench,
        "styles:\n"
        "  body: {role: kai, size: 12pt, line-pitch: 2em, colour: red, orphans: 3,\n"
        "         indent-first: 2em, space-before: 5pt, keep-together: true}\n"
        "  item: {size: 20pt, orphans: 1}\n");
    const struct style *item = &bench->layout->styles[ELEMENT_ITEM];
    assert_string_equal(item->role, "kai");
    assert_int_equal(item->line_pitch, PT(40)); /* 2em as written, of its own size */
    assert_int_equal(item->colour, 0xFF0000);
    assert_int_equal(item->orphans, 1);
    assert_int_equal(item->indent_first, 0); /* not of the type: neutral */
    assert_int_equal(item->space_before, 0);
    assert_false(item->keep_together);
    assert_int_equal(bench->layout->styles[ELEMENT_FOOTER].orphans, 3);
}

static void space_before_first(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "styles:\n"
                      "  item: {space-before: 1em, size: 20pt}\n"
                      "  section: {space-before: 9pt, space-before-first: 0}\n");
    assert_int_equal(bench->layout->styles[ELEMENT_ITEM].space_before_first, PT(20));
    assert_int_equal(bench->layout->styles[ELEMENT_SECTION].space_before_first, 0);
}

static void word_sizes_of_the_nearest_file_hold_for_all(void **state)
{
    struct bench *bench = *state;
    bench_write(bench, "layouts/root.yaml", "styles: {item: {size: 三号}}\n");
    bench_read(bench, "base: root\n");
    assert_int_equal(bench->layout->styles[ELEMENT_ITEM].size, PT(15.75));
    bench_read(bench, "base: root\npage: {word-sizes: true}\n");
    assert_int_equal(bench->layout->styles[ELEMENT_ITEM].size, PT(16));
}

static void area_in_characters_and_lines(void **state)
{
    struct bench *bench = *state;
    bench_read(bench,
        "page: {characters: 28, lines: 22, margin-top: 37mm, margin-inner: 28mm,\n"
        "       character-pitch: 15.75pt, grid-pitch: 29pt}\n"
        "styles: {body: {size: 三号}}\n");
    assert_int_equal(layout_measure(bench->layout), 28 * PT(15.75));
    assert_int_equal(layout_area_height(bench->layout), 22 * PT(29));
    assert_int_equal(bench->layout->margin_inner, unit_from_mm(28));
    bench_read(bench, "page: {lines: 20}\nstyles: {body: {line-pitch: 20pt}}\n");
    assert_int_equal(
        layout_area_height(bench->layout), 20 * PT(20)); /* no grid: body's */
}

static void papers(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {margin-top: 20mm, margin-outer: 2cm}\n");
    assert_int_equal(bench->layout->paper_width, unit_from_mm(210));
    assert_true(layout_set_paper(bench->layout, "a5", &bench->sink));
    assert_int_equal(bench->layout->paper_width, unit_from_mm(148));
    assert_int_equal(bench->layout->paper_height, unit_from_mm(210));
    assert_int_equal(bench->layout->margin_outer, unit_from_mm(20));
    assert_true(layout_set_paper(bench->layout, "Letter", &bench->sink));
    assert_int_equal(bench->layout->paper_width, PT(612));
    assert_int_equal(bench->layout->paper_height, PT(792));
    assert_false(layout_set_paper(bench->layout, "A44", &bench->sink));
    assert_int_equal(bench_count(bench, DIAG_UNKNOWN_PAPER), 1);
    bench_read(bench, "page: {paper: B5, width: 100mm}\n"); /* a given width wins */
    assert_int_equal(bench->layout->paper_width, unit_from_mm(100));
    assert_int_equal(bench->layout->paper_height, unit_from_mm(250));
    assert_true(
        layout_set_paper(bench->layout, "A4", &bench->sink)); /* but not over --paper */
    assert_int_equal(bench->layout->paper_width, unit_from_mm(210));
}

static void another_paper_may_leave_no_room(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {paper: A3, margin-inner: 100mm, margin-outer: 60mm}\n");
    assert_non_null(bench->layout);
    assert_false(layout_set_paper(bench->layout, "A5", &bench->sink));
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_NO_ROOM), 1);
    assert_true(diag_is_fatal(&bench->sink));
}

static void expect_no_room(struct bench *bench, const char *text, const char *place)
{
    bench_read(bench, text);
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_NO_ROOM), 1);
    assert_true(diag_is_fatal(&bench->sink));
    if (!bench_told(bench, place)) {
        fail_msg("expected ‘%s’ in:\n%s", place, bench->printed.data);
    }
}

static void margins_that_leave_no_room(void **state)
{
    struct bench *bench = *state;
    bench_write(bench, "layouts/root.yaml", "page: {margin-inner: 110mm}\n");
    expect_no_room(bench, "page:\n  margin-inner: 110mm\n  margin-outer: 98mm\n",
        "test.yaml:3:17: error: the margins leave no room");
    expect_no_room(bench, "base: root\npage: {margin-outer: 10cm}\n", "test.yaml:2:22:");
    expect_no_room(bench, "page: {margin-top: 29.5cm}\n", "test.yaml:1:20:");
    expect_no_room(
        bench, "page: {characters: 100}\n", "test.yaml:1:20:"); /* off the paper */
    expect_no_room(bench, "page: {lines: 100}\n", "test.yaml:1:15:");
    bench_read(
        bench, "page: {margin-inner: 110mm, margin-outer: 96mm}\n"); /* one character */
    assert_non_null(bench->layout);
}

static void indents_that_leave_no_room(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "styles: {quote: {indent-left: 11cm, indent-right: 10cm}}\n");
    assert_null(bench->layout);
    assert_int_equal(bench_count(bench, DIAG_LAYOUT_INDENT), 1);
    assert_true(bench_told(bench, "test.yaml:1:31: error: the indents of ‘quote’"));
    bench_read(bench, "styles: {quote: {indent-left: 11cm, indent-right: 9cm}}\n");
    assert_non_null(bench->layout);
}

static void limits_of_gaps_are_in_order(void **state)
{
    struct bench *bench = *state;
    bench_read(
        bench, "rules: {han-latin: {natural: 0.25em, least: 0.3em, most: 0.5em}}\n");
    assert_null(bench->layout);
    assert_true(
        bench_told(bench, "test.yaml:1:45: error: ‘least’ must be at most natural: "
                          "0.25em"));
    bench_read(bench, "rules: {word: {natural: 0.25em, least: 0.2em, most: 0.2em}}\n");
    assert_null(bench->layout);
    assert_true(bench_told(bench, "‘most’ must be at least natural: 0.25em"));
    bench_read(
        bench, "rules: {han-latin: {natural: 0.25em, least: 0.25em, most: 0.25em}}\n");
    assert_non_null(bench->layout);
}

static void running_lines(void **state)
{
    struct bench *bench = *state;
    bench_read(bench,
        "header: {odd: {left: a, centre: b, right: c}, first: {left: \"\"}}\n"
        "footer: {odd: {left: x}, even: {left: y}}\n");
    const struct layout *layout = bench->layout;
    assert_string_equal(layout->header[SIDE_EVEN].left, "a");
    assert_string_equal(layout->header[SIDE_FIRST].left, ""); /* set to nothing */
    assert_string_equal(layout->header[SIDE_FIRST].centre, "b");
    assert_string_equal(layout->footer[SIDE_EVEN].left, "y");
    bench_read(bench, "page: {mirror: true}\n"
                      "header: {odd: {left: a, centre: b, right: c}}\n");
    layout = bench->layout;
    assert_string_equal(layout->header[SIDE_EVEN].left, "c");
    assert_string_equal(layout->header[SIDE_EVEN].centre, "b");
    assert_string_equal(layout->header[SIDE_EVEN].right, "a");
    assert_string_equal(layout->header[SIDE_ODD].left, "a");
    assert_string_equal(layout->header[SIDE_FIRST].left, "a");
}

static void dump_has_every_key(void **state)
{
    struct bench *bench = *state;
    bench_read(bench, "page: {margin-top: 25.5pt}\nrules: {hanging: stops}\n"
                      "styles: {item: {colour: \"#c00000\", numbering: \"第{item}\"}}\n");
    struct str dump;
    str_init(&dump);
    layout_dump(bench->layout, &dump);
    assert_non_null(strstr(dump.data, "\npage.margin-top 25.5\n"));
    assert_non_null(strstr(dump.data, "\npage.width 595.275\n"));
    assert_non_null(strstr(dump.data, "\nrules.hanging stops\n"));
    assert_non_null(strstr(dump.data, "\nrules.word.natural 250\n"));
    assert_non_null(strstr(dump.data, "\nstyles.item.colour #C00000\n"));
    assert_non_null(strstr(dump.data, "\nstyles.item.numbering \"第{item}\"\n"));
    assert_non_null(strstr(dump.data, "\nstyles.footer.widows 1\n"));
    str_done(&dump);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BENCH_TEST(em_lines_and_chars),
        BENCH_TEST(styles_take_their_type_from_body),
        BENCH_TEST(space_before_first),
        BENCH_TEST(word_sizes_of_the_nearest_file_hold_for_all),
        BENCH_TEST(area_in_characters_and_lines),
        BENCH_TEST(papers),
        BENCH_TEST(another_paper_may_leave_no_room),
        BENCH_TEST(margins_that_leave_no_room),
        BENCH_TEST(indents_that_leave_no_room),
        BENCH_TEST(limits_of_gaps_are_in_order),
        BENCH_TEST(running_lines),
        BENCH_TEST(dump_has_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
