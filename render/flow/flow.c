/* flow: the order of the work: anchors, cover, highlights, the text, contacts;
 * then pages; then items, furniture; and again while page numbers in the text change. */
#include "flow/flow.h"

#include <string.h>
#include "base/i18n.h"
#include "flow/anchors.h"
#include "flow/blocks.h"
#include "flow/emit.h"
#include "flow/furniture.h"
#include "flow/notes.h"
#include "flow/parts.h"
#include "paiban_config.h"

/* A number that grows by a digit may move a line, and that a page: two rounds settle all
 * but made-up cases. */
#define FLOW_ROUNDS 5

const char *flow_keep(struct flow *flow, struct text t)
{
    return arena_copy(&flow->book->arena, t.data, t.length);
}

struct text flow_plain_text(struct flow *flow, const struct node *node)
{
    struct str plain;
    struct text kept;

    str_init(&plain);
    node_plain_text(node, &plain);
    kept = text_copy(&flow->arena, str_text(&plain));
    str_done(&plain);
    return kept;
}

const char *flow_language(struct flow *flow, struct text t)
{
    return t.length == 0 ? NULL : arena_copy(&flow->arena, t.data, t.length);
}

static void resolve_roles(struct flow *flow)
{
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        const struct style *style = &flow->layout->styles[i];

        if (!font_role_parse(style->role, &flow->roles[i]) ||
            !font_role_parse(style->latin_role, &flow->latin_roles[i]))
            program_stop(
                "element %s has an unknown font role", element_name((enum element)i));
    }
}

static void flow_init(struct flow *flow, const struct document *document,
    const struct layout *layout, const struct flow_context *context, struct book *book)
{
    const char *language;

    memset(flow, 0, sizeof *flow);
    flow->document = document;
    flow->layout = layout;
    flow->context = context;
    flow->book = book;
    flow->list = &flow->body;
    flow->parent = 1;
    flow->prose = ELEMENT_BODY;
    arena_init(&flow->arena);
    map_init(&flow->anchor_of_node);
    map_init(&flow->anchor_of_id);
    map_init(&flow->anchor_names);
    map_init(&flow->note_of_node);
    language = flow_language(flow, document->head.lang.value);
    flow->language = language != NULL ? language : "zh-Hans";
    resolve_roles(flow);
}

static void flow_done(struct flow *flow)
{
    vlist_done(&flow->cover);
    vlist_done(&flow->body);
    vlist_done(&flow->foot);
    vec_done(&flow->watermark);
    vec_done(&flow->settings);
    vec_done(&flow->boxes);
    vec_done(&flow->figures);
    vec_done(&flow->rows);
    vec_done(&flow->pairs);
    vec_done(&flow->column_contents);
    vec_done(&flow->marks);
    vec_done(&flow->notes);
    vec_done(&flow->note_items);
    vec_done(&flow->note_queue);
    vec_done(&flow->anchors);
    map_done(&flow->anchor_of_node);
    map_done(&flow->anchor_of_id);
    map_done(&flow->anchor_names);
    map_done(&flow->note_of_node);
    arena_done(&flow->arena);
}

static const char *keep_head(struct flow *flow, struct text value)
{
    return value.length == 0 ? NULL : flow_keep(flow, value);
}

static void set_metadata(struct flow *flow)
{
    const struct head *head = &flow->document->head;
    struct book_metadata *metadata = &flow->book->metadata;

    metadata->title = flow_keep(flow, head->title.value);
    metadata->author = keep_head(flow, head->publisher.value);
    metadata->subject = keep_head(flow, head->subtitle.value);
    metadata->language = flow_keep(flow, text_of(flow->language));
    metadata->creator = "paiban " PAIBAN_VERSION;
    flow->book->structures.data[1].language = metadata->language;
}

/* The text of {section} for each page: of the first section that starts on it, else of
 * the one that goes on. */
static const char *const *find_sections(struct flow *flow, const struct page_cuts *cuts)
{
    size_t count = flow->first_page + cuts->pages.length;
    const char **sections = ARENA_ARRAY(&flow->arena, count, const char *);
    const char *current = NULL;

    for (size_t i = 0; i < cuts->pages.length; i++) {
        const struct page_cut *cut = &cuts->pages.data[i];
        const char *first = NULL;

        for (uint32_t j = cut->start; j < cut->end; j++) {
            const struct vitem *item = &flow->body.items.data[j];

            if (item->kind != VITEM_MARK || flow->marks.data[item->index].section == NULL)
                continue;
            current = flow->marks.data[item->index].section;
            if (first == NULL)
                first = current;
        }
        sections[flow->first_page + i] = first != NULL ? first : current;
    }
    return sections;
}

