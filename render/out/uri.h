/* uri: an address as people write it → the ASCII that a PDF link must have. */
#ifndef PAIBAN_OUT_URI_H
#define PAIBAN_OUT_URI_H

#include "base/str.h"

enum uri_fault { URI_GOOD, URI_FOREIGN_SCHEME, URI_NO_HOST };

/* Append uri with its host in punycode and everything that RFC 3986 does not allow
 * percent-encoded. With a fault, out is untouched: the scheme is none of http, https,
 * mailto and ftp, or the host is no domain name and no address of the Internet. */
enum uri_fault uri_encode(struct text uri, struct str *out);

#endif
