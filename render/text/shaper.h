/* shaper: what the stages of shaping share. Only text/ includes this.
 *
 *     runs ─ shape.c ─→ characters ─ resolve.c ─→ classes ─ analyse.c ─→ borders,
 *     clusters ─ shape.c ─→ faces, glyphs, advances
 * */
#ifndef PAIBAN_TEXT_SHAPER_H
#define PAIBAN_TEXT_SHAPER_H

#include <hb.h>
#include "base/vec.h"
#include "text/class.h"
#include "text/cluster.h"
#include "text/direct.h"
#include "text/memo.h"

enum text_language { LANGUAGE_HANS, LANGUAGE_HANT, LANGUAGE_JA, LANGUAGE_OTHER };

/* One code point of the paragraph; a forced break and an object count as one. */
struct character {
    uint32_t codepoint;
    uint32_t offset;  /* byte offset in the paragraph's text */
    uint32_t run;     /* index of its run */
    uint8_t raw;      /* class by the table */
    uint8_t class;    /* enum cluster_class, by the neighbours */
    uint8_t language; /* enum text_language, of its run */
    uint8_t left;     /* enum context of resolve.c: what stands to the left */
    uint8_t right;    /* and to the right */
    bool wide;        /* from the run's Han role, not the Latin one */
    bool joined; /* belongs to the cluster of the character before: 2nd of —— or …… */
    bool glued; /* no break before it: inside a number */
};

/* A stage's own knowledge of a cluster, beside struct cluster. */
struct piece {
    uint32_t first;     /* index of its first character */
    uint32_t count;     /* of characters */
    hb_script_t script; /* to shape in */
    bool wide;          /* from the run's Han role */
    bool dead;          /* its glyph is part of the cluster before */
};

/* The faces of a run, found when first needed. */
struct run_faces {
    const struct face *han;
    const struct face *latin;
};

/* Hyphenation patterns, loaded when first asked for. */
struct hyphenator {
    struct _HyphenDict *patterns; /* libhyphen's; NULL: none, or not tried */
    bool tried;
};

/* The module for scripts without spaces, opened when first asked for. */
struct dictionary {
    const struct dictionary_module *module; /* NULL: it is not there, or not tried */
    bool tried;
};

struct shaper {
    struct fonts *fonts;
    hb_buffer_t *buffer;
    hb_language_t languages[LANGUAGE_OTHER + 1]; /* by enum text_language */
    VEC(struct character) characters;
    VEC(uint32_t) codepoints; /* of characters, for HarfBuzz */
    VEC(uint32_t) analysis;   /* the same as the rules for borders get them */
    VEC(uint8_t) borders;     /* sets of enum border, one more than characters */
    VEC(struct cluster) clusters;
    VEC(struct piece) pieces; /* one per cluster */
    VEC(struct glyph) glyphs;
    VEC(struct run_faces) faces; /* one per run */
    struct hyphenator hyphenator;
    struct direct direct;
    struct memo memo;
    VEC(struct shaped_glyph) shaped; /* of a stretch, by HarfBuzz */
    struct dictionary dictionary;
    const char *module_folder; /* borrowed */
};

/* Fill in class, wide, joined and glued of all characters. */
void resolve_classes(struct character *characters, size_t count, const struct run *runs);
/* What holds of the places between the characters into shaper->borders. */
void analyse_breaks(struct shaper *shaper, struct diagnostics *sink);
/* A grapheme cluster begins at character i. */
bool analyse_begins_cluster(const struct shaper *shaper, size_t i);
/* enum break_after behind the cluster whose last character is `last`. */
enum break_after analyse_break_after(
    const struct shaper *shaper, const struct run *runs, size_t last);

/* Set hyphen_after where English patterns allow one inside a word of a shaped paragraph.
 */
void hyphenate_words(
    struct shaper *shaper, struct paragraph_text *p, struct diagnostics *sink);
void hyphenator_done(struct hyphenator *hyphenator); /* takes the never used, zeroed */

#endif
