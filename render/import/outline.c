/* outline: which lines are headings, and of what level.
 *
 * Every bulletin numbers its sections and items in its own way (2 and 2.1, 一、 and 1、, 【】
 * and ■ …), but one issue keeps to its way. So the lines are read in four steps:
 *
 *   1. each line's mark (mark.h), if it comes in its turn: a wrapped line that begins with
 *      “24 小时” or “2.5 亿” is no heading;
 *   2. the measure, from the lines that certainly run on (measure.h); a mark behind a line
 *      that runs on is text after all;
 *   3. kinds of marks whose lines look like headings (short, no full stop), by first
 *      occurrence: the first kind is the sections', the second the items';
 *   4. where items have no mark: the line before a source line is one.
 *
 * Rejected: fixed meanings of marks. 一、 is a section in five series and an item in
 * others. */
#include "import/outline.h"

#include <string.h>

#include "base/utf8.h"
#include "import/join.h"

#define GAP_MOST      3 /* numbers that may be missing in a row: real issues miss some */
#define TITLE_MOST    160 /* characters of a title: the longest known has 142 */
#define TITLE_LINES   4   /* printed lines of a title */
#define HEADING_SHARE 60  /* percent of a kind's lines that look like headings */
#define LOOK_AHEAD    60  /* lines from `2 地方动态` to `2.1 上海：…` */
#define ENTRIES_MOST  600 /* lines of highlights: more are none */

static struct import_line *line_at(const struct outline *outline, size_t i)
{
    return &outline->source->lines.data[i];
}

static size_t line_count(const struct outline *outline)
{
    return outline->source->lines.length;
}

static bool is_text(const struct outline *outline, size_t i)
{
    return i < line_count(outline) && line_at(outline, i)->role == LINE_TEXT;
}

static size_t previous(const struct outline *outline, size_t i)
{
    while (i > 0) {
        if (line_at(outline, --i)->role == LINE_TEXT)
            return i;
    }
    return line_count(outline);
}

/* A mark alone on a line belongs to the next one: pdftotext does so with ✓ and with 01.
 */
static void join_lone_marks(struct outline *outline)
{
    struct import_source *source = outline->source;

    for (size_t i = 0; i < line_count(outline); i++) {
        struct import_line *line = line_at(outline, i);
        struct mark mark = mark_read(line->text);
        size_t k = measure_next(source, i);

        if (line->role != LINE_TEXT || mark.kind == MARK_NONE || mark.length == 0 ||
            mark.length != line->text.length || k == line_count(outline) ||
            mark_read(line_at(outline, k)->text).kind != MARK_NONE)
            continue;
        struct import_line *next = line_at(outline, k);
        const char *between = mark.kind == MARK_HAN && !text_ends(line->text, "、")
                                  ? "、" /* 一 alone: a number that only its 、 tells */
                                  : " ";
        uint32_t shift = (uint32_t)(line->text.length + strlen(between));

        next->text =
            text_of(arena_print(&source->arena, "%.*s%s%.*s", (int)line->text.length,
                line->text.data, between, (int)next->text.length, next->text.data));
        for (uint32_t n = 0; n < next->link_count; n++) {
            next->links[n].start += shift;
            next->links[n].end += shift;
        }
        next->blank = line->blank;
        line->role = LINE_TAKEN;
    }
}

/* Does the mark come in its turn? last: the one before it of its kind. */
static bool in_turn(const struct mark *mark, const struct mark *last)
{
    if (mark->kind == MARK_DOTTED) {
        if (mark->first == last->first)
            return mark->second > last->second && mark->second <= last->second + GAP_MOST;
        return mark->second == 1 && (last->first == 0 || mark->first > last->first) &&
               mark->first <= last->first + GAP_MOST + 1;
    }
    if (mark->first <= 1)
        return true;
    return mark->first > last->first && mark->first <= last->first + GAP_MOST;
}

/* A number and a space head a section when `N.1` follows. */
static bool leads_dotted(const struct outline *outline, size_t i)
{
    uint32_t number = outline->lines[i].mark.first;

    for (size_t k = i + 1; k < line_count(outline) && k < i + LOOK_AHEAD; k++) {
        const struct mark *mark = &outline->lines[k].mark;

        if (mark->kind == MARK_DOTTED)
            return mark->first == number && mark->second == 1;
    }
    return false;
}

