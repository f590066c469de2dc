/* load: a layout by name or path, with the chain of files it inherits from.
 *
 *     my.yaml ── base: ──→ monthly.yaml ── base: ──→ base.yaml      (chain, nearest first)
 *        values are read from the root down, so the nearer file wins
 *
 * All files are parsed before a value is read: page.word-sizes of the nearest file
 * decides how 号 sizes are read in all of them. Mistakes are errors with their place and
 * reading goes on, so that one run tells them all; the layout is then refused by one
 * fatal diagnostic. Unknown keys are warnings and ignored. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/hash.h"
#include "base/i18n.h"
#include "layout/keys.h"
#include "layout/template.h"

#define CHAIN_LIMIT 16 /* files that inherit from one another; people need two or three */
#define NAMES_LIMIT 1000 /* layouts listed from the data folder */

struct link {
    const char *name; /* as written: in --layout, series.yaml or base: */
    const char *path; /* of the file */
    dev_t device;     /* with inode: which file it is, whatever its path */
    ino_t inode;
    uint32_t file;           /* index in struct files */
    struct yaml_value *root; /* a mapping */
};

struct reader {
    struct layout *layout;
    const struct layout_paths *paths;
    struct files *files;
    struct diagnostics *sink;
    struct arena scratch;           /* paths of keys, parsed YAML */
    struct link chain[CHAIN_LIMIT]; /* nearest first */
    uint32_t length;                /* of chain */
    uint32_t depth;                 /* of the file being read, 0 the root */
    bool word_sizes;                /* of the nearest file that says it */
    uint32_t mistakes;              /* told so far */
};

bool layout_is_path(const char *name)
{
    return strchr(name, '/') != NULL || text_ends(text_of(name), ".yaml") ||
           text_ends(text_of(name), ".yml");
}

/* Path of a layout named in a file of `folder`. */
static const char *layout_path(struct arena *arena, const char *name, const char *folder,
    const struct layout_paths *paths)
{
    if (!layout_is_path(name)) {
        return arena_print(arena, "%s/layouts/%s.yaml", paths->data, name);
    }
    return name[0] == '/' || folder == NULL ? arena_copy(arena, name, strlen(name))
                                            : path_join(arena, folder, name);
}

