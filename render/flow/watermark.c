/* watermark: see watermark.h.
 *
 * The text is set as any other, then its glyphs become outlines that are turned about the
 * page's centre: items of text are upright. A text longer than WIDTH_MOST of the page's
 * diagonal is made smaller. The outlines are made once and shared by all pages. */
#include "flow/watermark.h"

#include <math.h>
#include "flow/blocks.h"
#include "flow/glyphs.h"
#include "font/outline.h"

#define WIDTH_MOST 0.75 /* of the page's diagonal: the ends stay off the corners */
#define PI         3.14159265358979323846

/* From a point beside the text's start, in units, to one on the page. */
struct turn {
    double cosine, sine;   /* with the scale in them */
    double x, y;           /* centre of the text */
    double page_x, page_y; /* centre of the page */
};

static struct text watermark_text(const struct flow *flow)
{
    const struct head *head = &flow->document->head;

    if (head->watermark.value.length > 0)
        return head->watermark.value;
    return head->draft > 0 ? text_of(flow->layout->draft_watermark) : TEXT("");
}

static void turn_point(
    const struct turn *turn, double x, double y, unit *ret_x, unit *ret_y)
{
    double right = x - turn->x, down = y - turn->y;

    *ret_x = (unit)lround(turn->page_x + right * turn->cosine + down * turn->sine);
    *ret_y = (unit)lround(turn->page_y - right * turn->sine + down * turn->cosine);
}

static const enum path_op ops[] = {[OUTLINE_MOVE] = PATH_MOVE,
    [OUTLINE_LINE] = PATH_LINE,
    [OUTLINE_CURVE] = PATH_CURVE,
    [OUTLINE_CLOSE] = PATH_CLOSE};

/* One item of text as a path. */
static struct item turned(
    struct flow *flow, const struct item *glyphs, const struct turn *turn)
{
    const struct face *face = glyphs->u.glyphs.face;
    double scale = (double)glyphs->u.glyphs.size / face->units_per_em;
    struct outline outline = {0};
    VEC(struct path_step) steps = {0};
    struct path_step *kept;
    struct item item = *glyphs;

    for (uint32_t i = 0; i < glyphs->u.glyphs.count; i++) {
        const struct item_glyph *glyph = &glyphs->u.glyphs.glyphs[i];

        vec_clear(&outline.steps);
        face_outline(face, glyph->id, &outline);
        for (size_t j = 0; j < outline.steps.length; j++) {
            const struct outline_step *from = &outline.steps.data[j];
            struct path_step step = {.op = ops[from->op]};

            for (int k = 0; k < 3; k++)
                turn_point(turn, glyphs->x + glyph->x + from->x[k] * scale,
                    glyphs->y - glyph->y - from->y[k] * scale, &step.x[k], &step.y[k]);
            vec_push(&steps, step);
        }
    }
    kept = ARENA_ARRAY(&flow->book->arena, steps.length, struct path_step);
    for (size_t i = 0; i < steps.length; i++)
        kept[i] = steps.data[i];
    item.kind = ITEM_PATH;
    item.x = item.y = 0;
    item.artifact = ARTIFACT_BACKGROUND;
    item.u.path.steps = kept;
    item.u.path.count = (uint32_t)steps.length;
    item.u.path.stroke = 0;
    vec_done(&steps);
    vec_done(&outline.steps);
    return item;
}

static struct turn turn_of(
    const struct flow *flow, const struct page *page, const struct setting *setting)
{
    double width = composed_width(setting->composed);
    double most = WIDTH_MOST * hypot(page->width, page->height);
    double scale = width > most ? most / width : 1;
    double angle = flow->layout->watermark_angle * PI / 180;

    return (struct turn){.cosine = scale * cos(angle),
        .sine = scale * sin(angle),
        .x = width / 2,
        .y = -0.38 * setting->em, /* the middle of a Han is so much above its baseline */
        .page_x = page->width / 2.0,
        .page_y = page->height / 2.0};
}

/* Set the text on the page at its corner, and take it off again as paths. */
static void make(struct flow *flow, uint32_t index, struct text text)
{
    struct page *page = &flow->book->pages.data[index];
    struct run_list list;
    const struct run *runs;
    uint32_t count, number;

    runs_begin(&list, flow, ELEMENT_WATERMARK, 0);
    runs_text(&list, text);
    runs = runs_finish(&list, &count);
    runs_done(&list);
    number = blocks_compose_line(flow, ELEMENT_WATERMARK, runs, count, 0);
    if (number != FLOW_NONE) {
        const struct setting *setting = &flow->settings.data[number];
        struct turn turn = turn_of(flow, page, setting);
        size_t before = page->items.length;

        glyphs_emit(flow, &(struct glyph_line){.page = index,
                              .text = setting->composed->text,
                              .runs = setting->runs,
                              .placed = setting->composed->placed,
                              .end = setting->composed->lines[0].end});
        for (size_t i = before; i < page->items.length; i++)
            if (page->items.data[i].kind == ITEM_GLYPHS)
                vec_push(&flow->watermark, turned(flow, &page->items.data[i], &turn));
        page->items.length = before;
    }
}

void watermark_emit(struct flow *flow, uint32_t index)
{
    struct text text = watermark_text(flow);
    struct page *page = &flow->book->pages.data[index];

    if (text.length == 0)
        return;
    if (flow->watermark.length == 0)
        make(flow, index, text);
    for (size_t i = 0; i < flow->watermark.length; i++) {
        struct item *item = page_add_item(page, ITEM_PATH, 0);

        *item = flow->watermark.data[i];
        item->width = page->width;
        item->height = page->height;
    }
}
