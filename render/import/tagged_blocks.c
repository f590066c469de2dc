/* tagged_blocks: the tree of a tagged PDF → the issue's blocks and facts.
 *
 * The tree is walked in order. Blocks before the first heading are the masthead, those of
 * 本期要目 and 联系我们 are read as in a text. What the layout makes is dropped: numbers of
 * headings, of tables and figures, of list items, marks of highlights. */
#include <string.h>

#include "base/utf8.h"
#include "import/mark.h"
#include "import/tagged.h"

#define DEPTH_LIMIT    40 /* of lists in quotes in lists */
#define COLUMNS_LIMIT  200u
#define HEADING_LEVELS 6
#define MARKED_SHARE   60 /* percent of a level's headings that have a number: all have */

enum place {
    PLACE_MASTHEAD,
    PLACE_BODY,
    PLACE_HIGHLIGHTS,
    PLACE_CONTENTS,
    PLACE_CONTACTS
};

struct walker {
    struct arena *arena; /* of the issue */
    struct import_issue *issue;
    const struct tagged_document *document;
    struct tagged_notes notes;
    enum place place;
    struct import_source masthead;   /* its lines */
    size_t texts;                    /* blocks with text so far */
    bool marked[HEADING_LEVELS + 1]; /* headings of the level are numbered */
    bool has_groups;                 /* sections are tags around their blocks */
    uint8_t shift; /* 1: the only heading of level 1 is the document's title */
    int depth;
};

/* ---- looking ahead ---- */

static const struct tag *tag_after(const struct tag *tag, const struct tag *root)
{
    if (tag->first != NULL)
        return tag->first;
    while (tag != root && tag->next == NULL)
        tag = tag->parent;
    return tag == root ? NULL : tag->next;
}

static struct text plain_of(struct walker *w, const struct tag *tag)
{
    return tagged_inline(w->arena, tag, NULL, 0, SIZE_MAX).plain;
}

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

/* False: it has no headings, so that lines say more than tags. */
static bool look_ahead(struct walker *w)
{
    size_t counts[HEADING_LEVELS + 1] = {0}, marked[HEADING_LEVELS + 1] = {0};
    const struct tag *root = w->document->root, *first = NULL;

    for (const struct tag *tag = root; tag != NULL; tag = tag_after(tag, root)) {
        if (tag->kind == TAG_NOTE) {
            vec_push(&w->notes.notes, tag);
            vec_push(&w->notes.used, false);
        }
        if (tag->kind != TAG_HEADING || tag->level > HEADING_LEVELS)
            continue;
        first = first == NULL ? tag : first;
        counts[tag->level]++;
        marked[tag->level] += mark_heads(mark_read(plain_of(w, tag)).kind);
        w->has_groups =
            w->has_groups || (said_title(tag).length > 0 && tag->parent != root);
    }
    for (int level = 1; level <= HEADING_LEVELS; level++)
        w->marked[level] = marked[level] * 100 > counts[level] * MARKED_SHARE;
    if (!w->has_groups && counts[1] == 1 && counts[2] > 1 && first->level == 1)
        w->shift = 1;
    return first != NULL;
}

/* ---- Markdown of blocks ---- */

static struct import_block *add_block(
    struct walker *w, enum import_kind kind, struct tagged_text text)
{
    vec_push(&w->issue->blocks, (struct import_block){.kind = kind,
                                    .text = text.plain,
                                    .markdown = text.markdown,
                                    .span = SPAN_NONE});
    return vec_last(&w->issue->blocks);
}

static struct text keep(struct walker *w, struct str *text)
{
    struct text kept = text_copy(w->arena, str_text(text));

    str_done(text);
    return kept;
}

/* t with `first` before its first line and `other` before the others. */
static void append_indented(
    struct str *out, struct text t, const char *first, const char *other)
{
    for (size_t at = 0; at <= t.length;) {
        size_t end = at + text_find(text_slice(t, at, t.length), "\n");
        struct text line = text_slice(t, at, end);
        struct text prefix = text_of(at == 0 ? first : other);

        str_append_text(out, line.length > 0 ? prefix : text_trim(prefix));
        str_append_text(out, line);
        if (end < t.length)
            str_append_char(out, '\n');
        at = end + 1;
    }
}

static struct text kids_markdown(
    struct walker *w, const struct tag *tag, enum tag_kind left_out);

