/* language: the locale of messages; see language.h.
 *
 * A locale that is not on the system (a container, a minimal server) does not take the
 * language away: gettext then works in C.UTF-8, and LANGUAGE says which catalogue. What
 * is printed is UTF-8 in every locale, as issues are. Numbers are read and printed
 * without it. */
#include "cmd/language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "job/paths.h"

#define DOMAIN       "paiban"
#define HEADER_FIELD "Language: " /* of a catalogue's head */

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
    static const char *const names[] = {
        "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", NULL};

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

void language_append(struct str *out)
{
    const char *locale = setlocale(LC_MESSAGES, NULL);
    struct text header = text_of(gettext("")); /* the catalogue's own head, or "" */
    size_t at = text_find(header, HEADER_FIELD);

    str_printf(out, "wanted ‘%s’, ", language_wanted());
    str_printf(out, "system locale ‘%s’, messages in ‘", locale != NULL ? locale : "");
    if (at < header.length) {
        header = text_slice(header, at + strlen(HEADER_FIELD), header.length);
        str_append_text(out, text_slice(header, 0, text_find(header, "\n")));
    } else {
        str_append_string(out, "en");
    }
    str_append_string(out, "’");
}
