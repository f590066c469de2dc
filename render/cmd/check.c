/* check: `paiban check`: the editor's rules on issues, and across them when there are
 * several.
 *
 * What render would say is said here as well: the pages are built by job_build() (without
 * a device), unless --no-pages asks for the rules on the text alone. Findings are the
 * product and go to standard output; only findings at or above --level are shown and
 * counted. --fix first repairs what is certain, in rounds, because one repair may show
 * another; then checks what is left. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "check/archive.h"
#include "check/check_json.h"
#include "cmd/command.h"
#include "job/build.h"
#include "job/discover.h"
#include "job/result.h"

#define FIX_ROUNDS  20 /* two or three are usual; the rest is against a fault of a rule */
#define ISSUES_MOST 100000 /* of a folder; a hundred years of a daily are 36,500 */

struct check_options {
    const char *format; /* "text", "json", "gcc" */
    const char *level;  /* "note", "warning", "error" */
    const char *layout; /* NULL: as the issue says */
    bool fix, diff, list, no_pages;
};

#define AT(field) offsetof(struct check_options, field)

static const struct option_row rows[] = {
    {"format", '\0', OPTION_CHOICE, AT(format), "FORMAT", "text|json|gcc", 0, 0,
        N_("how findings are printed")},
    {"level", '\0', OPTION_CHOICE, AT(level), "LEVEL", "note|warning|error", 0, 0,
        N_("least level that is shown and counted (warning)")},
    {"fix", '\0', OPTION_FLAG, AT(fix), NULL, NULL, 0, 0,
        N_("repair what is certain, and show what changed")},
    {"diff", '\0', OPTION_FLAG, AT(diff), NULL, NULL, 0, 0,
        N_("show what --fix would change, and change nothing")},
    {"no-pages", '\0', OPTION_FLAG, AT(no_pages), NULL, NULL, 0, 0,
        N_("check the text only, without building the pages")},
    {"layout", '\0', OPTION_TEXT, AT(layout), "NAME|FILE", NULL, 0, 0,
        N_("layout to use instead of the issue's")},
    {"list", '\0', OPTION_FLAG, AT(list), NULL, NULL, 0, 0,
        N_("print every rule: name, level, clause, sentences")},
    {.name = NULL},
};

/* One call of the command. */
struct checking {
    struct check_options options;
    struct operands operands;
    enum diag_level level;
    struct job job;
    struct archive archive;
    bool across;             /* several issues: compare them */
    struct check_json *json; /* NULL: another format */
    uint32_t counted;        /* findings at or above the level */
};

static enum diag_level level_of(const char *name)
{
    return strcmp(name, "note") == 0      ? LEVEL_NOTE
           : strcmp(name, "warning") == 0 ? LEVEL_WARNING
                                          : LEVEL_ERROR;
}

/* ---- printing */

/* path:line:column: level: message [id], one line for editors' error lists. */
static void append_gcc(
    const struct diagnostic *d, const struct files *files, struct str *out)
{
    const struct file *file = files_get(files, d->span.file);
    uint32_t line = 1, column = 1;

    if (file != NULL) {
        files_position(files, d->span, &line, &column);
        str_append_escaped(out, text_of(file->path));
        str_printf(out, ":%u:%u: ", line, column);
    } else
        str_append_string(out, "paiban: ");
    str_printf(out, "%s: ", diag_level_name(diag_info(d->id)->level));
    str_append_escaped(out, text_of(d->message));
    if (d->hint != NULL) {
        str_append_string(out, "; ");
        str_append_escaped(out, text_of(d->hint));
    }
    str_printf(out, " [%s]\n", diag_info(d->id)->name);
}

/* Print the sink's findings. */
static int report(struct checking *c, const char *path, const struct diagnostics *sink,
    const struct files *files)
{
    struct str text;
    int status = EXIT_DONE;

    str_init(&text);
    if (c->json != NULL)
        check_json_begin(c->json, path);
    for (size_t i = 0; i < sink->list.length; i++) {
        const struct diagnostic *d = &sink->list.data[i];

        if (diag_info(d->id)->level < c->level)
            continue;
        c->counted++;
        if (c->json != NULL)
            check_json_add(c->json, d, files);
        else if (strcmp(c->options.format, "gcc") == 0)
            append_gcc(d, files, &text);
        else
            diag_print(d, files, false, &text);
    }
    if (c->json == NULL)
        status = command_print(&text);
    str_done(&text);
    return status;
}

/* ---- repairing */

