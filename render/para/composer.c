/* composer: runs → composed paragraphs, remembered.
 *
 * The cache is keyed by everything that decides the lines: text, styles, rules, measure;
 * not by what only travels through (structure ids, links, places), so that an edited
 * document composes only its changed paragraphs and a title in two places is shaped once.
 * Each caller gets its own struct composed with its own runs over the shared lines. What
 * was told while a paragraph was composed is kept with it, as offsets into its runs, and
 * told again at the new places. */
#include "para/paragraph.h"
#include <string.h>
#include "base/hash.h"
#include "base/utf8.h"
#include "para/lines.h"

#define CACHE_LIMIT ((size_t)96 << 20) /* bytes, unless the caller sets another */
#define ENTRY_FIXED 512 /* bytes of a paragraph beside its text, runs and lines */

/* A finding of a cached paragraph, relative to its runs. */
struct kept_finding {
    enum diag_id id;
    const char *message, *hint;
    uint32_t run;    /* UINT32_MAX: no place */
    uint32_t offset; /* from the run's span */
    uint32_t length; /* of the span */
};

struct entry {
    struct arena arena;       /* of this paragraph */
    struct composed composed; /* its text's runs were the caller's: each gets his own */
    struct kept_finding *findings;
    size_t finding_count;
    uint32_t used; /* generation of the last use */
};

struct composer {
    struct shaper *shaper;
    struct arena results; /* struct composed of the callers, until the next trim */
    struct arena scratch; /* boxes, of one paragraph */
    struct str key;       /* buffer */
    struct str rules;     /* buffer */
    struct map map;       /* key → struct entry */
    size_t bytes;         /* in the entries' arenas */
    uint64_t count;       /* paragraphs composed so far */
    size_t limit;         /* of bytes; above it paragraphs not used lately go */
    uint32_t generation;
};

struct composer *composer_new(struct shaper *shaper)
{
    struct composer *composer = memory_alloc(sizeof *composer);
    composer->shaper = shaper;
    composer->limit = CACHE_LIMIT;
    arena_init(&composer->results);
    arena_init(&composer->scratch);
    str_init(&composer->key);
    str_init(&composer->rules);
    map_init(&composer->map);
    return composer;
}

static void entry_free(struct entry *entry)
{
    arena_done(&entry->arena);
    memory_free(entry);
}

void composer_free(struct composer *composer)
{
    if (composer == NULL)
        return;
    for (size_t i = 0; i < composer->map.length; i++)
        entry_free(composer->map.entries[i].value);
    map_done(&composer->map);
    str_done(&composer->key);
    str_done(&composer->rules);
    arena_done(&composer->scratch);
    arena_done(&composer->results);
    memory_free(composer);
}

void composer_set_limit(struct composer *composer, size_t bytes)
{
    composer->limit = bytes;
}

uint64_t composer_count(const struct composer *composer)
{
    return composer->count;
}

/* Only the paragraphs of the last build stay; none, when nothing is to be kept. */
static void drop_unused(struct composer *composer)
{
    struct map all = composer->map;

    map_init(&composer->map);
    composer->bytes = 0;
    for (size_t i = 0; i < all.length; i++) {
        struct entry *entry = all.entries[i].value;

        if (composer->limit > 0 && entry->used == composer->generation) {
            composer->bytes += entry->arena.total;
            map_set(&composer->map, all.entries[i].key, entry);
        } else {
            entry_free(entry);
        }
    }
    map_done(&all);
}

void composer_trim(struct composer *composer)
{
    arena_reset(&composer->results);
    if (composer->bytes > composer->limit)
        drop_unused(composer);
    composer->generation++;
}

/* ---- the key ---- */

static void key_number(struct str *key, int64_t value)
{
    str_append(key, &value, sizeof value);
}

static void key_text(struct str *key, struct text t)
{
    key_number(key, (int64_t)t.length);
    str_append_text(key, t);
}

static void key_limits(struct str *key, const struct gap_limits *limits)
{
    key_number(key, limits->natural);
    key_number(key, limits->least);
    key_number(key, limits->most);
}

/* The rules are a handful in a layout, and long: their hash stands for them. */
static void key_rules(struct str *key, struct str *rules, const struct line_rules *r)
{
    const int values[] = {(int)r->breaker, (int)r->strictness, (int)r->squeeze,
        (int)r->hanging, r->hang_only_unshrunk, r->trim_line_start, r->trim_line_end,
        r->trim_first_line, r->han_space, r->han_gap_most, r->avoid_lone_character,
        r->hyphenate, r->url_whole_line, (int)r->note_marks};
    str_clear(rules);
    str_append(rules, values, sizeof values);
    key_limits(rules, &r->han_latin);
    key_limits(rules, &r->word);
    key_text(rules, text_of(r->gap_neighbours));
    key_text(rules, text_of(r->url_breaks));
    key_number(key, (int64_t)hash_text(HASH_SEED, str_text(rules)));
}

static void key_run(struct str *key, const struct run *run)
{
    const int64_t values[] = {run->kind, run->nature, run->role, run->latin_role,
        run->weight, run->italic, run->plain_latin, run->size, run->baseline_shift,
        run->even, run->object_width, run->object_height, run->ruby != NULL};
    str_append(key, values, sizeof values);
    key_text(key, text_of(run->language));
    key_text(key, run->text);
    if (run->ruby != NULL)
        key_run(key, run->ruby);
}

