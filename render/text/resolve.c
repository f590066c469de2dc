/* resolve: the class of each character among its neighbours, Han context first.
 *
 * “ ” ‘ ’ — – … · / and their like exist once in Unicode for two uses: full-width marks
 * of the Han font and proportional ones of the Latin font. Which it is is decided here:
 *
 * - quotes in pairs, by what stands outside the pair, then inside, then the language: in
 *   Chinese `平台“RAPTOR AI”，` is full-width, `say “hello” to` is not;
 * - dashes, ellipses and dots by the nearest characters that are not spaces;
 * - signs, percent and separators by whether a digit is right beside them.
 *
 * Digits are weak: they do not make a context (`2021“GDP”年` is Chinese). */
#include "text/shaper.h"

#define QUOTE_DEPTH                                                                      \
    16 /* open quotes that wait for their partner; deeper ones stay single */

enum context { CONTEXT_NONE, CONTEXT_HAN, CONTEXT_LATIN };

/* The paragraph under resolution. */
struct scene {
    struct character *characters;
    size_t count;           /* of characters */
    const struct run *runs; /* of the paragraph */
};

static bool is_digit(const struct scene *scene, size_t i)
{
    return i < scene->count && scene->characters[i].raw == CLASS_DIGIT;
}

static bool is_letter(const struct scene *scene, size_t i)
{
    return i < scene->count && scene->characters[i].raw == CLASS_LATIN;
}

static bool is_blank(uint8_t raw)
{
    return raw == CLASS_SPACE || raw == CLASS_HARD_SPACE || raw == CLASS_INVISIBLE ||
           raw == RAW_MARK || raw == CLASS_IDEOGRAPHIC_SPACE || raw == CLASS_TAB;
}

/* What a character by itself says about the context. */
static enum context context_of(uint8_t raw)
{
    if (raw <= CLASS_EXCLAMATION || raw == CLASS_SMALL_KANA || raw == CLASS_CONNECTOR ||
        raw == CLASS_INTERPUNCT || raw == RAW_WIDE_SIGN || raw == RAW_WIDE_PERCENT ||
        raw == RAW_ENUMERATOR || raw == CLASS_DASH || raw == CLASS_SOLIDUS) {
        return CONTEXT_HAN;
    }
    return raw == CLASS_LATIN ? CONTEXT_LATIN : CONTEXT_NONE;
}

/* Note for each character what stands to its left and right: two passes, so that a
 * paragraph of nothing but quotes stays linear. */
static void find_contexts(const struct scene *scene)
{
    enum context context = CONTEXT_NONE;
    for (size_t i = 0; i < scene->count; i++) {
        struct character *c = &scene->characters[i];
        c->left = (uint8_t)context;
        enum context own = context_of(c->raw);
        context = own != CONTEXT_NONE || c->raw == CLASS_FORCED_BREAK ? own : context;
    }
    context = CONTEXT_NONE;
    for (size_t i = scene->count; i-- > 0;) {
        struct character *c = &scene->characters[i];
        c->right = (uint8_t)context;
        enum context own = context_of(c->raw);
        context = own != CONTEXT_NONE || c->raw == CLASS_FORCED_BREAK ? own : context;
    }
}

/* The context of the nearest character before i that is not blank. */
static enum context near_left(const struct scene *scene, size_t i)
{
    while (i > 0) {
        uint8_t raw = scene->characters[--i].raw;
        if (!is_blank(raw)) {
            return context_of(raw);
        }
    }
    return CONTEXT_NONE;
}

static enum context near_right(const struct scene *scene, size_t i)
{
    while (++i < scene->count) {
        uint8_t raw = scene->characters[i].raw;
        if (!is_blank(raw)) {
            return context_of(raw);
        }
    }
    return CONTEXT_NONE;
}

static void set(struct character *character, uint8_t class, bool wide)
{
    character->class = class;
    character->wide = wide;
}

static bool is_eastern(const struct character *character)
{
    return character->language != LANGUAGE_OTHER;
}

/* Addresses and code keep to the Latin font whatever stands around them. */
static bool is_verbatim(const struct scene *scene, const struct character *character)
{
    enum run_nature nature = scene->runs[character->run].nature;
    return nature == NATURE_URL || nature == NATURE_CODE;
}

