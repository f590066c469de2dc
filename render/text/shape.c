/* shape: runs → clusters, the main line of text/: see shaper.h for the stages.
 *
 * Stretches of equal face, size, script and language go through HarfBuzz together, at one
 * unit per font unit; advances become `unit` glyph by glyph, so that a Han is exactly one
 * em and results repeat. Ink extents are never asked for (they cost more than shaping).
 * Everything works in the shaper's buffers; the result is copied to the arena at the end.
 */
#include <glib.h>
#include <limits.h>
#include <string.h>
#include "base/utf8.h"
#include "text/mark.h"
#include "text/shaper.h"
#include "text/tell.h"

#define TEXT_LIMIT (INT_MAX / 8) /* bytes of a paragraph; HarfBuzz counts in int */

struct shaper *shaper_new(struct fonts *fonts, const char *module_folder)
{
    static const char *const names[] = {"zh-Hans", "zh-Hant", "ja", "en"};
    struct shaper *shaper = memory_alloc(sizeof *shaper);
    shaper->fonts = fonts;
    shaper->module_folder = module_folder;
    shaper->buffer = hb_buffer_create();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        shaper->languages[i] = hb_language_from_string(names[i], -1);
    }
    return shaper;
}

void shaper_free(struct shaper *shaper)
{
    if (shaper == NULL) {
        return;
    }
    hb_buffer_destroy(shaper->buffer);
    hyphenator_done(&shaper->hyphenator);
    direct_done(&shaper->direct);
    memo_done(&shaper->memo);
    vec_done(&shaper->shaped);
    vec_done(&shaper->characters);
    vec_done(&shaper->codepoints);
    vec_done(&shaper->analysis);
    vec_done(&shaper->borders);
    vec_done(&shaper->clusters);
    vec_done(&shaper->pieces);
    vec_done(&shaper->glyphs);
    vec_done(&shaper->faces);
    memory_free(shaper);
}

static enum text_language language_of(const char *name)
{
    if (strcmp(name, "zh-Hant") == 0) {
        return LANGUAGE_HANT;
    }
    if (strcmp(name, "ja") == 0) {
        return LANGUAGE_JA;
    }
    return strncmp(name, "zh", 2) == 0 ? LANGUAGE_HANS : LANGUAGE_OTHER;
}

/* The runs' texts, joined; forced breaks and objects have a character of their own. */
static void collect_run(
    struct shaper *shaper, const struct run *run, uint32_t index, uint32_t start)
{
    struct character c = {
        .run = index, .offset = start, .language = (uint8_t)language_of(run->language)};
    if (run->kind != RUN_TEXT) {
        c.codepoint = run->kind == RUN_BREAK ? 0x2028 : 0xFFFC;
        c.raw = run->kind == RUN_BREAK ? CLASS_FORCED_BREAK : CLASS_OBJECT;
        vec_push(&shaper->characters, c);
        return;
    }
    for (size_t offset = 0; offset < run->text.length;) {
        c.offset = start + (uint32_t)offset;
        c.codepoint = utf8_next(run->text.data, run->text.length, &offset);
        if (c.codepoint == UTF8_INVALID) {
            c.codepoint = 0xFFFD; /* content/ lets none through */
        }
        c.raw = class_of(c.codepoint);
        vec_push(&shaper->characters, c);
    }
}

static void collect(struct shaper *shaper, struct arena *arena, struct paragraph_text *p)
{
    size_t total = 0;
    for (uint32_t i = 0; i < p->run_count; i++) {
        total += p->runs[i].text.length;
        if (total > TEXT_LIMIT) {
            program_stop("a paragraph of more than %d bytes", TEXT_LIMIT);
        }
    }
    char *text = arena_alloc(arena, total + 1);
    uint32_t *starts = ARENA_ARRAY(arena, (size_t)p->run_count + 1, uint32_t);
    uint32_t start = 0;
    vec_clear(&shaper->characters);
    for (uint32_t i = 0; i < p->run_count; i++) {
        const struct run *run = &p->runs[i];
        starts[i] = start;
        if (run->text.length > 0) {
            memcpy(text + start, run->text.data, run->text.length);
        }
        collect_run(shaper, run, i, start);
        start += (uint32_t)run->text.length;
    }
    starts[p->run_count] = start;
    p->run_start = starts;
    p->text = (struct text){text, total};
    vec_clear(&shaper->codepoints);
    for (size_t i = 0; i < shaper->characters.length; i++) {
        vec_push(&shaper->codepoints, shaper->characters.data[i].codepoint);
    }
}

