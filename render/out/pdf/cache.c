/* cache: compressors, deflated streams, glyph sets; see cache.h. Entries are few, so that
 * they are searched in a row. */
#include "out/pdf/cache.h"

#include <libdeflate.h>
#include <string.h>
#include "out/pdf/deflate.h"

#define LEVELS       13                 /* of libdeflate, 0 to 12 */
#define STREAM_LEAST 64                 /* bytes: a shorter one is deflated as fast */
#define STREAMS_MOST 4096               /* entries */
#define BYTES_MOST   ((size_t)24 << 20) /* of all streams, raw and deflated */
#define SETS_MOST    64                 /* glyph sets: fonts of some issues */
#define SPARE_PART                                                                       \
    8 /* a set may have an eighth more than is needed: what an hour's edits
                          take away, not what another issue needs */
#define SPARE_LEAST 32 /* and so many more in any case */

struct stream {
    uint32_t sum; /* CRC-32 of raw, to search by */
    int level;    /* of deflate */
    struct text raw;
    struct text deflated; /* both in one block that raw.data begins; owned */
    uint64_t used;        /* tick of the last use */
};

/* The uses of a font, as they were collected. */
struct glyph_set {
    hb_face_t *face;          /* a reference */
    VEC(struct pdf_use) uses; /* their texts are in arena */
    uint32_t variants;        /* as in struct pdf_font */
    struct arena arena;
    uint64_t used; /* tick of the last use */
};

struct pdf_cache {
    enum pdf_series series;
    struct libdeflate_compressor *compressors[LEVELS]; /* NULL: not needed yet */
    struct deflater *deflater;                         /* likewise */
    VEC(struct stream) streams;
    VEC(struct glyph_set *) sets;
    size_t bytes;  /* of all streams */
    uint64_t tick; /* counts uses */
    uint64_t file; /* tick at which the file being written began */
};

struct pdf_cache *pdf_cache_new(enum pdf_series series)
{
    struct pdf_cache *cache = memory_alloc(sizeof *cache);
    cache->series = series;
    return cache;
}

static void set_free(struct glyph_set *set)
{
    hb_face_destroy(set->face);
    vec_done(&set->uses);
    arena_done(&set->arena);
    memory_free(set);
}

static void free_compressors(struct pdf_cache *cache)
{
    for (size_t i = 0; i < LEVELS; i++) {
        libdeflate_free_compressor(cache->compressors[i]);
        cache->compressors[i] = NULL;
    }
}

void pdf_cache_free(struct pdf_cache *cache)
{
    if (cache == NULL)
        return;
    for (size_t i = 0; i < cache->streams.length; i++)
        memory_free((char *)(uintptr_t)cache->streams.data[i].raw.data);
    for (size_t i = 0; i < cache->sets.length; i++)
        set_free(cache->sets.data[i]);
    vec_done(&cache->streams);
    vec_done(&cache->sets);
    free_compressors(cache);
    deflater_free(cache->deflater);
    memory_free(cache);
}

void pdf_cache_begin(struct pdf_cache *cache)
{
    cache->file = cache->tick;
}

size_t pdf_cache_size(const struct pdf_cache *cache)
{
    return cache->bytes;
}

bool pdf_cache_keeps_glyphs(const struct pdf_cache *cache)
{
    return cache->series != SERIES_NONE;
}

/* Of one file each level has few streams, and a compressor is half a megabyte: the next
 * takes the place of the last, whose pages the system has zeroed already. */
struct libdeflate_compressor *pdf_cache_compressor(struct pdf_cache *cache, int level)
{
    struct libdeflate_compressor **compressor = &cache->compressors[level];
    if (*compressor == NULL && cache->series == SERIES_NONE)
        free_compressors(cache);
    if (*compressor == NULL)
        *compressor = libdeflate_alloc_compressor(level);
    if (*compressor == NULL)
        program_stop("no memory for compressing");
    return *compressor;
}

struct deflater *pdf_cache_deflater(struct pdf_cache *cache)
{
    if (cache->deflater == NULL)
        cache->deflater = deflater_new();
    return cache->deflater;
}

/* ---- streams ---- */

static uint32_t sum_of(struct text bytes)
{
    return libdeflate_crc32(0, bytes.data, bytes.length);
}

bool pdf_cache_find(
    struct pdf_cache *cache, struct text bytes, int level, struct text *ret_deflated)
{
    if (cache->series != SERIES_SAME || bytes.length < STREAM_LEAST)
        return false;
    uint32_t sum = sum_of(bytes);
    for (size_t i = 0; i < cache->streams.length; i++) {
        struct stream *stream = &cache->streams.data[i];
        if (stream->sum != sum || stream->level != level ||
            !text_equal(stream->raw, bytes))
            continue;
        stream->used = ++cache->tick;
        *ret_deflated = stream->deflated;
        return true;
    }
    return false;
}

