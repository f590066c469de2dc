/* tagged_walk: what is shared by the walk over a tagged PDF (tagged_blocks.c) and the writing
 * of its blocks (tagged_markdown.c). */
#ifndef PAIBAN_IMPORT_TAGGED_WALK_H
#define PAIBAN_IMPORT_TAGGED_WALK_H

#include "base/hash.h"
#include "import/tagged.h"

#define HEADING_LEVELS 6

enum place {
    PLACE_MASTHEAD,
    PLACE_BODY,
    PLACE_HIGHLIGHTS,
    PLACE_CONTENTS,
    PLACE_CONTACTS
};

struct walker {
    struct arena *arena; /* of the issue */
    struct import_issue *issue;
    const struct tagged_document *document;
    struct tagged_notes notes;
    enum place place;
    struct import_source masthead;   /* its lines */
    size_t texts;                    /* blocks with text so far */
    bool marked[HEADING_LEVELS + 1]; /* headings of the level are numbered */
    struct map edges;                /* folded short paragraphs → how many pages */
    const struct tag *entries;       /* the group that the place is; NULL: not known */
    struct text header;              /* the running header; "" */
    uint32_t pages;                  /* on which tagged text is */
    bool has_groups;                 /* sections are tags around their blocks */
    uint8_t shift; /* 1: the only heading of level 1 is the document's title */
    int depth;
};

/* The tag behind `tag` in the order of reading, below root; NULL: none. */
const struct tag *tagged_after(const struct tag *tag, const struct tag *root);
const struct tag *tagged_kid(const struct tag *tag, enum tag_kind kind); /* NULL: none */
/* The first picture in a tag; NULL: none. */
const struct tag *tagged_image(const struct tag *tag);
/* The characters of a tag. */
struct text tagged_plain(struct walker *w, const struct tag *tag);
/* The text in the arena of the issue; ends the str. */
struct text tagged_keep(struct walker *w, struct str *text);
/* A block as Markdown; "" when it says nothing. */
struct text tagged_markdown(struct walker *w, const struct tag *tag);
/* What stands in tag: its own text, then its blocks, but for those of a kind. */
struct text tagged_kids_markdown(
    struct walker *w, const struct tag *tag, enum tag_kind left_out);
/* Append t with `first` before its first line and `other` before the others. */
void tagged_append_indented(
    struct str *out, struct text t, const char *first, const char *other);
struct text tagged_code_markdown(struct walker *w, const struct tag *code);
/* A paragraph that is nothing but code, as a block of code is tagged; else NULL. */
const struct tag *tagged_only_code(const struct tag *paragraph);
/* Keep a picture as a file beside the issue; its path from there. */
const char *tagged_add_file(struct walker *w, const struct tag *image);

#endif
