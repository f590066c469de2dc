/* language: the locale of messages. */
#ifndef PAIBAN_CMD_LANGUAGE_H
#define PAIBAN_CMD_LANGUAGE_H

/* Follow the user's locale with messages and classes of characters, not with numbers. */
void language_start(void);
/* What the user asked for: LANGUAGE, LC_ALL, LC_MESSAGES or LANG; "" where none is set. */
const char *language_wanted(void);

#endif