static bool is_ordered(struct text label)
{
    for (size_t i = 0; i < label.length;) {
        uint32_t c = utf8_next(label.data, label.length, &i);

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= 0x2460 && c <= 0x24FF) || (c >= 0x3220 && c <= 0x3229) ||
            (c >= 0x4E00 && c < 0xA000))
            return true;
    }
    return false;
}

static unsigned label_number(struct text label)
{
    unsigned number = 0;

    for (size_t i = 0; i < label.length && number < 100000000; i++) {
        if (label.data[i] >= '0' && label.data[i] <= '9')
            number = number * 10 + (unsigned)(label.data[i] - '0');
    }
    return number;
}

static const struct tag *find_kid(const struct tag *tag, enum tag_kind kind)
{
    for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid->kind == kind)
            return kid;
    }
    return NULL;
}

static struct text list_markdown(struct walker *w, const struct tag *list)
{
    struct str out;
    unsigned number = 0;

    str_init(&out);
    for (const struct tag *item = list->first; item != NULL; item = item->next) {
        const struct tag *label = find_kid(item, TAG_LABEL);
        const struct tag *body = find_kid(item, TAG_LIST_BODY);
        struct text shown = label != NULL ? plain_of(w, label) : TEXT("");
        struct text inside = kids_markdown(w, body != NULL ? body : item, TAG_LABEL);
        const char *first = "- ", *other = "  ";

        if (item->kind == TAG_LIST) /* a list in a list without an item around it */
            inside = list_markdown(w, item);
        number =
            number == 0 && label_number(shown) > 0 ? label_number(shown) : number + 1;
        if (item->kind == TAG_LIST) {
            first = other;
        } else if (is_ordered(shown)) {
            first = arena_print(w->arena, "%u. ", number);
            other = arena_print(w->arena, "%*s", (int)strlen(first), "");
        }
        if (out.length > 0)
            str_append_char(&out, '\n');
        append_indented(&out, inside, first, other);
    }
    return keep(w, &out);
}

static void append_cell(struct walker *w, struct str *out, const struct tag *cell)
{
    struct text t = tagged_inline(w->arena, cell, &w->notes, 0, SIZE_MAX).markdown;

    for (const struct tag *kid = cell->first; kid != NULL; kid = kid->next) {
        if (!tagged_is_block(kid) || kid->kind == TAG_NOTE || kid->kind == TAG_FIGURE)
            continue;
        struct text more = tagged_inline(w->arena, kid, &w->notes, 0, SIZE_MAX).markdown;
        t = text_of(arena_print(w->arena, "%.*s%s%.*s", (int)t.length, t.data,
            t.length > 0 ? "<br>" : "", (int)more.length, more.data));
    }
    str_append_char(out, ' ');
    for (size_t i = 0; i < t.length; i++) {
        bool escaped = i > 0 && t.data[i - 1] == '\\';

        if (t.data[i] == '|' && !escaped)
            str_append_char(out, '\\');
        str_append_char(out, t.data[i] == '\n' ? ' ' : t.data[i]);
    }
    str_append_string(out, " |");
}

static uint32_t row_columns(const struct tag *row)
{
    uint32_t columns = 0;

    for (const struct tag *cell = row->first; cell != NULL; cell = cell->next)
        columns +=
            cell->kind == TAG_CELL || cell->kind == TAG_HEADER_CELL ? cell->columns : 0;
    return columns < COLUMNS_LIMIT ? columns : COLUMNS_LIMIT;
}

static void append_row(
    struct walker *w, struct str *out, const struct tag *row, uint32_t columns)
{
    uint32_t written = 0;

    str_append_char(out, '|');
    for (const struct tag *cell = row->first; cell != NULL; cell = cell->next) {
        if (cell->kind != TAG_CELL && cell->kind != TAG_HEADER_CELL)
            continue;
        append_cell(w, out, cell);
        written++;
        for (uint32_t i = 1; i < cell->columns && written < columns; i++, written++)
            str_append_string(out, "  |");
    }
    for (; written < columns; written++)
        str_append_string(out, "  |");
    str_append_char(out, '\n');
}

/* “表1 各地统计” → “表：各地统计”: the number is the layout's. */
static struct text caption_of(struct walker *w, const struct tag *caption)
{
    struct tagged_text whole = tagged_inline(w->arena, caption, NULL, 0, SIZE_MAX);
    static const char *const words[] = {"表", "图", "圖", "図", "Table", "Figure"};
    size_t at = 0, digits = 0;

