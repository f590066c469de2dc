/* tagged_markdown: lists, tables, quotes, figures and code of a tagged PDF as Markdown. What
 * the layout makes is dropped: marks of items, numbers of tables and figures. */
#include <string.h>

#include "base/utf8.h"
#include "import/tagged_walk.h"

#define DEPTH_LIMIT   40 /* of lists in quotes in lists */
#define COLUMNS_LIMIT 200u

const struct tag *tagged_after(const struct tag *tag, const struct tag *root)
{
    if (tag->first != NULL)
        return tag->first;
    while (tag != root && tag->next == NULL)
        tag = tag->parent;
    return tag == root ? NULL : tag->next;
}

struct text tagged_plain(struct walker *w, const struct tag *tag)
{
    return tagged_inline(w->arena, tag, NULL, 0, SIZE_MAX).plain;
}

struct text tagged_keep(struct walker *w, struct str *text)
{
    struct text kept = text_copy(w->arena, str_text(text));

    str_done(text);
    return kept;
}

/* t with `first` before its first line and `other` before the others. */
void tagged_append_indented(
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

const struct tag *tagged_kid(const struct tag *tag, enum tag_kind kind)
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
        const struct tag *label = tagged_kid(item, TAG_LABEL);
        const struct tag *body = tagged_kid(item, TAG_LIST_BODY);
        struct text shown = label != NULL ? tagged_plain(w, label) : TEXT("");
        struct text inside =
            tagged_kids_markdown(w, body != NULL ? body : item, TAG_LABEL);
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
        tagged_append_indented(&out, inside, first, other);
    }
    return tagged_keep(w, &out);
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
    const struct tag *caption = tagged_kid(table, TAG_CAPTION);
    uint32_t columns = 0, rows = 0;
    struct str out;

    str_init(&out);
    if (caption != NULL) {
        struct text said = caption_of(w, caption);
        str_printf(&out, "表：%.*s\n\n", (int)said.length, said.data);
    }
    for (const struct tag *t = table; t != NULL; t = tagged_after(t, table)) {
        if (t->kind == TAG_ROW && row_columns(t) > columns)
            columns = row_columns(t);
    }
    for (const struct tag *t = table; t != NULL; t = tagged_after(t, table)) {
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
    return tagged_keep(w, &out);
}

struct text tagged_code_markdown(struct walker *w, const struct tag *code)
{
    struct text t = tagged_code(w->arena, code);
    const char *fence = text_find(t, "```") < t.length ? "````" : "```";
    struct str out;

    str_init(&out);
    str_printf(&out, "%s\n%.*s\n%s", fence, (int)t.length, t.data, fence);
    return tagged_keep(w, &out);
}

/* A paragraph that is nothing but code, as a block of code is tagged; else NULL. */
const struct tag *tagged_only_code(const struct tag *paragraph)
{
    const struct tag *code = NULL;

    for (const struct tag *kid = paragraph->first; kid != NULL; kid = kid->next) {
        if (kid->kind != TAG_CODE || code != NULL)
            return NULL;
        code = kid;
    }
    return code;
}

const struct tag *tagged_image(const struct tag *figure)
{
    for (const struct tag *t = figure; t != NULL; t = tagged_after(t, figure)) {
        if (t->kind == TAG_IMAGE)
            return t;
    }
    return NULL;
}

/* Keep the picture as a file beside the issue; its path from there. */
const char *tagged_add_file(struct walker *w, const struct tag *image)
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
    const struct tag *caption = tagged_kid(figure, TAG_CAPTION);

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
    const struct tag *image = tagged_image(figure);
    const char *path = tagged_add_file(w, image);
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
    return tagged_keep(w, &out);
}

/* A block inside another one; "" when it says nothing. */
struct text tagged_markdown(struct walker *w, const struct tag *tag)
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
        tagged_append_indented(
            &out, tagged_kids_markdown(w, tag, TAG_ARTIFACT), "> ", "> ");
        inside = tagged_keep(w, &out);
        break;
    case TAG_NOTE: /* they come at the end */
        break;
    case TAG_CAPTION: /* said with its figure or table */
        break;
    default:
        inside = tag->kind == TAG_PARAGRAPH && tagged_only_code(tag) != NULL
                     ? tagged_code_markdown(w, tagged_only_code(tag))
                     : tagged_kids_markdown(w, tag, TAG_ARTIFACT);
        break;
    }
    w->depth--;
    return inside;
}

/* What stands in tag: its own text, then its blocks, but for those of a kind. */
struct text tagged_kids_markdown(
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
        struct text inside = tagged_markdown(w, kid);

        if (inside.length == 0)
            continue;
        if (out.length > 0)
            str_append_string(&out, after_text && kid->kind == TAG_LIST ? "\n" : "\n\n");
        str_append_text(&out, inside);
        after_text = kid->kind == TAG_PARAGRAPH;
    }
    return tagged_keep(w, &out);
}
