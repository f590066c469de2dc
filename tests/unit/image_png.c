/* Tests of PNG in image/: what the structure says, pixels of every kind, every refusal.
 * */
#include "image_test.h"

static void check_refused(const struct str *bytes, enum diag_id id, const char *words)
{
    struct image *image = load(bytes);

    assert_null(image);
    assert_int_equal(sink.list.length, 1);
    assert_int_equal(sink.list.data[0].id, id);
    assert_non_null(strstr(sink.list.data[0].message, words));
}

/* Load, decode, compare the pixels. */
static struct image *check_decodes(const struct png_kind *kind, const uint8_t *rows,
    size_t stride, uint32_t channels, const uint8_t *expected)
{
    struct str file;
    struct image *image;
    struct pixels pixels;
    const char *reason = NULL;

    str_init(&file);
    make_png(&file, kind, rows, stride);
    image = load(&file);
    str_done(&file);
    assert_non_null(image);
    assert_int_equal(sink.list.length, 0);
    assert_true(image_decode(image, &pixels, &reason));
    assert_int_equal(pixels.width, image->width);
    assert_int_equal(pixels.height, image->height);
    assert_int_equal(pixels.channels, channels);
    assert_memory_equal(
        pixels.data, expected, (size_t)pixels.width * pixels.height * channels);
    pixels_done(&pixels);
    return image;
}

static void gray_of_every_depth(void **state)
{
    static const uint8_t black_white[] = {0x80}, four[] = {0x1B}, eight[] = {0, 100, 255};
    static const uint8_t sixteen[] = {0x12, 0x34, 0xFF, 0xFF, 0x80, 0x00};
    struct png_kind kind = {.width = 2, .height = 1, .bits = 1};
    struct image *image;

    (void)state;
    image = check_decodes(&kind, black_white, 1, 1, (const uint8_t[]){255, 0});
    assert_int_equal(image->colour, IMAGE_GRAY);
    assert_int_equal(image->bits, 1);
    assert_false(image->has_alpha);
    image_unref(image);
    kind = (struct png_kind){.width = 4, .height = 1, .bits = 2};
    image_unref(check_decodes(&kind, four, 1, 1, (const uint8_t[]){0, 85, 170, 255}));
    kind = (struct png_kind){.width = 3, .height = 1, .bits = 8};
    image_unref(check_decodes(&kind, eight, 3, 1, eight));
    kind.bits = 16;
    image_unref(check_decodes(&kind, sixteen, 6, 1, (const uint8_t[]){0x12, 0xFF, 0x80}));
}

static void colours_palette_and_alpha(void **state)
{
    static const uint8_t rgb[] = {255, 0, 0, 0, 128, 0, 0, 0, 255, 9, 8, 7};
    static const uint8_t rgba[] = {1, 2, 3, 4, 250, 251, 252, 253};
    static const uint8_t gray_alpha[] = {10, 0, 20, 255};
    static const png_color colours[] = {{1, 2, 3}, {40, 50, 60}};
    static const uint8_t alpha[] = {0, 255}, indices[] = {0x40};
    struct png_kind kind = {
        .width = 2, .height = 2, .bits = 8, .colour = PNG_COLOR_TYPE_RGB};
    struct image *image;

    (void)state;
    image_unref(check_decodes(&kind, rgb, 6, 3, rgb));
    kind.interlaced = true;
    image_unref(check_decodes(&kind, rgb, 6, 3, rgb));
    kind = (struct png_kind){
        .width = 2, .height = 1, .bits = 8, .colour = PNG_COLOR_TYPE_RGB_ALPHA};
    image = check_decodes(&kind, rgba, 8, 4, rgba);
    assert_true(image->has_alpha);
    image_unref(image);
    kind.colour = PNG_COLOR_TYPE_GRAY_ALPHA;
    image_unref(check_decodes(&kind, gray_alpha, 4, 2, gray_alpha));
    kind = (struct png_kind){.width = 2,
        .height = 1,
        .bits = 1,
        .colour = PNG_COLOR_TYPE_PALETTE,
        .palette = colours,
        .palette_count = 2};
    image_unref(
        check_decodes(&kind, indices, 1, 3, (const uint8_t[]){1, 2, 3, 40, 50, 60}));
    kind.palette_alpha = alpha;
    image = check_decodes(
        &kind, indices, 1, 4, (const uint8_t[]){1, 2, 3, 0, 40, 50, 60, 255});
    assert_true(image->has_alpha);
    image_unref(image);
}

