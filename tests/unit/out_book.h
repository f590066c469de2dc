/* out_book: a small book made by hand for the tests of devices, and faces for it. */
#ifndef PAIBAN_TESTS_OUT_BOOK_H
#define PAIBAN_TESTS_OUT_BOOK_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unistd.h>
#include "page/book.h"
#include "page/device.h"

#define SONG_PATH  "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
#define SONG_INDEX 2 /* Noto Serif CJK SC */
#define LATIN_PATH "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"

static inline bool fonts_are_here(void)
{
    return access(SONG_PATH, R_OK) == 0 && access(LATIN_PATH, R_OK) == 0;
}

static inline struct face test_face(uint32_t id, const char *path, unsigned index)
{
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *hb_face = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    hb_font_t *hb_font = hb_font_create(hb_face);
    return (struct face){.id = id,
        .path = path,
        .index = index,
        .family = id == 0 ? "Test Song" : "Test Latin",
        .weight = 400,
        .hb_face = hb_face,
        .hb_font = hb_font,
        .units_per_em = (int)hb_face_get_upem(hb_face),
        .ascent = 880,
        .descent = 120,
        .underline_position = 100,
        .underline_thickness = 50};
}

static inline void test_face_done(struct face *face)
{
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
}

/* Append the shaped text as one item; returns it. A cluster's text is on its first glyph. */
static inline struct item *add_text(struct book *book, struct page *page,
    uint32_t structure, const struct face *face, unit size, unit x, unit y,
    const char *text)
{
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-hans", -1));
    hb_shape(face->hb_font, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    struct item_glyph *glyphs = ARENA_ARRAY(&book->arena, count, struct item_glyph);
    int64_t pen = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned end = i + 1;
        while (end < count && infos[end].cluster == infos[i].cluster)
            end++;
        uint32_t limit = end < count ? infos[end].cluster : (uint32_t)strlen(text);
        bool first = i == 0 || infos[i].cluster != infos[i - 1].cluster;
        glyphs[i] = (struct item_glyph){.id = infos[i].codepoint,
            .x = (unit)unit_muldiv(pen, size, face->units_per_em),
            .advance =
                (unit)unit_muldiv(positions[i].x_advance, size, face->units_per_em),
            .text_start = infos[i].cluster,
            .text_length = first ? limit - infos[i].cluster : 0};
        pen += positions[i].x_advance;
    }
    hb_buffer_destroy(buffer);
    struct item *item = page_add_item(page, ITEM_GLYPHS, structure);
    item->x = x;
    item->y = y;
    item->width = (unit)unit_muldiv(pen, size, face->units_per_em);
    item->height = size;
    item->u.glyphs.face = face;
    item->u.glyphs.size = size;
    item->u.glyphs.ascent = (unit)unit_muldiv(size, 88, 100);
    item->u.glyphs.descent = (unit)unit_muldiv(size, 12, 100);
    item->u.glyphs.text = text_copy(&book->arena, text_of(text));
    item->u.glyphs.glyphs = glyphs;
    item->u.glyphs.count = count;
    return item;
}

static inline void add_rule(
    struct page *page, enum artifact artifact, unit x, unit y, unit width)
{
    struct item *rule = page_add_item(page, ITEM_RULE, 0);
    rule->artifact = artifact;
    rule->x = x;
    rule->y = y;
    rule->width = width;
    rule->height = UNIT_PT / 2;
}

#define PT(n) ((unit)((n)*UNIT_PT))

/* Text in faces that are slanted and thickened by drawing, in colour, with white between its
 * glyphs, one of them raised. */
static inline void add_embellished(struct book *book, struct page *page,
    uint32_t structure, const struct face *song, const struct face *latin)
{
    struct face *thick = ARENA_NEW(&book->arena, struct face);
    struct face *slanted = ARENA_NEW(&book->arena, struct face);
    *thick = *song;
    *slanted = *latin;
    thick->embolden = true;
    slanted->slant = true;
    add_text(book, page, structure, slanted, PT(14), PT(50), PT(260), "slanted text");
    add_text(book, page, structure, thick, PT(14), PT(50), PT(285), "加粗的字");
    struct item *item =
        add_text(book, page, structure, song, PT(14), PT(50), PT(310), "散开的彩色字");
    item->colour = 0x3366CC;
    struct item_glyph *glyphs = ARENA_ARRAY(&book->arena, 6, struct item_glyph);
    memcpy(glyphs, item->u.glyphs.glyphs, 6 * sizeof *glyphs);
    for (int i = 0; i < 6; i++)
        glyphs[i].x += i * PT(3) + i % 2;
    glyphs[5].y = PT(4);
    item->u.glyphs.glyphs = glyphs;
}

