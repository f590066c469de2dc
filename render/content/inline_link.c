/* inline_link: brackets: links, images, spans, footnote marks, and reference definitions.
 *
 * CommonMark 6.3 and 6.4. A closing bracket looks, in this order, for `(address
 * "title")`, `[label]` and the short forms of a reference, `^label` of a footnote, and
 * `{attributes}`. Open link brackets around a link make no links; they are below
 * `inactive`.
 */
#include <string.h>

#include "content/attributes.h"
#include "content/chars.h"
#include "content/inline.h"

#define PARENTHESES_LIMIT                                                                \
    32                  /* pairs in one another in an address; CommonMark's own limit */
#define LABEL_LIMIT 999 /* bytes of a label; CommonMark's own limit */

struct target {
    struct text url;   /* resolved */
    struct text title; /* resolved; "" when none */
};

void inline_open_bracket(struct inline_parser *parser, bool image)
{
    size_t at = parser->at;
    parser->at += image ? 2 : 1;
    struct node *node = inline_add(parser, NODE_TEXT, at, parser->at);
    node->text = (struct text){parser->data + at, parser->at - at};
    vec_push(&parser->brackets, (struct bracket){.node = node,
                                    .at = at,
                                    .content = parser->at,
                                    .delimiters = parser->delimiters.length,
                                    .image = image});
}

static size_t skip_space(struct text t, size_t at)
{
    while (at < t.length && (t.data[at] == ' ' || t.data[at] == '\n'))
        at++;
    return at;
}

/* End of <address> at `at`, or 0. */
static size_t angle_destination(struct text t, size_t at, struct text *ret_raw)
{
    size_t end = at + 1;
    while (end < t.length && strchr("<>\n", t.data[end]) == NULL)
        end += t.data[end] == '\\' && end + 1 < t.length ? 2 : 1;
    if (end >= t.length || t.data[end] != '>')
        return 0;
    *ret_raw = text_slice(t, at + 1, end);
    return end + 1;
}

/* End of the address at `at`, which may be empty when `within` parentheses; else 0. */
static size_t destination(struct text t, size_t at, bool within, struct text *ret_raw)
{
    if (at < t.length && t.data[at] == '<')
        return angle_destination(t, at, ret_raw);
    size_t end = at;
    int depth = 0;
    while (end < t.length && (unsigned char)t.data[end] > ' ') {
        char c = t.data[end];
        bool escape = c == '\\' && end + 1 < t.length &&
                      char_is_ascii_mark((unsigned char)t.data[end + 1]);
        if (c == ')' && depth == 0)
            break;
        depth += (c == '(') - (c == ')');
        if (depth > PARENTHESES_LIMIT)
            return 0;
        end += escape ? 2 : 1;
    }
    *ret_raw = text_slice(t, at, end);
    return depth == 0 && (end > at || within) ? end : 0;
}

/* End of a title in quotes or parentheses at `at`, or 0. */
static size_t title_end(struct text t, size_t at, struct text *ret_raw)
{
    char open = at < t.length ? t.data[at] : '\0';
    char close = open == '(' ? ')' : open;
    if (open == '\0' || strchr("\"'(", open) == NULL)
        return 0;
    size_t end = at + 1;
    while (end < t.length && t.data[end] != close) {
        bool blank_line =
            t.data[end] == '\n' && end + 1 < t.length && t.data[end + 1] == '\n';
        if (blank_line || (open == '(' && t.data[end] == '('))
            return 0;
        end += t.data[end] == '\\' && end + 1 < t.length ? 2 : 1;
    }
    if (end >= t.length)
        return 0;
    *ret_raw = text_slice(t, at + 1, end);
    return end + 1;
}

/* (address "title") at `at`. Returns the offset behind it, or 0. */
static size_t inline_target(
    struct inline_parser *parser, size_t at, struct target *ret_target)
{
    struct text t = {parser->data, parser->length};
    if (at >= t.length || t.data[at] != '(')
        return 0;
    struct text url = {0};
    struct text title = {0};
    size_t end = destination(t, skip_space(t, at + 1), true, &url);
    if (end == 0)
        return 0;
    size_t next = skip_space(t, end);
    if (next > end && next < t.length && t.data[next] != ')') {
        end = title_end(t, next, &title);
        next = end == 0 ? t.length : skip_space(t, end);
    }
    if (next >= t.length || t.data[next] != ')')
        return 0;
    ret_target->url = inline_resolve(parser->reader, url);
    ret_target->title = inline_resolve(parser->reader, title);
    return next + 1;
}

/* Length of [label] at the start of t, or 0; the label has no unescaped bracket. */
static size_t label_length(struct text t)
{
    size_t limit = t.length < LABEL_LIMIT + 2 ? t.length : LABEL_LIMIT + 2;
    if (limit < 2 || t.data[0] != '[')
        return 0;
    for (size_t i = 1; i < limit; i++) {
        if (t.data[i] == ']')
            return i + 1;
        if (t.data[i] == '[')
            return 0;
        i += t.data[i] == '\\';
    }
    return 0;
}

/* [label], [] or nothing behind the bracket: a reference. Returns the offset behind,
 * or 0. */