    for (const struct tag *kid = caption->first; kid != NULL && whole.plain.length == 0;
         kid = kid->next)
        whole = tagged_inline(w->arena, kid, NULL, 0, SIZE_MAX);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && at == 0; i++)
        at = text_starts(whole.plain, words[i]) ? strlen(words[i]) : 0;
    while (at > 0 && at + digits < whole.plain.length &&
           (strchr("0123456789", whole.plain.data[at + digits]) != NULL ||
               (digits == 0 && whole.plain.data[at] == ' ')))
        digits++;
    if (at == 0 || digits == 0)
        return whole.markdown;
    return tagged_inline(w->arena, caption, &w->notes, at + digits, SIZE_MAX).markdown;
}

static struct text table_markdown(struct walker *w, const struct tag *table)
{
    const struct tag *caption = find_kid(table, TAG_CAPTION);
    uint32_t columns = 0, rows = 0;
    struct str out;

    str_init(&out);
    if (caption != NULL) {
        struct text said = caption_of(w, caption);
        str_printf(&out, "表：%.*s\n\n", (int)said.length, said.data);
    }
    for (const struct tag *t = table; t != NULL; t = tag_after(t, table)) {
        if (t->kind == TAG_ROW && row_columns(t) > columns)
            columns = row_columns(t);
    }
    for (const struct tag *t = table; t != NULL; t = tag_after(t, table)) {
        if (t->kind != TAG_ROW)
            continue;
        append_row(w, &out, t, columns);
        if (rows++ > 0)
            continue;
        str_append_char(&out, '|');
        for (uint32_t i = 0; i < columns; i++)
            str_append_string(&out, " --- |");
        str_append_char(&out, '\n');
    }
    if (out.length > 0)
        out.length--;
    return keep(w, &out);
}

static struct text code_markdown(struct walker *w, const struct tag *code)
{
    struct text t = tagged_code(w->arena, code);
    const char *fence = text_find(t, "```") < t.length ? "````" : "```";
    struct str out;

    str_init(&out);
    str_printf(&out, "%s\n%.*s\n%s", fence, (int)t.length, t.data, fence);
    return keep(w, &out);
}

/* A paragraph that is nothing but code, as a block of code is tagged; else NULL. */
static const struct tag *only_code(const struct tag *paragraph)
{
    const struct tag *code = NULL;

    for (const struct tag *kid = paragraph->first; kid != NULL; kid = kid->next) {
        if (kid->kind != TAG_CODE || code != NULL)
            return NULL;
        code = kid;
    }
    return code;
}

static const struct tag *find_image(const struct tag *figure)
{
    for (const struct tag *t = figure; t != NULL; t = tag_after(t, figure)) {
        if (t->kind == TAG_IMAGE)
            return t;
    }
    return NULL;
}

/* Keep the picture as a file beside the issue; its path from there. */
static const char *add_file(struct walker *w, const struct tag *image)
{
    bool known = image != NULL && image->text.length > 0;
    char *path = arena_print(w->arena, IMPORT_IMAGES "/%s-%zu.%.*s", w->issue->stem,
        w->issue->files.length + 1, known ? (int)image->alt.length : 3,
        known ? image->alt.data : "png");

    vec_push(
        &w->issue->files, (struct import_file){path, known ? image->text : TEXT("")});
    return path;
}

static void append_caption(struct walker *w, struct str *out, const struct tag *figure)
{
    const struct tag *caption = find_kid(figure, TAG_CAPTION);

    if (caption == NULL && figure->next != NULL && figure->next->kind == TAG_CAPTION)
        caption = figure->next;
    if (caption == NULL)
        return;
    struct text said = caption_of(w, caption);

    str_append_string(out, " \"");
    for (size_t i = 0; i < said.length; i++) {
        if (said.data[i] == '"')
            str_append_char(out, '\\');
        str_append_char(out, said.data[i]);
    }
    str_append_char(out, '"');
}

static struct text figure_markdown(struct walker *w, const struct tag *figure)
{
    const struct tag *image = find_image(figure);
    const char *path = add_file(w, image);
    bool plain = strpbrk(path, " ()<>") == NULL;
    struct str out;

