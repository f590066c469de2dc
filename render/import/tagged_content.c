/* tagged_content: an interpreter of content streams (ISO 32000-1, 7.8.2, 9.4, 14.6) that
 * knows as much as text needs: fonts, the heights of baselines, marked content.
 *
 * Widths are not needed: within a line spaces are characters in a tagged PDF (PDF/UA-1,
 * 7.2); only where a line ends none may be there, and that is seen by the heights. */
#include "import/tagged_content.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "import/tagged.h"
#include "base/utf8.h"

#define OPERANDS_LIMIT 4096u       /* of one operator; what comes behind is dropped */
#define STATES_LIMIT   64u         /* q in q */
#define MARKS_LIMIT    256u        /* marked content in marked content */
#define NESTING_LIMIT  32          /* << in << */
#define TEXT_LIMIT     (64u << 20) /* bytes of text of a document */
#define NEXT_LINE      0.6         /* of the size: another height is another line */
#define RAISED_LEAST   0.08        /* of the size: less is no superscript */
#define PART_GAP       2.0F        /* em: a wider gap parts a line */
#define WIDE_FROM      0x2E80      /* code points that are an em wide */
#define SMALLER        0.9         /* of the size: superscripts are smaller than this */
#define NO_MCID        (-1)

enum operand_kind { OPERAND_NUMBER, OPERAND_NAME, OPERAND_STRING, OPERAND_OTHER };

struct operand {
    enum operand_kind kind;
    double number;
    struct text bytes; /* NAME without /; STRING decoded; OTHER as it stands */
};

struct matrix {
    double a, b, c, d, e, f;
};

struct mark {
    int mcid;    /* NO_MCID: an artifact, or not marked */
    bool silent; /* its ActualText was said instead */
};

struct interpreter {
    struct content *content;
    const struct content_resources *resources;
    uint32_t page;
    struct text bytes;
    size_t at;
    struct arena scratch; /* strings of the operands; reset at each operator */
    VEC(struct operand) operands;
    struct matrix states[STATES_LIMIT]; /* of q */
    size_t state_count;
    struct matrix page_matrix, line, text;
    double leading, rise, size; /* pt before the matrices */
    const struct tagged_font *font;
    struct mark marks[MARKS_LIMIT];
    size_t mark_count; /* may be beyond MARKS_LIMIT: only counted there */
    struct str out;    /* of the run */
    struct content_run run;
    bool running;      /* run is one */
    float line_size;   /* size of the run's text that is not raised */
    float line_height; /* baseline of the text that is not raised */
    float expected;    /* about where the text of the line ends, pt; 0: not known */
    float shown_left;  /* where the last string was shown, pt */
};

/* ---- runs ---- */

static void end_run(struct interpreter *in)
{
    if (in->running && in->out.length > 0) {
        in->run.text = text_copy(in->content->arena, str_text(&in->out));
        vec_push(&in->content->runs, in->run);
    }
    str_clear(&in->out);
    in->running = false;
}

static struct matrix multiply(struct matrix m, struct matrix n)
{
    return (struct matrix){m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,
        m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e,
        m.e * n.b + m.f * n.d + n.f};
}

/* Where the next glyph stands, and how large it is, on the page. */
static void find_place(
    const struct interpreter *in, float *ret_left, float *ret_height, float *ret_size)
{
    struct matrix m = multiply(in->text, in->page_matrix);

    *ret_left = (float)m.e;
    *ret_height = (float)(m.f + m.d * in->rise);
    *ret_size = (float)(hypot(m.c, m.d) * in->size);
}

/* −1, 0 or 1: below, on or above the baseline of the text before. */
static int8_t find_raised(const struct interpreter *in, float height, float size)
{
    float off = height - in->line_height;

    if (!in->running || in->line_size <= 0 || size > in->line_size * (float)SMALLER ||
        fabsf(off) < in->line_size * (float)RAISED_LEAST ||
        fabsf(off) > in->line_size * (float)NEXT_LINE)
        return 0;
    return off > 0 ? 1 : -1;
}

/* About how wide a text is, in em: Latin letters are taken for narrow. */
static float about_width(struct text t)
{
    float width = 0;

    for (size_t i = 0; i < t.length;)
        width += utf8_next(t.data, t.length, &i) >= WIDE_FROM ? 1.0F : 0.5F;
    return width;
}