static bool is_pair_wide(const struct scene *scene, size_t open, size_t close)
{
    const struct character *o = &scene->characters[open];
    const struct character *c = &scene->characters[close];
    bool inside = o->right == CONTEXT_HAN && c->left == CONTEXT_HAN;
    bool latin_outside = o->left == CONTEXT_LATIN || c->right == CONTEXT_LATIN;
    if (!is_eastern(o)) {
        return (o->left == CONTEXT_HAN && c->right == CONTEXT_HAN) ||
               (inside && !latin_outside);
    }
    return o->left == CONTEXT_HAN || c->right == CONTEXT_HAN || o->right == CONTEXT_HAN ||
           c->left == CONTEXT_HAN || !latin_outside;
}

static bool is_quote_wide(const struct character *c)
{
    if (!is_eastern(c)) {
        return c->left == CONTEXT_HAN && c->right == CONTEXT_HAN;
    }
    return !(c->left == CONTEXT_LATIN && c->right == CONTEXT_LATIN);
}

static void set_quote(const struct scene *scene, size_t i, bool wide)
{
    struct character *c = &scene->characters[i];
    wide = wide && !is_verbatim(scene, c);
    if (c->raw == RAW_QUOTE_OPEN) {
        set(c, wide ? CLASS_OPENER : CLASS_LATIN_OPENER, wide);
    } else {
        set(c, wide ? CLASS_CLOSER : CLASS_LATIN_CLOSER, wide);
    }
}

/* ’ between letters, or behind one with no ‘ open. */
static bool is_apostrophe(const struct scene *scene, size_t i, bool open)
{
    return scene->characters[i].codepoint == 0x2019 && i > 0 && is_letter(scene, i - 1) &&
           (!open || is_letter(scene, i + 1));
}

/* The position in stack of the open quote that `close` answers, or depth. */
static size_t find_partner(
    const struct scene *scene, const size_t *stack, size_t depth, uint32_t close)
{
    for (size_t k = depth; k-- > 0;) {
        if (scene->characters[stack[k]].codepoint == close - 1) {
            return k; /* “ ” and ‘ ’ are neighbours in Unicode */
        }
    }
    return depth;
}

static void resolve_quotes(const struct scene *scene)
{
    size_t stack[QUOTE_DEPTH];
    size_t depth = 0;
    for (size_t i = 0; i < scene->count; i++) {
        struct character *c = &scene->characters[i];
        if (c->raw == RAW_QUOTE_OPEN) {
            set_quote(scene, i, is_quote_wide(c));
            if (depth < QUOTE_DEPTH) {
                stack[depth++] = i;
            }
        } else if (c->raw == RAW_QUOTE_CLOSE) {
            size_t partner = find_partner(scene, stack, depth, c->codepoint);
            if (is_apostrophe(scene, i, partner < depth)) {
                set(c, CLASS_LATIN, false);
            } else if (partner == depth) {
                set_quote(scene, i, is_quote_wide(c));
            } else {
                bool wide = is_pair_wide(scene, stack[partner], i);
                set_quote(scene, stack[partner], wide);
                set_quote(scene, i, wide);
                depth = partner;
            }
        }
    }
}

/* " as it is typed opens and closes by turns. One behind a digit, where none is open, is
 * an inch; one that nothing closes stays a mark. */
static void resolve_straight_quotes(const struct scene *scene) {
    size_t open = scene->count;
    for (size_t i = 0; i < scene->count; i++) {
        struct character *c = &scene->characters[i];
        if (c->codepoint != '"' || is_verbatim(scene, c)) {
            continue;
        }
        if (open < scene->count) {
            set(&scene->characters[open], CLASS_LATIN_OPENER, false);
            set(c, CLASS_LATIN_CLOSER, false);
            open = scene->count;
        } else if (i == 0 || !is_digit(scene, i - 1)) {
            open = i;
        }
    }
}

/* The end of the stretch of characters equal to that at i, in one run. */
static size_t repeat_end(const struct scene *scene, size_t i)
{
    const struct character *first = &scene->characters[i];
    while (++i < scene->count && scene->characters[i].codepoint == first->codepoint &&
           scene->characters[i].run == first->run) {
    }
    return i;
}