    str_init(&out);
    if (image == NULL || image->text.length == 0) {
        str_append_string(&out, "<!-- 待核：此处的图片没能取出 -->\n\n");
        w->issue->unsure++;
    }
    str_append_string(&out, "![");
    markdown_escape(&out, figure->alt);
    str_printf(&out, plain ? "](%s" : "](<%s>", path);
    append_caption(w, &out, figure);
    str_append_char(&out, ')');
    if (image != NULL && image->size >= 1)
        str_printf(&out, "{width=%dpt}", (int)image->size);
    return keep(w, &out);
}

/* A block inside another one; "" when it says nothing. */
static struct text block_markdown(struct walker *w, const struct tag *tag)
{
    struct text inside = TEXT("");
    struct str out;

    if (w->depth > DEPTH_LIMIT)
        return inside;
    w->depth++;
    switch (tag->kind) {
    case TAG_LIST:
        inside = list_markdown(w, tag);
        break;
    case TAG_TABLE:
        inside = table_markdown(w, tag);
        break;
    case TAG_FIGURE:
        inside = figure_markdown(w, tag);
        break;
    case TAG_QUOTE:
        str_init(&out);
        append_indented(&out, kids_markdown(w, tag, TAG_ARTIFACT), "> ", "> ");
        inside = keep(w, &out);
        break;
    case TAG_NOTE: /* they come at the end */
        break;
    case TAG_CAPTION: /* said with its figure or table */
        break;
    default:
        inside = tag->kind == TAG_PARAGRAPH && only_code(tag) != NULL
                     ? code_markdown(w, only_code(tag))
                     : kids_markdown(w, tag, TAG_ARTIFACT);
        break;
    }
    w->depth--;
    return inside;
}

/* What stands in tag: its own text, then its blocks, but for those of a kind. */
static struct text kids_markdown(
    struct walker *w, const struct tag *tag, enum tag_kind left_out)
{
    bool after_text = false;
    struct str out;

    str_init(&out);
    struct text own = tagged_inline(w->arena, tag, &w->notes, 0, SIZE_MAX).markdown;

    str_append_text(&out, own);
    after_text = own.length > 0;
    for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid->kind == left_out || !(tagged_is_block(kid) || kid->kind == TAG_GROUP))
            continue;
        struct text inside = block_markdown(w, kid);

        if (inside.length == 0)
            continue;
        if (out.length > 0)
            str_append_string(&out, after_text && kid->kind == TAG_LIST ? "\n" : "\n\n");
        str_append_text(&out, inside);
        after_text = kid->kind == TAG_PARAGRAPH;
    }
    return keep(w, &out);
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
    struct text plain = plain_of(w, heading), title = said_title(heading);
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
        if (same_squeezed(plain, text_of(names[i])))
            return true;
    }
    return false;
}

/* A heading with items below it is a section, however it is called. */
static bool has_items(const struct walker *w, const struct tag *heading)
{
    const struct tag *root = w->document->root;

    for (const struct tag *t = tag_after(heading, root); t != NULL;
         t = tag_after(t, root)) {
        if (t->kind == TAG_HEADING)
            return t->level > heading->level;
    }
    return false;
}

static void add_heading(struct walker *w, const struct tag *heading)
{
    static const enum import_kind kinds[] = {
        IMPORT_SECTION, IMPORT_SECTION, IMPORT_ITEM, IMPORT_HEADING};
    struct text plain = plain_of(w, heading);
    int level = heading->level > w->shift ? heading->level - w->shift : 0;

    if (plain.length == 0)
        return;
    w->place = is_contents(mark_title(plain))                        ? PLACE_CONTENTS
               : mark_is_highlights(plain) && !has_items(w, heading) ? PLACE_HIGHLIGHTS
               : mark_is_contacts(plain)                             ? PLACE_CONTACTS
               : level == 0                                          ? PLACE_MASTHEAD
                                                                     : PLACE_BODY;
    if (mark_read(plain).kind == MARK_BRACKET && mark_read(plain).first > 0)
        w->issue->numbered_brackets = true;
    w->issue->contents = w->issue->contents || w->place == PLACE_CONTENTS;
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

static void add_masthead_line(struct walker *w, const struct tag *tag, struct text plain)
{
    struct import_line line = {.text = plain, .span = SPAN_NONE, .page = 1};

    for (const struct tag *t = tag; t != NULL; t = tag_after(t, tag)) {
        if (t->kind == TAG_TEXT && t->size > (float)line.size / UNIT_PT)
            line.size = unit_from_pt((double)t->size);
    }
    vec_push(&w->masthead.lines, line);
}

/* A paragraph that stands in no section, behind the first one: what ends an issue. */
static bool is_ending(const struct walker *w, const struct tag *tag)
{
    const struct tag *group = tag->parent;

    if (!w->has_groups || w->place == PLACE_MASTHEAD)
        return false;
    for (; group != NULL; group = group->parent) {
        if (group->kind != TAG_GROUP || group->title.length > 0 ||
            find_kid(group, TAG_HEADING) != NULL)
            return false;
    }
    return true;
}

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
    return keep(w, &out);
}

