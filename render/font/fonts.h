/* fonts: roles → font files → faces; coverage and fallback.
 *
 * A role (song, hei, kai, fangsong, biaosong, latin-serif, latin-sans, mono, symbols)
 * names families in order of wish in fonts/roles.yaml; fontconfig, through a small
 * private configuration, says which are installed. A face is one face of one file,
 * mapped, opened once and kept as long as struct fonts (over a whole batch). fontconfig
 * and FreeType stay in this folder; HarfBuzz objects are lent to text/ and out/pdf. */
#ifndef PAIBAN_FONT_FONTS_H
#define PAIBAN_FONT_FONTS_H

#include <stdbool.h>
#include <stdint.h>
#include <hb.h>
#include "base/files.h"
#include "base/str.h"
#include "base/unit.h"

enum font_role {
    ROLE_SONG,
    ROLE_HEI,
    ROLE_KAI,
    ROLE_FANGSONG,
    ROLE_BIAOSONG,
    ROLE_LATIN_SERIF,
    ROLE_LATIN_SANS,
    ROLE_MONO,
    ROLE_SYMBOLS,
    ROLE_COUNT
};

struct face {
    uint32_t id;         /* index in the order of opening, from 0 */
    const char *path;    /* of the font file */
    unsigned index;      /* of the face in a collection; with the named instance in the
                            upper 16 bits */
    uint64_t digest;     /* of what the font is, wherever its file lies */
    const char *family;  /* as fontconfig names it, for messages */
    int weight;          /* of the face, CSS value */
    bool italic;
    bool slant;          /* set the outlines at a slant: an italic was asked for and there
                            is none */
    bool embolden;       /* thicken the outlines: bold was asked for and there is none */
    hb_face_t *hb_face;
    hb_font_t *hb_font;  /* scale = units_per_em: advances are in font units */
    int units_per_em;
    int ascent, descent; /* font units, above and below the baseline (descent positive) */
    bool centred_marks;  /* ，is in the middle of its em, as in Taiwan and Hong Kong */
    int underline_position, underline_thickness; /* font units; position below the
                                                    baseline positive */
    struct face_glyphs *glyphs; /* what face_glyph() remembers; owned; NULL: nothing */
};

struct fonts; /* opaque */

/* data: folder that holds fonts/roles.yaml and fonts/fonts.conf. keep: what is installed is
 * kept in the user's cache for the next start, where it is not yet. NULL after a fatal
 * diagnostic. */
struct fonts *fonts_open(
    const char *data, bool keep, struct files *files, struct diagnostics *sink);
void fonts_close(struct fonts *fonts); /* takes NULL */

bool font_role_parse(const char *name, enum font_role *ret_role);
const char *font_role_name(enum font_role role);

/* The face of a role at a weight, for a language (zh-Hans, zh-Hant, ja, en: picks the SC,
 * TC or JP face of a pan-CJK family). A family other than the first wish is told once as
 * a note. NULL after a fatal diagnostic: none of the role's families is installed (the
 * hint names the package). */
const struct face *fonts_face(struct fonts *fonts, enum font_role role, int weight, bool italic,
    const char *language, struct diagnostics *sink);
/* A face that has all of the code points (one cluster), else NULL: the role's further
 * families, then symbols, then any installed font by fontconfig's coverage. */
const struct face *fonts_fallback(struct fonts *fonts, enum font_role role, int weight,
    const char *language, const uint32_t *codepoints, size_t count);
bool face_has(const struct face *face, uint32_t codepoint);
/* The glyph that a face has for a character, before any substitution, and its advance in
 * font units. False: there is none. */
bool face_glyph(
    const struct face *face, uint32_t codepoint, uint32_t *ret_glyph, int *ret_advance);
/* The same bytes as `bytes`, which lie in a table of the face, read from its file: for
 * what is looked at once. They are valid up to the next call for a face of the file. What
 * is long, or in no file, is returned as it is. */
struct text face_read(hb_face_t *face, struct text bytes);
/* Font units → unit at a type size, rounded to nearest. */
unit face_scale(const struct face *face, int64_t font_units, unit size);
/* Roles, families and files in use, for `paiban fonts`. */
void fonts_list(struct fonts *fonts, struct str *out, struct diagnostics *sink);

#endif
