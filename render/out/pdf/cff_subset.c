/* cff_subset: a CID-keyed CFF font program of chosen glyphs.
 *
 *     header │ name │ Top DICT │ "Adobe" "Identity" │ no subroutines │
 *     charset │ FDSelect │ CharStrings │ FDArray │ Private DICTs
 *
 * CIDs are 0, 1, 2 …: the charset is one range, the text maps of the PDF are ranges too,
 * and content streams have small codes. That is 5 KB less than the source's CIDs for an
 * issue of 700 glyphs. Offsets are written in five bytes, so that sizes are known
 * beforehand. */
#include "out/pdf/cff.h"

#include "base/memory.h"

#define NO_PRIVATE     UINT32_MAX
#define ELEMENTS_LIMIT 65535 /* of an INDEX */
#define HEADER         "\1\0\4\4"
#define ROS            "\xF8\x1B\xF8\x1C\x8B\x0C\x1E" /* 391 392 0 ROS */

/* Elements of an INDEX to be written. */
struct elements {
    struct str bytes;
    VEC(size_t) ends; /* of each element in bytes */
};

struct subset {
    const struct cff *cff;
    struct cff_cache *cache; /* of cff; NULL: none */
    const uint32_t *glyphs;
    size_t count;
    VEC(uint32_t) renumbered; /* per private of the source: index in used; NO_PRIVATE */
    VEC(uint32_t) used;       /* privates of the source that the glyphs have */
    struct elements charstrings;
    struct str charset, select, privates;
    VEC(size_t) private_ends; /* of each in privates */
};

static void append_field(struct str *out, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        str_append_char(out, (char)(value >> 8 * i & 0xFF));
}

/* An integer operand of always five bytes. */
static void append_integer(struct str *out, size_t value)
{
    str_append_char(out, 29);
    append_field(out, value, 4);
}

static void append_operator(struct str *out, struct text operands, const char *code)
{
    if (operands.length == 0)
        return;
    str_append_text(out, operands);
    str_append_string(out, code);
}

/* Bytes of an offset in an INDEX. */
static int offset_size(const struct elements *elements)
{
    int size = 1;
    while ((elements->bytes.length + 1) >> 8 * size != 0)
        size++;
    return size;
}

static size_t index_size(const struct elements *elements)
{
    size_t offsets = (elements->ends.length + 1) * (size_t)offset_size(elements);
    return elements->ends.length == 0 ? 2 : 3 + offsets + elements->bytes.length;
}

static void append_index(struct str *out, const struct elements *elements)
{
    int size = offset_size(elements);
    append_field(out, elements->ends.length, 2);
    if (elements->ends.length == 0)
        return;
    append_field(out, (uint64_t)size, 1);
    append_field(out, 1, size);
    for (size_t i = 0; i < elements->ends.length; i++)
        append_field(out, elements->ends.data[i] + 1, size);
    str_append_text(out, str_text(&elements->bytes));
}

static void end_element(struct elements *elements)
{
    vec_push(&elements->ends, elements->bytes.length);
}

static void elements_done(struct elements *elements)
{
    str_done(&elements->bytes);
    vec_done(&elements->ends);
}

/* Room for all charstrings as they are in the source: what calls and hints add and take
 * away is about the same. */
static void reserve_all(struct subset *subset)
{
    size_t length = 0;
    for (size_t i = 0; i < subset->count; i++)
        length += cff_index_get(&subset->cff->charstrings, subset->glyphs[i]).length;
    str_reserve(&subset->charstrings.bytes, length);
}

static bool flatten_all(struct subset *subset)
{
    reserve_all(subset);
    for (size_t i = 0; i < subset->count; i++) {
        struct str *out = &subset->charstrings.bytes;
        bool good = subset->cache != NULL
                        ? cff_cache_append(subset->cache, subset->glyphs[i], out)
                        : cff_flatten(subset->cff, subset->glyphs[i], out);
        if (!good)
            return false;
        end_element(&subset->charstrings);
    }
    return true;
}

/* Format 2, one range of all CIDs but 0, which is never listed. */
static void make_charset(struct subset *subset)
{
    append_field(&subset->charset, subset->count > 1 ? 2 : 0, 1);
    if (subset->count < 2)
        return;
    append_field(&subset->charset, 1, 2);
    append_field(&subset->charset, subset->count - 2, 2);
}

static uint32_t use_private(struct subset *subset, size_t i)
{
    uint32_t source = cff_private_of(subset->cff, subset->glyphs[i]);
    if (subset->renumbered.data[source] == NO_PRIVATE) {
        subset->renumbered.data[source] = (uint32_t)subset->used.length;
        vec_push(&subset->used, source);
    }
    return subset->renumbered.data[source];
}

