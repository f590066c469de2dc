/* kinsoku: where a line may end and begin (禁则), as data.
 *
 * One row a class says from which strictness on it may not begin or end a line, with the
 * clause. Breaks between two characters of which neither is full-width are UAX 14's
 * (text/ brings them); as soon as Chinese is on one side, this table decides, because UAX
 * 14 glues quotation marks to both neighbours and lets · and ～ begin a line. */
#include "para/space.h"
#include <string.h>

#define NEVER 9 /* no strictness forbids it */

struct kinsoku_row {
    uint8_t start; /* forbidden at a line's start from this enum strictness on */
    uint8_t end;   /* forbidden at a line's end */
};

/* clreq = W3C Requirements for Chinese Text Layout, "Prohibition rules for line start and
 * line end"; G34 = GB/T 15834-2011 clause 5.1. */
static const struct kinsoku_row rows[CLASS_COUNT] = {
    [CLASS_HAN] = {NEVER, NEVER},
    [CLASS_OPENER] = {NEVER, STRICTNESS_BASIC},       /* clreq; G34 5.1.3 */
    [CLASS_CLOSER] = {STRICTNESS_BASIC, NEVER},       /* clreq; G34 5.1.3 */
    [CLASS_COMMA] = {STRICTNESS_BASIC, NEVER},        /* clreq; G34 5.1.1 */
    [CLASS_STOP] = {STRICTNESS_BASIC, NEVER},         /* clreq; G34 5.1.1 */
    [CLASS_EXCLAMATION] = {STRICTNESS_BASIC, NEVER},  /* clreq; G34 5.1.2 */
    [CLASS_INTERPUNCT] = {STRICTNESS_BASIC, NEVER},   /* clreq; G34 5.1.7 */
    [CLASS_CONNECTOR] = {STRICTNESS_BASIC, NEVER},    /* clreq; G34 5.1.6 */
    [CLASS_DASH] = {STRICTNESS_STRICT, NEVER},        /* clreq strict; G34 5.1.4 only
                                                            keeps it whole */
    [CLASS_ELLIPSIS] = {STRICTNESS_STRICT, NEVER},    /* clreq strict; G34 5.1.5 only
                                                            keeps it whole */
    [CLASS_SOLIDUS] = {STRICTNESS_GB, STRICTNESS_GB}, /* G34 5.1.9 */
    [CLASS_SMALL_KANA] = {STRICTNESS_BASIC, NEVER},   /* jlreq cl-11, cl-09 */
    [CLASS_NOTE_MARK] = {STRICTNESS_BASIC, NEVER},    /* clreq 262: with its base */
    [CLASS_PREFIX] = {NEVER, STRICTNESS_BASIC},       /* clreq 262: with its number */
    [CLASS_POSTFIX] = {STRICTNESS_BASIC, NEVER},      /* clreq 262: with its number */
    [CLASS_DIGIT] = {NEVER, NEVER},
    [CLASS_LATIN] = {NEVER, NEVER},
    [CLASS_LATIN_OPENER] = {NEVER, STRICTNESS_BASIC}, /* UAX 14 LB14 */
    [CLASS_LATIN_CLOSER] = {STRICTNESS_BASIC, NEVER}, /* UAX 14 LB13 */
    [CLASS_LATIN_MARK] = {NEVER, NEVER},              /* see latin_mark_closes() */
    [CLASS_HYPHEN] = {STRICTNESS_BASIC, NEVER},       /* G34 5.1.6 */
    [CLASS_SPACE] = {NEVER, NEVER},
    [CLASS_HARD_SPACE] = {STRICTNESS_BASIC, STRICTNESS_BASIC}, /* UAX 14 GL */
    [CLASS_IDEOGRAPHIC_SPACE] = {NEVER, NEVER},
    [CLASS_INVISIBLE] = {NEVER, NEVER}, /* its own break_after decides */
    [CLASS_TAB] = {NEVER, NEVER},
    [CLASS_OBJECT] = {NEVER, NEVER},
    [CLASS_FORCED_BREAK] = {NEVER, NEVER},
    [CLASS_MISSING] = {NEVER, NEVER},
};

/* Symbols of units that stay with their number over a typed space (GB/T 15835: a number
 * and its unit are one). Longest first is not needed: the whole word must match. */