static struct page_room room_of(struct flow *flow)
{
    const struct layout *layout = flow->layout;

    return (struct page_room){.height = layout_area_height(layout),
        .note_space = notes_space(flow),
        .grid = layout->grid_pitch,
        .spread = layout->leftover == LEFTOVER_SPREAD,
        .balance = layout->balance_last};
}

/* Notes taller than a page go on at the foot of the next ones: told. */
static void tell_tall_notes(struct flow *flow, const struct page_room *room)
{
    for (size_t i = 0; i < flow->notes.length; i++) {
        const struct note *note = &flow->notes.data[i];
        int64_t height = 0;
        struct str text;

        for (uint32_t j = 0; j < note->count; j++)
            height += flow->note_items.data[note->first + j].height;
        if (height + room->note_space <= room->height)
            continue;
        str_init(&text);
        str_append_pt(&text, height);
        diag_add(flow->sink, DIAG_NOTE_TALL, note->node->span, NULL, text.data);
        str_done(&text);
    }
}

/* Blank pages until their number is a multiple of the layout's. */
static void pad_pages(struct flow *flow)
{
    static const size_t multiples[] = {
        [PADDING_NONE] = 1, [PADDING_EVEN] = 2, [PADDING_FOUR] = 4};

    while (flow->book->pages.length % multiples[flow->layout->padding] != 0)
        emit_blank(flow);
}

/* What the foot's panel takes of the last page: 0 when the text leaves no room for it. */
static int64_t foot_reserve(
    struct flow *flow, const struct page_cuts *body, const struct page_room *room)
{
    const struct page_cut *last = body->pages.length > 0 ? vec_last(&body->pages) : NULL;
    int64_t height = vlist_height(&flow->foot);
    int64_t needed =
        height + flow->layout->foot_below + flow->layout->panels[PANEL_FOOT].rule_gap;

    if (height == 0 || last == NULL ||
        last->height + last->note_height + needed > room->height)
        return 0;
    return needed;
}

/* The foot on the last page, or on one more where its text leaves no room. */
static void set_foot(struct flow *flow, const struct page_room *room)
{
    bool filled = vlist_height(&flow->foot) > 0;

    if (filled && flow->foot_reserve == 0)
        emit_blank(flow);
    pad_pages(flow);
    if (filled)
        emit_foot(flow, &flow->foot, room);
}

/* Refuse a document of too many pages before any is made. */
static bool check_pages(struct flow *flow, size_t pages)
{
    uint32_t most = limit_of(&flow->context->files->limits, LIMIT_PAGES);

    if (pages <= most)
        return true;
    diag_add(flow->sink, DIAG_TOO_MANY_PAGES, SPAN_NONE, _("--limit pages=N allows more"),
        pages, most);
    flow->failed = true;
    return false;
}

static void build_pages(struct flow *flow, const struct page_cuts *before, bool first)
{
    struct page_room room = room_of(flow), cover_room = {.height = room.height};
    const struct note_lines *notes = notes_lines(flow);
    struct page_cuts cover = {0};

    tell_tall_notes(flow, &room);
    pages_break(&flow->cover, notes, &cover_room, NULL, &cover);
    pages_break(&flow->body, notes, &room, before, &flow->cuts);
    /* Later rounds may need a page more, where a number grows by a digit. */
    if (first && !check_pages(flow, cover.pages.length + flow->cuts.pages.length)) {
        page_cuts_done(&cover);
        return;
    }
    if (cover.pages.length + flow->cuts.pages.length == 0)
        vec_push(&flow->cuts.pages, (struct page_cut){0}); /* a file needs a page */
    flow->first_page = (uint32_t)cover.pages.length;
    flow->foot_reserve = 0;
    emit_pages(flow, &flow->cover, &cover, &cover_room, true);
    flow->foot_reserve = foot_reserve(flow, &flow->cuts, &room);
    emit_pages(flow, &flow->body, &flow->cuts, &room, false);
    flow->end_page = (uint32_t)flow->book->pages.length;
    set_foot(flow, &room);
    if (flow->cuts.pages.length > 0)
        furniture_emit(flow, find_sections(flow, &flow->cuts));
    page_cuts_done(&cover);
}

/* One round: everything from the tree to the book. False after a fatal diagnostic. */
static bool build(struct flow *flow, const struct page_cuts *before, bool first)
{
    anchors_collect(flow);
    cover_set(flow);
    panels_set(flow, PANEL_MASTHEAD);
    highlights_set(flow);
    toc_set(flow);
    blocks_children(flow, flow->document->root);
    panels_set(flow, PANEL_ENDING);
    contacts_set(flow);
    flow->list = &flow->foot;
    panels_set(flow, PANEL_FOOT);
    flow->list = &flow->body;
    if (flow->failed)
        return false;
    build_pages(flow, before, first);
    if (flow->failed)
        return false;
    set_metadata(flow);
    if (flow->context->dump_flow != NULL) {
        vlist_dump(&flow->cover, flow->context->dump_flow);
        vlist_dump(&flow->body, flow->context->dump_flow);
        vlist_dump(&flow->foot, flow->context->dump_flow);
    }
    return !flow->failed;
}

