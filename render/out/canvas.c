/* canvas: draws glyph runs, rules, paths and images with cairo, one unit of user space
 * being 1 pt.
 *
 * Faces are opened here once more by path and index (cairo-ft wants FreeType faces, font/
 * lends HarfBuzz ones). Cairo keeps scaled fonts in a cache of the process that may
 * outlive the canvas; each cairo face therefore owns its FreeType face and counts a
 * reference on the FreeType library, which goes with the last of them.
 *
 * Outlines are not hinted and advances not rounded: positions are those of the book. */
#include "out/canvas.h"
#include "base/i18n.h"

#include <cairo-ft.h>
#include "out/embellish.h"

struct canvas_library {
    FT_Library handle; /* owned */
    unsigned users;    /* the canvas and each open face */
};

struct open_face {
    FT_Face handle;                 /* owned */
    struct canvas_library *library; /* one reference */
};

static const cairo_user_data_key_t open_face_key;

static struct canvas_library *library_new(void)
{
    FT_Library handle;
    if (FT_Init_FreeType(&handle) != 0)
        program_stop("FreeType cannot be started");
    struct canvas_library *library = memory_alloc(sizeof *library);
    *library = (struct canvas_library){.handle = handle, .users = 1};
    return library;
}

static void library_unref(struct canvas_library *library)
{
    if (library == NULL || --library->users > 0)
        return;
    FT_Done_FreeType(library->handle);
    memory_free(library);
}

static void open_face_free(void *data)
{
    struct open_face *open = data;
    FT_Done_Face(open->handle);
    library_unref(open->library);
    memory_free(open);
}

/* NULL with FreeType's error in *ret_error. */
static cairo_font_face_t *face_open(
    struct canvas_library *library, const struct face *face, FT_Error *ret_error)
{
    FT_Face handle;
    FT_Error error =
        FT_New_Face(library->handle, face->path, (FT_Long)face->index, &handle);
    if (error != 0) {
        *ret_error = error;
        return NULL;
    }
    struct open_face *open = memory_alloc(sizeof *open);
    *open = (struct open_face){.handle = handle, .library = library};
    library->users++;
    cairo_font_face_t *cairo = cairo_ft_font_face_create_for_ft_face(
        handle, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    cairo_font_face_set_user_data(cairo, &open_face_key, open, open_face_free);
    return cairo;
}

static cairo_font_face_t *canvas_face(struct canvas *canvas, const struct face *face)
{
    for (size_t i = 0; i < canvas->faces.length; i++) {
        if (canvas->faces.data[i].face == face)
            return canvas->faces.data[i].cairo;
    }
    if (canvas->library == NULL)
        canvas->library = library_new();
    FT_Error error = 0;
    cairo_font_face_t *cairo = face_open(canvas->library, face, &error);
    if (cairo == NULL) {
        const char *reason = FT_Error_String(error);
        diag_add(canvas->sink, DIAG_FONT_UNREADABLE, SPAN_NONE, NULL, face->path,
            reason != NULL ? reason : _("FreeType does not read it"));
        canvas->failed = true;
    }
    vec_push(&canvas->faces, (struct canvas_face){.face = face, .cairo = cairo});
    return cairo;
}

void canvas_init(struct canvas *canvas, struct diagnostics *sink)
{
    *canvas = (struct canvas){.sink = sink};
}

void canvas_open(struct canvas *canvas, cairo_surface_t *surface, double scale)
{
    canvas->cairo = cairo_create(surface);
    cairo_scale(canvas->cairo, scale, scale);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(canvas->cairo, options);
    cairo_font_options_destroy(options);
}

bool canvas_check(struct canvas *canvas, cairo_status_t status)
{
    if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_WRITE_ERROR)
        return true;
    if (!canvas->failed)
        diag_add(canvas->sink, DIAG_DRAWING_FAILED, SPAN_NONE, NULL,
            cairo_status_to_string(status));
    canvas->failed = true;
    return false;
}

bool canvas_close(struct canvas *canvas)
{
    if (canvas->cairo == NULL)
        return true;
    bool good = canvas_check(canvas, cairo_status(canvas->cairo));
    cairo_destroy(canvas->cairo);
    canvas->cairo = NULL;
    return good;
}

void canvas_done(struct canvas *canvas)
{
    if (canvas == NULL)
        return;
    if (canvas->cairo != NULL)
        cairo_destroy(canvas->cairo);
    for (size_t i = 0; i < canvas->faces.length; i++)
        cairo_font_face_destroy(canvas->faces.data[i].cairo);
    vec_done(&canvas->faces);
    vec_done(&canvas->glyphs);
    library_unref(canvas->library);
}

