/* jpeg: the structure of a JPEG file (ITU-T T.81), and its pixels by libjpeg-turbo.
 *
 *     SOI  (APP0 JFIF, APP1 EXIF, APP2 profile, APP14 Adobe, tables)  SOF
 *     (SOS coded data)+  EOI
 *     segment: FF kind  length (2 bytes, themselves counted)  data
 *
 * jpeg_look() walks the segments to EOI, over the coded data too (an FF in it is followed
 * by 00 or a restart mark), so that a file that ends early is found. There are no check
 * sums: coded data that are wrong decode to something, and are shown so by every reader.
 *
 * PDF readers know baseline and progressive Huffman coding of 8 bits (32000-1, 7.4.8);
 * arithmetic, lossless and 12-bit files are refused.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "base/i18n.h"
#include "image/format.h"

#define PROFILE_LIMIT ((size_t)16 << 20) /* bytes of a profile over its segments */
#define SCAN_LIMIT    1000 /* scans of a progressive file: far above any encoder's */

enum marker {
    MARKER_SOF0 = 0xC0, /* baseline */
    MARKER_SOF1 = 0xC1, /* extended sequential */
    MARKER_SOF2 = 0xC2, /* progressive */
    MARKER_DHT = 0xC4,  /* among the SOFs, but none */
    MARKER_JPG = 0xC8,
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_RST0 = 0xD0,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_TEM = 0x01
};

struct walk {
    struct text bytes;
    size_t at;           /* behind what was looked at */
    uint32_t scans;      /* SOS met */
    bool frame, end;     /* SOF, EOI were met */
    uint32_t components; /* of the frame */
    bool adobe;          /* APP14 was met */
    struct str profile;  /* data of the APP2 segments, joined */
};

/* The kind of the next marker, fill bytes skipped; -1 at the file's end or where there is
 * none. */
static int next_marker(struct walk *walk)
{
    const uint8_t *p = (const uint8_t *)walk->bytes.data;
    size_t length = walk->bytes.length;

    if (walk->at + 1 >= length || p[walk->at] != 0xFF)
        return -1;
    while (walk->at < length && p[walk->at] == 0xFF)
        walk->at++;
    return walk->at < length ? p[walk->at++] : -1;
}

static bool next_segment(struct walk *walk, struct text *ret_data)
{
    size_t left = walk->bytes.length - walk->at, length;

    if (left < 2)
        return false;
    length = read_u16(walk->bytes.data + walk->at);
    if (length < 2 || length > left)
        return false;
    *ret_data = text_slice(walk->bytes, walk->at + 2, walk->at + length);
    walk->at += length;
    return true;
}

/* Go behind coded data, to the next marker that is no part of them. */
static void skip_scan(struct walk *walk)
{
    const uint8_t *p = (const uint8_t *)walk->bytes.data;
    size_t length = walk->bytes.length;

    while (walk->at + 1 < length) {
        const uint8_t *found = memchr(p + walk->at, 0xFF, length - 1 - walk->at);
        uint8_t kind;

        if (found == NULL) {
            walk->at = length;
            return;
        }
        walk->at = (size_t)(found - p);
        kind = found[1];
        if (kind != 0 && kind != 0xFF && (kind < MARKER_RST0 || kind > MARKER_RST0 + 7))
            return;
        walk->at += kind == 0xFF ? 1 : 2;
    }
    walk->at = length;
}

static bool look_frame(struct image *image, struct walk *walk, int kind, struct text data,
    struct image_fault *ret_fault)
{
    if (kind > MARKER_SOF2 || (data.length > 0 && data.data[0] != 8)) {
        *ret_fault =
            (struct image_fault){N_("a JPEG in a coding that PDF does not know"), true};
        return false;
    }
    if (walk->frame || data.length < 6) {
        ret_fault->reason = N_("its header is wrong");
        return false;
    }
    image->bits = 8;
    image->height = read_u16(data.data + 1);
    image->width = read_u16(data.data + 3);
    walk->components = (uint8_t)data.data[5];
    if (walk->components != 1 && walk->components != 3 && walk->components != 4) {
        ret_fault->reason = N_("it has a strange number of colours");
        return false;
    }
    walk->frame = true;
    return true;
}

/* JFIF: "JFIF\0", version (2), unit (1: inch, 2: cm), X (2), Y (2). EXIF's say counts
 * more. */
static void look_jfif(struct image *image, struct text data)
{
    uint32_t x, y;

    if (data.length < 12 || memcmp(data.data, "JFIF", 5) != 0)
        return;
    x = read_u16(data.data + 8);
    y = read_u16(data.data + 10);
    if (data.data[7] == 2) {
        x = (x * 254 + 50) / 100;
        y = (y * 254 + 50) / 100;
    } else if (data.data[7] != 1) {
        return;
    }
    image->dpi_x = image->dpi_x > 0 ? image->dpi_x : x;
    image->dpi_y = image->dpi_y > 0 ? image->dpi_y : y;
}

/* ICC.1, annex B.4: "ICC_PROFILE\0", number (1), count (1), data. In order in all files
 * met. */
static void look_profile(struct walk *walk, struct text data)
{
    if (data.length < 14 || memcmp(data.data, "ICC_PROFILE", 12) != 0)
        return;
    if (walk->profile.length + data.length <= PROFILE_LIMIT)
        str_append_text(&walk->profile, text_slice(data, 14, data.length));
}

