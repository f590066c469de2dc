/* changes: page digests out of a PDF, and the comparison; see changes.h. */
#include "job/changes.h"

#include <libdeflate.h>
#include <string.h>

#include "base/files.h"

#define PDF_LIMIT     ((size_t)1 << 30)  /* bytes of an old PDF */
#define INFLATE_LIMIT ((size_t)16 << 20) /* bytes of one object stream, inflated */
#define DICT_LENGTH   256 /* bytes before “stream” that may name its type */

static const char key[] = "/PageDigests2";

void page_changes_find(const struct book *book, const uint64_t *digests, uint32_t count,
    struct page_changes *ret_changes)
{
    struct page_changes changes = {.before = count};

    for (uint32_t i = 0; i < book->pages.length; i++) {
        if (i >= count || book->pages.data[i].digest != digests[i])
            vec_push(&changes.list, i + 1);
    }
    *ret_changes = changes;
}

void page_list_print(const uint32_t *pages, uint32_t count, struct str *out)
{
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;

        while (end < count && pages[end] == pages[end - 1] + 1)
            end++;
        str_printf(out, "%s%u", i > 0 ? ", " : "", pages[i]);
        if (end - i > 1)
            str_printf(out, "%s%u", end - i > 2 ? "-" : ", ", pages[end - 1]);
        i = end;
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "<0123456789abcdef>" at the start of t; the rest behind it. */
static bool take_digest(struct text *t, uint64_t *ret_digest)
{
    uint64_t digest = 0;

    if (t->length < 18 || t->data[0] != '<' || t->data[17] != '>')
        return false;
    for (int i = 1; i < 17; i++) {
        int value = hex_value(t->data[i]);

        if (value < 0)
            return false;
        digest = digest << 4 | (uint64_t)value;
    }
    *t = text_slice(*t, 18, t->length);
    *ret_digest = digest;
    return true;
}

/* The array of digests somewhere in t. */
static bool find_digests(struct text t, struct page_digests *digests)
{
    size_t at = text_find(t, key);
    uint64_t digest;
    struct text rest;

    if (at == t.length)
        return false;
    rest = text_trim(text_slice(t, at + sizeof key - 1, t.length));
    if (!text_starts(rest, "["))
        return false;
    rest = text_trim(text_slice(rest, 1, rest.length));
    while (take_digest(&rest, &digest)) {
        vec_push(&digests->list, digest);
        rest = text_trim(rest);
    }
    return digests->list.length > 0 && text_starts(rest, "]");
}

/* Inflate a stream that begins with t into room; its length, or 0. */
static size_t inflate(
    struct libdeflate_decompressor *decompressor, struct text t, struct str *room)
{
    size_t read, length;

    if (room->capacity < INFLATE_LIMIT) {
        room->data = memory_resize(room->data, INFLATE_LIMIT, 1);
        room->capacity = INFLATE_LIMIT;
    }
    if (libdeflate_zlib_decompress_ex(decompressor, t.data, t.length, room->data,
            room->capacity, &read, &length) != LIBDEFLATE_SUCCESS)
        return 0;
    return length;
}

/* The offset of the last "stream" that begins before end and ends no stream; end: none.
 */
static size_t find_stream(struct text file, size_t end)
{
    static const char word[] = "stream";
    const size_t length = sizeof word - 1;

    for (size_t i = end; i-- > 3;) {
        if (file.data[i] == 's' && file.length - i > length + 2 &&
            memcmp(file.data + i, word, length) == 0 &&
            memcmp(file.data + i - 3, "end", 3) != 0)
            return i;
    }
    return end;
}

/* Search the object streams from the file's end: the catalog is written last. */
static bool search_streams(struct text file, struct page_digests *digests)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    struct str room;
    bool found = false;

    if (decompressor == NULL)
        program_stop("no memory for inflating");
    str_init(&room);
    for (size_t end = file.length, at; !found; end = at) {
        struct text before, body;

        at = find_stream(file, end);
        if (at == end)
            break;
        before = text_slice(file, at > DICT_LENGTH ? at - DICT_LENGTH : 0, at);
        if (text_find(before, "ObjStm") == before.length)
            continue;
        body = text_slice(file, at + 6, file.length);
        body = text_slice(body, text_starts(body, "\r") ? 2 : 1, body.length);
        room.length = inflate(decompressor, body, &room);
        found = find_digests((struct text){room.data, room.length}, digests);
    }
    str_done(&room);
    libdeflate_free_decompressor(decompressor);
    return found;
}

bool page_digests_read(
    const char *path, struct page_digests *digests, struct diagnostics *sink)
{
    struct files files;
    struct text bytes;
    int file;
    bool found;

    files_init(&files);
    file = files_read_bytes(&files, path, PDF_LIMIT, SPAN_NONE, sink);
    if (file < 0) {
        files_done(&files);
        return false;
    }
    bytes = files_get(&files, (uint32_t)file)->bytes;
    found = text_starts(bytes, "%PDF-") &&
            (find_digests(bytes, digests) || search_streams(bytes, digests));
    if (!found) {
        vec_clear(&digests->list);
        diag_add(sink, DIAG_NO_DIGESTS, SPAN_NONE, NULL, path);
    }
    files_done(&files);
    return found;
}
