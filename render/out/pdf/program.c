/* program: subsets a face and writes it as a CIDFont.
 *
 *     CFF    cff_subset()    CIDFontType0C   code = CID, numbered anew
 *     glyf   glyf_subset()   CIDFontType2    code = glyph number in the subset
 *
 * A variable font comes out as its default instance, which is what HarfBuzz shaped with:
 * variation tables stay behind. Rejected: hb-subset, which costs twice as much and
 * more, and whose codes of CFF are those of the source.
 *
 * Codes follow the order of glyphs in the face, so that neighbours in it, which often are
 * neighbours in Unicode, make short text maps. */
#include "out/pdf/program.h"

#include <inttypes.h>
#include "base/hash.h"
#include "base/i18n.h"
#include "out/pdf/cache.h"
#include "out/pdf/cff.h"
#include "out/pdf/glyf.h"

#define WIDTH_EM          100000 /* of pdf_use.width in one em */
#define FSTYPE_RESTRICTED 0x0002 /* OS/2: Restricted License embedding */
#define FSTYPE_NO_SUBSET  0x0100 /* OS/2: No subsetting */
#define FLAG_SYMBOLIC     4      /* font descriptor: codes follow no standard encoding */
#define FLAG_ITALIC       64
#define MAP_BLOCK         100 /* ranges between beginbfrange and endbfrange: 9.10.3 */

struct program {
    struct pdf_font *font;         /* borrowed */
    struct pdf_objects *objects;   /* borrowed */
    struct glyf glyf;              /* where outlines are not CFF */
    bool cff;                      /* outlines are CFF, else glyf */
    VEC(uint32_t) glyphs;          /* of the face, ascending, with 0: their codes */
    bool shows_notdef;             /* glyph 0 is used, too */
    struct str *bytes;             /* of the font file; borrowed from objects */
    char *name;                    /* "ABCDEF+NotoSerifCJKsc-Regular"; owned */
    const struct pdf_use **sorted; /* uses by variant, then code; owned */
};

static bool fail(
    const struct pdf_font *font, const char *reason, struct diagnostics *sink)
{
    diag_add(sink, DIAG_FONT_NOT_EMBEDDED, SPAN_NONE,
        _("name another family in fonts/roles.yaml"), font->face->path, reason);
    return false;
}

/* A big-endian number in a table; 0 when the table is too short. */
static unsigned blob_u16(hb_blob_t *blob, unsigned offset)
{
    unsigned length = 0;
    const char *data = hb_blob_get_data(blob, &length);
    return offset + 2 <= length ? sfnt_u16((struct text){data, length}, offset) : 0;
}

static int table_u16(hb_face_t *face, hb_tag_t tag, unsigned offset)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned value = blob_u16(blob, offset);
    hb_blob_destroy(blob);
    return (int)value;
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

static unsigned lowest_bit(uint64_t bits)
{
    unsigned place = 0;
    for (; (bits & 0xFF) == 0; bits >>= 8)
        place += 8;
    for (; (bits & 1) == 0; bits >>= 1)
        place++;
    return place;
}

/* The uses of a glyph in their order; NULL: no more. */
static struct pdf_use *first_use(const struct pdf_font *font, uint32_t glyph)
{
    uint32_t at = sparse_get(&font->first, glyph);
    return at != 0 ? &font->uses.data[at - 1] : NULL;
}

static struct pdf_use *next_use(const struct pdf_font *font, const struct pdf_use *use)
{
    return use->next != 0 ? &font->uses.data[use->next - 1] : NULL;
}

/* A bare CFF table. */
static bool subset_cff(struct program *program)
{
    struct cff_cache *cache = cff_cache_of(program->font->face->hb_face);
    bool keeps = pdf_cache_keeps_glyphs(program->objects->cache);
    return cache != NULL &&
           cff_subset(cff_cache_font(cache), keeps ? cache : NULL, program->glyphs.data,
               program->glyphs.length, program->name, program->bytes);
}

