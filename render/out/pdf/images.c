/* images: image XObjects (ISO 32000-1, 8.9.5).
 *
 * A JPEG that a PDF may hold goes in byte for byte, with its colour profile, and is
 * turned by the matrix that places it. All else is what image/coded.h makes of it: rows
 * with PNG's predictors, deflated, the data of most PNGs as they are; transparency is a
 * soft mask. Images without a profile of their own are device colours, which the output
 * intent (sRGB) explains, as PDF/A asks.
 *
 * All are written before the first page: what turns out to be damaged has no XObject
 * then, is told, and leaves its place white. */
#include "out/pdf/pdf.h"

#include <string.h>
#include "base/i18n.h"
#include "image/coded.h"

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
    pdf_stream(&pdf->objects, object, components == 1 ? "/N 1" : "/N 3", icc, PACKING_TEXT);
    vec_push(&pdf->profiles, (struct pdf_icc){icc, object});
    return object;
}

static void append_head(struct str *out, uint32_t width, uint32_t height, uint32_t bits)
{
    str_printf(out,
        "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %u/ColorSpace",
        width, height, bits);
}

static void append_device_colours(struct str *out, uint32_t components)
{
    str_append_string(out, components == 1 ? "/DeviceGray" : "/DeviceRGB");
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
        turned ? image->width : image->height, 8);
    if (profile != 0) {
        str_append_string(&entries, "[/ICCBased");
        pdf_append_ref(&entries, profile);
        str_append_char(&entries, ']');
    } else {
        append_device_colours(&entries, components);
    }
    str_append_string(&entries, "/Filter/DCTDecode");
    place->object = pdf_reserve(&pdf->objects);
    place->stored = true;
    pdf_stream(&pdf->objects, place->object, entries.data, image->bytes, PACKING_NONE);
    str_done(&entries);
}

/* An XObject of deflated rows; more: further entries ("" none). Returns its number. */
static uint32_t write_rows(struct pdf *pdf, const struct image_coded *coded,
    const struct str *rows, uint32_t components, const struct str *more)
{
    uint32_t object = pdf_reserve(&pdf->objects);
    struct str entries;
    str_init(&entries);
    append_head(&entries, coded->width, coded->height, coded->bits);
    str_append_text(&entries, str_text(more));
    str_printf(
        &entries, "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %u", components);
    str_printf(&entries, "/BitsPerComponent %u/Columns %u>>", coded->bits, coded->width);
    pdf_stream(&pdf->objects, object, entries.data, str_text(rows), PACKING_NONE);
    str_done(&entries);
    return object;
}

/* The colour space of a palette, an object of its own: it is packed with others. */
static uint32_t write_palette(struct pdf *pdf, const struct str *palette)
{
    uint32_t object = pdf_reserve(&pdf->objects);
    struct str *out = pdf_begin(&pdf->objects, object);
    str_printf(out, "[/Indexed/DeviceRGB %zu", palette->length / 3 - 1);
    pdf_append_string(out, str_text(palette));
    str_append_char(out, ']');
    pdf_end(&pdf->objects);
    return object;
}

static uint32_t write_mask(struct pdf *pdf, const struct image_coded *coded)
{
    struct str gray;
    str_init(&gray);
    append_device_colours(&gray, 1);
    uint32_t object = write_rows(pdf, coded, &coded->mask, 1, &gray);
    str_done(&gray);
    return object;
}

static void write_coded(struct pdf *pdf, struct pdf_image *place, struct image *image)
{
    const char *reason = "";
    const struct image_coded *coded =
        image_coded(image, place->width, place->height, 
            pdf->objects.levels[PACKING_TEXT], &reason);
    struct str more;
    if (coded == NULL) {
        diag_add(pdf->sink, DIAG_IMAGE_DAMAGED, SPAN_NONE, NULL, image->path, _(reason));
        return;
    }
    str_init(&more);
    if (coded->palette.length > 0)
        pdf_append_ref(&more, write_palette(pdf, &coded->palette));
    else
        append_device_colours(&more, coded->components);
    if (coded->mask.length > 0) {
        str_append_string(&more, "/SMask");
        pdf_append_ref(&more, write_mask(pdf, coded));
    }
    place->object = write_rows(pdf, coded, &coded->rows, coded->components, &more);
    place->stored = coded->as_stored;
    str_done(&more);
}

void pdf_images_write(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->images.length; i++) {
        struct pdf_image *place = &pdf->images.data[i];
        struct image *image = pdf->book->images.data[i];
        if (place->width == 0)
            continue;
        if (image->passes_through)
            write_stored(pdf, place, image);
        else
            write_coded(pdf, place, image);
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
