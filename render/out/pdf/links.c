/* links: annotations, named destinations, the outline, page labels.
 *
 * A link is one annotation on each page that it touches, with a quadrilateral for each of
 * its lines (12.5.6.5), and belongs to its Link element. A link whose address may not
 * stand in the file, or whose page is not drawn, is no annotation and its element a Span:
 * the text stays, and an address that was refused is told. */
#include "out/pdf/pdf.h"

#include <inttypes.h>
#include <stdlib.h>
#include "out/uri.h"

/* Entries of the outline above this level are shown open: sections show their items. */
#define OUTLINE_OPEN_LEVELS 1

static const struct destination *destination_lookup(
    const struct pdf *pdf, const char *name)
{
    return map_lookup(&pdf->destinations, text_of(name));
}

static bool is_drawn(const struct pdf *pdf, const struct destination *destination)
{
    return destination != NULL && pdf->page_of.data[destination->page] != 0;
}

/* Whether the link's address, encoded, may stand in the file; what may not is told. */
static bool encode(struct pdf *pdf, const struct link *link, struct str *uri)
{
    enum uri_fault fault = uri_encode(link->uri, uri);
    struct str shown;
    if (fault == URI_GOOD)
        return true;
    str_init(&shown);
    str_append_text(&shown, link->uri);
    diag_add(pdf->sink, fault == URI_NO_HOST ? DIAG_LINK_HOST : DIAG_LINK_SCHEME,
        link->span, NULL, shown.data != NULL ? shown.data : "");
    str_done(&shown);
    return false;
}

void pdf_links_prepare(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->book->destinations.length; i++) {
        struct destination *destination = &pdf->book->destinations.data[i];
        map_set(&pdf->destinations, text_of(destination->name), destination);
    }
    for (size_t i = 0; i < pdf->book->links.length; i++) {
        const struct link *link = &pdf->book->links.data[i];
        struct str uri;
        str_init(&uri);
        bool inside = link->destination != NULL;
        bool works = inside ? is_drawn(pdf, destination_lookup(pdf, link->destination))
                            : encode(pdf, link, &uri);
        vec_push(&pdf->uris, uri);
        vec_push(&pdf->link_works, works);
    }
}

/* The Link element that an item stands in; 0: none, and PDF/UA allows no annotation. */
static uint32_t link_element(const struct pdf *pdf, const struct item *item)
{
    uint32_t id = item->structure;
    while (id != 0 && pdf->book->structures.data[id].kind != STRUCTURE_LINK)
        id = pdf->book->structures.data[id].parent;
    return id;
}

/* The annotation of an element's link on the page; an element has one link. */
static struct pdf_annotation *annotation_of(
    struct pdf *pdf, struct pdf_page *page, uint32_t link, uint32_t element)
{
    uint32_t *kept = &pdf->kept_of.data[element],
             number = (uint32_t)pdf->pages.length - 1;
    if (*kept != 0 && pdf->annotations.data[*kept - 1].page == number &&
        pdf->annotations.data[*kept - 1].link == link)
        return &pdf->annotations.data[*kept - 1];
    vec_push(&pdf->annotations, (struct pdf_annotation){.link = link,
                                    .element = element,
                                    .page = number,
                                    .object = pdf_reserve(&pdf->objects)});
    *kept = (uint32_t)pdf->annotations.length;
    page->annotation_count++;
    return vec_last(&pdf->annotations);
}

struct pdf_box pdf_box_join(struct pdf_box a, struct pdf_box b)
{
    return (struct pdf_box){
        .left = a.left < b.left ? a.left : b.left,
        .top = a.top < b.top ? a.top : b.top,
        .right = a.right > b.right ? a.right : b.right,
        .bottom = a.bottom > b.bottom ? a.bottom : b.bottom,
    };
}

struct pdf_box pdf_item_box(const struct item *item)
{
    struct pdf_box box = {item->x, item->y, (int64_t)item->x + item->width, item->y};
    if (item->kind == ITEM_GLYPHS) {
        box.top -= item->u.glyphs.ascent;
        box.bottom += item->u.glyphs.descent;
    } else
        box.bottom += item->height;
    return box;
}

/* Boxes of one line are joined: those that overlap in height by more than half. */
static bool on_one_line(struct pdf_box a, struct pdf_box b)
{
    int64_t top = a.top > b.top ? a.top : b.top;
    int64_t bottom = a.bottom < b.bottom ? a.bottom : b.bottom;
    int64_t height =
        a.bottom - a.top < b.bottom - b.top ? a.bottom - a.top : b.bottom - b.top;
    return 2 * (bottom - top) > height;
}

void pdf_links_add(struct pdf *pdf, const struct item *item)
{
    if (item->link == 0 || !pdf->link_works.data[item->link - 1] ||
        item->kind == ITEM_RULE)
        return;
    uint32_t element = link_element(pdf, item);
    if (element == 0)
        return;
    struct pdf_annotation *annotation =
        annotation_of(pdf, vec_last(&pdf->pages), item->link - 1, element);
    struct pdf_box box = pdf_item_box(item);
    struct pdf_box *last =
        annotation->boxes.length > 0 ? vec_last(&annotation->boxes) : NULL;
    if (last != NULL && on_one_line(*last, box))
        *last = pdf_box_join(*last, box);
    else
        vec_push(&annotation->boxes, box);
}