static void resolution_and_size_in_print(void **state)
{
    static const uint8_t row[] = {1, 2, 3, 4, 5, 6};
    struct png_kind kind = {.width = 6, .height = 1, .bits = 8, .per_metre = 11811};
    struct image *image = check_decodes(&kind, row, 6, 1, row);
    unit width, height;

    (void)state;
    assert_int_equal(image->dpi_x, 300);
    image_natural_size(image, &width, &height);
    assert_int_equal(width, 1475); /* 6 × 72 × 1024 / 300 = 1474.56 */
    assert_int_equal(image_resolution(image, width, height), 300);
    assert_int_equal(image_resolution(image, 2 * width, 2 * height), 150);
    assert_int_equal(image_resolution(image, width, 3 * height), 100);
    image_unref(image);
    kind.per_metre = 0;
    image = check_decodes(&kind, row, 6, 1, row);
    assert_int_equal(image->dpi_x, 0);
    image_natural_size(image, &width, &height);
    assert_int_equal(width, 6 * 72 * 1024 / 96);
    image_unref(image);
}

static void exif_in_png_turns(void **state)
{
    static const uint8_t rows[] = {1, 2, 3, 4, 5, 6};
    char buffer[62];
    struct png_kind kind = {
        .width = 3, .height = 2, .bits = 8, .exif = make_exif(buffer, false, 6)};
    struct image *image =
        check_decodes(&kind, rows, 3, 1, (const uint8_t[]){4, 1, 5, 2, 6, 3});

    (void)state;
    assert_int_equal(image->width, 2);
    assert_int_equal(image->height, 3);
    assert_int_equal(image->dpi_x, 150);
    image_unref(image);
}

static void alpha_is_taken_apart(void **state)
{
    uint8_t data[] = {1, 2, 3, 4, 5, 6, 7, 8}, alpha[2];
    struct pixels pixels = {data, 2, 1, 4};

    (void)state;
    assert_true(pixels_take_alpha(&pixels, alpha));
    assert_int_equal(pixels.channels, 3);
    assert_memory_equal(data, ((uint8_t[]){1, 2, 3, 5, 6, 7}), 6);
    assert_memory_equal(alpha, ((uint8_t[]){4, 8}), 2);
    assert_false(pixels_take_alpha(&pixels, alpha));
}

static void make_gradient(struct str *file)
{
    uint8_t rows[16 * 16];
    struct png_kind kind = {.width = 16, .height = 16, .bits = 8, .per_metre = 5000};

    for (size_t i = 0; i < sizeof rows; i++)
        rows[i] = (uint8_t)(i * 7);
    make_png(file, &kind, rows, 16);
}

static void a_file_that_ends_early_is_refused(void **state)
{
    struct str file, part;

    (void)state;
    str_init(&file);
    make_gradient(&file);
    for (size_t length = 8; length < file.length; length++) {
        str_init(&part);
        str_append(&part, file.data, length);
        check_refused(&part, DIAG_IMAGE_DAMAGED, "picture");
        str_done(&part);
    }
    str_done(&file);
}

static void a_changed_byte_is_found(void **state)
{
    struct str file;

    (void)state;
    str_init(&file);
    make_gradient(&file);
    for (size_t i = 8; i < file.length; i++) {
        file.data[i] = (char)(file.data[i] ^ 0x20);
        assert_null(load(&file));
        assert_int_equal(diag_worst(&sink), LEVEL_ERROR);
        file.data[i] = (char)(file.data[i] ^ 0x20);
    }
    assert_int_equal(sink.list.length, 1);
    image_unref(load(&file));
    assert_int_equal(sink.list.length, 0);
    str_done(&file);
}

