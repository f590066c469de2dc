/* Tests of base/diag.h: the printed form, escaping, near names, the table itself. */
#include "unit_test.h"

#include <string.h>

#include "base/diag.h"
#include "base/files.h"
#include "base/utf8.h"

struct fixture {
    struct files files;
    struct diagnostics sink;
    struct str out;
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    files_init(&f->files);
    diagnostics_init(&f->sink);
    str_init(&f->out);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    files_done(&f->files);
    diagnostics_done(&f->sink);
    str_done(&f->out);
    memory_free(f);
    return 0;
}

/* Print a duplicate-key error ("k") at the first `found` in text; compare. */
static void check_print(struct fixture *f, const char *text, const char *found,
    const char *hint, const char *expected)
{
    uint32_t file = (uint32_t)files_add_text(&f->files, "目录/a.md", text_of(text));
    struct span span = {
        file, (uint32_t)text_find(text_of(text), found), (uint32_t)strlen(found)};

    str_clear(&f->out);
    diagnostics_clear(&f->sink);
    diag_add(&f->sink, DIAG_YAML_DUPLICATE, span, hint, "k");
    diag_print(&f->sink.list.data[0], &f->files, false, &f->out);
    assert_string_equal(f->out.data, expected);
}

#define MESSAGE "error: key ‘k’ is given twice; the first one counts [yaml-duplicate]\n"

static void the_caret_stands_by_display_width(void **state)
{
    check_print(*state, "一行\n汉字abc汉\r\n", "abc", NULL,
        "目录/a.md:2:3: " MESSAGE "汉字abc汉\n    ^~~\n");
    check_print(*state, "汉字abc", "字", "试试",
        "目录/a.md:1:2: " MESSAGE "汉字abc\n  ^~\nhint: 试试\n");
    check_print(
        *state, "e\u0301x", "x", NULL, "目录/a.md:1:3: " MESSAGE "e\u0301x\n ^\n");
    check_print(*state, "\tx\ty", "y", NULL, "目录/a.md:1:4: " MESSAGE " x y\n   ^\n");
    /* A byte-order mark is no column. */
    check_print(*state, "\xEF\xBB\xBFx", "x", NULL, "目录/a.md:1:1: " MESSAGE "x\n^\n");
}

static void the_caret_may_stand_behind_the_line(void **state)
{
    check_print(*state, "汉\n\n", "", NULL, "目录/a.md:1:1: " MESSAGE "汉\n^\n");
    check_print(*state, "汉", "没有", NULL, "目录/a.md:1:2: " MESSAGE "汉\n  ^\n");
    /* A span over two lines is marked in its first. */
    check_print(*state, "ab\ncd\n", "b\nc", NULL, "目录/a.md:1:2: " MESSAGE "ab\n ^\n");
    /* An empty line is not shown. */
    check_print(*state, "", "x", NULL, "目录/a.md:1:1: " MESSAGE);
}

static void a_long_line_is_shown_around_the_caret(void **state)
{
    struct fixture *f = *state;
    struct text caret_line, source_line;
    struct str s;

    str_init(&s);
    for (int i = 0; i < 500; i++)
        str_append_string(&s, i == 300 ? "X" : "汉");
    diag_add(&f->sink, DIAG_YAML_DUPLICATE,
        (struct span){(uint32_t)files_add_text(&f->files, "a", str_text(&s)), 900, 1},
        NULL, "k");
    diag_print(&f->sink.list.data[0], &f->files, false, &f->out);
    source_line =
        text_slice(str_text(&f->out), text_find(str_text(&f->out), "\n") + 1, SIZE_MAX);
    caret_line = text_slice(source_line, text_find(source_line, "\n") + 1, SIZE_MAX);
    assert_true(text_starts(source_line, "…汉"));
    assert_true(utf8_count(source_line) < 120);
    /* "…" and 20 Han before the caret: 41 columns. */
    assert_int_equal(text_find(caret_line, "^"), 41);
    assert_int_equal(text_find(source_line, "X"), 3 + 20 * 3);
    str_done(&s);
}

static void control_characters_are_escaped(void **state)
{
    struct fixture *f = *state;

    check_print(f, "a\x1b[31mb", "b", "\x07",
        "目录/a.md:1:7: " MESSAGE "a\\x1B[31mb\n         ^\nhint: \\x07\n");
    str_clear(&f->out);
    str_append_escaped(&f->out, TEXT("汉\n\x7F\xC2\x85\u202E\uFEFF\xFF字"));
    assert_string_equal(f->out.data, "汉\\x0A\\x7FU+0085U+202EU+FEFF\\xFF字");
    str_clear(&f->out);
    diagnostics_clear(&f->sink);
    diag_add(&f->sink, DIAG_NO_SUCH_FILE, SPAN_NONE, NULL, "\x1b]0;x");
    diag_print(&f->sink.list.data[0], &f->files, false, &f->out);
    assert_string_equal(
        f->out.data, "paiban: fatal: no such file: ‘\\x1B]0;x’ [no-such-file]\n");
}

