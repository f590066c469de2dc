/* figures: see figures.h.
 *
 *     ├──── column ────┼──── column ────┤
 *     │   ┌───────┐    │                │
 *     │   │       │    │   ┌───────┐    │   images stand on one line at their foot,
 *     │   └───────┘    │   └───────┘    │   white is shared between the columns
 *     │    图1 …        │    图2 …        │   captions begin on one line
 *
 * A row and its captions are one box of the vertical list, so that no page comes between.
 * An image has the author's width, else that of its own resolution (a screen's where the
 * file does not say); none is wider than the measure or taller than a page. Several that
 * are too wide together share rows of at most ROW_MOST and get one height. Enlarging
 * small images to the measure was rejected: a screenshot of two words would shout. */
#include "flow/figures.h"

#include <string.h>
#include "base/i18n.h"
#include "flow/blocks.h"
#include "flow/number.h"

#define ROW_MOST      3 /* images side by side: more cannot be read on A4 */
#define CAPTION_LINES 3 /* of a page's height are kept for captions */
#define BOX_SHARE     2 /* a box without image has this part of the measure as width */
#define BOX_ASPECT    3 /* and this part of its width as height */
#define FRAME         (UNIT_PT / 2)
#define FRAME_COLOUR  0x808080u
#define LABEL_COLOUR  0x595959u /* 7:1 on white: readable for all (WCAG) */
#define DPI_LEAST     200       /* at the placed size: below it print shows the pixels */
#define BODY_MIDDLE   380       /* of a Han above the baseline, 1/1000 em */

/* What stands for a picture, by the document's language. */
struct labels {
    const char *language;
    const char *missing, *remote;
    const char *unnamed; /* what a picture without alternative text is called */
};

static const struct labels *labels_of(const struct flow *flow)
{
    static const struct labels labels[] = {
        {"zh-Hant", "圖片缺失：", "遠端圖片，未取回：", "圖"},
        {"ja", "画像なし：", "外部の画像、取得せず：", "図"},
        {"en", "Missing image: ", "Remote image, not fetched: ", "Figure"},
        {"", "图片缺失：", "远程图片，未取回：", "图"}, /* any other */
    };
    size_t i = 0;

    while (
        labels[i].language[0] != '\0' && strcmp(labels[i].language, flow->language) != 0)
        i++;
    return &labels[i];
}

static const char *missing_label(const struct flow *flow, const struct picture *picture)
{
    const struct labels *labels = labels_of(flow);

    return image_is_remote(picture->address) ? labels->remote : labels->missing;
}

void figures_add_label(
    struct flow *flow, const struct picture *picture, struct run_list *list)
{
    enum run_nature nature = list->base.nature;

    runs_string(list, missing_label(flow, picture));
    list->base.nature = NATURE_URL;
    runs_string(list, image_shown_address(&flow->arena, picture->address));
    list->base.nature = nature;
}

static bool is_svg(const struct flow *flow, const struct picture *picture)
{
    return picture->image != FLOW_NONE &&
           flow->book->images.data[picture->image]->format == IMAGE_SVG;
}

static void read_image(struct flow *flow, struct picture *picture)
{
    const struct flow_context *context = flow->context;
    struct image *image;

    picture->image = FLOW_NONE;
    if (context->images == NULL)
        return;
    image = image_find(context->images, &context->image_roots, picture->address,
        picture->span, flow->sink);
    if (image == NULL)
        return;
    picture->image = book_add_image(flow->book, image);
    image_natural_size(image, &picture->width, &picture->height);
    image_unref(image);
    if (is_svg(flow, picture))
        diag_add(flow->sink, DIAG_SVG_PIXELS, picture->span, NULL,
            image_shown_address(&flow->arena, picture->address), IMAGE_SVG_DPI);
}

void figures_find(struct flow *flow, struct text address, struct span span,
    struct text wanted, struct picture *ret_picture)
{
    *ret_picture = (struct picture){
        .address = address, .span = span, .wanted = wanted, .wanted_span = span};
    read_image(flow, ret_picture);
    ret_picture->parent = ret_picture->home = flow->parent;
}

