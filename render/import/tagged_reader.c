/* tagged_reader: a tagged PDF → the tree of its tags; a module over libqpdf.
 *
 * First the text of every page by MCID (tagged_content.h), then the structure tree, whose
 * leaves name page and MCID. A file that is damaged, encrypted or not tagged gives no tree,
 * and no reason: its lines are read by poppler then, which says what is wrong. */
#include <qpdf/qpdf-c.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "import/tagged.h"
#include "import/tagged_content.h"
#include "import/tagged_image.h"
#include "paiban_config.h"

#define TAGS_LIMIT   1000000u     /* of one issue */
#define DEPTH_LIMIT  100          /* of tags in tags */
#define ROLES_LIMIT  8            /* role of a role of a role */
#define IMAGES_LIMIT (256u << 20) /* bytes of all pictures; more are left out */
#define HEADER_MOST  90           /* bytes; a longer line is no running header */
#define PAGES_LIMIT  5000         /* of one issue */
#define UNKNOWN_SHARE                                                                    \
    50                  /* one code in so many is not known: the text cannot be trusted */
#define UNTAGGED_MOST 2 /* pages in so many have no marked text: it cannot be either */

struct page {
    int object;       /* number of its object */
    qpdf_oh fonts;    /* dictionary of its resources */
    qpdf_oh lists;    /* of its property lists */
    qpdf_oh objects;  /* of its pictures and forms */
    size_t first;     /* index in runs */
    size_t run_count; /* in the order of their MCIDs */
};

struct named_font {
    int object; /* number of its object; 0: it has none */
    struct tagged_font font;
};

struct reader {
    qpdf_data qpdf;
    struct arena *arena;
    struct content content;
    VEC(struct page) pages;
    VEC(struct named_font *) fonts; /* each in the arena, as the content borrows them */
    const struct page *page;        /* being read */
    VEC(qpdf_oh) images;            /* streams; the first has number 1 */
    size_t image_bytes;             /* of those that became files */
    qpdf_oh roles;
    struct arena scratch; /* of what the content asks for by name */
    size_t tag_count;
};

/* ---- fonts and property lists ---- */

static bool is_bold(const char *name)
{
    static const char *const names[] = {
        "Bold", "bold", "Black", "Heavy", "SimHei", "黑体", "-Hei"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strstr(name, names[i]) != NULL)
            return true;
    }
    return false;
}

/* The bytes of a stream; false when it is none. They are to be freed. */
static bool stream_bytes(
    struct reader *reader, qpdf_oh stream, struct text *ret_bytes, void **ret_owned)
{
    unsigned char *buffer = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;

    if (!qpdf_oh_is_stream(reader->qpdf, stream) ||
        (qpdf_oh_get_stream_data(
             reader->qpdf, stream, qpdf_dl_generalized, &filtered, &buffer, &length) &
            QPDF_ERRORS) != 0) {
        free(buffer);
        return false;
    }
    *ret_bytes = (struct text){(const char *)buffer, length};
    *ret_owned = buffer;
    return true;
}

static void read_font(struct reader *reader, qpdf_oh dictionary, struct tagged_font *font)
{
    qpdf_data q = reader->qpdf;
    qpdf_oh map = qpdf_oh_get_key(q, dictionary, "/ToUnicode");
    qpdf_oh encoding = qpdf_oh_get_key(q, dictionary, "/Encoding");
    qpdf_oh name = qpdf_oh_get_key(q, dictionary, "/BaseFont");
    struct text bytes;
    void *owned;

    font->wide = qpdf_oh_is_name_and_equals(
        q, qpdf_oh_get_key(q, dictionary, "/Subtype"), "/Type0");
    font->bold = qpdf_oh_is_name(q, name) && is_bold(qpdf_oh_get_name(q, name));
    font->known = !font->wide && qpdf_oh_is_name(q, encoding);
    if (!stream_bytes(reader, map, &bytes, &owned))
        return;
    tagged_font_read_map(reader->arena, font, bytes);
    free(owned);
}

static qpdf_oh entry_of(struct reader *reader, qpdf_oh dictionary, struct text name)
{
    char *key = arena_print(&reader->scratch, "/%.*s", (int)name.length, name.data);

    return qpdf_oh_is_dictionary(reader->qpdf, dictionary)
               ? qpdf_oh_get_key(reader->qpdf, dictionary, key)
               : qpdf_oh_new_null(reader->qpdf);
}

