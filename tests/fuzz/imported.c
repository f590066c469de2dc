/* imported: import_read() and the issue it gives; see imported.h. */
#include "imported.h"

#include <unistd.h>

#include "base/files.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "import/import.h"

/* What import writes is read without a fatal finding. */
static void check_issue(const struct str *text)
{
    struct diagnostics sink;
    struct files files;
    struct document *document;
    uint32_t file;

    files_init(&files);
    diagnostics_init(&sink);
    fuzz_require(utf8_validate(text->data, text->length) == text->length);
    file = (uint32_t)files_add_text(&files, "new.md", str_text(text));
    document = document_from_text(&files, file, NULL, &sink);
    fuzz_require(document != NULL);
    document_free(document);
    diagnostics_done(&sink);
    files_done(&files);
}

void fuzz_import(const char *name, struct text bytes)
{
    struct arena arena = {0};
    struct import_options options = {
        .modules = fuzz_modules(), .output = fuzz_path(&arena, "new.md")};
    struct import_result result = {0};
    struct diagnostics sink;
    struct files files;
    bool good;

    files_init(&files);
    diagnostics_init(&sink);
    unlink(fuzz_path(&arena, "series.yaml"));
    fuzz_put(name, bytes);
    good = import_read(&files, fuzz_path(&arena, name), &options, &result, &sink);
    fuzz_require(good == !diag_is_fatal(&sink));
    if (good)
        check_issue(&result.issue);
    fuzz_check_findings(&sink, &files);
    import_result_done(&result);
    diagnostics_done(&sink);
    files_done(&files);
    arena_done(&arena);
}
