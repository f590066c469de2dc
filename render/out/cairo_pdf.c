/* cairo_pdf: the book as a PDF drawn by cairo: text that copies out, links, outline.
 *
 * What cairo 1.16 cannot do (structure, artifacts, archival metadata) out/pdf will; this
 * file goes when it does.
 */
#include <cairo-pdf.h>
#include <inttypes.h>
#include <time.h>
#include "out/canvas.h"
#include "out/uri.h"

extern const struct device cairo_pdf_device;

struct link_box {
    uint32_t link;        /* index in book.links */
    double left, top;     /* pt from the page's top-left corner */
    double right, bottom; /* pt */
};

struct device_state {
    struct canvas canvas;
    const struct book *book;            /* borrowed */
    bool *drawn;                        /* per page of the book: will be in the file */
    cairo_surface_t *surface;           /* owned */
    unit width, height;                 /* of the surface's page */
    VEC(struct link_box) boxes;         /* of the page: one a line and link */
    VEC(cairo_text_cluster_t) clusters; /* of the item being drawn */
    bool *told;                         /* per link: its refusal was told */
};

static cairo_status_t write_stream(
    void *closure, const unsigned char *bytes, unsigned length)
{
    output_write(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

/* 'text' as a value in a list of tag attributes. */
static void append_attribute(struct str *out, const char *name, struct text value)
{
    str_printf(out, "%s='", name);
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] == '\'' || value.data[i] == '\\')
            str_append_char(out, '\\');
        str_append_char(out, value.data[i]);
    }
    str_append_string(out, "' ");
}

static void set_date(cairo_surface_t *surface, int64_t date)
{
    time_t seconds = (time_t)date;
    struct tm parts;
    if (gmtime_r(&seconds, &parts) == NULL)
        return;
    struct str text;
    str_init(&text);
    str_printf(&text, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
        parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text.data);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, text.data);
    str_done(&text);
}

static void set_metadata(cairo_surface_t *surface, const struct book_metadata *m)
{
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } rows[] = {
        {CAIRO_PDF_METADATA_TITLE, m->title},
        {CAIRO_PDF_METADATA_AUTHOR, m->author},
        {CAIRO_PDF_METADATA_SUBJECT, m->subject},
        {CAIRO_PDF_METADATA_KEYWORDS, m->keywords},
        {CAIRO_PDF_METADATA_CREATOR, m->creator},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].value != NULL)
            cairo_pdf_surface_set_metadata(surface, rows[i].key, rows[i].value);
    }
    set_date(surface, m->has_date ? m->date : 0);
}

static const struct destination *destination_lookup(
    const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->destinations.length; i++) {
        if (text_equal(text_of(book->destinations.data[i].name), text_of(name)))
            return &book->destinations.data[i];
    }
    return NULL;
}

/* Attributes that lead to a destination; false when its page is not in the file. */
static bool append_target(
    struct str *out, const struct device_state *state, const char *name)
{
    const struct destination *d = destination_lookup(state->book, name);
    if (d == NULL || !state->drawn[d->page])
        return false;
    append_attribute(out, "dest", text_of(name));
    return true;
}

static void add_outline(struct device_state *state)
{
    VEC(int) parents = {0}; /* by level: the entry under which level + 1 goes */
    vec_push(&parents, CAIRO_PDF_OUTLINE_ROOT);
    for (size_t i = 0; i < state->book->outline.length; i++) {
        const struct outline_entry *entry = &state->book->outline.data[i];
        struct str target;
        str_init(&target);
        size_t level = (size_t)entry->level;
        if (append_target(&target, state, entry->destination)) {
            if (parents.length > level)
                parents.length = level;
            int id = cairo_pdf_surface_add_outline(state->surface, *vec_last(&parents),
                entry->title, target.data, CAIRO_PDF_OUTLINE_FLAG_OPEN);
            while (parents.length <= level)
                vec_push(&parents, id);
        }
        str_done(&target);
    }
    vec_done(&parents);
}

