/* lines: one shaped paragraph → composed lines.
 *
 * Makes the boxes, has the layout's breaker choose the ends, justifies each line and
 * writes down where every cluster stands. Text that is set left, centred or right is
 * broken alike but not stretched. */
#include "para/lines.h"
#include "para/space.h"

struct setting {
    const struct paragraph_text *text;
    const struct measure *measure;
    struct box_list list;
    struct break_request request;
    struct placed *placed; /* of the paragraph */
    unit *gaps;            /* of the line in hand */
    int32_t loose;         /* mean white above which a line is told, 1/1000 em */
    struct diagnostics *sink;
};

static const break_function breakers[] = {
    [BREAKER_FIRST_FIT] = break_first,
    [BREAKER_OPTIMAL] = break_optimal,
};

static unit paragraph_em(const struct paragraph_text *text)
{
    unit em = 0;
    for (uint32_t i = 0; i < text->run_count; i++)
        if (text->runs[i].size > em)
            em = text->runs[i].size;
    return em > 0 ? em : UNIT_PT;
}

/* Where each cluster of the line stands. x starts at the line's indent. A pen that is not
 * at the body's left edge has been moved to the middle of a body that ruby or even
 * setting widened: the cluster keeps its own width, its sides count as white. */
static void place_clusters(
    struct setting *s, uint32_t start, uint32_t end, const struct fit *fit, unit indent)
{
    const struct box *boxes = s->list.boxes;
    int64_t x = indent;
    if (fit->last != UINT32_MAX)
        x += start == 0 ? boxes[start].first_white : boxes[start].start_white;
    for (uint32_t i = start; i < end; i++) {
        struct placed *placed = &s->placed[i];
        bool set = fit->last != UINT32_MAX && i <= fit->last;
        unit lead = boxes[i].pen > 0 ? boxes[i].pen : 0;
        unit gap = set && i < fit->last ? s->gaps[i - start] : 0;
        placed->x = (unit)(x + boxes[i].pen);
        placed->width = set ? boxes[i].body - 2 * lead : 0;
        placed->gap = gap + (set ? lead : 0);
        x += (set ? boxes[i].body : 0) + gap;
    }
}

static void set_extents(const struct setting *s, struct line *line)
{
    const struct face *face = NULL;
    unit size = 0;
    for (uint32_t i = line->start; i < line->end; i++) {
        const struct cluster *c = &s->text->clusters[i];
        if (c->face == NULL || (c->face == face && c->size == size))
            continue;
        face = c->face;
        size = c->size;
        unit ascent = face_scale(face, face->ascent, size);
        unit descent = face_scale(face, face->descent, size);
        line->ascent = ascent > line->ascent ? ascent : line->ascent;
        line->descent = descent > line->descent ? descent : line->descent;
    }
}

static void align_line(
    const struct setting *s, const struct fit *fit, struct line *line, int64_t width)
{
    int64_t open = fit->available - width;
    if (open <= 0)
        return;
    if (s->measure->align == TEXT_CENTRE)
        line->indent += (unit)(open / 2);
    else if (s->measure->align == TEXT_RIGHT)
        line->indent += (unit)open;
}

#define PIECE_CLUSTERS 24 /* of a text that a message quotes */

/* The text from a cluster on, cut for a message. */
static struct text piece_text(const struct setting *s, uint32_t cluster)
{
    uint32_t end = cluster + 1;
    while (end < s->text->cluster_count && end - cluster < PIECE_CLUSTERS)
        end++;
    const struct cluster *last = &s->text->clusters[end - 1];
    return text_slice(
        s->text->text, s->text->clusters[cluster].start, last->start + last->length);
}

static void tell_overfull(const struct setting *s, const struct line *line)
{
    struct str excess;
    str_init(&excess);
    str_append_pt(&excess, line->width + line->indent - s->measure->width);
    diag_add(s->sink, DIAG_OVERFULL_LINE, cluster_span(s->text, line->start), NULL,
        excess.data);
    str_done(&excess);
}

