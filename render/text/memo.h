/* memo: words that HarfBuzz has shaped before. Only text/ includes this.
 *
 * Words of Latin script come again and again, over the issues of a batch even more. What
 * HarfBuzz makes of one depends on the font, the script, the language, the features and its
 * characters; on those around it only in scripts whose letters join, which are left to
 * HarfBuzz each time. */
#ifndef PAIBAN_TEXT_MEMO_H
#define PAIBAN_TEXT_MEMO_H

#include <hb.h>
#include "base/hash.h"
#include "base/vec.h"

/* A glyph as HarfBuzz gives it: lengths in units of the font. */
struct shaped_glyph {
    uint32_t id;
    uint32_t character; /* index in the paragraph; kept: from the word's first */
    int32_t x_advance, x_offset, y_offset;
    bool unsafe; /* not to be broken before it */
};

/* What a word is shaped with. */
struct memo_key {
    hb_font_t *font;
    hb_script_t script;
    hb_language_t language;
    unsigned features;          /* how many of the list are used */
    const uint32_t *codepoints; /* borrowed */
    uint32_t count;
};

struct memo {
    struct map words;   /* by the bytes of a key: struct memo_word */
    struct arena arena; /* of the words */
    struct str bytes;   /* of the key looked up last */
};

struct memo_word {
    const struct shaped_glyph *glyphs;
    uint32_t count;
};

void memo_done(struct memo *memo); /* takes the never used, zeroed */

/* The word; NULL: not known. A key that cannot be kept leaves memo->bytes empty. */
const struct memo_word *memo_find(struct memo *memo, const struct memo_key *key);
/* Keep what was looked up last; `first` is the word's first character. */
void memo_keep(struct memo *memo, const struct shaped_glyph *glyphs, uint32_t count,
    uint32_t first);

#endif
