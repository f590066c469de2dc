/* Tests of base/unit.h: conversion, written lengths, refusals. */
#include "unit_test.h"

#include "base/unit.h"

static const struct length_context context = {
    .em = 10 * UNIT_PT, .line_pitch = 25 * UNIT_PT, .character_pitch = 12 * UNIT_PT};

static void check_length(const char *written, unit expected)
{
    struct length length;

    if (!length_parse(text_of(written), false, &length))
        fail_msg("‘%s’ is refused", written);
    assert_int_equal(length_resolve(length, &context), expected);
}

static void lengths_are_read(void **state)
{
    (void)state;
    check_length("12pt", 12 * 1024);
    check_length("12 pt", 12 * 1024);
    check_length(" -1.5pt ", -1536);
    check_length("1in", 72 * 1024);
    check_length("25.4mm", 72 * 1024);
    check_length("2.54cm", 72 * 1024);
    check_length("210mm", 609562); /* 595.2756 pt */
    check_length("2em", 20 * 1024);
    check_length("1.5 lines", 38400);
    check_length("1 line", 25 * 1024);
    check_length("28chars", 28 * 12 * 1024);
    check_length("0", 0);
    check_length("小四", 12 * 1024);
    check_length("三号", 16128);
}

static void type_sizes_as_word_has_them(void **state)
{
    struct length length;

    (void)state;
    assert_true(length_parse(TEXT("三号"), true, &length));
    assert_int_equal(length_resolve(length, &context), 16 * 1024);
    assert_true(length_parse(TEXT("二号"), true, &length));
    assert_int_equal(length_resolve(length, &context), 22 * 1024);
    assert_true(length_parse(TEXT("二号"), false, &length));
    assert_int_equal(length_resolve(length, &context), 21 * 1024);
}

static void what_is_no_length_is_refused(void **state)
{
    static const char *const wrong[] = {"", "12", "pt", "12 px", "12ptx", "1e3pt",
        "--1pt", "1.2.3pt", "1,5pt", "九号", "小四pt", "nan pt", "1000001pt",
        "99999999999999pt", "1 2pt"};
    struct length length = {77, LENGTH_CHARS};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (length_parse(text_of(wrong[i]), false, &length))
            fail_msg("‘%s’ is taken", wrong[i]);
    }
    assert_true(length.value == 77 && length.kind == LENGTH_CHARS);
}

static void conversion_rounds_to_nearest(void **state)
{
    (void)state;
    assert_int_equal(unit_from_pt(0.0004), 0);
    assert_int_equal(unit_from_pt(0.0006), 1);
    assert_int_equal(unit_from_pt(-0.0006), -1);
    assert_int_equal(unit_from_mm(25.4), 72 * 1024);
    assert_int_equal(unit_from_pt(1e30), UNIT_MAX);
    assert_int_equal(unit_from_pt(-1e30), -UNIT_MAX);
    assert_int_equal(unit_muldiv(10, 1, 4), 3);
    assert_int_equal(unit_muldiv(-10, 1, 4), -3);
    assert_int_equal(unit_muldiv(9, 1, 4), 2);
    assert_int_equal(unit_muldiv(INT64_C(1) << 31, INT64_C(1) << 31, INT64_C(1) << 31),
        INT64_C(1) << 31);
}

static void lengths_are_resolved_within_the_limit(void **state)
{
    struct length length = {999999, LENGTH_LINES};

    (void)state;
    assert_int_equal(length_resolve(length, &context), UNIT_MAX);
}

static void points_are_written(void **state)
{
    struct str s;

    (void)state;
    str_init(&s);
    str_append_pt(&s, 25 * 1024 + 512);
    str_append_char(&s, ' ');
    str_append_pt(&s, -1);
    assert_string_equal(s.data, "25.5 -0.001");
    str_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_read),
        cmocka_unit_test(type_sizes_as_word_has_them),
        cmocka_unit_test(what_is_no_length_is_refused),
        cmocka_unit_test(conversion_rounds_to_nearest),
        cmocka_unit_test(lengths_are_resolved_within_the_limit),
        cmocka_unit_test(points_are_written),
    };

    return cmocka_run_group_tests_name("base_unit", tests, NULL, NULL);
}