static void set_colour(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgb(cairo, (colour >> 16 & 0xFF) / 255.0,
        (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

/* Choose the item's face, size and colour and put its glyphs into canvas->glyphs, in pt
 * on the page. False, told: the face cannot be opened. */
static bool prepare_glyphs(struct canvas *canvas, const struct item *item)
{
    const struct face *face = item->u.glyphs.face;
    cairo_font_face_t *font = canvas_face(canvas, face);
    if (font == NULL)
        return false;
    double size = unit_to_pt(item->u.glyphs.size);
    cairo_matrix_t matrix;
    cairo_matrix_init(
        &matrix, size, 0, face->slant ? -EMBELLISH_SLANT * size : 0, size, 0, 0);
    cairo_set_font_face(canvas->cairo, font);
    cairo_set_font_matrix(canvas->cairo, &matrix);
    set_colour(canvas->cairo, item->colour);
    vec_clear(&canvas->glyphs);
    for (uint32_t i = 0; i < item->u.glyphs.count; i++) {
        const struct item_glyph *g = &item->u.glyphs.glyphs[i];
        vec_push(
            &canvas->glyphs, (cairo_glyph_t){g->id, unit_to_pt((int64_t)item->x + g->x),
                                 unit_to_pt((int64_t)item->y - g->y)});
    }
    return true;
}

/* Thicken the prepared glyphs when their face asks for it. */
static void embolden(struct canvas *canvas, const struct item *item)
{
    if (!item->u.glyphs.face->embolden)
        return;
    cairo_new_path(canvas->cairo);
    cairo_glyph_path(canvas->cairo, canvas->glyphs.data, (int)canvas->glyphs.length);
    cairo_set_line_width(
        canvas->cairo, unit_to_pt(item->u.glyphs.size) * EMBELLISH_STROKE);
    cairo_stroke(canvas->cairo);
}

void canvas_glyphs(struct canvas *canvas, const struct item *item)
{
    if (!prepare_glyphs(canvas, item))
        return;
    cairo_show_glyphs(canvas->cairo, canvas->glyphs.data, (int)canvas->glyphs.length);
    embolden(canvas, item);
}

void canvas_rule(struct canvas *canvas, const struct item *item)
{
    set_colour(canvas->cairo, item->colour);
    cairo_rectangle(canvas->cairo, unit_to_pt(item->x), unit_to_pt(item->y),
        unit_to_pt(item->width), unit_to_pt(item->height));
    cairo_fill(canvas->cairo);
}

static void add_step(
    cairo_t *cairo, const struct item *item, const struct path_step *step)
{
    double x[3], y[3];
    for (int i = 0; i < 3; i++) {
        x[i] = unit_to_pt((int64_t)item->x + step->x[i]);
        y[i] = unit_to_pt((int64_t)item->y + step->y[i]);
    }
    switch (step->op) {
    case PATH_MOVE:
        cairo_move_to(cairo, x[0], y[0]);
        break;
    case PATH_LINE:
        cairo_line_to(cairo, x[0], y[0]);
        break;
    case PATH_CURVE:
        cairo_curve_to(cairo, x[0], y[0], x[1], y[1], x[2], y[2]);
        break;
    case PATH_CLOSE:
        cairo_close_path(cairo);
        break;
    }
}

void canvas_path(struct canvas *canvas, const struct item *item)
{
    set_colour(canvas->cairo, item->colour);
    cairo_new_path(canvas->cairo);
    for (uint32_t i = 0; i < item->u.path.count; i++)
        add_step(canvas->cairo, item, &item->u.path.steps[i]);
    if (item->u.path.stroke == 0) {
        cairo_fill(canvas->cairo);
        return;
    }
    cairo_set_line_width(canvas->cairo, unit_to_pt(item->u.path.stroke));
    cairo_stroke(canvas->cairo);
}

/* One pixel of `channels` as cairo's premultiplied ARGB. */
static uint32_t argb(const uint8_t *pixel, uint32_t channels)
{
    uint32_t alpha = channels % 2 == 0 ? pixel[channels - 1] : 255, value = alpha;
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t part = pixel[channels > 2 ? i : 0];
        value = value << 8 | (part * alpha + 127) / 255;
    }
    return value;
}

static cairo_surface_t *pixels_surface(const struct pixels *pixels)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)pixels->width, (int)pixels->height);
    unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const uint8_t *from = pixels->data;
    for (uint32_t y = 0; data != NULL && y < pixels->height; y++) {
        uint32_t *to = (void *)(data + y * stride);
        for (uint32_t x = 0; x < pixels->width; x++, from += pixels->channels)
            *to++ = argb(from, pixels->channels);
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

void canvas_image(
    struct canvas *canvas, const struct item *item, const struct image *image)
{
    struct pixels pixels;
    const char *reason = "";
    if (!image_draw(image, item->width, item->height, &pixels, &reason)) {
        diag_add(canvas->sink, DIAG_IMAGE_DAMAGED, SPAN_NONE, NULL, image->path, reason);
        return;
    }
    cairo_surface_t *surface = pixels_surface(&pixels);
    if (canvas_check(canvas, cairo_surface_status(surface))) {
        cairo_save(canvas->cairo);
        cairo_translate(canvas->cairo, unit_to_pt(item->x), unit_to_pt(item->y));
        cairo_scale(canvas->cairo, unit_to_pt(item->width) / pixels.width,
            unit_to_pt(item->height) / pixels.height);
        cairo_set_source_surface(canvas->cairo, surface, 0, 0);
        cairo_pattern_set_extend(cairo_get_source(canvas->cairo), CAIRO_EXTEND_PAD);
        cairo_rectangle(canvas->cairo, 0, 0, pixels.width, pixels.height);
        cairo_fill(canvas->cairo);
        cairo_restore(canvas->cairo);
    }
    cairo_surface_destroy(surface);
    pixels_done(&pixels);
}
