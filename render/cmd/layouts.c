/* layouts: `paiban layouts`: the layouts there are, or every key that one may set. */
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/report.h"

struct layouts_options {
    bool keys;
    bool copy;  /* the operands are a layout's name and a file */
    bool force; /* replace the file */
};

static const struct option_row rows[] = {
    {"keys", '\0', OPTION_FLAG, offsetof(struct layouts_options, keys), NULL, NULL, 0, 0,
        N_("print every key: type, unit, range, default, help")},
    {"copy", '\0', OPTION_FLAG, offsetof(struct layouts_options, copy), NULL, NULL, 0, 0,
        N_("write a layout of your own to FILE that inherits NAME")},
    {"force", '\0', OPTION_FLAG, offsetof(struct layouts_options, force), NULL, NULL, 0,
        0, N_("with --copy: replace FILE")},
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

static int refuse_existing(const char *path)
{
    struct str problem;

    str_init(&problem);
    str_printf(&problem, _("‘%s’ exists already"), path);
    command_refuse(&problem, _("--force replaces it"));
    str_done(&problem);
    return EXIT_FILE;
}

static int refuse_operands(void)
{
    struct str problem;
    int status;

    str_init(&problem);
    str_append_string(&problem, _("--copy needs the name of a layout and a file"));
    status = command_refuse(&problem, NULL);
    str_done(&problem);
    return status;
}

/* Write the layout's copy to a file that must not be there yet. */
static bool write_copy(struct job *job, const char *name, const char *path)
{
    const struct layout_paths paths = {job->paths.data, NULL};
    struct layout *layout = layout_load(name, SPAN_NONE, &paths, &job->files, &job->sink);
    struct output output;
    struct str text;
    bool written = false;

    if (layout == NULL)
        return false;
    str_init(&text);
    layout_copy(layout, &text);
    if (output_open(&output, path, &job->sink)) {
        output_write(&output, text.data, text.length);
        written = output_commit(&output, &job->sink);
        output_abandon(&output);
    }
    str_done(&text);
    layout_free(layout);
    return written;
}

static int copy_layout(const char *name, const char *path, bool force)
{
    struct job job;
    int status = EXIT_DONE;

    if (!force && strcmp(path, "-") != 0 && path_exists(path))
        return refuse_existing(path);
    job_init(&job);
    if (!write_copy(&job, name, path))
        status =
            job.sink.list.length > 0 && job.sink.list.data[0].id == DIAG_UNKNOWN_LAYOUT
                ? EXIT_USAGE
                : EXIT_FILE;
    report_diagnostics(&job, false);
    job_done(&job);
    return status;
}

static int run(int argc, char **argv)
{
    struct layouts_options values = {.keys = false};
    struct operands operands = {0};
    int status;

    if (command_options(&command_layouts, argc, argv, &values, &operands, &status)) {
        if (values.copy && operands.list.length == 2) {
            status =
                copy_layout(operands.list.data[0], operands.list.data[1], values.force);
        } else if (values.copy) {
            status = refuse_operands();
        } else {
            status = command_no_operands(&operands);
            if (status == EXIT_DONE)
                status = print_layouts(values.keys);
        }
    }
    operands_done(&operands);
    return status;
}

const struct command command_layouts = {
    .name = "layouts",
    .summary = N_("list the layouts, or every key of a layout"),
    .synopsis = "[--keys | --copy NAME FILE [--force]]",
    .description = "",
    .examples = "paiban layouts\n"
                "paiban layouts --keys\n"
                "paiban layouts --copy monthly my.yaml\n",
    .options = rows,
    .run = run,
};
