/* para_break: the breakers and the justifier on hand-made boxes: numbers in, numbers out.
 *
 * A paragraph is written as a string, one character a box: H a full-width character of 1000
 * units; ',' a comma (body 500, 500 of white behind it that may go); ')' and '(' brackets;
 * '.' a stop; 'x' a Latin letter (500); ' ' a word space (250, from 150 to 500); '|' a break
 * that is forced. A line may not begin with , . ) nor end with (.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "para/box.h"

struct fixture {
    struct arena arena;
    struct box *boxes;
    struct box_list list;
    struct break_request request;
    uint32_t ends[4096];
};

static struct box make_box(char c, char next)
{
    struct box box = {.body = 1000, .gap = {.kind = GAP_HAN}, .character = true, .wide = true};
    bool closing = c == ',' || c == '.' || c == ')';
    if (closing || c == '(') {
        box.body = 500;
        box.character = box.wide = false;
    }
    if (closing) {
        box.gap.natural = box.gap.shrink = 500;
        box.gap.step = c == ',' ? SHRINK_COMMA : c == '.' ? SHRINK_STOP : SHRINK_BRACKET;
    }
    if (next == '(') {
        box.gap.natural = box.gap.shrink = 500;
        box.gap.step = SHRINK_BRACKET;
    }
    if (c == 'x') {
        box.body = 500;
        box.gap.kind = GAP_RIGID;
        box.wide = false;
    }
    if (c == ' ') {
        box.body = 0;
        box.space = true;
        box.character = box.wide = false;
        box.gap = (struct gap){250, 100, 250, SHRINK_WORD, GAP_WORD};
    }
    bool glued = c == '(' || (next != '\0' && strchr(",.) ", next) != NULL) ||
                 (c == 'x' && next == 'x');
    box.penalty = glued ? PENALTY_FORBIDDEN : 0;
    if (c == '|') {
        box.body = 0;
        box.penalty = PENALTY_FORCED;
    }
    return box;
}

static void sum(struct fixture *f, uint32_t count)
{
    int64_t *width = ARENA_ARRAY(&f->arena, count + 1, int64_t);
    int64_t *shrink = ARENA_ARRAY(&f->arena, count + 1, int64_t);
    int64_t *stretch = ARENA_ARRAY(&f->arena, count + 1, int64_t);
    uint32_t *han = ARENA_ARRAY(&f->arena, count + 1, uint32_t);
    uint32_t *open = ARENA_ARRAY(&f->arena, count + 1, uint32_t);
    uint32_t *visible = ARENA_ARRAY(&f->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        const struct box *b = &f->boxes[i];
        width[i + 1] = width[i] + b->body + b->gap.natural;
        shrink[i + 1] = shrink[i] + b->gap.shrink;
        stretch[i + 1] = stretch[i] + b->gap.stretch;
        han[i + 1] = han[i] + (b->gap.kind == GAP_HAN);
        open[i + 1] = open[i] + (b->gap.kind != GAP_RIGID);
        visible[i + 1] = b->space || b->penalty == PENALTY_FORCED ? visible[i] : i + 1;
    }
    f->list = (struct box_list){f->boxes, count, width, shrink, stretch, han, open, visible};
}

static void make(struct fixture *f, const char *text, unit width)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    uint32_t count = (uint32_t)strlen(text);
    f->boxes = ARENA_ARRAY(&f->arena, count + 1, struct box);
    for (uint32_t i = 0; i < count; i++)
        f->boxes[i] = make_box(text[i], text[i + 1]);
    sum(f, count);
    f->request = (struct break_request){
        .width = width, .em = 1000, .justify = true, .avoid_lone = true};
}

static void check(break_function breaker, const char *text, unit width, const char *expected)
{
    struct fixture f;
    char got[8192] = "";
    make(&f, text, width);
    uint32_t lines = breaker(&f.list, &f.request, f.ends);
    uint32_t start = 0;
    for (uint32_t i = 0; i < lines; i++) {
        strncat(got, text + start, f.ends[i] - start);
        strcat(got, i + 1 < lines ? "/" : "");
        start = f.ends[i];
    }
    arena_done(&f.arena);
    assert_string_equal(got, expected);
}

static void test_first_fit_fills_lines(void **state)
{
    (void)state;
    check(break_first, "HHHHHHHHHH", 4000, "HHHH/HHHH/HH");
    check(break_first, "HHHH", 4000, "HHHH");
    check(break_first, "H", 4000, "H");
    check(break_first, "", 4000, "");
    check(break_optimal, "", 4000, "");
}

static void test_first_fit_keeps_marks(void **state)
{
    (void)state;
    check(break_first, "HHHH,HHH", 4000, "HHH/H,HH/H");
    check(break_first, "HHH(HH)H", 4000, "HHH/(HH)H");
}

static void test_first_fit_shrinks_before_it_stretches(void **state)
{
    (void)state;
    check(break_first, "H,HHHHHH", 5000, "H,HHH/HHH");
    check(break_first, "H,HH,HHHH", 5000, "H,HH,H/HHH");
    check(break_first, "H,H,HHHHH", 5000, "H,H,HH/HHH");
}

static void test_first_fit_words(void **state)
{
    (void)state;
    check(break_first, "xxx xxx xxx", 3400, "xxx xxx /xxx");
    check(break_first, "xxx xxx xxx", 3250, "xxx xxx /xxx");
    check(break_first, "xxx xxx xxx", 3150, "xxx xxx /xxx");
    check(break_first, "xxx xxx xxx", 3100, "xxx /xxx /xxx");
}

static void test_forced_break(void **state)
{
    (void)state;
    check(break_first, "HH|HHHHHH", 4000, "HH|/HHHH/HH");
    check(break_optimal, "HH|HHHHHH", 4000, "HH|/HHHH/HH");
    check(break_optimal, "||H", 4000, "|/|/H");
}

static void test_overfull_run_is_set(void **state)
{
    (void)state;
    check(break_first, "xxxxxxxxxxHH", 2000, "xxxxxxxxxx/HH");
    check(break_optimal, "xxxxxxxxxxHH", 2000, "xxxxxxxxxx/HH");
    check(break_optimal, "HH", 500, "H/H");
    check(break_first, "HH", 500, "H/H");
}

static void test_optimal_avoids_lone_character(void **state)
{
    (void)state;
    check(break_first, "HHHHHHHHH.", 4000, "HHHH/HHHH/H.");
    check(break_optimal, "HHHHHHHHH.", 4000, "HHHH/HHH/HH.");
    check(break_optimal, "HHHHHHHHHH.", 4000, "HHHH/HHHH/HH.");
}

static void test_lone_character_stays_when_allowed(void **state)
{
    (void)state;
    struct fixture f;
    make(&f, "HHHHHHHHH.", 4000);
    f.request.avoid_lone = false;
    assert_int_equal(break_optimal(&f.list, &f.request, f.ends), 3);
    assert_int_equal(f.ends[1], 8);
    arena_done(&f.arena);
}

static void test_optimal_prefers_shrinking(void **state)
{
    (void)state;
    check(break_optimal, "HH,HH)HHHHHHH", 5000, "HH,HH)/HHHHH/HH");
}

/* A hanging mark: allowed only where the rest fits unshrunk. */
static void test_hanging(void **state)
{
    (void)state;
    struct fixture f;
    make(&f, "HHHH,HH", 4000);
    f.boxes[4].hang = 500;
    f.request.hang_only_unshrunk = true;
    assert_int_equal(break_first(&f.list, &f.request, f.ends), 2);
    assert_int_equal(f.ends[0], 5);
    struct fit fit = line_fit(&f.list, &f.request, 0, 5);
    assert_true(fit.hangs);
    assert_int_equal(fit.natural, 4000);
    arena_done(&f.arena);

    make(&f, "H,HHH,HH", 4250);
    f.boxes[5].hang = 500;
    f.request.hang_only_unshrunk = true;
    fit = line_fit(&f.list, &f.request, 0, 6);
    assert_false(fit.hangs); /* the rest, 4500, would need shrinking */
    arena_done(&f.arena);
}

