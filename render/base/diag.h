/* diag: findings about a document, with their place; one table of all messages.
 *
 * A problem of the document is a diagnostic: work goes on and a PDF appears unless one is
 * fatal. Every message stands once in diag_table.h (id, level, format); code adds it by
 * its enum: diag_add(sink, DIAG_UNKNOWN_KEY, span, hint, key). Nothing here prints: cmd/
 * takes the list and prints it with diag_print().
 *
 * A span is where something was written: file index, byte offset, length in bytes.
 * line:column is worked out only when printed; columns count code points from 1.
 */
#ifndef PAIBAN_BASE_DIAG_H
#define PAIBAN_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#define SPAN_NO_FILE UINT32_MAX

struct span {
    uint32_t file;   /* index in struct files; SPAN_NO_FILE: no place (an option) */
    uint32_t offset; /* in bytes from the file's start (a byte-order mark counts) */
    uint32_t length; /* in bytes; 0 marks a point */
};

#define SPAN_NONE ((struct span){SPAN_NO_FILE, 0, 0})

enum diag_level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR, LEVEL_FATAL };

enum diag_id {
#define DIAG(id, name, level, format) id,
#include "base/diag_table.h"
#undef DIAG
    DIAG_COUNT
};

struct diag_info {
    const char *name;   /* "unknown-key": printed in brackets; never changes */
    enum diag_level level;
    const char *format; /* English, printf; marked for gettext */
};

const struct diag_info *diag_info(enum diag_id id);
const char *diag_level_name(enum diag_level level); /* translated */

struct diagnostic {
    enum diag_id id;
    struct span span;
    const char *message; /* formatted and translated, in the sink's arena */
    const char *hint;    /* or NULL */
};

struct diagnostics {
    struct arena arena;
    VEC(struct diagnostic) list; /* in order of finding */
    uint32_t count[4];           /* by level */
};

void diagnostics_init(struct diagnostics *sink);
void diagnostics_done(struct diagnostics *sink); /* takes NULL */
void diagnostics_clear(struct diagnostics *sink);
/* hint may be NULL (copied when given); the rest are the format's arguments. */
void diag_add(struct diagnostics *sink, enum diag_id id, struct span span,
    const char *hint, ...);
/* Add a finding again as it was formatted (a cached paragraph's). Its text is copied. */
void diag_repeat(struct diagnostics *sink, const struct diagnostic *d);
enum diag_level diag_worst(const struct diagnostics *sink); /* LEVEL_NOTE when empty */
bool diag_is_fatal(const struct diagnostics *sink);

struct files;
/* Append "path:line:column: level: message [id]\n", the source line with a caret under
 * it by display width, and "hint: …" to out. Control characters are shown escaped.
 * colour: use terminal colours. */
void diag_print(const struct diagnostic *d, const struct files *files, bool colour,
    struct str *out);
/* Append text with control characters as \xNN or U+NNNN. */
void str_append_escaped(struct str *s, struct text t);
/* The entry of names[] nearest to word (edit distance ≤ a third of its length), or
 * NULL. */
const char *nearest_name(struct text word, const char *const names[], size_t count);

#endif
