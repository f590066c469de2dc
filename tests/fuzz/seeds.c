/* seeds: the first inputs of the targets `image` and `font`, made by libraries.
 *
 *     fuzz-seeds image FOLDER     small PNG and JPEG files of every kind that is read
 *     fuzz-seeds font FOLDER      subsets of the tests' fonts, a few kilobytes each
 * Those of images are kept in seeds/image. Fonts are made where they are needed: their
 * licences differ from paiban's.
 */
#include "../unit/image_files.h"

#include <hb-subset.h>
#include <hb.h>

#include "base/files.h"

#define SIDE 12 /* pixels */

static void save(const char *folder, const char *name, struct text bytes)
{
    struct arena arena = {0};
    FILE *file = fopen(path_join(&arena, folder, name), "wb");

    if (file == NULL || fwrite(bytes.data, bytes.length, 1, file) != 1 ||
        fclose(file) != 0)
        program_stop("cannot write ‘%s/%s’", folder, name);
    arena_done(&arena);
}

static void save_png(const char *folder, const char *name, const struct png_kind *kind)
{
    static uint8_t rows[SIDE * SIDE * 8];
    struct str bytes;

    for (size_t i = 0; i < sizeof rows; i++)
        rows[i] = (uint8_t)(kind->palette != NULL ? i % 4 : i * 7);
    str_init(&bytes);
    make_png(&bytes, kind, rows, SIDE * 8);
    save(folder, name, str_text(&bytes));
    str_done(&bytes);
}

static void make_pngs(const char *folder)
{
    static const png_color palette[4] = {{1, 2, 3}, {250, 0, 0}, {0, 250, 0}, {9, 9, 9}};
    static const uint8_t alpha[4] = {255, 128, 0, 255};
    char buffer[62];
    const struct png_kind kinds[] = {
        {SIDE, SIDE, 8, PNG_COLOR_TYPE_RGB, .per_metre = 11811},
        {SIDE, SIDE, 8, PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = true},
        {SIDE, SIDE, 1, PNG_COLOR_TYPE_GRAY, .interlaced = false},
        {SIDE, SIDE, 16, PNG_COLOR_TYPE_GRAY_ALPHA, .interlaced = true},
        {SIDE, SIDE, 16, PNG_COLOR_TYPE_RGB, .interlaced = false},
        {SIDE, SIDE, 8, PNG_COLOR_TYPE_PALETTE, .palette = palette, .palette_count = 4,
            .palette_alpha = alpha},
        {SIDE, SIDE, 8, PNG_COLOR_TYPE_GRAY, .exif = make_exif(buffer, true, 6)},
    };
    static const char *const names[] = {"a.png", "rgba-interlaced.png", "gray-1.png",
        "gray-alpha-16.png", "rgb-16.png", "palette.png", "exif.png"};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        save_png(folder, names[i], &kinds[i]);
}

static void make_jpegs(const char *folder)
{
    static uint8_t pixels[SIDE * SIDE * 4];
    char buffer[62];
    const struct jpeg_kind kinds[] = {
        {SIDE, SIDE, 3, .dpi = 150},
        {SIDE, SIDE, 1, .progressive = true},
        {SIDE, SIDE, 4, .ycck = true},
        {SIDE, SIDE, 3, .exif = make_exif(buffer, false, 8)},
    };
    static const char *const names[] = {
        "b.jpg", "gray-progressive.jpg", "inks.jpg", "exif.jpg"};

    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (uint8_t)(i * 5);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct str bytes;

        str_init(&bytes);
        make_jpeg(&bytes, &kinds[i], pixels);
        save(folder, names[i], str_text(&bytes));
        str_done(&bytes);
    }
}

/* A subset of one face with a few letters. */
static void make_font(
    const char *folder, const char *name, const char *path, unsigned index)
{
    static const hb_codepoint_t letters[] = {'A', 'B', 'g', '1', 0x4E00, 0x4E2D, 0x3002};
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *whole = hb_face_create(blob, index), *part;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    unsigned length;

    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        hb_set_add(hb_subset_input_unicode_set(input), letters[i]);
    part = hb_subset_or_fail(whole, input);
    hb_subset_input_destroy(input);
    hb_face_destroy(whole);
    hb_blob_destroy(blob);
    if (part == NULL)
        program_stop("cannot subset ‘%s’", path);
    blob = hb_face_reference_blob(part);
    length = hb_blob_get_length(blob);
    save(folder, name, (struct text){hb_blob_get_data(blob, NULL), length});
    hb_blob_destroy(blob);
    hb_face_destroy(part);
}

static void make_fonts(const char *folder)
{
    make_font(folder, "cff-keyed.otf",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2);
    make_font(folder, "cff-keyed-bold.otf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2);
    make_font(folder, "glyf.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 0);
    make_font(folder, "glyf-han.ttf", "/usr/share/fonts/truetype/arphic/ukai.ttc", 0);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    if (strcmp(argv[1], "font") == 0) {
        make_fonts(argv[2]);
    } else {
        make_pngs(argv[2]);
        make_jpegs(argv[2]);
    }
    return 0;
}