static bool begins_cluster(const struct shaper *shaper, size_t i)
{
    const struct character *c = &shaper->characters.data[i];
    if (i == 0 || c->run != c[-1].run) {
        return true;
    }
    return !c->joined && analyse_begins_cluster(shaper, i);
}

/* One cluster of the characters [first, end). */
static void add_cluster(
    struct shaper *shaper, const struct paragraph_text *p, size_t first, size_t end)
{
    const struct character *c = &shaper->characters.data[first];
    size_t count = shaper->characters.length;
    uint32_t text_end = end < count ? c[end - first].offset : (uint32_t)p->text.length;
    struct cluster cluster = {
        .start = c->offset,
        .length = text_end - c->offset,
        .run = c->run,
        .class = c->class,
        .break_after = (uint8_t)analyse_break_after(shaper, p->runs, end - 1),
        .size = p->runs[c->run].size,
        .codepoint = c->codepoint & CODEPOINT_MASK,
        .safe_to_break = true,
    };
    if (p->runs[c->run].kind == RUN_BREAK) {
        cluster.length = 0;
    }
    struct piece piece = {
        .first = (uint32_t)first, .count = (uint32_t)(end - first), .wide = c->wide};
    vec_push(&shaper->clusters, cluster);
    vec_push(&shaper->pieces, piece);
}

static void make_clusters(struct shaper *shaper, const struct paragraph_text *p)
{
    size_t count = shaper->characters.length;
    vec_clear(&shaper->clusters);
    vec_clear(&shaper->pieces);
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        while (end < count && !begins_cluster(shaper, end)) {
            end++;
        }
        add_cluster(shaper, p, first, end);
        first = end;
    }
}

static const struct face *face_of_run(struct shaper *shaper, const struct run *run,
    uint32_t index, bool wide, struct diagnostics *sink)
{
    struct run_faces *faces = &shaper->faces.data[index];
    const struct face **face = wide ? &faces->han : &faces->latin;
    if (*face == NULL) {
        enum font_role role = wide ? run->role : run->latin_role;
        bool italic = run->italic && !wide; /* Han are never slanted: kai serves instead
                                               */
        *face = fonts_face(shaper->fonts, role, run->weight, italic, run->language, sink);
    }
    return *face;
}

static bool has_all(const struct face *face, const uint32_t *codepoints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool selector = i > 0 && class_of(codepoints[i]) == CLASS_INVISIBLE;
        bool variation = i > 0 && ((codepoints[i] >= 0xFE00 && codepoints[i] <= 0xFE0F) ||
                                      codepoints[i] >= 0xE0000);
        if (!selector && !variation && !face_has(face, codepoints[i])) {
            return false;
        }
    }
    return true;
}

/* White and invisible clusters draw nothing, but white has the Latin font's space. */
static bool is_blank_class(uint8_t class)
{
    return class == CLASS_SPACE || class == CLASS_HARD_SPACE || class == CLASS_TAB ||
           class == CLASS_IDEOGRAPHIC_SPACE || class == CLASS_INVISIBLE ||
           class == CLASS_FORCED_BREAK || class == CLASS_OBJECT;
}

/* The face of a drawn cluster: of its own role, the run's other role, or a fallback. */
static bool find_face(struct shaper *shaper, const struct paragraph_text *p, size_t index,
    struct diagnostics *sink)
{
    struct cluster *cluster = &shaper->clusters.data[index];
    const struct piece *piece = &shaper->pieces.data[index];
    const struct run *run = &p->runs[cluster->run];
    const uint32_t *codepoints = &shaper->codepoints.data[piece->first];
    const struct face *own = face_of_run(shaper, run, cluster->run, piece->wide, sink);
    if (own == NULL) {
        return false;
    }
    if (has_all(own, codepoints, piece->count)) {
        cluster->face = own;
        return true;
    }
    const struct face *other = face_of_run(shaper, run, cluster->run, !piece->wide, sink);
    if (other == NULL) {
        return false;
    }
    if (has_all(other, codepoints, piece->count)) {
        cluster->face = other;
        return true;
    }
    enum font_role role = piece->wide ? run->role : run->latin_role;
    cluster->face = fonts_fallback(
        shaper->fonts, role, run->weight, run->language, codepoints, piece->count);
    if (cluster->face == NULL) {
        cluster->class = CLASS_MISSING;
    }
    tell_fallback(p, cluster, sink);
    return true;
}

