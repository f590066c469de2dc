/* watch: `paiban watch ISSUE.md|DIR`: renders at every save and says what has changed.
 *
 * What it says goes to standard output, a line an event, at once: another program may
 * read it. Findings go to standard error.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/changes.h"
#include "cmd/command.h"
#include "cmd/issue_options.h"
#include "cmd/report.h"
#include "job/result.h"
#include "job/target.h"
#include "job/watch.h"

struct watch_command_options {
    const char *output;
    struct issue_options issue;
};

#define AT(field) offsetof(struct watch_command_options, field)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "FILE|DIR", NULL, 0, 0,
        N_("where the PDF goes; of a folder of issues: a folder")},
    ISSUE_OPTION_ROWS(AT(issue)),
    {.name = NULL},
};

/* One call of the command. */
struct call {
    struct watch_command_options options;
    struct operands operands;
    struct job_options job_options;
};

static const char *find_problem(const struct call *call)
{
    const char *output = call->options.output;

    if (call->operands.list.length != 1)
        return _("exactly one issue or folder is watched");
    if (strcmp(call->operands.list.data[0], "-") == 0)
        return _("standard input cannot be watched");
    if (output != NULL && strcmp(output, "-") == 0)
        return _("standard output cannot be replaced at each save");
    if (output != NULL && path_is_folder(call->operands.list.data[0]) &&
        path_exists(output) && !path_is_folder(output))
        return _("-o must name a folder");
    return NULL;
}

static void append_rendered(struct str *out, const struct watch_event *event)
{
    changes_append(out, event->pages, event->first ? NULL : &event->changes);
    str_append_string(out, "; ");
    str_append_number(out, event->seconds * 1000, 1);
    str_append_string(out, " ms");
}

static void on_event(const struct watch *watch, const struct watch_event *event)
{
    const struct call *call = watch->context;
    struct str text;

    if (!event->gone)
        report_diagnostics(&watch->job, call->options.issue.quiet);
    if (call->options.issue.quiet)
        return;
    str_init(&text);
    str_append_escaped(&text, text_of(event->issue->path));
    str_append_string(&text, ": ");
    if (event->gone)
        str_append_string(&text, _("gone; its PDF stays, and it is waited for"));
    else if (event->rendered)
        append_rendered(&text, event);
    else
        str_append_string(&text, _("not rendered; the old PDF stays"));
    str_append_char(&text, '\n');
    command_print(&text);
    str_done(&text);
}

static void on_finding(const struct watch *watch)
{
    const struct call *call = watch->context;

    report_diagnostics(&watch->job, call->options.issue.quiet);
}

static int work(struct call *call)
{
    struct watch watch;
    int status = EXIT_NOT_RENDERED;

    watch_init(&watch, call->operands.list.data[0], call->options.output);
    watch.context = call;
    watch.on_event = on_event;
    watch.on_finding = on_finding;
    watch.options = call->job_options;
    watch.options.draft = DRAFT_ALLOWED; /* an issue is watched while it is written */
    watch_run(&watch);
    report_diagnostics(&watch.job, call->options.issue.quiet);
    if (job_result(&watch.job.sink) == JOB_FILE)
        status = EXIT_FILE;
    watch_done(&watch);
    return status;
}

static int run(int argc, char **argv)
{
    struct call call = {.options = {.output = NULL}};
    const char *problem;
    struct str text;
    int status;

    if (command_options(
            &command_watch, argc, argv, &call.options, &call.operands, &status)) {
        problem = find_problem(&call);
        str_init(&text);
        str_append_string(&text, problem != NULL ? problem : "");
        if (problem != NULL ||
            !issue_options_apply(&call.options.issue, &call.job_options, &text))
            status = command_refuse(&text, _("`paiban help watch` says more"));
        else
            status = work(&call);
        str_done(&text);
    }
    issue_options_done(&call.options.issue);
    operands_done(&call.operands);
    return status;
}

const struct command command_watch = {
    .name = "watch",
    .summary = N_("typeset again at every save"),
    .synopsis = "ISSUE.md|DIR [-o FILE|DIR] [OPTION…]",
    .description = N_(
        "The issue, its series.yaml, layouts and images are watched until Ctrl-C. The\n"
        "PDF is replaced as a whole, so that viewers load it again; a line says which\n"
        "pages have changed and how much CPU time it took. While a 【待填】 is left, the "
        "pages\n"
        "are marked as a draft.\n"),
    .examples = "# paiban watch issue.md -o issue.pdf\n"
                "# paiban watch samples -o out/\n",
    .options = rows,
    .run = run,
};
