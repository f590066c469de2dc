/* Classes by context: each row of text with the classes it must get, in several languages. */
#include "text_test.h"

struct row {
    const char *language;
    const char *text;
    const char *classes;
};

static void check(void **state, const struct row *rows, size_t count)
{
    struct text_fixture *f = *state;
    for (size_t i = 0; i < count; i++) {
        const char *got = classes_of(f, shape(f, rows[i].language, rows[i].text));
        if (strcmp(got, rows[i].classes) != 0) {
            fail_msg("‘%s’ (%s): got ‘%s’, not ‘%s’", rows[i].text, rows[i].language, got,
                rows[i].classes);
        }
    }
}

#define CHECK(rows) check(state, rows, sizeof(rows) / sizeof *(rows))

static void quotes(void **state)
{
    static const struct row rows[] = {
        {"zh-Hans", "“GDP”……", "opener latin×3 closer ellipsis"},
        {"zh-Hans", "平台“RAPTOR AI”，推动",
            "han×2 opener latin×6 space latin×2 closer comma han×2"},
        {"zh-Hans", "“A”与“D1”在",
            "opener latin closer han opener latin digit closer han"},
        {"zh-Hans", "在2020“AI”中", "han digit×4 opener latin×2 closer han"},
        {"zh-Hans", "GDP“十四五”CPI", "latin×3 opener han×3 closer latin×3"},
        {"zh-Hans", "‘甲’", "opener han closer"},
        {"zh-Hans", "“‘甲’”", "opener×2 han closer×2"},
        {"zh-Hans", "say “hello” to",
            "latin×3 space latin-opener latin×5 latin-closer space latin×2"},
        {"zh-Hans", "it’s", "latin×4"},
        {"zh-Hans", "他说it’s", "han×2 latin×4"},
        {"zh-Hans", "‘it’s’好", "opener latin×4 closer han"},
        {"zh-Hans", "”甲", "closer han"}, /* alone */
        {"zh-Hans", "a“b", "latin latin-opener latin"},
        {"en", "It is “fine”.",
            "latin×2 space latin×2 space latin-opener latin×4 "
            "latin-closer latin-mark"},
        {"en", "“fine”", "latin-opener latin×4 latin-closer"},
        {"en", "中“文”字", "han opener han closer han"},
        {"ja", "“あ”", "opener han closer"},
    };
    CHECK(rows);
}

static void dashes_and_ellipses(void **state)
{
    static const struct row rows[] = {
        {"zh-Hans", "甲——乙", "han dash han"},
        {"zh-Hans", "甲—乙", "han connector han"},
        {"zh-Hans", "甲———乙", "han dash connector han"},
        {"zh-Hans", "————", "dash×2"},
        {"zh-Hans", "A—B", "latin latin-mark latin"},
        {"en", "A—B", "latin latin-mark latin"},
        {"zh-Hans", "甲……", "han ellipsis"},
        {"zh-Hans", "甲…乙", "han ellipsis han"},
        {"zh-Hans", "…………", "ellipsis×2"},
        {"zh-Hans", "and so on…", "latin×3 space latin×2 space latin×2 latin-mark"},
        {"en", "ok…", "latin×2 latin-mark"},
        {"zh-Hans", "五～十", "han connector han"},
        {"zh-Hans", "京–沪", "han connector han"},
        {"zh-Hans", "2015–2020", "digit×4 hyphen digit×4"},
    };
    CHECK(rows);
}

static void dots_and_solidus(void **state)
{
    static const struct row rows[] = {
        {"zh-Hans", "娜·罗", "han interpunct han"},
        {"zh-Hans", "J·K", "latin latin-mark latin"},
        {"zh-Hans", "• 甲", "latin-mark space han"},
        {"zh-Hans", "米/小", "han solidus han"},
        {"zh-Hans", "a/b", "latin latin-mark latin"},
        {"zh-Hans", "km/小", "latin×2 solidus han"},
        {"zh-Hans", "3/4", "digit×3"},
    };
    CHECK(rows);
}

