/* content: positioned items → a page's content stream of marked content.
 *
 *     /P<</MCID 3>>BDC  BT /F1 12 Tf 70.87 700.1 Td [(…)-12(…)]TJ ET  EMC
 *
 * Marked content is made of runs of items with equal structure id, so it cannot be
 * unbalanced; what has none is an artifact of its kind. Text objects stand inside marked
 * content. Positions are in 1/100 pt (3.5 µm); from the first glyph of a line on, over
 * changes of the font, the pen is followed exactly, in integers, and corrected by TJ
 * numbers of 1/1000 em, so errors don't add up.
 * The white that justification puts between the glyphs of a line is mostly one width: it
 * is set as character spacing, which takes four fifths of those numbers out of the
 * stream. */
#include "out/pdf/pdf.h"

#include "out/embellish.h"

#include <stdlib.h>

#define WIDTH_EM 100000 /* of pdf_shown.width in one em */
/* The pen counts 1/WIDTH_EM units; character spacing is written in 1/10,000 pt. */
#define SPACING_PT   10000
#define SPACING_STEP ((int64_t)WIDTH_EM * UNIT_PT / SPACING_PT)

static int64_t hundredths(int64_t length)
{
    return unit_muldiv(length, 100, UNIT_PT);
}

static void append_number(struct str *out, int64_t value)
{
    pdf_append_hundredths(out, value);
    str_append_char(out, ' ');
}

void pdf_content_begin(struct pdf *pdf, const struct page *page)
{
    struct pdf_content *content = &pdf->content;
    str_clear(&content->out);
    *content = (struct pdf_content){.out = content->out,
        .whites = content->whites,
        .page_height = page->height,
        .line_width = -1};
}

static void end_text(struct pdf_content *content)
{
    if (content->in_text)
        str_append_string(&content->out, "ET\n");
    content->in_text = false;
}

static void end_mark(struct pdf_content *content)
{
    end_text(content);
    if (content->marked)
        str_append_string(&content->out, "EMC\n");
    content->marked = false;
}

void pdf_content_end(struct pdf *pdf)
{
    end_mark(&pdf->content);
}

static const char *artifact_properties(enum artifact artifact)
{
    static const char *const properties[] = {
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
        [ARTIFACT_HEADER] =
            "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
        [ARTIFACT_FOOTER] =
            "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
        [ARTIFACT_PAGE] = "/Artifact<</Type/Page>>BDC\n",
        [ARTIFACT_BACKGROUND] = "/Artifact<</Type/Background>>BDC\n",
    };
    return properties[artifact];
}

/* Begin marked content of an element; more: properties behind its number. */
static void begin_mark(struct pdf *pdf, uint32_t structure, struct text more)
{
    struct pdf_content *content = &pdf->content;
    struct pdf_page *page = vec_last(&pdf->pages);
    end_mark(content);
    content->marked = true;
    content->structure = structure;
    vec_push(&pdf->marks,
        (struct pdf_mark){structure, (uint32_t)pdf->pages.length - 1, page->mark_count});
    str_printf(&content->out, "/%s<</MCID %u", pdf_structure_name(pdf, structure),
        page->mark_count);
    str_append_text(&content->out, more);
    str_append_string(&content->out, ">>BDC\n");
    page->mark_count++;
}

/* Be inside the marked content of the item's element. */
static void mark(struct pdf *pdf, const struct item *item)
{
    struct pdf_content *content = &pdf->content;
    bool same = content->marked && content->structure == item->structure &&
                (item->structure != 0 || content->artifact == item->artifact);
    if (same)
        return;
    if (item->structure != 0) {
        begin_mark(pdf, item->structure, TEXT(""));
        return;
    }
    end_mark(content);
    content->marked = true;
    content->structure = 0;
    content->artifact = item->artifact;
    str_append_string(&content->out, artifact_properties(item->artifact));
}

/* Be inside marked content whose text is told beside it: an element of its own, with
 * the text as a property of the content as well, for readers that know no structure; in
 * an artifact, which has no elements, inside its marked content. */