/* One code point that is two glyphs: é made of a letter and an accent. */
static inline void add_split(
    struct book *book, struct page *page, uint32_t structure, const struct face *latin)
{
    struct item *item =
        add_text(book, page, structure, latin, PT(14), PT(50), PT(335), "e\xC2\xB4");
    struct item_glyph *glyphs = ARENA_ARRAY(&book->arena, 2, struct item_glyph);
    memcpy(glyphs, item->u.glyphs.glyphs, 2 * sizeof *glyphs);
    glyphs[0].text_length = 2;
    glyphs[1].text_length = 0;
    glyphs[1].x = glyphs[0].x + PT(1);
    item->u.glyphs.glyphs = glyphs;
    item->u.glyphs.text = text_of("\xC3\xA9");
}

/* Two pages: a cover with a heading that links to the second page; there a header and its
 * rule, a heading, a paragraph with a link over two lines, text slanted and thickened, in
 * colour, raised, a letter of two glyphs, and a drawn triangle. */
static inline void make_book(
    struct book *book, const struct face *song, const struct face *latin)
{
    book_init(book);
    book->metadata = (struct book_metadata){.title = "月报（测试）",
        .author = "编辑部",
        .subject = "试验 & <tag>",
        .language = "zh-Hans",
        .creator = "paiban test",
        .date = 1619827200,
        .has_date = true};
    book_add_page(book, PT(300), PT(400), "封面");
    book_add_page(book, PT(300), PT(400), "1");
    struct page *cover = &book->pages.data[0], *body = &book->pages.data[1];
    uint32_t title = book_add_structure(book, STRUCTURE_H, 1);
    book->structures.data[title].level = 1;
    uint32_t sect = book_add_structure(book, STRUCTURE_SECT, 1);
    uint32_t heading = book_add_structure(book, STRUCTURE_H, sect);
    book->structures.data[heading].level = 2;
    uint32_t paragraph = book_add_structure(book, STRUCTURE_P, sect);
    uint32_t link_element = book_add_structure(book, STRUCTURE_LINK, paragraph);
    uint32_t jump_element = book_add_structure(book, STRUCTURE_LINK, title);

    uint32_t jump = book_add_link(book, text_of(""), "国家政策", "转到 国家政策");
    uint32_t web = book_add_link(
        book, text_of("https://例子.测试/路径?q=(1&x='2'"), NULL, "链接：例子");
    book->structures.data[link_element].link = web;
    book->structures.data[jump_element].link = jump;

    add_text(book, cover, jump_element, song, PT(20), PT(50), PT(100), "月报")->link =
        jump;
    add_text(book, body, 0, song, PT(9), PT(50), PT(30), "月报")->artifact =
        ARTIFACT_HEADER;
    add_rule(body, ARTIFACT_HEADER, PT(50), PT(35), PT(200));
    add_text(book, body, heading, song, PT(14), PT(50), PT(80), "国家政策");
    add_text(book, body, paragraph, song, PT(12), PT(50), PT(100), "远程医疗——“见”");
    add_text(book, body, link_element, latin, PT(12), PT(50), PT(120), "office https:")
        ->link = web;
    add_text(book, body, link_element, latin, PT(12), PT(50), PT(140), "//example")
        ->link = web;
    add_embellished(book, body, paragraph, song, latin);
    add_split(book, body, paragraph, latin);
    struct item *path = page_add_item(body, ITEM_PATH, 0);
    static const struct path_step steps[] = {{PATH_MOVE, {0}, {0}},
        {PATH_LINE, {PT(20)}, {0}}, {PATH_LINE, {PT(10)}, {PT(15)}},
        {PATH_CLOSE, {0}, {0}}};
    path->x = PT(50);
    path->y = PT(200);
    path->width = PT(20);
    path->height = PT(15);
    path->colour = 0xCC0000;
    path->u.path.steps = steps;
    path->u.path.count = 4;
    book_add_destination(book, "国家政策", 1, PT(50), PT(66), heading);
    book_add_outline(book, "1 【国家政策】", "国家政策", 1);
    book_finish(book);
}

#endif