/* A place on the line far behind where the text before it can end is another part of it: a
 * date at the right, a page number behind a leader. */
static void part_line(struct interpreter *in, float left, float height, float size)
{
    if (in->running && in->out.length > 0 && in->expected > 0 &&
        fabsf(height - in->run.bottom) < size * (float)NEXT_LINE &&
        left > in->expected + size * PART_GAP)
        str_append_char(&in->out, '\t');
}

/* Let the run at hand be one for text of this place and style. */
static void continue_run(struct interpreter *in, int mcid)
{
    bool bold = in->font != NULL && in->font->bold;
    float left, height, size;

    find_place(in, &left, &height, &size);
    int8_t raised = find_raised(in, height, size);
    bool same = in->running && in->run.mcid == mcid && in->run.bold == bold &&
                in->run.raised == raised && fabsf(in->run.size - size) < 0.5F;

    if (!same) {
        float line_height = in->line_height, line_size = in->line_size;

        end_run(in);
        in->run = (struct content_run){.mcid = mcid,
            .page = in->page,
            .left = left,
            .top = raised != 0 ? line_height : height,
            .size = raised != 0 ? line_size : size,
            .bold = bold,
            .raised = raised};
        in->run.bottom = in->run.top;
        in->running = true;
        in->expected = 0;
    } else if (raised == 0 && fabsf(height - in->run.bottom) > size * (float)NEXT_LINE) {
        tagged_append_line_start(&in->out, left - in->run.left, size);
        in->run.bottom = height;
        in->expected = 0;
    } else {
        part_line(in, left, height, size);
    }
    if (raised == 0) {
        in->line_height = height;
        in->line_size = size;
    }
}

static const struct mark *mark_at_hand(const struct interpreter *in)
{
    static const struct mark none = {NO_MCID, false};
    size_t count = in->mark_count < MARKS_LIMIT ? in->mark_count : MARKS_LIMIT;

    return count > 0 ? &in->marks[count - 1] : &none;
}

/* Follow where the text that was appended behind byte `from` ends. */
static void follow_text(struct interpreter *in, size_t from)
{
    float left, height, size;

    find_place(in, &left, &height, &size);
    if (fabsf(left - in->shown_left) > 0.01F || in->expected <= 0)
        in->expected = left;
    in->shown_left = left;
    in->expected +=
        size * about_width(text_slice(str_text(&in->out), from, in->out.length));
}

/* Show a string; text that no MCID marks is kept, too: a running header may be there. */
static void show(struct interpreter *in, struct text codes)
{
    const struct mark *mark = mark_at_hand(in);
    size_t count = 0, unknown = codes.length;

    if (mark->silent || codes.length == 0 || in->content->codes > TEXT_LIMIT)
        return;
    continue_run(in, mark->mcid);
    size_t from = in->out.length;

    if (in->font != NULL && in->font->known)
        unknown = tagged_font_decode(in->font, codes, &in->out, &count);
    follow_text(in, from);
    if (mark->mcid == NO_MCID)
        return;
    in->content->unknown += unknown;
    in->content->codes += count > 0 ? count : codes.length;
}

static void say_actual(struct interpreter *in, int mcid, struct text actual)
{
    if (mcid == NO_MCID)
        return;
    continue_run(in, mcid);
    str_append_text(&in->out, actual);
    in->content->codes += actual.length;
}

/* ---- operands ---- */

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c != '\0' && strchr("()<>[]{}/%", c) != NULL;
}

static char peek(const struct interpreter *in, size_t more)
{
    return in->at + more < in->bytes.length ? in->bytes.data[in->at + more] : '\0';
}

static void skip_white(struct interpreter *in)
{
    while (in->at < in->bytes.length) {
        if (peek(in, 0) == '%') {
            while (
                in->at < in->bytes.length && peek(in, 0) != '\n' && peek(in, 0) != '\r')
                in->at++;
        } else if (!is_white(peek(in, 0))) {
            return;
        } else {
            in->at++;
        }
    }
}

static struct text keep(struct interpreter *in, const struct str *bytes)
{
    return text_copy(&in->scratch, str_text(bytes));
}

