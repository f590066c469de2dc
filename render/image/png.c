/* png: the structure of a PNG file (PNG third edition, W3C 2023), its data as a PDF may
 * hold them, and its pixels by libpng.
 *
 *     signature  IHDR  (pHYs, PLTE, tRNS, iCCP, eXIf …)  IDAT+  …  IEND
 *     chunk: length (4 bytes)  kind (4)  data (length)  CRC-32 of kind and data (4)
 *
 * png_look() walks all chunks and their check sums, so that truncation and damage are
 * found before anything is laid out; libpng then meets bad data only where the encoder
 * was wrong.
 */
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include <libdeflate.h>

#include "base/i18n.h"
#include "image/coded.h"
#include "image/format.h"

#define SIGNATURE_SIZE   8
#define CHUNK_OVERHEAD   12       /* bytes of a chunk besides its data */
#define CHUNK_LIMIT      1000000u /* chunks of a file: far above any encoder's */
#define PROFILE_LIMIT    ((size_t)16 << 20) /* bytes of a chunk that libpng may inflate */
#define INCHES_PER_METRE 39.3700787

struct chunk {
    const char *kind; /* 4 letters */
    struct text data;
};

struct walk {
    struct text rest;       /* bytes not looked at yet */
    bool damaged;           /* a check sum is wrong */
    bool header, data, end; /* IHDR, IDAT, IEND were met */
};

/* The next chunk; false at the file's end, of a whole chunk or not. */
static bool next_chunk(struct walk *walk, struct chunk *ret_chunk)
{
    const char *p = walk->rest.data;
    size_t length;

    if (walk->rest.length < CHUNK_OVERHEAD)
        return false;
    length = read_u32(p);
    if (length > walk->rest.length - CHUNK_OVERHEAD)
        return false;
    *ret_chunk = (struct chunk){p + 4, {p + 8, length}};
    if (libdeflate_crc32(0, p + 4, length + 4) != read_u32(p + 8 + length))
        walk->damaged = true;
    walk->rest = text_slice(walk->rest, length + CHUNK_OVERHEAD, walk->rest.length);
    return true;
}

static bool chunk_is(const struct chunk *chunk, const char *kind)
{
    return memcmp(chunk->kind, kind, 4) == 0;
}

static bool look_header(struct image *image, struct text data)
{
    uint8_t kind;

    if (data.length != 13)
        return false;
    image->width = read_u32(data.data);
    image->height = read_u32(data.data + 4);
    image->bits = (uint8_t)data.data[8];
    kind = (uint8_t)data.data[9];
    image->colour = (kind & 2) != 0 ? IMAGE_RGB : IMAGE_GRAY;
    image->has_alpha = (kind & 4) != 0;
    return true;
}

static uint32_t dpi_of(uint32_t per_metre)
{
    double dpi = per_metre / INCHES_PER_METRE + 0.5;

    return dpi <= IMAGE_SIDE_LIMIT ? (uint32_t)dpi : 0;
}

static void look_chunk(struct image *image, struct walk *walk, const struct chunk *chunk)
{
    struct text data = chunk->data;

    if (chunk_is(chunk, "IDAT"))
        walk->data = true;
    else if (chunk_is(chunk, "IEND"))
        walk->end = true;
    else if (chunk_is(chunk, "tRNS"))
        image->has_alpha = true;
    else if (chunk_is(chunk, "eXIf"))
        exif_read(data, &image->orientation, &image->dpi_x, &image->dpi_y);
    else if (chunk_is(chunk, "pHYs") && data.length == 9 && data.data[8] == 1) {
        image->dpi_x = dpi_of(read_u32(data.data));
        image->dpi_y = dpi_of(read_u32(data.data + 4));
    }
}

bool png_look(struct image *image, struct image_fault *ret_fault)
{
    struct walk walk = {
        .rest = text_slice(image->bytes, SIGNATURE_SIZE, image->bytes.length)};
    struct chunk chunk;

    for (uint32_t i = 0; i < CHUNK_LIMIT && !walk.end && next_chunk(&walk, &chunk); i++) {
        if (i == 0)
            walk.header = chunk_is(&chunk, "IHDR") && look_header(image, chunk.data);
        else
            look_chunk(image, &walk, &chunk);
        if (!walk.header || walk.damaged)
            break;
    }
    if (walk.damaged)
        ret_fault->reason = N_("a check sum is wrong");
    else if (!walk.end)
        ret_fault->reason = walk.header ? N_("it ends early") : N_("it has no header");
    else if (!walk.data)
        ret_fault->reason = N_("it has no data");
    return ret_fault->reason == NULL;
}

