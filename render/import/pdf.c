/* pdf: the lines of a PDF by their places; a module over poppler-glib.
 *
 * poppler gives each page's characters with a box each, in its own order. Here they
 * become lines again: characters whose middles lie at the same height stand on one line,
 * from left to right. A space that poppler put between Han stays only where the gap is as
 * wide as one: justified lines have gaps everywhere. */
#include <poppler.h>

#include <math.h>
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
#define SCRIPT_SIZE 80 /* percent of the line's size: sub- and superscripts are smaller */
#define SCRIPT_EDGE 15 /* percent of the line's height at its edges: ruby is there */
#define RUBY_SIZE   62 /* percent of the base's size: ruby is at most so large */
#define RUBY_GAP    60 /* percent of the base's size between ruby and its base */
#define RUBY_OFF    8  /* percent of the base's size that two middles may be apart */
#define RUBY_PART                                                                        \
    25 /* percent of ruby's size that words are further apart than letters */
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
    bool small;   /* smaller than most of the page's */
    bool space;   /* poppler put a space before it */
    int link;     /* index in links, or -1 */
    int ruby;     /* index in rubies of what stands over it, or -1 */
    uint32_t row; /* which line of the page it is on; 0: on none, it is ruby */
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
    VEC(struct text) rubies; /* in the arena */
    size_t unknown, all;     /* characters over all pages */
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
        struct glyph glyph = {.c = utf8_next(text, length, &i), .ruby = -1};

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

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* The size that half of the page's glyphs are smaller than. */
static float usual_size(const struct page_reader *reader)
{
    size_t count = reader->glyphs.length;
    float *sizes = memory_alloc((count + 1) * sizeof *sizes), usual;

    for (size_t i = 0; i < count; i++)
        sizes[i] = reader->glyphs.data[i].size;
    qsort(sizes, count, sizeof *sizes, compare_floats);
    usual = count > 0 ? sizes[count / 2] : 0;
    memory_free(sizes);
    return usual;
}

static float middle_of(const struct glyph *glyph)
{
    return (glyph->y1 + glyph->y2) / 2;
}

static int compare_heights(const void *a, const void *b)
{
    const struct glyph *x = a, *y = b;
    float p = middle_of(x), q = middle_of(y);

    if (x->small != y->small)
        return x->small ? 1 : -1;
    return (p > q) - (p < q);
}

