/* furniture: what stands on the pages again and again is no text of the issue.
 *
 * Where the pages are known (form feeds, a PDF) furniture is among the first or last
 * lines of a page and comes again on another one, digits aside; a number alone there is a
 * page's. In a text that lost its pages, a number alone on a line is a page's, and the
 * line beside it is the header when it comes again, or when it stands apart from the text
 * that it interrupts. */
#include "import/furniture.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "import/measure.h"

#define EDGE_LINES   2  /* lines at a page's edge that may be furniture */
#define EDGE_PERCENT 13 /* of a PDF page's height, at the top and at the bottom */
#define INNER_SHARE  3  /* a header in a header is on one page in so many */
#define INNER_LEAST  3  /* pages */
#define HEADER_MOST  90 /* bytes; a longer line is no running header */
#define NUMBER_MOST  24 /* bytes of a page number with what is around it */

bool furniture_is_page_number(struct text t)
{
    static const char *const around[] = {"第", "页", "頁", "共", "Page", "of", "–", "—",
        "·", "•", "|", "-", "/", " ", "~", "P", "．", "，"};
    size_t digits = 0, numbers = 0;
    bool digit_before = false;

    if (t.length > NUMBER_MOST)
        return false;
    for (size_t i = 0; i < t.length;) {
        size_t skipped = 0;
        bool digit = t.data[i] >= '0' && t.data[i] <= '9';

        for (size_t k = 0; !digit && k < sizeof around / sizeof around[0]; k++) {
            if (skipped == 0 && text_starts(text_slice(t, i, t.length), around[k]))
                skipped = strlen(around[k]);
        }
        if (!digit && skipped == 0)
            return false;
        digits = digit ? (digit_before ? digits + 1 : 1) : digits;
        numbers += digit && !digit_before;
        if (digits > 3)
            return false;
        digit_before = digit;
        i += digit ? 1 : skipped;
    }
    return numbers == 1 || numbers == 2;
}

static bool is_padded(struct text t)
{
    return t.length == 2 && t.data[0] == '0';
}

struct text furniture_fold(struct arena *arena, struct text t)
{
    struct str out;

    str_init(&out);
    for (size_t i = 0; i < t.length; i++) {
        bool digit = t.data[i] >= '0' && t.data[i] <= '9';

        if (!digit && t.data[i] != ' ')
            str_append_char(&out, t.data[i]);
        else if (digit && (out.length == 0 || out.data[out.length - 1] != '#'))
            str_append_char(&out, '#');
    }
    struct text folded = text_copy(arena, str_text(&out));
    str_done(&out);
    return folded;
}

/* Does line i stand at the edge of its page? */
static bool is_at_edge(const struct import_source *source, size_t i)
{
    const struct import_line *line = &source->lines.data[i];
    size_t before = 0, behind = 0;

    if (source->placed) {
        unit edge = (unit)unit_muldiv(source->page_height, EDGE_PERCENT, 100);

        return line->top < edge || line->bottom > source->page_height - edge;
    }
    while (
        before < EDGE_LINES && before < i && line[-1 - (long)before].page == line->page)
        before++;
    while (behind < EDGE_LINES && i + behind + 1 < source->lines.length &&
           line[1 + behind].page == line->page)
        behind++;
    return source->form_feeds && (before < EDGE_LINES || behind < EDGE_LINES);
}

/* How often each folded text stands at an edge, once a page. */
struct edges {
    struct map pages; /* folded text → struct edge */
};

struct edge {
    uint32_t page;  /* the last one */
    uint32_t count; /* of pages */
};

static struct edge *edge_of(
    const struct edges *edges, struct import_source *source, size_t i)
{
    return map_lookup(
        &edges->pages, furniture_fold(&source->arena, source->lines.data[i].text));
}

static void count_edges(struct edges *edges, struct import_source *source)
{
    for (size_t i = 0; i < source->lines.length; i++) {
        const struct import_line *line = &source->lines.data[i];
        struct edge *edge = edge_of(edges, source, i);

        if (!is_at_edge(source, i) || line->text.length > HEADER_MOST)
            continue;
        if (edge == NULL) {
            edge = ARENA_NEW(&source->arena, struct edge);
            map_set(&edges->pages, furniture_fold(&source->arena, line->text), edge);
        }
        if (edge->page != line->page) {
            edge->page = line->page;
            edge->count++;
        }
    }
}

static void take_header(struct import_source *source, struct text t)
{
    if (source->header.length == 0 && !furniture_is_page_number(t))
        source->header = t;
}

/* Numbers and points alone are alike once they are folded: 8.7.7 is no header. */
static bool has_letter(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.data[i];

        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return true;
    }
    return false;
}

/* On how many pages must line i come again? One inside another one may be text that begins
 * its page: “documented at” does so twice in an issue. */
