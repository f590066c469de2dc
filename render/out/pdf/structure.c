/* structure: the structure tree, the tree from marked content back to it, the ids.
 *
 * An element's kids are its children in reading order, with its own marked content
 * between them by first paint: content that was painted before a child's first content
 * stands before that child. Inside a block the children themselves stand by first paint:
 * a picture that the composer moved below the text of its cell is read there. Annotations
 * (OBJR) come last. Elements that nothing was painted for are left out, but for empty
 * table cells, which hold their row together.
 *
 * No validator sees a wrong order, a lost element or a missing OBJR: tests read the tree
 * back. */
#include "out/pdf/pdf.h"

#include <inttypes.h>
#include <stdlib.h>

#define NEVER UINT32_MAX /* first paint of what is not painted */

/* Things grouped by structure id: those of id are list[start[id]] … list[start[id + 1] −
 * 1]. */
struct groups {
    uint32_t *start; /* count of structures + 1 entries; owned */
    uint32_t *list;  /* indices of the things, in their order; owned */
};

struct tree {
    struct pdf *pdf;
    size_t own;                /* how many structures the book has, with the unused [0] */
    size_t count;              /* of all structures */
    uint32_t *first;           /* per id: mark that paints it or below it first; NEVER */
    uint32_t *objects;         /* per id: its object's number; 0: left out */
    struct structure *actuals; /* elements that only the file has; owned */
    uint8_t *levels;           /* per id of a heading that is kept: 1 to 6 */
    struct groups marks;       /* indices in pdf.marks */
    struct groups annotations; /* indices in pdf.annotations */
    struct groups below;       /* indices in actuals, by the element they hang below */
};

static const struct structure *element_of(const struct tree *tree, uint32_t id)
{
    return id < tree->own ? &tree->pdf->book->structures.data[id]
                          : &tree->actuals[id - tree->own];
}

const char *pdf_structure_name(const struct pdf *pdf, uint32_t id)
{
    static const char *const headings[] = {"H1", "H1", "H2", "H3", "H4", "H5", "H6"};
    if (id >= pdf->book->structures.length)
        return "Span";
    const struct structure *element = &pdf->book->structures.data[id];
    if (element->kind == STRUCTURE_H)
        return headings[element->level < 1 ? 1 : element->level > 6 ? 6 : element->level];
    bool works = element->link != 0 && pdf->link_works.data[element->link - 1];
    if (element->kind == STRUCTURE_LINK && !works)
        return "Span";
    return structure_kind_name(element->kind);
}

void pdf_structure_add(struct pdf *pdf, const struct item *item)
{
    uint32_t id = pdf->has_figures ? item->structure : 0;
    uint32_t page = (uint32_t)pdf->pages.length - 1;
    while (id != 0 && pdf->book->structures.data[id].kind != STRUCTURE_FIGURE)
        id = pdf->book->structures.data[id].parent;
    if (id == 0)
        return;
    uint32_t *kept = &pdf->kept_of.data[id];
    if (*kept == 0) {
        vec_push(&pdf->figures, (struct pdf_figure){page, pdf_item_box(item)});
        *kept = (uint32_t)pdf->figures.length;
        return;
    }
    struct pdf_figure *figure = &pdf->figures.data[*kept - 1];
    if (figure->page == page)
        figure->box = pdf_box_join(figure->box, pdf_item_box(item));
}

static uint32_t mark_element(const struct pdf *pdf, size_t index)
{
    return pdf->marks.data[index].structure;
}

static uint32_t annotation_element(const struct pdf *pdf, size_t index)
{
    return pdf->annotations.data[index].element;
}

static uint32_t actual_parent(const struct pdf *pdf, size_t index)
{
    return pdf->actuals.data[index].parent;
}

