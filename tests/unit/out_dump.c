/* out_dump: the page dump says each thing that a book has, in its fixed form. */
#include "out_book.h"
#include "out/devices.h"

/* A face that is never opened: the dump needs only its name. */
static const struct face paper_face = {.family = "Paper \"Song\"",
    .path = "/nowhere.otf",
    .weight = 700,
    .italic = true,
    .slant = true,
    .units_per_em = 1000};

static void add_glyphs(struct book *book, struct page *page, uint32_t structure)
{
    struct item *item = page_add_item(page, ITEM_GLYPHS, structure);
    struct item_glyph *glyphs = ARENA_ARRAY(&book->arena, 2, struct item_glyph);
    glyphs[0] = (struct item_glyph){.id = 7, .advance = PT(10), .text_length = 3};
    glyphs[1] = (struct item_glyph){
        .id = 8, .x = PT(12), .advance = PT(10), .text_start = 3, .text_length = 1};
    item->x = -1;
    item->y = PT(20) + 1;
    item->width = PT(22);
    item->u.glyphs.face = &paper_face;
    item->u.glyphs.size = PT(10);
    item->u.glyphs.text = text_of("国\"");
    item->u.glyphs.glyphs = glyphs;
    item->u.glyphs.count = 2;
}

static void expect(const struct book *book, const char *expected)
{
    struct str out;
    str_init(&out);
    book_dump(book, &out);
    assert_string_equal(out.data, expected);
    str_done(&out);
}

static void test_items(void **state)
{
    (void)state;
    struct book book;
    book_init(&book);
    book.metadata.title = "T\n";
    book.metadata.language = "en";
    struct page *page = book_add_page(&book, 609562, PT(100), "封面");
    uint32_t paragraph = book_add_structure(&book, STRUCTURE_P, 1);
    add_glyphs(&book, page, paragraph);
    add_rule(page, ARTIFACT_HEADER, PT(1), PT(2), PT(3));
    expect(&book, "book \"T\\x0A\" en\n"
                  "page 1 \"封面\" 595.275 100.000\n"
                  "  text s2 -0.001 20.001 width 22.000 white 2.000 size 10.000 Paper "
                  "\"Song\" 700 italic "
                  "slanted \"国\\\"\"\n"
                  "  rule header 1.000 2.000 3.000 0.500\n"
                  "structure\n"
                  "  s1 Document\n"
                  "    s2 P\n");
    book_done(&book);
}

static void test_links_and_structure(void **state)
{
    (void)state;
    struct book book;
    book_init(&book);
    book_add_page(&book, PT(10), PT(10), "1");
    uint32_t sect = book_add_structure(&book, STRUCTURE_SECT, 1);
    uint32_t list = book_add_structure(&book, STRUCTURE_L, sect);
    uint32_t heading = book_add_structure(&book, STRUCTURE_H, 1);
    book.structures.data[list].numbering = NUMBERING_DECIMAL;
    book.structures.data[heading].level = 1;
    book.structures.data[heading].language = "en";
    book_add_destination(&book, "a", 0, PT(1), PT(2), heading);
    book_add_link(&book, text_of(""), "a", "see a");
    book_add_link(&book, text_of("http://x/"), NULL, NULL);
    book_add_outline(&book, "A", "a", 1);
    expect(&book, "book \"\"\n"
                  "page 1 \"1\" 10.000 10.000\n"
                  "outline\n"
                  "  1 \"A\" -> \"a\"\n"
                  "links\n"
                  "  1 -> \"a\" says \"see a\"\n"
                  "  2 uri \"http://x/\"\n"
                  "destinations\n"
                  "  \"a\" page 1 1.000 2.000 s4\n"
                  "structure\n"
                  "  s1 Document\n"
                  "    s2 Sect\n"
                  "      s3 L decimal\n"
                  "    s4 H1 language \"en\"\n");
    book_done(&book);
}

/* The device writes what book_dump() gives, but only the chosen pages. */
static void test_device(void **state)
{
    (void)state;
    struct book book;
    struct diagnostics sink;
    struct output output = {.descriptor = -1};
    diagnostics_init(&sink);
    book_init(&book);
    book_add_page(&book, PT(10), PT(10), "1");
    book_add_page(&book, PT(20), PT(10), "2");
    char path[] = "/tmp/paiban-dump-XXXXXX";
    close(mkstemp(path));
    assert_true(output_open(&output, path, &sink));
    const struct device *device = device_find("dump", "/nowhere", &sink);
    assert_non_null(device);
    const uint32_t second = 1;
    struct device_options options = {.pages = &second, .page_count = 1};
    assert_true(book_draw(&book, device, &options, &output, &sink));
    assert_true(output_commit(&output, &sink));
    struct files files;
    files_init(&files);
    int file = files_read_text(&files, path, 1000, SPAN_NONE, &sink);
    assert_true(file >= 0);
    assert_true(text_is(files_get(&files, (uint32_t)file)->bytes,
        "book \"\"\npage 2 \"2\" 20.000 10.000\nstructure\n  s1 Document\n"));
    files_done(&files);
    unlink(path);
    book_done(&book);
    diagnostics_done(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_links_and_structure),
        cmocka_unit_test(test_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