static uint32_t needed_pages(const struct import_source *source, size_t i)
{
    const struct import_line *line = &source->lines.data[i];
    bool outermost = i == 0 || line[-1].page != line->page ||
                     i + 1 == source->lines.length || line[1].page != line->page;
    uint32_t share = source->pages / INNER_SHARE;

    return outermost ? 2 : share > INNER_LEAST ? share : INNER_LEAST;
}

static void drop_known_pages(struct import_source *source)
{
    struct edges edges;

    map_init(&edges.pages);
    count_edges(&edges, source);
    for (size_t i = 0; i < source->lines.length; i++) {
        struct import_line *line = &source->lines.data[i];
        struct edge *edge = edge_of(&edges, source, i);
        bool number = furniture_is_page_number(line->text);

        if (!is_at_edge(source, i) || line->text.length > HEADER_MOST ||
            measure_ends_sentence(line->text))
            continue;
        if (number || (edge != NULL && edge->count >= needed_pages(source, i) &&
                          has_letter(line->text))) {
            line->role = LINE_FURNITURE;
            take_header(source, line->text);
        }
    }
    map_done(&edges.pages);
}

/* What drop_unknown_pages() knows. */
struct alone {
    struct import_source *source;
    struct map counts;  /* text of a line → struct edge */
    struct map headers; /* texts to drop */
    uint32_t blank;     /* blank lines between most lines */
};

static bool comes_again(const struct alone *alone, size_t i)
{
    const struct edge *edge =
        map_lookup(&alone->counts, alone->source->lines.data[i].text);

    return edge != NULL && edge->count > 1;
}

/* Is line i, beside a page number, the running header? */
static bool is_header(const struct alone *alone, size_t i)
{
    const struct import_line *line = &alone->source->lines.data[i];

    if (line->text.length > HEADER_MOST || measure_ends_sentence(line->text) ||
        furniture_is_page_number(line->text))
        return false;
    if (comes_again(alone, i))
        return true;
    if (i == 0 || i + 2 >= alone->source->lines.length)
        return false;
    bool interrupts = !measure_ends_sentence(line[-1].text) &&
                      measure_width(line[-1].text) > measure_width(line->text);
    return interrupts && (line->blank > alone->blank || alone->blank == 0);
}

static uint32_t usual_blank(const struct import_source *source)
{
    uint32_t counts[4] = {0};
    uint32_t best = 0;

    for (size_t i = 1; i < source->lines.length; i++)
        counts[source->lines.data[i].blank < 4 ? source->lines.data[i].blank : 3]++;
    for (uint32_t i = 1; i < 4; i++)
        best = counts[i] > counts[best] ? i : best;
    return best;
}

static void count_lines(struct alone *alone)
{
    struct import_source *source = alone->source;

    for (size_t i = 0; i < source->lines.length; i++) {
        struct edge *edge = map_lookup(&alone->counts, source->lines.data[i].text);

        if (edge == NULL) {
            edge = ARENA_NEW(&source->arena, struct edge);
            map_set(&alone->counts, source->lines.data[i].text, edge);
        }
        edge->count++;
    }
}

/* The page number on line i, and the header beside it. */
static void drop_number(struct alone *alone, size_t i)
{
    struct import_source *source = alone->source;
    struct import_line *line = &source->lines.data[i];
    bool first = i == 0, last = i + 1 == source->lines.length;

    if (!furniture_is_page_number(line->text) || is_padded(line->text) ||
        (!first && furniture_is_page_number(line[-1].text)) ||
        (!last && furniture_is_page_number(line[1].text)))
        return;
    line->role = LINE_FURNITURE;
    if (!first && is_header(alone, i - 1)) {
        take_header(source, line[-1].text);
        map_set(&alone->headers, line[-1].text, line);
    } else if (!last && comes_again(alone, i + 1) && is_header(alone, i + 1)) {
        take_header(source, line[1].text);
        map_set(&alone->headers, line[1].text, line);
    }
}

static void drop_unknown_pages(struct import_source *source)
{
    struct alone alone = {.source = source, .blank = usual_blank(source)};

    map_init(&alone.counts);
    map_init(&alone.headers);
    count_lines(&alone);
    for (size_t i = 0; i < source->lines.length; i++)
        drop_number(&alone, i);
    for (size_t i = 0; i < source->lines.length; i++) {
        if (map_lookup(&alone.headers, source->lines.data[i].text) != NULL)
            source->lines.data[i].role = LINE_FURNITURE;
    }
    map_done(&alone.headers);
    map_done(&alone.counts);
}

void furniture_drop(struct import_source *source, struct diagnostics *sink)
{
    uint32_t count = 0;
    struct str header;

    if (source->pages > 1)
        drop_known_pages(source);
    else
        drop_unknown_pages(source);
    for (size_t i = 0; i < source->lines.length; i++)
        count += source->lines.data[i].role == LINE_FURNITURE;
    if (count == 0)
        return;
    str_init(&header);
    str_append_escaped(&header, source->header);
    diag_add(sink, DIAG_IMPORT_FURNITURE, SPAN_NONE, NULL, count,
        header.data != NULL ? header.data : "");
    str_done(&header);
}
