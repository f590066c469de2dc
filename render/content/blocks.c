/* blocks: cmark's blocks → nodes.
 *
 * The walk is cmark's iterator with a stack of open containers of our own, so that no
 * nesting can exhaust the program's stack. Containers deeper than LIMIT_NESTING get no
 * node: their items become items of the deepest list, their blocks blocks of the
 * deepest item.
 *
 * cmark keeps the text of each block line by line, without the marks of its containers. A
 * line of that text is found again as the end of the feed's line.
 */
#include "content/blocks.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <string.h>

#include "content/attributes.h"
#include "content/inline.h"

#define CODE_TAB 4 /* columns between tab stops, as CommonMark has them */

size_t blocks_line(const struct blocks *blocks, const cmark_node *node)
{
    union {
        const cmark_node *in;
        cmark_node *out;
    } unconst = {node}; /* cmark's getters take no const */
    int line = cmark_node_get_start_line(unconst.out);
    size_t shifted = line > 0 ? (size_t)line - 1 : 0;
    return shifted >= blocks->shift ? shifted - blocks->shift : 0;
}

/* The node that gets the next block: an item that was followed by deeper ones gives
 * way. */
static struct node *target(const struct blocks *blocks)
{
    struct node *node = vec_last(&blocks->frames)->node;
    return node->kind == NODE_LIST_ITEM ? node->parent->last_child : node;
}

void blocks_add(struct blocks *blocks, struct node *node)
{
    node_append(target(blocks), node);
}

void blocks_pend(struct blocks *blocks, struct node *node, const struct inline_text *text)
{
    if (text->bytes.length > 0)
        vec_push(&blocks->reader->pending, (struct pending){node, *text});
}

/* The start of the last occurrence of needle in t, or t.length. */
static size_t find_last(struct text t, struct text needle)
{
    if (needle.length > t.length)
        return t.length;
    for (size_t at = t.length - needle.length + 1; at-- > 0;) {
        if (memcmp(t.data + at, needle.data, needle.length) == 0)
            return at;
    }
    return t.length;
}

static struct text trim_blanks(struct text t)
{
    while (t.length > 0 && strchr(" \t\r", t.data[t.length - 1]) != NULL)
        t.length--;
    return t;
}

/* Add one line of a block's text. A line that cannot be found (cmark changed it in a
 * way not foreseen) is taken whole: no word may vanish. */
static void gather_content(
    struct gather *gather, const struct source *source, size_t line, struct text content)
{
    if (line >= source->lines.length)
        return;
    struct text whole = source_line(source, line);
    struct text trimmed = trim_blanks(content);
    size_t at = find_last(whole, trimmed);
    size_t end = at + content.length < whole.length ? at + content.length : whole.length;
    if (trimmed.length == 0)
        return;
    if (at == whole.length) {
        at = strspn(whole.data, " \t>");
        end = whole.length;
    }
    size_t start = source->lines.data[line];
    gather_feed(gather, source, start + at, start + end);
}

/* The next line of *content, which moves behind it. */
static struct text next_line(struct text *content)
{
    const char *end = memchr(content->data, '\n', content->length);
    size_t length = end != NULL ? (size_t)(end - content->data) : content->length;
    struct text line = {content->data, length};
    *content = text_slice(*content, length + 1, content->length);
    return line;
}

static struct inline_text gather_lines(
    struct blocks *blocks, struct text content, size_t line)
{
    const struct source *source = &blocks->reader->source;
    struct gather gather;
    gather_init(&gather);
    for (bool first = true; content.length > 0; first = false, line++) {
        if (!first)
            gather_line_end(&gather);
        gather_content(&gather, source, line, next_line(&content));
    }
    size_t at =
        line < source->lines.length ? source->lines.data[line] : source->feed.length;
    size_t place = source_place(source->breaks.data, source->breaks.length, at);
    struct inline_text text = gather_finish(&gather, blocks->reader, place);
    gather_done(&gather);
    return text;
}

static struct node *add_text_block(
    struct blocks *blocks, enum node_kind kind, const struct inline_text *text)
{
    struct node *node = node_new(blocks->reader->arena, kind, text->span);
    blocks_add(blocks, node);
    blocks_pend(blocks, node, text);
    return node;
}

/* Take the link reference definitions off a paragraph's start. */
static struct inline_text without_definitions(
    struct reader *reader, struct inline_text text)
{
    size_t at = 0;
    for (;;) {
        size_t length =
            inline_definition(reader, text_slice(text.bytes, at, text.bytes.length));
        if (length == 0)
            break;
        at += length;
    }
    return at == 0 ? text : gather_cut(reader, &text, at, text.bytes.length);
}

