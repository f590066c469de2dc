/* borders: the rules of UAX 14 and UAX 29, in one pass each. See borders.h.
 *
 * Line break classes and categories come from GLib's tables. Rules are named as in the
 * standards' revisions for Unicode 15; each function answers for a group of them, in their
 * order, and the first that knows an answer gives it. */
#include "text/borders.h"

#include <glib.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

struct range {
    uint32_t first, last;
};

/* Extended_Pictographic=Yes (emoji-data.txt 15.0). */
static const struct range pictographs[] = {
    {0x00A9, 0x00A9}, {0x00AE, 0x00AE}, {0x203C, 0x203C}, {0x2049, 0x2049},
    {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2194, 0x2199}, {0x21A9, 0x21AA},
    {0x231A, 0x231B}, {0x2328, 0x2328}, {0x2388, 0x2388}, {0x23CF, 0x23CF},
    {0x23E9, 0x23F3}, {0x23F8, 0x23FA}, {0x24C2, 0x24C2}, {0x25AA, 0x25AB},
    {0x25B6, 0x25B6}, {0x25C0, 0x25C0}, {0x25FB, 0x25FE}, {0x2600, 0x2605},
    {0x2607, 0x2612}, {0x2614, 0x2685}, {0x2690, 0x2705}, {0x2708, 0x2712},
    {0x2714, 0x2714}, {0x2716, 0x2716}, {0x271D, 0x271D}, {0x2721, 0x2721},
    {0x2728, 0x2728}, {0x2733, 0x2734}, {0x2744, 0x2744}, {0x2747, 0x2747},
    {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757},
    {0x2763, 0x2767}, {0x2795, 0x2797}, {0x27A1, 0x27A1}, {0x27B0, 0x27B0},
    {0x27BF, 0x27BF}, {0x2934, 0x2935}, {0x2B05, 0x2B07}, {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x3030, 0x3030}, {0x303D, 0x303D},
    {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1F000, 0x1F0FF}, {0x1F10D, 0x1F10F},
    {0x1F12F, 0x1F12F}, {0x1F16C, 0x1F171}, {0x1F17E, 0x1F17F}, {0x1F18E, 0x1F18E},
    {0x1F191, 0x1F19A}, {0x1F1AD, 0x1F1E5}, {0x1F201, 0x1F20F}, {0x1F21A, 0x1F21A},
    {0x1F22F, 0x1F22F}, {0x1F232, 0x1F23A}, {0x1F23C, 0x1F23F}, {0x1F249, 0x1F3FA},
    {0x1F400, 0x1F53D}, {0x1F546, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F774, 0x1F77F},
    {0x1F7D5, 0x1F7FF}, {0x1F80C, 0x1F80F}, {0x1F848, 0x1F84F}, {0x1F85A, 0x1F85F},
    {0x1F888, 0x1F88F}, {0x1F8AE, 0x1F8FF}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1FAFF}, {0x1FC00, 0x1FFFD},
};

/* Grapheme_Cluster_Break=Prepend (GraphemeBreakProperty.txt 15.0). */
static const struct range prepended[] = {
    {0x0600, 0x0605}, {0x06DD, 0x06DD}, {0x070F, 0x070F}, {0x0890, 0x0891},
    {0x08E2, 0x08E2}, {0x0D4E, 0x0D4E}, {0x110BD, 0x110BD}, {0x110CD, 0x110CD},
    {0x111C2, 0x111C3}, {0x1193F, 0x1193F}, {0x11941, 0x11941}, {0x11A3A, 0x11A3A},
    {0x11A84, 0x11A89}, {0x11D46, 0x11D46}, {0x11F02, 0x11F02},
};

static bool is_in(const struct range *ranges, size_t count, uint32_t codepoint)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (codepoint > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && codepoint >= ranges[low].first;
}

static bool is_pictograph(uint32_t codepoint)
{
    return is_in(pictographs, LENGTH(pictographs), codepoint);
}

/*
 * UAX 14: lines
 */

enum line_class {
    BK, CR, LF, NL, SP, ZW, WJ, GL, CM, ZWJ, CL, CP, EX, IS, SY, OP, QU, NS, B2, CB, BA, HY,
    BB, HL, AL, IN, NU, PR, PO, ID, EB, EM, RI, JL, JV, JT, H2, H3,
    NONE /* before the first character */
};

