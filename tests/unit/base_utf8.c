/* Tests of base/utf8.h: every code point there and back, ill-formed sequences, widths. */
#include "unit_test.h"

#include <string.h>

#include "base/utf8.h"

static void every_code_point_goes_round(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        char bytes[4];
        size_t length = utf8_encode(c, bytes), next = 0, previous = length;

        if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
            assert_int_equal(length, 0);
            continue;
        }
        assert_int_equal(utf8_next(bytes, length, &next), c);
        assert_int_equal(next, length);
        assert_int_equal(utf8_previous(bytes, &previous), c);
        assert_int_equal(previous, 0);
    }
}

static void check_ill_formed(const char *bytes, size_t expected)
{
    size_t length = strlen(bytes), offset = expected;

    assert_int_equal(utf8_validate(bytes, length), expected);
    assert_true(utf8_next(bytes, length, &offset) == UTF8_INVALID);
    assert_int_equal(offset, expected + 1);
}

static void ill_formed_is_found(void **state)
{
    (void)state;
    check_ill_formed("ab\x80", 2);   /* a continuation alone */
    check_ill_formed("\xC0\xAF", 0); /* overlong / */
    check_ill_formed("\xC1\xBF", 0);
    check_ill_formed("\xE0\x9F\xBF", 0);     /* overlong, three bytes */
    check_ill_formed("\xF0\x8F\xBF\xBF", 0); /* overlong, four bytes */
    check_ill_formed("\xED\xA0\x80", 0);     /* surrogate */
    check_ill_formed("\xF4\x90\x80\x80", 0); /* above U+10FFFF */
    check_ill_formed("\xF5\x80\x80\x80", 0);
    check_ill_formed("目\xE7\x9B", 3); /* cut off at the end */
    check_ill_formed("\xE7\x9B目", 0); /* cut off before another */
    check_ill_formed("\xFF", 0);
    assert_int_equal(utf8_validate("", 0), 0);
    assert_int_equal(utf8_validate("a目\xF0\xA0\x80\x80", 8), 8);
    /* Only the bytes given count. */
    assert_int_equal(utf8_validate("目", 2), 0);
}

static void previous_over_ill_formed(void **state)
{
    size_t offset = 4;

    (void)state;
    assert_true(utf8_previous("目\x80", &offset) == UTF8_INVALID);
    assert_int_equal(offset, 3);
    assert_int_equal(utf8_previous("目\x80", &offset), 0x76EE);
    assert_int_equal(offset, 0);
}

static void code_points_are_counted(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(TEXT("")), 0);
    assert_int_equal(utf8_count(TEXT("a目\xF0\xA0\x80\x80")), 3);
    assert_int_equal(utf8_count(TEXT("a\xFF目")), 3);
}

static void columns_follow_east_asian_width(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns('a'), 1);
    assert_int_equal(utf8_columns(0x00E9), 1);
    assert_int_equal(utf8_columns(0x76EE), 2); /* 目 */
    assert_int_equal(utf8_columns(0x3000), 2);
    assert_int_equal(utf8_columns(0xFF0C), 2); /* ， */
    assert_int_equal(utf8_columns(0xFF71), 1); /* halfwidth katakana */
    assert_int_equal(utf8_columns(0x20000), 2);
    assert_int_equal(utf8_columns(0x1F600), 2);
    assert_int_equal(utf8_columns(0x0301), 0); /* combining acute */
    assert_int_equal(utf8_columns(0x200B), 0);
    assert_int_equal(utf8_columns(0x2026), 1); /* … is ambiguous: narrow */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_goes_round),
        cmocka_unit_test(ill_formed_is_found),
        cmocka_unit_test(previous_over_ill_formed),
        cmocka_unit_test(code_points_are_counted),
        cmocka_unit_test(columns_follow_east_asian_width),
    };

    return cmocka_run_group_tests_name("base_utf8", tests, NULL, NULL);
}
