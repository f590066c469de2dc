/* shape_reference: footnotes' numbers, identifiers, and what refers to them.
 *
 * A link to #id must find its target. Where no `{#id}` says so, a heading counts whose
 * text makes the id as GitHub makes it (lower case, spaces as hyphens, no marks):
 * archives hold lists of contents written like that. Such a heading gets the id.
 */
#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "content/shape.h"

/* A heading's text as GitHub makes an anchor of it. */
static struct text slug_of(struct reader *reader, const struct node *heading)
{
    struct str text;
    struct str slug;
    str_init(&text);
    str_init(&slug);
    node_plain_text(heading, &text);
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text.data, text.length, &at);
        bool mark = (char_is_ascii_mark(c) && c != '-' && c != '_') ||
                    char_is_shared_mark(c) || (c >= 0x3001 && c <= 0x3030) ||
                    (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
        if (c == ' ')
            c = '-';
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        if (!mark)
            str_append_codepoint(&slug, c);
    }
    struct text result = text_copy(reader->arena, str_text(&slug));
    str_done(&text);
    str_done(&slug);
    return result;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The id behind #, with %E4%BA%8C as the bytes it means. */
static struct text id_of(struct reader *reader, struct text url)
{
    struct text typed = text_slice(url, 1, url.length);
    char *id = arena_copy(reader->arena, typed.data, typed.length);
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) {
        int high = typed.data[i] == '%' && i + 2 < typed.length
                       ? hex_value(typed.data[i + 1])
                       : -1;
        int low = high >= 0 ? hex_value(typed.data[i + 2]) : -1;
        id[length++] = low >= 0 ? (char)(high * 16 + low) : typed.data[i];
        i += low >= 0 ? 2 : 0;
    }
    id[length] = '\0';
    struct text result = {id, length};
    return utf8_validate(id, length) == length ? result : typed;
}

/* Nodes by id, as typed; and headings by the id that GitHub would give. */
struct targets {
    struct map typed; /* id → node */
    struct map slugs; /* slug → heading */
};

static void add_target(struct reader *reader, struct targets *targets, struct node *node)
{
    if (node->attributes != NULL && node->attributes->id.length > 0) {
        struct text id = node->attributes->id;
        if (map_lookup(&targets->typed, id) == NULL)
            map_set(&targets->typed, id, node);
        else
            diag_add(reader->sink, DIAG_DUPLICATE_ID, node->attributes->span, NULL,
                text_copy(reader->arena, id).data);
    }
    if (node->kind != NODE_HEADING)
        return;
    struct text slug = slug_of(reader, node);
    if (slug.length > 0 && map_lookup(&targets->slugs, slug) == NULL)
        map_set(&targets->slugs, slug, node);
}

/* Give a heading the id that a link uses for it, when it has none of its own. */
static void give_id(struct reader *reader, struct node *heading, struct text id)
{
    if (heading->attributes == NULL) {
        heading->attributes = ARENA_NEW(reader->arena, struct attributes);
        heading->attributes->span = heading->span;
        heading->attributes->span.length = 0;
    }
    if (heading->attributes->id.length == 0)
        heading->attributes->id = id;
}

static void resolve(struct reader *reader, struct targets *targets, struct node *link)
{
    if (link->u.link.url.length < 2 || link->u.link.url.data[0] != '#')
        return;
    struct text id = id_of(reader, link->u.link.url);
    const struct node *target = map_lookup(&targets->typed, id);
    struct node *heading =
        target == NULL ? map_lookup(&targets->slugs, reader_fold_label(reader, id))
                       : NULL;
    if (heading != NULL)
        give_id(reader, heading, id);
    if (target != NULL || heading != NULL) {
        struct text given = heading != NULL ? heading->attributes->id : id;
        link->u.link.url =
            text_of(arena_print(reader->arena, "#%.*s", (int)given.length, given.data));
        return;
    }
    diag_add(reader->sink, DIAG_UNKNOWN_ID, link->span, NULL,
        text_copy(reader->arena, id).data);
}

static struct node *next_node(struct node *node, const struct node *root)
{
    if (node->first_child != NULL)
        return node->first_child;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static void resolve_links(struct reader *reader, struct node *root)
{
    struct targets targets;
    map_init(&targets.typed);
    map_init(&targets.slugs);
    for (struct node *n = root; n != NULL; n = next_node(n, root))
        add_target(reader, &targets, n);
    for (struct node *n = root; n != NULL; n = next_node(n, root)) {
        if (n->kind == NODE_LINK || n->kind == NODE_REFERENCE)
            resolve(reader, &targets, n);
    }
    map_done(&targets.typed);
    map_done(&targets.slugs);
}

/* Number the footnotes by the order of their first marks; the ones without follow. */
static void number_footnotes(struct reader *reader, struct node *root)
{
    uint32_t number = 0;
    for (struct node *n = root; n != NULL; n = next_node(n, root)) {
        if (n->kind != NODE_FOOTNOTE_MARK)
            continue;
        struct node *target = n->u.footnote.target;
        if (target->u.footnote.number == 0)
            target->u.footnote.number = ++number;
        n->u.footnote.number = target->u.footnote.number;
    }
    for (size_t i = 0; i < reader->footnote_list.length; i++) {
        struct node *footnote = reader->footnote_list.data[i];
        struct text key = reader_fold_label(reader, footnote->u.footnote.label);
        if (footnote->u.footnote.number != 0)
            continue;
        footnote->u.footnote.number = ++number;
        if (map_lookup(&reader->footnotes, key) == footnote)
            diag_add(reader->sink, DIAG_FOOTNOTE_NO_MARK, footnote->span, NULL,
                footnote->u.footnote.label.data);
    }
}

void shape_references(struct reader *reader)
{
    struct node *root = reader->document->root;
    for (size_t i = 0; i < reader->footnote_list.length; i++)
        node_append(root, reader->footnote_list.data[i]);
    number_footnotes(reader, root);
    resolve_links(reader, root);
}
