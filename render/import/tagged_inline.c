/* tagged_inline: the text of a block, with what stands in it: bold, links, code, ruby, marks
 * of notes.
 *
 * First everything is joined to one text, as lines are (join.h), and what each part of it is
 * is kept in pieces; then the pieces are written as Markdown. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"
#include "import/join.h"
#include "import/tagged.h"

#define NEXT_LINE   0.6F /* of the size: another height is another line */
#define CELL        0.6F /* em: width of a character of code */
#define CELL_LEAST  0.4F /* em: a smaller indent is none */
#define INDENT_MOST 120  /* characters */
#define NO_NOTE     SIZE_MAX

struct piece {
    uint32_t start, end; /* bytes of the text */
    bool bold, code;
    int8_t raised;          /* 1 superscript, −1 subscript */
    const struct tag *link; /* it stands in; NULL: in none */
    struct text ruby;       /* stands over it; "" */
    size_t note;            /* it refers to; NO_NOTE */
};

struct gathering {
    struct arena *arena;
    struct tagged_notes *notes;
    struct joiner joiner;
    VEC(struct piece) pieces;
    struct piece style;     /* of what is gathered now */
    const struct tag *leaf; /* the last one; NULL at the start */
};

bool tagged_is_block(const struct tag *tag)
{
    switch (tag->kind) {
    case TAG_HEADING:
    case TAG_PARAGRAPH:
    case TAG_LIST:
    case TAG_LIST_ITEM:
    case TAG_LIST_BODY:
    case TAG_TABLE:
    case TAG_ROW:
    case TAG_HEADER_CELL:
    case TAG_CELL:
    case TAG_FIGURE:
    case TAG_CAPTION:
    case TAG_NOTE:
    case TAG_TOC:
    case TAG_TOC_ITEM:
    case TAG_QUOTE:
        return true;
    default:
        return false;
    }
}

static bool starts_white(struct text t)
{
    size_t at = 0;

    return t.length > 0 && char_is_space(utf8_next(t.data, t.length, &at));
}

static bool ends_white(struct text t)
{
    size_t at = t.length;

    return t.length > 0 && char_is_space(utf8_previous(t.data, &at));
}

/* One line of a leaf. */
static void add_line(struct gathering *g, struct text t)
{
    struct import_line line = {.text = import_tidy_line(g->arena, t)};

    g->joiner.space = g->joiner.space || starts_white(t);
    joiner_add(&g->joiner, &line, 0);
    g->joiner.space = g->joiner.space || (line.text.length > 0 && ends_white(t));
}

static void add_leaf(struct gathering *g, const struct tag *leaf)
{
    struct piece piece = g->style;
    float size =
        g->leaf != NULL && g->leaf->size > leaf->size ? g->leaf->size : leaf->size;

    if (g->leaf != NULL && (g->leaf->page != leaf->page ||
                               fabsf(g->leaf->bottom - leaf->top) > size * NEXT_LINE))
        joiner_end_line(&g->joiner, false);
    piece.start = (uint32_t)g->joiner.out.length;
    piece.bold = leaf->bold;
    piece.raised = leaf->raised;
    for (size_t at = 0; at <= leaf->text.length;) {
        size_t end = at + text_find(text_slice(leaf->text, at, leaf->text.length), "\n");

        if (at > 0)
            joiner_end_line(&g->joiner, false);
        add_line(g, text_slice(leaf->text, at, end));
        at = end + 1;
    }
    piece.end = (uint32_t)g->joiner.out.length;
    g->leaf = leaf;
    if (piece.end == piece.start)
        return;
    struct piece *last = g->pieces.length > 0 ? vec_last(&g->pieces) : NULL;

    if (last != NULL && last->code && piece.code && last->link == piece.link)
        last->end = piece.end; /* code over two lines or pages is one */
    else
        vec_push(&g->pieces, piece);
}

static void gather_kids(struct gathering *g, const struct tag *tag);

