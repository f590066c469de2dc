/* program: subsets a face and writes it as a CIDFont.
 *
 * hb-subset walks a whole cmap when it sees one, so it gets a face that has only the tables
 * it needs: no cmap, GSUB, GPOS (27 ms become 6.5 ms for Noto Serif CJK). Subroutines are
 * flattened, or unused ones fill the file; hints are dropped. A variable font comes out as
 * its default instance, which is what HarfBuzz shaped with: variation tables stay behind.
 *
 *     CFF, CID-keyed   CIDFontType0C   code = CID, kept in the subset's charset
 *     CFF, by name     CIDFontType0C   code = glyph number in the subset
 *     glyf             CIDFontType2    code = glyph number in the subset (CIDToGIDMap Identity)
 */
#include "out/pdf/program.h"

#include <hb-subset.h>
#include <inttypes.h>
#include <stdlib.h>
#include "base/hash.h"
#include "out/pdf/cff.h"

#define WIDTH_EM          100000 /* of pdf_use.width in one em */
#define FSTYPE_RESTRICTED 0x0002 /* OS/2: Restricted License embedding */
#define FSTYPE_NO_SUBSET  0x0100 /* OS/2: No subsetting */
#define FLAG_SYMBOLIC     4      /* font descriptor: codes follow no standard encoding */
#define FLAG_ITALIC       64
#define MAP_BLOCK         100 /* entries between beginbfchar and endbfchar: 9.10.3 */

struct program {
    const struct pdf_font *font;   /* borrowed */
    struct pdf_objects *objects;   /* borrowed */
    bool cff;                      /* outlines are CFF, else glyf */
    struct text bytes;             /* of the font file stream */
    hb_blob_t *blob;               /* holds bytes; owned */
    char *name;                    /* "ABCDEF+NotoSerifCJKsc-Regular"; owned */
    const struct pdf_use **sorted; /* uses by code, then variant; owned */
};

static bool fail(
    const struct pdf_font *font, const char *reason, struct diagnostics *sink)
{
    diag_add(sink, DIAG_FONT_NOT_EMBEDDED, SPAN_NONE,
        "name another family in fonts/roles.yaml", font->face->path, reason);
    return false;
}

/* A big-endian number in a table of the face; 0 when the table is too short. */
static int table_u16(hb_face_t *face, hb_tag_t tag, unsigned offset)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned length = 0;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(blob, &length);
    int value = offset + 2 <= length ? bytes[offset] << 8 | bytes[offset + 1] : 0;
    hb_blob_destroy(blob);
    return value;
}

static int table_s16(hb_face_t *face, hb_tag_t tag, unsigned offset)
{
    int value = table_u16(face, tag, offset);
    return value >= 0x8000 ? value - 0x10000 : value;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool present = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return present;
}

