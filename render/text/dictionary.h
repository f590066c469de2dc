/* dictionary: the module that breaks lines of scripts without spaces (UAX 14 class SA). */
#ifndef PAIBAN_TEXT_DICTIONARY_H
#define PAIBAN_TEXT_DICTIONARY_H

#include "base/str.h"

#define DICTIONARY_SYMBOL "paiban_dictionary"

/* What the module exports under that name. */
struct dictionary_module {
    const char *version; /* PAIBAN_VERSION it was built with */
    /* Whether a line may break before each of the `count` characters of a text, and behind
     * the last, in count + 1 values. */
    void (*find)(struct text text, size_t count, bool *ret_breaks);
};

#endif
