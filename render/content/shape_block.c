/* shape_block: paragraphs that say by their first words what they are.
 *
 * - `链接：…` and the like begin a source line. An author may write several in one
 *   paragraph, one a line, or the text right below: the paragraph is then split at its
 *   line ends.
 * - A paragraph of one bare address is a source line without a label.
 * - A quote that begins with `编者按：` is a commentary.
 * - `表：题` before a table is the table's caption; an image's title is its caption.
 */
#include <string.h>

#include "content/shape.h"

static const char *const source_labels[] = {"链接", "来源", "原文链接", "参考链接",
    "鏈接", "連結", "來源", "原文鏈接", "原文連結", "參考鏈接", "參考連結"};
static const char *const commentary_labels[] = {
    "编者按", "编者荐语", "点评", "編者按", "編者薦語", "點評"};
static const char *const caption_labels[] = {"表"};

#define LABEL_COUNT(labels) (sizeof(labels) / sizeof((labels)[0]))

/* Bytes of "label：" or "label:" at the start of t, or 0. */
static size_t label_length(struct text t, const char *const labels[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(labels[i]);
        struct text rest = text_slice(t, length, t.length);
        if (!text_starts(t, labels[i]))
            continue;
        if (text_starts(rest, "："))
            return length + strlen("：");
        if (text_starts(rest, ":"))
            return length + 1;
    }
    return 0;
}

static const struct node *first_leaf(const struct node *node)
{
    while (node->first_child != NULL)
        node = node->first_child;
    return node;
}

static struct text first_text(const struct node *block)
{
    const struct node *leaf = first_leaf(block);
    return leaf->kind == NODE_TEXT ? leaf->text : TEXT("");
}

size_t shape_source_label(struct text t)
{
    return label_length(t, source_labels, LABEL_COUNT(source_labels));
}

/* Is the node the first one on its line of the file? */
static bool starts_line(const struct reader *reader, const struct node *node)
{
    const char *data = reader->source.bytes.data;
    size_t at = node->span.offset;
    while (at > 0 && strchr(" \t>", data[at - 1]) != NULL)
        at--;
    return at > 0 && (data[at - 1] == '\n' || data[at - 1] == '\r');
}

static bool is_break(const struct node *node)
{
    return node->kind == NODE_SOFT_BREAK || node->kind == NODE_LINE_BREAK;
}

static bool is_mapped(const struct node *text)
{
    return text->kind == NODE_TEXT && text->span.length == text->text.length;
}

/* Drop `length` bytes and the spaces behind them from a text that maps byte for byte. */
static void cut_start(struct node *text, size_t length)
{
    while (length < text->text.length && text->text.data[length] == ' ')
        length++;
    text->text = text_slice(text->text, length, text->text.length);
    text->span.offset += (uint32_t)length;
    text->span.length -= (uint32_t)length;
}

/* Give the label of a source line a TEXT of its own. */
static void split_label(struct reader *reader, struct node *line)
{
    struct node *text = line->first_child;
    size_t length = text != NULL && is_mapped(text) ? shape_source_label(text->text) : 0;
    if (length == 0 || length == text->text.length)
        return;
    struct node *rest = node_new(reader->arena, NODE_TEXT, text->span);
    rest->text = text->text;
    cut_start(rest, length);
    text->text.length = length;
    text->span.length = (uint32_t)length;
    if (rest->text.length == 0)
        return;
    rest->parent = line;
    rest->next = text->next;
    text->next = rest;
    if (line->last_child == text)
        line->last_child = rest;
}

static void set_span(struct node *block)
{
    const struct node *first = block->first_child;
    const struct node *last = block->last_child;
    if (first != NULL)
        block->span = (struct span){first->span.file, first->span.offset,
            last->span.offset + last->span.length - first->span.offset};
}

/* Remove a line end that became the last inline of a block. */
static void drop_last_break(struct node *block)
{
    struct node *last = block->last_child;
    if (last == NULL || !is_break(last))
        return;
    struct node *before = block->first_child == last ? NULL : block->first_child;
    while (before != NULL && before->next != last)
        before = before->next;
    if (before != NULL)
        before->next = NULL;
    else
        block->first_child = NULL;
    block->last_child = before;
}

/* The kind of block that the inline begins when a source line stands before it, or the
 * kind of `line` when it goes on. */
static enum node_kind next_kind(const struct reader *reader, const struct node *line,
    bool said, const struct node *inline_node)
{
    if (is_break(inline_node) || !starts_line(reader, inline_node))
        return NODE_KIND_COUNT;
    bool label = inline_node->kind == NODE_TEXT && shape_source_label(inline_node->text) > 0;
    if (label)
        return NODE_SOURCE_LINE;
    bool text = line->kind == NODE_SOURCE_LINE && said && inline_node->kind != NODE_LINK;
    return text ? NODE_PARAGRAPH : NODE_KIND_COUNT;
}

/* Does the inline say more than a source line's label? */
static bool says_source(const struct node *inline_node)
{
    if (inline_node->kind != NODE_TEXT)
        return inline_node->kind == NODE_LINK;
    struct text said = text_trim(inline_node->text);
    return said.length > shape_source_label(said);
}

/* Append a paragraph that begins with a label to container, as one or more blocks. */
static void append_source_lines(
    struct reader *reader, struct node *container, struct node *paragraph)
{
    struct node *inline_node = paragraph->first_child;
    struct node *block = paragraph;
    bool said = false;
    block->kind = NODE_SOURCE_LINE;
    block->first_child = block->last_child = NULL;
    node_append(container, block);
    while (inline_node != NULL) {
        struct node *next = inline_node->next;
        enum node_kind kind = block->first_child == NULL
                                  ? NODE_KIND_COUNT
                                  : next_kind(reader, block, said, inline_node);
        if (kind != NODE_KIND_COUNT) {
            drop_last_break(block);
            set_span(block);
            block = node_new(reader->arena, kind, inline_node->span);
            node_append(container, block);
            said = false;
        }
        said = said || says_source(inline_node);
        node_append(block, inline_node);
        inline_node = next;
    }
    set_span(block);
}

