/* catalogue: the installed fonts, from a private fontconfig configuration.
 *
 * FcFontMatch and FcFontSort are not used: they weigh every pattern against rules that
 * this configuration has not got. A family is looked up by name in a map built in one
 * pass over the cached patterns, and its nearest face chosen in the order of CSS Fonts 4,
 * 5.2. */
#include "font/catalogue.h"
#include <stdlib.h>
#include <string.h>

#define FAMILY_NAME_LIMIT  256 /* bytes of a family's name; longer ones are passed over */
#define FAMILY_ALIAS_LIMIT 64  /* names of one face in several languages */

/* The map's key of a family name: ASCII letters in lower case. */
static struct text folded(const char *name, char buffer[FAMILY_NAME_LIMIT])
{
    size_t length = 0;
    for (; length < FAMILY_NAME_LIMIT && name[length] != '\0'; length++) {
        char c = name[length];
        buffer[length] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return (struct text){buffer, length};
}

static struct family *family_make(struct catalogue *catalogue, const char *name)
{
    char buffer[FAMILY_NAME_LIMIT];
    struct text key = folded(name, buffer);
    struct family *family = map_lookup(&catalogue->families, key);
    if (family == NULL) {
        family = ARENA_NEW(&catalogue->arena, struct family);
        family->name = name;
        map_set(&catalogue->families, key, family);
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

static int css_weight(const FcPattern *pattern)
{
    double value;
    if (FcPatternGetDouble(pattern, FC_WEIGHT, 0, &value) != FcResultMatch) {
        return 400;
    }
    return (int)(FcWeightToOpenTypeDouble(value) + 0.5);
}

static bool installed_read(const FcPattern *pattern, struct installed *ret_face)
{
    FcCharSet *charset;
    const char *path = pattern_string(pattern, FC_FILE, 0);
    if (path == NULL ||
        FcPatternGetCharSet(pattern, FC_CHARSET, 0, &charset) != FcResultMatch) {
        return false;
    }
    *ret_face = (struct installed){
        .path = path,
        .index = (unsigned)pattern_int(pattern, FC_INDEX, 0),
        .family = pattern_string(pattern, FC_FAMILY, 0),
        .weight = css_weight(pattern),
        .width = pattern_int(pattern, FC_WIDTH, 100),
        .italic = pattern_int(pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN,
        .charset = charset,
    };
    return ret_face->family != NULL;
}

/* Enter a face under each of its names; one that is no use only leaves a mark there. */
static void add_names(struct catalogue *catalogue, const FcPattern *pattern, bool usable,
    bool variable)
{
    uint32_t index = (uint32_t)catalogue->faces.length - 1;
    for (int n = 0; n < FAMILY_ALIAS_LIMIT; n++) {
        const char *name = pattern_string(pattern, FC_FAMILY, n);
        if (name == NULL) {
            return;
        }
        struct family *family = family_make(catalogue, name);
        family->variable = family->variable || variable;
        if (!usable) {
            continue;
        }
        if (family->faces.length == 0 || *vec_last(&family->faces) != index) {
            vec_push(&family->faces, index);
        }
    }
}

static void add_pattern(struct catalogue *catalogue, const FcPattern *pattern)
{
    struct installed face;
    bool variable = is_variable(pattern);
    bool usable =
        !variable && is_usable_format(pattern) && installed_read(pattern, &face);
    if (usable) {
        vec_push(&catalogue->faces, face);
    }
    add_names(catalogue, pattern, usable, variable);
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

bool catalogue_init(struct catalogue *catalogue, const char *path)
{
    *catalogue = (struct catalogue){.config = FcConfigCreate()};
    arena_init(&catalogue->arena);
    map_init(&catalogue->families);
    if (catalogue->config == NULL || !path_exists(path)) {
        return false;
    }
    /* fontconfig looks for a relative name in folders of its own */
    char *absolute = realpath(path, NULL);
    bool loaded = absolute != NULL && FcConfigParseAndLoad(catalogue->config,
                                          (const FcChar8 *)absolute, FcFalse);
    free(absolute);
    if (!loaded || !FcConfigBuildFonts(catalogue->config)) {
        return false;
    }
    const FcFontSet *set = FcConfigGetFonts(catalogue->config, FcSetSystem);
    size_t count = set == NULL || set->nfont < 0 ? 0 : (size_t)set->nfont;
    if (count == 0) {
        return true;
    }
    count = count < CATALOGUE_LIMIT ? count : CATALOGUE_LIMIT;
    FcPattern **patterns = memory_alloc(count * sizeof *patterns);
    memcpy(patterns, set->fonts, count * sizeof *patterns);
    qsort(patterns, count, sizeof *patterns, compare_patterns);
    for (size_t i = 0; i < count; i++) {
        add_pattern(catalogue, patterns[i]);
    }
    memory_free(patterns);
    return true;
}

void catalogue_done(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->families.length; i++) {
        struct family *family = catalogue->families.entries[i].value;
        vec_done(&family->faces);
    }
    map_done(&catalogue->families);
    vec_done(&catalogue->faces);
    arena_done(&catalogue->arena);
    if (catalogue->config != NULL) {
        FcConfigDestroy(catalogue->config);
        catalogue->config = NULL;
    }
}

struct family *catalogue_family(const struct catalogue *catalogue, const char *name)
{
    char buffer[FAMILY_NAME_LIMIT];
    return map_lookup(&catalogue->families, folded(name, buffer));
}

/* CSS Fonts 4, 5.2: 400 and 500 look at each other first, then lighter, then bolder;
 * lighter weights look for lighter ones first, bolder for bolder. The wrong direction
 * counts 1000. */
static int weight_distance(int weight, int wanted)
{
    if (wanted >= 400 && wanted <= 500) {
        if (weight >= wanted && weight <= 500) {
            return weight - wanted;
        }
        return weight < wanted ? 500 + wanted - weight : 1000 + weight - wanted;
    }
    if (wanted < 400) {
        return weight <= wanted ? wanted - weight : 1000 + weight - wanted;
    }
    return weight >= wanted ? weight - wanted : 1000 + wanted - weight;
}

int installed_distance(const struct installed *face, int weight, bool italic)
{
    int width = abs(face->width - 100) * 100000;    /* CSS: width decides first, */
    int slope = face->italic != italic ? 10000 : 0; /* then slope, then weight */
    return width + slope + weight_distance(face->weight, weight);
}

struct installed *catalogue_nearest(const struct catalogue *catalogue,
    const struct family *family, int weight, bool italic)
{
    struct installed *best = NULL;
    int best_distance = 0;
    for (size_t i = 0; i < family->faces.length; i++) {
        struct installed *face = &catalogue->faces.data[family->faces.data[i]];
        int distance = installed_distance(face, weight, italic);
        if (!face->refused && (best == NULL || distance < best_distance)) {
            best = face;
            best_distance = distance;
        }
    }
    return best;
}

bool codepoint_needs_no_glyph(uint32_t c)
{
    return c == 0x00AD || c == 0x034F || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool installed_covers(
    const struct installed *face, const uint32_t *codepoints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!codepoint_needs_no_glyph(codepoints[i]) &&
            !FcCharSetHasChar(face->charset, codepoints[i])) {
            return false;
        }
    }
    return true;
}
