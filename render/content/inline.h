/* inline: the text of a block → its inline nodes, each with its exact place.
 *
 * CommonMark's algorithm (delimiter runs, a stack of brackets) over bytes of our own,
 * with what Chinese needs: emphasis opens and closes beside full-width marks and Han,
 * bare addresses stop before them, line ends between them are nothing. Besides:
 * attributes in braces, footnote marks, and the tags of DESIGN 4.
 *
 * The parser makes a flat list of nodes below `top`; a closing delimiter, bracket or tag
 * turns the node that opened it into the parent of what follows it. inline_tidy.c then
 * merges texts, limits the nesting and decides which line ends are spaces.
 */
#ifndef PAIBAN_CONTENT_INLINE_H
#define PAIBAN_CONTENT_INLINE_H

#include "content/reader.h"

#define INLINE_DEPTH_LIMIT 32 /* emphasis, links and spans in one another */

struct mark_run {
    struct node *node;  /* the TEXT with the marks that are left */
    size_t count;       /* marks left */
    size_t typed;       /* marks typed */
    int32_t previous;   /* index of the run before it that is still alive, or -1 */
    int32_t next;       /* the one behind it, or -1 */
    char mark;          /* * _ ~ */
    bool opens, closes; /* by the flanking rules */
};

struct bracket {
    struct node *node; /* the TEXT "[" or "![" */
    size_t at;         /* offset of the bracket */
    size_t content;    /* offset behind it */
    size_t delimiters; /* length of the stack of delimiters when it was met */
    bool image;        /* ![ */
};

enum tag_kind {
    TAG_RUBY,
    TAG_RT,
    TAG_RP,
    TAG_RB,
    TAG_SUB,
    TAG_SUP,
    TAG_U,
    TAG_KIND_COUNT
};

struct tag {
    struct node *node; /* the TEXT of the opening tag */
    size_t at;         /* offset of the tag */
    size_t delimiters; /* length of the stack of delimiters when it was met */
};

#define CODE_TICKS_LIMIT 80 /* longer runs of backticks are text */

struct inline_parser {
    struct reader *reader;
    const struct inline_text *text;  /* what is parsed */
    const char *data;                /* its bytes */
    size_t length;                   /* of data */
    size_t at;                       /* where the parser is */
    struct node top;                 /* parent of the flat list */
    VEC(struct mark_run) delimiters; /* as a list by previous and next */
    int32_t last;                    /* last alive delimiter, or -1 */
    VEC(struct bracket) brackets;    /* open ones */
    size_t inactive; /* open link brackets below this index make no links */
    VEC(struct tag) tags[TAG_KIND_COUNT]; /* open ones */
    size_t ticks[CODE_TICKS_LIMIT + 1];   /* last place of a run of n backticks + 1 */
    bool ticks_known;                     /* ticks is filled */
    bool no_end[3];                       /* no --> (or ?>, or >) from here on */
};

/* Parse text and append its inlines to node. */
void inline_parse(
    struct reader *reader, struct node *node, const struct inline_text *text);

/* Span of bytes [start, end) of a text, in the file. */
struct span inline_text_span(const struct reader *reader, const struct inline_text *text,
    size_t start, size_t end);

/* For the files inline_*.c. Offsets are in the parser's data. */
struct span inline_span(const struct inline_parser *parser, size_t start, size_t end);
struct node *inline_add(
    struct inline_parser *parser, enum node_kind kind, size_t start, size_t end);
/* Bytes [start, end) as TEXT nodes that map byte for byte to the file. */
void inline_add_text(struct inline_parser *parser, size_t start, size_t end);
/* One node that stands for the whole of [start, end), whatever it says. */
struct node *inline_add_said(
    struct inline_parser *parser, struct text said, size_t start, size_t end);
/* Make node, which is in the flat list, the parent of all that follows it. */
void inline_adopt(struct inline_parser *parser, struct node *node);

/* inline_delimiter.c */
void inline_delimiter_run(struct inline_parser *parser);
/* Pair the runs that were met since the stack had `bottom` entries, and forget them. */
void inline_pair(struct inline_parser *parser, size_t bottom);

/* inline_link.c */
void inline_open_bracket(struct inline_parser *parser, bool image);
void inline_close_bracket(struct inline_parser *parser);
/* A link reference definition at the start of text: returns its length with the line
 * end, and adds it to the reader; 0 when there is none. */
size_t inline_definition(struct reader *reader, struct text text);

/* inline_html.c: what stands at `<`; false when it is none of HTML's forms. */
bool inline_html(struct inline_parser *parser);
void inline_tags_unpaired(struct inline_parser *parser); /* tell the tags still open */
/* Forget tags that were opened behind an offset: their text stays text. */
void inline_forget_tags(struct inline_parser *parser, size_t at);
/* A comment's inside: a directive for check/, or nothing. True when it is "pagebreak". */
bool inline_comment(struct reader *reader, struct text inside, struct span span);

/* inline_address.c */
bool inline_angle_address(struct inline_parser *parser); /* <https://…>, <a@b.c> */
/* A bare address at a letter or digit: adds the text from `start` on, then the link. */
bool inline_bare_address(struct inline_parser *parser, size_t start);

/* inline_entity.c */
/* Length of the entity or numeric reference at the start of text, 0 when there is
 * none. */
size_t inline_entity(struct reader *reader, struct text text, struct text *ret_said);
/* text with escapes and entities resolved, in the arena. */
struct text inline_resolve(struct reader *reader, struct text text);

/* inline_tidy.c: move the flat list below node. */
void inline_tidy(struct inline_parser *parser, struct node *node);

#endif
