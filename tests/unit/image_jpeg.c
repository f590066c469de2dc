/* Tests of JPEG in image/: structure, orientation, inks, profiles, every refusal. */
#include "image_test.h"

#include <lcms2.h>

#define SIDE                                                                             \
    16 /* pixels: two blocks, so that each quarter of an image is a block of its own */

static struct image *make(const struct jpeg_kind *kind, const uint8_t *pixels)
{
    struct image *image;
    struct str file;

    str_init(&file);
    make_jpeg(&file, kind, pixels);
    image = load(&file);
    str_done(&file);
    assert_non_null(image);
    return image;
}

/* SIDE × SIDE pixels of one colour. */
static const uint8_t *flat(uint8_t *buffer, const uint8_t *colour, size_t channels)
{
    for (size_t i = 0; i < SIDE * SIDE; i++)
        memcpy(buffer + i * channels, colour, channels);
    return buffer;
}

static void check_near(int value, int expected)
{
    assert_in_range(value + 1000, expected + 1000 - 3, expected + 1000 + 3);
}

/* Decode and compare the first pixel, ±3. */
static void check_first(
    const struct image *image, uint32_t channels, const uint8_t *expected)
{
    struct pixels pixels;
    const char *reason = NULL;

    assert_true(image_decode(image, &pixels, &reason));
    assert_int_equal(pixels.channels, channels);
    for (uint32_t c = 0; c < channels; c++)
        check_near(pixels.data[c], expected[c]);
    pixels_done(&pixels);
}

static void gray_and_rgb_pass_through(void **state)
{
    uint8_t buffer[SIDE * SIDE * 3];
    static const uint8_t colour[] = {200, 60, 20};
    struct jpeg_kind kind = {.width = SIDE, .height = SIDE, .channels = 1, .dpi = 240};
    struct image *image = make(&kind, flat(buffer, colour, 1));

    (void)state;
    assert_int_equal(image->colour, IMAGE_GRAY);
    assert_true(image->passes_through);
    assert_false(image->has_alpha);
    assert_int_equal(image->dpi_x, 240);
    assert_int_equal(image->width, SIDE);
    check_first(image, 1, colour);
    image_unref(image);
    for (int progressive = 0; progressive < 2; progressive++) {
        kind = (struct jpeg_kind){
            .width = SIDE, .height = SIDE / 2, .channels = 3, .progressive = progressive};
        image = make(&kind, flat(buffer, colour, 3));
        assert_int_equal(image->colour, IMAGE_RGB);
        assert_int_equal(image->height, SIDE / 2);
        assert_int_equal(image->dpi_x, 0);
        assert_true(image->passes_through);
        check_first(image, 3, colour);
        image_unref(image);
    }
}

/* Quarters of four grays: 0 50 / 100 150, wide by 2 : 1 so that turning shows in the
 * sides. */
static const uint8_t *quarters(uint8_t *buffer)
{
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 32; x++)
            buffer[y * 32 + x] = (uint8_t)((y >= 8) * 100 + (x >= 16) * 50);
    return buffer;
}

static void check_quarters(const struct image *image, const int expected[4])
{
    struct pixels p;
    const char *reason = NULL;

    assert_true(image_decode(image, &p, &reason));
    assert_int_equal(p.width, image->width);
    check_near(p.data[0], expected[0]);
    check_near(p.data[p.width - 1], expected[1]);
    check_near(p.data[(size_t)p.width * (p.height - 1)], expected[2]);
    check_near(p.data[(size_t)p.width * p.height - 1], expected[3]);
    pixels_done(&p);
}

static void the_eight_orientations(void **state)
{
    static const int expected[9][4] = {{0, 50, 100, 150}, {0, 50, 100, 150},
        {50, 0, 150, 100}, {150, 100, 50, 0}, {100, 150, 0, 50}, {0, 100, 50, 150},
        {100, 0, 150, 50}, {150, 50, 100, 0}, {50, 150, 0, 100}};
    uint8_t buffer[32 * 16];

    (void)state;
    for (int orientation = 1; orientation <= 8; orientation++) {
        for (int little = 0; little < 2; little++) {
            char exif[62];
            struct jpeg_kind kind = {.width = 32,
                .height = 16,
                .channels = 1,
                .exif = make_exif(exif, little, orientation)};
            struct image *image = make(&kind, quarters(buffer));

            assert_int_equal(image->orientation, orientation);
            assert_int_equal(image->width, orientation >= 5 ? 16 : 32);
            assert_int_equal(image->dpi_x, 150);
            check_quarters(image, expected[orientation]);
            image_unref(image);
        }
    }
}

/* The matrix and the decoder turn in the same way: the first stored corner goes to the
 * same. */
