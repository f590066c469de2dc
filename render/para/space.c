/* space: the white between characters, by clreq and GB/T 15834, as numbers.
 *
 * For each pair of neighbours: how much white stands between them, how much of it may go
 * and when, how far it may grow. A full-width mark brings its own white (½ em at its open
 * side, ¼ em at both when it is centred); runs of marks share it; Han beside Latin
 * letters and digits get a gap; typed spaces become word spaces, gaps, or rigid white, by
 * what they stand between. Squeezing is an option of the layout: none keeps every mark at
 * 1 em, adjacent closes up runs of marks, full also lets white go to fit a line. */
#include "para/space.h"
#include "base/utf8.h"

struct spacing {
    const struct paragraph_text *text;
    const struct line_rules *rules;
    const uint32_t *neighbours; /* code points of rules->gap_neighbours */
    uint32_t neighbour_count;
    struct box *boxes;
};

static const struct cluster *cluster_at(const struct spacing *s, uint32_t i)
{
    return &s->text->clusters[i];
}

static unit em_part(unit em, int thousandths)
{
    return (unit)unit_muldiv(em, thousandths, 1000);
}

static bool is_space(const struct cluster *c)
{
    return c->class == CLASS_SPACE;
}

/* Preserved spaces of code are set as they are. */
static bool is_flexible_space(const struct spacing *s, uint32_t i)
{
    return is_space(cluster_at(s, i)) &&
           s->text->runs[cluster_at(s, i)->run].nature != NATURE_CODE;
}

/* Letters and digits take a gap beside Han (clreq, "mixed text"); further characters when
 * the layout names them. */
static bool takes_gap(const struct spacing *s, const struct cluster *c)
{
    if (c->class == CLASS_LATIN || c->class == CLASS_DIGIT)
        return true;
    if (class_is_wide((enum cluster_class)c->class))
        return false;
    for (uint32_t i = 0; i < s->neighbour_count; i++)
        if (s->neighbours[i] == c->codepoint)
            return true;
    return false;
}

static void read_neighbours(struct spacing *s, struct arena *arena)
{
    struct text set = text_of(s->rules->gap_neighbours);
    uint32_t *neighbours = ARENA_ARRAY(arena, set.length + 1, uint32_t);
    for (size_t offset = 0; offset < set.length;)
        neighbours[s->neighbour_count++] = utf8_next(set.data, set.length, &offset);
    s->neighbours = neighbours;
}

static bool is_han(const struct cluster *c)
{
    return c->class == CLASS_HAN || c->class == CLASS_SMALL_KANA ||
           c->class == CLASS_MISSING;
}

static bool is_han_latin(
    const struct spacing *s, const struct cluster *a, const struct cluster *b)
{
    return (is_han(a) && takes_gap(s, b)) || (is_han(b) && takes_gap(s, a));
}

/* How many exclamation and question marks stand in a row up to i. */
static uint32_t exclamations_before(const struct spacing *s, uint32_t i)
{
    uint32_t count = 0;
    while (count <= i && cluster_at(s, i - count)->class == CLASS_EXCLAMATION)
        count++;
    return count;
}

/* White that a mark has on its right before its neighbour has a say. */
static unit white_right(const struct spacing *s, uint32_t i)
{
    const struct cluster *c = cluster_at(s, i);
    if (s->rules->squeeze == SQUEEZE_NONE)
        return c->ink_right;
    if (c->class == CLASS_INTERPUNCT && s->rules->strictness >= STRICTNESS_GB)
        return 0; /* G34 5.1.7: · takes ½ em */
    if (c->class == CLASS_EXCLAMATION && exclamations_before(s, i) % 2 == 0)
        return 0; /* G34 5.1.2: two in 1 em, three in 2 em */
    return c->ink_right;
}

