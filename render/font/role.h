/* role: fonts/roles.yaml as a table: what each role wishes for. Only font/ includes this.
 */
#ifndef PAIBAN_FONT_ROLE_H
#define PAIBAN_FONT_ROLE_H

#include "font/fonts.h"

#define ROLE_LANGUAGE_LIMIT 8   /* lists of one role; there are four languages */
#define ROLE_FAMILY_LIMIT   100 /* families of one list: each costs a look-up */

/* The families of a role for one language, best first. */
struct wish_list {
    const char *language;  /* "zh-Hans", or "any" */
    const char **families; /* in the arena, as written */
    size_t count;          /* of families */
};

struct role {
    struct wish_list lists[ROLE_LANGUAGE_LIMIT]; /* in the order of the file */
    size_t list_count;                           /* of lists */
    const char *package; /* Debian package that brings a family; NULL: none named */
    int instead;         /* role that stands in (enum font_role); -1: none */
    int instead_weight;  /* weight it is asked for; 0: the one wanted */
};

/* Read the table. False after a fatal diagnostic. */
bool roles_read(struct arena *arena, struct files *files, const char *path,
    struct role roles[ROLE_COUNT], struct diagnostics *sink);
/* The list for a language: its own, that of all, that of zh-Hans, in this order; NULL if
 * the role has none of them. */
const struct wish_list *role_wishes(const struct role *role, const char *language);

#endif
