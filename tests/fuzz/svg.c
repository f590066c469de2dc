/* svg: the bytes of an SVG image → its size and its pixels, by the module over librsvg. The
 * image is drawn small: what a larger one costs more is the drawing library's own. */
#include "fuzz.h"
#include "image/image.h"

#define SIDE (20 * UNIT_PT) /* it is placed at */

/* The module of all inputs. */
static const struct image_svg *module_of_all(void)
{
    static const struct image_svg *svg;
    const char *reason = "";

    if (svg == NULL) {
        fuzz_folder(); /* sets the environment */
        svg = image_svg_open(fuzz_modules(), &reason);
    }
    fuzz_require(svg != NULL);
    return svg;
}

static void check_drawn(const struct image *image)
{
    struct pixels pixels = {0};
    const char *reason = NULL;

    if (!image_draw(image, SIDE, SIDE, &pixels, &reason)) {
        fuzz_require(reason != NULL && pixels.data == NULL);
        return;
    }
    fuzz_require(pixels.width == pixels.height && pixels.width > 0);
    fuzz_require(pixels.channels == 4 && pixels.data != NULL);
    pixels_done(&pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = {(const char *)data, size};
    struct diagnostics sink;
    struct image *image;

    if (!text_starts(bytes, "<"))
        return 0; /* the other formats are the target image's */
    diagnostics_init(&sink);
    image = image_from_bytes(
        "a.svg", "a.svg", bytes, module_of_all(), NULL, SPAN_NONE, &sink);
    fuzz_require((image == NULL) == (sink.list.length > 0));
    if (image != NULL) {
        fuzz_require(image->format == IMAGE_SVG && image->width > 0 && image->height > 0);
        check_drawn(image);
    }
    image_unref(image);
    diagnostics_done(&sink);
    return 0;
}
