/* runs: see runs.h. */
#include "flow/runs.h"
#include "flow/marks.h"

#include <string.h>
#include "base/i18n.h"
#include "flow/anchors.h"

/* Super- and subscript: readable at 12 pt, and inside the line pitch. */
#define SCRIPT_SIZE      600 /* 1/1000 of the size */
#define SUPERSCRIPT_RISE 350 /* 1/1000 of the size */
#define SUBSCRIPT_FALL   150
#define RUBY_SIZE        500 /* clreq: half the base's */
#define OBJECT_MOST      850 /* 1/1000 of the pitch: higher images stand below the text */
#define INLINE_DEPTH     64  /* of nested inlines; deeper ones are set plain */

void runs_begin(
    struct run_list *list, struct flow *flow, enum element element, uint32_t structure)
{
    const struct style *style = &flow->layout->styles[element];

    memset(list, 0, sizeof *list);
    list->flow = flow;
    list->home = flow->parent;
    list->pitch = style->line_pitch;
    list->base = (struct run){
        .kind = RUN_TEXT,
        .nature = NATURE_PROSE,
        .role = flow->roles[element],
        .latin_role = flow->latin_roles[element],
        .weight = style->weight,
        .italic = style->italic,
        .size = style->size,
        .colour = style->colour,
        .language = flow->language,
        .structure = structure,
        .span = SPAN_NONE,
    };
}

void runs_done(struct run_list *list)
{
    vec_done(&list->items);
    vec_done(&list->notes);
    vec_done(&list->pictures);
}

const struct run *runs_finish(struct run_list *list, uint32_t *ret_count)
{
    marks_place(list, list->flow->layout->rules.note_marks);
    struct run *runs = ARENA_ARRAY(&list->flow->arena, list->items.length, struct run);

    if (list->items.length > 0)
        memcpy(runs, list->items.data, list->items.length * sizeof *runs);
    *ret_count = (uint32_t)list->items.length;
    return runs;
}

static void add_run(struct run_list *list, struct text text, struct span span, bool exact)
{
    struct run run = list->base;

    if (text.length == 0)
        return;
    run.text = text;
    run.span = span;
    run.exact = exact;
    vec_push(&list->items, run);
}

void runs_text(struct run_list *list, struct text text)
{
    add_run(list, text_copy(&list->flow->arena, text), SPAN_NONE, false);
}

void runs_source(struct run_list *list, struct text text, struct span span)
{
    add_run(list, text, span, span.length == text.length);
}

void runs_string(struct run_list *list, const char *string)
{
    runs_text(list, text_of(string));
}

struct run runs_language(struct run_list *list, const char *language)
{
    struct book *book = list->flow->book;
    struct run before = list->base;

    if (strcmp(language, before.language) == 0)
        return before;
    list->base.language = language;
    if (before.structure == 0) /* an artifact: a header row set again */
        return before;
    list->base.structure = book_add_structure(book, STRUCTURE_SPAN, before.structure);
    book->structures.data[list->base.structure].language =
        arena_copy(&book->arena, language, strlen(language));
    return before;
}

struct run runs_link(
    struct run_list *list, struct text uri, const char *destination, const char *contents)
{
    struct book *book = list->flow->book;
    struct run before = list->base;
    uint32_t link = book_add_link(book, uri, destination, contents);

    list->base.link = link;
    list->base.structure = book_add_structure(book, STRUCTURE_LINK, before.structure);
    book->structures.data[list->base.structure].link = link;
    return before;
}

static void add_node(struct run_list *list, const struct node *node);

void runs_inlines(
    struct run_list *list, const struct node *first, const struct node *end)
{
    for (const struct node *node = first; node != end; node = node->next)
        if (node->kind != NODE_CAPTION && node->kind != NODE_RUBY_TEXT)
            add_node(list, node);
}

void runs_children(struct run_list *list, const struct node *node)
{
    runs_inlines(list, node->first_child, NULL);
}

/* TEXT of a reference: {page} becomes the number of the page that the anchor is on. */
static void add_reference_text(
    struct run_list *list, const struct node *node, const char *page)
{
    static const char field[] = "{page}";
    struct text rest = node->text;

