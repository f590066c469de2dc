/* profile: an ICC profile equal to sRGB, made by hand (ICC.1:2010, version 4).
 *
 *     header 128 │ tag table 124 │ names │ white point │ primaries │ curve │ adaptation
 *
 * 480 bytes: the three channels share one parametric curve. Files of the same content
 * that come with a system have 3,000 bytes and licences of their own. */
#include "out/pdf/pdf.h"

#define HEADER_SIZE 128
#define TAG_COUNT   10
#define DATA_START  (HEADER_SIZE + 4 + TAG_COUNT * 12)

static void append_u32(struct str *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        str_append_char(out, (char)(value >> shift & 0xFF));
}

static void append_numbers(struct str *out, const uint32_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        append_u32(out, values[i]);
}

/* Where the data of each tag are; those of a kind follow one another. */
enum {
    DESCRIPTION = DATA_START,
    COPYRIGHT = DESCRIPTION + 36,
    WHITE = COPYRIGHT + 36,
    RED = WHITE + 20,
    GREEN = RED + 20,
    BLUE = GREEN + 20,
    CURVE = BLUE + 20,
    ADAPTATION = CURVE + 32,
    PROFILE_SIZE = ADAPTATION + 44
};

static void append_header(struct str *out)
{
    static const char kinds[] = "mntrRGB XYZ ";
    static const uint32_t date[] = {2026u << 16 | 1, 1 << 16, 0};
    static const uint32_t white[] = {0xF6D6, 0x10000, 0xD32D}; /* D50 */
    append_u32(out, PROFILE_SIZE);
    append_u32(out, 0);
    append_u32(out, 0x04200000);
    str_append(out, kinds, 12);
    append_numbers(out, date, 3);
    str_append(out, "acsp", 4);
    for (int i = 0; i < 7; i++) /* platform, flags, maker, model, attributes, intent */
        append_u32(out, 0);
    append_numbers(out, white, 3);
    for (int i = 0; i < 12; i++) /* creator, identifier, reserved */
        append_u32(out, 0);
}

static void append_tags(struct str *out)
{
    static const struct {
        const char *name;
        uint32_t offset, size;
    } tags[TAG_COUNT] = {
        {"desc", DESCRIPTION, 36},
        {"cprt", COPYRIGHT, 34},
        {"wtpt", WHITE, 20},
        {"rXYZ", RED, 20},
        {"gXYZ", GREEN, 20},
        {"bXYZ", BLUE, 20},
        {"rTRC", CURVE, 32},
        {"gTRC", CURVE, 32},
        {"bTRC", CURVE, 32},
        {"chad", ADAPTATION, 44},
    };
    append_u32(out, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        str_append(out, tags[i].name, 4);
        append_u32(out, tags[i].offset);
        append_u32(out, tags[i].size);
    }
}

/* A text of at most four ASCII characters. */
static void append_name(struct str *out, const char *name, uint32_t length)
{
    str_append(out, "mluc\0\0\0\0", 8);
    append_numbers(out, (const uint32_t[]){1, 12}, 2);
    str_append(out, "enUS", 4);
    append_numbers(out, (const uint32_t[]){2 * length, 28}, 2);
    for (uint32_t i = 0; i < 4; i++) {
        str_append_char(out, '\0');
        str_append_char(out, i < length ? name[i] : '\0');
    }
}

void pdf_profile_append(struct str *out)
{
    /* D50, then the primaries of IEC 61966-2-1 adapted to it; XYZ in 1/65536. */
    static const uint32_t colours[4][3] = {{0xF6D6, 0x10000, 0xD32D},
        {0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};
    /* (a x + b)^g from d on, c x below: 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045. */
    static const uint32_t curve[] = {0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B};
    static const uint32_t adaptation[] = {0x10C42, 0x05DE, 0xFFFFF325, 0x0793, 0xFD90,
        0xFFFFFBA1, 0xFFFFFDA2, 0x03DC, 0xC06E}; /* Bradford, D65 to D50 */
    append_header(out);
    append_tags(out);
    append_name(out, "sRGB", 4);
    append_name(out, "CC0", 3);
    for (int i = 0; i < 4; i++) {
        str_append(out, "XYZ \0\0\0\0", 8);
        append_numbers(out, colours[i], 3);
    }
    str_append(out, "para\0\0\0\0\0\3\0\0", 12);
    append_numbers(out, curve, 5);
    str_append(out, "sf32\0\0\0\0", 8);
    append_numbers(out, adaptation, 9);
}
