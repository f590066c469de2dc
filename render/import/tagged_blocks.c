/* tagged_blocks: the tree of a tagged PDF → the issue's blocks and facts.
 *
 * The tree is walked in order. Blocks before the first heading are the masthead, those of
 * 本期要目 and 联系我们 are read as in a text. What the layout makes is dropped: numbers of
 * headings, of tables and figures, of list items, marks of highlights. */
#include <string.h>

#include "base/utf8.h"
#include "import/mark.h"
#include "import/furniture.h"
#include "import/tagged_walk.h"

#define HAN_SHARE    20 /* one Han in so many characters: it is no English issue */
#define EDGE_MOST    90 /* bytes; a longer paragraph is no running header */
#define MARKED_SHARE 60 /* percent of a level's headings that have a number: all have */

/* ---- looking ahead ---- */

/* The title that the heading's group or the heading itself says; "" when none does. */
static struct text said_title(const struct tag *heading)
{
    const struct tag *group = heading->parent;

    if (heading->title.length > 0)
        return heading->title;
    return group != NULL && group->kind == TAG_GROUP && group->first == heading
               ? group->title
               : TEXT("");
}

/* How many pages have a paragraph with this text, numbers aside. */
struct edge {
    uint32_t page; /* the last one */
    uint32_t pages;
};

static uint32_t page_of(const struct tag *tag)
{
    for (const struct tag *t = tag; t != NULL; t = tagged_after(t, tag)) {
        if (t->kind == TAG_TEXT)
            return t->page;
    }
    return 0;
}

static void count_paragraph(struct walker *w, const struct tag *tag)
{
    struct text plain = tagged_plain(w, tag);
    struct text folded = furniture_fold(w->arena, plain);
    struct edge *edge = map_lookup(&w->edges, folded);
    uint32_t page = page_of(tag);

    w->pages = page > w->pages ? page : w->pages;
    if (plain.length == 0 || plain.length > EDGE_MOST)
        return;
    if (edge == NULL) {
        edge = ARENA_NEW(w->arena, struct edge);
        map_set(&w->edges, folded, edge);
    }
    edge->pages += edge->page != page;
    edge->page = page;
}

/* Some programs tag their running headers and page numbers as paragraphs. */
static bool is_furniture(struct walker *w, struct text plain)
{
    const struct edge *edge = plain.length <= EDGE_MOST
                                  ? map_lookup(&w->edges, furniture_fold(w->arena, plain))
                                  : NULL;
    bool dropped = edge != NULL && edge->pages > 1 && edge->pages * 2 >= w->pages;

    if (dropped && !furniture_is_page_number(plain) && w->header.length == 0)
        w->header = plain;
    return dropped;
}

/* False: it has no headings, so that lines say more than tags. */
static bool look_ahead(struct walker *w)
{
    size_t counts[HEADING_LEVELS + 1] = {0}, marked[HEADING_LEVELS + 1] = {0};
    const struct tag *root = w->document->root, *first = NULL;

    for (const struct tag *tag = root; tag != NULL; tag = tagged_after(tag, root)) {
        if (tag->kind == TAG_NOTE) {
            vec_push(&w->notes.notes, tag);
            vec_push(&w->notes.used, false);
        }
        bool loose = tag != root && tag->parent->kind == TAG_GROUP &&
                     !tagged_is_block(tag) && tag->kind != TAG_GROUP;

        if (tag->kind == TAG_PARAGRAPH || loose)
            count_paragraph(w, tag);
        if (tag->kind != TAG_HEADING || tag->level > HEADING_LEVELS)
            continue;
        first = first == NULL ? tag : first;
        counts[tag->level]++;
        marked[tag->level] += mark_heads(mark_read(tagged_plain(w, tag)).kind);
        w->has_groups =
            w->has_groups || (said_title(tag).length > 0 && tag->parent != root);
    }
    for (int level = 1; level <= HEADING_LEVELS; level++)
        w->marked[level] = marked[level] * 100 > counts[level] * MARKED_SHARE;
    if (!w->has_groups && counts[1] == 1 && counts[2] > 1 && first->level == 1)
        w->shift = 1;
    return first != NULL;
}

