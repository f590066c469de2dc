/* measure: widths, and the ends of paragraphs; see measure.h. */
#include "import/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "import/mark.h"

#define CANDIDATES_LEAST 3  /* full lines that are enough to go by */
#define LOW_SHARE        20 /* one in so many full lines may be narrower: a wrong guess */
#define SLACK            300 /* em/1000: what the estimate of Latin widths is off by */
#define WIDE_PERCENT     80  /* of the widest line: narrower ones say nothing */
#define WIDE_LEAST       (10 * EM) /* a column is not narrower */
#define INDENT_WIDE                                                                      \
    1100                /* em/1000 that first lines are narrower: they are indented
                                 */
#define INDENT_LEAST 2  /* columns of a first line's indent */
#define INDENT_MOST  12 /* columns; more is centred */
#define PITCH_MORE   7  /* quarters of the pitch that part two paragraphs */

/* Widths of ! to ~ in Times, em/1000. */
static const int16_t latin_widths[] = {333, 408, 500, 500, 833, 778, 180, 333, 333, 500,
    564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278,
    564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611,
    889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333,
    469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500,
    500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541};

static int64_t char_width(uint32_t c)
{
    if (c > ' ' && c < 0x7F)
        return latin_widths[c - '!'];
    if (c == ' ')
        return EM / 4;
    return char_is_cjk(c) || char_is_shared_mark(c) ? EM : EM / 2;
}

static bool is_closing(uint32_t c)
{
    static const uint32_t marks[] = {0x3001, 0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01,
        0xFF1F, 0x201D, 0x2019, 0xFF09, 0x300B, 0x3009, 0x300D, 0x300F, 0x3011, ')', ']',
        ',', '.', ';', ':', '!', '?', 0x3015, '%', 0x2026, 0x2014, 0xB7};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i] == c)
            return true;
    }
    return false;
}

static bool is_opening(uint32_t c)
{
    return c == 0x201C || c == 0x2018 || c == 0xFF08 || c == 0x300A || c == 0x3008 ||
           c == 0x300C || c == 0x300E || c == 0x3010 || c == 0x3014 || c == '(' ||
           c == '[';
}

/* A Han character beside a Latin letter or digit: a quarter em stands between. */
static bool has_gap(uint32_t a, uint32_t b)
{
    return (char_is_word(a) && char_is_cjk(b) && b >= 0x3040 && b < 0xFF00) ||
           (char_is_word(b) && char_is_cjk(a) && a >= 0x3040 && a < 0xFF00);
}

/* Width of t, of which a space between Han and Latin is the gap. */
int64_t measure_width(struct text t)
{
    int64_t width = 0;
    uint32_t before = 0;
    bool space = false;

    for (size_t i = 0; i < t.length;) {
        uint32_t c = utf8_next(t.data, t.length, &i);

        if (c == ' ') {
            space = true;
            continue;
        }
        if (has_gap(before, c))
            width += EM / 4;
        else if (space)
            width += char_is_word(before) && char_is_word(c) ? EM / 4 : EM / 2;
        space = false;
        width += char_width(c);
        before = c;
    }
    return width;
}

/* Signs that stand with numbers: −2.1～0.5, ±3, 24℃. */
static bool is_number_sign(uint32_t c)
{
    return c == 0x2212 || c == 0xB1 || c == 0xB0 || c == 0xD7 || c == 0x2013 ||
           c == 0x2103 || c == 0x2030 || c == 0xFF5E || c == 0xB7 || c == 0x301C;
}

/* Bytes at the start of t that a line cannot part. */
static size_t first_unit(struct text t)
{
    size_t at = 0;
    bool word = false, said = false;

    while (at < t.length) {
        size_t next = at;
        uint32_t c = utf8_next(t.data, t.length, &next);
        bool latin = (c > ' ' && c < 0x7F && !is_closing(c) && !is_opening(c)) ||
                     is_number_sign(c);

        if (said && !is_closing(c) && !(word && latin))
            break;
        if (c == ' ')
            break;
        said = said || !is_opening(c);
        word = latin || (word && c < 0x7F); /* 2.1, a:b */
        at = next;
    }
    return at;
}

