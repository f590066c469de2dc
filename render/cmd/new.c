/* new: `paiban new DIR`: the next issue, from the structure of the last one in DIR; the
 * first one, from a starter. */
#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"
#include "content/date.h"
#include "import/next.h"
#include "job/build.h"
#include "job/result.h"

struct new_values {
    const char *date;
    const char *layout; /* of a first issue; NULL: as series.yaml says, else monthly */
};

static const struct option_row rows[] = {
    {"date", '\0', OPTION_TEXT, offsetof(struct new_values, date), "YYYY-MM", NULL, 0, 0,
        N_("the new issue's date, else the month after the last one, else this month")},
    {"layout", '\0', OPTION_TEXT, offsetof(struct new_values, layout), "NAME|FILE", NULL,
        0, 0, N_("layout of a first issue, else that of series.yaml, else monthly")},
    {.name = NULL},
};

/* A layout that the first issue would name in vain. */
static bool check_layout(struct job *job, const char *layout)
{
    const struct layout_paths paths = {job->paths.data, "."};

    if (layout == NULL || layout_exists(layout, &paths))
        return true;
    diag_add(&job->sink, DIAG_UNKNOWN_LAYOUT, SPAN_NONE, _("`paiban layouts` lists them"),
        layout);
    return false;
}

/* Write the new issue, which must not be there yet, and series.yaml where there was none;
 * append their paths to said. */
static bool write_issue(struct job *job, const struct next_issue *next, struct str *said)
{
    struct arena *arena = &job->arena;

    if (!path_make_folder(path_folder(arena, next->path))) {
        diag_add(
            &job->sink, DIAG_OUTPUT_FAILED, SPAN_NONE, NULL, next->path, strerror(errno));
        return false;
    }
    if (next->series_path != NULL) {
        if (!output_save(next->series_path, str_text(&next->series), &job->sink))
            return false;
        str_append_escaped(said, text_of(next->series_path));
        str_append_char(said, '\n');
    }
    if (!output_save(next->path, str_text(&next->text), &job->sink))
        return false;
    str_append_escaped(said, text_of(next->path));
    str_append_char(said, '\n');
    return true;
}

static int make_issue(const struct next_options *options, const char *layout)
{
    struct next_issue next = {0};
    struct job job;
    struct next_options all = *options;
    struct str said;
    int status = EXIT_DONE;
    bool made;

    job_init(&job);
    str_init(&said);
    all.data = job.paths.data;
    made =
        check_layout(&job, layout) && next_issue_make(&next, &job.files, &all, &job.sink);
    if (made && path_exists(next.path))
        status = command_refuse_word(_("the next issue exists already:"), next.path,
            _("--date gives another month"));
    else if (made && write_issue(&job, &next, &said))
        status = command_print(&said);
    report_diagnostics(&job, false);
    if (diag_is_fatal(&job.sink))
        status = job_result(&job.sink) == JOB_FILE ? EXIT_FILE : EXIT_USAGE;
    str_done(&said);
    next_issue_done(&next);
    job_done(&job);
    return status;
}

static int check_and_make(
    const struct new_values *values, const struct operands *operands)
{
    struct next_options options = {.layout = values->layout};

    if (operands->list.length == 0)
        return command_refuse_word(
            _("no folder given"), NULL, _("`paiban help new` says more"));
    if (operands->list.length > 1)
        return command_refuse_word(
            _("only one folder can be given:"), operands->list.data[1], NULL);
    if (values->date != NULL && !date_read(text_of(values->date), &options.date))
        return command_refuse_word(
            _("--date must be YYYY-MM or YYYY-MM-DD, not"), values->date, NULL);
    options.folder = operands->list.data[0];
    return make_issue(&options, values->layout);
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
    .summary = N_("begin the next issue from the last one, or the first one"),
    .synopsis = "DIR [--date YYYY-MM] [--layout NAME]",
    .description = N_(
        "The new issue has the last one's sections, an empty item in each, and the next\n"
        "number. Where DIR has no issue yet, or is not there, a first one is begun, and "
        "a\n"
        "series.yaml with what all issues will share. What is to be filled in is marked\n"
        "【待填】; until then only `paiban watch` and `paiban render --draft` make "
        "pages.\n"
        "The paths of the new files are printed.\n"),
    .examples = "paiban new issues --date 2021-06\n"
                "paiban new weekly --layout newsletter --date 2021-06-04\n",
    .options = rows,
    .run = run,
};
