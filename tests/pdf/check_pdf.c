/* check_pdf: checks the structure of PDF files that paiban wrote: check_pdf FILE… prints what
 * is wrong; exit status 1 when anything is. No other program is needed. */
#include <stdio.h>
#include "base/files.h"
#include "out/pdf/verify.h"

#define FILE_LIMIT (256u << 20) /* bytes */

static size_t check(struct files *files, const char *path, struct diagnostics *sink)
{
    int file = files_read_bytes(files, path, FILE_LIMIT, SPAN_NONE, sink);
    struct pdf_reader reader = {0};
    struct str out;
    size_t problems = 1;
    if (file < 0)
        return 1;
    str_init(&out);
    if (pdf_reader_open(&reader, files_get(files, (uint32_t)file)->bytes))
        problems = pdf_verify(&reader, &out);
    else
        str_append_string(&out, "file: not one of paiban's\n");
    if (problems > 0)
        printf("%s\n%s", path, out.data);
    str_done(&out);
    pdf_reader_done(&reader);
    return problems;
}

int main(int argc, char **argv)
{
    struct files files;
    struct diagnostics sink;
    size_t problems = 0;
    files_init(&files);
    diagnostics_init(&sink);
    for (int i = 1; i < argc; i++)
        problems += check(&files, argv[i], &sink);
    diagnostics_done(&sink);
    files_done(&files);
    return problems > 0;
}
