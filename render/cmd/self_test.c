/* self-test: `paiban self-test`: what a user pastes into a report.
 *
 * Where the program looks for its data, the fonts of each role, the libraries that run,
 * and a tiny issue rendered to PDF and read back. Labels stay English in every language,
 * so that reports can be compared; the last line is the verdict, which decides the exit
 * status. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/libraries.h"
#include "cmd/report.h"
#include "import/import.h"
#include "job/render.h"
#include "paiban_config.h"

#define READ_LIMIT ((size_t)1 << 20) /* of a file that is only looked at, bytes */
#define TAIL       64u               /* of a PDF: holds "startxref\n123456\n%%EOF\n" */
#define WORD       "远程医疗"        /* looked for in what is read back */

static const char issue[] = "---\n"
                            "title: 自检\n"
                            "date: 2021-05\n"
                            "cover: no\n"
                            "---\n\n"
                            "# 动态\n\n"
                            "## 上海：" WORD "试点\n\n"
                            "5月31日，**互联网+**" WORD "平台（Telemedicine）上线。\n";

static const struct option_row rows[] = {{.name = NULL}};

/* One run of the test. */
struct trial {
    struct job job;
    struct str out;   /* the report */
    char *folder;     /* temporary; NULL: none was made */
    const char *pdf;  /* path of the rendered issue, in the job's arena */
    const char *text; /* path of the issue, in the job's arena */
};

static void append_system(struct str *out)
{
    struct utsname name;

    if (uname(&name) == 0)
        str_printf(out, "system: %s %s %s\n", name.sysname, name.release, name.machine);
}

/* "data: /usr/share/paiban" or which path was looked at in vain. */
static void append_folder(struct str *out, const char *label, const char *path)
{
    str_printf(out, "%s: ", label);
    str_append_escaped(out, text_of(path));
    str_append_string(out, path_is_folder(path) ? "\n" : ", which does not exist\n");
}

static bool append_fonts(struct trial *trial)
{
    struct job *job = &trial->job;

    str_append_string(&trial->out, "fonts:\n");
    if (job->fonts == NULL && !job_warm(job))
        return false;
    fonts_list(job->fonts, &trial->out, &job->sink);
    return true;
}

static bool write_issue(struct trial *trial)
{
    struct job *job = &trial->job;
    struct output output;

    if (!output_open(&output, trial->text, &job->sink))
        return false;
    output_write(&output, issue, strlen(issue));
    return output_commit(&output, &job->sink);
}

static bool render(struct trial *trial)
{
    const struct job_options options = {0};
    struct job_drawing drawing = {
        .device = job_device(&trial->job, "pdf"),
        .options = {.compress = -1},
        .target = trial->pdf,
    };
    struct book book;
    bool good =
        drawing.device != NULL && job_build(&trial->job, trial->text, &options, &book);

    if (drawing.device == NULL)
        return false;
    if (good) {
        drawing.options.page_count = (uint32_t)book.pages.length;
        good = job_render(&trial->job, &book, &drawing);
    }
    book_done(&book);
    return good;
}

/* Does the file say where its table of objects is, and is the file whole? */
static bool is_whole_pdf(struct text bytes)
{
    struct text tail;
    size_t at;

    if (!text_starts(bytes, "%PDF-") || bytes.length < TAIL)
        return false;
    tail = text_slice(bytes, bytes.length - TAIL, bytes.length);
    at = text_find(tail, "startxref\n");
    return at < tail.length &&
           (size_t)strtoul(tail.data + at + strlen("startxref\n"), NULL, 10) <
               bytes.length &&
           text_find(tail, "%%EOF") < tail.length;
}

