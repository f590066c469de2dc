/* links: addresses of links and images, and what is written round them. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "check/passage.h"

#define SHOWN_BYTES 60 /* of an address in a message */
#define SHORT_HOST  10 /* bytes of a shortener's host and path, at most */
#define SHORT_PATH  14

/* What an address begins with when it is broken, and the schemes that are right. */
static const char *const broken[] = {"http:/.", "https:/.", "http//", "https//",
    "http;//", "https;//", "hhtp:", "hhtps:", "htpp:", "htpps:", "htttp:", "htttps:",
    "htp:", "htps:", "ttp:", "ttps:", "http:///", "https:///", "http://%20",
    "https://%20",
    "http://http:", "https://http:", "http://https:", "https://https:", "http:\\",
    "https:\\", "http:// ", "https:// ", "http：", "https：", "ttps//",
    "httpss:", "https:https"};

static struct text shown(struct check *check, struct text url)
{
    size_t end = 0;

    while (end < url.length && end < SHOWN_BYTES)
        utf8_next(url.data, url.length, &end);
    if (end == url.length)
        return url;
    return text_of(arena_print(&check->arena, "%.*s…", (int)end, url.data));
}

static void tell(
    struct check *check, enum diag_id rule, const struct node *node, struct text url)
{
    check_tell(check, rule, node->span, shown(check, url), NULL);
}

static bool starts_folded(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);

    for (size_t i = 0; i < n; i++) {
        char c = i < t.length ? t.data[i] : '\0';

        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if (c != prefix[i])
            return false;
    }
    return true;
}

static bool is_web(struct text url)
{
    return starts_folded(url, "http://") || starts_folded(url, "https://");
}

/* Is this text an address that was meant but is broken? */
static bool is_malformed(struct text url)
{
    if (url.length == 0 || strchr("hHtT", url.data[0]) == NULL)
        return false;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        if (starts_folded(url, broken[i]))
            return true;
    }
    if (starts_folded(url, "http:") || starts_folded(url, "https:"))
        return !is_web(url) || text_find(url, " ") < url.length;
    return false;
}

/* From behind the scheme to the port, path or end. */
static struct text host_of(struct text url)
{
    struct text host = text_slice(url, text_find(url, "://") + 3, url.length);
    size_t end = 0, at;

    while (end < host.length && strchr("/?#", host.data[end]) == NULL)
        end++;
    host = text_slice(host, 0, end);
    at = text_find(host, "@");
    if (at < host.length)
        host = text_slice(host, at + 1, host.length);
    at = text_find(host, ":");
    return text_slice(host, 0, at);
}

static bool is_private_host(struct text host)
{
    return text_is(host, "localhost") || text_starts(host, "127.") ||
           text_starts(host, "192.168.") || text_starts(host, "10.") ||
           (host.length > 0 && host.data[0] != '[' &&
               text_find(host, ".") == host.length) ||
           host.length == 0 || text_is(host, "www") || text_ends(host, ".local");
}

/* Has an address neither Han nor full-width marks, as they are or percent-encoded? */
static bool is_plain(struct text url)
{
    for (size_t i = 0; i < url.length; i++) {
        if ((unsigned char)url.data[i] >= 0x80 || url.data[i] == '%')
            return false;
    }
    return true;
}

/* Is there an opening bracket before the mark at a place, as in a page's title? */
static bool is_balanced(struct text url, size_t at)
{
    struct text before = text_slice(url, 0, at);

    return text_find(before, "（") < at || text_find(before, "%EF%BC%88") < at ||
           text_find(before, "%ef%bc%88") < at;
}

/* Marks that no address means: full-width ones, also percent-encoded. */
static bool has_swallowed(struct text url)
{
    static const char *const marks[] = {"。", "，", "）", "；", "、", "”", "》",
        "%E3%80%82", "%EF%BC%8C", "%EF%BC%89", "%EF%BC%9B", "%E3%80%81", "%E2%80%9D",
        "%e3%80%82", "%ef%bc%8c", "%ef%bc%89"};

    if (is_plain(url))
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = text_find(url, marks[i]);

        if (at == url.length || is_balanced(url, at))
            continue;
        /* Titles of pages may hold a mark inside (wiki/…、…); at the end it is
         * punctuation. */
        if (at + strlen(marks[i]) == url.length || i < 4)
            return true;
    }
    return false;
}

