/* Clusters: bodies and white of marks, breaks, runs, places, findings, hyphenation. */
#include "text_test.h"
#include <stdio.h>
#include <unistd.h>
#include "base/utf8.h"

/* Advance, ink_left and ink_right of a cluster in 1/100 em. */
static void expect_body(
    const struct paragraph_text *p, uint32_t i, int advance, int left, int right)
{
    const struct cluster *c = &p->clusters[i];
    assert_int_equal(c->advance * 100 / SIZE, advance);
    assert_int_equal(c->ink_left * 100 / SIZE, left);
    assert_int_equal(c->ink_right * 100 / SIZE, right);
}

static void a_han_is_one_em(void **state)
{
    struct text_fixture *f = *state;
    struct run run = text_run("zh-Hans", "平台の＋Ａ①");
    for (unit size = 5 * UNIT_PT; size < 6 * UNIT_PT; size += 77) {
        run.size = size;
        const struct paragraph_text *p = shape_all(f, &run, 1);
        for (uint32_t i = 0; i < p->cluster_count; i++) {
            assert_int_equal(p->clusters[i].advance, size);
            assert_int_equal(p->clusters[i].glyph_count, 1);
            assert_true(p->clusters[i].safe_to_break);
        }
    }
}

static void white_of_marks(void **state)
{
    struct text_fixture *f = *state;
    const struct paragraph_text *p = shape(f, "zh-Hans", "“，。：！”");
    expect_body(p, 0, 100, 50, 0);
    for (uint32_t i = 1; i < 6; i++) {
        expect_body(p, i, 100, 0, 50);
    }
    p = shape(f, "zh-Hant", "「，。：！」");
    expect_body(p, 0, 100, 50, 0);
    for (uint32_t i = 1; i < 5; i++) {
        expect_body(p, i, 100, 25, 25);
    }
    expect_body(p, 5, 100, 0, 50);
    p = shape(f, "ja", "“、。：！・”");
    expect_body(p, 0, 100, 50, 0); /* the JP face has a narrow one */
    expect_body(p, 1, 100, 0, 50);
    expect_body(p, 2, 100, 0, 50);
    expect_body(p, 3, 100, 25, 25);
    expect_body(p, 4, 100, 0, 0);
    expect_body(p, 5, 100, 25, 25);
    p = shape(f, "zh-Hans", "娜·罗——甲……乙");
    expect_body(p, 1, 50, 0, 0);
    assert_true(p->glyphs[p->clusters[1].first_glyph].x_offset > 0);
    expect_body(p, 3, 200, 0, 0);
    assert_int_equal(p->clusters[3].glyph_count, 1); /* one stroke */
    assert_int_equal(p->clusters[3].length, 6);
    expect_body(p, 5, 200, 0, 0);
    p = shape(f, "en", "“a”");
    assert_true(p->clusters[0].advance < SIZE / 2);
    assert_int_equal(p->clusters[0].ink_left, 0);
}

static void latin_is_proportional(void **state)
{
    struct text_fixture *f = *state;
    struct run run = text_run("zh-Hans", "AVA 11");
    const struct paragraph_text *p = shape_all(f, &run, 1);
    unit kerned = p->clusters[0].advance;
    assert_false(p->clusters[0].safe_to_break);
    assert_int_equal(p->clusters[3].advance, SIZE / 4);
    assert_int_equal(p->clusters[3].glyph_count, 0);
    assert_int_equal(p->clusters[4].advance, SIZE / 2); /* digits are never kerned */
    assert_int_equal(p->clusters[5].advance, SIZE / 2);
    run.plain_latin = true;
    p = shape_all(f, &run, 1);
    assert_true(p->clusters[0].advance > kerned);
    assert_true(p->clusters[0].safe_to_break);
}

