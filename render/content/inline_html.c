/* inline_html: comments, the tags that paiban sets, and raw HTML that is shown as text.
 *
 * <ruby> <rt> <rp> <rb> <sub> <sup> <u> come in pairs: the opening tag waits as TEXT in
 * the flat list, and its partner makes it the parent of what stands between. As in
 * HTML, </rt> may be left out. A tag without a partner stays text and is told. <rp> is
 * the bracket for programs without ruby: it and what it holds are left out.
 */
#include <string.h>
#include <strings.h>

#include "content/chars.h"
#include "content/inline.h"

static const char *const tag_names[TAG_KIND_COUNT] = {
    [TAG_RUBY] = "ruby",
    [TAG_RT] = "rt",
    [TAG_RP] = "rp",
    [TAG_RB] = "rb",
    [TAG_SUB] = "sub",
    [TAG_SUP] = "sup",
    [TAG_U] = "u",
};

static const enum node_kind tag_nodes[TAG_KIND_COUNT] = {
    [TAG_RUBY] = NODE_RUBY,
    [TAG_RT] = NODE_RUBY_TEXT,
    [TAG_RP] = NODE_SPAN,
    [TAG_RB] = NODE_SPAN,
    [TAG_SUB] = NODE_SUBSCRIPT,
    [TAG_SUP] = NODE_SUPERSCRIPT,
    [TAG_U] = NODE_UNDERLINE,
};

/* One piece of HTML, as scanned. */
struct markup {
    struct text name; /* of a tag; "" for the rest */
    bool closing;     /* </name> */
    bool comment;     /* <!-- … --> */
    size_t length;    /* bytes from < to > */
};

static size_t skip_space(struct text t, size_t at)
{
    while (at < t.length && (t.data[at] == ' ' || t.data[at] == '\n'))
        at++;
    return at;
}

/* Behind one attribute of a tag at `at`, or 0: CommonMark 6.6. */
static size_t attribute_end(struct text t, size_t at)
{
    size_t start = at;
    while (at < t.length && (char_is_word((unsigned char)t.data[at]) ||
                                strchr("_:.-@", t.data[at]) != NULL))
        at++;
    if (at == start)
        return 0;
    size_t equals = skip_space(t, at);
    if (equals >= t.length || t.data[equals] != '=')
        return at;
    at = skip_space(t, equals + 1);
    char quote = at < t.length ? t.data[at] : '\0';
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(t.data + at + 1, quote, t.length - at - 1);
        return end == NULL ? 0 : (size_t)(end - t.data) + 1;
    }
    start = at;
    while (at < t.length && strchr(" \n\"'=<>`", t.data[at]) == NULL)
        at++;
    return at > start ? at : 0;
}

static bool scan_tag(struct text t, struct markup *ret_markup)
{
    struct markup markup = {.closing = t.length > 1 && t.data[1] == '/'};
    size_t start = markup.closing ? 2 : 1;
    size_t at = start;
    while (
        at < t.length && (char_is_word((unsigned char)t.data[at]) || t.data[at] == '-'))
        at++;
    markup.name = text_slice(t, start, at);
    if (at == start || !char_is_word((unsigned char)t.data[start]) ||
        (t.data[start] >= '0' && t.data[start] <= '9'))
        return false;
    for (;;) {
        size_t next = skip_space(t, at);
        size_t end = next > at && !markup.closing ? attribute_end(t, next) : 0;
        at = next;
        if (end == 0)
            break;
        at = end;
    }
    if (at < t.length && t.data[at] == '/' && !markup.closing)
        at++;
    if (at >= t.length || t.data[at] != '>')
        return false;
    markup.length = at + 1;
    *ret_markup = markup;
    return true;
}

