/* scan: asks fontconfig, with a private configuration, what fonts there are.
 *
 * FcFontMatch and FcFontSort are not used: they weigh every pattern against rules that
 * this configuration has not got. One pass over the cached patterns keeps the faces that a
 * PDF can carry, and every name that a face has leads to it. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/arena.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/vec.h"
#include "font/inventory.h"

#define SCAN_LIMIT         100000 /* faces looked at; more are passed over */
#define FAMILY_NAME_LIMIT  256 /* bytes of a family's name; longer ones are cut */
#define FAMILY_ALIAS_LIMIT 64  /* names of one face in several languages */

/* The faces of one family name. */
struct family {
    struct text folded;  /* ASCII letters in lower case */
    VEC(uint32_t) faces; /* indices in scan.faces */
    bool variable;       /* it has variable faces, which were passed over */
};

/* A coverage that is written. */
struct coverage {
    uint64_t hash;
    size_t place, length; /* in scan.coverages, bytes */
};

struct scan {
    FcConfig *config;
    struct arena arena;
    VEC(struct inventory_state) states; /* places are in texts; so below */
    VEC(struct inventory_face) faces;   /* in order of path and index */
    struct map families;                /* folded name → struct family */
    VEC(struct coverage) known;         /* each once */
    struct str coverages, texts;
};

static uint32_t add_text(struct scan *scan, const char *text)
{
    size_t place = scan->texts.length;
    str_append(&scan->texts, text, strlen(text) + 1);
    return (uint32_t)place;
}

