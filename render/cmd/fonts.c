/* fonts: `paiban fonts`: each role with its families and the files in use. */
#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"

static const struct option_row rows[] = {{.name = NULL}};

static int print_fonts(void)
{
    struct fonts *fonts;
    struct job job;
    struct str text;
    int status = EXIT_NOT_RENDERED;

    job_init(&job);
    str_init(&text);
    fonts = fonts_open(job.paths.data, true, &job.files, &job.sink);
    if (fonts != NULL)
        fonts_list(fonts, &text, &job.sink);
    report_diagnostics(&job, false);
    if (fonts != NULL)
        status = command_print(&text);
    fonts_close(fonts);
    str_done(&text);
    job_done(&job);
    return status;
}

static int run(int argc, char **argv)
{
    struct operands operands = {0};
    int status;

    if (command_options(&command_fonts, argc, argv, NULL, &operands, &status)) {
        status = command_no_operands(&operands);
        if (status == EXIT_DONE)
            status = print_fonts();
    }
    operands_done(&operands);
    return status;
}

const struct command command_fonts = {
    .name = "fonts",
    .summary = N_("list the font roles and the files in use"),
    .synopsis = "",
    .description = N_(
        "Keeps what is installed in the user's cache, so that the next commands start faster."),
    .examples = "paiban fonts\n",
    .options = rows,
    .run = run,
};
