/* language: the locale of messages. */
#ifndef PAIBAN_CMD_LANGUAGE_H
#define PAIBAN_CMD_LANGUAGE_H

#include "base/str.h"

/* Follow the user's locale with messages and classes of characters, not with numbers. */
void language_start(void);
/* What the user asked for: LANGUAGE, LC_ALL, LC_MESSAGES or LANG; "" where none is set.
 */
const char *language_wanted(void);
/* "wanted ‘zh_CN.UTF-8’, system locale ‘C.UTF-8’, messages in ‘zh_CN’". */
void language_append(struct str *out);

#endif
