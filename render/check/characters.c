/* characters: invisible and wrongly decoded characters, white space, placeholders. */
#include <string.h>

#include "base/files.h"
#include "check/passage.h"

#define TITLE_MOST       60 /* letters back that 《 is looked for */
#define PLACEHOLDER_MOST 30 /* letters of 【…】 */
#define ORDINAL_MOST     5  /* letters of the number in 第十二章 */

/* UTF-8 that was read as another encoding, and the classics of GBK. */
static const char32_t *const mojibake[] = {U"锟斤拷", U"烫烫烫", U"屯屯屯", U"ï»¿", U"â€",
    U"Ã©", U"Ã¤", U"Ã¨", U"Â·", U"ä¸", U"çš", U"ç½", U"зҪ", U"зқ", U"йқ", U"鐨勬", U"銆?",
    U"锛?"};

static const char32_t *const entities[] = {
    U"&amp;", U"&nbsp;", U"&lt;", U"&gt;", U"&quot;", U"&#39;", U"&ldquo;", U"&rdquo;"};

static const char32_t *const placeholders[] = {U"【待填", U"【待补", U"【待定", U"【此处",
    U"【请填", U"此处填写", U"Lorem ipsum", U"×××××"};

static bool is_zero_width(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0x00AD ||
           (c >= 0x2061 && c <= 0x2064) || c == 0x180E;
}

static bool is_emoji(uint32_t c)
{
    return c >= 0x1F000 || (c >= 0x2600 && c <= 0x27BF) || c == 0xFE0F;
}

/* A zero-width joiner inside a picture is needed, as are joiners of other scripts. */
static bool is_needed(const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i), before = letter_at(p, (ptrdiff_t)i - 1);

    return (c == 0x200C || c == 0x200D) &&
           (is_emoji(before) || (before >= 0x590 && before < 0x1200));
}

static void odd_character(struct check *check, const struct passage *p, size_t i)
{
    uint32_t c = letter_at(p, (ptrdiff_t)i);
    struct str name;

    if (is_zero_width(c) && !is_needed(p, i)) {
        str_init(&name);
        str_printf(&name, "U+%04X", (unsigned)c);
        check_tell(
            check, RULE_ZERO_WIDTH, passage_span(p, i, i + 1), str_text(&name), NULL);
        passage_fix(check, RULE_ZERO_WIDTH, p, i, i + 1, "");
        str_done(&name);
    } else if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
        str_init(&name);
        str_printf(&name, "U+%04X", (unsigned)c);
        check_tell(
            check, RULE_BIDI_CONTROL, passage_span(p, i, i + 1), str_text(&name), NULL);
        str_done(&name);
    } else if (c == 0xFFFD) {
        passage_tell(check, RULE_MOJIBAKE, p, i, i + 1);
    } else if (c >= 0xFF66 && c <= 0xFF9F) {
        passage_tell(check, RULE_HALF_WIDTH_KANA, p, i, i + 1);
    }
}

/* The length of 【待填：数字】 whose first n letters are known. */
static size_t closed_length(const struct passage *p, size_t i, size_t n)
{
    if (letter_at(p, (ptrdiff_t)i) != U'【')
        return n;
    for (size_t k = n; k < PLACEHOLDER_MOST; k++) {
        if (letter_at(p, (ptrdiff_t)(i + k)) == U'】')
            return k + 1;
    }
    return n;
}

static void find_words(struct check *check, enum diag_id rule, const struct passage *p,
    size_t i, const char32_t *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t n =
            words[k][0] == letter_at(p, (ptrdiff_t)i) ? passage_match(p, i, words[k]) : 0;

        if (n == 0)
            continue;
        passage_tell(check, rule, p, i, i + closed_length(p, i, n));
        return;
    }
}

/* Is there Han or a full-width mark? An ordinary space beside Latin letters is nobody's
 * business: the composer makes that gap. */
