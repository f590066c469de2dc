/* import: the text of an old issue → Markdown, which must be an issue again. Bytes are not
 * cleaned: import itself finds the encoding. */
#include "fuzz.h"
#include "imported.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("old.txt", (struct text){(const char *)data, size});
    return 0;
}
