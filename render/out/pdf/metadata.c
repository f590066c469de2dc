/* metadata: what the file says about itself: Info, XMP, output intent.
 *
 * Info and XMP say the same (ISO 19005-2 6.6.2.3); both are made from struct
 * book_metadata. Dates are UTC and come from the book, never from a clock; a book without
 * a date has none in either place. XMP is left uncompressed, so that tools find it
 * without reading PDF. */
#include "out/pdf/pdf.h"

#include <inttypes.h>
#include <time.h>

/* Parts of a date for both of its forms; false: the book has none. */
static bool date_parts(const struct book_metadata *metadata, struct tm *ret_parts)
{
    time_t seconds = (time_t)metadata->date;
    return metadata->has_date && gmtime_r(&seconds, ret_parts) != NULL &&
           ret_parts->tm_year > -1900 && ret_parts->tm_year < 8100;
}

void pdf_append_date(struct str *out, const struct tm *parts)
{
    str_printf(out, "(D:%04d%02d%02d%02d%02d%02dZ)", parts->tm_year + 1900,
        parts->tm_mon + 1, parts->tm_mday, parts->tm_hour, parts->tm_min, parts->tm_sec);
}

/* "2021-05-01T00:00:00Z" */
static void append_xmp_date(struct str *out, const struct tm *parts)
{
    str_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts->tm_year + 1900,
        parts->tm_mon + 1, parts->tm_mday, parts->tm_hour, parts->tm_min, parts->tm_sec);
}

/* What each page shows, as a digest in the order of pages: private data of the catalog
 * (14.5), by which two renderings of an issue are compared. The name of the key changes
 * with the way in which they are made. */
void pdf_digests_append(const struct pdf *pdf, struct str *out)
{
    struct tm parts;
    time_t seconds = (time_t)pdf->book->metadata.date;
    if (gmtime_r(&seconds, &parts) == NULL)
        return;
    str_append_string(out, "/PieceInfo<</paiban<</LastModified");
    pdf_append_date(out, &parts);
    str_append_string(out, "/Private<</PageDigests2[");
    for (size_t i = 0; i < pdf->pages.length; i++)
        str_printf(out, "<%016" PRIx64 ">",
            pdf->book->pages.data[pdf->pages.data[i].index].digest);
    str_append_string(out, "]>>>>>>");
}

static void append_entry(struct str *out, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    str_append_string(out, key);
    pdf_append_text(out, text_of(value));
}

uint32_t pdf_info_write(struct pdf *pdf)
{
    const struct book_metadata *m = &pdf->book->metadata;
    uint32_t number = pdf_reserve(&pdf->objects);
    struct str *out = pdf_begin(&pdf->objects, number);
    struct tm parts;
    str_append_string(out, "<<");
    append_entry(out, "/Title", m->title);
    append_entry(out, "/Author", m->author);
    append_entry(out, "/Subject", m->subject);
    append_entry(out, "/Keywords", m->keywords);
    append_entry(out, "/Creator", m->creator);
    append_entry(out, "/Producer", m->creator);
    if (date_parts(m, &parts)) {
        str_append_string(out, "/CreationDate");
        pdf_append_date(out, &parts);
        str_append_string(out, "/ModDate");
        pdf_append_date(out, &parts);
    }
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    return number;
}

/* XML 1.0 has no control characters but tab, LF and CR. */
static void append_xml(struct str *out, const char *value)
{
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '&')
            str_append_string(out, "&amp;");
        else if (*c == '<')
            str_append_string(out, "&lt;");
        else if (*c == '>')
            str_append_string(out, "&gt;");
        else if ((unsigned char)*c < ' ')
            str_append_char(out, ' ');
        else
            str_append_char(out, *c);
    }
}

/* before, the value, after: nothing when there is no value. */
static void append_property(
    struct str *out, const char *before, const char *value, const char *after)
{
    if (value == NULL || value[0] == '\0')
        return;
    str_append_string(out, before);
    append_xml(out, value);
    str_append_string(out, after);
}

static void append_dates(struct str *out, const struct book_metadata *m)
{
    struct tm parts;
    if (!date_parts(m, &parts))
        return;
    str_append_string(out, "<xmp:CreateDate>");
    append_xmp_date(out, &parts);
    str_append_string(out, "</xmp:CreateDate>\n<xmp:ModifyDate>");
    append_xmp_date(out, &parts);
    str_append_string(out, "</xmp:ModifyDate>\n");
}

/* PDF/A knows its own properties; those of PDF/UA are declared (ISO 19005-2 6.6.2.3.3).
 */
static const char extension[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</"
    "pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static const char opening[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\"\n"
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";

static const char closing[] =
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>\n";

static void append_promise(struct str *out, enum conformance conformance)
{
    static const struct {
        char part, level;
    } promises[] = {
        [CONFORMANCE_2A] = {'2', 'A'},
        [CONFORMANCE_2U] = {'2', 'U'},
        [CONFORMANCE_2B] = {'2', 'B'},
        [CONFORMANCE_3A] = {'3', 'A'},
    };
    if (conformance != CONFORMANCE_NONE)
        str_printf(out,
            "<pdfaid:part>%c</pdfaid:part>\n"
            "<pdfaid:conformance>%c</pdfaid:conformance>\n",
            promises[conformance].part, promises[conformance].level);
    str_append_string(out, "<pdfuaid:part>1</pdfuaid:part>\n");
}

uint32_t pdf_xmp_write(struct pdf *pdf)
{
    const struct book_metadata *m = &pdf->book->metadata;
    uint32_t number = pdf_reserve(&pdf->objects);
    struct str out;
    str_init(&out);
    str_append_string(&out, opening);
    append_promise(&out, pdf->conformance);
    append_property(&out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", m->title,
        "</rdf:li></rdf:Alt></dc:title>\n");
    append_property(&out, "<dc:creator><rdf:Seq><rdf:li>", m->author,
        "</rdf:li></rdf:Seq></dc:creator>\n");
    append_property(&out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        m->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    append_property(&out, "<dc:language><rdf:Bag><rdf:li>", m->language,
        "</rdf:li></rdf:Bag></dc:language>\n");
    append_property(&out, "<pdf:Keywords>", m->keywords, "</pdf:Keywords>\n");
    append_property(&out, "<pdf:Producer>", m->creator, "</pdf:Producer>\n");
    append_property(&out, "<xmp:CreatorTool>", m->creator, "</xmp:CreatorTool>\n");
    append_dates(&out, m);
    str_append_string(&out, extension);
    str_append_string(&out, closing);
    pdf_stream(
        &pdf->objects, number, "/Type/Metadata/Subtype/XML", str_text(&out), PACKING_NONE);
    str_done(&out);
    return number;
}

uint32_t pdf_intent_write(struct pdf *pdf)
{
    if (pdf->conformance == CONFORMANCE_NONE)
        return 0;
    uint32_t profile = pdf_reserve(&pdf->objects), number = pdf_reserve(&pdf->objects);
    struct str bytes;
    str_init(&bytes);
    pdf_profile_append(&bytes);
    pdf_stream(&pdf->objects, profile, "/N 3", str_text(&bytes), PACKING_TEXT);
    str_done(&bytes);
    struct str *out = pdf_begin(&pdf->objects, number);
    str_append_string(out,
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        "/Info(sRGB IEC 61966-2-1)/DestOutputProfile");
    pdf_append_ref(out, profile);
    str_append_string(out, ">>");
    pdf_end(&pdf->objects);
    return number;
}