/* A source line: a label, or an address alone behind what cannot be its beginning. */
static void read_source(struct outline *outline, size_t i)
{
    struct text t = line_at(outline, i)->text;
    size_t label = mark_source_label(t);
    size_t before = previous(outline, i);

    if (label > 0 && label <= UINT8_MAX) {
        outline->lines[i].source = (uint8_t)label;
        outline->starts[i] = true;
    } else if (mark_is_address(t)) {
        bool behind_label =
            before < i && outline->lines[before].source > 0 &&
            outline->lines[before].source == line_at(outline, before)->text.length;
        outline->starts[i] = !behind_label;
    }
}

static bool is_styled(const struct outline *outline, size_t i)
{
    const struct import_line *line = line_at(outline, i);

    return line->bold || line->size > outline->measure.size + UNIT_PT / 2;
}

/* Where headings `2.1` are bold, a line that is not is text: “2.5 亿元”, or a cell. */
static void drop_light_marks(struct outline *outline)
{
    bool bold = false;

    for (size_t i = 0; i < line_count(outline); i++)
        bold = bold ||
               (outline->lines[i].mark.kind == MARK_DOTTED && line_at(outline, i)->bold);
    for (size_t i = 0; i < line_count(outline) && bold; i++) {
        if (outline->lines[i].mark.kind == MARK_DOTTED && !line_at(outline, i)->bold)
            outline->lines[i].mark = (struct mark){0};
    }
}

static void read_marks(struct outline *outline)
{
    struct mark last[MARK_KIND_COUNT] = {{0}};

    for (size_t i = 0; i < line_count(outline); i++) {
        if (is_text(outline, i))
            outline->lines[i].mark = mark_read(line_at(outline, i)->text);
    }
    drop_light_marks(outline);
    for (size_t i = 0; i < line_count(outline); i++) {
        struct mark *mark = &outline->lines[i].mark;

        if (!is_text(outline, i))
            continue;
        if (mark->kind != MARK_NONE &&
            (!in_turn(mark, &last[mark->kind]) ||
                (mark->kind == MARK_SPACE && !leads_dotted(outline, i))))
            *mark = (struct mark){0};
        last[mark->kind] = *mark;
        outline->starts[i] = mark->kind != MARK_NONE;
        if (mark_is_highlights(line_at(outline, i)->text) ||
            mark_is_contacts(line_at(outline, i)->text))
            outline->starts[i] = true;
        read_source(outline, i);
    }
}

/* Marks that hardly ever begin a wrapped line: signs, and Han numbers that are counted on.
 */
static bool is_certain(const struct outline *outline, size_t i)
{
    enum mark_kind kind = outline->lines[i].mark.kind;
    bool numbered = kind == MARK_HAN || kind == MARK_HAN_PAREN || kind == MARK_CHAPTER;

    if (kind == MARK_SQUARE || kind == MARK_DISC || kind == MARK_STAR ||
        kind == MARK_DIAMOND || kind == MARK_TRIANGLE)
        return true;
    for (size_t k = 0; numbered && k < line_count(outline); k++) {
        if (k != i && is_text(outline, k) && outline->lines[k].mark.kind == kind)
            return true;
    }
    return false;
}

/* A mark behind a line that runs on is text. */
static void refine_marks(struct outline *outline)
{
    for (size_t i = 0; i < line_count(outline); i++) {
        size_t before = previous(outline, i);
        const struct mark *mark = &outline->lines[i].mark;

        if (!is_text(outline, i) || mark->kind == MARK_NONE || mark->kind == MARK_CHECK ||
            mark->kind == MARK_BRACKET || before == line_count(outline))
            continue;
        if (outline->starts[before] && mark->kind != MARK_DOTTED_THREE)
            continue; /* a title may go on with a version: 8.7.7 */
        if (is_certain(outline, i) ||
            (outline->source->placed &&
                is_styled(outline, i) != is_styled(outline, before)))
            continue;
        if (measure_ends_sentence(line_at(outline, before)->text) ||
            measure_line_end(&outline->measure, before, i, false) == LINE_ENDS)
            continue;
        outline->lines[i].mark = (struct mark){0};
        outline->starts[i] = outline->lines[i].source > 0;
    }
}

