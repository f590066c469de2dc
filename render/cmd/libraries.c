/* libraries: versions as the running libraries tell them; see libraries.h.
 *
 * The layers keep their libraries to themselves, so nothing here includes a library's
 * header: the list is what the dynamic loader has mapped, and a version is asked for by
 * the name of the library's own function. What is told is thus what runs, not what the
 * program was built with. */
#include "cmd/libraries.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"

static const struct {
    const char *file;    /* name without ".so" */
    const char *use;     /* what does not work without it */
    const char *package; /* what the module needs */
} modules[] = {
    {"paiban-cairo", "PNG and SVG", "libcairo2"},
    {"paiban-svg", "SVG images", "librsvg2-2"},
    {"paiban-import-pdf", "import of PDF", "libpoppler-glib8"},
    {"paiban-import-tagged", "import of tagged PDF", "libqpdf29"},
    {"paiban-linearize", "--linearize", "libqpdf29"},
    {"paiban-dictionary", "lines of Thai", "libpango-1.0-0"},
};

/* How a library tells its version. */
enum version_kind {
    VERSION_CALL,         /* const char *f(void *), called with NULL */
    VERSION_HUNDREDS,     /* int f(void): 21401 is 2.14.1 */
    VERSION_TENTHS,       /* int f(void): 2140 is 2.14 */
    VERSION_THREE_NUMBERS /* unsigned variables SYMBOL_major_version, _minor_, _micro_ */
};

static const struct {
    const char *library; /* start of the file's name */
    const char *symbol;
    enum version_kind kind;
} versions[] = {
    {"libharfbuzz.", "hb_version_string", VERSION_CALL},
    {"libfontconfig.", "FcGetVersion", VERSION_HUNDREDS},
    {"libpango-1.", "pango_version_string", VERSION_CALL},
    {"libglib-2.", "glib", VERSION_THREE_NUMBERS},
    {"libcmark-gfm.", "cmark_version_string", VERSION_CALL},
    {"libyaml-0.", "yaml_get_version_string", VERSION_CALL},
    {"libjson-c.", "json_c_version", VERSION_CALL},
    {"libidn2.", "idn2_check_version", VERSION_CALL},
    {"libpng16.", "png_get_libpng_ver", VERSION_CALL},
    {"liblcms2.", "cmsGetEncodedCMMversion", VERSION_TENTHS},
    {"libz.", "zlibVersion", VERSION_CALL},
    {"libcairo.", "cairo_version_string", VERSION_CALL},
    {"librsvg-2.", "rsvg", VERSION_THREE_NUMBERS},
    {"libpoppler-glib.", "poppler_get_version", VERSION_CALL},
    {"libqpdf.", "qpdf_get_qpdf_version", VERSION_CALL},
    {"libc.", "gnu_get_libc_version", VERSION_CALL},
};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

/* A symbol as a function; POSIX lets dlsym() give both, C does not let one convert. */
static void *(*function_of(void *symbol))(void *)
{
    void *(*function)(void *);

    memcpy(&function, &symbol, sizeof function);
    return function;
}

static int call_integer(void *symbol)
{
    int (*function)(void);

    memcpy(&function, &symbol, sizeof function);
    return function();
}

static void append_three_numbers(struct str *out, void *handle, const char *prefix)
{
    static const char *const parts[] = {"major", "minor", "micro"};

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const unsigned *number;
        struct str name;

        str_init(&name);
        str_printf(&name, "%s_%s_version", prefix, parts[i]);
        number = dlsym(handle, name.data);
        str_done(&name);
        if (number != NULL)
            str_printf(out, "%s%u", i > 0 ? "." : "", *number);
    }
}

static void append_version(struct str *out, void *handle, size_t row)
{
    enum version_kind kind = versions[row].kind;
    void *symbol = dlsym(handle, versions[row].symbol);
    int number;

    if (kind == VERSION_THREE_NUMBERS) {
        append_three_numbers(out, handle, versions[row].symbol);
    } else if (symbol == NULL) {
        return;
    } else if (kind == VERSION_CALL) {
        const char *text = function_of(symbol)(NULL);

        str_append_string(out, text != NULL ? text : "");
    } else {
        number = call_integer(symbol);
        if (kind == VERSION_HUNDREDS)
            str_printf(out, "%d.%d.%d", number / 10000, number / 100 % 100, number % 100);
        else
            str_printf(out, "%d.%d", number / 1000, number / 10 % 100);
    }
}

/* "  libharfbuzz.so.0 6.0.0 /usr/lib/…/libharfbuzz.so.0.60000.0\n" */
static void append_library(struct str *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    void *handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    char *real = realpath(path, NULL);

    str_printf(out, "  %s ", name);
    for (size_t i = 0; handle != NULL && i < COUNT_OF(versions); i++) {
        if (strncmp(name, versions[i].library, strlen(versions[i].library)) == 0)
            append_version(out, handle, i);
    }
    str_printf(out, "%s%s\n", out->data[out->length - 1] == ' ' ? "" : " ",
        real != NULL ? real : path);
    free(real);
    if (handle != NULL)
        dlclose(handle);
}

static int visit(struct dl_phdr_info *info, size_t size, void *out)
{
    (void)size;
    if (strchr(info->dlpi_name, '/') != NULL)
        str_append_text(out, text_of(info->dlpi_name));
    if (strchr(info->dlpi_name, '/') != NULL)
        str_append_char(out, '\n');
    return 0;
}

void libraries_append(struct str *out)
{
    struct str paths;
    struct text rest;

    str_init(&paths);
    dl_iterate_phdr(visit, &paths);
    rest = str_text(&paths);
    while (rest.length > 0) {
        size_t end = text_find(rest, "\n");

        paths.data[rest.data - paths.data + (ptrdiff_t)end] = '\0';
        append_library(out, rest.data);
        rest = text_slice(rest, end + 1, rest.length);
    }
    str_done(&paths);
}

/* Installed, all modules stand in one folder; in the build tree the PDF reader stands in
 * the folder of its layer, beside the one that is given. */
static char *module_path(struct arena *arena, const char *folder, const char *file)
{
    char *path = path_join(arena, folder, arena_print(arena, "%s.so", file));

    if (path_exists(path))
        return path;
    path = path_join(arena, folder, arena_print(arena, "../import/%s.so", file));
    return path_exists(path)
               ? path
               : path_join(arena, folder, arena_print(arena, "%s.so", file));
}

void libraries_append_modules(struct str *out, const char *folder)
{
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(modules); i++) {
        const char *path = module_path(&arena, folder, modules[i].file);

        if (dlopen(path, RTLD_NOW | RTLD_LOCAL) != NULL)
            str_printf(out, "  %s (%s): %s\n", modules[i].file, modules[i].use, path);
        else
            str_printf(out, "  %s (%s): not there: %s; it needs the package %s\n",
                modules[i].file, modules[i].use, dlerror(), modules[i].package);
    }
    arena_done(&arena);
}
