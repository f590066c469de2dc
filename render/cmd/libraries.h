/* libraries: which libraries the program runs with, and which modules it finds. */
#ifndef PAIBAN_CMD_LIBRARIES_H
#define PAIBAN_CMD_LIBRARIES_H

#include "base/str.h"

/* One line for each module: its file, or why it cannot be opened and which package brings
 * what it needs. Modules that open stay open. */
void libraries_append_modules(struct str *out, const char *folder);
/* One line for each library that is loaded now: its name, its version where the library
 * tells, and the file it was loaded from. */
void libraries_append(struct str *out);

#endif
