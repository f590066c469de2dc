/* parts: what stands around the issue's own text: cover, panels, highlights, contents,
 * contacts. Private to flow/. Each is in the file of its name; parts.c has what they
 * share: a heading that the layout words, and an entry that points into the text. */
#ifndef PAIBAN_FLOW_PARTS_H
#define PAIBAN_FLOW_PARTS_H

#include "flow/state.h"

void cover_set(struct flow *flow); /* into flow->cover; nothing when there is no cover */
void highlights_set(struct flow *flow); /* counts as a section where the layout says so */
void toc_set(struct flow *flow);
void contacts_set(struct flow *flow);
/* Lines and rules of a panel at the end of flow->list. */
void panels_set(struct flow *flow, enum panel_kind kind);

/* A heading with its section mark and outline entry. label: its number, run in or hung by
 * the style; "" none. */
void parts_heading(
    struct flow *flow, enum element element, const char *heading, struct text label);

/* One entry of the highlights or the contents. */
struct entry {
    enum element element;
    struct text label;        /* number or mark; "" none */
    const struct node *title; /* whose inlines are shown; NULL: text is */
    struct text text;
    struct anchor *anchor; /* where it leads; NULL: nowhere */
    const char *leader;    /* between it and the page; "" none */
    bool page;             /* shows the page that the anchor is on */
    struct span span;      /* of its title, for messages */
};
/* Set an entry below the TOC structure `contents`. */
void parts_entry(struct flow *flow, const struct entry *entry, uint32_t contents);

#endif
