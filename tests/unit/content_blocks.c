/* Tests of content/blocks*.c and shape_*.c: sections, items, source lines, every
 * block kind. */
#include "content_test.h"

static void test_sections_and_items(void **state)
{
    check_tree(*state, "前\n\n# 甲\n\n段\n\n## ✓ 条\n\n文\n\n### 深\n\n# 乙\n\n## 条二\n",
        "\n  paragraph", "\n  section", "\n    heading", "level=1", "\n    paragraph",
        "\n    item", "level=2 highlighted", "text 7:6+3 \"条\"", "\n      paragraph",
        "level=3", "\n  section", "\n    item");
    check_tree(*state, "## 无节\n\n# 节\n", "\n  item", "\n  section");
    check_tree(
        *state, "# 节\n\n#### 跳级\n", "\n  section", "\n    heading 3:6+6 level=4");
    check_tree(*state, "> # 引中\n\n# 节\n", "quote", "level=3", "\n  section");
}

static void test_the_only_heading_is_the_title(void **state)
{
    struct fixture *f = *state;

    check_tree(f, "# 月报 第5期\n\n引\n\n## 节\n\n### 条\n", "\n  paragraph",
        "\n  section", "level=1", "\n    item", "level=2");
    assert_true(text_is(f->document->head.title.value, "月报 第5期"));
    check_lacks(f->dump.data, "月报");
    check_tree(f, "---\ntitle: 月报\n---\n# 地方\n\n## 条\n", "\n  section", "\"地方\"",
        "\n    item");
    check_tree(f, "---\ntitle: 月 报\n---\n# 月报\n\n## 节\n", "\n  section 6:4");
    check_tree(f, "# 只有题\n\n文\n", "\n  section");
    check_tree(f, "# 甲\n\n## 条\n\n# 乙\n", "\n  section", "\n  section");
}

static void test_source_lines(void **state)
{
    check_tree(*state, "链接：https://a.b/c\n", "source-line 1:1",
        "text 1:1+9 \"链接：\"", "link 1:4+13");
    check_tree(
        *state, "来源: 新华社", "source-line", "text 1:1+7 \"来源:\"", "text 1:5+9");
    check_tree(*state, "链接：\nhttps://a.b/c", "source-line", "\"链接：\"", "link 2:1");
    check_tree(*state, "链接：https://a.b\n来源：某\n5月1日，正文\n", "source-line 1:1",
        "source-line 2:1", "paragraph 3:1");
    check_tree(*state, "https://a.b/c", "source-line 1:1", "link");
    check_lacks(read_text(*state, "a@b.com"), "source-line");
    check_lacks(read_text(*state, "见 https://a.b/c"), "source-line");
    check_lacks(read_text(*state, "链接 https://a.b/c"), "source-line");
}

static void test_lists_quotes_code(void **state)
{
    check_tree(*state, "- 甲\n  1. 乙\n- 丙\n", "list 1:1+0 bullet tight", "list-item",
        "list 2:3+0 decimal", "start=1", "list-item 3:1");
    check_tree(*state, "3) 甲\n\n4) 乙\n", "decimal start=3 loose");
    check_tree(*state, "> 编者按：此处\n", "commentary", "\"编者按：此处\"");
    check_lacks(read_text(*state, "> 引用\n"), "commentary");
    check_tree(*state, "```c\n[a] &amp; *b*\n\n\tx\n```\n", "code-block", "info=\"c\"",
        "[a] &amp; *b*\\x0A\\x0A    x");
    check_tree(*state, "    缩进\n", "code-block", "\"缩进\"");
    check_tree(*state, "甲\n\n---\n\n乙\n", "rule 3:1+3");
    check_tree(*state, "甲\n\n<!-- pagebreak -->\n\n乙\n", "page-break 3:1");
}

