/* verify: walks the structure tree of a file from its root and compares it with the
 * pages.
 *
 *     K ──→ claims (page, MCID, element) ══ parent tree ══ BDC operators of the pages
 *
 * veraPDF and its like check that keys are there; that content hangs in the right place,
 * in the right order and only once they do not. This is the program's own proof: builds
 * for debugging run it over every file they write (pdf.c), tests over all they render. /
 */
#include "out/pdf/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_LIMIT 100        /* of the structure tree; ours is as deep as lists nest */
#define NEVER       UINT64_MAX /* first paint of what is not painted */

/* An element that claims a stretch of marked content. */
struct claim {
    uint64_t place;   /* page index << 32 | MCID */
    uint32_t element; /* object number */
};

struct named {
    struct text name; /* of the element's /ID */
    uint32_t element;
};

/* An entry of the parent tree. */
struct number {
    long key;
    struct text value;
};

struct verifier {
    const struct pdf_reader *reader;
    struct str *out;
    size_t problems;
    VEC(uint32_t) pages;        /* object numbers */
    VEC(struct number) parents; /* the parent tree, as it stands */
    VEC(bool) reached;          /* by object number: an element of the tree */
    VEC(struct claim) claims;   /* in the order of the walk */
    VEC(struct named) names;    /* in the order of the walk */
    int heading;                /* level of the last one */
};

static void tell(struct verifier *v, const char *rule, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void tell(struct verifier *v, const char *rule, const char *format, ...)
{
    char what[200]; /* long enough for every message below; a longer one is cut */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    str_printf(v->out, "%s: %s\n", rule, what);
    v->problems++;
}

static struct text object(const struct verifier *v, uint32_t number)
{
    return pdf_reader_object(v->reader, number);
}

static bool is_kind(struct text element, const char *kind)
{
    return text_is(dictionary_get(element, "/S"), kind);
}

/* Index of the page that a value refers to; −1: none. */
static long page_index(const struct verifier *v, struct text value)
{
    uint32_t number = reference_number(value);
    for (size_t i = 0; i < v->pages.length && number != 0; i++) {
        if (v->pages.data[i] == number)
            return (long)i;
    }
    return -1;
}

/* Which kinds an element of a kind may hang below; "" any. */
static const struct {
    const char *kind, *parents;
} kinds[] = {{"/Document", ""}, {"/Sect", ""}, {"/H1", ""}, {"/H2", ""}, {"/H3", ""},
    {"/H4", ""}, {"/H5", ""}, {"/H6", ""}, {"/P", ""}, {"/L", ""}, {"/LI", "/L "},
    {"/Lbl", "/LI /TOCI /Note "}, {"/LBody", "/LI "}, {"/Table", ""}, {"/TR", "/Table "},
    {"/TH", "/TR "}, {"/TD", "/TR "}, {"/Figure", ""}, {"/Caption", ""}, {"/Note", ""},
    {"/TOC", ""}, {"/TOCI", "/TOC "}, {"/Reference", ""}, {"/Link", ""}, {"/Span", ""},
    {"/Quote", ""}, {"/BlockQuote", ""}, {"/Code", ""}, {"/Ruby", ""}, {"/RB", "/Ruby "},
    {"/RT", "/Ruby "}};

static void check_kind(struct verifier *v, uint32_t number, struct text parent)
{
    struct text kind = dictionary_get(object(v, number), "/S");
    struct text above = dictionary_get(parent, "/S");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *parents = kinds[i].parents;
        if (!text_is(kind, kinds[i].kind))
            continue;
        size_t at = 0;
        struct text one = value_next(text_of(parents), &at);
        while (one.length > 0 && !text_equal(one, above))
            one = value_next(text_of(parents), &at);
        if (parents[0] != '\0' && one.length == 0)
            tell(v, "nesting", "%" PRIu32 " is %s", number, kinds[i].kind);
        return;
    }
    tell(v, "kind", "%" PRIu32 " has an unknown one", number);
}

