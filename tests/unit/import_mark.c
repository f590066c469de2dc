/* import_mark: what stands at a line's start, and what only looks like it. */
#include "unit_test.h"

#include <string.h>

#include "import/mark.h"
#include "import/measure.h"

static void assert_mark(const char *line, enum mark_kind kind, const char *rest)
{
    struct text t = text_of(line);
    struct mark mark = mark_read(t);

    assert_int_equal(mark.kind, kind);
    assert_string_equal(line + mark.length, rest);
}

static void marks_are_read(void **state)
{
    (void)state;
    assert_mark("2.1 上海：试点", MARK_DOTTED, "上海：试点");
    assert_mark("2.10上海", MARK_DOTTED, "上海");
    assert_mark("2.1.3 其他", MARK_DOTTED_THREE, "其他");
    assert_mark("2 【地方动态】", MARK_BRACKET, "【地方动态】");
    assert_mark("【地方动态】", MARK_BRACKET, "【地方动态】");
    assert_mark("一、国内", MARK_HAN, "国内");
    assert_mark("二十三、国内", MARK_HAN, "国内");
    assert_mark("（十二）国内", MARK_HAN_PAREN, "国内");
    assert_mark("第三部分 国内", MARK_CHAPTER, "国内");
    assert_mark("1、国内", MARK_COMMA, "国内");
    assert_mark("1. 国内", MARK_DOT, "国内");
    assert_mark("（1）国内", MARK_PAREN, "国内");
    assert_mark("01 | 国内", MARK_PADDED, "国内");
    assert_mark("01", MARK_PADDED, "");
    assert_mark("③国内", MARK_CIRCLED, "国内");
    assert_mark("■ 国内", MARK_SQUARE, "国内");
    assert_mark("●国内", MARK_DISC, "国内");
    assert_mark("★国内", MARK_STAR, "国内");
    assert_mark("✓ 国内", MARK_CHECK, "国内");
    assert_int_equal(mark_read(TEXT("二十三、国内")).first, 23);
    assert_int_equal(mark_read(TEXT("2.10上海")).second, 10);
}

static void text_has_no_mark(void **state)
{
    static const char *const lines[] = {"5 月 31 日，", "5月31日，", "24 小时", "90%", "2021年",
        "2.5%的", "一是加强", "【快讯】甲市", "（一般）", "1,234", "12345 个", "国内", "-5℃", ""};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_mark(lines[i], MARK_NONE, lines[i]);
}

static void names_are_known(void **state)
{
    (void)state;
    assert_true(mark_is_highlights(TEXT("1 【本期要目】")));
    assert_true(mark_is_highlights(TEXT("≡ 本期要目 ≡")));
    assert_true(mark_is_highlights(TEXT("目 录")));
    assert_false(mark_is_highlights(TEXT("本期要目如下，请看")));
    assert_true(mark_is_contacts(TEXT("联系我们：")));
    assert_false(mark_is_contacts(TEXT("联系我们的人很多")));
    assert_int_equal(mark_source_label(TEXT("原文来源：甲")), strlen("原文来源："));
    assert_int_equal(mark_source_label(TEXT("来源甲")), 0);
    assert_string_equal(mark_source_name(TEXT("原文来源：")).data, "来源：");
    assert_int_equal(mark_source_name(TEXT("来源：")).length, 0);
}

static void widths_and_sentences(void **state)
{
    (void)state;
    assert_int_equal(measure_width(TEXT("月报")), 2000);
    assert_int_equal(measure_width(TEXT("5 月")), 1750);
    assert_int_equal(measure_width(TEXT("5月")), measure_width(TEXT("5 月")));
    assert_true(measure_ends_sentence(TEXT("好。”")));
    assert_true(measure_ends_sentence(TEXT("除外）。")));
    assert_false(measure_ends_sentence(TEXT("好，")));
    assert_false(measure_ends_sentence(TEXT("（好）")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_read),
        cmocka_unit_test(text_has_no_mark),
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(widths_and_sentences),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
