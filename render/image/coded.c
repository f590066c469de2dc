/* coded: pixels → rows with PNG filters → deflate; see coded.h.
 *
 * Each row gets the filter that makes the sum of its differences least, as PNG's authors
 * advise (PNG third edition, 12.7). */
#include "image/coded.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "image/format.h"

void image_coded_free(struct image_coded *coded)
{
    if (coded == NULL)
        return;
    str_done(&coded->palette);
    str_done(&coded->rows);
    str_done(&coded->mask);
    memory_free(coded);
}

size_t image_coded_size(const struct image_coded *coded)
{
    return coded == NULL ? 0
                         : sizeof *coded + coded->palette.length + coded->rows.length +
                               coded->mask.length;
}

static uint8_t paeth(int left, int above, int corner)
{
    int guess = left + above - corner;
    int a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (uint8_t)(a <= b && a <= c ? left : b <= c ? above : corner);
}

/* One row through a PNG filter (PNG third edition, 9.2): 1 Sub, 2 Up, 4 Paeth. Returns
 * the sum of the differences, by which the filter is chosen. */
static uint64_t filter_row(int filter, const uint8_t *row, const uint8_t *above,
    size_t length, size_t step, char *to)
{
    uint64_t sum = 0;
    *to++ = (char)filter;
    for (size_t i = 0; i < length; i++) {
        int left = i >= step ? row[i - step] : 0, up = above != NULL ? above[i] : 0;
        int corner = i >= step && above != NULL ? above[i - step] : 0;
        uint8_t guess = (uint8_t)(filter == 1   ? left
                                  : filter == 2 ? up
                                                : paeth(left, up, corner));
        uint8_t difference = (uint8_t)(row[i] - guess);
        *to++ = (char)difference;
        sum += difference < 128 ? difference : 256u - difference;
    }
    return sum;
}

static void filter_rows(struct str *out, const uint8_t *data, uint32_t width,
    uint32_t height, uint32_t channels)
{
    static const int filters[] = {1, 2, 4};
    size_t length = (size_t)width * channels;
    char *rows = memory_alloc(2 * (length + 1));
    for (uint32_t y = 0; y < height; y++) {
        const uint8_t *row = data + y * length, *above = y > 0 ? row - length : NULL;
        uint64_t best = UINT64_MAX;
        char *kept = rows, *tried = rows + length + 1;
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            uint64_t sum = filter_row(filters[i], row, above, length, channels, tried);
            if (sum >= best)
                continue;
            best = sum;
            char *swap = kept;
            kept = tried;
            tried = swap;
        }
        str_append(out, kept, length + 1);
    }
    memory_free(rows);
}

static void deflate_rows(struct str *out, const uint8_t *data,
    const struct pixels *pixels, uint32_t channels, int level)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    struct str rows;
    if (compressor == NULL)
        program_stop("no memory for compressing");
    str_init(&rows);
    filter_rows(&rows, data, pixels->width, pixels->height, channels);
    size_t bound = libdeflate_zlib_compress_bound(compressor, rows.length);
    char *bytes = memory_alloc(bound);
    size_t length =
        libdeflate_zlib_compress(compressor, rows.data, rows.length, bytes, bound);
    str_append(out, bytes, length);
    memory_free(bytes);
    str_done(&rows);
    libdeflate_free_compressor(compressor);
}

static bool is_opaque(const uint8_t *alpha, size_t count)
{
    while (count > 0 && alpha[count - 1] == 0xFF)
        count--;
    return count == 0;
}

static void code_pixels(struct image_coded *coded, struct pixels *pixels)
{
    size_t count = (size_t)pixels->width * pixels->height;
    uint8_t *alpha = pixels->channels % 2 == 0 ? memory_alloc(count) : NULL;
    if (alpha != NULL && pixels_take_alpha(pixels, alpha) && !is_opaque(alpha, count))
        deflate_rows(&coded->mask, alpha, pixels, 1, coded->level);
    coded->width = pixels->width;
    coded->height = pixels->height;
    coded->components = pixels->channels;
    coded->bits = 8;
    deflate_rows(&coded->rows, pixels->data, pixels, pixels->channels, coded->level);
    memory_free(alpha);
}

static bool code(struct image_coded *coded, const struct image *image, unit width,
    unit height, const char **ret_reason)
{
    struct pixels pixels;
    if (image->format == IMAGE_PNG && coded->level <= CODED_COPY_LEVEL &&
        png_copy(image, coded))
        return true;
    if (!image_draw(image, width, height, &pixels, ret_reason))
        return false;
    code_pixels(coded, &pixels);
    pixels_done(&pixels);
    return true;
}

const struct image_coded *image_coded(
    struct image *image, unit width, unit height, int level, const char **ret_reason)
{
    bool drawn = image->format == IMAGE_SVG;
    struct image_coded *coded = image->coded;
    if (coded != NULL && coded->level == level &&
        (!drawn || (coded->drawn_width == width && coded->drawn_height == height)))
        return coded;
    coded = memory_alloc(sizeof *coded);
    *coded = (struct image_coded){.level = level,
        .drawn_width = drawn ? width : 0,
        .drawn_height = drawn ? height : 0};
    if (!code(coded, image, width, height, ret_reason)) {
        image_coded_free(coded);
        return NULL;
    }
    image_coded_free(image->coded);
    image->coded = coded;
    return coded;
}
