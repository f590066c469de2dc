/* pdf: the lines of a PDF by their places; a module over poppler-glib.
 *
 * poppler gives each page's characters with a box each, in its own order. Here they
 * become lines again: characters whose middles lie at the same height stand on one line,
 * from left to right. A space that poppler put between Han stays only where the gap is as
 * wide as one: justified lines have gaps everywhere. */
#include <poppler.h>

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "import/module.h"
#include "paiban_config.h"

#define SAME_LINE   40 /* percent of the size that two middles may be apart on one line */
#define HAN_SPACE   30 /* percent of the size: a gap between Han that is a typed space */
#define LATIN_SPACE 12 /* percent of the size: a gap between words */
#define PIECE_SPACE 15 /* percent of the size: a gap beside Han, also the composer's */
#define PAGES_LIMIT 5000    /* pages of one issue */
#define CHARS_LIMIT 4000000 /* characters of one issue */
#define UNKNOWN_SHARE                                                                    \
    2 /* one character in so many is of no Unicode: the text is useless */

struct glyph {
    uint32_t c;   /* code point */
    float x1, x2; /* pt from the left edge */
    float y1, y2; /* pt from the top edge */
    float size;   /* pt */
    bool bold;
    bool space;   /* poppler put a space before it */
    int link;     /* index in links, or -1 */
    uint32_t row; /* which line of the page it is on */
};

struct area {
    double x1, x2, y1, y2; /* pt from the top left corner */
    struct text url;
};

/* One page while it is read. */
struct page_reader {
    struct import_source *source;
    uint32_t number; /* from 1 */
    VEC(struct glyph) glyphs;
    VEC(struct area) links;
    size_t unknown, all; /* characters over all pages */
};

static bool is_bold(const char *font)
{
    static const char *const names[] = {
        "Bold", "bold", "Black", "Heavy", "SimHei", "黑体", "-Hei"};

    for (size_t i = 0; font != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strstr(font, names[i]) != NULL)
            return true;
    }
    return false;
}

static void read_links(struct page_reader *reader, PopplerPage *page, double height)
{
    GList *mapping = poppler_page_get_link_mapping(page);

    for (GList *node = mapping; node != NULL; node = node->next) {
        const PopplerLinkMapping *link = node->data;
        struct area area = {link->area.x1, link->area.x2, height - link->area.y2,
            height - link->area.y1, {NULL, 0}};

        if (link->action->type != POPPLER_ACTION_URI || link->action->uri.uri == NULL)
            continue;
        area.url =
            import_tidy_line(&reader->source->arena, text_of(link->action->uri.uri));
        vec_push(&reader->links, area);
    }
    poppler_page_free_link_mapping(mapping);
}

static int link_at(const struct page_reader *reader, const struct glyph *glyph)
{
    double x = (double)(glyph->x1 + glyph->x2) / 2,
           y = (double)(glyph->y1 + glyph->y2) / 2;

    for (size_t i = 0; i < reader->links.length; i++) {
        const struct area *area = &reader->links.data[i];

        if (x >= area->x1 && x <= area->x2 && y >= area->y1 && y <= area->y2)
            return (int)i;
    }
    return -1;
}

static bool is_unknown(uint32_t c)
{
    return c == 0xFFFD || c < ' ' || (c >= 0x7F && c < 0xA0) ||
           (c >= 0xE000 && c < 0xF900) || c >= 0xF0000;
}

/* All characters of the page with their boxes, in poppler's order. */
static void read_glyphs(struct page_reader *reader, PopplerPage *page)
{
    char *text = poppler_page_get_text(page);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    GList *attributes = poppler_page_get_text_attributes(page), *style = attributes;
    size_t length = text != NULL ? strlen(text) : 0;
    bool space = true;

    poppler_page_get_text_layout(page, &boxes, &count);
    for (size_t i = 0, index = 0; i < length && index < count; index++) {
        struct glyph glyph = {.c = utf8_next(text, length, &i)};

        while (style != NULL &&
               ((PopplerTextAttributes *)style->data)->end_index < (int)index)
            style = style->next;
        if (glyph.c == '\n' || glyph.c == ' ' || glyph.c == 0xA0) {
            space = true;
            continue;
        }
        reader->all++;
        reader->unknown += is_unknown(glyph.c);
        glyph.x1 = (float)boxes[index].x1;
        glyph.x2 = (float)boxes[index].x2;
        glyph.y1 = (float)boxes[index].y1;
        glyph.y2 = (float)boxes[index].y2;
        if (style != NULL) {
            glyph.size = (float)((PopplerTextAttributes *)style->data)->font_size;
            glyph.bold = is_bold(((PopplerTextAttributes *)style->data)->font_name);
        }
        if (glyph.size <= 0)
            glyph.size = glyph.y2 - glyph.y1;
        glyph.space = space;
        glyph.link = link_at(reader, &glyph);
        space = false;
        vec_push(&reader->glyphs, glyph);
    }
    poppler_page_free_text_attributes(attributes);
    g_free(boxes);
    g_free(text);
}

