/* paiban-tables: prints the tables of commands, keys, diagnostics and rules as JSON.
 *
 * Run while building: tools/manual.py makes the man pages and tools/completions.py the
 * completions from it, so that neither can lack an option. Texts are in the language of
 * the locale: it is run once for each. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "check/rule.h"
#include "cmd/command.h"
#include "cmd/language.h"
#include "layout/keys.h"

/* Append `"name":"value",`; NULL becomes "". */
static void append_field(struct str *out, const char *name, const char *value)
{
    str_printf(out, "\"%s\":\"", name);
    for (const char *c = value != NULL ? value : ""; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            str_append_char(out, '\\');
        if (*c == '\n')
            str_append_string(out, "\\n");
        else
            str_append_char(out, *c);
    }
    str_append_string(out, "\",");
}

/* The same, translated. */
static void append_message(struct str *out, const char *name, const char *message)
{
    append_field(
        out, name, message != NULL && message[0] != '\0' ? gettext(message) : "");
}

/* End an object or array that has a comma behind its last entry, or is empty. */
static void end(struct str *out, const char *closing)
{
    if (out->data[out->length - 1] == ',')
        out->data[--out->length] = '\0';
    str_append_string(out, closing);
}

static void append_option(struct str *out, const struct option_row *row)
{
    const char letter[2] = {row->letter, '\0'};

    str_append_char(out, '{');
    append_field(out, "name", row->name);
    append_field(out, "letter", letter);
    append_field(out, "value", row->value);
    append_field(out, "choices", row->choices);
    append_message(out, "help", row->help);
    end(out, "},");
}

static void append_commands(struct str *out)
{
    str_append_string(out, "\"commands\":[");
    for (size_t i = 0; i < command_count(); i++) {
        const struct command *command = command_at(i);

        str_append_char(out, '{');
        append_field(out, "name", command->name);
        append_message(out, "summary", command->summary);
        append_field(out, "synopsis", command->synopsis);
        append_message(out, "description", command->description);
        append_field(out, "examples", command->examples);
        str_append_string(out, "\"options\":[");
        for (const struct option_row *row = command->options; row->name != NULL; row++)
            append_option(out, row);
        end(out, "]},");
    }
    end(out, "],\n");
}

/* Plain keys, then the style keys once, with * for the element. */
static void append_keys(struct str *out)
{
    uint32_t plain = key_plain_count(), styles = key_style_count();

    str_append_string(out, "\"keys\":[");
    for (uint32_t slot = 0; slot < plain + styles; slot++) {
        const struct key *key = key_at(slot);
        struct str name, range;

        str_init(&name);
        str_init(&range);
        str_printf(&name, "%s%s", slot < plain ? "" : "styles.*.", key->name);
        key_append_range(key, &range);
        str_append_char(out, '{');
        append_field(out, "name", name.data);
        append_field(out, "type", key_type_name(key->type));
        append_field(out, "range", range.data);
        append_field(out, "default", key->fallback);
        append_message(out, "help", key->help);
        end(out, "},");
        str_done(&range);
        str_done(&name);
    }
    end(out, "],\n");
}

static void append_diagnostics(struct str *out)
{
    str_append_string(out, "\"diagnostics\":[");
    for (int id = 0; id < DIAG_COUNT; id++) {
        const struct diag_info *info = diag_info((enum diag_id)id);
        size_t rule = rule_index((enum diag_id)id);

        str_append_char(out, '{');
        append_field(out, "name", info->name);
        append_field(out, "level", diag_level_name(info->level));
        append_message(out, "message", info->format);
        append_field(out, "clause", rule < RULE_TOTAL ? rule_at(rule)->clause : NULL);
        str_printf(out, "\"rule\":%s},", rule < RULE_TOTAL ? "true" : "false");
    }
    end(out, "]\n");
}

int main(void)
{
    struct str out;
    bool written;

    language_start();
    str_init(&out);
    str_append_string(&out, "{");
    append_commands(&out);
    append_keys(&out);
    append_diagnostics(&out);
    str_append_string(&out, "}\n");
    written =
        fwrite(out.data, 1, out.length, stdout) == out.length && fflush(stdout) == 0;
    str_done(&out);
    return written ? 0 : EXIT_FILE;
}
