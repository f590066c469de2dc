/* tagged_content: the marked text of a page's content stream. */
#ifndef PAIBAN_IMPORT_TAGGED_CONTENT_H
#define PAIBAN_IMPORT_TAGGED_CONTENT_H

#include "import/tagged_font.h"

/* Text of one style that was shown under one MCID. */
struct content_run {
    int mcid;      /* −1: none, an artifact */
    uint32_t page; /* from 1 */
    float top,
        bottom; /* baselines of its first and last line, pt from the page's bottom */
    float left; /* where its first line begins, pt from the page's left edge */
    float size; /* pt */
    bool bold;
    int8_t raised;    /* 1 superscript, −1 subscript */
    size_t image;     /* 0: text; else a picture, by its number; size is its width */
    struct text text; /* \n where another line begins, \v as its indent; in the arena */
};

/* What a content stream refers to by name. */
struct content_resources {
    void *context;
    const struct tagged_font *(*font)(void *context, struct text name); /* NULL: none */
    /* The number of a picture, 0: it is none. */
    size_t (*image)(void *context, struct text name);
    /* The MCID of a property list, −1: none; *ret_actual: its ActualText or "". */
    int (*properties)(void *context, struct text name, struct text *ret_actual);
};

/* What was found on all pages. */
struct content {
    struct arena *arena;
    VEC(struct content_run) runs; /* in order of painting */
    size_t codes;                 /* shown under an MCID */
    size_t unknown;               /* of them, of characters that are not known */
};

void tagged_content_read(struct content *content, struct text stream, uint32_t page,
    const struct content_resources *resources);

#endif
