/* fonts: the roles over the installed fonts; opens faces once, remembers every choice.
 *
 *     role, language ── roles.yaml ──→ family names ── catalogue ──→ file ── face.c ──→ face
 *
 * A choice is remembered by (role, weight, italic, language), a fallback by its first
 * code point as well. Faces live as long as struct fonts: over a whole batch. */
#include "font/fonts.h"
#include "base/hash.h"
#include "base/i18n.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "font/catalogue.h"
#include "font/face.h"
#include "font/role.h"

#define BOLD_FROM       600 /* a weight from here on is bold; a face under it is thickened
                               */
#define INSTEAD_LIMIT   4    /* roles that stand in for one another, in a chain */
#define FACE_LIMIT      512  /* faces open at once: each is a mapped file */
#define FALLBACK_LIMIT  8192 /* remembered fallbacks; more are looked for again */
#define PACKAGE_UNKNOWN "fonts-noto-cjk"

/* What is asked for. */
struct wish {
    enum font_role role;
    int weight; /* CSS value */
    bool italic;
    const char *language; /* in fonts.arena once remembered */
};

/* A remembered answer. */
struct choice {
    struct wish wish;
    const struct face *face;
    const char *family; /* the name that was wished for and found */
    bool substituted;   /* from another role */
};

/* A remembered fallback for one code point; face NULL: no font has it. */
struct fallback {
    const struct face *face;
};

/* A font that was passed over; it is told with the next face. */
struct passed {
    const char *name; /* its file or its family; borrowed */
    enum diag_id id;
};

struct fonts {
    struct arena arena;
    struct role roles[ROLE_COUNT];
    struct catalogue catalogue;
    VEC(struct face *) faces; /* in the arena, in order of opening */
    VEC(struct choice) choices;
    struct map fallbacks; /* wish and code point → struct fallback, in the arena */
    struct limits limits; /* LIMIT_FONT */
    VEC(struct passed) passed; /* each once */
};

static const char *configuration_path(struct arena *arena, const char *data)
{
    const char *path = getenv("PAIBAN_FONTS_CONF");
    if (path == NULL || *path == '\0') {
        path = getenv("FONTCONFIG_FILE");
    }
    if (path != NULL && *path != '\0') {
        return path;
    }
    return path_join(arena, data, "fonts/fonts.conf");
}

struct fonts *fonts_open(
    const char *data, bool keep, struct files *files, struct diagnostics *sink)
{
    struct fonts *fonts = memory_alloc(sizeof *fonts);
    arena_init(&fonts->arena);
    map_init(&fonts->fallbacks);
    fonts->limits = files->limits;
    const char *roles = path_join(&fonts->arena, data, "fonts/roles.yaml");
    if (!roles_read(&fonts->arena, files, roles, fonts->roles, sink)) {
        fonts_close(fonts);
        return NULL;
    }
    const char *configuration = configuration_path(&fonts->arena, data);
    if (!catalogue_init(&fonts->catalogue, configuration, keep)) {
        diag_add(sink, DIAG_FONTS_CONF, SPAN_NONE, NULL, configuration);
        fonts_close(fonts);
        return NULL;
    }
    return fonts;
}

void fonts_close(struct fonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    for (size_t i = 0; i < fonts->faces.length; i++) {
        face_close(fonts->faces.data[i]);
    }
    vec_done(&fonts->faces);
    vec_done(&fonts->choices);
    vec_done(&fonts->passed);
    map_done(&fonts->fallbacks);
    catalogue_done(&fonts->catalogue);
    arena_done(&fonts->arena);
    memory_free(fonts);
}

/* Whether the sink has the finding about `name` already: notes are told once a document.
 */
static bool is_told(const struct diagnostics *sink, enum diag_id id, const char *name)
{
    for (size_t i = 0; i < sink->list.length; i++) {
        const struct diagnostic *d = &sink->list.data[i];
        if (d->id == id && strstr(d->message, name) != NULL) {
            return true;
        }
    }
    return false;
}

static void pass_over(struct fonts *fonts, const char *name, enum diag_id id)
{
    for (size_t i = 0; i < fonts->passed.length; i++) {
        if (strcmp(fonts->passed.data[i].name, name) == 0) {
            return;
        }
    }
    vec_push(&fonts->passed, (struct passed){name, id});
}