/* Of GLib's types; LB1 takes what is ambiguous, unknown or a surrogate for a letter and a
 * conditional Japanese starter for a non-starter. SA is told apart by line_class_of(). */
static const uint8_t classes[] = {
    [G_UNICODE_BREAK_MANDATORY] = BK,
    [G_UNICODE_BREAK_CARRIAGE_RETURN] = CR,
    [G_UNICODE_BREAK_LINE_FEED] = LF,
    [G_UNICODE_BREAK_COMBINING_MARK] = CM,
    [G_UNICODE_BREAK_SURROGATE] = AL,
    [G_UNICODE_BREAK_ZERO_WIDTH_SPACE] = ZW,
    [G_UNICODE_BREAK_INSEPARABLE] = IN,
    [G_UNICODE_BREAK_NON_BREAKING_GLUE] = GL,
    [G_UNICODE_BREAK_CONTINGENT] = CB,
    [G_UNICODE_BREAK_SPACE] = SP,
    [G_UNICODE_BREAK_AFTER] = BA,
    [G_UNICODE_BREAK_BEFORE] = BB,
    [G_UNICODE_BREAK_BEFORE_AND_AFTER] = B2,
    [G_UNICODE_BREAK_HYPHEN] = HY,
    [G_UNICODE_BREAK_NON_STARTER] = NS,
    [G_UNICODE_BREAK_OPEN_PUNCTUATION] = OP,
    [G_UNICODE_BREAK_CLOSE_PUNCTUATION] = CL,
    [G_UNICODE_BREAK_QUOTATION] = QU,
    [G_UNICODE_BREAK_EXCLAMATION] = EX,
    [G_UNICODE_BREAK_IDEOGRAPHIC] = ID,
    [G_UNICODE_BREAK_NUMERIC] = NU,
    [G_UNICODE_BREAK_INFIX_SEPARATOR] = IS,
    [G_UNICODE_BREAK_SYMBOL] = SY,
    [G_UNICODE_BREAK_ALPHABETIC] = AL,
    [G_UNICODE_BREAK_PREFIX] = PR,
    [G_UNICODE_BREAK_POSTFIX] = PO,
    [G_UNICODE_BREAK_COMPLEX_CONTEXT] = AL,
    [G_UNICODE_BREAK_AMBIGUOUS] = AL,
    [G_UNICODE_BREAK_UNKNOWN] = AL,
    [G_UNICODE_BREAK_NEXT_LINE] = NL,
    [G_UNICODE_BREAK_WORD_JOINER] = WJ,
    [G_UNICODE_BREAK_HANGUL_L_JAMO] = JL,
    [G_UNICODE_BREAK_HANGUL_V_JAMO] = JV,
    [G_UNICODE_BREAK_HANGUL_T_JAMO] = JT,
    [G_UNICODE_BREAK_HANGUL_LV_SYLLABLE] = H2,
    [G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE] = H3,
    [G_UNICODE_BREAK_CLOSE_PARANTHESIS] = CP,
    [G_UNICODE_BREAK_CONDITIONAL_JAPANESE_STARTER] = NS,
    [G_UNICODE_BREAK_HEBREW_LETTER] = HL,
    [G_UNICODE_BREAK_REGIONAL_INDICATOR] = RI,
    [G_UNICODE_BREAK_EMOJI_BASE] = EB,
    [G_UNICODE_BREAK_EMOJI_MODIFIER] = EM,
    [G_UNICODE_BREAK_ZERO_WIDTH_JOINER] = ZWJ,
};

/* How far the expression of LB25 has matched: NU (NU | SY | IS)*, then (CL | CP)?. */
enum number { NUMBER_NONE, NUMBER_DIGITS, NUMBER_CLOSED };

/* What stands before a place. */
struct line_state {
    enum line_class before;  /* of the character before, marks left out (LB9) */
    enum line_class solid;   /* of the last that is no space, likewise */
    enum line_class earlier; /* of the one before `before` (LB21a) */
    uint32_t codepoint;      /* of the character of `before` */
    bool complex;            /* the character before is of class SA */
    bool joiner;             /* the character before is ZWJ */
    bool indicator;          /* an odd number of regional indicators stands before */
    enum number number;
};

enum answer { UNKNOWN, BREAK, KEEP };

