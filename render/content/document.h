/* document: an issue as read: head (own and series), and the tree.
 *
 * document_read() is the whole of content/: it reads the issue and the nearest
 * series.yaml above it, merges their keys (the issue's head wins key by key), and makes
 * the tree. */
#ifndef PAIBAN_CONTENT_DOCUMENT_H
#define PAIBAN_CONTENT_DOCUMENT_H

#include "base/files.h"
#include "base/yaml.h"
#include "content/tree.h"

/* One text value of the head, with the place it was written. */
struct head_text {
    struct text value; /* "" when not given */
    struct span span;
};

struct contact {
    struct head_text name, email, phone, address, qr; /* qr: path of an image */
};

struct person {
    struct head_text role, name;
};

struct date {
    int year;  /* 0: none */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31; 0 when only the month is known */
    struct span span;
};

enum highlights_mode { HIGHLIGHTS_AUTO, HIGHLIGHTS_ALL, HIGHLIGHTS_NONE, HIGHLIGHTS_LIST };

struct head {
    struct head_text title;    /* found as DESIGN 4 says; never "" */
    struct head_text subtitle, publisher, sponsor, classification, urgency, serial, copies,
        doc_number, signer, addressee, watermark, note;
    struct date date, period_from, period_to;
    int32_t issue, total;      /* 0: not given */
    struct head_text *attachments; uint32_t attachment_count;
    struct head_text signature_name, signature_date;
    struct head_text *distribution_report, *distribution_send, *distribution_copy;
    uint32_t report_count, send_count, copy_count;
    struct person *people; uint32_t person_count;
    struct contact *contacts; uint32_t contact_count;
    struct head_text layout;   /* name or path as written; "" when none */
    bool layout_from_series;   /* a layout named by series.yaml must exist */
    struct head_text lang;     /* zh-Hans (default), zh-Hant, ja, en */
    enum highlights_mode highlights; /* auto: by ✓ */
    struct head_text *highlight_list; uint32_t highlight_count;
    int toc, cover, draft;     /* -1 not given, 0 no, 1 yes */
    const struct yaml_value *check;        /* {RULE: off} of the head; NULL none */
    const struct yaml_value *series_check; /* of series.yaml; check wins rule by rule */
};

/* A comment <!-- paiban: off RULE --> or on; check/ obeys it from its place on. */
struct directive {
    struct text rule; /* as written */
    bool on;          /* false: off */
    struct span span; /* of the rule's name */
};

struct document {
    struct arena arena;
    uint32_t file;          /* the issue in struct files */
    const char *folder;     /* of the issue; "." for standard input */
    const char *series_folder; /* of the series.yaml in use; NULL when none */
    struct head head;
    struct node *root;      /* NODE_DOCUMENT */
    struct directive *directives; /* in document order */
    uint32_t directive_count;
};

/* Read path. NULL after a fatal diagnostic; otherwise the caller frees with
 * document_free(). */
struct document *document_read(struct files *files, const char *path, struct diagnostics *sink);
/* The same from a text already registered in files (tests); series may be NULL. */
struct document *document_from_text(struct files *files, uint32_t file, const char *series_path,
    struct diagnostics *sink);
/* The nearest series.yaml: in the folder, or above it. NULL when there is none. */
char *document_find_series(struct arena *arena, const char *folder);
void document_free(struct document *document); /* takes NULL */

#endif
