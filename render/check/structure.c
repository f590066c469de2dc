/* structure: sections, items, numbering, dates of items, paragraphs. */
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "check/outline.h"
#include "check/passage.h"

#define PARAGRAPH_LEAST 20 /* letters of a paragraph that cannot stand twice by chance */
#define SENTENCES_LEAST 40 /* letters from which a paragraph must end with a mark */
#define DAYS_BEFORE     45 /* an item older than its issue by more days is outside */
#define NUMERAL_MOST    99
#define HASH_PRIME      UINT64_C(0x9E3779B97F4A7C15) /* 2^64 over the golden ratio */

static void tell_node(
    struct check *check, enum diag_id rule, const struct node *node, struct text detail)
{
    check_tell(check, rule, node->span, detail, NULL);
}

/* ---- numbers typed before titles and paragraphs */

enum ordinal_style {
    ORDINAL_NONE,
    ORDINAL_DOUBTFUL, /* 1、2: a number in a list, or 1、3D */
    ORDINAL_COMMA,    /* 1、 */
    ORDINAL_POINT,    /* 1. */
    ORDINAL_HAN,      /* 一、 */
    ORDINAL_BRACKET,  /* （一） */
    ORDINAL_NUMBER,   /* （1） */
    ORDINAL_DEEP,     /* 2.1 */
    ORDINAL_STYLES
};

static int han_digit(uint32_t c)
{
    const char32_t *digits = U"一二三四五六七八九";

    for (int i = 0; digits[i] != 0; i++) {
        if (digits[i] == c)
            return i + 1;
    }
    return 0;
}

/* 一 to 九十九 at letter i; 0 when there is none. */
static int han_number(const struct passage *p, size_t i, size_t *ret_end)
{
    int tens = han_digit(letter_at(p, (ptrdiff_t)i)), value = tens;

    i += tens > 0;
    if (letter_at(p, (ptrdiff_t)i) == U'十') {
        value = (tens > 0 ? tens : 1) * 10;
        i++;
        tens = han_digit(letter_at(p, (ptrdiff_t)i));
        value += tens;
        i += tens > 0;
    }
    *ret_end = i;
    return value;
}

static int arabic_number(const struct passage *p, size_t i, size_t *ret_end)
{
    int value = 0;

    for (*ret_end = i;
         letter_is_digit(letter_at(p, (ptrdiff_t)*ret_end)) && value <= NUMERAL_MOST;
         (*ret_end)++)
        value = value * 10 + (int)(letter_at(p, (ptrdiff_t)*ret_end) - '0');
    return value <= NUMERAL_MOST ? value : 0;
}

/* The ordinal a block begins with, and how many letters it takes. */
static enum ordinal_style read_ordinal(
    const struct passage *p, int *ret_value, size_t *ret_end)
{
    size_t end;
    bool bracket = letter_in(letter_at(p, 0), U"（(");
    int value = arabic_number(p, bracket, &end);
    uint32_t c = letter_at(p, (ptrdiff_t)end), next;

    *ret_value = value;
    if (value > 0 && bracket)
        return *ret_end = end + 1, letter_in(c, U"）)") ? ORDINAL_NUMBER : ORDINAL_NONE;
    if (value > 0) {
        next = letter_at(p, (ptrdiff_t)end + 1);
        *ret_end = end + 1;
        if (c == U'、')
            return letter_is_digit(next) ? ORDINAL_DOUBTFUL : ORDINAL_COMMA;
        if (c == U'．' || (c == '.' && (letter_is_han(next) || letter_is_space(next))))
            return ORDINAL_POINT;
        if (c != '.' || arabic_number(p, end + 1, ret_end) == 0)
            return ORDINAL_NONE;
        return letter_is_space(letter_at(p, (ptrdiff_t)*ret_end)) ? ORDINAL_DEEP
                                                                  : ORDINAL_NONE;
    }
    *ret_value = han_number(p, bracket, &end);
    c = letter_at(p, (ptrdiff_t)end);
    *ret_end = end + 1;
    if (*ret_value == 0)
        return ORDINAL_NONE;
    if (bracket)
        return letter_in(c, U"）)") ? ORDINAL_BRACKET : ORDINAL_NONE;
    return c == U'、' && !han_digit(letter_at(p, (ptrdiff_t)end + 1)) ? ORDINAL_HAN
                                                                      : ORDINAL_NONE;
}