/* Format 3: ranges of glyphs with the same font dictionary. */
static void make_select(struct subset *subset)
{
    struct str ranges;
    size_t count = 0;
    uint32_t last = NO_PRIVATE;
    str_init(&ranges);
    for (size_t i = 0; i < subset->cff->privates.length; i++)
        vec_push(&subset->renumbered, NO_PRIVATE);
    for (size_t i = 0; i < subset->count; i++) {
        uint32_t private = use_private(subset, i);
        if (private == last)
            continue;
        append_field(&ranges, i, 2);
        append_field(&ranges, private, 1);
        last = private;
        count++;
    }
    append_field(&subset->select, 3, 1);
    append_field(&subset->select, count, 2);
    str_append_text(&subset->select, str_text(&ranges));
    append_field(&subset->select, subset->count, 2);
    str_done(&ranges);
}

static void make_privates(struct subset *subset)
{
    for (size_t i = 0; i < subset->used.length; i++) {
        const struct cff_private *private =
            &subset->cff->privates.data[subset->used.data[i]];
        append_operator(&subset->privates, private->default_width, "\x14");
        append_operator(&subset->privates, private->nominal_width, "\x15");
        vec_push(&subset->private_ends, subset->privates.length);
    }
}

/* FDArray, when the first Private DICT is at an offset. */
static void make_fonts(
    const struct subset *subset, size_t offset, struct elements *ret_fonts)
{
    size_t start = 0;
    for (size_t i = 0; i < subset->used.length; i++) {
        const struct cff_private *private =
            &subset->cff->privates.data[subset->used.data[i]];
        append_operator(&ret_fonts->bytes, private->matrix, "\x0C\x07");
        append_integer(&ret_fonts->bytes, subset->private_ends.data[i] - start);
        append_integer(&ret_fonts->bytes, offset + start);
        str_append_char(&ret_fonts->bytes, 18);
        end_element(ret_fonts);
        start = subset->private_ends.data[i];
    }
}

/* The Top DICT, with offsets from `start`, where the charset begins. */
static void make_top(const struct subset *subset, size_t start, struct elements *ret_top)
{
    struct str *out = &ret_top->bytes;
    size_t select = start + subset->charset.length;
    size_t charstrings = select + subset->select.length;
    size_t fonts = charstrings + index_size(&subset->charstrings);
    str_append(out, ROS, sizeof ROS - 1);
    append_operator(out, subset->cff->matrix, "\x0C\x07");
    append_operator(out, subset->cff->box, "\x05");
    append_integer(out, subset->count);
    str_append_string(out, "\x0C\x22"); /* CIDCount */
    append_integer(out, start);
    str_append_string(out, "\x0F"); /* charset */
    append_integer(out, charstrings);
    str_append_string(out, "\x11"); /* CharStrings */
    append_integer(out, fonts);
    str_append_string(out, "\x0C\x24"); /* FDArray */
    append_integer(out, select);
    str_append_string(out, "\x0C\x25"); /* FDSelect */
    end_element(ret_top);
}

/* Header, names, Top DICT, strings, subroutines: what stands before `start`. */
static void append_front(
    const struct subset *subset, const char *name, size_t start, struct str *out)
{
    struct elements names = {0}, top = {0}, strings = {0}, none = {0};
    str_append_string(&names.bytes, name);
    end_element(&names);
    make_top(subset, start, &top);
    str_append_string(&strings.bytes, "Adobe");
    end_element(&strings);
    str_append_string(&strings.bytes, "Identity");
    end_element(&strings);
    str_append(out, HEADER, 4);
    append_index(out, &names);
    append_index(out, &top);
    append_index(out, &strings);
    append_index(out, &none);
    elements_done(&names);
    elements_done(&top);
    elements_done(&strings);
}

static void append_all(const struct subset *subset, const char *name, struct str *out)
{
    struct str front;
    struct elements fonts = {0};
    str_init(&front);
    append_front(subset, name, 0, &front);
    make_fonts(subset, 0, &fonts);
    size_t start = out->length;
    str_reserve(out, front.length + subset->charset.length + subset->select.length +
                         index_size(&subset->charstrings) + index_size(&fonts) +
                         subset->privates.length);
    append_front(subset, name, front.length, out); /* as long as with offsets of 0 */
    str_append_text(out, str_text(&subset->charset));
    str_append_text(out, str_text(&subset->select));
    append_index(out, &subset->charstrings);
    size_t privates = out->length - start + index_size(&fonts);
    elements_done(&fonts);
    fonts = (struct elements){0};
    make_fonts(subset, privates, &fonts);
    append_index(out, &fonts);
    str_append_text(out, str_text(&subset->privates));
    elements_done(&fonts);
    str_done(&front);
}

bool cff_subset(const struct cff *cff, struct cff_cache *cache, const uint32_t *glyphs,
    size_t count, const char *name, struct str *out)
{
    struct subset subset = {.cff = cff, .cache = cache, .glyphs = glyphs, .count = count};
    bool good = count > 0 && count <= ELEMENTS_LIMIT && flatten_all(&subset);
    if (good) {
        make_charset(&subset);
        make_select(&subset);
        make_privates(&subset);
        append_all(&subset, name, out);
    }
    elements_done(&subset.charstrings);
    str_done(&subset.charset);
    str_done(&subset.select);
    str_done(&subset.privates);
    vec_done(&subset.renumbered);
    vec_done(&subset.used);
    vec_done(&subset.private_ends);
    return good;
}