/* —— and …… in pairs make one cluster each; an odd one stays alone (GB 5.1.4, 5.1.5). */
static void set_repeats(
    const struct scene *scene, size_t start, size_t end, uint8_t pair, uint8_t single)
{
    for (size_t i = start; i < end; i++) {
        bool second = (i - start) % 2 == 1;
        bool alone = !second && i + 1 == end;
        set(&scene->characters[i], alone ? single : pair, true);
        scene->characters[i].joined = second;
    }
}

static size_t resolve_em_dash(const struct scene *scene, size_t start)
{
    const struct character *c = &scene->characters[start];
    size_t end = repeat_end(scene, start);
    enum context left = near_left(scene, start);
    enum context right = near_right(scene, end - 1);
    bool han = left == CONTEXT_HAN || right == CONTEXT_HAN;
    bool latin = left == CONTEXT_LATIN && right == CONTEXT_LATIN;
    bool wide = end - start > 1 ? is_eastern(c) || han : han || (is_eastern(c) && !latin);
    if (wide && !is_verbatim(scene, c)) {
        set_repeats(scene, start, end, CLASS_DASH, CLASS_CONNECTOR);
    }
    return end;
}

static size_t resolve_ellipsis(const struct scene *scene, size_t start)
{
    const struct character *c = &scene->characters[start];
    size_t end = repeat_end(scene, start);
    bool wide = c->left == CONTEXT_HAN || c->right == CONTEXT_HAN || end - start > 1 ||
                c->left == CONTEXT_NONE;
    if (!is_eastern(c)) {
        wide = c->left == CONTEXT_HAN && c->right != CONTEXT_LATIN;
    }
    if (wide && !is_verbatim(scene, c)) {
        set_repeats(scene, start, end, CLASS_ELLIPSIS, CLASS_ELLIPSIS);
    }
    return end;
}

/* Between two digits a separator is part of the number and glued to both. */
static bool glue_number(const struct scene *scene, size_t i)
{
    if (i == 0 || !is_digit(scene, i - 1) || !is_digit(scene, i + 1)) {
        return false;
    }
    set(&scene->characters[i], CLASS_DIGIT, false);
    scene->characters[i].glued = true;
    scene->characters[i + 1].glued = true;
    return true;
}

static void resolve_separator(const struct scene *scene, size_t i)
{
    struct character *c = &scene->characters[i];
    bool han = near_left(scene, i) == CONTEXT_HAN || near_right(scene, i) == CONTEXT_HAN;
    bool glued = !is_verbatim(scene, c) && c->raw != RAW_EN_DASH && glue_number(scene, i);
    if (glued || is_verbatim(scene, c)) {
        return;
    }
    bool word_before = i > 0 && (is_letter(scene, i - 1) || is_digit(scene, i - 1));
    if (c->raw == RAW_SOLIDUS && han) {
        set(c, CLASS_SOLIDUS, false);
    } else if (c->raw == RAW_EN_DASH && han) {
        set(c, CLASS_CONNECTOR, true);
    } else if (c->raw == RAW_HYPHEN && !word_before && is_digit(scene, i + 1)) {
        set(c, CLASS_PREFIX, false);
    } else if (c->raw == RAW_HYPHEN || c->raw == RAW_EN_DASH) {
        set(c, CLASS_HYPHEN, false);
    }
}

static void resolve_sign(const struct scene *scene, size_t i)
{
    struct character *c = &scene->characters[i];
    bool wide = c->raw == RAW_WIDE_SIGN || c->raw == RAW_WIDE_PERCENT;
    bool before = is_digit(scene, i + 1) && !(i > 0 && is_digit(scene, i - 1));
    bool after = i > 0 && is_digit(scene, i - 1);
    bool prefix = c->raw == RAW_SIGN || c->raw == RAW_WIDE_SIGN;
    if (prefix && before) {
        set(c, CLASS_PREFIX, wide);
        scene->characters[i + 1].glued = true;
    } else if (!prefix && after) {
        set(c, CLASS_POSTFIX, wide);
        c->glued = true;
    } else {
        set(c, wide ? CLASS_HAN : CLASS_LATIN_MARK, wide);
    }
}

