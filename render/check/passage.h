/* passage: the text of one block as an array of letters, each with its place in the
 * source.
 *
 * A letter is a code point as the reader sees it. Code, images and addresses are one
 * letter, LETTER_OBJECT, so that no rule looks into them; ruby readings and footnote
 * marks are left out; the text of links and of marked spans is part of the sentence.
 * Rules look at letters by index; outside a passage every letter is 0.
 *
 * Rejected: regular expressions over the source text. They cannot tell an address or code
 * from prose, and findings need the exact bytes that a fix replaces. */
#ifndef PAIBAN_CHECK_PASSAGE_H
#define PAIBAN_CHECK_PASSAGE_H

#include <uchar.h>
#include "check/check.h"

#define LETTER_OBJECT UINT32_C(0xFFFC) /* code, an image, an address */
#define LETTER_BREAK  ((uint32_t)'\n') /* a line break that was asked for */

enum {
    LETTER_EXACT = 1,   /* its bytes are the source's: may be replaced */
    LETTER_FOREIGN = 2, /* in a span marked lang=… */
    LETTER_RAISED = 4,  /* subscript or superscript */
    LETTER_ADDRESS = 8, /* the object is an address */
    LETTER_LINK = 16    /* in a link's text: often another's title */
};

struct letter {
    uint32_t c;      /* code point */
    uint32_t offset; /* in the file, in bytes */
    uint32_t length; /* in the source, in bytes */
    uint32_t flags;
};

struct passage {
    const struct node *block; /* heading, paragraph, source line, caption or cell */
    const struct node *item;  /* the item around it; NULL outside items */
    bool quoted;              /* inside a block quote: never fixed */
    bool chinese;             /* has Han or kana: rules of Chinese punctuation apply */
    bool words; /* an entry of a list or a cell without a point: no sentence */
    VEC(struct letter) letters;
};

/* The letters of a block; passage->letters is cleared first. */
void passage_read(struct passage *passage, const struct node *block);
/* Does node hold text itself: heading, paragraph, source line, caption, cell? */
bool passage_is_block(const struct node *node);

/* The code point at an index; 0 outside. */
static inline uint32_t letter_at(const struct passage *p, ptrdiff_t i)
{
    return i >= 0 && (size_t)i < p->letters.length ? p->letters.data[i].c : 0;
}

/* Letters in a row equal to the one at i. */
static inline size_t passage_row(const struct passage *p, size_t i)
{
    size_t n = 1;

    while (letter_at(p, (ptrdiff_t)(i + n)) == letter_at(p, (ptrdiff_t)i))
        n++;
    return n;
}

/* Do the letters from i on spell word? Returns its length in letters, else 0. */
size_t passage_match(const struct passage *p, size_t i, const char32_t *word);
/* The bytes of letters [first, end) as they stand in the source. */
struct span passage_span(const struct passage *p, size_t first, size_t end);
/* Letters [first, end) as UTF-8. */
void passage_text(const struct passage *p, size_t first, size_t end, struct str *out);

/* Tell a finding about letters [first, end); the sentence shows them. */
void passage_tell(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end);
/* The same with the right text as a hint, which is also the fix when `certain`. */
void passage_suggest(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end, const char *right, bool certain);
/* Add a fix where letters may be replaced. */
void passage_fix(struct check *check, enum diag_id rule, const struct passage *p,
    size_t first, size_t end, const char *right);

/* Is c one of a set of code points? 0 is in none. */
static inline bool letter_in(uint32_t c, const char32_t *set)
{
    for (; c != 0 && *set != 0; set++) {
        if (*set == c)
            return true;
    }
    return false;
}

/* Kinds of characters that the rules ask about, of every letter of an issue and so in
 * line: Han with 〇 and 々, kana, 0 to 9, letters of the Latin script. */
static inline bool letter_is_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x3FFFD) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x3005 && c <= 0x3007 && c != 0x3006);
}

static inline bool letter_is_kana(uint32_t c)
{
    return c >= 0x3041 && c <= 0x30FF && c != 0x30FB;
}

static inline bool letter_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool letter_is_latin(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

/* Any white space but a line break. */
static inline bool letter_is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

static inline bool letter_is_point(uint32_t c)
{
    return c >= 0x3001 && !letter_is_han(c) && letter_in(c, U"，。、；：？！");
}

/* A full-width opening bracket or quote. */
static inline bool letter_is_opener(uint32_t c)
{
    return c >= 0x2018 && !letter_is_han(c) && letter_in(c, U"“‘（《〈「『【〔［｛〖");
}

static inline bool letter_is_closer(uint32_t c)
{
    return c >= 0x2018 && !letter_is_han(c) && letter_in(c, U"”’）》〉」』】〕］｝〗");
}

/* A point, an opener or a closer. */
static inline bool letter_is_wide_mark(uint32_t c)
{
    return letter_is_point(c) || letter_is_opener(c) || letter_is_closer(c);
}

/* Prepare the sieve of check_words(). */
void words_begin(struct check *check);

/* The families of rules on one passage. */
void check_marks(struct check *check, const struct passage *p);
void check_dashes(struct check *check, const struct passage *p);
void check_pairs(struct check *check, const struct passage *p);
void check_pairs_end(struct check *check); /* behind the last passage */
void check_numbers(struct check *check, const struct passage *p);
void check_dates(struct check *check, const struct passage *p);
void check_series(struct check *check, const struct passage *p);
void check_characters(struct check *check, const struct passage *p);
void check_words(struct check *check, const struct passage *p);
void check_links(struct check *check, const struct passage *p);

/* Rules that look at the issue as a whole. */
void check_structure(struct check *check);
void check_titles(struct check *check);
void check_sources(struct check *check);
void check_targets(struct check *check); /* addresses of links and images */
void check_names(struct check *check);
void check_styles(struct check *check);
void check_lines(struct check *check);  /* spaces at line ends, in the source */
void check_script(struct check *check); /* Simplified and Traditional */

#endif
