/* Tests of image_coded(): the data for a PDF, read back, are the pixels of the image. */
#include "image_test.h"

#include "image/coded.h"

#define LEVEL 6

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);

    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/* Take the filters of PNG off one row. */
static void unfilter(const uint8_t *from, uint8_t *to, size_t length, size_t step)
{
    const uint8_t *above = to - length;

    for (size_t i = 0; i < length; i++) {
        int a = i >= step ? to[i - step] : 0, b = above[i];
        int c = i >= step ? above[i - step] : 0;
        int guess[] = {0, a, b, (a + b) / 2, paeth(a, b, c)};

        assert_in_range(from[0], 0, 4);
        to[i] = (uint8_t)(from[1 + i] + guess[from[0]]);
    }
}

/* What a reader of a PDF makes of a stream of rows; to be freed. The bytes of a row in
 * *ret_length. */
static uint8_t *read_rows(const struct image_coded *coded, const struct str *stream,
    uint32_t components, size_t *ret_length)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    size_t bits = (size_t)components * coded->bits;
    size_t length = (coded->width * bits + 7) / 8, step = (bits + 7) / 8;
    uint8_t *filtered = memory_alloc((length + 1) * coded->height);
    uint8_t *rows = memory_alloc(length * (coded->height + 1));

    assert_int_equal(libdeflate_zlib_decompress(inflater, stream->data, stream->length,
                         filtered, (length + 1) * coded->height, NULL),
        LIBDEFLATE_SUCCESS);
    for (size_t y = 0; y < coded->height; y++)
        unfilter(filtered + y * (length + 1), rows + (y + 1) * length, length, step);
    libdeflate_free_decompressor(inflater);
    memory_free(filtered);
    *ret_length = length;
    return rows; /* the first row is the zeros above */
}

static uint8_t sample(const uint8_t *row, size_t at, uint32_t bits)
{
    size_t bit = at * bits;
    unsigned byte = row[bit / 8];

    return (uint8_t)(byte >> (8 - bits - bit % 8) & ((1u << bits) - 1));
}

/* The component of a pixel, 0 to 255. */
static uint8_t shown(
    const struct image_coded *coded, const uint8_t *row, size_t x, uint32_t component)
{
    uint8_t value;

    if (coded->palette.length > 0) {
        value = sample(row, x, coded->bits);
        return (uint8_t)coded->palette.data[3u * value + component];
    }
    value = sample(row, x * coded->components + component, coded->bits);
    return (uint8_t)(value * 255 / ((1u << coded->bits) - 1));
}

/* Are the coded data the pixels that image_decode() gives? */
static const struct image_coded *check_pixels(struct image *image, int level)
{
    const char *reason = NULL;
    const struct image_coded *coded = image_coded(image, 0, 0, level, &reason);
    struct pixels pixels;
    size_t length, mask_length;
    uint8_t *rows, *mask = NULL;

    assert_non_null(coded);
    assert_true(image_decode(image, &pixels, &reason));
    assert_int_equal(coded->width, pixels.width);
    assert_int_equal(coded->height, pixels.height);
    rows = read_rows(coded, &coded->rows, coded->components, &length);
    if (coded->mask.length > 0)
        mask = read_rows(coded, &coded->mask, 1, &mask_length);
    for (size_t i = 0; i < (size_t)pixels.width * pixels.height; i++) {
        size_t x = i % pixels.width, y = i / pixels.width;
        uint32_t colours = pixels.channels >= 3 ? 3 : 1;

        for (uint32_t c = 0; c < colours; c++)
            assert_int_equal(shown(coded, rows + (y + 1) * length, x, c),
                pixels.data[i * pixels.channels + c]);
        if (mask != NULL)
            assert_int_equal(mask[(y + 1) * mask_length + x],
                pixels.data[i * pixels.channels + colours]);
    }
    memory_free(rows);
    memory_free(mask);
    pixels_done(&pixels);
    return coded;
}

/* A picture in which every filter pays somewhere; indices of a palette are 0 and 2. */
static struct image *make(struct png_kind *kind, size_t stride)
{
    uint8_t kept = kind->palette == NULL || kind->bits == 1 ? 0xFF
                   : kind->bits == 2                        ? 0xAA
                                                            : 0x22;
    uint8_t *rows = memory_alloc(stride * kind->height);
    struct str file;
    struct image *image;

