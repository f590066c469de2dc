/* fonts: which glyphs a file shows for which text.
 *
 * A PDF maps each code of a font to one text (ToUnicode). Where one glyph stands for two
 * texts (a space and a no-break space, a Kangxi radical and its ideograph), the font gets
 * a second variant: another Type 0 dictionary over the same font program with another
 * map. So every extractor gives back the typed code points. The rejected way, ActualText
 * around such a glyph, is ignored by mutool 1.21 and makes poppler's structure text lose
 * the rest of the paragraph.
 *
 * In a cluster of several glyphs each glyph takes a code point and the last the rest;
 * when there are fewer code points than glyphs (a decomposed letter) the later glyphs
 * show ZERO WIDTH SPACE and content.c tells the cluster's text beside it (ActualText), as
 * it does for characters of private use. So it does where one glyph's text is several
 * code points, some beyond U+FFFF (a character and its variation selector): its map has
 * the first alone, because MuPDF 1.21 would give back halves of surrogate pairs. */
#include "out/pdf/fonts.h"

#include <string.h>
#include "base/utf8.h"
#include "out/pdf/cache.h"
#include "out/pdf/program.h"

#define PRIVATE_LEAD 0xEE /* first byte of U+E000, where private use begins */

void pdf_fonts_init(struct pdf_fonts *fonts)
{
    *fonts = (struct pdf_fonts){0};
}

void pdf_fonts_done(struct pdf_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (size_t i = 0; i < fonts->list.length; i++) {
        sparse_done(&fonts->list.data[i].first);
        vec_done(&fonts->list.data[i].uses);
    }
    vec_done(&fonts->list);
    vec_done(&fonts->resources);
}

/* Faces that differ only in being slanted or thickened share their font program. */
static struct pdf_font *font_lookup(
    const struct pdf_fonts *fonts, const struct face *face)
{
    for (size_t i = 0; i < fonts->list.length; i++) {
        if (fonts->list.data[i].face->hb_face == face->hb_face)
            return &fonts->list.data[i];
    }
    return NULL;
}

static struct pdf_font *font_add(struct pdf_fonts *fonts, const struct face *face)
{
    uint32_t count = hb_face_get_glyph_count(face->hb_face);
    vec_push(&fonts->list, (struct pdf_font){.face = face,
                               .glyph_count = count,
                               .variants = 1});
    return vec_last(&fonts->list);
}

uint32_t pdf_cluster_end(const struct item *item, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < item->u.glyphs.count && item->u.glyphs.glyphs[end].text_length == 0)
        end++;
    return end;
}

/* Is glyph i a cluster of its own that stands for at most three bytes, none of them of a
 * character beyond U+FFFF? Nearly all do. */
static bool is_plain(const struct item *item, uint32_t i)
{
    const struct item_glyph *g = &item->u.glyphs.glyphs[i];
    struct text text = item->u.glyphs.text;
    if (g->text_length == 0 || g->text_length > 3 ||
        (size_t)g->text_start + g->text_length > text.length ||
        (i + 1 < item->u.glyphs.count && g[1].text_length == 0))
        return false;
    static const unsigned char leads[] = {0x80, 0xE0, 0xF0}; /* of longer characters */
    return (unsigned char)text.data[g->text_start] < leads[g->text_length - 1];
}

static struct text cluster_text(const struct item *item, uint32_t start)
{
    const struct item_glyph *g = &item->u.glyphs.glyphs[start];
    return text_slice(
        item->u.glyphs.text, g->text_start, (size_t)g->text_start + g->text_length);
}

/* Several code points, one of them beyond U+FFFF: MuPDF 1.21 reads those of a map's
 * entry as halves of surrogate pairs. */
static bool is_mixed(struct text text)
{
    size_t count = 0;
    bool beyond = false;
    for (size_t at = 0; at < text.length; count++)
        beyond = utf8_next(text.data, text.length, &at) > 0xFFFF || beyond;
    return beyond && count > 1;
}

static bool is_private(uint32_t codepoint)
{
    return (codepoint >= 0xE000 && codepoint <= 0xF8FF) || codepoint >= 0xF0000;
}

bool pdf_cluster_needs_actual(const struct item *item, uint32_t start, uint32_t end)
{
    const struct item_glyph *g = &item->u.glyphs.glyphs[start];
    if (is_plain(item, start) &&
        (unsigned char)item->u.glyphs.text.data[g->text_start] < PRIVATE_LEAD)
        return false;
    struct text text = cluster_text(item, start);
    size_t count = 0, last = 0; /* of code points; where the last glyph's share begins */
    for (size_t at = 0; at < text.length; count++) {
        if (count == end - start - 1)
            last = at;
        if (is_private(utf8_next(text.data, text.length, &at)))
            return true;
    }
    return (end - start > 1 && count < end - start) ||
           (count > end - start && is_mixed(text_slice(text, last, text.length)));
}

