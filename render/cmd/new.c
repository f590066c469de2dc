/* new: `paiban new DIR`: the next issue, from the structure of the last one in DIR. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"
#include "content/date.h"
#include "import/next.h"
#include "job/result.h"

struct new_values {
    const char *date;
};

static const struct option_row rows[] = {
    {"date", '\0', OPTION_TEXT, offsetof(struct new_values, date), "YYYY-MM", NULL, 0, 0,
        N_("the new issue's date, else the month after the last one")},
    {.name = NULL},
};

static int refuse(const char *before, const char *word, const char *hint)
{
    struct str problem;

    str_init(&problem);
    str_append_string(&problem, before);
    if (word != NULL) {
        str_append_string(&problem, _(" ‘"));
        str_append_escaped(&problem, text_of(word));
        str_append_string(&problem, _("’"));
    }
    command_refuse(&problem, hint);
    str_done(&problem);
    return EXIT_USAGE;
}

/* Write the new issue, which must not be there yet, and print its path. */
static int write_issue(struct job *job, const struct next_issue *next)
{
    struct output output;
    struct str said;
    int status;

    if (path_exists(next->path))
        return refuse(_("the next issue exists already:"), next->path,
            _("--date gives another month"));
    if (!output_open(&output, next->path, &job->sink))
        return EXIT_FILE;
    output_write(&output, next->text.data, next->text.length);
    if (!output_commit(&output, &job->sink))
        return EXIT_FILE;
    str_init(&said);
    str_append_escaped(&said, text_of(next->path));
    str_append_char(&said, '\n');
    status = command_print(&said);
    str_done(&said);
    return status;
}

static int make_issue(const char *folder, struct date date)
{
    struct next_issue next;
    struct job job;
    int status = EXIT_FILE;

    job_init(&job);
    if (next_issue_make(&next, &job.files, folder, date, &job.sink))
        status = write_issue(&job, &next);
    report_diagnostics(&job, false);
    next_issue_done(&next);
    job_done(&job);
    return status;
}

static int check_and_make(
    const struct new_values *values, const struct operands *operands)
{
    struct date date = {0};

    if (operands->list.length == 0)
        return refuse(_("no folder given"), NULL, _("`paiban help new` says more"));
    if (operands->list.length > 1)
        return refuse(_("only one folder can be given:"), operands->list.data[1], NULL);
    if (values->date != NULL && !date_read(text_of(values->date), &date))
        return refuse(_("--date must be YYYY-MM or YYYY-MM-DD, not"), values->date, NULL);
    return make_issue(operands->list.data[0], date);
}

static int run(int argc, char **argv)
{
    struct new_values values = {0};
    struct operands operands = {0};
    int status;

    if (command_options(&command_new, argc, argv, &values, &operands, &status))
        status = check_and_make(&values, &operands);
    operands_done(&operands);
    return status;
}

const struct command command_new = {
    .name = "new",
    .summary = N_("begin the next issue from the last one"),
    .synopsis = "DIR [--date YYYY-MM]",
    .description = N_("The new issue has the last one's sections, an empty item in each, "
                      "and the next number.\n"
                      "What is to be filled in is marked 【待填】. The path of the new "
                      "file is printed.\n"),
    .examples = "paiban new issues --date 2021-06\n",
    .options = rows,
    .run = run,
};