    for (size_t at; (at = text_find(rest, field)) < rest.length;) {
        add_run(list, text_slice(rest, 0, at), node->span, false);
        runs_string(list, page);
        rest = text_slice(rest, at + sizeof field - 1, rest.length);
    }
    add_run(list, rest, node->span, false);
}

static void add_text(struct run_list *list, const struct node *node)
{
    add_run(list, node->text, node->span, node->span.length == node->text.length);
}

static void add_emphasis(struct run_list *list, const struct node *node)
{
    list->base.role = ROLE_KAI;
    list->base.italic = true;
    runs_children(list, node);
}

static void add_strong(struct run_list *list, const struct node *node)
{
    list->base.weight = 700;
    runs_children(list, node);
}

static void add_strike(struct run_list *list, const struct node *node)
{
    list->base.decorations |= DECORATION_STRIKE;
    runs_children(list, node);
}

static void add_underline(struct run_list *list, const struct node *node)
{
    list->base.decorations |= DECORATION_UNDERLINE;
    runs_children(list, node);
}

static void add_code(struct run_list *list, const struct node *node)
{
    list->base.latin_role = ROLE_MONO;
    if (list->base.nature != NATURE_URL)
        list->base.nature = NATURE_CODE;
    if (!list->plain)
        list->base.structure =
            book_add_structure(list->flow->book, STRUCTURE_CODE, list->base.structure);
    add_text(list, node);
}

static void add_script(struct run_list *list, const struct node *node, int rise)
{
    list->base.baseline_shift += (unit)unit_muldiv(list->base.size, rise, 1000);
    list->base.size = (unit)unit_muldiv(list->base.size, SCRIPT_SIZE, 1000);
    runs_children(list, node);
}

static void add_superscript(struct run_list *list, const struct node *node)
{
    add_script(list, node, SUPERSCRIPT_RISE);
}

static void add_subscript(struct run_list *list, const struct node *node)
{
    add_script(list, node, -SUBSCRIPT_FALL);
}

static void add_soft_break(struct run_list *list, const struct node *node)
{
    add_run(list, TEXT(" "), node->span, false);
}

void runs_break(struct run_list *list)
{
    struct run run = list->base;

    run.kind = RUN_BREAK;
    run.text = TEXT("");
    vec_push(&list->items, run);
}

static void add_line_break(struct run_list *list, const struct node *node)
{
    struct run run = list->base;

    if (list->plain) {
        add_soft_break(list, node);
        return;
    }
    list->row_next = true;
    run.kind = RUN_BREAK;
    run.text = TEXT("");
    run.span = node->span;
    vec_push(&list->items, run);
}

/* What a screen reader says of a link: its text, and where it leads when that differs. */
static const char *link_contents(struct flow *flow, struct text text, struct text target)
{
    if (text_equal(text, target) || target.length == 0)
        return arena_copy(&flow->arena, text.data, text.length);
    if (text.length == 0)
        return arena_copy(&flow->arena, target.data, target.length);
    return arena_print(&flow->arena, "%.*s (%.*s)", (int)text.length, text.data,
        (int)target.length, target.data);
}

void runs_address(struct run_list *list, struct text text, struct text uri)
{
    struct run before = runs_link(list, uri, NULL, link_contents(list->flow, text, uri));

    list->base.nature = NATURE_URL;
    runs_text(list, text);
    list->base = before;
}

/* An address written without its scheme. */
static struct text full_uri(struct flow *flow, const struct node *node)
{
    struct text url = node->u.link.url;
    bool mail = node->u.link.bare && text_find(url, "@") < url.length &&
                text_find(url, ":") == url.length && text_find(url, "/") == url.length;

    if (mail)
        return text_of(
            arena_print(&flow->arena, "mailto:%.*s", (int)url.length, url.data));
    return url;
}