static bool is_local(struct text url)
{
    bool drive = url.length > 2 && url.data[1] == ':' &&
                 (url.data[2] == '\\' || url.data[2] == '/') &&
                 strchr("CDEFGHcdefgh", url.data[0]) != NULL;

    return starts_folded(url, "file:") || drive || text_starts(url, "\\\\") ||
           text_starts(url, "/Users/") || text_starts(url, "/home/");
}

static bool has_scheme(struct text url)
{
    size_t i = 0;

    while (i < url.length && ((url.data[i] >= 'a' && url.data[i] <= 'z') ||
                                 (url.data[i] >= 'A' && url.data[i] <= 'Z')))
        i++;
    return i > 1 && i < url.length && url.data[i] == ':';
}

/* Words where an address should be: a full-width mark and neither slash nor point. */
static bool is_prose(struct text url)
{
    return text_find(url, "/") == url.length && text_find(url, ".") == url.length &&
           (text_find(url, "，") < url.length || text_find(url, "。") < url.length ||
               text_find(url, "：") < url.length || text_find(url, " ") < url.length);
}

static bool has_tracking(struct text url)
{
    static const char *const names[] = {"utm_source=", "utm_medium=", "utm_campaign=",
        "spm=", "fbclid=", "gclid=", "from=singlemessage"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t at = text_find(url, names[i]);

        if (at < url.length && at > 0 && strchr("?&", url.data[at - 1]) != NULL)
            return true;
    }
    return false;
}

/* A short link (t.cn/RCAB8oI): it may well be the text of the long one. */
static bool is_short(struct text url)
{
    struct text host = host_of(url);
    struct text path =
        text_slice(url, text_find(url, "://") + 3 + host.length, url.length);

    path = text_slice(path, 0, text_find(path, "#"));

    return host.length <= SHORT_HOST && path.length > 1 && path.length <= SHORT_PATH &&
           text_find(text_slice(path, 1, path.length), "/") == path.length - 1;
}

/* The link's text is an address, but of another host. */
static bool goes_elsewhere(const struct node *link)
{
    struct text url = link->u.link.url, said, host;
    struct str text;
    bool differs = false;

    if (link->u.link.bare || !is_web(url))
        return false;
    str_init(&text);
    node_plain_text(link, &text);
    said = text_trim(str_text(&text));
    if (is_web(said) && text_find(said, " ") == said.length &&
        text_find(said, "…") == said.length) {
        host = host_of(said);
        differs = !text_equal(host, host_of(url)) && !is_short(said);
    }
    str_done(&text);
    return differs;
}

static bool is_blank(const struct node *link)
{
    struct str text;
    bool blank;

    for (const struct node *n = link; n != NULL; n = node_next(n, link)) {
        if (n->kind == NODE_IMAGE)
            return false;
    }
    str_init(&text);
    node_plain_text(link, &text);
    blank = text_trim(str_text(&text)).length == 0;
    str_done(&text);
    return blank;
}

/* A backslash that Markdown wanted before one of its marks, percent-encoded. */
static bool has_escape(struct text url)
{
    for (size_t i = 0; i + 3 < url.length; i++) {
        if (memcmp(url.data + i, "%5C", 3) == 0 &&
            strchr("_*#~&()[]-", url.data[i + 3]) != NULL)
            return true;
    }
    return false;
}

static void check_link(struct check *check, const struct node *link)
{
    struct text url = link->u.link.url;

    if (url.length == 0 || url.data[0] == '#')
        return; /* content/ tells an empty target */
    if (is_local(url))
        tell(check, RULE_LINK_FILE, link, url);
    else if (is_malformed(url))
        tell(check, RULE_LINK_MALFORMED, link, url);
    else if (is_web(url) && is_private_host(host_of(url)))
        tell(check, RULE_LINK_HOST, link, url);
    else if (!has_scheme(url) && is_prose(url))
        tell(check, RULE_LINK_MALFORMED, link, url);
    else if (!has_scheme(url))
        tell(check, RULE_LINK_RELATIVE, link, url);
    if (is_web(url) && has_swallowed(url))
        tell(check, RULE_LINK_SWALLOWED, link, url);
    if (is_web(url) && (text_find(url, "\\") < url.length ||
                           text_find(url, "&amp;") < url.length || has_escape(url)))
        tell(check, RULE_LINK_ESCAPES, link, url);
    if (has_tracking(url))
        tell(check, RULE_LINK_TRACKING, link, url);
    if (is_blank(link))
        tell(check, RULE_LINK_NO_TEXT, link, url);
    if (goes_elsewhere(link))
        tell(check, RULE_LINK_DIFFERS, link, url);
}

