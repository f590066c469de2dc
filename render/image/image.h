/* image: the pictures of an issue: found, looked at, decoded when a device wants pixels.
 *
 * image_find() takes an address as the issue writes it, finds the file below the folders
 * it may come from, reads it and looks at its structure: format, size, resolution,
 * orientation, colour. That costs one pass over the bytes (PNG check sums included, so
 * that damage is found here) and no decoding. Whatever cannot be used is told with its
 * place and gives NULL: the page then has a labelled box.
 *
 * A device takes a JPEG's bytes as they are when passes_through is set (and turns it by
 * its orientation), or asks for 8-bit pixels in sRGB, already turned, with
 * image_decode().
 *
 * struct images keeps what it has read, by path, time and size, within limits; an image
 * lives as long as somebody holds a reference. One thread at a time.
 *
 * Rejected: gdk-pixbuf and the like (loaders from elsewhere, a main loop's worth of
 * start-up); decoding at once (a render to PDF passes JPEG through and need not decode
 * it).
 */
#ifndef PAIBAN_IMAGE_IMAGE_H
#define PAIBAN_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/vec.h"

#define IMAGE_FILE_LIMIT  ((size_t)64 << 20) /* bytes of a file; more is refused */
#define IMAGE_PIXEL_LIMIT 64000000u /* that an SVG is drawn in; files: LIMIT_PIXELS */
#define IMAGE_SIDE_LIMIT  65500u /* pixels of a side: libjpeg's limit, for all formats */
#define IMAGES_KEPT       ((size_t)256 << 20) /* bytes of all images: a few of the largest */
#define IMAGE_DEFAULT_DPI 96u  /* of a file that does not say: a screen's */
#define IMAGE_SVG_DPI     300u /* that an SVG is drawn at: what print needs */

enum image_format { IMAGE_PNG, IMAGE_JPEG, IMAGE_SVG };
enum image_colour { IMAGE_GRAY, IMAGE_RGB, IMAGE_CMYK };

struct image {
    char *path;        /* of the file, links resolved */
    struct text bytes; /* the whole file */
    enum image_format format;
    enum image_colour colour; /* as stored; a palette counts as RGB */
    uint32_t width, height;   /* in pixels, as shown: turned by the orientation */
    uint32_t dpi_x, dpi_y;    /* pixels an inch as shown; 0 when the file does not say */
    uint8_t orientation;      /* EXIF, 1 to 8; 1: as stored */
    uint8_t bits;             /* of a component or palette index, as stored */
    bool has_alpha;           /* some pixels may be transparent */
    bool inverted;            /* JPEG, CMYK: 0 is full ink (Adobe) */
    bool approximate; /* CMYK without a profile that can be used: colours are guessed */
    bool passes_through; /* JPEG that a PDF may hold as it is: 8 bit, gray or RGB */
    struct text icc;     /* JPEG: embedded colour profile; "" when none */
    const struct image_svg *svg; /* SVG: what draws it; else NULL */
    struct image_coded *coded; /* its data for a PDF (coded.h), once made; owned; NULL */
    uint32_t references;       /* holders, the cache included */
};

/* Pixels in sRGB, 8 bits a channel, rows from the top without padding. */
struct pixels {
    uint8_t *data;
    uint32_t width, height; /* in pixels */
    uint32_t channels; /* 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA, not premultiplied */
};

/* What draws SVG: given by a module that is opened when an issue has such an image. */
struct image_svg {
    /* Size in CSS pixels (1/96 inch); false when the bytes are no SVG it can draw. */
    bool (*size)(struct text bytes, uint32_t *ret_width, uint32_t *ret_height);
    /* Draw into width × height pixels; false leaves *ret untouched. */
    bool (*draw)(
        struct text bytes, uint32_t width, uint32_t height, struct pixels *ret_pixels);
};

/* What the module exports under the name IMAGE_SVG_SYMBOL. */
struct image_svg_module {
    const char *version; /* of paiban: must equal the program's */
    struct image_svg svg;
};

#define IMAGE_SVG_SYMBOL "paiban_svg"

