/* coded: an image as the data of a PDF's image: rows with PNG filters, deflated.
 *
 *     PNG of gray, RGB or a palette   its IDAT data as they are, when they inflate to
 *                                     exactly the rows that its header promises
 *     all else that has pixels        decoded to sRGB, filtered and deflated here;
 *                                     transparency is a mask of its own
 *
 * Copying costs a pass of inflating over the data, which shows that they are whole, and
 * no deflating, which costs thirty times as much. The result is kept with the image, as
 * long as the image is: a logo in every issue of an archive is coded once. A JPEG that
 * passes through (image.h) needs none of this. */
#ifndef PAIBAN_IMAGE_CODED_H
#define PAIBAN_IMAGE_CODED_H

#include "image/image.h"

/* A level of deflate above this asks for the smallest file: a PNG is deflated anew then.
 */
#define CODED_COPY_LEVEL 6

struct image_coded {
    uint32_t width, height; /* in pixels */
    uint32_t components;    /* of a pixel in rows: 1 gray or an index, 3 RGB */
    uint32_t bits;          /* of a component: 1, 2, 4 or 8 */
    bool as_stored;         /* not turned yet by the image's orientation */
    struct str palette; /* RGB, 3 bytes an entry, 2^bits of them; "": rows hold colours */
    struct str rows;    /* zlib stream; each row begins with its filter (PNG, 9) */
    struct str mask;    /* zlib stream of 8 bits a pixel, 0 transparent; "": opaque */
    int level;          /* of deflate: what it was made for */
    unit drawn_width, drawn_height; /* SVG: the placed size it was made for; else 0 */
};

/* The data of an image that does not pass through, placed at a size, deflated at a level
 * (0 to 12). NULL with a reason in English for image-damaged when they turn out to be
 * bad. They belong to the image and are valid until the next call for it. */
const struct image_coded *image_coded(
    struct image *image, unit width, unit height, int level, const char **ret_reason);
void image_coded_free(struct image_coded *coded);         /* takes NULL */
size_t image_coded_size(const struct image_coded *coded); /* in bytes; NULL: 0 */

#endif
