/* resolve: slots of values → struct layout, once all files of the chain are read.
 *
 * Order matters, since lengths may depend on others:
 *
 *     body size → character pitch → body line pitch → sizes of all elements → all the rest
 *
 * Here the range of lengths is checked, after em, lines and chars have become units, and
 * what no single value shows: limits of a gap in order, room in the type area and for
 * each element. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "base/hash.h"
#include "base/i18n.h"
#include "layout/keys.h"

/* Enums are stored through int. */
_Static_assert(sizeof(enum breaker) == sizeof(int) &&
                   sizeof(enum text_align) == sizeof(int) &&
                   sizeof(enum paper) == sizeof(int),
    "an enum is stored as an int");

/* Stands in for a wrong length that others are multiples of. The layout is refused
 * anyway; this keeps the others from being told as well. */
#define PLAUSIBLE (12 * UNIT_PT)

static const struct {
    double width, height; /* mm, upright */
} papers[PAPER_COUNT] = {
    [PAPER_A3] = {297, 420},
    [PAPER_A4] = {210, 297},
    [PAPER_A5] = {148, 210},
    [PAPER_B5] = {176, 250},
    [PAPER_LETTER] = {215.9, 279.4},
};

struct resolver {
    struct layout *layout;
    struct diagnostics *sink;
    struct length_context context; /* of the body */
    uint32_t mistakes;             /* told so far */
};

static void tell(struct resolver *resolver, struct key_value *value,
    const struct key *key, const char *must)
{
    if (value->told) {
        return; /* an element that takes body's value tells it no second time */
    }
    value->told = true;
    const char *dot = strrchr(key->name, '.');
    const char *name = dot != NULL ? dot + 1 : key->name;
    diag_add(resolver->sink, DIAG_LAYOUT_VALUE, value->span, NULL, name, must);
    resolver->mistakes++;
}

/* The slot whose value counts for `slot`: its own, or the one it takes over where
 * unset. */
static uint32_t slot_source(const struct layout *layout, uint32_t slot)
{
    const struct key *key = key_at(slot);
    enum element element = key_element(slot);
    if (layout->values[slot].set || element == ELEMENT_COUNT) {
        return slot;
    }
    switch (key->unset) {
    case UNSET_BODY:
        return key_plain_count() + (slot - key_plain_count()) % key_style_count();
    case UNSET_SPACE_BEFORE:
        return key_style_slot(element, "space-before");
    case UNSET_NEUTRAL:
        break;
    }
    return slot;
}

/* The value that counts for a slot; the neutral default where nothing set it. */
static struct key_value *slot_value(struct layout *layout, uint32_t slot)
{
    uint32_t source = slot_source(layout, slot);
    struct key_value *value = &layout->values[source];
    if (!value->parsed) {
        const struct key *key = key_at(source);
        struct str must;
        str_init(&must);
        if (!key_parse(
                key, text_of(key->fallback), false, &layout->arena, value, &must)) {
            program_stop("default of layout key '%s' is wrong", key->name);
        }
        str_done(&must);
    }
    return value;
}

static unit resolve_length(
    struct resolver *resolver, uint32_t slot, const struct length_context *context)
{
    const struct key *key = key_at(slot);
    struct key_value *value = slot_value(resolver->layout, slot);
    unit length = length_resolve(value->length, context);
    if (length < unit_from_pt(key->least) || length > unit_from_pt(key->most)) {
        struct str must;
        str_init(&must);
        key_append_range(key, &must);
        tell(resolver, value, key, must.data);
        str_done(&must);
    }
    return length;
}

/* A length that others are multiples of: it may be fixed or, where allow_em, in em of the
 * body; `must` says so. */
static unit resolve_basis(
    struct resolver *resolver, uint32_t slot, bool allow_em, const char *must)
{
    struct key_value *value = slot_value(resolver->layout, slot);
    enum length_kind kind = value->length.kind;
    if (kind != LENGTH_ABSOLUTE && !(allow_em && kind == LENGTH_EM)) {
        tell(resolver, value, key_at(slot), must);
        return PLAUSIBLE;
    }
    uint32_t before = resolver->mistakes;
    unit length = resolve_length(resolver, slot, &resolver->context);
    return resolver->mistakes == before ? length : PLAUSIBLE;
}