static struct groups groups_make(const struct tree *tree, size_t length,
    uint32_t (*element)(const struct pdf *pdf, size_t index))
{
    struct groups groups = {
        .start = memory_alloc((tree->count + 1) * sizeof(uint32_t)),
        .list = memory_alloc(length * sizeof(uint32_t)),
    };
    uint32_t *next = memory_alloc((tree->count + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < length; i++)
        groups.start[element(tree->pdf, i) + 1]++;
    for (size_t id = 0; id < tree->count; id++) {
        groups.start[id + 1] += groups.start[id];
        next[id + 1] = groups.start[id + 1];
    }
    for (size_t i = 0; i < length; i++)
        groups.list[next[element(tree->pdf, i)]++] = (uint32_t)i;
    memory_free(next);
    return groups;
}

/* Parents have lower ids than their children (book_add_structure() sees to it). */
static void find_first(struct tree *tree)
{
    for (size_t id = 0; id < tree->count; id++) {
        bool painted = tree->marks.start[id] < tree->marks.start[id + 1];
        tree->first[id] = painted ? tree->marks.list[tree->marks.start[id]] : NEVER;
    }
    for (uint32_t id = (uint32_t)tree->count - 1; id > 1; id--) {
        uint32_t parent = element_of(tree, id)->parent;
        if (tree->first[id] < tree->first[parent])
            tree->first[parent] = tree->first[id];
    }
}

static void reserve_objects(struct tree *tree)
{
    for (uint32_t id = 1; id < tree->count; id++) {
        const struct structure *element = element_of(tree, id);
        bool cell = element->kind == STRUCTURE_TD || element->kind == STRUCTURE_TH;
        bool kept = id == 1 || tree->first[id] != NEVER ||
                    (cell && tree->objects[element->parent] != 0);
        if (kept)
            tree->objects[id] = pdf_reserve(&tree->pdf->objects);
    }
}

/* Levels of the headings that are kept: where one above was left out, those below it move
 * up, so that none is skipped (PDF/UA-1 7.4.2). Ids are in reading order. */
static void find_levels(struct tree *tree)
{
    int last = 0;
    for (uint32_t id = 1; id < tree->count; id++) {
        const struct structure *element = element_of(tree, id);
        if (element->kind != STRUCTURE_H || tree->objects[id] == 0)
            continue;
        int level = element->level > last + 1 ? last + 1 : element->level;
        last = level < 1 ? 1 : level > 6 ? 6 : level;
        tree->levels[id] = (uint8_t)last;
    }
}

static void tree_init(struct tree *tree, struct pdf *pdf)
{
    *tree = (struct tree){.pdf = pdf, .own = pdf->book->structures.length};
    tree->count = tree->own + pdf->actuals.length;
    tree->actuals = memory_alloc(pdf->actuals.length * sizeof *tree->actuals);
    for (size_t i = 0; i < pdf->actuals.length; i++)
        tree->actuals[i] = (struct structure){.kind = STRUCTURE_SPAN,
            .parent = pdf->actuals.data[i].parent,
            .actual = pdf->actuals.data[i].text};
    tree->first = memory_alloc(tree->count * sizeof(uint32_t));
    tree->objects = memory_alloc(tree->count * sizeof(uint32_t));
    tree->levels = memory_alloc(tree->count);
    tree->marks = groups_make(tree, pdf->marks.length, mark_element);
    tree->annotations = groups_make(tree, pdf->annotations.length, annotation_element);
    tree->below = groups_make(tree, pdf->actuals.length, actual_parent);
    find_first(tree);
    reserve_objects(tree);
    find_levels(tree);
}

static void tree_done(struct tree *tree)
{
    memory_free(tree->first);
    memory_free(tree->objects);
    memory_free(tree->levels);
    memory_free(tree->actuals);
    memory_free(tree->marks.start);
    memory_free(tree->marks.list);
    memory_free(tree->annotations.start);
    memory_free(tree->annotations.list);
    memory_free(tree->below.start);
    memory_free(tree->below.list);
}

/* The kids of an element while they are written. */
struct kids {
    struct str text;
    uint32_t count;
    uint32_t page; /* index in pdf.pages that integers refer to; NEVER: none */
};

static void add_mark(const struct tree *tree, struct kids *kids, uint32_t index)
{
    const struct pdf_mark *mark = &tree->pdf->marks.data[index];
    if (mark->page == kids->page) {
        str_append_string(&kids->text, kids->count > 0 ? " " : "");
        pdf_append_integer(&kids->text, mark->number);
    } else {
        str_append_string(&kids->text, "<</Type/MCR/Pg");
        pdf_append_ref(&kids->text, tree->pdf->pages.data[mark->page].object);
        str_printf(&kids->text, "/MCID %" PRIu32 ">>", mark->number);
    }
    kids->count++;
}

static void add_annotation(const struct tree *tree, struct kids *kids, uint32_t index)
{
    const struct pdf_annotation *annotation = &tree->pdf->annotations.data[index];
    str_append_string(&kids->text, "<</Type/OBJR/Pg");
    pdf_append_ref(&kids->text, tree->pdf->pages.data[annotation->page].object);
    str_append_string(&kids->text, "/Obj");
    pdf_append_ref(&kids->text, annotation->object);
    str_append_string(&kids->text, ">>");
    kids->count++;
}

/* Children of these are content of one block: they are read as they are painted. Not so
 * those of groups, which have notes at the page's foot and empty cells. */
static bool is_block(enum structure_kind kind)
{
    switch (kind) {
    case STRUCTURE_P:
    case STRUCTURE_H:
    case STRUCTURE_LBL:
    case STRUCTURE_TH:
    case STRUCTURE_TD:
    case STRUCTURE_CAPTION:
    case STRUCTURE_LINK:
    case STRUCTURE_SPAN:
        return true;
    default:
        return false;
    }
}

/* Insertion sort: they are in order but for a few. */
static void sort_children(const struct tree *tree, uint32_t *children, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t child = children[i];
        size_t at = i;
        for (; at > 0 && tree->first[children[at - 1]] > tree->first[child]; at--)
            children[at] = children[at - 1];
        children[at] = child;
    }
}

