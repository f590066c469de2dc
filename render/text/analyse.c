/* analyse: grapheme borders and break opportunities, by Pango's UAX 14 and UAX 29.
 *
 * UAX 14 glues quotes to both neighbours, since it cannot know which way they face. The
 * characters' classes do: Pango gets a text in which full-width quotes are corner
 * brackets (OP and CL), so that Chinese may break at `出|“` and `”|规`. Forced breaks
 * become U+2028, objects U+FFFC. Attributes are by character, so that nothing else
 * changes. */
#include "text/shaper.h"
#include <pango/pango-utils.h>

static uint32_t stand_in(const struct character *c)
{
    if (c->class == CLASS_FORCED_BREAK) {
        return 0x2028;
    }
    if (c->class == CLASS_OBJECT) {
        return 0xFFFC;
    }
    if (c->raw == RAW_QUOTE_OPEN && c->class == CLASS_OPENER) {
        return 0x300C;
    }
    if (c->raw == RAW_QUOTE_CLOSE && c->class == CLASS_CLOSER) {
        return 0x300D;
    }
    return c->class == CLASS_SPACE || c->codepoint == 0 ? ' ' : c->codepoint;
}

void analyse_breaks(struct shaper *shaper)
{
    size_t count = shaper->characters.length;
    str_clear(&shaper->analysis);
    for (size_t i = 0; i < count; i++) {
        str_append_codepoint(&shaper->analysis, stand_in(&shaper->characters.data[i]));
    }
    vec_reserve(&shaper->attributes, count + 1);
    shaper->attributes.length = count + 1;
    pango_get_log_attrs(shaper->analysis.data, (int)shaper->analysis.length, -1,
        pango_language_from_string("zh"), shaper->attributes.data, (int)(count + 1));
}

/* Where UAX 14 is too strict beside full-width marks: it keeps `，￥25` and `GDP（` together
 * (LB25, LB30); a Chinese line may break there (clreq 3.1.7). */
static bool is_border_of_marks(uint8_t before, uint8_t after)
{
    bool closing = before == CLASS_CLOSER || before == CLASS_COMMA ||
                   before == CLASS_STOP || before == CLASS_EXCLAMATION;
    bool text_before = before == CLASS_LATIN || before == CLASS_DIGIT ||
                       before == CLASS_POSTFIX || before == CLASS_LATIN_CLOSER ||
                       before == CLASS_LATIN_MARK || before == CLASS_HAN;
    bool text_after = after == CLASS_LATIN || after == CLASS_DIGIT ||
                      after == CLASS_PREFIX || after == CLASS_LATIN_OPENER ||
                      after == CLASS_HAN;
    return (closing && (text_after || after == CLASS_OPENER)) ||
           (text_before && after == CLASS_OPENER);
}

/* Inside an address, code or a label nothing breaks, but behind a space of code. */
static bool is_run_closed(const struct run *run, const struct character *last)
{
    return run->nature == NATURE_FIXED || run->nature == NATURE_URL ||
           (run->nature == NATURE_CODE && last->class != CLASS_SPACE);
}

enum break_after analyse_break_after(
    const struct shaper *shaper, const struct run *runs, size_t last)
{
    const struct character *c = &shaper->characters.data[last];
    const PangoLogAttr *attribute = &shaper->attributes.data[last + 1];
    bool at_end = last + 1 == shaper->characters.length;
    if (c->class == CLASS_FORCED_BREAK || at_end) {
        return BREAK_FORCED;
    }
    const struct character *next = c + 1;
    if (next->joined || next->glued) {
        return BREAK_NO;
    }
    if (next->run == c->run && is_run_closed(&runs[c->run], c)) {
        return BREAK_NO;
    }
    if (attribute->is_line_break || is_border_of_marks(c->class, next->class)) {
        return BREAK_ALLOWED;
    }
    return BREAK_NO;
}
