/* Tests of the findings of content/, each with a text that is right and tells nothing;
 * and of inputs made to exhaust a parser. */
#include "content_test.h"

static void test_files_without_text(void **state)
{
    struct fixture *f = *state;

    check_told(f, "", DIAG_EMPTY_FILE, 1, 1);
    assert_null(f->document);
    check_told(f, "\xEF\xBB\xBF \n\t\n", DIAG_EMPTY_FILE, 1, 1);
    check_told(f, "---\ntitle: a\n---\n", DIAG_NO_BODY, 4, 1);
    assert_non_null(f->document);
    check_silent(f, "---\ntitle: a\n---\n文\n");
}

static void test_heads(void **state)
{
    struct fixture *f = *state;

    check_told(f, "---\ntitle: a\n\n文\n", DIAG_HEAD_UNCLOSED, 1, 1);
    check_holds(f->dump.data, "title: a");
    check_told(f, "Title: 甲\nDate: 乙\n\n文\n", DIAG_HEAD_OUTSIDE, 1, 1);
    check_silent(f, "---\n\n文\n");
    check_silent(f, "---\ntitle: a\n...\n文\n");
}

static void test_control_characters(void **state)
{
    struct fixture *f = *state;
    char many[64] = "汉";

    check_told(f, "甲\n乙\x08丙", DIAG_CONTROL_CHARACTER, 2, 2);
    memset(many + 3, 2, 30);
    (void)read_text(f, many);
    assert_int_equal(count_of(f, DIAG_CONTROL_CHARACTER), 20);
    assert_int_equal(count_of(f, DIAG_CONTROL_CHARACTERS), 1);
    check_silent(f, "甲\t乙\r\n\xE2\x80\x8B丙\n");
}

static void test_highlight_marks(void **state)
{
    check_told(*state, "# ✓ 节\n\n文\n", DIAG_HIGHLIGHT_MARK, 1, 3);
    check_told(*state, "# 节\n\n### ✔ 深\n", DIAG_HIGHLIGHT_MARK, 3, 5);
    check_silent(*state, "---\ntitle: 题\n---\n# 节\n\n## ✓ 条\n\n## ✔条\n\n- ✓ 甲\n");
}

static void test_html(void **state)
{
    struct fixture *f = *state;

    check_told(f, "甲<b>乙</b><B>丙</B>", DIAG_RAW_HTML, 1, 2);
    assert_int_equal(count_of(f, DIAG_RAW_HTML), 1);
    check_told(f, "甲<u>乙", DIAG_TAG_UNPAIRED, 1, 2);
    check_told(f, "甲\n\n<!-- 乙\n", DIAG_COMMENT_UNCLOSED, 3, 1);
    check_told(f, "甲<!-- paiban: of x -->", DIAG_DIRECTIVE, 1, 2);
    check_silent(f, "<u>甲</u><br>a < b > c <!-- 注 -->\n\n<!-- paiban: off x -->\n");
}

static void test_attributes(void **state)
{
    check_told(*state, "[甲]{.dot}", DIAG_ATTRIBUTE, 1, 5);
    check_told(*state, "[甲]{wide=2}", DIAG_ATTRIBUTE, 1, 5);
    check_told(*state, "[甲]{even=0}", DIAG_ATTRIBUTE_VALUE, 1, 5);
    check_told(*state, "[甲]{lang=zh-Hanz}", DIAG_UNKNOWN_LANGUAGE, 1, 5);
    assert_int_equal(((struct fixture *)*state)->sink.list.length, 1);
    check_told(*state, "# 甲 {#a}\n\n# 乙 {#a}\n", DIAG_DUPLICATE_ID, 3, 5);
    check_silent(*state, "# 甲 {#a}\n\n[乙]{.dots even=3 lang=ja} {x} {{y}}\n");
}

static void test_targets(void **state)
{
    check_told(*state, "[甲](#b)", DIAG_UNKNOWN_ID, 1, 1);
    check_told(*state, "甲[乙]()", DIAG_EMPTY_TARGET, 1, 2);
    check_told(*state, "![]()", DIAG_EMPTY_TARGET, 1, 1);
    check_silent(*state, "[甲](#b) [乙]{#b} [c](#)\n");
}

static void test_footnotes(void **state)
{
    struct fixture *f = *state;

    check_told(f, "甲[^1]", DIAG_FOOTNOTE_NO_TEXT, 1, 2);
    check_holds(f->dump.data, "甲[^1]");
    check_told(f, "甲\n\n[^1]: 乙\n", DIAG_FOOTNOTE_NO_MARK, 3, 3);
    check_holds(f->dump.data, "乙");
    check_told(f, "甲[^1]\n\n[^1]: 乙\n[^1]: 丙\n", DIAG_FOOTNOTE_TWICE, 4, 3);
    check_holds(f->dump.data, "丙");
    check_silent(f, "甲[^1]\n\n[^1]: 乙\n");
}

static void repeat(struct str *text, const char *part, int count)
{
    for (int i = 0; i < count; i++)
        str_append_string(text, part);
}

static void test_large_tables_are_text(void **state)
{
    struct fixture *f = *state;
    struct str text;

    str_init(&text);
    repeat(&text, "|a", 1001);
    str_append_char(&text, '\n');
    repeat(&text, "|-", 1001);
    str_append_string(&text, "\n|b\n");
    check_lacks(read_text(f, text.data), "table");
    assert_int_equal(count_of(f, DIAG_TABLE_SIZE), 1);
    str_done(&text);
    check_silent(f, "|a|b|\n|-|-|\n|c|d|\n");
}

/* Each is quadratic or recursive in some Markdown parser; 50,000 times must take no
 * time. */
static void test_hostile_inputs(void **state)
{
    struct fixture *f = *state;
    static const char *const parts[] = {"[", "]", "![", "[a](", "[](", "*", "*a ", "*a_",
        "a**b", "_", "~~a", "`a``", "<", "<!--", "a <!--", "a <?", "<u>", "<ruby>",
        "<rt>", "</u>", "&", "&amp;", "\\", "> ", "- ", "1. ", "\t", "\n", "# ", "#",
        "http://a", "a@", "a.", "www.", "[a]{", "[^a]:", "[a]:\n", "|", "|-|\n", "{",
        "表：", "✓", "链接：\n", "```\n", "<div>\n", "---\n"};
    struct str text;

    str_init(&text);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        str_clear(&text);
        str_append_string(&text, "甲");
        repeat(&text, parts[i], 50000);
        for (size_t skip = 0; skip <= strlen("甲"); skip += strlen("甲")) {
            struct str words;
            struct text from = text_slice(str_text(&text), skip, text.length);
            read_only(*state, "t.md", from);
            if (f->document == NULL) /* only white space */
                continue;
            str_init(&words);
            node_plain_text(f->document->root, &words);
            assert_int_equal(text_starts(str_text(&words), "甲"), skip == 0);
            str_done(&words);
        }
    }
    str_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_files_without_text),
        TEST(test_heads),
        TEST(test_control_characters),
        TEST(test_highlight_marks),
        TEST(test_html),
        TEST(test_attributes),
        TEST(test_targets),
        TEST(test_footnotes),
        TEST(test_large_tables_are_text),
        TEST(test_hostile_inputs),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