static size_t reference_target(struct inline_parser *parser,
    const struct bracket *bracket, struct target *ret_target)
{
    struct text t = {parser->data, parser->length};
    size_t close = parser->at;
    size_t length = label_length(text_slice(t, close + 1, t.length));
    struct text label = text_slice(t, close + 2, close + length);
    if (length <= 2)
        label = text_slice(t, bracket->content, close);
    if (label.length == 0 || label.length > LABEL_LIMIT ||
        memchr(label.data, '[', label.length))
        return 0;
    const struct definition *definition = map_lookup(
        &parser->reader->definitions, reader_fold_label(parser->reader, label));
    if (definition == NULL)
        return 0;
    ret_target->url = definition->url;
    ret_target->title = definition->title;
    return close + 1 + length;
}

/* Turn the bracket's node into the parent of what follows it. */
static void become(struct inline_parser *parser, const struct bracket *bracket,
    enum node_kind kind, size_t end)
{
    struct node *node = bracket->node;
    inline_pair(parser, bracket->delimiters);
    inline_forget_tags(parser, bracket->at);
    node->kind = kind;
    node->text = TEXT("");
    inline_adopt(parser, node);
    parser->at =
        end + attributes_read(parser->reader, parser->text, end, &node->attributes);
    node->span = inline_span(parser, bracket->at, parser->at);
}

static void pop_bracket(struct inline_parser *parser)
{
    parser->brackets.length--;
    if (parser->inactive > parser->brackets.length)
        parser->inactive = parser->brackets.length;
}

static void become_link(struct inline_parser *parser, const struct bracket *bracket,
    const struct target *target, size_t end)
{
    become(parser, bracket, bracket->image ? NODE_IMAGE : NODE_LINK, end);
    bracket->node->u.link.url = target->url;
    bracket->node->u.link.title = target->title;
    if (target->url.length == 0)
        diag_add(parser->reader->sink, DIAG_EMPTY_TARGET, bracket->node->span, NULL);
    pop_bracket(parser);
    if (!bracket->image)
        parser->inactive = parser->brackets.length;
}

/* [^label]: a footnote mark when there is such a text. */
static bool footnote_mark(struct inline_parser *parser, const struct bracket *bracket)
{
    struct text label = {parser->data + bracket->content, parser->at - bracket->content};
    if (bracket->image || label.length < 2 || label.data[0] != '^')
        return false;
    label = text_slice(label, 1, label.length);
    for (size_t i = 0; i < label.length; i++) {
        if (strchr(" \n[]", label.data[i]) != NULL)
            return false;
    }
    struct node *target =
        map_lookup(&parser->reader->footnotes, reader_fold_label(parser->reader, label));
    struct span span = inline_span(parser, bracket->at, parser->at + 1);
    if (target == NULL) {
        diag_add(parser->reader->sink, DIAG_FOOTNOTE_NO_TEXT, span, NULL,
            text_copy(parser->reader->arena, label).data);
        return false;
    }
    inline_pair(parser, bracket->delimiters);
    inline_forget_tags(parser, bracket->at);
    struct node *node = bracket->node;
    inline_adopt(parser, node);
    node->first_child = node->last_child = NULL;
    node->kind = NODE_FOOTNOTE_MARK;
    node->text = TEXT("");
    node->span = span;
    node->u.footnote.label = label;
    node->u.footnote.target = target;
    parser->at++;
    pop_bracket(parser);
    return true;
}

static bool span_of_attributes(
    struct inline_parser *parser, const struct bracket *bracket)
{
    if (bracket->image || attributes_length(parser->text->bytes, parser->at + 1) == 0)
        return false;
    become(parser, bracket, NODE_SPAN, parser->at + 1);
    pop_bracket(parser);
    return true;
}

void inline_close_bracket(struct inline_parser *parser)
{
    size_t count = parser->brackets.length;
    if (count > 0) {
        struct bracket bracket = *vec_last(&parser->brackets);
        bool active = bracket.image || count > parser->inactive;
        struct target target = {0};
        size_t end = active ? inline_target(parser, parser->at + 1, &target) : 0;
        if (end == 0 && active)
            end = reference_target(parser, &bracket, &target);
        if (end != 0) {
            become_link(parser, &bracket, &target, end);
            return;
        }
        if (footnote_mark(parser, &bracket) || span_of_attributes(parser, &bracket))
            return;
        pop_bracket(parser);
    }
    inline_add_text(parser, parser->at, parser->at + 1);
    parser->at++;
}

/* Offset behind the line that `at` stands on when only spaces are left on it; else 0. */
static size_t line_rest(struct text t, size_t at)
{
    while (at < t.length && t.data[at] == ' ')
        at++;
    if (at == t.length)
        return at;
    return t.data[at] == '\n' ? at + 1 : 0;
}

size_t inline_definition(struct reader *reader, struct text text)
{
    size_t label = label_length(text);
    if (label < 3 || text.data[1] == '^' || label >= text.length ||
        text.data[label] != ':')
        return 0;
    struct text url = {0};
    struct text title = {0};
    struct text name = reader_fold_label(reader, text_slice(text, 1, label - 1));
    size_t end = destination(text, skip_space(text, label + 1), false, &url);
    if (end == 0 || name.length == 0)
        return 0;
    size_t next = skip_space(text, end);
    size_t titled = next > end ? title_end(text, next, &title) : 0;
    size_t length = titled != 0 ? line_rest(text, titled) : 0;
    if (length == 0) {
        title = TEXT("");
        length = line_rest(text, end);
    }
    if (length == 0)
        return 0;
    if (map_lookup(&reader->definitions, name) == NULL) {
        struct definition *definition = ARENA_NEW(reader->arena, struct definition);
        *definition = (struct definition){
            inline_resolve(reader, url), inline_resolve(reader, title)};
        map_set(&reader->definitions, name, definition);
    }
    return length;
}
