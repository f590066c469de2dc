/* inline_address: addresses that are links without brackets.
 *
 * Bare ones begin with a scheme or www., or are an e-mail address, and hold ASCII only:
 * so they stop before Han and full-width marks, which GitHub's rule would take in. Right
 * behind a source line's label (`链接：`) an address may hold Han as well: in its host, and
 * behind a mark of addresses such as / or =; not behind a letter, where a word begins.
 * Marks that end a sentence and brackets without a partner are not part of them. An
 * escape inside (`art\_1.html`, as converters write) stands for the escaped character. /
 */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "content/inline.h"
#include "content/shape.h"

#define LABEL_LIMIT 64 /* bytes of a source line's label with spaces, and more */

static struct text rest_of(const struct inline_parser *parser, size_t at)
{
    return (struct text){parser->data + at, parser->length - at};
}

static bool starts_nocase(struct text t, const char *prefix)
{
    size_t length = strlen(prefix);
    return t.length > length && strncasecmp(t.data, prefix, length) == 0;
}

/* Length of a letter beyond ASCII at the start of t, or 0: marks of Chinese and spaces
 * are none. */
static size_t wide_letter(struct text t)
{
    size_t length = 0;
    uint32_t c = t.length > 0 ? utf8_next(t.data, t.length, &length) : 0;
    bool mark = c <= 0xA0 || (c >= 0x2000 && c <= 0x206F) ||
                (c >= 0x3000 && c <= 0x303F && c != 0x3005 && c != 0x3007) ||
                (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFFEF) ||
                c == 0xFFFD;
    return mark ? 0 : length;
}

/* Whether what stands before `at` on its line is a source line's label. */
static bool after_source_label(const struct inline_parser *parser, size_t at)
{
    size_t start = at;
    while (start > 0 && parser->data[start - 1] != '\n') {
        if (at - start > LABEL_LIMIT)
            return false;
        start--;
    }
    struct text before = text_trim((struct text){parser->data + start, at - start});
    return before.length > 0 && shape_source_label(before) == before.length;
}

/* Length of the scheme (or www.) of a bare address at the start of t, 0 when there
 * is none. */
static size_t bare_scheme(struct text t, bool wide)
{
    static const char *const schemes[] = {
        "https://", "http://", "ftp://", "mailto:", "www."};
    if (t.length == 0 || strchr("hfmwHFMW", t.data[0]) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i]);
        if (!starts_nocase(t, schemes[i]))
            continue;
        if (char_is_word((unsigned char)t.data[length]) ||
            (wide && wide_letter(text_slice(t, length, t.length)) > 0))
            return length;
    }
    return 0;
}

static bool is_address_byte(unsigned char c)
{
    return c > ' ' && c < 0x7F && strchr("<>\"`{}|^[]", c) == NULL;
}

/* Bytes behind which a letter beyond ASCII belongs to the address. */
static bool goes_on(unsigned char c)
{
    return c >= 0x80 || strchr("/=?&#-_.+(", c) != NULL;
}

/* Length of the run of address characters; a pair of * ends it (it may close
 * emphasis). */
static size_t address_run(struct text t, bool wide)
{
    size_t i = 0;
    while (i < t.length) {
        size_t letter = wide && i > 0 && goes_on((unsigned char)t.data[i - 1])
                            ? wide_letter(text_slice(t, i, t.length))
                            : 0;
        if (letter > 0) {
            i += letter;
            continue;
        }
        if (!is_address_byte((unsigned char)t.data[i]))
            break;
        bool pair = i + 1 < t.length && t.data[i] == t.data[i + 1];
        if (pair && (t.data[i] == '*' || t.data[i] == '~'))
            break;
        bool escape = t.data[i] == '\\';
        if (escape &&
            (i + 1 == t.length || !char_is_ascii_mark((unsigned char)t.data[i + 1])))
            break;
        if (escape && !is_address_byte((unsigned char)t.data[i + 1]))
            break;
        i += escape ? 2 : 1;
    }
    return i;
}

/* Length of an entity that ends t (`&amp;`), or 0: GFM 6.9. */
static size_t trailing_entity(struct text t)
{
    if (t.length < 3 || t.data[t.length - 1] != ';')
        return 0;
    size_t i = t.length - 1;
    while (i > 0 && (char_is_word((unsigned char)t.data[i - 1]) || t.data[i - 1] == '#'))
        i--;
    return i > 0 && i < t.length - 1 && t.data[i - 1] == '&' ? t.length - i + 1 : 0;
}