/* Does the paragraph that begins on line i look like a title? */
static bool is_title_like(const struct outline *outline, size_t i)
{
    size_t characters = utf8_count(line_at(outline, i)->text);
    size_t last = i;

    if (outline->source->placed && is_styled(outline, i))
        return true;
    if (outline->lines[i].mark.kind == MARK_DOTTED) /* in its turn: that says enough */
        return !text_ends(line_at(outline, i)->text, "。") &&
               !text_ends(line_at(outline, i)->text, "；");
    for (int lines = 1; lines < TITLE_LINES; lines++) {
        size_t k = measure_next(outline->source, last);

        if (k == line_count(outline) || outline->starts[k] ||
            measure_line_end(&outline->measure, last, k, last == i) == LINE_ENDS)
            break;
        characters += utf8_count(line_at(outline, k)->text);
        last = k;
    }
    return characters <= TITLE_MOST &&
           !measure_ends_sentence(line_at(outline, last)->text);
}

struct kind_count {
    size_t first;  /* index of the first line that looks like a heading */
    size_t titles; /* lines that look like headings */
    size_t all;    /* lines with the mark */
};

static void count_kinds(const struct outline *outline, struct kind_count counts[])
{
    for (size_t i = outline->masthead_end; i < line_count(outline); i++) {
        enum mark_kind kind = outline->lines[i].mark.kind;

        if (!is_text(outline, i) || !mark_heads(kind) ||
            outline->lines[i].part == PART_HIGHLIGHTS)
            continue;
        counts[kind].all++;
        if (!is_title_like(outline, i))
            continue;
        if (counts[kind].titles++ == 0)
            counts[kind].first = i;
    }
}

/* Give the kinds that are headings a level each, by their first line. */
static void choose_levels(struct outline *outline)
{
    struct kind_count counts[MARK_KIND_COUNT] = {{0}};
    int level = 0;

    count_kinds(outline, counts);
    while (level < 2) {
        enum mark_kind best = MARK_NONE;

        for (int kind = 1; kind < MARK_KIND_COUNT; kind++) {
            struct kind_count *count = &counts[kind];

            if (count->titles == 0 || count->titles * 100 < count->all * HEADING_SHARE)
                continue;
            if (best == MARK_NONE || count->first < counts[best].first)
                best = (enum mark_kind)kind;
        }
        if (best == MARK_NONE)
            break;
        counts[best] = (struct kind_count){0};
        outline->levels[++level] = best;
    }
}

/* Kinds that head items when they are the only one. */
static bool heads_items(enum mark_kind kind)
{
    return kind != MARK_NONE && kind != MARK_BRACKET && kind != MARK_CHAPTER &&
           kind != MARK_HAN;
}

static bool has_unmarked_items(const struct outline *outline);

static void shift_levels(struct outline *outline)
{
    bool alone = outline->levels[1] != MARK_NONE && outline->levels[2] == MARK_NONE;

    if (outline->levels[1] == MARK_DOTTED ||
        (alone &&
            (heads_items(outline->levels[1]) ||
                (outline->levels[1] == MARK_HAN && !has_unmarked_items(outline))))) {
        outline->levels[2] = outline->levels[1];
        outline->levels[1] = MARK_NONE;
    }
}

/* The unmarked line before source line i that is an item's title; else line_count. */
static size_t unmarked_title(const struct outline *outline, size_t i)
{
    size_t none = line_count(outline);
    size_t title = previous(outline, i);
    bool source = outline->lines[i].source > 0 ||
                  (outline->starts[i] && mark_is_address(line_at(outline, i)->text));

    if (!source || title == none || outline->starts[title] ||
        outline->lines[title].part != PART_BODY || title < outline->masthead_end ||
        measure_ends_sentence(line_at(outline, title)->text))
        return none;
    for (int lines = 1; lines < TITLE_LINES; lines++) {
        size_t before = previous(outline, title);

        if (before == none || outline->starts[before] || before < outline->masthead_end ||
            measure_ends_sentence(line_at(outline, before)->text) ||
            measure_line_end(&outline->measure, before, title, false) == LINE_ENDS)
            break;
        title = before;
    }
    return title;
}

