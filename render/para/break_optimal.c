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

/* The best way to reach a legal break. What a line that begins here has of the sums
 * stands with it, with the sign that adding the end's part gives the line's. */
struct node {
    uint32_t position;  /* lines end before this box */
    uint32_t previous;  /* index of the node the last line begins at */
    int64_t cost;       /* of all lines up to here */
    int64_t natural;    /* white at its start, less the widths before it */
    int64_t stretch;    /* less the stretch before it */
    uint32_t han, open; /* gaps before it */
    unit available;     /* for a line from here */
};

/* The end's part of the same sums. */
struct tail {
    uint32_t end;     /* lines end before this box */
    uint32_t visible; /* index + 1 of the last box that is no space; 0: none */
    int64_t natural;  /* up to the end of the last body, with a hyphen */
    int64_t stretch;
    uint32_t han, open;
    bool last; /* of the paragraph, or before a forced break: not stretched */
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
static int64_t mean_white(const struct search *s, const struct node *from,
    const struct tail *tail, int64_t rest)
{
    uint32_t gaps = tail->han - from->han;
    if (gaps == 0)
        gaps = tail->open - from->open;
    return rest * 1000 / ((int64_t)(gaps > 0 ? gaps : 1) * s->request->em);
}

/* Of a line that has to be made `needed` wider. */
static int64_t cost_of_stretch(const struct search *s, const struct node *from,
    const struct tail *tail, int64_t needed, int64_t *ret_white)
{
    int64_t cheap = tail->stretch + from->stretch;
    if (needed <= cheap)
        return square_part(needed, cheap, COST_STRETCH);
    int64_t white = mean_white(s, from, tail, needed - cheap);
    *ret_white = white;
    bool before_run = s->list->boxes[tail->end - 1].before_run;
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

/* Of a line that is too wide as it is: shrunk, hanging or overfull. */
static int64_t cost_of_excess(const struct search *s, const struct node *from,
    const struct tail *tail, int64_t *ret_white)
{
    struct fit fit = line_fit(s->list, s->request, from->position, tail->end);
    int64_t cost = fit.hangs ? COST_HANG : 0;
    int64_t needed = fit.available - fit.natural;
    if (!fit.fits)
        return cost + COST_OVERFULL_EM +
               (-needed - fit.shrink) * COST_OVERFULL_EM / s->request->em;
    if (needed < 0)
        return cost + square_part(-needed, fit.shrink, COST_SHRINK);
    return cost + (tail->last ? 0 : cost_of_stretch(s, from, tail, needed, ret_white));
}

/* The cost of a line; *ret_white is its mean white between Han. */
static int64_t line_cost(const struct search *s, const struct node *from,
    const struct tail *tail, int64_t *ret_white)
{
    int64_t cost = COST_LINE, natural = from->natural + tail->natural;
    int32_t penalty = s->list->boxes[tail->end - 1].penalty;
    *ret_white = 0;
    if (tail->visible <= from->position) /* only spaces */
        return cost;
    if (natural > from->available)
        cost += cost_of_excess(s, from, tail, ret_white);
    else if (!tail->last)
        cost += cost_of_stretch(s, from, tail, from->available - natural, ret_white);
    if (tail->last && from->position > 0 && s->request->avoid_lone &&
        is_lone(s->list, from->position, tail->visible - 1))
        cost += COST_LONE;
    if (!tail->last && penalty > 0)
        cost += penalty;
    return cost;
}

/* Try the line from a node to end; keep it when it is the cheapest. Of equals the later
 * start stays: full lines first, the loose one last. */
static int64_t try_line(
    const struct search *s, uint32_t from, const struct tail *tail, struct node *best)
{
    int64_t white;
    int64_t cost = s->nodes[from].cost + line_cost(s, &s->nodes[from], tail, &white);
    if (best->cost < 0 || cost <= best->cost) {
        best->cost = cost;
        best->previous = from;
    }
    return white;
}

static void set_start(const struct search *s, struct node *node)
{
    const struct box_list *list = s->list;
    uint32_t start = node->position;
    bool first = start == 0;
    node->available = s->request->width - (first ? s->request->first_indent : 0);
    if (start == list->count)
        return;
    node->natural =
        (first ? list->boxes[0].first_white : list->boxes[start].start_white) -
        list->width[start];
    node->stretch = -list->stretch[start];
    node->han = list->han_gaps[start];
    node->open = list->open_gaps[start];
}

static struct tail tail_of(const struct search *s, uint32_t end)
{
    const struct box_list *list = s->list;
    struct tail tail = {.end = end, .visible = list->visible[end]};
    tail.last = end == list->count || list->boxes[end - 1].penalty == PENALTY_FORCED;
    if (tail.visible == 0)
        return tail;
    uint32_t i = tail.visible - 1;
    tail.natural = list->width[i] + list->boxes[i].body + list->boxes[i].end_white +
                   (end < list->count ? list->boxes[end - 1].hyphen : 0);
    tail.stretch = list->stretch[i];
    tail.han = list->han_gaps[i];
    tail.open = list->open_gaps[i];
    return tail;
}

/* Add the node for a legal break at end. */
static void add_node(struct search *s, uint32_t end)
{
    struct node best = {.position = end, .cost = -1};
    while (s->first + 1 < s->count &&
           line_is_past(s->list, s->request, s->nodes[s->first].position, end))
        s->first++;
    struct tail tail = tail_of(s, end);
    for (uint32_t from = s->first; from < s->count; from++) {
        int64_t white = try_line(s, from, &tail, &best);
        if (!tail.last && white > LOOSEST)
            break;
    }
    set_start(s, &best);
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
    s.nodes[0] = (struct node){0};
    set_start(&s, &s.nodes[s.count++]);
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
