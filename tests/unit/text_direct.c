/* What is shaped without HarfBuzz is what HarfBuzz would have made: texts at random from
 * all that is typed in Chinese and Japanese, and from Latin, both ways. */
#include "text_test.h"

#include "base/utf8.h"
#include "text/shaper.h"

#define TEXTS  1500 /* of each language and role */
#define LENGTH 12   /* characters of a text */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static const struct {
    uint32_t first, last;
} ranges[] = {
    {0x4E00, 0x9FFF},
    {0x4E00, 0x9FFF},
    {0x3400, 0x4DBF},
    {0x3000, 0x30FF},
    {0x3001, 0x301F},
    {0xFF01, 0xFF5E},
    {0x2010, 0x2027},
    {0x2030, 0x205E},
    {0x0021, 0x007E},
    {0x0030, 0x0039},
    {0x00A1, 0x017F},
    {0x0300, 0x0330},
    {0x2150, 0x23FF},
    {0x2460, 0x24FF},
    {0x2600, 0x26FF},
    {0xF900, 0xFA6D},
    {0x3105, 0x318E},
    {0xAC00, 0xAC40},
    {0x0391, 0x044F},
    {0xFE00, 0xFE0F},
    {0x20000, 0x20100},
};

/* A character at random; one in four comes from the range of the one before. */
static uint32_t character(uint32_t *seed, size_t *range)
{
    if (next_random(seed) % 4 != 0) {
        *range = next_random(seed) % (sizeof ranges / sizeof *ranges);
    }
    return ranges[*range].first +
           next_random(seed) % (ranges[*range].last - ranges[*range].first + 1);
}

static void make_text(struct str *out, uint32_t *seed)
{
    size_t range = 0;
    str_clear(out);
    for (int i = 0; i < LENGTH; i++) {
        str_append_codepoint(out, character(seed, &range));
    }
}

static void check_equal(
    const struct paragraph_text *a, const struct paragraph_text *b, const char *text)
{
    assert_int_equal(a->cluster_count, b->cluster_count);
    assert_int_equal(a->glyph_count, b->glyph_count);
    for (uint32_t i = 0; i < a->cluster_count; i++) {
        const struct cluster *x = &a->clusters[i], *y = &b->clusters[i];
        if (x->advance != y->advance || x->first_glyph != y->first_glyph ||
            x->glyph_count != y->glyph_count || x->safe_to_break != y->safe_to_break ||
            x->length != y->length || x->ink_left != y->ink_left ||
            x->ink_right != y->ink_right || x->face != y->face) {
            fail_msg("cluster %u of ‘%s’", i, text);
        }
    }
    for (uint32_t i = 0; i < a->glyph_count; i++) {
        const struct glyph *x = &a->glyphs[i], *y = &b->glyphs[i];
        if (x->id != y->id || x->x_advance != y->x_advance ||
            x->x_offset != y->x_offset || x->y_offset != y->y_offset) {
            fail_msg("glyph %u of ‘%s’: %u, %u", i, text, x->id, y->id);
        }
    }
}

static void check_both_ways(struct text_fixture *f, const struct run *run)
{
    f->shaper->direct.off = true;
    const struct paragraph_text *slow = shape_all(f, run, 1);
    f->shaper->direct.off = false;
    check_equal(shape_all(f, run, 1), slow, run->text.data);
    check_equal(shape_all(f, run, 1), slow, run->text.data); /* from the memo */
    diagnostics_clear(&f->font.sink);
    arena_reset(&f->arena);
}

static void texts_come_out_the_same(void **state)
{
    struct text_fixture *f = *state;
    static const char *const languages[] = {"zh-Hans", "zh-Hant", "ja", "en"};
    static const enum font_role roles[][2] = {{ROLE_SONG, ROLE_LATIN_SERIF},
        {ROLE_HEI, ROLE_LATIN_SANS}, {ROLE_KAI, ROLE_MONO}};
    uint32_t seed = 1;
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < 12 * TEXTS; i++) {
        make_text(&text, &seed);
        struct run run = text_run(languages[i % 4], text.data);
        run.role = roles[i % 3][0];
        run.latin_role = roles[i % 3][1];
        run.weight = i % 5 == 0 ? 700 : 400;
        run.nature = i % 7 == 0 ? NATURE_URL : NATURE_PROSE;
        run.size = SIZE + (unit)(i % 11);
        check_both_ways(f, &run);
    }
    str_done(&text);
}

/* Words at other places, in other sizes, with ligatures, over the limit of the memo. */
static void words_are_remembered(void **state)
{
    struct text_fixture *f = *state;
    struct str text;
    struct run run = text_run("en", "office AVATAR fjord");
    str_init(&text);
    check_both_ways(f, &run);
    size_t known = f->shaper->memo.words.length;
    assert_true(known > 0);
    run = text_run("en", "我们的 office，AVATAR");
    run.size = 3 * SIZE;
    check_both_ways(f, &run);
    assert_int_equal(f->shaper->memo.words.length, known);
    for (int i = 0; i < 20000; i++) {
        str_clear(&text);
        str_printf(&text, "Av%dffi", i);
        run = text_run("en", text.data);
        shape_all(f, &run, 1);
        arena_reset(&f->arena);
    }
    assert_in_range(f->shaper->memo.words.length, 1, 16384);
    run = text_run("en", "office AVATAR fjord");
    check_both_ways(f, &run);
    str_clear(&text);
    for (int i = 0; i < 30; i++) {
        str_append_string(&text, "offices"); /* a word too long to be kept */
    }
    run = text_run("en", text.data);
    check_both_ways(f, &run);
    str_done(&text);
}

/* The plan of a script in the shaper: is anything shaped without HarfBuzz? */
static bool has_plan(const struct text_fixture *f, hb_script_t script)
{
    for (size_t i = 0; i < f->shaper->direct.plans.length; i++) {
        const struct direct_plan *plan = &f->shaper->direct.plans.data[i];
        if (plan->key.script == script && plan->active != NULL) {
            return true;
        }
    }
    return false;
}

static void han_and_digits_are_direct(void **state)
{
    struct text_fixture *f = *state;
    shape(f, "zh-Hans", "远程医疗，2021年");
    assert_true(has_plan(f, HB_SCRIPT_HAN));
    assert_true(has_plan(f, HB_SCRIPT_LATIN));
    shape(f, "en", "Ελλάδα");
    assert_false(has_plan(f, HB_SCRIPT_GREEK));
}

/* Rules at work: a ligature of two dashes, kerning. */
static void rules_are_left_to_harfbuzz(void **state)
{
    struct text_fixture *f = *state;
    const struct paragraph_text *p = shape(f, "zh-Hans", "甲——乙");
    assert_int_equal(p->clusters[1].glyph_count, 1);
    assert_int_equal(p->clusters[1].advance, 2 * SIZE);
    p = shape(f, "en", "AV");
    const struct paragraph_text *apart = shape(f, "en", "A");
    assert_true(p->clusters[0].advance < apart->clusters[0].advance);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            texts_come_out_the_same, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(
            words_are_remembered, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(
            han_and_digits_are_direct, text_setup, text_teardown),
        cmocka_unit_test_setup_teardown(
            rules_are_left_to_harfbuzz, text_setup, text_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
