/* cluster: names, places and the dump of clusters. */
#include "text/cluster.h"

static const char *const class_names[CLASS_COUNT] = {
    [CLASS_HAN] = "han",
    [CLASS_OPENER] = "opener",
    [CLASS_CLOSER] = "closer",
    [CLASS_COMMA] = "comma",
    [CLASS_STOP] = "stop",
    [CLASS_EXCLAMATION] = "exclamation",
    [CLASS_INTERPUNCT] = "interpunct",
    [CLASS_CONNECTOR] = "connector",
    [CLASS_DASH] = "dash",
    [CLASS_ELLIPSIS] = "ellipsis",
    [CLASS_SOLIDUS] = "solidus",
    [CLASS_SMALL_KANA] = "small-kana",
    [CLASS_NOTE_MARK] = "note-mark",
    [CLASS_PREFIX] = "prefix",
    [CLASS_POSTFIX] = "postfix",
    [CLASS_DIGIT] = "digit",
    [CLASS_LATIN] = "latin",
    [CLASS_LATIN_OPENER] = "latin-opener",
    [CLASS_LATIN_CLOSER] = "latin-closer",
    [CLASS_LATIN_MARK] = "latin-mark",
    [CLASS_HYPHEN] = "hyphen",
    [CLASS_SPACE] = "space",
    [CLASS_HARD_SPACE] = "hard-space",
    [CLASS_IDEOGRAPHIC_SPACE] = "ideographic-space",
    [CLASS_INVISIBLE] = "invisible",
    [CLASS_TAB] = "tab",
    [CLASS_OBJECT] = "object",
    [CLASS_FORCED_BREAK] = "forced-break",
    [CLASS_MISSING] = "missing",
};

const char *cluster_class_name(enum cluster_class class)
{
    return class_names[class];
}

struct span run_span(
    const struct paragraph_text *p, uint32_t index, uint32_t start, uint32_t length)
{
    const struct run *run = &p->runs[index];
    if (!run->exact || run->span.file == SPAN_NO_FILE) {
        return run->span;
    }
    uint32_t offset = start - p->run_start[index];
    return (struct span){run->span.file, run->span.offset + offset, length};
}

struct span cluster_span(const struct paragraph_text *p, uint32_t cluster)
{
    const struct cluster *c = &p->clusters[cluster];
    return run_span(p, c->run, c->start, c->length);
}

struct glyph glyph_hyphen(const struct face *face, unit size)
{
    struct glyph glyph = {0};
    hb_codepoint_t id = 0;
    if (!hb_font_get_nominal_glyph(face->hb_font, 0x2010, &id) &&
        !hb_font_get_nominal_glyph(face->hb_font, '-', &id)) {
        return glyph;
    }
    glyph.id = id;
    glyph.x_advance =
        face_scale(face, hb_font_get_glyph_h_advance(face->hb_font, id), size);
    return glyph;
}

static void dump_glyphs(
    const struct paragraph_text *p, const struct cluster *c, struct str *out)
{
    for (uint32_t i = 0; i < c->glyph_count; i++) {
        const struct glyph *glyph = &p->glyphs[c->first_glyph + i];
        str_printf(out, "%s%u", i == 0 ? "  " : " ", glyph->id);
        if (glyph->x_offset != 0 || glyph->y_offset != 0) {
            str_append_char(out, '@');
            str_append_pt(out, glyph->x_offset);
            str_append_char(out, ',');
            str_append_pt(out, glyph->y_offset);
        }
    }
}

void clusters_dump(const struct paragraph_text *p, struct str *out)
{
    static const char *const breaks[] = {"×", "÷", "!"};
    for (uint32_t i = 0; i < p->cluster_count; i++) {
        const struct cluster *c = &p->clusters[i];
        str_printf(out, "%u ‘", i);
        str_append_escaped(out, text_slice(p->text, c->start, c->start + c->length));
        str_printf(out, "’ %s ", cluster_class_name((enum cluster_class)c->class));
        str_append_pt(out, c->advance);
        if (c->ink_left != 0 || c->ink_right != 0) {
            str_append_string(out, " (");
            str_append_pt(out, c->ink_left);
            str_append_char(out, ' ');
            str_append_pt(out, c->ink_right);
            str_append_char(out, ')');
        }
        str_printf(out, " %s%s%s %s", breaks[c->break_after],
            c->hyphen_after ? " hyphen" : "", c->safe_to_break ? "" : " unsafe",
            c->face != NULL ? c->face->family : "–");
        dump_glyphs(p, c, out);
        str_append_char(out, '\n');
    }
}
