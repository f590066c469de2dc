/* pages: rules on the finished book: titles of many lines, lone lines.
 *
 * A device sees no tree and neither do these rules: lines are the baselines of the items
 * that belong to one heading or paragraph of the structure tree, whose element says where
 * the block was written. */
#include <string.h>

#include "base/utf8.h"
#include "check/check.h"

#define TITLE_LINES_MOST 3
#define OPENING_BYTES    45 /* of a block's text, in a message */

/* What the pages hold of one heading or paragraph. */
struct block_lines {
    uint32_t lines; /* in all */
    uint32_t first_page, last_page;
    uint32_t on_first, on_last;    /* lines on these pages */
    unit y, size;                  /* baseline and type size of the line being read */
    const struct item *first;      /* of the block, on first_page */
    const struct item *line_first; /* of the line being read, on last_page */
    const struct item *line_last;
};

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == 0xA0 || c == 0x3000;
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
        if (block->lines == 1) {
            block->first_page = page;
            block->first = item;
        }
        if (new_page)
            block->on_last = 0;
        block->last_page = page;
        block->on_last++;
        block->on_first += page == block->first_page;
        block->y = item->y;
        block->size = item->u.glyphs.size;
        block->line_first = item;
    }
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

/* The first letters of a block as printed, a heading's number among them. */
static void append_opening(const struct book *book, uint32_t id,
    const struct block_lines *block, struct str *out)
{
    const struct page *page = &book->pages.data[block->first_page];
    const struct item *end = page->items.data + page->items.length;

    for (const struct item *item = block->first;
         item < end && owner_of(book, item->structure) == id; item++) {
        struct text text = item->kind == ITEM_GLYPHS ? item->u.glyphs.text : TEXT("");

        for (size_t at = 0; at < text.length;) {
            if (out->length >= OPENING_BYTES) {
                str_append_string(out, "…");
                return;
            }
            str_append_codepoint(out, utf8_next(text.data, text.length, &at));
        }
    }
}

/* Generated text has no place: nobody could mend it. */
static void tell_block(struct check *check, enum diag_id rule, const struct book *book,
    uint32_t id, const struct block_lines *block)
{
    struct span span = book->structures.data[id].span;
    struct str opening;

    if (span.file == SPAN_NO_FILE)
        return;
    str_init(&opening);
    append_opening(book, id, block, &opening);
    check_tell(check, rule, span, str_text(&opening), NULL);
    str_done(&opening);
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

static void check_block(struct check *check, const struct book *book, uint32_t id,
    const struct block_lines *block)
{
    if (book->structures.data[id].kind == STRUCTURE_H) {
        if (block->lines > TITLE_LINES_MOST)
            tell_block(check, RULE_TITLE_LINES, book, id, block);
        return;
    }
    if (block->last_page > block->first_page &&
        (block->on_first == 1 || block->on_last == 1))
        tell_block(check, RULE_LONE_LINE, book, id, block);
    if (block->lines > 1 && ends_alone(block))
        tell_block(check, RULE_LONE_CHARACTER, book, id, block);
}

void check_book(struct check *check, const struct book *book)
{
    size_t count = book->structures.length;
    struct block_lines *blocks = memory_resize(NULL, count + 1, sizeof *blocks);

    memset(blocks, 0, (count + 1) * sizeof *blocks);
    read_pages(book, blocks);
    for (size_t i = 1; i < count; i++) {
        if (blocks[i].lines > 0)
            check_block(check, book, (uint32_t)i, &blocks[i]);
    }
    memory_free(blocks);
}