static bool has_unmarked_items(const struct outline *outline)
{
    for (size_t i = 0; i < line_count(outline); i++) {
        if (is_text(outline, i) && unmarked_title(outline, i) < line_count(outline))
            return true;
    }
    return false;
}

static void set_unmarked_items(struct outline *outline)
{
    for (size_t i = 0; i < line_count(outline); i++) {
        size_t title =
            is_text(outline, i) ? unmarked_title(outline, i) : line_count(outline);

        if (title < line_count(outline)) {
            outline->lines[title].level = 2;
            outline->starts[title] = true;
        }
    }
}

/* The two largest styles of unmarked lines that stand out of the body (PDF). */
static void choose_styles(struct outline *outline)
{
    for (int level = 1; level <= 2; level++) {
        for (size_t i = outline->masthead_end; i < line_count(outline); i++) {
            const struct import_line *line = line_at(outline, i);
            bool smaller = level == 1 ||
                           line->size < outline->style_size[1] - UNIT_PT / 2 ||
                           (line->size <= outline->style_size[1] + UNIT_PT / 2 &&
                               !line->bold && outline->style_bold[1]);

            if (!is_text(outline, i) || outline->lines[i].part != PART_BODY ||
                !is_styled(outline, i) || !smaller || outline->starts[i])
                continue;
            if (!outline->styled[level] || line->size > outline->style_size[level]) {
                outline->styled[level] = true;
                outline->style_size[level] = line->size;
                outline->style_bold[level] = line->bold;
            }
        }
    }
    if (outline->styled[1] && !outline->styled[2]) {
        outline->styled[2] = true;
        outline->style_size[2] = outline->style_size[1];
        outline->style_bold[2] = outline->style_bold[1];
        outline->styled[1] = false;
    }
}

static void set_styled(struct outline *outline)
{
    for (size_t i = outline->masthead_end; i < line_count(outline); i++) {
        const struct import_line *line = line_at(outline, i);
        size_t before = previous(outline, i);

        for (int level = 1; level <= 2; level++) {
            unit off = line->size - outline->style_size[level];

            if (!outline->styled[level] || !is_text(outline, i) || off > UNIT_PT / 2 ||
                off < -UNIT_PT / 2 || line->bold != outline->style_bold[level] ||
                outline->lines[i].part != PART_BODY || outline->starts[i] ||
                (before < i && outline->lines[before].level == level &&
                    measure_line_end(&outline->measure, before, i, false) != LINE_ENDS))
                continue;
            outline->lines[i].level = (uint8_t)level;
        }
    }
    for (size_t i = 0; i < line_count(outline); i++)
        outline->starts[i] = outline->starts[i] || outline->lines[i].level > 0;
}

static void set_levels(struct outline *outline)
{
    for (size_t i = outline->masthead_end; i < line_count(outline); i++) {
        struct outline_line *line = &outline->lines[i];

        for (int level = 1; level <= 3 && is_text(outline, i); level++) {
            if (line->part == PART_BODY && line->mark.kind != MARK_NONE &&
                line->mark.kind == outline->levels[level] && is_title_like(outline, i))
                line->level = (uint8_t)level;
        }
        if (line->level == 1 && line->mark.kind == MARK_BRACKET && line->mark.first > 0)
            outline->issue->numbered_brackets = true;
    }
}

static bool starts_with_squeezed(struct text line, struct text entry)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < line.length && line.data[i] == ' ')
            i++;
        while (k < entry.length && entry.data[k] == ' ')
            k++;
        if (k == entry.length || i == line.length)
            return k == entry.length;
        if (line.data[i++] != entry.data[k++])
            return false;
    }
}

/* Does the text of line i, without its mark, begin a later line? */
static bool recurs(const struct outline *outline, size_t i)
{
    struct text entry = mark_title(line_at(outline, i)->text);

    for (size_t k = i + 1; k < line_count(outline); k++) {
        if (is_text(outline, k) && entry.length > 0 &&
            starts_with_squeezed(mark_title(line_at(outline, k)->text), entry))
            return true;
    }
    return false;
}