static int64_t across(int64_t x)
{
    return unit_muldiv(x, 100, UNIT_PT);
}

static int64_t up(const struct page *page, int64_t y)
{
    return unit_muldiv(page->height - y, 100, UNIT_PT);
}

static void append_numbers(struct str *out, const int64_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            str_append_char(out, ' ');
        pdf_append_hundredths(out, values[i]);
    }
}

void pdf_append_rectangle(struct str *out, const struct page *page, struct pdf_box box)
{
    const int64_t corners[] = {
        across(box.left), up(page, box.bottom), across(box.right), up(page, box.top)};
    str_append_char(out, '[');
    append_numbers(out, corners, 4);
    str_append_char(out, ']');
}

/* Corners in the order that readers expect: top left, top right, bottom left, bottom
 * right (the standard's figure says otherwise, no reader follows it). */
static void append_quadrilaterals(
    struct str *out, const struct page *page, const struct pdf_annotation *annotation)
{
    str_append_string(out, "/QuadPoints[");
    for (size_t i = 0; i < annotation->boxes.length; i++) {
        struct pdf_box box = annotation->boxes.data[i];
        int64_t left = across(box.left), right = across(box.right);
        int64_t top = up(page, box.top), bottom = up(page, box.bottom);
        const int64_t corners[] = {left, top, right, top, left, bottom, right, bottom};
        if (i > 0)
            str_append_char(out, ' ');
        append_numbers(out, corners, 8);
    }
    str_append_char(out, ']');
}