static unit white_left(const struct spacing *s, uint32_t i)
{
    const struct cluster *c = cluster_at(s, i);
    bool half = s->rules->squeeze != SQUEEZE_NONE &&
                s->rules->strictness >= STRICTNESS_GB && c->class == CLASS_INTERPUNCT;
    /* A centred mark before a closing one moves to what precedes: two marks in 1.5 em. */
    bool closed = s->rules->squeeze != SQUEEZE_NONE && class_is_closing(c->class) &&
                  i + 1 < s->text->cluster_count &&
                  cluster_at(s, i + 1)->class == CLASS_CLOSER;
    return half || closed ? 0 : c->ink_left;
}

/* Runs of marks share their white (clreq, "adjacent marks"): behind a mark that closes
 * nothing before another; before an opener nothing behind another; between the two ½ em
 * less, the opener's first, so that two marks of 1 em take 1.5 em. */
static void share_white(
    const struct cluster *a, const struct cluster *b, unit *left_white, unit *right_white)
{
    bool closing = class_is_closing(a->class);
    if (closing && class_is_closing(b->class))
        *left_white = 0;
    else if (a->class == CLASS_OPENER && b->class == CLASS_OPENER)
        *right_white = 0;
    else if (closing && b->class == CLASS_OPENER && *left_white > 0) {
        unit taken = b->size / 2;
        unit from_opener = *right_white < taken ? *right_white : taken;
        unit rest = taken - from_opener;
        *right_white -= from_opener;
        *left_white -= rest < *left_white ? rest : *left_white;
    } else if (a->class == CLASS_INTERPUNCT && b->class == CLASS_OPENER) {
        *left_white = 0;
    } else if (closing && b->class == CLASS_INTERPUNCT) {
        *right_white = 0;
    }
}

static uint8_t step_of(enum cluster_class class)
{
    switch (class) {
    case CLASS_INTERPUNCT:
        return SHRINK_INTERPUNCT;
    case CLASS_COMMA:
        return SHRINK_COMMA;
    case CLASS_STOP:
    case CLASS_EXCLAMATION:
        return SHRINK_STOP;
    default:
        return SHRINK_BRACKET;
    }
}

/* Between these nothing is ever set, by whatever they are followed (clreq, expansion 3).
 */
static bool is_rigid_pair(const struct cluster *a, const struct cluster *b)
{
    bool connector = a->class == CLASS_CONNECTOR || b->class == CLASS_CONNECTOR ||
                     a->class == CLASS_SOLIDUS || b->class == CLASS_SOLIDUS;
    bool same_mark =
        a->class == b->class && (a->class == CLASS_DASH || a->class == CLASS_ELLIPSIS);
    bool attached = b->class == CLASS_NOTE_MARK || a->class == CLASS_PREFIX ||
                    b->class == CLASS_POSTFIX || a->class == CLASS_INVISIBLE ||
                    b->class == CLASS_INVISIBLE;
    bool wide = class_is_wide(a->class) || class_is_wide(b->class);
    return connector || same_mark || attached || !wide;
}

static struct gap limited_gap(
    unit em, const struct gap_limits *limits, uint8_t kind, uint8_t step)
{
    struct gap gap = {
        .kind = kind, .step = step, .natural = em_part(em, limits->natural)};
    gap.shrink = gap.natural - em_part(em, limits->least);
    gap.stretch = em_part(em, limits->most) - gap.natural;
    gap.shrink = gap.shrink > 0 ? gap.shrink : 0;
    gap.stretch = gap.stretch > 0 ? gap.stretch : 0;
    return gap;
}

static struct gap han_latin_gap(
    const struct spacing *s, const struct cluster *a, const struct cluster *b)
{
    unit em = is_han(a) ? a->size : b->size;
    return limited_gap(em, &s->rules->han_latin, GAP_HAN_LATIN, SHRINK_HAN_LATIN);
}

/* The white that marks bring, and what of it may go. */
static struct gap mark_gap(const struct spacing *s, uint32_t i, uint32_t j)
{
    const struct cluster *a = cluster_at(s, i);
    const struct cluster *b = cluster_at(s, j);
    unit left = white_right(s, i);
    unit right = white_left(s, j);
    if (s->rules->squeeze != SQUEEZE_NONE)
        share_white(a, b, &left, &right);
    struct gap gap = {.natural = left + right, .kind = GAP_HAN};
    if (s->rules->squeeze == SQUEEZE_FULL)
        gap.shrink = gap.natural;
    gap.step = left > 0 ? step_of(a->class) : step_of(b->class);
    if (is_rigid_pair(a, b))
        gap.kind = GAP_RIGID;
    return gap;
}