/* Whether a font file is larger than the limit. */
static bool is_too_large(struct fonts *fonts, const struct installed *installed)
{
    struct stat status;
    return stat(installed->path, &status) == 0 &&
           (uintmax_t)status.st_size > limit_size(&fonts->limits, LIMIT_FONT);
}

static void tell_passed(const struct fonts *fonts, struct diagnostics *sink)
{
    for (size_t i = 0; i < fonts->passed.length; i++) {
        const struct passed *passed = &fonts->passed.data[i];
        if (is_told(sink, passed->id, passed->name)) {
            continue;
        }
        if (passed->id == DIAG_FONT_TOO_LARGE) {
            diag_add(sink, passed->id, SPAN_NONE, NULL, passed->name,
                limit_of(&fonts->limits, LIMIT_FONT));
        } else {
            diag_add(sink, passed->id, SPAN_NONE, NULL, passed->name);
        }
    }
}

/* The opened face of an installed one, thickened or slanted as the wish needs; NULL when
 * the file is no use. */
static const struct face *open_face(
    struct fonts *fonts, struct installed *installed, int weight, bool italic)
{
    bool embolden = weight >= BOLD_FROM && installed->weight < BOLD_FROM;
    bool slant = italic && !installed->italic;
    const struct face *shared = NULL;
    for (size_t i = 0; i < fonts->faces.length; i++) {
        const struct face *face = fonts->faces.data[i];
        if (face->index != installed->index || strcmp(face->path, installed->path) != 0) {
            continue;
        }
        if (face->embolden == embolden && face->slant == slant) {
            return face;
        }
        shared = face;
    }
    struct face opened;
    bool large = is_too_large(fonts, installed);
    if (fonts->faces.length == FACE_LIMIT || large ||
        !face_open(installed, shared, &opened)) {
        if (large || fonts->faces.length < FACE_LIMIT) {
            pass_over(
                fonts, installed->path, large ? DIAG_FONT_TOO_LARGE : DIAG_FONT_DAMAGED);
        }
        installed->refused = true;
        return NULL;
    }
    if (face_is_variable(&opened)) { /* fontconfig lists its default instance as static */
        face_close(&opened);
        installed->refused = installed->variable = true;
        return NULL;
    }
    opened.id = (uint32_t)fonts->faces.length;
    opened.embolden = embolden;
    opened.slant = slant;
    struct face *face = ARENA_NEW(&fonts->arena, struct face);
    *face = opened;
    vec_push(&fonts->faces, face);
    return face;
}

/* The first installed family of a list. */
static const struct face *face_of_list(struct fonts *fonts, const struct wish_list *list,
    const struct wish *wish, const char **ret_family)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        struct family family;
        bool found = catalogue_family(&fonts->catalogue, list->families[i], &family);
        if (found && family.count == 0) {
            pass_over(fonts, list->families[i],
                family.variable ? DIAG_FONT_VARIABLE : DIAG_FONT_DAMAGED);
        }
        while (found) {
            struct installed *installed =
                catalogue_nearest(&fonts->catalogue, &family, wish->weight, wish->italic);
            if (installed == NULL) {
                break;
            }
            const struct face *face =
                open_face(fonts, installed, wish->weight, wish->italic);
            if (face != NULL) {
                *ret_family = list->families[i];
                return face;
            }
            if (installed->variable) {
                pass_over(fonts, list->families[i], DIAG_FONT_VARIABLE);
            }
        }
    }
    return NULL;
}

/* The wish's role, then the roles that stand in. */
static bool choose(
    struct fonts *fonts, const struct wish *wish, struct choice *ret_choice)
{
    struct wish asked = *wish;
    for (int step = 0; step < INSTEAD_LIMIT; step++) {
        const struct role *role = &fonts->roles[asked.role];
        const struct wish_list *own = role_wishes(role, asked.language);
        const struct wish_list *hans = role_wishes(role, "zh-Hans");
        const char *family = NULL;
        const struct face *face = face_of_list(fonts, own, &asked, &family);
        bool foreign = face == NULL && hans != own;
        if (foreign) {
            face = face_of_list(fonts, hans, &asked, &family);
        }
        if (face != NULL) {
            *ret_choice = (struct choice){*wish, face, family, step > 0 || foreign};
            return true;
        }
        if (role->instead < 0) {
            return false;
        }
        asked.role = (enum font_role)role->instead;
        if (role->instead_weight > asked.weight) {
            asked.weight = role->instead_weight;
        }
    }
    return false;
}

