/* attachments: what a book was made from, inside its file (PDF/A-3, ISO 19005-3 6.8).
 *
 * Each attachment is an embedded file with its media type and date, a file specification
 * that says what it is to the document (AFRelationship Source), and is named in the
 * catalog twice: in /AF and by name, for readers that know no associated files. PDF/A-2
 * allows no embedded file that is not itself PDF/A, so with another promise nothing is
 * written. */
#include "out/pdf/pdf.h"

#include <time.h>

static void write_file(struct pdf *pdf, const struct attachment *attachment, uint32_t number)
{
    struct str entries;
    struct tm parts;
    time_t seconds = (time_t)pdf->book->metadata.date;
    str_init(&entries);
    str_append_string(&entries, "/Type/EmbeddedFile/Subtype");
    pdf_append_name(&entries, attachment->type);
    str_printf(&entries, "/Params<</Size %zu/ModDate", attachment->bytes.length);
    if (gmtime_r(&seconds, &parts) == NULL)
        parts = (struct tm){.tm_year = 70, .tm_mday = 1};
    pdf_append_date(&entries, &parts);
    str_append_string(&entries, ">>");
    pdf_stream(&pdf->objects, number, entries.data, attachment->bytes, PACKING_TEXT);
    str_done(&entries);
}

static uint32_t write_specification(struct pdf *pdf, const struct attachment *attachment)
{
    uint32_t file = pdf_reserve(&pdf->objects), number = pdf_reserve(&pdf->objects);
    write_file(pdf, attachment, file);
    struct str *out = pdf_begin(&pdf->objects, number);
    str_append_string(out, "<</Type/Filespec/AFRelationship/Source/F");
    pdf_append_text(out, text_of(attachment->name));
    str_append_string(out, "/UF");
    pdf_append_text(out, text_of(attachment->name));
    str_append_string(out, "/Desc");
    pdf_append_text(out, text_of(attachment->description));
    str_append_string(out, "/EF<</F");
    pdf_append_ref(out, file);
    str_append_string(out, "/UF");
    pdf_append_ref(out, file);
    str_append_string(out, ">>>>");
    pdf_end(&pdf->objects);
    return number;
}

void pdf_attachments_write(struct pdf *pdf)
{
    if (pdf->conformance != CONFORMANCE_3A)
        return;
    for (size_t i = 0; i < pdf->book->attachments.length; i++)
        vec_push(&pdf->attachments,
            write_specification(pdf, &pdf->book->attachments.data[i]));
}

void pdf_attachments_append(const struct pdf *pdf, struct str *out)
{
    if (pdf->attachments.length == 0)
        return;
    str_append_string(out, "/AF[");
    for (size_t i = 0; i < pdf->attachments.length; i++)
        pdf_append_ref(out, pdf->attachments.data[i]);
    str_append_char(out, ']');
}

/* The keys are numbers, so that they are in order whatever the files are called. */
void pdf_attachments_append_names(const struct pdf *pdf, struct str *out)
{
    if (pdf->attachments.length == 0)
        return;
    str_append_string(out, "/EmbeddedFiles<</Names[");
    for (size_t i = 0; i < pdf->attachments.length; i++) {
        str_printf(out, "(%04zu)", i + 1);
        pdf_append_ref(out, pdf->attachments.data[i]);
    }
    str_append_string(out, "]>>");
}