/* Width without a mark that may hang at the end. */
static int64_t set_width(struct text t)
{
    size_t end = t.length;

    if (end > 0 && is_closing(utf8_previous(t.data, &end)))
        return measure_width(text_slice(t, 0, end));
    return measure_width(t);
}

/* Width of a line and of what comes next, whose last mark may hang; that of the line
 * could not, had more followed on it. */
static int64_t needed(const struct import_line *line, const struct import_line *next)
{
    struct text unit_text = text_slice(next->text, 0, first_unit(next->text));

    return measure_width(line->text) + set_width(unit_text);
}

bool measure_ends_sentence(struct text t)
{
    size_t end = t.length;

    while (end > 0) {
        uint32_t c = utf8_previous(t.data, &end);

        switch (c) {
        case 0x3002:
        case 0xFF01:
        case 0xFF1F:
        case 0x2026:
        case 0xFF1B:
        case '.':
        case '!':
        case '?':
            return true;
        case 0x201D:
        case 0x2019:
        case 0xFF09:
        case ')':
        case 0x300B:
        case 0x300D:
        case 0x300F:
        case 0x3011:
        case ']':
            continue;
        default:
            return false;
        }
    }
    return false;
}

size_t measure_next(const struct import_source *source, size_t i)
{
    for (i++; i < source->lines.length; i++) {
        if (source->lines.data[i].role == LINE_TEXT)
            break;
    }
    return i;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

struct numbers {
    VEC(int64_t) list;
};

static int64_t at_share(struct numbers *numbers, size_t part, size_t whole)
{
    if (numbers->list.length == 0)
        return 0;
    qsort(numbers->list.data, numbers->list.length, sizeof(int64_t), compare);
    return numbers->list.data[(numbers->list.length - 1) * part / whole];
}

/* The value that occurs most; the least of those that occur equally often. */
static int64_t most_common(struct numbers *numbers)
{
    int64_t best = 0;
    size_t best_count = 0, count = 0;

    at_share(numbers, 0, 1);
    for (size_t i = 0; i < numbers->list.length; i++) {
        bool same = i > 0 && numbers->list.data[i] == numbers->list.data[i - 1];

        count = same ? count + 1 : 1;
        if (count > best_count) {
            best = numbers->list.data[i];
            best_count = count;
        }
    }
    return best;
}

/* Is line i body text in the middle of a sentence, with the rest in line k? */
static bool breaks_sentence(
    const struct import_source *source, const bool *starts, size_t i, size_t k)
{
    const struct import_line *line = &source->lines.data[i];

    return k < source->lines.length && !starts[i] && !starts[k] &&
           !measure_ends_sentence(line->text) && !mark_is_address_rest(line->text) &&
           !mark_is_address_rest(source->lines.data[k].text);
}

/* Width of the widest lines that run on, but for a few that only seem to. */
static int64_t find_widest(const struct import_source *source, const bool *starts)
{
    struct numbers widths = {0};
    int64_t widest;

    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];

        if (line->role == LINE_TEXT && set_width(line->text) > WIDE_LEAST &&
            breaks_sentence(source, starts, i, measure_next(source, i)))
            vec_push(&widths.list, set_width(line->text));
    }
    widest = at_share(&widths, 19, 20);
    vec_done(&widths.list);
    return widest;
}

/* Width of the widest line: where no line certainly runs on, it is what is known. */
static int64_t find_widest_of_all(const struct import_source *source)
{
    int64_t widest = 0;

    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];

        if (line->role == LINE_TEXT && !mark_is_address_rest(line->text) &&
            mark_source_label(line->text) == 0 && measure_width(line->text) > widest)
            widest = measure_width(line->text);
    }
    return widest > WIDE_LEAST ? widest : WIDE_LEAST;
}

