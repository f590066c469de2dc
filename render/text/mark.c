/* mark: the body of full-width marks, and the white in it that may go.
 *
 *     zh-Hans  |，  |   |“|      zh-Hant  | ， |      ja  |，  | | ： | | ！ |
 *               ^^^^ ink_right    ink_left and ink_right ¼ em each      ！？ keep theirs
 *
 * clreq 3.1.3 and 3.1.6: openers have their white on the left, closers on the right; the
 * other marks on the right in mainland style, on both sides where marks are centred
 * (Taiwan, Hong Kong); JLREQ 3.1.2: ： ； ・ are centred, ？ ！ are never squeezed.
 * GB/T 15834 5.1.7: the interpunct takes half a character.
 *
 * A font of the other style (AR PL UKai has the marks of Taiwan in its mainland face also)
 * gets its marks moved to where they belong: squeezing trims the white that should be there.
 */
#include "text/mark.h"

enum ink { INK_NONE, INK_LEFT_HALF, INK_RIGHT_HALF, INK_CENTRED };

static enum ink ink_of(const struct cluster *cluster, enum text_language language)
{
    bool colon = cluster->codepoint == 0xFF1A || cluster->codepoint == 0xFF1B;
    switch (cluster->class) {
    case CLASS_OPENER:
        return INK_RIGHT_HALF;
    case CLASS_CLOSER:
        return INK_LEFT_HALF;
    case CLASS_COMMA:
    case CLASS_STOP:
        if (language == LANGUAGE_HANT || (language == LANGUAGE_JA && colon)) {
            return INK_CENTRED;
        }
        return INK_LEFT_HALF;
    case CLASS_EXCLAMATION:
        if (language == LANGUAGE_JA || cluster->codepoint < 0x3000) {
            return INK_NONE;
        }
        return language == LANGUAGE_HANT ? INK_CENTRED : INK_LEFT_HALF;
    case CLASS_INTERPUNCT:
        return INK_CENTRED;
    default:
        return INK_NONE;
    }
}

/* The body a class has by rule, or the font's advance where there is none. */
static unit body_of(const struct cluster *cluster)
{
    switch (cluster->class) {
    case CLASS_OPENER:
    case CLASS_CLOSER:
    case CLASS_COMMA:
    case CLASS_STOP:
    case CLASS_EXCLAMATION:
        return cluster->size;
    case CLASS_INTERPUNCT:
        return cluster->advance > cluster->size * 3 / 4 ? cluster->size
                                                        : cluster->size / 2;
    case CLASS_DASH:
        return cluster->codepoint == 0x2E3B ? 3 * cluster->size : 2 * cluster->size;
    default:
        return cluster->advance;
    }
}

/* Move the ink so that it stands in the body as it should. */
static void place(struct cluster *cluster, struct glyph *glyphs, unit body, enum ink ink)
{
    unit extra = body - cluster->advance;
    unit shift = ink == INK_RIGHT_HALF ? extra : ink == INK_LEFT_HALF ? 0 : extra / 2;
    for (unsigned i = 0; i < cluster->glyph_count; i++) {
        glyphs[i].x_offset += shift;
    }
    glyphs[cluster->glyph_count - 1].x_advance += extra;
    cluster->advance = body;
}

/* Where the ink of a mark belongs, in hundredths of an em (as in Noto Serif CJK SC). */
#define INK_LEFT   7  /* left edge of ，。、 */
#define INK_BOTTOM 8  /* how far their ink hangs below the baseline */
#define INK_MIDDLE 25 /* of ；：！？ */

/* Move the ink of a centred mark into the left half. */
static void move_left(const struct cluster *cluster, struct glyph *glyphs)
{
    const struct face *face = cluster->face;
    hb_glyph_extents_t ink;
    if (!hb_font_get_glyph_extents(face->hb_font, glyphs[0].id, &ink)) {
        return;
    }
    unit left = face_scale(face, ink.x_bearing, cluster->size);
    unit width = face_scale(face, ink.width, cluster->size);
    unit bottom = face_scale(face, ink.y_bearing + ink.height, cluster->size);
    uint32_t c = cluster->codepoint;
    if (c == 0xFF0C || c == 0x3002 || c == 0x3001 || c == 0xFF0E) {
        glyphs[0].x_offset += cluster->size * INK_LEFT / 100 - left;
        glyphs[0].y_offset -= cluster->size * INK_BOTTOM / 100 + bottom;
    } else {
        glyphs[0].x_offset += cluster->size * INK_MIDDLE / 100 - width / 2 - left;
    }
}

void mark_set_body(
    struct cluster *cluster, struct glyph *glyphs, enum text_language language)
{
    enum ink ink = ink_of(cluster, language);
    unit body = body_of(cluster);
    if (body != cluster->advance) {
        place(cluster, glyphs, body, ink);
    }
    if (ink == INK_LEFT_HALF && cluster->class != CLASS_CLOSER &&
        cluster->face->centred_marks) {
        move_left(cluster, glyphs);
    }
    bool half = body < cluster->size; /* nothing left to give */
    unit part = half ? 0 : ink == INK_CENTRED ? cluster->size / 4 : cluster->size / 2;
    if (ink == INK_RIGHT_HALF || ink == INK_CENTRED) {
        cluster->ink_left = part;
    }
    if (ink == INK_LEFT_HALF || ink == INK_CENTRED) {
        cluster->ink_right = part;
    }
}
