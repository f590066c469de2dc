/* tagged_image: JPEG passes through; samples become PNG, grey, RGB or of a palette.
 *
 * A soft mask of the same size becomes the PNG's alpha. CMYK, masks by colour and codes of
 * fax are not taken over: who imports is told that a picture is missing. */
#include "import/tagged_image.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/vec.h"

#define SIDE_LIMIT    20000 /* pixels */
#define PALETTE_LIMIT 256
#define COMPRESSION   6

struct picture {
    qpdf_data qpdf;
    int width, height, bits;
    int channels;           /* 1 grey or palette, 3 RGB */
    struct str palette;     /* RGB triples; empty: none */
    unsigned char *samples; /* rows, each filled up to a byte; of free() */
    size_t length;
    unsigned char *alpha; /* a byte a pixel; NULL: none; of free() */
};

static int integer_key(qpdf_data q, qpdf_oh dictionary, const char *key)
{
    qpdf_oh value = qpdf_oh_get_key(q, dictionary, key);

    return qpdf_oh_is_integer(q, value) ? qpdf_oh_get_int_value_as_int(q, value) : 0;
}

/* Channels of a colour space without palette; 0: not to be held. */
static int space_channels(qpdf_data q, qpdf_oh space)
{
    static const struct {
        const char *name;
        int channels;
    } names[] = {{"/DeviceGray", 1}, {"/CalGray", 1}, {"/G", 1}, {"/DeviceRGB", 3},
        {"/CalRGB", 3}, {"/RGB", 3}};
    qpdf_oh name = qpdf_oh_is_array(q, space) && qpdf_oh_get_array_n_items(q, space) > 0
                       ? qpdf_oh_get_array_item(q, space, 0)
                       : space;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (qpdf_oh_is_name_and_equals(q, name, names[i].name))
            return names[i].channels;
    }
    if (qpdf_oh_is_name_and_equals(q, name, "/ICCBased") &&
        qpdf_oh_get_array_n_items(q, space) > 1) {
        qpdf_oh profile = qpdf_oh_get_array_item(q, space, 1);
        int channels = qpdf_oh_is_stream(q, profile)
                           ? integer_key(q, qpdf_oh_get_dict(q, profile), "/N")
                           : 0;
        return channels == 1 || channels == 3 ? channels : 0;
    }
    return 0;
}

/* The bytes of a stream without their compression; of free(). */
static unsigned char *decoded(qpdf_data q, qpdf_oh stream, size_t *ret_length)
{
    unsigned char *buffer = NULL;
    QPDF_BOOL filtered = QPDF_FALSE;

    if ((qpdf_oh_get_stream_data(
             q, stream, qpdf_dl_generalized, &filtered, &buffer, ret_length) &
            QPDF_ERRORS) != 0 ||
        !filtered) {
        free(buffer);
        return NULL;
    }
    return buffer;
}

/* The colours of [/Indexed base high table] as RGB. */
static bool read_palette(struct picture *picture, qpdf_oh space)
{
    qpdf_data q = picture->qpdf;
    int channels = space_channels(q, qpdf_oh_get_array_item(q, space, 1));
    qpdf_oh table = qpdf_oh_get_array_item(q, space, 3);
    unsigned char *owned = NULL;
    const unsigned char *bytes = NULL;
    size_t length = 0;

    if (qpdf_oh_is_string(q, table))
        bytes = (const unsigned char *)qpdf_oh_get_binary_string_value(q, table, &length);
    else if (qpdf_oh_is_stream(q, table))
        bytes = owned = decoded(q, table, &length);
    for (size_t i = 0; channels > 0 && bytes != NULL && i < PALETTE_LIMIT &&
                       (i + 1) * (size_t)channels <= length;
         i++) {
        for (int k = 0; k < 3; k++)
            str_append_char(&picture->palette,
                (char)bytes[i * (size_t)channels + (channels == 3 ? (size_t)k : 0)]);
    }
    free(owned);
    return picture->palette.length > 0;
}

static size_t row_bytes(const struct picture *picture)
{
    return ((size_t)picture->width * (size_t)picture->channels * (size_t)picture->bits +
               7) /
           8;
}

static void read_alpha(struct picture *picture, qpdf_oh dictionary)
{
    qpdf_data q = picture->qpdf;
    qpdf_oh mask = qpdf_oh_get_key(q, dictionary, "/SMask");
    qpdf_oh facts;
    size_t length = 0;

    if (!qpdf_oh_is_stream(q, mask) || picture->bits != 8 || picture->palette.length > 0)
        return;
    facts = qpdf_oh_get_dict(q, mask);
    if (integer_key(q, facts, "/Width") != picture->width ||
        integer_key(q, facts, "/Height") != picture->height ||
        integer_key(q, facts, "/BitsPerComponent") != 8)
        return;
    picture->alpha = decoded(q, mask, &length);
    if (length < (size_t)picture->width * (size_t)picture->height) {
        free(picture->alpha);
        picture->alpha = NULL;
    }
}

