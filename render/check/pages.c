/* pages: rules on the finished book: titles of many lines, lone lines, coarse images.
 *
 * A device sees no tree and neither do these rules: lines are the baselines of the items
 * that belong to one heading or paragraph of the structure tree. Only where something is
 * found is its block looked up in the tree, by its text without spaces. */
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "check/outline.h"
#include "image/image.h"

#define TITLE_LINES_MOST 3
#define OPENING_BYTES    90 /* of a block's text; half of it is enough to know it by */
#define NUMBER_LETTERS   16 /* of a heading's number, at most */

/* What the pages hold of one heading or paragraph. */
struct block_lines {
    uint32_t lines; /* in all */
    uint32_t first_page, last_page;
    uint32_t on_first, on_last;    /* lines on these pages */
    unit y, size;                  /* baseline and type size of the line being read */
    struct str text;               /* its opening, without spaces */
    const struct item *line_first; /* of the line being read, on last_page */
    const struct item *line_last;
};

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == 0xA0 || c == 0x3000;
}

static void append_dense(struct str *out, struct text t, size_t limit)
{
    for (size_t at = 0; at < t.length && out->length < limit;) {
        uint32_t c = utf8_next(t.data, t.length, &at);

        if (!is_space(c))
            str_append_codepoint(out, c);
    }
}

/* The heading or paragraph an item belongs to; 0 when there is none. */
static uint32_t owner_of(const struct book *book, uint32_t id)
{
    while (id != 0) {
        enum structure_kind kind = book->structures.data[id].kind;

        if (kind == STRUCTURE_H || kind == STRUCTURE_P)
            return id;
        if (kind == STRUCTURE_NOTE || kind == STRUCTURE_TABLE || kind == STRUCTURE_TOC)
            return 0;
        id = book->structures.data[id].parent;
    }
    return 0;
}

static void read_item(struct block_lines *block, const struct item *item, uint32_t page)
{
    unit away = item->y > block->y ? item->y - block->y : block->y - item->y;
    bool new_page = block->lines == 0 || page != block->last_page;

    /* Raised and lowered letters stand less than a type size from their line. */
    if (new_page ||
        (away * 10 > item->u.glyphs.size * 9 && away * 10 > block->size * 9)) {
        block->lines++;
        if (block->lines == 1)
            block->first_page = page;
        if (new_page)
            block->on_last = 0;
        block->last_page = page;
        block->on_last++;
        block->on_first += page == block->first_page;
        block->y = item->y;
        block->size = item->u.glyphs.size;
        block->line_first = item;
    }
    append_dense(&block->text, item->u.glyphs.text, OPENING_BYTES);
    block->line_last = item;
}

static void read_pages(const struct book *book, struct block_lines *blocks)
{
    for (size_t page = 0; page < book->pages.length; page++) {
        const struct page *sheet = &book->pages.data[page];

        for (size_t i = 0; i < sheet->items.length; i++) {
            const struct item *item = &sheet->items.data[i];
            uint32_t owner = owner_of(book, item->structure);

            if (item->kind == ITEM_GLYPHS && owner != 0)
                read_item(&blocks[owner], item, (uint32_t)page);
        }
    }
}

/* The blocks of the tree by the opening of their text; made when something is found. */
struct places {
    struct map headings, others; /* dense opening → struct node */
    bool read;
};

/* The first bytes of a dense text, at most OPENING_BYTES / 2, whole letters. */
static struct text opening_of(struct text dense)
{
    size_t end = 0, next = 0;

    while (next < dense.length && next <= OPENING_BYTES / 2) {
        end = next;
        utf8_next(dense.data, dense.length, &next);
    }
    return text_slice(dense, 0, next <= OPENING_BYTES / 2 ? next : end);
}

