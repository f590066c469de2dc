/* imported: the bytes of an old issue through import, into an issue that is read again. */
#ifndef PAIBAN_TESTS_IMPORTED_H
#define PAIBAN_TESTS_IMPORTED_H

#include "base/str.h"

/* Import bytes as the folder's file of that name, and check what comes out. */
void fuzz_import(const char *name, struct text bytes);

#endif