/* A file being repaired. */
struct fixing {
    struct arena arena; /* of its texts */
    struct files files;
    const char *path;
    const char *series; /* path of its series.yaml; NULL when it has none */
};

/* One round on a text: what it became is appended to out. Returns the number of repairs.
 */
static uint32_t fix_round(struct fixing *f, struct text source, struct str *out)
{
    struct diagnostics sink;
    struct document *document;
    struct check check;
    uint32_t made = 0;

    diagnostics_init(&sink);
    document = document_from_text(&f->files,
        (uint32_t)files_add_text(&f->files, f->path, source), f->series, &sink);
    if (document != NULL) {
        check_init(&check, document, &f->files, &sink);
        check_run(&check, NULL);
        made = check_apply(&check, source, out);
        check_done(&check);
    }
    document_free(document);
    diagnostics_done(&sink);
    return made;
}

/* The text after as many rounds as show something new to repair. */
static struct text fix_text(struct fixing *f, struct text now)
{
    for (int round = 0; round < FIX_ROUNDS; round++) {
        struct str out;
        uint32_t made;

        str_init(&out);
        made = fix_round(f, now, &out);
        if (made > 0)
            now = text_copy(&f->arena, str_text(&out));
        str_done(&out);
        if (made == 0)
            break;
    }
    return now;
}

/* Read the file to repair; false: the check that follows will say why. */
static bool open_fixing(struct fixing *f, struct text *ret_source)
{
    struct diagnostics sink;
    struct document *document;
    bool good;

    diagnostics_init(&sink);
    document = document_read(&f->files, f->path, &sink);
    good = document != NULL;
    if (good) {
        *ret_source = files_get(&f->files, document->file)->bytes;
        if (document->series_folder != NULL)
            f->series = path_join(&f->arena, document->series_folder, "series.yaml");
    }
    document_free(document);
    diagnostics_done(&sink);
    return good;
}

/* Repair a file: show the diff, and write it unless only the diff was asked for. False
 * when it could not be written, which has been told. */
static bool fix_file(struct checking *c, const char *path)
{
    struct fixing f = {.path = path};
    struct text before, after;
    struct diagnostics sink;
    struct str diff;
    bool good;

    arena_init(&f.arena);
    files_init(&f.files);
    diagnostics_init(&sink);
    str_init(&diff);
    if (open_fixing(&f, &before)) {
        after = fix_text(&f, before);
        if (!text_equal(before, after)) {
            check_diff(path, before, after, &diff);
            if (c->options.fix)
                (void)output_save(path, after, &sink);
        }
    }
    if (c->json == NULL)
        command_print(&diff);
    good = !diag_is_fatal(&sink);
    if (!good)
        report(c, path, &sink, &f.files);
    str_done(&diff);
    diagnostics_done(&sink);
    files_done(&f.files);
    arena_done(&f.arena);
    return good;
}

/* ---- one issue */

static enum job_result check_issue(struct checking *c, const char *path)
{
    const struct job_options options = {.layout = c->options.layout,
        .dump = c->options.no_pages ? STAGE_TREE : STAGE_NONE,
        .draft = DRAFT_IGNORED};
    struct book book = {0};
    enum job_result result;
    struct check check;

    if ((c->options.fix || c->options.diff) && !fix_file(c, path))
        return JOB_FILE;
    job_build(&c->job, path, &options, &book);
    if (c->job.document != NULL) {
        check_init(&check, c->job.document, &c->job.files, &c->job.sink);
        check_run(&check, book.pages.length > 0 ? &book : NULL);
        if (c->across)
            archive_add(&c->archive, &check);
        check_done(&check);
    }
    result = job_result(&c->job.sink);
    report(c, path, &c->job.sink, &c->job.files);
    book_done(&book);
    return result;
}

static void check_across(struct checking *c)
{
    struct diagnostics sink;

    diagnostics_init(&sink);
    archive_check(&c->archive, &sink);
    if (sink.list.length > 0)
        report(c, NULL, &sink, &c->archive.files);
    diagnostics_done(&sink);
}

/* ---- the command */

static int list_rules(void)
{
    struct str text;
    int status;

    str_init(&text);
    for (size_t i = 0; i < RULE_TOTAL; i++) {
        const struct rule *rule = rule_at(i);
        const struct diag_info *info = diag_info(rule->id);

        str_printf(&text, "%s\t%s\t%s\t", info->name, diag_level_name(info->level),
            rule->clause);
        rule_sentence(_(info->format), &text);
        str_append_char(&text, '\t');
        rule_sentence(rule->chinese, &text);
        str_append_char(&text, '\n');
    }
    status = command_print(&text);
    str_done(&text);
    return status;
}

