/* load: the bytes of a file → an image whose structure has been looked at, or a
 * diagnostic.
 *
 * The format is told by the first bytes, never by the name. Formats that are known but
 * not read are named in the message.
 */
#include <string.h>

#include "base/i18n.h"
#include "image/coded.h"
#include "image/format.h"

/* Bytes in which <svg must come: behind a prologue and a comment. */
#define SVG_SEARCH 4096

struct signature {
    const char *bytes; /* at offset */
    uint8_t length;
    uint8_t offset;   /* from the file's start */
    const char *name; /* for the message */
};

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct signature unsupported[] = {
    {BYTES("GIF8"), 0, "GIF"},
    {BYTES("WEBP"), 8, "WebP"},
    {BYTES("BM"), 0, "BMP"},
    {BYTES("II*\0"), 0, "TIFF"},
    {BYTES("MM\0*"), 0, "TIFF"},
    {BYTES("ftypavif"), 4, "AVIF"},
    {BYTES("ftypheic"), 4, "HEIC"},
    {BYTES("ftypmif1"), 4, "HEIF"},
    {BYTES("\xFF\x0A"), 0, "JPEG XL"},
    {BYTES("JXL \r\n\x87\n"), 4, "JPEG XL"},
    {BYTES("jP  \r\n\x87\n"), 4, "JPEG 2000"},
    {BYTES("8BPS"), 0, "PSD"},
    {BYTES("\0\0\1\0"), 0, "ICO"},
    {BYTES("\xD7\xCD\xC6\x9A"), 0, "WMF"},
    {BYTES(" EMF"), 40, "EMF"},
    {BYTES("%PDF-"), 0, "PDF"},
    {BYTES("%!PS"), 0, "PostScript"},
};

static bool has_bytes(struct text t, size_t offset, const char *bytes, size_t length)
{
    return t.length >= offset + length && memcmp(t.data + offset, bytes, length) == 0;
}

static const char *unsupported_name(struct text bytes)
{
    for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++) {
        const struct signature *s = &unsupported[i];

        if (has_bytes(bytes, s->offset, s->bytes, s->length))
            return s->name;
    }
    return NULL;
}

bool image_looks_like_svg(struct text bytes)
{
    struct text start = text_slice(bytes, 0, SVG_SEARCH);
    struct text trimmed;

    if (text_starts(start, "\xEF\xBB\xBF"))
        start = text_slice(start, 3, start.length);
    trimmed = text_trim(start);
    return text_starts(trimmed, "<") && text_find(trimmed, "<svg") < trimmed.length;
}

static bool detect(struct text bytes, enum image_format *ret_format)
{
    if (has_bytes(bytes, 0, BYTES("\x89PNG\r\n\x1A\n")))
        *ret_format = IMAGE_PNG;
    else if (has_bytes(bytes, 0, BYTES("\xFF\xD8\xFF")))
        *ret_format = IMAGE_JPEG;
    else if (image_looks_like_svg(bytes))
        *ret_format = IMAGE_SVG;
    else
        return false;
    return true;
}

const char *image_format_name(enum image_format format)
{
    static const char *const names[] = {"PNG", "JPEG", "SVG"};

    return names[format];
}

static void tell_unknown(
    const char *name, struct text bytes, struct span place, struct diagnostics *sink)
{
    const char *format = unsupported_name(bytes);

    if (bytes.length == 0)
        diag_add(sink, DIAG_IMAGE_DAMAGED, place, NULL, name, _("it is empty"));
    else if (format != NULL)
        diag_add(
            sink, DIAG_IMAGE_FORMAT, place, _("convert it to PNG or JPEG"), name, format);
    else
        diag_add(sink, DIAG_NOT_AN_IMAGE, place, NULL, name);
}

static bool svg_look(struct image *image, const char *name, const struct image_svg *svg,
    struct span place, struct diagnostics *sink)
{
    image->colour = IMAGE_RGB;
    image->bits = 8;
    image->has_alpha = true;
    if (svg == NULL) {
        diag_add(sink, DIAG_SVG_MODULE, place, NULL, name);
        return false;
    }
    image->svg = svg;
    if (svg->size(image->bytes, &image->width, &image->height))
        return true;
    diag_add(sink, DIAG_IMAGE_DAMAGED, place, NULL, name, _("it cannot be drawn"));
    return false;
}

/* The structure of the file, by its format; false after a diagnostic. */
static bool look(struct image *image, const char *name, const struct image_svg *svg,
    struct span place, struct diagnostics *sink)
{
    struct image_fault fault = {NULL, false};