/* ---- the data as they are ---- */

#define KIND_GRAY    0 /* colour types of IHDR */
#define KIND_RGB     2
#define KIND_PALETTE 3
#define FILTER_MOST  4 /* the last of the filters that a row may begin with */

/* A PNG whose data may be copied, being looked at. */
struct copy {
    struct text header;  /* data of IHDR */
    struct text palette; /* data of PLTE; "" none */
    struct str stream;   /* data of all IDAT */
};

/* The first of its kind: a second header or palette is damage, which libpng tells. */
static bool copy_once(struct text *to, struct text data)
{
    bool first = to->length == 0;

    *to = data;
    return first;
}

/* Collect header, palette and data. False: a profile or transparency changes what the
 * numbers mean, or the file contradicts itself. */
static bool copy_chunks(const struct image *image, struct copy *copy)
{
    struct walk walk = {
        .rest = text_slice(image->bytes, SIGNATURE_SIZE, image->bytes.length)};
    struct chunk chunk;

    while (next_chunk(&walk, &chunk) && !walk.damaged && !chunk_is(&chunk, "IEND")) {
        if ((chunk_is(&chunk, "IHDR") && !copy_once(&copy->header, chunk.data)) ||
            (chunk_is(&chunk, "PLTE") && !copy_once(&copy->palette, chunk.data)) ||
            chunk_is(&chunk, "iCCP") || chunk_is(&chunk, "tRNS"))
            return false;
        if (chunk_is(&chunk, "IDAT"))
            str_append_text(&copy->stream, chunk.data);
    }
    return !walk.damaged && copy->header.length == 13 && copy->stream.length > 0;
}

/* Depth and colour type as a PDF can say them; no interlacing, no method but 0. */
static bool copy_header(const struct copy *copy, struct image_coded *coded)
{
    const char *header = copy->header.data;
    uint8_t bits = (uint8_t)header[8], kind = (uint8_t)header[9];
    bool whole = bits == 8, parts = bits == 1 || bits == 2 || bits == 4;

    if (header[10] != 0 || header[11] != 0 || header[12] != 0 ||
        !(whole || (parts && kind != KIND_RGB)) ||
        (kind != KIND_GRAY && kind != KIND_RGB && kind != KIND_PALETTE))
        return false;
    coded->width = read_u32(header);
    coded->height = read_u32(header + 4);
    coded->bits = bits;
    coded->components = kind == KIND_RGB ? 3 : 1;
    return kind != KIND_PALETTE ||
           (copy->palette.length > 0 && copy->palette.length % 3 == 0 &&
               copy->palette.length <= (size_t)3 << bits);
}

/* Do all rows begin with a filter that there is? */
static bool filters_are_known(const char *rows, size_t stride, uint32_t height)
{
    for (uint32_t y = 0; y < height; y++) {
        if ((uint8_t)rows[y * stride] > FILTER_MOST)
            return false;
    }
    return true;
}

/* Does the stream inflate to exactly the rows? *ret_length: of the stream without what
 * may follow it. */
static bool inflates(
    const struct str *stream, const struct image_coded *coded, size_t *ret_length)
{
    size_t bits = (size_t)coded->width * coded->components * coded->bits;
    size_t stride = 1 + (bits + 7) / 8, size = stride * coded->height;
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *rows = memory_resize(NULL, stride, coded->height);
    bool good;

    if (decompressor == NULL)
        program_stop("no memory for inflating");
    good = libdeflate_zlib_decompress_ex(decompressor, stream->data, stream->length, rows,
               size, ret_length, NULL) == LIBDEFLATE_SUCCESS &&
           filters_are_known(rows, stride, coded->height);
    memory_free(rows);
    libdeflate_free_decompressor(decompressor);
    return good;
}