/* Sets of classes, as bits. */
#define SET(class) (UINT64_C(1) << (class))
#define LETTERS    (SET(AL) | SET(HL))
#define IDEOGRAPHS (SET(ID) | SET(EB) | SET(EM))
#define JAMO       (SET(JL) | SET(JV) | SET(JT) | SET(H2) | SET(H3))
#define FORCED     (SET(BK) | SET(CR) | SET(LF) | SET(NL))

static bool is_of(enum line_class class, uint64_t set)
{
    return (SET(class) & set) != 0;
}

static bool is_han(uint32_t codepoint)
{
    return codepoint >= 0x4E00 && codepoint <= 0x9FFF;
}

/* LB1. */
static enum line_class line_class_of(uint32_t codepoint, bool *ret_complex)
{
    if (is_han(codepoint))
        return ID;
    GUnicodeBreakType type = g_unichar_break_type(codepoint);
    if (type == G_UNICODE_BREAK_COMPLEX_CONTEXT) {
        *ret_complex = true;
        return g_unichar_ismark(codepoint) ? CM : AL;
    }
    return (size_t)type < LENGTH(classes) ? (enum line_class)classes[type] : AL;
}

/* Full-width, wide or half-width: not for LB30. */
static bool is_east_asian(uint32_t codepoint)
{
    return g_unichar_iswide(codepoint) || (codepoint >= 0xFF61 && codepoint <= 0xFFDC);
}

/* The class that counts behind place i: marks left out. */
static enum line_class class_behind(const uint32_t *codepoints, size_t count, size_t i)
{
    bool complex = false;
    for (size_t k = i + 1; k < count; k++) {
        enum line_class class = line_class_of(codepoints[k], &complex);
        if (class != CM && class != ZWJ)
            return class;
    }
    return NONE;
}

/* LB4 to LB8a. */
static enum answer answer_forced(const struct line_state *state, enum line_class class)
{
    if (state->before == CR && class == LF)
        return KEEP;
    if (is_of(state->before, FORCED))
        return BREAK;
    if (is_of(class, FORCED | SET(SP) | SET(ZW)))
        return KEEP;
    if (state->solid == ZW)
        return BREAK;
    return state->joiner ? KEEP : UNKNOWN;
}

/* LB11 to LB18. */
static enum answer answer_spaces(const struct line_state *state, enum line_class class)
{
    enum line_class before = state->before, solid = state->solid;
    if (class == WJ || before == WJ || before == GL)
        return KEEP;
    if (class == GL && !is_of(before, SET(SP) | SET(BA) | SET(HY)))
        return KEEP;
    if (is_of(class, SET(CL) | SET(CP) | SET(EX) | SET(IS) | SET(SY)))
        return KEEP;
    if (solid == OP || (solid == QU && class == OP) || (solid == B2 && class == B2) ||
        (is_of(solid, SET(CL) | SET(CP)) && class == NS))
        return KEEP;
    return before == SP ? BREAK : UNKNOWN;
}

/* LB19 to LB22. */
static enum answer answer_marks(const struct line_state *state, enum line_class class)
{
    enum line_class before = state->before;
    if (class == QU || before == QU)
        return KEEP;
    if (class == CB || before == CB)
        return BREAK;
    if (is_of(class, SET(BA) | SET(HY) | SET(NS) | SET(IN)) || before == BB)
        return KEEP;
    if (state->earlier == HL && is_of(before, SET(HY) | SET(BA)))
        return KEEP;
    return before == SY && class == HL ? KEEP : UNKNOWN;
}

/* LB23 to LB25; `next` is the class behind, for numbers with a sign or a bracket. */
static bool is_number_kept(
    const struct line_state *state, enum line_class class, enum line_class next)
{
    const uint64_t affixes = SET(PR) | SET(PO);
    enum line_class before = state->before;
    if ((is_of(before, LETTERS) && is_of(class, SET(NU) | affixes)) ||
        (is_of(before, SET(NU) | affixes) && is_of(class, LETTERS)))
        return true;
    if ((before == PR && is_of(class, IDEOGRAPHS)) ||
        (is_of(before, IDEOGRAPHS) && class == PO))
        return true;
    if (is_of(before, affixes) &&
        (class == NU || (is_of(class, SET(OP) | SET(HY)) && next == NU)))
        return true;
    if (is_of(before, SET(OP) | SET(HY)) && class == NU)
        return true;
    if (state->number == NUMBER_DIGITS &&
        is_of(class, SET(NU) | SET(SY) | SET(IS) | SET(CL) | SET(CP)))
        return true;
    return state->number != NUMBER_NONE && is_of(class, affixes);
}

