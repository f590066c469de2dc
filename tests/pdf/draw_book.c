/* draw_book: draws the hand-made book of tests/unit/out_book.h, for tests that read the
 * file back with other programs: draw_book FORMAT MODULE_FOLDER FILE. Exit status 77: the
 * fonts it needs are not installed. */
#include <stdio.h>
#include "../unit/out_book.h"
#include "out/devices.h"

static bool draw(const struct book *book, const struct device *device, const char *path,
    struct diagnostics *sink)
{
    struct output output;
    const uint32_t second = 1; /* the page that a device of one page a file draws */
    struct device_options options = {.dpi = 96, .compress = -1};
    if (device->file_per_page) {
        options.pages = &second;
        options.page_count = 1;
    }
    if (!output_open(&output, path, sink))
        return false;
    if (book_draw(book, device, &options, &output, sink))
        return output_commit(&output, sink);
    output_abandon(&output);
    return false;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 64;
    if (!fonts_are_here())
        return 77;
    struct diagnostics sink;
    struct book book;
    diagnostics_init(&sink);
    struct face song = test_face(0, SONG_PATH, SONG_INDEX);
    struct face latin = test_face(1, LATIN_PATH, 0);
    make_book(&book, &song, &latin);
    const struct device *device = device_find(argv[1], argv[2], &sink);
    bool good = device != NULL && draw(&book, device, argv[3], &sink);
    for (size_t i = 0; i < sink.list.length; i++)
        fprintf(stderr, "%s\n", sink.list.data[i].message);
    book_done(&book);
    test_face_done(&song);
    test_face_done(&latin);
    diagnostics_done(&sink);
    return good ? 0 : 2;
}
