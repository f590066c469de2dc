/* direct: the glyphs at which rules begin, from HarfBuzz's plan; see direct.h. */
#include "text/direct.h"
#include <hb-ot.h>
#include "text/shaper.h"

#define PLANS_MOST     128 /* faces × scripts × languages × features; more: HarfBuzz */
#define FRACTION_SLASH 0x2044 /* HarfBuzz makes fractions of what stands around it */

void direct_done(struct direct *direct)
{
    for (size_t i = 0; i < direct->plans.length; i++) {
        memory_free(direct->plans.data[i].active);
    }
    vec_done(&direct->plans);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool present = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return present;
}

/* Tables by which HarfBuzz shapes besides GSUB and GPOS; `kern` only when no feature is
 * switched off (kerning is the first that is). */
static bool has_other_rules(const struct direct_key *key)
{
    static const hb_tag_t tags[] = {HB_TAG('m', 'o', 'r', 'x'),
        HB_TAG('m', 'o', 'r', 't'), HB_TAG('k', 'e', 'r', 'x'),
        HB_TAG('t', 'r', 'a', 'k')};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (has_table(key->face, tags[i])) {
            return true;
        }
    }
    return key->features == 0 && has_table(key->face, HB_TAG('k', 'e', 'r', 'n'));
}

/* Add the glyphs at which a lookup of GSUB or GPOS begins. */
static void add_inputs(
    hb_face_t *face, hb_shape_plan_t *plan, hb_tag_t table, hb_set_t *set)
{
    hb_set_t *lookups = hb_set_create(), *inputs = hb_set_create();
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
    hb_ot_shape_plan_collect_lookups(plan, table, lookups);
    while (hb_set_next(lookups, &lookup)) {
        hb_ot_layout_lookup_collect_glyphs(face, table, lookup, NULL, inputs, NULL, NULL);
        hb_set_union(set, inputs);
        hb_set_clear(inputs);
    }
    hb_set_destroy(inputs);
    hb_set_destroy(lookups);
}

static void add_marks(hb_face_t *face, hb_set_t *set)
{
    hb_set_t *marks = hb_set_create();
    hb_ot_layout_get_glyphs_in_class(face, HB_OT_LAYOUT_GLYPH_CLASS_MARK, marks);
    hb_set_union(set, marks);
    hb_set_destroy(marks);
}

static uint8_t *bits_of(const hb_set_t *set, unsigned count)
{
    uint8_t *bits = memory_alloc(count / 8 + 1);
    hb_codepoint_t glyph = HB_SET_VALUE_INVALID;
    while (hb_set_next(set, &glyph) && glyph < count) {
        bits[glyph / 8] |= (uint8_t)(1u << glyph % 8);
    }
    return bits;
}

/* The bits of a key; NULL when they would not tell everything. */
static uint8_t *find_active(const struct direct_key *key, const hb_feature_t *features)
{
    if ((key->script != HB_SCRIPT_HAN && key->script != HB_SCRIPT_LATIN) ||
        has_other_rules(key)) {
        return NULL;
    }
    const hb_segment_properties_t properties = {
        .direction = HB_DIRECTION_LTR, .script = key->script, .language = key->language};
    hb_shape_plan_t *plan = hb_shape_plan_create_cached2(
        key->face, &properties, features, key->features, NULL, 0, NULL);
    hb_set_t *set = hb_set_create();
    add_inputs(key->face, plan, HB_OT_TAG_GSUB, set);
    add_inputs(key->face, plan, HB_OT_TAG_GPOS, set);
    add_marks(key->face, set);
    uint8_t *bits = bits_of(set, hb_face_get_glyph_count(key->face));
    hb_set_destroy(set);
    hb_shape_plan_destroy(plan);
    return bits;
}

static bool is_key(const struct direct_key *a, const struct direct_key *b)
{
    return a->face == b->face && a->script == b->script && a->language == b->language &&
           a->features == b->features;
}

/* The plan of a key; NULL: HarfBuzz must shape. */
static const struct direct_plan *plan_of(
    struct direct *direct, const struct direct_key *key, const hb_feature_t *features)
{
    size_t i = direct->last;
    if (i >= direct->plans.length || !is_key(&direct->plans.data[i].key, key)) {
        for (i = 0; i < direct->plans.length; i++) {
            if (is_key(&direct->plans.data[i].key, key)) {
                break;
            }
        }
    }
    if (i == PLANS_MOST) {
        return NULL;
    }
    if (i == direct->plans.length) {
        struct direct_plan plan = {
            *key, hb_face_get_glyph_count(key->face), find_active(key, features)};
        vec_push(&direct->plans, plan);
    }
    direct->last = i;
    return direct->plans.data[i].active != NULL ? &direct->plans.data[i] : NULL;
}

/* The glyph of a cluster by itself into the shaper's; false: a rule may begin there. */
static bool take_glyph(
    struct shaper *shaper, const struct direct_plan *plan, size_t index)
{
    const struct piece *piece = &shaper->pieces.data[index];
    const struct character *c = &shaper->characters.data[piece->first];
    const struct cluster *cluster = &shaper->clusters.data[index];
    uint32_t id;
    int width;
    if (piece->count != 1 || c->raw == RAW_MARK || c->codepoint == FRACTION_SLASH ||
        !face_glyph(cluster->face, c->codepoint, &id, &width) || id >= plan->count ||
        (plan->active[id / 8] >> id % 8 & 1) != 0) {
        return false;
    }
    unit advance = width == cluster->face->units_per_em
                       ? cluster->size
                       : face_scale(cluster->face, width, cluster->size);
    vec_push(&shaper->glyphs, (struct glyph){.id = id, .x_advance = advance});
    return true;
}

bool direct_shape(struct shaper *shaper, const struct direct_key *key,
    const hb_feature_t *features, size_t start, size_t end)
{
    const struct direct_plan *plan =
        shaper->direct.off ? NULL : plan_of(&shaper->direct, key, features);
    size_t first = shaper->glyphs.length;
    if (plan == NULL) {
        return false;
    }
    for (size_t i = start; i < end; i++) {
        if (!take_glyph(shaper, plan, i)) {
            shaper->glyphs.length = first;
            return false;
        }
    }
    for (size_t i = start; i < end; i++) {
        struct cluster *cluster = &shaper->clusters.data[i];
        cluster->first_glyph = (uint32_t)(first + i - start);
        cluster->glyph_count = 1;
        cluster->advance = shaper->glyphs.data[first + i - start].x_advance;
    }
    return true;
}