static bool wish_equal(const struct wish *a, const struct wish *b)
{
    return a->role == b->role && a->weight == b->weight && a->italic == b->italic &&
           strcmp(a->language, b->language) == 0;
}

/* Families of the role that are there, but only as variable fonts. */
static const char *variable_family(const struct fonts *fonts, enum font_role role)
{
    for (size_t i = 0; i < fonts->roles[role].list_count; i++) {
        const struct wish_list *list = &fonts->roles[role].lists[i];
        for (size_t k = 0; k < list->count; k++) {
            struct family family;
            if (catalogue_family(&fonts->catalogue, list->families[k], &family) &&
                family.variable &&
                catalogue_nearest(&fonts->catalogue, &family, 400, false) == NULL) {
                return list->families[k];
            }
        }
    }
    return NULL;
}

static void tell_missing(
    struct fonts *fonts, const struct wish *wish, struct diagnostics *sink)
{
    const struct role *role = &fonts->roles[wish->role];
    const struct wish_list *list = role_wishes(role, wish->language);
    struct str hint = {0};
    str_printf(&hint, _("install the Debian package ‘%s’"),
        role->package != NULL ? role->package : PACKAGE_UNKNOWN);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        str_printf(&hint, "%s%s", i == 0 ? _(", or one of ") : ", ", list->families[i]);
    }
    const char *variable = variable_family(fonts, wish->role);
    if (variable != NULL) {
        str_printf(&hint, _("; ‘%s’ is a variable font, which cannot be used"), variable);
    }
    diag_add(
        sink, DIAG_FONT_ROLE_EMPTY, SPAN_NONE, hint.data, font_role_name(wish->role));
    str_done(&hint);
}

static void tell_choice(
    const struct fonts *fonts, const struct choice *choice, struct diagnostics *sink)
{
    tell_passed(fonts, sink);
    const char *role = font_role_name(choice->wish.role);
    if (choice->substituted && !is_told(sink, DIAG_FONT_SUBSTITUTED, role)) {
        diag_add(
            sink, DIAG_FONT_SUBSTITUTED, SPAN_NONE, NULL, choice->face->family, role);
    }
    if (choice->face->embolden &&
        !is_told(sink, DIAG_FONT_THICKENED, choice->face->family)) {
        diag_add(sink, DIAG_FONT_THICKENED, SPAN_NONE, NULL, choice->face->family);
    }
}

const struct face *fonts_face(struct fonts *fonts, enum font_role role, int weight,
    bool italic, const char *language, struct diagnostics *sink)
{
    struct wish wish = {role, weight, italic, language};
    for (size_t i = 0; i < fonts->choices.length; i++) {
        if (wish_equal(&fonts->choices.data[i].wish, &wish)) {
            tell_choice(fonts, &fonts->choices.data[i], sink);
            return fonts->choices.data[i].face;
        }
    }
    struct choice choice;
    if (!choose(fonts, &wish, &choice)) {
        tell_passed(fonts, sink);
        tell_missing(fonts, &wish, sink);
        return NULL;
    }
    choice.wish.language = arena_copy(&fonts->arena, language, strlen(language));
    vec_push(&fonts->choices, choice);
    tell_choice(fonts, &choice, sink);
    return choice.face;
}

/* The first family of a list that has all of the code points. */
static const struct face *covering_in_list(struct fonts *fonts,
    const struct wish_list *list, const struct wish *wish, const uint32_t *codepoints,
    size_t count)
{
    for (size_t i = 0; i < list->count; i++) {
        struct family family;
        struct installed *face = NULL;
        if (catalogue_family(&fonts->catalogue, list->families[i], &family)) {
            face =
                catalogue_nearest(&fonts->catalogue, &family, wish->weight, wish->italic);
        }
        if (face != NULL &&
            catalogue_covers(&fonts->catalogue, face, codepoints, count)) {
            const struct face *opened =
                open_face(fonts, face, wish->weight, wish->italic);
            if (opened != NULL) {
                return opened;
            }
        }
    }
    return NULL;
}