/* The text that cmark kept of a block. It is not terminated when it is empty (a heading
 * without words), but then it has no inlines either. */
static struct text content_of(cmark_node *node)
{
    bool empty = cmark_node_first_child(node) == NULL;
    return empty ? TEXT("") : text_of(cmark_node_get_string_content(node));
}

static void paragraph(struct blocks *blocks, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    bool before_table = cmark_node_get_start_line(node) == 0 && next != NULL;
    size_t line = blocks_line(blocks, before_table ? next : node);
    struct text content = content_of(node);
    struct inline_text text = gather_lines(blocks, content, line);
    text = without_definitions(blocks->reader, text);
    if (text_trim(text.bytes).length > 0)
        add_text_block(blocks, NODE_PARAGRAPH, &text);
}

/* {attributes} at a heading's end, which do not belong to a span or an image there. */
static struct inline_text heading_attributes(
    struct reader *reader, struct inline_text text, struct attributes **ret_attributes)
{
    struct text t = text_trim(text.bytes);
    size_t end = (size_t)(t.data - text.bytes.data) + t.length;
    size_t open = end;
    while (open > 0 && text.bytes.data[open - 1] != '{')
        open--;
    if (t.length == 0 || t.data[t.length - 1] != '}' || open == 0)
        return text;
    open--;
    if (open > 0 && strchr("])", text.bytes.data[open - 1]) != NULL)
        return text;
    struct inline_text before = gather_cut(reader, &text, 0, end);
    size_t length = attributes_read(reader, &before, open, ret_attributes);
    return length == 0 ? text : gather_cut(reader, &text, 0, open);
}

static void heading(struct blocks *blocks, cmark_node *node)
{
    size_t line = blocks_line(blocks, node);
    struct text content = content_of(node);
    struct inline_text text = gather_lines(blocks, content, line);
    struct attributes *attributes = NULL;
    text = heading_attributes(blocks->reader, text, &attributes);
    struct node *heading = add_text_block(blocks, NODE_HEADING, &text);
    heading->attributes = attributes;
    heading->u.heading.level = cmark_node_get_heading_level(node);
}

/* One line of code: its text is the end of the feed's line, but a tab that a container
 * took in part left spaces before it. */
static void gather_code_line(
    struct gather *gather, const struct source *source, size_t line, struct text code)
{
    struct text whole =
        line < source->lines.length ? source_line(source, line) : TEXT("");
    size_t spaces = 0;
    while (code.length > whole.length ||
           memcmp(whole.data + whole.length - code.length, code.data, code.length) != 0) {
        spaces += code.data[0] == ' ';
        code = text_slice(code, 1, code.length);
    }
    gather_spaces(gather, spaces);
    if (code.length == 0)
        return;
    size_t end = source->lines.data[line] + whole.length;
    gather_feed(gather, source, end - code.length, end);
}

static struct text fence_info(const struct blocks *blocks, size_t line, char fence)
{
    const struct source *source = &blocks->reader->source;
    struct text whole = source_line(source, line);
    const char *mark = memchr(whole.data, fence, whole.length);
    size_t at = mark != NULL ? (size_t)(mark - whole.data) : whole.length;
    while (at < whole.length && whole.data[at] == fence)
        at++;
    struct gather gather;
    gather_init(&gather);
    size_t start = source->lines.data[line];
    gather_feed(&gather, source, start + at, start + whole.length);
    struct text info = inline_resolve(blocks->reader, text_trim(str_text(&gather.bytes)));
    gather_done(&gather);
    return info;
}

static void code_block(struct blocks *blocks, cmark_node *node)
{
    const struct source *source = &blocks->reader->source;
    struct text literal = text_of(cmark_node_get_literal(node));
    int length, offset;
    char fence = '\0';
    bool fenced = cmark_node_get_fenced(node, &length, &offset, &fence) != 0;
    size_t line = blocks_line(blocks, node);
    size_t start = source->lines.data[line];
    struct node *block = node_new(blocks->reader->arena, NODE_CODE_BLOCK, SPAN_NONE);
    if (fenced)
        block->u.code.info = fence_info(blocks, line, fence);
    struct gather gather;
    gather_init(&gather);
    gather.tab = CODE_TAB;
    line += fenced;
    for (bool first = true; literal.length > 0; first = false, line++) {
        if (!first)
            gather_line_end(&gather);
        gather_code_line(&gather, source, line, next_line(&literal));
    }
    size_t last =
        line < source->lines.length ? source->lines.data[line] : source->feed.length;
    struct inline_text text = gather_finish(&gather, blocks->reader, 0);
    gather_done(&gather);
    block->text = text.bytes;
    block->span = reader_span(blocks->reader,
        source_place(source->breaks.data, source->breaks.length, start),
        source_place(
            source->breaks.data, source->breaks.length, last > start ? last - 1 : start));
    blocks_add(blocks, block);
}

