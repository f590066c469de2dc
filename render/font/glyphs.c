/* glyphs: groups of 64 characters, filled in character by character; see glyphs.h. What
 * lies above the groups is asked of HarfBuzz each time: nothing there is common. The Hanzi
 * of an issue are all over their block, so groups are small. */
#include "font/glyphs.h"

#define GROUP_SIZE  64u
#define GROUP_COUNT (0x30000u / GROUP_SIZE) /* of the planes with text: 0, 1, 2 */
#define ABSENT      (-1)                    /* an advance: there is no glyph */

/* Both 0: not looked up yet. */
struct entry {
    uint32_t glyph;
    int32_t advance; /* font units */
};

struct face_glyphs {
    struct entry *groups[GROUP_COUNT]; /* GROUP_SIZE entries each; NULL: none is known */
};

struct face_glyphs *face_glyphs_new(void)
{
    return memory_alloc(sizeof(struct face_glyphs));
}

void face_glyphs_free(struct face_glyphs *glyphs)
{
    if (glyphs == NULL) {
        return;
    }
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        memory_free(glyphs->groups[i]);
    }
    memory_free(glyphs);
}

static struct entry look_up(const struct face *face, uint32_t codepoint)
{
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(face->hb_font, codepoint, &glyph)) {
        return (struct entry){0, ABSENT};
    }
    return (struct entry){glyph, hb_font_get_glyph_h_advance(face->hb_font, glyph)};
}

static struct entry *entry_of(struct face_glyphs *glyphs, uint32_t codepoint)
{
    struct entry **group = &glyphs->groups[codepoint / GROUP_SIZE];
    if (*group == NULL) {
        *group = memory_alloc(GROUP_SIZE * sizeof **group);
    }
    return &(*group)[codepoint % GROUP_SIZE];
}

bool face_glyph(
    const struct face *face, uint32_t codepoint, uint32_t *ret_glyph, int *ret_advance)
{
    struct entry entry;
    if (face->glyphs == NULL || codepoint >= GROUP_COUNT * GROUP_SIZE) {
        entry = look_up(face, codepoint);
    } else {
        struct entry *known = entry_of(face->glyphs, codepoint);
        if (known->glyph == 0 && known->advance == 0) {
            *known = look_up(face, codepoint);
        }
        entry = *known;
    }
    if (entry.glyph == 0 && entry.advance == ABSENT) {
        return false;
    }
    *ret_glyph = entry.glyph;
    *ret_advance = entry.advance;
    return true;
}

bool face_has(const struct face *face, uint32_t codepoint)
{
    uint32_t glyph;
    int advance;
    return face_glyph(face, codepoint, &glyph, &advance);
}
