/* space: clusters and line rules → boxes: the only place in para/ that knows punctuation.
 */
#ifndef PAIBAN_PARA_SPACE_H
#define PAIBAN_PARA_SPACE_H

#include "base/arena.h"
#include "para/box.h"
#include "para/paragraph.h"

/* The boxes of a paragraph for lines of measure.width, with their sums, in arena.
 * ret_forced: the first cluster of a run that had to be made breakable because nothing
 * else would fit the measure, or UINT32_MAX. */
struct box_list space_boxes(struct arena *arena, const struct paragraph_text *text,
    const struct line_rules *rules, const struct measure *measure, uint32_t *ret_forced);

/* kinsoku.c: the penalty of a break between two clusters that are neighbours but for
 * spaces. spaces: how many stand between them. */
int32_t kinsoku_penalty(const struct paragraph_text *text, const struct line_rules *rules,
    uint32_t before, uint32_t after, uint32_t spaces);
/* A full-width character or mark: takes part in Chinese line adjustment. */
bool class_is_wide(enum cluster_class class);
/* A mark that closes: white behind it may go. */
bool class_is_closing(enum cluster_class class);

/* address.c: breaks inside addresses, paths and code (the layout's url_breaks), and
 * inside whatever is wider than a line. Writes penalties into boxes. */
void address_breaks(const struct paragraph_text *text, const struct line_rules *rules,
    unit width, struct box *boxes, uint32_t *ret_forced);

/* Penalties of disliked breaks, in the points of break_optimal.c's costs. */
#define PENALTY_HYPHEN        400  /* a hyphenated word: worse than a mean white of 0.15
                                      em */
#define PENALTY_ADDRESS       100  /* inside an address, at the best of the layout's
                                      characters */
#define PENALTY_ADDRESS_STEP  60   /* more for each next one in the order of preference */
#define PENALTY_EMERGENCY     6000 /* inside something that has no legal break and fits no
                                      line */

#endif
