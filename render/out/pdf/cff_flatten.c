/* cff_flatten: charstrings without subroutines and hints (Adobe Technical Note 5177).
 *
 * Subroutine calls are replaced by what they call, stems and their masks left out. Operands
 * are copied behind what is written already, as the bytes they were, and stay there when an
 * operator of a path takes them; what a call or a stem takes is cut off again. The width,
 * which may stand before the operands of the first operator that clears the stack, stays
 * when that operator was a stem.
 *
 * Rejected: hb-subset with DESUBROUTINIZE, which takes twice the instructions, a third of
 * them on planning over all 65,535 glyphs of a pan-CJK face. */
#include "out/pdf/cff.h"

#define CALL_DEPTH_LIMIT 10    /* TN 5177, appendix B */
#define OPERAND_LIMIT    48    /* on the stack: TN 5177, appendix B */
#define LENGTH_LIMIT     65535 /* of a charstring in bytes: TN 5177, appendix B */
/* Bytes that are written from one look at the length to the next: operands of 5, and an
 * operator. */
#define STRIDE      (OPERAND_LIMIT * 5 + 8)
#define STEPS_LIMIT 65536 /* tokens read with all calls: calls in calls may multiply */

enum operator_code {
    HSTEM = 1,
    VSTEM = 3,
    VMOVETO = 4,
    RLINETO = 5,
    RRCURVETO = 8,
    CALLSUBR = 10,
    RETURN = 11,
    ESCAPE = 12,
    ENDCHAR = 14,
    HSTEMHM = 18,
    HINTMASK = 19,
    CNTRMASK = 20,
    RMOVETO = 21,
    HMOVETO = 22,
    VSTEMHM = 23,
    RCURVELINE = 24,
    HHCURVETO = 27,
    SHORT_INTEGER = 28,
    CALLGSUBR = 29,
    VHCURVETO = 30,
    HVCURVETO = 31,
    ABS = 9, /* these follow ESCAPE */
    ADD = 10,
    SUB = 11,
    DIV = 12,
    NEG = 14,
    MUL = 24,
    HFLEX = 34,
    FLEX1 = 37
};

struct flattening {
    const struct cff *cff;
    const struct cff_index *local; /* subroutines */
    unsigned char *begin;          /* of this charstring: room for LENGTH_LIMIT + STRIDE */
    unsigned char *end;            /* of what is written, with operands that wait */
    uint32_t starts[OPERAND_LIMIT]; /* where behind begin each of those begins */
    size_t count;                   /* of them */
    size_t kept;      /* operands before those of the next operator: the width, 0 or 1 */
    bool width_known; /* an operator that clears the stack has come */
    size_t stems;     /* declared so far */
    size_t steps;     /* tokens read so far */
    bool ended;       /* by endchar */
};

/* Cut off the operands from number `count` on. */
static void truncate_operands(struct flattening *f, size_t count)
{
    if (count >= f->count)
        return;
    f->end = f->begin + f->starts[count];
    f->count = count;
}

/* Bytes of the number that begins with a byte: TN 5177, 3.2. */
static size_t number_size(unsigned char byte)
{
    return byte == SHORT_INTEGER ? 3 : byte == 255 ? 5 : byte >= 247 ? 2 : 1;
}

static bool is_number(unsigned char byte)
{
    return byte >= 32 || byte == SHORT_INTEGER;
}

/* Push the numbers from *at on and move it to the operator behind them. False: there are
 * too many, or one is cut short. Nine in ten bytes of a charstring are such numbers, so
 * this is where the time goes: numbers of one byte and of two, which come as they like, are
 * copied without a branch that tells them apart. */
static bool push_numbers(struct flattening *f, struct text code, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)code.data;
    const unsigned char *next = bytes + *at, *last = bytes + code.length;
    unsigned char *end = f->end;
    size_t count = f->count;
    while (next < last && is_number(*next)) {
        if (count == OPERAND_LIMIT)
            return false;
        f->starts[count++] = (uint32_t)(end - f->begin);
        if (last - next >= 2 && *next != SHORT_INTEGER && *next != 255) {
            size_t size = 1 + (*next >= 247);
            end[0] = next[0];
            end[1] = next[1];
            next += size;
            end += size;
            continue;
        }
        size_t size = number_size(*next);
        if (size > (size_t)(last - next))
            return false;
        for (; size > 0; size--)
            *end++ = *next++;
    }
    f->steps += count - f->count;
    f->count = count;
    f->end = end;
    *at = (size_t)(next - bytes);
    return true;
}

/* The last operand as an integer, removed: the number of a subroutine. */
static bool pop_integer(struct flattening *f, int *ret_value)
{
    if (f->count == 0)
        return false;
    const unsigned char *b = f->begin + f->starts[f->count - 1];
    if ((size_t)(f->end - b) != number_size(b[0])) /* arithmetic */
        return false;
    if (b[0] == SHORT_INTEGER)
        *ret_value = (int16_t)(b[1] << 8 | b[2]);
    else if (b[0] <= 246)
        *ret_value = b[0] - 139;
    else if (b[0] <= 250)
        *ret_value = (b[0] - 247) * 256 + b[1] + 108;
    else if (b[0] <= 254)
        *ret_value = -(b[0] - 251) * 256 - b[1] - 108;
    else
        return false;
    truncate_operands(f, f->count - 1);
    return true;
}