static void add_paragraph(struct walker *w, const struct tag *tag)
{
    const struct tag *code = w->place == PLACE_BODY ? only_code(tag) : NULL;
    struct tagged_text text;

    if (code != NULL) {
        text = (struct tagged_text){plain_of(w, tag), code_markdown(w, code), TEXT("")};
        add_block(w, IMPORT_MARKDOWN, text);
        w->texts++;
        return;
    }
    text = tagged_inline(
        w->arena, tag, w->place == PLACE_BODY ? &w->notes : NULL, 0, SIZE_MAX);
    if (text.plain.length == 0)
        return;
    w->texts++;
    if (is_ending(w, tag) && ending_read(w->issue, unbroken(w, tag)))
        return;
    switch (w->place) {
    case PLACE_MASTHEAD:
        add_masthead_line(w, tag, text.plain);
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
             t = tag_after(t, item)) {
            if (t->kind == TAG_REFERENCE || t->kind == TAG_LIST_BODY ||
                t->kind == TAG_LINK)
                said = t;
        }
        add_highlight(w, plain_of(w, said != NULL ? said : item));
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
        find_image(tag) != NULL && w->issue->contacts.length > 0) {
        vec_last(&w->issue->contacts)->qr = text_of(add_file(w, find_image(tag)));
        return;
    }
    if (w->place == PLACE_HIGHLIGHTS && (tag->kind == TAG_TOC || tag->kind == TAG_LIST)) {
        add_entries(w, tag);
        return;
    }
    if (tag->kind == TAG_TOC || w->place == PLACE_CONTENTS || w->place == PLACE_CONTACTS)
        return;
    text.markdown = block_markdown(w, tag);
    if (text.markdown.length == 0)
        return;
    w->texts++;
    if (tag->kind == TAG_LIST && ends_with_list(w->issue)) /* else they would be one */
        add_block(w, IMPORT_COMMENT, (struct tagged_text){TEXT("·"), TEXT(""), TEXT("")});
    add_block(w, IMPORT_MARKDOWN, text);
}

static void walk(struct walker *w, const struct tag *tag)
{
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
        struct text inside = kids_markdown(w, w->notes.notes.data[i], TAG_LABEL);
        struct tagged_text text = {inside, inside, TEXT("")};
        struct str out;

        str_init(&out);
        if (w->notes.used.data[i]) {
            char *mark = arena_print(w->arena, "[^%zu]: ", i + 1);

            append_indented(&out, inside, mark, "    ");
            text.markdown = keep(w, &out);
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
        shown = shown || same_squeezed(w->masthead.lines.data[i].text, said);
    w->issue->no_cover = count == 0 && w->has_groups;
    if (w->issue->title.length == 0 && shown)
        w->issue->title = said;
    masthead_lines_read(w->issue, &w->masthead);
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

bool tagged_outline(struct import_issue *issue, const struct tagged_document *document,
    struct diagnostics *sink)
{
    struct walker w = {.arena = &issue->arena, .issue = issue, .document = document};
    size_t before;

    import_source_init(&w.masthead, "");
    if (look_ahead(&w)) {
        walk(&w, document->root);
        add_notes(&w);
        before = issue->blocks.length;
        read_masthead(&w);
        move_to_front(issue, issue->blocks.length - before);
    }
    if (!text_is(document->language, "zh-Hans") && !text_is(document->language, "zh-CN"))
        issue->lang = document->language;
    import_source_done(&w.masthead);
    vec_done(&w.notes.notes);
    vec_done(&w.notes.used);
    if (w.texts > 0)
        outline_finish(issue, sink);
    return w.texts > 0;
}