/* Find the issue's words in the PDF again, through the module that imports PDF. */
static bool read_words(struct trial *trial)
{
    const struct import_options options = {
        .modules = trial->job.paths.modules, .output = "-"};
    struct diagnostics sink;
    struct import_result result;
    bool opened, found;

    diagnostics_init(&sink);
    opened = import_read(&trial->job.files, trial->pdf, &options, &result, &sink);
    found = opened && text_find(str_text(&result.issue), WORD) < result.issue.length;
    if (found)
        str_append_string(&trial->out, "  its words are in it\n");
    else if (opened)
        str_append_string(&trial->out, "  its words are NOT in it\n");
    else
        str_append_string(&trial->out,
            "  its words were not looked for: paiban-import-pdf "
            "does not open it\n");
    import_result_done(&result);
    diagnostics_done(&sink);
    return found || !opened;
}

static bool read_back(struct trial *trial)
{
    struct job *job = &trial->job;
    int file =
        files_read_bytes(&job->files, trial->pdf, READ_LIMIT, SPAN_NONE, &job->sink);
    struct text bytes;

    if (file < 0)
        return false;
    bytes = files_get(&job->files, (uint32_t)file)->bytes;
    str_printf(&trial->out, "  %zu bytes of PDF\n", bytes.length);
    if (!is_whole_pdf(bytes)) {
        str_append_string(&trial->out, "  it is no whole PDF\n");
        return false;
    }
    return read_words(trial);
}

static bool make_folder(struct trial *trial)
{
    const char *parent = getenv("TMPDIR");
    struct arena *arena = &trial->job.arena;
    char *folder = path_join(
        arena, parent != NULL && parent[0] != '\0' ? parent : "/tmp", "paiban-XXXXXX");

    if (mkdtemp(folder) == NULL) {
        str_printf(&trial->out, "  no folder %s: %s\n", folder, strerror(errno));
        return false;
    }
    trial->folder = folder;
    trial->text = path_join(arena, folder, "issue.md");
    trial->pdf = path_join(arena, folder, "issue.pdf");
    return true;
}

static bool run_document(struct trial *trial)
{
    bool good;

    str_append_string(&trial->out, "tiny document:\n");
    good = make_folder(trial) && write_issue(trial) && render(trial) && read_back(trial);
    if (trial->folder != NULL) {
        unlink(trial->text);
        unlink(trial->pdf);
        rmdir(trial->folder);
    }
    return good;
}

static bool run_trial(struct trial *trial)
{
    const struct job_paths *paths = &trial->job.paths;
    bool good;

    str_append_string(&trial->out, "paiban " PAIBAN_VERSION "\n");
    append_system(&trial->out);
    str_append_string(&trial->out, "language: ");
    language_append(&trial->out);
    str_append_char(&trial->out, '\n');
    append_folder(&trial->out, "data", paths->data);
    append_folder(&trial->out, "catalogues", paths->locales);
    append_folder(&trial->out, "modules", paths->modules);
    libraries_append_modules(&trial->out, paths->modules);
    good = append_fonts(trial);
    good = run_document(trial) && good;
    str_append_string(&trial->out, "libraries:\n");
    libraries_append(&trial->out);
    return good;
}

static int test_self(void)
{
    struct trial trial = {.folder = NULL};
    int status;
    bool good;

    job_init(&trial.job);
    str_init(&trial.out);
    good = run_trial(&trial);
    report_diagnostics(&trial.job, false);
    str_append_string(
        &trial.out, good ? _("self-test: passed\n") : _("self-test: failed\n"));
    status = command_print(&trial.out);
    str_done(&trial.out);
    job_done(&trial.job);
    return status == EXIT_DONE && !good ? EXIT_NOT_RENDERED : status;
}

static int run(int argc, char **argv)
{
    struct operands operands = {0};
    int status;

    if (command_options(&command_self_test, argc, argv, NULL, &operands, &status)) {
        status = command_no_operands(&operands);
        if (status == EXIT_DONE)
            status = test_self();
    }
    operands_done(&operands);
    return status;
}

const struct command command_self_test = {
    .name = "self-test",
    .summary = N_("try the installation; paste what it prints into a report"),
    .synopsis = "",
    .description = N_(
        "Prints where data, modules and fonts are, renders a tiny issue, reads it back, "
        "and\n"
        "lists the libraries with their versions. Exits with 2 where something fails.\n"),
    .examples = "paiban self-test\n",
    .options = rows,
    .run = run,
};