static void test_tables(void **state)
{
    check_tree(*state, "表：统计\n| a | b |\n|:--|---|\n| 1 | 2 | 3 |\n| 4 |\n",
        "table 2:1", "l--", "caption 1:1", "text 1:3+6 \"统计\"",
        "table-row 2:1+9 header", "\"3\"", "table-row 5:1", "\"4\"", "table-cell 5:6+0");
    check_lacks(read_text(*state, "表：统计\n\n文\n"), "caption");
    check_tree(*state, "- | a |\n  |---|\n  | b |\n", "list-item", "table 1:3",
        "text 1:5+1", "text 3:5+1");
    check_tree(*state, "文\n| a |\n|---|\n| b |\n", "paragraph 1:1+3", "table 2:1");
}

static void test_figures(void **state)
{
    check_tree(*state, "![甲](a.png \"图题\")\n![乙](b.png)\n", "image", "caption",
        "\"图题\"", "image");
    check_lacks(read_text(*state, "文 ![甲](a.png \"题\")"), "caption");
}

static void test_footnotes(void **state)
{
    struct fixture *f = *state;

    check_tree(f,
        "甲[^b]乙[^注_a]丙[^b]\n\n[^注_a]: 说明\n    续\n\n    段二\n\n[^b]: 二\n",
        "footnote-mark 1:2+4 label=\"b\" number=1", "label=\"注_a\" number=2",
        "label=\"b\" number=1", "footnote 3:3+5 label=\"注_a\" number=2", "paragraph 3:9",
        "\"续\"", "paragraph 6:5", "footnote 8:3", "number=1");
    assert_int_equal(f->sink.list.length, 0);
    check_tree(f, "```\n[^1]: 代码\n```\n", "code-block", "\"[^1]: 代码\"");
}

static void test_references(void **state)
{
    struct fixture *f = *state;

    check_tree(f, "# 节 {#s1}\n\n见[第 {page} 页](#s1)\n", "heading 1:3", "#\"s1\"",
        "reference 3:2+21 url=\"#s1\"");
    check_tree(f, "[去](#llvm-%E8%BF%9B%E5%BA%A6)\n\n# LLVM 进度\n", "url=\"#llvm-进度\"",
        "#\"llvm-进度\"");
    assert_int_equal(f->sink.list.length, 0);
}

static void test_html_blocks_keep_their_words(void **state)
{
    check_tree(*state, "<div>\n甲\n</div>\n", "paragraph 1:1", "<div>", "甲", "</div>");
    check_lacks(read_text(*state, "<!-- 注\n\n释 -->\n\n文\n"), "释");
    check_tree(*state, "<!-- 没有结束\n\n文\n", "没有结束", "文");
}

static void test_directives(void **state)
{
    struct fixture *f = *state;

    (void)read_text(
        f, "<!-- paiban: off quote-pair -->\n\n文<!-- paiban: on quote-pair -->\n");
    assert_int_equal(f->document->directive_count, 2);
    assert_true(text_is(f->document->directives[0].rule, "quote-pair"));
    assert_false(f->document->directives[0].on);
    assert_true(f->document->directives[1].on);
}

static void test_deep_lists_keep_their_words(void **state)
{
    struct fixture *f = *state;
    struct str text;

    str_init(&text);
    for (int i = 0; i < 50; i++)
        str_printf(&text, "%*s- n%d.\n", i * 2, "", i);
    str_append_string(&text, "- end\n");
    const char *dump = read_text(f, text.data);
    for (int i = 0; i < 50; i++) {
        char word[16];
        (void)snprintf(word, sizeof word, "n%d.", i);
        check_holds(dump, word);
    }
    assert_int_equal(count_of(f, DIAG_NESTING), 1);
    check_parts(dump, (const char *const[]){"n31.", "n32.", "n49.", "end", NULL});
    str_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sections_and_items),
        TEST(test_the_only_heading_is_the_title),
        TEST(test_source_lines),
        TEST(test_lists_quotes_code),
        TEST(test_tables),
        TEST(test_figures),
        TEST(test_footnotes),
        TEST(test_references),
        TEST(test_html_blocks_keep_their_words),
        TEST(test_directives),
        TEST(test_deep_lists_keep_their_words),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