static void mark_actual(struct pdf *pdf, const struct item *item, struct text text)
{
    struct str more;
    str_init(&more);
    str_append_string(&more, "/ActualText");
    pdf_append_text(&more, text);
    if (item->structure != 0) {
        uint32_t id = (uint32_t)(pdf->book->structures.length + pdf->actuals.length);
        vec_push(&pdf->actuals, (struct pdf_actual){item->structure,
                                    memory_duplicate(text.data, text.length)});
        begin_mark(pdf, id, str_text(&more));
    } else {
        mark(pdf, item);
        end_text(&pdf->content);
        str_append_string(&pdf->content.out, "/Span<<");
        str_append_text(&pdf->content.out, str_text(&more));
        str_append_string(&pdf->content.out, ">>BDC\n");
    }
    str_done(&more);
}

static void append_colour(
    struct str *out, uint32_t colour, const char *gray, const char *rgb)
{
    unsigned parts[3] = {colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF};
    bool is_gray = parts[0] == parts[1] && parts[1] == parts[2];
    for (int i = 0; i < (is_gray ? 1 : 3); i++) {
        str_append_number(out, parts[i] / 255.0, 4);
        str_append_char(out, ' ');
    }
    str_append_string(out, is_gray ? gray : rgb);
}

static void set_fill(struct pdf_content *content, uint32_t colour)
{
    if (content->fill != colour)
        append_colour(&content->out, colour, "g\n", "rg\n");
    content->fill = colour;
}

static void set_stroke(struct pdf_content *content, uint32_t colour, unit width)
{
    if (content->stroke != colour)
        append_colour(&content->out, colour, "G\n", "RG\n");
    content->stroke = colour;
    if (content->line_width != width) {
        append_number(&content->out, hundredths(width));
        str_append_string(&content->out, "w\n");
    }
    content->line_width = width;
}

static void set_font(struct pdf_content *content, uint32_t resource, unit size)
{
    if (content->resource == resource && content->size == size)
        return;
    str_append_string(&content->out, "/F");
    pdf_append_integer(&content->out, resource);
    str_append_char(&content->out, ' ');
    append_number(&content->out, hundredths(size));
    str_append_string(&content->out, "Tf\n");
    content->resource = resource;
    content->size = size;
}

/* Begin a line of text at x, y (1/100 pt, y up), moving from the line before. */
static void move_to(struct pdf_content *content, int64_t x, int64_t y, bool slanted)
{
    if (slanted || content->slanted) {
        str_append_string(&content->out, "1 0 ");
        str_append_number(&content->out, slanted ? EMBELLISH_SLANT : 0, 4);
        str_append_string(&content->out, " 1 ");
        append_number(&content->out, x);
        append_number(&content->out, y);
        str_append_string(&content->out, "Tm\n");
    } else {
        append_number(&content->out, x - content->line_x);
        append_number(&content->out, y - content->line_y);
        str_append_string(&content->out, "Td\n");
    }
    content->slanted = slanted;
    content->line_x = x;
    content->line_y = y;
    content->shown = false;
}

/* Whether a text at x, y goes on where the pen is, or so near that a TJ number moves it
 * there: then it needs no line of its own. */
static bool goes_on(
    const struct pdf_content *content, int64_t x, int64_t y, unit size, bool slanted)
{
    return content->shown && content->line_y == y && !slanted && !content->slanted &&
           llabs(content->pen - x) < (int64_t)size * WIDTH_EM;
}

static void begin_text(struct pdf_content *content)
{
    if (content->in_text)
        return;
    str_append_string(&content->out, "BT\n");
    content->in_text = true;
    content->slanted = false;
    content->line_x = content->line_y = 0;
    content->shown = false;
}

static void set_thick(struct pdf_content *content, const struct item *item)
{
    bool thick = item->u.glyphs.face->embolden;
    if (thick)
        set_stroke(
            content, item->colour, (unit)(item->u.glyphs.size * EMBELLISH_STROKE + 0.5));
    if (thick != content->thick)
        str_append_string(&content->out, thick ? "2 Tr\n" : "0 Tr\n");
    content->thick = thick;
}

/* The array of a TJ operator while it grows. */
struct shower {
    struct pdf_content *content;
    const struct item *item;
    int64_t pen;    /* from the item's x, unit × WIDTH_EM */
    unit rise;      /* of what is shown now */
    bool in_array;  /* after [ */
    bool in_string; /* after ( */
};

static void end_string(struct shower *shower)
{
    if (shower->in_string)
        str_append_char(&shower->content->out, ')');
    shower->in_string = false;
}