void figures_read(struct flow *flow, const struct node *node, struct picture *ret_picture)
{
    *ret_picture = (struct picture){.address = node->u.link.url,
        .alternative = flow_plain_text(flow, node),
        .title = node->u.link.title,
        .span = node->span};
    if (text_trim(ret_picture->alternative).length == 0 && node->u.link.url.length > 0)
        diag_add(flow->sink, RULE_IMAGE_NO_ALT, node->span, NULL,
            image_shown_address(&flow->arena, node->u.link.url));
    if (node->attributes != NULL) {
        ret_picture->wanted = node->attributes->width;
        ret_picture->wanted_span = node->attributes->span;
    }
    read_image(flow, ret_picture);
}

static bool is_word(const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        return text_trim(node->text).length > 0;
    case NODE_LINK:
        return node->first_child == NULL || node->first_child != node->last_child ||
               node->first_child->kind != NODE_IMAGE;
    case NODE_IMAGE:
    case NODE_CAPTION:
    case NODE_SOFT_BREAK:
    case NODE_LINE_BREAK:
        return false;
    default:
        return true;
    }
}

bool figures_has_company(const struct node *image)
{
    const struct node *outer = image;

    while (outer->parent != NULL && outer->parent->kind >= NODE_TEXT) {
        outer = outer->parent;
        if (outer->first_child != outer->last_child && outer->kind != NODE_LINK)
            return true; /* emphasis of image and words */
    }
    if (outer->parent == NULL)
        return false;
    for (const struct node *n = outer->parent->first_child; n != NULL; n = n->next)
        if (n != outer && is_word(n))
            return true;
    return false;
}

/* The author's width: a part of the room, or a length. */
static bool read_width(
    struct flow *flow, const struct picture *picture, unit room, unit *ret)
{
    const struct style *body = &flow->layout->styles[ELEMENT_BODY];
    const struct length_context context = {body->size, body->line_pitch, body->size};
    struct text wanted = picture->wanted;
    struct length length;
    double part;
    bool percent = text_ends(wanted, "%");

    if (percent && text_to_double(text_slice(wanted, 0, wanted.length - 1), &part) &&
        part > 0 && part <= 100) {
        *ret = (unit)(room * (part / 100));
        return *ret > 0;
    }
    if (!percent && length_parse(wanted, false, &length)) {
        *ret = length_resolve(length, &context);
        if (*ret > 0)
            return true;
    }
    diag_add(flow->sink, DIAG_ATTRIBUTE_VALUE, picture->wanted_span, NULL, "width",
        _("a length such as 8cm, or a percentage up to 100%"));
    return false;
}

/* The size that a picture asks for in room. */
static void ask_size(struct flow *flow, struct picture *picture, unit room)
{
    unit width = 0;

    if (picture->image == FLOW_NONE && picture->width == 0) {
        picture->width = room / BOX_SHARE;
        picture->height = picture->width / BOX_ASPECT;
    }
    if (picture->width < 1)
        picture->width = 1;
    if (picture->height < 1)
        picture->height = 1;
    if (picture->wanted.length == 0 || !read_width(flow, picture, room, &width))
        return;
    picture->height = (unit)unit_muldiv(picture->height, width, picture->width);
    picture->width = width;
    picture->fixed = true;
}

/* Make a picture `width` wide, or less high than most, in its proportion. */
static void limit(struct picture *picture, unit width, unit most)
{
    if (picture->width > width) {
        picture->height = (unit)unit_muldiv(picture->height, width, picture->width);
        picture->width = width;
    }
    if (picture->height > most) {
        picture->width = (unit)unit_muldiv(picture->width, most, picture->height);
        picture->height = most;
    }
    picture->width = picture->width < 1 ? 1 : picture->width;
    picture->height = picture->height < 1 ? 1 : picture->height;
}

static unit gap_of(const struct flow *flow)
{
    return flow->layout->styles[ELEMENT_BODY].size;
}

static int64_t total_width(
    const struct flow *flow, const struct picture *row, uint32_t count)
{
    int64_t total = (int64_t)gap_of(flow) * (count > 0 ? count - 1 : 0);

    for (uint32_t i = 0; i < count; i++)
        total += row[i].width;
    return total;
}