static struct import_block *add_block(
    struct walker *w, enum import_kind kind, struct tagged_text text)
{
    vec_push(&w->issue->blocks, (struct import_block){.kind = kind,
                                    .text = text.plain,
                                    .markdown = text.markdown,
                                    .span = SPAN_NONE});
    return vec_last(&w->issue->blocks);
}

/* ---- headings ---- */

/* Bytes of plain where `title` stands in it, white space aside. False: nowhere. */
static bool find_title(
    struct text plain, struct text title, size_t *ret_start, size_t *ret_end)
{
    for (size_t start = 0; start < plain.length; start++) {
        size_t i = start, k = 0;

        while (i < plain.length && k < title.length) {
            if (plain.data[i] == ' ')
                i++;
            else if (title.data[k] == ' ')
                k++;
            else if (plain.data[i++] != title.data[k++])
                break;
            else if (k == title.length)
                break;
        }
        if (k == title.length && i > 0 && plain.data[i - 1] == title.data[k - 1]) {
            *ret_start = start;
            *ret_end = i;
            return true;
        }
    }
    return false;
}

/* The heading's text without its number and brackets. */
static struct tagged_text heading_text(struct walker *w, const struct tag *heading)
{
    struct text plain = tagged_plain(w, heading), title = said_title(heading);
    struct mark mark = mark_read(plain);
    size_t start = 0, end = plain.length;

    if (title.length > 0 && find_title(plain, title, &start, &end))
        return tagged_inline(w->arena, heading, &w->notes, start, end);
    if (w->marked[heading->level])
        start = mark.length;
    while (start < plain.length && plain.data[start] == ' ')
        start++;
    if (text_starts(text_slice(plain, start, end), "【") && text_ends(plain, "】")) {
        start += strlen("【");
        end -= strlen("】");
    }
    return tagged_inline(w->arena, heading, &w->notes, start, end);
}

static bool is_contents(struct text plain)
{
    static const char *const names[] = {"目录", "目錄", "目次", "Contents"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equal_unspaced(plain, text_of(names[i])))
            return true;
    }
    return false;
}

static void add_highlight(struct walker *w, struct text plain)
{
    struct mark mark = mark_read(plain);
    struct text t = text_trim(text_slice(plain,
        mark.kind != MARK_NONE && mark.kind != MARK_BRACKET ? mark.length : 0,
        plain.length));

    t = highlight_without_page(t);
    if (t.length > 0)
        vec_push(&w->issue->highlights, (struct import_highlight){t, SPAN_NONE});
}

static bool is_entry(struct walker *w, const struct tag *heading)
{
    enum mark_kind kind = mark_read(tagged_plain(w, heading)).kind;

    return kind == MARK_CHECK || kind == MARK_BULLET;
}

/* A heading with items below it is a section, however it is called; entries that have a
 * mark are none, also where they are tagged as headings. */
static bool has_items(struct walker *w, const struct tag *heading)
{
    const struct tag *root = w->document->root;

    for (const struct tag *t = tagged_after(heading, root); t != NULL;
         t = tagged_after(t, root)) {
        if (t->kind == TAG_HEADING)
            return t->level > heading->level && !is_entry(w, t);
    }
    return false;
}

static void add_heading(struct walker *w, const struct tag *heading)
{
    static const enum import_kind kinds[] = {
        IMPORT_SECTION, IMPORT_SECTION, IMPORT_ITEM, IMPORT_HEADING};
    struct text plain = tagged_plain(w, heading);
    int level = heading->level > w->shift ? heading->level - w->shift : 0;

    if (plain.length == 0)
        return;
    if (w->place == PLACE_HIGHLIGHTS && is_entry(w, heading)) {
        add_highlight(w, plain);
        return;
    }
    w->place = is_contents(mark_title(plain))                        ? PLACE_CONTENTS
               : mark_is_highlights(plain) && !has_items(w, heading) ? PLACE_HIGHLIGHTS
               : mark_is_contacts(plain)                             ? PLACE_CONTACTS
               : level == 0                                          ? PLACE_MASTHEAD
                                                                     : PLACE_BODY;
    if (mark_read(plain).kind == MARK_BRACKET && mark_read(plain).first > 0)
        w->issue->numbered_brackets = true;
    w->issue->contents = w->issue->contents || w->place == PLACE_CONTENTS;
    w->entries = said_title(heading).length > 0 && heading->parent->kind == TAG_GROUP &&
                         heading->parent != w->document->root
                     ? heading->parent
                     : NULL;
    if (w->place == PLACE_MASTHEAD)
        w->issue->title = plain;
    if (w->place != PLACE_BODY)
        return;
    struct tagged_text text = heading_text(w, heading);

    w->texts++;
    if (level <= 3) {
        add_block(w, kinds[level], text);
        return;
    }
    text.markdown = text_of(arena_print(w->arena, "%.*s %.*s", level, "######",
        (int)text.markdown.length, text.markdown.data));
    add_block(w, IMPORT_MARKDOWN, text);
}

