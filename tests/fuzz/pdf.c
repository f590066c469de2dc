/* pdf: an old issue as PDF → Markdown, which must be an issue again: the module over
 * poppler. A header is put before bytes without one, or they would be read as text. */
#include <string.h>

#include "fuzz.h"
#include "imported.h"

#define HEADER "%PDF-1.7\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = {(const char *)data, size};
    struct str pdf = {0};

    if (!text_starts(bytes, "%PDF-"))
        str_append(&pdf, HEADER, strlen(HEADER));
    str_append_text(&pdf, bytes);
    fuzz_import("old.pdf", str_text(&pdf));
    str_done(&pdf);
    return 0;
}
