/* address: breaks inside addresses, file paths and code, and inside what fits no line.
 *
 * An address that fits a line of its own is not broken (url_whole_line). A longer one
 * breaks after the layout's url_breaks characters, the first of them liked best, and
 * never gets a hyphen. When even a piece between two breaks is wider than the measure (a
 * hash, a word of 200 letters), it becomes breakable anywhere, at a high penalty; that is
 * told. */
#include "para/space.h"
#include "base/utf8.h"

static bool is_address(const struct paragraph_text *text, uint32_t cluster)
{
    enum run_nature nature = text->runs[text->clusters[cluster].run].nature;
    return nature == NATURE_URL || nature == NATURE_CODE;
}

/* The rank of a character in the order of preference, or −1. */
static int break_rank(const struct line_rules *rules, uint32_t codepoint)
{
    struct text set = text_of(rules->url_breaks);
    size_t offset = 0;
    for (int rank = 0; offset < set.length; rank++)
        if (utf8_next(set.data, set.length, &offset) == codepoint)
            return rank;
    return -1;
}

static int64_t width_between(const struct box *boxes, uint32_t start, uint32_t end)
{
    int64_t width = 0;
    for (uint32_t i = start; i < end; i++)
        width += boxes[i].body + (i + 1 < end ? boxes[i].gap.natural : 0);
    return width;
}

/* The slashes of `//` stay together and with what follows: a scheme alone is no address.
 */
static bool is_in_scheme(const struct paragraph_text *text, uint32_t i)
{
    const struct cluster *c = &text->clusters[i];
    bool doubled = (i + 1 < text->cluster_count && c[1].codepoint == '/') ||
                   (i > 0 && c[-1].codepoint == '/');
    return c->codepoint == '/' && doubled;
}

/* Let the address [start, end) break after the layout's characters. */
static void open_address(const struct paragraph_text *text,
    const struct line_rules *rules, uint32_t start, uint32_t end, struct box *boxes)
{
    for (uint32_t i = start; i + 1 < end; i++) {
        int rank = break_rank(rules, text->clusters[i].codepoint);
        if (rank >= 0 && boxes[i].penalty == PENALTY_FORBIDDEN && !is_in_scheme(text, i))
            boxes[i].penalty = PENALTY_ADDRESS + rank * PENALTY_ADDRESS_STEP;
    }
}

static void address_runs(const struct paragraph_text *text,
    const struct line_rules *rules, unit width, struct box *boxes)
{
    for (uint32_t start = 0; start < text->cluster_count;) {
        uint32_t end = start + 1;
        uint32_t run = text->clusters[start].run;
        while (end < text->cluster_count && text->clusters[end].run == run)
            end++;
        bool whole = rules->url_whole_line && width_between(boxes, start, end) <= width;
        if (is_address(text, start) && !whole)
            open_address(text, rules, start, end, boxes);
        start = end;
    }
}

/* What a forced break spares: marks stay with their words, spaces with what precedes. */
static bool is_spared(
    const struct paragraph_text *text, const struct box *boxes, uint32_t i)
{
    enum cluster_class before = (enum cluster_class)text->clusters[i].class;
    enum cluster_class after = (enum cluster_class)text->clusters[i + 1].class;
    return class_is_closing(after) || before == CLASS_OPENER || after == CLASS_SPACE ||
           boxes[i].space;
}

/* Make the piece [start, end) breakable between its clusters; with `marks` also where a
 * forced break spares, but for spaces. */
static void force_open(const struct paragraph_text *text, uint32_t start, uint32_t end,
    bool marks, struct box *boxes)
{
    for (uint32_t i = start; i + 1 < end; i++) {
        bool space = text->clusters[i + 1].class == CLASS_SPACE || boxes[i].space;
        bool open = marks ? !space : !is_spared(text, boxes, i);
        if (boxes[i].penalty == PENALTY_FORBIDDEN && open)
            boxes[i].penalty = PENALTY_EMERGENCY * (marks ? 2 : 1);
    }
}

/* Open every piece between two breaks that is wider than a line. Returns the first
 * cluster of the first such piece, or UINT32_MAX. */
static uint32_t open_wide_pieces(
    const struct paragraph_text *text, unit width, bool marks, struct box *boxes)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t start = 0; start < text->cluster_count;) {
        uint32_t end = start;
        int64_t piece = 0;
        while (end < text->cluster_count) {
            piece += boxes[end].body;
            if (boxes[end++].penalty != PENALTY_FORBIDDEN)
                break;
            piece += boxes[end - 1].gap.natural - boxes[end - 1].gap.shrink;
        }
        if (piece > width && end > start + 1) {
            force_open(text, start, end, marks, boxes);
            first = first == UINT32_MAX ? start : first;
        }
        start = end;
    }
    return first;
}

void address_breaks(const struct paragraph_text *text, const struct line_rules *rules,
    unit width, struct box *boxes, uint32_t *ret_forced)
{
    address_runs(text, rules, width, boxes);
    *ret_forced = open_wide_pieces(text, width, false, boxes);
    if (*ret_forced != UINT32_MAX)
        open_wide_pieces(text, width, true, boxes);
}
