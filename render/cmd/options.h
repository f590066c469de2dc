/* options: a command's options as a table, and the one parser of it.
 *
 * `--name value`, `--name=value`, `-o value`, `-ovalue`; options and operands may mix;
 * `--` ends the options; `-` is an operand. An option given twice: the last one counts,
 * but for lists.
 */
#ifndef PAIBAN_CMD_OPTIONS_H
#define PAIBAN_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_LIST,   /* struct operands: may be given more than once */
    OPTION_CHOICE, /* const char *, one of `choices` */
    OPTION_NUMBER  /* double, from least to most */
};

struct option_row {
    const char *name; /* long name without the dashes; NULL ends a table */
    char letter;      /* short name; '\0': none */
    enum option_kind kind;
    size_t offset;       /* of the value in the command's struct, in bytes */
    const char *value;   /* what help calls the value: "FILE"; NULL for a flag */
    const char *choices; /* CHOICE: "pdf|png|svg"; else NULL */
    double least, most;  /* NUMBER */
    const char *help;    /* one line; marked for gettext */
};

struct operands {
    VEC(char *) list; /* borrowed from argv */
};

enum options_outcome { OPTIONS_GOOD, OPTIONS_HELP, OPTIONS_WRONG };

/* Parse argv[1…] into the struct at values, which holds the defaults. OPTIONS_WRONG: the
 * problem, and perhaps a hint, are appended. --help and -h need no row. */
enum options_outcome options_parse(const struct option_row *rows, int argc, char **argv,
    void *values, struct operands *operands, struct str *problem, struct str *hint);
/* The settings of --limit. False: what is wrong is appended to problem. */
bool options_limits(
    const struct operands *settings, struct limits *ret_limits, struct str *problem);
void operands_done(struct operands *operands);

#endif
