/* decode: the bytes of an old text → UTF-8, whatever they were. */
#ifndef PAIBAN_IMPORT_DECODE_H
#define PAIBAN_IMPORT_DECODE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* The bytes as UTF-8, in the arena or as they are. A text in UTF-16 or GB 18030 is
 * converted, with a note. False after a fatal diagnostic: neither; or decoded wrongly
 * before. */
bool import_decode(struct arena *arena, const char *path, struct text bytes,
    struct text *ret_text, struct diagnostics *sink);
/* False after a fatal diagnostic: the text was decoded wrongly before it was saved. */
bool import_check_decoded(const char *path, struct text t, struct diagnostics *sink);

#endif