static bool find_faces(
    struct shaper *shaper, const struct paragraph_text *p, struct diagnostics *sink)
{
    vec_reserve(&shaper->faces, p->run_count);
    shaper->faces.length = p->run_count;
    for (uint32_t i = 0; i < p->run_count; i++) {
        shaper->faces.data[i] = (struct run_faces){NULL, NULL};
    }
    for (size_t i = 0; i < shaper->clusters.length; i++) {
        struct cluster *cluster = &shaper->clusters.data[i];
        const struct run *run = &p->runs[cluster->run];
        if (cluster->class == CLASS_SPACE || cluster->class == CLASS_HARD_SPACE) {
            cluster->face = face_of_run(shaper, run, cluster->run, false, sink);
            if (cluster->face == NULL) {
                return false;
            }
        } else if (!is_blank_class(cluster->class) && !find_face(shaper, p, i, sink)) {
            return false;
        }
    }
    return true;
}

/* Common characters take the script of their neighbours. */
static void find_scripts(struct shaper *shaper)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_script_t script = HB_SCRIPT_LATIN;
    for (size_t i = 0; i < shaper->pieces.length; i++) {
        struct piece *piece = &shaper->pieces.data[i];
        uint32_t codepoint = shaper->clusters.data[i].codepoint;
        if (piece->wide) {
            bool hangul = codepoint >= 0xAC00 && codepoint <= 0xD7A3;
            piece->script = hangul ? HB_SCRIPT_HANGUL : HB_SCRIPT_HAN;
            continue;
        }
        hb_script_t own = codepoint < 0x80 && g_ascii_isalpha((char)codepoint)
                              ? HB_SCRIPT_LATIN
                              : hb_unicode_script(unicode, codepoint);
        if (own != HB_SCRIPT_COMMON && own != HB_SCRIPT_INHERITED &&
            own != HB_SCRIPT_UNKNOWN) {
            script = own;
        }
        piece->script = script;
    }
}

/* Whether the clusters a and b may go through HarfBuzz together. Digits go apart, since
 * they are not kerned: Times New Roman and its like would set `11` closer than `12`. Each
 * —— goes alone: fonts have ligatures of three dashes and more as well. */
static bool same_stretch(
    const struct shaper *shaper, const struct run *runs, size_t a, size_t b)
{
    const struct cluster *one = &shaper->clusters.data[a];
    const struct cluster *two = &shaper->clusters.data[b];
    const struct run *run = &runs[one->run];
    const struct run *other = &runs[two->run];
    if ((one->class == CLASS_DIGIT) != (two->class == CLASS_DIGIT)) {
        return false;
    }
    if (one->class == CLASS_DASH || two->class == CLASS_DASH) {
        return false;
    }
    return two->face == one->face && !is_blank_class(two->class) &&
           one->size == two->size &&
           shaper->pieces.data[a].script == shaper->pieces.data[b].script &&
           run->nature == other->nature && run->plain_latin == other->plain_latin &&
           (run == other || strcmp(run->language, other->language) == 0);
}

/* Glyphs of a word, whose characters count from `origin`, into shaper->glyphs, cluster by
 * cluster. */
static void take_glyphs(struct shaper *shaper, size_t start, size_t end,
    struct memo_word word, uint32_t origin)
{
    unsigned g = 0;
    size_t drawn = start; /* the last cluster with a glyph */
    for (size_t k = start; k < end; k++) {
        struct cluster *cluster = &shaper->clusters.data[k];
        struct piece *piece = &shaper->pieces.data[k];
        unsigned first = g;
        uint32_t limit = piece->first + piece->count - origin;
        cluster->first_glyph = (uint32_t)shaper->glyphs.length;
        bool unsafe = g < word.count && word.glyphs[g].character < limit &&
                      word.glyphs[g].unsafe;
        for (; g < word.count && word.glyphs[g].character < limit; g++) {
            const struct shaped_glyph *shaped = &word.glyphs[g];
            struct glyph glyph = {
                .id = shaped->id,
                .x_advance = face_scale(cluster->face, shaped->x_advance, cluster->size),
                .x_offset = face_scale(cluster->face, shaped->x_offset, cluster->size),
                .y_offset = face_scale(cluster->face, shaped->y_offset, cluster->size),
            };
            cluster->advance += glyph.x_advance;
            vec_push(&shaper->glyphs, glyph);
        }
        cluster->glyph_count = (uint16_t)(g - first);
        piece->dead = g == first && k > start; /* in a ligature with the one before */
        if (!piece->dead) {
            drawn = k;
        }
        if (k > start && unsafe) {
            shaper->clusters.data[k - 1].safe_to_break = false;
        }
        if (piece->dead) {
            struct cluster *whole = &shaper->clusters.data[drawn];
            whole->length += cluster->length;
            whole->break_after = cluster->break_after;
        }
    }
}

#define OFF HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END