/* \ and what follows it in a string. */
static void read_escape(struct interpreter *in, struct str *out)
{
    static const char names[] = "nrtbf", values[] = "\n\r\t\b\f";
    char c = peek(in, 0);
    const char *named = c != '\0' ? strchr(names, c) : NULL;
    int value = 0;

    if (c >= '0' && c <= '7') {
        for (int i = 0; i < 3 && peek(in, 0) >= '0' && peek(in, 0) <= '7'; i++)
            value = value * 8 + (in->bytes.data[in->at++] - '0');
        str_append_char(out, (char)(value & 0xFF));
        return;
    }
    in->at++;
    if (c == '\r' && peek(in, 0) == '\n')
        in->at++;
    if (c != '\n' && c != '\r')
        str_append_char(out, named != NULL ? values[named - names] : c);
}

static struct text read_string(struct interpreter *in)
{
    struct str out;
    int depth = 1;

    str_init(&out);
    for (in->at++; in->at < in->bytes.length;) {
        char c = in->bytes.data[in->at++];

        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0)
            break;
        if (c == '\\')
            read_escape(in, &out);
        else
            str_append_char(&out, c);
    }
    struct text text = keep(in, &out);
    str_done(&out);
    return text;
}

static struct text read_hex(struct interpreter *in)
{
    struct str out;
    int digits = 0, value = 0;

    str_init(&out);
    for (in->at++; in->at < in->bytes.length && peek(in, 0) != '>'; in->at++) {
        char c = peek(in, 0);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            continue;
        value = value * 16 + digit;
        if (++digits % 2 == 0) {
            str_append_char(&out, (char)value);
            value = 0;
        }
    }
    if (digits % 2 != 0)
        str_append_char(&out, (char)(value * 16));
    in->at++;
    struct text text = keep(in, &out);
    str_done(&out);
    return text;
}

static struct text read_word(struct interpreter *in)
{
    size_t start = in->at;

    while (
        in->at < in->bytes.length && !is_white(peek(in, 0)) && !is_delimiter(peek(in, 0)))
        in->at++;
    return text_slice(in->bytes, start, in->at);
}

/* << … >>, as it stands. */
static struct text read_dictionary(struct interpreter *in)
{
    size_t start = in->at;
    int depth = 0;

    while (in->at < in->bytes.length) {
        if (peek(in, 0) == '<' && peek(in, 1) == '<') {
            if (++depth > NESTING_LIMIT)
                break;
            in->at += 2;
        } else if (peek(in, 0) == '>' && peek(in, 1) == '>') {
            in->at += 2;
            if (--depth == 0)
                break;
        } else if (peek(in, 0) == '(') {
            (void)read_string(in);
        } else {
            in->at++;
        }
    }
    return text_slice(in->bytes, start, in->at);
}

static void push(struct interpreter *in, struct operand operand)
{
    if (in->operands.length < OPERANDS_LIMIT)
        vec_push(&in->operands, operand);
}

/* PDF's numbers: sign, digits, a point; no exponent. False: t is an operator. */
static bool read_number(struct text t, double *ret_number)
{
    double value = 0, scale = 1;
    size_t digits = 0, i = 0;
    bool point = false, minus = t.length > 0 && t.data[0] == '-';

    while (i < t.length && (t.data[i] == '-' || t.data[i] == '+'))
        i++;
    for (; i < t.length; i++) {
        if (t.data[i] == '.' && !point) {
            point = true;
        } else if (t.data[i] >= '0' && t.data[i] <= '9') {
            value = value * 10 + (t.data[i] - '0');
            scale *= point ? 10 : 1;
            digits++;
        } else {
            return false;
        }
    }
    *ret_number = (minus ? -value : value) / scale;
    return digits > 0;
}

static double number_at(const struct interpreter *in, size_t i)
{
    return i < in->operands.length ? in->operands.data[i].number : 0;
}

static struct text bytes_at(const struct interpreter *in, size_t i)
{
    return i < in->operands.length ? in->operands.data[i].bytes : TEXT("");
}

/* ---- operators ---- */

static const struct matrix identity = {1, 0, 0, 1, 0, 0};

static struct matrix matrix_of(const struct interpreter *in)
{
    return (struct matrix){number_at(in, 0), number_at(in, 1), number_at(in, 2),
        number_at(in, 3), number_at(in, 4), number_at(in, 5)};
}

static void move_line(struct interpreter *in, double x, double y)
{
    in->line = multiply((struct matrix){1, 0, 0, 1, x, y}, in->line);
    in->text = in->line;
}

