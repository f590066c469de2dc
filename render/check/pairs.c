/* pairs: brackets and quotes: balance, crossing, width, direction (GB/T 15834-2011, 4.8,
 * 4.9).
 *
 * A stack of what is open within one passage. A closer pops its opener; what does not fit
 * is one of: the other width of the same bracket (mixed), an opener deeper in the stack
 * whose successors close later (crossed) or never (unclosed), or nothing (unopened).
 * Quotes in the wrong direction are told from unopened ones by the quote that follows.
 *
 * A quotation over several paragraphs opens in each and closes in the last (4.8.3.4): an
 * open “ is let be when the next paragraph begins with one, and when one of the next
 * paragraphs closes it. */
#include "check/passage.h"

#define OPEN_LIMIT    64 /* pairs open at once; more are ignored */
#define SHOWN_LETTERS 6  /* from an opener that is not closed */

static const char32_t openers[] = U"“‘（《〈「『【〔(";
static const char32_t closers[] = U"”’）》〉」』】〕)";

struct open_mark {
    size_t at;   /* index of the letter */
    size_t kind; /* in openers[] */
};

struct pairs {
    struct check *check;
    const struct passage *p;
    struct open_mark stack[OPEN_LIMIT];
    size_t depth;
};

enum { KIND_QUOTE = 0, KIND_SINGLE = 1, KIND_ROUND = 2, KIND_TITLE = 3, KIND_ASCII = 9 };

static size_t kind_of(uint32_t c, const char32_t *set)
{
    size_t kind = 0;

    while (set[kind] != 0 && set[kind] != c)
        kind++;
    return kind;
}

static bool is_kind(size_t kind)
{
    return openers[kind] != 0;
}

/* The next letter from i on that is one of two; 0 none. */
static uint32_t next_of(const struct passage *p, size_t i, uint32_t a, uint32_t b)
{
    for (; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (c == a || c == b)
            return c;
    }
    return 0;
}

static size_t index_of(const struct passage *p, size_t i, uint32_t a, uint32_t b)
{
    while (
        i < p->letters.length && p->letters.data[i].c != a && p->letters.data[i].c != b)
        i++;
    return i;
}

static bool is_open(const struct pairs *pairs, size_t kind, size_t *ret_level)
{
    for (size_t k = pairs->depth; k-- > 0;) {
        if (pairs->stack[k].kind == kind) {
            *ret_level = k;
            return true;
        }
    }
    return false;
}

static void push(struct pairs *pairs, size_t at, size_t kind)
{
    if (pairs->depth < OPEN_LIMIT)
        pairs->stack[pairs->depth++] = (struct open_mark){at, kind};
}

/* Han inside [first, end). */
static bool has_han(const struct passage *p, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (letter_is_han(letter_at(p, (ptrdiff_t)i)))
            return true;
    }
    return false;
}

/* The nearest letter that is no space: step -1 or 1. */
static uint32_t neighbour(const struct passage *p, size_t i, int step)
{
    ptrdiff_t k = (ptrdiff_t)i + step;

    while (letter_is_space(letter_at(p, k)))
        k += step;
    return letter_at(p, k);
}

/* A pair of ASCII brackets that was closed. */
static void check_ascii_bracket(struct pairs *pairs, size_t open, size_t close)
{
    const struct passage *p = pairs->p;
    bool beside =
        letter_is_han(neighbour(p, open, -1)) || letter_is_han(neighbour(p, close, 1));

    if (has_han(p, open, close)) {
        passage_tell(pairs->check, RULE_HALF_WIDTH_BRACKET, p, open, close + 1);
        passage_fix(pairs->check, RULE_HALF_WIDTH_BRACKET, p, open, open + 1, "（");
        passage_fix(pairs->check, RULE_HALF_WIDTH_BRACKET, p, close, close + 1, "）");
    } else if (beside && open > 0)
        passage_tell(pairs->check, RULE_HALF_WIDTH_BRACKET_LATIN, p, open, close + 1);
}

