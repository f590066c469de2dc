/* check: the editor's rules on an issue, on its finished book, and on an archive.
 *
 *     tree ── passage.c ──→ passages ── marks, pairs, numbers, words … ──→ findings, fixes
 *     head and tree ── structure.c, links.c ─────────────────────────────→ findings
 *     book ── pages.c ───────────────────────────────────────────────────→ findings
 *     notes on each issue ── archive.c ──────────────────────────────────→ findings
 *
 * Findings go into the sink of the build, as diagnostics whose ids are in
 * base/rule_table.h: one list, sorted by place at the end. check_run() then takes out
 * whatever the head (`check: {RULE: off}`) or a comment (`<!-- paiban: off RULE
 * -->`, from its place on until `on RULE`) has switched off, rules and other diagnostics
 * alike, but never a fatal one.
 *
 * A fix is a replacement of bytes of the file that is certain. Fixes are made
 * only where the text maps byte for byte to the source, never in addresses, code, block
 * quotes (another's words) and spans marked as another language. */
#ifndef PAIBAN_CHECK_CHECK_H
#define PAIBAN_CHECK_CHECK_H

#include "check/rule.h"
#include "content/document.h"
#include "page/book.h"

/* A certain repair: these bytes of the file become the replacement. */
struct check_fix {
    enum diag_id rule;       /* that found it */
    uint32_t offset;         /* in bytes */
    uint32_t length;         /* in bytes; 0 inserts */
    struct text replacement; /* in the check's arena, or constant */
};

#define WORD_STARTS 1024 /* slots of the sieve before the lists of words */

/* A rule whose findings are told once an issue, with their number. */
struct check_group {
    struct span first; /* place of the first */
    uint32_t count;
};

/* A whole number in the text, to compare with the others of its item. */
struct check_figure {
    double value;
    const struct node *item;
    bool grouped; /* written with commas */
    struct span span;
};

struct passage;

/* A quotation that its paragraph did not close: a later paragraph may. */
struct check_quotation {
    const struct node *parent; /* of the paragraph; NULL: none is open */
    struct span span;          /* where it opens */
    struct text shown;         /* its first letters, in the check's arena */
};

struct check {
    const struct document *document;
    const struct files *files;
    struct diagnostics *sink;         /* findings go here */
    struct arena arena;               /* fixes and scratch, until check_done() */
    VEC(struct check_fix) fixes;      /* in order of finding */
    struct check_group *groups;       /* by rule_index() */
    struct passage *passages;         /* of all blocks, in document order */
    struct check_quotation quotation; /* open between paragraphs */
    size_t passage_count;
    bool word_starts[WORD_STARTS];  /* by code point: may a listed word begin with it? */
    VEC(struct span) padded_dates;  /* 05月03日 */
    VEC(struct span) numeric_dates; /* 2021-05-03 */
    VEC(struct check_figure) figures; /* numbers of four digits and more */
    VEC(struct span) corner_quotes;   /* 「 */
    uint32_t curly_quotes;            /* “ */
    VEC(struct span) other_things;    /* 其它 */
    uint32_t other_people;            /* 其他 */
    uint32_t plain_dates;             /* 5月3日: could have a zero and has none */
    uint32_t worded_dates;            /* 2021年5月 */
    bool paged;       /* the pages were built, and flow/ told what it saw */
    bool traditional; /* the issue is in Traditional Han */
    bool japanese;    /* head: lang: ja */
    bool western;     /* head: lang: en */
};

void check_init(struct check *check, const struct document *document,
    const struct files *files, struct diagnostics *sink);
void check_done(struct check *check); /* takes NULL */

/* All rules on head and tree, and on the finished pages where book is not NULL; then sort
 * findings and fixes by place and apply the switches to them. Once a check. */
void check_run(struct check *check, const struct book *book);
/* Rules on the finished pages: long titles, lone lines. For check_run(). */
void check_book(struct check *check, const struct book *book);

/* Does the head switch a diagnostic off? */
bool check_is_off(const struct check *check, enum diag_id id);

/* Sort the fixes by place: check_run() does, check_apply() needs it. */
void check_sort_fixes(struct check *check);
/* The text with the fixes in place; overlapping ones are left for another round. Returns
 * how many were made. */
uint32_t check_apply(const struct check *check, struct text source, struct str *out);
/* Changed lines as a unified diff without context. */
void check_diff(const char *path, struct text before, struct text after, struct str *out);

/* Add a finding; detail fills the sentence's %s. hint may be NULL. */
void check_tell(struct check *check, enum diag_id rule, struct span span,
    struct text detail, const char *hint);
/* Count a finding of a grouped rule. */
void check_count(struct check *check, enum diag_id rule, struct span span);
void check_fix(
    struct check *check, enum diag_id rule, struct span span, struct text replacement);

#endif
