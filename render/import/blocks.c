/* blocks: lines whose part and level are known → sections, items, paragraphs. */
#include <string.h>

#include "base/utf8.h"
#include "import/join.h"
#include "import/outline.h"

#define TITLE_LINES 4 /* printed lines of a title at most */
#define ADDRESS_FULL                                                                     \
    60 /* percent of the measure from where on an address may be broken */

static const struct import_line *line_at(const struct outline *outline, size_t i)
{
    return &outline->source->lines.data[i];
}

static size_t line_count(const struct outline *outline)
{
    return outline->source->lines.length;
}

static struct import_block *add_block(
    struct outline *outline, enum import_kind kind, struct joiner *joiner, size_t line)
{
    struct import_issue *issue = outline->issue;
    struct import_block block = {.kind = kind,
        .span = line_at(outline, line)->span,
        .text = text_copy(&issue->arena, str_text(&joiner->out)),
        .link_count = (uint32_t)joiner->links.length};

    block.links = ARENA_ARRAY(&issue->arena, joiner->links.length, struct import_link);
    for (size_t i = 0; i < joiner->links.length; i++) {
        block.links[i] = joiner->links.data[i];
        block.links[i].url = text_copy(&issue->arena, joiner->links.data[i].url);
    }
    vec_push(&issue->blocks, block);
    joiner_done(joiner);
    return vec_last(&issue->blocks);
}

static void add_comment(struct outline *outline, const char *said, struct text about)
{
    struct import_block block = {.kind = IMPORT_COMMENT};
    size_t start = about.length;

    for (int i = 0; i < 8 && start > 0; i++)
        utf8_previous(about.data, &start);
    block.text = text_of(arena_print(&outline->issue->arena, "%s‘%.*s’", said,
        (int)(about.length - start), about.data + start));
    vec_push(&outline->issue->blocks, block);
    outline->issue->unsure++;
}

/* Append line i to the joiner, a typed end of line before it where one was shown. */
static void append(
    struct outline *outline, struct joiner *joiner, size_t before, size_t i, size_t from)
{
    if (joiner->out.length > 0)
        joiner_end_line(
            joiner, outline->measure.trailing && line_at(outline, before)->trailing);
    joiner_add(joiner, line_at(outline, i), from);
}

/* Line k in the part of line i, beginning nothing of its own. */
static bool goes_on(const struct outline *outline, size_t i, size_t k)
{
    return k < line_count(outline) && !outline->starts[k] &&
           outline->lines[k].level == 0 &&
           outline->lines[k].part == outline->lines[i].part;
}

static bool same_style(const struct outline *outline, size_t i, size_t k)
{
    unit difference = line_at(outline, i)->size - line_at(outline, k)->size;

    return difference < UNIT_PT / 2 && difference > -UNIT_PT / 2 &&
           line_at(outline, i)->bold == line_at(outline, k)->bold;
}

/* Lines of the title that begins on line i up to a source line that follows it; 0: none.
 */
static size_t lines_to_source(const struct outline *outline, size_t i)
{
    size_t k = i;

    for (size_t lines = 1; lines <= TITLE_LINES; lines++) {
        if (measure_ends_sentence(line_at(outline, k)->text))
            return 0;
        k = measure_next(outline->source, k);
        if (k == line_count(outline))
            return 0;
        if (outline->lines[k].source > 0 ||
            (outline->starts[k] && mark_is_address(line_at(outline, k)->text)))
            return lines;
        if (!goes_on(outline, i, k))
            return 0;
    }
    return 0;
}

/* Does the title on lines up to `last` go on in line k, in a text without places? */
static bool title_goes_on(const struct outline *outline, size_t last, size_t k)
{
    const struct measure *measure = &outline->measure;
    size_t after = measure_next(outline->source, k);
    int64_t width = measure_width(line_at(outline, last)->text);

    if (measure->trailing && !line_at(outline, last)->trailing)
        return true;
    if (measure_ends_sentence(line_at(outline, k)->text) ||
        width * 10 < measure->fits * 7)
        return false;
    if (after < line_count(outline) && !outline->starts[after] &&
        measure_line_end(measure, k, after, true) != LINE_ENDS)
        return false;
    return !measure->trailing;
}

static bool bracket_is_open(const struct outline *outline, size_t i)
{
    struct text t = line_at(outline, i)->text;

    return outline->lines[i].mark.kind == MARK_BRACKET && text_find(t, "】") == t.length;
}

