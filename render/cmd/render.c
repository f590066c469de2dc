/* render: `paiban render ISSUE.md…`: each issue through job_build() to its output.
 *
 * Options that cannot be meant are refused before anything is read. An issue that fails
 * does not stop the ones behind it; the heaviest result decides the exit status.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "cmd/changes.h"
#include "cmd/command.h"
#include "cmd/issue_options.h"
#include "cmd/report.h"
#include "job/render.h"
#include "job/result.h"
#include "job/target.h"
#include "out/pdf/cache.h"

#define DPI_DEFAULT 150.0
#define DPI_LEAST   18.0   /* an A4 page as a stamp of 149 × 210 pixels */
#define COMPRESS_MOST 12.0 /* of libdeflate */
#define DPI_MOST    2400.0 /* finer than any printing plate of a bulletin */

struct render_options {
    const char *output; /* -o; NULL: beside the source */
    const char *format; /* "pdf", "png", "svg"; NULL: by the output's extension */
    const char *pages;  /* "1-3,7"; NULL: all */
    const char *dump;   /* name of a stage; NULL: none */
    const char *changed_since; /* an older PDF to compare with; NULL: none */
    const char *pdfa;   /* "2a" …; NULL: the usual */
    struct issue_options issue;
    double dpi;
    double compress; /* deflate level; −1: the usual */
    bool strict, timings, linearize, draft;
};

#define AT(field) offsetof(struct render_options, field)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "FILE|DIR", NULL, 0, 0,
        N_("where the output goes; - is standard output")},
    {"format", '\0', OPTION_CHOICE, AT(format), "FORMAT", "pdf|png|svg", 0, 0,
        N_("format, else by the name of -o, else pdf")},
    {"pages", '\0', OPTION_TEXT, AT(pages), "LIST", NULL, 0, 0,
        N_("sheets to draw, counted from 1: 1-3,7")},
    {"dpi", '\0', OPTION_NUMBER, AT(dpi), "N", NULL, DPI_LEAST, DPI_MOST,
        N_("resolution of PNG (150)")},
    {"dump", '\0', OPTION_CHOICE, AT(dump), "STAGE", JOB_STAGE_NAMES, 0, 0,
        N_("print a stage as text instead")},
    {"pdfa", '\0', OPTION_CHOICE, AT(pdfa), "LEVEL", "none|2b|2u|2a|3a", 0, 0,
        N_("what a PDF promises (2a); 3a carries the source")},
    {"linearize", '\0', OPTION_FLAG, AT(linearize), NULL, NULL, 0, 0,
        N_("order a PDF so that it is shown while it loads")},
    {"compress", '\0', OPTION_NUMBER, AT(compress), "N", NULL, 0, COMPRESS_MOST,
        N_("effort of compressing a PDF, 0 to 12 (5)")},
    {"changed-since", '\0', OPTION_TEXT, AT(changed_since), "OLD.pdf", NULL, 0, 0,
        N_("list the pages that differ from those of an older PDF")},
    {"draft", '\0', OPTION_FLAG, AT(draft), NULL, NULL, 0, 0,
        N_("render although a 【待填】 is left, and mark the pages as a draft")},
    {"strict", '\0', OPTION_FLAG, AT(strict), NULL, NULL, 0, 0,
        N_("exit with 1 where there are warnings or errors")},
    {"timings", '\0', OPTION_FLAG, AT(timings), NULL, NULL, 0, 0,
        N_("print the CPU time of each stage")},
    ISSUE_OPTION_ROWS(AT(issue)),
    {.name = NULL},
};

/* One call of the command. */
struct rendering {
    struct render_options options;
    struct operands issues;
    struct job_options job_options; /* what the options say of every issue */
    const struct device *device; /* NULL before the first book: opening it costs time */
    struct page_digests old; /* of the PDF to compare with */
    bool left; /* the memory of the one issue, to the system */
    struct pdf_cache *pdf_cache; /* of several issues; owned; NULL: of none */
    struct job job;
};

static bool ends_with_extension(const char *path, const char *extension)
{
    size_t length = strlen(path), tail = strlen(extension);

    return length > tail + 1 && path[length - tail - 1] == '.' &&
           strcmp(path + length - tail, extension) == 0;
}

/* --format, else by the name of -o, else pdf. */
static const char *choose_format(const struct render_options *options)
{
    if (options->format != NULL)
        return options->format;
    if (options->output != NULL && ends_with_extension(options->output, "png"))
        return "png";
    if (options->output != NULL && ends_with_extension(options->output, "svg"))
        return "svg";
    return "pdf";
}

/* An option that only a PDF can keep, given with another format. */
static const char *find_pdf_option(const struct render_options *options)
{
    if (options->pdfa != NULL)
        return _("only a PDF can have --pdfa");
    if (options->linearize)
        return _("only a PDF can have --linearize");
    return options->compress >= 0 ? _("only a PDF can have --compress") : NULL;
}

