/* tell: findings about single characters: each code point is told once, at its first
 * place. */
#include "text/tell.h"
#include "base/i18n.h"
#include <glib.h>
#include <string.h>
#include "base/utf8.h"

static struct span span_of(const struct paragraph_text *p, const struct cluster *cluster)
{
    return run_span(p, cluster->run, cluster->start, cluster->length);
}

/* Whether the sink has this finding about this code point already. */
static bool is_told(const struct diagnostics *sink, enum diag_id id, uint32_t codepoint)
{
    char name[16];
    g_snprintf(name, sizeof name, "U+%04X", codepoint);
    for (size_t i = 0; i < sink->list.length; i++) {
        const struct diagnostic *d = &sink->list.data[i];
        const char *found = d->id == id ? strstr(d->message, name) : NULL;
        if (found != NULL && !g_ascii_isxdigit(found[strlen(name)])) {
            return true;
        }
    }
    return false;
}

static bool is_any_told(const struct diagnostics *sink, enum diag_id id)
{
    for (size_t i = 0; i < sink->list.length; i++) {
        if (sink->list.data[i].id == id) {
            return true;
        }
    }
    return false;
}

static const char *as_utf8(uint32_t codepoint, char buffer[5])
{
    buffer[utf8_encode(codepoint, buffer)] = '\0';
    return buffer;
}

/* Which Debian package is likely to have a character; NULL: none that we know. */
static const char *package_hint(uint32_t codepoint)
{
    if (codepoint >= 0xE000 && codepoint <= 0xF8FF) {
        return NULL;
    }
    if ((codepoint >= 0x3400 && codepoint <= 0x9FFF) ||
        (codepoint >= 0x20000 && codepoint <= 0x323AF)) {
        return _("rare Han characters are in the Debian package ‘fonts-hanazono’");
    }
    return codepoint < 0xF0000
               ? _("signs and emoji are in the Debian package ‘fonts-symbola’")
               : NULL;
}

void tell_fallback(const struct paragraph_text *p, const struct cluster *cluster,
    struct diagnostics *sink)
{
    enum diag_id id = cluster->face == NULL ? DIAG_MISSING_GLYPH : DIAG_FALLBACK_FONT;
    if (is_told(sink, id, cluster->codepoint)) {
        return;
    }
    char text[5];
    struct span span = span_of(p, cluster);
    as_utf8(cluster->codepoint, text);
    if (cluster->face == NULL) {
        diag_add(
            sink, id, span, package_hint(cluster->codepoint), text, cluster->codepoint);
    } else {
        diag_add(sink, id, span, NULL, text, cluster->codepoint, cluster->face->family);
    }
}

/* The character that a radical or compatibility form stands for, as a hint, or "". */
static void write_hint(uint32_t codepoint, char hint[32])
{
    gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize count = g_unichar_fully_decompose(
        codepoint, TRUE, plain, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
    hint[0] = '\0';
    if (count == 1 && plain[0] != codepoint) {
        char text[5];
        g_snprintf(hint, 32, "write ‘%s’ (U+%04X)", as_utf8(plain[0], text), plain[0]);
    }
}

/* The twelve ideographs of the compatibility block that are no duplicates. */
static bool is_unified(uint32_t c)
{
    return c == 0xFA0E || c == 0xFA0F || c == 0xFA11 || c == 0xFA13 || c == 0xFA14 ||
           c == 0xFA1F || c == 0xFA21 || c == 0xFA23 || c == 0xFA24 ||
           (c >= 0xFA27 && c <= 0xFA29);
}

/* What is to be told of a code point; DIAG_COUNT: nothing. */
static enum diag_id finding(uint32_t c)
{
    if (c < 0x0590 || (c >= 0x3000 && c <= 0xD7A3)) {
        bool defined = c < 0x0378 || c >= 0x3000 || g_unichar_isdefined(c);
        return defined ? DIAG_COUNT : DIAG_UNASSIGNED;
    }
    if (c >= 0x2E80 && c <= 0x2FD5) {
        return DIAG_KANGXI_RADICAL;
    }
    if (((c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F)) &&
        !is_unified(c)) {
        return DIAG_COMPATIBILITY_HAN;
    }
    GUnicodeType type = g_unichar_type(c);
    if (type == G_UNICODE_PRIVATE_USE) {
        return DIAG_PRIVATE_USE;
    }
    if (type == G_UNICODE_UNASSIGNED) {
        return DIAG_UNASSIGNED;
    }
    bool right_to_left = (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
                         (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF);
    return right_to_left ? DIAG_RIGHT_TO_LEFT : DIAG_COUNT;
}

void tell_characters(const struct paragraph_text *p, struct diagnostics *sink)
{
    for (uint32_t i = 0; i < p->cluster_count; i++) {
        uint32_t codepoint = p->clusters[i].codepoint;
        enum diag_id id = finding(codepoint);
        bool told = id == DIAG_RIGHT_TO_LEFT
                        ? is_any_told(sink, id)
                        : id != DIAG_COUNT && is_told(sink, id, codepoint);
        if (id == DIAG_COUNT || told) {
            continue;
        }
        char text[5];
        char hint[32];
        write_hint(codepoint, hint);
        struct span span = span_of(p, &p->clusters[i]);
        if (id == DIAG_PRIVATE_USE || id == DIAG_UNASSIGNED) {
            diag_add(sink, id, span, NULL, codepoint);
        } else {
            diag_add(sink, id, span, hint[0] != '\0' ? hint : NULL,
                as_utf8(codepoint, text), codepoint);
        }
    }
}