/* The face with only the tables that a subset needs. */
static hb_face_t *face_reduce(hb_face_t *face, bool cff)
{
    static const hb_tag_t common[] = {HB_TAG('h', 'e', 'a', 'd'),
        HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
        HB_TAG('m', 'a', 'x', 'p')};
    static const hb_tag_t outlines[2][2] = {
        {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a')},
        {HB_TAG('C', 'F', 'F', ' '), HB_TAG_NONE}};
    hb_face_t *reduced = hb_face_builder_create();
    for (size_t i = 0; i < 6; i++) {
        hb_tag_t tag = i < 4 ? common[i] : outlines[cff][i - 4];
        if (tag == HB_TAG_NONE)
            continue;
        hb_blob_t *blob = hb_face_reference_table(face, tag);
        hb_face_builder_add_table(reduced, tag, blob);
        hb_blob_destroy(blob);
    }
    return reduced;
}

static hb_subset_plan_t *plan_new(const struct pdf_font *font, hb_face_t *reduced)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        program_stop("no memory for subsetting");
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < font->uses.length; i++)
        hb_set_add(glyphs, font->uses.data[i].glyph);
    hb_subset_input_set_flags(
        input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(reduced, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* Codes and widths of all uses. */
static bool number_uses(struct pdf_font *font, const hb_subset_plan_t *plan, bool cff,
    struct diagnostics *sink)
{
    struct cff_charset charset = {0};
    if (cff) {
        hb_blob_t *blob =
            hb_face_reference_table(font->face->hb_face, HB_TAG('C', 'F', 'F', ' '));
        unsigned length = 0;
        const char *data = hb_blob_get_data(blob, &length);
        bool good =
            cff_charset_read((struct text){data, length}, font->glyph_count, &charset);
        hb_blob_destroy(blob);
        if (!good)
            return fail(font, "its CFF table is damaged", sink);
    }
    const hb_map_t *renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (size_t i = 0; i < font->uses.length; i++) {
        struct pdf_use *use = &font->uses.data[i];
        use->code = charset.keyed ? charset.cids[use->glyph]
                                  : (uint16_t)hb_map_get(renumbered, use->glyph);
        use->width = (int32_t)unit_muldiv(
            hb_font_get_glyph_h_advance(font->face->hb_font, use->glyph), WIDTH_EM,
            font->face->units_per_em);
    }
    cff_charset_done(&charset);
    return true;
}

static int compare_uses(const void *a, const void *b)
{
    const struct pdf_use *left = *(const struct pdf_use *const *)a;
    const struct pdf_use *right = *(const struct pdf_use *const *)b;
    if (left->code != right->code)
        return left->code < right->code ? -1 : 1;
    return left->variant < right->variant ? -1 : left->variant > right->variant;
}

static void sort_uses(struct program *program)
{
    size_t count = program->font->uses.length;
    program->sorted = memory_alloc(count * sizeof(const struct pdf_use *));
    for (size_t i = 0; i < count; i++)
        program->sorted[i] = &program->font->uses.data[i];
    qsort(program->sorted, count, sizeof(const struct pdf_use *), compare_uses);
}

/* The PostScript name (name 6, in the encoding of Windows) of a face; out stays empty when
 * the table has none. */
static void append_postscript_name(hb_face_t *face, struct str *out)
{
    const hb_tag_t tag = HB_TAG('n', 'a', 'm', 'e');
    unsigned count = (unsigned)table_u16(face, tag, 2);
    unsigned storage = (unsigned)table_u16(face, tag, 4);
    for (unsigned record = 6; record < 6 + 12 * count; record += 12) {
        bool wanted =
            table_u16(face, tag, record) == 3 && table_u16(face, tag, record + 6) == 6;
        if (!wanted)
            continue;
        unsigned length = (unsigned)table_u16(face, tag, record + 8);
        unsigned start = storage + (unsigned)table_u16(face, tag, record + 10);
        for (unsigned i = 0; i + 1 < length; i += 2) {
            int c = table_u16(face, tag, start + i);
            if (c > ' ' && c <= '~')
                str_append_char(out, (char)c);
        }
        return;
    }
}

/* Six letters from what is in the subset, as 9.6.4 asks for, and the PostScript name. */
static void name_program(struct program *program)
{
    uint64_t hash = hash_text(HASH_SEED, program->bytes);
    struct str out;
    str_init(&out);
    for (int i = 0; i < 6; i++, hash /= 26)
        str_append_char(&out, (char)('A' + hash % 26));
    str_append_char(&out, '+');
    append_postscript_name(program->font->face->hb_face, &out);
    if (out.length == 7)
        str_append_string(&out, program->font->face->family);
    program->name = memory_duplicate(out.data, out.length);
    str_done(&out);
}

static void append_thousandths(
    struct str *out, const struct face *face, int64_t font_units)
{
    pdf_append_integer(out, unit_muldiv(font_units, 1000, face->units_per_em));
}

static uint32_t write_descriptor(const struct program *program)
{
    const struct face *face = program->font->face;
    const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    uint32_t file = pdf_reserve(program->objects), number = pdf_reserve(program->objects);
    pdf_stream(program->objects, file, program->cff ? "/Subtype/CIDFontType0C" : "",
        program->bytes, true);
    int capital =
        table_s16(face->hb_face, HB_TAG('O', 'S', '/', '2'), 88); /* sCapHeight */
    struct str *out = pdf_begin(program->objects, number);
    str_append_string(out, "<</Type/FontDescriptor/FontName");
    pdf_append_name(out, program->name);
    str_printf(
        out, "/Flags %d/FontBBox[", FLAG_SYMBOLIC | (face->italic ? FLAG_ITALIC : 0));
    for (unsigned i = 0; i < 4; i++) { /* xMin, yMin, xMax, yMax */
        if (i > 0)
            str_append_char(out, ' ');
        append_thousandths(out, face, table_s16(face->hb_face, head, 36 + 2 * i));
    }
    str_printf(out, "]/ItalicAngle %d/Ascent ", face->italic ? -12 : 0);
    append_thousandths(out, face, face->ascent);
    str_append_string(out, "/Descent ");
    append_thousandths(out, face, -face->descent);
    str_append_string(out, "/CapHeight ");
    append_thousandths(out, face, capital > 0 ? capital : face->ascent);
    /* Readers use StemV only when the font program is absent; from CSS weight as usual. */
    str_printf(out, "/StemV %d/FontFile%d", 50 + face->weight * face->weight / 4225,
        program->cff ? 3 : 2);
    pdf_append_ref(out, file);
    str_append_string(out, ">>");
    pdf_end(program->objects);
    return number;
}

/* "12[500 333.3]15[…]": what differs from DW. Variants of a glyph have one width. */
static void append_widths(const struct program *program, struct str *out)
{
    int32_t next = -1; /* code that would continue the open list; −1: none is open */
    for (size_t i = 0; i < program->font->uses.length; i++) {
        const struct pdf_use *use = program->sorted[i];
        if (use->variant != 0 || use->width == WIDTH_EM)
            continue;
        if (use->code != next) {
            str_append_string(out, next >= 0 ? "]" : "");
            pdf_append_integer(out, use->code);
            str_append_char(out, '[');
        } else
            str_append_char(out, ' ');
        pdf_append_hundredths(out, use->width);
        next = use->code + 1;
    }
    str_append_string(out, next >= 0 ? "]" : "");
}

static uint32_t write_descendant(const struct program *program)
{
    uint32_t descriptor = write_descriptor(program);
    uint32_t number = pdf_reserve(program->objects);
    struct str *out = pdf_begin(program->objects, number);
    str_printf(out, "<</Type/Font/Subtype/CIDFontType%d/BaseFont", program->cff ? 0 : 2);
    pdf_append_name(out, program->name);
    str_append_string(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/"
                           "Supplement 0>>/FontDescriptor");
    pdf_append_ref(out, descriptor);
    str_append_string(out, "/DW 1000/W[");
    append_widths(program, out);
    str_printf(out, "]%s>>", program->cff ? "" : "/CIDToGIDMap/Identity");
    pdf_end(program->objects);
    return number;
}

/* Codes of a variant and their texts, MAP_BLOCK to a block. */
static void append_map(const struct program *program, uint32_t variant, struct str *out)
{
    struct str block, wide;
    uint32_t count = 0;
    str_init(&block);
    str_init(&wide);
    for (size_t i = 0; i < program->font->uses.length; i++) {
        const struct pdf_use *use = program->sorted[i];
        if (use->variant == variant) {
            str_clear(&wide);
            pdf_append_utf16(&wide, use->text);
            const char code[] = {(char)(use->code >> 8), (char)(use->code & 0xFF)};
            pdf_append_hex(&block, (struct text){code, 2});
            pdf_append_hex(&block, str_text(&wide));
            count++;
        }
        if (count == MAP_BLOCK || (count > 0 && i + 1 == program->font->uses.length)) {
            str_printf(out, "%" PRIu32 " beginbfchar\n", count);
            str_append_text(out, str_text(&block));
            str_append_string(out, "endbfchar\n");
            str_clear(&block);
            count = 0;
        }
    }
    str_done(&block);
    str_done(&wide);
}

static uint32_t write_map(const struct program *program, uint32_t variant)
{
    struct str out;
    str_init(&out);
    str_append_string(&out,
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange<0000><FFFF>endcodespacerange\n");
    append_map(program, variant, &out);
    str_append_string(
        &out, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    uint32_t number = pdf_reserve(program->objects);
    pdf_stream(program->objects, number, "", str_text(&out), true);
    str_done(&out);
    return number;
}

static void write_variants(const struct program *program, const uint32_t *numbers)
{
    uint32_t descendant = write_descendant(program);
    for (uint32_t variant = 0; variant < program->font->variants; variant++) {
        uint32_t map = write_map(program, variant);
        struct str *out = pdf_begin(program->objects, numbers[variant]);
        str_append_string(out, "<</Type/Font/Subtype/Type0/BaseFont");
        pdf_append_name(out, program->name);
        str_append_string(out, "/Encoding/Identity-H/DescendantFonts[");
        pdf_append_ref(out, descendant);
        str_append_string(out, "]/ToUnicode");
        pdf_append_ref(out, map);
        str_append_string(out, ">>");
        pdf_end(program->objects);
    }
}

/* The subset's bytes: a bare CFF table or a whole TrueType file. */
static bool take_subset(struct program *program, hb_subset_plan_t *plan)
{
    hb_face_t *subset = hb_subset_plan_execute_or_fail(plan);
    if (subset == NULL)
        return false;
    program->blob = program->cff
                        ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
                        : hb_face_reference_blob(subset);
    hb_face_destroy(subset);
    unsigned length = 0;
    program->bytes.data = hb_blob_get_data(program->blob, &length);
    program->bytes.length = length;
    return length > 0;
}

/* Whether the font's own rules and outlines let it be embedded. */
static bool check_face(const struct pdf_font *font, bool cff, struct diagnostics *sink)
{
    hb_face_t *face = font->face->hb_face;
    int type = table_u16(face, HB_TAG('O', 'S', '/', '2'), 8);
    if ((type & 0xF) == FSTYPE_RESTRICTED)
        return fail(font, "its licence forbids embedding (fsType)", sink);
    if ((type & FSTYPE_NO_SUBSET) != 0)
        return fail(font, "its licence forbids subsetting (fsType)", sink);
    if (!cff && !has_table(face, HB_TAG('g', 'l', 'y', 'f')))
        return fail(font, "it has neither CFF nor glyf outlines", sink);
    return true;
}

bool pdf_program_write(struct pdf_font *font, const uint32_t *numbers,
    struct pdf_objects *objects, struct diagnostics *sink)
{
    struct program program = {.font = font, .objects = objects};
    program.cff = has_table(font->face->hb_face, HB_TAG('C', 'F', 'F', ' '));
    if (!check_face(font, program.cff, sink))
        return false;
    hb_face_t *reduced = face_reduce(font->face->hb_face, program.cff);
    hb_subset_plan_t *plan = plan_new(font, reduced);
    bool good = plan != NULL && take_subset(&program, plan);
    if (!good)
        fail(font, "it is damaged", sink);
    good = good && number_uses(font, plan, program.cff, sink);
    if (good) {
        sort_uses(&program);
        name_program(&program);
        write_variants(&program, numbers);
    }
    hb_blob_destroy(program.blob);
    hb_subset_plan_destroy(plan);
    hb_face_destroy(reduced);
    memory_free(program.name);
    memory_free(program.sorted);
    return good;
}
