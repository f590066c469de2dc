/* markdown: blocks → Markdown that content/ reads back as the same text.
 *
 * Only what would be read as something else is escaped; inside an address nothing is, as
 * content/ takes an address as it stands.
 */
#include <string.h>

#include "import/issue.h"
#include "import/mark.h"

static bool is_address_byte(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F &&
           strchr("<>\"`{}|\\^", c) == NULL;
}

/* Bytes of the address that begins at t[at]; 0: none. */
static size_t address_length(struct text t, size_t at)
{
    struct text rest = text_slice(t, at, t.length);
    size_t length = 0;

    if (!text_starts(rest, "http://") && !text_starts(rest, "https://"))
        return 0;
    while (length < rest.length && is_address_byte(rest.data[length]))
        length++;
    return length;
}

static bool is_alphanumeric(struct text t, size_t at)
{
    char c = at < t.length ? t.data[at] : ' ';

    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* `&name;` or `&#…;` at t[at]. */
static bool is_entity(struct text t, size_t at)
{
    size_t end = at + 1 + (at + 1 < t.length && t.data[at + 1] == '#');
    size_t start = end;

    while (is_alphanumeric(t, end))
        end++;
    return end > start && end < t.length && t.data[end] == ';';
}

/* `[` of something that Markdown reads as a link, a footnote or a span. */
static bool opens_bracket(struct text t, size_t at)
{
    size_t end = at + text_find(text_slice(t, at, t.length), "]");

    if (at + 1 < t.length && t.data[at + 1] == '^')
        return true;
    return end + 1 < t.length && strchr("({[:", t.data[end + 1]) != NULL;
}

static bool needs_escape(struct text t, size_t at)
{
    char c = t.data[at], next = at + 1 < t.length ? t.data[at + 1] : ' ';

    switch (c) {
    case '\\':
        return next != ' ' && (unsigned char)next < 0x80 && !is_alphanumeric(t, at + 1);
    case '*':
        return at == 0 || t.data[at - 1] != ' ' || next != ' ';
    case '_':
        return at == 0 || !is_alphanumeric(t, at - 1) || !is_alphanumeric(t, at + 1);
    case '`':
        return true;
    case '~':
        return next == '~' || (at > 0 && t.data[at - 1] == '~');
    case '<':
        return is_alphanumeric(t, at + 1) || next == '/' || next == '!' || next == '?';
    case '&':
        return is_entity(t, at);
    case '[':
        return opens_bracket(t, at);
    default:
        return false;
    }
}

void markdown_escape(struct str *out, struct text t)
{
    for (size_t at = 0; at < t.length;) {
        size_t address = address_length(t, at);

        if (address > 0) {
            str_append(out, t.data + at, address);
            at += address;
            continue;
        }
        if (needs_escape(t, at))
            str_append_char(out, '\\');
        str_append_char(out, t.data[at++]);
    }
}

void markdown_escape_start(struct str *out, struct text *t)
{
    size_t digits = 0;
    char first = t->length > 0 ? t->data[0] : ' ';
    char second = t->length > 1 ? t->data[1] : ' ';

    while (digits < t->length && t->data[digits] >= '0' && t->data[digits] <= '9')
        digits++;
    if (digits > 0 && digits < 10 && digits < t->length &&
        (t->data[digits] == '.' || t->data[digits] == ')') &&
        (digits + 1 == t->length || t->data[digits + 1] == ' ')) {
        str_append(out, t->data, digits);
        str_append_char(out, '\\');
        *t = text_slice(*t, digits, t->length);
        return;
    }
    if (first == '#' || first == '>' || first == '=' || first == '|' ||
        ((first == '-' || first == '+') && (second == ' ' || second == '-')) ||
        text_starts(*t, "~~~") || text_is(*t, "-") || text_is(*t, "+"))
        str_append_char(out, '\\');
}

void markdown_append_link(struct str *out, struct text label, struct text url)
{
    bool plain = true;

    for (size_t i = 0; i < url.length; i++)
        plain = plain && (unsigned char)url.data[i] > ' ' &&
                strchr("()<>", url.data[i]) == NULL;
    str_append_char(out, '[');
    str_append_text(out, label);
    str_append_string(out, plain ? "](" : "](<");
    for (size_t i = 0; i < url.length; i++) {
        if (url.data[i] == '\n')
            continue;
        if (!plain && (url.data[i] == '<' || url.data[i] == '>'))
            str_append_char(out, '\\');
        str_append_char(out, url.data[i]);
    }
    str_append_string(out, plain ? ")" : ">)");
}

bool markdown_says_itself(struct text label, struct text url)
{
    bool mail = text_starts(url, "mailto:");
    struct text bare = text_slice(url, mail ? strlen("mailto:") : 0, url.length);

    return text_equal(label, bare) || text_find(label, "://") < label.length;
}

static void append_ruby(struct str *out, struct text base, struct text over)
{
    str_append_string(out, "<ruby>");
    markdown_escape(out, base);
    str_append_string(out, "<rt>");
    markdown_escape(out, over);
    str_append_string(out, "</rt></ruby>");
}

static void append_inline(struct str *out, const struct import_block *block)
{
    struct text t = block->text;
    size_t at = 0;

    if (block->markdown.length > 0) {
        str_append_text(out, block->markdown);
        return;
    }

    for (uint32_t i = 0; i < block->link_count; i++) {
        const struct import_link *link = &block->links[i];
        struct text label = text_slice(t, link->start, link->end);

        if (link->start < at || (!link->ruby && markdown_says_itself(label, link->url)))
            continue;
        markdown_escape(out, text_slice(t, at, link->start));
        at = link->end;
        if (link->ruby) {
            append_ruby(out, label, link->url);
            continue;
        }
        struct str escaped;

        str_init(&escaped);
        markdown_escape(&escaped, label);
        markdown_append_link(out, str_text(&escaped), link->url);
        str_done(&escaped);
    }
    markdown_escape(out, text_slice(t, at, t.length));
}

/* A comment may not hold the end of one. */
static void append_comment(struct str *out, struct text t)
{
    str_append_string(out, "<!-- ");
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] == '-' && i + 1 < t.length && t.data[i + 1] == '-')
            continue;
        if (t.data[i] != '>' || i == 0 || t.data[i - 1] != '-')
            str_append_char(out, t.data[i]);
    }
    str_append_string(out, " -->");
}

