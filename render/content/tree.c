/* tree: making, walking and printing the document tree.
 *
 * Nodes live in the document's arena and are never freed singly. All walks are loops over
 * parent and sibling links, so that no input can exhaust the stack.
 */
#include "content/tree.h"

#include "base/files.h"

static const char *const kind_names[NODE_KIND_COUNT] = {
    [NODE_DOCUMENT] = "document",
    [NODE_SECTION] = "section",
    [NODE_ITEM] = "item",
    [NODE_HEADING] = "heading",
    [NODE_PARAGRAPH] = "paragraph",
    [NODE_SOURCE_LINE] = "source-line",
    [NODE_LIST] = "list",
    [NODE_LIST_ITEM] = "list-item",
    [NODE_QUOTE] = "quote",
    [NODE_COMMENTARY] = "commentary",
    [NODE_CODE_BLOCK] = "code-block",
    [NODE_TABLE] = "table",
    [NODE_TABLE_ROW] = "table-row",
    [NODE_TABLE_CELL] = "table-cell",
    [NODE_CAPTION] = "caption",
    [NODE_RULE] = "rule",
    [NODE_PAGE_BREAK] = "page-break",
    [NODE_FOOTNOTE] = "footnote",
    [NODE_TEXT] = "text",
    [NODE_EMPHASIS] = "emphasis",
    [NODE_STRONG] = "strong",
    [NODE_STRIKE] = "strike",
    [NODE_CODE] = "code",
    [NODE_LINK] = "link",
    [NODE_IMAGE] = "image",
    [NODE_SOFT_BREAK] = "soft-break",
    [NODE_LINE_BREAK] = "line-break",
    [NODE_FOOTNOTE_MARK] = "footnote-mark",
    [NODE_SPAN] = "span",
    [NODE_RUBY] = "ruby",
    [NODE_RUBY_TEXT] = "ruby-text",
    [NODE_SUBSCRIPT] = "subscript",
    [NODE_SUPERSCRIPT] = "superscript",
    [NODE_UNDERLINE] = "underline",
    [NODE_REFERENCE] = "reference",
};

const char *node_kind_name(enum node_kind kind)
{
    return kind_names[kind];
}

struct node *node_new(struct arena *arena, enum node_kind kind, struct span span)
{
    struct node *node = ARENA_NEW(arena, struct node);
    node->kind = kind;
    node->span = span;
    return node;
}

void node_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last_child == NULL)
        parent->first_child = child;
    else
        parent->last_child->next = child;
    parent->last_child = child;
}

const struct node *node_next(const struct node *node, const struct node *root)
{
    if (node->first_child != NULL)
        return node->first_child;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

void node_plain_text(const struct node *node, struct str *out)
{
    for (const struct node *n = node; n != NULL; n = node_next(n, node)) {
        if (n->kind == NODE_TEXT || n->kind == NODE_CODE)
            str_append_text(out, n->text);
        else if (n->kind == NODE_SOFT_BREAK || n->kind == NODE_LINE_BREAK)
            str_append_char(out, ' ');
    }
}

static void dump_quoted(struct str *out, const char *name, struct text value)
{
    str_printf(out, " %s\"", name);
    str_append_escaped(out, value);
    str_append_char(out, '"');
}

static void dump_attributes(const struct attributes *attributes, struct str *out)
{
    str_append_string(out, " {");
    if (attributes->id.length != 0)
        dump_quoted(out, "#", attributes->id);
    for (uint32_t i = 0; i < attributes->class_count; i++)
        dump_quoted(out, ".", attributes->classes[i]);
    if (attributes->language.length != 0)
        dump_quoted(out, "lang=", attributes->language);
    if (attributes->width.length != 0)
        dump_quoted(out, "width=", attributes->width);
    if (attributes->even != 0)
        str_printf(out, " even=%u", (unsigned)attributes->even);
    if (attributes->columns != 0)
        str_printf(out, " columns=%u", (unsigned)attributes->columns);
    str_append_string(out, " }");
}

static void dump_columns(const struct node *node, struct str *out)
{
    static const char letters[] = {[ALIGN_DEFAULT] = '-',
        [ALIGN_LEFT] = 'l',
        [ALIGN_CENTRE] = 'c',
        [ALIGN_RIGHT] = 'r'};
    str_append_char(out, ' ');
    for (uint32_t i = 0; i < node->u.table.column_count; i++)
        str_append_char(out, letters[node->u.table.columns[i]]);
}

/* What a kind has of its own. */
static void dump_details(const struct node *node, struct str *out)
{
    switch (node->kind) {
    case NODE_HEADING:
        str_printf(out, " level=%d%s", node->u.heading.level,
            node->u.heading.highlighted ? " highlighted" : "");
        break;
    case NODE_LIST:
        str_append_string(
            out, node->u.list.style == LIST_BULLET ? " bullet" : " decimal");
        if (node->u.list.style == LIST_DECIMAL)
            str_printf(out, " start=%u", (unsigned)node->u.list.start);
        str_append_string(out, node->u.list.tight ? " tight" : " loose");
        break;
    case NODE_LINK:
    case NODE_IMAGE:
    case NODE_REFERENCE:
        dump_quoted(out, "url=", node->u.link.url);
        if (node->u.link.title.length != 0)
            dump_quoted(out, "title=", node->u.link.title);
        if (node->u.link.bare)
            str_append_string(out, " bare");
        break;
    case NODE_TABLE:
        dump_columns(node, out);
        break;
    case NODE_TABLE_ROW:
        str_append_string(out, node->u.row.header ? " header" : "");
        break;
    case NODE_FOOTNOTE:
    case NODE_FOOTNOTE_MARK:
        dump_quoted(out, "label=", node->u.footnote.label);
        str_printf(out, " number=%u", (unsigned)node->u.footnote.number);
        break;
    case NODE_CODE_BLOCK:
        if (node->u.code.info.length != 0)
            dump_quoted(out, "info=", node->u.code.info);
        break;
    default:
        break;
    }
}

static void dump_node(const struct node *node, const struct files *files, struct str *out)
{
    str_append_string(out, node_kind_name(node->kind));
    if (node->span.file != SPAN_NO_FILE) {
        uint32_t line = 0, column = 0;
        files_position(files, node->span, &line, &column);
        str_printf(out, " %u:%u+%u", (unsigned)line, (unsigned)column,
            (unsigned)node->span.length);
    }
    dump_details(node, out);
    if (node->attributes != NULL)
        dump_attributes(node->attributes, out);
    if (node->text.length != 0)
        dump_quoted(out, "", node->text);
    str_append_char(out, '\n');
}

void tree_dump(const struct node *root, const struct files *files, struct str *out)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        for (const struct node *n = node; n != root; n = n->parent)
            str_append_string(out, "  ");
        dump_node(node, files, out);
    }
}