static void find_widths(struct measure *measure, const bool *starts)
{
    const struct import_source *source = measure->source;
    struct numbers needs = {0}, inner = {0}, first = {0};
    int64_t widest = find_widest(source, starts);
    bool leads = false;

    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];
        size_t k = measure_next(source, i);
        int64_t width = set_width(line->text);

        if (line->role != LINE_TEXT)
            continue;
        if (leads && !starts[i] && width * 100 > widest * WIDE_PERCENT)
            vec_push(&first.list, width);
        if (!leads && breaks_sentence(source, starts, i, k) &&
            width * 100 > widest * WIDE_PERCENT) {
            vec_push(&inner.list, width);
            vec_push(&needs.list, needed(line, &source->lines.data[k]));
        }
        leads = starts[i] || mark_is_address_rest(line->text);
    }
    measure->fits = needs.list.length >= CANDIDATES_LEAST
                        ? at_share(&needs, 1, LOW_SHARE) - SLACK
                        : find_widest_of_all(source) * 9 / 10;
    if (at_share(&inner, 4, 5) - at_share(&first, 4, 5) > INDENT_WIDE)
        measure->first = 2 * EM;
    vec_done(&needs.list);
    vec_done(&inner.list);
    vec_done(&first.list);
}

/* Does the white space behind lines say which of them are the last of a paragraph? */
static void find_trailing(struct measure *measure, const bool *starts)
{
    const struct import_source *source = measure->source;
    size_t last = 0, last_spaced = 0, inner = 0, inner_spaced = 0;

    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];
        size_t k = measure_next(source, i);

        if (line->role != LINE_TEXT || k == source->lines.length)
            continue;
        if (starts[k]) {
            last++;
            last_spaced += line->trailing;
        } else if (breaks_sentence(source, starts, i, k)) {
            inner++;
            inner_spaced += line->trailing;
        }
    }
    measure->trailing = last >= CANDIDATES_LEAST && last_spaced * 10 >= last * 8 &&
                        inner >= CANDIDATES_LEAST && inner_spaced * 10 <= inner * 2;
}

static void find_whites(struct measure *measure, const bool *starts)
{
    const struct import_source *source = measure->source;
    struct numbers blanks = {0}, margins = {0};
    size_t indented = 0, after = 0;

    for (size_t i = 1; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];

        if (line->role != LINE_TEXT || starts[i])
            continue;
        vec_push(&blanks.list, line->blank);
        vec_push(&margins.list, line->indent);
    }
    measure->blank = (uint32_t)most_common(&blanks);
    measure->margin = (uint32_t)most_common(&margins);
    for (size_t i = 0; i < source->lines.length; i++) {
        size_t k = measure_next(source, i);

        if (source->lines.data[i].role != LINE_TEXT || k == source->lines.length ||
            starts[k])
            continue;
        if (measure_is_indented(measure, k)) {
            indented++;
            after += starts[i] || measure_ends_sentence(source->lines.data[i].text) ||
                     mark_is_address_rest(source->lines.data[i].text);
        }
    }
    measure->indents = indented >= CANDIDATES_LEAST && after * 10 >= indented * 8;
    vec_done(&blanks.list);
    vec_done(&margins.list);
}

static void find_places(struct measure *measure)
{
    const struct import_source *source = measure->source;
    struct numbers sizes = {0}, pitches = {0};

    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];

        for (size_t n = 0; line->role == LINE_TEXT && n < line->text.length; n += 30)
            vec_push(&sizes.list, line->size);
    }
    measure->size = (unit)most_common(&sizes);
    for (int parity = 0; parity < 2; parity++) {
        struct numbers lefts = {0}, rights = {0};

        for (size_t i = 0; i < source->lines.length; i++) {
            const struct import_line *line = &source->lines.data[i];
            size_t end = line->text.length;

            if (line->role != LINE_TEXT || line->size != measure->size ||
                line->page % 2 != (uint32_t)parity)
                continue;
            vec_push(&lefts.list, line->left / UNIT_PT);
            if (end > 0 && !is_closing(utf8_previous(line->text.data, &end)))
                vec_push(&rights.list, line->right);
        }
        measure->left[parity] = (unit)(most_common(&lefts) * UNIT_PT);
        measure->right[parity] = (unit)at_share(&rights, 97, 100);
        vec_done(&lefts.list);
        vec_done(&rights.list);
    }
    for (size_t i = 1; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];

        if (line->role == LINE_TEXT && line->size == measure->size &&
            line[-1].size == line->size && line[-1].page == line->page &&
            line->top > line[-1].top)
            vec_push(&pitches.list, (line->top - line[-1].top) / (UNIT_PT / 2));
    }
    measure->pitch = (unit)(most_common(&pitches) * (UNIT_PT / 2));
    vec_done(&sizes.list);
    vec_done(&pitches.list);
}