/* The characters of tag alone. */
static struct text plain_text(struct arena *arena, const struct tag *tag)
{
    struct gathering g = {.arena = arena, .style = {.note = NO_NOTE}};
    struct text plain;

    joiner_init(&g.joiner, false);
    gather_kids(&g, tag);
    plain = text_copy(arena, text_trim(str_text(&g.joiner.out)));
    joiner_done(&g.joiner);
    vec_done(&g.pieces);
    return plain;
}

/* The label of a note: what its mark in the text shows. */
static struct text note_label(struct arena *arena, const struct tag *note)
{
    for (const struct tag *kid = note->first; kid != NULL; kid = kid->next) {
        if (kid->kind == TAG_LABEL)
            return plain_text(arena, kid);
    }
    return TEXT("");
}

/* The note that a mark refers to: the first one with its label that no mark has had. */
static size_t find_note(struct gathering *g, const struct tag *reference)
{
    struct text shown = plain_text(g->arena, reference);

    for (size_t i = 0; g->notes != NULL && i < g->notes->notes.length; i++) {
        if (!g->notes->used.data[i] && shown.length > 0 &&
            text_equal(shown, note_label(g->arena, g->notes->notes.data[i]))) {
            g->notes->used.data[i] = true;
            return i;
        }
    }
    return NO_NOTE;
}

static void gather_reference(struct gathering *g, const struct tag *tag)
{
    struct piece before = g->style;

    if (g->style.note == NO_NOTE)
        g->style.note = find_note(g, tag);
    gather_kids(g, tag);
    g->style = before;
}

/* Bases with what stands over each. */
static void gather_ruby(struct gathering *g, const struct tag *ruby)
{
    for (const struct tag *kid = ruby->first; kid != NULL; kid = kid->next) {
        if (kid->kind == TAG_RUBY_TEXT || kid->kind == TAG_RUBY_MARK)
            continue;
        const struct tag *over = kid->next;

        while (over != NULL && over->kind == TAG_RUBY_MARK)
            over = over->next;
        if (over != NULL && over->kind == TAG_RUBY_TEXT)
            g->style.ruby = plain_text(g->arena, over);
        if (kid->kind == TAG_TEXT)
            add_leaf(g, kid);
        else
            gather_kids(g, kid);
        g->style.ruby = TEXT("");
    }
}

static void gather(struct gathering *g, const struct tag *tag)
{
    struct piece before = g->style;

    switch (tag->kind) {
    case TAG_TEXT:
        add_leaf(g, tag);
        break;
    case TAG_RUBY:
        gather_ruby(g, tag);
        break;
    case TAG_REFERENCE:
        gather_reference(g, tag);
        break;
    case TAG_ARTIFACT:
        break;
    case TAG_LABEL: /* of an item or a note: who reads them makes it anew */
        if (tag->parent->kind != TAG_LIST_ITEM && tag->parent->kind != TAG_NOTE)
            gather_kids(g, tag);
        break;
    case TAG_LINK:
        g->style.link = tag;
        gather_kids(g, tag);
        break;
    case TAG_CODE:
        g->style.code = true;
        gather_kids(g, tag);
        break;
    default:
        gather_kids(g, tag);
        break;
    }
    g->style = before;
}

static void gather_kids(struct gathering *g, const struct tag *tag)
{
    for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next) {
        if (!tagged_is_block(kid))
            gather(g, kid);
    }
}

/* ---- Markdown ---- */

static struct text piece_text(const struct gathering *g, const struct piece *piece)
{
    return text_slice(str_text(&g->joiner.out), piece->start, piece->end);
}

/* A block that is bold as a whole is so by its style. */
static void drop_style(struct gathering *g)
{
    for (size_t i = 0; i < g->pieces.length; i++) {
        if (!g->pieces.data[i].bold && !g->pieces.data[i].code)
            return;
    }
    for (size_t i = 0; i < g->pieces.length; i++)
        g->pieces.data[i].bold = false;
}