static const char *const unit_symbols[] = {"%", "A", "GB", "GHz", "GW", "GWh", "Gbps",
    "Hz", "J", "K", "KB", "L", "MB", "MHz", "MPa", "MW", "MWh", "Mbps", "N", "PB", "Pa",
    "TB", "TW", "TWh", "V", "W", "cm", "dB", "dm", "g", "h", "ha", "kB", "kHz", "kJ",
    "kPa", "kV", "kW", "kWh", "kg", "km", "kt", "m", "mA", "mL", "mV", "mW", "mg", "min",
    "ml", "mm", "mol", "ms", "mt", "nm", "ns", "pt", "px", "s", "t", "μg", "μm", "Ω", "°",
    "‰", "℃", "°C", "°F", "℉"};

bool class_is_wide(enum cluster_class class)
{
    switch (class) {
    case CLASS_HAN:
    case CLASS_OPENER:
    case CLASS_CLOSER:
    case CLASS_COMMA:
    case CLASS_STOP:
    case CLASS_EXCLAMATION:
    case CLASS_INTERPUNCT:
    case CLASS_CONNECTOR:
    case CLASS_DASH:
    case CLASS_ELLIPSIS:
    case CLASS_SMALL_KANA:
    case CLASS_IDEOGRAPHIC_SPACE:
    case CLASS_OBJECT:
    case CLASS_MISSING:
        return true;
    default:
        return false;
    }
}

bool class_is_closing(enum cluster_class class)
{
    return class == CLASS_CLOSER || class == CLASS_COMMA || class == CLASS_STOP ||
           class == CLASS_EXCLAMATION;
}

/* Proportional marks that end something, and the typed ～: they stay with what precedes.
 * The rest of CLASS_LATIN_MARK (+ & @ # = …) may begin a line, as 互联网+医疗↵+医保 in print. */
static bool latin_mark_closes(const struct cluster *c)
{
    return c->class == CLASS_LATIN_MARK && c->codepoint < 0x80 &&
           strchr(".,;:!?~", (int)c->codepoint) != NULL;
}

/* A typed - between Han and a digit is a minus (增-3.2) or connects (5月-6月, G34 5.1.6: not
 * at a line's start): it stays with both. */
static bool is_typed_connector(const struct cluster *before, const struct cluster *after)
{
    return after->class == CLASS_PREFIX && after->codepoint == '-' &&
           before->class == CLASS_HAN;
}

/* A solidus among Latin letters, but for addresses: km/h, TCP/IP (G34 5.1.9). */
static bool is_latin_solidus(const struct paragraph_text *text,
    const struct line_rules *rules, const struct cluster *before)
{
    return rules->strictness >= STRICTNESS_GB && before->codepoint == '/' &&
           text->runs[before->run].nature == NATURE_PROSE;
}

static bool is_wide_digit(const struct cluster *c)
{
    return c->codepoint >= 0xFF10 && c->codepoint <= 0xFF19;
}

/* Full-width digits are Han to everything else, but no number is split (clreq 262; GB/T
 * 15835), nor parted from its sign. */
static bool is_wide_number(const struct cluster *before, const struct cluster *after)
{
    switch (is_wide_digit(before) ? after->codepoint : before->codepoint) {
    case '%':
    case 0x00B0: /* ° */
    case 0x2030: /* ‰ */
    case 0x2103: /* ℃ */
    case 0xFF05: /* ％ */
        return is_wide_digit(before);
    case 0x00B1: /* ± */
    case 0x2212: /* − */
    case 0xFF04: /* ＄ */
    case 0xFF0B: /* ＋ */
    case 0xFFE5: /* ￥ */
        return is_wide_digit(after);
    default:
        return is_wide_digit(before) && is_wide_digit(after);
    }
}

static bool begins_word(const struct paragraph_text *text, uint32_t at)
{
    return at == 0 || text->clusters[at - 1].class != CLASS_LATIN;
}

/* A letter, or a sign that counts as one in a unit even where a space parts it from its
 * number. */
static bool is_unit_part(const struct cluster *c)
{
    return c->class == CLASS_LATIN || c->class == CLASS_POSTFIX || c->codepoint == '%' ||
           c->codepoint == 0x00B0 || c->codepoint == 0x2030 || c->codepoint == 0x2103 ||
           c->codepoint == 0x2109;
}