static int compare_heights(const void *a, const void *b)
{
    const struct glyph *x = a, *y = b;
    float p = x->y1 + x->y2, q = y->y1 + y->y2;

    return (p > q) - (p < q);
}

static int compare_places(const void *a, const void *b)
{
    const struct glyph *x = a, *y = b;

    if (x->row != y->row)
        return x->row > y->row ? 1 : -1;
    return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* Number the lines from the top, and put the glyphs into reading order. */
static void find_rows(struct page_reader *reader)
{
    struct glyph *glyphs = reader->glyphs.data;
    size_t count = reader->glyphs.length;
    uint32_t row = 0;
    float middle = 0, size = 0;

    if (count == 0)
        return;
    qsort(glyphs, count, sizeof *glyphs, compare_heights);
    for (size_t i = 0; i < count; i++) {
        float own = (glyphs[i].y1 + glyphs[i].y2) / 2;
        float least = size < glyphs[i].size ? size : glyphs[i].size;

        if (i == 0 || (own - middle) * 100 > least * SAME_LINE) {
            row++;
            middle = own;
            size = glyphs[i].size;
        }
        glyphs[i].row = row;
    }
    qsort(glyphs, count, sizeof *glyphs, compare_places);
}

static bool is_wide(uint32_t c)
{
    return c >= 0x2E80 || (c >= 0x2010 && c < 0x2030);
}

/* Does a space stand between two neighbours on a line? */
static bool has_space(const struct glyph *a, const struct glyph *b)
{
    float gap = (b->x1 - a->x2) * 100;
    float size = a->size > b->size ? a->size : b->size;

    if (is_wide(a->c) && is_wide(b->c))
        return gap > size * HAN_SPACE;
    if (is_wide(a->c) || is_wide(b->c))
        return gap > size * PIECE_SPACE;
    return gap > size * LATIN_SPACE || (b->space && gap > 0);
}

static struct import_link *copy_links(
    struct arena *arena, const struct import_link *links, size_t count)
{
    struct import_link *copy = ARENA_ARRAY(arena, count, struct import_link);

    if (count > 0)
        memcpy(copy, links, count * sizeof *links);
    return copy;
}

/* Glyphs [start, end), one line, → a line. */
static void add_line(struct page_reader *reader, size_t start, size_t end)
{
    const struct glyph *glyphs = reader->glyphs.data;
    struct import_line line = {.page = reader->number, .span = SPAN_NONE};
    VEC(struct import_link) links = {0};
    struct str text;
    size_t bold = 0;
    float size = 0, top = glyphs[start].y1, bottom = glyphs[start].y2;

    str_init(&text);
    for (size_t i = start; i < end; i++) {
        const struct glyph *glyph = &glyphs[i];
        bool goes_on = i > start && glyph[-1].link == glyph->link;

        if (i > start && has_space(glyph - 1, glyph))
            str_append_char(&text, ' ');
        if (glyph->link >= 0 && !goes_on)
            vec_push(&links, (struct import_link){(uint32_t)text.length, 0,
                                 reader->links.data[glyph->link].url});
        if (!is_unknown(glyph->c))
            str_append_codepoint(&text, glyph->c);
        if (glyph->link >= 0)
            vec_last(&links)->end = (uint32_t)text.length;
        bold += glyph->bold;
        size = glyph->size > size ? glyph->size : size;
        top = glyph->y1 < top ? glyph->y1 : top;
        bottom = glyph->y2 > bottom ? glyph->y2 : bottom;
    }
    line.text = text_copy(&reader->source->arena, str_text(&text));
    line.links = copy_links(&reader->source->arena, links.data, links.length);
    line.link_count = (uint32_t)links.length;
    line.bold = bold * 2 > end - start;
    line.left = unit_from_pt((double)glyphs[start].x1);
    line.right = unit_from_pt((double)glyphs[end - 1].x2);
    line.top = unit_from_pt((double)top);
    line.bottom = unit_from_pt((double)bottom);
    line.size = unit_from_pt((double)size);
    if (line.text.length > 0)
        vec_push(&reader->source->lines, line);
    str_done(&text);
    vec_done(&links);
}

static void read_page(struct page_reader *reader, PopplerPage *page)
{
    double width = 0, height = 0;

    poppler_page_get_size(page, &width, &height);
    if (reader->source->page_height == 0)
        reader->source->page_height = unit_from_pt(height);
    vec_clear(&reader->glyphs);
    vec_clear(&reader->links);
    read_links(reader, page, height);
    read_glyphs(reader, page);
    find_rows(reader);
    for (size_t start = 0, end; start < reader->glyphs.length; start = end) {
        end = start + 1;
        while (end < reader->glyphs.length &&
               reader->glyphs.data[end].row == reader->glyphs.data[start].row)
            end++;
        add_line(reader, start, end);
    }
}

static bool has_fonts(PopplerDocument *document)
{
    PopplerFontInfo *info = poppler_font_info_new(document);
    PopplerFontsIter *fonts = NULL;
    bool found =
        poppler_font_info_scan(info, poppler_document_get_n_pages(document), &fonts) &&
        fonts != NULL;

    if (fonts != NULL)
        poppler_fonts_iter_free(fonts);
    g_object_unref(info);
    return found;
}

static bool read_pages(
    struct import_source *source, PopplerDocument *document, struct diagnostics *sink)
{
    struct page_reader reader = {.source = source};
    int pages = poppler_document_get_n_pages(document);
    bool good = true;

    source->placed = true;
    source->pages = pages > 1 ? (uint32_t)pages : 1;
    for (int i = 0; i < pages && i < PAGES_LIMIT && reader.all < CHARS_LIMIT; i++) {
        PopplerPage *page = poppler_document_get_page(document, i);

        reader.number = (uint32_t)i + 1;
        if (page != NULL) {
            read_page(&reader, page);
            g_object_unref(page);
        }
    }
    if (pages > PAGES_LIMIT || reader.all >= CHARS_LIMIT ||
        source->lines.length > IMPORT_LINES_LIMIT) {
        diag_add(sink, DIAG_IMPORT_TOO_LONG, SPAN_NONE, NULL, IMPORT_LINES_LIMIT);
        good = false;
    } else if (reader.all == 0 && !has_fonts(document)) {
        diag_add(sink, DIAG_IMPORT_PICTURES, SPAN_NONE,
            _("a program that recognises characters has to read them first"), source->path);
        good = false;
    } else if (reader.unknown * UNKNOWN_SHARE >= reader.all) {
        diag_add(sink, DIAG_IMPORT_NO_UNICODE, SPAN_NONE,
            _("its fonts have no table from glyphs to characters; recognise its pictures "
              "instead"),
            source->path);
        good = false;
    }
    vec_done(&reader.glyphs);
    vec_done(&reader.links);
    return good;
}

static bool read_pdf(
    struct import_source *source, struct text bytes, struct diagnostics *sink)
{
    GBytes *data = g_bytes_new_static(bytes.data, bytes.length);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(data, NULL, &error);
    bool good = false;

    if (document != NULL)
        good = read_pages(source, document, sink);
    else if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        diag_add(sink, DIAG_IMPORT_ENCRYPTED, SPAN_NONE,
            _("save it without a password first"), source->path);
    else
        diag_add(sink, DIAG_IMPORT_DAMAGED, SPAN_NONE, NULL, source->path,
            error != NULL ? error->message : "no document");
    g_clear_error(&error);
    if (document != NULL)
        g_object_unref(document);
    g_bytes_unref(data);
    return good;
}

extern const struct import_module paiban_import_pdf;
const struct import_module paiban_import_pdf = {PAIBAN_VERSION, read_pdf};
