/* import: the stages of an import, one after the other; see lines.h. */
#include "import/import.h"

#include <string.h>

#include "content/date.h"
#include "import/decode.h"
#include "import/furniture.h"
#include "import/head.h"
#include "import/issue.h"
#include "import/module.h"
#include "import/tagged.h"

#define MOJIBAKE_SAMPLE   65536 /* bytes of a PDF's text that are looked at */
#define PDF_HEADER_WITHIN 1024  /* bytes in which a PDF must say that it is one */

static bool is_pdf(struct text bytes)
{
    struct text start = text_slice(bytes, 0, PDF_HEADER_WITHIN);

    for (size_t i = 0; i + 5 <= start.length; i++) {
        if (memcmp(start.data + i, "%PDF-", 5) == 0)
            return true;
    }
    return false;
}

static bool read_text(struct import_source *source, struct files *files,
    struct text bytes, struct diagnostics *sink)
{
    struct text text;

    if (bytes.length > FILES_SOURCE_LIMIT) {
        diag_add(sink, DIAG_FILE_TOO_LARGE, SPAN_NONE, NULL, source->path,
            (size_t)(FILES_SOURCE_LIMIT >> 20));
        return false;
    }
    if (!import_decode(&source->arena, source->path, bytes, &text, sink))
        return false;
    int file = files_add_text(files, source->path, text);
    return import_lines_read(
        source, (uint32_t)file, files_get(files, (uint32_t)file)->bytes, sink);
}

/* A PDF may hold mojibake as well: what made it read its source wrongly. */
static bool check_lines(const struct import_source *source, struct diagnostics *sink)
{
    struct str all;
    bool good;

    str_init(&all);
    for (size_t i = 0; i < source->lines.length && all.length < MOJIBAKE_SAMPLE; i++)
        str_append_text(&all, source->lines.data[i].text);
    good = import_check_decoded(source->path, str_text(&all), sink);
    str_done(&all);
    return good;
}

static bool check_blocks(
    const struct import_issue *issue, const char *path, struct diagnostics *sink)
{
    struct str all;
    bool good;

    str_init(&all);
    for (size_t i = 0; i < issue->blocks.length && all.length < MOJIBAKE_SAMPLE; i++)
        str_append_text(&all, issue->blocks.data[i].text);
    good = import_check_decoded(path, str_text(&all), sink);
    str_done(&all);
    return good;
}

/* Lines → blocks. */
static bool read_outline(
    struct import_issue *issue, struct import_source *source, struct diagnostics *sink)
{
    if (source->lines.length == 0) {
        diag_add(sink, DIAG_EMPTY_FILE, SPAN_NONE, NULL);
        return false;
    }
    furniture_drop(source, sink);
    issue_outline_read(issue, source, sink);
    return true;
}

/* By its tags where it has such as can be trusted, else by the places of its lines. */
static bool read_pdf(struct import_issue *issue, struct import_source *source,
    struct text bytes, const char *modules, struct diagnostics *sink)
{
    const struct import_module *module;
    struct tagged_document document;

    if (tagged_read(&source->arena, modules, bytes, &document) &&
        tagged_outline(issue, &document, sink))
        return check_blocks(issue, source->path, sink);
    module = import_module_open(modules, sink);
    return module != NULL && module->read(source, bytes, sink) &&
           check_lines(source, sink) && read_outline(issue, source, sink);
}

static bool read_issue(struct import_issue *issue, struct import_source *source,
    struct files *files, const char *modules, struct diagnostics *sink)
{
    int file = files_read_bytes(files, source->path, IMPORT_PDF_LIMIT, SPAN_NONE, sink);
    struct text bytes;

    if (file < 0)
        return false;
    bytes = files_get(files, (uint32_t)file)->bytes;
    if (is_pdf(bytes))
        return read_pdf(issue, source, bytes, modules, sink);
    return read_text(source, files, bytes, sink) && read_outline(issue, source, sink);
}

/* --date, else the file's name, else what the masthead said. */
static void choose_date(
    struct import_issue *issue, const char *path, const struct import_options *options)
{
    struct date found = {0};

    if (options->date.year > 0)
        issue->date = options->date;
    else if (date_find(text_of(path_stem(&issue->arena, path)), &found))
        issue->date = found;
}

/* The pictures, with paths from where the program runs. */
static void keep_files(const struct import_issue *issue,
    const struct import_options *options, struct import_result *result)
{
    const char *folder = path_folder(&result->arena, options->output);

    for (size_t i = 0; i < issue->files.length; i++) {
        const struct import_file *file = &issue->files.data[i];

        if (file->bytes.length > 0)
            vec_push(&result->files,
                (struct import_file){path_join(&result->arena, folder, file->path),
                    text_copy(&result->arena, file->bytes)});
    }
}

bool import_read(struct files *files, const char *path,
    const struct import_options *options, struct import_result *ret_result,
    struct diagnostics *sink)
{
    struct import_source source;
    struct import_issue issue;
    bool good;

    *ret_result = (struct import_result){0};
    arena_init(&ret_result->arena);
    import_source_init(&source, path);
    import_issue_init(&issue);
    if (strcmp(options->output, "-") != 0)
        issue.stem = path_stem(&issue.arena, options->output);
    good = read_issue(&issue, &source, files, options->modules, sink);
    if (good) {
        choose_date(&issue, path, options);
        good = import_write_head(ret_result, &issue, files, options, sink);
    }
    if (good) {
        markdown_append(&issue, &ret_result->issue);
        keep_files(&issue, options, ret_result);
    }
    import_issue_done(&issue);
    import_source_done(&source);
    return good;
}

void import_result_done(struct import_result *result)
{
    str_done(&result->issue);
    str_done(&result->series);
    vec_done(&result->files);
    arena_done(&result->arena);
}