/* UTF-16 with a mark, UTF-8 with a mark, else taken for ASCII. */
static struct text decode_text(struct interpreter *in, struct text t)
{
    struct str out;

    if (text_starts(t, "\xEF\xBB\xBF"))
        return text_slice(t, 3, t.length);
    str_init(&out);
    if (text_starts(t, "\xFE\xFF")) {
        for (size_t i = 2; i + 1 < t.length; i += 2) {
            uint32_t c =
                (uint32_t)(unsigned char)t.data[i] << 8 | (unsigned char)t.data[i + 1];

            if (c >= 0xD800 && c < 0xDC00 && i + 3 < t.length) {
                uint32_t low = (uint32_t)(unsigned char)t.data[i + 2] << 8 |
                               (unsigned char)t.data[i + 3];
                c = 0x10000 + ((c - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
                i += 2;
            }
            str_append_codepoint(&out, c);
        }
    } else {
        for (size_t i = 0; i < t.length; i++)
            str_append_codepoint(&out, (unsigned char)t.data[i]);
    }
    struct text text = keep(in, &out);
    str_done(&out);
    return text;
}

/* /MCID and /ActualText of a property list that is written out. */
static int read_properties(
    struct interpreter *in, struct text dictionary, struct text *ret_actual)
{
    struct interpreter inside = {.bytes = dictionary};
    size_t mcid = text_find(dictionary, "/MCID");
    size_t actual = text_find(dictionary, "/ActualText");
    int number = NO_MCID;

    arena_init(&inside.scratch);
    if (mcid < dictionary.length) {
        inside.at = mcid + strlen("/MCID");
        skip_white(&inside);
        struct text word = read_word(&inside);
        double value = 0;
        if (read_number(word, &value) && value >= 0 && value < INT32_MAX)
            number = (int)value;
    }
    if (actual < dictionary.length) {
        inside.at = actual + strlen("/ActualText");
        skip_white(&inside);
        struct text raw = peek(&inside, 0) == '('   ? read_string(&inside)
                          : peek(&inside, 0) == '<' ? read_hex(&inside)
                                                    : TEXT("");
        *ret_actual = text_copy(&in->scratch, decode_text(in, raw));
    }
    arena_done(&inside.scratch);
    return number;
}

static void begin_mark(struct interpreter *in, bool has_properties)
{
    struct mark mark = *mark_at_hand(in);
    struct text tag = bytes_at(in, 0), actual = TEXT("");
    int mcid = NO_MCID;

    if (has_properties && in->operands.length > 1) {
        const struct operand *list = &in->operands.data[1];

        mcid =
            list->kind == OPERAND_NAME
                ? in->resources->properties(in->resources->context, list->bytes, &actual)
                : read_properties(in, list->bytes, &actual);
    }
    if (mcid != NO_MCID)
        mark = (struct mark){mcid, false};
    else if (text_is(tag, "Artifact"))
        mark = (struct mark){NO_MCID, false};
    if (actual.length > 0 && !mark.silent) {
        say_actual(in, mark.mcid, actual);
        mark.silent = true;
    }
    if (in->mark_count < MARKS_LIMIT)
        in->marks[in->mark_count] = mark;
    in->mark_count++;
}

static void show_all(struct interpreter *in)
{
    for (size_t i = 0; i < in->operands.length; i++) {
        if (in->operands.data[i].kind == OPERAND_STRING)
            show(in, in->operands.data[i].bytes);
    }
}

static void draw(struct interpreter *in)
{
    const struct mark *mark = mark_at_hand(in);
    const struct matrix *m = &in->page_matrix;
    size_t image = mark->mcid != NO_MCID
                       ? in->resources->image(in->resources->context, bytes_at(in, 0))
                       : 0;

    if (image == 0)
        return;
    end_run(in);
    vec_push(&in->content->runs, (struct content_run){.mcid = mark->mcid,
                                     .page = in->page,
                                     .size = (float)hypot(m->a, m->b),
                                     .image = image,
                                     .text = TEXT("")});
}

static void begin_text(struct interpreter *in)
{
    in->line = in->text = identity;
}

static void save_state(struct interpreter *in)
{
    if (in->state_count < STATES_LIMIT)
        in->states[in->state_count] = in->page_matrix;
    in->state_count++;
}

static void restore_state(struct interpreter *in)
{
    if (in->state_count == 0)
        return;
    in->state_count--;
    if (in->state_count < STATES_LIMIT)
        in->page_matrix = in->states[in->state_count];
}

static void set_font(struct interpreter *in)
{
    in->font = in->resources->font(in->resources->context, bytes_at(in, 0));
    in->size = number_at(in, 1);
}

static void change_matrix(struct interpreter *in)
{
    in->page_matrix = multiply(matrix_of(in), in->page_matrix);
}

static void move(struct interpreter *in)
{
    move_line(in, number_at(in, 0), number_at(in, 1));
}

static void move_leading(struct interpreter *in)
{
    in->leading = -number_at(in, 1);
    move(in);
}

static void set_matrix(struct interpreter *in)
{
    in->line = in->text = matrix_of(in);
}

static void next_line(struct interpreter *in)
{
    move_line(in, 0, -in->leading);
}

static void next_line_show(struct interpreter *in)
{
    next_line(in);
    show_all(in);
}

static void set_leading(struct interpreter *in)
{
    in->leading = number_at(in, 0);
}

static void set_rise(struct interpreter *in)
{
    in->rise = number_at(in, 0);
}

static void begin_plain(struct interpreter *in)
{
    begin_mark(in, false);
}

static void begin_listed(struct interpreter *in)
{
    begin_mark(in, true);
}

static void end_mark(struct interpreter *in)
{
    in->mark_count -= in->mark_count > 0;
}

/* The bytes of an image in the stream: to EI with white space around it. */
static void skip_image(struct interpreter *in)
{
    while (in->at + 3 < in->bytes.length &&
           !(is_white(peek(in, 0)) && peek(in, 1) == 'E' && peek(in, 2) == 'I' &&
               (is_white(peek(in, 3)) || in->at + 3 == in->bytes.length)))
        in->at++;
    in->at += 3;
}

static const struct {
    const char *name;
    void (*run)(struct interpreter *in);
} operators[] = {{"BT", begin_text}, {"Tf", set_font}, {"Td", move}, {"TD", move_leading},
    {"Tm", set_matrix}, {"T*", next_line}, {"TL", set_leading}, {"Ts", set_rise},
    {"Tj", show_all}, {"TJ", show_all}, {"'", next_line_show}, {"\"", next_line_show},
    {"q", save_state}, {"Q", restore_state}, {"cm", change_matrix}, {"BMC", begin_plain},
    {"BDC", begin_listed}, {"EMC", end_mark}, {"ID", skip_image}, {"Do", draw}};

static void run_operator(struct interpreter *in, struct text name)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (text_is(name, operators[i].name)) {
            operators[i].run(in);
            break;
        }
    }
    vec_clear(&in->operands);
    arena_reset(&in->scratch);
}