/* How many of the pictures stand in the next row. */
static uint32_t row_length(
    const struct flow *flow, const struct picture *pictures, uint32_t count, unit width)
{
    uint32_t group = 1, fits = 1, rows;
    bool fixed = pictures[0].fixed;

    while (group < count && !pictures[group].row_before)
        fixed = pictures[group++].fixed || fixed;
    while (fits < group && total_width(flow, pictures, fits + 1) <= width)
        fits++;
    if (fixed || fits == group)
        return fits;
    fits = fits < ROW_MOST ? ROW_MOST : fits;
    rows = (group + fits - 1) / fits;
    return (group + rows - 1) / rows;
}

/* One height for all that are higher, so that the row is as wide as its room. */
static void share_height(
    const struct flow *flow, struct picture *row, uint32_t count, unit width)
{
    int64_t room = width - (int64_t)gap_of(flow) * (count - 1), asked = 0, height;

    for (uint32_t i = 0; i < count; i++)
        asked += unit_muldiv(row[i].width, UNIT_PT, row[i].height);
    height = unit_muldiv(room > 0 ? room : 1, UNIT_PT, asked > 0 ? asked : 1);
    for (uint32_t i = 0; i < count; i++)
        limit(&row[i], width, height < 1 ? 1 : (unit)height);
}

/* A picture without alternative text is read as “图 N”: the number of its caption, else
 * its own among all pictures. */
static uint32_t figure_structure(struct flow *flow, const struct picture *picture)
{
    struct book *book = flow->book;
    uint32_t id = book_add_structure(book, STRUCTURE_FIGURE, picture->parent);
    struct text alternative = picture->alternative;

    flow->picture_count++;
    if (text_trim(alternative).length == 0) /* told when it was read */
        alternative = text_of(arena_print(&flow->arena, "%s %u", labels_of(flow)->unnamed,
            picture->title.length > 0 ? flow->counters.figure + 1 : flow->picture_count));
    book->structures.data[id].alt = flow_keep(flow, alternative);
    return id;
}

/* The lines inside a box without image; it grows until they fit. */
static uint32_t compose_label(
    struct flow *flow, struct picture *picture, uint32_t structure)
{
    const struct style *style = &flow->layout->styles[ELEMENT_CAPTION];
    struct measure measure = {
        .align = TEXT_CENTRE, .width = picture->width - style->size};
    struct run_list list;
    const struct run *runs;
    uint32_t count, setting;
    unit height;

    if (measure.width < style->size)
        measure.width = style->size;
    runs_begin(&list, flow, ELEMENT_CAPTION, structure);
    list.base.colour = LABEL_COLOUR;
    list.base.link = picture->link;
    figures_add_label(flow, picture, &list);
    runs = runs_finish(&list, &count);
    runs_done(&list);
    setting = blocks_compose(flow, ELEMENT_CAPTION, runs, count, 0, measure);
    if (setting == FLOW_NONE)
        return setting;
    height = (unit)flow->settings.data[setting].composed->line_count * style->line_pitch +
             style->size;
    if (picture->height < height)
        picture->height = height;
    return setting;
}

static uint32_t compose_caption(
    struct flow *flow, const struct picture *picture, unit x, unit width)
{
    uint32_t structure = book_add_structure(flow->book, STRUCTURE_CAPTION, picture->home);
    struct measure measure = {.align = TEXT_CENTRE, .width = width};
    struct run_list list;
    const struct run *runs;
    uint32_t count, setting;

    runs_begin(&list, flow, ELEMENT_CAPTION, structure);
    blocks_caption_number(flow, CAPTION_FIGURE, &list);
    runs_source(&list, picture->title, picture->span);
    runs = runs_finish(&list, &count);
    runs_done(&list);
    setting = blocks_compose(flow, ELEMENT_CAPTION, runs, count, x, measure);
    return setting;
}

static unit setting_height(const struct flow *flow, uint32_t index)
{
    const struct setting *setting;

    if (index == FLOW_NONE)
        return 0;
    setting = &flow->settings.data[index];
    return (unit)setting->composed->line_count * setting->pitch;
}

