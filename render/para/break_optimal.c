/* break_optimal: total-fit line breaking over the paragraph.
 *
 * The breaks with the least sum of line costs, by dynamic programming over the legal
 * breaks (Knuth and Plass, "Breaking Paragraphs into Lines", 1981), with costs for
 * Chinese text: what clreq lets shrink is cheap, what must be spread between Han is dear.
 * Integers only, so every machine breaks alike.
 *
 * Linear: for an end, the starts that can reach it form a window. Starts whose line is
 * too wide leave it for good at the front; going on from the widest line that fits, the
 * walk stops once a line is so loose that no shorter one can win. There is always a
 * solution: the nearest legal break is a candidate even when the line is overfull. */
#include "para/box.h"
#include <string.h>
#include "base/vec.h"

/* Costs, in points. A line that needs nothing costs LINE_COST, so of equal ways the one
 * with fewer lines wins. */
#define COST_LINE 10
/* Shrinking all that may be shrunk; the cost grows with the square of the part used.
 * Legal white is meant to be taken first (clreq), so it must stay under
 * COST_STRETCH_LIMIT. */
#define COST_SHRINK 60
/* Stretching word spaces and Han-Latin gaps to their limits. */
#define COST_STRETCH 40
/* White between Han: cost of a mean of 1/10 em; grows with the square. An eye sees 1/10
 * em. */
#define COST_HAN_TENTH 150
/* White beyond what reads as even (1/1000 em) is dear in a line that could be set
 * otherwise; before a run that cannot be broken it is not: one loose line there is better
 * than three. */
#define EVEN_WHITE  150
#define COST_UNEVEN 30
/* A mark outside the measure is no fault where it is allowed, but a line that fits is
 * calmer. */
#define COST_HANG 15
/* A last line of one character (GB/T 15834 5.1.11): dearer than any decent looseness of
 * the lines before it, cheaper than an overfull line. */
#define COST_LONE 200000
/* Each em that sticks out. */
#define COST_OVERFULL_EM 10000000
/* A walk over starts ends at lines looser than this mean white between Han (1/1000 em),
 * once it has a candidate: a shorter line is looser still. */
#define LOOSEST 400

/* The best way to reach a legal break. */
struct node {
    uint32_t position; /* lines end before this box */
    uint32_t previous; /* index of the node the last line begins at */
    int64_t cost;      /* of all lines up to here */
};

struct search {
    const struct box_list *list;
    const struct break_request *request;
    struct node *nodes; /* legal breaks, in order; [0] is the paragraph's start */
    uint32_t count;
    uint32_t first; /* the window's first node */
};

static int64_t square_part(int64_t value, int64_t whole, int64_t cost)
{
    int64_t part = whole > 0 ? value * 1000 / whole : 0;
    return part * part / 1000 * cost / 1000;
}

/* Mean white between Han after word spaces and Han-Latin gaps took what they may, 1/1000
 * em. A line that nothing can stretch counts as one gap. */
static int64_t mean_white(
    const struct search *s, const struct fit *fit, uint32_t start, int64_t rest)
{
    const struct box_list *list = s->list;
    int64_t gaps = list->han_gaps[fit->last] - list->han_gaps[start];
    if (gaps == 0)
        gaps = list->open_gaps[fit->last] - list->open_gaps[start];
    return rest * 1000 / (gaps > 0 ? gaps : 1) / s->request->em;
}

static int64_t cost_of_stretch(const struct search *s, const struct fit *fit,
    uint32_t start, bool before_run, int64_t *ret_white)
{
    int64_t needed = fit->available - fit->natural;
    int64_t cheap = s->list->stretch[fit->last] - s->list->stretch[start];
    if (needed <= cheap)
        return square_part(needed, cheap, COST_STRETCH);
    int64_t white = mean_white(s, fit, start, needed - cheap);
    *ret_white = white;
    int64_t uneven =
        white > EVEN_WHITE && !before_run ? (white - EVEN_WHITE) * COST_UNEVEN : 0;
    return COST_STRETCH + white * white * COST_HAN_TENTH / 10000 + uneven;
}