bool layout_exists(const char *name, const struct layout_paths *paths)
{
    struct arena arena;
    arena_init(&arena);
    struct stat status;
    bool exists = stat(layout_path(&arena, name, paths->beside, paths), &status) == 0 &&
                  S_ISREG(status.st_mode);
    arena_done(&arena);
    return exists;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

uint32_t layout_names(
    const struct layout_paths *paths, struct arena *arena, const char ***ret_names)
{
    VEC(const char *) names = {0};
    DIR *folder = opendir(path_join(arena, paths->data, "layouts"));
    struct dirent *entry;
    while (folder != NULL && names.length < NAMES_LIMIT &&
           (entry = readdir(folder)) != NULL) {
        struct text name = text_of(entry->d_name);
        if (text_ends(name, ".yaml") && name.data[0] != '.') {
            vec_push(&names, path_stem(arena, entry->d_name));
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    const char **sorted = ARENA_ARRAY(arena, names.length + 1, const char *);
    if (names.length > 0) {
        qsort(names.data, names.length, sizeof *names.data, compare_names);
        memcpy(sorted, names.data, names.length * sizeof *sorted);
    }
    uint32_t count = (uint32_t)names.length;
    vec_done(&names);
    *ret_names = sorted;
    return count;
}

/* Tell that a layout does not exist, with all that do. */
static void tell_unknown(struct reader *reader, const char *name, struct span from)
{
    const char **names;
    uint32_t count = layout_names(reader->paths, &reader->scratch, &names);
    struct str hint;
    str_init(&hint);
    str_append_string(&hint, _("known layouts: "));
    for (uint32_t i = 0; i < count; i++) {
        str_printf(&hint, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    if (count == 0) {
        str_clear(&hint);
        str_printf(&hint,
            _("there is no layout at all in ‘%s/layouts’: is paiban installed there?"),
            reader->paths->data);
    }
    diag_add(reader->sink, DIAG_UNKNOWN_LAYOUT, from, hint.data, name);
    str_done(&hint);
}

/* Tell a loop as "a → b → a", from the link that comes again. */
static void tell_loop(
    struct reader *reader, uint32_t again, const char *name, struct span from)
{
    struct str route;
    str_init(&route);
    for (uint32_t i = again; i < reader->length; i++) {
        str_printf(&route, "%s → ", reader->chain[i].name);
    }
    str_append_string(&route, name);
    diag_add(reader->sink, DIAG_LAYOUT_LOOP, from, NULL, route.data);
    str_done(&route);
}

static void tell_value(
    struct reader *reader, struct span span, const char *key, const char *must)
{
    diag_add(reader->sink, DIAG_LAYOUT_VALUE, span, NULL, key, must);
    reader->mistakes++;
}

/* Whether the link's file is in the chain already, or the chain is full: told. */
static bool chain_refuses(
    struct reader *reader, const struct link *link, struct span from)
{
    for (uint32_t i = 0; i < reader->length; i++) {
        const struct link *other = &reader->chain[i];
        if (other->device == link->device && other->inode == link->inode) {
            tell_loop(reader, i, link->name, from);
            return true;
        }
    }
    if (reader->length == CHAIN_LIMIT) {
        diag_add(reader->sink, DIAG_LAYOUT_DEPTH, from, NULL, CHAIN_LIMIT);
        return true;
    }
    return false;
}

/* Parse one file of the chain. False after a diagnostic. */
static bool chain_add(
    struct reader *reader, const char *name, const char *folder, struct span from)
{
    struct link link = {.name = name};
    link.path = layout_path(&reader->scratch, name, folder, reader->paths);
    struct stat status;
    bool found = stat(link.path, &status) == 0;
    if (!found && !layout_is_path(name)) {
        tell_unknown(reader, name, from);
        return false;
    }
    link.device = found ? status.st_dev : 0;
    link.inode = found ? status.st_ino : 0;
    if (found && chain_refuses(reader, &link, from)) {
        return false;
    }
    int file =
        files_read_text(reader->files, link.path, FILES_SOURCE_LIMIT, from, reader->sink);
    if (file < 0) {
        return false;
    }
    link.file = (uint32_t)file;
    link.root = yaml_read(&reader->scratch, reader->files, link.file, 0,
        files_get(reader->files, link.file)->bytes.length, reader->sink);
    if (link.root != NULL && link.root->kind != YAML_MAPPING) {
        tell_value(reader, link.root->span, name, _("a mapping of keys"));
        return false;
    }
    reader->chain[reader->length++] = link;
    return link.root != NULL;
}

/* Read the chain from the nearest file to the root. */
static bool chain_read(struct reader *reader, const char *name, struct span from)
{
    const char *folder = reader->paths->beside;
    for (;;) {
        if (!chain_add(reader, name, folder, from)) {
            return false;
        }
        const struct link *link = &reader->chain[reader->length - 1];
        const struct yaml_value *base = yaml_lookup(link->root, "base");
        if (base == NULL) {
            return true;
        }
        if (base->kind != YAML_SCALAR || yaml_text(base).length == 0) {
            tell_value(reader, base->span, "base", _("the name or path of a layout"));
            return true;
        }
        name = text_copy(&reader->scratch, yaml_text(base)).data;
        folder = path_folder(&reader->scratch, link->path);
        from = base->span;
    }
}

/* page.word-sizes of the nearest file that says it; mistakes are told when it is read. */
static bool chain_word_sizes(const struct reader *reader)
{
    for (uint32_t i = 0; i < reader->length; i++) {
        const struct yaml_value *page = yaml_lookup(reader->chain[i].root, "page");
        const struct yaml_value *value = page != NULL && page->kind == YAML_MAPPING
                                             ? yaml_lookup(page, "word-sizes")
                                             : NULL;
        bool word_sizes;
        if (value != NULL && value->kind == YAML_SCALAR &&
            yaml_bool(value, &word_sizes)) {
            return word_sizes;
        }
    }
    return false;
}

static void tell_unknown_key(
    struct reader *reader, const char *group, const struct yaml_key *key)
{
    const char **names;
    size_t count = key_children(&reader->scratch, text_of(group), &names);
    const char *nearest = nearest_name(key->name, names, count);
    const char *hint =
        nearest != NULL ? arena_print(&reader->scratch, _("did you mean ‘%s’?"), nearest)
                        : _("‘paiban layouts --keys’ lists all keys");
    const char *name = text_copy(&reader->scratch, key->name).data;
    diag_add(reader->sink, DIAG_UNKNOWN_KEY, key->span, hint, name);
}

static void tell_field(struct reader *reader, const struct key *key,
    const struct yaml_value *value, struct text wrong)
{
    const char *names[FIELD_COUNT];
    size_t count = field_names(key->fields, names);
    const char *nearest = nearest_name(wrong, names, count);
    struct str hint;
    str_init(&hint);
    if (nearest != NULL) {
        str_printf(&hint, _("did you mean ‘{%s}’?"), nearest);
    } else {
        key_append_range(key, &hint);
    }
    const char *name = text_copy(&reader->scratch, wrong).data;
    diag_add(reader->sink, DIAG_LAYOUT_FIELD, value->span, hint.data, name);
    reader->mistakes++;
    str_done(&hint);
}

/* Tell each field that the template does not take. */
static void check_template(
    struct reader *reader, const struct key *key, const struct yaml_value *value)
{
    struct text rest = yaml_text(value), wrong;
    while (template_next_wrong(&rest, key->fields, &wrong)) {
        tell_field(reader, key, value, wrong);
    }
}

/* The scalar that a value of the key is: itself, or a list's scalars parted by blanks.
 * False: it is none. */
static bool value_text(struct reader *reader, const struct key *key,
    const struct yaml_value *value, struct text *ret_text)
{
    struct str list;
    bool good = key->type == KEY_LIST && value->kind == YAML_SEQUENCE;
    if (value->kind == YAML_SCALAR) {
        *ret_text = yaml_text(value);
        return true;
    }
    str_init(&list);
    for (size_t i = 0; good && i < value->length; i++) {
        good = value->items[i].kind == YAML_SCALAR;
        str_append_string(&list, i > 0 ? " " : "");
        if (good) {
            str_append_text(&list, yaml_text(&value->items[i]));
        }
    }
    if (good) {
        *ret_text = text_copy(&reader->scratch, str_text(&list));
    }
    str_done(&list);
    return good;
}

/* Read the value of a known key into its slot; name is its last part. */
static void read_value(struct reader *reader, uint32_t slot, const struct yaml_key *name,
    const struct yaml_value *value)
{
    const struct key *key = key_at(slot);
    struct key_value *stored = &reader->layout->values[slot];
    const char *short_name = text_copy(&reader->scratch, name->name).data;
    if (stored->set && stored->depth == reader->depth) {
        diag_add(reader->sink, DIAG_YAML_DUPLICATE, name->span, NULL, short_name);
        return;
    }
    struct str must;
    str_init(&must);
    struct key_value parsed = {.set = true, .depth = reader->depth, .span = value->span};
    struct text text;
    if (!value_text(reader, key, value, &text)) {
        key_append_range(key, &must);
        tell_value(reader, value->span, short_name, must.data);
    } else if (key_parse(key, text, reader->word_sizes, &reader->layout->arena, &parsed,
                   &must)) {
        *stored = parsed;
        if (key->type == KEY_TEMPLATE) {
            check_template(reader, key, value);
        }
    } else {
        tell_value(reader, value->span, short_name, must.data);
    }
    str_done(&must);
}

/* "group.name"; a name of the top group is its own path. */
static const char *key_path(struct arena *arena, const char *group, const char *name)
{
    size_t length = strlen(group), tail = strlen(name);
    char *path;
    if (length == 0) {
        return name;
    }
    path = arena_alloc(arena, length + tail + 2);
    memcpy(path, group, length);
    path[length] = '.';
    memcpy(path + length + 1, name, tail + 1);
    return path;
}

/* Read the keys of a mapping whose own path is group; nesting is limited by yaml_read. */
static void read_mapping(
    struct reader *reader, const char *group, const struct yaml_value *mapping)
{
    for (size_t i = 0; i < mapping->length; i++) {
        const struct yaml_key *key = &mapping->keys[i];
        const struct yaml_value *value = &mapping->items[i];
        const char *name = text_copy(&reader->scratch, key->name).data;
        const char *path = key_path(&reader->scratch, group, name);
        uint32_t slot;
        if (group[0] == '\0' && strcmp(name, "base") == 0) {
            continue;
        }
        if (key_find(text_of(path), &slot)) {
            read_value(reader, slot, key, value);
        } else if (!key_is_group(text_of(path))) {
            tell_unknown_key(reader, group, key);
        } else if (value->kind == YAML_MAPPING) {
            read_mapping(reader, path, value);
        } else if (!yaml_is_null(value)) {
            tell_value(reader, value->span, name, _("a mapping of keys"));
        }
    }
}

/* Fill the slots from the root of the chain down, and note its files. */
static void read_chain(struct reader *reader)
{
    struct layout *layout = reader->layout;
    layout->files = ARENA_ARRAY(&layout->arena, reader->length, uint32_t);
    reader->word_sizes = chain_word_sizes(reader);
    for (uint32_t i = reader->length; i-- > 0;) {
        layout->files[layout->file_count++] = reader->chain[i].file;
        read_mapping(reader, "", reader->chain[i].root);
        reader->depth++;
    }
}

static struct layout *layout_new(const char *name)
{
    struct layout *layout = memory_alloc(sizeof *layout);
    arena_init(&layout->arena);
    layout->name = arena_copy(&layout->arena, name, strlen(name));
    layout->values = ARENA_ARRAY(&layout->arena, key_slot_count(), struct key_value);
    for (uint32_t slot = 0; slot < key_slot_count(); slot++) {
        layout->values[slot].span = SPAN_NONE;
    }
    return layout;
}

struct layout *layout_load(const char *name, struct span from,
    const struct layout_paths *paths, struct files *files, struct diagnostics *sink)
{
    struct reader reader = {
        .layout = layout_new(name), .paths = paths, .files = files, .sink = sink};
    arena_init(&reader.scratch);
    bool complete = chain_read(&reader, name, from);
    if (complete) {
        read_chain(&reader);
        reader.mistakes += layout_resolve(reader.layout, sink);
    }
    if (reader.mistakes > 0) {
        diag_add(sink, DIAG_LAYOUT_REFUSED, from, NULL, name, reader.mistakes);
    }
    struct layout *layout = reader.layout;
    if (!complete || reader.mistakes > 0) {
        layout_free(layout);
        layout = NULL;
    }
    arena_done(&reader.scratch);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (layout == NULL) {
        return;
    }
    arena_done(&layout->arena);
    memory_free(layout);
}

struct span layout_span(const struct layout *layout, const char *key)
{
    uint32_t slot;
    return key_find(text_of(key), &slot) ? layout->values[slot].span : SPAN_NONE;
}
