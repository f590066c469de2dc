/* glyphs: groups of 64 characters, filled in character by character; see glyphs.h. What
 * lies above the planes is asked of HarfBuzz each time: nothing there is common. The Hanzi
 * of an issue are all over their block, so groups are small. */
#include "font/glyphs.h"

#define GROUP_SIZE  64u
#define PLANE_SIZE  0x10000u
#define PLANE_COUNT 3u     /* of the planes with text: 0, 1, 2 */
#define ABSENT      UINT16_MAX /* an advance: there is no glyph */

/* Both 0: not looked up yet. */
struct entry {
    uint16_t glyph;
    uint16_t advance; /* font units */
};

struct plane {
    struct entry *groups[PLANE_SIZE / GROUP_SIZE]; /* NULL: nothing of it is known */
};

struct face_glyphs {
    struct plane *planes[PLANE_COUNT]; /* likewise */
};

struct face_glyphs *face_glyphs_new(void)
{
    return memory_alloc(sizeof(struct face_glyphs));
}

static void plane_free(struct plane *plane)
{
    if (plane == NULL) {
        return;
    }
    for (size_t i = 0; i < PLANE_SIZE / GROUP_SIZE; i++) {
        memory_free(plane->groups[i]);
    }
    memory_free(plane);
}

void face_glyphs_free(struct face_glyphs *glyphs)
{
    if (glyphs == NULL) {
        return;
    }
    for (size_t i = 0; i < PLANE_COUNT; i++) {
        plane_free(glyphs->planes[i]);
    }
    memory_free(glyphs);
}

static struct entry *entry_of(struct face_glyphs *glyphs, uint32_t codepoint)
{
    struct plane **plane = &glyphs->planes[codepoint / PLANE_SIZE];
    if (*plane == NULL) {
        *plane = memory_alloc(sizeof **plane);
    }
    struct entry **group = &(*plane)->groups[codepoint % PLANE_SIZE / GROUP_SIZE];
    if (*group == NULL) {
        *group = memory_alloc(GROUP_SIZE * sizeof **group);
    }
    return &(*group)[codepoint % GROUP_SIZE];
}

/* Ask HarfBuzz. False: there is no glyph. */
static bool look_up(
    const struct face *face, uint32_t codepoint, uint32_t *ret_glyph, int *ret_advance)
{
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(face->hb_font, codepoint, &glyph)) {
        return false;
    }
    *ret_glyph = glyph;
    *ret_advance = hb_font_get_glyph_h_advance(face->hb_font, glyph);
    return true;
}

bool face_glyph(
    const struct face *face, uint32_t codepoint, uint32_t *ret_glyph, int *ret_advance)
{
    if (face->glyphs == NULL || codepoint >= PLANE_COUNT * PLANE_SIZE) {
        return look_up(face, codepoint, ret_glyph, ret_advance);
    }
    struct entry *known = entry_of(face->glyphs, codepoint);
    if (known->glyph == 0 && known->advance == 0) {
        bool found = look_up(face, codepoint, ret_glyph, ret_advance);
        if (!found) {
            *known = (struct entry){0, ABSENT};
        } else if (*ret_glyph <= UINT16_MAX && *ret_advance >= 0 &&
                   *ret_advance < ABSENT) {
            *known = (struct entry){(uint16_t)*ret_glyph, (uint16_t)*ret_advance};
        }
        return found;
    }
    *ret_glyph = known->glyph;
    *ret_advance = known->advance;
    return known->glyph != 0 || known->advance != ABSENT;
}

bool face_has(const struct face *face, uint32_t codepoint)
{
    uint32_t glyph;
    int advance;
    return face_glyph(face, codepoint, &glyph, &advance);
}