/* Places in the list of glyphs are codes. */
static void set_codes(struct program *program)
{
    for (size_t i = 0; i < program->glyphs.length; i++) {
        struct pdf_use *use = first_use(program->font, program->glyphs.data[i]);
        for (; use != NULL; use = next_use(program->font, use))
            use->code = (uint16_t)i;
    }
}

/* The glyphs in use, what they are composed of, and glyph 0, ascending, each once; the
 * widths of all uses. False: outlines are damaged. */
static bool list_glyphs(struct program *program)
{
    const struct face *face = program->font->face;
    size_t words = program->font->glyph_count / 64 + 1;
    uint64_t *used = memory_alloc(words * sizeof *used); /* a bit for each glyph */
    for (size_t i = 0; i < program->font->uses.length; i++) {
        struct pdf_use *use = &program->font->uses.data[i];
        used[use->glyph / 64] |= UINT64_C(1) << use->glyph % 64;
        use->width =
            (int32_t)unit_muldiv(hb_font_get_glyph_h_advance(face->hb_font, use->glyph),
                WIDTH_EM, face->units_per_em);
    }
    struct text notdef;
    bool good = program->cff || (glyf_outline(&program->glyf, 0, &notdef) &&
                                    glyf_add_components(&program->glyf, used, words));
    program->shows_notdef = (used[0] & 1) != 0;
    used[0] |= 1;
    for (size_t i = 0; i < words; i++) {
        for (uint64_t rest = used[i]; rest != 0; rest &= rest - 1)
            vec_push(&program->glyphs, (uint32_t)(i * 64) + lowest_bit(rest));
    }
    memory_free(used);
    return good;
}

/* The uses by variant, then glyph, whose order is that of the codes. */
static void sort_uses(struct program *program)
{
    struct pdf_font *font = program->font;
    size_t *ends = memory_alloc((font->variants + 1) * sizeof *ends); /* by variant */
    program->sorted = memory_alloc(font->uses.length * sizeof(const struct pdf_use *));
    for (size_t i = 0; i < font->uses.length; i++)
        ends[font->uses.data[i].variant + 1]++;
    for (uint32_t i = 0; i < font->variants; i++)
        ends[i + 1] += ends[i];
    for (size_t i = 0; i < program->glyphs.length; i++) {
        const struct pdf_use *use = first_use(font, program->glyphs.data[i]);
        for (; use != NULL; use = next_use(font, use))
            program->sorted[ends[use->variant]++] = use;
    }
    memory_free(ends);
}

/* The PostScript name (name 6, in the encoding of Windows) of a face; out stays empty
 * when the table has none. */
static void append_postscript_name(hb_face_t *face, struct str *out)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('n', 'a', 'm', 'e'));
    unsigned count = blob_u16(blob, 2), storage = blob_u16(blob, 4);
    unsigned record = 6, end = 6 + 12 * count;
    while (
        record < end && (blob_u16(blob, record) != 3 || blob_u16(blob, record + 6) != 6))
        record += 12;
    unsigned length = record < end ? blob_u16(blob, record + 8) : 0;
    unsigned start = storage + blob_u16(blob, record + 10);
    for (unsigned i = 0; i + 1 < length; i += 2) {
        unsigned c = blob_u16(blob, start + i);
        if (c > ' ' && c <= '~')
            str_append_char(out, (char)c);
    }
    hb_blob_destroy(blob);
}

/* Six letters from what is in the subset, as 9.6.4 asks for, and the PostScript name. */
static void name_program(struct program *program)
{
    uint64_t hash = hash_bytes(
        HASH_SEED, program->glyphs.data, program->glyphs.length * sizeof(uint32_t));
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
        str_text(program->bytes), PACKING_FONT);
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
    /* Readers use StemV only when the font program is absent; from CSS weight as usual.
     */
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

/* A code as two hexadecimal bytes. */
static void append_code(struct str *out, uint32_t code)
{
    const char bytes[] = {(char)(code >> 8), (char)(code & 0xFF)};
    pdf_append_hex(out, (struct text){bytes, 2});
}

