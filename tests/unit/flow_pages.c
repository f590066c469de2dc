/* flow_pages: the page breaker on hand-made vertical lists.
 *
 * A list is written as a string: a letter is a line of 10, `_` a skip of 5, `|` a forced
 * break, `w` `t` `n` the penalties of widow, together and with-next, `:` a free penalty of
 * 50, `1`–`9` a note with so many lines of 10. Pages come back as the letters of each, a
 * slash between; `!` marks a page that had to break a rule, `^` an overfull one, (i:a-b) the
 * lines of note i at its foot.
 */
#include "unit_test.h"

#include <ctype.h>
#include <string.h>
#include "flow/pages.h"

#define NOTES_MAX 8

static const unit note_heights[9] = {10, 10, 10, 10, 10, 10, 10, 10, 10};

struct bench {
    struct vlist list;
    struct note_lines notes[NOTES_MAX];
    uint32_t note_count;
    uint32_t repeat_start, repeat_end; /* for all lines after it */
    bool balance;
};

static void add_sign(struct bench *bench, char sign)
{
    struct vlist *list = &bench->list;

    if (isupper((unsigned char)sign)) {
        struct vitem *item = vlist_add(list, VITEM_LINE, (uint32_t)sign, 10, SPAN_NONE);

        item->repeat_start = bench->repeat_start;
        item->repeat_end = bench->repeat_end;
    } else if (isdigit((unsigned char)sign)) {
        bench->notes[bench->note_count] =
            (struct note_lines){note_heights, (uint32_t)(sign - '0')};
        vlist_add(list, VITEM_NOTE, bench->note_count++, 0, SPAN_NONE);
    } else if (sign == '_') {
        vlist_skip(list, 5);
    } else if (sign == 'm') {
        vlist_add(list, VITEM_MARK, 0, 0, SPAN_NONE);
    } else {
        vlist_penalty(list, sign == '|'   ? PENALTY_FORCED
                            : sign == 'w' ? PENALTY_WIDOW
                            : sign == 't' ? PENALTY_TOGETHER
                            : sign == 'n' ? PENALTY_WITH_NEXT
                                          : 50);
    }
}

static void show_page(const struct bench *bench, const struct page_cuts *cuts,
    const struct page_cut *cut, struct str *out)
{
    for (uint32_t i = cut->repeat_start; i < cut->repeat_end; i++)
        str_append_char(out, (char)tolower((int)bench->list.items.data[i].index));
    for (uint32_t i = cut->start; i < cut->end; i++)
        if (bench->list.items.data[i].kind == VITEM_LINE)
            str_append_char(out, (char)bench->list.items.data[i].index);
        else if (bench->list.items.data[i].kind == VITEM_MARK)
            str_append_char(out, 'm');
    if (cut->broken != 0)
        str_append_char(out, '!');
    if (cut->overfull)
        str_append_char(out, '^');
    for (uint32_t i = 0; i < cut->part_count; i++) {
        const struct note_part *part = &cuts->parts.data[cut->first_part + i];

        str_printf(out, "(%u:%u-%u)", part->note, part->start, part->end);
    }
}

static void check_bench(struct bench *bench, int height, const char *expected)
{
    struct page_room room = {
        .height = height, .note_space = 5, .balance = bench->balance};
    struct page_cuts cuts = {0};
    struct str got;

    str_init(&got);
    pages_break(&bench->list, bench->notes, &room, NULL, &cuts);
    for (size_t i = 0; i < cuts.pages.length; i++) {
        str_append_string(&got, i > 0 ? "/" : "");
        show_page(bench, &cuts, &cuts.pages.data[i], &got);
    }
    assert_string_equal(got.data == NULL ? "" : got.data, expected);
    str_done(&got);
    page_cuts_done(&cuts);
    vlist_done(&bench->list);
}

static void check(const char *signs, int height, const char *expected)
{
    struct bench bench = {0};

    for (; *signs != '\0'; signs++)
        add_sign(&bench, *signs);
    check_bench(&bench, height, expected);
}

