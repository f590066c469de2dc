/* glyphs: see glyphs.h.
 *
 * An item holds clusters of one face, size, structure, link, colour and shift. A typed
 * space has no glyph in a line; the face's space is added with the character that was
 * typed, so that copied text keeps its words apart: in the item around it, else at the
 * end of the one before or at the beginning of the one behind, by its face. At a line's
 * ends it is left out: a trailing space must not draw, and the reader joins lines itself;
 * but not the spaces that indent a line of code.
 *
 * An annotation is painted after its base, which is the order in which both are read. /
 */
#include "flow/glyphs.h"

#include <string.h>
#include "flow/decorate.h"
#include "flow/figures.h"

static const struct run *run_of(const struct glyph_line *line, uint32_t cluster)
{
    return &line->runs[line->text->clusters[cluster].run];
}

static bool is_space(const struct cluster *cluster)
{
    return cluster->class == CLASS_SPACE || cluster->class == CLASS_HARD_SPACE ||
           cluster->class == CLASS_IDEOGRAPHIC_SPACE;
}

static bool is_drawn(const struct cluster *cluster)
{
    return cluster->glyph_count > 0 && cluster->face != NULL;
}

static bool same_look(const struct run *a, const struct run *b)
{
    return a == b ||
           (a->structure == b->structure && a->link == b->link &&
               a->colour == b->colour && a->baseline_shift == b->baseline_shift);
}

/* Whether cluster j goes on with the item that began at cluster i. */
static bool joins(const struct glyph_line *line, uint32_t i, uint32_t j)
{
    const struct cluster *a = &line->text->clusters[i], *b = &line->text->clusters[j];

    return a->face == b->face && a->size == b->size &&
           same_look(run_of(line, i), run_of(line, j));
}

/* Whether a space at a line's beginning is white on the page, as those of code are. */
static bool is_indent(const struct glyph_line *line, uint32_t i)
{
    return line->placed[i].width > 0 && line->text->clusters[i].face != NULL;
}

/* The clusters of a line without the spaces at its ends, but with an indent. */
static struct text_range inner_range(const struct glyph_line *line)
{
    struct text_range inner = {line->start, line->end};

    while (inner.start < inner.end && is_space(&line->text->clusters[inner.start]) &&
           !is_indent(line, inner.start))
        inner.start++;
    while (inner.end > inner.start && is_space(&line->text->clusters[inner.end - 1]))
        inner.end--;
    return inner;
}

/* The end of the item that begins at cluster i, which is drawn or a space. */
static uint32_t item_end(const struct glyph_line *line, uint32_t i, uint32_t inner_end)
{
    const struct cluster *first = &line->text->clusters[i];
    uint32_t last = i + 1;

    for (uint32_t j = i + 1; j < inner_end; j++) {
        const struct cluster *cluster = &line->text->clusters[j];
        bool alike = cluster->run == first->run && cluster->face == first->face &&
                     cluster->size == first->size; /* as most are */

        if (alike && is_drawn(cluster))
            last = j + 1;
        else if ((is_drawn(cluster) || is_space(cluster)) && joins(line, i, j))
            last = j + 1;
        else if (!is_space(cluster) || !same_look(run_of(line, i), run_of(line, j)))
            break;
    }
    return last;
}

/* The face's glyph for a space; 0: it has none. */
static uint32_t space_glyph(const struct face *face)
{
    hb_codepoint_t glyph = 0;

    return hb_font_get_nominal_glyph(face->hb_font, ' ', &glyph) ? glyph : 0;
}

/* A space as it was typed; a tab or a line's end in the source is a plain one. */
static struct text space_text(const struct glyph_line *line, const struct cluster *cluster)
{
    if (cluster->class == CLASS_SPACE)
        return TEXT(" ");
    return text_slice(line->text->text, cluster->start,
        (size_t)cluster->start + cluster->length);
}

/* Room for an item's glyphs and text, being filled. */
struct piece {
    struct item_glyph *glyphs;
    uint32_t count;
    char *text;
    uint32_t length;
    struct text_range *generated; /* of the text */
    uint32_t generated_count;
};