/* ---- paragraphs and the like ---- */

/* The characters of a paragraph with its full-width spaces, its lines joined. */
static struct text unbroken(struct walker *w, const struct tag *tag)
{
    struct text t = tagged_code(w->arena, tag);
    struct str out;

    str_init(&out);
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] != '\n') {
            str_append_char(&out, t.data[i]);
            continue;
        }
        while (i + 1 < t.length && t.data[i + 1] == ' ')
            i++;
    }
    return tagged_keep(w, &out);
}

/* A paragraph of the masthead; parts of a line that stand apart are lines of their own. */
static void add_masthead_lines(struct walker *w, const struct tag *tag)
{
    struct text whole = unbroken(w, tag);
    unit size = 0;

    for (const struct tag *t = tag; t != NULL; t = tagged_after(t, tag)) {
        if (t->kind == TAG_TEXT && unit_from_pt((double)t->size) > size)
            size = unit_from_pt((double)t->size);
    }
    for (size_t at = 0; at < whole.length;) {
        size_t end = at + text_find(text_slice(whole, at, whole.length), "\t");
        struct import_line line = {
            .text = import_tidy_line(w->arena, text_slice(whole, at, end)),
            .span = SPAN_NONE,
            .page = 1,
            .size = size};

        if (line.text.length > 0)
            vec_push(&w->masthead.lines, line);
        at = end + 1;
    }
}

/* A paragraph that stands in no section, behind the first one: what ends an issue. */
static bool is_ending(const struct walker *w, const struct tag *tag)
{
    const struct tag *group = tag->parent;

    if (!w->has_groups || w->place == PLACE_MASTHEAD)
        return false;
    for (; group != NULL; group = group->parent) {
        if (group->kind != TAG_GROUP || group->title.length > 0 ||
            tagged_kid(group, TAG_HEADING) != NULL)
            return false;
    }
    return true;
}

static void add_paragraph(struct walker *w, const struct tag *tag)
{
    const struct tag *code = w->place == PLACE_BODY ? tagged_only_code(tag) : NULL;
    struct tagged_text text;

    if (code != NULL) {
        text = (struct tagged_text){
            tagged_plain(w, tag), tagged_code_markdown(w, code), TEXT("")};
        add_block(w, IMPORT_MARKDOWN, text);
        w->texts++;
        return;
    }
    text = tagged_inline(
        w->arena, tag, w->place == PLACE_BODY ? &w->notes : NULL, 0, SIZE_MAX);
    if (text.plain.length == 0 || is_furniture(w, text.plain))
        return;
    w->texts++;
    if (mark_is_contacts(text.plain)) { /* its rows follow, up to the next heading */
        w->place = PLACE_CONTACTS;
        return;
    }
    if (is_ending(w, tag) && ending_read(w->issue, unbroken(w, tag)))
        return;
    switch (w->place) {
    case PLACE_MASTHEAD:
        add_masthead_lines(w, tag);
        return;
    case PLACE_HIGHLIGHTS:
        add_highlight(w, text.plain);
        return;
    case PLACE_CONTACTS:
        contact_read(w->issue, unbroken(w, tag));
        return;
    case PLACE_CONTENTS:
        return;
    case PLACE_BODY:
        break;
    }
    bool source = mark_source_label(text.plain) > 0 ||
                  (mark_is_address(text.plain) && text.url.length > 0);

    add_block(w, source ? IMPORT_SOURCE : IMPORT_PARAGRAPH, text);
}