static void the_matrix_agrees(void **state)
{
    static const int first_corner[9][2] = {
        {-1, -1}, {-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

    (void)state;
    for (uint8_t orientation = 1; orientation <= 8; orientation++) {
        int m[4];

        image_orientation_matrix(orientation, m);
        assert_int_equal(m[0] * -1 + m[2] * -1, first_corner[orientation][0]);
        assert_int_equal(m[1] * -1 + m[3] * -1, first_corner[orientation][1]);
        assert_int_equal(abs(m[0] * m[3] - m[1] * m[2]), 1);
    }
}

static void a_broken_exif_says_nothing(void **state)
{
    uint8_t buffer[32 * 16];
    char exif[62];

    (void)state;
    for (size_t length = 1; length < 62; length++) {
        struct jpeg_kind kind = {.width = 32,
            .height = 16,
            .channels = 1,
            .exif = {make_exif(exif, false, 6).data, length}};
        struct image *image = make(&kind, quarters(buffer));

        assert_true(image->orientation == 1 || image->orientation == 6);
        image_unref(image);
    }
    for (int orientation = 0; orientation < 256; orientation += 9) { /* 0, 9, 18 … */
        struct jpeg_kind kind = {.width = 32,
            .height = 16,
            .channels = 1,
            .exif = make_exif(exif, false, orientation)};
        struct image *image = make(&kind, quarters(buffer));

        assert_int_equal(image->orientation, 1);
        image_unref(image);
    }
}

/* libjpeg writes an Adobe segment with CMYK, so the values are inverted: 255 is no ink.
 * */
static void inks_without_a_profile(void **state)
{
    uint8_t buffer[SIDE * SIDE * 4];
    static const uint8_t cyan[] = {0, 255, 255, 255}, dark_red[] = {255, 55, 55, 155};

    (void)state;
    for (int ycck = 0; ycck < 2; ycck++) {
        struct jpeg_kind kind = {
            .width = SIDE, .height = SIDE, .channels = 4, .ycck = ycck};
        struct image *image = make(&kind, flat(buffer, cyan, 4));

        assert_int_equal(image->colour, IMAGE_CMYK);
        assert_true(image->inverted);
        assert_true(image->approximate);
        assert_false(image->passes_through);
        check_first(image, 3, (const uint8_t[]){0, 255, 255});
        image_unref(image);
        image = make(&kind, flat(buffer, dark_red, 4));
        check_first(image, 3, (const uint8_t[]){155, 33, 33});
        image_unref(image);
    }
}

/* A press on which any ink is gray: L* = 100 − 100 × the mean of the inks. */
static cmsInt32Number gray_press(
    const cmsUInt16Number in[], cmsUInt16Number out[], void *cargo)
{
    cmsCIELab lab = {
        100.0 - 100.0 * ((double)in[0] + in[1] + in[2] + in[3]) / (4 * 65535.0), 0, 0};

    (void)cargo;
    cmsFloat2LabEncodedV2(out, &lab);
    return TRUE;
}

static struct text make_press_profile(void)
{
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, 4, 3);
    cmsStage *table = cmsStageAllocCLut16bit(NULL, 3, 4, 3, NULL);
    cmsUInt32Number length = 0;
    char *bytes;

    cmsSetProfileVersion(profile, 2.1);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsStageSampleCLut16bit(table, gray_press, NULL, 0);
    cmsPipelineInsertStage(pipeline, cmsAT_END, table);
    cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
    cmsPipelineFree(pipeline);
    cmsSaveProfileToMem(profile, NULL, &length);
    bytes = memory_alloc(length);
    cmsSaveProfileToMem(profile, bytes, &length);
    cmsCloseProfile(profile);
    return (struct text){bytes, length};
}

static void inks_with_a_profile(void **state)
{
    uint8_t buffer[SIDE * SIDE * 4];
    static const uint8_t cyan[] = {0, 255, 255, 255};
    struct text icc = make_press_profile();
    struct jpeg_kind kind = {.width = SIDE, .height = SIDE, .channels = 4, .icc = icc};
    struct image *image = make(&kind, flat(buffer, cyan, 4));
    struct pixels pixels;
    const char *reason = NULL;

    (void)state;
    assert_false(image->approximate);
    assert_int_equal(image->icc.length, icc.length);
    assert_true(image_decode(image, &pixels, &reason));
    check_near(pixels.data[0], pixels.data[1]); /* gray, as this press has it, not cyan */
    check_near(pixels.data[1], pixels.data[2]);
    assert_in_range(pixels.data[0], 150, 220);
    pixels_done(&pixels);
    image_unref(image);
    kind.icc.length = 40;
    image = make(&kind, flat(buffer, cyan, 4));
    assert_true(image->approximate);
    image_unref(image);
    memory_free((char *)(uintptr_t)icc.data);
}

static struct text make_swapped_profile(void)
{
    /* Primaries of sRGB, red and blue exchanged. */
    cmsCIExyYTRIPLE primaries = {{0.15, 0.06, 1}, {0.30, 0.60, 1}, {0.64, 0.33, 1}};
    cmsCIExyY white = {0.3127, 0.3290, 1};
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2), *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsUInt32Number length = 0;
    char *bytes;

    cmsSaveProfileToMem(profile, NULL, &length);
    bytes = memory_alloc(length);
    cmsSaveProfileToMem(profile, bytes, &length);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return (struct text){bytes, length};
}