/* White between the characters that an eye takes for a fault. */
static void tell_loose(const struct setting *s, const struct line *line)
{
    if (line->ratio <= s->loose)
        return;
    struct str white;
    str_init(&white);
    str_append_number(&white, line->ratio / 1000.0, 2);
    struct text text = piece_text(s, line->start);
    diag_add(s->sink, DIAG_LOOSE_LINE, cluster_span(s->text, line->start), NULL,
        white.data, (int)text.length, text.data);
    str_done(&white);
}

static struct line set_line(struct setting *s, uint32_t start, uint32_t end)
{
    struct line line = {.start = start, .end = end};
    struct fit fit = line_fit(&s->list, &s->request, start, end);
    const struct box *boxes = s->list.boxes;
    line.last = end == s->list.count || boxes[end - 1].penalty == PENALTY_FORCED;
    line.indent = start == 0 ? s->measure->first_indent : 0;
    bool stretch = s->request.justify && !line.last;
    int64_t width =
        justify_line(&s->list, &s->request, start, &fit, stretch, s->gaps, &line.ratio);
    line.width = (unit)width;
    line.hang = fit.hangs ? boxes[fit.last].hang : 0;
    line.overfull = width > fit.available;
    line.hyphenated = !line.last && boxes[end - 1].hyphen > 0;
    if (line.hyphenated)
        line.hyphen = glyph_hyphen(
            s->text->clusters[end - 1].face, s->text->clusters[end - 1].size);
    line.tight_run = !line.last && boxes[end - 1].before_run;
    align_line(s, &fit, &line, width);
    place_clusters(s, start, end, &fit, line.indent);
    set_extents(s, &line);
    if (line.overfull)
        tell_overfull(s, &line);
    tell_loose(s, &line);
    return line;
}

static void tell_forced(const struct setting *s, uint32_t cluster)
{
    struct text piece = piece_text(s, cluster);
    diag_add(s->sink, DIAG_UNBREAKABLE_RUN, cluster_span(s->text, cluster), NULL,
        (int)piece.length, piece.data);
}

static void compose_lines(struct setting *s, struct arena *arena, struct arena *scratch,
    enum breaker breaker, struct composed *ret_composed)
{
    uint32_t count = s->list.count;
    uint32_t *ends = ARENA_ARRAY(scratch, (size_t)count + 1, uint32_t);
    uint32_t line_count = breakers[breaker](&s->list, &s->request, ends);
    struct line *lines = ARENA_ARRAY(arena, line_count, struct line);
    uint32_t start = 0;
    for (uint32_t i = 0; i < line_count; i++) {
        lines[i] = set_line(s, start, ends[i]);
        start = ends[i];
    }
    ret_composed->lines = lines;
    ret_composed->line_count = line_count;
}

void lines_compose(struct arena *arena, struct arena *scratch,
    const struct paragraph_text *text, const struct line_rules *rules,
    struct measure measure, struct composed *ret_composed, struct diagnostics *sink)
{
    struct setting s = {.text = text, .measure = &measure, .sink = sink};
    uint32_t forced;
    s.list = space_boxes(scratch, text, rules, &measure, &forced);
    s.loose = rules->han_gap_most;
    s.request = (struct break_request){
        .width = measure.width,
        .first_indent = measure.first_indent,
        .em = paragraph_em(text),
        .justify = measure.align == TEXT_JUSTIFY,
        .hang_only_unshrunk = rules->hang_only_unshrunk,
        .avoid_lone = rules->avoid_lone_character || measure.align == TEXT_CENTRE,
    };
    s.placed = ARENA_ARRAY(arena, (size_t)text->cluster_count + 1, struct placed);
    s.gaps = ARENA_ARRAY(scratch, (size_t)text->cluster_count + 1, unit);
    if (forced != UINT32_MAX)
        tell_forced(&s, forced);
    ret_composed->text = text;
    ret_composed->placed = s.placed;
    /* centred lines are titles: whatever fills the lines of the text, they are balanced
     */
    enum breaker breaker =
        measure.align == TEXT_CENTRE ? BREAKER_OPTIMAL : rules->breaker;
    compose_lines(&s, arena, scratch, breaker, ret_composed);
}
