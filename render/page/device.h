/* device: what turns a book into bytes or pictures: a table of functions.
 *
 * book_draw() walks the chosen pages and calls the functions in order; what a device
 * cannot do is NULL and is skipped. A device has one state, made by begin and freed by
 * end. Devices see positioned items only. */
#ifndef PAIBAN_PAGE_DEVICE_H
#define PAIBAN_PAGE_DEVICE_H

#include "base/files.h"
#include "page/book.h"

struct pdf_cache; /* out/pdf/cache.h */

/* What a PDF promises of ISO 19005 (PDF/A). It keeps PDF/UA-1 whatever is chosen here. */
enum conformance {
    CONFORMANCE_2A,
    CONFORMANCE_2U,
    CONFORMANCE_2B,
    CONFORMANCE_3A,  /* the book's attachments travel in the file */
    CONFORMANCE_NONE /* no output intent, nothing is promised but PDF/UA-1 */
};

struct device_options {
    double dpi;           /* raster devices: pixels per inch */
    const uint32_t *pages; /* indices of the pages to draw, ascending; NULL: all */
    uint32_t page_count;
    int compress;         /* pdf: deflate level, 0 to 12; −1 the device's choice */
    enum conformance conformance; /* pdf */
    bool linearize;       /* pdf: ordered so that it can be shown before it is all there
                             */
    const char *module_folder; /* where modules are; linearize needs one */
    struct pdf_cache *pdf_cache; /* pdf: what it keeps from one file to the next (a file may
                                    hold glyphs no longer used then); borrowed; NULL: none */
};

struct device_state; /* each device's own */

struct device {
    const char *name;      /* "pdf", "png", "svg", "dump" */
    const char *extension; /* "pdf" */
    bool file_per_page;    /* one output per page: begin and end are called for each */
    /* Begin a file. NULL after a fatal diagnostic. */
    struct device_state *(*begin)(const struct book *book, const struct device_options *options,
        struct output *output, struct diagnostics *sink);
    void (*begin_page)(struct device_state *state, const struct page *page, uint32_t index);
    void (*glyphs)(struct device_state *state, const struct item *item);
    void (*rule)(struct device_state *state, const struct item *item);
    void (*path)(struct device_state *state, const struct item *item);
    void (*image)(struct device_state *state, const struct item *item);
    void (*end_page)(struct device_state *state);
    /* Finish and free. False after a diagnostic; abandoned: only free. */
    bool (*end)(struct device_state *state, bool abandoned);
};

/* Draw the chosen pages to one output (of one page when the device is file_per_page). */
bool book_draw(const struct book *book, const struct device *device,
    const struct device_options *options, struct output *output, struct diagnostics *sink);
/* Parse "1-3,7" against page_count pages (counted from 1 as physical pages) into
 * ascending indices in arena. False: *ret_reason says why ("page 12 of 11"). */
bool pages_parse(const char *text, uint32_t page_count, struct arena *arena,
    const uint32_t **ret_pages, uint32_t *ret_count, const char **ret_reason);

#endif