static int refuse(const char *problem)
{
    struct str text;
    int status;

    str_init(&text);
    str_append_string(&text, problem);
    status = command_refuse(&text, _("`paiban help check` says more"));
    str_done(&text);
    return status;
}

static int exit_status(const struct checking *c, size_t issues, enum job_result worst)
{
    if (worst == JOB_NOT_RENDERED)
        return EXIT_NOT_RENDERED;
    if (worst >= JOB_FILE)
        return issues == 1 ? EXIT_FILE : EXIT_NOT_RENDERED;
    return c->counted > 0 ? EXIT_FINDINGS : EXIT_DONE;
}

static int print_json(const struct check_json *json)
{
    struct str text;
    int status;

    str_init(&text);
    check_json_append(json, &text);
    status = command_print(&text);
    str_done(&text);
    return status;
}

static int check_issues(struct checking *c, const struct issue_list *issues)
{
    enum job_result worst = JOB_GOOD;
    int status = EXIT_DONE;

    c->across = issues->list.length > 1;
    if (strcmp(c->options.format, "json") == 0)
        c->json = check_json_new();
    for (size_t i = 0; i < issues->list.length; i++) {
        enum job_result result = check_issue(c, issues->list.data[i].path);

        if (result > worst)
            worst = result;
    }
    check_across(c);
    if (c->json != NULL)
        status = print_json(c->json);
    check_json_free(c->json);
    return status != EXIT_DONE ? status : exit_status(c, issues->list.length, worst);
}

/* "-" is standard input; else files and folders, each by itself: two issues of one name
 * are no clash here. */
static bool find_issues(struct checking *c, struct issue_list *issues)
{
    const struct discovery discovery = {.out = "", .extension = "check", .most = ISSUES_MOST};
    bool good = true;

    for (size_t i = 0; good && i < c->operands.list.length; i++) {
        char *const *operand = &c->operands.list.data[i];
        struct issue_list found;

        if (strcmp(*operand, "-") == 0) {
            vec_push(&issues->list, (struct issue){"-", "-"});
            continue;
        }
        issue_list_init(&found);
        good = issues_find(&found, operand, 1, &discovery, &c->job.sink);
        for (size_t k = 0; k < found.list.length; k++) {
            const char *path = found.list.data[k].path;

            vec_push(&issues->list,
                (struct issue){arena_copy(&issues->arena, path, strlen(path)), ""});
        }
        issue_list_done(&found);
    }
    return good;
}

/* It is read once: a repair reads its text again. */
static bool has_standard_input(const struct checking *c)
{
    for (size_t i = 0; i < c->operands.list.length; i++) {
        if (strcmp(c->operands.list.data[i], "-") == 0)
            return true;
    }
    return false;
}

static int run_checks(struct checking *c)
{
    struct issue_list issues;
    int status;

    if (c->operands.list.length == 0)
        return refuse(_("no issue given"));
    if ((c->options.fix || c->options.diff) && has_standard_input(c))
        return refuse(_("--fix and --diff need a file"));
    issue_list_init(&issues);
    if (find_issues(c, &issues))
        status = check_issues(c, &issues);
    else {
        report(c, NULL, &c->job.sink, &c->job.files);
        status = EXIT_FILE;
    }
    issue_list_done(&issues);
    return status;
}

static int run(int argc, char **argv)
{
    struct checking c = {.options = {.format = "text", .level = "warning"}};
    int status;

    job_init(&c.job);
    archive_init(&c.archive);
    if (command_options(&command_check, argc, argv, &c.options, &c.operands, &status)) {
        c.level = level_of(c.options.level);
        status = c.options.list ? list_rules() : run_checks(&c);
    }
    archive_done(&c.archive);
    job_done(&c.job);
    operands_done(&c.operands);
    return status;
}

const struct command command_check = {
    .name = "check",
    .summary = N_("find mistakes in issues"),
    .synopsis = "ISSUE.md…|DIR [OPTION…]",
    .description = N_(
        "Prints every finding with its place, by the rules of docs/RULES.md and by what\n"
        "render would say. Several issues, or a folder, are also compared with one "
        "another.\n"
        "Exits with 1 where there are findings at or above --level.\n"
        "`check: {RULE: off}` in a head or in series.yaml, or <!-- paiban: off RULE --> "
        "in the\n"
        "text, switches a rule off.\n"),
    .examples = "paiban check samples/2021-05.md --level error\n"
                "paiban check --list\n"
                "paiban check issue.md --diff --level error\n",
    .options = rows,
    .run = run,
};
