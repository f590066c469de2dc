/* pdf: the device that writes a book as PDF/A-2a and PDF/UA-1, with no library but
 * HarfBuzz and libdeflate.
 *
 * begin() looks through all items first: the fonts must be subset before the first
 * content stream can name their codes. Pages are then written as they are drawn, and
 * end() writes what refers to them: destinations, outline, structure, metadata, catalog.
 * */
#include "out/pdf/pdf.h"

#include "out/builtin.h"
#include "out/linearize.h"
#include "out/pdf/cache.h"
#include "out/pdf/verify.h"

/* Builds for debugging prove the structure of every file before it is written. */
#ifdef PAIBAN_VERIFY
#define VERIFIED true
#else
#define VERIFIED false
#endif

struct device_state {
    struct pdf pdf;
    const struct linearize_module *linearize; /* NULL: not asked for */
    struct str kept; /* the file, to be linearised or verified */
    struct pdf_cache *cache; /* owned; NULL: the caller has one */
};

static void note_figures(struct pdf *pdf)
{
    vec_push(&pdf->kept_of, 0);
    for (size_t id = 1; id < pdf->book->structures.length; id++) {
        vec_push(&pdf->kept_of, 0);
        if (pdf->book->structures.data[id].kind == STRUCTURE_FIGURE)
            pdf->has_figures = true;
    }
}

static void choose_page(struct pdf *pdf, uint32_t index)
{
    pdf->page_of.data[index] = ++pdf->page_total;
    const struct page *page = &pdf->book->pages.data[index];
    for (size_t i = 0; i < page->items.length; i++) {
        pdf_fonts_collect(&pdf->fonts, &page->items.data[i]);
        pdf_images_collect(pdf, &page->items.data[i]);
    }
}

static void choose_pages(struct pdf *pdf, const struct device_options *options)
{
    for (size_t i = 0; i < pdf->book->pages.length; i++)
        vec_push(&pdf->page_of, 0);
    uint32_t count =
        options->pages != NULL ? options->page_count : (uint32_t)pdf->book->pages.length;
    for (uint32_t i = 0; i < count; i++)
        choose_page(pdf, options->pages != NULL ? options->pages[i] : i);
}

static void pdf_done(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->uris.length; i++)
        str_done(&pdf->uris.data[i]);
    for (size_t i = 0; i < pdf->annotations.length; i++)
        vec_done(&pdf->annotations.data[i].boxes);
    pdf_objects_done(&pdf->objects);
    pdf_fonts_done(&pdf->fonts);
    map_done(&pdf->destinations);
    str_done(&pdf->content.out);
    vec_done(&pdf->content.whites);
    for (size_t i = 0; i < pdf->actuals.length; i++)
        memory_free(pdf->actuals.data[i].text);
    vec_done(&pdf->actuals);
    vec_done(&pdf->pages);
    vec_done(&pdf->page_of);
    vec_done(&pdf->marks);
    vec_done(&pdf->annotations);
    vec_done(&pdf->uris);
    vec_done(&pdf->link_works);
    vec_done(&pdf->images);
    vec_done(&pdf->profiles);
    vec_done(&pdf->figures);
    vec_done(&pdf->kept_of);
    vec_done(&pdf->attachments);
}

static void state_free(struct device_state *state)
{
    pdf_done(&state->pdf);
    pdf_cache_free(state->cache);
    str_done(&state->kept);
    memory_free(state);
}

