/* names: a name written two ways within one item.
 *
 * Names of bodies: every row of Han that ends in 医院, 公司, 局 … is compared with the others
 * of the item from its end backwards. Two that agree but for one or two Han in the middle
 * (城阳区人民医院, 城阳人民医院) are one name written two ways. Where a name begins nobody can know
 * without a dictionary; so the agreement on both sides must be long enough.
 *
 * Latin names: words that stand alone among Han and differ in capitals only (GitHub,
 * Github). */
#include "base/i18n.h"
#include "check/passage.h"

#define NAME_MOST     18 /* Han of a name that are looked at */
#define NAMES_MOST    64 /* names of an item that are compared; more is a list of names */
#define INSERTED_MOST 2  /* Han that one of the two has more */

struct name {
    char32_t letters[NAME_MOST]; /* from its end backwards */
    size_t length;
    struct span span;
};

struct names {
    struct name list[NAMES_MOST];
    size_t count;
};

static const char32_t *const suffixes[] = {U"委员会", U"公司", U"医院", U"大学", U"学院",
    U"研究所", U"研究院", U"中心", U"银行", U"集团", U"协会", U"学会", U"基金会",
    U"实验室", U"管理局", U"局", U"署"};

/* Letters of a suffix that ends before letter i; 0 when there is none. */
static size_t suffix_before(const struct passage *p, size_t i)
{
    for (size_t k = 0; k < sizeof suffixes / sizeof suffixes[0]; k++) {
        size_t n = 0;

        while (suffixes[k][n] != 0)
            n++;
        if (i >= n && passage_match(p, i - n, suffixes[k]))
            return n;
    }
    return 0;
}

/* Is c the last letter of a suffix? Asked of every letter. */
static bool may_end_name(uint32_t c)
{
    switch (c) {
    case U'会':
    case U'司':
    case U'院':
    case U'学':
    case U'所':
    case U'心':
    case U'行':
    case U'团':
    case U'室':
    case U'局':
    case U'署':
        return true;
    default:
        return false;
    }
}

static void take_name(struct names *names, const struct passage *p, size_t end)
{
    struct name *name = &names->list[names->count];
    size_t first = end;

    while (first > 0 && end - first < NAME_MOST &&
           letter_is_han(letter_at(p, (ptrdiff_t)first - 1)))
        first--;
    if (names->count == NAMES_MOST || end - first < 5)
        return;
    name->length = end - first;
    for (size_t i = 0; i < name->length; i++)
        name->letters[i] = letter_at(p, (ptrdiff_t)(end - 1 - i));
    name->span = passage_span(p, first, end);
    names->count++;
}

/* Han whose presence makes another body: 第一, 中医院, 分公司, 东区 … */
static bool makes_another(const char32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (letter_in(letters[i], U"第一二三四五六七八九十中总分副新老东西南北前后上下大"
                                  U"小省市县和与及的子各"))
            return true;
    }
    return false;
}

static size_t agreement(const struct name *a, size_t i, const struct name *b, size_t k)
{
    size_t n = 0;

    while (
        i + n < a->length && k + n < b->length && a->letters[i + n] == b->letters[k + n])
        n++;
    return n;
}

/* Is `longer` `shorter` with one or two Han more in the middle? Where they agree is where
 * the name begins: ret_letters of the shorter are it, and so many more of the longer. */
static bool is_longer_form(const struct name *longer, const struct name *shorter,
    size_t *ret_letters, size_t *ret_more)
{
    size_t tail = agreement(longer, 0, shorter, 0);

    for (size_t more = 1; more <= INSERTED_MOST; more++) {
        size_t head = tail + more < longer->length
                          ? agreement(longer, tail + more, shorter, tail)
                          : 0;
        bool whole = tail + head == shorter->length;

        if (tail == shorter->length || makes_another(longer->letters + tail, more))
            return false;
        if ((tail >= 4 && (head >= 3 || (head >= 2 && whole))) ||
            (tail >= 1 && head >= 5)) {
            *ret_letters = tail + head;
            *ret_more = more;
            return true;
        }
    }
    return false;
}

/* The last `letters` of a name. */
static struct text shown_name(
    struct check *check, const struct name *name, size_t letters)
{
    struct str text;
    struct text copy;

    str_init(&text);
    for (size_t i = letters; i-- > 0;)
        str_append_codepoint(&text, name->letters[i]);
    copy = text_copy(&check->arena, str_text(&text));
    str_done(&text);
    return copy;
}

