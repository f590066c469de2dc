/* box: what a breaker and the justifier see of a paragraph: numbers only.
 *
 * space.c turns clusters into boxes, one a cluster; all knowledge of punctuation is in
 * them. A box's body is what is always set: the advance less the white that may go at
 * either side (a full-width comma has a body of ½ em and ½ em of white behind it). The
 * white between two bodies is one gap, so whatever was beside it, a gap is shrunk and
 * stretched in one place:
 *
 *      |body|<-gap->|body|<-gap->|body|
 *      ^ start_white before it at a line's start      ^ end_white behind it at a line's end
 *
 * The gap behind a line's last body is not set. Spaces are boxes without a body whose
 * white is the gap behind them, so a line that ends with a space needs no special case. /
 * */
#ifndef PAIBAN_PARA_BOX_H
#define PAIBAN_PARA_BOX_H

#include <stdbool.h>
#include <stdint.h>
#include "base/unit.h"

/* The order in which white is taken (clreq, "reduction" 2 to 7; its first step, runs of
 * marks, is done in the natural widths already). Equal treatment within a step. */
enum shrink_step {
    SHRINK_WORD,       /* 2: word spaces */
    SHRINK_INTERPUNCT, /* 3: both sides of · */
    SHRINK_BRACKET,    /* 4: outside of brackets and quotation marks */
    SHRINK_COMMA,      /* 5: behind ，、；： */
    SHRINK_HAN_LATIN,  /* 6: between Han and Latin */
    SHRINK_STOP,       /* 7: behind 。？！ */
    SHRINK_STEPS
};

/* The kinds of white, in the order in which they are stretched (clreq, "expansion" 1 to
 * 3). */
enum gap_kind {
    GAP_WORD,      /* 1: a space between Latin words: up to its limit */
    GAP_HAN_LATIN, /* 2: between Han and Latin: up to its limit */
    GAP_HAN,       /* 3: between full-width characters and marks: the last resort, all
                      equally */
    GAP_RIGID,     /* never moves: inside words, numbers, —— ……, around connectors */
    GAP_KINDS
};

struct gap {
    unit natural;      /* white as it is set when the line needs no adjustment */
    unit shrink;       /* how much of it may go, ≤ natural */
    unit stretch;      /* how much may be added before the last resort; GAP_HAN: 0 */
    uint8_t step;      /* enum shrink_step of shrink */
    uint8_t kind;      /* enum gap_kind */
};

#define PENALTY_FORBIDDEN INT32_MAX /* no break behind the box */
#define PENALTY_FORCED    INT32_MIN /* a break behind the box, always */

struct box {
    unit body;         /* always set; 0 for spaces and breaks */
    unit pen;          /* from the body's left edge to the pen of its first glyph; ≤ 0 for
                          trimmed openers */
    unit start_white;  /* set before the body when it begins a line */
    unit first_white;  /* the same at the paragraph's first line */
    unit end_white;    /* set behind the body when it ends a line */
    unit hang;         /* how much of body + end_white may stand outside the measure at a
                          line's end */
    unit hyphen;       /* width of the hyphen drawn when the line ends here; 0: none */
    struct gap gap;    /* between this body and the next */
    int32_t penalty;   /* of a break behind the box: 0 free, > 0 disliked, or PENALTY_… */
    bool before_run;   /* what follows cannot be broken and is wider than RUN_EM: a line
                          that ends here may be loose because of it, not by choice */
    bool space;        /* a typed space: a line's visible end is before it */
    bool character;    /* counts as a character of a last line (no mark, no space) */
    bool wide;         /* a full-width character: two of them make a decent last line */
};

#define RUN_EM 2 /* em: two characters that stay together are nothing out of the way */

/* The paragraph as a breaker gets it. Sums let any line be measured in constant time: the
 * natural white and bodies of boxes [a, b) with the gaps behind them are width[b] −
 * width[a], what may be shrunk of these gaps shrink[b] − shrink[a], and so on. */
struct box_list {
    const struct box *boxes;
    uint32_t count;
    const int64_t *width;     /* count + 1 entries: Σ body + gap.natural */
    const int64_t *shrink;    /* count + 1: Σ gap.shrink */
    const int64_t *stretch;   /* count + 1: Σ gap.stretch of GAP_WORD and GAP_HAN_LATIN */
    const uint32_t *han_gaps; /* count + 1: number of gaps of GAP_HAN */
    const uint32_t *open_gaps; /* count + 1: number of gaps that are not GAP_RIGID */
    const uint32_t *visible;  /* count + 1: index + 1 of the last box before i that is no
                                 space; 0 none */
};

/* What the breakers need beside the boxes. */
struct break_request {
    unit width;               /* of a full line */
    unit first_indent;        /* of the first line */
    unit em;                  /* type size: the measure of taste for white */
    bool justify;             /* lines are stretched to the width */
    bool hang_only_unshrunk;  /* a hanging mark needs the rest to fit without shrinking */
    bool avoid_lone;          /* a last line of one character is disliked (optimal) */
};

/* How one line [start, end) would be set. */
struct fit {
    int64_t natural;          /* white, bodies and hyphen inside the measure */
    int64_t shrink;           /* what may be taken from it */
    unit available;           /* width less indent */
    bool hangs;               /* its last mark stands outside the measure */
    bool fits;                /* natural − shrink ≤ available */
    uint32_t last;            /* index of the last visible box; UINT32_MAX when there is
                                 none */
};

/* Measure the line [start, end). Used by both breakers and the justifier. */
struct fit line_fit(const struct box_list *list, const struct break_request *request,
    uint32_t start, uint32_t end);
/* An upper bound of the boxes a line from start can hold: true when [start, end) is too
 * wide whatever its end is trimmed or hung, so that no later end can fit. */
bool line_is_past(const struct box_list *list, const struct break_request *request,
    uint32_t start, uint32_t end);

/* Breakers: fill ret_ends (room for list->count entries) with the end of each line, in
 * order; the last is list->count. Return the number of lines (≥ 1). Both are linear in
 * count. */
typedef uint32_t (*break_function)(const struct box_list *list,
    const struct break_request *request, uint32_t *ret_ends);
uint32_t break_first(const struct box_list *list, const struct break_request *request,
    uint32_t *ret_ends);
uint32_t break_optimal(const struct box_list *list, const struct break_request *request,
    uint32_t *ret_ends);

/* The adjustment of each gap of a line: ret_gaps[i − start] for the boxes [start, last).
 * The line's width becomes available when it is justified, else what it needs. Returns
 * the width that the line is set to, without what hangs; *ret_ratio as in struct line. */
int64_t justify_line(const struct box_list *list, const struct break_request *request,
    uint32_t start, const struct fit *fit, bool stretch, unit *ret_gaps,
    int32_t *ret_ratio);

#endif
