/* page_book: pages named by a user, the digest of a page, structure order. */
#include "unit_test.h"

#include <string.h>
#include "page/device.h"

static void parse(const char *text, uint32_t pages, const char *expected)
{
    struct arena arena;
    struct str got;
    const uint32_t *list = NULL;
    uint32_t count = 0;
    const char *reason = NULL;

    arena_init(&arena);
    str_init(&got);
    if (pages_parse(text, pages, &arena, &list, &count, &reason)) {
        for (uint32_t i = 0; i < count; i++)
            str_printf(&got, "%s%u", i > 0 ? " " : "", list[i]);
    } else {
        assert_int_equal(count, 0);
        str_append_string(&got, reason);
    }
    assert_string_equal(got.data == NULL ? "" : got.data, expected);
    str_done(&got);
    arena_done(&arena);
}

static void test_pages_parse(void **state)
{
    (void)state;
    parse("1", 3, "0");
    parse("1-3,7", 8, "0 1 2 6");
    parse("7,1-3,2", 8, "0 1 2 6");
    parse("2-", 4, "1 2 3");
}

static void test_pages_refused(void **state)
{
    (void)state;
    parse("12", 11, "page 12 of 11");
    parse("0", 11, "page 0 of 11");
    parse("99999999999999999999", 11, "page 99999999999999999999 of 11");
    parse("3-2", 11, "pages run backwards: 3-2");
    parse("", 11, "a page number is missing at ‘’");
    parse("1,,2", 11, "a page number is missing at ‘,2’");
    parse("-2", 11, "a page number is missing at ‘-2’");
    parse("1;2", 11, "not a list of pages at ‘;2’");
}

static uint64_t digest_with(unit x, uint32_t colour)
{
    struct book book;
    struct page *page;
    struct item *item;
    uint64_t digest;

    book_init(&book);
    page = book_add_page(&book, 1000, 2000, "1");
    item = page_add_item(page, ITEM_RULE, 0);
    item->x = x;
    item->width = 10;
    item->colour = colour;
    book_finish(&book);
    digest = book.pages.data[0].digest;
    book_done(&book);
    return digest;
}

static void test_digest(void **state)
{
    (void)state;
    assert_true(digest_with(5, 0) == digest_with(5, 0));
    assert_true(digest_with(5, 0) != digest_with(6, 0));
    assert_true(digest_with(5, 0) != digest_with(5, 1));
}

static void test_structure(void **state)
{
    struct book book;
    uint32_t section, heading;
    char title[] = "改";

    (void)state;
    book_init(&book);
    section = book_add_structure(&book, STRUCTURE_SECT, 1);
    heading = book_add_structure(&book, STRUCTURE_H, section);
    book.structures.data[heading].level = 1;
    book_add_page(&book, 1, 1, title);
    book_add_destination(&book, title, 0, 0, 0, heading);
    book_add_outline(&book, title, title, 1);
    memset(title, 'x', sizeof title - 1); /* the book has its own copy */
    book_finish(&book);
    assert_int_equal(book.structures.data[1].children.data[0], section);
    assert_int_equal(book.structures.data[heading].parent, section);
    assert_string_equal(book.outline.data[0].title, "改");
    assert_string_equal(structure_kind_name(STRUCTURE_LBODY), "LBody");
    book_done(&book);
    book_done(NULL);
}

static void count_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    (void)page;
    *(uint32_t *)(void *)state = *(uint32_t *)(void *)state * 10 + index + 1;
}

static uint32_t drawn; /* pages in order, as decimal digits */

static struct device_state *begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    (void)book, (void)output, (void)sink;
    if (options->dpi < 0)
        return NULL;
    drawn = 0;
    return (struct device_state *)(void *)&drawn;
}

static bool end(struct device_state *state, bool abandoned)
{
    (void)state;
    return !abandoned;
}

static void test_draw(void **state)
{
    const struct device device = {
        .name = "count", .begin = begin, .begin_page = count_page, .end = end};
    const uint32_t some[] = {0, 2};
    struct device_options options = {.dpi = 72};
    struct book book;

    (void)state;
    book_init(&book);
    for (int i = 0; i < 3; i++)
        page_add_item(
            book_add_page(&book, 1, 1, "x"), ITEM_RULE, 0); /* no function: skipped */
    assert_true(book_draw(&book, &device, &options, NULL, NULL));
    assert_int_equal(drawn, 123);
    options.pages = some;
    options.page_count = 2;
    assert_true(book_draw(&book, &device, &options, NULL, NULL));
    assert_int_equal(drawn, 13);
    options.dpi = -1;
    assert_false(book_draw(&book, &device, &options, NULL, NULL));
    book_done(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_parse),
        cmocka_unit_test(test_pages_refused),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_structure),
        cmocka_unit_test(test_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
