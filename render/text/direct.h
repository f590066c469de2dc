/* direct: shaping without HarfBuzz where it would change nothing. Only text/ includes
 * this.
 *
 * Nearly all of Chinese text is one character, one glyph, one advance: HarfBuzz looks for
 * what its rules might do to each, finds nothing, and returns what cmap and hmtx say. A
 * rule of GSUB or GPOS begins to work only at a glyph that it covers. So a face, with a
 * script, a language and features, has a set of glyphs at which anything could begin; a
 * stretch none of whose glyphs is in the set comes out as it went in, whatever the rules
 * are. The set also has the marks, whose advance HarfBuzz takes away. What cannot be
 * known like this goes to HarfBuzz: other scripts than Han and Latin, clusters of several
 * characters, faces with kerning of the old kind or Apple's tables. */
#ifndef PAIBAN_TEXT_DIRECT_H
#define PAIBAN_TEXT_DIRECT_H

#include "base/vec.h"
#include "font/fonts.h"

/* What a stretch is shaped with. */
struct direct_key {
    hb_face_t *face;
    hb_script_t script;
    hb_language_t language;
    unsigned features; /* how many of the list are used */
};

/* The glyphs of one key. */
struct direct_plan {
    struct direct_key key;
    unsigned count;  /* of glyphs in the face */
    uint8_t *active; /* a bit for each glyph at which a rule may begin; owned; NULL: never
                        direct */
};

struct direct {
    VEC(struct direct_plan) plans; /* few: searched in a row */
    size_t last;                   /* the plan found last */
    bool off; /* HarfBuzz shapes everything, words it knows too: tests compare */
};

void direct_done(struct direct *direct); /* takes the never used, zeroed */

struct shaper;
/* Shape the clusters [start, end) of the shaper, all of one face, with that list of
 * features. False: HarfBuzz must; nothing has changed then. */
bool direct_shape(struct shaper *shaper, const struct direct_key *key,
    const hb_feature_t *features, size_t start, size_t end);

#endif