/* LB26 and LB27. */
static bool is_hangul_kept(enum line_class before, enum line_class class)
{
    if (before == JL && is_of(class, SET(JL) | SET(JV) | SET(H2) | SET(H3)))
        return true;
    if (is_of(before, SET(JV) | SET(H2)) && is_of(class, SET(JV) | SET(JT)))
        return true;
    if (is_of(before, SET(JT) | SET(H3)) && class == JT)
        return true;
    return (is_of(before, JAMO) && class == PO) || (before == PR && is_of(class, JAMO));
}

/* LB28 to LB30b. */
static bool is_word_kept(
    const struct line_state *state, enum line_class class, uint32_t codepoint)
{
    enum line_class before = state->before;
    const uint64_t words = LETTERS | SET(NU);
    if (is_of(before, LETTERS | SET(IS)) && is_of(class, LETTERS))
        return true;
    if (is_of(before, words) && class == OP)
        return !is_east_asian(codepoint);
    if (before == CP && is_of(class, words))
        return !is_east_asian(state->codepoint);
    if (before == RI && class == RI)
        return state->indicator;
    return class == EM &&
           (before == EB ||
               (is_pictograph(state->codepoint) && !g_unichar_isdefined(state->codepoint)));
}

static void line_advance(struct line_state *state, enum line_class class, uint32_t codepoint)
{
    if (class == NU)
        state->number = NUMBER_DIGITS;
    else if (state->number == NUMBER_DIGITS && is_of(class, SET(CL) | SET(CP)))
        state->number = NUMBER_CLOSED;
    else if (state->number != NUMBER_DIGITS || !is_of(class, SET(SY) | SET(IS)))
        state->number = NUMBER_NONE;
    state->indicator = class == RI && !(state->before == RI && state->indicator);
    state->earlier = state->before;
    state->before = class;
    state->codepoint = codepoint;
    if (class != SP)
        state->solid = class;
}

/* LB4 to LB31. */
static bool is_break(const struct line_state *state, enum line_class class,
    const uint32_t *codepoints, size_t count, size_t i)
{
    enum line_class next = NONE;
    enum answer answer = answer_forced(state, class);
    if (answer == UNKNOWN)
        answer = answer_spaces(state, class);
    if (answer == UNKNOWN)
        answer = answer_marks(state, class);
    if (answer != UNKNOWN)
        return answer == BREAK;
    if (is_of(class, SET(OP) | SET(HY)))
        next = class_behind(codepoints, count, i);
    return !is_number_kept(state, class, next) && !is_hangul_kept(state->before, class) &&
           !is_word_kept(state, class, codepoints[i]);
}

/* What UAX 14 says of the place before codepoints[i]; goes on behind it. */
static unsigned line_step(
    struct line_state *state, const uint32_t *codepoints, size_t count, size_t i)
{
    bool complex = false;
    enum line_class class = line_class_of(codepoints[i], &complex);
    if (class == ID && state->before == ID && !state->joiner)
        return BORDER_LINE;
    unsigned border = complex && state->complex ? BORDER_DICTIONARY : 0;
    bool joiner = class == ZWJ;
    state->complex = complex;
    if (class == CM || class == ZWJ) { /* LB9, LB10 */
        if (!is_of(state->before, FORCED | SET(SP) | SET(ZW) | SET(NONE))) {
            state->joiner = joiner;
            return border;
        }
        class = AL;
    }
    if (i > 0 && is_break(state, class, codepoints, count, i))
        border |= BORDER_LINE;
    line_advance(state, class, codepoints[i]);
    state->joiner = joiner;
    return border;
}

/*
 * UAX 29: grapheme clusters
 */

enum cluster_part {
    OTHER, CONTROL, RETURN, FEED, EXTEND, JOINER, PREPEND, INDICATOR, PICTOGRAPH,
    LEADING, VOWEL, TRAILING, SYLLABLE_2, SYLLABLE_3
};

struct cluster_state {
    enum cluster_part before;
    bool pictograph; /* Extended_Pictographic Extend* stands before (and ZWJ: GB11) */
    bool indicator;  /* an odd number of regional indicators stands before */
};