/* Length of the comment at the start of t, or 0; tells one that has no end. */
static size_t block_comment(
    struct blocks *blocks, const struct inline_text *text, size_t at)
{
    struct text rest = text_slice(text->bytes, at, text->bytes.length);
    if (!text_starts(rest, "<!--"))
        return 0;
    size_t inside = text_find(text_slice(rest, 4, rest.length), "-->");
    if (4 + inside >= rest.length) {
        struct span span = inline_text_span(blocks->reader, text, at, at + 4);
        diag_add(blocks->reader->sink, DIAG_COMMENT_UNCLOSED, span, NULL);
        return 0;
    }
    struct span span = inline_text_span(blocks->reader, text, at, at + inside + 7);
    if (inline_comment(blocks->reader, text_slice(rest, 4, 4 + inside), span))
        blocks_add(blocks, node_new(blocks->reader->arena, NODE_PAGE_BREAK, span));
    return inside + 7;
}

/* Comments do their work; anything else becomes paragraphs, of which inline_html.c
 * decides what is shown. */
static void html_block(struct blocks *blocks, cmark_node *node)
{
    struct text literal = text_of(cmark_node_get_literal(node));
    struct inline_text text = gather_lines(blocks, literal, blocks_line(blocks, node));
    size_t at = 0;
    while (at < text.bytes.length) {
        if (strchr(" \n", text.bytes.data[at]) != NULL) {
            at++;
            continue;
        }
        size_t comment = block_comment(blocks, &text, at);
        if (comment == 0) {
            struct text rest = text_slice(text.bytes, at, text.bytes.length);
            size_t length = text_find(rest, "\n\n");
            struct inline_text part = gather_cut(blocks->reader, &text, at, at + length);
            add_text_block(blocks, NODE_PARAGRAPH, &part);
            comment = length;
        }
        at += comment;
    }
}

static void rule(struct blocks *blocks, cmark_node *node)
{
    const struct source *source = &blocks->reader->source;
    size_t line = blocks_line(blocks, node);
    size_t start = source->lines.data[line];
    struct text whole = source_line(source, line);
    struct span span = reader_span(blocks->reader,
        source_place(source->breaks.data, source->breaks.length, start),
        source_place(source->breaks.data, source->breaks.length, start + whole.length));
    blocks_add(blocks, node_new(blocks->reader->arena, NODE_RULE, span));
}

static void push(struct blocks *blocks, struct node *node, bool deep)
{
    vec_push(&blocks->frames, (struct frame){node, deep});
}

static struct span start_span(const struct blocks *blocks, cmark_node *node)
{
    const struct source *source = &blocks->reader->source;
    size_t line = blocks_line(blocks, node);
    int column = cmark_node_get_start_column(node);
    if (line >= source->lines.length)
        return SPAN_NONE;
    struct text whole = source_line(source, line);
    size_t at = column > 0 && (size_t)column <= whole.length ? (size_t)column - 1 : 0;
    uint32_t place = source_place(
        source->breaks.data, source->breaks.length, source->lines.data[line] + at);
    return reader_span(blocks->reader, place, place);
}

/* A list or quote. Past the limit it gets no node, which is told once. */
static void open_container(struct blocks *blocks, cmark_node *node, enum node_kind kind)
{
    struct span span = start_span(blocks, node);
    uint32_t most = limit_of(&blocks->reader->files->limits, LIMIT_NESTING);
    blocks->depth++;
    if (blocks->depth > most) {
        if (!blocks->reader->nesting_told)
            diag_add(blocks->reader->sink, DIAG_NESTING, span, NULL, (int)most);
        blocks->reader->nesting_told = true;
        push(blocks, target(blocks), true);
        return;
    }
    struct node *container = node_new(blocks->reader->arena, kind, span);
    if (kind == NODE_LIST) {
        bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        container->u.list.style = ordered ? LIST_DECIMAL : LIST_BULLET;
        container->u.list.start = ordered ? (uint32_t)cmark_node_get_list_start(node) : 1;
        container->u.list.tight = cmark_node_get_list_tight(node) != 0;
    }
    blocks_add(blocks, container);
    push(blocks, container, false);
}

