/* passage: tree → letters, and the questions rules ask of them; see passage.h. */
#include "check/passage.h"

#include "base/i18n.h"
#include "base/utf8.h"

#define TAG_MOST      2000 /* letters of a raw tag; a longer one is text */
#define SHOWN_LETTERS 24   /* of what was found, in a message */
#define HAN_BYTES     3    /* in UTF-8: room is made for so many letters at once */

struct reading {
    struct passage *passage;
    uint32_t flags; /* of the spans around */
};

static void read_children(struct reading *reading, const struct node *node);

static void add_letter(
    struct reading *reading, uint32_t c, struct span span, uint32_t flags)
{
    vec_push(&reading->passage->letters,
        (struct letter){c, span.offset, span.length, reading->flags | flags});
}

static void read_text(struct reading *reading, const struct node *node)
{
    bool exact = node->span.length == node->text.length;

    vec_reserve(&reading->passage->letters,
        reading->passage->letters.length + node->text.length / HAN_BYTES + 1);
    for (size_t at = 0; at < node->text.length;) {
        size_t start = at;
        uint32_t c = utf8_next(node->text.data, node->text.length, &at);
        struct span span = node->span;

        if (exact) {
            span.offset += (uint32_t)start;
            span.length = (uint32_t)(at - start);
        }
        add_letter(reading, c, span, exact ? LETTER_EXACT : 0);
    }
}

static void read_flagged(struct reading *reading, const struct node *node, uint32_t flag)
{
    uint32_t flags = reading->flags;

    reading->flags |= flag;
    read_children(reading, node);
    reading->flags = flags;
}

static void read_inline(struct reading *reading, const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        read_text(reading, node);
        break;
    case NODE_CODE:
    case NODE_IMAGE:
        add_letter(reading, LETTER_OBJECT, node->span, 0);
        break;
    case NODE_LINK:
        if (node->u.link.bare)
            add_letter(reading, LETTER_OBJECT, node->span, LETTER_ADDRESS);
        else
            read_flagged(reading, node, LETTER_LINK);
        break;
    case NODE_SOFT_BREAK:
        add_letter(reading, ' ', node->span, 0);
        break;
    case NODE_LINE_BREAK:
        add_letter(reading, LETTER_BREAK, node->span, 0);
        break;
    case NODE_SPAN:
        read_flagged(reading, node,
            node->attributes != NULL && node->attributes->language.length > 0
                ? LETTER_FOREIGN
                : 0);
        break;
    case NODE_SUBSCRIPT:
    case NODE_SUPERSCRIPT:
        read_flagged(reading, node, LETTER_RAISED);
        break;
    case NODE_RUBY_TEXT:
    case NODE_FOOTNOTE_MARK:
    case NODE_CAPTION:
        break;
    default:
        read_children(reading, node);
        break;
    }
}

static void read_children(struct reading *reading, const struct node *node)
{
    for (const struct node *n = node->first_child; n != NULL; n = n->next)
        read_inline(reading, n);
}

/* Letters of a raw tag (<a href="…">) at i, which is shown as text and told by content/;
 * 0 when there is none. *close is the next ‘>’ that was found, so that each is once. */
static size_t tag_length(const struct passage *p, size_t i, size_t *close)
{
    size_t end = i + 1;

    end += letter_at(p, (ptrdiff_t)end) == '/';
    if (letter_at(p, (ptrdiff_t)i) != '<' ||
        !letter_is_latin(letter_at(p, (ptrdiff_t)end)))
        return 0;
    while (letter_is_latin(letter_at(p, (ptrdiff_t)end)) ||
           letter_is_digit(letter_at(p, (ptrdiff_t)end)))
        end++;
    if (!letter_in(letter_at(p, (ptrdiff_t)end), U" />\n"))
        return 0;
    while (
        *close < p->letters.length && (*close < end || p->letters.data[*close].c != '>'))
        (*close)++;
    return *close < p->letters.length && *close - i < TAG_MOST ? *close + 1 - i : 0;
}

static bool is_anchor(const struct passage *p, size_t i)
{
    return letter_in(letter_at(p, (ptrdiff_t)i), U"aA") &&
           letter_in(letter_at(p, (ptrdiff_t)i + 1), U" \n>");
}

/* Each raw tag becomes one object; what stands between <a …> and </a> is a link's text.
 */
