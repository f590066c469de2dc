/* inline_tidy: the parser's flat list → the inlines of a block.
 *
 * Texts that touch in the file become one node again; bare addresses in a link or image
 * become text; strong in strong and what nests too deep is dissolved into its parent; a
 * line end stays only where it means a space: not beside Han or a full-width mark. Works
 * as a loop with a stack of its own: the nesting of the flat list has no limit yet.
 */
#include "base/utf8.h"
#include "content/chars.h"
#include "content/inline.h"

#define LOOKAHEAD_LIMIT 16 /* nodes without text that a line end looks past */

struct level {
    struct node *next; /* sibling to go on with in the old list */
    bool opened;       /* the new tree has a node for this level */
};

struct tidy {
    struct reader *reader;
    struct node *parent;      /* in the new tree */
    uint32_t depth;           /* of parent below the block */
    uint32_t last;            /* last character so far; 0 at the block's start */
    VEC(struct level) levels; /* around the old node */
};

static uint32_t first_char(struct text t)
{
    size_t at = 0;
    return t.length == 0 ? 0 : utf8_next(t.data, t.length, &at);
}

static uint32_t last_char(struct text t)
{
    size_t at = t.length;
    return t.length == 0 ? 0 : utf8_previous(t.data, &at);
}

static bool holds_text(const struct node *node)
{
    return (node->kind == NODE_TEXT || node->kind == NODE_CODE) && node->text.length > 0;
}

/* The first character behind a line end, 0 when there is none near. */
static uint32_t char_after(const struct tidy *tidy, const struct node *node)
{
    size_t level = tidy->levels.length;
    const struct node *n = node->next;
    for (int i = 0; i < LOOKAHEAD_LIMIT; i++) {
        while (n == NULL && level > 0)
            n = tidy->levels.data[--level].next;
        if (n == NULL)
            return 0;
        if (holds_text(n))
            return first_char(n->text);
        /* only the first child counts: going down and up again would need a stack */
        n = n->first_child != NULL ? n->first_child : n->next;
    }
    return 0;
}

static bool means_space(const struct tidy *tidy, const struct node *node)
{
    uint32_t before = tidy->last;
    uint32_t after = char_after(tidy, node);
    if (char_is_cjk(before) || char_is_cjk(after))
        return false;
    bool marks = char_is_shared_mark(before) && char_is_shared_mark(after);
    return !marks || tidy->reader->western;
}

/* Does this node's text go on where the last one's ends, in the file as well? */
static bool continues(const struct node *last, const struct node *node)
{
    return last != NULL && last->kind == NODE_TEXT && node->kind == NODE_TEXT &&
           last->span.length == last->text.length &&
           node->span.length == node->text.length &&
           last->text.data + last->text.length == node->text.data &&
           last->span.offset + last->span.length == node->span.offset;
}

static void move_leaf(struct tidy *tidy, struct node *node)
{
    if (node->kind == NODE_TEXT && node->text.length == 0)
        return;
    if (node->kind == NODE_SOFT_BREAK && !means_space(tidy, node))
        return;
    if (holds_text(node))
        tidy->last = last_char(node->text);
    struct node *last = tidy->parent->last_child;
    if (continues(last, node)) {
        last->text.length += node->text.length;
        last->span.length += node->span.length;
        return;
    }
    node_append(tidy->parent, node);
}

static bool is_reference(const struct node *link)
{
    struct str text;
    str_init(&text);
    node_plain_text(link, &text);
    bool found = text_find(str_text(&text), "{page}") < text.length;
    str_done(&text);
    return found && text_starts(link->u.link.url, "#");
}

static bool has_ancestor(const struct node *node, enum node_kind kind)
{
    for (; node != NULL; node = node->parent) {
        if (node->kind == kind)
            return true;
    }
    return false;
}

/* Has the new tree a node for this container, or do its children go to the parent? */
static bool keeps(struct tidy *tidy, const struct node *node)
{
    if (node->kind == NODE_IMAGE)
        return !has_ancestor(tidy->parent, NODE_IMAGE);
    if (tidy->depth >= INLINE_DEPTH_LIMIT) {
        if (!tidy->reader->inline_nesting_told)
            diag_add(tidy->reader->sink, DIAG_INLINE_NESTING, node->span, NULL,
                INLINE_DEPTH_LIMIT);
        tidy->reader->inline_nesting_told = true;
        return false;
    }
    if (node->kind == NODE_STRONG)
        return !has_ancestor(tidy->parent, NODE_STRONG);
    if (node->kind == NODE_LINK)
        return !has_ancestor(tidy->parent, NODE_LINK) &&
               !has_ancestor(tidy->parent, NODE_IMAGE);
    if (node->kind == NODE_SPAN)
        return node->attributes != NULL;
    return true;
}

static struct node *enter(struct tidy *tidy, struct node *node)
{
    struct node *child = node->first_child;
    bool opened = keeps(tidy, node);
    vec_push(&tidy->levels, (struct level){node->next, opened});
    if (opened) {
        node->first_child = node->last_child = NULL;
        node_append(tidy->parent, node);
        tidy->parent = node;
        tidy->depth++;
    }
    return child;
}

/* Back out of the containers that end here; the node to go on with, or NULL. */
static struct node *leave(struct tidy *tidy)
{
    struct node *next = NULL;
    while (next == NULL && tidy->levels.length > 0) {
        struct level level = *vec_last(&tidy->levels);
        tidy->levels.length--;
        next = level.next;
        if (!level.opened)
            continue;
        if (tidy->parent->kind == NODE_LINK && is_reference(tidy->parent))
            tidy->parent->kind = NODE_REFERENCE;
        tidy->parent = tidy->parent->parent;
        tidy->depth--;
    }
    return next;
}

void inline_tidy(struct inline_parser *parser, struct node *node)
{
    struct tidy tidy = {.reader = parser->reader, .parent = node};
    struct node *n = parser->top.first_child;
    while (n != NULL) {
        struct node *next = n->next;
        if (n->first_child != NULL)
            next = enter(&tidy, n);
        else if (n->kind != NODE_SPAN || n->attributes != NULL)
            move_leaf(&tidy, n);
        n = next != NULL ? next : leave(&tidy);
    }
    vec_done(&tidy.levels);
}