/* The end of the run of consecutive codes of a variant that begins at i in
 * program->sorted. A range may not cross a boundary of 256 codes (9.10.3). */
static size_t run_end(const struct program *program, size_t i)
{
    const struct pdf_use *first = program->sorted[i];
    size_t end = i + 1;
    for (; end < program->font->uses.length; end++) {
        const struct pdf_use *use = program->sorted[end];
        if (use->variant != first->variant || use->code != first->code + (end - i) ||
            use->code >> 8 != first->code >> 8)
            break;
    }
    return end;
}

/* "<0001><0003>[<4E00><4E8C><4E09>]": a run of codes and their texts. */
static void append_range(
    const struct program *program, size_t start, size_t end, struct str *out)
{
    struct str wide;
    str_init(&wide);
    append_code(out, program->sorted[start]->code);
    append_code(out, program->sorted[end - 1]->code);
    str_append_char(out, '[');
    for (size_t i = start; i < end; i++) {
        str_clear(&wide);
        pdf_append_utf16(&wide, program->sorted[i]->text);
        pdf_append_hex(out, str_text(&wide));
    }
    str_append_string(out, "]\n");
    str_done(&wide);
}

/* The ranges of a variant, MAP_BLOCK to a block. */
static void append_map(const struct program *program, uint32_t variant, struct str *out)
{
    size_t count = 0, total = program->font->uses.length;
    struct str block;
    str_init(&block);
    for (size_t i = 0, end; i < total; i = end) {
        end = run_end(program, i);
        if (program->sorted[i]->variant == variant) {
            append_range(program, i, end, &block);
            count++;
        }
        if (count == MAP_BLOCK || (count > 0 && end == total)) {
            str_printf(out, "%zu beginbfrange\n", count);
            str_append_text(out, str_text(&block));
            str_append_string(out, "endbfrange\n");
            str_clear(&block);
            count = 0;
        }
    }
    str_done(&block);
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
    pdf_stream(program->objects, number, "", str_text(&out), PACKING_TEXT);
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

/* Whether the font's own rules and outlines let it be embedded. */
static bool check_face(const struct pdf_font *font, bool cff, struct diagnostics *sink)
{
    hb_face_t *face = font->face->hb_face;
    int type = table_u16(face, HB_TAG('O', 'S', '/', '2'), 8);
    if ((type & 0xF) == FSTYPE_RESTRICTED)
        return fail(font, _("its licence forbids embedding (fsType)"), sink);
    if ((type & FSTYPE_NO_SUBSET) != 0)
        return fail(font, _("its licence forbids subsetting (fsType)"), sink);
    if (!cff && !has_table(face, HB_TAG('g', 'l', 'y', 'f')))
        return fail(font, _("it has neither CFF nor glyf outlines"), sink);
    return true;
}

/* The bytes of the font file, and the codes of its glyphs. */
static bool make_subset(struct program *program)
{
    const struct face *face = program->font->face;
    if (!program->cff && !glyf_open(&program->glyf, face->hb_face))
        return false;
    if (!list_glyphs(program))
        return false;
    set_codes(program);
    name_program(program);
    return program->cff
               ? subset_cff(program)
               : glyf_subset(&program->glyf, face->hb_font, program->glyphs.data,
                     program->glyphs.length, program->shows_notdef, program->bytes);
}

bool pdf_program_write(struct pdf_font *font, const uint32_t *numbers,
    struct pdf_objects *objects, struct diagnostics *sink)
{
    struct program program = {
        .font = font, .objects = objects, .bytes = &objects->program};
    program.cff = has_table(font->face->hb_face, HB_TAG('C', 'F', 'F', ' '));
    if (!check_face(font, program.cff, sink))
        return false;
    str_clear(program.bytes);
    bool good = make_subset(&program);
    if (good) {
        sort_uses(&program);
        write_variants(&program, numbers);
    } else
        fail(font, _("its outlines are damaged or of an unknown kind"), sink);
    glyf_close(&program.glyf);
    vec_done(&program.glyphs);
    memory_free(program.name);
    memory_free(program.sorted);
    return good;
}