static struct device_state *pdf_begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    struct device_state *state = memory_alloc(sizeof *state);
    *state = (struct device_state){.book = book};
    canvas_init(&state->canvas, sink);
    state->drawn = memory_alloc(book->pages.length * sizeof *state->drawn);
    state->told = memory_alloc(book->links.length * sizeof *state->told);
    for (size_t i = 0; i < book->pages.length; i++)
        state->drawn[i] = options->pages == NULL;
    for (uint32_t i = 0; options->pages != NULL && i < options->page_count; i++)
        state->drawn[options->pages[i]] = true;
    const struct page *first =
        &book->pages.data[options->pages != NULL ? options->pages[0] : 0];
    state->surface = cairo_pdf_surface_create_for_stream(
        write_stream, output, unit_to_pt(first->width), unit_to_pt(first->height));
    set_metadata(state->surface, &book->metadata);
    canvas_open(&state->canvas, state->surface, 1);
    state->width = first->width;
    state->height = first->height;
    /* Without a tag around them cairo 1.16 writes links that refer to an absent object. */
    cairo_tag_begin(state->canvas.cairo, "Document", NULL);
    return state;
}

/* Only when it changes: setting it again loses the tag that was begun before. */
static void set_size(struct device_state *state, const struct page *page)
{
    if (page->width != state->width || page->height != state->height)
        cairo_pdf_surface_set_size(
            state->surface, unit_to_pt(page->width), unit_to_pt(page->height));
    state->width = page->width;
    state->height = page->height;
}

static void pdf_begin_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    set_size(state, page);
    if (page->label != NULL)
        cairo_pdf_surface_set_page_label(state->surface, page->label);
    struct str attributes;
    str_init(&attributes);
    for (size_t i = 0; i < state->book->destinations.length; i++) {
        const struct destination *d = &state->book->destinations.data[i];
        if (d->page != index)
            continue;
        str_clear(&attributes);
        append_attribute(&attributes, "name", text_of(d->name));
        str_append_string(&attributes, "x=");
        str_append_number(&attributes, unit_to_pt(d->x), 3);
        str_append_string(&attributes, " y=");
        str_append_number(&attributes, unit_to_pt(d->y), 3);
        cairo_tag_begin(state->canvas.cairo, CAIRO_TAG_DEST, attributes.data);
        cairo_tag_end(state->canvas.cairo, CAIRO_TAG_DEST);
    }
    str_done(&attributes);
}

/* Items of one link on one line become one box. */
static void add_link_box(struct device_state *state, const struct item *item)
{
    struct link_box box = {
        .link = item->link - 1,
        .left = unit_to_pt(item->x),
        .top = unit_to_pt((int64_t)item->y - item->u.glyphs.ascent),
        .right = unit_to_pt((int64_t)item->x + item->width),
        .bottom = unit_to_pt((int64_t)item->y + item->u.glyphs.descent),
    };
    struct link_box *last = state->boxes.length > 0 ? vec_last(&state->boxes) : NULL;
    if (last == NULL || last->link != box.link || last->bottom <= box.top ||
        box.bottom <= last->top) {
        vec_push(&state->boxes, box);
        return;
    }
    last->left = box.left < last->left ? box.left : last->left;
    last->top = box.top < last->top ? box.top : last->top;
    last->right = box.right > last->right ? box.right : last->right;
    last->bottom = box.bottom > last->bottom ? box.bottom : last->bottom;
}

/* Clusters that cover all bytes of the item's text and all of its glyphs, in order; bytes
 * without glyphs (a trailing space) become clusters of no glyph. */
static void collect_clusters(struct device_state *state, const struct item *item)
{
    uint32_t at = 0;
    vec_clear(&state->clusters);
    for (uint32_t i = 0; i < item->u.glyphs.count; i++) {
        const struct item_glyph *g = &item->u.glyphs.glyphs[i];
        if (g->text_length == 0 && state->clusters.length > 0) {
            vec_last(&state->clusters)->num_glyphs++;
            continue;
        }
        if (g->text_length > 0 && g->text_start > at)
            vec_push(
                &state->clusters, (cairo_text_cluster_t){(int)(g->text_start - at), 0});
        vec_push(&state->clusters, (cairo_text_cluster_t){(int)g->text_length, 1});
        if (g->text_length > 0)
            at = g->text_start + g->text_length;
    }
    if (at < item->u.glyphs.text.length)
        vec_push(&state->clusters,
            (cairo_text_cluster_t){(int)(item->u.glyphs.text.length - at), 0});
}

