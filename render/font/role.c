/* role: names of the font roles, and the reader of fonts/roles.yaml. */
#include "font/role.h"
#include "base/i18n.h"
#include <string.h>
#include "base/yaml.h"

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_SONG] = "song",
    [ROLE_HEI] = "hei",
    [ROLE_KAI] = "kai",
    [ROLE_FANGSONG] = "fangsong",
    [ROLE_BIAOSONG] = "biaosong",
    [ROLE_LATIN_SERIF] = "latin-serif",
    [ROLE_LATIN_SANS] = "latin-sans",
    [ROLE_MONO] = "mono",
    [ROLE_SYMBOLS] = "symbols",
};

const char *font_role_name(enum font_role role)
{
    return role_names[role];
}

static bool role_lookup(struct text name, enum font_role *ret_role)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (text_is(name, role_names[i])) {
            *ret_role = (enum font_role)i;
            return true;
        }
    }
    return false;
}

bool font_role_parse(const char *name, enum font_role *ret_role)
{
    return role_lookup(text_of(name), ret_role);
}

/* What a reading of the file shares. */
struct reader {
    struct arena *arena;      /* for the names */
    struct diagnostics *sink; /* for findings */
};

static bool refuse(const struct reader *reader, struct span span, const char *what)
{
    diag_add(reader->sink, DIAG_ROLES_INVALID, span, NULL, what);
    return false;
}

static bool read_list(const struct reader *reader, struct text language,
    const struct yaml_value *value, struct role *role)
{
    if (value->kind != YAML_SEQUENCE || value->length > ROLE_FAMILY_LIMIT) {
        return refuse(reader, value->span, _("families must be a list, of 100 at most"));
    }
    if (role->list_count == ROLE_LANGUAGE_LIMIT) {
        return refuse(reader, value->span, _("too many languages in one role"));
    }
    const char **families = ARENA_ARRAY(reader->arena, value->length, const char *);
    for (size_t i = 0; i < value->length; i++) {
        struct text family = yaml_text(&value->items[i]);
        if (value->items[i].kind != YAML_SCALAR || family.length == 0) {
            return refuse(reader, value->items[i].span, _("a family must be a name"));
        }
        families[i] = arena_copy(reader->arena, family.data, family.length);
    }
    role->lists[role->list_count++] = (struct wish_list){
        .language = arena_copy(reader->arena, language.data, language.length),
        .families = families,
        .count = value->length,
    };
    return true;
}

static bool read_key(const struct reader *reader, const struct yaml_key *key,
    const struct yaml_value *value, struct role *role)
{
    struct text text = yaml_text(value);
    if (text_is(key->name, "package")) {
        role->package = arena_copy(reader->arena, text.data, text.length);
        return true;
    }
    if (text_is(key->name, "instead")) {
        enum font_role instead;
        if (!role_lookup(text, &instead)) {
            return refuse(reader, value->span, _("‘instead’ must name a role"));
        }
        role->instead = (int)instead;
        return true;
    }
    if (text_is(key->name, "instead-weight")) {
        long weight;
        if (!text_to_long(text, &weight) || weight < 1 || weight > 1000) {
            return refuse(reader, value->span, "‘instead-weight’ must be 1 … 1000");
        }
        role->instead_weight = (int)weight;
        return true;
    }
    return read_list(reader, key->name, value, role);
}

static bool read_role(
    const struct reader *reader, const struct yaml_value *value, struct role *role)
{
    if (value->kind != YAML_MAPPING) {
        return refuse(reader, value->span, _("a role must be a mapping"));
    }
    for (size_t i = 0; i < value->length; i++) {
        if (!read_key(reader, &value->keys[i], &value->items[i], role)) {
            return false;
        }
    }
    return true;
}

bool roles_read(struct arena *arena, struct files *files, const char *path,
    struct role roles[ROLE_COUNT], struct diagnostics *sink)
{
    int file = files_read_text(files, path, FILES_SOURCE_LIMIT, SPAN_NONE, sink);
    if (file < 0) {
        return false;
    }
    size_t length = files_get(files, (uint32_t)file)->bytes.length;
    const struct yaml_value *root =
        yaml_read(arena, files, (uint32_t)file, 0, length, sink);
    if (root == NULL) {
        return false;
    }
    const struct reader reader = {arena, sink};
    if (root->kind != YAML_MAPPING) {
        return refuse(&reader, root->span, _("it must be a mapping of roles"));
    }
    for (int i = 0; i < ROLE_COUNT; i++) {
        roles[i] = (struct role){.instead = -1};
    }
    for (size_t i = 0; i < root->length; i++) {
        enum font_role role;
        if (!role_lookup(root->keys[i].name, &role)) {
            return refuse(&reader, root->keys[i].span, _("unknown role"));
        }
        if (!read_role(&reader, &root->items[i], &roles[role])) {
            return false;
        }
    }
    return true;
}

static const struct wish_list *list_of(const struct role *role, const char *language)
{
    for (size_t i = 0; i < role->list_count; i++) {
        if (strcmp(role->lists[i].language, language) == 0) {
            return &role->lists[i];
        }
    }
    return NULL;
}

const struct wish_list *role_wishes(const struct role *role, const char *language)
{
    const struct wish_list *list = list_of(role, language);
    if (list == NULL) {
        list = list_of(role, "any");
    }
    return list != NULL ? list : list_of(role, "zh-Hans");
}