/* Tell a picture whose pixels print will show. */
static void tell_coarse(struct flow *flow, const struct picture *picture)
{
    uint32_t dpi;

    if (picture->image == FLOW_NONE || is_svg(flow, picture))
        return;
    dpi = image_resolution(
        flow->book->images.data[picture->image], picture->width, picture->height);
    if (dpi < DPI_LEAST)
        diag_add(flow->sink, RULE_IMAGE_RESOLUTION, picture->span, NULL,
            arena_print(&flow->arena, "%u", dpi));
}

/* A picture in its column, which begins at x; its y is set when the row's height is
 * known. */
static void place(struct flow *flow, struct picture *picture, unit x, unit column)
{
    struct figure figure = {.image = picture->image,
        .structure = figure_structure(flow, picture),
        .link = picture->link,
        .label = FLOW_NONE,
        .caption = FLOW_NONE};

    if (picture->image == FLOW_NONE)
        figure.label = compose_label(flow, picture, figure.structure);
    if (picture->title.length > 0)
        figure.caption = compose_caption(flow, picture, x, column);
    figure.x = x + (column - picture->width) / 2;
    figure.width = picture->width;
    figure.height = picture->height;
    tell_coarse(flow, picture);
    vec_push(&flow->figures, figure);
}

/* Give the row's figures their places from its top; returns its height. */
static unit stand(struct flow *flow, uint32_t first)
{
    const struct style *style = &flow->layout->styles[ELEMENT_CAPTION];
    unit tallest = 0, captions = 0;

    for (size_t i = first; i < flow->figures.length; i++) {
        const struct figure *figure = &flow->figures.data[i];
        unit caption = setting_height(flow, figure->caption);

        tallest = figure->height > tallest ? figure->height : tallest;
        captions = caption > captions ? caption : captions;
    }
    if (captions > 0)
        captions += style->space_after;
    for (size_t i = first; i < flow->figures.length; i++) {
        struct figure *figure = &flow->figures.data[i];

        figure->y = tallest - figure->height;
        figure->caption_y = tallest + style->space_after;
    }
    return tallest + captions;
}

static void add_row(
    struct flow *flow, struct picture *row, uint32_t count, struct picture_room room)
{
    uint32_t first = (uint32_t)flow->figures.length;
    unit x = room.left, gap = gap_of(flow), spare;

    if (total_width(flow, row, count) > room.width)
        share_height(flow, row, count, room.width);
    for (uint32_t i = 0; i < count; i++)
        limit(&row[i], room.width, room.height);
    spare = (unit)(room.width - total_width(flow, row, count)) / (unit)count;
    if (spare < 0 || room.flush)
        spare = 0;
    for (uint32_t i = 0; i < count; i++) {
        unit column = row[i].width + spare;

        place(flow, &row[i], x, column);
        x += column + gap;
    }
    vec_push(&flow->boxes, (struct box_content){.kind = BOX_FIGURES,
                               .x = room.left,
                               .width = room.width,
                               .height = stand(flow, first),
                               .first = first,
                               .count = count});
}

uint32_t figures_arrange(struct flow *flow, const struct picture *pictures,
    uint32_t count, struct picture_room room, uint32_t *ret_count)
{
    struct picture *sized = ARENA_ARRAY(&flow->arena, count, struct picture);
    uint32_t first = (uint32_t)flow->boxes.length;

    for (uint32_t i = 0; i < count; i++) {
        sized[i] = pictures[i];
        ask_size(flow, &sized[i], room.width);
        limit(&sized[i], room.width, room.height);
    }
    for (uint32_t i = 0, row; i < count; i += row) {
        row = row_length(flow, sized + i, count - i, room.width);
        add_row(flow, sized + i, row, room);
    }
    *ret_count = (uint32_t)flow->boxes.length - first;
    return first;
}

static bool any_caption(const struct picture *pictures, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (pictures[i].title.length > 0)
            return true;
    return false;
}

void figures_set(
    struct flow *flow, const struct picture *pictures, uint32_t count, bool flush)
{
    const struct style *caption = &flow->layout->styles[ELEMENT_CAPTION];
    unit space = flow->layout->styles[ELEMENT_BODY].line_pitch / 2;
    struct picture_room room = {.left = blocks_left(flow),
        .width = layout_measure(flow->layout) - blocks_left(flow) - blocks_right(flow),
        .height = (unit)layout_area_height(flow->layout),
        .flush = flush};
    uint32_t first, rows;