static void sides_have_limits(void **state)
{
    struct str file;

    (void)state;
    str_init(&file);
    make_gradient(&file);
    png_set_sides(&file, 0, 0);
    check_refused(&file, DIAG_IMAGE_EMPTY, "0 × 0");
    png_set_sides(&file, 10, 0);
    check_refused(&file, DIAG_IMAGE_EMPTY, "10 × 0");
    png_set_sides(&file, 20000, 20000);
    check_refused(&file, DIAG_IMAGE_TOO_MANY_PIXELS, "20000 × 20000");
    png_set_sides(&file, 100000, 1);
    check_refused(&file, DIAG_IMAGE_TOO_MANY_PIXELS, "100000");
    png_set_sides(&file, UINT32_MAX, UINT32_MAX);
    check_refused(&file, DIAG_IMAGE_TOO_MANY_PIXELS, "4294967295");
    str_done(&file);
}

static void a_wrong_encoder_is_found_when_decoding(void **state)
{
    struct str file;
    struct image *image;
    struct pixels pixels = {0};
    const char *reason = NULL;

    (void)state;
    str_init(&file);
    make_gradient(&file);
    png_set_sides(&file, 16, 4000); /* check sums are right, rows are missing */
    image = load(&file);
    assert_non_null(image);
    assert_false(image_decode(image, &pixels, &reason));
    assert_non_null(reason);
    assert_null(pixels.data);
    image_unref(image);
    str_done(&file);
}

static void other_files_are_named(void **state)
{
    const struct {
        struct text bytes;
        enum diag_id id;
        const char *words;
    } rows[] = {
        {{"", 0}, DIAG_IMAGE_DAMAGED, "empty"},
        {TEXT("GIF89a\1\0\1\0"), DIAG_IMAGE_FORMAT, "GIF"},
        {TEXT("RIFF\1\0\0\0WEBPVP8 "), DIAG_IMAGE_FORMAT, "WebP"},
        {TEXT("BM\1\2\3\4"), DIAG_IMAGE_FORMAT, "BMP"},
        {TEXT("\0\0\0\x1C"
              "ftypavif"),
            DIAG_IMAGE_FORMAT, "AVIF"},
        {TEXT("%PDF-1.7"), DIAG_IMAGE_FORMAT, "PDF"},
        {TEXT("hello"), DIAG_NOT_AN_IMAGE, "picture"},
        {TEXT("<html><body>not found"), DIAG_NOT_AN_IMAGE, "picture"},
        {TEXT("\x89PNG"), DIAG_NOT_AN_IMAGE, "picture"},
        {TEXT("<?xml version='1.0'?>\n<svg xmlns='x'/>"), DIAG_SVG_MODULE, "picture"},
        {TEXT("\xEF\xBB\xBF <svg/>"), DIAG_SVG_MODULE, "picture"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str file;

        str_init(&file);
        str_append_text(&file, rows[i].bytes);
        check_refused(&file, rows[i].id, rows[i].words);
        str_done(&file);
    }
}

static bool svg_size(struct text bytes, uint32_t *ret_width, uint32_t *ret_height)
{
    *ret_width = (uint32_t)bytes.length;
    *ret_height = 3;
    return bytes.length != 7;
}

static void svg_asks_its_module(void **state)
{
    static const struct image_svg svg = {svg_size, NULL};
    struct image *image;

    (void)state;
    diagnostics_clear(&sink);
    image = image_from_bytes("/a.svg", "a.svg", TEXT("<svg/>"), &svg, NULL, SPAN_NONE, &sink);
    assert_int_equal(image->format, IMAGE_SVG);
    assert_string_equal(image_format_name(image->format), "SVG");
    assert_int_equal(image->width, 6);
    image_unref(image);
    assert_null(
        image_from_bytes("/a.svg", "a.svg", TEXT("<svg />"), &svg, NULL, SPAN_NONE, &sink));
    assert_int_equal(sink.list.data[0].id, DIAG_IMAGE_DAMAGED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gray_of_every_depth),
        cmocka_unit_test(colours_palette_and_alpha),
        cmocka_unit_test(resolution_and_size_in_print),
        cmocka_unit_test(exif_in_png_turns),
        cmocka_unit_test(alpha_is_taken_apart),
        cmocka_unit_test(a_file_that_ends_early_is_refused),
        cmocka_unit_test(a_changed_byte_is_found),
        cmocka_unit_test(sides_have_limits),
        cmocka_unit_test(a_wrong_encoder_is_found_when_decoding),
        cmocka_unit_test(other_files_are_named),
        cmocka_unit_test(svg_asks_its_module),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
