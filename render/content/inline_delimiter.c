/* inline_delimiter: emphasis, strong and strikethrough.
 *
 * CommonMark's delimiter runs (6.2) with two changes for Chinese:
 * - Full-width marks, and “ ” ‘ ’ … — ·, count as letters, and Han as white space
 *   beside ASCII punctuation: so **…。**后文, 做**《…》**。 and **报告(2022)**后文 close. After
 *   the amendment proposed by the markdown-cjk-friendly project.
 * - Runs of four and more marks, as editors of web pages leave them, are not subject to
 *   the rule of three, so that ****甲********乙**** pairs as typed. Strikethrough takes
 *   exactly two tildes: one is a range of numbers in Chinese (5~10).
 */
#include "base/utf8.h"
#include "content/chars.h"
#include "content/inline.h"

#define RULE_OF_THREE_LENGTH 3 /* longest run that the rule of three is for */

struct flanks {
    bool left, right;             /* flanking as CommonMark names it */
    bool before_mark, after_mark; /* punctuation beside the run */
};

static bool plain_mark(uint32_t c)
{
    return char_is_ascii_mark(c);
}

static struct flanks flanks_of(
    const struct inline_parser *parser, size_t start, size_t end)
{
    size_t at = start;
    uint32_t before = start > 0 ? utf8_previous(parser->data, &at) : '\n';
    at = end;
    uint32_t after =
        end < parser->length ? utf8_next(parser->data, parser->length, &at) : '\n';
    bool open_before = char_is_space(before) || plain_mark(before) ||
                       char_is_cjk(before) || char_is_shared_mark(before);
    bool open_after = char_is_space(after) || plain_mark(after) || char_is_cjk(after) ||
                      char_is_shared_mark(after);
    struct flanks flanks = {
        .left = !char_is_space(after) && (!plain_mark(after) || open_before),
        .right = !char_is_space(before) && (!plain_mark(before) || open_after),
        .before_mark = plain_mark(before) || char_is_shared_mark(before),
        .after_mark = plain_mark(after) || char_is_shared_mark(after),
    };
    return flanks;
}

static void push(struct inline_parser *parser, struct mark_run delimiter)
{
    int32_t index = (int32_t)parser->delimiters.length;
    delimiter.previous = parser->last;
    delimiter.next = -1;
    if (parser->last >= 0)
        parser->delimiters.data[parser->last].next = index;
    vec_push(&parser->delimiters, delimiter);
    parser->last = index;
}

void inline_delimiter_run(struct inline_parser *parser)
{
    size_t start = parser->at;
    char mark = parser->data[start];
    size_t end = start;
    while (end < parser->length && parser->data[end] == mark)
        end++;
    parser->at = end;
    struct node *node = inline_add(parser, NODE_TEXT, start, end);
    node->text = (struct text){parser->data + start, end - start};
    struct flanks flanks = flanks_of(parser, start, end);
    struct mark_run run = {.node = node,
        .count = end - start,
        .typed = end - start,
        .mark = mark,
        .opens = flanks.left,
        .closes = flanks.right};
    if (mark == '_') {
        run.opens = flanks.left && (!flanks.right || flanks.before_mark);
        run.closes = flanks.right && (!flanks.left || flanks.after_mark);
    }
    if ((run.opens || run.closes) && (mark != '~' || run.count == 2))
        push(parser, run);
}

static void drop(struct inline_parser *parser, int32_t index)
{
    const struct mark_run *run = &parser->delimiters.data[index];
    if (run->previous >= 0)
        parser->delimiters.data[run->previous].next = run->next;
    if (run->next >= 0)
        parser->delimiters.data[run->next].previous = run->previous;
    else
        parser->last = run->previous;
}

static bool fits(const struct mark_run *opener, const struct mark_run *closer)
{
    if (!opener->opens || opener->mark != closer->mark)
        return false;
    bool both = (opener->opens && opener->closes) || (closer->opens && closer->closes);
    bool longer =
        opener->typed > RULE_OF_THREE_LENGTH || closer->typed > RULE_OF_THREE_LENGTH;
    if (!both || longer || opener->mark == '~')
        return true;
    bool thirds = opener->typed % 3 == 0 && closer->typed % 3 == 0;
    return (opener->typed + closer->typed) % 3 != 0 || thirds;
}