static void end_array(struct shower *shower)
{
    end_string(shower);
    if (shower->in_array)
        str_append_string(&shower->content->out, "]TJ\n");
    shower->in_array = false;
}

static void set_rise(struct shower *shower, unit rise)
{
    if (rise == shower->rise)
        return;
    end_array(shower);
    append_number(&shower->content->out, hundredths(rise));
    str_append_string(&shower->content->out, "Ts\n");
    shower->rise = rise;
}

static void append_code(struct str *out, uint16_t code)
{
    for (int shift = 8; shift >= 0; shift -= 8) {
        char c = (char)(code >> shift & 0xFF);
        if (c == '(' || c == ')' || c == '\\')
            str_append_char(out, '\\');
        if (c == '\r')
            str_append(out, "\\r", 2);
        else
            str_append_char(out, c);
    }
}

static void show_glyph(
    struct shower *shower, const struct item_glyph *glyph, struct pdf_shown shown)
{
    struct pdf_content *content = shower->content;
    unit size = shower->item->u.glyphs.size;
    if (shown.resource != content->resource || size != content->size) {
        end_array(shower);
        set_font(content, shown.resource, size);
    }
    set_rise(shower, glyph->y);
    if (!shower->in_array)
        str_append_char(&content->out, '[');
    shower->in_array = true;
    int64_t thousandth = (int64_t)size * (WIDTH_EM / 1000);
    int64_t ahead = shower->pen - (int64_t)glyph->x * WIDTH_EM;
    int64_t back = 2 * llabs(ahead) < thousandth ? 0 : unit_muldiv(ahead, 1, thousandth);
    if (back != 0) {
        end_string(shower);
        pdf_append_integer(&content->out, back);
        shower->pen -= back * thousandth;
    }
    if (!shower->in_string)
        str_append_char(&content->out, '(');
    shower->in_string = true;
    append_code(&content->out, shown.code);
    shower->pen += (int64_t)shown.width * size + content->spacing * SPACING_STEP;
}

/* The value that would stand at `place` if they were in order; they are moved (Hoare's
 * algorithm 65, as Wirth has it). */
static unit select_unit(unit *values, ptrdiff_t count, ptrdiff_t place)
{
    ptrdiff_t low = 0, high = count - 1;
    while (low < high) {
        unit pivot = values[place];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i > j)
                break;
            unit value = values[i];
            values[i++] = values[j];
            values[j--] = value;
        }
        if (j < place)
            low = i;
        if (i > place)
            high = j;
    }
    return values[place];
}

/* The median of the white between the glyphs, in 1/SPACING_PT pt. */
static int64_t median_white(struct pdf_content *content, const struct item *item)
{
    const struct item_glyph *glyphs = item->u.glyphs.glyphs;
    vec_clear(&content->whites);
    for (uint32_t i = 1; i < item->u.glyphs.count; i++)
        vec_push(&content->whites, glyphs[i].x - glyphs[i - 1].x - glyphs[i - 1].advance);
    unit median = select_unit(content->whites.data, (ptrdiff_t)content->whites.length,
        (ptrdiff_t)content->whites.length / 2);
    return unit_muldiv(median, SPACING_PT, UNIT_PT);
}

/* Choose the character spacing, unless what is set is as good to 1/1000 em in all. */
static void set_spacing(struct pdf_content *content, const struct item *item)
{
    if (item->u.glyphs.count < 2)
        return;
    int64_t spacing = median_white(content, item);
    int64_t change = llabs(spacing - content->spacing) * item->u.glyphs.count;
    if (change * UNIT_PT <= (int64_t)item->u.glyphs.size * SPACING_PT / 1000)
        return;
    str_append_number(&content->out, (double)spacing / SPACING_PT, 4);
    str_append_string(&content->out, " Tc\n");
    content->spacing = spacing;
}

/* Where the clusters end that can be shown together with the one at start: up to one
 * whose text the fonts cannot tell, or that one alone. */
static uint32_t stretch_end(const struct item *item, uint32_t start, bool *ret_actual)
{
    uint32_t end = pdf_cluster_end(item, start);
    *ret_actual = pdf_cluster_needs_actual(item, start, end);
    while (!*ret_actual && end < item->u.glyphs.count) {
        uint32_t next = pdf_cluster_end(item, end);
        if (pdf_cluster_needs_actual(item, end, next))
            break;
        end = next;
    }
    return end;
}

