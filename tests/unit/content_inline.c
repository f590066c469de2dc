/* Tests of content/inline*.c: emphasis beside Han, addresses, brackets, tags, exact
 * places. */
#include "content_test.h"

static void test_strong_closes_beside_full_width_marks(void **state)
{
    check_tree(*state, "**报告。**2022年", "strong 1:1+13", "text 1:3+9 \"报告。\"",
        "\"2022年\"");
    check_tree(*state, "做**《书》**。", "strong 1:2", "\"《书》\"");
    check_tree(*state, "**“引”**后", "strong 1:1");
    check_tree(*state, "**报告(1)**后", "strong 1:1");
    check_tree(
        *state, "****1、********G漏洞****", "strong", "\"1、\"", "strong", "\"G漏洞\"");
    check_tree(*state, "***粗斜***", "emphasis 1:1", "strong 1:2", "\"粗斜\"");
}

static void test_what_is_no_emphasis(void **state)
{
    check_lacks(read_text(*state, "snake_case_name"), "emphasis");
    check_lacks(read_text(*state, "2 * 3 * 4"), "emphasis");
    check_lacks(read_text(*state, "** 空 **"), "strong");
    check_lacks(read_text(*state, "\\*甲\\*"), "emphasis");
    check_lacks(read_text(*state, "5~10元，20~30元"), "strike");
    check_tree(*state, "~~删~~", "strike 1:1");
}

static void test_bare_addresses_stop(void **state)
{
    check_tree(*state, "见https://a.b/c?d=e。后", "\"见\"",
        "link 1:2+17 url=\"https://a.b/c?d=e\" bare", "\"。后\"");
    check_tree(*state, "（http://x.y/z、http://x.y/w）", "url=\"http://x.y/z\"", "\"、\"",
        "url=\"http://x.y/w\"");
    check_tree(*state, "a https://a.b/汉", "url=\"https://a.b/\"", "\"汉\"");
    check_tree(*state, "(https://a.b/c(d)).", "url=\"https://a.b/c(d)\"", "\").\"");
    check_tree(*state, "邮箱a@b.com，好", "url=\"mailto:a@b.com\" bare", "\"a@b.com\"",
        "\"，好\"");
    check_tree(*state, "x www.a.com.", "url=\"http://www.a.com\"", "\".\"");
    check_tree(*state, "x https://a.b/art\\_1.html", "url=\"https://a.b/art_1.html\"");
    check_tree(*state, "**https://a.b/**后", "strong", "url=\"https://a.b/\"", "\"后\"");
    check_tree(*state, "<https://a.b/汉>。", "link 1:1", "url=\"https://a.b/汉\" bare");
}

static void test_wide_addresses(void **state)
{
    check_tree(*state, "链接：https://例子.测试/路径?问=(答", "source",
        "url=\"https://例子.测试/路径?问=(答\" bare");
    check_tree(*state, "来源: https://a.b/维基，二", "url=\"https://a.b/维基\"", "\"，二\"");
    check_tree(*state, "链接：https://a.b/x.html上海", "url=\"https://a.b/x.html\"", "\"上海\"");
    check_lacks(read_text(*state, "见https://例子.测试/"), "link");
}

static void test_what_is_no_address(void **state)
{
    check_lacks(read_text(*state, "whyers[.]io http:// xhttp://a a@b 3@"), "link");
    check_lacks(read_text(*state, "`https://a.b`"), "link");
}

static void test_links_and_references(void **state)
{
    check_tree(*state, "[文](a.html \"题\")", "link 1:1", "url=\"a.html\" title=\"题\"",
        "text 1:2+3");
    check_tree(*state, "[文][r]和[r]\n\n[r]: /u (t)", "url=\"/u\" title=\"t\"", "\"和\"",
        "url=\"/u\"");
    check_tree(*state, "[https://a.b](https://c.d)", "link 1:1+26 url=\"https://c.d\"\n");
    check_lacks(read_text(*state, "[https://a.b](https://c.d)"), "bare");
    check_lacks(read_text(*state, "\\[甲](b) [乙]"), "link");
    check_tree(
        *state, "![甲](a.png){width=60% #f}", "image 1:1", "#\"f\"", "width=\"60%\"");
    check_tree(*state, "[x]{page} {待填}", "text 1:1+18 \"[x]{page} {待填}\"");
}

