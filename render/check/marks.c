/* marks: rules on single marks and on neighbours: width, doubling, order (GB/T
 * 15834-2011).
 *
 * One pass over the letters; each character that may begin a finding has a handler, found
 * in a table, which looks at its neighbours. */
#include "check/passage.h"

#define QUOTATION_MOST 500 /* letters back that an opening quote is looked for */
#define LABEL_MOST     60  /* letters of a label before a line's colon */
#define POINTS_MOST    3   /* ！！！: more in a row is too many */

typedef void handler(struct check *check, const struct passage *p, size_t i);

/* The next letter that is no space, from i on. */
static uint32_t beyond_spaces(const struct passage *p, size_t i)
{
    while (letter_is_space(letter_at(p, (ptrdiff_t)i)))
        i++;
    return letter_at(p, (ptrdiff_t)i);
}

static bool is_title(const struct passage *p)
{
    return p->block->kind == NODE_HEADING;
}

static bool continues_run(const struct passage *p, size_t i)
{
    return i > 0 && letter_at(p, (ptrdiff_t)i - 1) == letter_at(p, (ptrdiff_t)i);
}

/* May a full-width mark stand behind it? */
static bool is_han_side(uint32_t c)
{
    return letter_is_han(c) || letter_is_kana(c) || (letter_is_closer(c) && c != 0x2019);
}

/* The letter a mark at i stands behind: that before a closing quote, which English
 * shares. */
static uint32_t side_before(const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i - 1);

    return c == U'”' || c == U'’' ? letter_at(p, (ptrdiff_t)i - 2) : c;
}

static bool is_latin_side(uint32_t c)
{
    return letter_is_latin(c) || letter_is_digit(c) || c == ')' || c == '%';
}

/* A Latin label at a line's start keeps its colon: “Link: …”, “PS: …”. */
static bool is_label(const struct passage *p, size_t i)
{
    size_t k = i;

    while (k > 0 && letter_at(p, (ptrdiff_t)k - 1) != LETTER_BREAK) {
        if (i - --k > LABEL_MOST)
            return false;
    }
    while (k < i && (letter_is_latin(letter_at(p, (ptrdiff_t)k)) ||
                        letter_is_digit(letter_at(p, (ptrdiff_t)k)) ||
                        letter_in(letter_at(p, (ptrdiff_t)k), U" -_.'’/")))
        k++;
    return k == i && letter_at(p, (ptrdiff_t)i) == ':' &&
           letter_is_space(letter_at(p, (ptrdiff_t)i + 1));
}

/* “!!” behind Han is “！！”: the row keeps its length. */
static void half_width_row(
    struct check *check, const struct passage *p, size_t i, const char *wide)
{
    size_t n = passage_row(p, i);
    struct str right;

    str_init(&right);
    for (size_t k = 0; k < n && k < POINTS_MOST; k++)
        str_append_string(&right, wide);
    passage_suggest(check, RULE_HALF_WIDTH_MARK, p, i, i + n, right.data, true);
    str_done(&right);
}

static void half_width(struct check *check, const struct passage *p, size_t i)
{
    static const char *const wide[] = {"，", "；", "：", "？", "！"};
    uint32_t c = letter_at(p, (ptrdiff_t)i), before = side_before(p, i);
    uint32_t next = letter_at(p, (ptrdiff_t)i + 1);
    const char32_t *narrow = U",;:?!";
    size_t kind = 0;

    while (narrow[kind] != c)
        kind++;
    if (continues_run(p, i) || (p->letters.data[i].flags & LETTER_FOREIGN) ||
        (c == ':' && next == '/') ||
        (letter_in(c, U";:") &&
            (letter_in(next, U"(-") || beyond_spaces(p, i + 1) == ')')))
        return;
    if (is_han_side(before) && passage_row(p, i) > 1 && kind < 3) {
        passage_suggest(
            check, RULE_DOUBLED_MARK, p, i, i + passage_row(p, i), wide[kind], true);
        return;
    }
    if (is_han_side(before))
        half_width_row(check, p, i, wide[kind]);
    else if (is_latin_side(before) && letter_is_han(beyond_spaces(p, i + 1)) &&
             !is_label(p, i))
        passage_suggest(
            check, RULE_HALF_WIDTH_MARK_LATIN, p, i, i + 1, wide[kind], false);
}

