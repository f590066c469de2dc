/* manifest: a manifest.json, and behind a line `%%` its journal, as a batch finds them;
 * what was believed is written and read again. */
#include "fuzz.h"

#include "job/manifest.h"

static size_t count(const struct manifest *manifest)
{
    size_t records = 0;

    for (size_t i = 0; i < manifest->records.length; i++)
        records += manifest->records.data[i] != NULL;
    return records;
}

static void check_again(struct manifest *manifest, const char *path)
{
    struct manifest again;
    struct diagnostics sink;

    diagnostics_init(&sink);
    manifest_init(&again);
    fuzz_require(manifest_write(manifest, path, &sink));
    fuzz_require(manifest_read(&again, path, &sink));
    fuzz_require(count(&again) == count(manifest));
    manifest_done(&again);
    diagnostics_done(&sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text whole = {(const char *)data, size}, rest;
    struct text first = fuzz_split(whole, &rest);
    bool split = first.length > 0;
    struct arena arena = {0};
    const char *path = fuzz_path(&arena, "manifest.json");
    struct diagnostics sink;
    struct manifest manifest;
    struct str journal = {0};
    bool good;

    diagnostics_init(&sink);
    manifest_init(&manifest);
    fuzz_put("manifest.json", split ? first : rest);
    journal_print_head(&journal); /* of this boot, or nothing of it would be believed */
    str_append_text(&journal, split ? rest : TEXT(""));
    fuzz_put("journal", str_text(&journal));
    good = manifest_read(&manifest, path, &sink);
    fuzz_require(good || sink.list.length > 0);
    manifest_read_journal(&manifest, fuzz_path(&arena, "journal"));
    check_again(&manifest, path);
    manifest_done(&manifest);
    diagnostics_done(&sink);
    str_done(&journal);
    arena_done(&arena);
    return 0;
}
