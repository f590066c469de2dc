/* decode: encodings of old texts, and texts that were decoded wrongly.
 *
 * Mojibake is UTF-8 that was read as another code and saved. It is found by undoing that:
 * if the characters, written in the other code, are well-formed UTF-8 with many Han, they
 * were that before. Chinese as it should be hardly ever is. */
#include "import/decode.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define SAMPLE_LIMIT   8192 /* characters outside ASCII that are looked at */
#define MOJIBAKE_LEAST 12   /* Han that must appear when the wrong decoding is undone */
#define REPLACED_SHARE 50   /* one U+FFFD in so many characters: the text is damaged */

/* Convert all of bytes; false when they are not of that code. */
static bool convert(
    struct arena *arena, struct text bytes, const char *code, struct text *ret_text)
{
    iconv_t handle = iconv_open("UTF-8", code);
    struct str out;
    char *in = (char *)(uintptr_t)bytes.data;
    size_t left = bytes.length;
    bool good = handle != (iconv_t)-1;

    str_init(&out);
    while (good && left > 0) {
        char buffer[4096];
        char *to = buffer;
        size_t room = sizeof buffer;

        good = iconv(handle, &in, &left, &to, &room) != (size_t)-1 || errno == E2BIG;
        str_append(&out, buffer, sizeof buffer - room);
    }
    if (good)
        *ret_text = text_copy(arena, str_text(&out));
    str_done(&out);
    if (handle != (iconv_t)-1)
        iconv_close(handle);
    return good;
}

/* Append what the characters outside ASCII are in `code`, '?' for one that it does not
 * have. */
static void undo(struct text t, const char *code, struct str *out)
{
    iconv_t handle = iconv_open(code, "UTF-8");
    size_t seen = 0;

    for (size_t i = 0; handle != (iconv_t)-1 && i < t.length && seen < SAMPLE_LIMIT;) {
        size_t start = i;
        uint32_t c = utf8_next(t.data, t.length, &i);
        char bytes[8];
        char *in = (char *)(uintptr_t)t.data + start, *to = bytes;
        size_t left = i - start, room = sizeof bytes;

        if (c < 0x80) {
            str_append_char(out, (char)c);
            continue;
        }
        seen++;
        if (c >= 0x80 && c < 0xA0)
            str_append_char(out, (char)c); /* what Windows' codes leave open */
        else if (iconv(handle, &in, &left, &to, &room) == (size_t)-1)
            str_append_char(out, '?');
        else
            str_append(out, bytes, sizeof bytes - room);
    }
    if (handle != (iconv_t)-1)
        iconv_close(handle);
}

/* Are the bytes UTF-8 with many Han and few errors? */
static bool is_chinese(struct text t)
{
    size_t han = 0, other = 0, wrong = 0;

    for (size_t i = 0; i < t.length;) {
        uint32_t c = utf8_next(t.data, t.length, &i);

        if (c == UTF8_INVALID)
            wrong++;
        else if (c >= 0x3000 && c < 0xA000)
            han++;
        else if (c >= 0x80)
            other++;
    }
    return han >= MOJIBAKE_LEAST && han > 4 * wrong && han > other;
}

static const char *mojibake_code(struct text t)
{
    static const char *const codes[] = {
        "CP1252", "CP1251", "GB18030", "BIG5", "CP932", "ISO-8859-1", "CP437", "KOI8-R"};
    const char *found = NULL;

    for (size_t i = 0; i < sizeof codes / sizeof codes[0] && found == NULL; i++) {
        struct str bytes;

        str_init(&bytes);
        undo(t, codes[i], &bytes);
        if (is_chinese(str_text(&bytes)))
            found = codes[i];
        str_done(&bytes);
    }
    return found;
}

static bool is_full_of_replacements(struct text t)
{
    size_t replaced = 0, all = 0;

    for (size_t i = 0; i < t.length && all < SAMPLE_LIMIT; all++)
        replaced += utf8_next(t.data, t.length, &i) == 0xFFFD;
    return replaced * REPLACED_SHARE > all;
}

bool import_check_decoded(const char *path, struct text t, struct diagnostics *sink)
{
    const char *code = is_full_of_replacements(t) ? "U+FFFD" : mojibake_code(t);
    struct str hint;

    if (code == NULL)
        return true;
    str_init(&hint);
    if (strcmp(code, "U+FFFD") == 0)
        str_append_string(
            &hint, _("characters were lost; export the text again as UTF-8"));
    else
        str_printf(
            &hint, _("it is UTF-8 that was read as %s; export it again as UTF-8"), code);
    diag_add(sink, DIAG_IMPORT_MOJIBAKE, SPAN_NONE, hint.data, path);
    str_done(&hint);
    return false;
}

static bool starts_with_bytes(struct text t, const char *bytes, size_t length)
{
    return t.length >= length && memcmp(t.data, bytes, length) == 0;
}

bool import_decode(struct arena *arena, const char *path, struct text bytes,
    struct text *ret_text, struct diagnostics *sink)
{
    struct text t = bytes;
    const char *code = NULL;

    if (starts_with_bytes(bytes, "\xFF\xFE", 2) ||
        starts_with_bytes(bytes, "\xFE\xFF", 2))
        code = "UTF-16";
    else if (utf8_validate(bytes.data, bytes.length) < bytes.length)
        code = "GB18030";
    if (code != NULL && !convert(arena, bytes, code, &t)) {
        diag_add(
            sink, DIAG_IMPORT_ENCODING_UNKNOWN, SPAN_NONE, _("save it as UTF-8"), path);
        return false;
    }
    if (memchr(t.data, '\0', t.length) != NULL) {
        diag_add(sink, DIAG_IMPORT_ENCODING_UNKNOWN, SPAN_NONE, _("it is no text"), path);
        return false;
    }
    if (!import_check_decoded(path, t, sink))
        return false;
    if (code != NULL)
        diag_add(sink, DIAG_IMPORT_ENCODING, SPAN_NONE, NULL, path, code);
    *ret_text = t;
    return true;
}
