/* trim: see trim.h. */
#include "flow/trim.h"

#include "flow/emit.h"

/* As printers' own programs draw them. */
#define MARK_LENGTH    (14 * UNIT_PT) /* 5 mm */
#define MARK_DISTANCE  (6 * UNIT_PT)  /* from the corner, where the bleed is narrower */
#define MARK_THICKNESS (UNIT_PT / 4)

static void emit_corner(struct flow *flow, uint32_t page, unit x, unit y, unit distance)
{
    unit far = distance + MARK_LENGTH, half = MARK_THICKNESS / 2;
    unit left = x == 0 ? -far : x + distance, top = y == 0 ? -far : y + distance;

    emit_rule(flow, page, left, y - half, MARK_LENGTH, MARK_THICKNESS, 0, ARTIFACT_PAGE);
    emit_rule(flow, page, x - half, top, MARK_THICKNESS, MARK_LENGTH, 0, ARTIFACT_PAGE);
}

void trim_emit(struct flow *flow, uint32_t index)
{
    const struct layout *layout = flow->layout;
    struct page *page = &flow->book->pages.data[index];
    unit width = page->width, height = page->height;
    unit distance = layout->bleed > MARK_DISTANCE ? layout->bleed : MARK_DISTANCE;

    page->bleed = layout->bleed;
    if (!layout->crop_marks)
        return;
    page->slug = distance + MARK_LENGTH - layout->bleed;
    emit_corner(flow, index, 0, 0, distance);
    emit_corner(flow, index, width, 0, distance);
    emit_corner(flow, index, 0, height, distance);
    emit_corner(flow, index, width, height, distance);
}