/* The text of glyph i: its share of its cluster's code points. */
static struct text glyph_text(const struct item *item, uint32_t i)
{
    const struct item_glyph *g = &item->u.glyphs.glyphs[i];
    if (is_plain(item, i))
        return (struct text){item->u.glyphs.text.data + g->text_start, g->text_length};
    uint32_t start = i;
    while (start > 0 && item->u.glyphs.glyphs[start].text_length == 0)
        start--;
    struct text text = cluster_text(item, start);
    size_t from = 0;
    for (uint32_t n = start; n < i && from < text.length; n++)
        utf8_next(text.data, text.length, &from);
    size_t to = from;
    if (pdf_cluster_end(item, i) == i + 1)
        to = text.length;
    else if (to < text.length)
        utf8_next(text.data, text.length, &to);
    struct text share = text_slice(text, from, to);
    if (share.length == 0)
        return TEXT("\xE2\x80\x8B");
    size_t one = 0;
    if (is_mixed(share)) /* ActualText tells the rest */
        utf8_next(share.data, share.length, &one);
    return one > 0 ? text_slice(share, 0, one) : share;
}

static const struct pdf_use *use_lookup(
    const struct pdf_font *font, uint32_t glyph, struct text text)
{
    uint32_t at = sparse_get(&font->first, glyph);
    for (; at != 0; at = font->uses.data[at - 1].next) {
        if (text_equal(font->uses.data[at - 1].text, text))
            return &font->uses.data[at - 1];
    }
    return NULL;
}

static void use_add(struct pdf_font *font, uint32_t glyph, struct text text)
{
    struct pdf_use use = {.glyph = glyph, .text = text};
    struct pdf_use *last = NULL; /* of the same glyph */
    uint32_t index = (uint32_t)font->uses.length + 1;
    for (uint32_t at = sparse_get(&font->first, glyph); at != 0; at = last->next) {
        last = &font->uses.data[at - 1];
        use.variant++;
    }
    if (last != NULL)
        last->next = index; /* before pushing moves it */
    else
        sparse_set(&font->first, glyph, index);
    vec_push(&font->uses, use);
    if (use.variant >= font->variants)
        font->variants = use.variant + 1;
}

void pdf_fonts_collect(struct pdf_fonts *fonts, const struct item *item)
{
    if (item->kind != ITEM_GLYPHS || item->u.glyphs.count == 0)
        return;
    struct pdf_font *font = font_lookup(fonts, item->u.glyphs.face);
    if (font == NULL)
        font = font_add(fonts, item->u.glyphs.face);
    for (uint32_t i = 0; i < item->u.glyphs.count; i++) {
        uint32_t glyph = item->u.glyphs.glyphs[i].id;
        struct text text = glyph_text(item, i);
        if (glyph >= font->glyph_count)
            program_stop(
                "glyph %u of %u in ‘%s’", glyph, font->glyph_count, font->face->path);
        if (use_lookup(font, glyph, text) == NULL)
            use_add(font, glyph, text);
    }
}

bool pdf_fonts_write(
    struct pdf_fonts *fonts, struct pdf_objects *objects, struct diagnostics *sink)
{
    for (size_t i = 0; i < fonts->list.length; i++) {
        struct pdf_font *font = &fonts->list.data[i];
        pdf_cache_widen(objects->cache, font);
        font->resource = (uint32_t)fonts->resources.length + 1;
        for (uint32_t variant = 0; variant < font->variants; variant++)
            vec_push(&fonts->resources, pdf_reserve(objects));
        if (!pdf_program_write(
                font, &fonts->resources.data[font->resource - 1], objects, sink))
            return false;
    }
    return true;
}

struct pdf_shown pdf_fonts_shown(
    const struct pdf_fonts *fonts, const struct item *item, uint32_t i)
{
    const struct pdf_font *font = font_lookup(fonts, item->u.glyphs.face);
    uint32_t glyph = item->u.glyphs.glyphs[i].id;
    const struct pdf_use *use = &font->uses.data[sparse_get(&font->first, glyph) - 1];
    if (use->next != 0) /* one of several texts */
        use = use_lookup(font, glyph, glyph_text(item, i));
    return (struct pdf_shown){font->resource + use->variant, use->code, use->width};
}

void pdf_fonts_append(const struct pdf_fonts *fonts, struct str *out)
{
    str_append_string(out, "<<");
    for (size_t i = 0; i < fonts->resources.length; i++) {
        str_printf(out, "/F%zu", i + 1);
        pdf_append_ref(out, fonts->resources.data[i]);
    }
    str_append_string(out, ">>");
}