/* Numbers typed in titles, and gaps in whatever is numbered by hand. Ordinals of
 * paragraphs start again below each heading, those of titles below each higher one. */
struct numbering {
    int titles[8][ORDINAL_STYLES]; /* the last number by level */
    int paragraphs[ORDINAL_STYLES];
};

static void check_ordinal(
    struct check *check, struct numbering *numbering, const struct passage *p)
{
    bool title = p->block->kind == NODE_HEADING;
    int level = title ? p->block->u.heading.level : 0, value = 0;
    size_t end = 0;
    enum ordinal_style style = read_ordinal(p, &value, &end);
    bool doubtful = style == ORDINAL_DOUBTFUL;
    int *last;

    if (doubtful)
        style = ORDINAL_COMMA;
    last = title ? &numbering->titles[level][style] : &numbering->paragraphs[style];
    if (title) {
        memset(numbering->paragraphs, 0, sizeof numbering->paragraphs);
        for (int deeper = level + 1; deeper < 8; deeper++)
            memset(numbering->titles[deeper], 0, sizeof numbering->titles[deeper]);
    }
    if (style == ORDINAL_NONE || (doubtful && value != *last + 1))
        return;
    if (title)
        passage_tell(check, RULE_TYPED_NUMBER, p, 0, end);
    if (style == ORDINAL_DEEP)
        return;
    if (*last > 0 && value != *last + 1 && (value != 1 || *last == 1))
        passage_tell(check, RULE_NUMBERING, p, 0, end);
    *last = value;
}

/* ---- paragraphs */

/* A sentence may end in the code below it. */
static bool goes_on(const struct node *block)
{
    return block->next != NULL && block->next->kind == NODE_CODE_BLOCK;
}

/* A paragraph of sentences ends with a mark; a short one may be a line of its own kind,
 * and one that ends with a link a list of links. */
static void check_paragraph_end(struct check *check, const struct passage *p)
{
    const struct node *tail = p->block->last_child;
    size_t n = p->letters.length, point = 0;
    uint32_t last = letter_at(p, (ptrdiff_t)n - 1);

    if (n < SENTENCES_LEAST || p->item == NULL || p->quoted || goes_on(p->block) ||
        p->block->parent->kind == NODE_LIST_ITEM ||
        (tail != NULL && tail->kind == NODE_LINK) ||
        !(letter_is_han(last) || last == U'，' || last == U'、'))
        return;
    while (point < n && !letter_in(p->letters.data[point].c, U"。！？，"))
        point++;
    if (point < n)
        passage_tell(check, RULE_PARAGRAPH_STOP, p, n - 6, n);
}

/* Letters and addresses as a number: the same words for other addresses are no
 * repetition. Of 64 bits, so that two paragraphs have one by chance never. */
static uint64_t hash_of(const struct passage *p)
{
    uint64_t hash = p->letters.length;

    for (size_t i = 0; i < p->letters.length; i++)
        hash = (hash ^ p->letters.data[i].c) * HASH_PRIME;
    for (const struct node *n = p->block; n != NULL; n = node_next(n, p->block)) {
        if (n->kind == NODE_LINK || n->kind == NODE_IMAGE)
            hash = hash_text(hash, n->u.link.url);
    }
    return hash;
}

static void check_repeated(struct check *check, struct map *seen, const struct passage *p)
{
    uint64_t hash;
    struct text key = {(const char *)&hash, sizeof hash};

    /* Whose words they are (—— 某某), and steps of lists, may come again. */
    if (p->letters.length < PARAGRAPH_LEAST || p->block->parent->kind == NODE_LIST_ITEM ||
        letter_in(letter_at(p, 0), U"-–—"))
        return;
    hash = hash_of(p);
    if (map_lookup(seen, key) != NULL)
        passage_tell(check, RULE_REPEATED_PARAGRAPH, p, 0, p->letters.length);
    else
        map_set(seen, key, seen);
}

