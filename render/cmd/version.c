/* version: `paiban --version`. */
#include "base/i18n.h"
#include "cmd/command.h"
#include "paiban_config.h"

static const struct option_row rows[] = {{.name = NULL}};

static int print_version(void)
{
    struct str text;
    int status;

    str_init(&text);
    str_append_string(&text, "paiban " PAIBAN_VERSION "\n");
    status = command_print(&text);
    str_done(&text);
    return status;
}

static int run(int argc, char **argv)
{
    struct operands operands = {0};
    int status;

    if (command_options(&command_version, argc, argv, NULL, &operands, &status)) {
        status = command_no_operands(&operands);
        if (status == EXIT_DONE)
            status = print_version();
    }
    operands_done(&operands);
    return status;
}

const struct command command_version = {
    .name = "version",
    .summary = N_("print the version"),
    .synopsis = "",
    .description = "",
    .examples = "paiban --version\n",
    .options = rows,
    .run = run,
};
