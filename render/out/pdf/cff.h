/* cff: a CFF font program read (cff.c), a part of it written anew (cff_subset.c), and
 * what is kept of it from one file to the next (cff_cache.c). */
#ifndef PAIBAN_OUT_PDF_CFF_H
#define PAIBAN_OUT_PDF_CFF_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"
#include "base/vec.h"
#include "font/fonts.h"

/* An INDEX: an array of byte strings. */
struct cff_index {
    struct text table; /* the whole CFF table, borrowed */
    size_t offsets;    /* where in it the array of offsets begins; all of it is there */
    uint32_t count;    /* of elements */
    unsigned size;     /* of an offset, 1 to 4 bytes */
    size_t end;        /* behind the INDEX */
};

/* What a font dictionary of a CID-keyed font, or the only one of another, says. Operands
 * are the bytes as they stand in the table; "" where the operator is absent. */
struct cff_private {
    struct text matrix;           /* operands of FontMatrix; of the font dictionary */
    struct text default_width;    /* operands of defaultWidthX */
    struct text nominal_width;    /* operands of nominalWidthX */
    struct cff_index subroutines; /* local ones; count 0: none */
};

struct cff {
    hb_face_t *face;              /* whose table it is; NULL: of none; borrowed */
    struct text matrix;           /* operands of FontMatrix in the Top DICT */
    struct text box;              /* operands of FontBBox */
    struct cff_index charstrings; /* by glyph */
    struct cff_index subroutines; /* global ones */
    VEC(struct cff_private) privates;
    struct text select; /* of FDSelect: a byte a glyph, or ranges of 3 bytes; sound */
    enum { SELECT_NONE, SELECT_GLYPHS, SELECT_RANGES } select_format; /* NONE: all [0] */
};

/* False: the table is damaged; nothing is to be closed then. The table is borrowed. */
bool cff_open(struct text table, struct cff *ret_cff);
void cff_close(struct cff *cff); /* takes NULL */
/* An element; "" with a NULL pointer when the table is damaged there. */
struct text cff_index_get(const struct cff_index *index, uint32_t element);
/* The index in privates of a glyph. */
uint32_t cff_private_of(const struct cff *cff, uint32_t glyph);

/* Append the charstring of a glyph without subroutines and hints. False: it is damaged,
 * or has operators that no font of this century has (seac, arithmetic on a stack of its
 * own); what was appended is then of no use. */
bool cff_flatten(const struct cff *cff, uint32_t glyph, struct str *out);
struct cff_cache; /* flattened charstrings of a face */

/* The cache of a face, which ends with the face. NULL: its CFF table is damaged. */
struct cff_cache *cff_cache_of(hb_face_t *face);
const struct cff *cff_cache_font(const struct cff_cache *cache);
/* As cff_flatten(). */
bool cff_cache_append(struct cff_cache *cache, uint32_t glyph, struct str *out);

/* Append a CID-keyed font program with the given glyphs; their CIDs are their places in
 * the list, whose first is glyph 0. cache: of that font, has glyphs or gets them; NULL:
 * none. False: the font is damaged; out is then of no use. */
bool cff_subset(const struct cff *cff, struct cff_cache *cache, const uint32_t *glyphs,
    size_t count, const char *name, struct str *out);

#endif
