/* key_value: one value of a layout file, from its text; and how it is described.
 *
 * Each type of key has a parser. It says what the value "must be" when it is not, in
 * words that complete the message "‘KEY’ must be …". Lengths that depend on their place
 * (em, lines, chars) keep that; resolve.c checks their range.
 */
#include "layout/keys.h"

#include <math.h>
#include <string.h>
#include "base/i18n.h"
#include "layout/template.h"

static const struct {
    const char *name;
    uint32_t value; /* 0xRRGGBB */
} colours[] = {
    {"black", 0x000000}, {"white", 0xFFFFFF}, {"gray", 0x808080}, {"red", 0xFF0000}};

struct text key_enum_name(const char *names, long index)
{
    for (; index > 0 && *names != '\0'; index--) {
        names += strcspn(names, "|");
        names += *names == '|';
    }
    return (struct text){names, strcspn(names, "|")};
}

static bool equal_ignoring_case(struct text a, struct text b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        unsigned char x = (unsigned char)a.data[i], y = (unsigned char)b.data[i];
        unsigned char both = x ^ y;
        bool letter = (x | 0x20) >= 'a' && (x | 0x20) <= 'z';
        if (both != 0 && !(both == 0x20 && letter)) {
            return false;
        }
    }
    return true;
}

static bool parse_enum(const char *names, struct text text, long *ret_value)
{
    for (long i = 0; key_enum_name(names, i).length > 0; i++) {
        if (equal_ignoring_case(text, key_enum_name(names, i))) {
            *ret_value = i;
            return true;
        }
    }
    return false;
}

/* em to 1/1000 em; a bare 0 is allowed. */
static bool parse_gap(const struct key *key, struct text text, long *ret_value)
{
    struct length length;
    if (!length_parse(text, false, &length) ||
        (length.kind != LENGTH_EM && length.value != 0.0) ||
        !(length.value >= key->least && length.value <= key->most)) {
        return false;
    }
    *ret_value = lround(length.value * 1000);
    return true;
}

static bool parse_integer(const struct key *key, struct text text, long *ret_value)
{
    long value;
    if (!text_to_long(text, &value) || (double)value < key->least ||
        (double)value > key->most) {
        return false;
    }
    *ret_value = value;
    return true;
}

static bool parse_bool(struct text text, long *ret_value)
{
    struct yaml_value scalar = {.kind = YAML_SCALAR, .text = text};
    bool value;
    if (!yaml_bool(&scalar, &value)) {
        return false;
    }
    *ret_value = value;
    return true;
}

static bool parse_colour(struct text text, long *ret_value)
{
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        if (text_is(text, colours[i].name)) {
            *ret_value = (long)colours[i].value;
            return true;
        }
    }
    if (text.length != 7 || text.data[0] != '#') {
        return false;
    }
    long value = 0;
    for (size_t i = 1; i < 7; i++) {
        char c = text.data[i];
        const char *digits = "0123456789abcdef";
        const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c);
        if (digit == NULL || c == '\0') {
            return false;
        }
        value = value * 16 + (digit - digits);
    }
    *ret_value = value;
    return true;
}

static bool parse_string(
    const struct key *key, struct text text, struct arena *arena, const char **ret_string)
{
    long index;
    if (text.length > KEY_STRING_LIMIT) {
        return false;
    }
    if (key->type == KEY_NAME) {
        if (!parse_enum(key->names, text, &index)) {
            return false;
        }
        text = key_enum_name(key->names, index);
    }
    *ret_string = arena_copy(arena, text.data, text.length);
    return true;
}

/* Names of the key's own, each between blanks; kept with single ones. */
static bool parse_list(
    const struct key *key, struct text text, struct arena *arena, const char **ret_string)
{
    struct str list;
    bool good = text.length <= KEY_STRING_LIMIT;
    str_init(&list);
    while (good && (text = text_trim(text)).length > 0) {
        size_t end = text_find(text, " ");
        long index;
        good = parse_enum(key->names, text_slice(text, 0, end), &index);
        if (good) {
            str_append_string(&list, list.length > 0 ? " " : "");
            str_append_text(&list, key_enum_name(key->names, index));
        }
        text = text_slice(text, end, text.length);
    }
    if (good) {
        *ret_string = arena_copy(arena, list.length > 0 ? list.data : "", list.length);
    }
    str_done(&list);
    return good;
}

