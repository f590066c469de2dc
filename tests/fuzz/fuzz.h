/* fuzz: what the fuzz targets share.
 *
 * A target is one file, tests/fuzz/NAME.c, with the function that libFuzzer and AFL++ call
 * with one input. It is linked in two ways: fuzz-NAME (meson option `fuzz`) with libFuzzer,
 * or with AFL++'s driver where the compiler is afl-clang-fast, and replay-NAME with
 * replay.c, which gives it the files of the corpus (every test run does).
 *
 *     input ─→ fuzz_put("issue.md") ─→ a layer, or the whole program ─→ fuzz_check_pdf()
 *
 * A target does not only wait for crashes: it asks what must hold of the result with
 * fuzz_require(), which aborts.
 */
#ifndef PAIBAN_TESTS_FUZZ_H
#define PAIBAN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

/* The target. Returns 0 (the input may go into the corpus). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold; otherwise print it and abort. */
#define fuzz_require(condition)                                                          \
    ((condition) ? (void)0 : fuzz_stop(#condition, __FILE__, __LINE__))
_Noreturn void fuzz_stop(const char *condition, const char *file, int line);

/* A folder of this process and those it forks, removed when it ends, or that which
 * $PAIBAN_FUZZ_FOLDER names; where the program finds its data and the fonts of the tests
 * is set the first time. */
const char *fuzz_folder(void);
/* The folder of the modules that were built with the target. */
const char *fuzz_modules(void);
/* The path of a file in the folder. In arena. */
const char *fuzz_path(struct arena *arena, const char *name);
/* Write a file into the folder. */
void fuzz_put(const char *name, struct text bytes);
/* A whole file of the folder, appended; false when it is not there. */
bool fuzz_get(const char *name, struct str *ret_bytes);

/* The input without bytes that are no UTF-8 and without NUL: most mutations break a
 * character, and the readers' refusal of that is one path only. */
void fuzz_clean(struct text bytes, struct str *ret_clean);
/* Split at the first line that is `%%`: what stands before it, and the rest. Without such a
 * line the first is "". */
struct text fuzz_split(struct text bytes, struct text *ret_rest);

/* Read a PDF back with libqpdf: structure and every stream, no warning; so many pages. */
void fuzz_check_pdf(struct text pdf, size_t pages);
/* Every finding prints, as valid UTF-8 and without control characters. */
void fuzz_check_findings(const struct diagnostics *sink, const struct files *files);

#endif