static void add_child(const struct tree *tree, struct kids *kids, uint32_t child,
    uint32_t *next, uint32_t end)
{
    for (; tree->first[child] != NEVER && *next < end &&
           tree->marks.list[*next] < tree->first[child];
         (*next)++)
        add_mark(tree, kids, tree->marks.list[*next]);
    pdf_append_ref(&kids->text, tree->objects[child]);
    kids->count++;
}

static void add_kids(const struct tree *tree, struct kids *kids, uint32_t id)
{
    const struct structure *element = element_of(tree, id);
    uint32_t next = tree->marks.start[id], end = tree->marks.start[id + 1];
    uint32_t actual = tree->below.start[id], actuals_end = tree->below.start[id + 1];
    size_t count = 0, total = element->children.length + (actuals_end - actual);
    uint32_t *children = memory_alloc(total * sizeof *children);
    for (; count < element->children.length; count++)
        children[count] = element->children.data[count];
    for (; actual < actuals_end; actual++)
        children[count++] = (uint32_t)tree->own + tree->below.list[actual];
    if (is_block(element->kind) || count > element->children.length)
        sort_children(tree, children, count);
    for (size_t i = 0; i < count; i++) {
        if (tree->objects[children[i]] != 0)
            add_child(tree, kids, children[i], &next, end);
    }
    memory_free(children);
    for (; next < end; next++)
        add_mark(tree, kids, tree->marks.list[next]);
    for (uint32_t i = tree->annotations.start[id]; i < tree->annotations.start[id + 1];
         i++)
        add_annotation(tree, kids, tree->annotations.list[i]);
}

