/* help: what `paiban help` and `paiban COMMAND --help` print, from the tables. */
#ifndef PAIBAN_CMD_HELP_H
#define PAIBAN_CMD_HELP_H

#include "cmd/command.h"

void help_append_overview(struct str *out);
/* Print a command's help; returns the exit status. */
int help_command(const struct command *command);

#endif