/* From the heading 本期要目 on line i to the first line that is none of its entries. */
static size_t highlights_end(const struct outline *outline, size_t i)
{
    size_t first = measure_next(outline->source, i);
    enum mark_kind kind;
    struct text entry;

    if (first == line_count(outline))
        return first;
    kind = outline->lines[first].mark.kind;
    entry = mark_title(line_at(outline, first)->text);
    for (size_t k = measure_next(outline->source, first); k < line_count(outline);
         k = measure_next(outline->source, k)) {
        const struct outline_line *line = &outline->lines[k];

        if (k - first > ENTRIES_MOST)
            return k;
        if (outline->source->placed && kind == MARK_NONE && is_styled(outline, k) &&
            !is_styled(outline, first))
            return k;
        if (line->source > 0 ||
            (starts_with_squeezed(mark_title(line_at(outline, k)->text), entry) &&
                line->mark.kind == kind))
            return k;
        if (line->mark.kind != kind && mark_heads(line->mark.kind) && !recurs(outline, k))
            return k;
    }
    return line_count(outline);
}

static void find_highlights(struct outline *outline)
{
    size_t end;

    for (size_t i = 0; i < line_count(outline); i++) {
        if (!is_text(outline, i) || !mark_is_highlights(line_at(outline, i)->text))
            continue;
        end = highlights_end(outline, i);
        for (size_t k = i; k < end; k++)
            outline->lines[k].part = PART_HIGHLIGHTS;
        return;
    }
}

/* From the last heading 联系我们 on, as long as no heading follows. */
static void find_contacts(struct outline *outline)
{
    for (size_t i = line_count(outline); i-- > 0;) {
        if (!is_text(outline, i))
            continue;
        if (outline->lines[i].level > 0)
            return;
        if (!mark_is_contacts(line_at(outline, i)->text))
            continue;
        for (size_t k = i; k < line_count(outline); k++)
            outline->lines[k].part = PART_CONTACTS;
        return;
    }
}

/* Lines before the first that begins something; none when the text begins at once. */
static size_t find_masthead(const struct outline *outline)
{
    for (size_t i = 0; i < line_count(outline); i++) {
        struct text t = line_at(outline, i)->text;
        const struct outline_line *line = &outline->lines[i];

        if (!is_text(outline, i))
            continue;
        if (mark_is_highlights(t) || mark_is_contacts(t))
            return i;
        if (mark_heads(line->mark.kind))
            return i;
        if (line->source > 0 || outline->starts[i] || measure_ends_sentence(t))
            return previous(outline, i) < i ? previous(outline, i) : i;
    }
    return 0;
}

void import_outline_find(struct outline *outline)
{
    struct import_source *source = outline->source;

    outline->lines =
        ARENA_ARRAY(&source->arena, line_count(outline), struct outline_line);
    outline->starts = ARENA_ARRAY(&source->arena, line_count(outline), bool);
    join_lone_marks(outline);
    read_marks(outline);
    measure_find(&outline->measure, source, outline->starts);
    refine_marks(outline);
    find_highlights(outline);
    outline->masthead_end = find_masthead(outline);
    masthead_read(outline->issue, source, outline->masthead_end);
    choose_levels(outline);
    shift_levels(outline);
    set_levels(outline);
    find_contacts(outline);
    if (outline->levels[2] == MARK_NONE) {
        set_unmarked_items(outline);
        if (source->placed && outline->levels[1] == MARK_NONE) {
            choose_styles(outline);
            set_styled(outline);
        }
    }
}

void outline_finish(struct import_issue *issue, struct diagnostics *sink)
{
    bool structured = false;

    for (size_t i = 0; i < issue->blocks.length; i++)
        structured = structured || issue->blocks.data[i].kind == IMPORT_SECTION ||
                     issue->blocks.data[i].kind == IMPORT_ITEM;
    if (!structured)
        diag_add(sink, DIAG_IMPORT_NO_STRUCTURE, SPAN_NONE, NULL);
    highlights_match(issue, sink);
    if (issue->unsure > 0)
        diag_add(sink, DIAG_IMPORT_UNSURE, SPAN_NONE, NULL, issue->unsure);
}

void issue_outline_read(
    struct import_issue *issue, struct import_source *source, struct diagnostics *sink)
{
    struct outline outline = {.source = source, .issue = issue, .sink = sink};

    issue->title = text_copy(&issue->arena, source->header);
    ending_lines_read(issue, source);
    import_outline_find(&outline);
    import_outline_blocks(&outline);
    outline_finish(issue, sink);
}
