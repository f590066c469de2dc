/* outline: see outline.h. */
#include "font/outline.h"

static struct outline *outline_of(void *data)
{
    return data;
}

static void draw_move(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state,
    float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    vec_push(&outline_of(data)->steps,
        (struct outline_step){.op = OUTLINE_MOVE, .x = {x}, .y = {y}});
}

static void draw_line(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state,
    float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    vec_push(&outline_of(data)->steps,
        (struct outline_step){.op = OUTLINE_LINE, .x = {x}, .y = {y}});
}

static void draw_curve(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state,
    float x1, float y1, float x2, float y2, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    vec_push(&outline_of(data)->steps,
        (struct outline_step){.op = OUTLINE_CURVE, .x = {x1, x2, x}, .y = {y1, y2, y}});
}

static void draw_close(
    hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, void *user)
{
    (void)functions, (void)state, (void)user;
    vec_push(&outline_of(data)->steps, (struct outline_step){.op = OUTLINE_CLOSE});
}

void face_outline(const struct face *face, uint32_t glyph, struct outline *out)
{
    hb_draw_funcs_t *functions = hb_draw_funcs_create();

    hb_draw_funcs_set_move_to_func(functions, draw_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, draw_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, draw_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(functions, draw_close, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face->hb_font, glyph, functions, out);
#else
    hb_font_get_glyph_shape(face->hb_font, glyph, functions, out);
#endif
    hb_draw_funcs_destroy(functions);
}
