/* layouts: `paiban layouts`: the layouts there are, or every key that one may set. */
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"

struct layouts_options {
    bool keys;
};

static const struct option_row rows[] = {
    {"keys", '\0', OPTION_FLAG, offsetof(struct layouts_options, keys), NULL, NULL, 0, 0,
        N_("print every key: type, unit, range, default, help")},
    {.name = NULL},
};

/* The first line of a layout's opening comment, without “# name: ”: what it is for. */
static struct text describe(struct job *job, const char *name)
{
    const char *path =
        path_join(&job->arena, path_join(&job->arena, job->paths.data, "layouts"),
            arena_print(&job->arena, "%s.yaml", name));
    int file =
        files_read_text(&job->files, path, FILES_SOURCE_LIMIT, SPAN_NONE, &job->sink);
    struct text line;
    size_t start;

    if (file < 0)
        return TEXT("");
    line = files_line(&job->files, (uint32_t)file, 1);
    if (!text_starts(line, "#"))
        return TEXT("");
    line = text_trim(text_slice(line, 1, line.length));
    start = text_starts(line, name) ? strlen(name) : 0;
    if (start > 0 && start < line.length && line.data[start] == ':')
        line = text_trim(text_slice(line, start + 1, line.length));
    return line;
}

static void append_layouts(struct job *job, struct str *out)
{
    const struct layout_paths paths = {job->paths.data, NULL};
    const char **names;
    uint32_t count = layout_names(&paths, &job->arena, &names);

    for (uint32_t i = 0; i < count; i++) {
        struct text description = describe(job, names[i]);

        str_append_string(out, names[i]);
        if (description.length > 0)
            str_append_char(out, '\t');
        str_append_escaped(out, description);
        str_append_char(out, '\n');
    }
}

static int print_layouts(bool keys)
{
    struct job job;
    struct str text;
    int status;

    job_init(&job);
    str_init(&text);
    if (keys)
        layout_keys_print(&text);
    else
        append_layouts(&job, &text);
    report_diagnostics(&job, false);
    status = command_print(&text);
    if (diag_is_fatal(&job.sink))
        status = EXIT_FILE;
    str_done(&text);
    job_done(&job);
    return status;
}

static int run(int argc, char **argv)
{
    struct layouts_options values = {.keys = false};
    struct operands operands = {0};
    int status;

    if (command_options(&command_layouts, argc, argv, &values, &operands, &status)) {
        status = command_no_operands(&operands);
        if (status == EXIT_DONE)
            status = print_layouts(values.keys);
    }
    operands_done(&operands);
    return status;
}

const struct command command_layouts = {
    .name = "layouts",
    .summary = N_("list the layouts, or every key of a layout"),
    .synopsis = "[--keys]",
    .description = "",
    .examples = "paiban layouts\n"
                "paiban layouts --keys\n",
    .options = rows,
    .run = run,
};
