/* Roles → faces: families by wish and language, weights, stand-ins, fallback, refusals. */
#include "font_test.h"
#include "font/face.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct face *face(struct font_fixture *f, enum font_role role, int weight,
    bool italic, const char *language)
{
    return fonts_face(f->fonts, role, weight, italic, language, &f->sink);
}

static void takes_the_face_of_the_language(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    assert_string_equal(
        face(&f, ROLE_SONG, 400, false, "zh-Hans")->family, "Noto Serif CJK SC");
    assert_string_equal(
        face(&f, ROLE_SONG, 400, false, "zh-Hant")->family, "Noto Serif CJK TC");
    assert_string_equal(face(&f, ROLE_HEI, 400, false, "ja")->family, "Noto Sans CJK JP");
    assert_string_equal(
        face(&f, ROLE_SONG, 400, false, "en")->family, "Noto Serif CJK SC");
    assert_string_equal(
        face(&f, ROLE_LATIN_SERIF, 400, false, "zh-Hans")->family, "Liberation Serif");
    assert_int_equal(f.sink.list.length, 0); /* a later wish of the role is no finding */
    font_fixture_done(&f);
}

static void a_face_is_opened_once(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const struct face *one = face(&f, ROLE_SONG, 400, false, "zh-Hans");
    assert_ptr_equal(face(&f, ROLE_SONG, 400, false, "zh-Hans"), one);
    assert_ptr_equal(face(&f, ROLE_SONG, 400, false, "en"), one);
    assert_ptr_not_equal(face(&f, ROLE_SONG, 400, false, "ja"), one);
    assert_int_equal(one->units_per_em, 1000);
    assert_true(one->ascent > 0 && one->descent > 0 && one->underline_thickness > 0);
    assert_true(face_has(one, 0x4E00));
    assert_false(face_has(one, 0x10FFFD));
    assert_int_equal(face_scale(one, 1000, 12 * UNIT_PT), 12 * UNIT_PT);
    assert_int_equal(face_scale(one, 1, 1000), 1);
    font_fixture_done(&f);
}

/* What is remembered is what HarfBuzz says, the first time and later; beyond the planes
 * that have a table too. */
static void glyphs_are_remembered(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const struct face *one = face(&f, ROLE_SONG, 400, false, "zh-Hans");
    for (uint32_t c = 1; c < 2 * 0x30100; c += c < 0x3000 ? 1 : 97) {
        uint32_t codepoint = c % 0x30100, glyph = 0;
        hb_codepoint_t wanted = 0;
        int advance = 0;
        bool has = hb_font_get_nominal_glyph(one->hb_font, codepoint, &wanted);
        assert_int_equal(face_glyph(one, codepoint, &glyph, &advance), has);
        assert_int_equal(face_has(one, codepoint), has);
        if (has) {
            assert_int_equal(glyph, wanted);
            assert_int_equal(advance, hb_font_get_glyph_h_advance(one->hb_font, wanted));
        }
    }
    font_fixture_done(&f);
}

/* Pieces of a table come from the file, in any order, the same as its mapping has; what is
 * long or lies elsewhere is as it was. */
