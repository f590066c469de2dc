/* uri: percent-encodes addresses and writes their hosts in punycode (IDNA 2008, libidn2).
 *
 *     https://用户@例子.测试:8080/路径?问=答#节
 *             └─ user ┘└ host ┘└port┘└──── rest ───┘
 *
 * RFC 3986 allows only ASCII; PDF 32000-1 12.6.4.7 asks for the same. A `%` that begins a
 * valid escape is kept, so that an address that is encoded already stays as it is.
 */
#include "out/uri.h"

#include <idn2.h>
#include <string.h>
#include "base/vec.h"

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Characters of RFC 3986 that stand for themselves: unreserved and reserved. */
static bool is_allowed(char c)
{
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return true;
    return c != '\0' && strchr("-._~:/?#[]@!$&'()*+,;=", c) != NULL;
}

static void append_encoded(struct str *out, struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.data[i];
        bool escape = c == '%' && i + 2 < t.length && is_hex(t.data[i + 1]) &&
                      is_hex(t.data[i + 2]);
        if (escape || is_allowed(c))
            str_append_char(out, c);
        else
            str_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static size_t find_first(struct text t, const char *characters)
{
    size_t i = 0;
    while (i < t.length && (t.data[i] == '\0' || strchr(characters, t.data[i]) == NULL))
        i++;
    return i;
}

/* Length of the scheme with its ":", or 0 when it is none of ours. */
static size_t scheme_length(struct text uri)
{
    static const char *const schemes[] = {"http:", "https:", "ftp:", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i]);
        size_t same = 0;
        while (same < length && same < uri.length &&
               (uri.data[same] | 0x20) == (schemes[i][same] | 0x20))
            same++;
        if (same == length)
            return length;
    }
    return 0;
}

static bool is_ascii(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if ((unsigned char)t.data[i] >= 0x80)
            return false;
    }
    return true;
}

static bool is_host_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '-' || c == '.' || c == '_';
}

/* libidn2 drops what may not stand in a host (a space, “>”) and lets empty labels pass.
 */
static bool is_host(struct text host)
{
    for (size_t i = 0; i < host.length; i++) {
        char c = host.data[i];
        bool dot = c == '.' && (i == 0 || host.data[i - 1] == '.');
        if (dot || (is_ascii(text_slice(host, i, i + 1)) && !is_host_character(c)))
            return false;
    }
    return true;
}

static bool append_host(struct str *out, struct text host)
{
    if (is_ascii(host)) {
        append_encoded(out, host);
        return true;
    }
    if (!is_host(host))
        return false;
    char *unicode = memory_duplicate(host.data, host.length);
    char *ascii = NULL;
    int error = idn2_to_ascii_8z(unicode, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
    if (error == IDN2_OK)
        str_append_string(out, ascii);
    idn2_free(ascii);
    memory_free(unicode);
    return error == IDN2_OK;
}

/* "user@host:port": the host begins after the last "@" and ends before ":" and digits. */
static bool append_authority(struct str *out, struct text authority)
{
    size_t start = authority.length;
    while (start > 0 && authority.data[start - 1] != '@')
        start--;
    size_t end = authority.length;
    while (
        end > start && authority.data[end - 1] >= '0' && authority.data[end - 1] <= '9')
        end--;
    if (end == start || authority.data[end - 1] != ':')
        end = authority.length;
    else
        end--;
    append_encoded(out, text_slice(authority, 0, start));
    if (!append_host(out, text_slice(authority, start, end)))
        return false;
    append_encoded(out, text_slice(authority, end, authority.length));
    return true;
}

bool uri_encode(struct text uri, struct str *out)
{
    size_t scheme = scheme_length(uri);
    if (scheme == 0)
        return false;
    struct text rest = text_slice(uri, scheme, uri.length);
    bool mail = (uri.data[0] | 0x20) == 'm';
    if (!mail && !text_starts(rest, "//"))
        return false;
    struct str encoded;
    str_init(&encoded);
    str_append(&encoded, uri.data, scheme);
    if (!mail) {
        str_append_string(&encoded, "//");
        rest = text_slice(rest, 2, rest.length);
    }
    size_t end = find_first(rest, mail ? "?" : "/?#");
    bool good = end > 0 && append_authority(&encoded, text_slice(rest, 0, end));
    if (good) {
        append_encoded(&encoded, text_slice(rest, end, rest.length));
        str_append_text(out, str_text(&encoded));
    }
    str_done(&encoded);
    return good;
}