/* Two Han that fill their squares: most pairs of a Chinese text. */
static bool is_plain_pair(const struct cluster *a, const struct cluster *b)
{
    return a->class == CLASS_HAN && b->class == CLASS_HAN && a->ink_right == 0 &&
           b->ink_left == 0;
}

static bool is_letter(const struct cluster *c)
{
    return c->class == CLASS_LATIN || c->class == CLASS_DIGIT;
}

/* Two letters or digits without white of their own: most pairs of a Western one. */
static bool is_word_pair(const struct cluster *a, const struct cluster *b)
{
    return is_letter(a) && is_letter(b) && a->ink_right == 0 && b->ink_left == 0;
}

/* The gap between clusters i and j, between which nothing stands. */
static struct gap plain_gap(const struct spacing *s, uint32_t i, uint32_t j)
{
    const struct cluster *a = cluster_at(s, i);
    const struct cluster *b = cluster_at(s, j);
    if (is_plain_pair(a, b))
        return (struct gap){.kind = GAP_HAN, .step = step_of(CLASS_HAN)};
    if (is_word_pair(a, b))
        return (struct gap){.kind = GAP_RIGID, .step = step_of(CLASS_LATIN)};
    if (a->class != CLASS_NOTE_MARK && b->class != CLASS_NOTE_MARK &&
        is_han_latin(s, a, b))
        return han_latin_gap(s, a, b);
    return mark_gap(s, i, j);
}

static bool is_wide_mark(const struct cluster *c)
{
    return c->class >= CLASS_OPENER && c->class <= CLASS_ELLIPSIS;
}

/* The gap for a typed space between clusters i and j. */
static struct gap space_gap(const struct spacing *s, uint32_t i, uint32_t j, unit em)
{
    const struct cluster *a = cluster_at(s, i);
    const struct cluster *b = cluster_at(s, j);
    if (is_han_latin(s, a, b))
        return han_latin_gap(s, a, b);
    struct gap marks = mark_gap(s, i, j);
    bool wide_a = class_is_wide(a->class);
    bool wide_b = class_is_wide(b->class);
    if (!wide_a && !wide_b)
        return limited_gap(em, &s->rules->word, GAP_WORD, SHRINK_WORD);
    /* A full-width mark has its own white, and none beside Latin: the space adds none. */
    bool mark_latin = (is_wide_mark(a) && !wide_b) || (is_wide_mark(b) && !wide_a);
    if (marks.natural > 0 || mark_latin)
        return marks;
    return (struct gap){.natural = em_part(em, s->rules->han_space), .kind = GAP_RIGID};
}

static bool may_hang(const struct line_rules *rules, const struct cluster *c)
{
    if (rules->hanging == HANGING_ALL)
        return class_is_closing(c->class);
    return rules->hanging == HANGING_STOPS &&
           (c->codepoint == 0x3001 || c->codepoint == 0xFF0C || c->codepoint == 0x3002);
}

static bool is_character(const struct cluster *c)
{
    return is_han(c) || c->class == CLASS_LATIN || c->class == CLASS_DIGIT ||
           c->class == CLASS_OBJECT;
}

/* Body, and white at a line's ends. */
static void set_box(const struct spacing *s, uint32_t i)
{
    const struct cluster *c = cluster_at(s, i);
    const struct line_rules *rules = s->rules;
    struct box *box = &s->boxes[i];
    box->space = is_flexible_space(s, i);
    box->character = is_character(c);
    box->wide = is_han(c);
    box->gap.kind = GAP_RIGID;
    box->penalty = PENALTY_FORBIDDEN;
    if (box->space || c->class == CLASS_FORCED_BREAK)
        return;
    box->body = c->advance - c->ink_left - c->ink_right;
    box->pen = -c->ink_left;
    box->start_white = rules->trim_line_start ? 0 : c->ink_left;
    box->first_white = rules->trim_line_start && rules->trim_first_line ? 0 : c->ink_left;
    box->end_white = rules->trim_line_end ? 0 : c->ink_right;
    box->hang = may_hang(rules, c) ? box->body + box->end_white : 0;
}

