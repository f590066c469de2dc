/* svg: the module paiban-svg: SVG images drawn into pixels with librsvg.
 *
 * Everything is drawn from the bytes alone: with no base address librsvg opens no other
 * file, so an image cannot pull in what the issue may not read. Its own limits (elements,
 * nesting) hold against hostile files.
 */
#include <librsvg/rsvg.h>

#include "image/format.h"
#include "paiban_config.h"

#define SIDE_DEFAULT 300.0 /* CSS pixels, where neither size nor viewBox says */

static RsvgHandle *open_svg(struct text bytes)
{
    RsvgHandle *handle =
        rsvg_handle_new_from_data((const guint8 *)bytes.data, (gsize)bytes.length, NULL);

    if (handle != NULL)
        rsvg_handle_set_dpi(handle, IMAGE_DEFAULT_DPI);
    return handle;
}

static uint32_t whole_pixels(double side)
{
    return side >= (double)IMAGE_SIDE_LIMIT ? IMAGE_SIDE_LIMIT + 1
           : side >= 1                      ? (uint32_t)(side + 0.5)
                                            : (uint32_t)(side > 0);
}

static bool svg_size(struct text bytes, uint32_t *ret_width, uint32_t *ret_height)
{
    RsvgHandle *handle = open_svg(bytes);
    gdouble width = SIDE_DEFAULT, height = SIDE_DEFAULT;
    gboolean has_width, has_height, has_box;
    RsvgLength length[2];
    RsvgRectangle box;

    if (handle == NULL)
        return false;
    if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)) {
        rsvg_handle_get_intrinsic_dimensions(
            handle, &has_width, &length[0], &has_height, &length[1], &has_box, &box);
        width = has_box ? box.width : SIDE_DEFAULT;
        height = has_box ? box.height : SIDE_DEFAULT;
    }
    g_object_unref(handle);
    *ret_width = whole_pixels(width);
    *ret_height = whole_pixels(height);
    return true;
}

/* Cairo's native-endian, premultiplied ARGB as RGBA. */
static struct pixels pixels_of(cairo_surface_t *surface, uint32_t width, uint32_t height)
{
    struct pixels pixels = pixels_new(width, height, 4);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    uint8_t *to = pixels.data;

    for (uint32_t y = 0; y < height; y++) {
        const uint32_t *from = (const void *)(data + y * stride);

        for (uint32_t x = 0; x < width; x++, from++, to += 4) {
            uint32_t alpha = *from >> 24;

            for (int i = 0; i < 3 && alpha > 0; i++)
                to[i] =
                    (uint8_t)(((*from >> (16 - 8 * i) & 0xFF) * 255 + alpha / 2) / alpha);
            to[3] = (uint8_t)alpha;
        }
    }
    return pixels;
}

static bool svg_draw(
    struct text bytes, uint32_t width, uint32_t height, struct pixels *ret_pixels)
{
    RsvgHandle *handle = open_svg(bytes);
    RsvgRectangle viewport = {0, 0, width, height};
    cairo_surface_t *surface;
    cairo_t *cairo;
    bool good;

    if (handle == NULL)
        return false;
    surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    cairo = cairo_create(surface);
    good = rsvg_handle_render_document(handle, cairo, &viewport, NULL) &&
           cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (good)
        *ret_pixels = pixels_of(surface, width, height);
    cairo_surface_destroy(surface);
    g_object_unref(handle);
    return good;
}

extern const struct image_svg_module paiban_svg;
const struct image_svg_module paiban_svg = {PAIBAN_VERSION, {svg_size, svg_draw}};