static void pdf_glyphs(struct device_state *state, const struct item *item)
{
    if (item->link != 0)
        add_link_box(state, item);
    if (item->u.glyphs.count == 0 || !canvas_prepare_glyphs(&state->canvas, item))
        return;
    collect_clusters(state, item);
    cairo_show_text_glyphs(state->canvas.cairo, item->u.glyphs.text.data,
        (int)item->u.glyphs.text.length, state->canvas.glyphs.data,
        (int)state->canvas.glyphs.length, state->clusters.data,
        (int)state->clusters.length, 0);
    canvas_embolden(&state->canvas, item);
}

static void pdf_rule(struct device_state *state, const struct item *item)
{
    canvas_rule(&state->canvas, item);
}

static void pdf_path(struct device_state *state, const struct item *item)
{
    canvas_path(&state->canvas, item);
}

/* Cairo writes "(" and ")" as they are, and a file with one of them alone is corrupt. */
static void append_uri(struct str *out, struct text uri)
{
    struct str safe;
    str_init(&safe);
    for (size_t i = 0; i < uri.length; i++) {
        if (uri.data[i] == '(' || uri.data[i] == ')')
            str_printf(&safe, "%%%02X", (unsigned)uri.data[i]);
        else
            str_append_char(&safe, uri.data[i]);
    }
    append_attribute(out, "uri", str_text(&safe));
    str_done(&safe);
}

static bool append_link(struct device_state *state, uint32_t index, struct str *out)
{
    const struct link *link = &state->book->links.data[index];
    if (link->destination != NULL)
        return append_target(out, state, link->destination);
    struct str uri;
    str_init(&uri);
    bool good = uri_encode(link->uri, &uri);
    if (good)
        append_uri(out, str_text(&uri));
    else if (!state->told[index]) {
        struct str shown;
        str_init(&shown);
        str_append_text(&shown, link->uri);
        diag_add(state->canvas.sink, DIAG_LINK_SCHEME, SPAN_NONE, NULL, shown.data);
        state->told[index] = true;
        str_done(&shown);
    }
    str_done(&uri);
    return good;
}

/* The boxes of one link that follow one another are one annotation. */
static void add_links(struct device_state *state)
{
    struct str attributes;
    str_init(&attributes);
    for (size_t i = 0; i < state->boxes.length;) {
        uint32_t link = state->boxes.data[i].link;
        str_clear(&attributes);
        bool good = append_link(state, link, &attributes);
        str_append_string(&attributes, "rect=[");
        for (; i < state->boxes.length && state->boxes.data[i].link == link; i++) {
            const struct link_box *box = &state->boxes.data[i];
            const double values[] = {
                box->left, box->top, box->right - box->left, box->bottom - box->top};
            for (int j = 0; j < 4; j++) {
                str_append_char(&attributes, ' ');
                str_append_number(&attributes, values[j], 3);
            }
        }
        str_append_string(&attributes, "]");
        if (!good)
            continue;
        cairo_tag_begin(state->canvas.cairo, CAIRO_TAG_LINK, attributes.data);
        cairo_tag_end(state->canvas.cairo, CAIRO_TAG_LINK);
    }
    vec_clear(&state->boxes);
    str_done(&attributes);
}

static void pdf_end_page(struct device_state *state)
{
    add_links(state);
    cairo_show_page(state->canvas.cairo);
}

static bool pdf_end(struct device_state *state, bool abandoned)
{
    bool good = true;
    if (!abandoned) {
        add_outline(state);
        cairo_tag_end(state->canvas.cairo, "Document");
        good = canvas_close(&state->canvas);
        cairo_surface_finish(state->surface);
        good = canvas_check(&state->canvas, cairo_surface_status(state->surface)) && good;
        good = good && !state->canvas.failed;
    }
    canvas_done(&state->canvas);
    cairo_surface_destroy(state->surface);
    vec_done(&state->boxes);
    vec_done(&state->clusters);
    memory_free(state->drawn);
    memory_free(state->told);
    memory_free(state);
    return good;
}

const struct device cairo_pdf_device = {
    .name = "pdf",
    .extension = "pdf",
    .begin = pdf_begin,
    .begin_page = pdf_begin_page,
    .glyphs = pdf_glyphs,
    .rule = pdf_rule,
    .path = pdf_path,
    .end_page = pdf_end_page,
    .end = pdf_end,
};