/* The opener at a level and the closer at i are a pair. */
static void check_pair(struct pairs *pairs, size_t level, size_t i)
{
    const struct passage *p = pairs->p;
    struct open_mark mark = pairs->stack[level];
    bool nested = false;

    for (size_t k = 0; k < level; k++)
        nested = nested || pairs->stack[k].kind == mark.kind;
    if (mark.kind == KIND_ASCII)
        check_ascii_bracket(pairs, mark.at, i);
    else if (i == mark.at + 1)
        passage_tell(pairs->check, RULE_PAIR_EMPTY, p, mark.at, i + 1);
    if (nested && mark.kind == KIND_TITLE)
        passage_tell(pairs->check, RULE_TITLE_NESTED, p, mark.at, i + 1);
    else if (nested && mark.kind == KIND_ROUND)
        passage_tell(pairs->check, RULE_BRACKET_NESTED, p, mark.at, i + 1);
    else if (nested && mark.kind == KIND_QUOTE)
        passage_tell(pairs->check, RULE_QUOTE_NESTED, p, mark.at, i + 1);
}

/* （…) or (…）: told, and mended to full width. */
static void tell_mixed(struct pairs *pairs, size_t open, size_t close)
{
    const struct passage *p = pairs->p;
    bool first = letter_at(p, (ptrdiff_t)open) == '(';

    passage_tell(pairs->check, RULE_BRACKET_MIXED, p, open, close + 1);
    passage_fix(pairs->check, RULE_BRACKET_MIXED, p, first ? open : close,
        (first ? open : close) + 1, first ? "（" : "）");
}

/* Keep an open “ until the next paragraphs have been read. */
static void keep_quotation(struct pairs *pairs, struct open_mark mark)
{
    const struct passage *p = pairs->p;
    struct check *check = pairs->check;
    size_t end = mark.at + SHOWN_LETTERS < p->letters.length ? mark.at + SHOWN_LETTERS
                                                             : p->letters.length;
    struct str text;

    check_pairs_end(check);
    str_init(&text);
    passage_text(p, mark.at, end, &text);
    check->quotation = (struct check_quotation){p->block->parent,
        passage_span(p, mark.at, end), text_copy(&check->arena, str_text(&text))};
    str_done(&text);
}

static void tell_unclosed(struct pairs *pairs, struct open_mark mark)
{
    const struct passage *p = pairs->p;
    uint32_t next = letter_at(p, (ptrdiff_t)mark.at + 1);

    if (mark.kind == KIND_ASCII || (mark.kind == KIND_SINGLE && !letter_is_han(next)))
        return;
    passage_tell(pairs->check, RULE_PAIR_UNCLOSED, p, mark.at,
        mark.at + SHOWN_LETTERS < p->letters.length ? mark.at + SHOWN_LETTERS
                                                    : p->letters.length);
}

/* “1）”, “a）”: a number with half a bracket is a style, not a fault. */
static bool is_enumeration(const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1), first;
    size_t k = i;

    if (!letter_is_digit(before) && !letter_is_latin(before) && !letter_is_han(before))
        return false;
    while (k > 0 && letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)))
        k--;
    if (k == i)
        k--;
    first = letter_at(p, (ptrdiff_t)k - 1);
    return first == 0 || letter_is_space(first) || first == LETTER_BREAK ||
           (letter_is_wide_mark(first) && i - k <= 2);
}

/* A closer with a matching opener below the top. */
static void close_deeper(struct pairs *pairs, size_t level, size_t i)
{
    const struct passage *p = pairs->p;
    struct open_mark top = pairs->stack[pairs->depth - 1];
    bool closes_later =
        next_of(p, i + 1, openers[top.kind], closers[top.kind]) == closers[top.kind];

    if (closes_later && top.kind != KIND_ASCII) {
        passage_tell(pairs->check, RULE_PAIR_CROSSED, p, pairs->stack[level].at, i + 1);
        for (size_t k = level; k + 1 < pairs->depth; k++)
            pairs->stack[k] = pairs->stack[k + 1];
        pairs->depth--;
        return;
    }
    while (pairs->depth > level + 1)
        tell_unclosed(pairs, pairs->stack[--pairs->depth]);
    check_pair(pairs, level, i);
    pairs->depth = level;
}