static void resolve_context(struct resolver *resolver)
{
    struct length_context *context = &resolver->context;
    context->em = resolve_basis(resolver, key_style_slot(ELEMENT_BODY, "size"), false,
        _("a fixed length: pt, mm, cm or a 号 size"));
    const char *must = _("a length in pt, mm, cm, em or a 号 size");
    unit pitch =
        resolve_basis(resolver, key_plain_slot("page.character-pitch"), true, must);
    context->character_pitch = pitch > 0 ? pitch : context->em;
    context->line_pitch =
        resolve_basis(resolver, key_style_slot(ELEMENT_BODY, "line-pitch"), true, must);
}

static void *slot_field(struct layout *layout, uint32_t slot)
{
    enum element element = key_element(slot);
    char *object =
        element == ELEMENT_COUNT ? (char *)layout : (char *)&layout->styles[element];
    return object + key_at(slot)->offset;
}

static void store_number(enum key_type type, void *field, long number)
{
    int integer = (int)number;
    uint32_t colour = (uint32_t)number;
    bool truth = number != 0;
    switch (type) {
    case KEY_BOOL:
        memcpy(field, &truth, sizeof truth);
        break;
    case KEY_COLOUR:
        memcpy(field, &colour, sizeof colour);
        break;
    default:
        memcpy(field, &integer, sizeof integer);
    }
}

static void resolve_slot(struct resolver *resolver, uint32_t slot)
{
    struct layout *layout = resolver->layout;
    const struct key *key = key_at(slot);
    void *field = slot_field(layout, slot);
    if (key->type == KEY_LENGTH) {
        struct length_context context = resolver->context;
        enum element element = key_element(slot);
        if (element != ELEMENT_COUNT && key->offset != offsetof(struct style, size)) {
            context.em = layout->styles[element].size;
        }
        unit length = resolve_length(resolver, slot, &context);
        memcpy(field, &length, sizeof length);
        return;
    }
    const struct key_value *value = slot_value(layout, slot);
    if (key->type == KEY_STRING || key->type == KEY_TEMPLATE || key->type == KEY_NAME ||
        key->type == KEY_LIST) {
        memcpy(field, &value->string, sizeof value->string);
    } else {
        store_number(key->type, field, value->number);
    }
}

/* The body's size is 1 em already when its own size is resolved: it is never in em. */
static void resolve_slots(struct resolver *resolver)
{
    for (int element = 0; element < ELEMENT_COUNT; element++) {
        resolve_slot(resolver, key_style_slot((enum element)element, "size"));
    }
    for (uint32_t slot = 0; slot < key_slot_count(); slot++) {
        resolve_slot(resolver, slot);
    }
}

/* Running lines of even and first pages that no file sets are those of odd pages; where
 * the pages are mirrored, left and right change on even ones. */
static void resolve_running(
    struct layout *layout, const char *group, struct running *sides)
{
    static const char *const side_names[] = {
        [SIDE_FIRST] = "first", [SIDE_ODD] = "odd", [SIDE_EVEN] = "even"};
    static const char *const part_names[] = {"left", "centre", "right"};
    for (int side = 0; side < SIDE_COUNT; side++) {
        bool swap = side == SIDE_EVEN && layout->mirror;
        const struct running *odd = &sides[SIDE_ODD];
        const char *const from[] = {
            swap ? odd->right : odd->left, odd->centre, swap ? odd->left : odd->right};
        const char **to[] = {&sides[side].left, &sides[side].centre, &sides[side].right};
        for (size_t part = 0; side != SIDE_ODD && part < 3; part++) {
            char path[KEY_PATH_LIMIT];
            snprintf(
                path, sizeof path, "%s.%s.%s", group, side_names[side], part_names[part]);
            if (!layout->values[key_plain_slot(path)].set) {
                *to[part] = from[part];
            }
        }
    }
}

