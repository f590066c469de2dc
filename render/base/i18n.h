/* i18n: marks messages for gettext. _() translates now; N_() only marks (tables). */
#ifndef PAIBAN_BASE_I18N_H
#define PAIBAN_BASE_I18N_H

#include <libintl.h>

#define _(message)  gettext(message)
#define N_(message) (message)

#endif