/* ” without “: the opener in the wrong direction when another ” follows, or a “ that no ”
 * follows; else it has no opener. */
static void unopened_quote(struct pairs *pairs, size_t i)
{
    const struct passage *p = pairs->p;
    size_t next = index_of(p, i + 1, U'“', U'”');
    uint32_t c = letter_at(p, (ptrdiff_t)next);
    bool wrong = c == U'”' || (c == U'“' && next_of(p, next + 1, U'“', U'”') != U'”');

    if (!wrong && pairs->check->quotation.parent != NULL) {
        pairs->check->quotation.parent = NULL;
        return;
    }
    if (!wrong) {
        passage_tell(pairs->check, RULE_PAIR_UNOPENED, p, i, i + 1);
        return;
    }
    passage_tell(pairs->check, RULE_QUOTE_DIRECTION, p, i, next + 1);
    push(pairs, i, KIND_QUOTE);
}

static void close_mark(struct pairs *pairs, size_t i, size_t kind)
{
    const struct passage *p = pairs->p;
    size_t other = kind == KIND_ROUND ? KIND_ASCII : KIND_ROUND, level;
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1);
    bool round = kind == KIND_ROUND || kind == KIND_ASCII;

    if (kind == KIND_SINGLE && (letter_is_latin(before) || letter_is_digit(before)) &&
        !is_open(pairs, kind, &level))
        return;
    if (pairs->depth > 0 && pairs->stack[pairs->depth - 1].kind == kind) {
        check_pair(pairs, pairs->depth - 1, i);
        pairs->depth--;
    } else if (round && pairs->depth > 0 &&
               pairs->stack[pairs->depth - 1].kind == other) {
        tell_mixed(pairs, pairs->stack[--pairs->depth].at, i);
    } else if (is_open(pairs, kind, &level)) {
        close_deeper(pairs, level, i);
    } else if (round && is_open(pairs, other, &level)) {
        tell_mixed(pairs, pairs->stack[level].at, i);
        pairs->depth = level;
    } else if (kind == KIND_QUOTE) {
        unopened_quote(pairs, i);
    } else if (kind != KIND_ASCII && !(round && is_enumeration(p, i))) {
        passage_tell(pairs->check, RULE_PAIR_UNOPENED, p, i, i + 1);
    }
}

static void open_mark(struct pairs *pairs, size_t i, size_t kind)
{
    const struct passage *p = pairs->p;
    size_t level;
    uint32_t open_as;

    if (kind == KIND_QUOTE && is_open(pairs, kind, &level)) {
        open_as = letter_at(p, (ptrdiff_t)pairs->stack[level].at);
        if (next_of(p, i + 1, U'“', U'”') != U'”') {
            /* A second “ with no ” behind it: it closes, in the wrong direction. */
            if (open_as == U'“')
                passage_tell(
                    pairs->check, RULE_QUOTE_DIRECTION, p, pairs->stack[level].at, i + 1);
            pairs->depth = level;
            return;
        }
    }
    push(pairs, i, kind);
}

/* Does the next block continue the quotation? */
static bool is_continued(const struct passage *p)
{
    const struct node *next = p->block->next;
    const struct node *leaf = next;

    while (leaf != NULL && leaf->first_child != NULL)
        leaf = leaf->first_child;
    return leaf != NULL && leaf->kind == NODE_TEXT && text_starts(leaf->text, "“");
}