/* One operand onto the stack, or one operator. */
static void read_token(struct interpreter *in)
{
    char c = peek(in, 0);
    double number;

    if (c == '/') {
        in->at++;
        push(in, (struct operand){OPERAND_NAME, 0, read_word(in)});
    } else if (c == '(') {
        push(in, (struct operand){OPERAND_STRING, 0, read_string(in)});
    } else if (c == '<' && peek(in, 1) == '<') {
        push(in, (struct operand){OPERAND_OTHER, 0, read_dictionary(in)});
    } else if (c == '<') {
        push(in, (struct operand){OPERAND_STRING, 0, read_hex(in)});
    } else if (is_delimiter(c)) {
        in->at++;
    } else {
        struct text word = read_word(in);

        if (read_number(word, &number))
            push(in, (struct operand){OPERAND_NUMBER, number, word});
        else
            run_operator(in, word);
    }
}

void tagged_content_read(struct content *content, struct text stream, uint32_t page,
    const struct content_resources *resources)
{
    struct interpreter *in = memory_alloc(sizeof *in);

    *in = (struct interpreter){.content = content,
        .resources = resources,
        .page = page,
        .bytes = stream,
        .page_matrix = identity,
        .line = identity,
        .text = identity};
    arena_init(&in->scratch);
    str_init(&in->out);
    for (;;) {
        skip_white(in);
        if (in->at >= in->bytes.length)
            break;
        read_token(in);
    }
    end_run(in);
    str_done(&in->out);
    vec_done(&in->operands);
    arena_done(&in->scratch);
    memory_free(in);
}
