/* fields: see fields.h. One table: a field and what writes it. */
#include "flow/fields.h"

#include "layout/template.h"

typedef void field_writer(
    const struct flow *flow, const struct page_fields *page, struct str *out);

static void append_positive(int number, struct str *out)
{
    if (number > 0)
        str_printf(out, "%d", number);
}

static void write_title(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    str_append_text(out, flow->document->head.title.value);
}

static void write_subtitle(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    str_append_text(out, flow->document->head.subtitle.value);
}

static void write_publisher(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    str_append_text(out, flow->document->head.publisher.value);
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

static void write_date(
    const struct flow *flow, const struct page_fields *page, struct str *out)
{
    (void)page;
    fields_date(flow, out);
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
    [FIELD_TITLE] = write_title,
    [FIELD_SUBTITLE] = write_subtitle,
    [FIELD_PAGE] = write_page,
    [FIELD_PAGES] = write_pages,
    [FIELD_SECTION] = write_section,
    [FIELD_ISSUE] = write_issue,
    [FIELD_TOTAL] = write_total,
    [FIELD_DATE] = write_date,
    [FIELD_PUBLISHER] = write_publisher,
    [FIELD_YEAR] = write_year,
    [FIELD_MONTH] = write_month,
    [FIELD_DAY] = write_day,
};

void fields_expand(const struct flow *flow, struct text template,
    const struct page_fields *page, struct str *out)
{
    struct text literal;
    enum field field;

    while (template_next(&template, &literal, &field)) {
        if (field == FIELD_COUNT)
            str_append_text(out, literal);
        else if (writers[field] != NULL)
            writers[field](flow, page, out);
    }
}

void fields_date(const struct flow *flow, struct str *out)
{
    const struct date *date = &flow->document->head.date;
    const struct layout *layout = flow->layout;

    if (date->year > 0)
        fields_expand(flow,
            text_of(date->day > 0 ? layout->date_day_template : layout->date_template),
            NULL, out);
}