static const struct tagged_font *find_font(void *context, struct text name)
{
    struct reader *reader = context;
    qpdf_oh dictionary = entry_of(reader, reader->page->fonts, name);
    int object;

    if (!qpdf_oh_is_dictionary(reader->qpdf, dictionary))
        return NULL;
    object = qpdf_oh_get_object_id(reader->qpdf, dictionary);
    for (size_t i = 0; i < reader->fonts.length; i++) {
        if (object != 0 && reader->fonts.data[i]->object == object)
            return &reader->fonts.data[i]->font;
    }
    struct named_font *font = ARENA_NEW(reader->arena, struct named_font);

    font->object = object;
    read_font(reader, dictionary, &font->font);
    vec_push(&reader->fonts, font);
    return &font->font;
}

static struct text text_key(struct reader *reader, qpdf_oh dictionary, const char *key)
{
    qpdf_oh value = qpdf_oh_get_key(reader->qpdf, dictionary, key);
    size_t length = 0;

    if (!qpdf_oh_is_string(reader->qpdf, value))
        return TEXT("");
    const char *bytes = qpdf_oh_get_binary_utf8_value(reader->qpdf, value, &length);
    return text_copy(reader->arena, (struct text){bytes, length});
}

static int find_properties(void *context, struct text name, struct text *ret_actual)
{
    struct reader *reader = context;
    qpdf_oh list = entry_of(reader, reader->page->lists, name);
    qpdf_oh mcid;

    if (!qpdf_oh_is_dictionary(reader->qpdf, list))
        return -1;
    *ret_actual = text_key(reader, list, "/ActualText");
    mcid = qpdf_oh_get_key(reader->qpdf, list, "/MCID");
    return qpdf_oh_is_integer(reader->qpdf, mcid)
               ? qpdf_oh_get_int_value_as_int(reader->qpdf, mcid)
               : -1;
}

static size_t find_image(void *context, struct text name)
{
    struct reader *reader = context;
    qpdf_oh object = entry_of(reader, reader->page->objects, name);

    if (!qpdf_oh_is_stream(reader->qpdf, object) ||
        !qpdf_oh_is_name_and_equals(reader->qpdf,
            qpdf_oh_get_key(
                reader->qpdf, qpdf_oh_get_dict(reader->qpdf, object), "/Subtype"),
            "/Image"))
        return 0;
    vec_push(&reader->images, object);
    return reader->images.length;
}

/* ---- pages ---- */

/* The runs of a page by MCID, those of one in the order of painting: a stable sort. */
static void sort_runs(struct content_run *runs, size_t count, struct arena *scratch)
{
    struct content_run *other = ARENA_ARRAY(scratch, count, struct content_run);

    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t a = start, b = middle;

            for (size_t k = start; k < end; k++)
                other[k] = a < middle && (b >= end || runs[a].mcid <= runs[b].mcid)
                               ? runs[a++]
                               : runs[b++];
        }
        memcpy(runs, other, count * sizeof *runs);
    }
}

/* Resources may be those of the tree of pages above. */
static qpdf_oh find_resources(struct reader *reader, qpdf_oh page)
{
    qpdf_oh node = page;

    for (int depth = 0; depth < DEPTH_LIMIT && qpdf_oh_is_dictionary(reader->qpdf, node);
         depth++) {
        qpdf_oh found = qpdf_oh_get_key(reader->qpdf, node, "/Resources");

        if (qpdf_oh_is_dictionary(reader->qpdf, found))
            return found;
        node = qpdf_oh_get_key(reader->qpdf, node, "/Parent");
    }
    return qpdf_oh_new_dictionary(reader->qpdf);
}

static void read_page(struct reader *reader, size_t index)
{
    const struct content_resources resources = {
        reader, find_font, find_image, find_properties};
    qpdf_data q = reader->qpdf;
    qpdf_oh object = qpdf_get_page_n(q, index);
    qpdf_oh found = find_resources(reader, object);
    struct page page = {.object = qpdf_oh_get_object_id(q, object),
        .fonts = qpdf_oh_get_key(q, found, "/Font"),
        .lists = qpdf_oh_get_key(q, found, "/Properties"),
        .objects = qpdf_oh_get_key(q, found, "/XObject"),
        .first = reader->content.runs.length};
    unsigned char *buffer = NULL;
    size_t length = 0;

    if ((qpdf_oh_get_page_content_data(q, object, &buffer, &length) & QPDF_ERRORS) == 0) {
        reader->page = &page;
        tagged_content_read(&reader->content, (struct text){(const char *)buffer, length},
            (uint32_t)index + 1, &resources);
    }
    free(buffer);
    page.run_count = reader->content.runs.length - page.first;
    if (page.run_count > 1)
        sort_runs(
            reader->content.runs.data + page.first, page.run_count, &reader->scratch);
    arena_reset(&reader->scratch);
    vec_push(&reader->pages, page);
}

