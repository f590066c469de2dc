/* reader: see reader.h. */
#include "out/pdf/reader.h"

#include <libdeflate.h>
#include <string.h>

#define NESTING_LIMIT 32         /* of arrays and dictionaries; ours nest four deep */
#define STREAM_LIMIT  (64u << 20) /* bytes of an inflated stream */

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return is_white(c) || (c != '\0' && strchr("()<>[]{}/%", c) != NULL);
}

static size_t string_end(struct text t, size_t at)
{
    int depth = 0;
    for (; at < t.length; at++) {
        if (t.data[at] == '\\')
            at++;
        else if (t.data[at] == '(')
            depth++;
        else if (t.data[at] == ')' && --depth == 0)
            return at + 1;
    }
    return t.length;
}

static size_t word_end(struct text t, size_t at)
{
    at++;
    while (at < t.length && !is_delimiter(t.data[at]))
        at++;
    return at;
}

static size_t value_end(struct text t, size_t at, int depth);

/* Behind the bracket that closes what `at` is inside of. */
static size_t group_end(struct text t, size_t at, const char *closing, int depth)
{
    while (at < t.length && depth < NESTING_LIMIT) {
        if (is_white(t.data[at])) {
            at++;
            continue;
        }
        if (text_starts(text_slice(t, at, t.length), closing))
            return at + strlen(closing);
        at = value_end(t, at, depth + 1);
    }
    return t.length;
}

static size_t value_end(struct text t, size_t at, int depth)
{
    struct text rest = text_slice(t, at, t.length);
    if (text_starts(rest, "<<"))
        return group_end(t, at + 2, ">>", depth);
    if (text_starts(rest, "["))
        return group_end(t, at + 1, "]", depth);
    if (text_starts(rest, "("))
        return string_end(t, at);
    if (text_starts(rest, "<")) {
        size_t length = text_find(rest, ">");
        return length < rest.length ? at + length + 1 : t.length;
    }
    size_t end = word_end(t, at);
    struct text after = text_slice(t, end, t.length); /* "12" and " 0 R" */
    if (value_integer(text_slice(t, at, end)) >= 0 && text_starts(after, " 0 R"))
        end += 4;
    return end;
}

struct text value_next(struct text t, size_t *at)
{
    size_t start = *at;
    while (start < t.length && is_white(t.data[start]))
        start++;
    *at = start < t.length ? value_end(t, start, 0) : t.length;
    return text_slice(t, start, *at);
}

struct text dictionary_get(struct text dictionary, const char *key)
{
    if (!text_starts(dictionary, "<<"))
        return TEXT("");
    struct text inside = text_slice(dictionary, 2, dictionary.length - 2);
    for (size_t at = 0; at < inside.length;) {
        struct text name = value_next(inside, &at), value = value_next(inside, &at);
        if (text_is(name, key))
            return value;
    }
    return TEXT("");
}

struct text array_inside(struct text array)
{
    return text_starts(array, "[") ? text_slice(array, 1, array.length - 1) : TEXT("");
}

long value_integer(struct text value)
{
    long number = 0;
    return text_to_long(value, &number) ? number : -1;
}

uint32_t reference_number(struct text value)
{
    if (!text_ends(value, " 0 R"))
        return 0;
    long number = value_integer(text_slice(value, 0, value.length - 4));
    return number > 0 ? (uint32_t)number : 0;
}

struct text pdf_reader_object(const struct pdf_reader *reader, uint32_t number)
{
    return number < reader->objects.length ? reader->objects.data[number] : TEXT("");
}

struct text pdf_reader_get(const struct pdf_reader *reader, struct text value)
{
    uint32_t number = reference_number(value);
    return number != 0 ? pdf_reader_object(reader, number) : value;
}