/* What is switched off: kerning among wide characters, which are set solid (kana of some
 * fonts have it), all of it in addresses, code, numbers and plain Latin. */
static const hb_feature_t plain[] = {
    {HB_TAG('k', 'e', 'r', 'n'), 0, OFF},
    {HB_TAG('l', 'i', 'g', 'a'), 0, OFF},
    {HB_TAG('c', 'l', 'i', 'g'), 0, OFF},
    {HB_TAG('c', 'a', 'l', 't'), 0, OFF},
};

enum { PLAIN_KERNING = 1, PLAIN_ALL = sizeof plain / sizeof *plain };

/* The glyphs of a word, by HarfBuzz, into shaper->shaped. Its first character is one of
 * the paragraph's, which HarfBuzz looks at, too, where letters join. */
static void shape_word(struct shaper *shaper, const struct memo_key *key, uint32_t first)
{
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, shaper->codepoints.data,
        (int)shaper->codepoints.length, first, (int)key->count);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, key->script);
    hb_buffer_set_language(buffer, key->language);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(key->font, buffer, plain, key->features);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    vec_clear(&shaper->shaped);
    for (unsigned i = 0; i < count; i++) {
        struct shaped_glyph glyph = {
            .id = infos[i].codepoint,
            .character = infos[i].cluster,
            .x_advance = places[i].x_advance,
            .x_offset = places[i].x_offset,
            .y_offset = places[i].y_offset,
            .unsafe = (hb_glyph_info_get_glyph_flags(&infos[i]) &
                          HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
        };
        vec_push(&shaper->shaped, glyph);
    }
}

static void shape_stretch(
    struct shaper *shaper, const struct run *runs, size_t start, size_t end)
{
    const struct piece *first = &shaper->pieces.data[start];
    const struct piece *last = &shaper->pieces.data[end - 1];
    const struct run *run = &runs[shaper->clusters.data[start].run];
    bool verbatim = run->nature == NATURE_URL || run->nature == NATURE_CODE;
    bool digits = shaper->clusters.data[start].class == CLASS_DIGIT;
    unsigned features = verbatim || digits || run->plain_latin ? PLAIN_ALL : 0;
    features = first->wide ? PLAIN_KERNING : features;
    enum text_language language = shaper->characters.data[first->first].language;
    const struct face *face = shaper->clusters.data[start].face;
    const struct direct_key key = {
        face->hb_face, first->script, shaper->languages[language], features};
    if (direct_shape(shaper, &key, plain, start, end)) {
        return;
    }
    const struct memo_key word = {.font = face->hb_font,
        .script = first->script,
        .language = shaper->languages[language],
        .features = features,
        .codepoints = shaper->codepoints.data + first->first,
        .count = last->first + last->count - first->first};
    bool forget = shaper->direct.off;
    const struct memo_word *known = forget ? NULL : memo_find(&shaper->memo, &word);
    if (known != NULL) {
        take_glyphs(shaper, start, end, *known, first->first);
        return;
    }
    shape_word(shaper, &word, first->first);
    if (!forget) {
        memo_keep(&shaper->memo, shaper->shaped.data, (uint32_t)shaper->shaped.length,
            first->first);
    }
    take_glyphs(shaper, start, end,
        (struct memo_word){shaper->shaped.data, (uint32_t)shaper->shaped.length}, 0);
}

static unit em_part(unit size, int numerator, int denominator)
{
    return (unit)unit_muldiv(size, numerator, denominator);
}

/* The width of U+2000 … U+200A and their like; anything else is the font's space. */
static unit space_advance(const struct cluster *cluster)
{
    static const struct {
        uint32_t codepoint;
        int numerator, denominator; /* of an em */
    } fixed[] = {
        {0x2000, 1, 2},
        {0x2001, 1, 1},
        {0x2002, 1, 2},
        {0x2003, 1, 1},
        {0x2004, 1, 3},
        {0x2005, 1, 4},
        {0x2006, 1, 6},
        {0x2007, 1, 2},
        {0x2008, 1, 4},
        {0x2009, 1, 5},
        {0x200A, 1, 10},
        {0x202F, 1, 5},
        {0x205F, 2, 9},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (fixed[i].codepoint == cluster->codepoint) {
            return em_part(cluster->size, fixed[i].numerator, fixed[i].denominator);
        }
    }
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(cluster->face->hb_font, ' ', &glyph)) {
        return em_part(cluster->size, 1, 4);
    }
    return face_scale(cluster->face,
        hb_font_get_glyph_h_advance(cluster->face->hb_font, glyph), cluster->size);
}

