/* out_verify: the structure of a hand-made book's PDF is sound, and each rule notices the one
 * change that breaks it. */
#include "out/pdf/verify.h"
#include "out/devices.h"
#include "out_book.h"

struct fixture {
    struct str file; /* a good PDF file */
};

static int setup(void **state)
{
    static struct fixture fixture;
    struct diagnostics sink;
    struct output output;
    struct files files;
    struct book book;
    struct device_options options = {.compress = -1};
    char path[] = "/tmp/paiban-verify-XXXXXX";
    *state = &fixture;
    if (!fonts_are_here())
        return 0;
    close(mkstemp(path));
    diagnostics_init(&sink);
    files_init(&files);
    struct face song = test_face(0, SONG_PATH, SONG_INDEX);
    struct face latin = test_face(1, LATIN_PATH, 0);
    make_book(&book, &song, &latin);
    assert_true(output_open(&output, path, &sink));
    assert_true(book_draw(
        &book, device_find("pdf", "/nowhere", &sink), &options, &output, &sink));
    assert_true(output_commit(&output, &sink));
    int file = files_read_bytes(&files, path, 1 << 20, SPAN_NONE, &sink);
    str_append_text(&fixture.file, files_get(&files, (uint32_t)file)->bytes);
    unlink(path);
    book_done(&book);
    test_face_done(&song);
    test_face_done(&latin);
    files_done(&files);
    diagnostics_done(&sink);
    return 0;
}

static int teardown(void **state)
{
    str_done(&((struct fixture *)*state)->file);
    return 0;
}

/* Replace the first `old` in the objects, or after `from` in one, by `new`. */
static void change(
    struct pdf_reader *reader, const char *from, const char *old, const char *new)
{
    for (size_t i = 0; i < reader->objects.length; i++) {
        struct text *object = &reader->objects.data[i];
        struct text t = *object;
        size_t start = text_find(t, from);
        size_t at = start + text_find(text_slice(t, start, t.length), old);
        if (start >= t.length || at >= t.length)
            continue;
        *object = text_of(arena_print(&reader->arena, "%.*s%s%.*s", (int)at, t.data, new,
            (int)(t.length - at - strlen(old)), t.data + at + strlen(old)));
        return;
    }
    fail_msg("nothing has ‘%s’ and ‘%s’", from, old);
}

static void test_sound(void **state)
{
    const struct fixture *f = *state;
    struct pdf_reader reader;
    struct str out;
    if (f->file.length == 0)
        skip();
    str_init(&out);
    assert_true(pdf_reader_open(&reader, str_text(&f->file)));
    if (pdf_verify(&reader, &out) != 0)
        fail_msg("%s", out.data);
    pdf_reader_done(&reader);
    str_done(&out);
}

static void test_broken(void **state)
{
    static const struct {
        const char *from, *old, *new, *rule;
    } rows[] = {
        {"<</S/P/P", "/P ", "/P 9", "parent: "},
        {"<</S/Document", "/K[", "/K[9999 0 R ", "tree: "},
        {"<</S/P/P", "/S/P", "/S/Q", "kind: "},
        {"<</S/P/P", "/S/P", "/S/TD", "nesting: "},
        {"<</S/P/P", "/S/P", "/S/Figure", "figure: "},
        {"<</S/P/P", "/S/P", "/S/L", "list: "},
        {"<</S/P/P", "/S/P", "/S/TH", "scope: "},
        {"<</S/P/P", "/S/P", "/S/Note", "id-tree: "},
        {"<</S/P/P", "/K[", "/K[9 ", "order: "},
        {"<</S/P/P", "/K[", "/K[9 ", "marks: "},
        {"<</S/P/P", "/Pg ", "/Pg 9", "marks: "},
        {"<</S/P/P", "/K", "/X", "parent-tree: "},
        {"<</S/P/P", "/K", "/X/P", "orphan: "},
        {"<</S/Document", "/K", "/X", "orphan: "},
        {"<</S/P/P", "/P ", "/ID(x)/P ", "id-tree: "},
        {"<</S/Link", "/OBJR", "/OBJX", "objr: "},
        {"/Subtype/Link", "/Contents", "/Content", "annotation: "},
        {"/Subtype/Link", "/QuadPoints", "/Quads", "annotation: "},
        {"/Subtype/Link", "/F 4", "/F 0", "annotation: "},
        {"/Subtype/Link", "/StructParent ", "/StructParent 9", "objr: "},
        {"<</Nums[", " 0 R", " 1 R", "parent-tree: "},
        {"<</Nums[0[", "[0[", "[7[", "out of order"},
        {"<</S/H1", "/H1", "/H3", "headings: "},
    };
    const struct fixture *f = *state;
    if (f->file.length == 0)
        skip();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pdf_reader reader;
        struct str out;
        str_init(&out);
        assert_true(pdf_reader_open(&reader, str_text(&f->file)));
        change(&reader, rows[i].from, rows[i].old, rows[i].new);
        assert_true(pdf_verify(&reader, &out) > 0);
        if (strstr(out.data, rows[i].rule) == NULL)
            fail_msg("‘%s’ is not in: %s", rows[i].rule, out.data);
        pdf_reader_done(&reader);
        str_done(&out);
    }
}

/* Cut off anywhere, the file is refused, and nothing is read outside. */
static void test_cut(void **state)
{
    const struct fixture *f = *state;
    for (size_t length = 0; length + 40 < f->file.length; length += 97) {
        struct pdf_reader reader;
        char *part = memory_duplicate(f->file.data, length);
        assert_false(pdf_reader_open(&reader, (struct text){part, length}));
        pdf_reader_done(&reader);
        memory_free(part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
