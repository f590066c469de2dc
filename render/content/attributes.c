/* attributes: reading braces, by one table of keys.
 *
 * First the form is checked without telling anything: braces of another form (`{待填}`,
 * `{page}`, code) are text. Only then are names and values looked at.
 */
#include "content/attributes.h"

#include <string.h>

#include "base/i18n.h"
#include "content/chars.h"
#include "content/inline.h"

#define EVEN_LIMIT    100 /* em; wider than any measure */
#define COLUMNS_LIMIT 2   /* more are too narrow for Han text on any paper */

const char *const language_names[LANGUAGE_COUNT] = {"zh-Hans", "zh-Hant", "ja", "en"};
static const char *const class_names[] = {"name", "book", "dots"};
static const char *const key_names[] = {"lang", "width", "even", "columns"};

/* One word in the braces. */
struct word {
    char kind;         /* # . or = */
    struct text name;  /* of the id, the class or the key */
    struct text value; /* of a key */
    size_t at;         /* offset of the word in the text */
    size_t end;        /* offset behind it */
};

struct span_text {
    struct reader *reader;
    const struct inline_text *text; /* that holds the braces */
    struct attributes *attributes;  /* being filled */
    VEC(struct text) classes;       /* being filled */
};

static bool is_name_byte(char c)
{
    return (unsigned char)c >= 0x80 || char_is_word((unsigned char)c) ||
           (c != '\0' && strchr("-_:.+", c) != NULL);
}

static size_t name_end(struct text t, size_t at)
{
    while (at < t.length && is_name_byte(t.data[at]))
        at++;
    return at;
}

/* The value behind `=`: in quotes, or up to a space or the closing brace. */
static size_t value_end(struct text t, size_t at, struct text *ret_value)
{
    char quote = at < t.length ? t.data[at] : '\0';
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(t.data + at + 1, quote, t.length - at - 1);
        if (end == NULL)
            return 0;
        *ret_value = text_slice(t, at + 1, (size_t)(end - t.data));
        return (size_t)(end - t.data) + 1;
    }
    size_t end = at;
    while (end < t.length && strchr(" \n}{", t.data[end]) == NULL)
        end++;
    *ret_value = text_slice(t, at, end);
    return end;
}

/* Read one word at `at`. False when it has no known form. */
static bool read_word(struct text t, size_t at, struct word *ret_word)
{
    struct word word = {.kind = t.data[at], .at = at};
    bool key = word.kind != '#' && word.kind != '.';
    size_t start = key ? at : at + 1;
    size_t end = name_end(t, start);
    word.name = text_slice(t, start, end);
    if (word.name.length == 0)
        return false;
    if (key) {
        word.kind = '=';
        if (end >= t.length || t.data[end] != '=')
            return false;
        end = value_end(t, end + 1, &word.value);
    }
    word.end = end;
    *ret_word = word;
    return end != 0;
}

static void tell_value(
    const struct span_text *s, const struct word *word, const char *must)
{
    struct span span = inline_text_span(s->reader, s->text, word->at, word->end);
    diag_add(s->reader->sink, DIAG_ATTRIBUTE_VALUE, span, NULL,
        text_copy(s->reader->arena, word->name).data, must);
}

static void tell_unknown(const struct span_text *s, const struct word *word,
    const char *const names[], size_t count)
{
    struct span span = inline_text_span(s->reader, s->text, word->at, word->end);
    const char *nearest = nearest_name(word->name, names, count);
    char *hint = nearest == NULL
                     ? NULL
                     : arena_print(s->reader->arena, _("did you mean ‘%s’?"), nearest);
    diag_add(s->reader->sink, DIAG_ATTRIBUTE, span, hint,
        text_copy(s->reader->arena, word->name).data);
}