/* A cluster with no shaped glyphs: its advance, and the box of a missing character. */
static void set_undrawn(struct shaper *shaper, const struct run *runs, size_t index)
{
    struct cluster *cluster = &shaper->clusters.data[index];
    cluster->first_glyph = (uint32_t)shaper->glyphs.length;
    switch (cluster->class) {
    case CLASS_SPACE:
    case CLASS_HARD_SPACE:
        cluster->advance = space_advance(cluster);
        break;
    case CLASS_IDEOGRAPHIC_SPACE:
    case CLASS_TAB:
        cluster->advance = cluster->size;
        break;
    case CLASS_OBJECT:
        cluster->advance = runs[cluster->run].object_width;
        break;
    case CLASS_INVISIBLE:
        cluster->hyphen_after =
            cluster->codepoint == 0x00AD && cluster->break_after == BREAK_ALLOWED;
        break;
    case CLASS_MISSING:
        cluster->advance = shaper->pieces.data[index].wide ? cluster->size
                                                           : em_part(cluster->size, 3, 5);
        cluster->glyph_count = 1;
        vec_push(&shaper->glyphs, (struct glyph){.x_advance = cluster->advance});
        break;
    default:
        break;
    }
}

static void shape_clusters(struct shaper *shaper, const struct run *runs)
{
    vec_clear(&shaper->glyphs);
    size_t count = shaper->clusters.length;
    for (size_t start = 0; start < count;) {
        const struct cluster *cluster = &shaper->clusters.data[start];
        if (cluster->face == NULL || is_blank_class(cluster->class)) {
            set_undrawn(shaper, runs, start++);
            continue;
        }
        size_t end = start + 1;
        while (end < count && same_stretch(shaper, runs, start, end)) {
            end++;
        }
        shape_stretch(shaper, runs, start, end);
        start = end;
    }
}

/* The body and the white of full-width marks. */
static void set_marks(struct shaper *shaper)
{
    for (size_t i = 0; i < shaper->clusters.length; i++) {
        const struct piece *piece = &shaper->pieces.data[i];
        struct cluster *cluster = &shaper->clusters.data[i];
        if (piece->wide && cluster->glyph_count > 0 && cluster->face != NULL) {
            enum text_language language = shaper->characters.data[piece->first].language;
            mark_set_body(cluster, shaper->glyphs.data + cluster->first_glyph, language);
        }
    }
}

static void copy_result(
    struct shaper *shaper, struct arena *arena, struct paragraph_text *p)
{
    struct cluster *clusters = shaper->clusters.data;
    for (size_t i = 0; i < shaper->clusters.length; i++) {
        if (!shaper->pieces.data[i].dead) {
            clusters[p->cluster_count++] = clusters[i];
        }
    }
    p->clusters = arena_duplicate(arena, clusters, p->cluster_count, sizeof *clusters);
    p->glyph_count = (uint32_t)shaper->glyphs.length;
    p->glyphs = arena_duplicate(
        arena, shaper->glyphs.data, p->glyph_count, sizeof *p->glyphs);
}

/* A paragraph without its annotations. */
static struct paragraph_text *shape_runs(struct shaper *shaper, struct arena *arena,
    const struct run *runs, uint32_t run_count, struct diagnostics *sink)
{
    struct paragraph_text *p = ARENA_NEW(arena, struct paragraph_text);
    p->runs = runs;
    p->run_count = run_count;
    collect(shaper, arena, p);
    resolve_classes(shaper->characters.data, shaper->characters.length, runs);
    analyse_breaks(shaper, sink);
    make_clusters(shaper, p);
    if (!find_faces(shaper, p, sink)) {
        return NULL;
    }
    find_scripts(shaper);
    shape_clusters(shaper, runs);
    set_marks(shaper);
    copy_result(shaper, arena, p);
    tell_characters(p, sink);
    return p;
}

struct paragraph_text *text_shape(struct shaper *shaper, struct arena *arena,
    const struct run *runs, uint32_t run_count, bool hyphenate, struct diagnostics *sink)
{
    struct paragraph_text *p = shape_runs(shaper, arena, runs, run_count, sink);
    if (p == NULL) {
        return NULL;
    }
    if (hyphenate) {
        hyphenate_words(shaper, p, sink);
    }
    p->ruby = ARENA_ARRAY(arena, run_count, const struct paragraph_text *);
    for (uint32_t i = 0; i < run_count; i++) {
        if (runs[i].ruby == NULL) {
            continue;
        }
        p->ruby[i] = shape_runs(shaper, arena, runs[i].ruby, 1, sink);
        if (p->ruby[i] == NULL) {
            return NULL;
        }
    }
    return p;
}
