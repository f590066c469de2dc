/* module: opens a shared object that is loaded only when an issue needs it. */
#ifndef PAIBAN_BASE_MODULE_H
#define PAIBAN_BASE_MODULE_H

/* The table that the module at `path` exports as `symbol`; its first member is a
 * `const char *`, the version of paiban it was built with. The module stays open until the
 * program ends; opening it again costs nothing. NULL: *ret_reason says why, in words that
 * last until the next call. */
const void *module_open(const char *path, const char *symbol, const char **ret_reason);

#endif