/* The gap and the penalty between cluster i and the next that is no flexible space. */
static uint32_t set_border(const struct spacing *s, uint32_t i)
{
    uint32_t next = i + 1;
    while (next < s->text->cluster_count && is_flexible_space(s, next))
        next++;
    uint32_t spaces = next - i - 1;
    struct box *holder = &s->boxes[next - 1];
    if (next == s->text->cluster_count) {
        holder->penalty =
            cluster_at(s, next - 1)->class == CLASS_FORCED_BREAK ? PENALTY_FORCED : 0;
        return next;
    }
    if (cluster_at(s, i)->class == CLASS_FORCED_BREAK) {
        s->boxes[i].penalty = PENALTY_FORCED;
        return next;
    }
    bool before_break = cluster_at(s, next)->class == CLASS_FORCED_BREAK;
    if (before_break)
        return next;
    holder->gap = spaces > 0 ? space_gap(s, i, next, cluster_at(s, next - 1)->size)
                             : plain_gap(s, i, next);
    holder->penalty = kinsoku_penalty(s->text, s->rules, i, next, spaces);
    if (holder->penalty == PENALTY_HYPHEN)
        holder->hyphen =
            glyph_hyphen(cluster_at(s, i)->face, cluster_at(s, i)->size).x_advance;
    return next;
}

/* 均排: the clusters of a run stand evenly in `even` em (clreq, "even inter-character
 * spacing"); one alone stands in the middle. */
static void set_even(const struct spacing *s, uint32_t start, uint32_t end, uint32_t even)
{
    int64_t natural = 0;
    for (uint32_t i = start; i < end; i++)
        natural += s->boxes[i].body + (i + 1 < end ? s->boxes[i].gap.natural : 0);
    int64_t open = (int64_t)even * cluster_at(s, start)->size - natural;
    if (open <= 0)
        return;
    if (end - start == 1) {
        s->boxes[start].body += (unit)open;
        s->boxes[start].pen += (unit)(open / 2);
        return;
    }
    int64_t given = 0;
    for (uint32_t i = start; i + 1 < end; i++) {
        int64_t due = unit_muldiv(open, i - start + 1, end - start - 1);
        s->boxes[i].gap.natural += (unit)(due - given);
        s->boxes[i].gap.kind = GAP_RIGID;
        s->boxes[i].gap.shrink = s->boxes[i].gap.stretch = 0;
        given = due;
    }
}

static int64_t text_width(const struct paragraph_text *text)
{
    int64_t width = 0;
    for (uint32_t i = 0; i < text->cluster_count; i++)
        width += text->clusters[i].advance;
    return width;
}

/* The white between neighbouring ruby texts, in 1/1000 em of the base (clreq, "ruby": at
 * least ¼ em, or two syllables read as one). */
#define RUBY_APART 250

static bool has_ruby(const struct paragraph_text *text, uint32_t cluster)
{
    return cluster < text->cluster_count &&
           text->ruby[text->clusters[cluster].run] != NULL;
}

/* A ruby text wider than its base spreads the base: half of the difference at its ends,
 * the rest between its characters (clreq, "ruby": 1:2:1). */
static void set_ruby(const struct spacing *s, uint32_t start, uint32_t end,
    const struct paragraph_text *ruby)
{
    int64_t base = 0;
    for (uint32_t i = start; i < end; i++)
        base += s->boxes[i].body + (i + 1 < end ? s->boxes[i].gap.natural : 0);
    int64_t open = text_width(ruby) - base;
    if ((start > 0 && has_ruby(s->text, start - 1)) || has_ruby(s->text, end))
        open += em_part(cluster_at(s, start)->size, RUBY_APART);
    if (open <= 0)
        return;
    int64_t parts = 2 * (int64_t)(end - start);
    int64_t given = 0;
    for (uint32_t i = start; i < end; i++) {
        int64_t lead = unit_muldiv(open, 2 * (int64_t)(i - start) + 1, parts) - given;
        given += lead;
        int64_t trail = unit_muldiv(open, 2 * (int64_t)(i - start) + 2, parts) - given;
        given += trail;
        s->boxes[i].pen += (unit)lead;
        s->boxes[i].body += (unit)(lead + trail);
    }
}