/* A row of two or more dots beside Han. */
static void dots(struct check *check, const struct passage *p, size_t i, size_t n)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1), c = letter_at(p, (ptrdiff_t)i);
    uint32_t next = letter_at(p, (ptrdiff_t)(i + n));

    if (is_han_side(before) || letter_is_han(next) || letter_is_point(before) ||
        (letter_is_closer(next) && c == '.'))
        passage_suggest(check, RULE_ELLIPSIS_DOTS, p, i, i + n, "……",
            !letter_is_digit(before)); /* 0.618...: a number's digits go on */
}

static void full_stop(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = side_before(p, i), next = letter_at(p, (ptrdiff_t)i + 1);
    size_t n = passage_row(p, i);

    if (continues_run(p, i) || (p->letters.data[i].flags & LETTER_FOREIGN))
        return;
    if (n > 1) {
        dots(check, p, i, n);
        return;
    }
    if (is_han_side(before) &&
        (next == 0 || letter_is_space(next) || next == LETTER_BREAK ||
            letter_is_han(next) || letter_is_closer(next)))
        passage_suggest(check, RULE_HALF_WIDTH_STOP, p, i, i + 1, "。", true);
    else if (letter_is_latin(before) && letter_is_latin(letter_at(p, (ptrdiff_t)i - 2)) &&
             letter_is_han(next))
        passage_tell(check, RULE_STOP_BEHIND_LATIN, p, i - 1, i + 2);
}

/* May b follow a? Only pairs of points come here. */
static bool may_follow(uint32_t a, uint32_t b)
{
    if (letter_in(a, U"？！"))
        return letter_in(b, U"？！");
    return false;
}

/* Is the letter at i the last of a link's text? Its mark is that of another's title. */
static bool ends_link(const struct passage *p, size_t i)
{
    return (p->letters.data[i].flags & LETTER_LINK) && i + 1 < p->letters.length &&
           !(p->letters.data[i + 1].flags & LETTER_LINK);
}

static void ordinal_word(struct check *check, const struct passage *p, size_t i);

static void point(struct check *check, const struct passage *p, size_t i)
{
    static const char *const single[] = {"。", "，", "、", "；", "："};
    uint32_t c = letter_at(p, (ptrdiff_t)i), next = letter_at(p, (ptrdiff_t)i + 1);
    const char32_t *order = U"。，、；：";
    size_t n = passage_row(p, i), kind = 0;

    while (order[kind] != 0 && order[kind] != c)
        kind++;
    if (c == U'、')
        ordinal_word(check, p, i);
    if (continues_run(p, i))
        return;
    if (i == 0 && p->block->kind != NODE_TABLE_CELL && !p->quoted)
        passage_tell(check, RULE_MARK_AT_START, p, 0, 1);
    if (order[kind] == 0) {
        if (n > POINTS_MOST)
            passage_tell(check, RULE_MANY_MARKS, p, i, i + n);
    } else if (n > 2 && c == U'。') {
        dots(check, p, i, n);
        return;
    } else if (n > 1) {
        passage_suggest(check, RULE_DOUBLED_MARK, p, i, i + n, single[kind], true);
        return;
    }
    if (c == U'！' && next == U'？')
        passage_suggest(check, RULE_QUESTION_ORDER, p, i, i + 2, "？！", false);
    else if (n == 1 && letter_is_point(next) && next != c && !may_follow(c, next) &&
             !ends_link(p, i))
        passage_tell(check, RULE_MARK_PAIR, p, i, i + 2);
    else if (n >= 1 && letter_in(c, U"？！")) {
        uint32_t after = letter_at(p, (ptrdiff_t)(i + n));

        if (letter_in(after, U"。，、；：") && !ends_link(p, i + n - 1))
            passage_tell(check, RULE_MARK_PAIR, p, i, i + n + 1);
    }
}