static struct piece piece_new(
    struct arena *arena, const struct glyph_line *line, uint32_t start, uint32_t end)
{
    size_t glyphs = 1, bytes = 4; /* a hyphen may follow */

    for (uint32_t i = start; i < end; i++) {
        const struct cluster *cluster = &line->text->clusters[i];

        glyphs += is_drawn(cluster) ? cluster->glyph_count : 1; /* a space's */
        bytes += cluster->length;
    }
    return (struct piece){.glyphs = ARENA_ARRAY(arena, glyphs, struct item_glyph),
        .text = arena_alloc(arena, bytes)};
}

/* The text from start on is of no source. */
static void piece_generated(struct arena *arena, struct piece *piece, uint32_t start)
{
    struct text_range *ranges = piece->generated;
    uint32_t count = piece->generated_count;

    if (piece->length == start)
        return;
    if (count > 0 && ranges[count - 1].end == start) {
        ranges[count - 1].end = piece->length;
        return;
    }
    if ((count & (count + 1)) == 0) { /* room for 1, 3, 7 … */
        piece->generated =
            ARENA_ARRAY(arena, 2 * (size_t)count + 1, struct text_range);
        for (uint32_t i = 0; i < count; i++)
            piece->generated[i] = ranges[i];
    }
    piece->generated[piece->generated_count++] =
        (struct text_range){start, piece->length};
}

static void piece_glyph(struct piece *piece, const struct glyph *glyph, unit pen,
    const char *bytes, uint32_t length)
{
    piece->glyphs[piece->count++] = (struct item_glyph){
        .id = glyph->id,
        .x = pen + glyph->x_offset,
        .y = glyph->y_offset,
        .advance = glyph->x_advance,
        .text_start = piece->length,
        .text_length = length,
    };
    if (length > 0)
        memcpy(piece->text + piece->length, bytes, length);
    piece->length += length;
}

static void piece_cluster(
    struct piece *piece, const struct glyph_line *line, uint32_t i, unit pen)
{
    const struct cluster *cluster = &line->text->clusters[i];
    const char *bytes = line->text->text.data + cluster->start;

    for (uint32_t g = 0; g < cluster->glyph_count; g++) {
        const struct glyph *glyph = &line->text->glyphs[cluster->first_glyph + g];

        piece_glyph(piece, glyph, pen, bytes, g == 0 ? cluster->length : 0);
        pen += glyph->x_advance;
    }
}

static void piece_space(struct piece *piece, const struct glyph_line *line, uint32_t i,
    const struct face *face, unit pen)
{
    struct glyph glyph = {.id = space_glyph(face), .x_advance = line->placed[i].width};
    struct text text = space_text(line, &line->text->clusters[i]);

    if (glyph.id != 0)
        piece_glyph(piece, &glyph, pen, text.data, (uint32_t)text.length);
}

/* The item of clusters [start, end). */
static void emit_item(
    struct flow *flow, const struct glyph_line *line, uint32_t start, uint32_t end)
{
    const struct cluster *first = &line->text->clusters[start];
    const struct run *run = run_of(line, start);
    unit x = line->placed[start].x;
    struct piece piece = piece_new(&flow->book->arena, line, start, end);
    unit width = line->placed[end - 1].x + line->placed[end - 1].width - x;
    struct item *item;