/* Alternative texts that say nothing: the name of a file, “image”, “图片”. */
static bool is_empty_alt(struct text alt)
{
    static const char *const words[] = {"image", "img", "图", "图片", "圖片", "picture",
        "photo", "untitled", "alt", "logo.png"};
    static const char *const ends[] = {
        ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (alt.length == strlen(words[i]) && starts_folded(alt, words[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i]);

        if (alt.length > n &&
            starts_folded(text_slice(alt, alt.length - n, alt.length), ends[i]))
            return true;
    }
    return text_starts(alt, "IMG_") || text_starts(alt, "微信图片_") ||
           text_starts(alt, "DSC_");
}

static void check_image(struct check *check, const struct node *image)
{
    struct str text;
    struct text alt;

    str_init(&text);
    node_plain_text(image, &text);
    alt = text_trim(str_text(&text));
    if (alt.length > 0 && is_empty_alt(alt))
        tell(check, RULE_IMAGE_ALT_NAME, image, alt);
    else if (alt.length == 0 && image->u.link.url.length > 0 && !check->paged)
        tell(check, RULE_IMAGE_NO_ALT, image, image->u.link.url); /* else flow/ has */
    if (is_local(image->u.link.url))
        tell(check, RULE_LINK_FILE, image, image->u.link.url);
    str_done(&text);
}

void check_targets(struct check *check)
{
    const struct node *root = check->document->root;

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_LINK)
            check_link(check, n);
        else if (n->kind == NODE_IMAGE)
            check_image(check, n);
    }
}

/* A bare address directly beside Han; and a broken one that is text. */
static void beside(struct check *check, const struct passage *p, size_t i)
{
    const struct letter *letter = &p->letters.data[i];

    if (!(letter->flags & LETTER_ADDRESS))
        return;
    if (letter_is_han(letter_at(p, (ptrdiff_t)i - 1)))
        passage_tell(check, RULE_LINK_GLUED, p, i - 1, i + 1);
    else if (letter_is_han(letter_at(p, (ptrdiff_t)i + 1)))
        passage_tell(check, RULE_LINK_GLUED, p, i, i + 2);
}

/* “HTTP:COLON”: the name of the scheme in front of words, not of an address. */
static bool is_word_only(struct text said)
{
    size_t at = text_find(said, ":");

    return at + 1 < said.length && strchr("/\\.%", said.data[at + 1]) == NULL &&
           (unsigned char)said.data[at + 1] < 0x80;
}

/* An address that stayed text because it is broken: from a letter h or t to white space.
 */
static void broken_text(struct check *check, const struct passage *p, size_t i)
{
    struct str text;
    size_t end = i;

    while (end < p->letters.length && end - i < 12 &&
           !letter_is_space(letter_at(p, (ptrdiff_t)end)))
        end++;
    str_init(&text);
    passage_text(p, i, end, &text);
    if (text.length > 7 && !is_word_only(str_text(&text)) &&
        is_malformed(str_text(&text))) {
        struct span span = passage_span(p, i, end);
        struct text bytes = files_get(check->files, span.file)->bytes;

        check_tell(check, RULE_LINK_MALFORMED, span,
            shown(check, text_slice(bytes, span.offset, span.offset + span.length)),
            NULL);
    } else if (starts_folded(str_text(&text), "file:///"))
        passage_tell(check, RULE_LINK_FILE, p, i, end);
    str_done(&text);
}

void check_links(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (c == LETTER_OBJECT)
            beside(check, p, i);
        else if ((c == 'h' || c == 't' || c == 'f') &&
                 !letter_is_latin(letter_at(p, (ptrdiff_t)i - 1)) &&
                 letter_in(letter_at(p, (ptrdiff_t)i + 1), U"htpi"))
            broken_text(check, p, i);
    }
}
