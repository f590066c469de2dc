/* devices: the devices that exist, by name; modules are opened when asked for.
 *
 * "dump" is built in: the page as text, the format of golden files. "png", "svg" (and "pdf"
 * until out/pdf replaces it) are in the cairo module, a shared object found in
 * PAIBAN_MODULEDIR, the build tree or the install prefix.
 */
#ifndef PAIBAN_OUT_DEVICES_H
#define PAIBAN_OUT_DEVICES_H

#include "page/device.h"

struct device_module; /* an opened shared object */

/* The device of a format. NULL after a fatal diagnostic (no such format: the known ones as a
 * hint; the module cannot be opened: which package brings it). module_folder: where modules
 * are. */
const struct device *device_find(const char *name, const char *module_folder,
    struct diagnostics *sink);
/* Append the page dump of the whole book. */
void book_dump(const struct book *book, struct str *out);

#endif
