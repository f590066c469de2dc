/* reader: the objects of a PDF file that objects.c wrote, read back.
 *
 * It reads what this program writes and no more: stream objects one behind another, all
 * else in object streams. Values are slices of the file's text; value_next() walks over
 * them, in objects and in content streams alike. */
#ifndef PAIBAN_OUT_PDF_READER_H
#define PAIBAN_OUT_PDF_READER_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

struct pdf_reader {
    struct arena arena;
    VEC(struct text) objects; /* by number: the text of each; of a stream, its dictionary
                                 */
    VEC(struct text) streams; /* by number: what a stream holds, inflated */
    uint32_t root;            /* number of the catalog */
};

/* False: the file is not as objects.c writes it. pdf_reader_done() follows in any case.
 */
bool pdf_reader_open(struct pdf_reader *reader, struct text file);
void pdf_reader_done(struct pdf_reader *reader); /* takes NULL */

/* The value, operator or bracket at *at, behind white space; moves *at behind it. A
 * dictionary, an array and a reference are one value. "": t ends. */
struct text value_next(struct text t, size_t *at);
/* The value of a key ("/P") in a dictionary; "": it has none. */
struct text dictionary_get(struct text dictionary, const char *key);
/* What is inside the brackets of an array. */
struct text array_inside(struct text array);
/* The number of "12 0 R"; 0: it is none. */
uint32_t reference_number(struct text value);
/* An integer; −1: it is none. */
long value_integer(struct text value);
/* The text of an object; of a number out of range "". */
struct text pdf_reader_object(const struct pdf_reader *reader, uint32_t number);
/* The value, or the object that it refers to. */
struct text pdf_reader_get(const struct pdf_reader *reader, struct text value);

#endif