/* The word of letters and symbols that starts at a cluster is a unit's symbol. */
static bool is_unit_symbol(const struct paragraph_text *text, uint32_t at)
{
    if (!begins_word(text, at))
        return false;
    uint32_t end = at;
    while (end < text->cluster_count && is_unit_part(&text->clusters[end]))
        end++;
    if (end == at)
        return false;
    struct text word = text_slice(text->text, text->clusters[at].start,
        text->clusters[end - 1].start + text->clusters[end - 1].length);
    for (size_t i = 0; i < sizeof unit_symbols / sizeof *unit_symbols; i++)
        if (text_is(word, unit_symbols[i]))
            return true;
    return false;
}

static bool is_forbidden(const struct line_rules *rules, const struct cluster *before,
    const struct cluster *after)
{
    int strictness = (int)rules->strictness;
    return strictness >= rows[after->class].start ||
           strictness >= rows[before->class].end || latin_mark_closes(after);
}

/* Both are one mark of two or more characters: —— ——, …… ……: never split (G34 5.1.4,
 * 5.1.5). */
static bool is_doubled(const struct cluster *before, const struct cluster *after)
{
    return before->class == after->class &&
           (after->class == CLASS_DASH || after->class == CLASS_ELLIPSIS);
}

/* A run that is set as one piece: ruby, even setting, labels. */
static bool is_one_piece(const struct paragraph_text *text, const struct cluster *before,
    const struct cluster *after)
{
    const struct run *run = &text->runs[before->run];
    return before->run == after->run &&
           (run->ruby != NULL || run->even > 0 || run->nature == NATURE_FIXED);
}

/* Two ideographs or kana, of which no rule below knows more than that they are Han. */
static bool is_plain_han(const struct cluster *before, const struct cluster *after)
{
    return before->class == CLASS_HAN && after->class == CLASS_HAN &&
           before->codepoint >= 0x3040 && before->codepoint < 0xFE00 &&
           after->codepoint >= 0x3040 && after->codepoint < 0xFE00;
}

static int32_t uax14_penalty(const struct cluster *before)
{
    return before->break_after == BREAK_NO ? PENALTY_FORBIDDEN : 0;
}

/* Two ASCII letters or digits: UAX 14 decides. */
static bool is_inside_word(const struct cluster *before, const struct cluster *after)
{
    return (before->class == CLASS_LATIN || before->class == CLASS_DIGIT) &&
           (after->class == CLASS_LATIN || after->class == CLASS_DIGIT) &&
           before->codepoint < 0x80 && after->codepoint < 0x80 &&
           before->codepoint != '/';
}

int32_t kinsoku_penalty(const struct paragraph_text *text, const struct line_rules *rules,
    uint32_t before, uint32_t after, uint32_t spaces)
{
    const struct cluster *a = &text->clusters[before];
    const struct cluster *b = &text->clusters[after];
    const struct cluster *nearest = &text->clusters[after - 1];
    if (nearest->class == CLASS_FORCED_BREAK || nearest->break_after == BREAK_FORCED)
        return PENALTY_FORCED;
    if (is_plain_han(a, b))
        return is_one_piece(text, a, b) ? PENALTY_FORBIDDEN : 0;
    if (is_one_piece(text, a, b))
        return PENALTY_FORBIDDEN;
    if (spaces == 0 && is_inside_word(a, b))
        return nearest->hyphen_after ? PENALTY_HYPHEN : uax14_penalty(nearest);
    if (is_forbidden(rules, a, b))
        return PENALTY_FORBIDDEN;
    if (spaces == 0 &&
        (is_doubled(a, b) || is_typed_connector(a, b) || is_wide_number(a, b) ||
            is_latin_solidus(text, rules, a)))
        return PENALTY_FORBIDDEN;
    if (spaces > 0 && a->class == CLASS_DIGIT && is_unit_symbol(text, after))
        return PENALTY_FORBIDDEN;
    if (a->class == CLASS_INVISIBLE || b->class == CLASS_INVISIBLE)
        return uax14_penalty(a);
    bool chinese = class_is_wide(a->class) || class_is_wide(b->class);
    if (chinese || a->class == CLASS_SOLIDUS || b->class == CLASS_SOLIDUS)
        return 0;
    return nearest->hyphen_after && spaces == 0 ? PENALTY_HYPHEN : uax14_penalty(nearest);
}