/* Tell the last `letters` of a name, which is written otherwise elsewhere. */
static void tell_name(
    struct check *check, const struct name *name, size_t letters, struct text elsewhere)
{
    struct text shown = shown_name(check, name, letters);
    struct span span = name->span;

    if (shown.length < span.length) {
        span.offset += span.length - (uint32_t)shown.length;
        span.length = (uint32_t)shown.length;
    }
    check_tell(check, RULE_NAME_TWO_WAYS, span, shown,
        arena_print(&check->arena, _("elsewhere ‘%s’"), elsewhere.data));
}

static void compare_names(struct check *check, const struct names *names)
{
    for (size_t i = 1; i < names->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct name *a = &names->list[i], *b = &names->list[k];

            size_t letters = 0, more = 0;
            bool longer = is_longer_form(a, b, &letters, &more);

            if (!longer && !is_longer_form(b, a, &letters, &more))
                continue;
            /* A preposition before both is no part of the name. */
            while (letters > 1 && letter_in(a->letters[letters + (longer ? more : 0) - 1],
                                      U"与和及由对向在从把被将据经"))
                letters--;
            tell_name(check, a, letters + (longer ? more : 0),
                shown_name(check, b, letters + (longer ? 0 : more)));
            break;
        }
    }
}

/* ---- capitals */

struct latin_name {
    struct text word;
    struct span span;
};

struct latin_names {
    VEC(struct latin_name) list;
};

static bool is_name_letter(uint32_t c)
{
    return letter_is_latin(c) || letter_is_digit(c);
}

/* The nearest letter beyond spaces: step -1 or 1. */
static uint32_t beyond(const struct passage *p, ptrdiff_t i, int step)
{
    while (letter_is_space(letter_at(p, i)))
        i += step;
    return letter_at(p, i);
}

static bool stands_alone(uint32_t c)
{
    return c == 0 || letter_is_han(c) || letter_is_wide_mark(c);
}

/* A word among Han: what stands in an English sentence begins with a capital by its
 * place. */
static void take_latin(struct check *check, struct latin_names *names,
    const struct passage *p, size_t first, size_t end)
{
    struct str text;

    if (end - first < 3 || !letter_is_latin(letter_at(p, (ptrdiff_t)first)) ||
        !stands_alone(beyond(p, (ptrdiff_t)first - 1, -1)) ||
        !stands_alone(beyond(p, (ptrdiff_t)end, 1)))
        return;
    str_init(&text);
    passage_text(p, first, end, &text);
    vec_push(&names->list, (struct latin_name){text_copy(&check->arena, str_text(&text)),
                               passage_span(p, first, end)});
    str_done(&text);
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool differs_in_case(struct text a, struct text b)
{
    if (a.length != b.length || text_equal(a, b))
        return false;
    for (size_t i = 0; i < a.length; i++) {
        if (folded(a.data[i]) != folded(b.data[i]))
            return false;
    }
    return true;
}

static void compare_latin(struct check *check, const struct latin_names *names)
{
    for (size_t i = 1; i < names->list.length && i < NAMES_MOST; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!differs_in_case(names->list.data[i].word, names->list.data[k].word))
                continue;
            check_tell(check, RULE_CASE_TWO_WAYS, names->list.data[i].span,
                names->list.data[i].word,
                arena_print(
                    &check->arena, _("elsewhere ‘%s’"), names->list.data[k].word.data));
            break;
        }
    }
}

static void read_names(struct check *check, const struct passage *p, struct names *names,
    struct latin_names *latin)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (may_end_name(c) && suffix_before(p, i + 1))
            take_name(names, p, i + 1);
        if (is_name_letter(c) && !is_name_letter(letter_at(p, (ptrdiff_t)i - 1))) {
            size_t end = i;

            while (is_name_letter(letter_at(p, (ptrdiff_t)end)))
                end++;
            take_latin(check, latin, p, i, end);
        }
    }
}

void check_names(struct check *check)
{
    struct latin_names latin = {0};
    struct names *names = memory_alloc(sizeof *names);
    const struct node *item = NULL;

    for (size_t i = 0; i <= check->passage_count && !check->western; i++) {
        const struct passage *p = i < check->passage_count ? &check->passages[i] : NULL;

        if (p == NULL || p->item != item) {
            compare_names(check, names);
            compare_latin(check, &latin);
            names->count = 0;
            vec_clear(&latin.list);
            item = p == NULL ? NULL : p->item;
        }
        if (item != NULL && p->block->kind != NODE_SOURCE_LINE)
            read_names(check, p, names, &latin);
    }
    vec_done(&latin.list);
    memory_free(names);
}