static const struct tag *last_leaf(const struct tag *tag)
{
    const struct tag *last = NULL;

    for (const struct tag *t = tag; t != NULL; t = tagged_after(t, tag))
        last = t->kind == TAG_TEXT ? t : last;
    return last;
}

/* Without its page number, which stands apart: behind a gap, or behind a leader that is no
 * text. */
static void add_entry(struct walker *w, const struct tag *entry)
{
    struct text raw = tagged_code(w->arena, entry);
    const struct tag *last = last_leaf(entry);
    size_t apart = text_find(raw, "\t");

    if (last != NULL && last->text.length < raw.length &&
        furniture_is_page_number(last->text))
        apart = raw.length - last->text.length;
    if (apart < raw.length)
        add_highlight(w, import_tidy_line(w->arena, text_slice(raw, 0, apart)));
    else
        add_highlight(w, tagged_plain(w, entry));
}

/* The entries of 本期要目 as a list or a table of contents, without their marks. */
static void add_entries(struct walker *w, const struct tag *list)
{
    for (const struct tag *item = list->first; item != NULL; item = item->next) {
        if (item->kind == TAG_TOC || item->kind == TAG_LIST) {
            add_entries(w, item);
            continue;
        }
        const struct tag *said = NULL;

        for (const struct tag *t = item; t != NULL && said == NULL;
             t = tagged_after(t, item)) {
            if (t->kind == TAG_REFERENCE || t->kind == TAG_LIST_BODY ||
                t->kind == TAG_LINK)
                said = t;
        }
        add_entry(w, said != NULL ? said : item);
    }
}

static bool ends_with_list(const struct import_issue *issue)
{
    if (issue->blocks.length == 0)
        return false;
    const struct import_block *last = vec_last(&issue->blocks);
    return last->kind == IMPORT_MARKDOWN &&
           (text_starts(last->markdown, "- ") ||
               (last->markdown.length > 0 && last->markdown.data[0] >= '0' &&
                   last->markdown.data[0] <= '9'));
}

static void add_other(struct walker *w, const struct tag *tag)
{
    struct tagged_text text = {TEXT(""), TEXT(""), TEXT("")};

    if (w->place == PLACE_CONTACTS && tag->kind == TAG_FIGURE &&
        tagged_image(tag) != NULL && w->issue->contacts.length > 0) {
        vec_last(&w->issue->contacts)->qr =
            text_of(tagged_add_file(w, tagged_image(tag)));
        return;
    }
    if (w->place == PLACE_HIGHLIGHTS && (tag->kind == TAG_TOC || tag->kind == TAG_LIST)) {
        add_entries(w, tag);
        return;
    }
    if (tag->kind == TAG_TOC || w->place == PLACE_CONTENTS || w->place == PLACE_CONTACTS)
        return;
    text.markdown = tagged_markdown(w, tag);
    if (text.markdown.length == 0)
        return;
    w->texts++;
    if (tag->kind == TAG_LIST && ends_with_list(w->issue)) /* else they would be one */
        add_block(w, IMPORT_COMMENT, (struct tagged_text){TEXT("·"), TEXT(""), TEXT("")});
    add_block(w, IMPORT_MARKDOWN, text);
}

/* Behind the group of 本期要目 or 目录 the issue goes on, also without a heading. */
static void leave_entries(struct walker *w, const struct tag *tag)
{
    if (w->entries == NULL ||
        (w->place != PLACE_HIGHLIGHTS && w->place != PLACE_CONTENTS))
        return;
    for (; tag != NULL; tag = tag->parent) {
        if (tag == w->entries)
            return;
    }
    w->place = PLACE_BODY;
}

static void walk(struct walker *w, const struct tag *tag)
{
    if (tag->kind != TAG_GROUP)
        leave_entries(w, tag);
    switch (tag->kind) {
    case TAG_GROUP:
        for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next)
            walk(w, kid);
        break;
    case TAG_HEADING:
        add_heading(w, tag);
        break;
    case TAG_PARAGRAPH:
    case TAG_TEXT:
    case TAG_SPAN:
    case TAG_LINK:
    case TAG_REFERENCE:
        add_paragraph(w, tag);
        for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next) {
            if (tagged_is_block(kid))
                walk(w, kid);
        }
        break;
    case TAG_NOTE:
    case TAG_CAPTION:
    case TAG_ARTIFACT:
        break;
    default:
        add_other(w, tag);
        break;
    }
}

