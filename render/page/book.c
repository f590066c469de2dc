/* book: building a book and proving it sound.
 *
 * Every text that a book keeps is copied into its own arena, so that flow's arena may be
 * reset while the book lives. book_finish() proves what devices rely on: ids and indices
 * in range, names of destinations found, each element after its parent. A book that
 * breaks one of these is the program's fault, never the document's, so the program stops.
 * */
#include "page/book.h"

#include <string.h>
#include "base/hash.h"

static const char *const kind_names[STRUCTURE_KIND_COUNT] = {
    [STRUCTURE_DOCUMENT] = "Document",
    [STRUCTURE_SECT] = "Sect",
    [STRUCTURE_H] = "H",
    [STRUCTURE_P] = "P",
    [STRUCTURE_L] = "L",
    [STRUCTURE_LI] = "LI",
    [STRUCTURE_LBL] = "Lbl",
    [STRUCTURE_LBODY] = "LBody",
    [STRUCTURE_TABLE] = "Table",
    [STRUCTURE_TR] = "TR",
    [STRUCTURE_TH] = "TH",
    [STRUCTURE_TD] = "TD",
    [STRUCTURE_FIGURE] = "Figure",
    [STRUCTURE_CAPTION] = "Caption",
    [STRUCTURE_NOTE] = "Note",
    [STRUCTURE_TOC] = "TOC",
    [STRUCTURE_TOCI] = "TOCI",
    [STRUCTURE_REFERENCE] = "Reference",
    [STRUCTURE_LINK] = "Link",
    [STRUCTURE_SPAN] = "Span",
    [STRUCTURE_QUOTE] = "Quote",
    [STRUCTURE_BLOCKQUOTE] = "BlockQuote",
    [STRUCTURE_CODE] = "Code",
    [STRUCTURE_RUBY] = "Ruby",
    [STRUCTURE_RB] = "RB",
    [STRUCTURE_RT] = "RT",
};

const char *structure_kind_name(enum structure_kind kind)
{
    return (unsigned)kind < STRUCTURE_KIND_COUNT ? kind_names[kind] : "?";
}

void book_init(struct book *book)
{
    memset(book, 0, sizeof *book);
    arena_init(&book->arena);
    vec_push(&book->structures, (struct structure){.kind = STRUCTURE_DOCUMENT});
    vec_push(&book->structures, (struct structure){.kind = STRUCTURE_DOCUMENT});
}

void book_done(struct book *book)
{
    if (book == NULL)
        return;
    for (size_t i = 0; i < book->pages.length; i++)
        vec_done(&book->pages.data[i].items);
    for (size_t i = 0; i < book->structures.length; i++)
        vec_done(&book->structures.data[i].children);
    for (size_t i = 0; i < book->images.length; i++)
        image_unref(book->images.data[i]);
    vec_done(&book->pages);
    vec_done(&book->structures);
    vec_done(&book->images);
    vec_done(&book->links);
    vec_done(&book->destinations);
    vec_done(&book->outline);
    vec_done(&book->attachments);
    arena_done(&book->arena);
    memset(book, 0, sizeof *book);
}

static const char *keep(struct book *book, const char *string)
{
    return string == NULL ? NULL : arena_copy(&book->arena, string, strlen(string));
}

struct page *book_add_page(struct book *book, unit width, unit height, const char *label)
{
    vec_push(&book->pages,
        (struct page){.width = width, .height = height, .label = keep(book, label)});
    return vec_last(&book->pages);
}

struct item *page_add_item(struct page *page, enum item_kind kind, uint32_t structure)
{
    vec_push(&page->items, (struct item){.kind = kind, .structure = structure});
    return vec_last(&page->items);
}

