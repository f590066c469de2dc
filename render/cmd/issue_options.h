/* issue_options: the options that render, batch and watch have alike: how an issue looks
 * and what it may read.
 *
 *     struct watch_command_options { const char *output; struct issue_options issue; };
 *     static const struct option_row rows[] = {
 *         {"output", …},
 *         ISSUE_OPTION_ROWS(offsetof(struct watch_command_options, issue)),
 *         {.name = NULL},
 *     };
 */
#ifndef PAIBAN_CMD_ISSUE_OPTIONS_H
#define PAIBAN_CMD_ISSUE_OPTIONS_H

#include "base/i18n.h"
#include "cmd/options.h"
#include "job/build.h"

struct issue_options {
    const char *layout;      /* NULL: as the issue says */
    const char *paper;       /* NULL: the layout's */
    const char *root;        /* of images; NULL: the series' folder */
    struct operands allowed; /* folders that images may come from */
    struct operands limits;  /* "NAME=N" */
    bool quiet;
};

#define ISSUE_OPTION_AT(start, field) ((start) + offsetof(struct issue_options, field))

/* start: where the struct lies in the command's, in bytes. */
#define ISSUE_OPTION_ROWS(start)                                                         \
    {"layout", '\0', OPTION_TEXT, ISSUE_OPTION_AT(start, layout), "NAME|FILE", NULL, 0,  \
        0, N_("layout to use instead of the issue's")},                                  \
        {"paper", '\0', OPTION_TEXT, ISSUE_OPTION_AT(start, paper), "PAPER", NULL, 0, 0, \
            N_("paper to use instead of the layout's: A4, A5 …")},                       \
        {"root", '\0', OPTION_TEXT, ISSUE_OPTION_AT(start, root), "DIR", NULL, 0, 0,     \
            N_("folder that images lie below, and where their paths /… start")},         \
        {"allow-path", '\0', OPTION_LIST, ISSUE_OPTION_AT(start, allowed), "DIR", NULL,  \
            0, 0, N_("another folder that images may be read from")},                    \
        {"limit", '\0', OPTION_LIST, ISSUE_OPTION_AT(start, limits), "NAME=N", NULL, 0,  \
            0, N_("move a limit: source, pages, nesting, columns, pixels or font")},     \
    {                                                                                    \
        "quiet", 'q', OPTION_FLAG, ISSUE_OPTION_AT(start, quiet), NULL, NULL, 0, 0,      \
            N_("say nothing but errors")                                                 \
    }

/* Set what they say in a job's options, which borrow from them. False: a limit is wrong,
 * and what is appended to problem. */
bool issue_options_apply(
    const struct issue_options *options, struct job_options *job, struct str *problem);
void issue_options_done(struct issue_options *options);

#endif