static void read_places(struct places *places, const struct node *root)
{
    struct str plain, dense;

    str_init(&plain);
    str_init(&dense);
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        struct map *map = n->kind == NODE_HEADING ? &places->headings : &places->others;
        struct text opening;

        if (n->kind != NODE_HEADING && n->kind != NODE_PARAGRAPH &&
            n->kind != NODE_SOURCE_LINE)
            continue;
        str_clear(&plain);
        str_clear(&dense);
        node_plain_text(n, &plain);
        append_dense(&dense, str_text(&plain), OPENING_BYTES);
        opening = opening_of(str_text(&dense));
        if (opening.length > 0 && map_lookup(map, opening) == NULL)
            map_set(map, opening, (void *)(uintptr_t)n);
    }
    str_done(&dense);
    str_done(&plain);
    places->read = true;
}

/* The place of a block by its text; SPAN_NONE when it is generated. A heading has its
 * number in front, so its text is tried from each of its first letters on. */
static struct span place_of(const struct check *check, struct places *places,
    const struct block_lines *block, bool heading)
{
    const struct map *map = heading ? &places->headings : &places->others;
    struct text rest = str_text(&block->text);

    if (!places->read)
        read_places(places, check->document->root);
    for (int tries = heading ? NUMBER_LETTERS : 1; tries > 0 && rest.length > 0;
         tries--) {
        const struct node *node = map_lookup(map, opening_of(rest));
        size_t next = 0;

        if (node != NULL)
            return node->span;
        utf8_next(rest.data, rest.length, &next);
        rest = text_slice(rest, next, rest.length);
    }
    return SPAN_NONE;
}

static void tell_block(struct check *check, struct places *places, enum diag_id rule,
    const struct block_lines *block, bool heading)
{
    struct span span = place_of(check, places, block, heading);
    size_t end = 0;

    while (end < block->text.length && end < OPENING_BYTES / 2)
        utf8_next(block->text.data, block->text.length, &end);
    if (span.file != SPAN_NO_FILE)
        check_tell(check, rule, span, text_slice(str_text(&block->text), 0, end), NULL);
}

/* Letters of a text: spaces do not count, and a mark is no company. */
static size_t letters_of(struct text text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text.data, text.length, &at);

        count += !is_space(c) && !(c < 0x80 && strchr(".,;:!?", (int)c) != NULL) &&
                 !(c >= 0x2010 && c <= 0x3011) && !(c >= 0xFF00 && c <= 0xFF20);
    }
    return count;
}

/* Has the last line one letter? Items of a line stand in a row. */
static bool ends_alone(const struct block_lines *block)
{
    size_t count = 0;

    for (const struct item *item = block->line_first;
         item <= block->line_last && count <= 1; item++) {
        if (item->kind == ITEM_GLYPHS)
            count += letters_of(item->u.glyphs.text);
    }
    return count == 1;
}

static void check_block(struct check *check, struct places *places,
    const struct block_lines *block, bool heading)
{
    if (heading) {
        if (block->lines > TITLE_LINES_MOST)
            tell_block(check, places, RULE_TITLE_LINES, block, true);
        return;
    }
    if (block->last_page > block->first_page &&
        (block->on_first == 1 || block->on_last == 1))
        tell_block(check, places, RULE_LONE_LINE, block, false);
    if (block->lines > 1 && ends_alone(block))
        tell_block(check, places, RULE_LONE_CHARACTER, block, false);
}

void check_book(struct check *check, const struct book *book)
{
    size_t count = book->structures.length;
    struct block_lines *blocks = memory_resize(NULL, count + 1, sizeof *blocks);
    struct places places = {.read = false};

    memset(blocks, 0, (count + 1) * sizeof *blocks);
    map_init(&places.headings);
    map_init(&places.others);
    read_pages(book, blocks);
    for (size_t i = 1; i < count; i++) {
        if (blocks[i].lines > 0)
            check_block(
                check, &places, &blocks[i], book->structures.data[i].kind == STRUCTURE_H);
        str_done(&blocks[i].text);
    }
    memory_free(blocks);
    map_done(&places.headings);
    map_done(&places.others);
}
