/* keys: the one table of what a layout file may say.
 *
 * A key has a dotted path ("page.margin-top"; in YAML the mapping page: with
 * margin-top:). Keys outside `styles` stand in the table once; the keys of a style stand
 * once and are valid for every element ("styles.item.size"). A slot is the number of a
 * path: the plain keys first, then the style keys of each element in turn.
 *
 *     slot  0 … key_plain_count()-1 | body: 0 … style keys-1 | section: 0 … | …
 *
 * Contract: key_value.c parses and checks one value, load.c fills slots from files,
 * resolve.c turns them into struct layout, reference.c prints the table. Internal to
 * layout/.
 */
#ifndef PAIBAN_LAYOUT_KEYS_H
#define PAIBAN_LAYOUT_KEYS_H

#include "base/yaml.h"
#include "layout/layout.h"

#define KEY_PATH_LIMIT   96 /* bytes of a dotted path; a test checks the table */
#define KEY_STRING_LIMIT 500 /* bytes of a string value */

enum key_type {
    KEY_LENGTH,   /* unit in the struct */
    KEY_GAP,      /* int, 1/1000 em; written as em */
    KEY_INTEGER,  /* int */
    KEY_BOOL,     /* bool */
    KEY_ENUM,     /* an enum, by the order of `names` */
    KEY_STRING,   /* const char * */
    KEY_TEMPLATE, /* const char *, with {fields} */
    KEY_NAME,     /* const char *: one of `names` */
    KEY_COLOUR,   /* uint32_t 0xRRGGBB */
    KEY_LIST      /* const char *: names of `names`, parted by single blanks */
};

/* What a style key is where no file sets it. */
enum key_unset {
    UNSET_NEUTRAL,     /* the default of the table */
    UNSET_BODY,        /* what body has */
    UNSET_SPACE_BEFORE /* what space-before of the same element has */
};

struct key {
    const char *name; /* dotted path; of a style key its last part */
    enum key_type type;
    size_t offset; /* of the resolved value in struct layout or struct style, bytes */
    double least, most;   /* LENGTH: pt; GAP: em; INTEGER: itself; else unused */
    const char *fallback; /* neutral default, as a file would write it */
    const char *names;    /* ENUM: "a|b|c" in the order of the values; LIST: those it
                             takes */
    unsigned fields;      /* TEMPLATE: enum template_set */
    enum key_unset unset; /* style keys only */
    const char *help;     /* one line, marked for gettext */
};

/* A value as read, before lengths are resolved. */
struct key_value {
    bool set;             /* a file of the chain set it */
    bool parsed;          /* one of the values below holds: the file's, or the default */
    bool told;            /* its mistake has been reported */
    uint32_t depth;       /* of the file in the chain, 0 the root: the nearer file wins */
    struct span span;     /* of the value */
    struct length length; /* LENGTH */
    long number;          /* GAP (1/1000 em), INTEGER, BOOL, ENUM, COLOUR */
    const char *string;   /* STRING, TEMPLATE, NAME, LIST; in the layout's arena */
};

uint32_t key_plain_count(void);
uint32_t key_style_count(void);
uint32_t key_slot_count(void);
const struct key *key_at(uint32_t slot);
/* The element of a style slot; ELEMENT_COUNT for a plain key. */
enum element key_element(uint32_t slot);
uint32_t key_style_slot(enum element element, const char *name); /* name must exist */
uint32_t key_plain_slot(const char *name);                       /* name must exist */
void key_append_path(uint32_t slot, struct str *out);
bool key_find(struct text path, uint32_t *ret_slot);
/* Whether keys begin with path and a dot: then its value is a mapping. */
bool key_is_group(struct text path);
/* The next parts of the paths that begin with `group` and a dot ("" for the top), each
 * once. */
size_t key_children(struct arena *arena, struct text group, const char ***ret_names);

/* Parse a scalar into *ret_value. False with what it must be appended to `must` ("a
 * length with a unit …"); the range of a length is checked when it is resolved. */
bool key_parse(const struct key *key, struct text text, bool word_sizes,
    struct arena *arena, struct key_value *ret_value, struct str *must);
/* "6pt…200pt", "0em…2em", "one of a, b, c": what values the key takes. */
void key_append_range(const struct key *key, struct str *out);
const char *key_type_name(enum key_type type); /* translated */
/* The nth name of "a|b|c"; length 0 when there is none. */
struct text key_enum_name(const char *names, long index);

/* Fill the resolved fields of layout from layout->values; returns the number of mistakes
 * told. */
uint32_t layout_resolve(struct layout *layout, struct diagnostics *sink);

#endif