static bool store(struct pdf_reader *reader, long number, struct text object,
    struct text stream, size_t limit)
{
    if (number <= 0 || (size_t)number > limit)
        return false;
    while (reader->objects.length <= (size_t)number) {
        vec_push(&reader->objects, TEXT(""));
        vec_push(&reader->streams, TEXT(""));
    }
    reader->objects.data[number] = object;
    reader->streams.data[number] = stream;
    return true;
}

static bool inflate(struct pdf_reader *reader, struct text bytes, struct text *ret_bytes)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t size = 4 * bytes.length + 1024, length = 0;
    char *out = NULL;
    while (inflater != NULL && result == LIBDEFLATE_INSUFFICIENT_SPACE &&
           size <= STREAM_LIMIT) {
        out = arena_alloc(&reader->arena, size);
        result = libdeflate_zlib_decompress(
            inflater, bytes.data, bytes.length, out, size, &length);
        size *= 4;
    }
    libdeflate_free_decompressor(inflater);
    if (result != LIBDEFLATE_SUCCESS)
        return false;
    *ret_bytes = (struct text){out, length};
    return true;
}

/* The objects of an object stream: "number offset" pairs, then the objects. */
static bool unpack(
    struct pdf_reader *reader, struct text dictionary, struct text bytes, size_t limit)
{
    long count = value_integer(dictionary_get(dictionary, "/N"));
    long first = value_integer(dictionary_get(dictionary, "/First"));
    size_t at = 0;
    if (count < 0 || first < 0)
        return false;
    for (long i = 0; i < count; i++) {
        long number = value_integer(value_next(bytes, &at));
        long offset = value_integer(value_next(bytes, &at));
        if (offset < 0)
            return false;
        size_t place = (size_t)first + (size_t)offset;
        if (!store(reader, number, value_next(bytes, &place), TEXT(""), limit))
            return false;
    }
    return true;
}

/* "12 0 obj\n<<…>>\nstream\n…\nendstream\nendobj\n" at *at. */
static bool read_stream(struct pdf_reader *reader, struct text file, size_t *at)
{
    long number = value_integer(value_next(file, at));
    struct text bytes;
    value_next(file, at); /* 0 */
    value_next(file, at); /* obj */
    struct text dictionary = value_next(file, at);
    value_next(file, at); /* stream */
    long length = value_integer(dictionary_get(dictionary, "/Length"));
    if (length < 0 || (size_t)length >= file.length - *at)
        return false;
    bytes = text_slice(file, *at + 1, *at + 1 + (size_t)length);
    *at += 1 + (size_t)length;
    if (!text_is(value_next(file, at), "endstream") ||
        !text_is(value_next(file, at), "endobj"))
        return false;
    bool image = text_is(dictionary_get(dictionary, "/Subtype"), "/Image");
    if (!image && text_is(dictionary_get(dictionary, "/Filter"), "/FlateDecode") &&
        !inflate(reader, bytes, &bytes)) /* of images nobody asks the pixels */
        return false;
    if (text_is(dictionary_get(dictionary, "/Type"), "/XRef"))
        reader->root = reference_number(dictionary_get(dictionary, "/Root"));
    if (text_is(dictionary_get(dictionary, "/Type"), "/ObjStm") &&
        !unpack(reader, dictionary, bytes, file.length))
        return false;
    return store(reader, number, dictionary, bytes, file.length);
}

bool pdf_reader_open(struct pdf_reader *reader, struct text file)
{
    *reader = (struct pdf_reader){0};
    arena_init(&reader->arena);
    if (!text_starts(file, "%PDF-1.7\n%"))
        return false;
    size_t at = strlen("%PDF-1.7\n%");
    while (at < file.length && file.data[at] != '\n')
        at++;
    for (;;) {
        size_t next = at;
        if (text_is(value_next(file, &next), "startxref"))
            return reader->root != 0;
        if (!read_stream(reader, file, &at))
            return false;
    }
}

void pdf_reader_done(struct pdf_reader *reader)
{
    if (reader == NULL)
        return;
    arena_done(&reader->arena);
    vec_done(&reader->objects);
    vec_done(&reader->streams);
}