static void hide_tags(struct passage *p)
{
    size_t kept = 0, close = 0;
    uint32_t link = 0;

    for (size_t i = 0; i < p->letters.length; kept++) {
        size_t n = p->letters.data[i].c == '<' ? tag_length(p, i, &close) : 0;
        struct letter letter = p->letters.data[i];

        letter.flags |= link;
        if (n > 0) {
            if (letter_at(p, (ptrdiff_t)i + 1) == '/')
                link = 0;
            else if (is_anchor(p, i + 1))
                link = LETTER_LINK;
            letter.length = p->letters.data[i + n - 1].offset +
                            p->letters.data[i + n - 1].length - letter.offset;
            letter.c = LETTER_OBJECT;
            letter.flags = 0;
        }
        i += n > 0 ? n : 1;
        p->letters.data[kept] = letter;
    }
    p->letters.length = kept;
}

static bool has_han(const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        if (letter_is_han(p->letters.data[i].c) || letter_is_kana(p->letters.data[i].c))
            return true;
    }
    return false;
}

static bool has_point(const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        if (letter_is_point(p->letters.data[i].c))
            return true;
    }
    return false;
}

void passage_read(struct passage *passage, const struct node *block)
{
    struct reading reading = {.passage = passage};

    passage->block = block;
    passage->item = NULL;
    passage->quoted = false;
    for (const struct node *n = block->parent; n != NULL; n = n->parent) {
        passage->quoted = passage->quoted || n->kind == NODE_QUOTE;
        if (n->kind == NODE_ITEM)
            passage->item = n;
    }
    vec_clear(&passage->letters);
    read_children(&reading, block);
    hide_tags(passage);
    passage->chinese = has_han(passage);
    passage->words =
        (block->kind == NODE_TABLE_CELL || block->parent->kind == NODE_LIST_ITEM) &&
        !has_point(passage);
}

bool passage_is_block(const struct node *node)
{
    switch (node->kind) {
    case NODE_HEADING:
    case NODE_PARAGRAPH:
    case NODE_SOURCE_LINE:
    case NODE_CAPTION:
    case NODE_TABLE_CELL:
        return true;
    default:
        return false;
    }
}

size_t passage_match(const struct passage *p, size_t i, const char32_t *word)
{
    size_t length = 0;

    while (word[length] != 0) {
        if (letter_at(p, (ptrdiff_t)(i + length)) != word[length])
            return 0;
        length++;
    }
    return length;
}

struct span passage_span(const struct passage *p, size_t first, size_t end)
{
    const struct letter *a = &p->letters.data[first], *b = &p->letters.data[end - 1];
    struct span span = p->block->span;

    span.offset = a->offset;
    span.length =
        b->offset + b->length > a->offset ? b->offset + b->length - a->offset : a->length;
    return span;
}

void passage_text(const struct passage *p, size_t first, size_t end, struct str *out)
{
    for (size_t i = first; i < end && i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        str_append_codepoint(out, c == LETTER_OBJECT ? 0x25A1 : c);
    }
}

static void tell(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end, const char *hint)
{
    size_t shown = end - first > SHOWN_LETTERS ? first + SHOWN_LETTERS : end;
    struct str text;

    str_init(&text);
    passage_text(p, first, shown, &text);
    if (shown < end)
        str_append_string(&text, "…");
    check_tell(check, rule, passage_span(p, first, end), str_text(&text), hint);
    str_done(&text);
}

void passage_tell(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end)
{
    tell(check, rule, p, first, end, NULL);
}

void passage_fix(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end, const char *right)
{
    struct span span = passage_span(p, first, end);
    uint32_t next = span.offset;

    if (p->quoted)
        return;
    for (size_t i = first; i < end; i++) {
        const struct letter *letter = &p->letters.data[i];

        if ((letter->flags & (LETTER_EXACT | LETTER_FOREIGN)) != LETTER_EXACT ||
            letter->offset != next)
            return;
        next += letter->length;
    }
    check_fix(check, rule, span, text_copy(&check->arena, text_of(right)));
}

void passage_suggest(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end, const char *right, bool certain)
{
    struct str hint;

    str_init(&hint);
    if (right[0] != '\0')
        str_printf(&hint, _("write ‘%s’"), right);
    tell(check, rule, p, first, end, right[0] != '\0' ? hint.data : NULL);
    if (certain)
        passage_fix(check, rule, p, first, end, right);
    str_done(&hint);
}
