/* cff_flatten: charstrings without subroutines and hints (Adobe Technical Note 5177).
 *
 * Subroutine calls are replaced by what they call, stems and their masks left out.
 * Path operators that have all of their operands before them are copied; else operands
 * are kept as the bytes they were until an operator takes them. The width, which may stand
 * before the operands of the first operator that clears the stack, stays when
 * that operator was a stem.
 *
 * Rejected: hb-subset with DESUBROUTINIZE, which takes twice the instructions, a third of
 * them on planning over all 65,535 glyphs of a pan-CJK face. */
#include "out/pdf/cff.h"

#define CALL_DEPTH_LIMIT 10                  /* TN 5177, appendix B */
#define OPERAND_LIMIT    48                  /* on the stack: TN 5177, appendix B */
#define OPERAND_BYTES    (OPERAND_LIMIT * 8) /* 5 each, and the arithmetic in them */
#define LENGTH_LIMIT     65535 /* of a charstring in bytes: TN 5177, appendix B */
#define STEPS_LIMIT                                                                      \
    65536 /* tokens read with all calls: calls in calls may multiply
                                  */

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
    struct str *out;
    size_t begin;                     /* of this charstring in out */
    char operands[OPERAND_BYTES + 2]; /* their bytes, one after another, and an operator
                                         */
    size_t length;                    /* of all operands */
    uint16_t starts[OPERAND_LIMIT];   /* where in them each begins */
    size_t count;                     /* of operands */
    size_t kept;      /* operands before those of the next operator: the width, 0 or 1 */
    bool width_known; /* an operator that clears the stack has come */
    size_t stems;     /* declared so far */
    size_t steps;     /* tokens read so far */
    bool ended;       /* by endchar */
};

static void truncate_operands(struct flattening *f, size_t count)
{
    if (count >= f->count)
        return;
    f->length = f->starts[count];
    f->count = count;
}

/* Add bytes to the last operand. */
static bool extend_operand(struct flattening *f, const char *bytes, size_t length)
{
    if (OPERAND_BYTES - f->length < length)
        return false;
    for (size_t i = 0; i < length; i++)
        f->operands[f->length++] = bytes[i];
    return true;
}

/* Push the numbers from *at on and move it to the operator behind them. False: there are
 * too many, or one is cut short. Nine in ten bytes of a charstring are such numbers, so
 * this is where the time goes; most numbers are one byte. */
static bool push_numbers(struct flattening *f, struct text code, size_t *ret_at)
{
    const unsigned char *bytes = (const unsigned char *)code.data;
    size_t count = f->count, length = f->length, at = *ret_at;
    for (; at < code.length; count++) {
        unsigned char byte = bytes[at];
        if (byte < 32 && byte != SHORT_INTEGER)
            break;
        if (count == OPERAND_LIMIT || length > OPERAND_BYTES - 5)
            return false;
        f->starts[count] = (uint16_t)length;
        f->operands[length++] = (char)byte;
        at++;
        if (byte < 247 && byte != SHORT_INTEGER)
            continue;
        size_t more = byte == 255 ? 4 : byte == SHORT_INTEGER ? 2 : 1;
        if (more > code.length - at)
            return false;
        for (; more > 0; more--)
            f->operands[length++] = (char)bytes[at++];
    }
    f->steps += count - f->count;
    f->count = count;
    f->length = length;
    *ret_at = at;
    return true;
}

/* The last operand as an integer, removed: the number of a subroutine. */
static bool pop_integer(struct flattening *f, int *ret_value)
{
    if (f->count == 0)
        return false;
    const unsigned char *b = (const unsigned char *)f->operands + f->starts[f->count - 1];
    if (b[0] == SHORT_INTEGER)
        *ret_value = (int16_t)(b[1] << 8 | b[2]);
    else if (b[0] >= 32 && b[0] <= 246)
        *ret_value = b[0] - 139;
    else if (b[0] >= 247 && b[0] <= 250)
        *ret_value = (b[0] - 247) * 256 + b[1] + 108;
    else if (b[0] >= 251 && b[0] <= 254)
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

static void write_operator(struct flattening *f, unsigned code)
{
    if (code >= 256)
        f->operands[f->length++] = (char)ESCAPE;
    f->operands[f->length++] = (char)(code & 0xFF);
    str_append(f->out, f->operands, f->length);
    truncate_operands(f, 0);
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
    return extend_operand(f, (const char[]){ESCAPE, (char)code}, 2);
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
    } else if (!is_path_operator(code))
        return false;
    write_operator(f, code);
    return true;
}

#define SIXTEEN(n) n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n

/* Bytes of the number that begins with a byte: TN 5177, 3.2; 0: an operator. */
static const uint8_t number_sizes[256] = {[SHORT_INTEGER] = 3,
    [32] = SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 5};

/* Copy the path operators from *at on, with all operands of each, up to something else:
 * most of a charstring needs no more. No operand waits. */
static void copy_path(struct flattening *f, struct text code, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)code.data;
    size_t start = *at, end = start; /* of what is copied */
    for (size_t next = start; next < code.length; end = ++next) {
        size_t count = 0;
        for (size_t size; next < code.length && (size = number_sizes[bytes[next]]) > 0;
             count++)
            next += size;
        if (next >= code.length || count > OPERAND_LIMIT ||
            !is_path_operator(bytes[next]))
            break;
        f->steps += count + 1;
    }
    if (end == start)
        return;
    str_append(f->out, code.data + start, end - start);
    f->width_known = true;
    *at = end;
}

static bool run(struct flattening *f, struct text code, int depth)
{
    if (code.data == NULL || depth > CALL_DEPTH_LIMIT)
        return false;
    for (size_t at = 0; at < code.length && !f->ended;) {
        if (f->count == 0)
            copy_path(f, code, &at);
        if (++f->steps > STEPS_LIMIT || f->out->length - f->begin > LENGTH_LIMIT ||
            !push_numbers(f, code, &at))
            return false;
        if (at == code.length)
            return true;
        unsigned char byte = (unsigned char)code.data[at++];
        bool good = true;
        if (byte == CALLSUBR || byte == CALLGSUBR)
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
    struct flattening f = {.cff = cff,
        .local = &cff->privates.data[cff_private_of(cff, glyph)].subroutines,
        .out = out,
        .begin = out->length};
    struct text code = cff_index_get(&cff->charstrings, glyph);
    if (cff->face != NULL && code.data != NULL)
        code = face_read(cff->face, code);
    return run(&f, code, 0) && f.ended;
}
