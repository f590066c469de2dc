/* reference: the table of keys and the resolved values, in words.
 *
 * layout_keys_print() is for a terminal, layout_reference() is docs/LAYOUT.md (a test
 * holds it to the table), layout_dump() has one resolved value a line for --dump=layout.
 */
#include <string.h>
#include "base/i18n.h"
#include "base/utf8.h"
#include "layout/keys.h"
#include "layout/template.h"

static void append_padding(struct str *out, size_t from, size_t column)
{
    struct text written = text_slice(str_text(out), from, out->length);
    for (size_t width = utf8_count(written); width < column; width++) {
        str_append_char(out, ' ');
    }
    str_append_char(out, ' ');
}

/* What holds where no file sets the key: "0", "as body (song)". */
static void append_default(const struct key *key, struct str *out)
{
    const char *value = key->fallback[0] != '\0' ? key->fallback : "\"\"";
    switch (key->unset) {
    case UNSET_BODY:
        str_printf(out, _("as body (%s)"), value);
        break;
    case UNSET_SPACE_BEFORE:
        str_append_string(out, _("as space-before"));
        break;
    case UNSET_NEUTRAL:
        str_append_string(out, value);
        break;
    }
}

static void print_key(const char *prefix, const struct key *key, struct str *out)
{
    size_t start = out->length;
    str_printf(out, "%s%s", prefix, key->name);
    append_padding(out, start, 28);
    start = out->length;
    str_append_string(out, key_type_name(key->type));
    append_padding(out, start, 8);
    start = out->length;
    append_default(key, out);
    append_padding(out, start, 21);
    str_printf(out, "%s\n", _(key->help));
    str_append_string(out, "    ");
    key_append_range(key, out);
    str_append_char(out, '\n');
}

void layout_keys_print(struct str *out)
{
    for (uint32_t slot = 0; slot < key_plain_count(); slot++) {
        print_key("", key_at(slot), out);
    }
    for (uint32_t i = 0; i < key_style_count(); i++) {
        print_key("styles.*.", key_at(key_plain_count() + i), out);
    }
    str_append_string(out, _("\nElements (* above):"));
    for (int element = 0; element < ELEMENT_COUNT; element++) {
        str_printf(out, " %s", element_name((enum element)element));
    }
    str_append_char(out, '\n');
}

static void append_row(const struct key *key, struct str *out)
{
    str_printf(out, "| `%s` | %s | ", key->name, key_type_name(key->type));
    key_append_range(key, out);
    str_append_string(out, " | ");
    append_default(key, out);
    str_printf(out, " | %s |\n", _(key->help));
}

static void append_table_head(struct str *out)
{
    str_append_string(out, "\n| key | type | values | where nothing sets it | what |\n"
                           "|---|---|---|---|---|\n");
}

/* A heading and table per group of plain keys ("page", "rules", …). */
static void append_plain_tables(struct str *out)
{
    const char *group = "";
    for (uint32_t slot = 0; slot < key_plain_count(); slot++) {
        const struct key *key = key_at(slot);
        size_t length = strcspn(key->name, ".") + 1;
        if (strncmp(group, key->name, length) != 0) {
            group = key->name;
            str_printf(out, "\n## %.*s\n", (int)length - 1, group);
            append_table_head(out);
        }
        append_row(key, out);
    }
}

static void append_style_table(struct str *out)
{
    str_append_string(out, "\n## styles\n\n`styles:` has a mapping for each element:");
    for (int element = 0; element < ELEMENT_COUNT; element++) {
        str_printf(
            out, "%s `%s`", element > 0 ? "," : "", element_name((enum element)element));
    }
    str_append_string(out, ". Each takes these keys:\n");
    append_table_head(out);
    for (uint32_t i = 0; i < key_style_count(); i++) {
        append_row(key_at(key_plain_count() + i), out);
    }
}

void layout_reference(struct str *out)
{
    str_append_string(out,
        "# Layout files\n"
        "\n"
        "This page is made from the table of keys (`render/layout/keys.c`): change it "
        "there and\n"
        "run `ninja -C build docs-layout`. A test holds the two together.\n"
        "\n"
        "A layout is a YAML file: `layouts/NAME.yaml`, or any file that an issue, "
        "`series.yaml`\n"
        "or `--layout` names by a path. `base: NAME` (or a path beside the file) takes "
        "over all\n"
        "of another layout; a file then says only what differs:\n"
        "\n"
        "```yaml\n"
        "base: monthly\n"
        "page:\n"
        "  margin-top: 2.8cm\n"
        "styles:\n"
        "  body:\n"
        "    line-pitch: 24pt\n"
        "header:\n"
        "  odd:\n"
        "    centre: \"{title}　第{issue}期\"\n"
        "```\n"
        "\n"
        "- A key of a nested mapping is written here with dots: `page.margin-top`.\n"
        "- A length has a unit: `pt`, `mm`, `cm`, `in`; a 号 size (`小四`); `em` of the "
        "element's\n"
        "  own size (in `size` of the body's); `lines` of the body's line pitch; `chars` "
        "of the\n"
        "  body's character pitch. Only 0 needs none.\n"
        "- A style key that says “as body” below comes from `body` where no file sets "
        "it, as it\n"
        "  is written there: a pitch of `1.8em` is then 1.8 of the element's own size.\n"
        "  In parentheses: what body itself is where no file sets it.\n"
        "- A file without `base:` starts from the plain defaults below, not from "
        "`base.yaml`.\n"
        "- A template is a text with fields in braces; `{{` and `}}` are braces.\n"
        "- An unknown key is told and ignored. A wrong value, or one out of its range, "
        "is told\n"
        "  with its place, and the layout is not used; one run tells all mistakes.\n");
    append_plain_tables(out);
    append_style_table(out);
}

static void append_quoted(struct str *out, const char *string)
{
    str_append_char(out, '"');
    str_append_escaped(out, text_of(string));
    str_append_char(out, '"');
}

static void append_value(const struct key *key, const void *field, struct str *out)
{
    int integer;
    uint32_t colour;
    bool truth;
    const char *string;
    switch (key->type) {
    case KEY_LENGTH:
        memcpy(&integer, field, sizeof integer);
        str_append_pt(out, integer);
        break;
    case KEY_GAP:
    case KEY_INTEGER:
        memcpy(&integer, field, sizeof integer);
        str_printf(out, "%d", integer);
        break;
    case KEY_BOOL:
        memcpy(&truth, field, sizeof truth);
        str_append_string(out, truth ? "true" : "false");
        break;
    case KEY_ENUM:
        memcpy(&integer, field, sizeof integer);
        str_append_text(out, key_enum_name(key->names, integer));
        break;
    case KEY_COLOUR:
        memcpy(&colour, field, sizeof colour);
        str_printf(out, "#%06X", (unsigned)colour);
        break;
    case KEY_STRING:
    case KEY_TEMPLATE:
    case KEY_NAME:
    case KEY_LIST:
        memcpy(&string, field, sizeof string);
        append_quoted(out, string);
        break;
    }
}

void layout_dump(const struct layout *layout, struct str *out)
{
    str_append_string(out, "layout ");
    append_quoted(out, layout->name);
    str_append_char(out, '\n');
    for (uint32_t slot = 0; slot < key_slot_count(); slot++) {
        enum element element = key_element(slot);
        const char *object = element == ELEMENT_COUNT
                                 ? (const char *)layout
                                 : (const char *)&layout->styles[element];
        key_append_path(slot, out);
        str_append_char(out, ' ');
        append_value(key_at(slot), object + key_at(slot)->offset, out);
        str_append_char(out, '\n');
    }
}
