/* yaml: the one reader of YAML: libyaml events → a tree of values with spans.
 *
 * Used for heads, series.yaml, layouts and roles. Scalars stay text; who reads a key
 * knows its type. Anchors and aliases, tags and multiple documents are refused; a key
 * given twice in one mapping is an error (the first stands). Control characters are told
 * and dropped. Depth and size are limited.
 */
#ifndef PAIBAN_BASE_YAML_H
#define PAIBAN_BASE_YAML_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define YAML_DEPTH_LIMIT 32

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_value {
    enum yaml_kind kind;
    struct span span;         /* of the value in its file */
    struct text text;         /* SCALAR: its text; in the arena */
    bool quoted;              /* SCALAR: written in quotes or as a block */
    struct yaml_value *items; /* SEQUENCE: values; MAPPING: values in order */
    struct yaml_key *keys;    /* MAPPING: one per item */
    size_t length;            /* of items */
};

struct yaml_key {
    struct text name;
    struct span span;
};

/* Read bytes [start, end) of a registered file. Returns NULL after a fatal diagnostic
 * with the place of the first error; an empty document is an empty mapping. */
struct yaml_value *yaml_read(struct arena *arena, const struct files *files,
    uint32_t file, size_t start, size_t end, struct diagnostics *sink);
/* The value of a key in a mapping, or NULL. */
const struct yaml_value *yaml_lookup(const struct yaml_value *mapping, const char *key);
/* A scalar as text ("" for null or ~ unquoted). */
struct text yaml_text(const struct yaml_value *value);
/* Any of true, false, yes, no, on, off. */
bool yaml_bool(const struct yaml_value *value, bool *ret_value);
bool yaml_is_null(const struct yaml_value *value);

#endif
