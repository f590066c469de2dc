/* cluster: runs → clusters: itemising, shaping, classes, break opportunities. No policy.
 *
 * A cluster is the least piece that a line can hold: its bytes, its glyphs, its advance,
 * the class that Chinese typesetting (clreq, GB/T 15834) puts it into, and what UAX 14
 * says about a break behind it. The rules that turn this into white and break penalties
 * are in para/space.c.
 *
 * Which font: chosen per cluster by class, Han context first: the marks “ ” ‘ ’ — … ·
 * belong to the Han font, full width, between Han and to the Latin font between Latin
 * letters. `——` and `……` come as ONE cluster each when typed in pairs (a ligature or two
 * glyphs). */
#ifndef PAIBAN_TEXT_CLUSTER_H
#define PAIBAN_TEXT_CLUSTER_H

#include "base/arena.h"
#include "text/run.h"

/* Widths: F full-width (1 em in the Han font, its ink in one half), else proportional. */
enum cluster_class {
    CLASS_HAN,          /* Han, kana, hangul, full-width letters and digits and symbols: 1
                           em, breaks on both sides */
    CLASS_OPENER,       /* F “ ‘ （ 《 〈 【 〔 「 『 ［ ｛: ink in the right half */
    CLASS_CLOSER,       /* F ” ’ ） 》 〉 】 〕 」 』 ］ ｝: ink in the left half */
    CLASS_COMMA,        /* F ， 、 ； ： */
    CLASS_STOP,         /* F 。 ． */
    CLASS_EXCLAMATION,  /* F ？ ！ and pairs set in one em ⁇ ‼ ⁈ ⁉ */
    CLASS_INTERPUNCT,   /* · between Han (from the Han font), ・ ‧ • between Han */
    CLASS_CONNECTOR,    /* ～ — (single, between Han) – between Han, － : 1 em */
    CLASS_DASH,         /* —— (two U+2014, or ⸺): 2 em */
    CLASS_ELLIPSIS,     /* …… (two U+2026) or one …, from the Han font */
    CLASS_SOLIDUS,      /* / ／ between Han or beside Han */
    CLASS_SMALL_KANA,   /* ぁっャー々 …: may not begin a line in ja */
    CLASS_NOTE_MARK,    /* ①–⑳ ㉑… and superscript runs: stay with what precedes */
    CLASS_PREFIX,       /* ￥ $ € £ ± + − № # before a digit */
    CLASS_POSTFIX,      /* % ‰ ° ℃ ℉ ′ ″ and ％ after a digit */
    CLASS_DIGIT,        /* 0–9 and what belongs to a number between digits: . , : / - as
                           the text has it */
    CLASS_LATIN,        /* letters of alphabetic scripts */
    CLASS_LATIN_OPENER, /* ( [ { and proportional “ ‘ */
    CLASS_LATIN_CLOSER, /* ) ] } and proportional ” ’ */
    CLASS_LATIN_MARK,   /* . , ; : ! ? and other proportional marks and symbols */
    CLASS_HYPHEN,       /* - U+2010 inside Latin */
    CLASS_SPACE,        /* U+0020 and other breaking spaces */
    CLASS_HARD_SPACE,   /* U+00A0, U+202F: no break */
    CLASS_IDEOGRAPHIC_SPACE, /* U+3000 */
    CLASS_INVISIBLE,    /* zero width: U+200B breaks, U+2060 U+FEFF U+200D do not (see
                           break_after) */
    CLASS_TAB,
    CLASS_OBJECT,
    CLASS_FORCED_BREAK, /* RUN_BREAK */
    CLASS_MISSING,      /* no font has it: a drawn box; behaves like Han or like Latin by
                           context */
    CLASS_COUNT
};

/* What UAX 14 (as Pango has it) says of a break behind the cluster. */
enum break_after { BREAK_NO, BREAK_ALLOWED, BREAK_FORCED };

struct glyph {
    uint32_t id;           /* in the face; CLASS_MISSING: 0 */
    int32_t x_advance;     /* unit */
    int32_t x_offset;      /* unit, from the pen, right positive */
    int32_t y_offset;      /* unit, up positive */
};

#define CODEPOINT_MASK 0x1FFFFFu /* 21 bits: up to U+10FFFF */

struct cluster {
    uint32_t start;        /* byte offset in the paragraph's text */
    uint32_t length;       /* in bytes */
    uint32_t run;          /* index of its run */
    uint32_t first_glyph;  /* index in paragraph_text.glyphs */
    uint16_t glyph_count;  /* 0: nothing drawn (space, break) */
    uint8_t class;         /* enum cluster_class */
    uint8_t break_after;   /* enum break_after */
    uint32_t codepoint : 21;    /* the first code point */
    uint32_t safe_to_break : 1; /* HarfBuzz: reshaping the line would give the same
                                   glyphs */
    uint32_t hyphen_after : 1;  /* a hyphenation point of the language (only where asked
                                   for) */
    const struct face *face; /* NULL: CLASS_MISSING, OBJECT, FORCED_BREAK */
    unit size;             /* type size = 1 em of this cluster */
    unit advance;          /* natural, the whole body: a full-width mark has 1 em */
    unit ink_left;         /* F marks: white in the left half that may go (½ em for
                              openers, ¼ for centred); else 0 */
    unit ink_right;        /* F marks: white in the right half that may go; else 0 */
};

/* Text of one paragraph with everything a composer needs. In an arena; const after
 * shaping. */
struct paragraph_text {
    const struct run *runs;
    uint32_t run_count;
    struct text text;              /* of all runs, joined */
    const uint32_t *run_start;     /* byte offset of each run in text; run_count + 1
                                      entries */
    struct cluster *clusters;
    uint32_t cluster_count;
    struct glyph *glyphs;
    uint32_t glyph_count;
    const struct paragraph_text **ruby; /* per run: its shaped annotation, or NULL */
};

struct shaper; /* buffers and caches that outlive a paragraph */

/* Shapes with the fonts; module_folder is where dictionaries for Thai and the like are. Both
 * are borrowed. */
struct shaper *shaper_new(struct fonts *fonts, const char *module_folder);
void shaper_free(struct shaper *shaper); /* takes NULL */

/* Shape a paragraph. The result and all it points to live in arena; runs are borrowed.
 * Tells missing glyphs and substitutions with their place. Never fails but for a fatal
 * diagnostic (a role without any font), when it returns NULL. */
struct paragraph_text *text_shape(struct shaper *shaper, struct arena *arena,
    const struct run *runs, uint32_t run_count, bool hyphenate, struct diagnostics *sink);
/* The place of a cluster in the source (the run's span when not exact). */
struct span cluster_span(const struct paragraph_text *p, uint32_t cluster);
/* The place in the source of bytes of a run's text (start counted in the paragraph's). */
struct span run_span(const struct paragraph_text *p, uint32_t run, uint32_t start,
    uint32_t length);
/* The hyphen to draw at a line's end in a face; id 0 when the face has none. */
struct glyph glyph_hyphen(const struct face *face, unit size);
const char *cluster_class_name(enum cluster_class class); /* "opener" */
/* One line a cluster, for --dump=clusters and tests. */
void clusters_dump(const struct paragraph_text *p, struct str *out);

#endif
