/* decorate: see decorate.h. All lengths are parts of the run's type size, in 1/1000:
 *
 *     ──────  +880   top of the Han body
 *     ══════  +300   strike
 *     ──────     0   baseline
 *     ──────  −120   bottom of the body
 *     ══════  −180   underline, name line, book line
 *        •    −330   emphasis dot
 *
 * They must stay inside the pitch: 1.5 em leaves 370 below the baseline.
 */
#include "flow/decorate.h"

#include <string.h>

#define BODY_ASCENT    880
#define BODY_DESCENT   120
#define STRIKE_RISE    300
#define LINE_FALL      180 /* nearer than the dot (clreq) */
#define DOT_FALL       330
#define DOT_SIZE       140
#define LINE_THICKNESS 45
#define LINE_INSET     60 /* at both ends of name and book lines: neighbours stay apart */
#define WAVE_LENGTH    300 /* of a book line */
#define WAVE_RISE      45
#define RUBY_GAP       40 /* of the annotation's size */

static unit part(unit size, int thousandths)
{
    return (unit)unit_muldiv(size, thousandths, 1000);
}

unit decorate_ruby_rise(unit base, unit annotation)
{
    return part(base, BODY_ASCENT) + part(annotation, BODY_DESCENT + RUBY_GAP);
}

static void add_rule(struct flow *flow, const struct glyph_line *line,
    const struct run *run, unit x, unit y, unit width)
{
    struct item *item = page_add_item(&flow->book->pages.data[line->page], ITEM_RULE, 0);

    item->artifact = ARTIFACT_LAYOUT;
    item->x = line->x + x;
    item->y = y;
    item->width = width;
    item->height = part(run->size, LINE_THICKNESS);
    item->colour = run->colour;
}

static struct item *add_path(struct flow *flow, uint32_t page, uint32_t structure,
    const struct path_step *steps, uint32_t count)
{
    struct path_step *kept = ARENA_ARRAY(&flow->book->arena, count, struct path_step);
    struct item *item =
        page_add_item(&flow->book->pages.data[page], ITEM_PATH, structure);

    memcpy(kept, steps, count * sizeof *steps);
    item->artifact = ARTIFACT_LAYOUT;
    item->u.path.steps = kept;
    item->u.path.count = count;
    return item;
}

/* 书名号: a wave of half periods, each one curve. */
static void add_wave(struct flow *flow, const struct glyph_line *line,
    const struct run *run, unit x, unit y, unit width)
{
    unit half = part(run->size, WAVE_LENGTH) / 2, rise = part(run->size, WAVE_RISE) * 2;
    uint32_t count = half > 0 && width > half ? (uint32_t)(width / half) : 1;
    struct path_step *steps =
        ARENA_ARRAY(&flow->arena, (size_t)count + 1, struct path_step);
    struct item *item;

    steps[0] = (struct path_step){.op = PATH_MOVE, .y = {rise / 2}};
    for (uint32_t i = 0; i < count; i++) {
        unit from = (unit)unit_muldiv(width, i, count);
        unit to = (unit)unit_muldiv(width, i + 1, count), peak = i % 2 == 0 ? 0 : rise;

        steps[i + 1] = (struct path_step){.op = PATH_CURVE,
            .x = {from + (to - from) / 3, to - (to - from) / 3, to},
            .y = {peak, peak, rise / 2}};
    }
    item = add_path(flow, line->page, 0, steps, count + 1);
    item->x = line->x + x;
    item->y = y;
    item->width = width;
    item->height = rise;
    item->colour = run->colour;
    item->u.path.stroke = part(run->size, LINE_THICKNESS);
}

/* The four curves of a circle of diameter d: 0.5523 is the usual approximation. */
static void add_dot(
    struct flow *flow, const struct glyph_line *line, const struct run *run, unit centre)
{
    unit d = part(run->size, DOT_SIZE), r = d / 2, k = (unit)unit_muldiv(r, 5523, 10000);
    const struct path_step steps[] = {
        {.op = PATH_MOVE, .x = {d}, .y = {r}},
        {.op = PATH_CURVE, .x = {d, r + k, r}, .y = {r + k, d, d}},
        {.op = PATH_CURVE, .x = {r - k, 0, 0}, .y = {d, r + k, r}},
        {.op = PATH_CURVE, .x = {0, r - k, r}, .y = {r - k, 0, 0}},
        {.op = PATH_CURVE, .x = {r + k, d, d}, .y = {0, r - k, r}},
        {.op = PATH_CLOSE},
    };
    struct item *item =
        add_path(flow, line->page, 0, steps, sizeof steps / sizeof *steps);

    item->x = line->x + centre - r;
    item->y = line->baseline + part(run->size, DOT_FALL) - r;
    item->width = item->height = d;
    item->colour = run->colour;
}

/* A dot under each Han of [start, end); none under marks (clreq). */
static void add_dots(struct flow *flow, const struct glyph_line *line,
    const struct run *run, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (line->text->clusters[i].class == CLASS_HAN)
            add_dot(flow, line, run, line->placed[i].x + line->placed[i].width / 2);
}

static void decorate_run(struct flow *flow, const struct glyph_line *line,
    const struct run *run, uint32_t start, uint32_t end)
{
    unit x = line->placed[start].x;
    unit width = line->placed[end - 1].x + line->placed[end - 1].width - x;
    unit inset = part(run->size, LINE_INSET), base = line->baseline - run->baseline_shift;

    if (run->decorations & DECORATION_DOTS)
        add_dots(flow, line, run, start, end);
    if (width <= 2 * inset)
        return;
    if (run->decorations & DECORATION_UNDERLINE)
        add_rule(flow, line, run, x, base + part(run->size, LINE_FALL), width);
    if (run->decorations & DECORATION_STRIKE)
        add_rule(flow, line, run, x, base - part(run->size, STRIKE_RISE), width);
    if (run->decorations & DECORATION_NAME_LINE)
        add_rule(flow, line, run, x + inset, base + part(run->size, LINE_FALL),
            width - 2 * inset);
    if (run->decorations & DECORATION_BOOK_LINE)
        add_wave(flow, line, run, x + inset, base + part(run->size, LINE_FALL),
            width - 2 * inset);
}

