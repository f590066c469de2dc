/* cff: reads a CFF table (Adobe Technical Note 5176).
 *
 *     header │ Name INDEX │ Top DICT INDEX │ String INDEX │ Global Subr INDEX │ …
 *     … CharStrings, charset, FDSelect, FDArray, Private DICTs, Local Subrs at offsets
 *
 * Every offset is checked: the table comes from a font file. Dictionaries are small and
 * are looked through anew for each operator. Names, strings and the charset are passed
 * over: the subset gets its own. */
#include "out/pdf/cff.h"

#include <string.h>

#define ESCAPE               12
#define OPERATOR_BOX         5
#define OPERATOR_CHARSTRINGS 17
#define OPERATOR_PRIVATE     18
#define OPERATOR_SUBROUTINES 19
#define OPERATOR_DEFAULT     20
#define OPERATOR_NOMINAL     21
#define OPERATOR_MATRIX      (ESCAPE << 8 | 7)
#define OPERATOR_FONT_ARRAY  (ESCAPE << 8 | 36)
#define OPERATOR_FONT_SELECT (ESCAPE << 8 | 37)
#define PRIVATES_LIMIT       256 /* FDSelect has one byte */

struct reader {
    struct text table;
    size_t at;    /* next byte */
    bool damaged; /* read past the end */
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

/* The offset of an element's first byte in the table, or 0. element: up to count, which is
 * the end of the last. The array of offsets lies in the table. */
static size_t element_start(const struct cff_index *index, uint32_t element)
{
    const unsigned char *at = (const unsigned char *)index->table.data + index->offsets +
                              (size_t)element * index->size;
    size_t base = index->offsets + (size_t)(index->count + 1) * index->size - 1;
    size_t offset = 0;
    for (unsigned i = 0; i < index->size; i++)
        offset = offset << 8 | at[i];
    return offset == 0 || offset > index->table.length - base ? 0 : base + offset;
}

static bool index_open(struct text table, size_t at, struct cff_index *ret_index)
{
    struct reader reader = {table, at, false};
    struct cff_index index = {.table = table, .count = read_number(&reader, 2)};
    index.end = reader.at;
    if (index.count > 0) {
        index.size = read_number(&reader, 1);
        index.offsets = reader.at;
        size_t array = (size_t)(index.count + 1) * index.size;
        bool good = index.size >= 1 && index.size <= 4 && !reader.damaged &&
                    array <= table.length - reader.at;
        index.end = good ? element_start(&index, index.count) : 0;
    }
    if (reader.damaged || index.end == 0)
        return false;
    *ret_index = index;
    return true;
}

struct text cff_index_get(const struct cff_index *index, uint32_t element)
{
    struct text none = {NULL, 0};
    if (element >= index->count)
        return none;
    size_t start = element_start(index, element), end = element_start(index, element + 1);
    if (start == 0 || end < start)
        return none;
    return (struct text){index->table.data + start, end - start};
}

/* Move behind an operand of a dictionary that begins with byte. */
static void skip_operand(struct reader *reader, uint32_t byte)
{
    if (byte == 28)
        read_number(reader, 2);
    else if (byte == 29)
        read_number(reader, 4);
    else if (byte >= 247 && byte <= 254)
        read_number(reader, 1);
    while (byte == 30 && !reader->damaged) { /* a real number ends with a nibble of 15 */
        uint32_t nibbles = read_number(reader, 1);
        if ((nibbles & 15) == 15)
            return;
    }
}

/* The bytes of an operator's operands; "" when the dictionary does not have it. */
static struct text operands_of(struct text dict, unsigned wanted)
{
    struct reader reader = {dict, 0, false};
    size_t start = 0;
    while (reader.at < dict.length && !reader.damaged) {
        size_t end = reader.at;
        unsigned byte = read_number(&reader, 1);
        if (byte > 21) {
            skip_operand(&reader, byte);
            continue;
        }
        unsigned operator= byte == ESCAPE ? ESCAPE << 8 | read_number(&reader, 1) : byte;
        if (operator== wanted && !reader.damaged)
            return text_slice(dict, start, end);
        start = reader.at;
    }
    return TEXT("");
}

/* Operands as integers; false unless there are exactly count that are not negative. */
static bool integers_of(struct text operands, size_t *ret_values, size_t count)
{
    struct reader reader = {operands, 0, false};
    for (size_t i = 0; i < count; i++) {
        unsigned byte = read_number(&reader, 1);
        if (byte == 28)
            ret_values[i] = read_number(&reader, 2);
        else if (byte == 29)
            ret_values[i] = read_number(&reader, 4);
        else if (byte >= 139 && byte <= 246)
            ret_values[i] = byte - 139;
        else if (byte >= 247 && byte <= 250)
            ret_values[i] = (byte - 247) * 256 + read_number(&reader, 1) + 108;
        else
            return false;
    }
    return !reader.damaged && reader.at == operands.length;
}

/* Add what a dictionary with a Private operator says. */
static bool add_private(struct cff *cff, struct text table, struct text dict, bool keyed)
{
    size_t place[2], subroutines; /* size, offset */
    if (!integers_of(operands_of(dict, OPERATOR_PRIVATE), place, 2) ||
        place[1] > table.length || place[0] > table.length - place[1])
        return false;
    struct text private = text_slice(table, place[1], place[1] + place[0]);
    struct cff_private entry = {
        .matrix = keyed ? operands_of(dict, OPERATOR_MATRIX) : TEXT(""),
        .default_width = operands_of(private, OPERATOR_DEFAULT),
        .nominal_width = operands_of(private, OPERATOR_NOMINAL),
    };
    struct text local = operands_of(private, OPERATOR_SUBROUTINES);
    if (local.length > 0 &&
        (!integers_of(local, &subroutines, 1) ||
            !index_open(table, place[1] + subroutines, &entry.subroutines)))
        return false;
    vec_push(&cff->privates, entry);
    return true;
}

static bool add_privates(struct cff *cff, struct text table, size_t offset)
{
    struct cff_index dicts;
    if (!index_open(table, offset, &dicts) || dicts.count == 0 ||
        dicts.count > PRIVATES_LIMIT)
        return false;
    for (uint32_t i = 0; i < dicts.count; i++) {
        if (!add_private(cff, table, cff_index_get(&dicts, i), true))
            return false;
    }
    return true;
}

/* Whether ranges begin with glyph 0, ascend, and name privates. */
static bool are_sound_ranges(const struct cff *cff, struct text ranges, uint32_t end)
{
    uint32_t first = 0;
    struct reader reader = {ranges, 0, false};
    if (ranges.length == 0 || read_number(&reader, 2) != 0)
        return false;
    while (reader.at < ranges.length) {
        uint32_t entry = read_number(&reader, 1);
        uint32_t next = reader.at < ranges.length ? read_number(&reader, 2) : end;
        if (next < first || next > cff->charstrings.count || entry >= cff->privates.length)
            return false;
        first = next;
    }
    return !reader.damaged;
}

static bool are_sound_entries(const struct cff *cff, struct text entries)
{
    for (size_t i = 0; i < entries.length; i++) {
        if ((unsigned char)entries.data[i] >= cff->privates.length)
            return false;
    }
    return true;
}

/* FDSelect: format 0 has an entry a glyph, 3 has ranges and the glyph behind the last. */
static bool read_select(struct cff *cff, struct text table, size_t offset)
{
    struct reader reader = {table, offset, false};
    uint32_t format = read_number(&reader, 1);
    size_t length = format == 3 ? read_number(&reader, 2) * (size_t)3
                                : cff->charstrings.count;
    size_t start = reader.at;
    if (reader.damaged || (format != 0 && format != 3) || length > table.length - start)
        return false;
    cff->select = text_slice(table, start, start + length);
    if (format == 0) {
        cff->select_format = SELECT_GLYPHS;
        return are_sound_entries(cff, cff->select);
    }
    cff->select_format = SELECT_RANGES;
    reader.at = start + length;
    uint32_t end = read_number(&reader, 2);
    return !reader.damaged && are_sound_ranges(cff, cff->select, end);
}

static bool read_top(struct cff *cff, struct text table, struct text dict)
{
    size_t charstrings, fonts, select;
    cff->matrix = operands_of(dict, OPERATOR_MATRIX);
    cff->box = operands_of(dict, OPERATOR_BOX);
    if (!integers_of(operands_of(dict, OPERATOR_CHARSTRINGS), &charstrings, 1) ||
        !index_open(table, charstrings, &cff->charstrings) || cff->charstrings.count == 0)
        return false;
    struct text array = operands_of(dict, OPERATOR_FONT_ARRAY);
    if (array.length == 0)
        return add_private(cff, table, dict, false);
    return integers_of(array, &fonts, 1) && add_privates(cff, table, fonts) &&
           integers_of(operands_of(dict, OPERATOR_FONT_SELECT), &select, 1) &&
           read_select(cff, table, select);
}

bool cff_open(struct text table, struct cff *ret_cff)
{
    struct cff cff = {0};
    struct cff_index names, tops, strings;
    struct reader reader = {table, 2, false};
    size_t header = read_number(&reader, 1);
    bool good = !reader.damaged && index_open(table, header, &names) &&
                index_open(table, names.end, &tops) && tops.count > 0 &&
                index_open(table, tops.end, &strings) &&
                index_open(table, strings.end, &cff.subroutines) &&
                read_top(&cff, table, cff_index_get(&tops, 0));
    if (!good) {
        cff_close(&cff);
        return false;
    }
    *ret_cff = cff;
    return true;
}

void cff_close(struct cff *cff)
{
    if (cff == NULL)
        return;
    vec_done(&cff->privates);
}

/* The first glyph of range i. */
static uint32_t range_first(struct text ranges, size_t i)
{
    const unsigned char *at = (const unsigned char *)ranges.data + 3 * i;
    return (uint32_t)at[0] << 8 | at[1];
}

uint32_t cff_private_of(const struct cff *cff, uint32_t glyph)
{
    const unsigned char *entries = (const unsigned char *)cff->select.data;
    if (cff->select_format == SELECT_NONE || glyph >= cff->charstrings.count)
        return 0;
    if (cff->select_format == SELECT_GLYPHS)
        return entries[glyph];
    size_t low = 0, high = cff->select.length / 3; /* the range is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (range_first(cff->select, middle) <= glyph)
            low = middle;
        else
            high = middle;
    }
    return entries[3 * low + 2];
}
