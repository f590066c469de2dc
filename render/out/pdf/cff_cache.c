/* cff_cache: the flattened charstrings of a face, kept as long as the face is open.
 *
 * Over a batch, and in watch, nearly every glyph of an issue was in one before: its
 * charstring is then copied, not flattened again. The cache hangs on HarfBuzz's face as
 * its user data and goes with it, so that no device needs a state that outlives a file.
 * Processes forked from one another have a cache each. */
#include "base/sparse.h"
#include "out/pdf/cff.h"

/* Bytes of a face that are kept: three quarters of all glyphs of a pan-CJK one. Further
 * ones are flattened for each file. */
#define KEPT_LIMIT (8u << 20)

/* Where the charstring of a glyph is. */
struct place {
    uint32_t start;  /* in bytes */
    uint32_t length; /* in bytes */
};

struct cff_cache {
    hb_blob_t *table; /* what cff borrows; owned */
    struct cff cff;
    struct str bytes;         /* charstrings one after another */
    VEC(struct place) places; /* of what is kept, in the order of coming */
    struct sparse kept;       /* by glyph: index + 1 of its place */
};

/* HarfBuzz knows user data by the address of its key and leaves the key alone. */
static const hb_user_data_key_t cache_key;

static void cache_free(void *data)
{
    struct cff_cache *cache = data;
    cff_close(&cache->cff);
    hb_blob_destroy(cache->table);
    str_done(&cache->bytes);
    vec_done(&cache->places);
    sparse_done(&cache->kept);
    memory_free(cache);
}

static struct cff_cache *cache_new(hb_face_t *face)
{
    struct cff cff;
    hb_blob_t *table = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length = 0;
    const char *data = hb_blob_get_data(table, &length);
    if (!cff_open((struct text){data, length}, &cff)) {
        hb_blob_destroy(table);
        return NULL;
    }
    cff.face = face;
    struct cff_cache *cache = memory_alloc(sizeof *cache);
    *cache = (struct cff_cache){.table = table, .cff = cff};
    return cache;
}

struct cff_cache *cff_cache_of(hb_face_t *face)
{
    hb_user_data_key_t *key = (hb_user_data_key_t *)&cache_key;
    struct cff_cache *cache = hb_face_get_user_data(face, key);
    if (cache != NULL)
        return cache;
    cache = cache_new(face);
    if (cache != NULL && !hb_face_set_user_data(face, key, cache, cache_free, true))
        program_stop("no memory for glyphs");
    return cache;
}

const struct cff *cff_cache_font(const struct cff_cache *cache)
{
    return &cache->cff;
}

bool cff_cache_append(struct cff_cache *cache, uint32_t glyph, struct str *out)
{
    if (glyph >= cache->cff.charstrings.count)
        return false;
    uint32_t kept = sparse_get(&cache->kept, glyph);
    if (kept != 0) {
        const struct place *place = &cache->places.data[kept - 1];
        str_append(out, cache->bytes.data + place->start, place->length);
        return true;
    }
    size_t start = out->length;
    if (!cff_flatten(&cache->cff, glyph, out))
        return false;
    size_t length = out->length - start;
    if (cache->bytes.length + length <= KEPT_LIMIT) {
        struct place place = {(uint32_t)cache->bytes.length, (uint32_t)length};
        vec_push(&cache->places, place);
        sparse_set(&cache->kept, glyph, (uint32_t)cache->places.length);
        str_append(&cache->bytes, out->data + start, length);
    }
    return true;
}