static void show_stretch(
    struct pdf *pdf, const struct item *item, uint32_t start, uint32_t end, bool actual)
{
    struct pdf_content *content = &pdf->content;
    const struct item_glyph *first = &item->u.glyphs.glyphs[start];
    int64_t offset = start > 0 ? first->x : 0;
    if (actual)
        mark_actual(pdf, item,
            text_slice(item->u.glyphs.text, first->text_start,
                (size_t)first->text_start + first->text_length));
    else
        mark(pdf, item);
    begin_text(content);
    set_fill(content, item->colour);
    set_thick(content, item);
    struct shower shower = {.content = content, .item = item, .pen = offset * WIDTH_EM};
    int64_t left = (int64_t)item->x * WIDTH_EM;
    int64_t y = hundredths((int64_t)content->page_height - item->y);
    bool slanted = item->u.glyphs.face->slant;
    if (goes_on(content, left + shower.pen, y, item->u.glyphs.size, slanted))
        shower.pen = content->pen - left;
    else
        move_to(content, hundredths(item->x + offset), y, slanted);
    if (start == 0)
        set_spacing(content, item);
    for (uint32_t i = start; i < end; i++)
        show_glyph(
            &shower, &item->u.glyphs.glyphs[i], pdf_fonts_shown(&pdf->fonts, item, i));
    set_rise(&shower, 0);
    end_array(&shower);
    content->pen = left + shower.pen;
    content->shown = true;
    if (actual && item->structure == 0) {
        end_text(content);
        str_append_string(&content->out, "EMC\n");
    }
}

void pdf_content_glyphs(struct pdf *pdf, const struct item *item)
{
    uint32_t count = item->u.glyphs.count, end;
    if (count == 0 || item->u.glyphs.size <= 0)
        return;
    for (uint32_t start = 0; start < count; start = end) {
        bool actual;
        end = stretch_end(item, start, &actual);
        show_stretch(pdf, item, start, end, actual);
    }
}

void pdf_content_rule(struct pdf *pdf, const struct item *item)
{
    struct pdf_content *content = &pdf->content;
    mark(pdf, item);
    end_text(content);
    set_fill(content, item->colour);
    append_number(&content->out, hundredths(item->x));
    append_number(&content->out,
        hundredths((int64_t)content->page_height - item->y - item->height));
    append_number(&content->out, hundredths(item->width));
    append_number(&content->out, hundredths(item->height));
    str_append_string(&content->out, "re f\n");
}

static void append_step(
    struct pdf_content *content, const struct item *item, const struct path_step *step)
{
    static const char *const operators[] = {[PATH_MOVE] = "m\n",
        [PATH_LINE] = "l\n",
        [PATH_CURVE] = "c\n",
        [PATH_CLOSE] = "h\n"};
    int points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
    for (int i = 0; i < points; i++) {
        append_number(&content->out, hundredths((int64_t)item->x + step->x[i]));
        append_number(&content->out,
            hundredths((int64_t)content->page_height - item->y - step->y[i]));
    }
    str_append_string(&content->out, operators[step->op]);
}

void pdf_content_path(struct pdf *pdf, const struct item *item)
{
    struct pdf_content *content = &pdf->content;
    if (item->u.path.count == 0)
        return;
    mark(pdf, item);
    end_text(content);
    if (item->u.path.stroke != 0)
        set_stroke(content, item->colour, item->u.path.stroke);
    else
        set_fill(content, item->colour);
    for (uint32_t i = 0; i < item->u.path.count; i++)
        append_step(content, item, &item->u.path.steps[i]);
    str_append_string(&content->out, item->u.path.stroke != 0 ? "S\n" : "f\n");
}

void pdf_content_image(struct pdf *pdf, const struct item *item)
{
    struct pdf_content *content = &pdf->content;
    struct pdf_image *image = &pdf->images.data[item->u.image.index];
    mark(pdf, item);
    end_text(content);
    if (image->object == 0)
        return;
    str_append_string(&content->out, "q ");
    pdf_image_matrix(pdf, item, &content->out);
    str_printf(&content->out, "cm/I%u Do Q\n", item->u.image.index + 1);
}
