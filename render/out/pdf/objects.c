/* objects: writes numbered objects as PDF 1.7 with object and cross-reference streams.
 *
 *     %PDF-1.7 │ stream objects and object streams, as they come │ cross-reference stream
 *
 * Everything that is not itself a stream is packed, at most OBJECTS_PER_STREAM objects to
 * an object stream (7.5.7), which saves about an eighth of the file. Bytes go to the
 * output as they come; nothing is patched afterwards. The file identifier is made of
 * all bytes before the cross-reference stream, so equal content gives an equal file.
 *
 * Rejected: libqpdf, 1.7 times the instructions for the same file, and a null given to it
 * drops a key silently. Here a reserved number that never gets its object stops the
 * program.
 *
 * Numbers are made of integers: no locale, no rounding that differs between machines. /
 */
#include "out/pdf/objects.h"

#include <inttypes.h>
#include <libdeflate.h>
#include "base/hash.h"
#include "base/utf8.h"
#include "out/pdf/cache.h"
#include "out/pdf/deflate.h"

/* The index column of the cross-reference stream has one byte. */
#define OBJECTS_PER_STREAM 250
#define DEFLATE_LEVEL_MAX 12
#define DEFLATE_OWN       (-1) /* in place of a level: by deflate.c */
#define PENDING_MOST      65536 /* bytes that go to the output at once */

/* Level 5 is where libdeflate's size curve flattens: 9 saves 1.4 % for twice the time. Of
 * objects level 3 makes 3.3 % more in four fifths of the time, of pages level 1 2.6 % more
 * in half of it. */
static const int usual_levels[PACKING_COUNT] = {[PACKING_TEXT] = 5,
    [PACKING_OBJECTS] = 3,
    [PACKING_CONTENT] = 1,
    [PACKING_FONT] = DEFLATE_OWN};

/* Check sums are quick and, taken together with the length, as good as a hash for telling
 * files apart; nobody has an interest in two that are equal. */
static void send(struct pdf_objects *objects, const void *bytes, size_t length)
{
    uint64_t sums = (uint64_t)libdeflate_crc32(0, bytes, length) << 32 |
                    libdeflate_adler32(1, bytes, length);
    for (int i = 0; i < 2; i++)
        objects->hash[i] = hash_u64(hash_u64(objects->hash[i], sums), length);
    if (objects->kept != NULL)
        str_append(objects->kept, bytes, length);
    else
        output_write(objects->output, bytes, length);
}

static void send_pending(struct pdf_objects *objects)
{
    if (objects->pending.length > 0)
        send(objects, objects->pending.data, objects->pending.length);
    str_clear(&objects->pending);
}

static void write_bytes(struct pdf_objects *objects, const void *bytes, size_t length)
{
    objects->offset += length;
    if (objects->pending.length + length > PENDING_MOST)
        send_pending(objects);
    if (length > PENDING_MOST)
        send(objects, bytes, length);
    else
        str_append(&objects->pending, bytes, length);
}

void pdf_objects_init(struct pdf_objects *objects, struct output *output,
    struct str *kept, int level, struct pdf_cache *cache)
{
    static const char header[] = "%PDF-1.7\n%\xE6\x8E\x92\xE7\x89\x88\n";
    *objects = (struct pdf_objects){.output = output, .kept = kept, .cache = cache};
    bool usual = level < 0 || level > DEFLATE_LEVEL_MAX;
    for (size_t i = 0; i < PACKING_COUNT; i++)
        objects->levels[i] = usual ? usual_levels[i] : level;
    objects->hash[0] = HASH_SEED;
    objects->hash[1] = hash_u64(HASH_SEED, 1);
    vec_push(&objects->places, (struct pdf_place){.written = true});
    write_bytes(objects, header, sizeof header - 1);
}

void pdf_objects_done(struct pdf_objects *objects)
{
    if (objects == NULL)
        return;
    vec_done(&objects->places);
    str_done(&objects->deflated);
    str_done(&objects->program);
    str_done(&objects->pending);
    str_done(&objects->body);
    str_done(&objects->packed);
    str_done(&objects->packed_index);
}

uint32_t pdf_reserve(struct pdf_objects *objects)
{
    vec_push(&objects->places, (struct pdf_place){0});
    return (uint32_t)(objects->places.length - 1);
}

static void set_place(
    struct pdf_objects *objects, uint32_t number, struct pdf_place place)
{
    struct pdf_place *old = &objects->places.data[number];
    if (old->written)
        program_stop("PDF object %" PRIu32 " is written twice", number);
    *old = place;
    old->written = true;
}

