/* borders: where a line may break (UAX 14) and where a grapheme cluster begins (UAX 29). */
#ifndef PAIBAN_TEXT_BORDERS_H
#define PAIBAN_TEXT_BORDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What holds of the place before a character. */
enum border {
    BORDER_LINE = 1,       /* a line may break here */
    BORDER_CLUSTER = 2,    /* an extended grapheme cluster begins here */
    BORDER_DICTIONARY = 4, /* between letters of a script that is broken by a dictionary */
};

/* What holds of each place: before codepoints[0], …, behind the last, in count + 1 sets of
 * enum border, by the default rules of Unicode 15 (UAX 14 revision 50 with numbers as in
 * 8.2 example 7; UAX 29 revision 41). The first place is no break, the last one is.
 *
 * True: a place is BORDER_DICTIONARY (UAX 14 class SA: Thai, Lao, Khmer, Myanmar …); the
 * rules alone keep such letters together as Latin ones. */
bool borders_find(const uint32_t *codepoints, size_t count, uint8_t *ret_borders);

#endif
