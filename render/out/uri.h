/* uri: an address as people write it → the ASCII that a PDF link must have. */
#ifndef PAIBAN_OUT_URI_H
#define PAIBAN_OUT_URI_H

#include "base/str.h"

/* Append uri with its host in punycode and everything that RFC 3986 does not allow
 * percent-encoded. False, with out untouched: the scheme is none of http, https, mailto
 * and ftp, or the host is no domain name. */
bool uri_encode(struct text uri, struct str *out);

#endif
