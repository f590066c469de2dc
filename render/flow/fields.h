/* fields: templates with the issue's fields: cover, header, footer. Private to flow/. */
#ifndef PAIBAN_FLOW_FIELDS_H
#define PAIBAN_FLOW_FIELDS_H

#include "flow/state.h"

/* What a page adds to the issue's own fields. */
struct page_fields {
    int page, pages;     /* numbers as printed: of this page, of the last one */
    const char *section; /* text of the section; NULL: none yet */
};

/* Append template with its fields replaced; what the issue does not give is empty. */
void fields_expand(const struct flow *flow, struct text template,
    const struct page_fields *page, struct str *out);
/* The same without a page; nothing where the template has fields and the issue gives none
 * of them. Lines of a value are parted by \n. */
void fields_expand_given(const struct flow *flow, struct text template, struct str *out);
/* The issue's numbers by the layout's templates: "第5期 总第41期". */
void fields_issue(const struct flow *flow, struct str *out);
/* The issue's date by the layout's templates; nothing when there is none. */
void fields_date(const struct flow *flow, struct str *out);

#endif