static void make_key(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure)
{
    struct str *key = &composer->key;

    str_clear(key);
    key_number(key, measure.width);
    key_number(key, measure.first_indent);
    key_number(key, (int64_t)measure.align);
    key_rules(key, &composer->rules, rules);
    for (uint32_t i = 0; i < run_count; i++)
        key_run(key, &runs[i]);
}

/* ---- findings ---- */

/* Keep a finding with its paragraph; its place becomes an offset into the run it lies in.
 */
static struct kept_finding keep_finding(struct arena *arena, const struct diagnostic *d,
    const struct run *runs, uint32_t run_count)
{
    struct kept_finding kept = {.id = d->id, .run = UINT32_MAX, .length = d->span.length};
    kept.message = arena_copy(arena, d->message, strlen(d->message));
    kept.hint = d->hint != NULL ? arena_copy(arena, d->hint, strlen(d->hint)) : NULL;
    for (uint32_t i = 0; i < run_count && d->span.file != SPAN_NO_FILE; i++) {
        struct span span = runs[i].span;
        if (span.file != d->span.file || d->span.offset < span.offset ||
            d->span.offset > span.offset + span.length)
            continue;
        kept.run = i;
        kept.offset = d->span.offset - span.offset;
        break;
    }
    return kept;
}

/* A note (a font that stands in for another) is told once a document, not once a
 * paragraph. */
static bool is_told(const struct diagnostics *sink, const struct kept_finding *f)
{
    if (diag_info(f->id)->level != LEVEL_NOTE)
        return false;
    for (size_t i = 0; i < sink->list.length; i++)
        if (sink->list.data[i].id == f->id &&
            strcmp(sink->list.data[i].message, f->message) == 0)
            return true;
    return false;
}

static void tell_findings(
    const struct entry *entry, const struct run *runs, struct diagnostics *sink)
{
    for (size_t i = 0; i < entry->finding_count; i++) {
        const struct kept_finding *f = &entry->findings[i];
        if (is_told(sink, f))
            continue;
        struct span span = SPAN_NONE;
        if (f->run != UINT32_MAX && runs[f->run].span.file != SPAN_NO_FILE) {
            span = runs[f->run].span;
            span.offset += f->offset;
            span.length = f->length;
        }
        struct diagnostic d = {f->id, span, f->message, f->hint};
        diag_repeat(sink, &d);
    }
}

/* ---- composing ---- */

/* About what an entry takes, so that thousands of short paragraphs waste no room: per
 * character a cluster, its glyph and its place; per line of some thirty characters a
 * struct line; and the text. */
static size_t expected_size(const struct run *runs, uint32_t run_count)
{
    const size_t per_character =
        sizeof(struct cluster) + sizeof(struct glyph) + sizeof(struct placed);
    size_t bytes = 0, characters = 0;

    for (uint32_t i = 0; i < run_count; i++) {
        bytes += runs[i].text.length;
        characters += utf8_count(runs[i].text) + 1;
    }
    return ENTRY_FIXED + bytes + run_count * sizeof(void *) * 2 +
           characters * per_character + (characters / 32 + 2) * sizeof(struct line);
}

static struct entry *entry_new(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure,
    struct diagnostics *sink)
{
    struct entry *entry = memory_alloc(sizeof *entry);
    struct diagnostics own;
    arena_init_for(&entry->arena, expected_size(runs, run_count));
    diagnostics_init(&own);
    const struct paragraph_text *text = text_shape(
        composer->shaper, &entry->arena, runs, run_count, rules->hyphenate, &own);
    if (text != NULL) {
        arena_reset(&composer->scratch);
        lines_compose(&entry->arena, &composer->scratch, text, rules, measure,
            &entry->composed, &own);
    }
    entry->finding_count = own.list.length;
    entry->findings =
        ARENA_ARRAY(&entry->arena, entry->finding_count + 1, struct kept_finding);
    for (size_t i = 0; i < entry->finding_count; i++)
        entry->findings[i] =
            keep_finding(&entry->arena, &own.list.data[i], runs, run_count);
    diagnostics_done(&own);
    if (text == NULL) {
        tell_findings(entry, runs, sink);
        entry_free(entry);
        return NULL;
    }
    return entry;
}

static void entry_keep(struct composer *composer, struct entry *entry)
{
    map_set(&composer->map, str_text(&composer->key), entry);
    composer->bytes += entry->arena.total;
    composer->count++;
}

const struct composed *composer_compose(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure,
    struct diagnostics *sink)
{
    make_key(composer, runs, run_count, rules, measure);
    struct entry *entry = map_lookup(&composer->map, str_text(&composer->key));
    if (entry == NULL) {
        entry = entry_new(composer, runs, run_count, rules, measure, sink);
        if (entry == NULL)
            return NULL;
        entry_keep(composer, entry);
    }
    entry->used = composer->generation;
    tell_findings(entry, runs, sink);
    struct composed *result = ARENA_NEW(&composer->results, struct composed);
    struct paragraph_text *text = ARENA_NEW(&composer->results, struct paragraph_text);
    *result = entry->composed;
    *text = *entry->composed.text;
    text->runs = runs;
    result->text = text;
    return result;
}