static void breaks(void **state)
{
    struct text_fixture *f = *state;
    static const struct {
        const char *text, *breaks;
    } rows[] = {
        {"提出“互联”规划", "提|出|“互|联”|规|划"},
        {"说。“好”", "说。|“好”"},
        {"增长11.6%，同比", "增|长|11.6%，|同|比"},
        {"花了，￥25元", "花|了，|￥25|元"},
        {"按GDP（现价）计", "按|GDP|（现|价）|计"},
        {"甲——乙", "甲|——|乙"},
        {"…………", "…………"},
        {"Hello big-hearted it’s", "Hello |big-|hearted |it’s"},
        {"CVE-2022-42827在", "CVE-2022-42827|在"},
        {"测算①是", "测|算①|是"},
        {"面积10m²吗", "面|积|10m²|吗"},
        {"气温25℃高", "气|温|25℃|高"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = breaks_of(f, shape(f, "zh-Hans", rows[i].text));
        if (rows[i].breaks != NULL && strcmp(got, rows[i].breaks) != 0) {
            fail_msg("‘%s’: got ‘%s’, not ‘%s’", rows[i].text, got, rows[i].breaks);
        }
    }
}

static void natures_close_a_run(void **state)
{
    struct text_fixture *f = *state;
    struct run runs[3] = {text_run("zh-Hans", "链接："), text_run("zh-Hans", "a/b-c d"),
        text_run("zh-Hans", "甲乙")};
    assert_string_equal(breaks_of(f, shape_all(f, runs, 3)), "链|接：|a/|b-|c |d|甲|乙");
    runs[1].nature = NATURE_URL;
    runs[2].nature = NATURE_FIXED;
    assert_string_equal(breaks_of(f, shape_all(f, runs, 3)), "链|接：|a/b-c d|甲乙");
    runs[1].nature = NATURE_CODE;
    assert_string_equal(breaks_of(f, shape_all(f, runs, 3)), "链|接：|a/b-c |d|甲乙");
}

static void runs_objects_and_breaks(void **state)
{
    struct text_fixture *f = *state;
    struct run runs[4] = {text_run("zh-Hans", "甲"), text_run("zh-Hans", ""),
        text_run("zh-Hans", ""), text_run("zh-Hans", "乙")};
    runs[1].kind = RUN_BREAK;
    runs[2].kind = RUN_OBJECT;
    runs[2].object_width = 777;
    const struct paragraph_text *p = shape_all(f, runs, 4);
    assert_string_equal(classes_of(f, p), "han forced-break object han");
    assert_string_equal(breaks_of(f, p), "甲!|乙");
    assert_int_equal(p->clusters[1].break_after, BREAK_FORCED);
    assert_int_equal(p->clusters[0].break_after, BREAK_NO);
    assert_int_equal(p->clusters[2].advance, 777);
    assert_null(p->clusters[2].face);
    assert_int_equal(p->clusters[3].run, 3);
    assert_int_equal(p->run_start[4], 6);
    assert_int_equal(shape_all(f, runs, 0)->cluster_count, 0);
    assert_int_equal(shape_all(f, runs + 2, 1)->cluster_count, 1);
}

static void ruby_is_shaped_apart(void **state)
{
    struct text_fixture *f = *state;
    struct run ruby = text_run("zh-Hans", "běi jīng");
    struct run runs[2] = {text_run("zh-Hans", "北京"), text_run("zh-Hans", "好")};
    ruby.size = SIZE / 2;
    runs[0].ruby = &ruby;
    const struct paragraph_text *p = shape_all(f, runs, 2);
    assert_non_null(p->ruby[0]);
    assert_null(p->ruby[1]);
    assert_int_equal(p->cluster_count, 3);
    assert_int_equal(p->ruby[0]->cluster_count, 8);
    assert_int_equal(p->ruby[0]->clusters[0].size, SIZE / 2);
}

static void graphemes_stay_together(void **state)
{
    struct text_fixture *f = *state;
    assert_int_equal(shape(f, "zh-Hans", "e\xCC\x81x")->cluster_count, 2);
    assert_int_equal(shape(f, "zh-Hans", "葛󠄀城")->cluster_count, 2);
    assert_int_equal(shape(f, "zh-Hans", "⚠️甲")->cluster_count, 2);
    assert_int_equal(shape(f, "zh-Hans", "👨‍👩‍👧")->cluster_count, 1);
    assert_int_equal(shape(f, "ja", "か\xE3\x82\x99")->cluster_count, 1);
    struct run runs[2] = {text_run("zh-Hans", "e"), text_run("zh-Hans", "\xCC\x81")};
    assert_int_equal(shape_all(f, runs, 2)->cluster_count, 2); /* never across runs */
}

static void places(void **state)
{
    struct text_fixture *f = *state;
    struct run runs[2] = {text_run("zh-Hans", "甲乙"), text_run("zh-Hans", "丙丁")};
    runs[0].span = (struct span){3, 100, 9};
    runs[1].span = (struct span){3, 200, 6};
    runs[1].exact = true;
    const struct paragraph_text *p = shape_all(f, runs, 2);
    struct span rough = cluster_span(p, 1);
    struct span exact = cluster_span(p, 3);
    assert_int_equal(rough.offset, 100);
    assert_int_equal(rough.length, 9);
    assert_int_equal(exact.offset, 203);
    assert_int_equal(exact.length, 3);
}

static void missing_characters_are_told(void **state)
{
    struct text_fixture *f = *state;
    struct run run = text_run("zh-Hans", "甲\xF4\x8F\xBF\xBD乙\xF4\x8F\xBF\xBD");
    run.span = (struct span){0, 50, 14};
    run.exact = true;
    const struct paragraph_text *p = shape_all(f, &run, 1);
    assert_int_equal(p->clusters[1].class, CLASS_MISSING);
    assert_null(p->clusters[1].face);
    assert_true(p->clusters[1].advance > 0);
    assert_int_equal(told(&f->font.sink, DIAG_MISSING_GLYPH), 1);
    assert_int_equal(f->font.sink.list.data[0].span.offset, 53);
    assert_int_equal(f->font.sink.list.data[0].span.length, 4);
    assert_int_equal(told(&f->font.sink, DIAG_PRIVATE_USE), 1);
    assert_null(f->font.sink.list.data[0].hint);
    diagnostics_clear(&f->font.sink);
    shape(f, "zh-Hans", "\xF0\xA0\x80\x80"); /* U+20000 */
    assert_int_equal(told(&f->font.sink, DIAG_MISSING_GLYPH), 1);
    assert_non_null(strstr(f->font.sink.list.data[0].hint, "fonts-hanazono"));
}

static void suspect_characters_are_told(void **state)
{
    struct text_fixture *f = *state;
    const struct diagnostics *sink = &f->font.sink;
    shape(f, "zh-Hans", "一行人和A1，😀"); /* nothing wrong; a fallback is a note */
    assert_int_equal(sink->list.length, told(sink, DIAG_FALLBACK_FONT));
    assert_int_equal(diag_worst(sink), LEVEL_NOTE);
    shape(f, "zh-Hans", "⼀⼀⾏");
    assert_int_equal(told(sink, DIAG_KANGXI_RADICAL), 2);
    shape(f, "zh-Hans", "\xEF\xA4\x80"); /* U+F900 */
    assert_int_equal(told(sink, DIAG_COMPATIBILITY_HAN), 1);
    assert_non_null(strstr(sink->list.data[sink->list.length - 1].hint, "U+8C48"));
    shape(f, "zh-Hans", "\xEF\xA8\x8E"); /* U+FA0E is a character of its own */
    assert_int_equal(told(sink, DIAG_COMPATIBILITY_HAN), 1);
    shape(f, "zh-Hans", "\xCD\xB8"); /* U+0378 */
    assert_int_equal(told(sink, DIAG_UNASSIGNED), 1);
    shape(f, "zh-Hans", "\xD8\xB9\xD8\xB1"); /* Arabic, two letters: told once */
    assert_int_equal(told(sink, DIAG_RIGHT_TO_LEFT), 1);
}

static void a_role_without_font_is_fatal(void **state)
{
    struct text_fixture *f = *state;
    struct run run = text_run("zh-Hans", "甲");
    fonts_close(f->font.fonts);
    shaper_free(f->shaper);
    char path[] = "/tmp/paiban-conf-XXXXXX";
    int descriptor = mkstemp(path);
    const char conf[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    assert_int_equal(write(descriptor, conf, sizeof conf - 1), sizeof conf - 1);
    close(descriptor);
    setenv("PAIBAN_FONTS_CONF", path, 1);
    f->font.fonts = fonts_open(source_folder(), false, &f->font.files, &f->font.sink);
    f->shaper = shaper_new(f->font.fonts, "render/out");
    assert_null(text_shape(f->shaper, &f->arena, &run, 1, false, &f->font.sink));
    assert_true(diag_is_fatal(&f->font.sink));
    unlink(path);
}

/* A few patterns of our own, so that the test needs no dictionary. */
static void hyphenation(void **state)
{
    struct text_fixture *f = *state;
    char folder[] = "/tmp/paiban-hyphen-XXXXXX";
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/hyph_en_US.dic", folder);
    setenv("PAIBAN_HYPHEN_DIR", folder, 1);
    struct run run = text_run("zh-Hans", "Network网network2 NETWORK");
    struct paragraph_text *p =
        text_shape(f->shaper, &f->arena, &run, 1, true, &f->font.sink);
    assert_int_equal(told(&f->font.sink, DIAG_NO_HYPHENATION), 1);
    assert_false(p->clusters[2].hyphen_after);
    shaper_free(f->shaper);
    f->shaper = shaper_new(f->font.fonts, "render/out");
    FILE *file = fopen(path, "w");
    fputs("UTF-8\nLEFTHYPHENMIN 1\nRIGHTHYPHENMIN 1\nt1w\nor1k\nn1e\n", file);
    fclose(file);
    p = text_shape(f->shaper, &f->arena, &run, 1, true, &f->font.sink);
    for (uint32_t i = 0; i < p->cluster_count;
         i++) { /* net-work twice: not n-e, not or-k */
        assert_int_equal(p->clusters[i].hyphen_after, i == 2 || i == 10);
    }
    p = text_shape(f->shaper, &f->arena, &run, 1, false, &f->font.sink);
    assert_false(p->clusters[2].hyphen_after);
    unlink(path);
    rmdir(folder);
}

/* The edges of a mark's ink in its body, in units. */
static void ink_edges(const struct paragraph_text *p, uint32_t index, unit *ret_left,
    unit *ret_right, unit *ret_bottom)
{
    const struct cluster *c = &p->clusters[index];
    const struct glyph *glyph = &p->glyphs[c->first_glyph];
    hb_glyph_extents_t ink;
    assert_true(hb_font_get_glyph_extents(c->face->hb_font, glyph->id, &ink));
    *ret_left = glyph->x_offset + face_scale(c->face, ink.x_bearing, SIZE);
    *ret_right = *ret_left + face_scale(c->face, ink.width, SIZE);
    *ret_bottom = glyph->y_offset + face_scale(c->face, ink.y_bearing + ink.height, SIZE);
}

/* AR PL UKai has centred marks in all its faces; mainland text gets them in the left half,
 * where squeezing leaves them. */
static void centred_marks_move_left(void **state)
{
    struct text_fixture *f = *state;
    static const char *const languages[] = {"zh-Hans", "zh-Hant"};
    for (size_t k = 0; k < 2; k++) {
        struct run run = text_run(languages[k], "甲，乙。丙、丁；戊：己！庚？辛");
        run.role = ROLE_KAI;
        struct paragraph_text *p =
            text_shape(f->shaper, &f->arena, &run, 1, false, &f->font.sink);
        assert_non_null(p);
        if (!p->clusters[1].face->centred_marks) {
            skip(); /* another kai is installed */
        }
        for (uint32_t i = 1; i < p->cluster_count; i += 2) {
            unit left, right, bottom;
            ink_edges(p, i, &left, &right, &bottom);
            bool moved = k == 0;
            assert_int_equal(p->clusters[i].advance, SIZE);
            assert_int_equal(left >= 0 && right <= SIZE / 2 + SIZE / 100, moved);
            if (moved && i < 6) { /* ，。、 */
                assert_true(bottom < 0 && bottom > -SIZE / 8);
            }
        }
    }
}

static void dump(void **state)
{
    struct text_fixture *f = *state;
    struct str out = {0};
    clusters_dump(shape(f, "zh-Hans", "甲，A"), &out);
    assert_non_null(strstr(out.data, "0 ‘甲’ han 10 × Noto Serif CJK SC"));
    assert_non_null(strstr(out.data, "1 ‘，’ comma 10 (0 5) ÷ Noto Serif CJK SC"));
    assert_non_null(strstr(out.data, "2 ‘A’ latin 7.222 ! Liberation Serif"));
    str_done(&out);
}

/* What holds for any text: clusters tile the text, glyphs are theirs in order. */
static void expect_sound(const struct paragraph_text *p)
{
    uint32_t offset = 0;
    uint32_t glyph = 0;
    for (uint32_t i = 0; i < p->cluster_count; i++) {
        const struct cluster *c = &p->clusters[i];
        assert_int_equal(c->start, offset);
        assert_int_equal(c->first_glyph, glyph);
        offset += c->length;
        glyph += c->glyph_count;
        unit advance = 0;
        for (uint32_t k = 0; k < c->glyph_count; k++) {
            const struct glyph *g = &p->glyphs[c->first_glyph + k];
            assert_true(g->id != 0 || c->class == CLASS_MISSING);
            advance += g->x_advance;
        }
        assert_true(c->glyph_count == 0 || advance == c->advance);
        assert_true(c->ink_left >= 0 && c->ink_left + c->ink_right <= c->advance);
        assert_true(c->class < CLASS_COUNT);
    }
    assert_int_equal(offset, p->text.length);
    assert_int_equal(glyph, p->glyph_count);
}

/* Chance texts of characters that matter to the rules, by a fixed seed. */
static void any_text_is_sound(void **state)
{
    struct text_fixture *f = *state;
    static const uint32_t pool[] = {'a', 'f', 'i', '1', ' ', '-', '.', '/', '%', 0x4E00,
        0x201C, 0x201D, 0x2018, 0x2019, 0x2014, 0x2026, 0xB7, 0xFF0C, 0x3002, 0xFF08,
        0xFF09, 0x2460, 0x301, 0xFE0F, 0x200D, 0x1F600, 0x3063, 0x3000, 0xAD, 0x10FFFD,
        0x2028, 9, 0xFFE5, 0xE0100, 0x627, 0x9, 0x20E3, 0x1F1E8, 0xAC00, 0x1100, 0x1161};
    static const char *const languages[] = {"zh-Hans", "zh-Hant", "ja", "en"};
    uint32_t seed = 20210501;
    for (int round = 0; round < 400; round++) {
        struct run runs[3];
        struct str texts[3] = {{0}, {0}, {0}};
        for (int r = 0; r < 3; r++) {
            for (int i = 0; i < round % 17; i++) {
                seed = seed * 1664525u + 1013904223u;
                str_append_codepoint(
                    &texts[r], pool[(seed >> 8) % (sizeof pool / sizeof *pool)]);
            }
            runs[r] = text_run(languages[(round + r) % 4], "");
            runs[r].text = str_text(&texts[r]);
            runs[r].nature = (enum run_nature)(round / 4 % 4);
        }
        expect_sound(shape_all(f, runs, 3));
        for (int r = 0; r < 3; r++) {
            str_done(&texts[r]);
        }
        diagnostics_clear(&f->font.sink);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, text_setup, text_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_han_is_one_em),
        TEST(white_of_marks),
        TEST(latin_is_proportional),
        TEST(breaks),
        TEST(natures_close_a_run),
        TEST(runs_objects_and_breaks),
        TEST(ruby_is_shaped_apart),
        TEST(graphemes_stay_together),
        TEST(places),
        TEST(missing_characters_are_told),
        TEST(suspect_characters_are_told),
        TEST(a_role_without_font_is_fatal),
        TEST(hyphenation),
        TEST(centred_marks_move_left),
        TEST(dump),
        TEST(any_text_is_sound),
    };
    return cmocka_run_group_tests_name("text_shape", tests, NULL, NULL);
}
