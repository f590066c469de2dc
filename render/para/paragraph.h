/* paragraph: clusters → lines. The composed paragraph is immutable and cached.
 *
 *     paragraph_text ── space.c ──→ boxes ── break_first.c | break_optimal.c ──→ breaks
 *                                                       └── justify.c ──→ lines
 *
 * All positions are relative to the paragraph: x from the left edge of the lines'
 * measure, no y (flow/ gives lines their pitch). */
#ifndef PAIBAN_PARA_PARAGRAPH_H
#define PAIBAN_PARA_PARAGRAPH_H

#include "layout/layout.h"
#include "text/cluster.h"

/* The shape of the lines, by flow from the element's style. */
struct measure {
    unit width;         /* of every line, without indents */
    unit first_indent;  /* white before the first line's first cluster */
    enum text_align align;
};

/* Where one cluster stands on its line. */
struct placed {
    unit x;       /* pen position of its first glyph from the measure's left edge (after
                     trimming, may be < 0) */
    unit width;   /* room it takes: advance less what was trimmed or squeezed from it */
    unit gap;     /* white set after it on this line (0 at a line's end) */
};

struct line {
    uint32_t start, end; /* cluster range [start, end); trailing spaces included, they
                            have no width */
    unit indent;         /* white before its first cluster */
    unit width;          /* from the indent to the end of the last cluster inside the
                            measure */
    unit hang;           /* how far a hanging mark stands outside the measure; 0: none */
    unit ascent, descent; /* the largest of its faces at their sizes */
    bool hyphenated;     /* a hyphen is drawn at its end: hyphen_glyph of the last
                            cluster's face */
    struct glyph hyphen; /* when hyphenated; its pen follows the last cluster */
    bool last;           /* of the paragraph, or before a forced break: not justified */
    bool overfull;       /* does not fit the measure even when shrunk: told */
    bool tight_run;      /* ends before a run that cannot be broken, so it had to be
                            stretched far */
    int32_t ratio;       /* > 0: white added a gap that may move, 1/1000 em; < 0: the part
                            taken of what the rules let go, 1/1000 */
};

struct composed {
    const struct paragraph_text *text;
    const struct line *lines;
    uint32_t line_count;
    const struct placed *placed; /* per cluster of text */
};

struct composer; /* the cache of composed paragraphs, the shaper, buffers */

struct composer *composer_new(struct shaper *shaper);
void composer_free(struct composer *composer); /* takes NULL */

/* Compose runs to lines. The result is owned by the composer's cache and valid until
 * composer_trim() or composer_free(); equal input gives the same pointer. Diagnostics of
 * a cached paragraph are told again with the new runs' places. NULL after a fatal
 * diagnostic. */
const struct composed *composer_compose(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure,
    struct diagnostics *sink);
/* Forget paragraphs that were not asked for since the last call, when over the limit;
 * all, when the limit is 0. */
void composer_trim(struct composer *composer);
/* How many bytes of paragraphs composer_trim() leaves alone. */
void composer_set_limit(struct composer *composer, size_t bytes);
/* How many paragraphs were composed since composer_new(), not found in the cache. */
uint64_t composer_count(const struct composer *composer);
/* The natural width of runs set on one line (labels, headers, table columns). */
unit composed_width(const struct composed *composed);

/* One line a line: range, text, width, hang, ratio, then each cluster's place; for
 * --dump=lines and the break tests. */
void composed_dump(const struct composed *composed, struct str *out);

#endif