static void append_heading(struct str *out, const struct import_block *block)
{
    static const char *const marks[] = {"# ", "## ", "### "};
    bool brace = text_ends(block->text, "}") || text_ends(block->text, "#");

    str_append_string(out, marks[block->kind - IMPORT_SECTION]);
    if (block->highlighted)
        str_append_string(out, "✓ ");
    append_inline(out, block);
    if (brace) { /* neither attributes nor closing marks */
        char last = out->data[--out->length];

        str_append_char(out, '\\');
        str_append_char(out, last);
    }
}

static void append_paragraph(struct str *out, const struct import_block *block)
{
    struct import_block copy = *block;

    if (copy.markdown.length == 0 && (copy.link_count == 0 || copy.links[0].start > 0)) {
        size_t before = copy.text.length;

        markdown_escape_start(out, &copy.text);
        for (uint32_t i = 0; i < copy.link_count && before != copy.text.length; i++) {
            uint32_t shift = (uint32_t)(before - copy.text.length);

            copy.links[i].start -=
                copy.links[i].start < shift ? copy.links[i].start : shift;
            copy.links[i].end -= shift;
        }
    }
    append_inline(out, &copy);
}

static void append_block(struct str *out, const struct import_block *block)
{
    switch (block->kind) {
    case IMPORT_SECTION:
    case IMPORT_ITEM:
    case IMPORT_HEADING:
        append_heading(out, block);
        break;
    case IMPORT_LIST_ITEM:
        str_append_string(out, "- ");
        append_paragraph(out, block);
        break;
    case IMPORT_NUMBERED:
        str_printf(out, "%u. ", block->number);
        append_paragraph(out, block);
        break;
    case IMPORT_COMMENT:
        append_comment(out, block->text);
        break;
    case IMPORT_SOURCE:
    case IMPORT_PARAGRAPH:
    case IMPORT_MARKDOWN:
    case IMPORT_KIND_COUNT:
        append_paragraph(out, block);
        break;
    }
    str_append_char(out, '\n');
}

static bool is_list(const struct import_block *block)
{
    return block->kind == IMPORT_LIST_ITEM || block->kind == IMPORT_NUMBERED;
}

void markdown_append(const struct import_issue *issue, struct str *out)
{
    for (size_t i = 0; i < issue->blocks.length; i++) {
        const struct import_block *block = &issue->blocks.data[i];
        bool tight = i > 0 && is_list(block) && block[-1].kind == block->kind;

        if (!tight)
            str_append_char(out, '\n');
        append_block(out, block);
    }
}