static void check_blocks(struct check *check)
{
    struct numbering numbering = {0};
    struct map seen;

    map_init(&seen);
    for (size_t i = 0; i < check->passage_count; i++) {
        const struct passage *p = &check->passages[i];
        enum node_kind kind = p->block->kind;

        if (p->letters.length == 0 && kind == NODE_HEADING)
            tell_node(check, RULE_EMPTY_TITLE, p->block, TEXT(""));
        if (p->letters.length == 0 || p->quoted ||
            (kind != NODE_HEADING && kind != NODE_PARAGRAPH))
            continue;
        check_ordinal(check, &numbering, p);
        if (kind == NODE_HEADING)
            continue;
        check_repeated(check, &seen, p);
        if (!check->western && !check->japanese)
            check_paragraph_end(check, p);
    }
    map_done(&seen);
}

/* ---- sections and items */

static bool has_content(const struct node *node)
{
    for (const struct node *n = node->first_child; n != NULL; n = n->next) {
        bool bare = n->kind == NODE_SOURCE_LINE || n->kind == NODE_RULE ||
                    n->kind == NODE_PAGE_BREAK;

        if (n != node->first_child && !bare)
            return true;
    }
    return false;
}

static void check_emptiness(struct check *check)
{
    const struct node *root = check->document->root;

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if ((n->kind != NODE_SECTION && n->kind != NODE_ITEM) || n->first_child == NULL)
            continue;
        if (n->kind == NODE_SECTION && n->first_child->next == NULL)
            tell_node(check, RULE_EMPTY_SECTION, n->first_child,
                outline_text(check, n->first_child));
        else if (n->kind == NODE_ITEM && !has_content(n))
            tell_node(check, RULE_EMPTY_ITEM, n->first_child,
                outline_text(check, n->first_child));
    }
}

static void check_levels(struct check *check)
{
    const struct node *root = check->document->root;
    int last = 0;
    bool outlined = false;

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind != NODE_HEADING || n->parent->kind == NODE_QUOTE ||
            n->parent->kind == NODE_LIST_ITEM)
            continue;
        outlined =
            outlined || n->parent->kind == NODE_SECTION || n->parent->kind == NODE_ITEM;
        if (outlined && last > 0 && n->u.heading.level > last + 1)
            tell_node(check, RULE_HEADING_SKIP, n, outline_text(check, n));
        last = n->u.heading.level;
    }
}

/* The last paragraph of an item breaks off. */
static void check_ends(struct check *check)
{
    for (size_t i = 0; i < check->passage_count; i++) {
        const struct passage *p = &check->passages[i];
        size_t n = p->letters.length;
        uint32_t last = letter_at(p, (ptrdiff_t)n - 1);

        if (p->block->kind != NODE_PARAGRAPH || p->item == NULL ||
            p->block != p->item->last_child || n <= 6)
            continue;
        if (last == U'…' || (last == '.' && letter_at(p, (ptrdiff_t)n - 2) == '.'))
            passage_tell(check, RULE_CUT_OFF, p, n - 6, n);
    }
}

/* ---- dates */

