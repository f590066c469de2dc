/* runs: inline nodes → runs, by an element's style. Private to flow/.
 *
 * Emphasis is kai for Han and italic for Latin (Chinese has no italic), strong is weight
 * 700, code is the mono role. Links, languages and ruby get structure elements below the
 * run's own.
 */
#ifndef PAIBAN_FLOW_RUNS_H
#define PAIBAN_FLOW_RUNS_H

#include "flow/figures.h"

/* A footnote's mark among the runs. */
struct note_mark {
    const struct node *node; /* NODE_FOOTNOTE */
    uint32_t run;            /* index of the run that is the mark */
};

struct run_list {
    struct flow *flow;
    VEC(struct run) items;
    struct run base; /* style of what is added next */
    bool plain;      /* no links, notes and breaks: for highlights and contents */
    VEC(struct note_mark) notes; /* in order of their marks */
    VEC(struct picture) pictures; /* images that stand below the text */
    uint32_t home;                /* structure element that these go below */
    unit pitch;                   /* of the element's lines */
    bool alone;                   /* no image stands in running text */
    bool row_next;                /* the next picture begins a row */
    int depth;                   /* of nested inlines */
};

/* Begin a list with an element's style. structure: id that its text belongs to. */
void runs_begin(
    struct run_list *list, struct flow *flow, enum element element, uint32_t structure);
void runs_text(struct run_list *list, struct text text); /* generated text */
/* Text of the source that no node has. */
void runs_source(struct run_list *list, struct text text, struct span span);
void runs_string(struct run_list *list, const char *string);
void runs_break(struct run_list *list); /* the line ends here */
/* Inline children of node (its captions and ruby texts excepted). */
void runs_children(struct run_list *list, const struct node *node);
/* Inlines from first up to end, or all that follow. */
void runs_inlines(
    struct run_list *list, const struct node *first, const struct node *end);
/* One address as a link with its own text. */
void runs_address(struct run_list *list, struct text text, struct text uri);
/* What is added after it is in this language: a Span, where it is another. Returns the
 * base before. */
struct run runs_language(struct run_list *list, const char *language);
/* Open and close a link around what is added between. Returns the base before. */
struct run runs_link(struct run_list *list, struct text uri, const char *destination,
    const char *contents);
/* The runs in flow's arena. */
const struct run *runs_finish(struct run_list *list, uint32_t *ret_count);
void runs_done(struct run_list *list);

#endif