static void append_kids(const struct tree *tree, struct str *out, uint32_t id)
{
    struct kids kids = {.page = NEVER};
    str_init(&kids.text);
    if (tree->marks.start[id] < tree->marks.start[id + 1]) {
        kids.page = tree->pdf->marks.data[tree->marks.list[tree->marks.start[id]]].page;
        str_append_string(out, "/Pg");
        pdf_append_ref(out, tree->pdf->pages.data[kids.page].object);
    }
    add_kids(tree, &kids, id);
    if (kids.count > 0) {
        str_append_string(out, "/K");
        str_append_string(out, kids.count > 1 ? "[" : " ");
        str_append_text(out, str_text(&kids.text));
        str_append_string(out, kids.count > 1 ? "]" : "");
    }
    str_done(&kids.text);
}

static void append_span(struct str *out, const char *key, uint32_t count)
{
    if (count > 1)
        str_printf(out, "/%s %" PRIu32, key, count);
}

static void append_cell(struct str *out, const struct structure *element)
{
    const char *scope = element->column_header && element->row_header ? "/Scope/Both"
                        : element->row_header                         ? "/Scope/Row"
                        : element->kind == STRUCTURE_TH               ? "/Scope/Column"
                                                                      : "";
    if (scope[0] == '\0' && element->columns <= 1 && element->rows <= 1)
        return;
    str_printf(out, "/A<</O/Table%s", scope);
    append_span(out, "ColSpan", element->columns);
    append_span(out, "RowSpan", element->rows);
    str_append_string(out, ">>");
}

static void append_figure(const struct pdf *pdf, struct str *out, uint32_t id)
{
    if (pdf->kept_of.data[id] == 0)
        return;
    const struct pdf_figure *figure = &pdf->figures.data[pdf->kept_of.data[id] - 1];
    str_append_string(out, "/A<</O/Layout/Placement/Block/BBox");
    pdf_append_rectangle(
        out, &pdf->book->pages.data[pdf->pages.data[figure->page].index], figure->box);
    str_append_string(out, ">>");
}

static void append_attributes(const struct tree *tree, struct str *out, uint32_t id)
{
    static const char *const numbering[] = {[NUMBERING_NONE] = "None",
        [NUMBERING_DISC] = "Disc",
        [NUMBERING_DECIMAL] = "Decimal"};
    const struct structure *element = element_of(tree, id);
    if (element->kind == STRUCTURE_L)
        str_printf(out, "/A<</O/List/ListNumbering/%s>>", numbering[element->numbering]);
    if (element->kind == STRUCTURE_TH || element->kind == STRUCTURE_TD)
        append_cell(out, element);
    if (element->kind == STRUCTURE_FIGURE)
        append_figure(tree->pdf, out, id);
}

static void append_named(struct str *out, const char *key, const char *value)
{
    if (value == NULL)
        return;
    str_append_string(out, key);
    pdf_append_text(out, text_of(value));
}

/* The name of an element in the id tree: a Note must have one (PDF/UA-1 7.9). */
static bool append_id(struct str *out, const struct structure *element, uint32_t id)
{
    if (element->id != NULL)
        str_append_string(out, element->id);
    else if (element->kind == STRUCTURE_NOTE)
        str_printf(out, "note-%" PRIu32, id);
    return out->length > 0;
}

static void write_element(struct tree *tree, uint32_t id)
{
    struct pdf *pdf = tree->pdf;
    const struct structure *element = element_of(tree, id);
    struct str *out = pdf_begin(&pdf->objects, tree->objects[id]);
    struct str name;
    str_init(&name);
    if (tree->levels[id] > 0)
        str_printf(out, "<</S/H%u/P", (unsigned)tree->levels[id]);
    else
        str_printf(out, "<</S/%s/P", pdf_structure_name(pdf, id));
    pdf_append_ref(out, id == 1 ? pdf->tree_object : tree->objects[element->parent]);
    append_kids(tree, out, id);
    append_attributes(tree, out, id);
    append_named(out, "/Lang", element->language);
    append_named(out, "/Alt", element->alt);
    append_named(out, "/ActualText", element->actual);
    append_named(out, "/T", element->title);
    if (append_id(&name, element, id)) {
        str_append_string(out, "/ID");
        pdf_append_string(out, str_text(&name));
    }
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    str_done(&name);
}

