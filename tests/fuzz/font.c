/* font: the bytes of a font file → a face, a page with its first glyphs, a PDF that is read
 * back: the reading of font/, shaping, and the subsetter of out/pdf. */
#include "fuzz.h"

#include "font/catalogue.h"
#include "font/face.h"
#include "out/devices.h"

#define GLYPHS 12 /* shown: the first of the face and its last */

static const char letters[] = "ABab12中文。，一";

/* One run with the shaped letters and the first glyphs of the face. */
static void add_glyphs(struct book *book, struct page *page, const struct face *face)
{
    uint32_t total = hb_face_get_glyph_count(face->hb_face);
    uint32_t paragraph = book_add_structure(book, STRUCTURE_P, 1);
    struct item *item = page_add_item(page, ITEM_GLYPHS, paragraph);
    struct item_glyph *glyphs = ARENA_ARRAY(&book->arena, GLYPHS, struct item_glyph);

    for (uint32_t i = 0; i < GLYPHS; i++) {
        uint32_t id = i + 1 < GLYPHS ? i : total - 1;
        hb_codepoint_t nominal;

        if (i % 3 == 2 && hb_font_get_nominal_glyph(
                              face->hb_font, (hb_codepoint_t)letters[i % 6], &nominal))
            id = nominal;
        glyphs[i] = (struct item_glyph){
            .id = id < total ? id : total - 1,
            .x = (unit)i * 10 * UNIT_PT,
            .advance = face_scale(
                face, hb_font_get_glyph_h_advance(face->hb_font, id), 10 * UNIT_PT),
            .text_start = i,
            .text_length = 1,
        };
    }
    item->x = item->y = 20 * UNIT_PT;
    item->width = GLYPHS * 10 * UNIT_PT;
    item->height = 10 * UNIT_PT;
    item->u.glyphs.face = face;
    item->u.glyphs.size = 10 * UNIT_PT;
    item->u.glyphs.text = TEXT("ABCDEFGHIJKL");
    item->u.glyphs.glyphs = glyphs;
    item->u.glyphs.count = GLYPHS;
}

static void draw(const struct book *book, struct diagnostics *sink)
{
    const struct device_options options = {.compress = -1, .page_count = 1};
    const struct device *device = device_find("pdf", "", sink);
    struct arena arena = {0};
    struct str pdf = {0};
    struct output output;

    fuzz_require(output_open(&output, fuzz_path(&arena, "font.pdf"), sink));
    output.lazy = true;
    if (book_draw(book, device, &options, &output, sink)) {
        fuzz_require(output_commit(&output, sink));
        fuzz_require(fuzz_get("font.pdf", &pdf));
        fuzz_check_pdf(str_text(&pdf), 1);
    } else {
        fuzz_require(diag_is_fatal(sink)); /* font-not-embedded */
        output_abandon(&output);
    }
    str_done(&pdf);
    arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct installed installed = {.family = "Fuzz", .weight = 400};
    struct diagnostics sink;
    struct face face;
    struct book book;

    if (size == 0)
        return 0;
    fuzz_put("font.otf", (struct text){(const char *)data, size});
    installed.path = fuzz_path(&arena, "font.otf");
    if (face_open(&installed, NULL, &face)) {
        diagnostics_init(&sink);
        book_init(&book);
        book.metadata = (struct book_metadata){
            .title = "font", .language = "zh-Hans", .creator = "paiban fuzz"};
        add_glyphs(&book, book_add_page(&book, 200 * UNIT_PT, 200 * UNIT_PT, "1"), &face);
        book_finish(&book);
        draw(&book, &sink);
        book_done(&book);
        diagnostics_done(&sink);
        face_close(&face);
    }
    arena_done(&arena);
    return 0;
}
