/* flow_number: ways of counting and numbering templates. */
#include "unit_test.h"

#include "flow/number.h"

static void check_han(uint32_t number, const char *expected)
{
    struct str out = {0};

    number_han(number, &out);
    assert_string_equal(out.data, expected);
    str_done(&out);
}

static void test_han(void **state)
{
    (void)state;
    check_han(1, "一");
    check_han(10, "十");
    check_han(12, "十二");
    check_han(20, "二十");
    check_han(21, "二十一");
    check_han(105, "一百零五");
    check_han(110, "一百一十");
    check_han(1001, "一千零一");
    check_han(1010, "一千零一十");
    check_han(0, "0");
    check_han(10000, "10000");
}

static void check_pattern(
    const char *patterns, uint32_t depth, uint32_t number, const char *expected)
{
    struct str out = {0};

    number_pattern(text_of(patterns), depth, number, &out);
    assert_string_equal(out.data, expected);
    str_done(&out);
}

static void test_pattern(void **state)
{
    static const char all[] = "一、|（一）|1.|（1）|①";

    (void)state;
    check_pattern(all, 1, 3, "三、");
    check_pattern(all, 2, 11, "（十一）");
    check_pattern(all, 3, 4, "4.");
    check_pattern(all, 4, 4, "（4）");
    check_pattern(all, 5, 20, "⑳");
    check_pattern(all, 9, 21, "㉑"); /* deeper: the last one */
    check_pattern("①", 1, 50, "㊿");
    check_pattern("①", 1, 51, "(51)");
    check_pattern("a)", 1, 27, "aa)");
    check_pattern("A.", 1, 2, "B.");
    check_pattern("i.", 1, 1994, "mcmxciv.");
    check_pattern("i.", 1, 4000, "4000.");
    check_pattern("•", 3, 7, "•");
    check_pattern("", 1, 7, "");
}

static void test_expand(void **state)
{
    struct counters counters = {.section = 2, .item = 10, .heading = {3}, .number = 7};
    struct str out = {0};

    (void)state;
    number_expand(
        &counters, TEXT("{section}.{item}/{heading3}/{heading4} 表{number}"), &out);
    assert_string_equal(out.data, "2.10/3/0 表7");
    str_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_han),
        cmocka_unit_test(test_pattern),
        cmocka_unit_test(test_expand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
