/* language: the locale of messages; see language.h.
 *
 * A locale that is not on the system (a container, a minimal server) does not take the
 * language away: gettext then works in C.UTF-8, and LANGUAGE says which catalogue. What is
 * printed is UTF-8 in every locale, as issues are. Numbers are read and printed without it.
 */
#include "cmd/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "job/paths.h"

#define DOMAIN "paiban"

static const char *first_set(const char *const names[])
{
    for (; *names != NULL; names++) {
        const char *value = getenv(*names);

        if (value != NULL && value[0] != '\0')
            return value;
    }
    return "";
}

const char *language_wanted(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", NULL};

    return first_set(names);
}

/* The locale is not there: keep its language. */
static void keep_language(void)
{
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", language_wanted(), 1);
}

void language_start(void)
{
    struct job_paths paths;
    struct arena arena;

    arena_init(&arena);
    job_paths_find(&arena, &paths);
    if (setlocale(LC_CTYPE, "") == NULL)
        setlocale(LC_CTYPE, "C.UTF-8");
    if (setlocale(LC_MESSAGES, "") == NULL)
        keep_language();
    bindtextdomain(DOMAIN, paths.locales);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
    arena_done(&arena);
}