/* The address without the marks of the sentence around it. */
static size_t trimmed(struct text t)
{
    long open = 0;
    for (size_t i = 0; i < t.length; i++)
        open += (t.data[i] == '(') - (t.data[i] == ')');
    while (t.length > 0) {
        char c = t.data[t.length - 1];
        size_t entity = trailing_entity(t);
        if (c == ')' && open < 0)
            open++;
        else if (entity == 0 && strchr("?!.,:;*_~'\\", c) == NULL)
            break;
        t.length -= entity > 0 ? entity : 1;
    }
    return t.length;
}

static bool is_local_byte(unsigned char c)
{
    return char_is_word(c) || c == '.' || c == '_' || c == '+' || c == '-';
}

/* Length of an e-mail address at the start of t, or 0. */
static size_t email_length(struct text t)
{
    size_t i = 0;
    while (i < t.length && is_local_byte((unsigned char)t.data[i]))
        i++;
    if (i == 0 || i + 1 >= t.length || t.data[i] != '@')
        return 0;
    size_t domain = ++i;
    while (i < t.length && (char_is_word((unsigned char)t.data[i]) ||
                               (strchr("-_.", t.data[i]) != NULL && i > domain)))
        i++;
    while (i > domain && strchr("-_.", t.data[i - 1]) != NULL)
        i--;
    bool dotted = memchr(t.data + domain, '.', i - domain) != NULL;
    return dotted ? i : 0;
}

static struct node *add_link(struct inline_parser *parser, size_t start, size_t end,
    const char *prefix, struct text address)
{
    struct node *link = inline_add(parser, NODE_LINK, start, end);
    char *url = arena_print(
        parser->reader->arena, "%s%.*s", prefix, (int)address.length, address.data);
    link->u.link.url = text_of(url);
    link->u.link.bare = true;
    return link;
}

/* The text of a bare address, with one node for each escape. */
static void add_address_text(struct inline_parser *parser, size_t start, size_t end)
{
    size_t from = start;
    for (size_t i = start; i < end; i++) {
        if (parser->data[i] != '\\')
            continue;
        inline_add_text(parser, from, i);
        inline_add_said(parser, (struct text){parser->data + i + 1, 1}, i, i + 2);
        from = i + 2;
        i++;
    }
    inline_add_text(parser, from, end);
}

static const char *prefix_of(struct text address, size_t scheme)
{
    if (scheme == 0)
        return "mailto:";
    return starts_nocase(address, "www.") ? "http://" : "";
}

bool inline_bare_address(struct inline_parser *parser, size_t start)
{
    size_t at = parser->at;
    struct text rest = rest_of(parser, at);
    size_t scheme = bare_scheme(rest, true);
    bool wide = scheme != 0 && after_source_label(parser, at);
    if (scheme != 0 && !wide)
        scheme = bare_scheme(rest, false);
    size_t length = 0;
    if (scheme != 0) {
        length = trimmed(text_slice(rest, 0, address_run(rest, wide)));
        if (length <= scheme)
            return false;
    } else if (at == 0 || !is_local_byte((unsigned char)parser->data[at - 1])) {
        length = email_length(rest);
    }
    if (length == 0)
        return false;
    inline_add_text(parser, start, at);
    struct text address = inline_resolve(parser->reader, text_slice(rest, 0, length));
    struct node *link =
        add_link(parser, at, at + length, prefix_of(address, scheme), address);
    add_address_text(parser, at, at + length);
    inline_adopt(parser, link);
    parser->at = at + length;
    return true;
}

/* Length of an absolute address up to `>`: CommonMark 6.5. */
static size_t angle_length(struct text t)
{
    size_t i = 0;
    while (i < t.length &&
           (char_is_word((unsigned char)t.data[i]) || strchr("+.-", t.data[i])))
        i++;
    bool email = false;
    if (i < 2 || i > 32 || i >= t.length || t.data[i] != ':') {
        i = email_length(t);
        email = true;
    }
    if (i == 0)
        return 0;
    while (!email && i < t.length && (unsigned char)t.data[i] > ' ' && t.data[i] != '<' &&
           t.data[i] != '>')
        i++;
    return i < t.length && t.data[i] == '>' ? i : 0;
}

bool inline_angle_address(struct inline_parser *parser)
{
    size_t at = parser->at + 1;
    struct text rest = rest_of(parser, at);
    size_t length = angle_length(rest);
    if (length == 0)
        return false;
    struct text address = text_slice(rest, 0, length);
    bool email = email_length(address) == length;
    struct node *link =
        add_link(parser, parser->at, at + length + 1, email ? "mailto:" : "", address);
    inline_add_text(parser, at, at + length);
    inline_adopt(parser, link);
    parser->at = at + length + 1;
    return true;
}
