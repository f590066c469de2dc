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
#include <stdlib.h>
#include <string.h>
#include "base/vec.h"

#define LABEL_LIMIT 63 /* bytes between two dots of a host (RFC 1035, 2.3.4) */
#define HOST_LIMIT  253

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Characters that RFC 3986 lets stand for themselves in a part of an address. */
static const char user_marks[] = "-._~!$&'()*+,;=:";
static const char rest_marks[] = "-._~!$&'()*+,;=:@/?";

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(char c, const char *characters)
{
    return c != '\0' && strchr(characters, c) != NULL;
}

static bool is_escape(struct text t, size_t at)
{
    return at + 2 < t.length && t.data[at] == '%' && is_hex(t.data[at + 1]) &&
           is_hex(t.data[at + 2]);
}

static void append_encoded(struct str *out, struct text t, const char *marks)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.data[i];
        if (is_escape(t, i) || is_alphanumeric(c) || is_one_of(c, marks))
            str_append_char(out, c);
        else
            str_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

/* Path, query and fragment: the first "#" begins the fragment. */
static void append_rest(struct str *out, struct text rest)
{
    size_t end = text_find(rest, "#");
    append_encoded(out, text_slice(rest, 0, end), rest_marks);
    if (end == rest.length)
        return;
    str_append_char(out, '#');
    append_encoded(out, text_slice(rest, end + 1, rest.length), rest_marks);
}

static size_t find_first(struct text t, const char *characters)
{
    size_t i = 0;
    while (i < t.length && !is_one_of(t.data[i], characters))
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

/* "[2001:db8::1]" */
static bool is_ip_literal(struct text host)
{
    if (host.length < 4 || host.data[0] != '[' || host.data[host.length - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < host.length; i++) {
        if (!is_hex(host.data[i]) && !is_one_of(host.data[i], ":."))
            return false;
    }
    return true;
}

/* Labels of letters, digits, "-" and "_" between dots; one dot may end the name. ASCII
 * only, unless `foreign`: libidn2 judges the rest, but it drops what may not stand in a
 * host (a space, “>”) and lets empty labels pass. */
static bool is_name(struct text host, bool foreign)
{
    size_t label = 0;
    for (size_t i = 0; i < host.length; i++) {
        char c = host.data[i];
        bool dot = c == '.', other = (unsigned char)c >= 0x80;
        if (dot     ? label == 0
            : other ? !foreign
                    : !is_alphanumeric(c) && !is_one_of(c, "-_"))
            return false;
        label = dot ? 0 : label + 1;
        if (!foreign && label > LABEL_LIMIT)
            return false;
    }
    return host.length > 0 && (foreign || host.length <= HOST_LIMIT);
}

/* Escapes of a host are bytes of UTF-8 (RFC 3986, 3.2.2). */
static void decode(struct str *out, struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char digits[] = {0, 0, 0};
        if (!is_escape(t, i)) {
            str_append_char(out, t.data[i]);
            continue;
        }
        memcpy(digits, t.data + i + 1, 2);
        str_append_char(out, (char)strtoul(digits, NULL, 16));
        i += 2;
    }
}

/* The host in ASCII; false: it is no name. */
static bool append_name(struct str *out, struct text host)
{
    if (is_name(host, false)) {
        str_append_text(out, host);
        return true;
    }
    if (!is_name(host, true))
        return false;
    char *unicode = memory_duplicate(host.data, host.length), *ascii = NULL;
    int error = idn2_to_ascii_8z(unicode, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
    bool good = error == IDN2_OK && is_name(text_of(ascii), false);
    if (good)
        str_append_string(out, ascii);
    idn2_free(ascii);
    memory_free(unicode);
    return good;
}

static bool append_host(struct str *out, struct text host)
{
    if (is_ip_literal(host)) {
        str_append_text(out, host);
        return true;
    }
    struct str decoded;
    str_init(&decoded);
    decode(&decoded, host);
    bool good = append_name(out, str_text(&decoded));
    str_done(&decoded);
    return good;
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
    if (start > 0) {
        append_encoded(out, text_slice(authority, 0, start - 1), user_marks);
        str_append_char(out, '@');
    }
    if (!append_host(out, text_slice(authority, start, end)))
        return false;
    str_append_text(out, text_slice(authority, end, authority.length));
    return true;
}

/* "a@x.cn,b@y.cn" */
static bool append_mailboxes(struct str *out, struct text list)
{
    for (size_t at = 0; at <= list.length; at++) {
        struct text rest = text_slice(list, at, list.length);
        struct text mailbox = text_slice(rest, 0, find_first(rest, ","));
        if (at > 0)
            str_append_char(out, ',');
        if (!append_authority(out, mailbox))
            return false;
        at += mailbox.length;
    }
    return true;
}

static bool append_after_scheme(struct str *out, struct text rest, bool mail)
{
    if (!mail) {
        if (!text_starts(rest, "//"))
            return false;
        str_append_string(out, "//");
        rest = text_slice(rest, 2, rest.length);
    }
    size_t end = find_first(rest, mail ? "?" : "/?#");
    struct text authority = text_slice(rest, 0, end);
    if (!(mail ? append_mailboxes : append_authority)(out, authority))
        return false;
    append_rest(out, text_slice(rest, end, rest.length));
    return true;
}

enum uri_fault uri_encode(struct text uri, struct str *out)
{
    size_t scheme = scheme_length(uri);
    if (scheme == 0)
        return URI_FOREIGN_SCHEME;
    struct str encoded;
    str_init(&encoded);
    str_append(&encoded, uri.data, scheme);
    bool good = append_after_scheme(
        &encoded, text_slice(uri, scheme, uri.length), (uri.data[0] | 0x20) == 'm');
    if (good)
        str_append_text(out, str_text(&encoded));
    str_done(&encoded);
    return good ? URI_GOOD : URI_NO_HOST;
}