static void cut(struct gathering *g, size_t start, size_t end)
{
    for (size_t i = 0; i < g->pieces.length; i++) {
        struct piece *piece = &g->pieces.data[i];

        piece->start = piece->start < start ? (uint32_t)start : piece->start;
        piece->end = piece->end > end ? (uint32_t)end : piece->end;
        piece->end = piece->end < piece->start ? piece->start : piece->end;
    }
}

static void append_code(struct str *out, struct text t)
{
    size_t most = 0, ticks = 0;

    if (text_starts(t, " "))
        str_append_char(out, ' ');
    t = text_trim(t);
    for (size_t i = 0; i < t.length; i++) {
        ticks = t.data[i] == '`' ? ticks + 1 : 0;
        most = ticks > most ? ticks : most;
    }
    bool padded = text_starts(t, "`") || text_ends(t, "`");

    for (size_t i = 0; i <= most; i++)
        str_append_char(out, '`');
    str_append_string(out, padded ? " " : "");
    str_append_text(out, t);
    str_append_string(out, padded ? " " : "");
    for (size_t i = 0; i <= most; i++)
        str_append_char(out, '`');
}

static void append_piece(
    const struct gathering *g, struct str *out, const struct piece *piece)
{
    struct text t = piece_text(g, piece);
    const char *raised = piece->raised > 0 ? "sup" : "sub";

    if (piece->note != NO_NOTE) {
        str_printf(out, "[^%zu]", piece->note + 1);
    } else if (piece->code) {
        append_code(out, t);
    } else if (piece->ruby.length > 0) {
        str_append_string(out, "<ruby>");
        markdown_escape(out, t);
        str_append_string(out, "<rt>");
        markdown_escape(out, piece->ruby);
        str_append_string(out, "</rt></ruby>");
    } else if (piece->raised != 0) {
        str_printf(out, "<%s>", raised);
        markdown_escape(out, t);
        str_printf(out, "</%s>", raised);
    } else {
        if (out->length == 0)
            markdown_escape_start(out, &t);
        markdown_escape(out, t);
    }
}

/* Pieces [start, end), which have the same link, with their bold parts. */
static void append_bold(
    const struct gathering *g, struct str *out, size_t start, size_t end)
{
    for (size_t i = start; i < end;) {
        size_t stop = i + 1;
        bool bold = g->pieces.data[i].bold;

        while (stop < end && g->pieces.data[stop].bold == bold)
            stop++;
        struct piece first = g->pieces.data[i];

        if (bold && text_starts(piece_text(g, &first), " ")) {
            str_append_char(out, ' ');
            first.start++;
        }
        str_append_string(out, bold ? "**" : "");
        append_piece(g, out, &first);
        for (size_t k = i + 1; k < stop; k++)
            append_piece(g, out, &g->pieces.data[k]);
        str_append_string(out, bold ? "**" : "");
        i = stop;
    }
}

/* Would what follows a bare address be taken for a part of it? */
static bool runs_on(const struct gathering *g, size_t next)
{
    bool text = next < g->pieces.length && g->pieces.data[next].note == NO_NOTE;
    struct text t = text ? piece_text(g, &g->pieces.data[next]) : TEXT("");

    return t.length > 0 && (unsigned char)t.data[0] > ' ' &&
           (unsigned char)t.data[0] < 0x7F && strchr(".,;:!?)\"'", t.data[0]) == NULL;
}

static void append_linked(
    const struct gathering *g, struct str *out, size_t start, size_t end)
{
    const struct tag *link = g->pieces.data[start].link;
    struct text plain = text_slice(str_text(&g->joiner.out), g->pieces.data[start].start,
        g->pieces.data[end - 1].end);
    struct str label;

    if (text_starts(plain, " ")) {
        str_append_char(out, ' ');
        g->pieces.data[start].start++;
        plain = text_slice(plain, 1, plain.length);
    }
    if (markdown_says_itself(plain, link->url) && !runs_on(g, end)) {
        str_append_text(out, plain);
        return;
    }
    str_init(&label);
    append_bold(g, &label, start, end);
    markdown_append_link(out, str_text(&label), link->url);
    str_done(&label);
}