static void test_indent_counts(void **state)
{
    (void)state;
    struct fixture f;
    make(&f, "HHHHHHHH", 4000);
    f.request.first_indent = 2000;
    assert_int_equal(break_first(&f.list, &f.request, f.ends), 3);
    assert_int_equal(f.ends[0], 2);
    arena_done(&f.arena);
}

static void justify(struct fixture *f, uint32_t start, uint32_t end, unit *gaps,
    int64_t expected)
{
    int32_t ratio;
    struct fit fit = line_fit(&f->list, &f->request, start, end);
    assert_int_equal(
        justify_line(&f->list, &f->request, start, &fit, true, gaps, &ratio), expected);
}

static void test_justify_spreads_evenly(void **state)
{
    (void)state;
    struct fixture f;
    unit gaps[16];
    make(&f, "HHHHHHH", 8000); /* row 1 of clreq: 6 equal gaps of 1/6 em */
    justify(&f, 0, 7, gaps, 8000);
    for (int i = 0; i < 6; i++)
        assert_in_range(gaps[i], 166, 167);
    arena_done(&f.arena);
}

static void test_shrink_order(void **state)
{
    (void)state;
    struct fixture f;
    unit gaps[16];
    make(&f, "(H)H,HHHHHH.", 10500); /* row 28: the bracket goes before the comma */
    justify(&f, 0, 12, gaps, 10500);
    assert_int_equal(gaps[2], 0);
    assert_int_equal(gaps[4], 500);
    arena_done(&f.arena);

    make(&f, "HH.HH,HHHHH.", 11000); /* row 29: the comma before the stop */
    justify(&f, 0, 12, gaps, 11000);
    assert_int_equal(gaps[5], 0);
    assert_int_equal(gaps[2], 500);
    arena_done(&f.arena);

    make(&f, "HH,HH,HHH,HHH", 12500); /* row 30: three commas share ½ em */
    justify(&f, 0, 13, gaps, 12500);
    assert_in_range(gaps[2], 333, 334);
    assert_in_range(gaps[5], 333, 334);
    assert_in_range(gaps[9], 333, 334);
    arena_done(&f.arena);
}

