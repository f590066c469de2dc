/* images: image XObjects (ISO 32000-1, 8.9.5).
 *
 * A JPEG that a PDF may hold goes in byte for byte, with its colour profile, and is
 * turned by the matrix that places it. All else is decoded to 8-bit sRGB or gray: rows
 * through the PNG predictor that gives the smaller differences, then deflate;
 * transparency is a soft mask. Images without a profile of their own are device colours,
 * which the output intent (sRGB) explains, as PDF/A asks.
 *
 * All are written before the first page: what turns out to be damaged has no XObject
 * then, is told, and leaves its place white. */
#include "out/pdf/pdf.h"

#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"

#define ICC_HEADER 128 /* bytes (ICC.1, 7.2) */

void pdf_images_collect(struct pdf *pdf, const struct item *item)
{
    struct pdf_image *image;
    if (item->kind != ITEM_IMAGE)
        return;
    while (pdf->images.length < pdf->book->images.length)
        vec_push(&pdf->images, (struct pdf_image){0});
    image = &pdf->images.data[item->u.image.index];
    image->width = item->width > image->width ? item->width : image->width;
    image->height = item->height > image->height ? item->height : image->height;
}

static uint32_t icc_u32(struct text icc, size_t at)
{
    const uint8_t *p = (const uint8_t *)icc.data + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* May a PDF/A-2 hold this profile for so many components? Version 4 at most, of a device
 * or a colour space (ISO 19005-2, 6.2.4.2). */
static bool icc_is_good(struct text icc, int components)
{
    static const char classes[] = "scnrmntrprtrspac";
    if (icc.length < ICC_HEADER || icc_u32(icc, 0) != icc.length || icc.data[8] < 2 ||
        icc.data[8] > 4 || memcmp(icc.data + 36, "acsp", 4) != 0 ||
        memcmp(icc.data + 16, components == 1 ? "GRAY" : "RGB ", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof classes - 1; i += 4) {
        if (memcmp(icc.data + 12, classes + i, 4) == 0)
            return true;
    }
    return false;
}

/* The object of a profile, written once for all images that have it; 0: none of use. */
static uint32_t profile_object(struct pdf *pdf, struct text icc, int components)
{
    if (!icc_is_good(icc, components))
        return 0;
    for (size_t i = 0; i < pdf->profiles.length; i++) {
        if (text_equal(pdf->profiles.data[i].bytes, icc))
            return pdf->profiles.data[i].object;
    }
    uint32_t object = pdf_reserve(&pdf->objects);
    pdf_stream(&pdf->objects, object, components == 1 ? "/N 1" : "/N 3", icc, true);
    vec_push(&pdf->profiles, (struct pdf_icc){icc, object});
    return object;
}

static void append_head(struct str *out, uint32_t width, uint32_t height,
    uint32_t components, uint32_t profile)
{
    str_printf(out,
        "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8/ColorSpace",
        width, height);
    if (profile != 0) {
        str_append_string(out, "[/ICCBased");
        pdf_append_ref(out, profile);
        str_append_char(out, ']');
    } else {
        str_append_string(out, components == 1 ? "/DeviceGray" : "/DeviceRGB");
    }
}

static void write_stored(
    struct pdf *pdf, struct pdf_image *place, const struct image *image)
{
    bool turned = image->orientation >= 5;
    uint32_t components = image->colour == IMAGE_GRAY ? 1 : 3;
    uint32_t profile = profile_object(pdf, image->icc, (int)components);
    struct str entries;
    str_init(&entries);
    append_head(&entries, turned ? image->height : image->width,
        turned ? image->width : image->height, components, profile);
    str_append_string(&entries, "/Filter/DCTDecode");
    place->object = pdf_reserve(&pdf->objects);
    place->stored = true;
    pdf_stream(&pdf->objects, place->object, entries.data, image->bytes, false);
    str_done(&entries);
}

static uint8_t paeth(int left, int above, int corner)
{
    int guess = left + above - corner;
    int a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (uint8_t)(a <= b && a <= c ? left : b <= c ? above : corner);
}

/* One row through a PNG filter (RFC 2083, 6): 1 Sub, 2 Up, 4 Paeth. Returns the sum of
 * the differences, by which the filter is chosen. */
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

/* All rows, each with the filter that suits it best, as PNG's authors advise. */
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

/* An XObject of decoded pixels; entries: further ones ("" none). Returns its number. */
static uint32_t write_rows(struct pdf *pdf, const uint8_t *data,
    const struct pixels *pixels, uint32_t channels, const char *more)
{
    uint32_t object = pdf_reserve(&pdf->objects);
    struct str entries, rows;
    str_init(&entries);
    str_init(&rows);
    append_head(&entries, pixels->width, pixels->height, channels, 0);
    str_printf(&entries, "/DecodeParms<</Predictor 15/Colors %u/Columns %u>>%s", channels,
        pixels->width, more);
    filter_rows(&rows, data, pixels->width, pixels->height, channels);
    pdf_stream(&pdf->objects, object, entries.data, str_text(&rows), true);
    str_done(&rows);
    str_done(&entries);
    return object;
}

static bool is_opaque(const uint8_t *alpha, size_t count)
{
    while (count > 0 && alpha[count - 1] == 0xFF)
        count--;
    return count == 0;
}

static uint32_t write_pixels(struct pdf *pdf, struct pixels *pixels)
{
    size_t count = (size_t)pixels->width * pixels->height;
    uint8_t *alpha = pixels->channels % 2 == 0 ? memory_alloc(count) : NULL;
    struct str mask;
    str_init(&mask);
    if (alpha != NULL && pixels_take_alpha(pixels, alpha) && !is_opaque(alpha, count)) {
        uint32_t object = write_rows(pdf, alpha, pixels, 1, "");
        str_append_string(&mask, "/SMask");
        pdf_append_ref(&mask, object);
    }
    uint32_t object = write_rows(
        pdf, pixels->data, pixels, pixels->channels, mask.length > 0 ? mask.data : "");
    str_done(&mask);
    memory_free(alpha);
    return object;
}

static void write_decoded(
    struct pdf *pdf, struct pdf_image *place, const struct image *image)
{
    struct pixels pixels;
    const char *reason = "";
    if (!image_draw(image, place->width, place->height, &pixels, &reason)) {
        diag_add(pdf->sink, DIAG_IMAGE_DAMAGED, SPAN_NONE, NULL, image->path, _(reason));
        return;
    }
    place->object = write_pixels(pdf, &pixels);
    pixels_done(&pixels);
}

void pdf_images_write(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->images.length; i++) {
        struct pdf_image *place = &pdf->images.data[i];
        const struct image *image = pdf->book->images.data[i];
        if (place->width == 0)
            continue;
        if (image->passes_through)
            write_stored(pdf, place, image);
        else
            write_decoded(pdf, place, image);
    }
}

/* From the unit square, in which an image is drawn upright, to its place on the page.
 * With M the matrix of the orientation (y down, about the centre), W, H the size and X, Y
 * the top-left corner (y up):
 *     x' = X + W (a (x − ½) + c (½ − y) + ½)    y' = Y − H (b (x − ½) + d (½ − y) + ½) */
void pdf_image_matrix(const struct pdf *pdf, const struct item *item, struct str *out)
{
    const struct image *image = pdf->book->images.data[item->u.image.index];
    int64_t w = item->width, h = item->height;
    int64_t top = (int64_t)pdf->content.page_height - item->y;
    int m[4] = {1, 0, 0, 1};
    if (pdf->images.data[item->u.image.index].stored)
        image_orientation_matrix(image->orientation, m);
    int64_t values[6] = {w * m[0], -h * m[1], -w * m[2], h * m[3],
        item->x + w * (1 - m[0] + m[2]) / 2, top - h * (1 - m[1] + m[3]) / 2};
    for (int i = 0; i < 6; i++) {
        pdf_append_hundredths(out, unit_muldiv(values[i], 100, UNIT_PT));
        str_append_char(out, ' ');
    }
}

void pdf_images_append(const struct pdf *pdf, struct str *out)
{
    bool any = false;
    for (size_t i = 0; i < pdf->images.length; i++) {
        if (pdf->images.data[i].object == 0)
            continue;
        if (!any)
            str_append_string(out, "/XObject<<");
        any = true;
        str_printf(out, "/I%zu", i + 1);
        pdf_append_ref(out, pdf->images.data[i].object);
    }
    if (any)
        str_append_string(out, ">>");
}
