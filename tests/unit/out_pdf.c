/* out_pdf: parts of the PDF writer by themselves, and what it refuses. */
#include "out_book.h"
#include "out/devices.h"
#include "out/pdf/cff.h"
#include "out/pdf/objects.h"

static void expect(const struct str *out, const char *expected, size_t length)
{
    assert_int_equal(out->length, length);
    assert_memory_equal(out->data, expected, length);
}

static void test_text(void **state)
{
    (void)state;
    struct str out;
    str_init(&out);
    pdf_append_string(&out, text_of("a(b)\\\r\n"));
    expect(&out, "(a\\(b\\)\\\\\\r\n)", 13);
    str_clear(&out);
    pdf_append_text(&out, text_of("plain"));
    expect(&out, "(plain)", 7);
    str_clear(&out);
    pdf_append_text(&out, text_of("报\xF0\xA0\xAE\xB7")); /* U+62A5 U+20BB7 */
    expect(&out, "(\xFE\xFF\x62\xA5\xD8\x42\xDF\xB7)", 10);
    str_clear(&out);
    pdf_append_name(&out, "A b(c");
    expect(&out, "/A#20b#28c", 10);
    str_clear(&out);
    pdf_append_hex(&out, TEXT("\x0A\xFF"));
    expect(&out, "<0AFF>", 6);
    str_done(&out);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {{0, "0"}, {5, ".05"}, {-5, "-.05"}, {50, ".5"}, {100, "1"},
        {-1234, "-12.34"}, {1200, "12"}, {INT64_MIN, "-92233720368547758.08"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str out;
        str_init(&out);
        pdf_append_hundredths(&out, rows[i].value);
        assert_string_equal(out.data, rows[i].text);
        str_done(&out);
    }
}

/* A CFF table of header, names, Top DICT with `dict`, and a charset at its end. */
static struct text cff_table(struct arena *arena, struct text dict, struct text charset)
{
    struct str out;
    str_init(&out);
    str_append(&out,
        "\1\0\4\1"
        "\0\1\1\1\2N"
        "\0\1\1\1",
        14);
    str_append_char(&out, (char)(1 + dict.length));
    str_append_text(&out, dict);
    str_append_text(&out, charset);
    struct text table = text_copy(arena, str_text(&out));
    str_done(&out);
    return table;
}

#define ROS "\x8B\x8B\x8B\x0C\x1E" /* 0 0 0 ROS */

static void test_cff(void **state)
{
    (void)state;
    struct arena arena;
    struct cff_charset charset;
    arena_init(&arena);
    /* "charset at 22": 22 + 139 = 0xA1, operator 15 */
    struct text dict = TEXT(ROS "\xA1\x0F");
    struct text table = cff_table(&arena, dict, TEXT("\2\0\5\0\1\0\x20\0\0"));
    assert_true(cff_charset_read(table, 4, &charset));
    assert_true(charset.keyed);
    assert_int_equal(charset.cids[0], 0);
    assert_int_equal(charset.cids[1], 5);
    assert_int_equal(charset.cids[2], 6);
    assert_int_equal(charset.cids[3], 32);
    cff_charset_done(&charset);
    table = cff_table(&arena, dict, TEXT("\0\0\7\1\0"));
    assert_true(cff_charset_read(table, 3, &charset));
    assert_int_equal(charset.cids[2], 256);
    cff_charset_done(&charset);
    assert_true(
        cff_charset_read(cff_table(&arena, TEXT("\x8B\x0F"), TEXT("")), 9, &charset));
    assert_false(charset.keyed);
    arena_done(&arena);
}

static void test_cff_damaged(void **state)
{
    (void)state;
    struct arena arena;
    struct cff_charset charset;
    arena_init(&arena);
    struct text dict = TEXT(ROS "\xA1\x0F");
    struct text good = cff_table(&arena, dict, TEXT("\0\0\7\1\0"));
    for (size_t length = 0; length < good.length; length++) {
        struct text part = text_copy(&arena, text_slice(good, 0, length));
        assert_false(cff_charset_read(part, 3, &charset));
    }
    assert_false(
        cff_charset_read(cff_table(&arena, dict, TEXT("\3\0\7\1\0")), 3, &charset));
    assert_false(cff_charset_read(cff_table(&arena, TEXT(ROS), TEXT("")), 3, &charset));
    arena_done(&arena);
}

static bool draw(const struct book *book, struct diagnostics *sink)
{
    struct output output;
    struct device_options options = {.compress = -1};
    const struct device *device = device_find("pdf", "/nowhere", sink);
    char path[] = "/tmp/paiban-pdf-XXXXXX";
    close(mkstemp(path));
    assert_true(output_open(&output, path, sink));
    bool good = book_draw(book, device, &options, &output, sink);
    output_abandon(&output);
    unlink(path);
    return good;
}

/* A copy of the Latin font with two bytes of a table set to value. */
static struct face patched_face(const char *table, unsigned offset, unsigned value)
{
    hb_blob_t *file = hb_blob_create_from_file(LATIN_PATH);
    hb_blob_t *copy = hb_blob_copy_writable_or_fail(file);
    unsigned length;
    unsigned char *b = (unsigned char *)hb_blob_get_data_writable(copy, &length);
    unsigned count = (unsigned)b[4] << 8 | b[5];
    for (unsigned i = 0; i < count; i++) {
        unsigned char *record = b + 12 + 16 * i;
        if (memcmp(record, table, 4) != 0)
            continue;
        unsigned start = (unsigned)record[8] << 24 | (unsigned)record[9] << 16 |
                         (unsigned)record[10] << 8 | record[11];
        b[start + offset] = (unsigned char)(value >> 8);
        b[start + offset + 1] = (unsigned char)value;
    }
    struct face face = test_face(0, LATIN_PATH, 0);
    test_face_done(&face);
    face.hb_face = hb_face_create(copy, 0);
    face.hb_font = hb_font_create(face.hb_face);
    hb_blob_destroy(copy);
    hb_blob_destroy(file);
    return face;
}

static void expect_refused(struct face face, const char *reason)
{
    struct book book;
    struct diagnostics sink;
    diagnostics_init(&sink);
    book_init(&book);
    struct page *page = book_add_page(&book, PT(100), PT(100), "1");
    uint32_t paragraph = book_add_structure(&book, STRUCTURE_P, 1);
    add_text(&book, page, paragraph, &face, PT(12), PT(10), PT(50), "abc");
    assert_int_equal(draw(&book, &sink), reason == NULL);
    assert_int_equal(sink.list.length, reason != NULL);
    if (reason != NULL) {
        assert_int_equal(sink.list.data[0].id, DIAG_FONT_NOT_EMBEDDED);
        assert_non_null(strstr(sink.list.data[0].message, reason));
    }
    book_done(&book);
    diagnostics_done(&sink);
    test_face_done(&face);
}

static void test_fonts_refused(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    expect_refused(
        patched_face("OS/2", 8, 0x0008), NULL); /* editable embedding is enough */
    expect_refused(patched_face("OS/2", 8, 0x0002), "forbids embedding");
    expect_refused(patched_face("OS/2", 8, 0x0100), "forbids subsetting");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_cff),
        cmocka_unit_test(test_cff_damaged),
        cmocka_unit_test(test_fonts_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