static void test_fill(void **state)
{
    (void)state;
    check("", 30, "");
    check("ABC", 30, "ABC");
    check("ABCD", 30, "ABC/D");
    check("ABCDEFG", 29, "AB/CD/EF/G");
}

static void test_skips(void **state)
{
    (void)state;
    check("A_B_C", 40, "ABC");
    check("A_B_C", 39, "AB/C");
    check("AB_CD", 20, "AB/CD"); /* the gap goes where the page breaks */
    check("_A_", 10, "A");       /* none at head and foot */
    check("A___B", 25, "AB");    /* the largest of neighbours, not their sum */
}

static void test_forced(void **state)
{
    (void)state;
    check("A|B", 30, "A/B");
    check("A|||B", 30, "A/B"); /* no empty page */
    check("|AB|", 30, "AB");
    check("An|B", 30, "A/B"); /* forced wins over with-next, and is no broken rule */
}

static void test_keep(void **state)
{
    (void)state;
    check("ABCnD", 30, "AB/CD");
    check("ABtCnDE", 30, "A/BCD/E"); /* title of two lines with its text's first line */
    check("A:BwCDE", 30, "ABC/DE");
    check("ABCwDwE", 30, "AB/CDE");
}

static void test_marks(void **state)
{
    (void)state;
    check("ABmC", 20, "AB/mC"); /* a mark goes with what it stands before */
    check("ABm", 20, "ABm");
}

/* Nothing feasible: the cheapest rule is broken, the page says so. */
static void test_infeasible(void **state)
{
    (void)state;
    check("AtBtCtD", 30, "ABC!/D");
    check("AnBtCwDnE", 40, "ABC!/DE"); /* widow before together before with-next */
    check("AtBnCnDtE", 30, "A!/BCD!/E");
    check("A", 5, "A^");
    check("ABC", 5, "A^/B^/C^");
}

static void test_notes(void **state)
{
    (void)state;
    check("A1B", 35, "AB(0:0-1)");
    check("A1B", 34, "A(0:0-1)/B");
    check("A1B1C", 55, "ABC(0:0-1)(1:0-1)");
    check("AB3CD", 45, "AB(0:0-2)/CD(0:2-3)"); /* split, the rest on the next page */
    check("ABC3D", 45, "AB/C(0:0-3)/D"); /* not two lines of it fit: its mark moves on */
}

/* A note longer than pages goes on until it is set; each page has at least one line of it. */
static void test_long_note(void **state)
{
    (void)state;
    check("A9B", 35, "A(0:0-2)/(0:2-5)/(0:5-8)/B(0:8-9)");
    check("A3", 8, "A^/(0:0-1)/(0:1-2)/(0:2-3)");
}

static void test_repeat(void **state)
{
    struct bench bench = {0};

    (void)state;
    add_sign(&bench, 'H');
    bench.repeat_end = 1;
    for (const char *sign = "ABCDE"; *sign != '\0'; sign++)
        add_sign(&bench, *sign);
    check_bench(&bench, 30, "HAB/hCD/hE");
}

/* The tops of the contents of all pages, in order; a slash between pages. */
static void check_place(
    const struct bench *bench, const struct page_room *room, const char *expected)
{
    struct page_cuts cuts = {0};
    struct str got;

    str_init(&got);
    pages_break(&bench->list, bench->notes, room, NULL, &cuts);
    for (size_t i = 0; i < cuts.pages.length; i++) {
        const struct page_cut *cut = &cuts.pages.data[i];
        int64_t tops[64] = {0};
        const char *between = i > 0 ? " / " : "";

        assert_true(cut->end - cut->start <= 64);
        pages_place(&bench->list, cut, room, tops);
        for (uint32_t j = cut->start; j < cut->end; j++) {
            if (!vitem_is_content(&bench->list.items.data[j]))
                continue;
            str_printf(&got, "%s%d", between, (int)tops[j - cut->start]);
            between = " ";
        }
    }
    assert_string_equal(got.data, expected);
    str_done(&got);
    page_cuts_done(&cuts);
}