static struct text attribute(struct text element, const char *key)
{
    return dictionary_get(dictionary_get(element, "/A"), key);
}

/* Whether an item of the list has a label. */
static bool has_labels(const struct verifier *v, struct text list)
{
    struct text items = dictionary_get(list, "/K");
    struct text inside = text_starts(items, "[") ? array_inside(items) : items;
    for (size_t at = 0; at < inside.length;) {
        struct text item = object(v, reference_number(value_next(inside, &at)));
        struct text kids = dictionary_get(item, "/K");
        struct text below = text_starts(kids, "[") ? array_inside(kids) : kids;
        for (size_t kid = 0; kid < below.length;) {
            if (is_kind(object(v, reference_number(value_next(below, &kid))), "/Lbl"))
                return true;
        }
    }
    return false;
}

static void check_attributes(struct verifier *v, uint32_t number)
{
    struct text element = object(v, number), kind = dictionary_get(element, "/S");
    struct text id = dictionary_get(element, "/ID");
    if (id.length > 0)
        vec_push(&v->names, (struct named){id, number});
    else if (text_is(kind, "/Note"))
        tell(v, "id-tree", "Note %" PRIu32 " has no ID", number);
    if (text_is(kind, "/Figure") && (dictionary_get(element, "/Alt").length == 0 ||
                                        attribute(element, "/BBox").length == 0))
        tell(v, "figure", "%" PRIu32 " has no Alt or no BBox", number);
    if (text_is(kind, "/TH") && attribute(element, "/Scope").length == 0)
        tell(v, "scope", "%" PRIu32 " has none", number);
    if (text_is(kind, "/L")) {
        struct text numbering = attribute(element, "/ListNumbering");
        if (numbering.length == 0 ||
            has_labels(v, element) == text_is(numbering, "/None"))
            tell(v, "list", "%" PRIu32 " has the wrong ListNumbering", number);
    }
    if (kind.length == 3 && kind.data[1] == 'H') {
        int level = kind.data[2] - '0';
        if (level > v->heading + 1)
            tell(v, "headings", "H%d follows H%d", level, v->heading);
        v->heading = level;
    }
}

static uint64_t walk(struct verifier *v, uint32_t number, uint32_t parent, int depth);

/* A kid of K; returns its first paint. */
static uint64_t walk_kid(
    struct verifier *v, uint32_t number, struct text kid, int depth, size_t *objects)
{
    struct text page = dictionary_get(object(v, number), "/Pg");
    long mark = value_integer(kid);
    if (text_is(dictionary_get(kid, "/Type"), "/OBJR")) {
        ++*objects;
        return NEVER;
    }
    if (text_is(dictionary_get(kid, "/Type"), "/MCR")) {
        page = dictionary_get(kid, "/Pg");
        mark = value_integer(dictionary_get(kid, "/MCID"));
    }
    if (mark < 0)
        return walk(v, reference_number(kid), number, depth + 1);
    long index = page_index(v, page);
    if (index < 0)
        tell(v, "marks", "%" PRIu32 " names no page of the file", number);
    uint64_t place = (uint64_t)index << 32 | (uint64_t)mark;
    vec_push(&v->claims, (struct claim){place, number});
    return place;
}

/* The element and all below it; returns its first paint. */
static uint64_t walk(struct verifier *v, uint32_t number, uint32_t parent, int depth)
{
    struct text element = object(v, number), kids = dictionary_get(element, "/K");
    uint64_t first = NEVER, last = 0;
    size_t objects = 0;
    if (element.length == 0 || depth > DEPTH_LIMIT || v->reached.data[number]) {
        tell(v, "tree", "%" PRIu32 " is reached twice, or nothing", number);
        return NEVER;
    }
    v->reached.data[number] = true;
    if (reference_number(dictionary_get(element, "/P")) != parent)
        tell(v, "parent", "%" PRIu32 " has another parent than %" PRIu32, number, parent);
    check_kind(v, number, object(v, parent));
    check_attributes(v, number);
    bool ordered = !is_kind(element, "/Sect") && !is_kind(element, "/Document");
    struct text inside = text_starts(kids, "[") ? array_inside(kids) : kids;
    for (size_t at = 0; at < inside.length;) {
        struct text kid = value_next(inside, &at);
        uint64_t place = walk_kid(v, number, kid, depth, &objects);
        /* a note stands at the foot of its page, behind what follows it in the text */
        if (place == NEVER || is_kind(object(v, reference_number(kid)), "/Note"))
            continue;
        if (ordered && place < last)
            tell(v, "order", "the kids of %" PRIu32 " are not as painted", number);
        last = place;
        first = place < first ? place : first;
    }
    if (is_kind(element, "/Link") && objects == 0)
        tell(v, "objr", "Link %" PRIu32 " has no annotation", number);
    return first;
}