static void resolve_page(struct resolver *resolver)
{
    struct layout *layout = resolver->layout;
    if (layout->paper_width == 0) {
        layout->paper_width = unit_from_mm(papers[layout->paper].width);
    }
    if (layout->paper_height == 0) {
        layout->paper_height = unit_from_mm(papers[layout->paper].height);
    }
    if (layout->characters > 0) {
        layout->margin_outer = layout->paper_width - layout->margin_inner -
                               layout->characters * resolver->context.character_pitch;
    }
    if (layout->lines > 0) {
        unit pitch =
            layout->grid_pitch > 0 ? layout->grid_pitch : resolver->context.line_pitch;
        layout->margin_bottom =
            layout->paper_height - layout->margin_top - layout->lines * pitch;
    }
}

/* Of several slots the one set last: by the nearest file, and there furthest down. */
static struct key_value *slot_latest(
    struct layout *layout, const char *const names[], size_t count)
{
    struct key_value *latest = &layout->values[key_plain_slot(names[0])];
    for (size_t i = 1; i < count; i++) {
        struct key_value *value = &layout->values[key_plain_slot(names[i])];
        bool nearer =
            value->depth > latest->depth ||
            (value->depth == latest->depth && value->span.offset > latest->span.offset);
        if (value->set && (nearer || !latest->set)) {
            latest = value;
        }
    }
    return latest;
}

/* The type area holds at least one body character and one line, inside the paper. */
static void check_room(struct resolver *resolver)
{
    static const char *const across[] = {"page.paper", "page.width", "page.margin-inner",
        "page.margin-outer", "page.characters"};
    static const char *const down[] = {"page.paper", "page.height", "page.margin-top",
        "page.margin-bottom", "page.lines"};
    struct layout *layout = resolver->layout;
    unit measure = layout_measure(layout), height = layout_area_height(layout);
    bool narrow = measure < resolver->context.em || layout->margin_outer < 0;
    bool low = height < resolver->context.line_pitch || layout->margin_bottom < 0;
    if (!narrow && !low) {
        return;
    }
    const struct key_value *cause =
        narrow ? slot_latest(layout, across, 5) : slot_latest(layout, down, 5);
    struct str width_text, height_text;
    str_init(&width_text);
    str_init(&height_text);
    str_append_pt(&width_text, measure);
    str_append_pt(&height_text, height);
    diag_add(resolver->sink, DIAG_LAYOUT_NO_ROOM, cause->span, NULL, width_text.data,
        height_text.data);
    str_done(&width_text);
    str_done(&height_text);
    resolver->mistakes++;
}

/* Each element keeps room for one of its characters beside indents and label. */
static void check_indents(struct resolver *resolver)
{
    static const char *const names[] = {"indent-left", "indent-right", "label-width"};
    struct layout *layout = resolver->layout;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        enum element element = (enum element)i;
        const struct style *style = &layout->styles[element];
        int64_t room = (int64_t)layout_measure(layout) - style->indent_left -
                       style->indent_right - style->label_width;
        if (room >= style->size) {
            continue;
        }
        struct span span = SPAN_NONE;
        for (size_t k = 0; k < 3 && span.file == SPAN_NO_FILE; k++) {
            span = layout->values[key_style_slot(element, names[k])].span;
        }
        struct str text;
        str_init(&text);
        str_append_pt(&text, room);
        diag_add(resolver->sink, DIAG_LAYOUT_INDENT, span, NULL, element_name(element),
            text.data);
        str_done(&text);
        resolver->mistakes++;
    }
}

