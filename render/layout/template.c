/* template: the table of fields and the cutting of templates; see template.h. */
#include "layout/template.h"

static const struct {
    const char *name; /* between the braces */
    unsigned sets;    /* templates that take it */
} fields[FIELD_COUNT] = {
    [FIELD_TITLE] = {"title", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_SUBTITLE] = {"subtitle", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_PAGE] = {"page", TEMPLATE_RUNNING},
    [FIELD_PAGES] = {"pages", TEMPLATE_RUNNING},
    [FIELD_SECTION] = {"section", TEMPLATE_RUNNING | TEMPLATE_NUMBERING},
    [FIELD_ISSUE] = {"issue", TEMPLATE_RUNNING | TEMPLATE_PANEL | TEMPLATE_ISSUE},
    [FIELD_TOTAL] = {"total", TEMPLATE_RUNNING | TEMPLATE_PANEL | TEMPLATE_TOTAL},
    [FIELD_DATE] = {"date", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_PUBLISHER] = {"publisher", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_YEAR] = {"year", TEMPLATE_DATE | TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_MONTH] = {"month", TEMPLATE_DATE | TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_DAY] = {"day", TEMPLATE_DATE | TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_ITEM] = {"item", TEMPLATE_NUMBERING},
    [FIELD_HEADING3] = {"heading3", TEMPLATE_NUMBERING},
    [FIELD_HEADING4] = {"heading4", TEMPLATE_NUMBERING},
    [FIELD_HEADING5] = {"heading5", TEMPLATE_NUMBERING},
    [FIELD_HEADING6] = {"heading6", TEMPLATE_NUMBERING},
    [FIELD_SECTION_HAN] = {"section-han", TEMPLATE_NUMBERING},
    [FIELD_ITEM_HAN] = {"item-han", TEMPLATE_NUMBERING},
    [FIELD_HEADING3_HAN] = {"heading3-han", TEMPLATE_NUMBERING},
    [FIELD_NUMBER] = {"number", TEMPLATE_NUMBERING},
    [FIELD_ISSUE_TEXT] = {"issue-text", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_PERIOD] = {"period", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_SPONSOR] = {"sponsor", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_CLASSIFICATION] = {"classification", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_URGENCY] = {"urgency", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_SERIAL] = {"serial", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_DOC_NUMBER] = {"doc-number", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_SIGNER] = {"signer", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_NOTE] = {"note", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_COPIES] = {"copies", TEMPLATE_RUNNING | TEMPLATE_PANEL},
    [FIELD_ADDRESSEE] = {"addressee", TEMPLATE_PANEL},
    [FIELD_ATTACHMENTS] = {"attachments", TEMPLATE_PANEL},
    [FIELD_SIGNATURE] = {"signature", TEMPLATE_PANEL},
    [FIELD_SIGNATURE_DATE] = {"signature-date", TEMPLATE_PANEL},
    [FIELD_PEOPLE] = {"people", TEMPLATE_PANEL},
    [FIELD_REPORT] = {"report", TEMPLATE_PANEL},
    [FIELD_SEND] = {"send", TEMPLATE_PANEL},
    [FIELD_COPY] = {"copy", TEMPLATE_PANEL},
};

const char *field_name(enum field field)
{
    return fields[field].name;
}

unsigned field_sets(enum field field)
{
    return fields[field].sets;
}

size_t field_names(unsigned sets, const char *ret_names[FIELD_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (fields[i].sets & sets) {
            ret_names[count++] = fields[i].name;
        }
    }
    return count;
}

static enum field field_lookup(struct text name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (text_is(name, fields[i].name)) {
            return (enum field)i;
        }
    }
    return FIELD_COUNT;
}

/* The piece at the start of `rest`, which is not empty: bytes it takes, its text (of a
 * field the name between the braces) and its kind. */
struct piece {
    size_t length;    /* in the template, bytes */
    struct text text; /* literal, or name of a field */
    bool field;       /* it stands in braces */
};

static struct piece piece_at_brace(struct text rest)
{
    char brace = rest.data[0];
    if (rest.length > 1 && rest.data[1] == brace) {
        return (struct piece){2, text_slice(rest, 0, 1), false};
    }
    size_t end = text_find(rest, "}");
    if (brace == '}') {
        return (struct piece){1, text_slice(rest, 0, 1), false};
    }
    struct piece piece = {
        end < rest.length ? end + 1 : rest.length, text_slice(rest, 1, end), true};
    return piece;
}

static struct piece piece_first(struct text rest)
{
    if (rest.data[0] == '{' || rest.data[0] == '}') {
        return piece_at_brace(rest);
    }
    size_t end = 0;
    while (end < rest.length && rest.data[end] != '{' && rest.data[end] != '}') {
        end++;
    }
    return (struct piece){end, text_slice(rest, 0, end), false};
}

bool template_next(struct text *rest, struct text *ret_literal, enum field *ret_field)
{
    if (rest->length == 0) {
        return false;
    }
    struct piece piece = piece_first(*rest);
    enum field field = piece.field ? field_lookup(piece.text) : FIELD_COUNT;
    bool unknown = piece.field && field == FIELD_COUNT;
    *ret_literal = unknown ? text_slice(*rest, 0, piece.length) : piece.text;
    *ret_field = field;
    *rest = text_slice(*rest, piece.length, rest->length);
    return true;
}

bool template_next_wrong(struct text *rest, unsigned sets, struct text *ret_name)
{
    while (rest->length > 0) {
        struct piece piece = piece_first(*rest);
        bool closed = rest->data[piece.length - 1] == '}';
        enum field field = piece.field ? field_lookup(piece.text) : FIELD_COUNT;
        bool known = field != FIELD_COUNT && (fields[field].sets & sets) != 0;
        *rest = text_slice(*rest, piece.length, rest->length);
        if (piece.field && (!known || !closed)) {
            *ret_name = piece.text;
            return true;
        }
    }
    return false;
}
