/* signals: what stops the program leaves no temporary file behind. */
#ifndef PAIBAN_CMD_SIGNALS_H
#define PAIBAN_CMD_SIGNALS_H

/* SIGINT, SIGTERM, SIGHUP and SIGPIPE remove the temporary outputs and then do what they
 * always do; those that the caller ignores stay ignored. SIGXFSZ is ignored: the write
 * fails and is told. */
void signals_install(void);

#endif