static bool is_one_address(const struct node *paragraph)
{
    const struct node *link = paragraph->first_child;
    return link != NULL && link->next == NULL && link->kind == NODE_LINK &&
           link->u.link.bare && !text_starts(link->u.link.url, "mailto:");
}

/* The image that an inline of a figure shows: itself, or the only child of a link. */
static struct node *image_of(struct node *inline_node)
{
    bool link = inline_node->kind == NODE_LINK && inline_node->first_child != NULL &&
                inline_node->first_child == inline_node->last_child;
    struct node *image = link ? inline_node->first_child : inline_node;
    return image->kind == NODE_IMAGE ? image : NULL;
}

static bool is_blank(const struct node *inline_node)
{
    return is_break(inline_node) ||
           (inline_node->kind == NODE_TEXT && text_trim(inline_node->text).length == 0);
}

static bool is_figure(const struct node *paragraph)
{
    bool image = false;
    for (struct node *n = paragraph->first_child; n != NULL; n = n->next) {
        if (image_of(n) != NULL)
            image = true;
        else if (!is_blank(n))
            return false;
    }
    return image;
}

/* A CAPTION behind each image of a figure that has a title. */
static void add_captions(struct reader *reader, struct node *paragraph)
{
    struct node *inline_node = paragraph->first_child;
    paragraph->first_child = paragraph->last_child = NULL;
    while (inline_node != NULL) {
        struct node *next = inline_node->next;
        const struct node *image = image_of(inline_node);
        node_append(paragraph, inline_node);
        if (image != NULL && image->u.link.title.length > 0) {
            struct node *caption = node_new(reader->arena, NODE_CAPTION, image->span);
            struct node *text = node_new(reader->arena, NODE_TEXT, image->span);
            text->text = image->u.link.title;
            node_append(caption, text);
            node_append(paragraph, caption);
        }
        inline_node = next;
    }
}

static bool is_table_caption(const struct node *paragraph)
{
    const struct node *next = paragraph->next;
    const struct node *text = paragraph->first_child;
    return next != NULL && next->kind == NODE_TABLE && text != NULL && is_mapped(text) &&
           label_length(text->text, caption_labels, LABEL_COUNT(caption_labels)) > 0;
}

/* Put the paragraph before the rows of the table behind it. */
static void caption_table(struct node *paragraph, struct node *table)
{
    struct node *text = paragraph->first_child;
    cut_start(
        text, label_length(text->text, caption_labels, LABEL_COUNT(caption_labels)));
    paragraph->kind = NODE_CAPTION;
    paragraph->parent = table;
    paragraph->next = table->first_child;
    table->first_child = paragraph;
    if (table->last_child == NULL)
        table->last_child = paragraph;
}

static void shape_paragraph(
    struct reader *reader, struct node *container, struct node *paragraph)
{
    if (shape_source_label(first_text(paragraph)) > 0) {
        append_source_lines(reader, container, paragraph);
        return;
    }
    if (is_one_address(paragraph))
        paragraph->kind = NODE_SOURCE_LINE;
    else if (is_figure(paragraph))
        add_captions(reader, paragraph);
    node_append(container, paragraph);
}

static bool is_commentary(const struct node *quote)
{
    const struct node *first = quote->first_child;
    return first != NULL && first->kind == NODE_PARAGRAPH &&
           label_length(
               first_text(first), commentary_labels, LABEL_COUNT(commentary_labels)) > 0;
}

static void shape_children(struct reader *reader, struct node *container)
{
    struct node *block = container->first_child;
    container->first_child = container->last_child = NULL;
    while (block != NULL) {
        struct node *next = block->next;
        if (block->kind == NODE_PARAGRAPH && is_table_caption(block))
            caption_table(block, next);
        else if (block->kind == NODE_PARAGRAPH)
            shape_paragraph(reader, container, block);
        else
            node_append(container, block);
        block = next;
    }
    for (struct node *b = container->first_child; b != NULL; b = b->next) {
        if (b->kind == NODE_SOURCE_LINE)
            split_label(reader, b);
    }
}

static bool holds_blocks(const struct node *node)
{
    return node->kind == NODE_DOCUMENT || node->kind == NODE_LIST_ITEM ||
           node->kind == NODE_QUOTE || node->kind == NODE_COMMENTARY ||
           node->kind == NODE_FOOTNOTE;
}

/* The next node in document order that holds blocks. The tree is this file's to
 * change. */
static struct node *next_container(struct node *node, const struct node *root)
{
    do {
        if (node->first_child != NULL) {
            node = node->first_child;
            continue;
        }
        while (node != root && node->next == NULL)
            node = node->parent;
        node = node == root ? NULL : node->next;
    } while (node != NULL && !holds_blocks(node));
    return node;
}

static void shape_tree(struct reader *reader, struct node *root)
{
    for (struct node *node = root; node != NULL; node = next_container(node, root)) {
        if (node->kind == NODE_QUOTE && is_commentary(node))
            node->kind = NODE_COMMENTARY;
        shape_children(reader, node);
    }
}

void shape_blocks(struct reader *reader)
{
    shape_tree(reader, reader->document->root);
    for (size_t i = 0; i < reader->footnote_list.length; i++)
        shape_tree(reader, reader->footnote_list.data[i]);
}