static enum node_kind kind_of(
    const struct mark_run *opener, const struct mark_run *closer)
{
    if (opener->mark == '~')
        return NODE_STRIKE;
    return opener->count >= 2 && closer->count >= 2 ? NODE_STRONG : NODE_EMPHASIS;
}

/* Put what stands between two runs into a node of its own, at the cost of their marks. */
static void wrap(
    struct inline_parser *parser, struct mark_run *opener, struct mark_run *closer)
{
    enum node_kind kind = kind_of(opener, closer);
    size_t marks = kind == NODE_EMPHASIS ? 1 : 2;
    struct node *left = opener->node;
    struct node *right = closer->node;
    opener->count -= marks;
    closer->count -= marks;
    left->text.length -= marks;
    left->span.length -= (uint32_t)marks;
    right->text.data += marks;
    right->text.length -= marks;
    right->span.offset += (uint32_t)marks;
    right->span.length -= (uint32_t)marks;
    uint32_t start = left->span.offset + left->span.length;
    struct node *node = node_new(parser->reader->arena, kind,
        reader_span(parser->reader, start, right->span.offset));
    if (left->next != right) {
        node->first_child = left->next;
        struct node *last = left->next;
        while (last->next != right)
            last = last->next;
        last->next = NULL;
        node->last_child = last;
    }
    left->next = node;
    node->next = right;
}

/* The bounds below which no opener can fit, by kind of closer: keeps the search
 * linear. */
struct bounds {
    int32_t floor[3][4]
                 [2]; /* by mark, length (mod 3, or longer than 3), closer opens too */
};

static int32_t *bound_of(struct bounds *bounds, const struct mark_run *closer)
{
    size_t mark = closer->mark == '*' ? 0 : closer->mark == '_' ? 1 : 2;
    size_t length = closer->typed > RULE_OF_THREE_LENGTH ? 3 : closer->typed % 3;
    return &bounds->floor[mark][length][closer->opens];
}

static int32_t find_opener(
    const struct inline_parser *parser, int32_t closer, int32_t floor)
{
    const struct mark_run *runs = parser->delimiters.data;
    int32_t i = runs[closer].previous;
    while (i >= floor && i >= 0 && !fits(&runs[i], &runs[closer]))
        i = runs[i].previous;
    return i >= floor ? i : -1;
}

/* Use one closing run up as far as openers reach. Returns the run to go on with. */
static int32_t close_run(
    struct inline_parser *parser, int32_t closer, struct bounds *bounds)
{
    struct mark_run *runs = parser->delimiters.data;
    int32_t *floor = bound_of(bounds, &runs[closer]);
    while (runs[closer].count > 0) {
        int32_t opener = find_opener(parser, closer, *floor);
        if (opener < 0) {
            int32_t next = runs[closer].next;
            *floor = closer;
            if (!runs[closer].opens)
                drop(parser, closer);
            return next;
        }
        while (runs[opener].next != closer)
            drop(parser, runs[opener].next);
        wrap(parser, &runs[opener], &runs[closer]);
        if (runs[opener].count == 0)
            drop(parser, opener);
    }
    int32_t next = runs[closer].next;
    drop(parser, closer);
    return next;
}

void inline_pair(struct inline_parser *parser, size_t bottom)
{
    struct bounds bounds;
    int32_t *floor = bounds.floor[0][0];
    for (size_t i = 0; i < sizeof bounds.floor / sizeof *floor; i++)
        floor[i] = (int32_t)bottom;
    int32_t first = parser->last;
    while (first >= 0 && parser->delimiters.data[first].previous >= (int32_t)bottom)
        first = parser->delimiters.data[first].previous;
    int32_t run = first >= (int32_t)bottom ? first : -1;
    while (run >= 0) {
        if (parser->delimiters.data[run].closes)
            run = close_run(parser, run, &bounds);
        else
            run = parser->delimiters.data[run].next;
    }
    while (parser->last >= (int32_t)bottom)
        drop(parser, parser->last);
    parser->delimiters.length = bottom;
}