/* A last line of one character and its marks. */
static bool is_lone(const struct box_list *list, uint32_t start, uint32_t last)
{
    uint32_t characters = 0;
    for (uint32_t i = start; i <= last && characters < 2; i++)
        characters += list->boxes[i].character ? 1 : 0;
    return characters < 2 && list->boxes[start].wide;
}

/* The cost of the line [start, end); *ret_white is its mean white between Han. */
static int64_t line_cost(const struct search *s, uint32_t start, uint32_t end,
    const struct fit *fit, int64_t *ret_white)
{
    int64_t cost = COST_LINE;
    bool forced = s->list->boxes[end - 1].penalty == PENALTY_FORCED;
    bool last = end == s->list->count || forced;
    *ret_white = 0;
    if (fit->last == UINT32_MAX)
        return cost;
    if (!fit->fits)
        cost += (fit->natural - fit->shrink - fit->available) * COST_OVERFULL_EM /
                    s->request->em +
                COST_OVERFULL_EM;
    else if (fit->natural > fit->available)
        cost += square_part(fit->natural - fit->available, fit->shrink, COST_SHRINK);
    else if (!last)
        cost +=
            cost_of_stretch(s, fit, start, s->list->boxes[end - 1].before_run, ret_white);
    if (fit->hangs)
        cost += COST_HANG;
    if (last && start > 0 && s->request->avoid_lone && is_lone(s->list, start, fit->last))
        cost += COST_LONE;
    if (!last && s->list->boxes[end - 1].penalty > 0)
        cost += s->list->boxes[end - 1].penalty;
    return cost;
}

/* Try the line from a node to end; keep it when it is the cheapest. Of equals the later
 * start stays: full lines first, the loose one last. */
static int64_t try_line(struct search *s, uint32_t from, uint32_t end, struct node *best)
{
    uint32_t start = s->nodes[from].position;
    struct fit fit = line_fit(s->list, s->request, start, end);
    int64_t white;
    int64_t cost = s->nodes[from].cost + line_cost(s, start, end, &fit, &white);
    if (best->cost < 0 || cost <= best->cost) {
        best->cost = cost;
        best->previous = from;
    }
    return white;
}

/* Add the node for a legal break at end. */
static void add_node(struct search *s, uint32_t end)
{
    struct node best = {.position = end, .cost = -1};
    while (s->first + 1 < s->count &&
           line_is_past(s->list, s->request, s->nodes[s->first].position, end))
        s->first++;
    bool last =
        end == s->list->count || s->list->boxes[end - 1].penalty == PENALTY_FORCED;
    for (uint32_t from = s->first; from < s->count; from++) {
        int64_t white = try_line(s, from, end, &best);
        if (!last && white > LOOSEST)
            break;
    }
    s->nodes[s->count++] = best;
    if (s->list->boxes[end - 1].penalty == PENALTY_FORCED)
        s->first = s->count - 1;
}

uint32_t break_optimal(
    const struct box_list *list, const struct break_request *request, uint32_t *ret_ends)
{
    struct search s = {.list = list, .request = request};
    if (list->count == 0) {
        ret_ends[0] = 0;
        return 1;
    }
    s.nodes = memory_resize(NULL, (size_t)list->count + 1, sizeof *s.nodes);
    s.nodes[s.count++] = (struct node){0, 0, 0};
    for (uint32_t end = 1; end <= list->count; end++)
        if (list->boxes[end - 1].penalty != PENALTY_FORBIDDEN || end == list->count)
            add_node(&s, end);
    uint32_t lines = 0;
    for (uint32_t i = s.count - 1; i > 0; i = s.nodes[i].previous)
        lines++;
    uint32_t line = lines;
    for (uint32_t i = s.count - 1; i > 0; i = s.nodes[i].previous)
        ret_ends[--line] = s.nodes[i].position;
    memory_free(s.nodes);
    return lines;
}