/* Is `(` after Han written with a space before it in this issue? */
static void find_brackets(struct measure *measure)
{
    size_t spaced = 0, close = 0;

    for (size_t i = 0; i < measure->source->lines.length; i++) {
        struct text t = measure->source->lines.data[i].text;

        for (size_t k = 3; k < t.length; k++) {
            bool bracket = t.data[k] == '(';

            spaced += bracket && t.data[k - 1] == ' ' && (t.data[k - 2] & 0x80) != 0;
            close += bracket && (t.data[k - 1] & 0x80) != 0;
        }
    }
    measure->spaced_brackets = spaced > close;
}

/* Was a paragraph seen that follows another one in the same item? */
static void find_several(struct measure *measure, const bool *starts)
{
    const struct import_source *source = measure->source;
    bool leads = false;

    for (size_t i = 0; i < source->lines.length && !measure->several; i++) {
        const struct import_line *line = &source->lines.data[i];
        size_t k = measure_next(source, i);

        if (line->role != LINE_TEXT)
            continue;
        if (k < source->lines.length && !starts[i] && !starts[k] &&
            measure_ends_sentence(line->text))
            measure->several = measure_line_end(measure, i, k, leads) == LINE_ENDS;
        leads = starts[i] || mark_is_address_rest(line->text);
    }
}

void measure_find(
    struct measure *measure, const struct import_source *source, const bool *starts)
{
    *measure = (struct measure){.source = source};
    if (source->placed)
        find_places(measure);
    find_widths(measure, starts);
    if (!source->placed)
        find_trailing(measure, starts);
    find_whites(measure, starts);
    find_brackets(measure);
    find_several(measure, starts);
}

bool measure_is_indented(const struct measure *measure, size_t i)
{
    const struct import_line *line = &measure->source->lines.data[i];

    if (measure->source->placed)
        return line->left - measure->left[line->page % 2] > measure->size;
    return line->indent >= measure->margin + INDENT_LEAST &&
           line->indent <= measure->margin + INDENT_MOST;
}

bool measure_is_full(const struct measure *measure, size_t i, size_t k, bool first)
{
    const struct import_line *line = &measure->source->lines.data[i];
    const struct import_line *next = &measure->source->lines.data[k];

    if (measure->source->placed) {
        struct text rest = text_slice(next->text, 0, first_unit(next->text));
        int64_t more = measure_width(rest) * line->size / EM;

        return line->right + more + line->size / 2 > measure->right[line->page % 2];
    }
    return needed(line, next) + (first ? measure->first : 0) >= measure->fits;
}

/* Two lines of a PDF that are not of one paragraph, whatever they say. */
static bool is_apart(const struct measure *measure, const struct import_line *line,
    const struct import_line *next)
{
    unit difference =
        line->size > next->size ? line->size - next->size : next->size - line->size;

    if (difference > UNIT_PT / 2)
        return true;
    return line->page == next->page && measure->pitch > 0 &&
           (int64_t)(next->top - line->top) * 4 > (int64_t)measure->pitch * PITCH_MORE;
}

enum line_end measure_line_end(
    const struct measure *measure, size_t i, size_t k, bool first)
{
    const struct import_line *line = &measure->source->lines.data[i];
    const struct import_line *next = &measure->source->lines.data[k];
    bool full = measure_is_full(measure, i, k, first);
    bool sentence = measure_ends_sentence(line->text);

    if (measure->source->placed && is_apart(measure, line, next))
        return LINE_ENDS;
    if (measure->trailing && !line->trailing)
        return LINE_RUNS_ON;
    if (!full || (measure->trailing && sentence))
        return LINE_ENDS;
    if (measure->indents)
        return measure_is_indented(measure, k) ? LINE_ENDS : LINE_RUNS_ON;
    if (!sentence)
        return LINE_RUNS_ON;
    if (measure->blank == 0 && next->blank > 0 && next->page == line->page)
        return LINE_ENDS;
    return measure->several ? LINE_MAY_END : LINE_RUNS_ON;
}