/* <!-- … -->, <? … ?>, <! … >. */
static bool scan_declaration(
    struct inline_parser *parser, struct text t, struct markup *ret_markup)
{
    struct markup markup = {.comment = text_starts(t, "<!--")};
    const char *end = markup.comment                     ? "-->"
                      : t.length > 1 && t.data[1] == '?' ? "?>"
                                                         : ">";
    bool form = markup.comment || text_starts(t, "<?") || text_starts(t, "<!");
    bool *no_end = &parser->no_end[markup.comment                     ? 0
                                   : t.length > 1 && t.data[1] == '?' ? 1
                                                                      : 2];
    if (!form || *no_end)
        return false;
    size_t from = markup.comment ? 4 : 2;
    size_t at = text_find(text_slice(t, from, t.length), end);
    if (from + at >= t.length) {
        *no_end = true;
        return false;
    }
    markup.length = from + at + strlen(end);
    *ret_markup = markup;
    return true;
}

bool inline_comment(struct reader *reader, struct text inside, struct span span)
{
    struct text said = text_trim(inside);
    if (text_is(said, "pagebreak"))
        return true;
    if (!text_starts(said, "paiban:"))
        return false;
    struct text order = text_trim(text_slice(said, strlen("paiban:"), said.length));
    bool off = text_starts(order, "off ");
    struct text rule = text_trim(text_slice(order, off ? 4 : 3, order.length));
    if ((off || text_starts(order, "on ")) && rule.length > 0) {
        vec_push(&reader->directives,
            (struct directive){text_copy(reader->arena, rule), !off, span});
        return false;
    }
    diag_add(reader->sink, DIAG_DIRECTIVE, span, "‘paiban: off RULE’, ‘paiban: on RULE’",
        text_copy(reader->arena, order).data);
    return false;
}

/* Tell a kind of raw HTML once. */
static void tell_raw(struct inline_parser *parser, const struct markup *markup, size_t at)
{
    struct reader *reader = parser->reader;
    struct text name = markup->name.length > 0 ? markup->name : TEXT("!");
    struct text kind = reader_fold_label(reader, name);
    if (map_lookup(&reader->raw_kinds, kind) != NULL)
        return;
    map_set(&reader->raw_kinds, kind, reader);
    diag_add(reader->sink, DIAG_RAW_HTML, inline_span(parser, at, at + markup->length),
        NULL, arena_print(reader->arena, "<%s>", kind.data));
}

static int tag_of(struct text name)
{
    for (int i = 0; i < TAG_KIND_COUNT; i++) {
        if (strlen(tag_names[i]) == name.length &&
            strncasecmp(tag_names[i], name.data, name.length) == 0)
            return i;
    }
    return -1;
}

/* Tell a tag without partner, once for each kind. */
static void tell_unpaired(
    struct inline_parser *parser, size_t kind, const struct tag *tag)
{
    struct reader *reader = parser->reader;
    struct text key = text_of(arena_print(reader->arena, "<%s>", tag_names[kind]));
    if (map_lookup(&reader->raw_kinds, key) != NULL)
        return;
    map_set(&reader->raw_kinds, key, reader);
    diag_add(reader->sink, DIAG_TAG_UNPAIRED, tag->node->span, NULL, key.data);
}

void inline_forget_tags(struct inline_parser *parser, size_t at)
{
    for (size_t i = 0; i < TAG_KIND_COUNT; i++) {
        while (parser->tags[i].length > 0 && vec_last(&parser->tags[i])->at > at) {
            tell_unpaired(parser, i, vec_last(&parser->tags[i]));
            parser->tags[i].length--;
        }
    }
}

void inline_tags_unpaired(struct inline_parser *parser)
{
    for (size_t i = 0; i < TAG_KIND_COUNT; i++) {
        for (size_t k = 0; k < parser->tags[i].length; k++)
            tell_unpaired(parser, i, &parser->tags[i].data[k]);
    }
}

/* The last open tag of a kind gets what follows it as children; its span ends at
 * `end`. */