static bool is_wide(uint32_t c)
{
    return letter_is_han(c) || letter_is_wide_mark(c);
}

/* Is letter i inside 《…》? */
static bool is_in_title(const struct passage *p, size_t i)
{
    for (size_t k = i; k-- > 0 && i - k <= TITLE_MOST;) {
        uint32_t c = letter_at(p, (ptrdiff_t)k);

        if (c == U'《' || c == U'》')
            return c == U'《';
    }
    return false;
}

/* Is the space at i behind 第三章, 第四天 (GB B.3)? */
static bool is_behind_ordinal(const struct passage *p, size_t i)
{
    size_t k = i - 1;

    if (!letter_in(letter_at(p, (ptrdiff_t)k), U"章节条讲课回天周期届轮步部篇卷"))
        return false;
    while (k > 0 && i - k <= ORDINAL_MOST &&
           (letter_is_digit(letter_at(p, (ptrdiff_t)k - 1)) ||
               letter_in(letter_at(p, (ptrdiff_t)k - 1), U"〇一二三四五六七八九十百")))
        k--;
    return k + 1 < i && k > 0 && letter_at(p, (ptrdiff_t)k - 1) == U'第';
}

/* May the space [i, end) between Han be meant? Behind 第三章, in a row of words, in 《…》
 * and a link's text, which are often another's title; before a link that ends the block;
 * before 表 1, 图 3. */
static bool is_meant(const struct passage *p, size_t i, size_t end)
{
    const struct letter *letters = p->letters.data;
    size_t after = end;

    if ((letters[i - 1].flags & letters[end].flags & LETTER_LINK) || is_in_title(p, i) ||
        is_behind_ordinal(p, i) || p->words)
        return true;
    while (after < p->letters.length && letters[after].flags & LETTER_LINK)
        after++;
    if (after == p->letters.length && !(letters[i].flags & LETTER_LINK))
        return true;
    if (!letter_in(letters[end].c, U"表图卷第章节附"))
        return false;
    end++;
    return letter_is_digit(letter_at(p, (ptrdiff_t)end)) ||
           (letter_at(p, (ptrdiff_t)end) == ' ' &&
               letter_is_digit(letter_at(p, (ptrdiff_t)end + 1)));
}

/* White space at i, the first of a row. */
static void white_space(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1), c = letter_at(p, (ptrdiff_t)i),
             next;
    size_t end = i + 1;
    bool odd = c != ' ' && c != '\t';

    for (; letter_is_space(letter_at(p, (ptrdiff_t)end)); end++)
        odd = odd || (letter_at(p, (ptrdiff_t)end) != ' ' &&
                         letter_at(p, (ptrdiff_t)end) != '\t');
    next = letter_at(p, (ptrdiff_t)end);
    if (i == 0 && odd && p->block->kind == NODE_PARAGRAPH) {
        check_tell(check, RULE_TYPED_INDENT, passage_span(p, 0, end), TEXT(""), NULL);
        passage_fix(check, RULE_TYPED_INDENT, p, 0, end, "");
        return;
    }
    /* ” and ’ behind Latin close an English quotation or open a wrong one. */
    if ((letter_is_point(next) || letter_is_closer(next)) && before != 0 &&
        before != LETTER_OBJECT &&
        (is_wide(before) || (next != 0x2019 && next != 0x201D))) {
        passage_tell(check, RULE_SPACE_BEFORE_MARK, p, i, end + 1);
        passage_fix(check, RULE_SPACE_BEFORE_MARK, p, i, end, "");
        return;
    }
    if (letter_is_point(before) && next != 0) {
        check_count(check, RULE_SPACE_BEHIND_MARK, passage_span(p, i, end));
        passage_fix(check, RULE_SPACE_BEHIND_MARK, p, i, end, "");
        return;
    }
    if (odd && c != 0x3000) {
        check_count(check, RULE_NO_BREAK_SPACE, passage_span(p, i, end));
        passage_fix(check, RULE_NO_BREAK_SPACE, p, i, end, " ");
        return;
    }
    if (letter_is_han(before) && letter_is_han(next) && p->block->kind == NODE_HEADING)
        passage_tell(check, RULE_TITLE_SPACE, p, i - 1, end + 1);
    else if (letter_is_han(before) && letter_is_han(next) && !is_meant(p, i, end))
        passage_tell(check, RULE_SPACE_IN_HAN, p, i - 1, end + 1);
    else if (end - i > 1 && next != 0) {
        check_count(check, RULE_SPACE_DOUBLED, passage_span(p, i, end));
        passage_fix(check, RULE_SPACE_DOUBLED, p, i, end, " ");
    }
}