bool language_check(struct diagnostics *sink, struct text name, struct span span)
{
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (text_is(name, language_names[i]))
            return true;
    }
    const char *nearest = nearest_name(name, language_names, LANGUAGE_COUNT);
    struct str hint;
    struct str shown;
    str_init(&hint);
    str_init(&shown);
    str_append_escaped(&shown, name);
    if (nearest != NULL)
        str_printf(&hint, _("did you mean ‘%s’?"), nearest);
    else
        str_append_string(&hint, "zh-Hans, zh-Hant, ja, en");
    diag_add(
        sink, DIAG_UNKNOWN_LANGUAGE, span, hint.data, shown.length > 0 ? shown.data : "");
    str_done(&hint);
    str_done(&shown);
    return false;
}

static void take_key(struct span_text *s, const struct word *word)
{
    struct attributes *attributes = s->attributes;
    long number = 0;
    if (text_is(word->name, "lang")) {
        struct span span = inline_text_span(s->reader, s->text, word->at, word->end);
        if (language_check(s->reader->sink, word->value, span))
            attributes->language = word->value;
    } else if (text_is(word->name, "width")) {
        if (word->value.length > 0)
            attributes->width = word->value;
        else
            tell_value(s, word, _("a length or a percentage"));
    } else if (text_is(word->name, "even")) {
        if (text_to_long(word->value, &number) && number >= 1 && number <= EVEN_LIMIT)
            attributes->even = (uint32_t)number;
        else
            tell_value(s, word, _("a number of characters from 1 to 100"));
    } else if (text_is(word->name, "columns")) {
        if (text_to_long(word->value, &number) && number >= 1 && number <= COLUMNS_LIMIT)
            attributes->columns = (uint32_t)number;
        else
            tell_value(s, word, _("1 or 2"));
    } else {
        tell_unknown(s, word, key_names, sizeof key_names / sizeof key_names[0]);
    }
}

static void take_class(struct span_text *s, const struct word *word)
{
    vec_push(&s->classes, word->name);
    for (size_t i = 0; i < sizeof class_names / sizeof class_names[0]; i++) {
        if (text_is(word->name, class_names[i]))
            return;
    }
    tell_unknown(s, word, class_names, sizeof class_names / sizeof class_names[0]);
}

static void take_word(struct span_text *s, const struct word *word)
{
    if (word->kind == '#')
        s->attributes->id = word->name;
    else if (word->kind == '.')
        take_class(s, word);
    else
        take_key(s, word);
}

static size_t skip_space(struct text t, size_t at)
{
    while (at < t.length && (t.data[at] == ' ' || t.data[at] == '\n'))
        at++;
    return at;
}

/* Go through the words; s NULL: only look at the form. Returns the length with
 * braces or 0. */
static size_t read_words(struct text t, size_t at, struct span_text *s)
{
    size_t start = at;
    at = skip_space(t, at + 1);
    size_t words = 0;
    while (at < t.length && t.data[at] != '}') {
        struct word word;
        if (!read_word(t, at, &word))
            return 0;
        if (s != NULL)
            take_word(s, &word);
        at = skip_space(t, word.end);
        words++;
    }
    return at < t.length && words > 0 ? at + 1 - start : 0;
}

size_t attributes_length(struct text t, size_t at)
{
    return at < t.length && t.data[at] == '{' ? read_words(t, at, NULL) : 0;
}

size_t attributes_read(struct reader *reader, const struct inline_text *text, size_t at,
    struct attributes **ret_attributes)
{
    size_t length = attributes_length(text->bytes, at);
    if (length == 0)
        return 0;
    struct span_text s = {.reader = reader, .text = text};
    s.attributes = ARENA_NEW(reader->arena, struct attributes);
    s.attributes->span = inline_text_span(reader, text, at, at + length);
    (void)read_words(text->bytes, at, &s);
    s.attributes->class_count = (uint32_t)s.classes.length;
    s.attributes->classes = ARENA_ARRAY(reader->arena, s.classes.length, struct text);
    for (size_t i = 0; i < s.classes.length; i++)
        s.attributes->classes[i] = s.classes.data[i];
    vec_done(&s.classes);
    *ret_attributes = s.attributes;
    return length;
}
