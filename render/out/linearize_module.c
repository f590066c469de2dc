/* linearize_module: the module paiban-linearize: a PDF file through libqpdf.
 *
 * Streams stay as they are; what PDF/A asks of the file's form (a line end before
 * endstream, an identifier) is asked of libqpdf. The identifier is made of the content,
 * so that the same issue gives the same bytes. */
#include <qpdf/qpdf-c.h>
#include <string.h>
#include "out/linearize.h"
#include "paiban_config.h"

static bool fail(qpdf_data qpdf, char **ret_reason)
{
    const char *text = "";
    if (qpdf_has_error(qpdf))
        text = qpdf_get_error_message_detail(qpdf, qpdf_get_error(qpdf));
    *ret_reason = memory_duplicate(text, strlen(text));
    return false;
}

static bool write_linear(qpdf_data qpdf, struct text pdf)
{
    if ((qpdf_read_memory(qpdf, "paiban", pdf.data, pdf.length, NULL) & QPDF_ERRORS) != 0)
        return false;
    if ((qpdf_init_write_memory(qpdf) & QPDF_ERRORS) != 0)
        return false;
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_linearization(qpdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_compress_streams(qpdf, QPDF_FALSE);
    qpdf_set_decode_level(qpdf, qpdf_dl_none);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    return (qpdf_write(qpdf) & QPDF_ERRORS) == 0;
}

static bool linearize(struct text pdf, struct str *out, char **ret_reason)
{
    qpdf_data qpdf = qpdf_init();
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    bool good = write_linear(qpdf, pdf);
    if (good)
        str_append(out, (const char *)qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
    else
        fail(qpdf, ret_reason);
    qpdf_cleanup(&qpdf);
    return good;
}

extern const struct linearize_module paiban_linearize;
const struct linearize_module paiban_linearize = {PAIBAN_VERSION, linearize};