    for (size_t i = 0; i < stride * kind->height; i++)
        rows[i] = (uint8_t)((i / stride * 3 + i % stride * (i / stride % 5)) & kept);
    str_init(&file);
    make_png(&file, kind, rows, stride);
    image = load(&file);
    assert_non_null(image);
    str_done(&file);
    memory_free(rows);
    return image;
}

static void plain_kinds_are_copied(void **state)
{
    static const struct {
        int bits, colour;
        size_t stride; /* of 37 pixels */
    } kinds[] = {{1, PNG_COLOR_TYPE_GRAY, 5}, {2, PNG_COLOR_TYPE_GRAY, 10},
        {4, PNG_COLOR_TYPE_GRAY, 19}, {8, PNG_COLOR_TYPE_GRAY, 37},
        {8, PNG_COLOR_TYPE_RGB, 111}};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct png_kind kind = {
            .width = 37, .height = 41, .bits = kinds[i].bits, .colour = kinds[i].colour};
        struct image *image = make(&kind, kinds[i].stride);
        const struct image_coded *coded = check_pixels(image, LEVEL);

        assert_true(coded->as_stored);
        assert_int_equal(coded->bits, kinds[i].bits);
        assert_int_equal(coded->palette.length, 0);
        assert_int_equal(coded->mask.length, 0);
        image_unref(image);
    }
}

static void palettes_are_copied_and_filled_up(void **state)
{
    static const png_color colours[] = {{1, 2, 3}, {40, 50, 60}, {250, 0, 9}};
    static const size_t strides[] = {0, 3, 6, 0, 11};

    (void)state;
    for (int bits = 2; bits <= 4; bits += 2) {
        struct png_kind kind = {.width = 21,
            .height = 5,
            .bits = bits,
            .colour = PNG_COLOR_TYPE_PALETTE,
            .palette = colours,
            .palette_count = 3};
        struct image *image = make(&kind, strides[bits]);
        const char *reason = NULL;
        const struct image_coded *coded = image_coded(image, 0, 0, LEVEL, &reason);

        assert_non_null(coded);
        assert_int_equal(coded->palette.length, 3 << bits);
        assert_memory_equal(coded->palette.data, colours, 9);
        check_pixels(image, LEVEL);
        image_unref(image);
    }
}

static void other_kinds_are_coded_anew(void **state)
{
    static const png_color colours[] = {{1, 2, 3}, {40, 50, 60}};
    static const uint8_t alpha[] = {0, 255};
    struct png_kind kinds[] = {
        {.bits = 8, .colour = PNG_COLOR_TYPE_RGB_ALPHA},
        {.bits = 8, .colour = PNG_COLOR_TYPE_GRAY_ALPHA},
        {.bits = 16, .colour = PNG_COLOR_TYPE_RGB},
        {.bits = 8, .colour = PNG_COLOR_TYPE_RGB, .interlaced = true},
        {.bits = 1,
            .colour = PNG_COLOR_TYPE_PALETTE,
            .palette = colours,
            .palette_count = 2,
            .palette_alpha = alpha},
    };
    static const size_t strides[] = {4 * 9, 2 * 9, 6 * 9, 3 * 9, 2};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct image *image;
        const struct image_coded *coded;

        kinds[i].width = 9;
        kinds[i].height = 12;
        image = make(&kinds[i], strides[i]);
        coded = check_pixels(image, LEVEL);
        assert_false(coded->as_stored);
        assert_int_equal(coded->bits, 8);
        assert_true((coded->mask.length > 0) == (i == 0 || i == 1 || i == 4));
        image_unref(image);
    }
}

static void an_opaque_image_has_no_mask(void **state)
{
    static const uint8_t row[] = {1, 2, 3, 255, 4, 5, 6, 255};
    struct png_kind kind = {
        .width = 2, .height = 1, .bits = 8, .colour = PNG_COLOR_TYPE_RGB_ALPHA};
    struct str file;
    struct image *image;

    (void)state;
    str_init(&file);
    make_png(&file, &kind, row, 8);
    image = load(&file);
    assert_int_equal(check_pixels(image, LEVEL)->mask.length, 0);
    image_unref(image);
    str_done(&file);
}