/* The opener that the closer at i belongs to, by counting; i itself when there is none
 * within QUOTATION_MOST letters. */
static size_t opener_of(const struct passage *p, size_t i, uint32_t opener)
{
    uint32_t closer = letter_at(p, (ptrdiff_t)i);
    size_t depth = 0;

    for (size_t k = i + 1; k-- > 0 && i - k < QUOTATION_MOST;) {
        uint32_t c = letter_at(p, (ptrdiff_t)k);

        depth += c == closer;
        if (c == opener && --depth == 0)
            return k;
    }
    return i;
}

static size_t count_of(const struct passage *p, size_t first, size_t end, uint32_t c)
{
    size_t n = 0;

    for (size_t i = first; i < end; i++)
        n += letter_at(p, (ptrdiff_t)i) == c;
    return n;
}

/* “…。” as a part of the sentence around it: Han stands before the opening quote. */
static void close_quote(struct check *check, const struct passage *p, size_t i)
{
    size_t open;

    if (i > 0 && letter_at(p, (ptrdiff_t)i - 1) == U'。') {
        open = opener_of(p, i, U'“');
        if (open < i && letter_is_han(letter_at(p, (ptrdiff_t)open - 1)) &&
            count_of(p, open, i, U'。') == 1)
            passage_tell(check, RULE_STOP_IN_QUOTE, p, i - 1, i + 1);
    }
}

static void close_bracket(struct check *check, const struct passage *p, size_t i)
{
    uint32_t next = letter_at(p, (ptrdiff_t)i + 1), before;
    size_t open;

    if (i == 0 || letter_at(p, (ptrdiff_t)i - 1) != U'。')
        return;
    open = opener_of(p, i, U'（');
    before = letter_at(p, (ptrdiff_t)open - 1);
    if (open < i && count_of(p, open, i, U'。') == 1 &&
        (letter_is_han(before) || is_latin_side(before) || letter_is_closer(before)) &&
        (letter_is_han(next) || letter_is_point(next)))
        passage_tell(check, RULE_STOP_IN_BRACKET, p, i - 1, i + 1);
}

static void opener(struct check *check, const struct passage *p, size_t i)
{
    uint32_t next = letter_at(p, (ptrdiff_t)i + 1);
    size_t start = i > QUOTATION_MOST ? i - QUOTATION_MOST : 0;

    if (letter_in(next, U"，。、；：") &&
        !letter_is_closer(letter_at(p, (ptrdiff_t)i + 2)) &&
        !(letter_at(p, (ptrdiff_t)i) == U'“' &&
            count_of(p, start, i, U'“') != count_of(p, start, i, U'”'))) /* wrong way */
        passage_tell(check, RULE_MARK_BEHIND_OPENER, p, i, i + 2);
}

static bool ellipsis_side(uint32_t c)
{
    return letter_is_han(c) || letter_is_wide_mark(c);
}

static void ellipsis(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1);
    size_t n = passage_row(p, i);
    uint32_t next = letter_at(p, (ptrdiff_t)(i + n));
    uint32_t after = letter_at(p, (ptrdiff_t)(i + n + 1));

    if (continues_run(p, i))
        return;
    if (n % 2 == 1 && (ellipsis_side(before) || ellipsis_side(next)))
        passage_suggest(check, RULE_ELLIPSIS_SINGLE, p, i, i + n, "……", true);
    if (n < 2)
        return;
    if (before == U'等')
        passage_tell(check, RULE_ELLIPSIS_ETC, p, i - 1, i + n);
    else if (next == U'等' && !letter_in(after, U"待到于候"))
        passage_tell(check, RULE_ELLIPSIS_ETC, p, i, i + n + 1);
    if (letter_in(next, U"。，、；"))
        passage_tell(check, RULE_ELLIPSIS_STOP, p, i, i + n + 1);
}

