/* attributes: {#id .class key=value} behind a heading, an image or a bracketed span. */
#ifndef PAIBAN_CONTENT_ATTRIBUTES_H
#define PAIBAN_CONTENT_ATTRIBUTES_H

#include "content/reader.h"

/* The languages that a document or a span may have. */
#define LANGUAGE_COUNT 4
extern const char *const language_names[LANGUAGE_COUNT];

/* Length of the braces at t[at] if they have the form of attributes, else 0. */
size_t attributes_length(struct text t, size_t at);
/* Read the braces at text[at]. Returns their length and gives the attributes, or 0 when
 * they are none: then they are text. What is unknown in them is told and left out. */
size_t attributes_read(struct reader *reader, const struct inline_text *text, size_t at,
    struct attributes **ret_attributes);
/* Tell a language that is not known; false then. */
bool language_check(struct diagnostics *sink, struct text name, struct span span);

#endif