uint32_t book_add_structure(struct book *book, enum structure_kind kind, uint32_t parent)
{
    uint32_t id = (uint32_t)book->structures.length;

    if (parent == 0 || parent >= id)
        program_stop("structure element %u has no parent %u", id, parent);
    vec_push(&book->structures,
        (struct structure){.kind = kind, .parent = parent, .span = SPAN_NONE});
    vec_push(&book->structures.data[parent].children, id);
    return id;
}

uint32_t book_add_image(struct book *book, struct image *image)
{
    for (size_t i = 0; i < book->images.length; i++)
        if (book->images.data[i] == image)
            return (uint32_t)i;
    vec_push(&book->images, image_ref(image));
    return (uint32_t)book->images.length - 1;
}

uint32_t book_add_link(
    struct book *book, struct text uri, const char *destination, const char *contents)
{
    vec_push(&book->links, (struct link){
                               .uri = text_copy(&book->arena, uri),
                               .destination = keep(book, destination),
                               .contents = keep(book, contents),
                               .span = SPAN_NONE,
                           });
    return (uint32_t)book->links.length;
}

void book_add_destination(struct book *book, const char *name, uint32_t page, unit x,
    unit y, uint32_t structure)
{
    vec_push(&book->destinations, (struct destination){.name = keep(book, name),
                                      .page = page,
                                      .x = x,
                                      .y = y,
                                      .structure = structure});
}

void book_add_outline(
    struct book *book, const char *title, const char *destination, int level)
{
    vec_push(&book->outline, (struct outline_entry){.title = keep(book, title),
                                 .destination = keep(book, destination),
                                 .level = level});
}

void book_add_attachment(struct book *book, const char *name, const char *type,
    const char *description, struct text bytes)
{
    vec_push(&book->attachments, (struct attachment){.name = keep(book, name),
                                     .type = keep(book, type),
                                     .description = keep(book, description),
                                     .bytes = text_copy(&book->arena, bytes)});
}

/* What an item looks like; ids and paths of faces differ, their digests don't. */
static uint64_t digest_glyphs(uint64_t hash, const struct item *item)
{
    const struct face *face = item->u.glyphs.face;
    uint64_t shifts = HASH_SEED; /* apart, so that neither waits for the other */

    hash = hash_u64(hash, face->digest);
    hash = hash_u64(hash, (uint64_t)face->slant << 1 | (uint64_t)face->embolden);
    hash = hash_u64(hash, (uint64_t)item->u.glyphs.size);
    hash = hash_contents(hash, item->u.glyphs.text);
    for (uint32_t i = 0; i < item->u.glyphs.count; i++) {
        const struct item_glyph *glyph = &item->u.glyphs.glyphs[i];

        hash = hash_step(hash, (uint64_t)glyph->id << 32 | (uint32_t)glyph->x);
        shifts = hash_step(shifts, (uint64_t)(uint32_t)glyph->y);
    }
    return hash_u64(hash, shifts);
}

static uint64_t digest_path(uint64_t hash, const struct item *item)
{
    hash = hash_u64(hash, (uint64_t)item->u.path.stroke);
    for (uint32_t i = 0; i < item->u.path.count; i++) {
        const struct path_step *step = &item->u.path.steps[i];

        hash = hash_step(hash, step->op);
        for (int j = 0; j < 3; j++)
            hash = hash_step(
                hash, (uint64_t)(uint32_t)step->x[j] << 32 | (uint32_t)step->y[j]);
    }
    return hash_u64(hash, item->u.path.count);
}

static uint64_t digest_item(
    const struct book *book, uint64_t hash, const struct item *item)
{
    hash = hash_u64(hash, item->kind);
    hash = hash_u64(hash, (uint64_t)(uint32_t)item->x << 32 | (uint32_t)item->y);
    hash = hash_u64(hash, (uint64_t)(uint32_t)item->width << 32 | (uint32_t)item->height);
    hash = hash_u64(hash, item->colour);
    switch (item->kind) {
    case ITEM_GLYPHS:
        return digest_glyphs(hash, item);
    case ITEM_PATH:
        return digest_path(hash, item);
    case ITEM_IMAGE:
        return hash_contents(hash, book->images.data[item->u.image.index]->bytes);
    case ITEM_RULE:
        break;
    }
    return hash;
}

