/* layouts/: every shipped layout reads without a word; base.yaml says everything;
 * monthly has the geometry and the rules of the printed original. */
#include "layout_bench.h"
#include "layout/keys.h"

#define PT(pt) ((unit)((pt)*UNIT_PT))

static int shipped_setup(void **state)
{
    bench_setup(state);
    struct bench *bench = *state;
    const char *source = getenv("PAIBAN_SOURCE");
    bench->paths = (struct layout_paths){source != NULL ? source : ".", NULL};
    return 0;
}

static void all_are_sound(void **state)
{
    struct bench *bench = *state;
    struct arena arena;
    const char **names;
    arena_init(&arena);
    uint32_t count = layout_names(&bench->paths, &arena, &names);
    assert_true(count >= 2);
    for (uint32_t i = 0; i < count; i++) {
        bench_load(bench, names[i]);
        if (bench->layout == NULL || bench->sink.list.length > 0) {
            fail_msg("%s:\n%s", names[i], bench->printed.data);
        }
        assert_true(i == 0 || strcmp(names[i - 1], names[i]) < 0);
    }
    arena_done(&arena);
}

/* Every plain key stands in base.yaml but those that follow from others, and of the
 * styles all that body gives to the rest, so that no look is hidden in the table's
 * defaults. */
static void base_says_everything(void **state)
{
    static const char *const follow[] = {"page.width", "page.height", "header.even",
        "header.first", "footer.even", "footer.first"};
    struct bench *bench = *state;
    bench_load(bench, "base");
    for (uint32_t slot = 0; slot < key_plain_count() + key_style_count(); slot++) {
        struct str path;
        str_init(&path);
        key_append_path(slot, &path);
        bool needed = slot < key_plain_count() || key_at(slot)->unset == UNSET_BODY;
        for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
            needed = needed && !text_starts(str_text(&path), follow[i]);
        }
        if (needed && layout_span(bench->layout, path.data).file == SPAN_NO_FILE) {
            fail_msg("base.yaml does not say %s", path.data);
        }
        str_done(&path);
    }
}

static void monthly_geometry(void **state)
{
    struct bench *bench = *state;
    bench_load(bench, "monthly");
    const struct layout *layout = bench->layout;
    assert_in_range(layout_measure(layout), PT(415.2), PT(415.35));
    assert_in_range(layout_area_height(layout), PT(697.85), PT(697.95));
    assert_int_equal(layout->header_distance, unit_from_mm(15));
    assert_int_equal(layout->footer_distance, unit_from_mm(17.5));
    assert_int_equal(layout->grid_pitch, 0);
    assert_int_equal(layout->first_page_number, 1);
    for (int side = 0; side < SIDE_COUNT; side++) {
        assert_string_equal(layout->header[side].centre, "{title}");
        assert_string_equal(layout->footer[side].centre, "{page}");
    }
    assert_true(layout->cover && !layout->furniture_on_cover);
    assert_true(layout->highlights && layout->highlights_numbered);
    assert_false(layout->highlights_own_page);
    assert_string_equal(layout->highlights_heading, "本期要目");
    assert_true(layout->contacts && layout->contacts_own_page);
    assert_string_equal(layout->contacts_heading, "联系我们：");
}

static void monthly_rules(void **state)
{
    struct bench *bench = *state;
    bench_load(bench, "monthly");
    const struct line_rules *rules = &bench->layout->rules;
    assert_int_equal(rules->breaker, BREAKER_FIRST_FIT);
    assert_int_equal(rules->squeeze, SQUEEZE_NONE);
    assert_int_equal(rules->hanging, HANGING_ALL);
    assert_true(rules->hang_only_unshrunk);
    assert_false(
        rules->trim_line_start || rules->trim_line_end || rules->trim_first_line);
    assert_int_equal(rules->han_latin.natural, 250);
    assert_int_equal(rules->han_latin.natural - rules->han_latin.least, 90);
    assert_int_equal(rules->word.natural, 250);
    assert_int_equal(rules->word.natural - rules->word.least, 100);
    assert_int_equal(rules->han_space, 500);
    assert_string_equal(rules->gap_neighbours, "");
    assert_string_equal(rules->url_breaks, "-");
    assert_true(rules->url_whole_line);
    assert_false(rules->avoid_lone_character || rules->hyphenate);
}

struct expected_style {
    enum element element;
    unit size, line_pitch, space_before, space_before_first, label_width;
    int weight;
    bool keep_with_next;
};

static void monthly_styles(void **state)
{
    static const struct expected_style expected[] = {
        {ELEMENT_BODY, PT(12), PT(30), 0, 0, 0, 400, false},
        {ELEMENT_SECTION, PT(16), PT(28), PT(25.5), PT(25.5), 0, 700, true},
        {ELEMENT_ITEM, PT(14), PT(28), PT(25.5), 0, PT(24.5), 700, true},
        {ELEMENT_SOURCE, PT(10.5), PT(28), 0, 0, 0, 400, false},
        {ELEMENT_HIGHLIGHTS_TITLE, PT(16), PT(28), 0, 0, 0, 700, true},
        {ELEMENT_HIGHLIGHT, PT(14), PT(28), 0, 0, PT(24.5), 700, false},
    };
    struct bench *bench = *state;
    bench_load(bench, "monthly");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct style *style = &bench->layout->styles[expected[i].element];
        assert_int_equal(style->size, expected[i].size);
        assert_int_equal(style->line_pitch, expected[i].line_pitch);
        assert_int_equal(style->space_before, expected[i].space_before);
        assert_int_equal(style->space_before_first, expected[i].space_before_first);
        assert_int_equal(style->label_width, expected[i].label_width);
        assert_int_equal(style->weight, expected[i].weight);
        assert_int_equal(style->keep_with_next, expected[i].keep_with_next);
        assert_int_equal(style->space_after, 0);
        assert_int_equal(style->indent_left, 0);
        assert_int_equal(style->orphans, 1);
        assert_int_equal(style->widows, 1);
        assert_string_equal(style->role, "song");
        assert_string_equal(style->latin_role, "latin-serif");
    }
    const struct style *styles = bench->layout->styles;
    assert_int_equal(styles[ELEMENT_BODY].indent_first, PT(24));
    assert_string_equal(styles[ELEMENT_SECTION].prefix, "【");
    assert_string_equal(styles[ELEMENT_HIGHLIGHTS_TITLE].numbering, "{section} ");
    assert_string_equal(styles[ELEMENT_ITEM].numbering, "{section}.{item}");
    assert_string_equal(styles[ELEMENT_HIGHLIGHT].numbering, "✓");
    assert_int_equal(styles[ELEMENT_HEADER].size, PT(9));
}

#define SHIPPED_TEST(function)                                                           \
    cmocka_unit_test_setup_teardown(function, shipped_setup, bench_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHIPPED_TEST(all_are_sound),
        SHIPPED_TEST(base_says_everything),
        SHIPPED_TEST(monthly_geometry),
        SHIPPED_TEST(monthly_rules),
        SHIPPED_TEST(monthly_styles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
