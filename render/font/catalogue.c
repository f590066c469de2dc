/* catalogue: the installed fonts, from an inventory.
 *
 * A family is looked up by name among the sorted ones, and its nearest face chosen in the
 * order of CSS Fonts 4, 5.2. */
#include "font/catalogue.h"
#include <stdlib.h>
#include <string.h>

#define FAMILY_NAME_LIMIT 256 /* bytes of a family's name; as scan.c */

static const struct inventory_head *head_of(const struct catalogue *catalogue)
{
    return (const void *)catalogue->inventory.bytes.data;
}

bool catalogue_init(struct catalogue *catalogue, const char *path, bool keep)
{
    *catalogue = (struct catalogue){0};
    if (!inventory_open(path, keep, &catalogue->inventory)) {
        return false;
    }
    const struct inventory *inventory = &catalogue->inventory;
    const struct inventory_head *head = head_of(catalogue);
    const struct inventory_face *faces =
        (const void *)(inventory->bytes.data + head->faces);
    vec_reserve(&catalogue->faces, head->face_count);
    for (uint32_t i = 0; i < head->face_count; i++) {
        struct installed face = {
            .path = inventory_text(inventory, faces[i].path),
            .index = faces[i].index,
            .family = inventory_text(inventory, faces[i].family),
            .weight = (int)faces[i].weight,
            .width = (int)faces[i].width,
            .italic = faces[i].italic != 0,
            .coverage = faces[i].coverage,
        };
        vec_push(&catalogue->faces, face);
    }
    return true;
}

void catalogue_done(struct catalogue *catalogue)
{
    vec_done(&catalogue->faces);
    inventory_close(&catalogue->inventory);
}

/* ASCII letters in lower case; cut as scan.c does. */
static void fold(const char *name, char ret_folded[FAMILY_NAME_LIMIT + 1])
{
    size_t length = 0;
    for (; length < FAMILY_NAME_LIMIT && name[length] != '\0'; length++) {
        char c = name[length];
        ret_folded[length] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    ret_folded[length] = '\0';
}

bool catalogue_family(
    const struct catalogue *catalogue, const char *name, struct family *ret_family)
{
    const struct inventory_head *head = head_of(catalogue);
    const char *bytes = catalogue->inventory.bytes.data;
    const struct inventory_family *families = (const void *)(bytes + head->families);
    char folded[FAMILY_NAME_LIMIT + 1];
    fold(name, folded);
    uint32_t low = 0, high = head->family_count; /* it is in [low, high) */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct inventory_family *family = &families[middle];
        int order =
            strcmp(inventory_text(&catalogue->inventory, family->folded), folded);
        if (order == 0) {
            *ret_family = (struct family){(const void *)(bytes + family->faces),
                family->count, family->variable != 0};
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* CSS Fonts 4, 5.2: 400 and 500 look at each other first, then lighter, then bolder;
 * lighter weights look for lighter ones first, bolder for bolder. The wrong direction
 * counts 1000. */
static int weight_distance(int weight, int wanted)
{
    if (wanted >= 400 && wanted <= 500) {
        if (weight >= wanted && weight <= 500) {
            return weight - wanted;
        }
        return weight < wanted ? 500 + wanted - weight : 1000 + weight - wanted;
    }
    if (wanted < 400) {
        return weight <= wanted ? wanted - weight : 1000 + weight - wanted;
    }
    return weight >= wanted ? weight - wanted : 1000 + wanted - weight;
}

int installed_distance(const struct installed *face, int weight, bool italic)
{
    int width = abs(face->width - 100) * 100000;    /* CSS: width decides first, */
    int slope = face->italic != italic ? 10000 : 0; /* then slope, then weight */
    return width + slope + weight_distance(face->weight, weight);
}

struct installed *catalogue_nearest(const struct catalogue *catalogue,
    const struct family *family, int weight, bool italic)
{
    struct installed *best = NULL;
    int best_distance = 0;
    for (size_t i = 0; i < family->count; i++) {
        struct installed *face = &catalogue->faces.data[family->faces[i]];
        int distance = installed_distance(face, weight, italic);
        if (!face->refused && (best == NULL || distance < best_distance)) {
            best = face;
            best_distance = distance;
        }
    }
    return best;
}

bool codepoint_needs_no_glyph(uint32_t c)
{
    return c == 0x00AD || c == 0x034F || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

/* Whether a face has a character. What is not sound has none. */
static bool has_character(
    const struct catalogue *catalogue, const struct installed *face, uint32_t codepoint)
{
    struct text bytes = catalogue->inventory.bytes;
    const struct inventory_coverage *coverage =
        (const void *)(bytes.data + face->coverage);
    size_t room = (bytes.length - face->coverage) / sizeof(uint32_t) - 1; /* words */
    if (coverage->count > room / (1 + INVENTORY_BLOCK_WORDS)) {
        return false;
    }
    uint32_t block = codepoint >> 8, low = 0, high = coverage->count;
    while (low < high) { /* it is in [low, high) */
        uint32_t middle = low + (high - low) / 2;
        if (coverage->blocks[middle] == block) {
            const uint32_t *words = coverage->blocks + coverage->count +
                                    (size_t)middle * INVENTORY_BLOCK_WORDS;
            return (words[(codepoint & 0xFF) / 32] >> codepoint % 32 & 1) != 0;
        }
        if (coverage->blocks[middle] < block) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

bool catalogue_covers(const struct catalogue *catalogue, const struct installed *face,
    const uint32_t *codepoints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!codepoint_needs_no_glyph(codepoints[i]) &&
            !has_character(catalogue, face, codepoints[i])) {
            return false;
        }
    }
    return true;
}
