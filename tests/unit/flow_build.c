/* flow_build: small issues through the whole of flow: what stands where in the book. */
#include "font_test.h"

#include "flow/flow.h"

#define PT(pt) ((unit)((pt)*UNIT_PT))

struct flow_fixture {
    struct font_fixture font;
    struct shaper *shaper;
    struct composer *composer;
    struct layout *layout;
    struct document *document;
    struct book book;
    struct str out;  /* what a helper shows */
    struct str dump; /* the vertical list */
};

static int setup(void **state)
{
    struct flow_fixture *f = memory_alloc(sizeof *f);

    font_fixture_init(&f->font);
    f->shaper = shaper_new(f->font.fonts, "render/out");
    f->composer = composer_new(f->shaper);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct flow_fixture *f = *state;

    book_done(&f->book);
    document_free(f->document);
    layout_free(f->layout);
    composer_free(f->composer);
    shaper_free(f->shaper);
    font_fixture_done(&f->font);
    str_done(&f->out);
    str_done(&f->dump);
    memory_free(f);
    return 0;
}

static void build(struct flow_fixture *f, const char *layout, const char *text)
{
    struct layout_paths paths = {source_folder(), NULL};
    struct flow_context context = {.fonts = f->font.fonts,
        .composer = f->composer,
        .files = &f->font.files,
        .dump_flow = &f->dump};
    int file = files_add_text(&f->font.files, "issue.md", text_of(text));

    f->layout = layout_load(layout, SPAN_NONE, &paths, &f->font.files, &f->font.sink);
    assert_non_null(f->layout);
    f->document = document_from_text(&f->font.files, (uint32_t)file, NULL, &f->font.sink);
    assert_non_null(f->document);
    assert_true(flow_build(f->document, f->layout, &context, &f->book, &f->font.sink));
}

static void append_visible(struct str *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != ' ')
            str_append_char(out, text.data[i]);
}

/* The text without spaces of a page's items that have a structure (or have not). */
static const char *page_text(struct flow_fixture *f, uint32_t page, bool structured)
{
    const struct page *p = &f->book.pages.data[page];

    assert_true(page < f->book.pages.length);
    str_clear(&f->out);
    str_append_string(&f->out, "");
    for (size_t i = 0; i < p->items.length; i++)
        if (p->items.data[i].kind == ITEM_GLYPHS &&
            (p->items.data[i].structure != 0) == structured)
            append_visible(&f->out, p->items.data[i].u.glyphs.text);
    return f->out.data;
}

/* The first item of a page whose text begins so. */
static const struct item *item_of(
    const struct flow_fixture *f, uint32_t page, const char *text)
{
    const struct page *p = &f->book.pages.data[page];

    for (size_t i = 0; i < p->items.length; i++)
        if (p->items.data[i].kind == ITEM_GLYPHS &&
            text_starts(p->items.data[i].u.glyphs.text, text))
            return &p->items.data[i];
    fail_msg("no item begins with %s", text);
    return NULL;
}

static const struct structure *structure_of(
    const struct flow_fixture *f, enum structure_kind kind, size_t skip)
{
    for (size_t i = 1; i < f->book.structures.length; i++)
        if (f->book.structures.data[i].kind == kind && skip-- == 0)
            return &f->book.structures.data[i];
    return NULL;
}

#define HEAD     "---\ntitle: 月报\ndate: 2021-05\nissue: 5\ntotal: 41\n---\n\n"
#define NO_COVER "---\ntitle: 月报\ncover: false\n---\n\n"

static void test_monthly(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly",
        HEAD
        "# 地方\n\n## ✓ 甲\n\n链接：https://a.example/\n\n正文。\n\n## 乙\n\n文。\n");
    assert_int_equal(f->book.pages.length, 2);
    assert_string_equal(f->book.pages.data[0].label, "封面");
    assert_string_equal(f->book.pages.data[1].label, "1");
    assert_string_equal(page_text(f, 1, true),
        "1【本期要目】✓甲2【地方】2.1甲链接：https://a.example/正文。2.2乙文。");
    assert_string_equal(page_text(f, 1, false), "月报1"); /* header and page number */
}

static void test_cover(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly", HEAD "# 节\n\n文。\n");
    assert_string_equal(page_text(f, 0, true), "月报第5期总第41期2021年5月");
    assert_string_equal(page_text(f, 0, false), "");
    assert_string_equal(
        page_text(f, 1, true), "1【节】文。");       /* no highlights: counts from 1 */
    assert_true(item_of(f, 0, "2021")->y < PT(770)); /* white gave way: one page */
}

static void test_no_cover(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly", NO_COVER "# 节\n\n文。\n");
    assert_int_equal(f->book.pages.length, 1);
    assert_string_equal(f->book.pages.data[0].label, "1");
}

