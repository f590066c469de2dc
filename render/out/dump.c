/* dump: the finished pages as text: the format of golden files and of --dump=pages.
 *
 *     book "互联网+远程医疗行业月报" zh-Hans
 *     page 1 "封面" 595.276 841.890
 *       text s4 72.000 100.000 width 453.543 size 10.500 Noto Serif CJK SC 400 "国家"
 *       rule header 72.000 60.000 453.543 0.500 #000000
 *     outline
 *       1 "1 【国家政策】" -> "s1"
 *     links
 *       1 uri "https://example.org" "example.org"
 *     destinations
 *       "s1" page 2 72.000 90.000 s3
 *     structure
 *       s1 Document
 *         s2 Sect title "国家政策"
 *
 * One line an item, in painting order. A structure id is written sN, an artifact by its
 * kind; text that no source has (numbers, labels, furniture) is "generated", wholly or in
 * the bytes that follow. Lengths are in pt with three decimals, worked out in integers,
 * so that the text is the same on every machine. Glyph ids and font files are left out:
 * they change with a font's version; the positions that the composer chose are the item's
 * x and width and, when glyphs stand apart from their advances, the sum of the white set
 * between them. */
#include "out/devices.h"
#include "out/builtin.h"

#include <inttypes.h>
#include <string.h>

/* value in pt with exactly three decimals, rounded to nearest. */
static void append_pt(struct str *out, int64_t value)
{
    int64_t thousandths = unit_muldiv(value, 1000, UNIT_PT);
    uint64_t size = thousandths < 0 ? (uint64_t)-thousandths : (uint64_t)thousandths;
    str_printf(out, "%s%" PRIu64 ".%03u", thousandths < 0 ? "-" : "", size / 1000,
        (unsigned)(size % 1000));
}

static void append_lengths(struct str *out, const unit *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        str_append_char(out, ' ');
        append_pt(out, values[i]);
    }
}

/* " "text"": quotes and backslashes escaped like control characters. */
static void append_quoted(struct str *out, struct text t)
{
    str_append_string(out, " \"");
    size_t start = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] != '"' && t.data[i] != '\\')
            continue;
        str_append_escaped(out, text_slice(t, start, i));
        str_append_char(out, '\\');
        str_append_char(out, t.data[i]);
        start = i + 1;
    }
    str_append_escaped(out, text_slice(t, start, t.length));
    str_append_char(out, '"');
}

static void append_named(struct str *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    str_printf(out, " %s", name);
    append_quoted(out, text_of(value));
}

static const char *artifact_name(enum artifact artifact)
{
    static const char *const names[] = {
        [ARTIFACT_LAYOUT] = "layout",
        [ARTIFACT_HEADER] = "header",
        [ARTIFACT_FOOTER] = "footer",
        [ARTIFACT_PAGE] = "page",
        [ARTIFACT_BACKGROUND] = "background",
    };
    return names[artifact];
}

static void append_owner(struct str *out, const struct item *item)
{
    if (item->structure != 0)
        str_printf(out, " s%" PRIu32, item->structure);
    else
        str_printf(out, " %s", artifact_name(item->artifact));
}

static void append_paint(struct str *out, const struct item *item)
{
    if (item->colour != 0)
        str_printf(out, " #%06" PRIX32, item->colour);
    if (item->link != 0)
        str_printf(out, " link %" PRIu32, item->link);
}

/* White between the glyphs beyond their advances; less when they were pulled together. */
static int64_t glyphs_white(const struct item *item)
{
    int64_t white = 0;
    for (uint32_t i = 1; i < item->u.glyphs.count; i++) {
        const struct item_glyph *previous = &item->u.glyphs.glyphs[i - 1];
        white += item->u.glyphs.glyphs[i].x - previous->x - previous->advance;
    }
    return white;
}

/* Which bytes of the text no source has: " generated 0-4", or " generated" for all. */
static void append_generated(struct str *out, const struct item *item)
{
    const struct text_range *ranges = item->u.glyphs.generated;
    uint32_t count = item->u.glyphs.generated_count;
    if (count > 0)
        str_append_string(out, " generated");
    if (count == 1 && ranges[0].end - ranges[0].start == item->u.glyphs.text.length)
        return;
    for (uint32_t i = 0; i < count; i++)
        str_printf(out, " %" PRIu32 "-%" PRIu32, ranges[i].start, ranges[i].end);
}

