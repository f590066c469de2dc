/* font_test: fonts for the tests of font/ and text/: a fixed configuration, the shipped roles. */
#ifndef PAIBAN_TESTS_FONT_TEST_H
#define PAIBAN_TESTS_FONT_TEST_H

#include "unit_test.h"
#include <stdlib.h>
#include <string.h>
#include "font/fonts.h"

struct font_fixture {
    struct files files;
    struct diagnostics sink;
    struct fonts *fonts;
};

static inline const char *source_folder(void)
{
    const char *folder = getenv("PAIBAN_SOURCE");
    return folder != NULL ? folder : ".";
}

static inline void use_test_fonts(void)
{
    struct str path = {0};
    str_printf(&path, "%s/tests/unit/font_test.conf", source_folder());
    setenv("PAIBAN_FONTS_CONF", path.data, 1);
    str_done(&path);
}

static inline void font_fixture_init(struct font_fixture *f)
{
    use_test_fonts();
    files_init(&f->files);
    diagnostics_init(&f->sink);
    f->fonts = fonts_open(source_folder(), false, &f->files, &f->sink);
    assert_non_null(f->fonts);
}

static inline void font_fixture_done(struct font_fixture *f)
{
    fonts_close(f->fonts);
    diagnostics_done(&f->sink);
    files_done(&f->files);
}

/* How many findings of an id the sink has. */
static inline size_t told(const struct diagnostics *sink, enum diag_id id)
{
    size_t count = 0;
    for (size_t i = 0; i < sink->list.length; i++) {
        count += sink->list.data[i].id == id;
    }
    return count;
}

#endif
