/* str: text as (pointer, length), and a growing byte string.
 *
 * struct text borrows: it points into a source file, an arena or a constant. It need not
 * end with NUL. struct str owns its bytes, which are always NUL-terminated.
 * Numbers are read and written without the locale.
 */
#ifndef PAIBAN_BASE_STR_H
#define PAIBAN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

struct text {
    const char *data; /* bytes, usually UTF-8; may be NULL when length is 0 */
    size_t length;    /* in bytes */
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})

/* From a NUL-terminated string; NULL gives "". */
struct text text_of(const char *string);
/* Bytes [start, end), clamped. */
struct text text_slice(struct text t, size_t start, size_t end);
bool text_equal(struct text a, struct text b);
/* Equal when the spaces (U+0020) of both are left out? */
bool text_equal_unspaced(struct text a, struct text b);
bool text_is(struct text a, const char *string);
bool text_starts(struct text t, const char *prefix);
bool text_ends(struct text t, const char *suffix);
/* Without ASCII white space and U+3000 at both ends. */
struct text text_trim(struct text t);
/* Byte offset, or t.length when absent. */
size_t text_find(struct text t, const char *needle);
struct text text_copy(struct arena *arena, struct text t);
/* The whole of t as a decimal integer or number (point only); false leaves *ret. */
bool text_to_long(struct text t, long *ret_value);
bool text_to_double(struct text t, double *ret_value);

struct str {
    char *data;      /* NUL-terminated; NULL before the first append */
    size_t length;   /* in bytes, without the NUL */
    size_t capacity; /* in bytes */
};

void str_init(struct str *s);
void str_done(struct str *s); /* takes NULL */
void str_clear(struct str *s);
/* Room for `more` bytes and the NUL, to be written without this interface. */
void str_reserve(struct str *s, size_t more);
void str_append(struct str *s, const void *bytes, size_t length);
void str_append_text(struct str *s, struct text t);
void str_append_string(struct str *s, const char *string);
void str_append_char(struct str *s, char c);
void str_append_codepoint(struct str *s, uint32_t codepoint); /* as UTF-8 */
void str_printf(struct str *s, const char *format, ...) PRINTF_LIKE(2, 3); /* appends */
/* value with at most `digits` decimals, trailing zeros dropped, whatever the locale. */
void str_append_number(struct str *s, double value, int digits);
struct text str_text(const struct str *s);

#endif
