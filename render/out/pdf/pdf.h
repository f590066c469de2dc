/* pdf: the state of one PDF file being written, shared by the files of this folder.
 *
 *     pdf.c        the device: collects, then calls the rest in order
 *     objects.c    numbered objects → bytes
 *     fonts.c      which glyphs stand for which text;  program.c  one font program;  cff.c
 *     content.c    positioned items → tagged content streams
 *     images.c     image XObjects: JPEG as it is, others as pixels
 *     links.c      annotations, destinations, outline, page labels
 *     structure.c  structure tree, parent tree, names of elements
 *     attachments.c  files inside the file
 *     verify.c     proves the structure of the finished file;  reader.c  reads it back
 *     metadata.c   Info, XMP, output intent;  profile.c  the colour profile
 * */
#ifndef PAIBAN_OUT_PDF_PDF_H
#define PAIBAN_OUT_PDF_PDF_H

#include "base/hash.h"
#include "out/pdf/fonts.h"
#include "out/pdf/objects.h"
#include "page/device.h"

/* A stretch of marked content. */
struct pdf_mark {
    uint32_t structure; /* id of its element */
    uint32_t page;      /* index in pdf.pages */
    uint32_t number;    /* MCID on the page */
};

/* Extent on a page in units, y down from the trim box's top edge. */
struct pdf_box {
    int64_t left, top, right, bottom;
};

/* One link on one page. */
struct pdf_annotation {
    uint32_t link;             /* index in book.links */
    uint32_t element;          /* id of the Link element */
    uint32_t page;             /* index in pdf.pages */
    uint32_t object;           /* its number */
    VEC(struct pdf_box) boxes; /* one a line */
};

/* An image of the book. */
struct pdf_image {
    uint32_t object; /* number of its XObject; 0: not drawn, or told that it cannot be */
    unit width, height; /* largest size that it is placed at */
    bool stored;        /* its bytes as they are: the matrix turns them */
};

/* A colour profile that images share. */
struct pdf_icc {
    struct text bytes; /* borrowed */
    uint32_t object;
};

/* A Span element that only the file has: glyphs that cannot tell their text themselves.
 * Its id follows those of the book's elements. */
struct pdf_actual {
    uint32_t parent; /* structure id of the item they stand in */
    char *text;      /* owned */
};

/* Where a Figure element is. */
struct pdf_figure {
    uint32_t page;      /* index in pdf.pages */
    struct pdf_box box; /* of all its items on that page, the first it stands on */
};

struct pdf_page {
    uint32_t index;            /* in book.pages */
    uint32_t object;           /* number of the Page */
    uint32_t first_annotation; /* index in pdf.annotations */
    uint32_t annotation_count;
    uint32_t mark_count;
};

/* Where the content stream of the page being drawn stands. */
struct pdf_content {
    struct str out;
    unit page_height;       /* of the trim box */
    bool in_text;           /* between BT and ET */
    bool marked;            /* between BDC and EMC */
    uint32_t structure;     /* of that marked content; 0: artifact */
    enum artifact artifact; /* when structure is 0 */
    uint32_t resource;      /* n of the chosen /Fn; 0: none yet */
    unit size;              /* chosen with it */
    uint32_t fill;          /* colours, 0xRRGGBB */
    uint32_t stroke;
    unit line_width;        /* −1: not set */
    bool thick;             /* text is filled and stroked */
    bool slanted;           /* the text matrix is slanted */
    int64_t line_x, line_y; /* origin of the text line, 1/100 pt */
    bool shown;             /* glyphs stand on that line: the pen is behind them */
    int64_t pen;            /* from the page's left edge, unit × WIDTH_EM */
    int64_t spacing;        /* between characters, 1/10,000 pt */
    VEC(unit) whites;       /* between the glyphs of the item being shown */
};