static uint64_t digest_page(const struct book *book, const struct page *page)
{
    uint64_t hash =
        hash_u64(HASH_SEED, (uint64_t)page->width << 32 | (uint32_t)page->height);

    hash = hash_u64(hash, (uint64_t)page->bleed);
    hash = hash_u64(hash, (uint64_t)page->slug);
    for (size_t i = 0; i < page->items.length; i++)
        hash = digest_item(book, hash, &page->items.data[i]);
    return hash;
}

static void check_item(const struct book *book, const struct item *item)
{
    if (item->structure >= book->structures.length)
        program_stop("an item has structure id %u of %zu", item->structure,
            book->structures.length);
    if (item->link > book->links.length)
        program_stop("an item has link %u of %zu", item->link, book->links.length);
    if (item->kind == ITEM_IMAGE && item->u.image.index >= book->images.length)
        program_stop("an item shows image %u of %zu", item->u.image.index,
            book->images.length);
    if (item->kind != ITEM_GLYPHS)
        return;
    for (uint32_t i = 0; i < item->u.glyphs.count; i++) {
        const struct item_glyph *glyph = &item->u.glyphs.glyphs[i];

        if ((size_t)glyph->text_start + glyph->text_length > item->u.glyphs.text.length)
            program_stop("a glyph's text ends behind its item's");
    }
}

/* Levels of headings and of the outline begin at 1 and never skip going down. */
static void check_levels(const struct book *book)
{
    int heading = 0, entry = 0;

    for (size_t i = 1; i < book->structures.length; i++) {
        const struct structure *element = &book->structures.data[i];

        if (element->kind != STRUCTURE_H)
            continue;
        if (element->level < 1 || element->level > heading + 1)
            program_stop(
                "a heading of level %d follows one of level %d", element->level, heading);
        heading = element->level;
    }
    for (size_t i = 0; i < book->outline.length; i++) {
        int level = book->outline.data[i].level;

        if (level < 1 || level > entry + 1)
            program_stop(
                "an outline entry of level %d follows one of level %d", level, entry);
        entry = level;
    }
}

static void check_name(const struct map *names, const char *name)
{
    if (name != NULL && map_lookup(names, text_of(name)) == NULL)
        program_stop("no destination is named ‘%s’", name);
}

static void check_destinations(const struct book *book)
{
    struct map names;

    map_init(&names);
    for (size_t i = 0; i < book->destinations.length; i++) {
        struct destination *destination = &book->destinations.data[i];

        if (destination->page >= book->pages.length ||
            destination->structure >= book->structures.length)
            program_stop("destination ‘%s’ is out of range", destination->name);
        if (map_lookup(&names, text_of(destination->name)) != NULL)
            program_stop("two destinations are named ‘%s’", destination->name);
        map_set(&names, text_of(destination->name), destination);
    }
    for (size_t i = 0; i < book->links.length; i++)
        check_name(&names, book->links.data[i].destination);
    for (size_t i = 0; i < book->outline.length; i++)
        check_name(&names, book->outline.data[i].destination);
    map_done(&names);
}

void book_finish(struct book *book)
{
    for (size_t i = 0; i < book->pages.length; i++) {
        struct page *page = &book->pages.data[i];

        for (size_t j = 0; j < page->items.length; j++)
            check_item(book, &page->items.data[j]);
        page->digest = digest_page(book, page);
    }
    for (size_t i = 1; i < book->structures.length; i++)
        if (book->structures.data[i].link > book->links.length)
            program_stop("structure element %zu has link %u of %zu", i,
                book->structures.data[i].link, book->links.length);
    check_levels(book);
    check_destinations(book);
}