/* Runs without an MCID come first. */
static bool has_marked(const struct reader *reader, const struct page *page)
{
    return page->run_count > 0 &&
           reader->content.runs.data[page->first + page->run_count - 1].mcid >= 0;
}

/* False: what was shown does not say which characters it is, or little is marked. */
static bool read_pages(struct reader *reader)
{
    int count = qpdf_get_num_pages(reader->qpdf);
    size_t bare = 0;

    if (count <= 0 || count > PAGES_LIMIT)
        return false;
    for (int i = 0; i < count; i++) {
        read_page(reader, (size_t)i);
        bare += !has_marked(reader, vec_last(&reader->pages));
    }
    return reader->content.codes > 0 && bare * UNTAGGED_MOST <= (size_t)count &&
           reader->content.unknown * UNKNOWN_SHARE <= reader->content.codes;
}

/* Index of a page by its object; the count of pages: none. */
static size_t page_index(const struct reader *reader, qpdf_oh object)
{
    int number = qpdf_oh_get_object_id(reader->qpdf, object);
    size_t i = 0;

    while (i < reader->pages.length && reader->pages.data[i].object != number)
        i++;
    return i;
}

/* ---- the tree ---- */

static const struct {
    const char *name;
    enum tag_kind kind;
    uint8_t level;
} kinds[] = {{"/H1", TAG_HEADING, 1}, {"/H2", TAG_HEADING, 2}, {"/H3", TAG_HEADING, 3},
    {"/H4", TAG_HEADING, 4}, {"/H5", TAG_HEADING, 5}, {"/H6", TAG_HEADING, 6},
    {"/H", TAG_HEADING, 1}, {"/Title", TAG_HEADING, 1}, {"/P", TAG_PARAGRAPH, 0},
    {"/L", TAG_LIST, 0}, {"/LI", TAG_LIST_ITEM, 0}, {"/Lbl", TAG_LABEL, 0},
    {"/LBody", TAG_LIST_BODY, 0}, {"/Table", TAG_TABLE, 0}, {"/TR", TAG_ROW, 0},
    {"/TH", TAG_HEADER_CELL, 0}, {"/TD", TAG_CELL, 0}, {"/Figure", TAG_FIGURE, 0},
    {"/Formula", TAG_SPAN, 0}, {"/Caption", TAG_CAPTION, 0}, {"/Note", TAG_NOTE, 0},
    {"/FENote", TAG_NOTE, 0}, {"/TOC", TAG_TOC, 0}, {"/TOCI", TAG_TOC_ITEM, 0},
    {"/Reference", TAG_REFERENCE, 0}, {"/Link", TAG_LINK, 0}, {"/Annot", TAG_LINK, 0},
    {"/Span", TAG_SPAN, 0}, {"/Quote", TAG_SPAN, 0}, {"/Em", TAG_SPAN, 0},
    {"/Strong", TAG_SPAN, 0}, {"/Sub", TAG_SPAN, 0}, {"/BibEntry", TAG_SPAN, 0},
    {"/BlockQuote", TAG_QUOTE, 0}, {"/Code", TAG_CODE, 0}, {"/Ruby", TAG_RUBY, 0},
    {"/RB", TAG_RUBY_BASE, 0}, {"/RT", TAG_RUBY_TEXT, 0}, {"/RP", TAG_RUBY_MARK, 0},
    {"/Artifact", TAG_ARTIFACT, 0}};

/* The standard name of a name of the file's own. */
static void find_kind(struct reader *reader, qpdf_oh name, struct tag *tag)
{
    qpdf_data q = reader->qpdf;

    for (int i = 0; i < ROLES_LIMIT && qpdf_oh_is_name(q, name); i++) {
        const char *said = qpdf_oh_get_name(q, name);

        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            if (strcmp(said, kinds[k].name) == 0) {
                tag->kind = kinds[k].kind;
                tag->level = kinds[k].level;
                return;
            }
        }
        if (!qpdf_oh_is_dictionary(q, reader->roles))
            return;
        name = qpdf_oh_get_key(q, reader->roles, said);
    }
}

