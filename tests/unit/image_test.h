/* image_test: a sink for the findings of the tests of image/, and an image from bytes. */
#ifndef PAIBAN_TESTS_IMAGE_TEST_H
#define PAIBAN_TESTS_IMAGE_TEST_H

#include "image_files.h"

#include "image/image.h"

static struct diagnostics sink;

static inline int set_up(void **state)
{
    (void)state;
    diagnostics_init(&sink);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    diagnostics_done(&sink);
    return 0;
}

/* The image of a file's bytes; what was told before is forgotten. */
static inline struct image *load(const struct str *bytes)
{
    diagnostics_clear(&sink);
    return image_from_bytes(
        "/picture", "picture", str_text(bytes), NULL, NULL, SPAN_NONE, &sink);
}

#endif