    for (uint32_t i = start; i < end; i++) {
        uint32_t before = piece.length;

        if (is_drawn(&line->text->clusters[i]))
            piece_cluster(&piece, line, i, line->placed[i].x - x);
        else if (is_space(&line->text->clusters[i]))
            piece_space(&piece, line, i, first->face, line->placed[i].x - x);
        if (run_of(line, i)->span.file == SPAN_NO_FILE)
            piece_generated(&flow->book->arena, &piece, before);
    }
    if (end == line->end && line->hyphenated != NULL) {
        uint32_t before = piece.length;

        piece_glyph(&piece, &line->hyphenated->hyphen, width, "\xC2\xAD", 2); /* U+00AD */
        piece_generated(&flow->book->arena, &piece, before);
        width += line->hyphenated->hyphen.x_advance;
    }
    item =
        page_add_item(&flow->book->pages.data[line->page], ITEM_GLYPHS, run->structure);
    item->artifact = line->artifact;
    item->link = run->link;
    item->x = line->x + x;
    item->y = line->baseline - run->baseline_shift;
    item->width = width;
    item->height = first->size;
    item->colour = run->colour;
    item->u.glyphs.face = first->face;
    item->u.glyphs.size = first->size;
    item->u.glyphs.ascent = line->ascent;
    item->u.glyphs.descent = line->descent;
    item->u.glyphs.text = (struct text){piece.text, piece.length};
    item->u.glyphs.glyphs = piece.glyphs;
    item->u.glyphs.count = piece.count;
    item->u.glyphs.generated = piece.generated;
    item->u.glyphs.generated_count = piece.generated_count;
}

/* An annotation centred above the clusters [start, end) of its base. */
static void emit_ruby(
    struct flow *flow, const struct glyph_line *line, uint32_t start, uint32_t end)
{
    const struct paragraph_text *text = line->text->ruby[line->text->clusters[start].run];
    const struct run *run = run_of(line, start)->ruby;
    struct placed *placed = ARENA_ARRAY(&flow->arena, text->cluster_count, struct placed);
    unit left = line->placed[start].x, pen = 0;
    unit right = line->placed[end - 1].x + line->placed[end - 1].width;
    struct glyph_line above = *line;

    for (uint32_t i = 0; i < text->cluster_count; i++) {
        placed[i] = (struct placed){.x = pen, .width = text->clusters[i].advance};
        pen += text->clusters[i].advance;
    }
    above.x = line->x + (left + right - pen) / 2;
    above.baseline =
        line->baseline - decorate_ruby_rise(run_of(line, start)->size, run->size);
    above.text = text;
    above.runs = run;
    above.placed = placed;
    above.start = 0;
    above.end = text->cluster_count;
    above.hyphenated = NULL;
    glyphs_emit(flow, &above);
}

/* Whether the run's annotation goes here: at the run's first cluster on any line. */
static bool begins_ruby(const struct glyph_line *line, uint32_t i)
{
    uint32_t run = line->text->clusters[i].run;

    return line->text->ruby != NULL && line->text->ruby[run] != NULL &&
           line->runs[run].ruby != NULL &&
           line->text->clusters[i].start == line->text->run_start[run];
}

static uint32_t run_end(const struct glyph_line *line, uint32_t i)
{
    uint32_t run = line->text->clusters[i].run;

    while (i < line->end && line->text->clusters[i].run == run)
        i++;
    return i;
}

/* Paint what begins at cluster i; returns where the next one begins. */
static uint32_t emit_at(
    struct flow *flow, const struct glyph_line *line, uint32_t i, uint32_t inner_end)
{
    const struct cluster *cluster = &line->text->clusters[i];
    uint32_t end = i + 1;

    if (cluster->class == CLASS_MISSING) {
        decorate_missing(flow, line, i);
    } else if (cluster->class == CLASS_OBJECT) {
        figures_emit_object(flow, line, i);
    } else if (is_drawn(cluster) || (is_space(cluster) && cluster->face != NULL)) {
        end = item_end(line, i, inner_end);
        emit_item(flow, line, i, end);
    }
    return end;
}

void glyphs_emit(struct flow *flow, const struct glyph_line *line)
{
    struct text_range inner = inner_range(line);
    uint32_t base = FLOW_NONE, base_end = 0; /* clusters under an annotation */

    for (uint32_t i = inner.start; i < inner.end;) {
        if (begins_ruby(line, i)) {
            base = i;
            base_end = run_end(line, i);
        }
        i = emit_at(flow, line, i, inner.end);
        if (base != FLOW_NONE && i >= base_end) {
            emit_ruby(flow, line, base, base_end);
            base = FLOW_NONE;
        }
    }
    decorate_line(flow, line);
}
