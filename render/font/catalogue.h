/* catalogue: the installed fonts that a PDF can carry: outlines in an sfnt file, not in
 * colour, not variable. Only font/ includes this. */
#ifndef PAIBAN_FONT_CATALOGUE_H
#define PAIBAN_FONT_CATALOGUE_H

#include "base/vec.h"
#include "font/fonts.h"
#include "font/inventory.h"

/* One installed face. Texts live as long as the catalogue. */
struct installed {
    const char *path;   /* of the file */
    unsigned index;     /* of the face in it */
    const char *family; /* its first family name */
    int weight;         /* CSS value */
    int width;          /* 100 is normal (fontconfig's scale) */
    bool italic;        /* italic or oblique */
    bool refused;       /* could not be opened, or is variable */
    bool variable;      /* refused for that */
    uint32_t coverage;  /* place in the inventory */
};

/* The faces of one family name. */
struct family {
    const uint32_t *faces; /* indices in catalogue.faces */
    uint32_t count;        /* of them */
    bool variable;         /* it has variable faces, which were passed over */
};

struct catalogue {
    struct inventory inventory;
    VEC(struct installed) faces; /* in order of path and index */
};

/* Load the configuration at path; keep: as fonts_open(). False when fontconfig cannot read
 * it. */
bool catalogue_init(struct catalogue *catalogue, const char *path, bool keep);
void catalogue_done(struct catalogue *catalogue); /* takes the never inited, zeroed */
/* A family by any of its names (宋体, SimSun; ASCII case does not count). */
bool catalogue_family(
    const struct catalogue *catalogue, const char *name, struct family *ret_family);
/* The family's face nearest to weight and slope, or NULL when all are refused. */
struct installed *catalogue_nearest(const struct catalogue *catalogue,
    const struct family *family, int weight, bool italic);
/* How far a face is from what is asked, in CSS order; less is better. */
int installed_distance(const struct installed *face, int weight, bool italic);
bool catalogue_covers(const struct catalogue *catalogue, const struct installed *face,
    const uint32_t *codepoints, size_t count);
/* A code point that changes its neighbours or the line, and needs no glyph itself. */
bool codepoint_needs_no_glyph(uint32_t codepoint);

#endif