/* What is wrong with the options as a whole; NULL: nothing. */
static const char *find_problem(const struct rendering *r)
{
    const char *output = r->options.output;
    size_t count = r->issues.list.length;
    size_t standard_inputs = 0;

    for (size_t i = 0; i < count; i++)
        standard_inputs += strcmp(r->issues.list.data[i], "-") == 0;
    if (count == 0)
        return _("no issue given");
    if (r->options.compress != (int)r->options.compress)
        return _("--compress takes a whole number");
    if (count > 1 && output != NULL && !path_is_folder(output))
        return _("with several issues -o must name an existing folder");
    if (count > 1 && output != NULL && r->options.dump != NULL)
        return _("with several issues --dump goes to standard output");
    if (count > 1 && r->options.changed_since != NULL)
        return _("--changed-since compares one issue");
    if (standard_inputs > 1)
        return _("standard input can be read only once");
    if (standard_inputs == 1 && r->options.dump == NULL &&
        (output == NULL || job_target_is_folder(output)))
        return _("an issue from standard input needs -o FILE");
    if (strcmp(choose_format(&r->options), "pdf") != 0 || r->options.dump != NULL)
        return find_pdf_option(&r->options);
    return NULL;
}

static const char *target_of(struct rendering *r, const char *issue)
{
    if (r->options.dump != NULL)
        return r->options.output != NULL ? r->options.output : "-";
    return job_target(
        &r->job.arena, issue, r->options.output, choose_format(&r->options));
}

/* Two issues that would go to the same file: the second would replace the first. */
static bool find_clash(struct rendering *r, struct str *problem)
{
    struct map targets;
    bool clash = false;

    map_init(&targets);
    for (size_t i = 0; i < r->issues.list.length && !clash; i++) {
        char *issue = r->issues.list.data[i];
        struct text target = text_of(target_of(r, issue));
        const char *first = map_lookup(&targets, target);

        clash = first != NULL && r->options.dump == NULL;
        if (clash)
            str_printf(problem, _("‘%s’ and ‘%s’ would both go to ‘%s’"), first, issue,
                target.data);
        map_set(&targets, target, issue);
    }
    map_done(&targets);
    return clash;
}

/* Refuse what cannot be meant. EXIT_DONE: nothing is wrong. */
static int check_options(struct rendering *r)
{
    const char *problem = find_problem(r);
    struct str text;
    int status = EXIT_DONE;

    str_init(&text);
    if (problem != NULL)
        str_append_string(&text, problem);
    if (problem != NULL || !issue_options_apply(&r->options.issue, &r->job_options, &text) ||
        find_clash(r, &text))
        status = command_refuse(&text, _("`paiban help render` says more"));
    str_done(&text);
    return status;
}

static enum job_result refuse_pages(const struct rendering *r, const char *reason)
{
    struct str problem;

    str_init(&problem);
    str_append_string(&problem, "--pages ");
    str_append_escaped(
        &problem, text_of(r->options.pages != NULL ? r->options.pages : ""));
    str_printf(&problem, ": %s", reason);
    command_refuse(&problem, NULL);
    str_done(&problem);
    return JOB_WRONG_OPTION;
}

static enum conformance conformance_of(const char *name)
{
    static const char *const names[] = {[CONFORMANCE_2A] = "2a",
        [CONFORMANCE_2U] = "2u",
        [CONFORMANCE_2B] = "2b",
        [CONFORMANCE_3A] = "3a",
        [CONFORMANCE_NONE] = "none"};

    for (int i = 0; name != NULL && i <= CONFORMANCE_NONE; i++)
        if (strcmp(names[i], name) == 0)
            return (enum conformance)i;
    return CONFORMANCE_2A;
}

/* The issue travels in its own PDF. */
static void attach_source(const struct rendering *r, struct book *book)
{
    const struct file *file = files_get(&r->job.files, r->job.document->file);
    const char *slash = strrchr(file->path, '/');
    const char *name = slash != NULL ? slash + 1 : file->path;

    book_add_attachment(book, strcmp(name, "<stdin>") == 0 ? "issue.md" : name,
        "text/markdown", "Markdown", file->bytes);
}

/* Draw with r->device. */
static enum job_result draw(struct rendering *r, struct book *book, const char *target)
{
    uint32_t page_total = (uint32_t)book->pages.length;
    struct job_drawing drawing = {
        .device = r->device,
        .options = {.dpi = r->options.dpi,
            .page_count = page_total,
            .compress = (int)r->options.compress,
            .conformance = conformance_of(r->options.pdfa),
            .linearize = r->options.linearize,
            .pdf_cache = r->pdf_cache,
            .module_folder = r->job.paths.modules},
        .target = target,
    };
    bool names_file =
        r->options.output != NULL && !job_target_is_folder(r->options.output);
    const char *reason = NULL;

    if (r->options.pages != NULL &&
        !pages_parse(r->options.pages, page_total, &book->arena, &drawing.options.pages,
            &drawing.options.page_count, &reason))
        return refuse_pages(r, reason);
    drawing.numbered =
        r->device->file_per_page && !(names_file && drawing.options.page_count == 1);
    if (drawing.numbered && strcmp(target, "-") == 0)
        return refuse_pages(r, _("standard output takes one page of this format"));
    if (drawing.options.conformance == CONFORMANCE_3A)
        attach_source(r, book);
    job_render(&r->job, book, &drawing);
    return job_result(&r->job.sink);
}

