/* format: what the readers of single formats share; only image/ includes this. */
#ifndef PAIBAN_IMAGE_FORMAT_H
#define PAIBAN_IMAGE_FORMAT_H

#include "image/image.h"

/* Why a file is of no use. */
struct image_fault {
    const char *reason; /* in English, after "is damaged: "; NULL: no fault */
    bool unsupported;   /* the reason names a kind of file, not damage */
};

/* Read the structure of image->bytes into image: stored size, colour, resolution,
 * orientation. False with *ret_fault. The caller checks the size. */
bool png_look(struct image *image, struct image_fault *ret_fault);
bool jpeg_look(struct image *image, struct image_fault *ret_fault);

/* Decode to sRGB as stored: not turned. False with a reason. */
bool png_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason);
bool jpeg_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason);

/* Fill in coded with the data of a PNG as they are. False: they are damaged, or of a kind
 * that a PDF cannot say with the same numbers; coded is untouched then. */
struct image_coded;
bool png_copy(const struct image *image, struct image_coded *coded);

/* What EXIF says of orientation (1 to 8) and resolution; untouched where it says nothing.
 * */
void exif_read(
    struct text tiff, uint8_t *ret_orientation, uint32_t *ret_dpi_x, uint32_t *ret_dpi_y);

/* Colours to sRGB in place. icc may be empty or broken: then as if it was sRGB. */
void colour_rgb_to_srgb(struct pixels *pixels, struct text icc);
/* 4 channels of ink to 3 of sRGB in place, by the profile, or by subtraction without one.
 * */
void colour_cmyk_to_srgb(struct pixels *pixels, struct text icc);
bool colour_is_cmyk_profile(struct text icc);

bool image_looks_like_svg(struct text bytes);
/* Turn pixels as an EXIF orientation says. */
void pixels_turn(struct pixels *pixels, uint8_t orientation);

struct pixels pixels_new(uint32_t width, uint32_t height, uint32_t channels); /* zeroed */

/* Big-endian numbers; the caller has checked that the bytes are there. */
static inline uint32_t read_u16(const char *p)
{
    return (uint32_t)(uint8_t)p[0] << 8 | (uint8_t)p[1];
}

static inline uint32_t read_u32(const char *p)
{
    return read_u16(p) << 16 | read_u16(p + 2);
}

#endif