static void numbers(void **state)
{
    static const struct row rows[] = {
        {"zh-Hans", "11.6%", "digit×4 postfix"},
        {"zh-Hans", "1,149,360", "digit×9"},
        {"zh-Hans", "12:30", "digit×5"},
        {"zh-Hans", "2021-05-31", "digit×10"},
        {"zh-Hans", "CVE-2022-42827", "latin×3 hyphen digit×10"},
        {"zh-Hans", "COVID-19", "latin×5 hyphen digit×2"},
        {"zh-Hans", "5.", "digit latin-mark"},
        {"zh-Hans", "25℃", "digit×2 postfix"},
        {"zh-Hans", "２５％", "han×3"},
        {"zh-Hans", "5％", "digit postfix"},
        {"zh-Hans", "8°", "digit postfix"},
        {"zh-Hans", "±25", "prefix digit×2"},
        {"zh-Hans", "增−3.2", "han prefix digit×3"},
        {"zh-Hans", "增-3", "han prefix digit"},
        {"zh-Hans", "￥25", "prefix digit×2"},
        {"zh-Hans", "$5", "prefix digit"},
        {"zh-Hans", "互联网+", "han×3 latin-mark"},
        {"zh-Hans", "5+3", "digit latin-mark digit"},
        {"zh-Hans", "％的", "han×2"},
        {"zh-Hans", "a% b", "latin latin-mark space latin"},
    };
    CHECK(rows);
}

static void notes_and_signs(void **state)
{
    static const struct row rows[] = {
        {"zh-Hans", "测算①，", "han×2 note-mark comma"},
        {"zh-Hans", "。①一", "stop han×2"},
        {"zh-Hans", "①一", "han×2"},
        {"zh-Hans", "10m²", "digit×2 latin×2"},
        {"zh-Hans", "米²", "han note-mark"},
        {"zh-Hans", "长×宽", "han×3"},
        {"zh-Hans", "5×3", "digit latin-mark digit"},
        {"zh-Hans", "（甲）【乙】", "opener han closer opener han closer"},
        {"zh-Hans", "(a) [b]",
            "latin-opener latin latin-closer space latin-opener latin latin-closer"},
        {"zh-Hans", "好？！", "han exclamation×2"},
        {"zh-Hans", "甲、乙。丙；丁：", "han comma han stop han comma han comma"},
        {"ja", "あっちー々", "han small-kana han small-kana×2"},
        {"zh-Hans", "甲　乙\t丙\xC2\xA0丁",
            "han ideographic-space han tab han hard-space han"},
        {"zh-Hans", "甲\xE2\x80\x8B乙", "han invisible han"},
    };
    CHECK(rows);
}

static void addresses_keep_to_latin(void **state)
{
    struct text_fixture *f = *state;
    struct run runs[2] = {
        text_run("zh-Hans", "链接：“"), text_run("zh-Hans", "a/1/2…“甲”")};
    runs[1].nature = NATURE_CODE;
    assert_string_equal(classes_of(f, shape_all(f, runs, 2)),
        "han×2 comma opener latin latin-mark digit latin-mark digit latin-mark "
        "latin-opener han latin-closer");
}

static void superscript_runs_are_note_marks(void **state)
{
    struct text_fixture *f = *state;
    struct run runs[2] = {text_run("zh-Hans", "面积"), text_run("zh-Hans", "[1]")};
    runs[1].baseline_shift = SIZE / 3;
    const struct paragraph_text *p = shape_all(f, runs, 2);
    assert_string_equal(classes_of(f, p), "han×2 note-mark×3");
    assert_string_equal(breaks_of(f, p), "面|积[1]");
    runs[1].baseline_shift = 0;
    assert_string_equal(
        classes_of(f, shape_all(f, runs, 2)), "han×2 latin-opener digit latin-closer");
}

/* A paragraph of nothing but marks must not take quadratic time: this one would take
 * minutes. */
static void only_quotes(void **state)
{
    struct text_fixture *f = *state;
    struct str text = {0};
    for (int i = 0; i < 100000; i++) {
        str_append_string(&text, i % 3 == 0 ? "“" : i % 3 == 1 ? "…" : "”");
    }
    const struct paragraph_text *p = shape(f, "zh-Hans", text.data);
    assert_int_equal(p->cluster_count, 100000);
    str_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quotes, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(dashes_and_ellipses, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(dots_and_solidus, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(numbers, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(notes_and_signs, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(
            addresses_keep_to_latin, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(
            superscript_runs_are_note_marks, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(only_quotes, text_setup, text_teardown),
    };
    return cmocka_run_group_tests_name("text_class", tests, NULL, NULL);
}
