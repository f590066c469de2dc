/* pdf: an old issue as PDF → Markdown, which must be an issue again: the module over
 * poppler. A header is put before bytes without one, or they would be read as text. */
#include <poppler.h>
#include <string.h>

#include "fuzz.h"
#include "imported.h"
#include "paiban_config.h"

#define HEADER "%PDF-1.7\n"

/* An open document: without one, poppler reads its tables anew for each. Its first page is
 * read, so that the fonts are known before AFL++ forks. It is kept until the end. */
static PopplerDocument *open_first(void)
{
    struct str bytes = {0};
    GBytes *data;
    PopplerDocument *document;

    fuzz_require(fuzz_get(PAIBAN_SOURCE_DIR "/tests/fuzz/seeds/pdf/type3.pdf", &bytes));
    fuzz_import("old.pdf", str_text(&bytes));
    data = g_bytes_new(bytes.data, bytes.length);
    document = poppler_document_new_from_bytes(data, NULL, NULL);
    fuzz_require(document != NULL);
    g_bytes_unref(data);
    str_done(&bytes);
    return document;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static PopplerDocument *first;
    struct text bytes = {(const char *)data, size};
    struct str pdf = {0};

    if (first == NULL)
        first = open_first();
    if (!text_starts(bytes, "%PDF-"))
        str_append(&pdf, HEADER, strlen(HEADER));
    str_append_text(&pdf, bytes);
    fuzz_import("old.pdf", str_text(&pdf));
    str_done(&pdf);
    return 0;
}
