/* measure: how wide lines are, and whether one ends its paragraph or runs on.
 *
 * A line runs on when nothing more fitted on it: what comes next, up to the first place
 * where a line may break, would have stood beyond the measure. The measure itself is
 * found from the lines: those that end in the middle of a sentence were full. In a PDF
 * the same is asked of places; in a text widths are worked out from the characters (Han 1
 * em, Latin as in Times, a quarter em between them). What pdftotext leaves says more,
 * where it is there:
 *
 *   - white space behind the last lines of paragraphs only (Word's own extraction);
 *   - first lines that stand further right (pdftotext -layout, and every PDF).
 *
 * Rejected: to take every line that is shorter than the longest as a last line; a line
 * before a long Latin word is short as well. */
#ifndef PAIBAN_IMPORT_MEASURE_H
#define PAIBAN_IMPORT_MEASURE_H

#include "import/lines.h"

#define EM 1000 /* widths in a text are in thousandths of an em */

/* What was found out about all lines of an issue. */
struct measure {
    const struct import_source *source;
    int64_t fits;  /* least width that a full line and what comes next have (em/1000) */
    int64_t first; /* indent of a first line (em/1000; text) */
    bool trailing; /* only last lines have white space behind them */
    bool indents;  /* first lines are indented, as the lines show */
    bool several;  /* items with several paragraphs were seen */
    bool spaced_brackets;   /* `(` has a space before it, where Han stands there */
    uint32_t blank;         /* blank lines between two lines, mostly */
    uint32_t margin;        /* columns before most lines (text) */
    unit left[2], right[2]; /* of the type area on even and odd pages (PDF) */
    unit size;              /* of the body (PDF) */
    unit pitch;             /* between two lines of the body (PDF) */
};

enum line_end {
    LINE_RUNS_ON,
    LINE_MAY_END, /* full, and the end of a sentence: nothing else to tell by */
    LINE_ENDS
};

/* Find out about the lines that are LINE_TEXT. starts[i]: line i begins something of its
 * own. */
void measure_find(
    struct measure *measure, const struct import_source *source, const bool *starts);
/* Does line i, the first of its paragraph or not, go on in line k? */
enum line_end measure_line_end(
    const struct measure *measure, size_t i, size_t k, bool first);
/* Would line k's beginning have fitted on line i? */
bool measure_is_full(const struct measure *measure, size_t i, size_t k, bool first);
/* Does t end a sentence, perhaps inside a closing mark? */
bool measure_ends_sentence(struct text t);
int64_t measure_width(struct text t); /* em/1000 */
/* Index of the next LINE_TEXT line behind i; lines.length when there is none. */
size_t measure_next(const struct import_source *source, size_t i);
/* Does line i stand right of where lines begin? */
bool measure_is_indented(const struct measure *measure, size_t i);

#endif