/* Han that this file has nothing to say of: nearly all letters of an issue. */
static bool is_ordinary(uint32_t c)
{
    if (c < 0x4E00 || c > 0x9FFF)
        return false;
    switch (c) {
    case U'此':
    case U'锟':
    case U'烫':
    case U'屯':
    case U'鐨':
    case U'銆':
    case U'锛':
        return false;
    default:
        return true;
    }
}

void check_characters(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (is_ordinary(c))
            continue;
        if (letter_is_space(c)) {
            if (i == 0 || !letter_is_space(p->letters.data[i - 1].c))
                white_space(check, p, i);
            continue;
        }
        if (c == '&')
            find_words(check, RULE_ENTITY_LEFT, p, i, entities,
                sizeof entities / sizeof entities[0]);
        else if (c == U'【' || c == U'此' || c == 'L' || c == U'×')
            find_words(check, RULE_PLACEHOLDER, p, i, placeholders,
                sizeof placeholders / sizeof placeholders[0]);
        else if (c == U'锟' || c == U'烫' || c == U'屯' || c == U'鐨' || c == U'銆' ||
                 c == U'锛' || (c >= 0xC2 && c <= 0xEF) || (c >= 0x400 && c < 0x460))
            find_words(check, RULE_MOJIBAKE, p, i, mojibake,
                sizeof mojibake / sizeof mojibake[0]);
        if (c == 0xAD || c >= 0x180E)
            odd_character(check, p, i);
    }
}

/* Is a byte of the file inside a code block? Blocks come in document order. */
static const struct node *code_behind(
    const struct node *n, const struct node *root, uint32_t at)
{
    while (n != NULL &&
           (n->kind != NODE_CODE_BLOCK || n->span.offset + n->span.length <= at))
        n = node_next(n, root);
    return n;
}

/* Spaces at the ends of lines. Two or more before another line of text are a line break
 * in Markdown and stay. */
void check_lines(struct check *check)
{
    const struct node *root = check->document->root, *code = root;
    uint32_t file = check->document->file;
    struct text bytes = files_get(check->files, file)->bytes;

    for (size_t start = root->span.offset; start < bytes.length;) {
        const char *newline = memchr(bytes.data + start, '\n', bytes.length - start);
        size_t next = newline == NULL ? bytes.length : (size_t)(newline - bytes.data);
        size_t end = next, text;

        while (end > start && bytes.data[end - 1] == '\r')
            end--;
        text = end;
        while (
            text > start && (bytes.data[text - 1] == ' ' || bytes.data[text - 1] == '\t'))
            text--;
        code = code_behind(code, root, (uint32_t)start);
        if (text < end && !(code != NULL && code->span.offset <= text) &&
            (end - text == 1 || next + 1 >= bytes.length ||
                strchr("\r\n", bytes.data[next + 1]) != NULL)) {
            struct span span = {file, (uint32_t)text, (uint32_t)(end - text)};

            check_count(check, RULE_SPACE_TRAILING, span);
            check_fix(check, RULE_SPACE_TRAILING, span, TEXT(""));
        }
        start = next + 1;
    }
}
