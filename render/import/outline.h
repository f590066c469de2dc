/* outline: what each line of an issue is, before lines become blocks. */
#ifndef PAIBAN_IMPORT_OUTLINE_H
#define PAIBAN_IMPORT_OUTLINE_H

#include "import/issue.h"
#include "import/mark.h"
#include "import/measure.h"

enum line_part {
    PART_BODY,
    PART_MASTHEAD,   /* before the first heading */
    PART_HIGHLIGHTS, /* the heading of 本期要目 and its entries */
    PART_CONTACTS    /* 联系我们 and its rows */
};

/* What is known of one line. */
struct outline_line {
    struct mark mark;
    enum line_part part;
    uint8_t level;  /* 1 section, 2 item, 3 heading inside; 0 no heading */
    uint8_t source; /* bytes of its source label; 0 none */
};

struct outline {
    struct import_source *source;
    struct import_issue *issue;
    struct outline_line *lines; /* one for each of source->lines */
    bool *starts;               /* line begins something of its own */
    enum mark_kind levels[4]; /* mark of the headings of level 1 to 3; MARK_NONE: none */
    bool styled[4];           /* level is told by size and weight (PDF) */
    unit style_size[4];       /* of a styled level */
    bool style_bold[4];       /* of a styled level */
    size_t masthead_end;      /* first line behind the masthead */
    struct measure measure;
    struct diagnostics *sink;
};

/* Find the parts and levels of all lines. */
void import_outline_find(struct outline *outline);
/* Turn the lines into the issue's blocks, highlights and contacts. */
void import_outline_blocks(struct outline *outline);

#endif
