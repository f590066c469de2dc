/* unit: the integer length of the whole program, and lengths as people write them.
 *
 * One unit is 1/1024 pt (Pango's unit; 72 pt = 1 inch). Lengths are int32 (`unit`); sums
 * and positions in lists are int64. Integers keep golden files equal on every machine.
 *
 * A written length may depend on its place: `em` on the element's type size, `lines` on
 * the body's line pitch, `chars` on the body's character pitch. It is read to a struct
 * length and resolved once those are known. 号 sizes are the Chinese type sizes (小四 = 12
 * pt, 三号 = 15.75 pt; with Word's rounding 16 pt).
 */
#ifndef PAIBAN_BASE_UNIT_H
#define PAIBAN_BASE_UNIT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

typedef int32_t unit; /* 1/1024 pt */

#define UNIT_PT  1024
#define UNIT_MAX ((unit)(UNIT_PT * 1000000)) /* larger lengths are refused on reading */

enum length_kind {
    LENGTH_ABSOLUTE, /* value in pt (mm, cm, in, pt and 号 are converted on reading) */
    LENGTH_EM,       /* value × the element's size */
    LENGTH_LINES,    /* value × the body's line pitch */
    LENGTH_CHARS     /* value × the body's character pitch (else its type size) */
};

struct length {
    double value;
    enum length_kind kind;
};

struct length_context {
    unit em;             /* the element's type size */
    unit line_pitch;     /* of the body */
    unit character_pitch; /* of the body */
};

unit unit_from_pt(double pt); /* rounds to nearest */
unit unit_from_mm(double mm);
double unit_to_pt(int64_t length);
/* a × b / c in 64 bits, rounded to nearest; c > 0. */
int64_t unit_muldiv(int64_t a, int64_t b, int64_t c);

/* Read "12pt", "2.54cm", "15 mm", "1in", "2em", "1.5 lines", "28chars", "小四", "三号".
 * A bare 0 is 0 pt; any other bare number is refused. False leaves *ret untouched.
 * word_sizes: take Word's rounding of 号 sizes (三号 = 16 pt). */
bool length_parse(struct text t, bool word_sizes, struct length *ret_length);
unit length_resolve(struct length length, const struct length_context *context);
/* "12", "25.5": pt with at most 3 decimals. */
void str_append_pt(struct str *s, int64_t length);

#endif
