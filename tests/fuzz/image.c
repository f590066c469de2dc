/* image: the bytes of a file → what the readers say, its pixels, and its data for a PDF.
 * The check sums of a PNG's chunks are made right first, or no mutation would get past
 * them. */
#include "fuzz.h"

#include <libdeflate.h>
#include <string.h>

#include "image/coded.h"

#define LEVEL          6        /* of deflate: the usual */
#define PIXELS_DECODED 1000000u /* decoding is linear in them: more only costs time */

static void check_pixels(const struct image *image)
{
    struct pixels pixels = {0};
    const char *reason = NULL;

    if (!image_decode(image, &pixels, &reason)) {
        fuzz_require(reason != NULL && pixels.data == NULL);
        return;
    }
    fuzz_require(pixels.width == image->width && pixels.height == image->height);
    fuzz_require(pixels.channels >= 1 && pixels.channels <= 4);
    fuzz_require(pixels.data != NULL);
    pixels_done(&pixels);
}

/* A stream inflates to exactly the rows of an image, each behind a filter that exists. */
static void check_rows(struct text stream, size_t height, size_t row)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    size_t length = height * (row + 1);
    uint8_t *rows = memory_alloc(length);

    fuzz_require(decompressor != NULL);
    fuzz_require(libdeflate_zlib_decompress(decompressor, stream.data, stream.length,
                     rows, length, NULL) == LIBDEFLATE_SUCCESS);
    for (size_t y = 0; y < height; y++)
        fuzz_require(rows[y * (row + 1)] <= 4);
    memory_free(rows);
    libdeflate_free_decompressor(decompressor);
}

/* What a PDF would hold of it. */
static void check_coded(struct image *image)
{
    const char *reason = NULL;
    const struct image_coded *coded =
        image_coded(image, UNIT_PT, UNIT_PT, LEVEL, &reason);

    if (coded == NULL) {
        fuzz_require(reason != NULL);
        return;
    }
    fuzz_require(coded->width > 0 && coded->height > 0);
    fuzz_require(coded->components == 1 || coded->components == 3);
    fuzz_require(
        coded->palette.length == 0 || coded->palette.length == (size_t)3 << coded->bits);
    check_rows(str_text(&coded->rows), coded->height,
        ((size_t)coded->width * coded->components * coded->bits + 7) / 8);
    if (coded->mask.length > 0)
        check_rows(str_text(&coded->mask), coded->height, coded->width);
}

/* The check sum of each whole chunk: length (4), kind (4), data, sum (4). */
static void repair_png(uint8_t *data, size_t size)
{
    size_t at = 8;

    if (size < 8 || memcmp(data, "\x89PNG", 4) != 0)
        return;
    while (size - at >= 12) {
        size_t length = (size_t)data[at] << 24 | (size_t)data[at + 1] << 16 |
                        (size_t)data[at + 2] << 8 | data[at + 3];
        uint32_t sum;

        if (length > size - at - 12)
            return;
        sum = libdeflate_crc32(0, data + at + 4, length + 4);
        for (int i = 0; i < 4; i++)
            data[at + 8 + length + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
        at += length + 12;
    }
}

static void look(struct text bytes)
{
    struct diagnostics sink;
    struct image *image;

    diagnostics_init(&sink);
    image = image_from_bytes("a.png", "a.png", bytes, NULL, NULL, SPAN_NONE, &sink);
    if (image == NULL) {
        fuzz_require(sink.list.length > 0);
    } else {
        unit width, height;

        fuzz_require(image->width > 0 && image->height > 0);
        fuzz_require(image->orientation >= 1 && image->orientation <= 8);
        fuzz_require((uint64_t)image->width * image->height <= IMAGE_PIXEL_LIMIT);
        image_natural_size(image, &width, &height);
        fuzz_require(width > 0 && height > 0);
        image_resolution(image, width, height);
        if ((uint64_t)image->width * image->height <= PIXELS_DECODED)
            check_pixels(image);
        if ((uint64_t)image->width * image->height <= PIXELS_DECODED &&
            !image->passes_through)
            check_coded(image);
    }
    image_unref(image);
    diagnostics_done(&sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = memory_resize(NULL, size, 1);

    if (size > 0)
        memcpy(copy, data, size);
    repair_png(copy, size);
    look((struct text){(const char *)copy, size});
    memory_free(copy);
    return 0;
}