static size_t add_title(struct outline *outline, size_t i)
{
    static const enum import_kind kinds[] = {
        IMPORT_PARAGRAPH, IMPORT_SECTION, IMPORT_ITEM, IMPORT_HEADING};
    size_t to_source = lines_to_source(outline, i), last = i;
    struct joiner joiner;

    joiner_init(&joiner, outline->measure.spaced_brackets);
    joiner_add(&joiner, line_at(outline, i), outline->lines[i].mark.length);
    for (size_t lines = 1; lines < TITLE_LINES; lines++) {
        size_t k = measure_next(outline->source, last);

        if (!goes_on(outline, i, k))
            break;
        bool placed = outline->source->placed;
        bool more =
            placed ? same_style(outline, i, k) &&
                         measure_line_end(&outline->measure, last, k, false) != LINE_ENDS
                   : bracket_is_open(outline, i) || title_goes_on(outline, last, k);

        if (to_source > 0)
            more = lines < to_source && (!placed || same_style(outline, i, k));
        if (!more)
            break;
        append(outline, &joiner, last, k, 0);
        last = k;
    }
    struct import_block *block =
        add_block(outline, kinds[outline->lines[i].level], &joiner, i);

    if (outline->lines[i].mark.kind == MARK_BRACKET) {
        struct text t = block->text;
        bool open = text_starts(t, "【"), closed = text_ends(t, "】");
        block->text = text_slice(t, open ? strlen("【") : 0, t.length - (closed ? 3 : 0));
        block->link_count = 0;
    }
    return measure_next(outline->source, last);
}

static bool may_break_address(const struct outline *outline, struct text t)
{
    return (t.length > 0 && strchr("-/._?&=%#+~,", t.data[t.length - 1]) != NULL) ||
           measure_width(t) * 100 > outline->measure.fits * ADDRESS_FULL;
}

/* Bytes of the line from its last space or Han on that could be of an address. */
static bool ends_with_address(struct text t)
{
    size_t start = t.length;

    while (start > 0 && (unsigned char)t.data[start - 1] > ' ' &&
           (unsigned char)t.data[start - 1] < 0x7F)
        start--;
    return mark_is_address(text_slice(t, start, t.length));
}

/* pdftotext without -layout drops a hyphen at a line's end: an address that was broken
 * behind a letter may have lost one. */
