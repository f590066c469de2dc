/* head: series.yaml, a line `%%`, an issue: head and series as the program reads them. */
#include "fuzz.h"

#include <unistd.h>

#include "base/files.h"
#include "content/document.h"

static void check_date(const struct date *date)
{
    fuzz_require(date->month >= 0 && date->month <= 12);
    fuzz_require(date->day >= 0 && date->day <= 31);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text issue;
    struct text series = fuzz_split((struct text){(const char *)data, size}, &issue);
    struct arena arena = {0};
    struct document *document;
    struct diagnostics sink;
    struct files files;

    files_init(&files);
    diagnostics_init(&sink);
    if (series.length > 0)
        fuzz_put("series.yaml", series);
    else
        unlink(fuzz_path(&arena, "series.yaml"));
    fuzz_put("issue.md", issue);
    document = document_read(&files, fuzz_path(&arena, "issue.md"), &sink);
    fuzz_require((document == NULL) == diag_is_fatal(&sink));
    if (document != NULL) {
        fuzz_require(document->head.title.value.length > 0);
        check_date(&document->head.date);
        check_date(&document->head.period_from);
        check_date(&document->head.period_to);
    }
    fuzz_check_findings(&sink, &files);
    document_free(document);
    diagnostics_done(&sink);
    files_done(&files);
    arena_done(&arena);
    return 0;
}