static void it_is_made_once_for_each_level(void **state)
{
    struct png_kind kind = {.width = 300, .height = 200, .bits = 8};
    struct image *image = make(&kind, 300);
    const char *reason = NULL;
    const struct image_coded *coded = image_coded(image, 0, 0, LEVEL, &reason);

    (void)state;
    assert_ptr_equal(image_coded(image, 7, 9, LEVEL, &reason), coded);
    assert_true(coded->as_stored);
    coded = check_pixels(image, 12); /* the smallest file is asked for: no copy */
    assert_int_equal(coded->level, 12);
    assert_false(coded->as_stored);
    image_unref(image);
}

/* A PNG whose data were not made by the encoder that wrote the header. */
static void wrong_data_are_never_copied(void **state)
{
    struct png_kind kind = {.width = 16, .height = 16, .bits = 8};
    uint8_t rows[256] = {0};
    struct str file;

    (void)state;
    for (uint32_t height = 15; height <= 17; height++) {
        const char *reason = NULL;
        struct image *image;

        str_init(&file);
        make_png(&file, &kind, rows, 16);
        png_set_sides(&file, 16, height);
        image = load(&file);
        if (height == 16)
            assert_true(check_pixels(image, LEVEL)->as_stored);
        else if (height == 17)
            assert_null(image_coded(image, 0, 0, LEVEL, &reason));
        else /* too many rows: libpng takes those it wants */
            assert_false(check_pixels(image, LEVEL)->as_stored);
        assert_true((reason != NULL) == (height == 17));
        image_unref(image);
        str_done(&file);
    }
}

/* A row that begins with a filter there is not, its sums right. */
static void an_unknown_filter_is_found(void **state)
{
    static const char header[] =
        "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\4\0\0\0\1\10\0\0\0\0";
    static const uint8_t row[] = {5, 1, 2, 3, 4};
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(1);
    char stream[64] = "IDAT", sum[4];
    size_t length = libdeflate_zlib_compress(deflater, row, 5, stream + 4, 60);
    const char *reason = NULL;
    struct image *image;
    struct str file;

    (void)state;
    str_init(&file);
    str_append(&file, header, sizeof header - 1);
    put_u32(sum, libdeflate_crc32(0, file.data + 12, 17));
    str_append(&file, sum, 4);
    put_u32(sum, (uint32_t)length);
    str_append(&file, sum, 4);
    str_append(&file, stream, length + 4);
    put_u32(sum, libdeflate_crc32(0, stream, length + 4));
    str_append(&file, sum, 4);
    str_append(&file, "\0\0\0\0IEND\xAE\x42\x60\x82", 12);
    image = load(&file);
    assert_non_null(image);
    assert_null(image_coded(image, 0, 0, LEVEL, &reason));
    assert_non_null(reason);
    libdeflate_free_compressor(deflater);
    image_unref(image);
    str_done(&file);
}

static void the_turned_are_copied_as_stored(void **state)
{
    static const uint8_t rows[] = {1, 2, 3, 4, 5, 6};
    char buffer[62];
    struct png_kind kind = {
        .width = 3, .height = 2, .bits = 8, .exif = make_exif(buffer, false, 6)};
    const char *reason = NULL;
    const struct image_coded *coded;
    struct image *image;
    struct str file;

    (void)state;
    str_init(&file);
    make_png(&file, &kind, rows, 3);
    image = load(&file);
    coded = image_coded(image, 0, 0, LEVEL, &reason);
    assert_non_null(coded);
    assert_true(coded->as_stored);
    assert_int_equal(coded->width, 3); /* shown: 2 */
    assert_int_equal(image->width, 2);
    image_unref(image);
    str_done(&file);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_kinds_are_copied),
        cmocka_unit_test(palettes_are_copied_and_filled_up),
        cmocka_unit_test(other_kinds_are_coded_anew),
        cmocka_unit_test(an_opaque_image_has_no_mask),
        cmocka_unit_test(it_is_made_once_for_each_level),
        cmocka_unit_test(wrong_data_are_never_copied),
        cmocka_unit_test(an_unknown_filter_is_found),
        cmocka_unit_test(the_turned_are_copied_as_stored),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