static void append_pieces(const struct gathering *g, struct str *out)
{
    for (size_t i = 0; i < g->pieces.length;) {
        const struct piece *piece = &g->pieces.data[i];
        bool linked =
            piece->link != NULL && piece->link->url.length > 0 && piece->note == NO_NOTE;
        size_t end = i + 1;

        while (end < g->pieces.length && g->pieces.data[end].link == piece->link &&
               (!linked || g->pieces.data[end].note == NO_NOTE))
            end++;
        if (linked)
            append_linked(g, out, i, end);
        else
            append_bold(g, out, i, end);
        i = end;
    }
}

/* The address of a text that is one link. */
static struct text only_url(const struct gathering *g)
{
    const struct tag *link = g->pieces.length > 0 ? g->pieces.data[0].link : NULL;

    for (size_t i = 0; link != NULL && i < g->pieces.length; i++) {
        if (g->pieces.data[i].link != link)
            return TEXT("");
    }
    return link != NULL ? link->url : TEXT("");
}

struct tagged_text tagged_inline(struct arena *arena, const struct tag *tag,
    struct tagged_notes *notes, size_t start, size_t end)
{
    struct gathering g = {.arena = arena, .notes = notes, .style = {.note = NO_NOTE}};
    struct tagged_text text;
    struct str out;

    str_init(&out);
    joiner_init(&g.joiner, false);
    if (tag->kind == TAG_TEXT)
        add_leaf(&g, tag);
    else
        gather_kids(&g, tag);
    while (start > 0 && start < g.joiner.out.length && g.joiner.out.data[start] == ' ')
        start++;
    if (start > 0 || end < g.joiner.out.length)
        cut(&g, start, end);
    drop_style(&g);
    append_pieces(&g, &out);
    text.plain =
        text_copy(arena, text_trim(text_slice(str_text(&g.joiner.out), start, end)));
    text.markdown = text_copy(arena, text_trim(str_text(&out)));
    text.url = only_url(&g);
    str_done(&out);
    joiner_done(&g.joiner);
    vec_done(&g.pieces);
    return text;
}

/* ---- code ---- */

void tagged_append_line_start(struct str *out, float indent, float size)
{
    str_append_char(out, '\n');
    for (int i = 0; i < INDENT_MOST && indent > size * CELL_LEAST; i++) {
        str_append_char(out, '\v');
        indent -= size * CELL;
    }
}

/* The leaves of a block of code while they are joined. */
struct code_reader {
    struct str out;
    const struct tag *first, *last; /* leaves; NULL at the start */
};

static void append_code_leaf(struct code_reader *r, const struct tag *leaf)
{
    const struct tag *last = r->last;

    if (last == NULL)
        r->first = leaf;
    else if (last->page != leaf->page ||
             fabsf(last->bottom - leaf->top) > leaf->size * NEXT_LINE)
        tagged_append_line_start(&r->out, leaf->left - r->first->left, leaf->size);
    str_append_text(&r->out, leaf->text);
    r->last = leaf;
}

static void append_code_leaves(struct code_reader *r, const struct tag *tag)
{
    for (const struct tag *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid->kind == TAG_TEXT)
            append_code_leaf(r, kid);
        else
            append_code_leaves(r, kid);
    }
}

struct text tagged_code(struct arena *arena, const struct tag *tag)
{
    struct code_reader r = {.first = NULL};
    struct text code;

    str_init(&r.out);
    append_code_leaves(&r, tag);
    for (size_t i = 0; i < r.out.length; i++)
        r.out.data[i] = r.out.data[i] == '\v' ? ' ' : r.out.data[i];
    code = text_copy(arena, str_text(&r.out));
    str_done(&r.out);
    return code;
}