static struct tag *add_tag(struct reader *reader, struct tag *parent, enum tag_kind kind)
{
    struct tag *tag = ARENA_NEW(reader->arena, struct tag);

    *tag = (struct tag){.kind = kind,
        .parent = parent,
        .columns = 1,
        .text = TEXT(""),
        .title = TEXT(""),
        .alt = TEXT(""),
        .url = TEXT("")};
    if (parent != NULL) {
        if (parent->last != NULL)
            parent->last->next = tag;
        else
            parent->first = tag;
        parent->last = tag;
    }
    reader->tag_count++;
    return tag;
}

/* A picture as a file; one that cannot be has no bytes. */
static void read_image(
    struct reader *reader, struct tag *leaf, const struct content_run *run)
{
    const char *extension = "png";
    struct str file;

    leaf->kind = TAG_IMAGE;
    leaf->size = run->size;
    str_init(&file);
    if (reader->image_bytes < IMAGES_LIMIT &&
        tagged_image_read(
            reader->qpdf, reader->images.data[run->image - 1], &file, &extension)) {
        leaf->text = text_copy(reader->arena, str_text(&file));
        reader->image_bytes += file.length;
    }
    leaf->alt = text_of(extension);
    str_done(&file);
}

static void add_text(struct reader *reader, struct tag *parent, size_t page, int mcid)
{
    if (page >= reader->pages.length)
        return;
    const struct page *place = &reader->pages.data[page];
    const struct content_run *runs = reader->content.runs.data + place->first;
    size_t low = 0, high = place->run_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (runs[middle].mcid < mcid)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < place->run_count && runs[low].mcid == mcid; low++) {
        struct tag *leaf = add_tag(reader, parent, TAG_TEXT);

        if (runs[low].image > 0) {
            read_image(reader, leaf, &runs[low]);
            continue;
        }
        leaf->text = runs[low].text;
        leaf->bold = runs[low].bold;
        leaf->raised = runs[low].raised;
        leaf->page = runs[low].page;
        leaf->top = runs[low].top;
        leaf->bottom = runs[low].bottom;
        leaf->left = runs[low].left;
        leaf->size = runs[low].size;
    }
}

/* Where the annotation of a link leads. */
static void read_link(struct reader *reader, struct tag *tag, qpdf_oh annotation)
{
    qpdf_data q = reader->qpdf;
    qpdf_oh action = qpdf_oh_is_dictionary(q, annotation)
                         ? qpdf_oh_get_key(q, annotation, "/A")
                         : annotation;
    qpdf_oh address;

    while (tag != NULL && tag->kind != TAG_LINK)
        tag = tag->parent;
    if (tag == NULL || tag->url.length > 0 || !qpdf_oh_is_dictionary(q, action))
        return;
    address = qpdf_oh_get_key(q, action, "/URI");
    if (qpdf_oh_is_string(q, address)) {
        size_t length = 0;
        const char *bytes = qpdf_oh_get_binary_string_value(q, address, &length);

        tag->url = import_tidy_line(reader->arena, (struct text){bytes, length});
    }
}

static void read_attributes(struct reader *reader, struct tag *tag, qpdf_oh attributes)
{
    qpdf_data q = reader->qpdf;
    int count =
        qpdf_oh_is_array(q, attributes) ? qpdf_oh_get_array_n_items(q, attributes) : 1;

    for (int i = 0; i < count && i < DEPTH_LIMIT; i++) {
        qpdf_oh one = qpdf_oh_is_array(q, attributes)
                          ? qpdf_oh_get_array_item(q, attributes, i)
                          : attributes;
        qpdf_oh span;
        int columns = 1;

        if (!qpdf_oh_is_dictionary(q, one))
            continue;
        span = qpdf_oh_get_key(q, one, "/ColSpan");
        if (qpdf_oh_is_integer(q, span))
            columns = qpdf_oh_get_int_value_as_int(q, span);
        if (columns > 1 && columns < DEPTH_LIMIT)
            tag->columns = (uint32_t)columns;
    }
}

