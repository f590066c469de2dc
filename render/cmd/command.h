/* command: the table of commands; each has a file of its own in this folder.
 *
 * A command says its options as a table (options.h) and its help as texts; help.c prints
 * both. cmd/ is the only layer that prints.
 */
#ifndef PAIBAN_CMD_COMMAND_H
#define PAIBAN_CMD_COMMAND_H

#include "base/str.h"
#include "cmd/options.h"

/* Exit statuses (DESIGN 7; 64, 70 and 74 as in sysexits.h). */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,     /* done, with findings that --strict counts */
    EXIT_NOT_RENDERED = 2, /* an issue could not be rendered */
    EXIT_USAGE = 64,       /* wrong options, or names given by them that do not exist */
    EXIT_PROGRAM = 70,     /* no memory, a broken invariant: base/memory.h */
    EXIT_FILE = 74         /* the file cannot be opened, read or written */
};

struct command {
    const char *name;
    const char *summary;     /* one line; marked for gettext */
    const char *synopsis;    /* what follows the name: "ISSUE.md… [-o FILE|DIR] …" */
    const char *description; /* paragraphs for its help; "" none; marked for gettext */
    const char *examples;    /* lines of shell, each ended by \n */
    const struct option_row *options;  /* ended by a row without a name */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; an exit status */
};

extern const struct command command_batch, command_check, command_watch, command_render,
    command_import, command_new, command_layouts, command_fonts, command_self_test,
    command_version, command_help;

/* Run the command that argv names. Returns the exit status. */
int command_main(int argc, char **argv);
/* The commands, in the order of help. */
size_t command_count(void);
const struct command *command_at(size_t index);
const struct command *command_lookup(const char *name); /* NULL: none */

/* Say "paiban: problem" and, when there is a hint, "hint: …"; returns EXIT_USAGE. */
int command_refuse(const struct str *problem, const char *hint);
/* The same with the quoted word behind the problem; word may be NULL. */
int command_refuse_word(const char *problem, const char *word, const char *hint);
/* No command of this name: say so with the nearest one; returns EXIT_USAGE. */
int command_unknown(const char *name);
/* Parse argv by a command's table. False after printing: *ret_status is the exit status
 * (EXIT_DONE when --help was asked for). */
bool command_options(const struct command *command, int argc, char **argv, void *values,
    struct operands *operands, int *ret_status);
/* EXIT_DONE when there are none; else EXIT_USAGE after naming the first. */
int command_no_operands(const struct operands *operands);
/* Write text to standard output. EXIT_DONE, or EXIT_FILE after saying why. */
int command_print(const struct str *text);

#endif