static void drop_oldest(struct pdf_cache *cache)
{
    struct stream *oldest = &cache->streams.data[0];
    for (size_t i = 1; i < cache->streams.length; i++) {
        if (cache->streams.data[i].used < oldest->used)
            oldest = &cache->streams.data[i];
    }
    cache->bytes -= oldest->raw.length + oldest->deflated.length;
    memory_free((char *)(uintptr_t)oldest->raw.data);
    *oldest = *vec_last(&cache->streams);
    cache->streams.length--;
}

void pdf_cache_keep(
    struct pdf_cache *cache, struct text bytes, int level, struct text deflated)
{
    size_t size = bytes.length + deflated.length;
    if (cache->series != SERIES_SAME || bytes.length < STREAM_LEAST || size > BYTES_MOST)
        return;
    while (cache->streams.length == STREAMS_MOST || cache->bytes + size > BYTES_MOST)
        drop_oldest(cache);
    char *block = memory_resize(NULL, size, 1);
    memcpy(block, bytes.data, bytes.length);
    memcpy(block + bytes.length, deflated.data, deflated.length);
    struct stream stream = {.sum = sum_of(bytes),
        .level = level,
        .raw = {block, bytes.length},
        .deflated = {block + bytes.length, deflated.length},
        .used = ++cache->tick};
    vec_push(&cache->streams, stream);
    cache->bytes += size;
}

/* ---- glyph sets ---- */

static bool has_use(const struct pdf_font *font, const struct pdf_use *use)
{
    for (uint32_t at = sparse_get(&font->first, use->glyph); at != 0;
         at = font->uses.data[at - 1].next) {
        if (text_equal(font->uses.data[at - 1].text, use->text))
            return true;
    }
    return false;
}

/* Does the set have all that the font needs, and not many more? */
static bool serves(const struct glyph_set *set, const struct pdf_font *font)
{
    size_t count = font->uses.length, spare = count / SPARE_PART, met = 0;
    if (set->face != font->face->hb_face || set->uses.length < count ||
        set->uses.length - count > (spare > SPARE_LEAST ? spare : SPARE_LEAST))
        return false;
    for (size_t i = 0; i < set->uses.length; i++)
        met += has_use(font, &set->uses.data[i]);
    return met == count;
}

static struct glyph_set *set_new(const struct pdf_font *font)
{
    struct glyph_set *set = memory_alloc(sizeof *set);
    *set = (struct glyph_set){
        .face = hb_face_reference(font->face->hb_face), .variants = font->variants};
    arena_init(&set->arena);
    for (size_t i = 0; i < font->uses.length; i++) {
        struct pdf_use use = font->uses.data[i];
        use.text = text_copy(&set->arena, use.text);
        vec_push(&set->uses, use);
    }
    return set;
}

/* Room for a set; sets that the file being written borrows from stay. */
static bool make_room(struct pdf_cache *cache)
{
    size_t oldest = 0;
    if (cache->sets.length < SETS_MOST)
        return true;
    for (size_t i = 1; i < cache->sets.length; i++) {
        if (cache->sets.data[i]->used < cache->sets.data[oldest]->used)
            oldest = i;
    }
    if (cache->sets.data[oldest]->used > cache->file)
        return false;
    set_free(cache->sets.data[oldest]);
    cache->sets.data[oldest] = *vec_last(&cache->sets);
    cache->sets.length--;
    return true;
}

/* Give the font the uses of the set. */
static void adopt(struct pdf_font *font, const struct glyph_set *set)
{
    sparse_clear(&font->first);
    vec_clear(&font->uses);
    for (size_t i = 0; i < set->uses.length; i++) {
        const struct pdf_use *use = &set->uses.data[i];
        vec_push(&font->uses, *use);
        if (use->variant == 0)
            sparse_set(&font->first, use->glyph, (uint32_t)i + 1);
    }
    font->variants = set->variants;
}

void pdf_cache_widen(struct pdf_cache *cache, struct pdf_font *font)
{
    struct glyph_set *best = NULL;
    if (cache->series != SERIES_SAME)
        return;
    for (size_t i = 0; i < cache->sets.length; i++) {
        struct glyph_set *set = cache->sets.data[i];
        if ((best == NULL || set->uses.length < best->uses.length) && serves(set, font))
            best = set;
    }
    if (best != NULL) {
        best->used = ++cache->tick;
        adopt(font, best);
    } else if (make_room(cache)) {
        vec_push(&cache->sets, set_new(font));
        (*vec_last(&cache->sets))->used = ++cache->tick;
    }
}