static bool loses_hyphens(const struct outline *outline, struct text address)
{
    char last = address.length > 0 ? address.data[address.length - 1] : ' ';

    return !outline->source->placed &&
           ((last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') ||
               (last >= '0' && last <= '9'));
}

/* A source line: its label, and an address over as many lines as it takes. */
static size_t add_source(struct outline *outline, size_t i)
{
    struct text first = line_at(outline, i)->text;
    struct text name = mark_source_name(text_slice(first, 0, outline->lines[i].source));
    size_t from = name.length > 0 ? outline->lines[i].source : 0;
    size_t last = i;
    struct text doubt = TEXT("");
    struct joiner joiner;

    joiner_init(&joiner, outline->measure.spaced_brackets);
    str_append_text(&joiner.out, name);
    joiner_add(&joiner, line_at(outline, i), from);
    for (;;) {
        size_t k = measure_next(outline->source, last);

        if (!goes_on(outline, i, k))
            break;
        struct text t = line_at(outline, k)->text, said = str_text(&joiner.out);
        bool label_only = last == i && outline->lines[i].source == first.length;
        bool rest = ends_with_address(said) && mark_is_address_rest(t) &&
                    may_break_address(outline, line_at(outline, last)->text);
        bool text = !ends_with_address(said) && !label_only && outline->source->placed &&
                    same_style(outline, i, k) &&
                    measure_line_end(&outline->measure, last, k, false) == LINE_RUNS_ON;

        if (!(label_only && mark_is_address(t)) && !rest && !text)
            break;
        if (text)
            joiner_end_line(&joiner, false);
        else
            joiner.space = false;
        if (rest && loses_hyphens(outline, said))
            doubt = text_copy(&outline->issue->arena, said);
        joiner_add(&joiner, line_at(outline, k), 0);
        last = k;
    }
    add_block(outline, IMPORT_SOURCE, &joiner, i);
    if (doubt.length > 0)
        add_comment(outline, "待核：上面的网址在此处断行，可能缺一个连字符：", doubt);
    return measure_next(outline->source, last);
}

/* A line of a list hangs under its mark: further right than where lines begin. */
static enum line_end line_end_in_list(
    const struct outline *outline, size_t i, size_t last, size_t k)
{
    const struct import_line *line = line_at(outline, i), *next = line_at(outline, k);

    if (outline->source->placed && next->left > line->left + line->size / 2 &&
        same_style(outline, i, k))
        return measure_is_full(&outline->measure, last, k, false) ? LINE_RUNS_ON
                                                                  : LINE_ENDS;
    return measure_line_end(&outline->measure, last, k, last == i);
}

static enum import_kind paragraph_kind(const struct outline *outline, size_t i)
{
    switch (outline->lines[i].mark.kind) {
    case MARK_BULLET:
    case MARK_DISC:
        return IMPORT_LIST_ITEM;
    case MARK_DOT:
        return IMPORT_NUMBERED;
    default:
        return IMPORT_PARAGRAPH;
    }
}

static size_t add_paragraph(struct outline *outline, size_t i)
{
    enum import_kind kind = paragraph_kind(outline, i);
    bool list = kind != IMPORT_PARAGRAPH;
    size_t last = i;
    struct text doubt = TEXT("");
    struct joiner joiner;

    joiner_init(&joiner, outline->measure.spaced_brackets);
    joiner_add(&joiner, line_at(outline, i), list ? outline->lines[i].mark.length : 0);
    for (;;) {
        size_t k = measure_next(outline->source, last);

        if (!goes_on(outline, i, k))
            break;
        enum line_end end = outline->lines[i].mark.kind != MARK_NONE
                                ? line_end_in_list(outline, i, last, k)
                                : measure_line_end(&outline->measure, last, k, last == i);

        if (end == LINE_ENDS)
            break;
        if (end == LINE_MAY_END)
            doubt = line_at(outline, last)->text;
        append(outline, &joiner, last, k, 0);
        last = k;
    }
    add_block(outline, kind, &joiner, i)->number = outline->lines[i].mark.first;
    if (doubt.length > 0)
        add_comment(outline, "待核：上一段此处之后原文可能另起一段：", doubt);
    return measure_next(outline->source, last);
}

struct text highlight_without_page(struct text t)
{
    size_t end = t.length;

    while (end > 0 && t.data[end - 1] >= '0' && t.data[end - 1] <= '9')
        end--;
    size_t leader = end;

    while (leader > 0) {
        size_t before = leader;
        uint32_t c = utf8_previous(t.data, &before);

        if (c != '.' && c != 0x2026 && c != 0xB7 && c != ' ' && c != 0x22EF)
            break;
        leader = before;
    }
    return end < t.length && end - leader >= 2 ? text_slice(t, 0, leader) : t;
}

static size_t add_highlight(struct outline *outline, size_t i)
{
    bool marked = outline->lines[i].mark.kind != MARK_NONE;
    size_t last = i;
    struct joiner joiner;

    if (mark_is_highlights(line_at(outline, i)->text))
        return measure_next(outline->source, i);
    joiner_init(&joiner, outline->measure.spaced_brackets);
    joiner_add(&joiner, line_at(outline, i), outline->lines[i].mark.length);
    for (int lines = 1; lines < TITLE_LINES; lines++) {
        size_t k = measure_next(outline->source, last);

        if (!goes_on(outline, i, k) ||
            (!marked && measure_line_end(&outline->measure, last, k, false) == LINE_ENDS))
            break;
        append(outline, &joiner, last, k, 0);
        last = k;
    }
    struct text t = highlight_without_page(text_trim(str_text(&joiner.out)));
    vec_push(&outline->issue->highlights,
        (struct import_highlight){
            text_copy(&outline->issue->arena, t), line_at(outline, i)->span});
    joiner_done(&joiner);
    return measure_next(outline->source, last);
}

static size_t add_contact(struct outline *outline, size_t i)
{
    struct joiner joiner;

    if (!mark_is_contacts(line_at(outline, i)->text)) {
        joiner_init(&joiner, outline->measure.spaced_brackets);
        joiner_add(&joiner, line_at(outline, i), 0);
        contact_read(outline->issue, str_text(&joiner.out));
        joiner_done(&joiner);
    }
    return measure_next(outline->source, i);
}

void import_outline_blocks(struct outline *outline)
{
    size_t i = 0;

    while (i < line_count(outline) && line_at(outline, i)->role != LINE_TEXT)
        i++;
    while (i < line_count(outline)) {
        const struct outline_line *line = &outline->lines[i];

        if (line->part == PART_HIGHLIGHTS)
            i = add_highlight(outline, i);
        else if (line->part == PART_CONTACTS)
            i = add_contact(outline, i);
        else if (line->level > 0)
            i = add_title(outline, i);
        else if (line->source > 0 ||
                 (outline->starts[i] && mark_is_address(line_at(outline, i)->text)))
            i = add_source(outline, i);
        else
            i = add_paragraph(outline, i);
    }
}