static const struct face *covering_in_role(struct fonts *fonts, const struct wish *wish,
    enum font_role role, const uint32_t *codepoints, size_t count)
{
    const struct wish_list *own = role_wishes(&fonts->roles[role], wish->language);
    const struct face *face = NULL;
    if (own != NULL) {
        face = covering_in_list(fonts, own, wish, codepoints, count);
    }
    for (size_t i = 0; face == NULL && i < fonts->roles[role].list_count; i++) {
        const struct wish_list *list = &fonts->roles[role].lists[i];
        if (list != own) {
            face = covering_in_list(fonts, list, wish, codepoints, count);
        }
    }
    return face;
}

static const struct face *covering_anywhere(struct fonts *fonts, const struct wish *wish,
    const uint32_t *codepoints, size_t count)
{
    for (size_t tries = 0; tries < FACE_LIMIT; tries++) {
        struct installed *best = NULL;
        int best_distance = 0;
        for (size_t i = 0; i < fonts->catalogue.faces.length; i++) {
            struct installed *face = &fonts->catalogue.faces.data[i];
            int distance = installed_distance(face, wish->weight, wish->italic);
            if (!face->refused && (best == NULL || distance < best_distance) &&
                catalogue_covers(&fonts->catalogue, face, codepoints, count)) {
                best = face;
                best_distance = distance;
            }
        }
        if (best == NULL) {
            return NULL;
        }
        const struct face *face = open_face(fonts, best, wish->weight, wish->italic);
        if (face != NULL) {
            return face;
        }
    }
    return NULL;
}

static const struct face *find_fallback(struct fonts *fonts, const struct wish *wish,
    const uint32_t *codepoints, size_t count)
{
    enum font_role role = wish->role;
    for (int step = 0; step < INSTEAD_LIMIT; step++) {
        const struct face *face = covering_in_role(fonts, wish, role, codepoints, count);
        if (face != NULL) {
            return face;
        }
        if (fonts->roles[role].instead < 0) {
            break;
        }
        role = (enum font_role)fonts->roles[role].instead;
    }
    const struct face *face =
        covering_in_role(fonts, wish, ROLE_SYMBOLS, codepoints, count);
    return face != NULL ? face : covering_anywhere(fonts, wish, codepoints, count);
}

/* The bytes that name a fallback of one code point. */
static void fallback_key(const struct wish *wish, uint32_t codepoint, struct str *out)
{
    str_clear(out);
    str_printf(
        out, "%d %d %x %s", (int)wish->role, wish->weight, codepoint, wish->language);
}

const struct face *fonts_fallback(struct fonts *fonts, enum font_role role, int weight,
    const char *language, const uint32_t *codepoints, size_t count)
{
    struct wish wish = {role, weight, false, language};
    if (count != 1) {
        return find_fallback(fonts, &wish, codepoints, count);
    }
    struct str key = {0};
    fallback_key(&wish, codepoints[0], &key);
    struct fallback *known = map_lookup(&fonts->fallbacks, str_text(&key));
    if (known != NULL) {
        str_done(&key);
        return known->face;
    }
    const struct face *face = find_fallback(fonts, &wish, codepoints, count);
    if (fonts->fallbacks.length < FALLBACK_LIMIT) {
        known = ARENA_NEW(&fonts->arena, struct fallback);
        known->face = face;
        map_set(&fonts->fallbacks, str_text(&key), known);
    }
    str_done(&key);
    return face;
}

static void list_role(struct fonts *fonts, enum font_role role, const char *language,
    struct str *out, struct diagnostics *sink)
{
    struct wish wish = {role, 400, false, language};
    struct choice choice;
    str_printf(out, "%-12s %-8s ", font_role_name(role), language);
    if (!choose(fonts, &wish, &choice)) {
        str_append_string(out, "–\n");
        tell_missing(fonts, &wish, sink);
        return;
    }
    str_printf(out, "%s%s\n%21s %s", choice.family,
        choice.substituted ? " (stands in)" : "", "", choice.face->path);
    if (choice.face->index != 0) {
        str_printf(out, " (face %u)", choice.face->index);
    }
    str_append_char(out, '\n');
}

void fonts_list(struct fonts *fonts, struct str *out, struct diagnostics *sink)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        const struct role *role = &fonts->roles[i];
        for (size_t k = 0; k < role->list_count; k++) {
            list_role(fonts, (enum font_role)i, role->lists[k].language, out, sink);
        }
    }
}