/* Each line takes its pitch; the baseline follows from pitch and size alone. */
static void test_positions(void **state)
{
    struct flow_fixture *f = *state;
    const struct item *label, *title, *body;

    build(f, "monthly", NO_COVER "# 节\n\n## 甲\n\n正文。\n\n## 乙\n\n文。\n");
    label = item_of(f, 0, "1.1");
    title = item_of(f, 0, "甲");
    body = item_of(f, 0, "正文");
    assert_int_equal(label->x, PT(90));
    assert_int_equal(title->x, PT(90) + PT(24.5));
    assert_int_equal(title->y, label->y);
    assert_int_equal(body->x, PT(90 + 24));
    assert_in_range(body->y, PT(72 + 28 + 28 + 9 + 10.5), PT(72 + 28 + 28 + 9 + 10.6));
    assert_int_equal(item_of(f, 0, "乙")->y - title->y, PT(28 + 30 + 25.5));
    assert_non_null(strstr(f->dump.data, "skip 25.5\n"));
}

static void test_links(void **state)
{
    struct flow_fixture *f = *state;
    const struct item *entry;
    const struct link *link;

    build(f, "monthly", NO_COVER "# 节\n\n## ✓ 甲\n\n链接：https://a.example/\n");
    entry = item_of(f, 0, "甲");
    assert_true(entry->link > 0);
    link = &f->book.links.data[entry->link - 1];
    assert_string_equal(link->destination, "甲");
    assert_true(f->book.structures.data[entry->structure].kind == STRUCTURE_LINK);
    assert_int_equal(f->book.structures.data[entry->structure].link, entry->link);
    link = &f->book.links.data[item_of(f, 0, "https")->link - 1];
    assert_true(text_is(link->uri, "https://a.example/"));
    assert_int_equal(item_of(f, 0, "链接")->link, 0);
}

static void test_structure(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly", NO_COVER "# 节\n\n### 深\n\n## 甲\n\n文。\n\n###### 更深\n");
    assert_int_equal(structure_of(f, STRUCTURE_H, 0)->level, 1);
    assert_int_equal(structure_of(f, STRUCTURE_H, 1)->level, 2); /* never skipping */
    assert_int_equal(structure_of(f, STRUCTURE_H, 2)->level, 2);
    assert_int_equal(structure_of(f, STRUCTURE_H, 3)->level, 3);
    assert_null(structure_of(f, STRUCTURE_H, 4));
    assert_int_equal(f->book.outline.length, 2);
    assert_string_equal(f->book.outline.data[1].title, "1.1 甲");
    assert_int_equal(f->book.outline.data[1].level, 2);
}

/* Two items of one title get names of their own. */
static void test_names(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly",
        NO_COVER
        "# 节\n\n## 甲\n\n文。\n\n## 甲\n\n文。\n\n## 乙 {#甲-2}\n\n[见](#甲-2)\n");
    assert_string_equal(f->book.outline.data[1].destination, "甲");
    assert_string_equal(f->book.outline.data[2].destination, "甲-2");
    assert_int_equal(f->book.destinations.length, 4);
    assert_string_equal(
        f->book.links.data[0].destination, f->book.outline.data[3].destination);
}

static void test_reference(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "base",
        NO_COVER
        "# 节\n\n[见第 {page} 页](#z)。\n\n<!-- pagebreak -->\n\n## 尾 {#z}\n\n文。\n");
    assert_int_equal(f->book.pages.length, 2);
    assert_non_null(strstr(page_text(f, 0, true), "见第2页"));
    assert_int_equal(told(&f->font.sink, DIAG_PAGES_UNSETTLED), 0);
}

static void test_notes(void **state)
{
    struct flow_fixture *f = *state;
    const struct item *body, *note;

    build(
        f, "base", NO_COVER "# 节\n\n正文[^a]，又[^a]。\n\n后文。\n\n[^a]: 脚注文字。\n");
    assert_string_equal(page_text(f, 0, true), "1节正文1，又1。后文。1脚注文字。");
    body = item_of(f, 0, "后文");
    note = item_of(f, 0, "脚注");
    assert_true(note->y > body->y + PT(100)); /* at the page's foot */
    assert_non_null(structure_of(f, STRUCTURE_NOTE, 0)->id);
    assert_null(structure_of(f, STRUCTURE_NOTE, 1)); /* once, at its first mark */
}

static void test_table(void **state)
{
    struct flow_fixture *f = *state;
    struct str text = {0};

    str_append_string(&text, NO_COVER "# 节\n\n表：题\n\n| 头 | 数 |\n|--|--:|\n");
    for (int i = 1; i <= 60; i++)
        str_printf(&text, "| 行 | %d |\n", i);
    build(f, "base", text.data);
    assert_true(f->book.pages.length >= 2);
    assert_non_null(strstr(page_text(f, 0, true), "表1题头数行1行2"));
    assert_null(strstr(page_text(f, 1, true), "头"));
    assert_non_null(strstr(page_text(f, 1, false), "头数")); /* again, as an artifact */
    assert_true(structure_of(f, STRUCTURE_TH, 1)->column_header);
    assert_null(structure_of(f, STRUCTURE_TH, 2));
    str_done(&text);
}