static bool is_numeral(uint32_t c)
{
    return letter_in(c, U"一二三四五六七八九十");
}

/* Is there a paragraph's or sentence's start before letter i? */
static bool at_sentence_start(const struct passage *p, size_t i)
{
    return i == 0 || letter_in(letter_at(p, (ptrdiff_t)i - 1), U"。；：！？\n");
}

/* “第一、”, “首先、”, “（一）、”, “1、” at the start of a sentence; i is the 、. */
static void ordinal_word(struct check *check, const struct passage *p, size_t i)
{
    static const char32_t *const words[] = {U"首先", U"其次", U"再次", U"最后"};
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             next = letter_at(p, (ptrdiff_t)i + 1);
    size_t k = i;

    if (letter_is_digit(before)) {
        while (k > 0 && letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)))
            k--;
        if (k == 0 && i <= 2 && !letter_is_digit(next) && !is_title(p))
            passage_tell(check, RULE_ORDINAL_ARABIC, p, 0, i + 1);
        return;
    }
    if (letter_in(before, U"）)")) {
        if (i <= 4 && letter_in(letter_at(p, 0), U"（("))
            passage_tell(check, RULE_ORDINAL_BRACKET, p, 0, i + 1);
        return;
    }
    while (k > 0 && is_numeral(letter_at(p, (ptrdiff_t)k - 1)))
        k--;
    if (k < i && k > 0 && letter_at(p, (ptrdiff_t)k - 1) == U'第' &&
        at_sentence_start(p, k - 1) && !is_numeral(next) && next != U'第') {
        passage_tell(check, RULE_ORDINAL_MARK, p, k - 1, i + 1);
        return;
    }
    for (size_t w = 0; w < sizeof words / sizeof words[0] && i >= 2; w++) {
        if (passage_match(p, i - 2, words[w]) && at_sentence_start(p, i - 2))
            passage_tell(check, RULE_ORDINAL_MARK, p, i - 2, i + 1);
    }
}

/* Two numerals that follow one another, as in 三、四十 or 五、六: their order, else 0. */
static bool are_neighbours(uint32_t a, uint32_t b)
{
    const char32_t *order = U"一二三四五六七八九";

    for (size_t i = 0; order[i + 1] != 0; i++) {
        if (order[i] == a && order[i + 1] == b)
            return true;
    }
    return false;
}

/* Is the 、 at i behind the number a block begins with? */
static bool is_ordinal(const struct passage *p, size_t i)
{
    size_t k = i;

    while (k > 0 && (letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)) ||
                        is_numeral(letter_at(p, (ptrdiff_t)k - 1))))
        k--;
    return k == 0 || letter_at(p, (ptrdiff_t)k - 1) == LETTER_BREAK;
}

