/* draw: a book's pages through a device, and the page numbers that a user asks for.
 *
 * The device is a table of functions; what it cannot do is NULL and is passed over. Pages
 * are named by their place in the file, counted from 1, as every viewer does: labels
 * repeat ("1" may stand on the third page) and cannot be told from numbers. */
#include <string.h>
#include "base/i18n.h"
#include "page/device.h"

static void draw_item(
    const struct device *device, struct device_state *state, const struct item *item)
{
    switch (item->kind) {
    case ITEM_GLYPHS:
        if (device->glyphs != NULL)
            device->glyphs(state, item);
        break;
    case ITEM_RULE:
        if (device->rule != NULL)
            device->rule(state, item);
        break;
    case ITEM_PATH:
        if (device->path != NULL)
            device->path(state, item);
        break;
    case ITEM_IMAGE:
        if (device->image != NULL)
            device->image(state, item);
        break;
    }
}

static void draw_page(const struct book *book, const struct device *device,
    struct device_state *state, uint32_t index)
{
    const struct page *page;

    if (index >= book->pages.length)
        program_stop("page %u of %zu was asked for", index, book->pages.length);
    page = &book->pages.data[index];
    if (device->begin_page != NULL)
        device->begin_page(state, page, index);
    for (size_t i = 0; i < page->items.length; i++)
        draw_item(device, state, &page->items.data[i]);
    if (device->end_page != NULL)
        device->end_page(state);
}

bool book_draw(const struct book *book, const struct device *device,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    struct device_state *state = device->begin(book, options, output, sink);
    uint32_t count =
        options->pages != NULL ? options->page_count : (uint32_t)book->pages.length;

    if (state == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        draw_page(book, device, state, options->pages != NULL ? options->pages[i] : i);
    return device->end(state, false);
}

struct range_reader {
    const char *at;      /* what is still to be read */
    uint32_t page_count; /* pages of the book */
    struct arena *arena; /* for the reason */
    const char *reason;  /* why it failed */
};

static bool read_page(struct range_reader *reader, uint32_t *ret_page)
{
    const char *start = reader->at;
    uint64_t number = 0;

    while (*reader->at >= '0' && *reader->at <= '9' && number <= reader->page_count)
        number = number * 10 + (uint64_t)(*reader->at++ - '0');
    while (*reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    if (reader->at == start) {
        reader->reason =
            arena_print(reader->arena, _("a page number is missing at ‘%s’"), start);
        return false;
    }
    if (number == 0 || number > reader->page_count) {
        reader->reason = arena_print(reader->arena, _("page %.*s of %u"),
            (int)(reader->at - start), start, reader->page_count);
        return false;
    }
    *ret_page = (uint32_t)number;
    return true;
}

/* "7", "3-5", "3-": marks the pages that it names. */
static bool read_range(struct range_reader *reader, bool *chosen)
{
    uint32_t first = 0, last = 0;

    if (!read_page(reader, &first))
        return false;
    last = first;
    if (*reader->at == '-') {
        reader->at++;
        if (*reader->at == '\0' || *reader->at == ',')
            last = reader->page_count;
        else if (!read_page(reader, &last))
            return false;
    }
    if (last < first) {
        reader->reason =
            arena_print(reader->arena, _("pages run backwards: %u-%u"), first, last);
        return false;
    }
    memset(chosen + first - 1, true, last - first + 1);
    return true;
}

bool pages_parse(const char *text, uint32_t page_count, struct arena *arena,
    const uint32_t **ret_pages, uint32_t *ret_count, const char **ret_reason)
{
    struct range_reader reader = {.at = text, .page_count = page_count, .arena = arena};
    bool *chosen = ARENA_ARRAY(arena, page_count, bool);
    uint32_t *pages = ARENA_ARRAY(arena, page_count, uint32_t), count = 0;

    for (;;) {
        if (!read_range(&reader, chosen)) {
            *ret_reason = reader.reason;
            return false;
        }
        if (*reader.at == '\0')
            break;
        if (*reader.at != ',') {
            *ret_reason = arena_print(arena, _("not a list of pages at ‘%s’"), reader.at);
            return false;
        }
        reader.at++;
    }
    for (uint32_t i = 0; i < page_count; i++)
        if (chosen[i])
            pages[count++] = i;
    *ret_pages = pages;
    *ret_count = count;
    return true;
}
