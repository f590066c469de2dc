/* titles: titles of items against each other, against highlights and against their text.
 */
#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "check/outline.h"
#include "check/passage.h"

#define FORM_ITEMS   5    /* items of a section from which their titles have a form */
#define ALL_LEAST    4    /* highlights from which “all of them” says something */
#define FORM_LETTERS 10   /* letters of a title within which its ‘：’ stands */
#define WORDS_MOST   8    /* Latin words of a title that are looked for */
#define TITLES_MOST  2000 /* titles and highlights of an issue that are compared */
#define NAME_LETTERS 3    /* of a Latin name */
#define SIMILAR                                                                          \
    60 /* percent of a title that is equal at its two ends: the same item
                           */

static void check_duplicates(struct check *check, const struct outline *outline)
{
    struct map seen;

    map_init(&seen);
    for (size_t i = 0; i < outline->items.length; i++) {
        const struct outline_item *item = &outline->items.data[i];

        if (item->title.length == 0)
            continue;
        if (map_lookup(&seen, item->title) != NULL)
            check_tell(
                check, RULE_DUPLICATE_TITLE, item->heading->span, item->title, NULL);
        map_set(&seen, item->title, &seen);
    }
    map_done(&seen);
}

/* ---- highlights */

/* Bytes that a and b share at their start and, beyond it, at their end. */
static size_t shared_bytes(struct text a, struct text b)
{
    size_t least = a.length < b.length ? a.length : b.length, start = 0, end = 0;

    while (start < least && a.data[start] == b.data[start])
        start++;
    while (
        end < least - start && a.data[a.length - 1 - end] == b.data[b.length - 1 - end])
        end++;
    return start + end;
}

/* A title without white space, quotes and brackets. */
static struct text words_of(struct check *check, struct text title)
{
    struct str words;
    struct text copy;

    str_init(&words);
    for (size_t at = 0; at < title.length;) {
        uint32_t c = utf8_next(title.data, title.length, &at);

        if (!letter_is_space(c) && !letter_is_opener(c) && !letter_is_closer(c))
            str_append_codepoint(&words, c);
    }
    copy = text_copy(&check->arena, str_text(&words));
    str_done(&words);
    return copy;
}

/* The title that a highlight must have meant: nearly equal, and none is equal. */
static const struct text *similar_title(
    struct check *check, struct text highlight, const struct text *titles, size_t count)
{
    struct text said = words_of(check, highlight);
    const struct text *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < count; i++) {
        struct text words = words_of(check, titles[i]);
        size_t shared = shared_bytes(said, words);
        size_t longer = said.length > words.length ? said.length : words.length;

        /* spaces beside Latin words are the composer's */
        if (text_equal_unspaced(highlight, titles[i]))
            return NULL;
        if (shared * 100 >= longer * SIMILAR && shared > most) {
            most = shared;
            best = &titles[i];
        }
    }
    return best;
}

static void check_highlight(struct check *check, struct text highlight, struct span span,
    const struct text *titles, size_t count)
{
    const struct text *meant = similar_title(check, highlight, titles, count);

    if (meant != NULL)
        check_tell(check, RULE_HIGHLIGHT_DIFFERS, span, highlight,
            arena_print(&check->arena, _("the title is ‘%s’"),
                text_copy(&check->arena, *meant).data));
}

static void check_highlight_list(
    struct check *check, const struct text *titles, size_t count)
{
    const struct head *head = &check->document->head;

    for (uint32_t i = 0; i < head->highlight_count && i < TITLES_MOST; i++) {
        const struct head_text *highlight = &head->highlight_list[i];

        check_highlight(check, highlight->value, highlight->span, titles, count);
        for (uint32_t k = 0; k < i; k++) {
            if (text_equal(head->highlight_list[k].value, highlight->value))
                check_tell(
                    check, RULE_HIGHLIGHT_TWICE, highlight->span, highlight->value, NULL);
        }
    }
}

static bool announces_highlights(struct text line)
{
    static const char *const words[] = {
        "要目", "要点", "要點", "热点速览", "目录", "目錄", "要闻", "重点关注"};

    if (line.length > 40)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_find(line, words[i]) < line.length)
            return true;
    }
    return false;
}

/* A list that is typed behind 本期要目 and the like. */
static void check_typed_list(
    struct check *check, const struct node *list, const struct text *titles, size_t count)
{
    size_t entries = 0;

    for (const struct node *entry = list->first_child;
         entry != NULL && entries < TITLES_MOST; entry = entry->next, entries++)
        check_highlight(check, outline_text(check, entry),
            entry->first_child != NULL ? entry->first_child->span : entry->span, titles,
            count);
}

static void check_typed_highlights(
    struct check *check, const struct text *titles, size_t count)
{
    const struct node *root = check->document->root;

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        bool announces = (n->kind == NODE_PARAGRAPH || n->kind == NODE_HEADING) &&
                         n->next != NULL && n->next->kind == NODE_LIST;