void decorate_line(struct flow *flow, const struct glyph_line *line)
{
    for (uint32_t i = line->start, end; i < line->end; i = end) {
        uint32_t run = line->text->clusters[i].run;

        for (end = i + 1; end < line->end && line->text->clusters[end].run == run;)
            end++;
        if (line->runs[run].decorations != 0)
            decorate_run(flow, line, &line->runs[run], i, end);
    }
}

void decorate_wrap(
    struct flow *flow, const struct glyph_line *line, unit x, unit size, uint32_t colour)
{
    unit width = part(size, 450), height = part(size, 400), tip = part(size, 130);
    const struct path_step steps[] = {
        {.op = PATH_MOVE, .x = {width}, .y = {0}},
        {.op = PATH_LINE, .x = {width}, .y = {height}},
        {.op = PATH_LINE, .x = {0}, .y = {height}},
        {.op = PATH_MOVE, .x = {tip}, .y = {height - tip}},
        {.op = PATH_LINE, .x = {0}, .y = {height}},
        {.op = PATH_LINE, .x = {tip}, .y = {height + tip}},
    };
    struct item *item =
        add_path(flow, line->page, 0, steps, sizeof steps / sizeof *steps);

    item->x = line->x + x;
    item->y = line->baseline - height;
    item->width = width;
    item->height = height + tip;
    item->colour = colour;
    item->u.path.stroke = part(size, LINE_THICKNESS);
}

/* Hexadecimal digits as the seven strokes of a pocket calculator, so that no font is
 * needed:
 *     0
 *   5   1
 *     6
 *   4   2
 *     3
 * */
static const uint8_t strokes[16] = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F,
    0x6F, 0x77, 0x7C, 0x39, 0x5E, 0x79, 0x71};
static const uint8_t stroke_ends[7][4] = {/* x y x y, in digit widths and half heights */
    {0, 0, 1, 0}, {1, 0, 1, 1}, {1, 1, 1, 2}, {0, 2, 1, 2}, {0, 1, 0, 2}, {0, 0, 0, 1},
    {0, 1, 1, 1}};

#define MISSING_STEPS_MAX (5 + 6 * 7 * 2) /* a frame, six digits of seven strokes */

struct steps {
    struct path_step list[MISSING_STEPS_MAX];
    uint32_t count;
};

static void add_step(struct steps *steps, enum path_op op, unit x, unit y)
{
    steps->list[steps->count++] = (struct path_step){.op = op, .x = {x}, .y = {y}};
}

static void add_frame(struct steps *steps, unit width, unit height)
{
    add_step(steps, PATH_MOVE, 0, 0);
    add_step(steps, PATH_LINE, width, 0);
    add_step(steps, PATH_LINE, width, height);
    add_step(steps, PATH_LINE, 0, height);
    add_step(steps, PATH_CLOSE, 0, 0);
}

static void add_digit(
    struct steps *steps, unsigned digit, unit x, unit y, unit w, unit half)
{
    for (int i = 0; i < 7; i++) {
        const uint8_t *ends = stroke_ends[i];

        if ((strokes[digit] >> i & 1) == 0)
            continue;
        add_step(steps, PATH_MOVE, x + ends[0] * w, y + ends[1] * half);
        add_step(steps, PATH_LINE, x + ends[2] * w, y + ends[3] * half);
    }
}

/* Two rows of digits in a box of width × height: 4 digits up to U+FFFF, else 6. */
static void add_code(struct steps *steps, uint32_t codepoint, unit width, unit height)
{
    int columns = codepoint > 0xFFFF ? 3 : 2;
    unit cell = width / (columns + 1), row = height / 3;

    for (int i = 0; i < columns * 2; i++) {
        unsigned digit = codepoint >> (4 * (columns * 2 - 1 - i)) & 15;
        unit x = cell / 2 + cell * (i % columns) + cell / 5;

        add_digit(steps, digit, x, row / 2 + (i / columns) * (row + row / 4),
            cell * 3 / 5, row * 3 / 8);
    }
}

void decorate_missing(struct flow *flow, const struct glyph_line *line, uint32_t cluster)
{
    const struct cluster *missing = &line->text->clusters[cluster];
    const struct run *run = &line->runs[missing->run];
    unit width = missing->advance * 9 / 10, height = part(missing->size, 900);
    uint32_t structure = run->structure;
    struct steps steps = {.count = 0};
    struct item *item;

    if (structure != 0) { /* what is read aloud and copied in its place */
        structure = book_add_structure(flow->book, STRUCTURE_SPAN, structure);
        flow->book->structures.data[structure].actual = arena_copy(
            &flow->book->arena, line->text->text.data + missing->start, missing->length);
    }
    add_frame(&steps, width, height);
    add_code(&steps, missing->codepoint, width, height);
    item = add_path(flow, line->page, structure, steps.list, steps.count);
    item->artifact = line->artifact;
    item->link = run->link;
    item->x = line->x + line->placed[cluster].x + (missing->advance - width) / 2;
    item->y = line->baseline - run->baseline_shift - part(missing->size, 830);
    item->width = width;
    item->height = height;
    item->colour = run->colour;
    item->u.path.stroke = part(missing->size, 30);
}