static void test_spans_and_tags(void **state)
{
    check_tree(*state, "[重]{.dots}[王伟]{even=4}[O]{lang=en}", "span", ".\"dots\"",
        "even=4", "lang=\"en\"");
    check_tree(*state, "<ruby>汉<rt>hàn</rt>字<rp>(</rp><rt>zì<rp>)</rp></ruby>",
        "ruby 1:1", "\"汉\"", "ruby-text", "\"hàn\"", "\"字\"", "ruby-text", "\"zì\"");
    check_tree(*state, "H<sub>2</sub>O x<SUP>2</SUP> <u>下</u><br/>行", "subscript",
        "superscript", "underline", "line-break");
    check_lacks(read_text(*state, "甲<!-- 注 -->乙"), "注");
    check_tree(*state, "<b>粗</b>", "\"<b>粗</b>\"");
}

static void test_line_ends(void **state)
{
    check_tree(*state, "汉字\n汉字", "\"汉字\"", "\"汉字\"");
    check_lacks(read_text(*state, "汉字\n汉字"), "break");
    check_lacks(read_text(*state, "汉字\nLatin"), "break");
    check_lacks(read_text(*state, "**汉**\n字"), "break");
    check_lacks(read_text(*state, "完。”\n“又"), "break");
    check_tree(*state, "one\ntwo", "\"one\"", "soft-break 1:4", "\"two\"");
    check_tree(*state, "one  \ntwo\\\nthree", "line-break", "line-break");
    check_tree(*state, "---\nlang: en\n---\nsay”\n“word", "soft-break");
}

static void test_places(void **state)
{
    check_tree(*state, "甲 &amp; 乙\\*丙", "text 1:1+4 \"甲 \"", "text 1:3+5 \"&\"",
        "text 1:8+4", "text 1:10+2 \"*\"", "text 1:12+3");
    check_tree(*state, "> 引\n> > 深 *强*\n惰", "text 1:3+3", "text 2:5+4",
        "emphasis 2:7+5", "text 3:1+3");
    check_tree(*state, "1. 甲\n   乙\n\n   > 丙 `c`", "text 1:4+3", "text 2:4+3",
        "text 4:6+4", "code 4:9+1");
    check_tree(*state, "> | a | 乙 \\| 丙 |\n> |--:|:-:|\n> | `x` | y", "table 1:3+42 rc",
        "table-cell 1:5+1", "text 1:9+4 \"乙 \"", "text 1:12+5 \"| 丙\"", "code 3:6+1",
        "text 3:11+1");
    check_tree(*state, "\xEF\xBB\xBF# 节\r\n\r\n甲\r\nb\r\n", "heading 1:3+3",
        "text 3:1+3", "text 4:1+1");
    check_tree(*state, "甲\x08乙", "text 1:1+3 \"甲\"", "text 1:3+3 \"乙\"");
    check_tree(*state, "甲\t乙", "text 1:1+7 \"甲 乙\"");
    check_tree(*state, "``a ` b`` `a\nb`", "code 1:3+5 \"a ` b\"", "code 1:12+3 \"a b\"");
    check_tree(*state, "> `a\n> b`", "code 1:3+7 \"a b\"");
}

static void test_nesting_is_limited(void **state)
{
    struct fixture *f = *state;
    struct str text;

    str_init(&text);
    for (int i = 0; i < 100; i++)
        str_append_string(&text, "[");
    str_append_string(&text, "深");
    for (int i = 0; i < 100; i++)
        str_append_string(&text, "]{.dots}");
    check_holds(read_text(f, text.data), "\"深\"");
    assert_int_equal(count_of(f, DIAG_INLINE_NESTING), 1);
    str_done(&text);
    check_silent(f, "[[浅]{.dots}]{.name}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_strong_closes_beside_full_width_marks),
        TEST(test_what_is_no_emphasis),
        TEST(test_bare_addresses_stop),
        TEST(test_wide_addresses),
        TEST(test_what_is_no_address),
        TEST(test_links_and_references),
        TEST(test_spans_and_tags),
        TEST(test_line_ends),
        TEST(test_places),
        TEST(test_nesting_is_limited),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
