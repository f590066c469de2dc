/* command: the table of commands, its dispatch, and what all commands print with. */
#include "cmd/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "cmd/help.h"
#include "cmd/signals.h"

static const struct command *const commands[] = {
    &command_render,
    &command_batch,
    &command_check,
    &command_watch,
    &command_import,
    &command_new,
    &command_layouts,
    &command_fonts,
    &command_self_test,
    &command_version,
    &command_help,
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

/* Other ways to call a command, as the first argument. */
static const struct {
    const char *name;
    const struct command *command;
} aliases[] = {
    {"--help", &command_help},
    {"-h", &command_help},
    {"--version", &command_version},
    {"-V", &command_version},
};

size_t command_count(void)
{
    return COMMAND_COUNT;
}

const struct command *command_at(size_t index)
{
    return commands[index];
}

const struct command *command_lookup(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].name, name) == 0)
            return aliases[i].command;
    }
    return NULL;
}

int command_refuse(const struct str *problem, const char *hint)
{
    fprintf(stderr, "paiban: %s\n", problem->data);
    if (hint != NULL)
        fprintf(stderr, "%s%s\n", _("hint: "), hint);
    return EXIT_USAGE;
}

int command_refuse_word(const char *problem, const char *word, const char *hint)
{
    struct str text;

    str_init(&text);
    str_append_string(&text, problem);
    if (word != NULL) {
        str_append_string(&text, _(" ‘"));
        str_append_escaped(&text, text_of(word));
        str_append_string(&text, _("’"));
    }
    command_refuse(&text, hint);
    str_done(&text);
    return EXIT_USAGE;
}

int command_unknown(const char *name)
{
    const char *names[COMMAND_COUNT];
    const char *nearest;
    struct str problem, hint;

    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    nearest = nearest_name(text_of(name), names, COMMAND_COUNT);
    str_init(&problem);
    str_init(&hint);
    str_append_string(&problem, _("no command named ‘"));
    str_append_escaped(&problem, text_of(name));
    str_append_string(&problem, _("’"));
    if (nearest != NULL)
        str_printf(&hint, _("did you mean ‘%s’?"), nearest);
    else
        str_append_string(&hint, _("`paiban help` lists the commands"));
    command_refuse(&problem, hint.data);
    str_done(&hint);
    str_done(&problem);
    return EXIT_USAGE;
}

bool command_options(const struct command *command, int argc, char **argv, void *values,
    struct operands *operands, int *ret_status)
{
    struct str problem, hint;
    enum options_outcome outcome;

    str_init(&problem);
    str_init(&hint);
    outcome =
        options_parse(command->options, argc, argv, values, operands, &problem, &hint);
    if (outcome == OPTIONS_HELP)
        *ret_status = help_command(command);
    else if (outcome == OPTIONS_WRONG)
        *ret_status = command_refuse(&problem, hint.data);
    str_done(&hint);
    str_done(&problem);
    return outcome == OPTIONS_GOOD;
}

int command_no_operands(const struct operands *operands)
{
    struct str problem;

    if (operands->list.length == 0)
        return EXIT_DONE;
    str_init(&problem);
    str_append_string(&problem, _("this command takes no argument: ‘"));
    str_append_escaped(&problem, text_of(operands->list.data[0]));
    str_append_string(&problem, _("’"));
    command_refuse(&problem, NULL);
    str_done(&problem);
    return EXIT_USAGE;
}

int command_print(const struct str *text)
{
    bool good =
        text->length == 0 || fwrite(text->data, 1, text->length, stdout) == text->length;

    if (fflush(stdout) == 0 && good)
        return EXIT_DONE;
    fprintf(stderr, "paiban: %s: %s\n", _("cannot write to standard output"),
        strerror(errno));
    return EXIT_FILE;
}

int command_main(int argc, char **argv)
{
    const struct command *command;

    signals_install();
    if (argc < 2) {
        struct str usage;

        str_init(&usage);
        help_append_overview(&usage);
        fputs(usage.data, stderr);
        str_done(&usage);
        return EXIT_USAGE;
    }
    command = command_lookup(argv[1]);
    return command != NULL ? command->run(argc - 1, argv + 1) : command_unknown(argv[1]);
}