static struct device_state *begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    struct device_state *state = memory_alloc(sizeof *state);
    struct pdf *pdf = &state->pdf;
    str_init(&state->kept);
    if (options->linearize) {
        state->linearize = linearize_open(options->module_folder, sink);
        if (state->linearize == NULL) {
            memory_free(state);
            return NULL;
        }
    }
    pdf->book = book;
    pdf->sink = sink;
    pdf->conformance = options->conformance;
    if (options->pdf_cache == NULL)
        state->cache = pdf_cache_new(SERIES_NONE);
    struct pdf_cache *cache = state->cache != NULL ? state->cache : options->pdf_cache;
    pdf_cache_begin(cache);
    pdf_objects_init(&pdf->objects, output,
        options->linearize || VERIFIED ? &state->kept : NULL, options->compress, cache);
    pdf_fonts_init(&pdf->fonts);
    map_init(&pdf->destinations);
    pdf->pages_object = pdf_reserve(&pdf->objects);
    pdf->resources_object = pdf_reserve(&pdf->objects);
    pdf->tree_object = pdf_reserve(&pdf->objects);
    choose_pages(pdf, options);
    note_figures(pdf);
    pdf_links_prepare(pdf);
    if (pdf_fonts_write(&pdf->fonts, &pdf->objects, sink)) {
        pdf_images_write(pdf);
        return state;
    }
    state_free(state);
    return NULL;
}

static void begin_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    struct pdf *pdf = &state->pdf;
    vec_push(&pdf->pages, (struct pdf_page){.index = index,
                              .object = pdf_reserve(&pdf->objects),
                              .first_annotation = (uint32_t)pdf->annotations.length});
    pdf_content_begin(pdf, page);
}

static void glyphs(struct device_state *state, const struct item *item)
{
    pdf_content_glyphs(&state->pdf, item);
    pdf_links_add(&state->pdf, item);
    pdf_structure_add(&state->pdf, item);
}

static void rule(struct device_state *state, const struct item *item)
{
    pdf_content_rule(&state->pdf, item);
    pdf_structure_add(&state->pdf, item);
}

static void path(struct device_state *state, const struct item *item)
{
    pdf_content_path(&state->pdf, item);
    pdf_links_add(&state->pdf, item);
    pdf_structure_add(&state->pdf, item);
}

static void image(struct device_state *state, const struct item *item)
{
    pdf_content_image(&state->pdf, item);
    pdf_links_add(&state->pdf, item);
    pdf_structure_add(&state->pdf, item);
}

static void append_box(
    struct str *out, const char *name, const struct page *page, unit bleed)
{
    str_append_string(out, name);
    pdf_append_rectangle(out, page,
        (struct pdf_box){-(int64_t)bleed, -(int64_t)bleed, (int64_t)page->width + bleed,
            (int64_t)page->height + bleed});
}

static void append_annotations(
    const struct pdf *pdf, struct str *out, const struct pdf_page *place)
{
    if (place->annotation_count == 0)
        return;
    str_append_string(out, "/Annots[");
    for (uint32_t i = 0; i < place->annotation_count; i++)
        pdf_append_ref(out, pdf->annotations.data[place->first_annotation + i].object);
    str_append_char(out, ']');
}

static void end_page(struct device_state *state)
{
    struct pdf *pdf = &state->pdf;
    const struct pdf_page *place = vec_last(&pdf->pages);
    const struct page *page = &pdf->book->pages.data[place->index];
    uint32_t stream = pdf_reserve(&pdf->objects);
    pdf_content_end(pdf);
    pdf_stream(&pdf->objects, stream, "", str_text(&pdf->content.out), PACKING_CONTENT);
    struct str *out = pdf_begin(&pdf->objects, place->object);
    str_append_string(out, "<</Type/Page/Parent");
    pdf_append_ref(out, pdf->pages_object);
    append_box(out, "/MediaBox", page, page->bleed + page->slug);
    append_box(out, "/BleedBox", page, page->bleed);
    append_box(out, "/TrimBox", page, 0);
    str_append_string(out, "/Resources");
    pdf_append_ref(out, pdf->resources_object);
    str_append_string(out, "/Contents");
    pdf_append_ref(out, stream);
    str_printf(out, "/Tabs/S/StructParents %zu", pdf->pages.length - 1);
    append_annotations(pdf, out, place);
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    pdf_links_write(pdf, place);
}

