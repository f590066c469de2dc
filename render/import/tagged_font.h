/* tagged_font: which characters the codes of a PDF's font stand for. */
#ifndef PAIBAN_IMPORT_TAGGED_FONT_H
#define PAIBAN_IMPORT_TAGGED_FONT_H

#include "base/str.h"
#include "base/vec.h"

/* Codes [first, last] → text[0], or the code point `base` and those that follow. */
struct code_range {
    uint32_t first, last;
    uint32_t base;    /* code point of first; 0: text */
    struct text text; /* UTF-8, owned by the font's arena */
};

struct tagged_font {
    VEC(struct code_range) ranges; /* sorted by first */
    bool wide;                     /* codes of two bytes */
    bool bold;
    bool known; /* it says what its codes stand for, or it is a Latin font */
};

void tagged_font_done(struct tagged_font *font); /* takes NULL */
/* Read a ToUnicode map. */
void tagged_font_read_map(struct arena *arena, struct tagged_font *font, struct text map);
/* Append the characters of a string that is shown. Returns how many codes stand for
 * nothing that is known; *ret_codes: how many there are. */
size_t tagged_font_decode(const struct tagged_font *font, struct text codes,
    struct str *out, size_t *ret_codes);

#endif
