/* image_files: small PNG and JPEG files made by libpng and libjpeg, for the tests of
 * image/. */
#ifndef PAIBAN_TESTS_IMAGE_FILES_H
#define PAIBAN_TESTS_IMAGE_FILES_H

#include "unit_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <libdeflate.h>
#include <png.h>

#include "base/str.h"
#include "base/vec.h"

static inline void png_to_str(png_structp png, png_bytep bytes, size_t count)
{
    str_append(png_get_io_ptr(png), bytes, count);
}

static inline void png_flush_nothing(png_structp png)
{
    (void)png;
}

/* What a PNG is to be like. */
struct png_kind {
    uint32_t width, height;
    int bits, colour; /* as in IHDR */
    bool interlaced;
    uint32_t per_metre; /* pHYs; 0: none */
    const png_color *palette;
    int palette_count;
    const uint8_t *palette_alpha; /* tRNS, as many as the palette has; NULL: none */
    struct text icc, exif;        /* "" for none */
};

/* Rows are `stride` bytes each, as libpng takes them. */
static inline void make_png(
    struct str *out, const struct png_kind *kind, const uint8_t *rows, size_t stride)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_bytep *pointers = memory_resize(NULL, kind->height, sizeof *pointers);

    for (uint32_t y = 0; y < kind->height; y++)
        pointers[y] = (png_bytep)(uintptr_t)(rows + y * stride);
    png_set_write_fn(png, out, png_to_str, png_flush_nothing);
    png_set_IHDR(png, info, kind->width, kind->height, kind->bits, kind->colour,
        kind->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    if (kind->per_metre > 0)
        png_set_pHYs(png, info, kind->per_metre, kind->per_metre, 1);
    if (kind->palette != NULL)
        png_set_PLTE(png, info, kind->palette, kind->palette_count);
    if (kind->palette_alpha != NULL)
        png_set_tRNS(png, info, kind->palette_alpha, kind->palette_count, NULL);
    if (kind->icc.length > 0)
        png_set_iCCP(png, info, "test", 0, (png_const_bytep)kind->icc.data,
            (png_uint_32)kind->icc.length);
    if (kind->exif.length > 0)
        png_set_eXIf_1(png, info, (png_uint_32)kind->exif.length,
            (png_bytep)(uintptr_t)kind->exif.data);
    png_set_rows(png, info, pointers);
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_destroy_write_struct(&png, &info);
    memory_free(pointers);
}

static inline void put_u32(char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(value >> (24 - 8 * i));
}

/* Write other sides into a PNG's header, its check sum with them. */
static inline void png_set_sides(struct str *png, uint32_t width, uint32_t height)
{
    put_u32(png->data + 16, width);
    put_u32(png->data + 20, height);
    put_u32(png->data + 29, libdeflate_crc32(0, png->data + 12, 17));
}

/* What a JPEG is to be like. */
struct jpeg_kind {
    uint32_t width, height;
    int channels; /* 1, 3, 4 */
    bool progressive, ycck;
    int dpi;          /* JFIF; 0: none */
    struct text exif; /* a TIFF; "" for none */
    struct text icc;
};

static inline void jpeg_write_exif(struct jpeg_compress_struct *jpeg, struct text tiff)
{
    struct str segment;

    str_init(&segment);
    str_append(&segment, "Exif\0", 6);
    str_append_text(&segment, tiff);
    jpeg_write_marker(
        jpeg, JPEG_APP0 + 1, (const JOCTET *)segment.data, (unsigned)segment.length);
    str_done(&segment);
}

static inline void make_jpeg(
    struct str *out, const struct jpeg_kind *kind, const uint8_t *pixels)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long length = 0;

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &length);
    jpeg.image_width = kind->width;
    jpeg.image_height = kind->height;
    jpeg.input_components = kind->channels;
    jpeg.in_color_space = kind->channels == 1   ? JCS_GRAYSCALE
                          : kind->channels == 3 ? JCS_RGB
                                                : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 100, TRUE);
    if (kind->ycck)
        jpeg_set_colorspace(&jpeg, JCS_YCCK);
    for (int i = 0; i < jpeg.num_components; i++)
        jpeg.comp_info[i].h_samp_factor = jpeg.comp_info[i].v_samp_factor = 1;
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    if (kind->dpi > 0) {
        jpeg.density_unit = 1;
        jpeg.X_density = jpeg.Y_density = (UINT16)kind->dpi;
    }
    jpeg_start_compress(&jpeg, TRUE);
    if (kind->exif.length > 0)
        jpeg_write_exif(&jpeg, kind->exif);
    if (kind->icc.length > 0)
        jpeg_write_icc_profile(
            &jpeg, (const JOCTET *)kind->icc.data, (unsigned)kind->icc.length);
    while (jpeg.next_scanline < kind->height) {
        JSAMPROW row =
            (JSAMPROW)(uintptr_t)(pixels + (size_t)jpeg.next_scanline * kind->width *
                                               (size_t)kind->channels);

        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    str_append(out, bytes, length);
    jpeg_destroy_compress(&jpeg);
    free(bytes);
}

/* An EXIF block, big-endian or little-endian, with an orientation and 150 pixels an inch.
 * */
static inline struct text make_exif(char buffer[62], bool little, int orientation)
{
    static const char big_bytes[] = "MM\0*\0\0\0\x08\0\x03"
                                    "\x01\x12\0\x03\0\0\0\x01\0\x01\0\0"
                                    "\x01\x1A\0\x05\0\0\0\x01\0\0\0\x32"
                                    "\x01\x1B\0\x05\0\0\0\x01\0\0\0\x32"
                                    "\0\0\0\0"
                                    "\0\0\0\x96\0\0\0\x01";
    static const char little_bytes[] = "II*\0\x08\0\0\0\x03\0"
                                       "\x12\x01\x03\0\x01\0\0\0\x01\0\0\0"
                                       "\x1A\x01\x05\0\x01\0\0\0\x32\0\0\0"
                                       "\x1B\x01\x05\0\x01\0\0\0\x32\0\0\0"
                                       "\0\0\0\0"
                                       "\x96\0\0\0\x01\0\0\0";
    size_t length = sizeof big_bytes - 1;

    memcpy(buffer, little ? little_bytes : big_bytes, length);
    buffer[little ? 18 : 19] = (char)orientation;
    return (struct text){buffer, length};
}

#endif