/* What the element says instead of its glyphs, in the place of the first. */
static void say_actual(struct reader *reader, struct tag *tag, struct text actual)
{
    struct tag first = {.kind = TAG_TEXT}, last = {.kind = TAG_TEXT};
    struct tag *leaf;
    bool found = false;

    for (const struct tag *t = tag->first; t != NULL;) {
        if (t->kind == TAG_TEXT) {
            first = found ? first : *t;
            last = *t;
            found = true;
        }
        if (t->first != NULL) {
            t = t->first;
            continue;
        }
        while (t != tag && t->next == NULL)
            t = t->parent;
        t = t == tag ? NULL : t->next;
    }
    tag->first = tag->last = NULL;
    leaf = add_tag(reader, tag, TAG_TEXT);
    leaf->text = actual;
    leaf->bold = first.bold;
    leaf->raised = first.raised;
    leaf->page = first.page;
    leaf->top = first.top;
    leaf->bottom = last.bottom;
    leaf->left = first.left;
    leaf->size = first.size;
}

static void read_kids(
    struct reader *reader, struct tag *parent, qpdf_oh kids, size_t page, int depth);

static void read_element(
    struct reader *reader, struct tag *parent, qpdf_oh element, size_t page, int depth)
{
    qpdf_data q = reader->qpdf;
    qpdf_oh own = qpdf_oh_get_key(q, element, "/Pg");
    struct tag *tag = add_tag(reader, parent, TAG_GROUP);
    struct text actual = text_key(reader, element, "/ActualText");

    find_kind(reader, qpdf_oh_get_key(q, element, "/S"), tag);
    tag->title = text_key(reader, element, "/T");
    tag->alt = text_key(reader, element, "/Alt");
    read_attributes(reader, tag, qpdf_oh_get_key(q, element, "/A"));
    if (qpdf_oh_is_dictionary(q, own))
        page = page_index(reader, own);
    read_kids(reader, tag, qpdf_oh_get_key(q, element, "/K"), page, depth + 1);
    if (actual.length > 0 && tag->kind != TAG_FIGURE)
        say_actual(reader, tag, actual);
}

/* A number is an MCID; a dictionary is one, too, or names an object, or is an element. */
static void read_kid(
    struct reader *reader, struct tag *parent, qpdf_oh kid, size_t page, int depth)
{
    qpdf_data q = reader->qpdf;

    if (qpdf_oh_is_integer(q, kid)) {
        add_text(reader, parent, page, qpdf_oh_get_int_value_as_int(q, kid));
        return;
    }
    if (!qpdf_oh_is_dictionary(q, kid))
        return;
    qpdf_oh type = qpdf_oh_get_key(q, kid, "/Type");

    if (qpdf_oh_is_name_and_equals(q, type, "/OBJR")) {
        read_link(reader, parent, qpdf_oh_get_key(q, kid, "/Obj"));
    } else if (qpdf_oh_is_name_and_equals(q, type, "/MCR")) {
        qpdf_oh own = qpdf_oh_get_key(q, kid, "/Pg");
        qpdf_oh mcid = qpdf_oh_get_key(q, kid, "/MCID");

        if (qpdf_oh_is_integer(q, mcid))
            add_text(reader, parent,
                qpdf_oh_is_dictionary(q, own) ? page_index(reader, own) : page,
                qpdf_oh_get_int_value_as_int(q, mcid));
    } else {
        read_element(reader, parent, kid, page, depth);
    }
}

static void read_kids(
    struct reader *reader, struct tag *parent, qpdf_oh kids, size_t page, int depth)
{
    qpdf_data q = reader->qpdf;
    int count = qpdf_oh_is_array(q, kids) ? qpdf_oh_get_array_n_items(q, kids) : 0;

    if (depth > DEPTH_LIMIT)
        return;
    if (!qpdf_oh_is_array(q, kids))
        read_kid(reader, parent, kids, page, depth);
    for (int i = 0; i < count && reader->tag_count < TAGS_LIMIT; i++)
        read_kid(reader, parent, qpdf_oh_get_array_item(q, kids, i), page, depth);
}

static struct tag *read_tree(struct reader *reader)
{
    qpdf_data q = reader->qpdf;
    qpdf_oh root = qpdf_get_root(q), tree;
    struct tag *tag;

