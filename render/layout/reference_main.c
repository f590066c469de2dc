/* layout-reference: writes docs/LAYOUT.md from the table of keys. Run by `ninja
 * docs-layout`. */
#include <stdio.h>
#include "base/files.h"
#include "layout/layout.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: layout-reference FILE\n");
        return 64;
    }
    struct diagnostics sink;
    struct output output;
    struct str text;
    diagnostics_init(&sink);
    str_init(&text);
    layout_reference(&text);
    bool written = output_open(&output, argv[1], &sink);
    if (written) {
        output_write(&output, text.data, text.length);
        written = output_commit(&output, &sink);
    }
    if (!written) {
        fprintf(stderr, "layout-reference: cannot write %s\n", argv[1]);
    }
    str_done(&text);
    diagnostics_done(&sink);
    return written ? 0 : 74;
}