static void open_item(struct blocks *blocks, cmark_node *node)
{
    struct node *around = vec_last(&blocks->frames)->node;
    struct node *list = around->kind == NODE_LIST_ITEM ? around->parent : around;
    if (list->kind != NODE_LIST) { /* a list without a node, in a quote */
        push(blocks, around, true);
        return;
    }
    struct node *item =
        node_new(blocks->reader->arena, NODE_LIST_ITEM, start_span(blocks, node));
    node_append(list, item);
    push(blocks, item, false);
}

static void open_footnote(struct blocks *blocks, cmark_node *node)
{
    struct reader *reader = blocks->reader;
    const struct source_footnote *typed =
        source_footnote_on(&reader->source, blocks_line(blocks, node));
    struct node *footnote = node_new(reader->arena, NODE_FOOTNOTE,
        typed != NULL ? typed->span : start_span(blocks, node));
    footnote->u.footnote.label =
        typed != NULL ? text_copy(reader->arena, typed->label) : TEXT("");
    struct text key = reader_fold_label(reader, footnote->u.footnote.label);
    if (map_lookup(&reader->footnotes, key) != NULL)
        diag_add(reader->sink, DIAG_FOOTNOTE_TWICE, footnote->span, NULL,
            footnote->u.footnote.label.data);
    else
        map_set(&reader->footnotes, key, footnote);
    vec_push(&reader->footnote_list, footnote);
    push(blocks, footnote, false);
}

static void close_container(struct blocks *blocks, cmark_node_type type)
{
    if (type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE)
        blocks->depth--;
    if (type != CMARK_NODE_DOCUMENT)
        blocks->frames.length--;
}

/* Meet a block. False for a leaf, whose children are not walked. */
static bool enter(struct blocks *blocks, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_DOCUMENT)
        return true;
    if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST) {
        open_container(blocks, node, type == CMARK_NODE_LIST ? NODE_LIST : NODE_QUOTE);
        return true;
    }
    if (type == CMARK_NODE_ITEM) {
        open_item(blocks, node);
        return true;
    }
    if (type == CMARK_NODE_FOOTNOTE_DEFINITION) {
        open_footnote(blocks, node);
        return true;
    }
    if (type == CMARK_NODE_CODE_BLOCK)
        code_block(blocks, node);
    else if (type == CMARK_NODE_HTML_BLOCK)
        html_block(blocks, node);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        rule(blocks, node);
    else if (type == CMARK_NODE_HEADING)
        heading(blocks, node);
    else if (strcmp(cmark_node_get_type_string(node), "table") == 0)
        block_table(blocks, node);
    else
        paragraph(blocks, node);
    return false;
}

static bool has_exit(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK &&
           type != CMARK_NODE_THEMATIC_BREAK;
}

static void walk(struct blocks *blocks, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_node *marks = blocks->shift > 0 ? cmark_node_first_child(root) : NULL;
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT)
            close_container(blocks, cmark_node_get_type(node));
        else if ((node == marks || !enter(blocks, node)) && has_exit(node)) {
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        }
    }
    cmark_iter_free(iter);
}

/* cmark's tree of the feed; a paragraph of footnote marks is fed first, see source.c. */
static cmark_node *parse(struct blocks *blocks)
{
    const struct source *source = &blocks->reader->source;
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    struct str marks;
    str_init(&marks);
    for (size_t i = 0; i < source->footnotes.length; i++)
        str_printf(&marks, "[^n%zu] ", i + 1);
    if (marks.length > 0) {
        blocks->shift = 2;
        str_append_string(&marks, "\n\n");
        cmark_parser_feed(parser, marks.data, marks.length);
    }
    cmark_parser_feed(parser, source->feed.data, source->feed.length);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    str_done(&marks);
    return root;
}

void blocks_read(struct reader *reader)
{
    struct blocks blocks = {.reader = reader};
    if (reader->source.feed.length == 0)
        return;
    cmark_node *root = parse(&blocks);
    push(&blocks, reader->document->root, false);
    walk(&blocks, root);
    cmark_node_free(root);
    vec_done(&blocks.frames);
}
