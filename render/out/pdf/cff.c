/* cff: reads the charset of a CFF table (Adobe Technical Note 5176).
 *
 *     header │ Name INDEX │ Top DICT INDEX │ … │ charset │ …
 *
 * In a CID-keyed font the character codes of a PDF are CIDs, and the charset says which CID
 * each glyph has; subsetting renumbers the glyphs and keeps the CIDs. Every offset is
 * checked: the table comes from a font file.
 */
#include "out/pdf/cff.h"

#include "base/memory.h"
#include "base/vec.h"

#define OPERATOR_CHARSET 15
#define OPERATOR_ROS     (12 << 8 | 30)
#define OPERAND_LIMIT    48 /* of one operator: TN 5176, table 9 */

struct reader {
    struct text table;
    size_t at;    /* next byte */
    bool damaged; /* read past the end */
};

struct top_dict {
    bool keyed;     /* has ROS */
    size_t charset; /* offset in the table; 0 to 2 are predefined */
};

static uint32_t read_number(struct reader *reader, unsigned bytes)
{
    uint32_t value = 0;
    if (reader->at > reader->table.length || reader->table.length - reader->at < bytes) {
        reader->damaged = true;
        return 0;
    }
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)reader->table.data[reader->at++];
    return value;
}

/* Element `index` of an array of offsets of `size` bytes each that begins at `array`. */
static uint32_t read_offset(
    struct reader *reader, size_t array, uint32_t index, uint32_t size)
{
    reader->at = array + (size_t)index * size;
    return read_number(reader, size);
}

/* Move behind an INDEX; the extent of its first element. */
static struct text read_index(struct reader *reader)
{
    struct text none = {0};
    uint32_t count = read_number(reader, 2);
    if (count == 0)
        return none;
    uint32_t size = read_number(reader, 1);
    if (size < 1 || size > 4)
        reader->damaged = true;
    size_t array = reader->at;
    uint32_t start = read_offset(reader, array, 0, size);
    uint32_t end = read_offset(reader, array, 1, size);
    uint32_t last = read_offset(reader, array, count, size);
    size_t base = reader->at - 1; /* offsets count from the byte before the data */
    if (reader->damaged || start < 1 || end < start || last < end ||
        last > reader->table.length - base) {
        reader->damaged = true;
        return none;
    }
    reader->at = base + last;
    return (struct text){reader->table.data + base + start, end - start};
}

/* Skip a real number: nibbles until one of 15. */
static void skip_real(struct reader *reader)
{
    for (;;) {
        uint32_t byte = read_number(reader, 1);
        if (reader->damaged || (byte & 15) == 15 || byte >> 4 == 15)
            return;
    }
}

/* An operand that begins with byte; only what an offset can be has its value. */
static uint32_t read_operand(struct reader *reader, uint32_t byte)
{
    if (byte == 28)
        return read_number(reader, 2);
    if (byte == 29)
        return read_number(reader, 4);
    if (byte == 30)
        skip_real(reader);
    else if (byte >= 32 && byte <= 246)
        return byte - 139;
    else if (byte >= 247 && byte <= 250)
        return (byte - 247) * 256 + read_number(reader, 1) + 108;
    else if (byte >= 251 && byte <= 254)
        read_number(reader, 1);
    return 0;
}

static struct top_dict read_top_dict(struct text dict, bool *ret_damaged)
{
    struct top_dict top = {0};
    struct reader reader = {.table = dict};
    uint32_t operand = 0;
    unsigned operands = 0;
    while (reader.at < dict.length && !reader.damaged) {
        uint32_t byte = read_number(&reader, 1);
        if (byte > 21) {
            operand = read_operand(&reader, byte);
            if (++operands > OPERAND_LIMIT)
                reader.damaged = true;
            continue;
        }
        if (byte == 12)
            byte = 12 << 8 | read_number(&reader, 1);
        if (byte == OPERATOR_ROS)
            top.keyed = true;
        if (byte == OPERATOR_CHARSET)
            top.charset = operand;
        operands = 0;
    }
    *ret_damaged = reader.damaged;
    return top;
}

/* Ranges of consecutive CIDs; left has 1 or 2 bytes (formats 1 and 2). */
static void read_ranges(struct reader *reader, struct cff_charset *charset, unsigned left)
{
    for (uint32_t glyph = 1; glyph < charset->count && !reader->damaged;) {
        uint32_t cid = read_number(reader, 2);
        uint32_t further = read_number(reader, left);
        for (uint32_t i = 0; i <= further && glyph < charset->count; i++)
            charset->cids[glyph++] = (uint16_t)(cid + i);
    }
}

static void read_cids(struct reader *reader, struct cff_charset *charset)
{
    uint32_t format = read_number(reader, 1);
    if (format == 1 || format == 2)
        read_ranges(reader, charset, format);
    else if (format != 0)
        reader->damaged = true;
    for (uint32_t i = 1; format == 0 && i < charset->count && !reader->damaged; i++)
        charset->cids[i] = (uint16_t)read_number(reader, 2);
}

bool cff_charset_read(
    struct text table, uint32_t glyph_count, struct cff_charset *ret_charset)
{
    struct reader reader = {.table = table, .at = 2};
    reader.at = read_number(&reader, 1);
    read_index(&reader); /* names */
    struct text dict = read_index(&reader);
    bool damaged = false;
    struct top_dict top = read_top_dict(dict, &damaged);
    if (reader.damaged || damaged || dict.length == 0)
        return false;
    struct cff_charset charset = {.keyed = top.keyed, .count = glyph_count};
    if (top.keyed) {
        charset.cids = memory_alloc((size_t)glyph_count * sizeof *charset.cids);
        reader.at = top.charset;
        if (top.charset > 2)
            read_cids(&reader, &charset);
        else /* the predefined ones are for names, not for CIDs */
            reader.damaged = true;
        if (reader.damaged) {
            cff_charset_done(&charset);
            return false;
        }
    }
    *ret_charset = charset;
    return true;
}

void cff_charset_done(struct cff_charset *charset)
{
    if (charset == NULL)
        return;
    memory_free(charset->cids);
    charset->cids = NULL;
}