    if (count == 0 || flow->failed)
        return;
    if (any_caption(pictures, count) &&
        room.height > 2 * CAPTION_LINES * caption->line_pitch)
        room.height -= CAPTION_LINES * caption->line_pitch + caption->space_after;
    if (room.width < caption->size)
        room.width = caption->size;
    first = figures_arrange(flow, pictures, count, room, &rows);
    for (uint32_t i = first; i < first + rows; i++) {
        vlist_skip(flow->list, space);
        vlist_add(flow->list, VITEM_BOX, i, flow->boxes.data[i].height, pictures[0].span);
        vlist_skip(flow->list, space);
    }
    flow->after_heading = false;
}

uint32_t figures_object(struct flow *flow, const struct picture *picture, unit em)
{
    struct picture sized = *picture;

    ask_size(flow, &sized, em);
    tell_coarse(flow, &sized);
    vec_push(&flow->figures, (struct figure){.image = picture->image,
                                 .width = sized.width,
                                 .height = sized.height,
                                 .structure = figure_structure(flow, picture),
                                 .link = picture->link,
                                 .label = FLOW_NONE,
                                 .caption = FLOW_NONE});
    return (uint32_t)flow->figures.length - 1;
}

static void emit_image(struct flow *flow, const struct figure *figure, uint32_t page,
    unit x, unit y, bool artifact)
{
    struct item *item = page_add_item(
        &flow->book->pages.data[page], ITEM_IMAGE, artifact ? 0 : figure->structure);

    item->artifact = ARTIFACT_LAYOUT;
    item->link = artifact ? 0 : figure->link;
    item->x = x;
    item->y = y;
    item->width = figure->width;
    item->height = figure->height;
    item->u.image.index = figure->image;
}

static void emit_lines(struct flow *flow, uint32_t index, struct line_place place)
{
    for (uint32_t i = 0; i < flow->settings.data[index].composed->line_count; i++) {
        emit_line(flow, index, i, place);
        place.top += flow->settings.data[index].pitch;
    }
}

/* A frame, in it what should be seen. */
static void emit_label(
    struct flow *flow, const struct figure *figure, struct line_place place, bool again)
{
    unit x = place.left + figure->x, y = place.top + figure->y;
    unit w = figure->width, h = figure->height;

    emit_rule(flow, place.page, x, y, w, FRAME, FRAME_COLOUR, ARTIFACT_LAYOUT);
    emit_rule(
        flow, place.page, x, y + h - FRAME, w, FRAME, FRAME_COLOUR, ARTIFACT_LAYOUT);
    emit_rule(flow, place.page, x, y, FRAME, h, FRAME_COLOUR, ARTIFACT_LAYOUT);
    emit_rule(
        flow, place.page, x + w - FRAME, y, FRAME, h, FRAME_COLOUR, ARTIFACT_LAYOUT);
    if (again || figure->label == FLOW_NONE)
        return;
    place.left = x + (w - flow->settings.data[figure->label].measure) / 2;
    place.top = y + (h - setting_height(flow, figure->label)) / 2;
    emit_lines(flow, figure->label, place);
}

void figures_emit(
    struct flow *flow, const struct box_content *box, struct line_place place, bool again)
{
    for (uint32_t i = box->first; i < box->first + box->count; i++) {
        const struct figure *figure = &flow->figures.data[i];
        struct line_place below = place;

        if (figure->image == FLOW_NONE)
            emit_label(flow, figure, place, again);
        else
            emit_image(flow, figure, place.page, place.left + figure->x,
                place.top + figure->y, again);
        below.top += figure->caption_y;
        if (!again && figure->caption != FLOW_NONE)
            emit_lines(flow, figure->caption, below);
    }
}

void figures_emit_object(
    struct flow *flow, const struct glyph_line *line, uint32_t cluster)
{
    const struct run *run = &line->runs[line->text->clusters[cluster].run];
    const struct figure *figure = &flow->figures.data[run->object];
    unit middle = line->baseline - run->baseline_shift -
                  (unit)unit_muldiv(run->size, BODY_MIDDLE, 1000);

    emit_image(flow, figure, line->page, line->x + line->placed[cluster].x,
        middle - figure->height / 2, run->structure == 0);
}