static void a_profile_of_rgb_is_used(void **state)
{
    uint8_t buffer[SIDE * SIDE * 3];
    static const uint8_t red[] = {255, 0, 0};
    struct text icc = make_swapped_profile();
    struct jpeg_kind kind = {.width = SIDE, .height = SIDE, .channels = 3, .icc = icc};
    struct image *image = make(&kind, flat(buffer, red, 3));

    (void)state;
    assert_true(image->passes_through);
    check_first(image, 3, (const uint8_t[]){0, 0, 255});
    image_unref(image);
    memory_free((char *)(uintptr_t)icc.data);
}

static void check_refused(const struct str *bytes, enum diag_id id, const char *words)
{
    assert_null(load(bytes));
    assert_int_equal(sink.list.length, 1);
    assert_int_equal(sink.list.data[0].id, id);
    assert_non_null(strstr(sink.list.data[0].message, words));
}

static void a_file_that_ends_early_is_refused(void **state)
{
    uint8_t buffer[32 * 16];
    struct jpeg_kind kind = {.width = 32, .height = 16, .channels = 1};
    struct str file, part;

    (void)state;
    str_init(&file);
    make_jpeg(&file, &kind, quarters(buffer));
    for (size_t length = 3; length < file.length; length++) {
        str_init(&part);
        str_append(&part, file.data, length);
        check_refused(&part, DIAG_IMAGE_DAMAGED, "picture");
        str_done(&part);
    }
    str_append_string(&file, "what a telephone puts behind"); /* no fault */
    image_unref(load(&file));
    assert_int_equal(sink.list.length, 0);
    str_done(&file);
}

/* Offset of the frame header's marker. */
static size_t frame_of(const struct str *file)
{
    for (size_t i = 2; i + 1 < file->length; i++)
        if ((uint8_t)file->data[i] == 0xFF && (uint8_t)file->data[i + 1] == 0xC0)
            return i;
    fail();
    return 0;
}

static void headers_that_cannot_be(void **state)
{
    uint8_t buffer[32 * 16];
    struct jpeg_kind kind = {.width = 32, .height = 16, .channels = 1};
    struct str file;
    size_t frame;

    (void)state;
    str_init(&file);
    make_jpeg(&file, &kind, quarters(buffer));
    frame = frame_of(&file);
    file.data[frame + 1] = (char)0xC9; /* arithmetic coding */
    check_refused(&file, DIAG_IMAGE_FORMAT, "PDF");
    file.data[frame + 1] = (char)0xC0;
    file.data[frame + 4] = 12; /* bits */
    check_refused(&file, DIAG_IMAGE_FORMAT, "PDF");
    file.data[frame + 4] = 8;
    file.data[frame + 9] = 2; /* components */
    check_refused(&file, DIAG_IMAGE_DAMAGED, "colours");
    file.data[frame + 9] = 1;
    file.data[frame + 6] = 0; /* height */
    check_refused(&file, DIAG_IMAGE_EMPTY, "32 × 0");
    memcpy(file.data + frame + 5, "\x4E\x20\x4E\x20", 4);
    check_refused(&file, DIAG_IMAGE_TOO_MANY_PIXELS, "20000 × 20000");
    memcpy(file.data + frame + 5, "\0\x10\0\x20", 4);
    image_unref(load(&file));
    assert_int_equal(sink.list.length, 0);
    str_done(&file);
}

/* Whatever a byte is changed to: refused, or decoded to something; never a crash. */
static void changed_bytes_do_no_harm(void **state)
{
    uint8_t buffer[32 * 16];
    struct jpeg_kind kind = {
        .width = 32, .height = 16, .channels = 1, .progressive = true};
    struct str file;

    (void)state;
    str_init(&file);
    make_jpeg(&file, &kind, quarters(buffer));
    for (size_t i = 2; i < file.length; i++) {
        char kept = file.data[i];
        struct image *image;

        file.data[i] = (char)(kept ^ 0x41);
        image = load(&file);
        if (image != NULL && (uint64_t)image->width * image->height < 100000) {
            struct pixels pixels = {0};
            const char *reason = NULL;

            assert_true(image_decode(image, &pixels, &reason) || reason != NULL);
            pixels_done(&pixels);
        }
        assert_true(image != NULL || sink.list.length == 1);
        image_unref(image);
        file.data[i] = kept;
    }
    str_done(&file);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gray_and_rgb_pass_through),
        cmocka_unit_test(the_eight_orientations),
        cmocka_unit_test(the_matrix_agrees),
        cmocka_unit_test(a_broken_exif_says_nothing),
        cmocka_unit_test(inks_without_a_profile),
        cmocka_unit_test(inks_with_a_profile),
        cmocka_unit_test(a_profile_of_rgb_is_used),
        cmocka_unit_test(a_file_that_ends_early_is_refused),
        cmocka_unit_test(headers_that_cannot_be),
        cmocka_unit_test(changed_bytes_do_no_harm),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