static void pieces_are_read_from_the_file(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    hb_face_t *hb_face = face(&f, ROLE_SONG, 400, false, "zh-Hans")->hb_face;
    hb_blob_t *blob = hb_face_reference_table(hb_face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length = 0;
    const char *table = hb_blob_get_data(blob, &length);
    for (size_t i = 0; i < 400; i++) {
        size_t at = i * 7919 * 7919 % length, end = at + i * 3;
        struct text piece = {table + at, (end < length ? end : length) - at};
        struct text read = face_read(hb_face, piece);
        assert_true(text_equal(read, piece));
        assert_ptr_not_equal(read.data, piece.data);
    }
    struct text last = {table + length - 1, 1}, whole = {table, length};
    assert_true(text_equal(face_read(hb_face, last), last));
    assert_ptr_equal(face_read(hb_face, whole).data, table);
    assert_true(text_is(face_read(hb_face, TEXT("elsewhere")), "elsewhere"));
    hb_blob_destroy(blob);
    font_fixture_done(&f);
}

static void takes_the_nearest_weight(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const struct face *bold = face(&f, ROLE_SONG, 700, false, "zh-Hans");
    assert_int_equal(bold->weight, 700);
    assert_false(bold->embolden);
    assert_int_equal(face(&f, ROLE_SONG, 650, false, "zh-Hans")->weight, 700);
    assert_int_equal(face(&f, ROLE_SONG, 450, false, "zh-Hans")->weight, 500);
    assert_int_equal(face(&f, ROLE_SONG, 100, false, "zh-Hans")->weight, 200);
    assert_true(face(&f, ROLE_LATIN_SERIF, 700, true, "en")->italic);
    assert_false(face(&f, ROLE_LATIN_SERIF, 700, true, "en")->slant);
    font_fixture_done(&f);
}

static void makes_bold_and_italic_where_there_is_none(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const struct face *kai = face(&f, ROLE_KAI, 400, false, "zh-Hans");
    const struct face *bold = face(&f, ROLE_KAI, 700, false, "zh-Hans");
    assert_string_equal(kai->family, "AR PL UKai CN");
    assert_false(kai->embolden);
    assert_true(bold->embolden);
    assert_ptr_equal(kai->hb_face, bold->hb_face);
    assert_int_equal(told(&f.sink, DIAG_FONT_THICKENED), 1);
    assert_true(face(&f, ROLE_SONG, 400, true, "zh-Hans")->slant);
    assert_int_equal(diag_worst(&f.sink), LEVEL_NOTE);
    font_fixture_done(&f);
}

static void tells_a_stand_in_once(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    assert_string_equal(
        face(&f, ROLE_FANGSONG, 400, false, "zh-Hans")->family, "AR PL UKai CN");
    face(&f, ROLE_FANGSONG, 400, false, "zh-Hans");
    face(&f, ROLE_FANGSONG, 400, false, "en");
    assert_int_equal(told(&f.sink, DIAG_FONT_SUBSTITUTED), 1);
    assert_int_equal(face(&f, ROLE_BIAOSONG, 400, false, "zh-Hans")->weight, 700);
    assert_int_equal(told(&f.sink, DIAG_FONT_SUBSTITUTED), 2);
    diagnostics_clear(&f.sink); /* the next document is told again */
    face(&f, ROLE_FANGSONG, 400, false, "zh-Hans");
    assert_int_equal(told(&f.sink, DIAG_FONT_SUBSTITUTED), 1);
    font_fixture_done(&f);
}

static void falls_back_by_coverage(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const uint32_t emoji[] = {0x1F600};
    const uint32_t selected[] = {0x1F600, 0xFE0F}; /* the selector needs no glyph */
    const uint32_t nobody[] = {0x10FFFD};
    const uint32_t mixed[] = {0x4E00, 0x10FFFD};
    const struct face *found =
        fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", emoji, 1);
    assert_non_null(found);
    assert_true(face_has(found, emoji[0]));
    assert_ptr_equal(fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", emoji, 1), found);
    assert_ptr_equal(
        fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", selected, 2), found);
    assert_null(fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", nobody, 1));
    assert_null(fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", nobody, 1));
    assert_null(fonts_fallback(f.fonts, ROLE_SONG, 400, "zh-Hans", mixed, 2));
    font_fixture_done(&f);
}

static void names_roles(void **state)
{
    (void)state;
    enum font_role role = ROLE_SYMBOLS;
    assert_true(font_role_parse("fangsong", &role));
    assert_int_equal(role, ROLE_FANGSONG);
    assert_false(font_role_parse("comic", &role));
    assert_int_equal(role, ROLE_FANGSONG); /* untouched */
    for (int i = 0; i < ROLE_COUNT; i++) {
        assert_true(font_role_parse(font_role_name((enum font_role)i), &role));
        assert_int_equal(role, i);
    }
}

static void lists_roles(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    struct str out = {0};
    fonts_list(f.fonts, &out, &f.sink);
    for (int i = 0; i < ROLE_COUNT; i++) {
        assert_non_null(strstr(out.data, font_role_name((enum font_role)i)));
    }
    assert_non_null(strstr(out.data, "AR PL UKai CN (stands in)"));
    assert_non_null(strstr(out.data, "NotoSerifCJK-Regular.ttc (face 2)"));
    str_done(&out);
    font_fixture_done(&f);
}

/* A data folder of its own, with these roles and no fonts at all. */
struct folder {
    char path[64];
    char fonts[80];
    char roles[96];
    char conf[96];
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void folder_make(struct folder *folder, const char *roles, const char *conf)
{
    strcpy(folder->path, "/tmp/paiban-font-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->fonts, sizeof folder->fonts, "%s/fonts", folder->path);
    snprintf(folder->roles, sizeof folder->roles, "%s/roles.yaml", folder->fonts);
    snprintf(folder->conf, sizeof folder->conf, "%s/fonts.conf", folder->fonts);
    assert_int_equal(mkdir(folder->fonts, 0700), 0);
    write_file(folder->roles, roles);
    if (conf != NULL) {
        write_file(folder->conf, conf);
    }
    unsetenv("PAIBAN_FONTS_CONF");
    unsetenv("FONTCONFIG_FILE");
}

static void folder_remove(const struct folder *folder)
{
    unlink(folder->roles);
    unlink(folder->conf);
    rmdir(folder->fonts);
    rmdir(folder->path);
}

static const char empty_conf[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";

static void refuses_a_role_without_fonts(void **state)
{
    (void)state;
    struct folder folder;
    struct files files;
    struct diagnostics sink;
    folder_make(&folder,
        "song:\n  zh-Hans: [Nowhere, Nirgends]\n  package: fonts-nowhere\n", empty_conf);
    files_init(&files);
    diagnostics_init(&sink);
    struct fonts *fonts = fonts_open(folder.path, false, &files, &sink);
    assert_non_null(fonts);
    assert_null(fonts_face(fonts, ROLE_SONG, 400, false, "zh-Hans", &sink));
    assert_int_equal(told(&sink, DIAG_FONT_ROLE_EMPTY), 1);
    assert_true(diag_is_fatal(&sink));
    assert_non_null(strstr(sink.list.data[0].hint, "fonts-nowhere"));
    assert_non_null(strstr(sink.list.data[0].hint, "Nirgends"));
    fonts_close(fonts);
    diagnostics_done(&sink);
    files_done(&files);
    folder_remove(&folder);
}

static void refuses_bad_roles(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "comic: {any: [A]}\n",
        "song: [A]\n",
        "song: {zh-Hans: SimSun}\n",
        "song: {zh-Hans: [[A]]}\n",
        "song: {instead: comic}\n",
        "song: {instead-weight: heavy}\n",
        "song: {instead-weight: 1001}\n",
        "- song\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct folder folder;
        struct files files;
        struct diagnostics sink;
        folder_make(&folder, bad[i], empty_conf);
        files_init(&files);
        diagnostics_init(&sink);
        assert_null(fonts_open(folder.path, false, &files, &sink));
        assert_int_equal(told(&sink, DIAG_ROLES_INVALID), 1);
        diagnostics_done(&sink);
        files_done(&files);
        folder_remove(&folder);
    }
}

static void refuses_missing_files(void **state)
{
    (void)state;
    struct folder folder;
    struct files files;
    struct diagnostics sink;
    folder_make(&folder, "song: {any: [A]}\n", NULL);
    files_init(&files);
    diagnostics_init(&sink);
    assert_null(fonts_open(folder.path, false, &files, &sink));
    assert_int_equal(told(&sink, DIAG_FONTS_CONF), 1);
    assert_null(fonts_open("/nonexistent", false, &files, &sink));
    assert_int_equal(told(&sink, DIAG_NO_SUCH_FILE), 1);
    fonts_close(NULL);
    diagnostics_done(&sink);
    files_done(&files);
    folder_remove(&folder);
}

/* fontconfig's cache may be older than the file. */
static void refuses_what_is_no_face(void **state)
{
    (void)state;
    struct font_fixture f;
    font_fixture_init(&f);
    const struct face *song = face(&f, ROLE_SONG, 400, false, "zh-Hans");
    struct face opened;
    struct installed installed = {
        .path = song->path, .index = song->index, .family = song->family};
    assert_true(face_open(&installed, NULL, &opened));
    assert_true(opened.digest == song->digest);
    face_close(&opened);
    installed.index = 99; /* no such face in the collection */
    assert_false(face_open(&installed, NULL, &opened));
    installed.path = "/dev/null";
    assert_false(face_open(&installed, NULL, &opened));
    font_fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_face_of_the_language),
        cmocka_unit_test(a_face_is_opened_once),
        cmocka_unit_test(glyphs_are_remembered),
        cmocka_unit_test(pieces_are_read_from_the_file),
        cmocka_unit_test(takes_the_nearest_weight),
        cmocka_unit_test(makes_bold_and_italic_where_there_is_none),
        cmocka_unit_test(tells_a_stand_in_once),
        cmocka_unit_test(falls_back_by_coverage),
        cmocka_unit_test(names_roles),
        cmocka_unit_test(lists_roles),
        cmocka_unit_test(refuses_a_role_without_fonts),
        cmocka_unit_test(refuses_bad_roles),
        cmocka_unit_test(refuses_missing_files),
        cmocka_unit_test(refuses_what_is_no_face),
    };
    return cmocka_run_group_tests_name("font_choice", tests, NULL, NULL);
}