static bool parse(const struct key *key, struct text text, bool word_sizes,
    struct arena *arena, struct key_value *value)
{
    switch (key->type) {
    case KEY_LENGTH:
        return length_parse(text, word_sizes, &value->length);
    case KEY_GAP:
        return parse_gap(key, text, &value->number);
    case KEY_INTEGER:
        return parse_integer(key, text, &value->number);
    case KEY_BOOL:
        return parse_bool(text, &value->number);
    case KEY_ENUM:
        return parse_enum(key->names, text, &value->number);
    case KEY_COLOUR:
        return parse_colour(text, &value->number);
    case KEY_STRING:
    case KEY_TEMPLATE:
    case KEY_NAME:
        return parse_string(key, text, arena, &value->string);
    case KEY_LIST:
        return parse_list(key, text, arena, &value->string);
    }
    return false;
}

bool key_parse(const struct key *key, struct text text, bool word_sizes,
    struct arena *arena, struct key_value *ret_value, struct str *must)
{
    struct key_value value = *ret_value;
    if (parse(key, text, word_sizes, arena, &value)) {
        value.parsed = true;
        *ret_value = value;
        return true;
    }
    if (key->type == KEY_LENGTH) {
        str_append_string(
            must, _("a length with a unit: pt, mm, cm, em, lines, chars, 小四"));
    } else {
        key_append_range(key, must);
    }
    return false;
}

static void append_enum(const char *names, struct str *out)
{
    for (long i = 0; key_enum_name(names, i).length > 0; i++) {
        str_append_string(out, i > 0 ? ", " : "");
        str_append_text(out, key_enum_name(names, i));
    }
}

static void append_limits(const struct key *key, const char *unit_name, struct str *out)
{
    str_append_number(out, key->least, 3);
    str_printf(out, "%s…", unit_name);
    str_append_number(out, key->most, 3);
    str_append_string(out, unit_name);
}

static void append_fields(unsigned sets, struct str *out)
{
    const char *names[FIELD_COUNT];
    size_t count = field_names(sets, names);
    str_append_string(out, _("text with"));
    for (size_t i = 0; i < count; i++) {
        str_printf(out, " {%s}", names[i]);
    }
}

void key_append_range(const struct key *key, struct str *out)
{
    switch (key->type) {
    case KEY_LENGTH:
        append_limits(key, "pt", out);
        break;
    case KEY_GAP:
        append_limits(key, "em", out);
        break;
    case KEY_INTEGER:
        append_limits(key, "", out);
        break;
    case KEY_BOOL:
        str_append_string(out, _("true or false"));
        break;
    case KEY_ENUM:
        str_append_string(out, _("one of "));
        append_enum(key->names, out);
        break;
    case KEY_STRING:
        str_printf(out, _("text of at most %d bytes"), KEY_STRING_LIMIT);
        break;
    case KEY_TEMPLATE:
        append_fields(key->fields, out);
        break;
    case KEY_NAME:
        str_append_string(out, _("one of "));
        append_enum(key->names, out);
        break;
    case KEY_LIST:
        str_append_string(out, _("a list of "));
        append_enum(key->names, out);
        break;
    case KEY_COLOUR:
        str_append_string(out, _("\"#RRGGBB\" or one of black, white, gray, red"));
        break;
    }
}

const char *key_type_name(enum key_type type)
{
    static const char *const names[] = {
        [KEY_LENGTH] = N_("length"),
        [KEY_GAP] = N_("gap"),
        [KEY_INTEGER] = N_("integer"),
        [KEY_BOOL] = N_("switch"),
        [KEY_ENUM] = N_("choice"),
        [KEY_STRING] = N_("text"),
        [KEY_TEMPLATE] = N_("template"),
        [KEY_NAME] = N_("name"),
        [KEY_COLOUR] = N_("colour"),
        [KEY_LIST] = N_("list"),
    };
    return _(names[type]);
}