    if (!qpdf_oh_is_dictionary(q, root))
        return NULL;
    tree = qpdf_oh_get_key(q, root, "/StructTreeRoot");
    if (!qpdf_oh_is_dictionary(q, tree) || !read_pages(reader))
        return NULL;
    reader->roles = qpdf_oh_get_key(q, tree, "/RoleMap");
    tag = add_tag(reader, NULL, TAG_GROUP);
    read_kids(reader, tag, qpdf_oh_get_key(q, tree, "/K"), 0, 0);
    return reader->tag_count < TAGS_LIMIT ? tag : NULL;
}

/* How many pages say a line outside of their tags. */
struct header_count {
    size_t page;  /* the last one, from 1 */
    size_t pages; /* that have it */
};

static bool has_letter(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if ((unsigned char)t.data[i] >= 'A')
            return true;
    }
    return false;
}

/* Count the lines of a run on a page; the one that most pages have becomes *header. */
static void count_lines(struct reader *reader, struct map *counts, struct text t,
    size_t page, struct text *header, size_t *most)
{
    for (size_t at = 0; at < t.length;) {
        size_t end = at + text_find(text_slice(t, at, t.length), "\n");
        struct text line = import_tidy_line(reader->arena, text_slice(t, at, end));
        struct header_count *count = map_lookup(counts, line);

        at = end + 1;
        if (!has_letter(line) || line.length > HEADER_MOST)
            continue;
        if (count == NULL) {
            count = ARENA_NEW(reader->arena, struct header_count);
            map_set(counts, line, count);
        }
        count->pages += count->page != page;
        count->page = page;
        if (count->pages > *most) {
            *most = count->pages;
            *header = line;
        }
    }
}

/* The running header: a line outside of the tags that stands on half of the pages. */
static struct text find_header(struct reader *reader)
{
    struct text header = TEXT("");
    struct map counts;
    size_t most = 0;

    map_init(&counts);
    for (size_t i = 0; i < reader->pages.length; i++) {
        const struct page *page = &reader->pages.data[i];

        for (size_t k = 0; k < page->run_count; k++) {
            const struct content_run *run = &reader->content.runs.data[page->first + k];

            if (run->mcid < 0)
                count_lines(reader, &counts, run->text, i + 1, &header, &most);
        }
    }
    map_done(&counts);
    return most > 1 && most * 2 >= reader->pages.length ? header : TEXT("");
}

static void read_facts(struct reader *reader, struct tagged_document *document)
{
    qpdf_data q = reader->qpdf;
    qpdf_oh trailer = qpdf_get_trailer(q);
    qpdf_oh info = qpdf_oh_is_dictionary(q, trailer)
                       ? qpdf_oh_get_key(q, trailer, "/Info")
                       : trailer;

    document->header = find_header(reader);
    document->language = text_key(reader, qpdf_get_root(q), "/Lang");
    document->title =
        qpdf_oh_is_dictionary(q, info) ? text_key(reader, info, "/Title") : TEXT("");
}

static bool read_tagged(
    struct arena *arena, struct text bytes, struct tagged_document *ret_document)
{
    struct reader reader = {
        .qpdf = qpdf_init(), .arena = arena, .content = {.arena = arena}};
    struct tagged_document document = {.root = NULL};

    arena_init(&reader.scratch);
    qpdf_set_suppress_warnings(reader.qpdf, QPDF_TRUE);
    qpdf_silence_errors(reader.qpdf);
    if ((qpdf_read_memory(reader.qpdf, "paiban", bytes.data, bytes.length, NULL) &
            QPDF_ERRORS) == 0)
        document.root = read_tree(&reader);
    if (document.root != NULL) {
        read_facts(&reader, &document);
        *ret_document = document;
    }
    for (size_t i = 0; i < reader.fonts.length; i++)
        tagged_font_done(&reader.fonts.data[i]->font);
    vec_done(&reader.fonts);
    vec_done(&reader.images);
    vec_done(&reader.pages);
    vec_done(&reader.content.runs);
    arena_done(&reader.scratch);
    if (qpdf_has_error(reader.qpdf)) /* or it prints the error itself */
        (void)qpdf_get_error(reader.qpdf);
    while (qpdf_has_error(reader.qpdf)) /* what is not fetched is printed */
        (void)qpdf_get_error(reader.qpdf);
    qpdf_cleanup(&reader.qpdf);
    return document.root != NULL;
}

extern const struct tagged_module paiban_import_tagged;
const struct tagged_module paiban_import_tagged = {PAIBAN_VERSION, read_tagged};
