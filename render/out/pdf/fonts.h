/* fonts: the fonts of a PDF file: which glyphs are used for which text, subsets, codes.
 */
#ifndef PAIBAN_OUT_PDF_FONTS_H
#define PAIBAN_OUT_PDF_FONTS_H

#include "base/sparse.h"
#include "out/pdf/objects.h"
#include "page/book.h"

/* A glyph that stands for a text. A glyph that stands for two texts has two of these, in
 * different variants of its font. */
struct pdf_use {
    uint32_t glyph;   /* in the face */
    uint32_t next;    /* index + 1 of the same glyph with another text; 0: none */
    uint32_t variant; /* 0 for its first text, 1 for its second … */
    uint16_t code;    /* what the content stream shows; set by pdf_fonts_write() */
    int32_t width;    /* 1/100,000 em */
    struct text text; /* borrowed from the book */
};

struct pdf_font {
    const struct face *face;  /* borrowed; the first with this hb_face */
    uint32_t glyph_count;     /* of the face */
    struct sparse first;      /* by glyph: index + 1 of its first use */
    VEC(struct pdf_use) uses; /* in order of first appearance */
    uint32_t variants;        /* how many texts the most ambiguous glyph has */
    uint32_t resource;        /* n of /Fn of variant 0; the others follow */
};

struct pdf_fonts {
    VEC(struct pdf_font) list; /* in order of first appearance */
    VEC(uint32_t) resources;   /* object number of /F1, /F2 … */
};

/* What a glyph of an item is shown as. */
struct pdf_shown {
    uint32_t resource; /* n of /Fn */
    uint16_t code;     /* two bytes */
    int32_t width;     /* 1/100,000 em: what a reader advances by */
};

void pdf_fonts_init(struct pdf_fonts *fonts);
void pdf_fonts_done(struct pdf_fonts *fonts); /* takes NULL */
/* Note what an item shows. */
void pdf_fonts_collect(struct pdf_fonts *fonts, const struct item *item);
/* Subset and write all fonts. False after a fatal diagnostic. */
bool pdf_fonts_write(
    struct pdf_fonts *fonts, struct pdf_objects *objects, struct diagnostics *sink);
/* How glyph i of an item that was collected is shown. */
struct pdf_shown pdf_fonts_shown(
    const struct pdf_fonts *fonts, const struct item *item, uint32_t i);
/* The dictionary of all fonts, for a page's resources. */
void pdf_fonts_append(const struct pdf_fonts *fonts, struct str *out);

/* The glyphs [i, end) of an item make one cluster. */
uint32_t pdf_cluster_end(const struct item *item, uint32_t i);
/* Whether the cluster's text must stand beside it as ActualText: it has fewer code
 * points than glyphs, so that it cannot be told glyph by glyph, or several for one
 * glyph that some readers would not give back, or one of private use, for which PDF/A
 * asks it (ISO 19005-2, 6.2.11.7.3). */
bool pdf_cluster_needs_actual(const struct item *item, uint32_t start, uint32_t end);

#endif