/* Upper-case letters stand on the grid, a lower-case `h` is a heading of 14 off it. */
static void add_grid(struct bench *bench, const char *signs)
{
    for (; *signs != '\0'; signs++) {
        if (*signs == 'h') {
            vlist_add(&bench->list, VITEM_LINE, 'h', 14, SPAN_NONE);
            continue;
        }
        add_sign(bench, *signs);
        vec_last(&bench->list.items)->grid = isupper((unsigned char)*signs);
    }
}

/* A heading takes whole lines, in the middle of them; text goes on on the grid. */
static void test_grid(void **state)
{
    struct bench bench = {0};

    (void)state;
    add_grid(&bench, "AB_hCD_hE");
    check_place(&bench, &(struct page_room){.height = 100, .grid = 10},
        "0 10 25 40 50 65 80"); /* 5 + 14 + 1: half of 1 is nothing */
    check_place(&bench, &(struct page_room){.height = 50, .grid = 10},
        "0 10 25 40 / 0 15 30"); /* E on the next page: 5 + 14 + 1 again */
    vlist_done(&bench.list);
    add_grid(&bench, "AhhB");
    check_place(&bench, &(struct page_room){.height = 100, .grid = 10}, "0 11 25 40");
    check_place(&bench, &(struct page_room){.height = 100}, "0 10 24 38");
    vlist_done(&bench.list);
    add_grid(&bench, "hA"); /* at a page's head it stays there */
    check_place(&bench, &(struct page_room){.height = 100, .grid = 10}, "0 20");
    vlist_done(&bench.list);
}

/* Leftover height: white first, then all gaps; the last page and a forced end keep it. */
static void test_spread(void **state)
{
    struct bench bench = {0};

    (void)state;
    for (const char *sign = "A_B_CtD"; *sign != '\0'; sign++)
        add_sign(&bench, *sign);
    check_place(&bench, &(struct page_room){.height = 48}, "0 15 / 0 10");
    check_place(&bench, &(struct page_room){.height = 48, .spread = true},
        "0 21 / 0 10"); /* 5 more white, then an eighth of a line */
    vlist_done(&bench.list);
    for (const char *sign = "A_B|C_D"; *sign != '\0'; sign++)
        add_sign(&bench, *sign);
    check_place(&bench, &(struct page_room){.height = 30, .spread = true}, "0 15 / 0 15");
    vlist_done(&bench.list);
}

static void check_balanced(const char *signs, int height, const char *expected)
{
    struct bench bench = {0};

    for (; *signs != '\0'; signs++)
        add_sign(&bench, *signs);
    for (size_t i = 0; i < bench.list.items.length; i++)
        bench.list.items.data[i].height *= UNIT_PT / 5; /* steps are of a point */
    bench.balance = true;
    check_bench(&bench, height * (UNIT_PT / 5), expected);
}

static void test_balance(void **state)
{
    (void)state;
    check_balanced("ABCDEFG", 50, "ABCD/EFG");
    check_balanced("ABCDEFGH", 30, "ABC/DEF/GH"); /* as even as it was */
    check_balanced("ABCDEFG", 30, "ABC/DE/FG");
    check_balanced("ABCD|EF", 40, "ABCD/EF");  /* a forced break stays */
    check_balanced("ABCtDtEF", 50, "AB/CDEF"); /* no rule is broken for it */
    check_balanced("AB", 50, "AB");
    check_balanced("AB1CDE", 45, "ABCD(0:0-1)/E"); /* notes: as it was */
}

static void fill_bench(struct bench *bench, const char *signs)
{
    for (; *signs != '\0'; signs++)
        add_sign(bench, *signs);
}

/* Cut `new` with the pages of `old` at hand: the result is that of cutting it alone, and
 * `joined` pages were taken over. */