static void dump_glyphs(struct str *out, const struct item *item)
{
    const struct face *face = item->u.glyphs.face;
    str_append_string(out, "  text");
    append_owner(out, item);
    append_lengths(out, (unit[]){item->x, item->y}, 2);
    str_append_string(out, " width ");
    append_pt(out, item->width);
    int64_t white = glyphs_white(item);
    if (white != 0) {
        str_append_string(out, " white ");
        append_pt(out, white);
    }
    str_append_string(out, " size ");
    append_pt(out, item->u.glyphs.size);
    str_printf(out, " %s %d%s%s%s", face->family, face->weight,
        face->italic ? " italic" : "", face->slant ? " slanted" : "",
        face->embolden ? " emboldened" : "");
    append_paint(out, item);
    append_quoted(out, item->u.glyphs.text);
    append_generated(out, item);
    str_append_char(out, '\n');
}

static void dump_box(struct str *out, const char *name, const struct item *item)
{
    str_printf(out, "  %s", name);
    append_owner(out, item);
    append_lengths(out, (unit[]){item->x, item->y, item->width, item->height}, 4);
    append_paint(out, item);
}

static void dump_path(struct str *out, const struct item *item)
{
    static const char letters[] = {
        [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z'};
    dump_box(out, "path", item);
    if (item->u.path.stroke != 0) {
        str_append_string(out, " stroke ");
        append_pt(out, item->u.path.stroke);
    }
    str_append_string(out, " :");
    for (uint32_t i = 0; i < item->u.path.count; i++) {
        const struct path_step *step = &item->u.path.steps[i];
        size_t points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
        str_printf(out, " %c", letters[step->op]);
        for (size_t j = 0; j < points; j++)
            append_lengths(out, (unit[]){step->x[j], step->y[j]}, 2);
    }
    str_append_char(out, '\n');
}

/* File name without its folder, which differs between machines, and size in pixels. */
static void dump_image(struct str *out, const struct book *book, const struct item *item)
{
    const struct image *image = book->images.data[item->u.image.index];
    const char *slash = strrchr(image->path, '/');
    dump_box(out, "image", item);
    append_quoted(out, text_of(slash != NULL ? slash + 1 : image->path));
    str_printf(out, " %" PRIu32 " × %" PRIu32 "\n", image->width, image->height);
}

static void dump_item(struct str *out, const struct book *book, const struct item *item)
{
    switch (item->kind) {
    case ITEM_GLYPHS:
        dump_glyphs(out, item);
        break;
    case ITEM_RULE:
        dump_box(out, "rule", item);
        str_append_char(out, '\n');
        break;
    case ITEM_PATH:
        dump_path(out, item);
        break;
    case ITEM_IMAGE:
        dump_image(out, book, item);
        break;
    }
}

static void dump_page(
    struct str *out, const struct book *book, const struct page *page, uint32_t index)
{
    str_printf(out, "page %" PRIu32, index + 1);
    append_quoted(out, text_of(page->label));
    append_lengths(out, (unit[]){page->width, page->height}, 2);
    if (page->bleed != 0) {
        str_append_string(out, " bleed ");
        append_pt(out, page->bleed);
    }
    if (page->slug != 0) {
        str_append_string(out, " slug ");
        append_pt(out, page->slug);
    }
    str_append_char(out, '\n');
    for (size_t i = 0; i < page->items.length; i++)
        dump_item(out, book, &page->items.data[i]);
}

static void dump_outline(struct str *out, const struct book *book)
{
    if (book->outline.length > 0)
        str_append_string(out, "outline\n");
    for (size_t i = 0; i < book->outline.length; i++) {
        const struct outline_entry *entry = &book->outline.data[i];
        str_printf(out, "%*s%d", 2 * entry->level, "", entry->level);
        append_quoted(out, text_of(entry->title));
        append_named(out, "->", entry->destination);
        str_append_char(out, '\n');
    }
}

static void dump_links(struct str *out, const struct book *book)
{
    if (book->links.length > 0)
        str_append_string(out, "links\n");
    for (size_t i = 0; i < book->links.length; i++) {
        const struct link *link = &book->links.data[i];
        str_printf(out, "  %zu", i + 1);
        if (link->destination != NULL)
            append_named(out, "->", link->destination);
        else {
            str_append_string(out, " uri");
            append_quoted(out, link->uri);
        }
        append_named(out, "says", link->contents);
        str_append_char(out, '\n');
    }
    if (book->destinations.length > 0)
        str_append_string(out, "destinations\n");
    for (size_t i = 0; i < book->destinations.length; i++) {
        const struct destination *d = &book->destinations.data[i];
        str_append_char(out, ' ');
        append_quoted(out, text_of(d->name));
        str_printf(out, " page %" PRIu32, d->page + 1);
        append_lengths(out, (unit[]){d->x, d->y}, 2);
        str_printf(out, " s%" PRIu32 "\n", d->structure);
    }
}

static void dump_cell(struct str *out, const struct structure *s)
{
    if (s->columns > 1)
        str_printf(out, " columns %" PRIu32, s->columns);
    if (s->rows > 1)
        str_printf(out, " rows %" PRIu32, s->rows);
    if (s->column_header)
        str_append_string(out, " column-header");
    if (s->row_header)
        str_append_string(out, " row-header");
}

static void dump_element(
    struct str *out, const struct structure *s, uint32_t id, int depth)
{
    str_printf(
        out, "%*ss%" PRIu32 " %s", 2 * (depth + 1), "", id, structure_kind_name(s->kind));
    if (s->kind == STRUCTURE_H)
        str_printf(out, "%d", s->level);
    if (s->kind == STRUCTURE_L)
        str_append_string(out, s->numbering == NUMBERING_DECIMAL ? " decimal"
                               : s->numbering == NUMBERING_DISC  ? " disc"
                                                                 : " none");
    if (s->link != 0)
        str_printf(out, " link %" PRIu32, s->link);
    dump_cell(out, s);
    append_named(out, "language", s->language);
    append_named(out, "alt", s->alt);
    append_named(out, "actual", s->actual);
    append_named(out, "title", s->title);
    append_named(out, "id", s->id);
    str_append_char(out, '\n');
}

/* The tree by following parents up: no recursion, however deep it is. */
static void dump_structure(struct str *out, const struct book *book)
{
    if (book->structures.length < 2)
        return;
    str_append_string(out, "structure\n");
    VEC(uint32_t) stack = {0}; /* ids still to print, the next one last */
    VEC(int) depths = {0};
    vec_push(&stack, 1);
    vec_push(&depths, 0);
    while (stack.length > 0) {
        uint32_t id = *vec_last(&stack);
        int depth = *vec_last(&depths);
        stack.length--;
        depths.length--;
        const struct structure *s = &book->structures.data[id];
        dump_element(out, s, id, depth);
        for (size_t i = s->children.length; i > 0; i--) {
            vec_push(&stack, s->children.data[i - 1]);
            vec_push(&depths, depth + 1);
        }
    }
    vec_done(&stack);
    vec_done(&depths);
}

static void dump_metadata(struct str *out, const struct book *book)
{
    const struct book_metadata *m = &book->metadata;
    str_append_string(out, "book");
    append_quoted(out, text_of(m->title));
    if (m->language != NULL)
        str_printf(out, " %s", m->language);
    append_named(out, "author", m->author);
    append_named(out, "subject", m->subject);
    append_named(out, "keywords", m->keywords);
    if (m->has_date)
        str_printf(out, " date %" PRId64, m->date);
    str_append_char(out, '\n');
}

static void dump_tail(struct str *out, const struct book *book)
{
    dump_outline(out, book);
    dump_links(out, book);
    dump_structure(out, book);
}

void book_dump(const struct book *book, struct str *out)
{
    dump_metadata(out, book);
    for (size_t i = 0; i < book->pages.length; i++)
        dump_page(out, book, &book->pages.data[i], (uint32_t)i);
    dump_tail(out, book);
}

/* The device: the same text, of the chosen pages. */

struct device_state {
    const struct book *book;
    struct output *output;
    struct str text; /* of the page being written */
};

static void flush(struct device_state *state)
{
    output_write(state->output, state->text.data, state->text.length);
    str_clear(&state->text);
}

static struct device_state *dump_begin(const struct book *book,
    const struct device_options *options, struct output *output, struct diagnostics *sink)
{
    (void)options;
    (void)sink;
    struct device_state *state = memory_alloc(sizeof *state);
    *state = (struct device_state){.book = book, .output = output};
    str_init(&state->text);
    dump_metadata(&state->text, book);
    return state;
}

static void dump_begin_page(
    struct device_state *state, const struct page *page, uint32_t index)
{
    dump_page(&state->text, state->book, page, index);
    flush(state);
}

static bool dump_end(struct device_state *state, bool abandoned)
{
    if (!abandoned) {
        dump_tail(&state->text, state->book);
        flush(state);
    }
    str_done(&state->text);
    memory_free(state);
    return true;
}

const struct device dump_device = {
    .name = "dump",
    .extension = "txt",
    .begin = dump_begin,
    .begin_page = dump_begin_page,
    .end = dump_end,
};