/* least ≤ natural ≤ most of one kind of white. */
static void check_gap(
    struct resolver *resolver, const char *const names[3], const struct gap_limits *gap)
{
    bool least_wrong = gap->least > gap->natural;
    if (!least_wrong && gap->most >= gap->natural) {
        return;
    }
    struct layout *layout = resolver->layout;
    uint32_t slot = key_plain_slot(names[least_wrong ? 1 : 2]);
    struct key_value *value = slot_latest(layout,
        least_wrong ? (const char *const[]){names[0], names[1]}
                    : (const char *const[]){names[0], names[2]},
        2);
    struct str must;
    str_init(&must);
    str_append_string(
        &must, least_wrong ? _("at most natural: ") : _("at least natural: "));
    str_append_number(&must, gap->natural / 1000.0, 3);
    str_append_string(&must, "em");
    tell(resolver, value, key_at(slot), must.data);
    str_done(&must);
}

static void check_gaps(struct resolver *resolver)
{
    static const char *const han_latin[] = {
        "rules.han-latin.natural", "rules.han-latin.least", "rules.han-latin.most"};
    static const char *const word[] = {
        "rules.word.natural", "rules.word.least", "rules.word.most"};
    check_gap(resolver, han_latin, &resolver->layout->rules.han_latin);
    check_gap(resolver, word, &resolver->layout->rules.word);
}

static uint64_t fingerprint(struct layout *layout)
{
    uint64_t hash = HASH_SEED;
    for (uint32_t slot = 0; slot < key_slot_count(); slot++) {
        const void *field = slot_field(layout, slot);
        enum key_type type = key_at(slot)->type;
        if (type == KEY_STRING || type == KEY_TEMPLATE || type == KEY_NAME ||
            type == KEY_LIST) {
            const char *string;
            memcpy(&string, field, sizeof string);
            hash = hash_bytes(hash, string, strlen(string) + 1);
        } else {
            hash = hash_bytes(hash, field, type == KEY_BOOL ? sizeof(bool) : sizeof(int));
        }
    }
    return hash;
}

uint32_t layout_resolve(struct layout *layout, struct diagnostics *sink)
{
    struct resolver resolver = {.layout = layout, .sink = sink};
    resolve_context(&resolver);
    resolve_slots(&resolver);
    resolve_running(layout, "header", layout->header);
    resolve_running(layout, "footer", layout->footer);
    resolve_page(&resolver);
    check_gaps(&resolver);
    if (resolver.mistakes == 0) { /* else what they say would follow from those */
        check_room(&resolver);
    }
    if (resolver.mistakes == 0) {
        check_indents(&resolver);
    }
    layout->fingerprint = fingerprint(layout);
    return resolver.mistakes;
}

unit layout_measure(const struct layout *layout)
{
    return layout->paper_width - layout->margin_inner - layout->margin_outer;
}

unit layout_area_height(const struct layout *layout)
{
    return layout->paper_height - layout->margin_top - layout->margin_bottom;
}

static void tell_unknown_paper(
    const struct key *key, const char *name, struct diagnostics *sink)
{
    struct str hint;
    str_init(&hint);
    key_append_range(key, &hint);
    diag_add(sink, DIAG_UNKNOWN_PAPER, SPAN_NONE, hint.data, name);
    str_done(&hint);
}

bool layout_set_paper(struct layout *layout, const char *name, struct diagnostics *sink)
{
    uint32_t slot = key_plain_slot("page.paper");
    struct key_value paper = {.set = true, .depth = UINT32_MAX, .span = SPAN_NONE};
    struct str must;
    str_init(&must);
    bool known =
        key_parse(key_at(slot), text_of(name), false, &layout->arena, &paper, &must);
    str_done(&must);
    if (!known) {
        tell_unknown_paper(key_at(slot), name, sink);
        return false;
    }
    layout->values[slot] = paper;
    layout->values[key_plain_slot("page.width")] = (struct key_value){.span = SPAN_NONE};
    layout->values[key_plain_slot("page.height")] = (struct key_value){.span = SPAN_NONE};
    uint32_t mistakes = layout_resolve(layout, sink);
    if (mistakes > 0) {
        diag_add(sink, DIAG_LAYOUT_REFUSED, SPAN_NONE, NULL, layout->name, mistakes);
    }
    return mistakes == 0;
}
