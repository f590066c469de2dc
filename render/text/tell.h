/* tell: diagnostics about characters, with their place. Only text/ includes this. */
#ifndef PAIBAN_TEXT_TELL_H
#define PAIBAN_TEXT_TELL_H

#include "text/cluster.h"

/* A cluster that had to come from a fallback face, or that no font has (face NULL). */
void tell_fallback(const struct paragraph_text *p, const struct cluster *cluster,
    struct diagnostics *sink);
/* Radicals, compatibility forms, private-use and unassigned code points, right-to-left
 * scripts in a shaped paragraph. */
void tell_characters(const struct paragraph_text *p, struct diagnostics *sink);

#endif
