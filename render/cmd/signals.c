/* signals: remove the temporary outputs, let the signal do its work; see signals.h. */
#include "cmd/signals.h"

#include <signal.h>
#include <stddef.h>

#include "base/files.h"

static const int stopping[] = {
    SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU, SIGABRT};

/* SA_RESETHAND has put the default back: raising again stops the program. */
static void stop(int number)
{
    outputs_remove_temporaries();
    raise(number);
}

void signals_install(void)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction old;

    sigemptyset(&action.sa_mask);
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < sizeof stopping / sizeof stopping[0]; i++) {
        if (sigaction(stopping[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(stopping[i], &action, NULL);
    }
    sigaction(SIGXFSZ, &ignore, NULL);
}
