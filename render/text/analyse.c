/* analyse: grapheme borders and break opportunities, by UAX 14 and UAX 29 (borders.c).
 *
 * UAX 14 glues quotes to both neighbours, since it cannot know which way they face. The
 * characters' classes do: the rules get a text in which full-width quotes are corner
 * brackets (OP and CL), so that Chinese may break at `出|“` and `”|规`. Forced breaks
 * become U+2028, objects U+FFFC.
 *
 * Scripts that write no spaces between words are left to a dictionary, in a module. */
#include "base/i18n.h"
#include "base/module.h"
#include "text/borders.h"
#include "text/dictionary.h"
#include "text/shaper.h"

#define MODULE_FILE "paiban-dictionary.so"

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

/* The module, opened when first needed; NULL: it is not there, which is told once. */
static const struct dictionary_module *dictionary(
    struct shaper *shaper, struct diagnostics *sink)
{
    struct dictionary *dictionary = &shaper->dictionary;
    if (dictionary->tried) {
        return dictionary->module;
    }
    struct str path;
    const char *reason = "";
    str_init(&path);
    str_printf(&path, "%s/%s", shaper->module_folder, MODULE_FILE);
    dictionary->module = module_open(path.data, DICTIONARY_SYMBOL, &reason);
    dictionary->tried = true;
    if (dictionary->module == NULL) {
        diag_add(sink, DIAG_DICTIONARY_MODULE, SPAN_NONE,
            _("it is built with paiban and needs the package libpango-1.0-0"), reason);
    }
    str_done(&path);
    return dictionary->module;
}

/* Between letters of such a script the dictionary decides. */
static void ask_dictionary(struct shaper *shaper, struct diagnostics *sink)
{
    const struct dictionary_module *module = dictionary(shaper, sink);
    size_t count = shaper->codepoints.length;
    if (module == NULL) {
        return;
    }
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < count; i++) {
        str_append_codepoint(&text, stand_in(&shaper->characters.data[i]));
    }
    bool *breaks = memory_alloc(count + 1);
    module->find(str_text(&text), count, breaks);
    for (size_t i = 0; i < count; i++) {
        uint8_t *border = &shaper->borders.data[i];
        if ((*border & BORDER_DICTIONARY) != 0 && breaks[i]) {
            *border |= BORDER_LINE;
        }
    }
    memory_free(breaks);
    str_done(&text);
}

void analyse_breaks(struct shaper *shaper, struct diagnostics *sink)
{
    size_t count = shaper->characters.length;
    vec_clear(&shaper->analysis);
    for (size_t i = 0; i < count; i++) {
        vec_push(&shaper->analysis, stand_in(&shaper->characters.data[i]));
    }
    vec_reserve(&shaper->borders, count + 1);
    shaper->borders.length = count + 1;
    if (borders_find(shaper->analysis.data, count, shaper->borders.data)) {
        ask_dictionary(shaper, sink);
    }
}

bool analyse_begins_cluster(const struct shaper *shaper, size_t i)
{
    return (shaper->borders.data[i] & BORDER_CLUSTER) != 0;
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
    bool allowed = (shaper->borders.data[last + 1] & BORDER_LINE) != 0;
    return allowed || is_border_of_marks(c->class, next->class) ? BREAK_ALLOWED : BREAK_NO;
}