/* ① and ² stay with text right before them; elsewhere ① counts an enumeration. */
static void resolve_note(const struct scene *scene, size_t i)
{
    struct character *c = &scene->characters[i];
    uint8_t before = i > 0 ? scene->characters[i - 1].class : CLASS_SPACE;
    bool text = before == CLASS_HAN || before == CLASS_LATIN || before == CLASS_DIGIT ||
                before == CLASS_CLOSER || before == CLASS_NOTE_MARK ||
                before == CLASS_POSTFIX || before == CLASS_SMALL_KANA ||
                before == CLASS_LATIN_CLOSER;
    if (c->raw == RAW_ENUMERATOR) {
        set(c, text ? CLASS_NOTE_MARK : CLASS_HAN, true);
        c->glued = text;
    } else {
        bool latin = before == CLASS_LATIN || before == CLASS_DIGIT;
        set(c, text && !latin ? CLASS_NOTE_MARK : CLASS_LATIN, false);
        c->glued = text;
    }
}

static void resolve_dot(const struct scene *scene, size_t i)
{
    struct character *c = &scene->characters[i];
    bool han = near_left(scene, i) == CONTEXT_HAN || near_right(scene, i) == CONTEXT_HAN;
    bool bullet = i == 0 && c->codepoint == 0x2022;
    if (han && !bullet && !is_verbatim(scene, c)) {
        set(c, CLASS_INTERPUNCT, true);
    }
}

static void resolve_symbol(const struct scene *scene, size_t i)
{
    struct character *c = &scene->characters[i];
    bool han = near_left(scene, i) == CONTEXT_HAN && near_right(scene, i) == CONTEXT_HAN;
    if (han && !is_verbatim(scene, c)) {
        set(c, CLASS_HAN, true);
    }
}

/* Resolve the character at i, or a stretch that begins there; returns where it ends. */
static size_t resolve_at(const struct scene *scene, size_t i)
{
    switch (scene->characters[i].raw) {
    case RAW_EM_DASH:
        return resolve_em_dash(scene, i);
    case RAW_ELLIPSIS:
        return resolve_ellipsis(scene, i);
    case RAW_EN_DASH:
    case RAW_SOLIDUS:
    case RAW_HYPHEN:
    case RAW_NUMBER_MARK:
        resolve_separator(scene, i);
        break;
    case RAW_SIGN:
    case RAW_WIDE_SIGN:
    case RAW_PERCENT:
    case RAW_WIDE_PERCENT:
        resolve_sign(scene, i);
        break;
    case RAW_ENUMERATOR:
    case RAW_SUPERSCRIPT:
        resolve_note(scene, i);
        break;
    case RAW_MIDDLE_DOT:
        resolve_dot(scene, i);
        break;
    case RAW_SYMBOL:
        resolve_symbol(scene, i);
        break;
    default:
        break;
    }
    return i + 1;
}

static bool is_wide_class(uint8_t class)
{
    return class <= CLASS_ELLIPSIS || class == CLASS_SMALL_KANA;
}

/* A class to begin with: what the character is when nothing speaks for the Han font. */
static void set_default(struct character *c)
{
    bool known = c->raw < CLASS_COUNT;
    set(c, known ? c->raw : CLASS_LATIN_MARK, known && is_wide_class(c->raw));
    if (c->codepoint == 0xFF0F) {
        c->wide = true;
    }
}

/* A superscript run is a note mark or an exponent: it stays with what precedes. */
static void resolve_superscripts(const struct scene *scene)
{
    for (size_t i = 0; i < scene->count; i++) {
        struct character *c = &scene->characters[i];
        bool drawn = !is_blank(c->raw) && c->raw != CLASS_FORCED_BREAK;
        if (scene->runs[c->run].baseline_shift > 0 && drawn && c->raw != CLASS_OBJECT) {
            c->class = CLASS_NOTE_MARK;
            c->glued = i > 0 && !is_blank(scene->characters[i - 1].raw);
        }
    }
}

void resolve_classes(struct character *characters, size_t count, const struct run *runs)
{
    const struct scene scene = {characters, count, runs};
    for (size_t i = 0; i < count; i++) {
        set_default(&characters[i]);
    }
    find_contexts(&scene);
    resolve_quotes(&scene);
    resolve_straight_quotes(&scene);
    for (size_t i = 0; i < count;) {
        i = resolve_at(&scene, i);
    }
    resolve_superscripts(&scene);
}