static struct text subroutine(const struct cff_index *index, int number)
{
    int bias = index->count < 1240 ? 107 : index->count < 33900 ? 1131 : 32768;
    struct text none = {NULL, 0};
    return number + bias < 0 ? none : cff_index_get(index, (uint32_t)(number + bias));
}

/* Stems are counted and dropped; an operand too many is the width. */
static void drop_stems(struct flattening *f)
{
    size_t count = f->count - f->kept;
    if (!f->width_known && count % 2 == 1)
        f->kept = 1;
    f->width_known = true;
    f->stems += count / 2;
    truncate_operands(f, f->kept);
}

/* The operator takes all operands that wait. */
static void write_operator(struct flattening *f, unsigned code)
{
    if (code >= 256)
        *f->end++ = ESCAPE;
    *f->end++ = (unsigned char)(code & 0xFF);
    f->count = 0;
    f->kept = 0;
    f->width_known = true;
}

/* An operator behind ESCAPE: curves are written; arithmetic becomes part of its operand.
 */
static bool run_escaped(struct flattening *f, unsigned char code)
{
    bool unary = code == ABS || code == NEG;
    bool binary = code == ADD || code == SUB || code == DIV || code == MUL;
    if (code >= HFLEX && code <= FLEX1) {
        write_operator(f, ESCAPE << 8 | code);
        return true;
    }
    if (!unary && !binary)
        return false;
    if (f->count < (binary ? 2u : 1u))
        return false;
    f->count -= binary ? 1 : 0;
    *f->end++ = ESCAPE;
    *f->end++ = code;
    return true;
}

static bool is_path_operator(unsigned char code)
{
    return code == VMOVETO || (code >= RLINETO && code <= RRCURVETO) || code == RMOVETO ||
           code == HMOVETO || (code >= RCURVELINE && code <= HHCURVETO) ||
           code == VHCURVETO || code == HVCURVETO;
}

/* The subroutine that a call names; a NULL pointer: damaged. */
static struct text called(struct flattening *f, unsigned char code)
{
    int number = 0;
    struct text none = {NULL, 0};
    if (!pop_integer(f, &number))
        return none;
    return subroutine(code == CALLSUBR ? f->local : &f->cff->subroutines, number);
}

/* An operator that calls nothing. *at is behind it and moves on over its mask. */
static bool run_operator(struct flattening *f, unsigned char code, size_t *at)
{
    if (code == HSTEM || code == VSTEM || code == HSTEMHM || code == VSTEMHM) {
        drop_stems(f);
        return true;
    }
    if (code == HINTMASK || code == CNTRMASK) {
        drop_stems(f);
        *at += (f->stems + 7) / 8;
        return true;
    }
    if (code == ENDCHAR) {
        f->ended = true;
        if (f->count > 1) /* seac: an accented letter made of two */
            return false;
        write_operator(f, code);
        return true;
    }
    return false;
}

static bool run(struct flattening *f, struct text code, int depth)
{
    if (code.data == NULL || depth > CALL_DEPTH_LIMIT)
        return false;
    for (size_t at = 0; at < code.length && !f->ended;) {
        if (++f->steps > STEPS_LIMIT || f->end - f->begin > LENGTH_LIMIT ||
            !push_numbers(f, code, &at))
            return false;
        if (at == code.length)
            return true;
        unsigned char byte = (unsigned char)code.data[at++];
        bool good = true;
        if (is_path_operator(byte))
            write_operator(f, byte);
        else if (byte == CALLSUBR || byte == CALLGSUBR)
            good = run(f, called(f, byte), depth + 1);
        else if (byte == RETURN)
            return true;
        else if (byte == ESCAPE)
            good = at < code.length && run_escaped(f, (unsigned char)code.data[at++]);
        else
            good = run_operator(f, byte, &at);
        if (!good)
            return false;
    }
    return true;
}

bool cff_flatten(const struct cff *cff, uint32_t glyph, struct str *out)
{
    str_reserve(out, LENGTH_LIMIT + STRIDE);
    struct flattening f;
    f.cff = cff;
    f.local = &cff->privates.data[cff_private_of(cff, glyph)].subroutines;
    f.begin = f.end = (unsigned char *)out->data + out->length;
    f.count = f.kept = f.stems = f.steps = 0;
    f.width_known = f.ended = false;
    struct text code = cff_index_get(&cff->charstrings, glyph);
    if (cff->face != NULL && code.data != NULL)
        code = face_read(cff->face, code);
    bool good = run(&f, code, 0) && f.ended;
    if (good)
        out->length = (size_t)(f.end - (unsigned char *)out->data);
    out->data[out->length] = '\0';
    return good;
}