static void write_pages(struct pdf *pdf)
{
    struct str *out = pdf_begin(&pdf->objects, pdf->pages_object);
    str_printf(out, "<</Type/Pages/Count %zu/Kids[", pdf->pages.length);
    for (size_t i = 0; i < pdf->pages.length; i++)
        pdf_append_ref(out, pdf->pages.data[i].object);
    str_append_string(out, "]>>");
    pdf_end(&pdf->objects);
    out = pdf_begin(&pdf->objects, pdf->resources_object);
    str_append_string(out, "<</Font");
    pdf_fonts_append(&pdf->fonts, out);
    pdf_images_append(pdf, out);
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
}

static void append_optional(
    struct str *out, const char *before, uint32_t number, const char *after)
{
    if (number == 0)
        return;
    str_append_string(out, before);
    pdf_append_ref(out, number);
    str_append_string(out, after);
}

static void append_names(const struct pdf *pdf, struct str *out, uint32_t destinations)
{
    if (destinations == 0 && pdf->attachments.length == 0)
        return;
    str_append_string(out, "/Names<<");
    append_optional(out, "/Dests", destinations, "");
    pdf_attachments_append_names(pdf, out);
    str_append_string(out, ">>");
}

static uint32_t write_catalog(struct pdf *pdf)
{
    const char *language = pdf->book->metadata.language;
    uint32_t destinations = pdf_destinations_write(pdf);
    uint32_t outline = pdf_outline_write(pdf);
    pdf_attachments_write(pdf);
    uint32_t xmp = pdf_xmp_write(pdf), intent = pdf_intent_write(pdf);
    uint32_t number = pdf_reserve(&pdf->objects);
    struct str *out = pdf_begin(&pdf->objects, number);
    str_append_string(out, "<</Type/Catalog/MarkInfo<</Marked true>>"
                           "/ViewerPreferences<</DisplayDocTitle true>>/Lang");
    pdf_append_text(out, text_of(language != NULL ? language : "zh-Hans"));
    append_optional(out, "/Pages", pdf->pages_object, "");
    append_optional(out, "/StructTreeRoot", pdf->tree_object, "");
    append_optional(out, "/Metadata", xmp, "");
    append_optional(out, "/OutputIntents[", intent, "]");
    append_names(pdf, out, destinations);
    pdf_attachments_append(pdf, out);
    append_optional(out, "/PageMode/UseOutlines/Outlines", outline, "");
    str_append_string(out, "/PageLabels");
    pdf_page_labels_append(pdf, out);
    pdf_digests_append(pdf, out);
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    return number;
}

static void verify(struct text file)
{
    struct pdf_reader reader;
    struct str problems;
    str_init(&problems);
    if (!pdf_reader_open(&reader, file))
        program_stop("the PDF file cannot be read back");
    if (pdf_verify(&reader, &problems) > 0)
        program_stop("the PDF file's structure is wrong: %s", problems.data);
    pdf_reader_done(&reader);
    str_done(&problems);
}

/* What was kept back goes out; nothing when it is out already. */
static bool write_kept(struct device_state *state)
{
    struct output *output = state->pdf.objects.output;
    if (state->linearize != NULL)
        return linearize_write(
            state->linearize, str_text(&state->kept), output, state->pdf.sink);
    output_write(output, state->kept.data, state->kept.length);
    return true;
}

static bool end(struct device_state *state, bool abandoned)
{
    struct pdf *pdf = &state->pdf;
    bool good = true;
    if (!abandoned) {
        pdf_structure_write(pdf);
        write_pages(pdf);
        uint32_t catalog = write_catalog(pdf);
        pdf_objects_finish(&pdf->objects, catalog, pdf_info_write(pdf));
        if (VERIFIED)
            verify(str_text(&state->kept));
        good = write_kept(state);
    }
    state_free(state);
    return good;
}

const struct device pdf_device = {
    .name = "pdf",
    .extension = "pdf",
    .begin = begin,
    .begin_page = begin_page,
    .glyphs = glyphs,
    .rule = rule,
    .path = path,
    .image = image,
    .end_page = end_page,
    .end = end,
};