bool png_copy(const struct image *image, struct image_coded *coded)
{
    struct copy copy = {.header = TEXT("")};
    struct image_coded found = *coded;
    size_t length = 0;
    bool good = copy_chunks(image, &copy) && copy_header(&copy, &found) &&
                inflates(&copy.stream, &found, &length);

    if (good) {
        found.as_stored = true;
        found.rows = copy.stream;
        found.rows.data[length] = '\0';
        found.rows.length = length;
        if ((uint8_t)copy.header.data[9] == KIND_PALETTE) {
            str_append_text(&found.palette, copy.palette);
            while (found.palette.length < (size_t)3 << found.bits)
                str_append_char(&found.palette, '\0'); /* as libpng draws them */
        }
        *coded = found;
    } else
        str_done(&copy.stream);
    return good;
}

/* ---- pixels ---- */

/* What libpng works with; errors come back by a jump to where decode() stands. */
struct reader {
    png_structp png;
    png_infop info;
    struct text rest;   /* bytes not read yet */
    const char *reason; /* of the failure */
    jmp_buf failed;
    png_bytep *rows; /* pointers into pixels */
    struct pixels pixels;
    struct text icc; /* borrowed from info; "" when none */
};

static void fail(png_structp png, png_const_charp message)
{
    struct reader *reader = png_get_error_ptr(png);

    (void)message; /* libpng's words are not for editors */
    reader->reason = N_("its data do not decode");
    longjmp(reader->failed, 1);
}

static void ignore_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep to, size_t count)
{
    struct reader *reader = png_get_io_ptr(png);

    if (count > reader->rest.length)
        png_error(png, "end of data");
    memcpy(to, reader->rest.data, count);
    reader->rest = text_slice(reader->rest, count, reader->rest.length);
}

/* Ask for 8-bit gray or RGB, with alpha where there is transparency. */
static void set_transformations(struct reader *reader)
{
    png_set_expand(
        reader->png); /* palette to RGB, less than 8 bits to 8, tRNS to alpha */
    png_set_scale_16(reader->png);
    png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
}

static void find_profile(struct reader *reader)
{
    png_charp name;
    png_bytep profile;
    png_uint_32 length;
    int compression;

    if (png_get_iCCP(reader->png, reader->info, &name, &compression, &profile, &length) !=
        0)
        reader->icc = (struct text){(const char *)profile, length};
}

static void make_rows(struct reader *reader)
{
    uint32_t width = png_get_image_width(reader->png, reader->info);
    uint32_t height = png_get_image_height(reader->png, reader->info);
    uint32_t channels = png_get_channels(reader->png, reader->info);
    size_t stride = (size_t)width * channels;

    if (png_get_rowbytes(reader->png, reader->info) != stride)
        png_error(reader->png, "rows of another size");
    reader->pixels = pixels_new(width, height, channels);
    reader->rows = memory_resize(NULL, height, sizeof *reader->rows);
    for (uint32_t y = 0; y < height; y++)
        reader->rows[y] = reader->pixels.data + y * stride;
}

static bool decode(struct reader *reader)
{
    if (setjmp(reader->failed) != 0)
        return false;
    reader->png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, ignore_warning);
    if (reader->png == NULL)
        program_stop("libpng cannot start");
    reader->info = png_create_info_struct(reader->png);
    if (reader->info == NULL)
        program_stop("libpng cannot start");
    png_set_read_fn(reader->png, reader, read_bytes);
    png_set_user_limits(reader->png, IMAGE_SIDE_LIMIT, IMAGE_SIDE_LIMIT);
    png_set_chunk_malloc_max(reader->png, PROFILE_LIMIT);
    png_read_info(reader->png, reader->info);
    set_transformations(reader);
    make_rows(reader);
    png_read_image(reader->png, reader->rows);
    find_profile(reader);
    return true;
}

bool png_decode(
    const struct image *image, struct pixels *ret_pixels, const char **ret_reason)
{
    struct reader *reader =
        memory_alloc(sizeof *reader); /* kept out of setjmp()'s reach */
    bool decoded;

    reader->rest = image->bytes;
    decoded = decode(reader);
    if (decoded) {
        if (reader->pixels.channels >= 3)
            colour_rgb_to_srgb(&reader->pixels, reader->icc);
        *ret_pixels = reader->pixels;
    } else {
        *ret_reason = reader->reason;
        pixels_done(&reader->pixels);
    }
    memory_free(reader->rows);
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
    memory_free(reader);
    return decoded;
}
