/* objects: numbered objects of a PDF file, packed and cross-referenced, to an output. */
#ifndef PAIBAN_OUT_PDF_OBJECTS_H
#define PAIBAN_OUT_PDF_OBJECTS_H

#include "base/files.h"
#include "base/vec.h"

struct pdf_cache;

/* Where an object is. */
struct pdf_place {
    bool written;   /* a reserved number without an object is refused at the end */
    bool packed;    /* in an object stream, else at an offset */
    uint64_t where; /* byte offset in the file; packed: number of the object stream */
    uint32_t index; /* packed: place in it, from 0 */
};

/* How a stream is written. Where a level of deflate was asked for it holds for all that
 * are deflated. */
enum pdf_packing {
    PACKING_NONE,    /* as it is, or as the entries say */
    PACKING_TEXT,    /* that is read seldom, or is short */
    PACKING_OBJECTS, /* object streams: structure, links */
    PACKING_CONTENT, /* of pages: most of a batch's text, and mostly glyphs */
    PACKING_FONT,    /* by deflate.c: most of a file's bytes */
    PACKING_COUNT
};

struct pdf_objects {
    struct output *output;   /* borrowed */
    struct str *kept;        /* borrowed: the file goes there instead; NULL: to output */
    struct pdf_cache *cache; /* borrowed */
    int levels[PACKING_COUNT]; /* of deflate, 0 to 12, or DEFLATE_OWN */
    VEC(struct pdf_place) places; /* by object number; [0] is unused */
    struct str body;         /* of the object being written; its text is appended here */
    uint32_t open;           /* number of that object; 0: none */
    struct str packed;       /* objects of the object stream being filled */
    struct str packed_index; /* "number offset " of each */
    uint32_t packed_count;   /* how many */
    uint32_t packed_number;  /* of the object stream; 0: none is being filled */
    uint64_t offset;         /* bytes written so far */
    uint64_t hash[2];        /* of all bytes sent so far: the file's identifier */
    struct str pending;      /* bytes written and not sent to the output yet */
    struct str deflated;     /* bytes of the stream being written */
    struct str program;      /* of the font file being made: program.c */
};

/* level: of deflate, 0 to 12; −1 the usual. kept: collects the file; NULL: none. */
void pdf_objects_init(struct pdf_objects *objects, struct output *output,
    struct str *kept, int level, struct pdf_cache *cache);
void pdf_objects_done(struct pdf_objects *objects); /* takes NULL */

/* A number for an object that comes later. */
uint32_t pdf_reserve(struct pdf_objects *objects);
/* Begin the object with that number: append its text to the result, then end it. */
struct str *pdf_begin(struct pdf_objects *objects, uint32_t number);
void pdf_end(struct pdf_objects *objects);
/* A stream; entries: further ones of its dictionary ("" none). */
void pdf_stream(struct pdf_objects *objects, uint32_t number, const char *entries,
    struct text bytes, enum pdf_packing packing);
/* The cross-reference stream and the trailer. */
void pdf_objects_finish(struct pdf_objects *objects, uint32_t catalog, uint32_t info);

/* Text of objects. */
void pdf_append_ref(struct str *out, uint32_t number); /* " 12 0 R" */
void pdf_append_integer(struct str *out, int64_t value);
void pdf_append_hundredths(struct str *out, int64_t value); /* 1250 → "12.5" */
void pdf_append_string(struct str *out, struct text bytes); /* "(…)", escaped */
void pdf_append_text(
    struct str *out, struct text utf8); /* a text string: ASCII or UTF-16 */
void pdf_append_hex(struct str *out, struct text bytes);  /* "<0A41>" */
void pdf_append_name(struct str *out, const char *name);  /* "/A#20b" */
void pdf_append_utf16(struct str *out, struct text utf8); /* big-endian bytes, no mark */

#endif