static int64_t day_number(int year, int month, int day)
{
    /* Days of the civil calendar, counted from March (Howard Hinnant's days_from_civil).
     */
    int64_t y = month <= 2 ? year - 1 : year, m = (month + 9) % 12;

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

/* The date an item's text opens with: 5月31日, 2021年5月31日. */
static bool opening_date(const struct passage *p, struct date *ret_date, size_t *ret_end)
{
    struct date date = {0};
    int parts[3] = {0, 0, 0}, n = 0;
    size_t i = 0;

    for (size_t end; n < 3; n++) {
        while (letter_at(p, (ptrdiff_t)i) == ' ')
            i++;
        for (end = i; letter_is_digit(letter_at(p, (ptrdiff_t)end)) && end - i < 4; end++)
            parts[n] = parts[n] * 10 + (int)(letter_at(p, (ptrdiff_t)end) - '0');
        while (letter_at(p, (ptrdiff_t)end) == ' ')
            end++;
        if (end == i || !letter_in(letter_at(p, (ptrdiff_t)end), n == 0   ? U"年月"
                                                                 : n == 1 ? U"月日"
                                                                          : U"日"))
            return false;
        i = end + 1;
        if (letter_at(p, (ptrdiff_t)end) == U'日') {
            n++;
            break;
        }
    }
    date.year = n == 3 ? parts[0] : 0;
    date.month = parts[n - 2];
    date.day = parts[n - 1];
    *ret_end = i;
    if (n < 2 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    *ret_date = date;
    return true;
}

/* The distance in days from a date to a day, the year nearest to it where none is given.
 */
static int64_t days_after(const struct date *date, int64_t day, int year)
{
    int64_t best = 0;

    if (date->year != 0)
        return day_number(date->year, date->month, date->day) - day;
    for (int y = year - 1; y <= year + 1; y++) {
        int64_t distance = day_number(y, date->month, date->day) - day;

        if (y == year - 1 ||
            (distance < 0 ? -distance : distance) < (best < 0 ? -best : best))
            best = distance;
    }
    return best;
}

static bool is_outside(const struct head *head, const struct date *date)
{
    const struct date *from = &head->period_from, *to = &head->period_to,
                      *issue = &head->date;

    if (from->year != 0 && to->year != 0)
        return days_after(date,
                   day_number(from->year, from->month, from->day == 0 ? 1 : from->day),
                   from->year) < 0 ||
               days_after(date,
                   day_number(to->year, to->month, to->day == 0 ? 31 : to->day),
                   to->year) > 0;
    if (issue->year == 0)
        return false;
    if (issue->day == 0)
        return date->month != issue->month ||
               (date->year != 0 && date->year != issue->year);
    int64_t after =
        days_after(date, day_number(issue->year, issue->month, issue->day), issue->year);
    return after > 0 || after < -DAYS_BEFORE;
}

/* The first paragraph of each item, where it stands in the item itself. */
static void check_dates_of_items(struct check *check)
{
    const struct node *item = NULL;

    for (size_t i = 0; i < check->passage_count; i++) {
        const struct passage *p = &check->passages[i];
        struct date date;
        size_t end;

        if (p->block->kind != NODE_PARAGRAPH || p->item == item ||
            p->block->parent != p->item)
            continue;
        item = p->item;
        if (opening_date(p, &date, &end) && is_outside(&check->document->head, &date))
            passage_tell(check, RULE_OUTSIDE_PERIOD, p, 0, end);
    }
}

static bool is_before(const struct date *a, const struct date *b)
{
    int last = a->day == 0 ? 1 : a->day;

    return a->year != b->year     ? a->year < b->year
           : a->month != b->month ? a->month < b->month
                                  : b->day != 0 && last < b->day;
}

static void check_head(struct check *check)
{
    const struct head *head = &check->document->head;

    if (head->period_from.year != 0 && head->period_to.year != 0 &&
        is_before(&head->period_to, &head->period_from))
        check_tell(check, RULE_PERIOD_REVERSED, head->period_to.span, TEXT(""), NULL);
    for (uint32_t i = 0; i < head->contact_count; i++) {
        struct text email = head->contacts[i].email.value;
        size_t at = text_find(email, "@");
        struct text host = text_slice(email, at + 1, email.length);

        if (email.length > 0 &&
            (at == 0 || at == email.length || text_find(host, ".") == host.length ||
                text_find(host, "@") < host.length ||
                text_find(email, " ") < email.length || text_ends(host, ".")))
            check_tell(
                check, RULE_CONTACT_EMAIL, head->contacts[i].email.span, email, NULL);
    }
}

/* The month a title names: 2024年6月; 月报 is none. 0: none. */
static int month_of(struct text title)
{
    const size_t width = strlen("月");

    for (size_t start = 0; start < title.length;) {
        size_t at = start + text_find(text_slice(title, start, title.length), "月");
        int month = 0, scale = 1;

        for (size_t k = at; k > start && title.data[k - 1] >= '0' &&
                            title.data[k - 1] <= '9' && scale <= 10 && at < title.length;
             k--) {
            month += scale * (title.data[k - 1] - '0');
            scale *= 10;
        }
        if (month >= 1 && month <= 12)
            return month;
        start = at + width;
    }
    return 0;
}

static void check_title_month(struct check *check)
{
    const struct head *head = &check->document->head;
    int month = month_of(head->title.value);

    if (month == 0)
        month = month_of(head->subtitle.value);
    if (month == 0 || head->date.year == 0 || month == head->date.month)
        return;
    check_tell(check, RULE_TITLE_MONTH,
        head->title.span.file != SPAN_NO_FILE ? head->title.span : head->date.span,
        head->title.value, NULL);
}

void check_structure(struct check *check)
{
    check_head(check);
    check_title_month(check);
    check_emptiness(check);
    check_levels(check);
    check_blocks(check);
    check_ends(check);
    check_dates_of_items(check);
}
