/* pipeline: an issue from its source to the bytes of its PDF, read back by libqpdf. Beside
 * it stand an image of each format, a.png, b.jpg and c.svg. */
#include "fuzz.h"

#include "paiban_config.h"
#include "whole.h"

static const char *const images[] = {"a.png", "b.jpg", "c.svg"};

/* The images, into the folder. */
static void put_images(void)
{
    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++) {
        struct arena arena = {0};
        struct str bytes = {0};

        if (fuzz_get(arena_print(&arena, PAIBAN_SOURCE_DIR "/tests/fuzz/seeds/image/%s",
                         images[i]),
                &bytes))
            fuzz_put(images[i], str_text(&bytes));
        str_done(&bytes);
        arena_done(&arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool images_are_there;
    struct str clean = {0};

    if (!images_are_there)
        put_images();
    images_are_there = true;
    fuzz_clean((struct text){(const char *)data, size}, &clean);
    fuzz_put("issue.md", str_text(&clean));
    fuzz_whole(NULL);
    str_done(&clean);
    return 0;
}