static int compare_claims(const void *a, const void *b)
{
    uint64_t left = ((const struct claim *)a)->place;
    uint64_t right = ((const struct claim *)b)->place;
    return left < right ? -1 : left > right;
}

/* How many stretches of marked content a page has; their numbers count from 0. */
static long count_marks(struct verifier *v, uint32_t page)
{
    uint32_t stream = reference_number(dictionary_get(object(v, page), "/Contents"));
    struct text bytes = v->reader->streams.data[stream];
    struct text before = TEXT("");
    long count = 0;
    for (size_t at = 0; at < bytes.length;) {
        struct text word = value_next(bytes, &at);
        long number =
            text_is(word, "BDC") ? value_integer(dictionary_get(before, "/MCID")) : -1;
        if (number >= 0 && number != count++)
            tell(v, "marks", "MCID %ld comes as the number %ld", number, count - 1);
        before = word;
    }
    return count;
}

/* The parent tree, the claims and the pages say the same. */
static void check_marks(struct verifier *v)
{
    size_t next = 0;
    if (v->claims.length > 0)
        qsort(v->claims.data, v->claims.length, sizeof *v->claims.data, compare_claims);
    for (size_t page = 0; page < v->pages.length; page++) {
        struct text row = page < v->parents.length
                              ? array_inside(v->parents.data[page].value)
                              : TEXT("");
        long number = 0;
        for (size_t cell = 0; cell < row.length; number++) {
            uint32_t owner = reference_number(value_next(row, &cell));
            const struct claim *claim =
                next < v->claims.length ? &v->claims.data[next++] : NULL;
            if (claim == NULL || claim->element != owner ||
                claim->place != ((uint64_t)page << 32 | (uint64_t)number))
                tell(v, "parent-tree", "page %zu, MCID %ld", page, number);
        }
        if (count_marks(v, v->pages.data[page]) != number)
            tell(v, "marks", "page %zu paints another number than %ld", page, number);
    }
    if (next != v->claims.length)
        tell(v, "marks", "%zu are claimed and not painted", v->claims.length - next);
}

/* The entries of "0[…]1 12 0 R…". */
static void list_parents(struct verifier *v, struct text numbers)
{
    for (size_t at = 0; at < numbers.length;) {
        struct text word = value_next(numbers, &at);
        if (word.length == 0) /* white space at the end */
            return;
        long key = value_integer(word);
        if (v->parents.length > 0 && key <= vec_last(&v->parents)->key)
            tell(v, "parent-tree", "key %ld is out of order", key);
        vec_push(&v->parents, (struct number){key, value_next(numbers, &at)});
    }
}

