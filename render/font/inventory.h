/* inventory: what fontconfig knows of the installed fonts, as one run of bytes: made by a scan
 * (scan.c), kept in a file from one start to the next (inventory.c), read by the catalogue.
 * Only font/ includes this.
 *
 *     head │ states │ faces │ families │ lists of faces │ coverages │ texts, each with a NUL
 *
 * All but the texts are 32-bit words in the machine's own order; a place is a byte offset
 * from the head's start. */
#ifndef PAIBAN_FONT_INVENTORY_H
#define PAIBAN_FONT_INVENTORY_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

#define INVENTORY_MAGIC "paibanF1"

struct inventory_head {
    char magic[8];
    uint32_t order;  /* 1: in another order it is another number */
    uint32_t length; /* of all, in bytes */
    uint32_t key;    /* text: what the scan depended on besides the states */
    uint32_t states, state_count;
    uint32_t faces, face_count;
    uint32_t families, family_count;
};

/* A file or folder that the scan read, as it was. */
struct inventory_state {
    uint32_t path;        /* text */
    uint32_t kind;        /* enum inventory_kind */
    uint32_t seconds[2];  /* of its last change since 1970, low word first */
    uint32_t nanoseconds;
};

enum inventory_kind {
    INVENTORY_ABSENT, /* there was none */
    INVENTORY_SOURCE, /* a configuration, a folder of fonts */
    INVENTORY_CACHE   /* a folder of fontconfig's, which the scan itself may change */
};

struct inventory_face {
    uint32_t path;     /* text: of the file */
    uint32_t index;    /* of the face in it */
    uint32_t family;   /* text: its first family name */
    uint32_t weight;   /* CSS value, up to 1000 */
    uint32_t width;    /* 100 is normal (fontconfig's scale), up to 1000 */
    uint32_t italic;   /* 1: italic or oblique */
    uint32_t coverage; /* of struct inventory_coverage */
};

/* In ascending order of the folded name. */
struct inventory_family {
    uint32_t folded;   /* text: the name, ASCII letters in lower case */
    uint32_t variable; /* 1: it has variable faces, which were passed over */
    uint32_t faces;    /* of the indices of its faces */
    uint32_t count;    /* of them */
};

/* Characters: blocks of 256 that have any, ascending, then a bit for each character. */
struct inventory_coverage {
    uint32_t count;    /* of blocks */
    uint32_t blocks[]; /* numbers of count blocks, then 8 words for each, low bits first */
};

#define INVENTORY_WEIGHT_MOST 1000
#define INVENTORY_WIDTH_MOST  1000
#define INVENTORY_BLOCK_WORDS 8 /* of 32 characters */

struct inventory {
    struct text bytes; /* aligned to words, and as inventory_is_sound() wants */
    bool mapped;       /* else allocated */
};

/* Ask fontconfig with the private configuration at path. False when it cannot read it. */
bool inventory_scan(const char *configuration, const char *key, struct str *out);
/* The inventory of a configuration: as kept, where nothing has changed since, else from a
 * scan, which is then kept if `keep` and where it can be. False when fontconfig cannot read
 * the configuration. */
bool inventory_open(
    const char *configuration, bool keep, struct inventory *ret_inventory);
void inventory_close(struct inventory *inventory); /* takes the zeroed */
/* Whether every place leads to what it should within the bytes; of coverages, which are
 * looked at one by one, only where they begin. */
bool inventory_is_sound(struct text bytes);

/* The text at a place of a sound inventory. */
static inline const char *inventory_text(const struct inventory *inventory, uint32_t place)
{
    return inventory->bytes.data + place;
}

#endif