static void flush_packed(struct pdf_objects *objects)
{
    if (objects->packed_count == 0)
        return;
    struct str entries;
    str_init(&entries);
    str_printf(&entries, "/Type/ObjStm/N %" PRIu32 "/First %zu", objects->packed_count,
        objects->packed_index.length);
    str_append_text(&objects->packed_index, str_text(&objects->packed));
    uint32_t number = objects->packed_number;
    objects->packed_count = 0;
    objects->packed_number = 0;
    pdf_stream(objects, number, entries.data, str_text(&objects->packed_index),
        PACKING_OBJECTS);
    str_clear(&objects->packed);
    str_clear(&objects->packed_index);
    str_done(&entries);
}

struct str *pdf_begin(struct pdf_objects *objects, uint32_t number)
{
    if (objects->open != 0)
        program_stop("PDF object %" PRIu32 " is still open", objects->open);
    objects->open = number;
    str_clear(&objects->body);
    return &objects->body;
}

void pdf_end(struct pdf_objects *objects)
{
    if (objects->packed_number == 0)
        objects->packed_number = pdf_reserve(objects);
    set_place(objects, objects->open,
        (struct pdf_place){.packed = true,
            .where = objects->packed_number,
            .index = objects->packed_count});
    pdf_append_integer(&objects->packed_index, objects->open);
    str_append_char(&objects->packed_index, ' ');
    pdf_append_integer(&objects->packed_index, (int64_t)objects->packed.length);
    str_append_char(&objects->packed_index, ' ');
    str_append_text(&objects->packed, str_text(&objects->body));
    str_append_char(&objects->packed, '\n');
    objects->open = 0;
    if (++objects->packed_count == OBJECTS_PER_STREAM)
        flush_packed(objects);
}

static void deflate_now(struct pdf_objects *objects, int level, struct text bytes)
{
    struct str *out = &objects->deflated;
    str_clear(out);
    if (level == DEFLATE_OWN) {
        deflate_append(pdf_cache_deflater(objects->cache), bytes, out);
        return;
    }
    struct libdeflate_compressor *compressor =
        pdf_cache_compressor(objects->cache, level);
    size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.length);
    str_reserve(out, bound);
    out->length = libdeflate_zlib_compress(compressor,
        bytes.data != NULL ? bytes.data : "", bytes.length, out->data, bound);
}

/* The zlib stream of the bytes, valid until the next call. */
static struct text deflate(struct pdf_objects *objects, int level, struct text bytes)
{
    struct text deflated;
    if (pdf_cache_find(objects->cache, bytes, level, &deflated))
        return deflated;
    deflate_now(objects, level, bytes);
    deflated = str_text(&objects->deflated);
    pdf_cache_keep(objects->cache, bytes, level, deflated);
    return deflated;
}

/* A stream of these data, which are encoded as the entries and the filter say. */
static void write_stream(struct pdf_objects *objects, uint32_t number,
    const char *entries, const char *filter, struct text data)
{
    struct str head;
    str_init(&head);
    set_place(objects, number, (struct pdf_place){.where = objects->offset});
    str_printf(&head, "%" PRIu32 " 0 obj\n<<%s%s/Length %zu>>\nstream\n", number, entries,
        filter, data.length);
    write_bytes(objects, head.data, head.length);
    write_bytes(objects, data.data, data.length);
    write_bytes(objects, "\nendstream\nendobj\n", 18);
    str_done(&head);
}

void pdf_stream(struct pdf_objects *objects, uint32_t number, const char *entries,
    struct text bytes, enum pdf_packing packing)
{
    if (packing == PACKING_NONE)
        write_stream(objects, number, entries, "", bytes);
    else
        write_stream(objects, number, entries, "/Filter/FlateDecode",
            deflate(objects, objects->levels[packing], bytes));
}

static void append_field(struct str *out, uint64_t value, int width)
{
    for (int i = width - 1; i >= 0; i--)
        str_append_char(out, (char)(value >> 8 * i & 0xFF));
}

/* Bytes that hold every offset and object number of the file. */
static int field_width(uint64_t largest)
{
    int width = 1;
    while (width < 8 && largest >> 8 * width != 0)
        width++;
    return width;
}

static void append_places(const struct pdf_objects *objects, int width, struct str *out)
{
    append_field(out, 0, 1);
    append_field(out, 0, width);
    append_field(out, 0xFF, 1);
    for (size_t i = 1; i < objects->places.length; i++) {
        const struct pdf_place *place = &objects->places.data[i];
        if (!place->written)
            program_stop("PDF object %zu was never written", i);
        append_field(out, place->packed ? 2 : 1, 1);
        append_field(out, place->where, width);
        append_field(out, place->index, 1);
    }
}