static void write_annotation(struct pdf *pdf, const struct page *page, size_t index)
{
    const struct pdf_annotation *annotation = &pdf->annotations.data[index];
    const struct link *link = &pdf->book->links.data[annotation->link];
    struct pdf_box all = annotation->boxes.data[0];
    for (size_t i = 1; i < annotation->boxes.length; i++)
        all = pdf_box_join(all, annotation->boxes.data[i]);
    struct str *out = pdf_begin(&pdf->objects, annotation->object);
    str_append_string(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
    pdf_append_rectangle(out, page, all);
    append_quadrilaterals(out, page, annotation);
    str_append_string(out, "/Contents");
    struct str *uri = &pdf->uris.data[annotation->link];
    pdf_append_text(out, link->contents != NULL      ? text_of(link->contents)
                         : link->destination != NULL ? text_of(link->destination)
                                                     : str_text(uri));
    str_printf(out, "/StructParent %zu", pdf->page_total + index);
    if (link->destination != NULL) {
        str_append_string(out, "/Dest");
        pdf_append_string(out, text_of(link->destination));
    } else {
        str_append_string(out, "/A<</S/URI/URI");
        pdf_append_string(out, str_text(uri));
        str_append_string(out, ">>");
    }
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
}

void pdf_links_write(struct pdf *pdf, const struct pdf_page *page)
{
    for (uint32_t i = 0; i < page->annotation_count; i++)
        write_annotation(
            pdf, &pdf->book->pages.data[page->index], page->first_annotation + i);
}

static int compare_destinations(const void *a, const void *b)
{
    struct text left = text_of((*(const struct destination *const *)a)->name);
    struct text right = text_of((*(const struct destination *const *)b)->name);
    size_t shorter = left.length < right.length ? left.length : right.length;
    for (size_t i = 0; i < shorter; i++) {
        if (left.data[i] != right.data[i])
            return (unsigned char)left.data[i] < (unsigned char)right.data[i] ? -1 : 1;
    }
    return left.length < right.length ? -1 : left.length > right.length;
}

uint32_t pdf_destinations_write(struct pdf *pdf)
{
    VEC(const struct destination *) drawn = {0};
    for (size_t i = 0; i < pdf->book->destinations.length; i++) {
        if (is_drawn(pdf, &pdf->book->destinations.data[i]))
            vec_push(&drawn, &pdf->book->destinations.data[i]);
    }
    if (drawn.length == 0)
        return 0;
    qsort(drawn.data, drawn.length, sizeof(const struct destination *),
        compare_destinations);
    uint32_t number = pdf_reserve(&pdf->objects);
    struct str *out = pdf_begin(&pdf->objects, number);
    str_append_string(out, "<</Names[");
    for (size_t i = 0; i < drawn.length; i++) {
        const struct destination *destination = drawn.data[i];
        const struct page *page = &pdf->book->pages.data[destination->page];
        pdf_append_string(out, text_of(destination->name));
        str_append_char(out, '[');
        pdf_append_ref(
            out, pdf->pages.data[pdf->page_of.data[destination->page] - 1].object);
        str_append_string(out, "/XYZ ");
        const int64_t place[] = {across(destination->x), up(page, destination->y)};
        append_numbers(out, place, 2);
        str_append_string(out, " null]");
    }
    str_append_string(out, "]>>");
    pdf_end(&pdf->objects);
    vec_done(&drawn);
    return number;
}

/* An entry of the outline that leads to a page in the file. */
struct entry {
    const struct outline_entry *outline; /* NULL for the root */
    uint32_t object;
    size_t parent, previous, next, first, last; /* indices; 0: none */
    uint32_t children;                          /* direct ones */
    uint32_t shown; /* all below that are seen when it is open */
};

struct entries {
    VEC(struct entry) list; /* [0] is the root */
};

static void add_entry(struct entries *entries, size_t parent, struct entry entry)
{
    size_t index = entries->list.length;
    entry.parent = parent;
    entry.previous = entries->list.data[parent].last;
    vec_push(&entries->list, entry);
    if (entry.previous != 0)
        entries->list.data[entry.previous].next = index;
    else
        entries->list.data[parent].first = index;
    entries->list.data[parent].last = index;
    entries->list.data[parent].children++;
}

static bool is_open(const struct entry *entry)
{
    return entry->outline == NULL || entry->outline->level <= OUTLINE_OPEN_LEVELS;
}

/* The entries, each under the nearest one before it of a lower level. */
static void collect_entries(struct pdf *pdf, struct entries *entries)
{
    vec_push(&entries->list, (struct entry){.object = pdf_reserve(&pdf->objects)});
    for (size_t i = 0; i < pdf->book->outline.length; i++) {
        const struct outline_entry *outline = &pdf->book->outline.data[i];
        if (!is_drawn(pdf, destination_lookup(pdf, outline->destination)))
            continue;
        size_t parent = entries->list.length - 1;
        while (parent != 0 && entries->list.data[parent].outline->level >= outline->level)
            parent = entries->list.data[parent].parent;
        add_entry(entries, parent,
            (struct entry){.outline = outline, .object = pdf_reserve(&pdf->objects)});
    }
    for (size_t i = entries->list.length; i > 1; i--) {
        struct entry *entry = &entries->list.data[i - 1];
        entries->list.data[entry->parent].shown +=
            1 + (is_open(entry) ? entry->shown : 0);
    }
}

static void append_entry_ref(
    struct str *out, const char *key, const struct entries *entries, size_t index)
{
    if (index == 0)
        return;
    str_append_string(out, key);
    pdf_append_ref(out, entries->list.data[index].object);
}

static void write_entry(struct pdf *pdf, const struct entries *entries, size_t index)
{
    const struct entry *entry = &entries->list.data[index];
    struct str *out = pdf_begin(&pdf->objects, entry->object);
    str_append_string(out, "<<");
    if (entry->outline != NULL) {
        str_append_string(out, "/Title");
        pdf_append_text(out, text_of(entry->outline->title));
        str_append_string(out, "/Parent");
        pdf_append_ref(out, entries->list.data[entry->parent].object);
        str_append_string(out, "/Dest");
        pdf_append_string(out, text_of(entry->outline->destination));
    } else
        str_append_string(out, "/Type/Outlines");
    append_entry_ref(out, "/Prev", entries, entry->previous);
    append_entry_ref(out, "/Next", entries, entry->next);
    append_entry_ref(out, "/First", entries, entry->first);
    append_entry_ref(out, "/Last", entries, entry->last);
    if (entry->children > 0)
        str_printf(out, "/Count %s%" PRIu32, is_open(entry) ? "" : "-", entry->shown);
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
}

uint32_t pdf_outline_write(struct pdf *pdf)
{
    struct entries entries = {0};
    uint32_t number = 0;
    if (pdf->book->outline.length == 0)
        return 0;
    collect_entries(pdf, &entries);
    number = entries.list.data[0].object;
    for (size_t i = 0; i < entries.list.length; i++)
        write_entry(pdf, &entries, i);
    vec_done(&entries.list);
    return number;
}

/* The number that a label of decimal digits is; 0: it is none. */
static long label_number(const char *label)
{
    long number = 0;
    if (label == NULL || label[0] == '0' || !text_to_long(text_of(label), &number))
        return 0;
    return number > 0 && label[0] != '+' ? number : 0;
}

void pdf_page_labels_append(const struct pdf *pdf, struct str *out)
{
    long expected = 0; /* number that would go on with the range; 0: no range */
    str_append_string(out, "<</Nums[");
    for (size_t i = 0; i < pdf->pages.length; i++) {
        const char *label = pdf->book->pages.data[pdf->pages.data[i].index].label;
        long number = label_number(label);
        if (number != 0 && number == expected) {
            expected++;
            continue;
        }
        str_printf(out, "%s%zu<<", i > 0 ? " " : "", i);
        if (number != 0)
            str_printf(out, "/S/D/St %ld", number);
        else if (label != NULL) {
            str_append_string(out, "/P");
            pdf_append_text(out, text_of(label));
        }
        str_append_string(out, ">>");
        expected = number != 0 ? number + 1 : 0;
    }
    str_append_string(out, "]>>");
}
