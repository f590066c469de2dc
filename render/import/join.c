/* join: which spaces stay; see join.h. */
#include "import/join.h"

#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"

#define SPREAD_LEAST                                                                     \
    3 /* single Han between spaces: a line that was spread to the measure */

void joiner_init(struct joiner *joiner, bool spaced_brackets)
{
    *joiner = (struct joiner){.spaced_brackets = spaced_brackets};
    str_init(&joiner->out);
}

void joiner_done(struct joiner *joiner)
{
    str_done(&joiner->out);
    vec_done(&joiner->links);
}

static bool is_han(uint32_t c)
{
    return char_is_cjk(c) &&
           ((c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c < 0xFE10) ||
               (c >= 0xFF66 && c <= 0xFF9F) || c >= 0x20000);
}

static bool is_full_mark(uint32_t c)
{
    return char_is_cjk(c) && !is_han(c);
}

static bool is_letter(uint32_t c)
{
    return char_is_word(c) || (c >= 0xC0 && c < 0x2000);
}

/* Set with the gap of Latin letters beside Han. */
static bool is_unit(uint32_t c)
{
    return is_letter(c) || c == '%' || c == 0x2030 || c == '$' || c == 0xA3 ||
           c == 0x20AC || c == 0xB0 || (c >= 0x2100 && c < 0x2200);
}

/* Does a space between a and b say anything? */
static bool keeps_space(uint32_t a, uint32_t b)
{
    if (a == 0 || is_full_mark(a) || is_full_mark(b))
        return false;
    if (is_han(a) && is_han(b))
        return true;
    if ((is_han(a) && is_unit(b)) || (is_han(b) && is_unit(a)))
        return false;
    if ((is_han(a) && char_is_shared_mark(b)) || (is_han(b) && char_is_shared_mark(a)))
        return false;
    return true;
}

/* Is the end of t inside an address or a path, which are broken without a hyphen? */
static bool ends_in_address(struct text t)
{
    size_t start = t.length;

    while (start > 0 && (unsigned char)t.data[start - 1] > ' ' &&
           (unsigned char)t.data[start - 1] < 0x7F)
        start--;
    struct text word = text_slice(t, start, t.length);
    return text_find(word, "://") < word.length ||
           text_find(word, "www.") < word.length ||
           text_find(word, "/") + 1 == word.length;
}

/* Were two words parted where a line ended between a and b? */
static bool parts_words(const struct joiner *joiner, uint32_t b)
{
    uint32_t a = joiner->before;

    if (char_is_shared_mark(a) &&
        (is_han(joiner->context) || is_full_mark(joiner->context)))
        return false;
    if (is_han(a) && b == '(')
        return joiner->spaced_brackets;
    if (a == ')' && is_han(b))
        return joiner->spaced_brackets;
    if (is_han(a) || is_han(b) || is_full_mark(a) || is_full_mark(b) || a == '-' ||
        a == '(' || a == '[' || a == 0x2014 || a == '+' || b == '+')
        return false;
    if (b < 0x80 && char_is_ascii_mark(b) && strchr("([\"'$&#@<{~`*_", (int)b) == NULL)
        return false;
    return joiner->left_link || !ends_in_address(str_text(&joiner->out));
}

static void add_char(struct joiner *joiner, uint32_t c)
{
    bool space = joiner->space && keeps_space(joiner->before, c);

    if (joiner->ended && joiner->before != 0)
        space = joiner->typed ? keeps_space(joiner->before, c) : parts_words(joiner, c);
    if (space)
        str_append_char(&joiner->out, ' ');
    str_append_codepoint(&joiner->out, c);
    joiner->before = c;
    if (!char_is_shared_mark(c))
        joiner->context = c;
    joiner->space = joiner->ended = joiner->typed = false;
}

/* A link that goes on behind a line's end is one. */
static void add_link(
    struct joiner *joiner, uint32_t start, uint32_t end, const struct import_link *link)
{
    struct import_link *last = joiner->links.length > 0 ? vec_last(&joiner->links) : NULL;

    if (last != NULL && last->end + 1 >= start && !link->ruby &&
        text_equal(last->url, link->url))
        last->end = end;
    else
        vec_push(&joiner->links, (struct import_link){start, end, link->url, link->ruby});
}

/* Is the line spread, so that single Han stand between spaces that nobody typed? */
static bool is_spread(struct text t)
{
    uint32_t before[3] = {0};
    int singles = 0;

    for (size_t i = 0; i < t.length;) {
        uint32_t c = utf8_next(t.data, t.length, &i);

        singles += c == ' ' && is_han(before[0]) && before[1] == ' ' && is_han(before[2]);
        before[2] = before[1];
        before[1] = before[0];
        before[0] = c;
    }
    return singles >= SPREAD_LEAST;
}

/* Does a link end before the next character, which stands in `link` or in none? */
static bool leaves_link(const struct joiner *joiner, const struct import_link *link)
{
    const struct import_link *last =
        joiner->links.length > 0 ? vec_last(&joiner->links) : NULL;

    return last != NULL && last->end == joiner->out.length &&
           (link == NULL || !text_equal(link->url, last->url));
}

void joiner_add(struct joiner *joiner, const struct import_line *line, size_t from)
{
    uint32_t link = 0, start = 0;
    bool spread = is_spread(line->text);
    bool inside = false;

    for (size_t i = from; i < line->text.length;) {
        while (link < line->link_count && line->links[link].end <= i)
            link++;
        bool linked = link < line->link_count && line->links[link].start <= i;
        uint32_t c = utf8_next(line->text.data, line->text.length, &i);

        if (c == ' ') {
            joiner->space = true;
            continue;
        }
        if (spread && is_han(joiner->before) && is_han(c))
            joiner->space = false;
        joiner->left_link = leaves_link(joiner, linked ? &line->links[link] : NULL);
        add_char(joiner, c);
        uint32_t end = (uint32_t)joiner->out.length;
        char bytes[4];

        if (linked && !inside)
            start = end - (uint32_t)utf8_encode(c, bytes);
        inside = linked;
        if (linked && i >= line->links[link].end) {
            add_link(joiner, start, end, &line->links[link]);
            inside = false;
        }
    }
}

void joiner_end_line(struct joiner *joiner, bool typed)
{
    joiner->ended = true;
    joiner->typed = typed;
}
