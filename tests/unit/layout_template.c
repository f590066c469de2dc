/* layout/template: cutting of templates, and the finding of wrong fields. */
#include "layout_bench.h"
#include "layout/template.h"

/* "a{title}b" → "a", <title>, "b" as one string. */
static void expect_pieces(const char *template, const char *expected)
{
    struct str out;
    str_init(&out);
    struct text rest = text_of(template), literal;
    enum field field;
    while (template_next(&rest, &literal, &field)) {
        if (field == FIELD_COUNT) {
            str_append_char(&out, '[');
            str_append_text(&out, literal);
            str_append_char(&out, ']');
        } else {
            str_printf(&out, "<%s>", field_name(field));
        }
    }
    assert_string_equal(out.data != NULL ? out.data : "", expected);
    str_done(&out);
}

static void pieces(void **state)
{
    (void)state;
    expect_pieces("", "");
    expect_pieces("— 4 —", "[— 4 —]");
    expect_pieces("第{issue}期", "[第]<issue>[期]");
    expect_pieces("{section}.{item}", "<section>[.]<item>");
    expect_pieces("{{{page}}}", "[{]<page>[}]");
    expect_pieces("}", "[}]");
}

static void unknown_and_unclosed_come_as_text(void **state)
{
    (void)state;
    expect_pieces("a{nothing}b", "[a][{nothing}][b]");
    expect_pieces("a{page", "[a]<page>");
    expect_pieces("{", "[{]");
    expect_pieces("{}", "[{}]");
}

static void wrong_fields(void **state)
{
    (void)state;
    struct text rest = TEXT("{page} {titel} {{ {item} {page"), name;
    assert_true(template_next_wrong(&rest, TEMPLATE_RUNNING, &name));
    assert_true(text_is(name, "titel"));
    assert_true(template_next_wrong(&rest, TEMPLATE_RUNNING, &name)); /* of another set */
    assert_true(text_is(name, "item"));
    assert_true(template_next_wrong(&rest, TEMPLATE_RUNNING, &name)); /* not closed */
    assert_true(text_is(name, "page"));
    assert_false(template_next_wrong(&rest, TEMPLATE_RUNNING, &name));
    rest = TEXT("{year}年{month}月");
    assert_false(template_next_wrong(&rest, TEMPLATE_DATE, &name));
}

static void sets(void **state)
{
    (void)state;
    const char *names[FIELD_COUNT];
    assert_int_equal(field_names(TEMPLATE_RUNNING, names), 22);
    assert_string_equal(names[0], "title");
    assert_int_equal(field_names(TEMPLATE_ISSUE, names), 1);
    assert_string_equal(names[0], "issue");
    assert_true(field_sets(FIELD_SECTION) & TEMPLATE_NUMBERING);
    assert_false(field_sets(FIELD_PAGE) & TEMPLATE_NUMBERING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces),
        cmocka_unit_test(unknown_and_unclosed_come_as_text),
        cmocka_unit_test(wrong_fields),
        cmocka_unit_test(sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