/* Of a letter, mark or format character that is not in the fast ranges. */
static enum cluster_part part_by_type(uint32_t codepoint)
{
    switch (g_unichar_type(codepoint)) {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_SPACING_MARK: /* GB9a does as GB9 */
        return EXTEND;
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return CONTROL;
    default:
        return is_pictograph(codepoint) ? PICTOGRAPH : OTHER;
    }
}

static enum cluster_part part_by_class(uint32_t codepoint)
{
    switch (g_unichar_break_type(codepoint)) {
    case G_UNICODE_BREAK_HANGUL_L_JAMO:
        return LEADING;
    case G_UNICODE_BREAK_HANGUL_V_JAMO:
        return VOWEL;
    case G_UNICODE_BREAK_HANGUL_T_JAMO:
        return TRAILING;
    case G_UNICODE_BREAK_HANGUL_LV_SYLLABLE:
        return SYLLABLE_2;
    case G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE:
        return SYLLABLE_3;
    case G_UNICODE_BREAK_REGIONAL_INDICATOR:
        return INDICATOR;
    case G_UNICODE_BREAK_EMOJI_MODIFIER:
        return EXTEND;
    default:
        return part_by_type(codepoint);
    }
}

static enum cluster_part part_of(uint32_t codepoint)
{
    if (is_han(codepoint) || (codepoint >= 0x20 && codepoint < 0x7F))
        return OTHER;
    switch (codepoint) {
    case '\r':
        return RETURN;
    case '\n':
        return FEED;
    case 0x200D:
        return JOINER;
    case 0x200C: /* Grapheme_Extend, though no mark */
    case 0xFF9E:
    case 0xFF9F:
    case 0x0E33: /* SpacingMark, though letters */
    case 0x0EB3:
        return EXTEND;
    default:
        break;
    }
    if (codepoint >= 0xE0020 && codepoint <= 0xE007F) /* tags */
        return EXTEND;
    if (is_in(prepended, LENGTH(prepended), codepoint))
        return PREPEND;
    return part_by_class(codepoint);
}

/* GB6 to GB8. */
static bool is_syllable_kept(enum cluster_part before, enum cluster_part part)
{
    if (before == LEADING)
        return part == LEADING || part == VOWEL || part == SYLLABLE_2 || part == SYLLABLE_3;
    if (before == SYLLABLE_2 || before == VOWEL)
        return part == VOWEL || part == TRAILING;
    return (before == SYLLABLE_3 || before == TRAILING) && part == TRAILING;
}

/* GB3 to GB13. */
static bool is_cluster_kept(const struct cluster_state *state, enum cluster_part part)
{
    enum cluster_part before = state->before;
    if (before == RETURN && part == FEED)
        return true;
    if (before == CONTROL || before == RETURN || before == FEED || part == CONTROL ||
        part == RETURN || part == FEED)
        return false;
    if (part == EXTEND || part == JOINER || before == PREPEND)
        return true;
    if (part == PICTOGRAPH && before == JOINER)
        return state->pictograph;
    if (part == INDICATOR && before == INDICATOR)
        return state->indicator;
    return is_syllable_kept(before, part);
}

/* What UAX 29 says of the place before a character; goes on behind it. */
static unsigned cluster_step(struct cluster_state *state, uint32_t codepoint)
{
    enum cluster_part part = part_of(codepoint);
    if (part == OTHER && state->before == OTHER)
        return BORDER_CLUSTER;
    bool begins = !is_cluster_kept(state, part);
    state->pictograph = part == PICTOGRAPH ||
                        (state->pictograph && (part == EXTEND ||
                            (part == JOINER && state->before != JOINER)));
    state->indicator = part == INDICATOR && !(state->before == INDICATOR && state->indicator);
    state->before = part;
    return begins ? BORDER_CLUSTER : 0;
}

bool borders_find(const uint32_t *codepoints, size_t count, uint8_t *ret_borders)
{
    struct line_state line = {.before = NONE, .solid = NONE, .earlier = NONE};
    struct cluster_state cluster = {.before = CONTROL};
    unsigned all = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned border = line_step(&line, codepoints, count, i) |
                          cluster_step(&cluster, codepoints[i]);
        ret_borders[i] = (uint8_t)border;
        all |= border;
    }
    ret_borders[count] = BORDER_LINE | BORDER_CLUSTER;
    return (all & BORDER_DICTIONARY) != 0;
}