static enum job_result write_output(
    struct rendering *r, struct book *book, const char *target)
{
    if (r->options.dump != NULL) {
        job_write_dump(&r->job, target);
        return job_result(&r->job.sink);
    }
    if (r->device == NULL)
        r->device = job_device(&r->job, choose_format(&r->options));
    return r->device != NULL ? draw(r, book, target) : job_result(&r->job.sink);
}

static void tell_progress(const struct rendering *r, const char *target, uint32_t pages)
{
    struct str text;

    if (r->options.issue.quiet || !isatty(STDERR_FILENO) || strcmp(target, "-") == 0)
        return;
    str_init(&text);
    str_append_escaped(&text, text_of(target));
    str_printf(&text, ngettext(": %u page\n", ": %u pages\n", pages), pages);
    fputs(text.data, stderr);
    str_done(&text);
}

static enum job_result render_issue(struct rendering *r, const char *issue)
{
    struct job_options options = r->job_options;
    const char *target = target_of(r, issue);
    enum job_result result;
    struct book book;

    options.draft = r->options.draft ? DRAFT_WANTED : DRAFT_REFUSED;
    if (r->options.dump != NULL)
        job_stage_parse(r->options.dump, &options.dump);
    if (job_build(&r->job, issue, &options, &book))
        result = write_output(r, &book, target);
    else
        result = job_result(&r->job.sink);
    report_diagnostics(&r->job, r->options.issue.quiet);
    if (r->options.timings)
        report_timings(&r->job, issue);
    if (!r->options.issue.quiet)
        report_summary(&r->job, issue);
    if (result <= JOB_FINDINGS)
        tell_progress(r, target, (uint32_t)book.pages.length);
    if (result <= JOB_FINDINGS && r->old.list.length > 0)
        changes_print(issue, &book, &r->old, strcmp(target, "-") == 0);
    if (!r->left)
        book_done(&book);
    return result;
}

static int exit_status(const struct rendering *r, enum job_result result)
{
    switch (result) {
    case JOB_GOOD:
        return EXIT_DONE;
    case JOB_FINDINGS:
        return r->options.strict ? EXIT_FINDINGS : EXIT_DONE;
    case JOB_NOT_RENDERED:
        return EXIT_NOT_RENDERED;
    case JOB_FILE:
        return r->issues.list.length == 1 ? EXIT_FILE : EXIT_NOT_RENDERED;
    case JOB_WRONG_OPTION:
        break;
    }
    return EXIT_USAGE;
}

/* What the old PDF has to compare with: before the new one may replace it. EXIT_DONE: it
 * was read, or has nothing, which was told. */
static int read_old(struct rendering *r)
{
    if (r->options.changed_since == NULL)
        return EXIT_DONE;
    page_digests_read(r->options.changed_since, &r->old, &r->job.sink);
    report_diagnostics(&r->job, r->options.issue.quiet);
    return diag_is_fatal(&r->job.sink) ? EXIT_FILE : EXIT_DONE;
}

/* Render all issues; returns the heaviest result. */
static enum job_result render_issues(struct rendering *r)
{
    enum job_result worst = JOB_GOOD;

    r->job.once = r->issues.list.length == 1;
    r->left = r->job.once && memory_is_left();
    if (!r->job.once)
        r->pdf_cache = pdf_cache_new(SERIES_ISSUES);
    for (size_t i = 0; i < r->issues.list.length; i++) {
        enum job_result result = render_issue(r, r->issues.list.data[i]);

        if (result > worst)
            worst = result;
    }
    return worst;
}

static void rendering_done(struct rendering *r)
{
    pdf_cache_free(r->pdf_cache);
    job_done(&r->job);
    issue_options_done(&r->options.issue);
    vec_done(&r->old.list);
    operands_done(&r->issues);
}

static int run(int argc, char **argv)
{
    struct rendering r = {.options = {.dpi = DPI_DEFAULT, .compress = -1}};
    int status;

    job_init(&r.job);
    if (command_options(&command_render, argc, argv, &r.options, &r.issues, &status)) {
        status = check_options(&r);
        if (status == EXIT_DONE)
            status = read_old(&r);
        if (status == EXIT_DONE)
            status = exit_status(&r, render_issues(&r));
    }
    if (!r.left)
        rendering_done(&r);
    return status;
}

const struct command command_render = {
    .name = "render",
    .summary = N_("typeset issues"),
    .synopsis = "ISSUE.md… [-o FILE|DIR] [OPTION…]",
    .description = N_(
        "Without -o the output stands beside its source, with the extension of its "
        "format.\n"
        "PNG and SVG have a file per page, NAME-01.png …, or exactly FILE for one page.\n"
        "- is standard input or output. An old output is replaced only by a whole new "
        "one.\n"),
    .examples = "paiban render samples/2021-05.md -o out/\n"
                "paiban render issue.md --format png --pages 1-2 --dpi 96 -o out/\n"
                "paiban render issue.md --layout monthly --strict\n",
    .options = rows,
    .run = run,
};