void pdf_objects_finish(struct pdf_objects *objects, uint32_t catalog, uint32_t info)
{
    flush_packed(objects);
    send_pending(objects);
    uint64_t hash[2] = {objects->hash[0], objects->hash[1]};
    uint32_t number = pdf_reserve(objects);
    uint64_t start = objects->offset;
    objects->places.data[number] = (struct pdf_place){.written = true, .where = start};
    int width = field_width(start);
    struct str entries, table;
    str_init(&entries);
    str_init(&table);
    append_places(objects, width, &table);
    str_printf(&entries,
        "/Type/XRef/Size %zu/W[1 %d 1]/Root %" PRIu32 " 0 R/Info %" PRIu32
        " 0 R/ID[<%016" PRIx64 "%016" PRIx64 "><%016" PRIx64 "%016" PRIx64 ">]",
        objects->places.length, width, catalog, info, hash[0], hash[1], hash[0], hash[1]);
    objects->places.data[number].written = false; /* pdf_stream() sets it */
    pdf_stream(objects, number, entries.data, str_text(&table), PACKING_TEXT);
    str_clear(&entries);
    str_printf(&entries, "startxref\n%" PRIu64 "\n%%%%EOF\n", start);
    write_bytes(objects, entries.data, entries.length);
    send_pending(objects);
    str_done(&entries);
    str_done(&table);
}

void pdf_append_integer(struct str *out, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0)
        str_append_char(out, '-');
    str_append(out, digits + at, sizeof digits - at);
}

void pdf_append_hundredths(struct str *out, int64_t value)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (value < 0)
        str_append_char(out, '-');
    if (size >= 100 || size == 0)
        pdf_append_integer(out, (int64_t)(size / 100));
    if (size % 100 == 0)
        return;
    str_append_char(out, '.');
    str_append_char(out, (char)('0' + size / 10 % 10));
    if (size % 10 != 0)
        str_append_char(out, (char)('0' + size % 10));
}

void pdf_append_ref(struct str *out, uint32_t number)
{
    str_append_char(out, ' ');
    pdf_append_integer(out, number);
    str_append(out, " 0 R", 4);
}

void pdf_append_string(struct str *out, struct text bytes)
{
    str_append_char(out, '(');
    for (size_t i = 0; i < bytes.length; i++) {
        char c = bytes.data[i];
        if (c == '(' || c == ')' || c == '\\')
            str_append_char(out, '\\');
        if (c == '\r')
            str_append(out, "\\r", 2); /* as it is, it would be read as a line feed */
        else
            str_append_char(out, c);
    }
    str_append_char(out, ')');
}

static void append_u16(struct str *out, uint32_t value)
{
    str_append_char(out, (char)(value >> 8 & 0xFF));
    str_append_char(out, (char)(value & 0xFF));
}

void pdf_append_utf16(struct str *out, struct text utf8)
{
    for (size_t at = 0; at < utf8.length;) {
        uint32_t codepoint = utf8_next(utf8.data, utf8.length, &at);
        if (codepoint >= 0x10000) {
            append_u16(out, 0xD800 + ((codepoint - 0x10000) >> 10));
            codepoint = 0xDC00 + (codepoint & 0x3FF);
        }
        append_u16(out, codepoint);
    }
}

void pdf_append_hex(struct str *out, struct text bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    str_append_char(out, '<');
    for (size_t i = 0; i < bytes.length; i++) {
        str_append_char(out, digits[bytes.data[i] >> 4 & 15]);
        str_append_char(out, digits[bytes.data[i] & 15]);
    }
    str_append_char(out, '>');
}

static bool is_printable_ascii(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] < 0x20 || t.data[i] > 0x7E)
            return false;
    }
    return true;
}

void pdf_append_text(struct str *out, struct text utf8)
{
    if (is_printable_ascii(utf8)) {
        pdf_append_string(out, utf8);
        return;
    }
    struct str wide;
    str_init(&wide);
    str_append(&wide, "\xFE\xFF", 2);
    pdf_append_utf16(&wide, utf8);
    pdf_append_string(out, str_text(&wide));
    str_done(&wide);
}

void pdf_append_name(struct str *out, const char *name)
{
    str_append_char(out, '/');
    for (const char *c = name; *c != '\0'; c++) {
        bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= 'a' && *c <= 'z') || *c == '-' || *c == '+' || *c == '_' ||
                     *c == '.';
        if (plain)
            str_append_char(out, *c);
        else
            str_printf(out, "#%02X", (unsigned)(unsigned char)*c);
    }
}
