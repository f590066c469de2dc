/* cairo: the module paiban-cairo: pages as PNG and SVG pictures, one file a page.
 *
 * A shared object that the program opens when such a format is asked for, so that a PDF
 * render loads no cairo. Write errors are remembered by struct output, whose commit tells
 * them: drawing goes on to the page's end.
 */
#include <cairo-svg.h>
#include "out/canvas.h"
#include "out/devices.h"
#include "paiban_config.h"

#define PNG_DEFAULT_DPI 150.0
#define PNG_SIDE_LIMIT  32767 /* pixels: cairo's own limit for an image surface */

struct device_state {
    struct canvas canvas;
    const struct book *book;              /* borrowed */
    const struct device_options *options; /* borrowed */
    struct output *output;                /* borrowed */
    cairo_surface_t *surface; /* of the page; NULL outside one or after failure */
    bool raster;              /* PNG, else SVG */
};

static cairo_status_t write_stream(
    void *closure, const unsigned char *bytes, unsigned length)
{
    output_write(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static struct device_state *picture_begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink, bool raster)
{
    struct device_state *state = memory_alloc(sizeof *state);
    *state = (struct device_state){
        .book = book, .options = options, .output = output, .raster = raster};
    canvas_init(&state->canvas, sink);
    return state;
}

static struct device_state *png_begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    return picture_begin(book, options, output, sink, true);
}

static struct device_state *svg_begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    return picture_begin(book, options, output, sink, false);
}

static void tell_too_large(
    struct diagnostics *sink, uint32_t index, double dpi, double width, double height)
{
    struct str numbers[3];
    double values[3] = {dpi, width, height};
    for (int i = 0; i < 3; i++) {
        str_init(&numbers[i]);
        str_append_number(&numbers[i], values[i], 0);
    }
    diag_add(sink, DIAG_PICTURE_TOO_LARGE, SPAN_NONE, NULL, index + 1, numbers[0].data,
        numbers[1].data, numbers[2].data, (unsigned)PNG_SIDE_LIMIT);
    for (int i = 0; i < 3; i++)
        str_done(&numbers[i]);
}

/* Whole pixels that cover a length; rounding noise below 1/1000 pixel makes no new one.
 */
static double pixels(unit length, double scale)
{
    double exact = unit_to_pt(length) * scale;
    double whole = (double)(int64_t)exact;
    return exact - whole > 0.001 ? whole + 1 : whole;
}

static void png_begin_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    double dpi = state->options->dpi > 0 ? state->options->dpi : PNG_DEFAULT_DPI;
    double scale = dpi / 72;
    double width = pixels(page->width, scale), height = pixels(page->height, scale);
    if (width > PNG_SIDE_LIMIT || height > PNG_SIDE_LIMIT) {
        tell_too_large(state->canvas.sink, index, dpi, width, height);
        state->canvas.failed = true;
        return;
    }
    state->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    canvas_open(&state->canvas, state->surface, scale);
    cairo_set_source_rgb(state->canvas.cairo, 1, 1, 1);
    cairo_paint(state->canvas.cairo);
}

static void svg_begin_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    (void)index;
    state->surface = cairo_svg_surface_create_for_stream(
        write_stream, state->output, unit_to_pt(page->width), unit_to_pt(page->height));
    canvas_open(&state->canvas, state->surface, 1);
}

static void picture_glyphs(struct device_state *state, const struct item *item)
{
    if (state->surface != NULL)
        canvas_glyphs(&state->canvas, item);
}

static void picture_rule(struct device_state *state, const struct item *item)
{
    if (state->surface != NULL)
        canvas_rule(&state->canvas, item);
}

static void picture_path(struct device_state *state, const struct item *item)
{
    if (state->surface != NULL)
        canvas_path(&state->canvas, item);
}

static void picture_image(struct device_state *state, const struct item *item)
{
    if (state->surface != NULL)
        canvas_image(
            &state->canvas, item, state->book->images.data[item->u.image.index]);
}

static void picture_end_page(struct device_state *state)
{
    if (state->surface == NULL)
        return;
    bool good = canvas_close(&state->canvas);
    if (good && state->raster)
        canvas_check(&state->canvas, cairo_surface_write_to_png_stream(
                                         state->surface, write_stream, state->output));
    cairo_surface_finish(state->surface);
    canvas_check(&state->canvas, cairo_surface_status(state->surface));
    cairo_surface_destroy(state->surface);
    state->surface = NULL;
}

static bool picture_end(struct device_state *state, bool abandoned)
{
    bool good = abandoned || !state->canvas.failed;
    canvas_done(&state->canvas);
    cairo_surface_destroy(state->surface);
    memory_free(state);
    return good;
}

static const struct device png_device = {
    .name = "png",
    .extension = "png",
    .file_per_page = true,
    .begin = png_begin,
    .begin_page = png_begin_page,
    .glyphs = picture_glyphs,
    .rule = picture_rule,
    .path = picture_path,
    .image = picture_image,
    .end_page = picture_end_page,
    .end = picture_end,
};

static const struct device svg_device = {
    .name = "svg",
    .extension = "svg",
    .file_per_page = true,
    .begin = svg_begin,
    .begin_page = svg_begin_page,
    .glyphs = picture_glyphs,
    .rule = picture_rule,
    .path = picture_path,
    .image = picture_image,
    .end_page = picture_end_page,
    .end = picture_end,
};

static const struct device *const devices[] = {&png_device, &svg_device, NULL};

extern const struct device_module paiban_devices;
const struct device_module paiban_devices = {PAIBAN_VERSION, devices};