static int compare_places(const void *a, const void *b)
{
    const struct glyph *x = a, *y = b;

    if (x->row != y->row)
        return x->row > y->row ? 1 : -1;
    return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* Where a row stands, and the number that it had and has. */
struct row_place {
    float middle; /* pt from the top edge */
    uint32_t row;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row_place *x = a, *y = b;

    return (x->middle > y->middle) - (x->middle < y->middle);
}

/* Number the rows from the top: those of small glyphs were found apart. */
static void order_rows(struct page_reader *reader, uint32_t row_count)
{
    struct glyph *glyphs = reader->glyphs.data;
    struct row_place *places = memory_alloc((row_count + 1) * sizeof *places);
    uint32_t *order = memory_alloc((row_count + 1) * sizeof *order);

    for (size_t i = reader->glyphs.length; i-- > 0;)
        places[glyphs[i].row - 1] =
            (struct row_place){middle_of(&glyphs[i]), glyphs[i].row};
    qsort(places, row_count, sizeof *places, compare_rows);
    for (uint32_t i = 0; i < row_count; i++)
        order[places[i].row] = i + 1;
    for (size_t i = 0; i < reader->glyphs.length; i++)
        glyphs[i].row = order[glyphs[i].row];
    memory_free(places);
    memory_free(order);
}

/* Find the lines, number them from the top, and put the glyphs into reading order. Small
 * glyphs make rows of their own, which join_small_rows() brings to their lines. */
static void find_rows(struct page_reader *reader)
{
    struct glyph *glyphs = reader->glyphs.data;
    size_t count = reader->glyphs.length;
    float usual = usual_size(reader), middle = 0, size = 0;
    uint32_t row = 0;

    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        glyphs[i].small = glyphs[i].size * 100 < usual * SCRIPT_SIZE;
    qsort(glyphs, count, sizeof *glyphs, compare_heights);
    for (size_t i = 0; i < count; i++) {
        float own = middle_of(&glyphs[i]);
        float least = size < glyphs[i].size ? size : glyphs[i].size;

        if (i == 0 || glyphs[i].small != glyphs[i - 1].small ||
            (own - middle) * 100 > least * SAME_LINE) {
            row++;
            middle = own;
            size = glyphs[i].size;
        }
        glyphs[i].row = row;
    }
    order_rows(reader, row);
    qsort(glyphs, count, sizeof *glyphs, compare_places);
}

/* A line of the page while small ones are looked at. */
struct row {
    size_t start, end; /* glyphs, in the order of places */
    float y1, y2;      /* of its largest glyph */
    float size;        /* of its largest glyph */
};

static struct row row_at(const struct page_reader *reader, size_t start)
{
    const struct glyph *glyphs = reader->glyphs.data;
    struct row row = {start, start, 0, 0, 0};

    for (; row.end < reader->glyphs.length && glyphs[row.end].row == glyphs[start].row;
         row.end++) {
        if (glyphs[row.end].size <= row.size)
            continue;
        row.size = glyphs[row.end].size;
        row.y1 = glyphs[row.end].y1;
        row.y2 = glyphs[row.end].y2;
    }
    return row;
}

/* Does every glyph of the small row stand beside the large one's text, no higher or lower
 * than its glyphs do? */
static bool is_script_of(const struct row *small, const struct row *large)
{
    float middle = (small->y1 + small->y2) / 2;

    float edge = (large->y2 - large->y1) * SCRIPT_EDGE / 100;

    return small->size * 100 < large->size * SCRIPT_SIZE && middle > large->y1 + edge &&
           middle < large->y2 - edge;
}

/* Does the small row stand right over the large one? */
static bool is_over(const struct row *small, const struct row *large)
{
    float gap = large->y1 - small->y2;

    return small->size * 100 <= large->size * RUBY_SIZE &&
           small->y1 + small->y2 < large->y1 + large->y2 &&
           fabsf(gap) * 100 < large->size * RUBY_GAP;
}

/* The glyphs of the base below [x1, x2]; false when no Han or kana is there. */
static bool find_base(const struct page_reader *reader, const struct row *base, float x1,
    float x2, size_t *ret_start, size_t *ret_end)
{
    const struct glyph *glyphs = reader->glyphs.data;
    size_t start = base->end, end = base->start;

    for (size_t i = base->start; i < base->end; i++) {
        float off = (glyphs[i].x2 - glyphs[i].x1) * RUBY_OFF / 100;
        bool single = x2 <= x1;

        if (glyphs[i].c < 0x3040 || glyphs[i].x1 + (single ? 0 : off) > x2 ||
            glyphs[i].x2 - (single ? 0 : off) < x1)
            continue;
        start = i < start ? i : start;
        end = i + 1;
    }
    *ret_start = start;
    *ret_end = end;
    return start < end;
}

/* Glyphs [start, end) of a row over the base, one word: take them for its ruby. */
static void take_ruby(
    struct page_reader *reader, const struct row *base, size_t start, size_t end)
{
    struct glyph *glyphs = reader->glyphs.data;
    struct str said;
    size_t first, behind;

    if (!find_base(reader, base, glyphs[start].x1, glyphs[end - 1].x2, &first, &behind))
        return;
    str_init(&said);
    for (size_t i = start; i < end; i++) {
        str_append_codepoint(&said, glyphs[i].c);
        glyphs[i].row = 0;
    }
    vec_push(&reader->rubies, text_copy(&reader->source->arena, str_text(&said)));
    str_done(&said);
    for (size_t i = first; i < behind; i++)
        glyphs[i].ruby = (int)reader->rubies.length - 1;
}

static float gap_before(const struct page_reader *reader, size_t i)
{
    return reader->glyphs.data[i].x1 - reader->glyphs.data[i - 1].x2;
}

/* Where the word of ruby that begins at start ends: its letters are closer than words. */
static size_t word_end(
    const struct page_reader *reader, size_t start, size_t end, float least, float size)
{
    size_t stop = start + 1;

    while (stop < end && (gap_before(reader, stop) - least) * 100 < size * RUBY_PART)
        stop++;
    return stop;
}

/* Does the word stand over the middle of one character of its own? */
static bool is_centred(
    const struct page_reader *reader, const struct row *base, size_t start, size_t end)
{
    const struct glyph *glyphs = reader->glyphs.data;
    float middle = (glyphs[start].x1 + glyphs[end - 1].x2) / 2;
    size_t first, behind;

    if (!find_base(reader, base, middle, middle, &first, &behind) || behind != first + 1)
        return false;
    return fabsf((glyphs[first].x1 + glyphs[first].x2) / 2 - middle) * 100 <
           base->size * RUBY_OFF;
}

/* Glyphs [start, end) of ruby without a wide gap: words over a character each, or one that
 * is spread over several. */
static void take_words(struct page_reader *reader, const struct row *base, size_t start,
    size_t end, float size)
{
    float least = size;
    bool each = true;

    for (size_t i = start + 1; i < end; i++)
        least = gap_before(reader, i) < least ? gap_before(reader, i) : least;
    for (size_t i = start, stop; i < end && each; i = stop) {
        stop = word_end(reader, i, end, least, size);
        each = is_centred(reader, base, i, stop);
    }
    for (size_t i = start, stop; i < end; i = stop) {
        stop = each ? word_end(reader, i, end, least, size) : end;
        take_ruby(reader, base, i, stop);
    }
}

static void take_rubies(
    struct page_reader *reader, const struct row *over, const struct row *base)
{
    for (size_t i = over->start; i < over->end;) {
        size_t end = i + 1;

        while (end < over->end && gap_before(reader, end) < over->size)
            end++;
        take_words(reader, base, i, end, over->size);
        i = end;
    }
}

/* Superscripts and ruby are rows of their own so far: join the first to their lines, and
 * take the others for what they are. */
static void join_small_rows(struct page_reader *reader)
{
    struct glyph *glyphs = reader->glyphs.data;
    size_t count = reader->glyphs.length;
    struct row before = {0};

    for (size_t start = 0; start < count;) {
        struct row row = row_at(reader, start);
        struct row next = row.end < count ? row_at(reader, row.end) : row;
        const struct row *large = start > 0 && is_script_of(&row, &before)       ? &before
                                  : row.end < count && is_script_of(&row, &next) ? &next
                                                                                 : NULL;

        if (large == NULL && row.end < count && is_over(&row, &next))
            take_rubies(reader, &row, &next);
        for (size_t i = row.start; large != NULL && i < row.end; i++)
            glyphs[i].row = glyphs[large->start].row;
        before = large == NULL || large == &next ? row : before;
        start = row.end;
    }
    if (count > 0)
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
        bool goes_on = i > start && glyph[-1].link == glyph->link && glyph[-1].ruby < 0;

        if (i > start && has_space(glyph - 1, glyph))
            str_append_char(&text, ' ');
        if (glyph->ruby >= 0 && (i == start || glyph[-1].ruby != glyph->ruby))
            vec_push(&links, (struct import_link){(uint32_t)text.length, 0,
                                 reader->rubies.data[glyph->ruby], true});
        else if (glyph->ruby < 0 && glyph->link >= 0 && !goes_on)
            vec_push(&links, (struct import_link){(uint32_t)text.length, 0,
                                 reader->links.data[glyph->link].url, false});
        if (!is_unknown(glyph->c))
            str_append_codepoint(&text, glyph->c);
        if (glyph->link >= 0 || glyph->ruby >= 0)
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
    join_small_rows(reader);
    for (size_t start = 0, end; start < reader->glyphs.length; start = end) {
        end = start + 1;
        while (end < reader->glyphs.length &&
               reader->glyphs.data[end].row == reader->glyphs.data[start].row)
            end++;
        if (reader->glyphs.data[start].row > 0)
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
            _("a program that recognises characters has to read them first"),
            source->path);
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
    vec_done(&reader.rubies);
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
