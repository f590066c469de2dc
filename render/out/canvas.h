/* canvas: positioned items → cairo calls; what the devices of the cairo module share. */
#ifndef PAIBAN_OUT_CANVAS_H
#define PAIBAN_OUT_CANVAS_H

#include <cairo.h>
#include "page/device.h"

struct canvas_library; /* FreeType, counted: cairo's caches keep faces beyond a canvas */

struct canvas_face {
    const struct face *face;  /* borrowed */
    cairo_font_face_t *cairo; /* owned; NULL: could not be opened, told */
};

struct canvas {
    cairo_t *cairo;                 /* owned; NULL between pages of a raster device */
    struct diagnostics *sink;       /* borrowed */
    struct canvas_library *library; /* one reference; NULL before the first face */
    VEC(struct canvas_face) faces;  /* opened so far */
    VEC(cairo_glyph_t) glyphs;      /* of the item being drawn */
    bool failed;                    /* a fatal diagnostic was added */
};

void canvas_init(struct canvas *canvas, struct diagnostics *sink);
/* Begin drawing on a surface; pixels per pt (1 for vectors). */
void canvas_open(struct canvas *canvas, cairo_surface_t *surface, double scale);
/* Stop drawing. Returns false after telling when cairo failed. */
bool canvas_close(struct canvas *canvas);
void canvas_done(struct canvas *canvas); /* takes NULL */

void canvas_glyphs(struct canvas *canvas, const struct item *item);
void canvas_rule(struct canvas *canvas, const struct item *item);
void canvas_path(struct canvas *canvas, const struct item *item);
void canvas_image(
    struct canvas *canvas, const struct item *item, const struct image *image);
/* Add DIAG_DRAWING_FAILED unless status is a success; write errors are the output's to
 * tell. */
bool canvas_check(struct canvas *canvas, cairo_status_t status);

#endif