/* Key n is page n's array of elements by MCID; after the pages come the annotations. */
static uint32_t write_parent_tree(struct tree *tree)
{
    struct pdf *pdf = tree->pdf;
    uint32_t number = pdf_reserve(&pdf->objects);
    struct str *out = pdf_begin(&pdf->objects, number);
    size_t next = 0;
    str_append_string(out, "<</Nums[");
    for (size_t page = 0; page < pdf->pages.length; page++) {
        str_printf(out, "%zu[", page);
        for (; next < pdf->marks.length && pdf->marks.data[next].page == page; next++)
            pdf_append_ref(out, tree->objects[pdf->marks.data[next].structure]);
        str_append_char(out, ']');
    }
    for (size_t i = 0; i < pdf->annotations.length; i++) {
        str_printf(out, "%zu", pdf->page_total + i);
        pdf_append_ref(out, tree->objects[pdf->annotations.data[i].element]);
        str_append_char(out, ' ');
    }
    str_append_string(out, "]>>");
    pdf_end(&pdf->objects);
    return number;
}

struct named {
    struct str name;
    uint32_t object;
};

static int compare_named(const void *a, const void *b)
{
    const struct text left = str_text(&((const struct named *)a)->name);
    const struct text right = str_text(&((const struct named *)b)->name);
    size_t shorter = left.length < right.length ? left.length : right.length;
    for (size_t i = 0; i < shorter; i++) {
        if (left.data[i] != right.data[i])
            return (unsigned char)left.data[i] < (unsigned char)right.data[i] ? -1 : 1;
    }
    return left.length < right.length ? -1 : left.length > right.length;
}

/* 0: no element has an id. */
static uint32_t write_id_tree(struct tree *tree)
{
    VEC(struct named) list = {0};
    for (uint32_t id = 1; id < tree->count; id++) {
        struct named named = {.object = tree->objects[id]};
        str_init(&named.name);
        if (named.object != 0 && append_id(&named.name, element_of(tree, id), id))
            vec_push(&list, named);
        else
            str_done(&named.name);
    }
    if (list.length == 0)
        return 0;
    qsort(list.data, list.length, sizeof *list.data, compare_named);
    uint32_t number = pdf_reserve(&tree->pdf->objects);
    struct str *out = pdf_begin(&tree->pdf->objects, number);
    str_append_string(out, "<</Names[");
    for (size_t i = 0; i < list.length; i++) {
        pdf_append_string(out, str_text(&list.data[i].name));
        pdf_append_ref(out, list.data[i].object);
        str_done(&list.data[i].name);
    }
    str_append_string(out, "]>>");
    pdf_end(&tree->pdf->objects);
    vec_done(&list);
    return number;
}

void pdf_structure_write(struct pdf *pdf)
{
    struct tree tree;
    tree_init(&tree, pdf);
    for (uint32_t id = 1; id < tree.count; id++) {
        if (tree.objects[id] != 0)
            write_element(&tree, id);
    }
    uint32_t parents = write_parent_tree(&tree);
    uint32_t ids = write_id_tree(&tree);
    struct str *out = pdf_begin(&pdf->objects, pdf->tree_object);
    str_append_string(out, "<</Type/StructTreeRoot/K");
    pdf_append_ref(out, tree.objects[1]);
    str_append_string(out, "/ParentTree");
    pdf_append_ref(out, parents);
    str_printf(out, "/ParentTreeNextKey %zu", pdf->page_total + pdf->annotations.length);
    if (ids != 0) {
        str_append_string(out, "/IDTree");
        pdf_append_ref(out, ids);
    }
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    tree_done(&tree);
}
