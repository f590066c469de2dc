/* import: `paiban import OLD.txt|OLD.pdf -o ISSUE.md`: an old issue becomes Markdown. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"
#include "content/date.h"
#include "import/import.h"
#include "job/result.h"

struct import_values {
    const char *output;
    const char *date;
    bool force;
};

#define AT(field) offsetof(struct import_values, field)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "ISSUE.md", NULL, 0, 0,
        N_("where the issue goes; - is standard output")},
    {"date", '\0', OPTION_TEXT, AT(date), "YYYY-MM", NULL, 0, 0,
        N_("the issue's date, else it is looked for in the file's name")},
    {"force", '\0', OPTION_FLAG, AT(force), NULL, NULL, 0, 0,
        N_("replace an issue that is there already")},
    {.name = NULL},
};

static int refuse(const char *problem, const char *word)
{
    return command_refuse_word(problem, word, _("`paiban help import` says more"));
}

/* A picture's file that is there already; NULL: none. */
static const char *existing_file(const char *path, const struct import_result *result)
{
    for (size_t i = 0; strcmp(path, "-") != 0 && i < result->files.length; i++) {
        if (path_exists(result->files.data[i].path))
            return result->files.data[i].path;
    }
    return NULL;
}

/* Pictures, the issue, and series.yaml when the issue is there and no series.yaml is. */
static bool write_result(
    struct job *job, const char *path, const struct import_result *result)
{
    for (size_t i = 0; strcmp(path, "-") != 0 && i < result->files.length; i++) {
        const struct import_file *file = &result->files.data[i];

        if (!path_make_folder(path_folder(&job->arena, file->path)) ||
            !output_save(file->path, file->bytes, &job->sink))
            return false;
    }
    if (!output_save(path, str_text(&result->issue), &job->sink))
        return false;
    if (result->series_path == NULL || path_exists(result->series_path))
        return true;
    if (!output_save(result->series_path, str_text(&result->series), &job->sink))
        return false;
    diag_add(&job->sink, DIAG_IMPORT_SERIES, SPAN_NONE, NULL, result->series_path);
    return true;
}

static int import_issue(
    const char *path, const struct import_values *values, struct date date)
{
    struct import_options options = {.output = values->output, .date = date};
    struct import_result result;
    struct job job;
    enum job_result outcome;
    const char *there = NULL; /* a picture that would be replaced */

    job_init(&job);
    options.modules = job.paths.modules;
    if (import_read(&job.files, path, &options, &result, &job.sink)) {
        there = values->force ? NULL : existing_file(values->output, &result);
        if (there == NULL)
            write_result(&job, values->output, &result);
    }
    outcome = job_result(&job.sink);
    report_diagnostics(&job, false);
    report_summary(&job, path);
    if (there != NULL)
        refuse(_("the file exists already, and --force is not given:"), there);
    import_result_done(&result);
    job_done(&job);
    if (there != NULL)
        return EXIT_USAGE;
    if (outcome == JOB_FILE)
        return EXIT_FILE;
    return outcome == JOB_NOT_RENDERED ? EXIT_NOT_RENDERED : EXIT_DONE;
}

static int check_and_import(
    const struct import_values *values, const struct operands *operands)
{
    struct date date = {0};

    if (operands->list.length == 0)
        return refuse(_("no old issue given"), NULL);
    if (operands->list.length > 1)
        return refuse(
            _("only one old issue can be imported at a time:"), operands->list.data[1]);
    if (values->output == NULL)
        return refuse(_("-o ISSUE.md is needed"), NULL);
    if (values->date != NULL && !date_read(text_of(values->date), &date))
        return refuse(_("--date must be YYYY-MM or YYYY-MM-DD, not"), values->date);
    if (strcmp(values->output, "-") != 0 && path_exists(values->output) && !values->force)
        return refuse(
            _("the file exists already, and --force is not given:"), values->output);
    return import_issue(operands->list.data[0], values, date);
}

static int run(int argc, char **argv)
{
    struct import_values values = {0};
    struct operands operands = {0};
    int status;

    if (command_options(&command_import, argc, argv, &values, &operands, &status))
        status = check_and_import(&values, &operands);
    operands_done(&operands);
    return status;
}

const struct command command_import = {
    .name = "import",
    .summary = N_("bring in an old issue: its text, or its PDF"),
    .synopsis = "OLD.txt|OLD.pdf -o ISSUE.md [--date YYYY-MM] [--force]",
    .description = N_(
        "The text is what pdftotext gives, with or without -layout. A tagged PDF also\n"
        "brings back lists, tables, notes and pictures, which go into images/ beside "
        "the\n"
        "issue; any other is read by the places of its lines. What all issues share "
        "goes\n"
        "into series.yaml where there is none. What is unsure becomes a comment at its\n"
        "place.\n"),
    .examples = "paiban import tests/original/2021-05.txt -o out/imported/2021-05.md\n",
    .options = rows,
    .run = run,
};