static void list_mark(struct check *check, const struct passage *p, size_t i)
{
    static const char32_t *const clauses[] = {U"如果", U"因为", U"所以", U"但是", U"因此",
        U"虽然", U"然而", U"不过", U"即使", U"除非", U"尽管", U"假如", U"从而"};
    static const char32_t *const ands[] = {U"以及", U"及其", U"并且", U"或者", U"还有"};
    uint32_t a = letter_at(p, (ptrdiff_t)i - 1), b = letter_at(p, (ptrdiff_t)i + 1);

    point(check, p, i);
    if (is_ordinal(p, i))
        return;
    for (size_t k = 0; k < sizeof clauses / sizeof clauses[0]; k++) {
        size_t n = passage_match(p, i + 1, clauses[k]);

        if (n > 0)
            passage_tell(check, RULE_LIST_MARK_CLAUSE, p, i, i + 1 + n);
    }
    for (size_t k = 0; k < sizeof ands / sizeof ands[0]; k++) {
        size_t n = passage_match(p, i + 1, ands[k]);

        if (n > 0)
            passage_tell(check, RULE_LIST_MARK_AND, p, i, i + 1 + n);
    }
    if (b == U'等' && !letter_in(letter_at(p, (ptrdiff_t)i + 2),
                          U"待级級于於额額候离離价價值同距比差效位"))
        passage_tell(check, RULE_LIST_MARK_ETC, p, i, i + 2);
    if ((a == U'”' && b == U'“') || (a == U'》' && b == U'《'))
        passage_tell(check, RULE_LIST_MARK_QUOTES, p, i - 1, i + 2);
    if (are_neighbours(a, b) &&
        !letter_in(letter_at(p, (ptrdiff_t)i - 2), U"第、十一二三四五六七八九") &&
        letter_in(
            letter_at(p, (ptrdiff_t)i + 2), U"个天米人次件家岁倍名块斤里周百千十万"))
        passage_tell(check, RULE_APPROXIMATE_MARK, p, i - 1, i + 2);
}

/* A closer: what stands in it, and that it begins no paragraph. */
static void closer(struct check *check, const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i);

    if (i == 0 && p->block->kind != NODE_TABLE_CELL && !p->quoted)
        passage_tell(check, RULE_MARK_AT_START, p, 0, 1);
    if (c == U'”')
        close_quote(check, p, i);
    if (c == U'）')
        close_bracket(check, p, i);
}

/* A full-width hyphen-minus between Han or years joins them: 甲－乙, 1876年－1957年. */
static bool joins_han(const struct passage *p, size_t i)
{
    return letter_at(p, (ptrdiff_t)i) == U'－' &&
           letter_is_han(letter_at(p, (ptrdiff_t)i - 1));
}

static void full_width(struct check *check, const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i) - 0xFEE0;
    char narrow[2] = {(char)c, '\0'};
    enum diag_id rule = letter_is_digit(c)   ? RULE_FULL_WIDTH_DIGIT
                        : letter_is_latin(c) ? RULE_FULL_WIDTH_LETTER
                                             : RULE_FULL_WIDTH_SIGN;

    if (!check->japanese)
        passage_suggest(check, rule, p, i, i + 1, joins_han(p, i) ? "—" : narrow, false);
}

static bool is_full_width_sign(uint32_t c)
{
    return c >= 0xFF01 && letter_in(c, U"＃＄％＆＊＋－．／＜＝＞＠＼＾＿｀｜");
}

static handler *handler_of(uint32_t c)
{
    if (c < 0x80)
        return c == '.' ? full_stop : letter_in(c, U",;:?!") ? half_width : NULL;
    if (letter_is_han(c))
        return NULL;
    if (c == U'…')
        return ellipsis;
    if (c == U'、')
        return list_mark;
    if (letter_is_point(c))
        return point;
    if (letter_is_opener(c))
        return opener;
    if (letter_is_closer(c))
        return closer;
    if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
        (c >= 0xFF41 && c <= 0xFF5A) || is_full_width_sign(c))
        return full_width;
    return NULL;
}

/* A title or caption ends without a full stop. */
static void last_mark(struct check *check, const struct passage *p)
{
    size_t n = p->letters.length;
    uint32_t c = letter_at(p, (ptrdiff_t)n - 1);

    if (is_title(p) && (letter_in(c, U"。，；：、") ||
                           (c == '.' && letter_is_han(letter_at(p, (ptrdiff_t)n - 2)))))
        passage_tell(check, RULE_TITLE_STOP, p, n - 1, n);
    if (p->block->kind == NODE_CAPTION && c == U'。')
        passage_tell(check, RULE_CAPTION_STOP, p, n - 1, n);
}

void check_marks(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        handler *handle = handler_of(p->letters.data[i].c);

        if (handle != NULL)
            handle(check, p, i);
    }
    last_mark(check, p);
}
