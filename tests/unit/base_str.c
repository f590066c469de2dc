/* Tests of base/str.h: slices, numbers without the locale, growing strings. */
#include "unit_test.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static void text_compares(void **state)
{
    (void)state;
    assert_true(text_is(TEXT("要目"), "要目"));
    assert_false(text_is(TEXT("要目"), "要"));
    assert_false(text_is(TEXT("要"), "要目"));
    assert_true(text_is(text_of(NULL), ""));
    assert_true(text_equal((struct text){NULL, 0}, TEXT("")));
    assert_true(text_starts(TEXT("链接：https"), "链接："));
    assert_false(text_starts(TEXT("链"), "链接："));
    assert_true(text_ends(TEXT("a.md"), ".md"));
    assert_false(text_ends(TEXT("md"), ".md"));
}

static void text_slices_are_clamped(void **state)
{
    (void)state;
    assert_true(text_is(text_slice(TEXT("abcdef"), 2, 4), "cd"));
    assert_true(text_is(text_slice(TEXT("abc"), 1, 99), "bc"));
    assert_int_equal(text_slice(TEXT("abc"), 5, 99).length, 0);
    assert_int_equal(text_slice(TEXT("abc"), 2, 1).length, 0);
}

static void text_trims_ideographic_space(void **state)
{
    (void)state;
    assert_true(text_is(text_trim(TEXT(" \t\u3000题\u3000目\u3000\r\n")), "题\u3000目"));
    assert_int_equal(text_trim(TEXT("\u3000 \u3000")).length, 0);
    /* U+3001 shares two bytes with U+3000 and stays. */
    assert_true(text_is(text_trim(TEXT("、")), "、"));
    assert_int_equal(text_trim((struct text){"\0", 1}).length, 1);
}

static void text_finds(void **state)
{
    (void)state;
    assert_int_equal(text_find(TEXT("abcabc"), "ca"), 2);
    assert_int_equal(text_find(TEXT("abc"), "x"), 3);
    assert_int_equal(text_find(TEXT("ab"), "abc"), 2);
    /* Not beyond the end of the slice. */
    assert_int_equal(text_find(text_slice(TEXT("abc"), 0, 2), "bc"), 2);
}

static void integers_are_read_whole(void **state)
{
    char limit[32];
    long value = 7;

    (void)state;
    assert_true(text_to_long(TEXT("-42"), &value));
    assert_int_equal(value, -42);
    assert_true(text_to_long(TEXT("+0042"), &value));
    assert_int_equal(value, 42);
    snprintf(limit, sizeof limit, "%ld", LONG_MIN);
    assert_true(text_to_long(text_of(limit), &value));
    assert_true(value == LONG_MIN);
    assert_false(text_to_long(text_of(limit + 1), &value)); /* LONG_MAX + 1 */
    assert_true(value == LONG_MIN);
    assert_false(text_to_long(TEXT(""), &value));
    assert_false(text_to_long(TEXT("-"), &value));
    assert_false(text_to_long(TEXT("1x"), &value));
    assert_false(text_to_long(TEXT(" 1"), &value));
    assert_false(text_to_long(TEXT("99999999999999999999999"), &value));
}

static void decimals_are_read_whole(void **state)
{
    double value = 7;

    (void)state;
    assert_true(text_to_double(TEXT("2.54"), &value));
    assert_true(value == 2.54);
    assert_true(text_to_double(TEXT("-.5"), &value));
    assert_true(value == -0.5);
    assert_true(text_to_double(TEXT("3."), &value));
    assert_true(value == 3);
    assert_true(text_to_double(TEXT("0.10000000000000000000000000000001"), &value));
    assert_true(value > 0.0999999999 && value < 0.1000000001);
    value = 7;
    assert_false(text_to_double(TEXT("."), &value));
    assert_false(text_to_double(TEXT(""), &value));
    assert_false(text_to_double(TEXT("1.2.3"), &value));
    assert_false(text_to_double(TEXT("1,5"), &value));
    assert_false(text_to_double(TEXT("1e5"), &value));
    assert_false(text_to_double(TEXT("nan"), &value));
    assert_false(text_to_double(TEXT("0x10"), &value));
    assert_false(text_to_double(TEXT("123456789012345678901234567890"), &value));
    assert_true(value == 7);
}

static void check_number(double value, int digits, const char *expected)
{
    struct str s;

    str_init(&s);
    str_append_number(&s, value, digits);
    assert_string_equal(s.data, expected);
    str_done(&s);
}

static void numbers_are_written_short(void **state)
{
    (void)state;
    check_number(25.5, 3, "25.5");
    check_number(25, 3, "25");
    check_number(100, 3, "100");
    check_number(0.05, 2, "0.05");
    check_number(0.004, 2, "0");
    check_number(-0.004, 2, "0");
    check_number(-1.25, 3, "-1.25");
    check_number(1.9996, 3, "2");
    check_number(841.889, 3, "841.889");
    check_number(1.5, 0, "2");
    check_number(1e15, 3, "1000000000000000");
    check_number(-1e20, 3, "-100000000000000000000");
}

/* Where a locale with a decimal comma is installed, it changes nothing. */
static void numbers_ignore_the_locale(void **state)
{
    double value = 0;

    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL)
        setlocale(LC_NUMERIC, "fr_FR.UTF-8");
    check_number(0.5, 3, "0.5");
    assert_true(text_to_double(TEXT("0.5"), &value));
    assert_true(value == 0.5);
    setlocale(LC_NUMERIC, "C");
}

static void strings_grow(void **state)
{
    struct str s;

    (void)state;
    str_init(&s);
    assert_int_equal(str_text(&s).length, 0);
    assert_string_equal(str_text(&s).data, "");
    for (int i = 0; i < 10000; i++)
        str_append_char(&s, 'x');
    assert_int_equal(s.length, 10000);
    assert_int_equal(strlen(s.data), 10000);
    str_clear(&s);
    assert_string_equal(s.data, "");
    str_printf(&s, "%d·", 12);
    str_append_codepoint(&s, 0x76EE);
    str_append_codepoint(&s, 0xD800); /* a surrogate is nothing */
    str_append_text(&s, text_slice(TEXT("abc"), 1, 2));
    assert_string_equal(s.data, "12·目b");
    str_done(&s);
    str_done(NULL);
    assert_null(s.data);
}

static void equal_but_for_spaces(void **state)
{
    (void)state;
    assert_true(text_equal_unspaced(TEXT("5G 网络 "), TEXT(" 5G网络")));
    assert_true(text_equal_unspaced(TEXT("  "), TEXT("")));
    assert_false(text_equal_unspaced(TEXT("5G 网络"), TEXT("5G 网")));
    assert_false(text_equal_unspaced(TEXT("a"), TEXT(" ")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_but_for_spaces),
        cmocka_unit_test(text_compares),
        cmocka_unit_test(text_slices_are_clamped),
        cmocka_unit_test(text_trims_ideographic_space),
        cmocka_unit_test(text_finds),
        cmocka_unit_test(integers_are_read_whole),
        cmocka_unit_test(decimals_are_read_whole),
        cmocka_unit_test(numbers_are_written_short),
        cmocka_unit_test(numbers_ignore_the_locale),
        cmocka_unit_test(strings_grow),
    };

    return cmocka_run_group_tests_name("base_str", tests, NULL, NULL);
}
