/* glyf: walks the outlines of a TrueType face without drawing them (OpenType 1.9).
 *
 *     loca[g] … loca[g + 1]   bytes of a glyph in glyf; none: it is empty
 *     simple      contours ≥ 0: ends of contours, instructions, flags, x, y
 *     composed    contours < 0: (flags, glyph, place, scale)+
 *
 * hb-subset makes an empty glyph of one that it cannot read. Such a text would be white
 * on the page and there for search, and nobody would be told; so it is looked for first,
 * once for each glyph as long as the face is open.
 */
#include "out/pdf/glyf.h"

#include "base/sparse.h"
#include "base/str.h"

#define HEADER      10    /* bytes: contours and bounds */
#define DEPTH_LIMIT 16    /* of glyphs composed of composed ones; fonts have 2 */
#define STEP_LIMIT  65536 /* components of one glyph, in all: far above any font's */

enum point_flag { X_SHORT = 2, Y_SHORT = 4, REPEATED = 8, X_SAME = 16, Y_SAME = 32 };
enum component_flag { WORDS = 1, SCALE = 8, MORE = 32, SCALE_XY = 64, MATRIX = 128 };

struct outlines {
    struct text glyf, loca; /* borrowed from their blobs */
    bool wide;              /* loca has 32 bits an entry, else 16, of pairs of bytes */
    uint32_t steps;         /* components walked of the glyph that is looked at */
};

static struct text bytes_of(hb_blob_t *blob)
{
    unsigned length = 0;
    const char *data = hb_blob_get_data(blob, &length);
    return (struct text){data, length};
}

static uint32_t u16(struct text t, size_t at)
{
    return (uint32_t)(uint8_t)t.data[at] << 8 | (uint8_t)t.data[at + 1];
}

static uint32_t u32(struct text t, size_t at)
{
    return u16(t, at) << 16 | u16(t, at + 2);
}

/* The bytes of a glyph; false: the tables do not have them. */
static bool find(const struct outlines *o, uint32_t glyph, struct text *ret_bytes)
{
    size_t size = o->wide ? 4 : 2;
    if ((glyph + (size_t)2) * size > o->loca.length)
        return false;
    size_t start = o->wide ? u32(o->loca, glyph * size) : 2 * u16(o->loca, glyph * size);
    size_t end = o->wide ? u32(o->loca, (glyph + (size_t)1) * size)
                         : 2 * u16(o->loca, (glyph + (size_t)1) * size);
    if (start > end || end > o->glyf.length)
        return false;
    *ret_bytes = text_slice(o->glyf, start, end);
    return true;
}

/* Bytes that a point's coordinate takes. */
static size_t coordinate_size(unsigned flags, unsigned small, unsigned same)
{
    return (flags & small) != 0 ? 1 : (flags & same) != 0 ? 0 : 2;
}

/* Flags and coordinates of so many points, from at to the glyph's end. */
static bool check_points(struct text t, size_t at, size_t points)
{
    size_t coordinates = 0;
    while (points > 0) {
        if (at >= t.length)
            return false;
        unsigned flags = (uint8_t)t.data[at++];
        size_t times = 1;
        if ((flags & REPEATED) != 0) {
            if (at >= t.length)
                return false;
            times += (uint8_t)t.data[at++];
        }
        if (times > points)
            return false;
        points -= times;
        coordinates += times * (coordinate_size(flags, X_SHORT, X_SAME) +
                                   coordinate_size(flags, Y_SHORT, Y_SAME));
    }
    return at + coordinates <= t.length;
}

static bool check_simple(struct text t, size_t contours)
{
    size_t at = HEADER + 2 * contours, points = 0;
    if (contours == 0)
        return true;
    if (at + 2 > t.length)
        return false;
    for (size_t i = 0; i < contours; i++) {
        size_t end = u16(t, HEADER + 2 * i) + (size_t)1;
        if (end <= points)
            return false;
        points = end;
    }
    return check_points(t, at + 2 + u16(t, at), points);
}

static bool check_glyph(struct outlines *o, uint32_t glyph, int depth);

static bool check_composed(struct outlines *o, struct text t, int depth)
{
    size_t at = HEADER;
    unsigned flags = MORE;
    while ((flags & MORE) != 0) {
        if (at + 4 > t.length || ++o->steps > STEP_LIMIT || depth == DEPTH_LIMIT ||
            !check_glyph(o, u16(t, at + 2), depth + 1))
            return false;
        flags = u16(t, at);
        at += (flags & WORDS) != 0 ? 8 : 6;
        at += (flags & SCALE) != 0      ? 2U
              : (flags & SCALE_XY) != 0 ? 4U
              : (flags & MATRIX) != 0   ? 8U
                                        : 0U;
    }
    return at <= t.length;
}

static bool check_glyph(struct outlines *o, uint32_t glyph, int depth)
{
    struct text t;
    if (!find(o, glyph, &t))
        return false;
    if (t.length == 0)
        return true;
    if (t.length < HEADER)
        return false;
    uint32_t contours = u16(t, 0);
    return contours < 0x8000 ? check_simple(t, contours) : check_composed(o, t, depth);
}

/* HarfBuzz knows user data by the address of its key and leaves the key alone. */
static const hb_user_data_key_t sound_key;

static void sound_free(void *data)
{
    sparse_done(data);
    memory_free(data);
}

/* The glyphs of the face that were found sound: 1 for each. */
static struct sparse *sound_glyphs(hb_face_t *face)
{
    hb_user_data_key_t *key = (hb_user_data_key_t *)&sound_key;
    struct sparse *sound = hb_face_get_user_data(face, key);
    if (sound != NULL)
        return sound;
    sound = memory_alloc(sizeof *sound);
    if (!hb_face_set_user_data(face, key, sound, sound_free, true))
        program_stop("no memory for glyphs");
    return sound;
}

bool glyf_is_sound(hb_face_t *face, const uint32_t *glyphs, size_t count)
{
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    hb_blob_t *glyf = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    hb_blob_t *loca = hb_face_reference_table(face, HB_TAG('l', 'o', 'c', 'a'));
    bool sound = bytes_of(head).length >= 54;
    struct outlines outlines = {.glyf = bytes_of(glyf), .loca = bytes_of(loca)};
    outlines.wide = sound && u16(bytes_of(head), 50) != 0; /* indexToLocFormat */
    struct sparse *known = sound_glyphs(face);
    for (size_t i = 0; sound && i < count; i++) {
        if (sparse_get(known, glyphs[i]) != 0)
            continue;
        outlines.steps = 0;
        sound = check_glyph(&outlines, glyphs[i], 0);
        if (sound)
            sparse_set(known, glyphs[i], 1);
    }
    hb_blob_destroy(head);
    hb_blob_destroy(glyf);
    hb_blob_destroy(loca);
    return sound;
}