static void add_link(struct run_list *list, const struct node *node)
{
    struct flow *flow = list->flow;
    struct text url = node->u.link.url;
    bool inside = text_starts(url, "#");
    const struct anchor *anchor =
        inside ? anchors_of_id(flow, text_slice(url, 1, url.length)) : NULL;

    if (list->plain || list->base.link != 0 || url.length == 0 ||
        (inside && anchor == NULL)) {
        runs_children(list, node);
        return;
    }
    if (inside) {
        struct text text = flow_plain_text(flow, node);

        runs_link(list, TEXT(""), anchor->name, link_contents(flow, text, TEXT("")));
    } else {
        struct text uri = full_uri(flow, node);

        runs_link(list, uri, NULL,
            link_contents(
                flow, node->u.link.bare ? TEXT("") : flow_plain_text(flow, node), uri));
        flow->book->links.data[list->base.link - 1].span = node->span;
        if (node->u.link.bare)
            list->base.nature = NATURE_URL;
    }
    runs_children(list, node);
}

static void add_reference(struct run_list *list, const struct node *node)
{
    struct flow *flow = list->flow;
    struct text url = node->u.link.url;
    const struct anchor *anchor = anchors_of_id(flow, text_slice(url, 1, url.length));
    const char *page = "?";

    if (anchor != NULL) {
        page = anchors_label(flow, anchor);
        if (!list->plain && list->base.link == 0)
            runs_link(list, TEXT(""), anchor->name,
                link_contents(flow, flow_plain_text(flow, node), TEXT("")));
    }
    for (const struct node *child = node->first_child; child != NULL;
         child = child->next) {
        if (child->kind == NODE_TEXT)
            add_reference_text(list, child, page);
        else
            add_node(list, child);
    }
}

/* An image as a character of the line. */
static void add_object(struct run_list *list, const struct picture *picture)
{
    struct run run = list->base;
    const struct figure *figure;

    run.kind = RUN_OBJECT;
    run.text = TEXT("");
    run.span = picture->span;
    run.object = figures_object(list->flow, picture, list->base.size);
    figure = &list->flow->figures.data[run.object];
    run.object_width = figure->width;
    run.object_height = figure->height;
    vec_push(&list->items, run);
}

/* What may be repeated elsewhere (a highlight, a header row) shows no images; the words
 * for one stand there when it is all there is. */
static void add_plain_image(struct run_list *list, const struct node *node)
{
    if (list->base.structure != 0 && !figures_has_company(node))
        runs_children(list, node);
}

static void add_image(struct run_list *list, const struct node *node)
{
    struct picture picture;
    bool company = !list->alone && figures_has_company(node);

    if (list->plain) {
        add_plain_image(list, node);
        return;
    }
    figures_read(list->flow, node, &picture);
    picture.link = list->base.link;
    picture.home = list->home;
    picture.parent = picture.link != 0 ? list->base.structure : list->home;
    picture.row_before = list->row_next;
    list->row_next = false;
    if (company && picture.image == FLOW_NONE) {
        runs_string(list, "［");
        figures_add_label(list->flow, &picture, list);
        runs_string(list, "］");
    } else if (company && picture.title.length == 0 && picture.wanted.length == 0 &&
               picture.height <= unit_muldiv(list->pitch, OBJECT_MOST, 1000)) {
        picture.parent = list->base.structure;
        add_object(list, &picture);
    } else {
        vec_push(&list->pictures, picture);
    }
}

static void add_note_mark(struct run_list *list, const struct node *node)
{
    const struct node *target = node->u.footnote.target;

    if (list->plain || target == NULL)
        return;
    list->base.structure =
        book_add_structure(list->flow->book, STRUCTURE_REFERENCE, list->base.structure);
    list->base.baseline_shift +=
        (unit)unit_muldiv(list->base.size, SUPERSCRIPT_RISE, 1000);
    list->base.size = (unit)unit_muldiv(list->base.size, SCRIPT_SIZE, 1000);
    list->base.nature = NATURE_FIXED;
    if (list->base.link == 0) {
        const struct anchor *anchor = anchors_of_node(list->flow, target);

        runs_link(list, TEXT(""), anchor->name,
            arena_print(&list->flow->arena, _("note %u"), node->u.footnote.number));
    }
    runs_string(list, arena_print(&list->flow->arena, "%u", node->u.footnote.number));
    vec_push(&list->notes, (struct note_mark){target, (uint32_t)list->items.length - 1});
}

