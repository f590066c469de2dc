/* out_cairo: the cairo module draws a hand-made book; what it cannot do is told. */
#include "out_book.h"
#include "out/devices.h"

#define MODULE_FOLDER "render/out" /* from the build folder, where tests run */

struct fixture {
    struct diagnostics sink;
    struct face song, latin;
    struct book book;
    char path[64];
    struct str bytes; /* of the last file drawn */
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);
    diagnostics_init(&f->sink);
    str_init(&f->bytes);
    *state = f;
    if (fonts_are_here()) {
        f->song = test_face(0, SONG_PATH, SONG_INDEX);
        f->latin = test_face(1, LATIN_PATH, 0);
        make_book(&f->book, &f->song, &f->latin);
    }
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    if (fonts_are_here()) {
        book_done(&f->book);
        test_face_done(&f->song);
        test_face_done(&f->latin);
    }
    diagnostics_done(&f->sink);
    str_done(&f->bytes);
    memory_free(f);
    return 0;
}

/* The fonts of Debian's fonts-noto-cjk and fonts-liberation, or the test is skipped. */
static void need_fonts(void)
{
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
}

static void read_back(struct fixture *f)
{
    struct files files;
    files_init(&files);
    int file = files_read_bytes(&files, f->path, 1u << 24, SPAN_NONE, &f->sink);
    assert_true(file >= 0);
    str_clear(&f->bytes);
    str_append_text(&f->bytes, files_get(&files, (uint32_t)file)->bytes);
    files_done(&files);
}

static bool draw(struct fixture *f, const char *format, double dpi, const uint32_t *page)
{
    const struct device *device = device_find(format, MODULE_FOLDER, &f->sink);
    assert_non_null(device);
    assert_string_equal(device->name, format);
    struct output output;
    strcpy(f->path, "/tmp/paiban-cairo-XXXXXX");
    close(mkstemp(f->path));
    assert_true(output_open(&output, f->path, &f->sink));
    struct device_options options = {
        .dpi = dpi, .pages = page, .page_count = page != NULL, .compress = -1};
    bool good = book_draw(&f->book, device, &options, &output, &f->sink);
    if (good) {
        assert_true(output_commit(&output, &f->sink));
        read_back(f);
    } else
        output_abandon(&output);
    unlink(f->path);
    return good;
}

static bool has(const struct fixture *f, const char *needle)
{
    return text_find(str_text(&f->bytes), needle) < f->bytes.length;
}

static void test_png(void **state)
{
    need_fonts();
    struct fixture *f = *state;
    const uint32_t page = 1;
    assert_true(draw(f, "png", 144, &page));
    const unsigned char *b = (const unsigned char *)f->bytes.data;
    assert_memory_equal(b, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(b[18] << 8 | b[19], 600); /* width, high bytes are 0 */
    assert_int_equal(b[22] << 8 | b[23], 800);
    assert_true(f->bytes.length > 2000); /* a blank page has 1,100 */
}

static void test_svg(void **state)
{
    need_fonts();
    struct fixture *f = *state;
    const uint32_t page = 1;
    assert_true(draw(f, "svg", 0, &page));
    assert_true(has(f, "width=\"300pt\" height=\"400pt\""));
    assert_true(has(f, "<use"));
    assert_true(has(f, "rgb(80%,0%,0%)"));
}

static void test_too_large(void **state)
{
    need_fonts();
    struct fixture *f = *state;
    const uint32_t page = 0;
    assert_false(draw(f, "png", 6000, &page));
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_PICTURE_TOO_LARGE);
}

static void test_missing_font(void **state)
{
    need_fonts();
    struct fixture *f = *state;
    f->song.path = "/nowhere.otf";
    const uint32_t page = 1;
    assert_false(draw(f, "png", 72, &page));
    assert_int_equal(f->sink.list.data[0].id, DIAG_FONT_UNREADABLE);
    assert_int_equal(f->sink.list.length, 1); /* once, though four items have it */
}

/* A page of impossible size: cairo gives up. */
static void test_drawing_fails(void **state)
{
    need_fonts();
    struct fixture *f = *state;
    const uint32_t page = 0;
    f->book.pages.data[0].width = PT(-300);
    assert_false(draw(f, "png", 72, &page));
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_DRAWING_FAILED);
}

static void test_unknown(void **state)
{
    struct fixture *f = *state;
    assert_null(device_find("docx", MODULE_FOLDER, &f->sink));
    assert_int_equal(f->sink.list.data[0].id, DIAG_UNKNOWN_FORMAT);
    assert_non_null(strstr(f->sink.list.data[0].hint, "png, svg, dump"));
    assert_null(device_find("png", "/nowhere", &f->sink));
    assert_int_equal(f->sink.list.data[1].id, DIAG_MODULE_FAILED);
    assert_non_null(strstr(f->sink.list.data[1].hint, "libcairo2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_png, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_svg, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_large, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_font, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drawing_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
