/* template: texts with {fields}, as layouts write them for furniture and numbers.
 *
 *     "第{issue}期"  →  literal "第", field ISSUE, literal "期"
 *
 * `{{` and `}}` are braces. One table names the fields; which of them a key takes is a
 * set: reading a layout refuses others, so whoever expands a template need not check
 * again.
 */
#ifndef PAIBAN_LAYOUT_TEMPLATE_H
#define PAIBAN_LAYOUT_TEMPLATE_H

#include "base/str.h"

enum field {
    FIELD_TITLE,
    FIELD_SUBTITLE,
    FIELD_PAGE,    /* number of this page, as printed */
    FIELD_PAGES,   /* number of the last page */
    FIELD_SECTION, /* furniture: the section's text; numbering: its number */
    FIELD_ISSUE,   /* number of the issue */
    FIELD_TOTAL,   /* running number over all years */
    FIELD_DATE,    /* by the date templates */
    FIELD_PUBLISHER,
    FIELD_YEAR,
    FIELD_MONTH,
    FIELD_DAY,
    FIELD_ITEM,     /* number of the item in its section */
    FIELD_HEADING3, /* number of the heading in what is above it */
    FIELD_HEADING4,
    FIELD_HEADING5,
    FIELD_HEADING6,
    FIELD_SECTION_HAN, /* the same numbers in Han: 一 二 … 二十一 */
    FIELD_ITEM_HAN,
    FIELD_HEADING3_HAN,
    FIELD_NUMBER, /* of the element itself: list item, caption, footnote */
    FIELD_ISSUE_TEXT,     /* "第5期 总第41期", by texts.issue and texts.total */
    FIELD_PERIOD,         /* "2021年5月1日至2021年5月31日" */
    FIELD_SPONSOR,
    FIELD_CLASSIFICATION,
    FIELD_URGENCY,
    FIELD_SERIAL,
    FIELD_DOC_NUMBER,
    FIELD_SIGNER,
    FIELD_NOTE,
    FIELD_COPIES,
    FIELD_ADDRESSEE,      /* lists and what else stands in panels only */
    FIELD_ATTACHMENTS,
    FIELD_SIGNATURE,
    FIELD_SIGNATURE_DATE,
    FIELD_PEOPLE,
    FIELD_REPORT,
    FIELD_SEND,
    FIELD_COPY,
    FIELD_COUNT   /* no field */
};

/* Which fields a template takes. */
enum template_set {
    TEMPLATE_RUNNING = 1,   /* header and footer */
    TEMPLATE_NUMBERING = 2, /* labels of elements */
    TEMPLATE_ISSUE = 4,     /* {issue} */
    TEMPLATE_TOTAL = 8,     /* {total} */
    TEMPLATE_DATE = 16,     /* {year} {month} {day} */
    TEMPLATE_PANEL = 32     /* lines of masthead, ending, foot */
};

const char *field_name(enum field field); /* "title" */
unsigned field_sets(enum field field);    /* enum template_set, or-ed */
/* The names of the fields of a set, in table order; at most FIELD_COUNT. */
size_t field_names(unsigned sets, const char *ret_names[FIELD_COUNT]);

/* Take the next piece from *rest and move it on. A piece is a literal (*ret_field is
 * FIELD_COUNT) or a field. False at the end. An unclosed or unknown field, which a read
 * layout does not have, comes as a literal. */
bool template_next(struct text *rest, struct text *ret_literal, enum field *ret_field);
/* Move *rest behind the next {…} that is no field of the sets (or is not closed), with
 * what stands inside in *ret_name. False: there is none. */
bool template_next_wrong(struct text *rest, unsigned sets, struct text *ret_name);

#endif
