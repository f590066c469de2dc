/* shape_section: headings → title, sections and items.
 *
 * A `#` heading opens a section, a `##` heading an item, in the section before it or in
 * the document when there is none. Deeper headings are blocks; so are all headings in
 * lists and quotes, whatever their level. When the only `#` is the first block, says
 * the title, and there are `##`, every level moves up by one and that heading is gone:
 * it is printed as the title.
 */
#include <string.h>

#include "base/files.h"
#include "content/date.h"
#include "content/shape.h"

#define INSIDE_LEVEL 3 /* of a heading that opens neither section nor item, at least */

struct outline {
    struct node *title; /* the only or first heading; NULL when there is none */
    uint32_t first;     /* headings of level 1 among the document's blocks */
    uint32_t second;    /* of level 2 */
    bool leads;         /* the first block is a heading of level 1 */
};

static struct outline outline_of(const struct node *root)
{
    struct outline outline = {0};
    for (struct node *n = root->first_child; n != NULL; n = n->next) {
        if (n->kind != NODE_HEADING)
            continue;
        int level = n->u.heading.level;
        bool higher =
            outline.title == NULL ||
            (level == 1 && outline.title->u.heading.level > 1 && outline.first == 0);
        outline.leads = outline.leads || (level == 1 && n == root->first_child);
        outline.first += level == 1;
        outline.second += level == 2;
        if (higher)
            outline.title = n;
    }
    return outline;
}

static struct text plain_text(struct reader *reader, const struct node *node)
{
    struct str text;
    str_init(&text);
    node_plain_text(node, &text);
    struct text copy = text_copy(reader->arena, text_trim(str_text(&text)));
    str_done(&text);
    return copy;
}

/* Are two texts equal but for white space? */
static bool same_words(struct text a, struct text b)
{
    size_t i = 0;
    size_t k = 0;
    for (;;) {
        while (i < a.length && strchr(" \t", a.data[i]) != NULL)
            i++;
        while (k < b.length && strchr(" \t", b.data[k]) != NULL)
            k++;
        if (i == a.length || k == b.length)
            return i == a.length && k == b.length;
        if (a.data[i++] != b.data[k++])
            return false;
    }
}

/* Is the document's only `#` its title? */
static bool is_title(struct reader *reader, const struct outline *outline)
{
    if (outline->first != 1 || !outline->leads || outline->second == 0)
        return false;
    struct text typed = reader->document->head.title.value;
    return typed.length == 0 || same_words(typed, plain_text(reader, outline->title));
}

static void set_title(struct reader *reader, const struct outline *outline)
{
    struct head *head = &reader->document->head;
    struct text found =
        outline->title != NULL ? plain_text(reader, outline->title) : TEXT("");
    const struct file *file = files_get(reader->files, reader->document->file);
    if (head->title.value.length > 0)
        return;
    head->title.span = SPAN_NONE;
    if (found.length > 0) {
        head->title.value = found;
        head->title.span = outline->title->span;
        return;
    }
    bool standard_input = strcmp(file->path, "<stdin>") == 0;
    head->title.value =
        standard_input ? TEXT("stdin") : text_of(path_stem(reader->arena, file->path));
}

static void set_date(struct reader *reader, const struct outline *outline)
{
    struct head *head = &reader->document->head;
    const struct file *file = files_get(reader->files, reader->document->file);
    if (head->date.year != 0)
        return;
    head->date.span = head->title.span;
    if (date_find(head->title.value, &head->date))
        return;
    if (outline->title != NULL) {
        head->date.span = outline->title->span;
        if (date_find(plain_text(reader, outline->title), &head->date))
            return;
    }
    head->date.span = SPAN_NONE;
    (void)date_find(text_of(path_stem(reader->arena, file->path)), &head->date);
}

/* Bytes of a highlight mark at the start of t: ✓ or ✔, as text or picture, and spaces. */
static size_t mark_length(struct text t)
{
    if (!text_starts(t, "✓") && !text_starts(t, "✔"))
        return 0;
    size_t length = strlen("✓");
    struct text rest = text_slice(t, length, t.length);
    if (text_starts(rest, "\xEF\xB8\x8F") || text_starts(rest, "\xEF\xB8\x8E"))
        length += 3; /* a variation selector */
    while (length < t.length && t.data[length] == ' ')
        length++;
    return length;
}

/* Take the mark off an item's title; tell it on any other heading. */
static void take_mark(struct reader *reader, struct node *heading)
{
    struct node *leaf = heading;
    while (leaf->first_child != NULL)
        leaf = leaf->first_child;
    size_t length = leaf->kind == NODE_TEXT ? mark_length(leaf->text) : 0;
    if (length == 0)
        return;
    bool mapped = leaf->span.length == leaf->text.length;
    struct span mark = leaf->span;
    mark.length = mapped ? (uint32_t)strlen("✓") : mark.length;
    if (heading->u.heading.level != 2) {
        diag_add(reader->sink, DIAG_HIGHLIGHT_MARK, mark, NULL);
        return;
    }
    heading->u.heading.highlighted = true;
    heading->u.heading.mark = mark;
    leaf->text = text_slice(leaf->text, length, leaf->text.length);
    if (mapped) {
        leaf->span.offset += (uint32_t)length;
        leaf->span.length -= (uint32_t)length;
    }
}

/* The levels as this document means them, and what follows from them. */
static void set_levels(struct reader *reader, struct node *root, bool shift)
{
    for (struct node *n = root; n != NULL;) {
        if (n->kind == NODE_HEADING) {
            int level = n->u.heading.level - shift;
            bool inside = n->parent != root;
            n->u.heading.level = inside && level < INSIDE_LEVEL ? INSIDE_LEVEL
                                 : level < 1                    ? 1
                                                                : level;
            take_mark(reader, n);
        }
        union {
            const struct node *in;
            struct node *out;
        } next = {node_next(n, root)};
        n = next.out;
    }
}

static struct node *open_group(
    struct reader *reader, struct node *parent, enum node_kind kind, struct node *heading)
{
    struct node *group = node_new(reader->arena, kind, heading->span);
    node_append(parent, group);
    node_append(group, heading);
    return group;
}

/* Put the flat blocks into sections and items. */
static void nest(struct reader *reader, struct node *root, const struct node *title)
{
    struct node *block = root->first_child;
    struct node *section = root;
    struct node *group = root;
    root->first_child = root->last_child = NULL;
    while (block != NULL) {
        struct node *next = block->next;
        int level = block->kind == NODE_HEADING ? block->u.heading.level : 0;
        if (level == 1 && block != title)
            group = section = open_group(reader, root, NODE_SECTION, block);
        else if (level == 2)
            group = open_group(reader, section, NODE_ITEM, block);
        else if (block != title)
            node_append(group, block);
        block = next;
    }
}

void shape_sections(struct reader *reader)
{
    struct node *root = reader->document->root;
    struct outline outline = outline_of(root);
    bool shift = is_title(reader, &outline);
    set_title(reader, &outline);
    set_date(reader, &outline);
    if (shift) /* its mark or level no longer matter */
        outline.title->u.heading.level = 0;
    const struct node *title = shift ? outline.title : NULL;
    if (shift) {
        root->first_child = outline.title->next;
        if (root->first_child == NULL)
            root->last_child = NULL;
    }
    set_levels(reader, root, shift);
    nest(reader, root, title);
}
