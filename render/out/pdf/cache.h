/* cache: what one PDF file leaves for the next.
 *
 *     compressors        the room that they work in: always
 *     deflated streams   by their bytes: a page, an object stream, a font that has not
 *                        changed is not deflated again
 *     glyph sets         of fonts: a file that needs fewer glyphs than an earlier one gets
 *                        the earlier font, whose streams are there already
 *
 * Streams come out as if they had been deflated now. Glyph sets make a file differ: it may
 * hold glyphs that it no longer shows. Both are bounded, the least recently used goes
 * first. They are kept where the same issue is written again and again (`paiban watch`);
 * where issue comes after issue (batch) only glyphs come again (cff_cache.c).
 *
 * Owned by whoever writes the files, lent to the device through device_options. */
#ifndef PAIBAN_OUT_PDF_CACHE_H
#define PAIBAN_OUT_PDF_CACHE_H

#include "out/pdf/fonts.h"

struct libdeflate_compressor;
struct deflater;
struct pdf_cache; /* opaque */

/* What will be written with the cache. */
enum pdf_series {
    SERIES_NONE,   /* one file: memory that was touched is used again first */
    SERIES_ISSUES, /* issue after issue: what deflates, and glyphs, are kept */
    SERIES_SAME    /* the same issue again and again: everything is */
};

struct pdf_cache *pdf_cache_new(enum pdf_series series);
void pdf_cache_free(struct pdf_cache *cache); /* takes NULL */

/* A file begins. */
void pdf_cache_begin(struct pdf_cache *cache);

/* What deflates, at a level of 0 to 12 and as font programs are; owned by the cache. */
struct libdeflate_compressor *pdf_cache_compressor(struct pdf_cache *cache, int level);
struct deflater *pdf_cache_deflater(struct pdf_cache *cache);

/* The zlib stream of the bytes at a level; false: not known. It is valid until the next
 * call of a function of the cache. */
bool pdf_cache_find(
    struct pdf_cache *cache, struct text bytes, int level, struct text *ret_deflated);
void pdf_cache_keep(
    struct pdf_cache *cache, struct text bytes, int level, struct text deflated);

/* Give a font whose uses are collected the uses of an earlier one of its face that has
 * all of them and not many more; else remember them. The texts of its uses belong to the
 * cache then, until the next file. */
void pdf_cache_widen(struct pdf_cache *cache, struct pdf_font *font);

/* Whether a later file may need the same glyphs. */
bool pdf_cache_keeps_glyphs(const struct pdf_cache *cache);

/* Bytes that the cache holds. */
size_t pdf_cache_size(const struct pdf_cache *cache);

#endif