static struct text folded(const char *name, char buffer[FAMILY_NAME_LIMIT])
{
    size_t length = 0;
    for (; length < FAMILY_NAME_LIMIT && name[length] != '\0'; length++) {
        char c = name[length];
        buffer[length] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return (struct text){buffer, length};
}

static struct family *family_make(struct scan *scan, const char *name)
{
    char buffer[FAMILY_NAME_LIMIT];
    struct text key = folded(name, buffer);
    struct family *family = map_lookup(&scan->families, key);
    if (family == NULL) {
        family = ARENA_NEW(&scan->arena, struct family);
        family->folded = text_copy(&scan->arena, key);
        map_set(&scan->families, key, family);
    }
    return family;
}

static bool pattern_is(const FcPattern *pattern, const char *object)
{
    FcBool value = FcFalse;
    return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value;
}

static int pattern_int(const FcPattern *pattern, const char *object, int fallback)
{
    int value;
    return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value
                                                                            : fallback;
}

static const char *pattern_string(const FcPattern *pattern, const char *object, int n)
{
    FcChar8 *value;
    if (FcPatternGetString(pattern, object, n, &value) != FcResultMatch) {
        return NULL;
    }
    return (const char *)value;
}

static bool is_usable_format(const FcPattern *pattern)
{
    const char *format = pattern_string(pattern, FC_FONTFORMAT, 0);
    return format != NULL &&
           (strcmp(format, "TrueType") == 0 || strcmp(format, "CFF") == 0) &&
           pattern_is(pattern, FC_OUTLINE) && !pattern_is(pattern, FC_COLOR);
}

/* A named instance has its number in the upper 16 bits of the index. */
static bool is_variable(const FcPattern *pattern)
{
    return pattern_is(pattern, FC_VARIABLE) ||
           pattern_int(pattern, FC_INDEX, 0) >> 16 != 0;
}

static uint32_t clamp(int value, uint32_t most)
{
    return value < 0 ? 0 : (uint32_t)value > most ? most : (uint32_t)value;
}

static int css_weight(const FcPattern *pattern)
{
    double value;
    if (FcPatternGetDouble(pattern, FC_WEIGHT, 0, &value) != FcResultMatch) {
        return 400;
    }
    return (int)(FcWeightToOpenTypeDouble(value) + 0.5);
}

static void append_word(struct str *out, uint32_t word)
{
    str_append(out, &word, sizeof word);
}

/* What a face has, as struct inventory_coverage. */
static void append_coverage(const FcCharSet *charset, struct str *out)
{
    struct str bits = {0};
    size_t start = out->length;
    uint32_t count = 0;
    FcChar32 words[FC_CHARSET_MAP_SIZE], next;
    append_word(out, 0);
    for (FcChar32 first = FcCharSetFirstPage(charset, words, &next);
         first != FC_CHARSET_DONE; first = FcCharSetNextPage(charset, words, &next)) {
        append_word(out, first >> 8);
        str_append(&bits, words, sizeof words);
        count++;
    }
    memcpy(out->data + start, &count, sizeof count);
    str_append_text(out, str_text(&bits));
    str_done(&bits);
}

/* Where in scan.coverages a set is; faces of a collection mostly have the same. */
static uint32_t add_coverage(struct scan *scan, const FcCharSet *charset)
{
    struct str *all = &scan->coverages;
    size_t start = all->length;
    append_coverage(charset, all);
    struct text added = {all->data + start, all->length - start};
    uint64_t hash = hash_contents(HASH_SEED, added);
    for (size_t i = 0; i < scan->known.length; i++) {
        const struct coverage *known = &scan->known.data[i];
        struct text other = {all->data + known->place, known->length};
        if (known->hash == hash && text_equal(other, added)) {
            all->length = start;
            return (uint32_t)known->place;
        }
    }
    vec_push(&scan->known, (struct coverage){hash, start, added.length});
    return (uint32_t)start;
}

static bool read_face(
    struct scan *scan, const FcPattern *pattern, struct inventory_face *ret_face)
{
    FcCharSet *charset;
    const char *path = pattern_string(pattern, FC_FILE, 0);
    const char *family = pattern_string(pattern, FC_FAMILY, 0);
    if (path == NULL || family == NULL ||
        FcPatternGetCharSet(pattern, FC_CHARSET, 0, &charset) != FcResultMatch) {
        return false;
    }
    *ret_face = (struct inventory_face){
        .path = add_text(scan, path),
        .index = (uint32_t)pattern_int(pattern, FC_INDEX, 0),
        .family = add_text(scan, family),
        .weight = clamp(css_weight(pattern), INVENTORY_WEIGHT_MOST),
        .width = clamp(pattern_int(pattern, FC_WIDTH, 100), INVENTORY_WIDTH_MOST),
        .italic = pattern_int(pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN,
        .coverage = add_coverage(scan, charset),
    };
    return true;
}

/* Enter a face under each of its names; one that is no use only leaves a mark there. */
static void add_names(
    struct scan *scan, const FcPattern *pattern, bool usable, bool variable)
{
    uint32_t index = (uint32_t)scan->faces.length - 1;
    for (int n = 0; n < FAMILY_ALIAS_LIMIT; n++) {
        const char *name = pattern_string(pattern, FC_FAMILY, n);
        if (name == NULL) {
            return;
        }
        struct family *family = family_make(scan, name);
        family->variable = family->variable || variable;
        if (usable &&
            (family->faces.length == 0 || *vec_last(&family->faces) != index)) {
            vec_push(&family->faces, index);
        }
    }
}

static void add_pattern(struct scan *scan, const FcPattern *pattern)
{
    struct inventory_face face;
    bool variable = is_variable(pattern);
    bool usable =
        !variable && is_usable_format(pattern) && read_face(scan, pattern, &face);
    if (usable) {
        vec_push(&scan->faces, face);
    }
    add_names(scan, pattern, usable, variable);
}

/* By path, then index: the order in which folders are read must not matter. */
static int compare_patterns(const void *a, const void *b)
{
    const FcPattern *one = *(FcPattern *const *)a;
    const FcPattern *two = *(FcPattern *const *)b;
    const char *path_one = pattern_string(one, FC_FILE, 0);
    const char *path_two = pattern_string(two, FC_FILE, 0);
    int order =
        strcmp(path_one != NULL ? path_one : "", path_two != NULL ? path_two : "");
    if (order != 0) {
        return order;
    }
    int index_one = pattern_int(one, FC_INDEX, 0);
    int index_two = pattern_int(two, FC_INDEX, 0);
    return (index_one > index_two) - (index_one < index_two);
}

static void add_patterns(struct scan *scan)
{
    const FcFontSet *set = FcConfigGetFonts(scan->config, FcSetSystem);
    size_t count = set == NULL || set->nfont < 0 ? 0 : (size_t)set->nfont;
    count = count < SCAN_LIMIT ? count : SCAN_LIMIT;
    if (count == 0) {
        return;
    }
    FcPattern **patterns = memory_alloc(count * sizeof *patterns);
    memcpy(patterns, set->fonts, count * sizeof *patterns);
    qsort(patterns, count, sizeof *patterns, compare_patterns);
    for (size_t i = 0; i < count; i++) {
        add_pattern(scan, patterns[i]);
    }
    memory_free(patterns);
}

static void add_state(struct scan *scan, const char *path, enum inventory_kind kind)
{
    struct stat status;
    struct inventory_state state = {.path = add_text(scan, path)};
    if (stat(path, &status) == 0) {
        state.kind = kind;
        state.seconds[0] = (uint32_t)((uint64_t)status.st_mtim.tv_sec & UINT32_MAX);
        state.seconds[1] = (uint32_t)((uint64_t)status.st_mtim.tv_sec >> 32);
        state.nanoseconds = (uint32_t)status.st_mtim.tv_nsec;
    }
    vec_push(&scan->states, state);
}

static void add_states(struct scan *scan, FcStrList *paths, enum inventory_kind kind)
{
    const FcChar8 *path;
    while (paths != NULL && (path = FcStrListNext(paths)) != NULL) {
        add_state(scan, (const char *)path, kind);
    }
    if (paths != NULL) {
        FcStrListDone(paths);
    }
}

/* Load the configuration; note every file and folder that decides what is found. */
static bool load(struct scan *scan, const char *path)
{
    /* fontconfig looks for a relative name in folders of its own */
    char *absolute = path_exists(path) ? realpath(path, NULL) : NULL;
    bool loaded =
        absolute != NULL &&
        FcConfigParseAndLoad(scan->config, (const FcChar8 *)absolute, FcFalse) &&
        FcConfigBuildFonts(scan->config);
    if (loaded) {
        add_state(scan, absolute, INVENTORY_SOURCE);
        add_states(scan, FcConfigGetConfigFiles(scan->config), INVENTORY_SOURCE);
        add_states(scan, FcConfigGetConfigDirs(scan->config), INVENTORY_SOURCE);
        add_states(scan, FcConfigGetFontDirs(scan->config), INVENTORY_SOURCE);
        add_states(scan, FcConfigGetCacheDirs(scan->config), INVENTORY_CACHE);
    }
    free(absolute);
    return loaded;
}

static int compare_families(const void *a, const void *b)
{
    const struct family *one = *(struct family *const *)a;
    const struct family *two = *(struct family *const *)b;
    return strcmp(one->folded.data, two->folded.data);
}

/* The families in order, with the lists of their faces behind them. */
static void append_families(struct scan *scan, uint32_t start, struct str *out)
{
    size_t count = scan->families.length;
    struct family **sorted = memory_alloc(count * sizeof(struct family *));
    struct str lists = {0};
    for (size_t i = 0; i < count; i++) {
        sorted[i] = scan->families.entries[i].value;
    }
    qsort(sorted, count, sizeof *sorted, compare_families);
    start += (uint32_t)(count * sizeof(struct inventory_family));
    for (size_t i = 0; i < count; i++) {
        struct inventory_family family = {
            .folded = add_text(scan, sorted[i]->folded.data),
            .variable = sorted[i]->variable,
            .faces = start + (uint32_t)lists.length,
            .count = (uint32_t)sorted[i]->faces.length,
        };
        str_append(out, &family, sizeof family);
        str_append(&lists, sorted[i]->faces.data,
            sorted[i]->faces.length * sizeof *sorted[i]->faces.data);
    }
    str_append_text(out, str_text(&lists));
    str_done(&lists);
    memory_free(sorted);
}

/* Texts and coverages get their places in the whole. */
static void move_places(struct str *out, const struct inventory_head *head,
    uint32_t coverages, uint32_t texts)
{
    struct inventory_state *states = (void *)(out->data + head->states);
    struct inventory_face *faces = (void *)(out->data + head->faces);
    struct inventory_family *families = (void *)(out->data + head->families);
    for (uint32_t i = 0; i < head->state_count; i++) {
        states[i].path += texts;
    }
    for (uint32_t i = 0; i < head->face_count; i++) {
        faces[i].path += texts;
        faces[i].family += texts;
        faces[i].coverage += coverages;
    }
    for (uint32_t i = 0; i < head->family_count; i++) {
        families[i].folded += texts;
    }
}

static void append_all(struct scan *scan, const char *key, struct str *out)
{
    struct inventory_head head = {.magic = INVENTORY_MAGIC, .order = 1};
    head.key = add_text(scan, key);
    head.states = sizeof head;
    head.state_count = (uint32_t)scan->states.length;
    head.faces = head.states + (uint32_t)(head.state_count * sizeof *scan->states.data);
    head.face_count = (uint32_t)scan->faces.length;
    head.families = head.faces + (uint32_t)(head.face_count * sizeof *scan->faces.data);
    head.family_count = (uint32_t)scan->families.length;
    str_append(out, &head, sizeof head);
    str_append(out, scan->states.data, head.state_count * sizeof *scan->states.data);
    str_append(out, scan->faces.data, head.face_count * sizeof *scan->faces.data);
    append_families(scan, head.families, out);
    uint32_t coverages = (uint32_t)out->length;
    str_append_text(out, str_text(&scan->coverages));
    uint32_t texts = (uint32_t)out->length;
    str_append_text(out, str_text(&scan->texts));
    head.key += texts;
    head.length = (uint32_t)out->length;
    memcpy(out->data, &head, sizeof head);
    move_places(out, &head, coverages, texts);
}

static void scan_done(struct scan *scan)
{
    for (size_t i = 0; i < scan->families.length; i++) {
        struct family *family = scan->families.entries[i].value;
        vec_done(&family->faces);
    }
    map_done(&scan->families);
    vec_done(&scan->states);
    vec_done(&scan->faces);
    vec_done(&scan->known);
    str_done(&scan->coverages);
    str_done(&scan->texts);
    arena_done(&scan->arena);
    if (scan->config != NULL) {
        FcConfigDestroy(scan->config);
    }
}

bool inventory_scan(const char *configuration, const char *key, struct str *out)
{
    struct scan scan = {.config = FcConfigCreate()};
    bool good = scan.config != NULL && load(&scan, configuration);
    if (good) {
        add_patterns(&scan);
        append_all(&scan, key, out);
    }
    scan_done(&scan);
    return good;
}
