/* chars: the few questions about characters that reading Markdown asks.
 *
 * Not the line classes of text/ (CLREQ): only what decides whether a line end between two
 * characters means a space, and where emphasis may open and close.
 */
#ifndef PAIBAN_CONTENT_CHARS_H
#define PAIBAN_CONTENT_CHARS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Written without word spaces: Han, kana, bopomofo, and the full-width marks. */
bool char_is_cjk(uint32_t c);
/* Punctuation outside ASCII that Chinese shares with the West: “ ” ‘ ’ … — · and the
 * like. */
bool char_is_shared_mark(uint32_t c);
bool char_is_space(uint32_t c);      /* white space as CommonMark means it */
bool char_is_ascii_mark(uint32_t c); /* ASCII punctuation */
bool char_is_word(uint32_t c);       /* ASCII letter or digit */
/* A control character that is dropped: all but tab and the line ends. */
bool char_is_dropped(uint32_t c);
/* May a character that is dropped begin with this byte? Those of U+0080 to U+009F begin
 * with C2. */
static inline bool char_may_be_dropped(char byte)
{
    return byte == (char)0xC2 || (unsigned char)byte < 0x20 || byte == 0x7F;
}
/* How many bytes of t from i on belong to characters above U+00BF, of which none is
 * dropped, a mark of Markdown or a tab: most of a Chinese text. */
size_t char_plain_bytes(struct text t, size_t i);
/* The same of bytes of which, behind what may start a block, each stands for itself: those,
 * and ASCII but marks that begin an inline: [ * _ & ! < \. */
size_t char_said_bytes(struct text t, size_t i);

#endif