/* Page labels of one round. */
struct labels {
    struct arena arena;
    struct map map; /* anchor name → label */
};

static void labels_init(struct labels *labels)
{
    arena_init(&labels->arena);
    map_init(&labels->map);
}

static void labels_done(struct labels *labels)
{
    map_done(&labels->map);
    arena_done(&labels->arena);
}

/* Write the labels of this round over those of the last; name, from, to: the first that
 * changed. Returns whether any did. */
static bool labels_update(
    struct labels *labels, const struct flow *flow, const char *ret_moved[3])
{
    bool changed = false;

    for (size_t i = 0; i < flow->anchors.length; i++) {
        const struct anchor *anchor = &flow->anchors.data[i];
        const char *old = map_lookup(&labels->map, text_of(anchor->name)), *label;

        if (!anchor->placed)
            continue;
        label = flow->book->pages.data[anchor->page].label;
        if (old != NULL && strcmp(old, label) == 0)
            continue;
        label = arena_copy(&labels->arena, label, strlen(label));
        if (!changed) {
            ret_moved[0] = arena_copy(&labels->arena, anchor->name, strlen(anchor->name));
            ret_moved[1] = old != NULL ? old : "?";
            ret_moved[2] = label;
        }
        changed = true;
        map_set(&labels->map, text_of(anchor->name), (void *)(uintptr_t)label);
    }
    return changed;
}

static void clear_dumps(const struct flow_context *context)
{
    if (context->dump_flow != NULL)
        str_clear(context->dump_flow);
    if (context->dump_lines != NULL)
        str_clear(context->dump_lines);
    if (context->dump_clusters != NULL)
        str_clear(context->dump_clusters);
}

/* The findings of later rounds repeat those of the first and are dropped. */
struct rounds {
    struct labels labels;
    struct diagnostics again; /* of rounds after the first */
    const char *moved[3];     /* anchor that moved last, its page before and after */
    struct page_cuts cuts;    /* of the body in the round before */
    size_t joined;            /* pages that the first round took over */
    bool settled;
};

static bool build_round(
    struct rounds *rounds, int round, struct flow *flow, struct diagnostics *sink)
{
    bool good;

    flow->sink = round == 0 ? sink : &rounds->again;
    flow->labels = round == 0 ? NULL : &rounds->labels.map;
    good = build(flow, round == 0 ? flow->context->cuts : &rounds->cuts, round == 0);
    if (round == 0)
        rounds->joined = flow->cuts.joined;
    page_cuts_done(&rounds->cuts);
    rounds->cuts = flow->cuts;
    rounds->settled =
        !flow->uses_labels || !labels_update(&rounds->labels, flow, rounds->moved);
    return good;
}

/* Hand the cuts to the caller, for the next build of the same issue. */
static void keep_cuts(struct rounds *rounds, const struct flow_context *context)
{
    if (context->cuts == NULL)
        return;
    page_cuts_done(context->cuts);
    *context->cuts = rounds->cuts;
    context->cuts->joined = rounds->joined;
    rounds->cuts = (struct page_cuts){0};
}

bool flow_build(const struct document *document, const struct layout *layout,
    const struct flow_context *context, struct book *ret_book, struct diagnostics *sink)
{
    struct rounds rounds = {.settled = false};
    bool good = true;

    labels_init(&rounds.labels);
    diagnostics_init(&rounds.again);
    for (int round = 0; good && !rounds.settled && round < FLOW_ROUNDS; round++) {
        struct flow flow;

        if (round > 0)
            book_done(ret_book);
        clear_dumps(context);
        book_init(ret_book);
        flow_init(&flow, document, layout, context, ret_book);
        good = build_round(&rounds, round, &flow, sink);
        flow_done(&flow);
    }
    if (good && !rounds.settled)
        diag_add(sink, DIAG_PAGES_UNSETTLED, SPAN_NONE, NULL, FLOW_ROUNDS,
            rounds.moved[0], rounds.moved[1], rounds.moved[2]);
    diagnostics_done(&rounds.again);
    labels_done(&rounds.labels);
    if (good) {
        keep_cuts(&rounds, context);
        book_finish(ret_book);
    } else {
        book_done(ret_book);
        book_init(ret_book);
    }
    page_cuts_done(&rounds.cuts);
    composer_trim(context->composer);
    return good;
}