        if (announces && announces_highlights(outline_text(check, n)))
            check_typed_list(check, n->next, titles, count);
    }
}

static void check_highlights(struct check *check, const struct outline *outline)
{
    const struct node *root = check->document->root;
    VEC(struct text) titles = {0};
    size_t highlighted = 0;

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_HEADING && titles.length < TITLES_MOST)
            vec_push(&titles, outline_text(check, n));
    }
    check_highlight_list(check, titles.data, titles.length);
    check_typed_highlights(check, titles.data, titles.length);
    for (size_t i = 0; i < outline->items.length; i++)
        highlighted += outline->items.data[i].heading->u.heading.highlighted;
    if (highlighted >= ALL_LEAST && highlighted == outline->items.length)
        check_tell(check, RULE_HIGHLIGHT_ALL, outline->items.data[0].heading->span,
            TEXT(""), NULL);
    vec_done(&titles);
}

/* ---- form: place or body, then ： */

static bool has_form(struct text title)
{
    size_t colon = text_find(title, "：");

    return colon < title.length &&
           utf8_count(text_slice(title, 0, colon)) <= FORM_LETTERS;
}

static void check_forms(struct check *check, const struct outline *outline)
{
    for (size_t i = 0; i < outline->items.length;) {
        const struct node *section = outline->items.data[i].section;
        size_t end = i, formed = 0;

        for (; end < outline->items.length && outline->items.data[end].section == section;
             end++)
            formed += has_form(outline->items.data[end].title);
        if (end - i >= FORM_ITEMS && formed < end - i && formed * 5 >= (end - i) * 4) {
            for (size_t k = i; k < end; k++) {
                if (!has_form(outline->items.data[k].title))
                    check_tell(check, RULE_TITLE_FORM,
                        outline->items.data[k].heading->span,
                        outline->items.data[k].title, NULL);
            }
        }
        i = end;
    }
}

/* ---- names of the title, in the text and in the address */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next Latin word from *at on, at least NAME_LETTERS long. */
static bool next_word(struct text t, size_t *at, struct text *ret_word)
{
    while (*at < t.length) {
        size_t start = *at;

        while (*at < t.length && is_letter(t.data[*at]))
            (*at)++;
        if (*at - start >= NAME_LETTERS) {
            *ret_word = text_slice(t, start, *at);
            return true;
        }
        if (*at == start)
            (*at)++;
    }
    return false;
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool contains(struct text t, struct text word)
{
    for (size_t i = 0; i + word.length <= t.length; i++) {
        size_t same = 0;

        while (same < word.length && folded(t.data[i + same]) == folded(word.data[same]))
            same++;
        if (same == word.length)
            return true;
    }
    return false;
}

/* How many words a title has; how many of them stand in t. */
static size_t shared_words(struct text title, struct text t, size_t *ret_words)
{
    struct text word;
    size_t at = 0, shared = 0, words = 0;

    while (words < WORDS_MOST && next_word(title, &at, &word)) {
        words++;
        shared += contains(t, word);
    }
    *ret_words = words;
    return shared;
}

static struct text first_source(const struct node *item)
{
    for (const struct node *n = item; n != NULL; n = node_next(n, item)) {
        if (n->kind == NODE_LINK && n->parent->kind == NODE_SOURCE_LINE)
            return n->u.link.url;
    }
    return TEXT("");
}

/* Does an address end in words (a-slug-of-words)? */
static bool has_slug(struct text url)
{
    size_t hyphens = 0;

    for (size_t i = text_find(url, "//") + 2; i < url.length; i++)
        hyphens += url.data[i] == '-' && i + 1 < url.length && is_letter(url.data[i + 1]);
    return hyphens >= 3;
}

static void check_name_hints(struct check *check, const struct outline_item *item)
{
    struct text url = first_source(item->node);
    struct str body;
    size_t words;

    str_init(&body);
    outline_body(item->node, &body);
    if (body.length > 0 && shared_words(item->title, str_text(&body), &words) == 0 &&
        words > 0)
        check_tell(check, RULE_TITLE_NOT_IN_TEXT, item->heading->span, item->title, NULL);
    if (has_slug(url) && shared_words(item->title, url, &words) == 0 && words > 0)
        check_tell(check, RULE_SLUG_NAMES, item->heading->span, item->title, NULL);
    str_done(&body);
}

void check_titles(struct check *check)
{
    struct outline outline;

    outline_read(check, &outline);
    check_duplicates(check, &outline);
    check_highlights(check, &outline);
    if (!check->western && !check->japanese)
        check_forms(check, &outline);
    for (size_t i = 0; i < outline.items.length && !check->western; i++)
        check_name_hints(check, &outline.items.data[i]);
    outline_done(&outline);
}
