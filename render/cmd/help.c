/* help: overview and help of each command, from the tables of commands and options. */
#include "cmd/help.h"

#include "base/i18n.h"
#include "base/utf8.h"

#define OPTION_COLUMN 26 /* columns from the line's start to an option's help text */

static const struct option_row rows[] = {{.name = NULL}};

/* Fill up to a column with spaces, at least one. start: out->length where the line
 * began. */
static void append_column(struct str *out, size_t start, int column)
{
    struct text line = text_slice(str_text(out), start, out->length);
    int width = 0;

    for (size_t i = 0; i < line.length;)
        width += utf8_columns(utf8_next(line.data, line.length, &i));
    do
        str_append_char(out, ' ');
    while (++width < column);
}

void help_append_overview(struct str *out)
{
    str_append_string(
        out, _("paiban typesets Chinese bulletins: Markdown in, PDF out\n\n"));
    str_append_string(out, _("usage: paiban COMMAND …\n\n"));
    for (size_t i = 0; i < command_count(); i++) {
        size_t start = out->length;

        str_printf(out, "  %s", command_at(i)->name);
        append_column(out, start, 13);
        str_printf(out, "%s\n", _(command_at(i)->summary));
    }
    str_append_string(out, _("\n`paiban help COMMAND` says more about a command.\n"));
}

static void append_option(struct str *out, const struct option_row *row)
{
    size_t start = out->length;

    if (row->letter != '\0')
        str_printf(out, "  -%c, --%s", row->letter, row->name);
    else
        str_printf(out, "      --%s", row->name);
    if (row->value != NULL)
        str_printf(out, " %s", row->value);
    append_column(out, start, OPTION_COLUMN);
    str_append_string(out, _(row->help));
    if (row->choices != NULL)
        str_printf(out, _(": %s"), row->choices);
    str_append_char(out, '\n');
}

static void append_command(struct str *out, const struct command *command)
{
    static const struct option_row help = {
        .name = "help", .letter = 'h', .help = N_("print this help")};

    str_printf(out, _("usage: paiban %s %s\n\n%s\n"), command->name, command->synopsis,
        _(command->summary));
    if (command->description[0] != '\0')
        str_printf(out, "\n%s", _(command->description));
    str_append_string(out, _("\noptions:\n"));
    for (const struct option_row *row = command->options; row->name != NULL; row++)
        append_option(out, row);
    append_option(out, &help);
    str_printf(out, _("\nexamples:\n%s"), command->examples);
}

int help_command(const struct command *command)
{
    struct str text;
    int status;

    str_init(&text);
    append_command(&text, command);
    status = command_print(&text);
    str_done(&text);
    return status;
}

static int print_overview(void)
{
    struct str text;
    int status;

    str_init(&text);
    help_append_overview(&text);
    status = command_print(&text);
    str_done(&text);
    return status;
}

static int run(int argc, char **argv)
{
    struct operands operands = {0};
    int status;

    if (command_options(&command_help, argc, argv, NULL, &operands, &status)) {
        const char *name = operands.list.length > 0 ? operands.list.data[0] : NULL;

        if (name == NULL)
            status = print_overview();
        else if (command_lookup(name) == NULL)
            status = command_unknown(name);
        else
            status = help_command(command_lookup(name));
    }
    operands_done(&operands);
    return status;
}

const struct command command_help = {
    .name = "help",
    .summary = N_("print help about a command"),
    .synopsis = "[COMMAND]",
    .description = "",
    .examples = "paiban help render\n",
    .options = rows,
    .run = run,
};
