/* devices: the devices that exist, by name; modules are opened when asked for.
 *
 * "pdf" and "dump" (the page as text, the format of golden files) are built in. "png" and
 * "svg" are in the cairo module, a shared object found in PAIBAN_MODULEDIR, the build
 * tree or the install prefix: a PDF render loads no cairo.
 *
 * A module is NAME.so and exports `paiban_devices`, a struct device_module. It takes
 * base/, page/ and the rest from the program that opens it (linked with export_dynamic),
 * so both must come from one build: the version is compared. */
#ifndef PAIBAN_OUT_DEVICES_H
#define PAIBAN_OUT_DEVICES_H

#include "page/device.h"

/* What a module exports under the name paiban_devices. */
struct device_module {
    const char *version;                 /* PAIBAN_VERSION it was built with */
    const struct device *const *devices; /* ends with NULL */
};

/* The device of a format. NULL after a fatal diagnostic (no such format: the known ones
 * as a hint; the module cannot be opened: which package brings it). module_folder: where
 * modules are. */
const struct device *device_find(
    const char *name, const char *module_folder, struct diagnostics *sink);
/* Append the page dump of the whole book. */
void book_dump(const struct book *book, struct str *out);

#endif
