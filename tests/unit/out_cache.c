/* out_cache: what one PDF leaves for the next: streams by their bytes, glyph sets. */
#include "out_book.h"
#include <stdio.h>
#include "out/devices.h"
#include "out/pdf/cache.h"

static void streams_are_found_by_bytes_and_level(void **state)
{
    (void)state;
    struct pdf_cache *cache = pdf_cache_new(SERIES_SAME);
    char bytes[200] = "a stream";
    struct text raw = {bytes, sizeof bytes}, found;
    pdf_cache_keep(cache, raw, 6, TEXT("deflated"));
    memset(bytes, 0, 8); /* the cache has its own copy */
    assert_false(pdf_cache_find(cache, raw, 6, &found));
    memcpy(bytes, "a stream", 8);
    assert_true(pdf_cache_find(cache, raw, 6, &found));
    assert_true(text_is(found, "deflated"));
    assert_false(pdf_cache_find(cache, raw, 1, &found));
    assert_false(pdf_cache_find(cache, text_slice(raw, 0, 199), 6, &found));
    pdf_cache_keep(cache, TEXT("short"), 6, TEXT("never kept"));
    assert_false(pdf_cache_find(cache, TEXT("short"), 6, &found));
    pdf_cache_free(cache);
    pdf_cache_free(NULL);
}

/* Megabytes: the least recently used go. */
static void streams_have_a_limit(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    struct pdf_cache *cache = pdf_cache_new(SERIES_SAME);
    char *bytes = memory_alloc(LENGTH);
    struct text raw = {bytes, LENGTH}, found;
    for (char i = 0; i < 100; i++) {
        bytes[0] = i;
        pdf_cache_keep(cache, raw, 6, TEXT("x"));
        bytes[0] = 0;
        assert_true(pdf_cache_find(cache, raw, 6, &found)); /* used again and again */
        assert_true(pdf_cache_size(cache) <= (size_t)24 << 20);
    }
    bytes[0] = 99;
    assert_true(pdf_cache_find(cache, raw, 6, &found));
    bytes[0] = 1;
    assert_false(pdf_cache_find(cache, raw, 6, &found));
    memory_free(bytes);
    pdf_cache_free(cache);
}

struct fixture {
    struct face song, latin;
    struct pdf_cache *cache;
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);
    *state = f;
    if (!fonts_are_here())
        return 0;
    f->song = test_face(0, SONG_PATH, SONG_INDEX);
    f->latin = test_face(1, LATIN_PATH, 0);
    f->cache = pdf_cache_new(SERIES_SAME);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pdf_cache_free(f->cache);
    if (f->cache != NULL) {
        test_face_done(&f->song);
        test_face_done(&f->latin);
    }
    memory_free(f);
    return 0;
}

/* The bytes of the PDF of a book. */
static struct str write_book(const struct book *book, struct pdf_cache *cache)
{
    struct diagnostics sink;
    struct output output;
    struct device_options options = {.compress = -1, .pdf_cache = cache};
    char path[] = "/tmp/paiban-pdf-XXXXXX", buffer[4096];
    struct str out;
    size_t length;
    diagnostics_init(&sink);
    str_init(&out);
    close(mkstemp(path));
    assert_true(output_open(&output, path, &sink));
    assert_true(
        book_draw(book, device_find("pdf", "/nowhere", &sink), &options, &output, &sink));
    assert_true(output_commit(&output, &sink));
    FILE *file = fopen(path, "rb");
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0)
        str_append(&out, buffer, length);
    fclose(file);
    unlink(path);
    diagnostics_done(&sink);
    return out;
}

/* The PDF of one paragraph. */
static struct str write_text(struct fixture *f, const char *text, struct pdf_cache *cache)
{
    struct book book;
    book_init(&book);
    struct page *page = book_add_page(&book, PT(600), PT(100), "1");
    uint32_t paragraph = book_add_structure(&book, STRUCTURE_P, 1);
    add_text(&book, page, paragraph, &f->song, PT(12), PT(10), PT(50), text);
    book_finish(&book);
    struct str out = write_book(&book, cache);
    book_done(&book);
    return out;
}

/* The stream of the font program: it holds its glyphs. */
static struct text font_of(const struct str *pdf)
{
    struct text whole = str_text(pdf);
    size_t at = text_find(whole, "/Subtype/CIDFontType0C");
    assert_true(at < whole.length);
    struct text rest = text_slice(whole, at, whole.length);
    return text_slice(rest, 0, text_find(rest, "endobj"));
}

static bool is_same(const struct str *a, const struct str *b)
{
    return text_equal(str_text(a), str_text(b));
}

#define NEEDS_FONTS()                                                                    \
    if (!fonts_are_here()) {                                                             \
        print_message("needs fonts-noto-cjk and fonts-liberation\n");                    \
        skip();                                                                          \
    }

static void the_same_book_gives_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    NEEDS_FONTS();
    struct book book;
    make_book(&book, &f->song, &f->latin);
    struct str plain = write_book(&book, NULL);
    for (int i = 0; i < 3; i++) {
        struct str cached = write_book(&book, f->cache);
        assert_true(is_same(&plain, &cached));
        str_done(&cached);
    }
    str_done(&plain);
    book_done(&book);
}

static void a_font_serves_while_it_has_all_glyphs(void **state)
{
    struct fixture *f = *state;
    NEEDS_FONTS();
    struct str first = write_text(f, "远程医疗服务平台", f->cache);
    struct str fewer = write_text(f, "远程医疗平台", f->cache);
    struct str alone = write_text(f, "远程医疗平台", NULL);
    struct str more = write_text(f, "远程医疗服务平台新", f->cache);
    struct str fresh = write_text(f, "远程医疗服务平台新", NULL);
    assert_true(text_equal(font_of(&fewer), font_of(&first)));
    assert_false(text_equal(font_of(&fewer), font_of(&alone)));
    assert_true(is_same(&more, &fresh)); /* a new glyph: only what is needed */
    str_done(&first);
    str_done(&fewer);
    str_done(&alone);
    str_done(&more);
    str_done(&fresh);
}

/* Han from U+4E00 on. */
static void make_text(struct str *out, int count)
{
    str_clear(out);
    for (int i = 0; i < count; i++)
        str_append_codepoint(out, 0x4E00u + (uint32_t)i);
}

static void a_font_of_many_more_glyphs_does_not_serve(void **state)
{
    struct fixture *f = *state;
    NEEDS_FONTS();
    struct str text;
    str_init(&text);
    make_text(&text, 80);
    struct str first = write_text(f, text.data, f->cache);
    make_text(&text, 20);
    struct str fewer = write_text(f, text.data, f->cache);
    struct str alone = write_text(f, text.data, NULL);
    assert_true(is_same(&fewer, &alone));
    str_done(&first);
    str_done(&fewer);
    str_done(&alone);
    str_done(&text);
}

/* One glyph for two texts, in an order that the second file does not have. */
static void variants_are_those_of_the_set(void **state)
{
    struct fixture *f = *state;
    NEEDS_FONTS();
    struct str first = write_text(f, "甲 乙\xC2\xA0丙", f->cache);
    struct str again = write_text(f, "甲\xC2\xA0乙 丙", f->cache);
    assert_true(text_equal(font_of(&first), font_of(&again)));
    str_done(&first);
    str_done(&again);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_are_found_by_bytes_and_level),
        cmocka_unit_test(streams_have_a_limit),
        TEST(the_same_book_gives_the_same_bytes),
        TEST(a_font_serves_while_it_has_all_glyphs),
        TEST(a_font_of_many_more_glyphs_does_not_serve),
        TEST(variants_are_those_of_the_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