/* The value of a key; keys ascend. */
static struct text number_lookup(const struct verifier *v, long key)
{
    size_t low = 0, high = v->parents.length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->parents.data[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < v->parents.length && v->parents.data[low].key == key;
    return found ? v->parents.data[low].value : TEXT("");
}

static bool has_object(struct text element, uint32_t annotation)
{
    struct text kids = dictionary_get(element, "/K");
    struct text inside = text_starts(kids, "[") ? array_inside(kids) : kids;
    for (size_t at = 0; at < inside.length;) {
        struct text kid = value_next(inside, &at);
        if (reference_number(dictionary_get(kid, "/Obj")) == annotation)
            return true;
    }
    return false;
}

static void check_annotations(struct verifier *v, uint32_t page)
{
    struct text list = array_inside(dictionary_get(object(v, page), "/Annots"));
    for (size_t at = 0; at < list.length;) {
        uint32_t number = reference_number(value_next(list, &at));
        struct text link = object(v, number);
        long key = value_integer(dictionary_get(link, "/StructParent"));
        struct text owner = object(v, reference_number(number_lookup(v, key)));
        if (!is_kind(owner, "/Link") || !has_object(owner, number))
            tell(v, "objr", "annotation %" PRIu32 " has no Link", number);
        if (dictionary_get(link, "/Contents").length <= 2 ||
            dictionary_get(link, "/QuadPoints").length <= 2 ||
            value_integer(dictionary_get(link, "/F")) != 4)
            tell(v, "annotation", "%" PRIu32 " lacks Contents, QuadPoints or F", number);
    }
}

static int compare_names(const void *a, const void *b)
{
    struct text left = ((const struct named *)a)->name;
    struct text right = ((const struct named *)b)->name;
    size_t shorter = left.length < right.length ? left.length : right.length;
    int order = memcmp(left.data, right.data, shorter);
    return order != 0 ? order
                      : (left.length > right.length) - (left.length < right.length);
}

static void check_names(struct verifier *v, struct text tree)
{
    struct text list = array_inside(dictionary_get(tree, "/Names"));
    size_t at = 0;
    if (v->names.length > 0)
        qsort(v->names.data, v->names.length, sizeof *v->names.data, compare_names);
    for (size_t i = 0; i < v->names.length; i++) {
        struct text name = value_next(list, &at);
        uint32_t element = reference_number(value_next(list, &at));
        if (!text_equal(name, v->names.data[i].name) ||
            element != v->names.data[i].element)
            tell(v, "id-tree", "entry %zu", i);
    }
    if (value_next(list, &at).length > 0)
        tell(v, "id-tree", "it has more than the elements");
}

/* Elements that hang nowhere. */
static void check_orphans(struct verifier *v)
{
    for (uint32_t i = 1; i < v->reader->objects.length; i++) {
        if (text_starts(object(v, i), "<</S/") && !v->reached.data[i] &&
            reference_number(dictionary_get(object(v, i), "/P")) != 0)
            tell(v, "orphan", "%" PRIu32 " hangs nowhere", i);
    }
}

static void list_pages(struct verifier *v, struct text catalog)
{
    struct text pages = pdf_reader_get(v->reader, dictionary_get(catalog, "/Pages"));
    struct text kids = array_inside(dictionary_get(pages, "/Kids"));
    for (size_t at = 0; at < kids.length;)
        vec_push(&v->pages, reference_number(value_next(kids, &at)));
    for (size_t i = 0; i < v->reader->objects.length; i++)
        vec_push(&v->reached, false);
}

size_t pdf_verify(const struct pdf_reader *reader, struct str *out)
{
    struct verifier v = {.reader = reader, .out = out};
    struct text catalog = pdf_reader_object(reader, reader->root);
    uint32_t root = reference_number(dictionary_get(catalog, "/StructTreeRoot"));
    struct text tree = pdf_reader_object(reader, root);
    struct text parents = array_inside(dictionary_get(
        pdf_reader_get(reader, dictionary_get(tree, "/ParentTree")), "/Nums"));
    list_pages(&v, catalog);
    list_parents(&v, parents);
    walk(&v, reference_number(dictionary_get(tree, "/K")), root, 0);
    check_marks(&v);
    for (size_t i = 0; i < v.pages.length; i++)
        check_annotations(&v, v.pages.data[i]);
    check_names(&v, pdf_reader_get(reader, dictionary_get(tree, "/IDTree")));
    check_orphans(&v);
    vec_done(&v.pages);
    vec_done(&v.parents);
    vec_done(&v.reached);
    vec_done(&v.claims);
    vec_done(&v.names);
    return v.problems;
}