static void test_word_spaces_stretch_first(void **state)
{
    (void)state;
    struct fixture f;
    unit gaps[16];
    make(&f, "HHxx xxHH", 6400); /* row 31: the word space alone takes 150 */
    justify(&f, 0, 9, gaps, 6400);
    assert_int_equal(gaps[4], 400);
    assert_int_equal(gaps[0], 0);
    arena_done(&f.arena);
}

/* Twice the paragraph, about twice the work: counted as calls of a legal-break test is not
 * possible from outside, so the breaks of a long paragraph are compared with a short one's. */
static void test_long_paragraph_breaks_alike(void **state)
{
    (void)state;
    struct fixture f;
    char text[4001];
    for (int i = 0; i < 4000; i++)
        text[i] = i % 7 == 6 ? ',' : 'H';
    text[4000] = '\0';
    make(&f, text, 20000);
    uint32_t lines = break_optimal(&f.list, &f.request, f.ends);
    assert_int_equal(f.ends[lines - 1], 4000);
    for (uint32_t i = 1; i < lines; i++)
        assert_true(f.ends[i] > f.ends[i - 1]);
    arena_done(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_fit_fills_lines),
        cmocka_unit_test(test_first_fit_keeps_marks),
        cmocka_unit_test(test_first_fit_shrinks_before_it_stretches),
        cmocka_unit_test(test_first_fit_words),
        cmocka_unit_test(test_forced_break),
        cmocka_unit_test(test_overfull_run_is_set),
        cmocka_unit_test(test_optimal_avoids_lone_character),
        cmocka_unit_test(test_lone_character_stays_when_allowed),
        cmocka_unit_test(test_optimal_prefers_shrinking),
        cmocka_unit_test(test_hanging),
        cmocka_unit_test(test_indent_counts),
        cmocka_unit_test(test_justify_spreads_evenly),
        cmocka_unit_test(test_shrink_order),
        cmocka_unit_test(test_word_spaces_stretch_first),
        cmocka_unit_test(test_long_paragraph_breaks_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