struct pdf {
    const struct book *book;  /* borrowed */
    struct diagnostics *sink; /* borrowed */
    enum conformance conformance;
    struct pdf_objects objects;
    struct pdf_fonts fonts;
    struct pdf_content content;
    VEC(struct pdf_page) pages; /* that are drawn, in order */
    uint32_t page_total;        /* how many will be drawn */
    VEC(uint32_t) page_of; /* per page of the book: index + 1 in pages; 0: not drawn */
    VEC(struct pdf_mark) marks;             /* in painting order */
    VEC(struct pdf_annotation) annotations; /* in order of pages */
    struct map destinations;                /* name → struct destination of the book */
    VEC(struct str) uris;         /* per link: what its annotation opens; "" none */
    VEC(bool) link_works;         /* per link: it gets an annotation */
    VEC(struct pdf_image) images; /* by their index in the book */
    VEC(struct pdf_icc) profiles;
    VEC(struct pdf_figure) figures; /* extents of Figure elements */
    VEC(uint32_t) kept_of; /* per structure id: index + 1 of a Figure's entry in figures,
                                 of a Link's last in annotations; 0: none */
    VEC(struct pdf_actual) actuals; /* in painting order */
    bool has_figures;               /* the book has a Figure element */
    uint32_t pages_object;          /* numbers of objects that others refer to */
    uint32_t resources_object;
    uint32_t tree_object; /* StructTreeRoot */
    VEC(uint32_t) attachments; /* file specifications that are in the file, in the book's
                                  order */
};

/* content.c */
void pdf_content_begin(struct pdf *pdf, const struct page *page);
void pdf_content_glyphs(struct pdf *pdf, const struct item *item);
void pdf_content_rule(struct pdf *pdf, const struct item *item);
void pdf_content_path(struct pdf *pdf, const struct item *item);
void pdf_content_image(struct pdf *pdf, const struct item *item);
void pdf_content_end(struct pdf *pdf); /* close what is open */

/* images.c */
void pdf_images_collect(struct pdf *pdf, const struct item *item);
void pdf_images_write(struct pdf *pdf); /* of all that were collected; tells what fails */
void pdf_image_matrix(const struct pdf *pdf, const struct item *item, struct str *out);
void pdf_images_append(const struct pdf *pdf, struct str *out); /* resources */

/* links.c */
struct pdf_box pdf_item_box(const struct item *item);
struct pdf_box pdf_box_join(struct pdf_box a, struct pdf_box b);
void pdf_links_prepare(struct pdf *pdf); /* which links work; tells those that do not */
void pdf_links_add(struct pdf *pdf, const struct item *item);
void pdf_links_write(struct pdf *pdf, const struct pdf_page *page);
void pdf_append_rectangle(struct str *out, const struct page *page, struct pdf_box box);
uint32_t pdf_outline_write(struct pdf *pdf);      /* 0: the book has none */
uint32_t pdf_destinations_write(struct pdf *pdf); /* name tree; 0: none */
void pdf_page_labels_append(const struct pdf *pdf, struct str *out);

/* structure.c */
void pdf_structure_add(struct pdf *pdf, const struct item *item); /* extents of figures */
const char *pdf_structure_name(const struct pdf *pdf, uint32_t id); /* "H2" */
void pdf_structure_write(struct pdf *pdf);

/* metadata.c */
struct tm;
void pdf_append_date(struct str *out, const struct tm *parts); /* "(D:20210501000000Z)" */
uint32_t pdf_info_write(struct pdf *pdf);
uint32_t pdf_xmp_write(struct pdf *pdf);
uint32_t pdf_intent_write(struct pdf *pdf); /* 0: none is asked for */

void pdf_digests_append(const struct pdf *pdf, struct str *out);

/* attachments.c */
void pdf_attachments_write(struct pdf *pdf); /* before the catalog */
void pdf_attachments_append(const struct pdf *pdf, struct str *out); /* its /AF */
void pdf_attachments_append_names(const struct pdf *pdf, struct str *out);

/* profile.c: an ICC profile equal to sRGB. */
void pdf_profile_append(struct str *out);

#endif