static void set_special_runs(const struct spacing *s)
{
    const struct paragraph_text *text = s->text;
    for (uint32_t start = 0; start < text->cluster_count;) {
        uint32_t run = text->clusters[start].run;
        uint32_t end = start + 1;
        while (end < text->cluster_count && text->clusters[end].run == run)
            end++;
        if (text->runs[run].even > 0)
            set_even(s, start, end, text->runs[run].even);
        if (text->ruby != NULL && text->ruby[run] != NULL)
            set_ruby(s, start, end, text->ruby[run]);
        start = end;
    }
}

/* From the end to the start: what follows each legal break up to the next one. */
static void mark_runs(struct box *boxes, uint32_t count, unit em)
{
    int64_t width = 0;
    for (uint32_t i = count; i > 0; i--) {
        struct box *box = &boxes[i - 1];
        if (box->penalty != PENALTY_FORBIDDEN) {
            box->before_run = i < count && width > (int64_t)RUN_EM * em;
            width = 0;
        }
        width += box->body + (width > 0 ? box->gap.natural : 0);
    }
}

static struct box_list sum_boxes(
    struct arena *arena, const struct box *boxes, uint32_t count)
{
    struct box_list list = {.boxes = boxes, .count = count};
    int64_t *width = ARENA_ARRAY(arena, (size_t)count + 1, int64_t);
    int64_t *shrink = ARENA_ARRAY(arena, (size_t)count + 1, int64_t);
    int64_t *stretch = ARENA_ARRAY(arena, (size_t)count + 1, int64_t);
    uint32_t *han = ARENA_ARRAY(arena, (size_t)count + 1, uint32_t);
    uint32_t *open = ARENA_ARRAY(arena, (size_t)count + 1, uint32_t);
    uint32_t *visible = ARENA_ARRAY(arena, (size_t)count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        const struct gap *gap = &boxes[i].gap;
        bool set = !boxes[i].space && boxes[i].penalty != PENALTY_FORCED;
        width[i + 1] = width[i] + boxes[i].body + gap->natural;
        shrink[i + 1] = shrink[i] + gap->shrink;
        stretch[i + 1] = stretch[i] + gap->stretch;
        han[i + 1] = han[i] + (gap->kind == GAP_HAN);
        open[i + 1] = open[i] + (gap->kind != GAP_RIGID);
        visible[i + 1] = set || boxes[i].body > 0 ? i + 1 : visible[i];
    }
    list.width = width;
    list.shrink = shrink;
    list.stretch = stretch;
    list.han_gaps = han;
    list.open_gaps = open;
    list.visible = visible;
    return list;
}

struct box_list space_boxes(struct arena *arena, const struct paragraph_text *text,
    const struct line_rules *rules, const struct measure *measure, uint32_t *ret_forced)
{
    uint32_t count = text->cluster_count;
    struct spacing s = {.text = text, .rules = rules};
    s.boxes = ARENA_ARRAY(arena, (size_t)count + 1, struct box);
    read_neighbours(&s, arena);
    for (uint32_t i = 0; i < count; i++)
        set_box(&s, i);
    uint32_t first = 0; /* spaces at the paragraph's start have no width */
    while (first < count && is_flexible_space(&s, first))
        first++;
    for (uint32_t i = first; i < count;)
        i = set_border(&s, i);
    set_special_runs(&s);
    address_breaks(text, rules, measure->width, s.boxes, ret_forced);
    mark_runs(s.boxes, count, count > 0 ? cluster_at(&s, 0)->size : UNIT_PT);
    return sum_boxes(arena, s.boxes, count);
}
