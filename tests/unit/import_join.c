/* import_join: which spaces of printed lines stay. */
#include "unit_test.h"

#include <string.h>

#include "import/join.h"

/* Join up to three lines; typed: each showed a space at its end. */
static void assert_joined(const char *a, const char *b, bool typed, bool brackets,
    const char *wanted)
{
    struct import_line first = {.text = text_of(a)}, second = {.text = text_of(b)};
    struct joiner joiner;

    joiner_init(&joiner, brackets);
    joiner_add(&joiner, &first, 0);
    joiner_end_line(&joiner, typed);
    joiner_add(&joiner, &second, 0);
    assert_string_equal(joiner.out.data, wanted);
    joiner_done(&joiner);
}

static void gaps_are_dropped(void **state)
{
    (void)state;
    assert_joined("5 月 31 日，用 5G", "和", false, false, "5月31日，用5G和");
    assert_joined("健康卡 实现", "一码", false, false, "健康卡 实现一码");
    assert_joined("局 (SDAIA) 在", "甲", false, false, "局 (SDAIA) 在甲");
    assert_joined("，“ 甲 ”。", " 》乙", false, false, "，“甲”。》乙");
    assert_joined("AI Imaging Ltd.宣布", "x", false, false, "AI Imaging Ltd.宣布x");
    assert_joined("制药 签 署 共 同 研", "发", false, false, "制药签署共同研发");
}

static void line_ends_are_joined(void **state)
{
    (void)state;
    assert_joined("Imaging Analysis", "Ltd.宣布", false, false, "Imaging Analysis Ltd.宣布");
    assert_joined("Imaging Analysis", "Ltd.宣布", true, false, "Imaging Analysis Ltd.宣布");
    assert_joined("健康卡", "实现", false, false, "健康卡实现");
    assert_joined("健康卡", "实现", true, false, "健康卡 实现");
    assert_joined("COVID-", "19 疫情", false, false, "COVID-19疫情");
    assert_joined("见https://a.org/b", "c/d", false, false, "见https://a.org/bc/d");
    assert_joined("医疗", "+医保", false, false, "医疗+医保");
    assert_joined("王国", "(KSA) 健", false, true, "王国 (KSA) 健");
    assert_joined("王国", "(KSA)", false, false, "王国(KSA)");
    assert_joined("的", "5 月", true, false, "的5月");
}

static void links_move_along(void **state)
{
    struct import_link a = {4, 11, TEXT("u"), false}, b = {0, 3, TEXT("u"), false};
    struct import_line first = {.text = TEXT("5 月甲 乙"), .links = &a, .link_count = 1};
    struct import_line second = {.text = TEXT("丙丁"), .links = &b, .link_count = 1};
    struct joiner joiner;

    (void)state;
    a.start = 5;
    a.end = (uint32_t)first.text.length;
    joiner_init(&joiner, false);
    joiner_add(&joiner, &first, 0);
    joiner_end_line(&joiner, false);
    joiner_add(&joiner, &second, 0);
    assert_string_equal(joiner.out.data, "5月甲 乙丙丁");
    assert_int_equal(joiner.links.length, 1);
    assert_int_equal(joiner.links.data[0].start, strlen("5月"));
    assert_int_equal(joiner.links.data[0].end, strlen("5月甲 乙丙"));
    joiner_done(&joiner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_dropped),
        cmocka_unit_test(line_ends_are_joined),
        cmocka_unit_test(links_move_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
