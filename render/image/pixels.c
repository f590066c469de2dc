/* pixels: decoded images: turning, taking alpha apart; and sizes in print.
 *
 * The EXIF orientations (CIPA DC-008, tag 274) name where the stored first row and first
 * column are shown:
 *
 *     1 top, left      2 top, right     3 bottom, right   4 bottom, left
 *     5 left, top      6 right, top     7 right, bottom   8 left, bottom
 *
 * so 6 is turned a quarter clockwise, 8 anti-clockwise, 3 half round; even-looking
 * mirrors are 2, 4, 5 and 7. The table gives for each the matrix from stored to shown.
 */
#include <string.h>

#include "image/format.h"

static const signed char matrices[9][4] = {
    /* a  b  c  d */
    {1, 0, 0, 1},   /* 0: not used */
    {1, 0, 0, 1},   /* 1 */
    {-1, 0, 0, 1},  /* 2 */
    {-1, 0, 0, -1}, /* 3 */
    {1, 0, 0, -1},  /* 4 */
    {0, 1, 1, 0},   /* 5 */
    {0, 1, -1, 0},  /* 6 */
    {0, -1, -1, 0}, /* 7 */
    {0, -1, 1, 0},  /* 8 */
};

void image_orientation_matrix(uint8_t orientation, int ret_matrix[4])
{
    for (int i = 0; i < 4; i++)
        ret_matrix[i] = matrices[orientation <= 8 ? orientation : 1][i];
}

struct pixels pixels_new(uint32_t width, uint32_t height, uint32_t channels)
{
    return (struct pixels){
        .data =
            memory_alloc((size_t)width * height * channels), /* ≤ IMAGE_PIXEL_LIMIT × 4 */
        .width = width,
        .height = height,
        .channels = channels,
    };
}

void pixels_done(struct pixels *pixels)
{
    if (pixels == NULL)
        return;
    memory_free(pixels->data);
    *pixels = (struct pixels){0};
}

/* How far apart, in pixels of the target, stored neighbours are shown; and where the
 * first is. */
struct steps {
    ptrdiff_t first, across, down;
};

static struct steps steps_of(const int matrix[4], uint32_t width, uint32_t height)
{
    ptrdiff_t line = (ptrdiff_t)width; /* pixels of a row as shown */
    bool from_right = matrix[0] + matrix[2] < 0, from_foot = matrix[1] + matrix[3] < 0;

    return (struct steps){
        .first = (from_right ? (ptrdiff_t)width - 1 : 0) +
                 (from_foot ? ((ptrdiff_t)height - 1) * line : 0),
        .across = matrix[0] + matrix[1] * line,
        .down = matrix[2] + matrix[3] * line,
    };
}

void pixels_turn(struct pixels *pixels, uint8_t orientation)
{
    bool quarter = orientation >= 5;
    uint32_t width = quarter ? pixels->height : pixels->width;
    uint32_t height = quarter ? pixels->width : pixels->height;
    size_t channels = pixels->channels;
    struct pixels turned;
    struct steps steps;
    int matrix[4];
    const uint8_t *from = pixels->data;

    if (orientation <= 1 || orientation > 8)
        return;
    turned = pixels_new(width, height, pixels->channels);
    image_orientation_matrix(orientation, matrix);
    steps = steps_of(matrix, width, height);
    for (uint32_t y = 0; y < pixels->height; y++) {
        ptrdiff_t to = steps.first + (ptrdiff_t)y * steps.down;

        for (uint32_t x = 0; x < pixels->width; x++, to += steps.across, from += channels)
            memcpy(turned.data + (size_t)to * channels, from, channels);
    }
    pixels_done(pixels);
    *pixels = turned;
}

bool pixels_take_alpha(struct pixels *pixels, uint8_t *ret_alpha)
{
    size_t count = (size_t)pixels->width * pixels->height;
    uint32_t channels = pixels->channels, colours = channels - 1;

    if (channels != 2 && channels != 4)
        return false;
    for (size_t i = 0; i < count; i++) {
        ret_alpha[i] = pixels->data[i * channels + colours];
        memmove(pixels->data + i * colours, pixels->data + i * channels, colours);
    }
    pixels->channels = colours;
    return true;
}

static unit natural_side(uint32_t pixels, uint32_t dpi)
{
    int64_t side =
        unit_muldiv((int64_t)pixels * 72, UNIT_PT, dpi > 0 ? dpi : IMAGE_DEFAULT_DPI);

    return side > UNIT_MAX ? UNIT_MAX : side < 1 ? 1 : (unit)side;
}

void image_natural_size(const struct image *image, unit *ret_width, unit *ret_height)
{
    *ret_width = natural_side(image->width, image->dpi_x);
    *ret_height = natural_side(image->height, image->dpi_y);
}

static uint32_t resolution(uint32_t pixels, unit side)
{
    int64_t dpi = unit_muldiv((int64_t)pixels * 72, UNIT_PT, side > 0 ? side : 1);

    return dpi > UINT32_MAX ? UINT32_MAX : (uint32_t)dpi;
}

uint32_t image_resolution(const struct image *image, unit width, unit height)
{
    uint32_t x = resolution(image->width, width), y = resolution(image->height, height);

    return x < y ? x : y;
}