static uint32_t class_decoration(struct text class)
{
    if (text_is(class, "name"))
        return DECORATION_NAME_LINE;
    if (text_is(class, "book"))
        return DECORATION_BOOK_LINE;
    return text_is(class, "dots") ? DECORATION_DOTS : 0;
}

static void add_span(struct run_list *list, const struct node *node)
{
    const struct attributes *attributes = node->attributes;
    const char *language;

    if (attributes == NULL) {
        runs_children(list, node);
        return;
    }
    for (uint32_t i = 0; i < attributes->class_count; i++)
        list->base.decorations |= class_decoration(attributes->classes[i]);
    list->base.even = attributes->even;
    language = flow_language(list->flow, attributes->language);
    if (language != NULL)
        runs_language(list, language);
    runs_children(list, node);
}

/* One base of a ruby and its annotation: one run, so that para can centre the two. */
static void add_ruby_pair(
    struct run_list *list, struct text base, struct span span, const struct node *text)
{
    struct flow *flow = list->flow;
    uint32_t ruby = book_add_structure(flow->book, STRUCTURE_RUBY, list->base.structure);
    struct run before = list->base, *annotation = ARENA_NEW(&flow->arena, struct run);

    list->base.structure = book_add_structure(flow->book, STRUCTURE_RB, ruby);
    *annotation = before;
    annotation->text = flow_plain_text(flow, text);
    annotation->size = (unit)unit_muldiv(before.size, RUBY_SIZE, 1000);
    annotation->structure = book_add_structure(flow->book, STRUCTURE_RT, ruby);
    annotation->span = text->span;
    annotation->nature = NATURE_FIXED;
    if (annotation->text.length > 0)
        list->base.ruby = annotation;
    add_run(list, base, span, span.length == base.length);
    list->base = before;
}

static void add_ruby(struct run_list *list, const struct node *node)
{
    struct str base;
    struct span span = node->span;

    if (list->plain) {
        runs_children(list, node);
        return;
    }
    str_init(&base);
    for (const struct node *child = node->first_child; child != NULL;
         child = child->next) {
        if (child->kind != NODE_RUBY_TEXT) {
            if (base.length == 0)
                span = child->span;
            if (child->kind == NODE_TEXT)
                str_append_text(&base, child->text);
            else
                node_plain_text(child, &base);
            continue;
        }
        add_ruby_pair(list, text_copy(&list->flow->arena, str_text(&base)), span, child);
        str_clear(&base);
    }
    runs_source(list, text_copy(&list->flow->arena, str_text(&base)), span);
    str_done(&base);
}

static void (*const adders[NODE_KIND_COUNT])(struct run_list *, const struct node *) = {
    [NODE_TEXT] = add_text,
    [NODE_EMPHASIS] = add_emphasis,
    [NODE_STRONG] = add_strong,
    [NODE_STRIKE] = add_strike,
    [NODE_CODE] = add_code,
    [NODE_LINK] = add_link,
    [NODE_IMAGE] = add_image,
    [NODE_SOFT_BREAK] = add_soft_break,
    [NODE_LINE_BREAK] = add_line_break,
    [NODE_FOOTNOTE_MARK] = add_note_mark,
    [NODE_SPAN] = add_span,
    [NODE_RUBY] = add_ruby,
    [NODE_SUBSCRIPT] = add_subscript,
    [NODE_SUPERSCRIPT] = add_superscript,
    [NODE_UNDERLINE] = add_underline,
    [NODE_REFERENCE] = add_reference,
};

/* Add one inline; the style returns to what it was before. */
static void add_node(struct run_list *list, const struct node *node)
{
    struct run before = list->base;

    if (list->depth >= INLINE_DEPTH) {
        runs_source(list, flow_plain_text(list->flow, node), node->span);
        return;
    }
    list->depth++;
    if (adders[node->kind] != NULL)
        adders[node->kind](list, node);
    else
        runs_children(list, node);
    list->depth--;
    list->base = before;
}
