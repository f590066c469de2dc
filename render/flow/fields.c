/* fields: see fields.h. One table: a field and what writes it. */
#include "flow/fields.h"

#include <stddef.h>
#include "layout/template.h"

typedef void field_writer(
    const struct flow *flow, const struct page_fields *page, struct str *out);

static void append_positive(int number, struct str *out)
{
    if (number > 0)
        str_printf(out, "%d", number);
}

static void write_page(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)flow;
    str_printf(out, "%d", page->page);
}

static void write_pages(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)flow;
    str_printf(out, "%d", page->pages);
}

static void write_section(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)flow;
    if (page->section != NULL)
        str_append_string(out, page->section);
}

static void write_issue(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_positive(flow->document->head.issue, out);
}

static void write_total(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_positive(flow->document->head.total, out);
}

/* A date by the layout's templates; nothing when there is none. */
static void append_date(const struct flow *flow, const struct date *date, struct str *out)
{
    const struct layout *layout = flow->layout;
    struct text rest =
        text_of(date->day > 0 ? layout->date_day_template : layout->date_template);
    struct text literal;
    enum field field;

    while (date->year > 0 && template_next(&rest, &literal, &field)) {
        if (field == FIELD_COUNT)
            str_append_text(out, literal);
        else
            append_positive(field == FIELD_YEAR    ? date->year
                            : field == FIELD_MONTH ? date->month
                                                   : date->day,
                out);
    }
}

static void write_date(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_date(flow, &flow->document->head.date, out);
}

static void write_period(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    append_date(flow, &head->period_from, out);
    if (head->period_from.year > 0 && head->period_to.year > 0)
        str_append_string(out, flow->layout->period_join);
    append_date(flow, &head->period_to, out);
}

/* "第5期 总第41期", or the one of the two that is given. */
static void write_issue_text(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    if (head->issue > 0)
        fields_expand(flow, text_of(flow->layout->issue_template), page, out);
    if (head->issue > 0 && head->total > 0)
        str_append_char(out, ' ');
    if (head->total > 0)
        fields_expand(flow, text_of(flow->layout->total_template), page, out);
}

static void append_list(const struct flow *flow, const struct head_text *values,
    uint32_t count, struct str *out)
{
    for (uint32_t i = 0; i < count; i++) {
        str_append_string(out, i > 0 ? flow->layout->list_join : "");
        str_append_text(out, values[i].value);
    }
}

static void write_report(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    append_list(flow, head->distribution_report, head->report_count, out);
}

static void write_send(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    append_list(flow, head->distribution_send, head->send_count, out);
}

static void write_copy(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    append_list(flow, head->distribution_copy, head->copy_count, out);
}

/* One alone as it is, several with numbers on lines of their own. */
static void write_attachments(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    for (uint32_t i = 0; i < head->attachment_count; i++) {
        if (head->attachment_count > 1)
            str_printf(out, "%s%u. ", i > 0 ? "\n" : "", i + 1);
        str_append_text(out, head->attachments[i].value);
    }
}

static void write_signature_date(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    if (head->signature_date.value.length > 0)
        str_append_text(out, head->signature_date.value);
    else if (head->signature_name.value.length > 0)
        write_date(flow, page, out);
}

/* "编辑：王伟，李丽　审核：赵敏": names of one role that follow one another are a list. */
static void write_people(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    const struct head *head = &flow->document->head;

    (void)page;
    for (uint32_t i = 0; i < head->person_count; i++) {
        struct text role = head->people[i].role.value;

        if (i > 0 && text_equal(role, head->people[i - 1].role.value)) {
            str_append_string(out, flow->layout->list_join);
        } else {
            str_append_string(out, i > 0 ? flow->layout->people_join : "");
            str_append_text(out, role);
            str_append_string(out, role.length > 0 ? flow->layout->role_join : "");
        }
        str_append_text(out, head->people[i].name.value);
    }
}

static void write_year(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_positive(flow->document->head.date.year, out);
}

static void write_month(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_positive(flow->document->head.date.month, out);
}

static void write_day(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    append_positive(flow->document->head.date.day, out);
}

static field_writer *const writers[FIELD_COUNT] = {
    [FIELD_PAGE] = write_page,
    [FIELD_PAGES] = write_pages,
    [FIELD_SECTION] = write_section,
    [FIELD_ISSUE] = write_issue,
    [FIELD_TOTAL] = write_total,
    [FIELD_ISSUE_TEXT] = write_issue_text,
    [FIELD_DATE] = write_date,
    [FIELD_PERIOD] = write_period,
    [FIELD_YEAR] = write_year,
    [FIELD_MONTH] = write_month,
    [FIELD_DAY] = write_day,
    [FIELD_ATTACHMENTS] = write_attachments,
    [FIELD_SIGNATURE_DATE] = write_signature_date,
    [FIELD_PEOPLE] = write_people,
    [FIELD_REPORT] = write_report,
    [FIELD_SEND] = write_send,
    [FIELD_COPY] = write_copy,
};

/* Fields that are a value of the head as it stands: where in struct head, plus one. */
static const size_t values[FIELD_COUNT] = {
    [FIELD_TITLE] = offsetof(struct head, title) + 1,
    [FIELD_SUBTITLE] = offsetof(struct head, subtitle) + 1,
    [FIELD_PUBLISHER] = offsetof(struct head, publisher) + 1,
    [FIELD_SPONSOR] = offsetof(struct head, sponsor) + 1,
    [FIELD_CLASSIFICATION] = offsetof(struct head, classification) + 1,
    [FIELD_URGENCY] = offsetof(struct head, urgency) + 1,
    [FIELD_SERIAL] = offsetof(struct head, serial) + 1,
    [FIELD_DOC_NUMBER] = offsetof(struct head, doc_number) + 1,
    [FIELD_SIGNER] = offsetof(struct head, signer) + 1,
    [FIELD_NOTE] = offsetof(struct head, note) + 1,
    [FIELD_COPIES] = offsetof(struct head, copies) + 1,
    [FIELD_ADDRESSEE] = offsetof(struct head, addressee) + 1,
    [FIELD_SIGNATURE] = offsetof(struct head, signature_name) + 1,
};

static void write_field(const struct flow *flow, enum field field,
    const struct page_fields *page, struct str *out)
{
    const char *head = (const char *)&flow->document->head;

    if (writers[field] != NULL)
        writers[field](flow, page, out);
    else if (values[field] > 0)
        str_append_text(out,
            ((const struct head_text *)(const void *)(head + values[field] - 1))->value);
}

void fields_expand(const struct flow *flow, struct text template,
    const struct page_fields *page, struct str *out)
{
    struct text literal;
    enum field field;

    while (template_next(&template, &literal, &field)) {
        if (field == FIELD_COUNT)
            str_append_text(out, literal);
        else
            write_field(flow, field, page, out);
    }
}

void fields_expand_given(const struct flow *flow, struct text template, struct str *out)
{
    struct text rest = template, literal;
    struct str value;
    enum field field;
    bool any = false, given = false;

    str_init(&value);
    while (template_next(&rest, &literal, &field)) {
        if (field == FIELD_COUNT)
            continue;
        any = true;
        str_clear(&value);
        write_field(flow, field, NULL, &value);
        given = given || value.length > 0;
    }
    str_done(&value);
    if (given || !any)
        fields_expand(flow, template, NULL, out);
}

void fields_date(const struct flow *flow, struct str *out)
{
    write_date(flow, NULL, out);
}

void fields_issue(const struct flow *flow, struct str *out)
{
    write_issue_text(flow, NULL, out);
}
