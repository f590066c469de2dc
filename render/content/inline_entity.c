/* inline_entity: &name; &#8212; &#x2014; and backslash escapes.
 *
 * HTML has 2,125 names; cmark has them in a table that it does not show, so a name is
 * asked by letting cmark read it, once, and remembered.
 */
#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "content/inline.h"

#define ENTITY_NAME_LIMIT 32 /* bytes between & and ;; the longest name has 31 */

/* What cmark makes of "&name;", or "" when it knows no such name. */
static struct text ask(struct reader *reader, struct text entity)
{
    cmark_node *document =
        cmark_parse_document(entity.data, entity.length, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(document);
    cmark_node *first = paragraph != NULL ? cmark_node_first_child(paragraph) : NULL;
    const char *literal = first != NULL ? cmark_node_get_literal(first) : NULL;
    struct text said = text_of(literal);
    said = text_equal(said, entity) ? TEXT("") : text_copy(reader->arena, said);
    cmark_node_free(document);
    return said;
}

static struct text named(struct reader *reader, struct text entity)
{
    struct text *known = map_lookup(&reader->entities, entity);
    if (known == NULL) {
        known = ARENA_NEW(reader->arena, struct text);
        *known = ask(reader, entity);
        map_set(&reader->entities, text_copy(reader->arena, entity), known);
    }
    return *known;
}

/* A numeric reference as CommonMark 2.5 has it; "" when the digits are none. */
static struct text numeric(struct reader *reader, struct text digits)
{
    bool hex = digits.length > 0 && (digits.data[0] == 'x' || digits.data[0] == 'X');
    char *end = NULL;
    char buffer[ENTITY_NAME_LIMIT + 1];
    struct text number = text_slice(digits, hex ? 1 : 0, digits.length);
    if (number.length == 0 || number.length > (hex ? 6 : 7))
        return TEXT("");
    memcpy(buffer, number.data, number.length);
    buffer[number.length] = '\0';
    unsigned long value = strtoul(buffer, &end, hex ? 16 : 10);
    if (*end != '\0' || strchr("+- ", buffer[0]) != NULL)
        return TEXT("");
    char utf8[4];
    uint32_t c = value == 0 || value > 0x10FFFF || char_is_dropped((uint32_t)value)
                     ? 0xFFFD
                     : (uint32_t)value;
    size_t length = utf8_encode(c, utf8);
    if (length == 0)
        length = utf8_encode(0xFFFD, utf8);
    return text_copy(reader->arena, (struct text){utf8, length});
}

size_t inline_entity(struct reader *reader, struct text text, struct text *ret_said)
{
    size_t limit =
        text.length < ENTITY_NAME_LIMIT + 2 ? text.length : ENTITY_NAME_LIMIT + 2;
    if (limit < 3 || text.data[0] != '&')
        return 0;
    size_t end = text.data[1] == '#' ? 2 : 1;
    while (end < limit && char_is_word((unsigned char)text.data[end]))
        end++;
    if (end == limit || text.data[end] != ';')
        return 0;
    bool number = text.data[1] == '#';
    struct text said = number ? numeric(reader, text_slice(text, 2, end))
                              : named(reader, text_slice(text, 0, end + 1));
    if (said.length == 0)
        return 0;
    *ret_said = said;
    return end + 1;
}

static bool holds(struct text text, char c)
{
    return text.length > 0 && memchr(text.data, c, text.length) != NULL;
}

struct text inline_resolve(struct reader *reader, struct text text)
{
    struct str out;
    if (!holds(text, '&') && !holds(text, '\\'))
        return text_copy(reader->arena, text);
    str_init(&out);
    for (size_t i = 0; i < text.length;) {
        struct text said;
        struct text rest = text_slice(text, i, text.length);
        size_t length = inline_entity(reader, rest, &said);
        bool escape = text.data[i] == '\\' && i + 1 < text.length &&
                      char_is_ascii_mark((unsigned char)text.data[i + 1]);
        if (length > 0)
            str_append_text(&out, said);
        else
            str_append_char(&out, text.data[i + escape]);
        i += length > 0 ? length : 1 + (size_t)escape;
    }
    struct text result = text_copy(reader->arena, str_text(&out));
    str_done(&out);
    return result;
}
