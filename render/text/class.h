/* class: code point → class, before its neighbours are looked at. Only text/ includes
 * this. */
#ifndef PAIBAN_TEXT_CLASS_H
#define PAIBAN_TEXT_CLASS_H

#include "text/cluster.h"

/* What the table gives: a cluster class, or one of these, which resolve.c turns into a
 * class by the neighbours. */
enum raw_class {
    RAW_QUOTE_OPEN = CLASS_COUNT, /* “ ‘ */
    RAW_QUOTE_CLOSE,              /* ” ’ (’ is an apostrophe between letters) */
    RAW_EM_DASH,                  /* — ― */
    RAW_EN_DASH,                  /* – */
    RAW_ELLIPSIS,                 /* … ‥ */
    RAW_MIDDLE_DOT,               /* · • ‧ */
    RAW_SOLIDUS,                  /* */
    RAW_HYPHEN,                   /* - */
    RAW_NUMBER_MARK,              /* . , : ~ belong to a number between digits */
    RAW_SIGN,                     /* + − ± $ € # before a digit */
    RAW_WIDE_SIGN,                /* ￥ ＄ */
    RAW_PERCENT,                  /* % ‰ ° after a digit */
    RAW_WIDE_PERCENT,             /* ％ ℃ after a digit */
    RAW_ENUMERATOR,  /* ① : a note mark behind text, else a full-width sign */
    RAW_SUPERSCRIPT, /* ² ³ */
    RAW_SYMBOL,      /* × → ● ★: from the Han font among Han */
    RAW_MARK         /* combining: belongs to what precedes */
};

/* The class of a code point by itself: a cluster class or a raw one. */
uint8_t class_of(uint32_t codepoint);

#endif