/* Every kind of block and inline: no text may be lost. */
static void test_nothing_lost(void **state)
{
    static const char *const pieces[] = {"甲乙", "丙丁", "戊己", "code", "庚辛", "壬癸",
        "子丑", "寅卯", "辰巳", "午未", "申酉", "戌亥", "天地", "玄黄", "宇宙", "洪荒",
        "日月", "盈昃"};
    struct flow_fixture *f = *state;

    build(f, "base",
        NO_COVER
        "甲乙\n\n# "
        "丙丁\n\n*戊己*`code`**庚辛**~~壬癸~~<u>子丑</u>[寅卯](https://a.example/)"
        "[辰巳]{.name}\n\n- 午未\n  1. 申酉\n\n     戌亥\n\n> 天地\n\n```\n玄黄\n```\n\n"
        "| 宇宙 |\n|--|\n| 洪荒 |\n\n#### 日月\n\n[^x]: 盈昃\n");
    page_text(f, 0, true);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (strstr(f->out.data, pieces[i]) == NULL)
            fail_msg("%s is lost in %s", pieces[i], f->out.data);
}

static void test_empty(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly", NO_COVER);
    assert_int_equal(f->book.pages.length, 1); /* a file needs a page */
}

static void test_highlight_list(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly",
        "---\ntitle: 月报\ncover: false\nhighlights: [乙, 丙]\n---\n\n# 节\n\n## ✓ "
        "甲\n\n文。\n\n## 乙\n\n文。\n");
    assert_int_equal(told(&f->font.sink, DIAG_HIGHLIGHT_UNKNOWN), 1);
    assert_non_null(strstr(page_text(f, 0, true), "1【本期要目】✓乙✓丙2【节】"));
    assert_int_equal(f->book.links.length, 1);
}

/* An item without words has nothing to show in the list. */
static void test_highlight_empty(void **state)
{
    struct flow_fixture *f = *state;

    build(f, "monthly",
        "---\ntitle: 月报\ncover: false\nhighlights: all\n---\n\n# "
        "节\n\n##\n\n文。\n\n## 乙\n");
    assert_string_equal(page_text(f, 0, true), "1【本期要目】✓乙2【节】2.1文。2.2乙");
}

/* A place inside a list or table is where its own line stands, not where the list begins. */
static void test_inner_anchor(void **state)
{
    struct flow_fixture *f = *state;
    struct str text = {0};

    str_append_string(&text, NO_COVER "# 节\n\n");
    for (int i = 0; i < 80; i++)
        str_append_string(&text, "- 项\n");
    str_append_string(&text, "- [尾]{#z}\n\n[去](#z)\n");
    build(f, "base", text.data);
    for (size_t i = 0; i < f->book.destinations.length; i++)
        if (strcmp(f->book.destinations.data[i].name, "z") == 0)
            assert_int_equal(f->book.destinations.data[i].page, 2);
    assert_string_equal(f->book.links.data[0].destination, "z");
    str_done(&text);
}

/* A title of more lines than a page: split, and told; no line is lost. */
static void test_kept_split(void **state)
{
    struct flow_fixture *f = *state;
    struct str text = {0};

    str_append_string(&text, NO_COVER "# ");
    for (int i = 0; i < 1500; i++)
        str_append_string(&text, "题");
    str_append_string(&text, "\n\n文。\n");
    build(f, "base", text.data);
    assert_true(f->book.pages.length >= 2);
    assert_true(told(&f->font.sink, DIAG_KEPT_SPLIT) > 0);
    assert_int_equal(strlen(page_text(f, 0, true)) + strlen(page_text(f, 1, true)) +
                         (f->book.pages.length > 2 ? strlen(page_text(f, 2, true)) : 0),
        strlen("1文。") + 1500 * strlen("题"));
    str_done(&text);
}

/* A character that no font has: a drawn box that is read and copied as the character. */
static void test_missing(void **state)
{
    struct flow_fixture *f = *state;
    const struct structure *span;

    build(f, "base", NO_COVER "# 节\n\n缺\xF0\xBF\xBF\xBD字。\n"); /* U+3FFFD */
    assert_int_equal(told(&f->font.sink, DIAG_MISSING_GLYPH), 1);
    span = structure_of(f, STRUCTURE_SPAN, 0);
    assert_non_null(span);
    assert_string_equal(span->actual, "\xF0\xBF\xBF\xBD");
    assert_non_null(strstr(page_text(f, 0, true), "缺字。"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_monthly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cover, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_cover, setup, teardown),
        cmocka_unit_test_setup_teardown(test_positions, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links, setup, teardown),
        cmocka_unit_test_setup_teardown(test_structure, setup, teardown),
        cmocka_unit_test_setup_teardown(test_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_highlight_list, setup, teardown),
        cmocka_unit_test_setup_teardown(test_highlight_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_inner_anchor, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kept_split, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
