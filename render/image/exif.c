/* exif: orientation and resolution from an EXIF block (CIPA DC-008: a TIFF without a
 * picture).
 *
 * Only the first directory is read; it has the three tags. Everything is checked against
 * the block's length; what does not fit says nothing.
 */
#include <string.h>

#include "image/format.h"

enum {
    TAG_ORIENTATION = 0x0112,
    TAG_X_RESOLUTION = 0x011A,
    TAG_Y_RESOLUTION = 0x011B,
    TAG_RESOLUTION_UNIT = 0x0128,
    TYPE_SHORT = 3,
    TYPE_RATIONAL = 5,
    UNIT_CENTIMETRE = 3, /* 2 is the inch, which also is the default */
    ENTRY_SIZE = 12
};

struct tiff {
    struct text bytes;
    bool little_endian;
};

struct resolution {
    double x, y;   /* pixels per unit; 0 when not given */
    uint32_t unit; /* as the tag has it */
};

static uint32_t tiff_u16(const struct tiff *tiff, size_t at)
{
    const uint8_t *p = (const uint8_t *)tiff->bytes.data + at;

    return tiff->little_endian ? (uint32_t)p[1] << 8 | p[0] : (uint32_t)p[0] << 8 | p[1];
}

static uint32_t tiff_u32(const struct tiff *tiff, size_t at)
{
    uint32_t first = tiff_u16(tiff, at), second = tiff_u16(tiff, at + 2);

    return tiff->little_endian ? second << 16 | first : first << 16 | second;
}

static double tiff_rational(const struct tiff *tiff, size_t at)
{
    size_t length = tiff->bytes.length;
    uint32_t divisor;

    if (length < 8 || at > length - 8)
        return 0;
    divisor = tiff_u32(tiff, at + 4);
    return divisor > 0 ? (double)tiff_u32(tiff, at) / divisor : 0;
}

static void read_entry(const struct tiff *tiff, size_t at, uint8_t *ret_orientation,
    struct resolution *resolution)
{
    uint32_t tag = tiff_u16(tiff, at), type = tiff_u16(tiff, at + 2);
    uint32_t value = tiff_u16(tiff, at + 8);

    if (tag == TAG_ORIENTATION && type == TYPE_SHORT && value >= 1 && value <= 8)
        *ret_orientation = (uint8_t)value;
    else if (tag == TAG_X_RESOLUTION && type == TYPE_RATIONAL)
        resolution->x = tiff_rational(tiff, tiff_u32(tiff, at + 8));
    else if (tag == TAG_Y_RESOLUTION && type == TYPE_RATIONAL)
        resolution->y = tiff_rational(tiff, tiff_u32(tiff, at + 8));
    else if (tag == TAG_RESOLUTION_UNIT && type == TYPE_SHORT)
        resolution->unit = value;
}

static void set_dpi(double per_unit, uint32_t unit_tag, uint32_t *ret_dpi)
{
    double dpi = unit_tag == UNIT_CENTIMETRE ? per_unit * 2.54 : per_unit;

    if (dpi >= 1 && dpi <= IMAGE_SIDE_LIMIT)
        *ret_dpi = (uint32_t)(dpi + 0.5);
}

void exif_read(
    struct text bytes, uint8_t *ret_orientation, uint32_t *ret_dpi_x, uint32_t *ret_dpi_y)
{
    struct tiff tiff = {bytes, false};
    struct resolution resolution = {0, 0, 0};
    size_t at, count;

    if (bytes.length < 14 || bytes.length > UINT32_MAX)
        return;
    tiff.little_endian = memcmp(bytes.data, "II*\0", 4) == 0;
    if (!tiff.little_endian && memcmp(bytes.data, "MM\0*", 4) != 0)
        return;
    at = tiff_u32(&tiff, 4);
    if (at > bytes.length - 2)
        return;
    count = tiff_u16(&tiff, at);
    for (at += 2; count > 0 && at <= bytes.length - ENTRY_SIZE; count--, at += ENTRY_SIZE)
        read_entry(&tiff, at, ret_orientation, &resolution);
    set_dpi(resolution.x, resolution.unit, ret_dpi_x);
    set_dpi(resolution.y, resolution.unit, ret_dpi_y);
}