static void colour_is_only_on_demand(void **state)
{
    struct fixture *f = *state;

    diag_add(&f->sink, DIAG_NO_SUCH_FILE, SPAN_NONE, "x", "y");
    diag_print(&f->sink.list.data[0], NULL, false, &f->out);
    assert_null(strchr(f->out.data, '\x1b'));
    diag_print(&f->sink.list.data[0], NULL, true, &f->out);
    assert_non_null(strchr(f->out.data, '\x1b'));
}

static void levels_are_counted(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(diag_worst(&f->sink), LEVEL_NOTE);
    assert_false(diag_is_fatal(&f->sink));
    diag_add(&f->sink, DIAG_YAML_DUPLICATE, SPAN_NONE, NULL, "k");
    assert_int_equal(diag_worst(&f->sink), LEVEL_ERROR);
    /* Findings without end are counted, not kept; a fatal one is always kept. */
    for (int i = 0; i < 50000; i++)
        diag_add(&f->sink, DIAG_YAML_DUPLICATE, SPAN_NONE, NULL, "k");
    diag_add(&f->sink, DIAG_NUL_BYTE, SPAN_NONE, NULL, (size_t)3);
    assert_int_equal(f->sink.count[LEVEL_ERROR], 50001);
    assert_true(f->sink.list.length < 50000);
    assert_int_equal(vec_last(&f->sink.list)->id, DIAG_NUL_BYTE);
    assert_true(diag_is_fatal(&f->sink));
    diagnostics_clear(&f->sink);
    assert_false(diag_is_fatal(&f->sink));
}

static void near_names_are_found(void **state)
{
    static const char *const names[] = {"title", "subtitle", "date", "period", "页码"};

    (void)state;
    assert_string_equal(nearest_name(TEXT("titel"), names, 5), "title");
    assert_string_equal(nearest_name(TEXT("ttle"), names, 5), "title");
    assert_string_equal(nearest_name(TEXT("subtitl"), names, 5), "subtitle");
    assert_string_equal(nearest_name(TEXT("dat"), names, 5), "date");
    assert_string_equal(nearest_name(TEXT("页码数"), names, 5), "页码");
    assert_string_equal(nearest_name(TEXT("preiod"), names, 5), "period");
    assert_null(nearest_name(TEXT("tilt"), names, 5));
    assert_null(nearest_name(TEXT("xy"), names, 5));
    assert_null(nearest_name(TEXT(""), names, 5));
    assert_null(nearest_name(TEXT("title"), names, 0));
    assert_null(nearest_name(
        TEXT("title title title title title title title title title"), names, 5));
}

/* A cached paragraph's findings are told again; the copy outlives what it was made from. */
static void a_finding_is_repeated(void **state)
{
    struct fixture *f = *state;
    struct diagnostics other;

    diagnostics_init(&other);
    diag_add(&other, DIAG_YAML_DUPLICATE, SPAN_NONE, "hint", "k");
    diag_repeat(&f->sink, &other.list.data[0]);
    diagnostics_done(&other);
    assert_int_equal(f->sink.count[LEVEL_ERROR], 1);
    assert_non_null(strstr(f->sink.list.data[0].message, "‘k’"));
    assert_string_equal(f->sink.list.data[0].hint, "hint");
}

/* Names and messages keep the form that STYLE 12 asks for, and no name stands twice. */
static void the_table_is_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < DIAG_COUNT; i++) {
        const struct diag_info *info = diag_info((enum diag_id)i);
        struct text format = text_of(info->format);

        assert_true(format.length > 0 && !text_ends(format, "."));
        assert_null(strchr(info->format, '\''));
        for (const char *c = info->name; *c != '\0'; c++)
            assert_true(
                (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-');
        for (int j = 0; j < i; j++)
            assert_string_not_equal(info->name, diag_info((enum diag_id)j)->name);
    }
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_caret_stands_by_display_width),
        CASE(the_caret_may_stand_behind_the_line),
        CASE(a_long_line_is_shown_around_the_caret),
        CASE(control_characters_are_escaped),
        CASE(colour_is_only_on_demand),
        CASE(levels_are_counted),
        CASE(a_finding_is_repeated),
        CASE(near_names_are_found),
        CASE(the_table_is_in_order),
    };

    return cmocka_run_group_tests_name("base_diag", tests, NULL, NULL);
}
