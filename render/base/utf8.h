/* utf8: decoding, encoding, validation; and the width of text on a terminal. */
#ifndef PAIBAN_BASE_UTF8_H
#define PAIBAN_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

#define UTF8_INVALID UINT32_C(0xFFFFFFFF)

/* Decode the code point at data[*offset] and move *offset behind it. On an ill-formed
 * sequence (Unicode 15, table 3-7) returns UTF8_INVALID and moves one byte. */
uint32_t utf8_next(const char *data, size_t length, size_t *offset);
/* Decode the code point that ends before data[*offset], and move *offset to its start. */
uint32_t utf8_previous(const char *data, size_t *offset);
/* Write codepoint to out[0..3]; returns the number of bytes (1..4), 0 for surrogates and
 * values above U+10FFFF. */
size_t utf8_encode(uint32_t codepoint, char out[4]);
/* Byte offset of the first ill-formed sequence, or length when all is well-formed. */
size_t utf8_validate(const char *data, size_t length);
size_t utf8_count(struct text t); /* code points, of what is well-formed */
/* Columns on a terminal: East Asian Wide and Fullwidth 2, combining and zero-width 0. */
int utf8_columns(uint32_t codepoint);

#endif