static void check_join(const char *old, const char *new, int height, size_t joined)
{
    struct page_room room = {.height = height, .note_space = 5};
    struct bench benches[2] = {0};
    struct page_cuts before = {0}, alone = {0}, cuts = {0};

    fill_bench(&benches[0], old);
    fill_bench(&benches[1], new);
    pages_break(&benches[0].list, benches[0].notes, &room, NULL, &before);
    pages_break(&benches[1].list, benches[1].notes, &room, NULL, &alone);
    pages_break(&benches[1].list, benches[1].notes, &room, &before, &cuts);
    assert_int_equal(cuts.joined, joined);
    assert_int_equal(cuts.pages.length, alone.pages.length);
    assert_int_equal(cuts.parts.length, alone.parts.length);
    for (size_t i = 0; i < cuts.pages.length; i++) {
        const struct page_cut *a = &alone.pages.data[i], *b = &cuts.pages.data[i];

        assert_true(a->start == b->start && a->end == b->end && a->height == b->height);
        assert_true(a->checkpoint == b->checkpoint && a->notes_before == b->notes_before);
        assert_true(a->first_part == b->first_part && a->part_count == b->part_count);
        assert_true(a->repeat_start == b->repeat_start && a->repeat_end == b->repeat_end);
    }
    for (size_t i = 0; i < cuts.parts.length; i++)
        assert_memory_equal(
            &cuts.parts.data[i], &alone.parts.data[i], sizeof cuts.parts.data[i]);
    page_cuts_done(&before);
    page_cuts_done(&alone);
    page_cuts_done(&cuts);
    vlist_done(&benches[0].list);
    vlist_done(&benches[1].list);
}

static void test_join(void **state)
{
    (void)state;
    check_join("ABCDEFGHI", "ABCDEFGHI", 30, 3);     /* unchanged: all of it */
    check_join("ABC|DEFGHI", "AXYBC|DEFGHI", 30, 2); /* longer before a forced break */
    check_join("AXYBC|DEFGHI", "A|DEFGHI", 30, 2);
    check_join("ABC_DEF_GHI", "ABCX_DEF_GHI", 30, 1); /* the last one again */
    check_join("ABCDEFGHI", "ABCDEFGH", 30, 0);
    check_join("ABCDEFGHI", "XYZABCDEFGHI", 30, 3);      /* a page more */
    check_join("A1B|C2DEFGHI", "A1X1B|C2DEFGHI", 45, 3); /* notes are numbered anew */
    check_join("A9B|CDE", "A9BB|CDE", 35, 1); /* what stands below the note counts too */
    check_join("A9B|CDE", "A8B|CDE", 35, 1);  /* and is not */
    check_join("", "ABC", 30, 0);
    check_join("ABC", "", 30, 0);
}

static void test_shrink(void **state)
{
    struct bench bench = {0};

    (void)state;
    add_sign(&bench, 'A');
    vlist_skip(&bench.list, 10);
    vec_last(&bench.list.items)->shrink = 6;
    add_sign(&bench, 'B');
    check_place(&bench, &(struct page_room){.height = 30}, "0 20");
    check_place(&bench, &(struct page_room){.height = 27}, "0 17");
    check_place(&bench, &(struct page_room){.height = 24}, "0 14");
    check_bench(&bench, 24, "AB");
}

/* The work is linear: a hundred thousand lines take no noticeable time, and none is lost. */
static void test_many(void **state)
{
    struct bench bench = {0};
    struct page_room room = {.height = 1000};
    struct page_cuts cuts = {0};
    uint32_t end = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        add_sign(&bench, 'A');
        add_sign(&bench, i % 7 == 0 ? 't' : '_');
    }
    pages_break(&bench.list, NULL, &room, NULL, &cuts);
    for (size_t i = 0; i < cuts.pages.length; i++) {
        assert_int_equal(cuts.pages.data[i].start, end);
        assert_true(cuts.pages.data[i].height <= 1000);
        end = cuts.pages.data[i].end;
    }
    assert_int_equal(end, bench.list.items.length);
    page_cuts_done(&cuts);
    vlist_done(&bench.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_skips),
        cmocka_unit_test(test_forced),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_infeasible),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_long_note),
        cmocka_unit_test(test_repeat),
        cmocka_unit_test(test_shrink),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_spread),
        cmocka_unit_test(test_balance),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
