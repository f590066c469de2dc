/* fuzz: the folder, the clean text and the checks of all targets; see fuzz.h.
 *
 * The folder is this program's only state: libFuzzer calls a function without one. It
 * lies in memory (/dev/shm) where there is such a place: a target writes two files for each
 * of a million inputs.
 */
#include "fuzz.h"

#include <dirent.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/utf8.h"
#include "paiban_config.h"

static char folder[64];
static pid_t owner; /* AFL++ forks processes that end while others go on */

void fuzz_stop(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

static void folder_remove(void)
{
    DIR *entries = getpid() == owner ? opendir(folder) : NULL;
    struct arena arena = {0};

    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] != '.' || strstr(entry->d_name, ".paiban-") != NULL)
            unlink(fuzz_path(&arena, entry->d_name));
    }
    if (entries != NULL) {
        closedir(entries);
        rmdir(folder);
    }
    arena_done(&arena);
}

const char *fuzz_folder(void)
{
    const char *given = getenv("PAIBAN_FUZZ_FOLDER");

    if (folder[0] != '\0')
        return folder;
    setenv("PAIBAN_DATADIR", PAIBAN_SOURCE_DIR, 0);
    setenv("PAIBAN_MODULEDIR", fuzz_modules(), 0);
    setenv("PAIBAN_FONTS_CONF", PAIBAN_BUILD_DIR "/tests/fonts.conf", 0);
    setenv("PAIBAN_CACHE_DIR", PAIBAN_BUILD_DIR "/tests/cache", 0);
    if (given != NULL) {
        fuzz_require(strlen(given) < sizeof folder);
        strcpy(folder, given);
        return folder;
    }
    strcpy(folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/paiban-fuzz-XXXXXX"
                                                 : "/tmp/paiban-fuzz-XXXXXX");
    fuzz_require(mkdtemp(folder) != NULL);
    owner = getpid();
    atexit(folder_remove);
    return folder;
}

const char *fuzz_modules(void)
{
    return PAIBAN_BUILD_DIR "/render/out";
}

const char *fuzz_path(struct arena *arena, const char *name)
{
    return path_join(arena, fuzz_folder(), name);
}

void fuzz_put(const char *name, struct text bytes)
{
    struct arena arena = {0};
    FILE *file = fopen(fuzz_path(&arena, name), "wb");

    fuzz_require(file != NULL);
    fuzz_require(bytes.length == 0 || fwrite(bytes.data, bytes.length, 1, file) == 1);
    fuzz_require(fclose(file) == 0);
    arena_done(&arena);
}

bool fuzz_get(const char *name, struct str *ret_bytes)
{
    struct arena arena = {0};
    FILE *file = fopen(fuzz_path(&arena, name), "rb");
    char buffer[4096];
    size_t count;

    arena_done(&arena);
    if (file == NULL)
        return false;
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0)
        str_append(ret_bytes, buffer, count);
    fclose(file);
    return true;
}

void fuzz_clean(struct text bytes, struct str *ret_clean)
{
    while (bytes.length > 0) {
        size_t good = utf8_validate(bytes.data, bytes.length);

        for (size_t i = 0; i < good; i++) {
            if (bytes.data[i] != '\0')
                str_append_char(ret_clean, bytes.data[i]);
        }
        bytes = text_slice(bytes, good + 1, bytes.length);
    }
}

struct text fuzz_split(struct text bytes, struct text *ret_rest)
{
    size_t mark = text_find(bytes, "%%\n");

    if (mark == bytes.length || (mark > 0 && bytes.data[mark - 1] != '\n')) {
        *ret_rest = bytes;
        return TEXT("");
    }
    *ret_rest = text_slice(bytes, mark + 3, bytes.length);
    return text_slice(bytes, 0, mark);
}

void fuzz_check_pdf(struct text pdf, size_t pages)
{
    qpdf_data qpdf = qpdf_init();
    QPDF_ERROR_CODE status;

    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    status = qpdf_read_memory(qpdf, "output", pdf.data, pdf.length, NULL);
    if (status == QPDF_SUCCESS)
        status = qpdf_check_pdf(qpdf);
    while (qpdf_more_warnings(qpdf))
        fprintf(stderr, "%s\n", qpdf_get_error_full_text(qpdf, qpdf_next_warning(qpdf)));
    if (qpdf_has_error(qpdf))
        fprintf(stderr, "%s\n", qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)));
    fuzz_require(status == QPDF_SUCCESS);
    fuzz_require((size_t)qpdf_get_num_pages(qpdf) == pages);
    qpdf_cleanup(&qpdf);
}

static void check_shown(struct text shown)
{
    fuzz_require(utf8_validate(shown.data, shown.length) == shown.length);
    for (size_t i = 0; i < shown.length; i++) {
        unsigned char byte = (unsigned char)shown.data[i];

        fuzz_require((byte >= ' ' && byte != 0x7F) || byte == '\n');
    }
}

void fuzz_check_findings(const struct diagnostics *sink, const struct files *files)
{
    struct str shown = {0};

    for (size_t i = 0; i < sink->list.length && i < 100; i++) {
        str_clear(&shown);
        diag_print(&sink->list.data[i], files, false, &shown);
        check_shown(str_text(&shown));
    }
    str_done(&shown);
}
