/* embellish: how outlines are slanted and thickened when a family has no italic or bold
 * face. Every device uses these numbers, so that their pictures agree. */
#ifndef PAIBAN_OUT_EMBELLISH_H
#define PAIBAN_OUT_EMBELLISH_H

/* x is moved by this part of the height above the baseline: 12°, the angle that text
 * fonts' own obliques have. */
#define EMBELLISH_SLANT 0.2126
/* Outlines are stroked with a line of this part of the type size, half of it outside: the
 * stems of Noto Serif CJK grow from Regular's to about SemiBold's. */
#define EMBELLISH_STROKE (1.0 / 36)

#endif
