/* builtin: the devices inside the program, for the table in devices.c. */
#ifndef PAIBAN_OUT_BUILTIN_H
#define PAIBAN_OUT_BUILTIN_H

#include "page/device.h"

extern const struct device dump_device; /* dump.c */

extern const struct device pdf_device; /* pdf/pdf.c */

#endif