static void look_application(
    struct image *image, struct walk *walk, int kind, struct text data)
{
    if (kind == MARKER_APP0)
        look_jfif(image, data);
    else if (kind == MARKER_APP1 && data.length > 6 &&
             memcmp(data.data, "Exif\0", 6) == 0)
        exif_read(text_slice(data, 6, data.length), &image->orientation, &image->dpi_x,
            &image->dpi_y);
    else if (kind == MARKER_APP2)
        look_profile(walk, data);
    else if (kind == MARKER_APP14 && data.length >= 12 &&
             memcmp(data.data, "Adobe", 5) == 0)
        walk->adobe = true;
}

static bool is_frame(int kind)
{
    return kind >= MARKER_SOF0 && kind <= MARKER_SOF15 && kind != MARKER_DHT &&
           kind != MARKER_JPG && kind != MARKER_DAC;
}

/* One marker and what belongs to it. False with a fault, or at the end. */
static bool look_marker(
    struct image *image, struct walk *walk, struct image_fault *ret_fault)
{
    int kind = next_marker(walk);
    struct text data;

    if (kind == MARKER_EOI)
        walk->end = true;
    if (kind < 0 || walk->end)
        return false;
    if (kind == MARKER_TEM || (kind >= MARKER_RST0 && kind <= MARKER_RST0 + 7))
        return true; /* stands alone */
    if (!next_segment(walk, &data))
        return false;
    if (is_frame(kind))
        return look_frame(image, walk, kind, data, ret_fault);
    if (kind == MARKER_SOS) {
        skip_scan(walk);
        return ++walk->scans <= SCAN_LIMIT;
    }
    look_application(image, walk, kind, data);
    return true;
}

static void set_colour(struct image *image, struct walk *walk)
{
    image->colour = walk->components == 1   ? IMAGE_GRAY
                    : walk->components == 3 ? IMAGE_RGB
                                            : IMAGE_CMYK;
    image->inverted = image->colour == IMAGE_CMYK && walk->adobe;
    image->passes_through = image->colour != IMAGE_CMYK;
    if (walk->profile.length > 0)
        image->icc =
            (struct text){memory_duplicate(walk->profile.data, walk->profile.length),
                walk->profile.length};
}

bool jpeg_look(struct image *image, struct image_fault *ret_fault)
{
    struct walk walk = {.bytes = image->bytes, .at = 2};

    str_init(&walk.profile);
    while (look_marker(image, &walk, ret_fault)) {
    }
    if (ret_fault->reason == NULL && !walk.end)
        ret_fault->reason = walk.frame ? N_("it ends early") : N_("it has no header");
    else if (ret_fault->reason == NULL && (!walk.frame || walk.scans == 0))
        ret_fault->reason = N_("it has no data");
    if (ret_fault->reason == NULL)
        set_colour(image, &walk);
    str_done(&walk.profile);
    return ret_fault->reason == NULL;
}

/* What libjpeg works with; errors come back by a jump to where decode() stands. */
struct reader {
    struct jpeg_error_mgr errors; /* first: libjpeg gives its address back */
    struct jpeg_decompress_struct jpeg;
    jmp_buf failed;
    struct pixels pixels;
};

static void fail(j_common_ptr jpeg)
{
    struct reader *reader = (struct reader *)(void *)jpeg->err;

    longjmp(reader->failed, 1);
}

static void ignore_message(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void ignore_warning(j_common_ptr jpeg, int level)
{
    (void)jpeg;
    (void)level;
}

static bool decode(struct reader *reader, const struct image *image)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;

    if (setjmp(reader->failed) != 0)
        return false;
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, (const unsigned char *)image->bytes.data, image->bytes.length);
    jpeg_read_header(jpeg, TRUE);
    jpeg->out_color_space = image->colour == IMAGE_GRAY  ? JCS_GRAYSCALE
                            : image->colour == IMAGE_RGB ? JCS_RGB
                                                         : JCS_CMYK;
    jpeg_start_decompress(jpeg);
    reader->pixels = pixels_new(
        jpeg->output_width, jpeg->output_height, (uint32_t)jpeg->output_components);
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = reader->pixels.data + (size_t)jpeg->output_scanline *
                                                 jpeg->output_width *
                                                 reader->pixels.channels;

        jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg);
    return true;
}

static void invert(struct pixels *pixels)
{
    size_t count = (size_t)pixels->width * pixels->height * pixels->channels;

    for (size_t i = 0; i < count; i++)
        pixels->data[i] = (uint8_t)(255 - pixels->data[i]);
}

static void to_srgb(const struct image *image, struct pixels *pixels)
{
    if (image->inverted)
        invert(pixels);
    if (image->colour == IMAGE_CMYK)
        colour_cmyk_to_srgb(pixels, image->icc);
    else if (image->colour == IMAGE_RGB)
        colour_rgb_to_srgb(pixels, image->icc);
}

bool jpeg_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason)
{
    struct reader *reader =
        memory_alloc(sizeof *reader); /* kept out of setjmp()'s reach */
    bool decoded;

    reader->jpeg.err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = fail;
    reader->errors.output_message = ignore_message;
    reader->errors.emit_message = ignore_warning;
    decoded = decode(reader, image);
    if (decoded) {
        to_srgb(image, &reader->pixels);
        *ret_pixels = reader->pixels;
    } else {
        *ret_reason = N_("its data do not decode");
        pixels_done(&reader->pixels);
    }
    jpeg_destroy_decompress(&reader->jpeg);
    memory_free(reader);
    return decoded;
}