/* Where an issue's images may come from. Everything is borrowed. */
struct image_roots {
    const char *folder; /* of the issue: relative addresses start here */
    const char *root;   /* addresses that begin with / start here; all must lie below */
    const char *const *allowed; /* further folders below which an image may lie */
    size_t allowed_count;
};

struct image_entry {
    struct image *image;
    uint64_t hash;           /* of its path, to search by */
    size_t size;             /* bytes that it takes, when last looked at */
    struct timespec changed; /* of the file, when it was read */
    uint64_t device, inode;  /* of the file */
    uint64_t used;           /* tick of the last use */
};

struct images {
    VEC(struct image_entry) entries;
    struct map paths; /* keys: every file asked for, the missing too, in order */
    uint64_t tick;    /* counts uses */
    uint64_t begun;   /* tick at which the issue began */
    size_t bytes;     /* sum of the sizes */
    const struct image_svg *svg; /* NULL: not opened yet */
    const char *module_folder;   /* where its module is, borrowed; NULL: SVG is refused */
    struct limits limits;        /* LIMIT_PIXELS; zeroed: the usual */
    size_t bytes_most;           /* of all images kept */
};

void images_init(struct images *images);
void images_done(struct images *images); /* takes NULL; images with other holders stay */
/* Keep no more than that many bytes of files and coded data; IMAGES_KEPT to begin with.
 */
void images_set_limit(struct images *images, size_t bytes);
/* Forget which paths were asked for and let go of what is above the limits (before the
 * next issue). */
void images_forget_paths(struct images *images);

/* The image at an address written at `place`. Gives a reference, or NULL after a
 * diagnostic: remote-image (a warning) or an error. Of inks without a profile it tells
 * with a note. */
struct image *image_find(struct images *images, const struct image_roots *roots,
    struct text address, struct span place, struct diagnostics *sink);
struct image *image_ref(struct image *image);
void image_unref(struct image *image); /* takes NULL */

/* The real path of an address; NULL after a diagnostic. Nothing is opened. A file that is
 * missing still gives *ret_asked, the path that was looked for, or NULL when there is
 * none (remote). */
char *image_resolve(struct arena *arena, const struct image_roots *roots,
    struct text address, struct span place, struct diagnostics *sink,
    const char **ret_asked);
/* Does an address name something that is not on this machine? */
bool image_is_remote(struct text address);
/* An address as messages show it: not more than its beginning. */
char *image_shown_address(struct arena *arena, struct text address);

/* Open the module that draws SVG, once a process. NULL with the reason, in English. */
const struct image_svg *image_svg_open(const char *folder, const char **ret_reason);
/* Look at the bytes of a file, which are copied; messages call it `name`. Gives a
 * reference, or NULL after a diagnostic. limits: LIMIT_PIXELS; NULL: the usual. */
struct image *image_from_bytes(const char *path, const char *name, struct text bytes,
    const struct image_svg *svg, const struct limits *limits, struct span place,
    struct diagnostics *sink);

/* Decode to sRGB as shown. False, with a reason in English for image-damaged, when the
 * data turn out to be bad: *ret_pixels is untouched then. SVG: image_svg draws instead.
 * */
bool image_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason);
/* The same for a placed size, which decides how many pixels an SVG is drawn in. */
bool image_draw(const struct image *image, unit width, unit height,
    struct pixels *ret_pixels, const char **ret_reason);
void pixels_done(struct pixels *pixels); /* takes NULL */
/* Fill in alpha[width × height] and leave 1 or 3 channels in place; false when there is
 * none. */
bool pixels_take_alpha(struct pixels *pixels, uint8_t *ret_alpha);

/* The size an image has by its own resolution, or by IMAGE_DEFAULT_DPI. */
void image_natural_size(const struct image *image, unit *ret_width, unit *ret_height);
/* The lesser of the two resolutions at a placed size, in pixels an inch, rounded. */
uint32_t image_resolution(const struct image *image, unit width, unit height);
/* The matrix a b c d (each -1, 0 or 1) that turns the stored image as its orientation
 * says, about its centre; x to the right, y down: x' = a x + c y, y' = b x + d y. */
void image_orientation_matrix(uint8_t orientation, int ret_matrix[4]);

const char *image_format_name(enum image_format format); /* "PNG" */

#endif
