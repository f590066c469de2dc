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
#include "para/lines.h"

#define CACHE_LIMIT ((size_t)96 << 20) /* bytes, unless the caller sets another */

/* A finding of a cached paragraph, relative to its runs. */
struct kept_finding {
    enum diag_id id;
    const char *message, *hint;
    uint32_t run;    /* UINT32_MAX: no place */
    uint32_t offset; /* from the run's span */
    uint32_t length; /* of the span */
};

struct entry {
    struct arena arena; /* of this paragraph */
    struct text key;
    struct composed composed; /* its text's runs are copies in the arena */
    struct kept_finding *findings;
    size_t finding_count;
    uint32_t used; /* generation of the last use */
};

struct composer {
    struct shaper *shaper;
    struct arena results; /* struct composed of the callers, until the next trim */
    struct arena scratch; /* boxes, of one paragraph */
    struct str key;       /* buffer */
    struct map map;       /* key → struct entry */
    VEC(struct entry *) entries;
    size_t bytes; /* in the entries' arenas */
    uint64_t count; /* paragraphs composed so far */
    size_t limit; /* of bytes; above it paragraphs not used lately go */
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
    for (size_t i = 0; i < composer->entries.length; i++)
        entry_free(composer->entries.data[i]);
    vec_done(&composer->entries);
    map_done(&composer->map);
    str_done(&composer->key);
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

void composer_trim(struct composer *composer)
{
    arena_reset(&composer->results);
    if (composer->bytes > composer->limit) {
        size_t kept = 0;
        map_done(&composer->map);
        map_init(&composer->map);
        composer->bytes = 0;
        for (size_t i = 0; i < composer->entries.length; i++) {
            struct entry *entry = composer->entries.data[i];
            if (entry->used != composer->generation) {
                entry_free(entry);
                continue;
            }
            composer->entries.data[kept++] = entry;
            composer->bytes += entry->arena.total;
            map_set(&composer->map, entry->key, entry);
        }
        composer->entries.length = kept;
    }
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

static void key_rules(struct str *key, const struct line_rules *r)
{
    const int values[] = {(int)r->breaker, (int)r->strictness, (int)r->squeeze,
        (int)r->hanging, r->hang_only_unshrunk, r->trim_line_start, r->trim_line_end,
        r->trim_first_line, r->han_space, r->han_gap_most, r->avoid_lone_character,
        r->hyphenate, r->url_whole_line, (int)r->note_marks};
    str_append(key, values, sizeof values);
    key_limits(key, &r->han_latin);
    key_limits(key, &r->word);
    key_text(key, text_of(r->gap_neighbours));
    key_text(key, text_of(r->url_breaks));
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

static void make_key(struct str *key, const struct run *runs, uint32_t run_count,
    const struct line_rules *rules, struct measure measure)
{
    str_clear(key);
    key_number(key, measure.width);
    key_number(key, measure.first_indent);
    key_number(key, (int64_t)measure.align);
    key_rules(key, rules);
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

static struct run copy_run(struct arena *arena, const struct run *run)
{
    struct run copy = *run;
    copy.text = text_copy(arena, run->text);
    copy.language = arena_copy(arena, run->language, strlen(run->language));
    copy.actual = text_copy(arena, run->actual);
    if (run->ruby != NULL) {
        struct run *ruby = ARENA_NEW(arena, struct run);
        *ruby = copy_run(arena, run->ruby);
        copy.ruby = ruby;
    }
    return copy;
}

static struct entry *entry_new(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure,
    struct diagnostics *sink)
{
    struct entry *entry = memory_alloc(sizeof *entry);
    struct diagnostics own;
    arena_init(&entry->arena);
    diagnostics_init(&own);
    struct run *copies = ARENA_ARRAY(&entry->arena, (size_t)run_count + 1, struct run);
    for (uint32_t i = 0; i < run_count; i++)
        copies[i] = copy_run(&entry->arena, &runs[i]);
    const struct paragraph_text *text = text_shape(
        composer->shaper, &entry->arena, copies, run_count, rules->hyphenate, &own);
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
            keep_finding(&entry->arena, &own.list.data[i], copies, run_count);
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
    entry->key =
        (struct text){arena_copy(&entry->arena, composer->key.data, composer->key.length),
            composer->key.length};
    vec_push(&composer->entries, entry);
    map_set(&composer->map, entry->key, entry);
    composer->bytes += entry->arena.total;
}

const struct composed *composer_compose(struct composer *composer, const struct run *runs,
    uint32_t run_count, const struct line_rules *rules, struct measure measure,
    struct diagnostics *sink)
{
    make_key(&composer->key, runs, run_count, rules, measure);
    struct entry *entry = map_lookup(&composer->map, str_text(&composer->key));
    if (entry == NULL) {
        entry = entry_new(composer, runs, run_count, rules, measure, sink);
        if (entry == NULL)
            return NULL;
        entry_keep(composer, entry);
        composer->count++;
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