/* The text of notes, behind everything; one that no mark refers to is a paragraph. */
static void add_notes(struct walker *w)
{
    for (size_t i = 0; i < w->notes.notes.length; i++) {
        struct text inside = tagged_kids_markdown(w, w->notes.notes.data[i], TAG_LABEL);
        struct tagged_text text = {inside, inside, TEXT("")};
        struct str out;

        str_init(&out);
        if (w->notes.used.data[i]) {
            char *mark = arena_print(w->arena, "[^%zu]: ", i + 1);

            tagged_append_indented(&out, inside, mark, "    ");
            text.markdown = tagged_keep(w, &out);
        }
        if (inside.length > 0)
            add_block(w, IMPORT_MARKDOWN, text);
    }
}

/* The title that the file says is it where the masthead shows it, or shows none. */
static void read_masthead(struct walker *w)
{
    struct text said = w->document->title;
    size_t count = w->masthead.lines.length;
    bool shown = count == 0 && text_find(said, ".") == said.length;

    for (size_t i = 0; i < count; i++)
        shown = shown || text_equal_unspaced(w->masthead.lines.data[i].text, said);
    w->issue->no_cover = count == 0 && w->has_groups;
    if (w->issue->title.length == 0 && shown)
        w->issue->title = said;
    if (w->issue->title.length == 0 && count == 0)
        w->issue->title = w->header;
    masthead_lines_read(w->issue, &w->masthead);
    if (w->issue->title.length == 0)
        masthead_read(w->issue, &w->masthead, count);
    for (size_t i = 0; i < count; i++) {
        const struct import_line *line = &w->masthead.lines.data[i];

        if (line->role == LINE_TEXT)
            vec_push(&w->issue->blocks, (struct import_block){.kind = IMPORT_PARAGRAPH,
                                            .text = text_copy(w->arena, line->text),
                                            .span = SPAN_NONE});
    }
}

/* The masthead's paragraphs stand before all others. */
static void move_to_front(struct import_issue *issue, size_t count)
{
    for (size_t moved = 0; moved < count; moved++) {
        struct import_block last = *vec_last(&issue->blocks);

        for (size_t i = issue->blocks.length - 1; i > 0; i--)
            issue->blocks.data[i] = issue->blocks.data[i - 1];
        issue->blocks.data[0] = last;
    }
}

/* The issue's language by what the file says. “en” is what programs say that were not asked:
 * only an issue with hardly any Han is. */
static struct text find_language(const struct import_issue *issue, struct text said)
{
    static const char *const traditional[] = {"zh-Hant", "zh-TW", "zh-HK", "zh-MO"};
    size_t han = 0, all = 0;

    for (size_t i = 0; i < sizeof traditional / sizeof traditional[0]; i++) {
        if (text_starts(said, traditional[i]))
            return TEXT("zh-Hant");
    }
    if (text_starts(said, "ja"))
        return TEXT("ja");
    for (size_t i = 0; i < issue->blocks.length; i++) {
        struct text t = issue->blocks.data[i].text;

        for (size_t at = 0; at < t.length; all++) {
            uint32_t c = utf8_next(t.data, t.length, &at);
            han += c >= 0x3400 && c < 0xA000;
        }
    }
    return text_starts(said, "en") && han * HAN_SHARE < all ? TEXT("en") : TEXT("");
}

bool tagged_outline(struct import_issue *issue, const struct tagged_document *document,
    struct diagnostics *sink)
{
    struct walker w = {.arena = &issue->arena, .issue = issue, .document = document};
    size_t before;

    import_source_init(&w.masthead, "");
    map_init(&w.edges);
    w.header = document->header;
    if (look_ahead(&w)) {
        walk(&w, document->root);
        add_notes(&w);
        before = issue->blocks.length;
        read_masthead(&w);
        move_to_front(issue, issue->blocks.length - before);
    }
    issue->lang = find_language(issue, document->language);
    import_source_done(&w.masthead);
    map_done(&w.edges);
    vec_done(&w.notes.notes);
    vec_done(&w.notes.used);
    if (w.texts > 0)
        outline_finish(issue, sink);
    return w.texts > 0;
}