static void pair_tag(struct inline_parser *parser, enum tag_kind kind, size_t end)
{
    struct tag tag = *vec_last(&parser->tags[kind]);
    parser->tags[kind].length--;
    inline_pair(parser, tag.delimiters);
    inline_forget_tags(parser, tag.at);
    while (parser->brackets.length > 0 && vec_last(&parser->brackets)->at > tag.at)
        parser->brackets.length--;
    if (parser->inactive > parser->brackets.length)
        parser->inactive = parser->brackets.length;
    inline_adopt(parser, tag.node);
    tag.node->kind = tag_nodes[kind];
    tag.node->text = TEXT("");
    tag.node->span = inline_span(parser, tag.at, end);
    if (kind == TAG_RP)
        tag.node->first_child = tag.node->last_child = NULL;
}

static bool inside_ruby(const struct inline_parser *parser, enum tag_kind kind)
{
    if (parser->tags[kind].length == 0 || parser->tags[TAG_RUBY].length == 0)
        return false;
    return vec_last(&parser->tags[kind])->at > vec_last(&parser->tags[TAG_RUBY])->at;
}

/* End what HTML lets an author leave open: <rt>, <rp> and <rb> before another or
 * </ruby>. */
static void close_ruby_parts(struct inline_parser *parser, size_t at)
{
    static const enum tag_kind parts[] = {TAG_RT, TAG_RP, TAG_RB};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (inside_ruby(parser, parts[i]))
            pair_tag(parser, parts[i], at);
    }
}

/* A tag as it is shown when it finds no partner: its line ends as spaces. */
static struct text shown_tag(const struct inline_parser *parser, size_t start, size_t end)
{
    char *copy = arena_copy(parser->reader->arena, parser->data + start, end - start);
    for (size_t i = 0; i < end - start; i++)
        copy[i] = (char)(copy[i] == '\n' ? ' ' : copy[i]);
    return (struct text){copy, end - start};
}

/* True when the tag was used. */
static bool take_tag(struct inline_parser *parser, int kind, const struct markup *markup)
{
    size_t at = parser->at;
    size_t end = at + markup->length;
    bool part = kind == TAG_RT || kind == TAG_RP || kind == TAG_RB;
    if (part && parser->tags[TAG_RUBY].length == 0)
        return false;
    if ((part && !markup->closing) || (kind == TAG_RUBY && markup->closing))
        close_ruby_parts(parser, at);
    if (markup->closing) {
        if (parser->tags[kind].length == 0)
            return part; /* a part that another part has ended */
        pair_tag(parser, (enum tag_kind)kind, end);
        return true;
    }
    struct text shown = shown_tag(parser, at, end);
    struct node *node = inline_add_said(parser, shown, at, end);
    vec_push(&parser->tags[kind], (struct tag){node, at, parser->delimiters.length});
    return true;
}

static void take_comment(struct inline_parser *parser, const struct markup *markup)
{
    struct text inside = {parser->data + parser->at + 4, markup->length - 7};
    (void)inline_comment(parser->reader, inside,
        inline_span(parser, parser->at, parser->at + markup->length));
}

bool inline_html(struct inline_parser *parser)
{
    struct text rest = {parser->data + parser->at, parser->length - parser->at};
    struct markup markup;
    bool found = scan_tag(rest, &markup) || scan_declaration(parser, rest, &markup);
    if (!found)
        return false;
    size_t end = parser->at + markup.length;
    int kind = tag_of(markup.name);
    if (markup.comment) {
        take_comment(parser, &markup);
    } else if (text_is(reader_fold_label(parser->reader, markup.name), "br")) {
        inline_add(parser, NODE_LINE_BREAK, parser->at, end);
    } else if (kind >= 0 && take_tag(parser, kind, &markup)) {
        parser->at = end;
        return true;
    } else {
        tell_raw(parser, &markup, parser->at);
        inline_add_text(parser, parser->at, end);
    }
    parser->at = end;
    return true;
}
