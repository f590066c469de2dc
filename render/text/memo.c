/* memo: a map from words to their glyphs; see memo.h. */
#include "text/memo.h"

#define CHARACTERS_MOST 48    /* of a word that is kept */
#define WORDS_MOST      16384 /* then all are forgotten: some 4 MB */

void memo_done(struct memo *memo)
{
    map_done(&memo->words);
    arena_done(&memo->arena);
    str_done(&memo->bytes);
}

/* Scripts whose letters stand alone. */
static bool stands_alone(hb_script_t script)
{
    return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_CYRILLIC ||
           script == HB_SCRIPT_GREEK || script == HB_SCRIPT_HAN;
}

const struct memo_word *memo_find(struct memo *memo, const struct memo_key *key)
{
    const uint32_t numbers[] = {(uint32_t)key->script, key->features};

    str_clear(&memo->bytes);
    if (key->count > CHARACTERS_MOST || !stands_alone(key->script))
        return NULL;
    str_append(&memo->bytes, &key->font, sizeof key->font);
    str_append(&memo->bytes, &key->language, sizeof key->language);
    str_append(&memo->bytes, numbers, sizeof numbers);
    str_append(&memo->bytes, key->codepoints, key->count * sizeof *key->codepoints);
    return map_lookup(&memo->words, str_text(&memo->bytes));
}

void memo_keep(
    struct memo *memo, const struct shaped_glyph *glyphs, uint32_t count, uint32_t first)
{
    struct shaped_glyph *copy;
    struct memo_word *word;

    if (memo->bytes.length == 0)
        return;
    if (memo->words.length >= WORDS_MOST) {
        map_done(&memo->words);
        arena_reset(&memo->arena);
    }
    word = ARENA_NEW(&memo->arena, struct memo_word);
    copy = ARENA_ARRAY(&memo->arena, count, struct shaped_glyph);
    for (uint32_t i = 0; i < count; i++) {
        copy[i] = glyphs[i];
        copy[i].character -= first;
    }
    *word = (struct memo_word){copy, count};
    map_set(&memo->words, str_text(&memo->bytes), word);
}
