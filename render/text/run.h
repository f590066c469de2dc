/* run: what a paragraph is made of: stretches of text of one style, typed or generated.
 *
 * flow/ resolves the layout's styles into runs; from here on nobody needs the layout's
 * elements. A paragraph's text is the texts of its runs one after another.
 */
#ifndef PAIBAN_TEXT_RUN_H
#define PAIBAN_TEXT_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"
#include "font/fonts.h"

/* The lines and marks drawn with a run; bits. */
enum decoration {
    DECORATION_UNDERLINE = 1,   /* <u> */
    DECORATION_STRIKE = 2,      /* ~~…~~ */
    DECORATION_NAME_LINE = 4,   /* 专名号: straight line under a proper name */
    DECORATION_BOOK_LINE = 8,   /* 书名号: wavy line under a book's title */
    DECORATION_DOTS = 16        /* 着重号: a dot under each Han */
};

enum run_kind {
    RUN_TEXT,
    RUN_BREAK,  /* a forced line end; text is "" */
    RUN_OBJECT  /* something of object_width × object_height set like a character */
};

/* What the line composer may do inside a run. */
enum run_nature {
    NATURE_PROSE,
    NATURE_URL,   /* an address or path: breaks only at the layout's URL characters, never
                     hyphenated */
    NATURE_CODE,  /* like a URL, spaces kept */
    NATURE_FIXED  /* never broken inside: a label */
};

struct run {
    enum run_kind kind;
    enum run_nature nature;
    struct text text;          /* UTF-8; borrowed */
    enum font_role role;       /* for Han and full-width marks */
    enum font_role latin_role; /* for everything else */
    int weight;                /* 400, 700 */
    bool italic;
    bool plain_latin;          /* no kerning and no ligatures in the Latin font, as Word
                                  sets it */
    unit size;                 /* type size */
    unit baseline_shift;       /* up positive: superscript */
    uint32_t colour;           /* 0xRRGGBB */
    uint32_t decorations;      /* enum decoration bits */
    const char *language;      /* "zh-Hans", "zh-Hant", "ja", "en"; never NULL */
    uint32_t structure;        /* id in the book's structure tree; 0: artifact */
    uint32_t link;             /* index + 1 in the flow's link table; 0: none */
    uint32_t even;             /* set to so many em (均排); 0: no */
    const struct run *ruby;    /* annotation set above the whole run; NULL: none */
    struct text actual;        /* what extraction should give instead of text; "" the same
                                  */
    unit object_width, object_height; /* RUN_OBJECT: height above the baseline */
    uint32_t object;           /* RUN_OBJECT: the flow's number for it */
    struct span span;          /* in the source; SPAN_NONE: generated */
    bool exact;                /* text maps byte for byte to span */
};

#endif