    if (image->format == IMAGE_SVG)
        return svg_look(image, name, svg, place, sink);
    if (image->format == IMAGE_PNG ? png_look(image, &fault) : jpeg_look(image, &fault))
        return true;
    if (fault.unsupported)
        diag_add(sink, DIAG_IMAGE_FORMAT, place, _("convert it to PNG or JPEG"), name,
            _(fault.reason));
    else
        diag_add(sink, DIAG_IMAGE_DAMAGED, place, NULL, name, _(fault.reason));
    return false;
}

static bool check_size(const struct image *image, const char *name,
    const struct limits *limits, struct span place, struct diagnostics *sink)
{
    const struct limits usual = {{0}};
    uint32_t width = image->width, height = image->height;

    if (width == 0 || height == 0) {
        diag_add(sink, DIAG_IMAGE_EMPTY, place, NULL, name, width, height);
        return false;
    }
    if (width <= IMAGE_SIDE_LIMIT && height <= IMAGE_SIDE_LIMIT &&
        (uint64_t)width * height <=
            limit_size(limits != NULL ? limits : &usual, LIMIT_PIXELS))
        return true;
    diag_add(sink, DIAG_IMAGE_TOO_MANY_PIXELS, place, _("scale it down"), name, width,
        height, limit_of(limits != NULL ? limits : &usual, LIMIT_PIXELS),
        IMAGE_SIDE_LIMIT);
    return false;
}

/* From as stored to as shown. */
static void turn_sides(struct image *image)
{
    uint32_t width = image->width, dpi_x = image->dpi_x;

    if (image->orientation < 5)
        return;
    image->width = image->height;
    image->height = width;
    image->dpi_x = image->dpi_y;
    image->dpi_y = dpi_x;
}

struct image *image_from_bytes(const char *path, const char *name, struct text bytes,
    const struct image_svg *svg, const struct limits *limits, struct span place,
    struct diagnostics *sink)
{
    enum image_format format;
    struct image *image;

    if (!detect(bytes, &format)) {
        tell_unknown(name, bytes, place, sink);
        return NULL;
    }
    image = memory_alloc(sizeof *image);
    *image = (struct image){
        .path = memory_duplicate(path, strlen(path)),
        .bytes = {memory_duplicate(bytes.data, bytes.length), bytes.length},
        .format = format,
        .orientation = 1,
        .references = 1,
    };
    if (!look(image, name, svg, place, sink) ||
        !check_size(image, name, limits, place, sink)) {
        image_unref(image);
        return NULL;
    }
    turn_sides(image);
    image->approximate =
        image->colour == IMAGE_CMYK && !colour_is_cmyk_profile(image->icc);
    return image;
}

bool image_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason)
{
    struct pixels pixels;

    if (image->format == IMAGE_SVG) {
        *ret_reason = N_("it is drawn, not decoded");
        return false;
    }
    if (image->format == IMAGE_PNG ? !png_decode(image, &pixels, ret_reason)
                                   : !jpeg_decode(image, &pixels, ret_reason))
        return false;
    pixels_turn(&pixels, image->orientation);
    *ret_pixels = pixels;
    return true;
}

/* Pixels of a side at print resolution. */
static uint32_t print_pixels(unit side)
{
    int64_t pixels = unit_muldiv(side, IMAGE_SVG_DPI, (int64_t)72 * UNIT_PT);

    return pixels < 1                  ? 1
           : pixels > IMAGE_SIDE_LIMIT ? IMAGE_SIDE_LIMIT
                                       : (uint32_t)pixels;
}

bool image_draw(const struct image *image, unit width, unit height,
    struct pixels *ret_pixels, const char **ret_reason)
{
    uint32_t across = print_pixels(width), down = print_pixels(height);

    if (image->format != IMAGE_SVG)
        return image_decode(image, ret_pixels, ret_reason);
    if ((uint64_t)across * down <= IMAGE_PIXEL_LIMIT &&
        image->svg->draw(image->bytes, across, down, ret_pixels))
        return true;
    *ret_reason = N_("it cannot be drawn");
    return false;
}

struct image *image_ref(struct image *image)
{
    image->references++;
    return image;
}

void image_unref(struct image *image)
{
    if (image == NULL || --image->references > 0)
        return;
    memory_free(image->path);
    memory_free((char *)(uintptr_t)image->bytes.data);
    memory_free((char *)(uintptr_t)image->icc.data);
    image_coded_free(image->coded);
    memory_free(image);
}
