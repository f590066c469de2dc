/* layout: a layout file, and one that it may inherit from behind a line `%%`; what is
 * accepted sets a short issue that has every element. */
#include "fuzz.h"

#include "base/files.h"
#include "paiban_config.h"
#include "whole.h"

static void put_issue(void)
{
    struct str bytes = {0};

    fuzz_require(
        fuzz_get(PAIBAN_SOURCE_DIR "/tests/fuzz/seeds/pipeline/elements.md", &bytes));
    fuzz_put("issue.md", str_text(&bytes));
    str_done(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool issue_is_there;
    struct text layout, parent;
    struct arena arena = {0};
    struct str clean = {0};

    if (!issue_is_there)
        put_issue();
    issue_is_there = true;
    fuzz_clean((struct text){(const char *)data, size}, &clean);
    parent = fuzz_split(str_text(&clean), &layout);
    fuzz_put("parent.yaml", parent);
    fuzz_put("layout.yaml", layout);
    fuzz_whole(fuzz_path(&arena, "layout.yaml"));
    str_done(&clean);
    arena_done(&arena);
    return 0;
}