static void check_brackets(struct check *check, const struct passage *p)
{
    struct pairs pairs = {.check = check, .p = p};

    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;
        size_t kind;

        if ((c > ')' && c < 0x2018) || c > 0xFF09 || (c > 0x3015 && c < 0xFF08) ||
            c < '(' || (p->letters.data[i].flags & LETTER_FOREIGN))
            continue;
        kind = kind_of(c, openers);
        if (c == U'「' && !p->quoted && !(p->letters.data[i].flags & LETTER_LINK))
            vec_push(&check->corner_quotes, passage_span(p, i, i + 1));
        check->curly_quotes += kind == KIND_QUOTE;
        if (is_kind(kind))
            open_mark(&pairs, i, kind);
        else if (kind = kind_of(c, closers), is_kind(kind))
            close_mark(&pairs, i, kind);
    }
    for (size_t k = 0; k < pairs.depth; k++) {
        if (pairs.stack[k].kind != KIND_QUOTE)
            tell_unclosed(&pairs, pairs.stack[k]);
        else if (!is_continued(p))
            keep_quotation(&pairs, pairs.stack[k]);
    }
}

/* Is an ASCII quote at i part of Chinese text? */
static bool beside_han(const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             next = letter_at(p, (ptrdiff_t)i + 1);

    return letter_is_han(before) || letter_is_han(next) || letter_is_wide_mark(before) ||
           letter_is_wide_mark(next);
}

/* The next " or ' from i on. */
static size_t next_quote(const struct passage *p, size_t i, uint32_t quote)
{
    while (i < p->letters.length && p->letters.data[i].c != quote)
        i++;
    return i;
}

static bool is_balanced(const struct passage *p, uint32_t quote)
{
    size_t n = 0;

    for (size_t i = 0; i < p->letters.length; i++)
        n += p->letters.data[i].c == quote;
    return n % 2 == 0;
}

/* "…" round Han; " is an inch or a second behind a digit. */
static void check_ascii_quotes(struct check *check, const struct passage *p)
{
    bool balanced = is_balanced(p, '"');

    for (size_t i = next_quote(p, 0, '"'); i < p->letters.length;) {
        size_t close = next_quote(p, i + 1, '"');
        bool paired = balanced && close < p->letters.length;
        bool chinese = beside_han(p, i) || (paired && beside_han(p, close)) ||
                       (paired && has_han(p, i, close));

        if (chinese && paired) {
            passage_tell(check, RULE_ASCII_QUOTE, p, i, close + 1);
            if (has_han(p, i, close)) { /* else it may be code: "memory" */
                passage_fix(check, RULE_ASCII_QUOTE, p, i, i + 1, "“");
                passage_fix(check, RULE_ASCII_QUOTE, p, close, close + 1, "”");
            }
        } else if (chinese && !letter_is_digit(letter_at(p, (ptrdiff_t)i - 1)))
            passage_tell(check, RULE_ASCII_QUOTE, p, i, i + 1);
        i = paired ? next_quote(p, close + 1, '"') : close;
    }
    for (size_t i = next_quote(p, 0, '\''); i < p->letters.length;
         i = next_quote(p, i + 1, '\'')) {
        size_t close = next_quote(p, i + 1, '\'');

        if (close < p->letters.length && has_han(p, i, close) &&
            (letter_is_han(letter_at(p, (ptrdiff_t)i + 1)) ||
                letter_is_han(letter_at(p, (ptrdiff_t)close - 1))) &&
            !letter_is_latin(letter_at(p, (ptrdiff_t)i - 1))) {
            passage_tell(check, RULE_ASCII_QUOTE, p, i, close + 1);
            i = close;
        }
    }
}

void check_pairs_end(struct check *check)
{
    if (check->quotation.parent != NULL)
        check_tell(check, RULE_PAIR_UNCLOSED, check->quotation.span,
            check->quotation.shown, NULL);
    check->quotation.parent = NULL;
}

void check_pairs(struct check *check, const struct passage *p)
{
    if (p->block->parent != check->quotation.parent || p->block->kind == NODE_HEADING)
        check_pairs_end(check);
    check_brackets(check, p);
    check_ascii_quotes(check, p);
}