static bool read_picture(struct picture *picture, qpdf_oh stream, qpdf_oh dictionary)
{
    qpdf_data q = picture->qpdf;
    qpdf_oh space = qpdf_oh_get_key(q, dictionary, "/ColorSpace");
    bool indexed =
        qpdf_oh_is_array(q, space) && qpdf_oh_get_array_n_items(q, space) == 4 &&
        qpdf_oh_is_name_and_equals(q, qpdf_oh_get_array_item(q, space, 0), "/Indexed");

    picture->width = integer_key(q, dictionary, "/Width");
    picture->height = integer_key(q, dictionary, "/Height");
    picture->bits = integer_key(q, dictionary, "/BitsPerComponent");
    picture->channels = indexed ? 1 : space_channels(q, space);
    if (picture->width <= 0 || picture->height <= 0 || picture->width > SIDE_LIMIT ||
        picture->height > SIDE_LIMIT || picture->channels == 0 ||
        (picture->bits != 1 && picture->bits != 2 && picture->bits != 4 &&
            picture->bits != 8) ||
        (indexed && !read_palette(picture, space)))
        return false;
    picture->samples = decoded(q, stream, &picture->length);
    if (picture->samples == NULL ||
        picture->length < row_bytes(picture) * (size_t)picture->height)
        return false;
    read_alpha(picture, dictionary);
    return true;
}

/* ---- PNG ---- */

static void append_number(struct str *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        str_append_char(out, (char)(number >> shift & 0xFF));
}

static void append_chunk(
    struct str *out, const char *name, const void *data, size_t length)
{
    size_t start;

    append_number(out, (uint32_t)length);
    start = out->length;
    str_append_string(out, name);
    str_append(out, data, length);
    append_number(out, libdeflate_crc32(0, out->data + start, out->length - start));
}

/* The rows, each with its filter: none. */
static void append_rows(const struct picture *picture, struct str *out)
{
    size_t width = row_bytes(picture), pixel = (size_t)picture->channels;

    for (size_t y = 0; y < (size_t)picture->height; y++) {
        const char *row = (const char *)picture->samples + y * width;

        str_append_char(out, 0);
        if (picture->alpha == NULL) {
            str_append(out, row, width);
            continue;
        }
        for (size_t x = 0; x < (size_t)picture->width; x++) {
            str_append(out, row + x * pixel, pixel);
            str_append_char(out, (char)picture->alpha[y * (size_t)picture->width + x]);
        }
    }
}

static bool append_pixels(const struct picture *picture, struct str *out)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(COMPRESSION);
    struct str rows;
    size_t most, length = 0;
    void *packed;

    if (compressor == NULL)
        return false;
    str_init(&rows);
    append_rows(picture, &rows);
    most = libdeflate_zlib_compress_bound(compressor, rows.length);
    packed = memory_alloc(most);
    length = libdeflate_zlib_compress(compressor, rows.data, rows.length, packed, most);
    append_chunk(out, "IDAT", packed, length);
    memory_free(packed);
    str_done(&rows);
    libdeflate_free_compressor(compressor);
    return length > 0;
}

static bool append_png(const struct picture *picture, struct str *out)
{
    int type = (picture->palette.length > 0 ? 3
                   : picture->channels == 3 ? 2
                                            : 0) +
               (picture->alpha != NULL ? 4 : 0);
    struct str head;
    bool good;

    str_append(out, "\x89PNG\r\n\x1a\n", 8);
    str_init(&head);
    append_number(&head, (uint32_t)picture->width);
    append_number(&head, (uint32_t)picture->height);
    str_append_char(&head, (char)picture->bits);
    str_append_char(&head, (char)type);
    str_append(&head, "\0\0\0", 3);
    append_chunk(out, "IHDR", head.data, head.length);
    str_done(&head);
    if (picture->palette.length > 0)
        append_chunk(out, "PLTE", picture->palette.data, picture->palette.length);
    good = append_pixels(picture, out);
    append_chunk(out, "IEND", "", 0);
    return good;
}

/* Is the stream nothing but a JPEG that any reader shows alike? */
static bool is_jpeg(qpdf_data q, qpdf_oh dictionary)
{
    qpdf_oh filter = qpdf_oh_get_key(q, dictionary, "/Filter");

    if (qpdf_oh_is_array(q, filter) && qpdf_oh_get_array_n_items(q, filter) == 1)
        filter = qpdf_oh_get_array_item(q, filter, 0);
    return qpdf_oh_is_name_and_equals(q, filter, "/DCTDecode");
}

static bool append_jpeg(qpdf_data q, qpdf_oh stream, struct str *out)
{
    unsigned char *buffer = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    bool good =
        (qpdf_oh_get_stream_data(q, stream, qpdf_dl_none, &filtered, &buffer, &length) &
            QPDF_ERRORS) == 0;

    if (good)
        str_append(out, (const char *)buffer, length);
    free(buffer);
    return good;
}

bool tagged_image_read(
    qpdf_data qpdf, qpdf_oh stream, struct str *out, const char **ret_extension)
{
    struct picture picture = {.qpdf = qpdf};
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    bool good;

    if (is_jpeg(qpdf, dictionary)) {
        *ret_extension = "jpg";
        return append_jpeg(qpdf, stream, out);
    }
    str_init(&picture.palette);
    good = read_picture(&picture, stream, dictionary) && append_png(&picture, out);
    *ret_extension = "png";
    str_done(&picture.palette);
    free(picture.samples);
    free(picture.alpha);
    return good;
}
