/* out_pdf: parts of the PDF writer by themselves, and what it refuses. */
#include "out_book.h"
#include "base/sparse.h"
#include "font/outline.h"
#include "out/devices.h"
#include "out/linearize.h"
#include "out/pdf/cff.h"
#include "out/pdf/glyf.h"
#include "out/pdf/objects.h"

static void expect(const struct str *out, const char *expected, size_t length)
{
    assert_int_equal(out->length, length);
    assert_memory_equal(out->data, expected, length);
}

static void test_text(void **state)
{
    (void)state;
    struct str out;
    str_init(&out);
    pdf_append_string(&out, text_of("a(b)\\\r\n"));
    expect(&out, "(a\\(b\\)\\\\\\r\n)", 13);
    str_clear(&out);
    pdf_append_text(&out, text_of("plain"));
    expect(&out, "(plain)", 7);
    str_clear(&out);
    pdf_append_text(&out, text_of("报\xF0\xA0\xAE\xB7")); /* U+62A5 U+20BB7 */
    expect(&out, "(\xFE\xFF\x62\xA5\xD8\x42\xDF\xB7)", 10);
    str_clear(&out);
    pdf_append_name(&out, "A b(c");
    expect(&out, "/A#20b#28c", 10);
    str_clear(&out);
    pdf_append_hex(&out, TEXT("\x0A\xFF"));
    expect(&out, "<0AFF>", 6);
    str_done(&out);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {{0, "0"}, {5, ".05"}, {-5, "-.05"}, {50, ".5"}, {100, "1"},
        {-1234, "-12.34"}, {1200, "12"}, {INT64_MIN, "-92233720368547758.08"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str out;
        str_init(&out);
        pdf_append_hundredths(&out, rows[i].value);
        assert_string_equal(out.data, rows[i].text);
        str_done(&out);
    }
}

/* Flatten one charstring; subroutine 0 (called as −107) is local, and global. */
static bool flatten(
    struct text code, struct text local, struct text global, struct str *out)
{
    struct arena arena;
    arena_init(&arena);
    struct text bytes[3] = {code, local, global};
    struct cff_index index[3];
    for (int i = 0; i < 3; i++) { /* count 1, offset size 1, offsets 1 and length + 1 */
        char *table = arena_alloc(&arena, bytes[i].length + 5);
        memcpy(table, "\0\1\1\1", 4);
        table[4] = (char)(bytes[i].length + 1);
        memcpy(table + 5, bytes[i].data, bytes[i].length);
        index[i] = (struct cff_index){
            .table = {table, bytes[i].length + 5}, .offsets = 3, .count = 1, .size = 1};
    }
    struct cff cff = {.charstrings = index[0], .subroutines = index[2]};
    vec_push(&cff.privates, (struct cff_private){.subroutines = index[1]});
    str_clear(out);
    bool good = cff_flatten(&cff, 0, out);
    cff_close(&cff);
    arena_done(&arena);
    return good;
}

static void expect_flat(struct text code, struct text local, struct text global,
    const char *expected, size_t length)
{
    struct str out;
    str_init(&out);
    bool good = flatten(code, local, global, &out);
    assert_int_equal(good, expected != NULL);
    if (expected != NULL)
        expect(&out, expected, length);
    str_done(&out);
}

/* Numbers: \x8B is 0, \x8C 1, \x8D 2; \x20 is −107. Operators: \x01 hstem, \x05 rlineto,
 * \x0A callsubr, \x0B return, \x0E endchar, \x13 hintmask, \x15 rmoveto, \x1D callgsubr. */
static void test_flatten(void **state)
{
    (void)state;
    struct text none = TEXT("\x0B");
    expect_flat(TEXT("\x8C\x8D\x15\x0E"), none, none, "\x8C\x8D\x15\x0E", 4);
    /* stems and masks go, the width before them stays */
    expect_flat(
        TEXT("\x8B\x8C\x8C\x01\x8C\x8D\x15\x0E"), none, none, "\x8B\x8C\x8D\x15\x0E", 5);
    expect_flat(TEXT("\x8C\x8C\x01\x8C\x8D\x13\xC0\x8C\x8D\x15\x0E"), none, none,
        "\x8C\x8D\x15\x0E", 4);
    /* nine stems have a mask of two bytes */
    expect_flat(
        TEXT("\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C\x8C"
             "\x8C\x01\x13\x0E\x0E\x8C\x8D\x15\x0E"),
        none, none, "\x8C\x8D\x15\x0E", 4);
    /* a subroutine's operands and operators stand in its place */
    expect_flat(TEXT("\x8C\x20\x0A\x0E"), TEXT("\x8D\x15\x20\x1D\x0B"),
        TEXT("\x8D\x8D\x05\x0B"), "\x8C\x8D\x15\x8D\x8D\x05\x0E", 7);
    /* 1 2 div is one operand */
    expect_flat(TEXT("\x8C\x8D\x0C\x0C\x8D\x15\x0E"), none, none,
        "\x8C\x8D\x0C\x0C\x8D\x15\x0E", 7);
    expect_flat(TEXT("\x1C\x01\x02\xFF\1\2\3\4\xF7\x05\x15\x0E"), none, none,
        "\x1C\x01\x02\xFF\1\2\3\4\xF7\x05\x15\x0E", 12);
}

static void test_flatten_damaged(void **state)
{
    (void)state;
    struct text none = TEXT("\x0B");
    expect_flat(TEXT(""), none, none, NULL, 0); /* no endchar */
    expect_flat(TEXT("\x8C\x8D\x15"), none, none, NULL, 0);
    expect_flat(TEXT("\x1C\x01"), none, none, NULL, 0);     /* a number cut off */
    expect_flat(TEXT("\x0A"), none, none, NULL, 0);         /* a call of nothing */
    expect_flat(TEXT("\x8B\x0A\x0E"), none, none, NULL, 0); /* no such subroutine */
    expect_flat(TEXT("\x20\x0A\x0E"), TEXT("\x20\x0A"), none, NULL, 0); /* calls itself */
    expect_flat(TEXT("\x8B\x8B\x8B\x8B\x0E"), none, none, NULL, 0);     /* seac */
    expect_flat(TEXT("\x0C\x0C\x0E"), none, none, NULL, 0); /* div of nothing */
    expect_flat(TEXT("\x02\x0E"), none, none, NULL, 0);     /* no such operator */
    struct str many;
    str_init(&many);
    for (int i = 0; i < 49; i++)
        str_append_char(&many, '\x8C');
    str_append(&many, "\x05\x0E", 2);
    expect_flat(
        str_text(&many), none, none, NULL, 0); /* more operands than a stack holds */
    str_done(&many);
}

/* The CFF table of the song face. The file's bytes live as long as the blob. */
static struct text song_table(hb_blob_t **ret_blob)
{
    struct face face = test_face(0, SONG_PATH, SONG_INDEX);
    *ret_blob = hb_face_reference_table(face.hb_face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length = 0;
    const char *data = hb_blob_get_data(*ret_blob, &length);
    test_face_done(&face);
    return (struct text){data, length};
}

/* A subset of a subset has the same charstrings: nothing is lost on the way. */
static void test_subset(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    static const uint32_t glyphs[] = {0, 34, 1200, 20000, 65000},
                          again[] = {0, 1, 2, 3, 4};
    hb_blob_t *blob;
    struct cff song, small;
    struct str first, second;
    str_init(&first);
    str_init(&second);
    assert_true(cff_open(song_table(&blob), &song));
    assert_true(cff_subset(&song, NULL, glyphs, 5, "Song", &first));
    assert_true(cff_open(str_text(&first), &small));
    assert_int_equal(small.charstrings.count, 5);
    assert_true(cff_subset(&small, NULL, again, 5, "Song", &second));
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    for (uint32_t i = 0; i < 5; i++) {
        const struct cff_private *was =
            &song.privates.data[cff_private_of(&song, glyphs[i])];
        const struct cff_private *is = &small.privates.data[cff_private_of(&small, i)];
        assert_true(text_equal(was->nominal_width, is->nominal_width));
        assert_true(text_equal(was->default_width, is->default_width));
    }
    cff_close(&song);
    cff_close(&small);
    /* cut off anywhere it is refused, or its glyphs are, and nothing is read outside */
    for (size_t length = 0; length < first.length; length++) {
        struct text part = {memory_duplicate(first.data, length), length};
        str_clear(&second);
        if (cff_open(part, &small)) {
            cff_subset(&small, NULL, again, 5, "Song", &second);
            cff_close(&small);
        }
        memory_free((char *)(uintptr_t)part.data);
    }
    assert_false(cff_open(TEXT(""), &small));
    str_done(&first);
    str_done(&second);
    hb_blob_destroy(blob);
}

/* From the cache come the bytes that flattening gives, the first time and later. */
static void test_cache(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    static const uint32_t glyphs[] = {0, 9624, 15340};
    struct face song = test_face(0, SONG_PATH, SONG_INDEX);
    struct cff_cache *cache = cff_cache_of(song.hb_face);
    assert_ptr_equal(cff_cache_of(song.hb_face), cache);
    struct str plain, kept;
    str_init(&plain);
    str_init(&kept);
    for (size_t i = 0; i < 6; i++) {
        assert_true(cff_flatten(cff_cache_font(cache), glyphs[i % 3], &plain));
        assert_true(cff_cache_append(cache, glyphs[i % 3], &kept));
    }
    assert_int_equal(plain.length, kept.length);
    assert_memory_equal(plain.data, kept.data, kept.length);
    assert_false(cff_cache_append(cache, 70000, &kept));
    str_done(&plain);
    str_done(&kept);
    test_face_done(&song);
    struct face latin = test_face(1, LATIN_PATH, 0);
    assert_null(cff_cache_of(latin.hb_face));
    test_face_done(&latin);
}

static bool draw(const struct book *book, struct diagnostics *sink)
{
    struct output output;
    struct device_options options = {.compress = -1};
    const struct device *device = device_find("pdf", "/nowhere", sink);
    char path[] = "/tmp/paiban-pdf-XXXXXX";
    close(mkstemp(path));
    assert_true(output_open(&output, path, sink));
    bool good = book_draw(book, device, &options, &output, sink);
    output_abandon(&output);
    unlink(path);
    return good;
}

/* A writable copy of the Latin font, and the record of a table in its directory. */
static hb_blob_t *latin_copy(
    const char *table, unsigned char **ret_bytes, unsigned char **ret_record)
{
    hb_blob_t *file = hb_blob_create_from_file(LATIN_PATH);
    hb_blob_t *copy = hb_blob_copy_writable_or_fail(file);
    unsigned length;
    unsigned char *b = (unsigned char *)hb_blob_get_data_writable(copy, &length);
    unsigned char *record = b + 12;
    while (memcmp(record, table, 4) != 0)
        record += 16;
    hb_blob_destroy(file);
    *ret_bytes = b;
    *ret_record = record;
    return copy;
}

/* The face of a changed copy, which is given away. */
static struct face latin_face(hb_blob_t *copy)
{
    struct face face = test_face(0, LATIN_PATH, 0);
    test_face_done(&face);
    face.hb_face = hb_face_create(copy, 0);
    face.hb_font = hb_font_create(face.hb_face);
    hb_blob_destroy(copy);
    return face;
}

/* A copy of the Latin font with two bytes of a table set to value. */
static struct face patched_face(const char *table, unsigned offset, unsigned value)
{
    unsigned char *bytes, *r;
    hb_blob_t *copy = latin_copy(table, &bytes, &r);
    unsigned start =
        (unsigned)r[8] << 24 | (unsigned)r[9] << 16 | (unsigned)r[10] << 8 | r[11];
    bytes[start + offset] = (unsigned char)(value >> 8);
    bytes[start + offset + 1] = (unsigned char)value;
    return latin_face(copy);
}

/* A copy of the Latin font in which a table has another name. */
static struct face renamed_face(const char *table, const char *name)
{
    unsigned char *bytes, *record;
    hb_blob_t *copy = latin_copy(table, &bytes, &record);
    memcpy(record, name, 4);
    return latin_face(copy);
}

static void expect_refused(struct face face, const char *reason)
{
    struct book book;
    struct diagnostics sink;
    diagnostics_init(&sink);
    book_init(&book);
    struct page *page = book_add_page(&book, PT(100), PT(100), "1");
    uint32_t paragraph = book_add_structure(&book, STRUCTURE_P, 1);
    add_text(&book, page, paragraph, &face, PT(12), PT(10), PT(50), "abc");
    assert_int_equal(draw(&book, &sink), reason == NULL);
    assert_int_equal(sink.list.length, reason != NULL);
    if (reason != NULL) {
        assert_int_equal(sink.list.data[0].id, DIAG_FONT_NOT_EMBEDDED);
        assert_non_null(strstr(sink.list.data[0].message, reason));
    }
    book_done(&book);
    diagnostics_done(&sink);
    test_face_done(&face);
}

static void test_fonts_refused(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    expect_refused(
        patched_face("OS/2", 8, 0x0008), NULL); /* editable embedding is enough */
    expect_refused(patched_face("OS/2", 8, 0x0002), "forbids embedding");
    expect_refused(patched_face("OS/2", 8, 0x0100), "forbids subsetting");
    expect_refused(renamed_face("glyf", "glyx"), "neither CFF nor glyf");
    expect_refused(renamed_face("glyf", "CFF2"), "neither CFF nor glyf");
    expect_refused(renamed_face("glyf", "CFF "), "damaged");
    expect_refused(patched_face("loca", 0, 0xFFFF), "damaged"); /* behind the end */
    expect_refused(patched_face("head", 50, 1), "damaged");     /* loca of another size */
    expect_refused(patched_face("glyf", 0, 0x7FFF), "damaged"); /* so many contours */
    expect_refused(patched_face("glyf", 10, 0xFFFF), "damaged"); /* so many points */
}

static bool are_drawn(const struct face *face, const uint32_t *glyphs, size_t count)
{
    struct glyf font;
    struct text outline;
    bool good = glyf_open(&font, face->hb_face);
    for (size_t i = 0; good && i < count; i++)
        good = glyf_outline(&font, glyphs[i], &outline);
    glyf_close(&font);
    return good;
}

/* Whatever two bytes of the outlines are, nothing is read outside, and a glyph without
 * what it is composed of is refused. */
static void test_glyf_changed(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    static const uint32_t glyphs[] = {0, 3, 36, 68, 100, 200, 300};
    size_t refused = 0, count = sizeof glyphs / sizeof glyphs[0];
    struct face whole = test_face(0, LATIN_PATH, 0);
    assert_true(are_drawn(&whole, glyphs, count));
    assert_false(are_drawn(&whole, (const uint32_t[]){70000}, 1));
    test_face_done(&whole);
    for (unsigned i = 0; i < 60; i++) {
        struct face face = patched_face("glyf", 2 * i, 0xFFFF);
        refused += !are_drawn(&face, glyphs, count);
        test_face_done(&face);
    }
    assert_true(refused > 3);
    struct face cff = test_face(0, SONG_PATH, SONG_INDEX);
    assert_false(are_drawn(&cff, glyphs, 1));
    test_face_done(&cff);
}

static void expect_same_steps(const struct outline *before, const struct outline *after)
{
    assert_int_equal(after->steps.length, before->steps.length);
    for (size_t i = 0; i < before->steps.length; i++) {
        const struct outline_step *a = &before->steps.data[i], *b = &after->steps.data[i];
        assert_int_equal(a->op, b->op);
        assert_memory_equal(a->x, b->x, sizeof a->x);
        assert_memory_equal(a->y, b->y, sizeof a->y);
    }
}

/* What a subset of the glyphs used draws, and how wide, is what the face does. Returns how
 * many glyphs it has. */
static size_t expect_same_outlines(const struct face *face, uint64_t *used, size_t words)
{
    struct glyf font;
    struct str file = {0};
    uint32_t *glyphs = memory_alloc(64 * words * sizeof *glyphs);
    size_t count = 0;
    assert_true(glyf_open(&font, face->hb_face));
    assert_true(glyf_add_components(&font, used, words));
    for (uint32_t i = 0; i < 64 * words; i++) {
        if ((used[i / 64] >> i % 64 & 1) != 0)
            glyphs[count++] = i;
    }
    assert_true(glyf_subset(&font, face->hb_font, glyphs, count, true, &file));
    hb_blob_t *blob = hb_blob_create(
        file.data, (unsigned)file.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    struct face subset = {.hb_face = hb_face_create(blob, 0)};
    subset.hb_font = hb_font_create(subset.hb_face);
    assert_int_equal(hb_face_get_glyph_count(subset.hb_face), count);
    assert_int_equal(hb_face_get_upem(subset.hb_face), hb_face_get_upem(face->hb_face));
    for (uint32_t i = 0; i < count; i++) {
        struct outline before = {0}, after = {0};
        hb_glyph_extents_t a, b;
        face_outline(face, glyphs[i], &before);
        face_outline(&subset, i, &after);
        expect_same_steps(&before, &after);
        assert_int_equal(hb_font_get_glyph_h_advance(subset.hb_font, i),
            hb_font_get_glyph_h_advance(face->hb_font, glyphs[i]));
        assert_int_equal(hb_font_get_glyph_extents(subset.hb_font, i, &b),
            hb_font_get_glyph_extents(face->hb_font, glyphs[i], &a));
        assert_memory_equal(&a, &b, sizeof a);
        vec_done(&before.steps);
        vec_done(&after.steps);
    }
    uint32_t sum = 0;
    assert_int_equal(file.length % 4, 0);
    for (size_t i = 0; i < file.length; i += 4)
        sum += sfnt_u32(str_text(&file), i);
    assert_int_equal(sum, 0xB1B0AFBA); /* OpenType, head: checkSumAdjustment */
    test_face_done(&subset);
    hb_blob_destroy(blob);
    str_done(&file);
    memory_free(glyphs);
    glyf_close(&font);
    return count;
}

#define WORDS    64 /* of a set of glyphs */
#define KAI_PATH "/usr/share/fonts/truetype/arphic/ukai.ttc"

static void test_glyf_subset(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    struct face latin = test_face(0, LATIN_PATH, 0);
    hb_codepoint_t plain, composed;
    assert_true(hb_font_get_nominal_glyph(latin.hb_font, 'x', &plain));
    assert_true(hb_font_get_nominal_glyph(latin.hb_font, 0xE9, &composed)); /* é */
    uint64_t used[WORDS] = {1};
    used[plain / 64] |= UINT64_C(1) << plain % 64;
    assert_int_equal(expect_same_outlines(&latin, used, WORDS), 2);
    used[composed / 64] |= UINT64_C(1) << composed % 64;
    assert_int_equal(expect_same_outlines(&latin, used, WORDS), 5); /* with e and ´ */
    uint32_t total = hb_face_get_glyph_count(latin.hb_face);
    uint64_t all[WORDS] = {0};
    assert_true(total < WORDS * 64);
    for (uint32_t i = 0; i < total; i++)
        all[i / 64] |= UINT64_C(1) << i % 64;
    assert_int_equal(expect_same_outlines(&latin, all, WORDS), total);
    all[WORDS - 1] |= UINT64_C(1) << 63; /* a glyph that it has not */
    struct glyf font;
    assert_true(glyf_open(&font, latin.hb_face));
    assert_false(glyf_add_components(&font, all, WORDS));
    glyf_close(&font);
    test_face_done(&latin);
    struct face cut = patched_face("hhea", 34, 4); /* advances of four glyphs only */
    uint64_t few[WORDS] = {1, 3};
    assert_int_equal(expect_same_outlines(&cut, few, WORDS), 3);
    test_face_done(&cut);
}

/* Places in loca that go to and fro give glyphs the same bytes: a small font whose subset
 * would have any size. */
static void test_glyf_shared(void **state)
{
    (void)state;
    if (!fonts_are_here()) {
        print_message("needs fonts-noto-cjk and fonts-liberation\n");
        skip();
    }
    static const char glyph[] = "\0\1" /* a contour */
                                "\0\0\0\0\0\1\0\1"
                                "\0\2"        /* its last point */
                                "\0\0"        /* instructions */
                                "\x31\x31\x31" /* flags: nothing changes */
                                "\0";
    static const char ascending[] = "\0\0\0\x9\0\x9\0\x9\0\x9";
    static const char to_and_fro[] = "\0\0\0\x9\0\0\0\x9\0\0\0\x9";
    static const uint32_t glyphs[] = {0, 2, 4};
    struct face latin = test_face(0, LATIN_PATH, 0);
    struct sparse known = {0}, known_again = {0};
    struct glyf font;
    struct str out = {0};
    assert_true(glyf_open(&font, latin.hb_face));
    font.glyf = (struct text){glyph, 18};
    font.wide = false;
    font.loca = (struct text){ascending, 10};
    font.sound = &known;
    assert_true(glyf_subset(&font, latin.hb_font, glyphs, 2, true, &out));
    str_clear(&out);
    font.loca = (struct text){to_and_fro, 12};
    font.sound = &known_again;
    assert_false(glyf_subset(&font, latin.hb_font, glyphs, 3, true, &out));
    assert_int_equal(out.length, 0);
    sparse_done(&known);
    sparse_done(&known_again);
    str_done(&out);
    glyf_close(&font);
    test_face_done(&latin);
}

/* Outlines behind what 16 bits of loca reach. */
static void test_glyf_subset_large(void **state)
{
    (void)state;
    if (access(KAI_PATH, R_OK) != 0) {
        print_message("needs fonts-arphic-ukai\n");
        skip();
    }
    struct face kai = test_face(0, KAI_PATH, 0);
    size_t words = hb_face_get_glyph_count(kai.hb_face) / 64 + 1;
    uint64_t *used = memory_alloc(words * sizeof *used);
    memset(used, 0xFF, WORDS * sizeof *used);
    assert_true(expect_same_outlines(&kai, used, words) >= WORDS * 64);
    memory_free(used);
    test_face_done(&kai);
}

static void test_linearize(void **state)
{
    (void)state;
    struct diagnostics sink;
    struct output output;
    diagnostics_init(&sink);
    assert_null(linearize_open("/nowhere", &sink));
    assert_int_equal(sink.list.data[0].id, DIAG_MODULE_FAILED);
    const struct linearize_module *module = linearize_open("render/out", &sink);
    assert_non_null(module);
    assert_true(output_open(&output, "/tmp/paiban-linear.pdf", &sink));
    assert_false(linearize_write(module, TEXT("no PDF"), &output, &sink));
    assert_int_equal(output.written, 0);
    output_abandon(&output);
    assert_int_equal(sink.list.data[1].id, DIAG_NOT_LINEARIZED);
    diagnostics_done(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_flatten),
        cmocka_unit_test(test_flatten_damaged),
        cmocka_unit_test(test_subset),
        cmocka_unit_test(test_cache),
        cmocka_unit_test(test_fonts_refused),
        cmocka_unit_test(test_glyf_changed),
        cmocka_unit_test(test_glyf_subset),
        cmocka_unit_test(test_glyf_shared),
        cmocka_unit_test(test_glyf_subset_large),
        cmocka_unit_test(test_linearize),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
