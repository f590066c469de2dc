/* keys: the table and its addressing; see keys.h.
 *
 * To add a key: a field in layout.h, a row here, a line in layouts/base.yaml, and `ninja
 * docs-layout` for docs/LAYOUT.md. The defaults are neutral: no look is hidden here.
 */
#include "layout/keys.h"

#include <stddef.h>
#include <string.h>
#include "base/i18n.h"
#include "layout/template.h"

#define PAGE_MOST 14400 /* pt: 200 inches, the largest page of a PDF without scaling */

#define AT(field)       offsetof(struct layout, field)
#define STYLE_AT(field) offsetof(struct style, field)

#define PLAIN_LENGTH(name, field, most, help)                                            \
    {                                                                                    \
        name, KEY_LENGTH, AT(field), 0, most, "0", NULL, 0, UNSET_NEUTRAL, help          \
    }
#define PLAIN_GAP(name, field, most, fallback, help)                                     \
    {                                                                                    \
        name, KEY_GAP, AT(field), 0, most, fallback, NULL, 0, UNSET_NEUTRAL, help        \
    }
#define PLAIN_INTEGER(name, field, least, most, fallback, help)                          \
    {                                                                                    \
        name, KEY_INTEGER, AT(field), least, most, fallback, NULL, 0, UNSET_NEUTRAL,     \
            help                                                                         \
    }
#define PLAIN_BOOL(name, field, help)                                                    \
    {                                                                                    \
        name, KEY_BOOL, AT(field), 0, 0, "false", NULL, 0, UNSET_NEUTRAL, help           \
    }
#define PLAIN_ENUM(name, field, fallback, names, help)                                   \
    {                                                                                    \
        name, KEY_ENUM, AT(field), 0, 0, fallback, names, 0, UNSET_NEUTRAL, help         \
    }
#define PLAIN_STRING(name, field, help)                                                  \
    {                                                                                    \
        name, KEY_STRING, AT(field), 0, 0, "", NULL, 0, UNSET_NEUTRAL, help              \
    }
#define PLAIN_TEMPLATE(name, field, sets, help)                                          \
    {                                                                                    \
        name, KEY_TEMPLATE, AT(field), 0, 0, "", NULL, sets, UNSET_NEUTRAL, help         \
    }
#define RUNNING(name, field, help)                                                       \
    PLAIN_TEMPLATE(name ".left", field.left, TEMPLATE_RUNNING, help),                    \
        PLAIN_TEMPLATE(name ".centre", field.centre, TEMPLATE_RUNNING, help),            \
        PLAIN_TEMPLATE(name ".right", field.right, TEMPLATE_RUNNING, help)

#define PLAIN_COLOUR(name, field, help)                                                  \
    {                                                                                    \
        name, KEY_COLOUR, AT(field), 0, 0, "black", NULL, 0, UNSET_NEUTRAL, help         \
    }
/* Those of font/role.c, which layout/ does not see; a test sets each. */
#define ROLE_NAMES                                                                       \
    "song|hei|kai|fangsong|biaosong|latin-serif|latin-sans|mono|symbols"
#define PANEL_NAMES                                                                      \
    "rule|thin-rule|serial|classification|urgency|masthead-name|masthead-number|"        \
    "masthead-line|document-title|addressee|attachments|signature|signature-date|"       \
    "people|note|report|send|copy|issuer|copies"
#define PANEL(name, kind, help)                                                          \
    {name ".lines", KEY_LIST, AT(panels[kind].lines), 0, 0, "", PANEL_NAMES, 0,          \
        UNSET_NEUTRAL, help},                                                            \
        PLAIN_LENGTH(name ".rule", panels[kind].rule, 20, N_("thickness of a rule")),    \
        PLAIN_LENGTH(name ".thin-rule", panels[kind].thin_rule, 20,                      \
            N_("thickness of a thin rule")),                                             \
        PLAIN_LENGTH(name ".rule-gap", panels[kind].rule_gap, 200,                       \
            N_("white above and below a rule")),                                         \
        PLAIN_COLOUR(name ".rule-colour", panels[kind].rule_colour, N_("of the rules"))
#define PANEL_LINE(name, element)                                                        \
    PLAIN_TEMPLATE("lines." name ".left", panel_lines[(element)-PANEL_LINE_FIRST].left,  \
        TEMPLATE_PANEL, N_("text at the left; dropped when all its fields are empty")),  \
        PLAIN_TEMPLATE("lines." name ".centre",                                          \
            panel_lines[(element)-PANEL_LINE_FIRST].centre, TEMPLATE_PANEL,              \
            N_("in the middle")),                                                        \
        PLAIN_TEMPLATE("lines." name ".right",                                           \
            panel_lines[(element)-PANEL_LINE_FIRST].right, TEMPLATE_PANEL,               \
            N_("at the right"))

static const struct key plain_keys[] = {
    PLAIN_ENUM("page.paper", paper, "A4", "A3|A4|A5|B5|Letter",
        N_("paper by name; B5 is ISO B5 (176 × 250 mm)")),
    PLAIN_LENGTH(
        "page.width", paper_width, PAGE_MOST, N_("of the paper; 0: as page.paper")),
    PLAIN_LENGTH(
        "page.height", paper_height, PAGE_MOST, N_("of the paper; 0: as page.paper")),
    PLAIN_LENGTH("page.margin-top", margin_top, PAGE_MOST, N_("paper edge to type area")),
    PLAIN_LENGTH("page.margin-bottom", margin_bottom, PAGE_MOST,
        N_("paper edge to type area; unused where page.lines is set")),
    PLAIN_LENGTH("page.margin-inner", margin_inner, PAGE_MOST,
        N_("paper edge to type area at the spine: left, or right on a mirrored even "
           "page")),
    PLAIN_LENGTH("page.margin-outer", margin_outer, PAGE_MOST,
        N_("paper edge to type area away from the spine; unused where page.characters is "
           "set")),
    PLAIN_INTEGER("page.characters", characters, 0, 500, "0",
        N_("body characters in a line, from the inner margin; 0: the margins say it")),
    PLAIN_INTEGER("page.lines", lines, 0, 500, "0",
        N_("lines of the grid (or body) on a page, from the top margin; 0: the margins "
           "say it")),
    PLAIN_LENGTH("page.character-pitch", character_pitch, 200,
        N_("of the body's characters; 0: their size")),
    PLAIN_LENGTH("page.grid-pitch", grid_pitch, 200, N_("of the line grid; 0: no grid")),
    PLAIN_BOOL(
        "page.mirror", mirror, N_("inner and outer margins change sides on even pages")),
    PLAIN_INTEGER("page.first-number", first_page_number, 0, 99999, "1",
        N_("number of the first page after the cover")),
    PLAIN_BOOL("page.word-sizes", word_sizes,
        N_("号 sizes as Word rounds them: 三号 is 16 pt, not 15.75 pt")),
    PLAIN_ENUM("page.leftover", leftover, "foot", "foot|spread",
        N_("height that a page does not fill: left at its foot, or given to its gaps "
           "(without a grid)")),
    PLAIN_BOOL("page.balance-last", balance_last,
        N_("the last two pages are of about equal height")),
    PLAIN_ENUM("page.multiple", padding, "1", "1|2|4",
        N_("blank pages at the end until their number is a multiple of it")),
    PLAIN_LENGTH("page.bleed", bleed, 72, N_("around the paper, for the printer")),
    PLAIN_BOOL("page.crop-marks", crop_marks,
        N_("marks outside the bleed where the paper is cut")),

    PLAIN_ENUM("rules.breaker", rules.breaker, "first-fit", "first-fit|optimal",
        N_("line by line, or the best breaks over the whole paragraph")),
    PLAIN_ENUM("rules.strictness", rules.strictness, "basic", "basic|gb|strict",
        N_("what may not begin or end a line: clreq basic, GB/T 15834, clreq strict")),
    PLAIN_ENUM("rules.squeeze", rules.squeeze, "none", "none|adjacent|full",
        N_("marks keep 1 em; runs of marks close up; also single marks to fit a line")),
    PLAIN_ENUM("rules.hanging", rules.hanging, "off", "off|stops|all",
        N_("marks that may hang past the right edge: none, 、，。 or all closing marks")),
    PLAIN_BOOL("rules.hang-only-unshrunk", rules.hang_only_unshrunk,
        N_("a mark hangs only where the rest of the line fits without shrinking")),
    PLAIN_BOOL("rules.trim-line-start", rules.trim_line_start,
        N_("an opening mark at a line's start gives up its left half")),
    PLAIN_BOOL("rules.trim-line-end", rules.trim_line_end,
        N_("a closing mark at a line's end gives up its right half (GB/T 15834, "
           "5.1.10)")),
    PLAIN_BOOL("rules.trim-first-line", rules.trim_first_line,
        N_("also an opening mark at an indented first line")),
    PLAIN_GAP("rules.han-latin.natural", rules.han_latin.natural, 2, "0em",
        N_("gap between Han and a Latin letter or digit")),
    PLAIN_GAP("rules.han-latin.least", rules.han_latin.least, 2, "0em",
        N_("when a line shrinks")),
    PLAIN_GAP("rules.han-latin.most", rules.han_latin.most, 2, "0em",
        N_("when a line stretches")),
    PLAIN_STRING("rules.gap-neighbours", rules.gap_neighbours,
        N_("further characters that take the gap beside Han, such as %")),
    PLAIN_GAP("rules.word.natural", rules.word.natural, 2, "0.25em",
        N_("a typed space between Latin words")),
    PLAIN_GAP(
        "rules.word.least", rules.word.least, 2, "0.25em", N_("when a line shrinks")),
    PLAIN_GAP(
        "rules.word.most", rules.word.most, 2, "0.25em", N_("when a line stretches")),
    PLAIN_GAP("rules.han-space", rules.han_space, 4, "0em",
        N_("a typed space between Han, or Han and a bracket; rigid")),
    PLAIN_GAP("rules.han-gap-most", rules.han_gap_most, 4, "4em",
        N_("white between Han above which a line is told to be loose")),
    PLAIN_BOOL("rules.avoid-lone-character", rules.avoid_lone_character,
        N_("no last line of a single Han (optimal breaker)")),
    PLAIN_BOOL("rules.hyphenate", rules.hyphenate,
        N_("hyphenate Latin words by the patterns of their language")),
    PLAIN_STRING("rules.url-breaks", rules.url_breaks,
        N_("characters after which a URL may break, the best first")),
    PLAIN_BOOL("rules.url-whole-line", rules.url_whole_line,
        N_("a URL moves whole to the next line before it is broken")),
    PLAIN_ENUM("rules.note-marks", rules.note_marks, "as-typed",
        "as-typed|after-punctuation|before-punctuation",
        N_("where a footnote's mark stands at a stop")),

    PLAIN_LENGTH("header.distance", header_distance, PAGE_MOST,
        N_("paper's top edge to the top of the running header")),
    PLAIN_LENGTH(
        "header.rule", header_rule, 20, N_("thickness of the rule below it; 0: none")),
    PLAIN_LENGTH("header.rule-gap", header_rule_gap, 200, N_("header to rule")),
    PLAIN_COLOUR("header.rule-colour", header_rule_colour, N_("of the rule")),
    RUNNING("header.odd", header[SIDE_ODD], N_("running header of odd pages")),
    RUNNING(
        "header.even", header[SIDE_EVEN], N_("of even pages; unset: as odd (mirrored)")),
    RUNNING("header.first", header[SIDE_FIRST], N_("of the first page; unset: as odd")),
    PLAIN_LENGTH("footer.distance", footer_distance, PAGE_MOST,
        N_("paper's bottom edge to the bottom of the running footer")),
    PLAIN_LENGTH(
        "footer.rule", footer_rule, 20, N_("thickness of the rule above it; 0: none")),
    PLAIN_LENGTH("footer.rule-gap", footer_rule_gap, 200, N_("rule to footer")),
    PLAIN_COLOUR("footer.rule-colour", footer_rule_colour, N_("of the rule")),
    RUNNING("footer.odd", footer[SIDE_ODD], N_("running footer of odd pages")),
    RUNNING(
        "footer.even", footer[SIDE_EVEN], N_("of even pages; unset: as odd (mirrored)")),
    RUNNING("footer.first", footer[SIDE_FIRST], N_("of the first page; unset: as odd")),

    PLAIN_BOOL("cover.show", cover, N_("a cover page before page 1")),
    PLAIN_LENGTH("cover.top", cover_top, PAGE_MOST,
        N_("top of the type area to the first line of the cover")),
    PLAIN_BOOL(
        "cover.furniture", furniture_on_cover, N_("header and footer on the cover")),
    PANEL("cover", PANEL_COVER, N_("lines above the cover's title, from top to bottom")),

    PANEL("masthead", PANEL_MASTHEAD, N_("lines at the head of page 1")),
    PLAIN_LENGTH("masthead.name-top", masthead_name_top, PAGE_MOST,
        N_("top of the type area to the line masthead-name; 0: where it follows")),
    PANEL("ending", PANEL_ENDING, N_("lines behind the text")),
    PANEL("foot", PANEL_FOOT, N_("lines at the last page's foot")),
    PLAIN_LENGTH("foot.below", foot_below, PAGE_MOST,
        N_("last line or rule to the type area's foot")),
    PANEL_LINE("serial", ELEMENT_SERIAL),
    PANEL_LINE("classification", ELEMENT_CLASSIFICATION),
    PANEL_LINE("urgency", ELEMENT_URGENCY),
    PANEL_LINE("masthead-name", ELEMENT_MASTHEAD_NAME),
    PANEL_LINE("masthead-number", ELEMENT_MASTHEAD_NUMBER),
    PANEL_LINE("masthead-line", ELEMENT_MASTHEAD_LINE),
    PANEL_LINE("document-title", ELEMENT_DOCUMENT_TITLE),
    PANEL_LINE("addressee", ELEMENT_ADDRESSEE),
    PANEL_LINE("attachments", ELEMENT_ATTACHMENTS),
    PANEL_LINE("signature", ELEMENT_SIGNATURE),
    PANEL_LINE("signature-date", ELEMENT_SIGNATURE_DATE),
    PANEL_LINE("people", ELEMENT_PEOPLE),
    PANEL_LINE("note", ELEMENT_NOTE),
    PANEL_LINE("report", ELEMENT_REPORT),
    PANEL_LINE("send", ELEMENT_SEND),
    PANEL_LINE("copy", ELEMENT_COPY),
    PANEL_LINE("issuer", ELEMENT_ISSUER),
    PANEL_LINE("copies", ELEMENT_COPIES),

    PLAIN_STRING("watermark.draft", draft_watermark,
        N_("watermark of a draft that gives no text of its own; empty: none")),
    PLAIN_INTEGER("watermark.angle", watermark_angle, -90, 90, "0",
        N_("degrees against the clock")),

    PLAIN_BOOL(
        "highlights.show", highlights, N_("a list of the ✓ items, when there are any")),
    PLAIN_STRING("highlights.heading", highlights_heading, N_("text above the list")),
    PLAIN_BOOL("highlights.numbered", highlights_numbered,
        N_("its heading counts as the first section")),
    PLAIN_BOOL("highlights.own-page", highlights_own_page,
        N_("the first section starts on a new page")),

    PLAIN_BOOL("highlights.pages", highlights_pages, N_("entries show the page")),
    PLAIN_STRING("highlights.leader", highlights_leader,
        N_("repeated between an entry and its page, such as … or ·")),

    PLAIN_BOOL("toc.show", toc, N_("a full table of contents")),
    PLAIN_STRING("toc.heading", toc_heading, N_("text above it; empty: none")),
    PLAIN_INTEGER("toc.levels", toc_levels, 1, 6, "2",
        N_("1: sections, 2: items too, 3 to 6: headings inside them too")),
    PLAIN_BOOL("toc.pages", toc_pages, N_("entries show the page")),
    PLAIN_STRING("toc.leader", toc_leader,
        N_("repeated between an entry and its page, such as … or ·")),
    PLAIN_BOOL("toc.own-page", toc_own_page, N_("the text starts on a new page")),

    PLAIN_STRING("lists.bullets", list_bullets,
        N_("bullets by depth, parted by |; the last for all that are deeper")),
    PLAIN_STRING("lists.numbers", list_numbers,
        N_("numbers by depth, parted by |, such as 一、|（一）|1.|（1）|①; 1 一 ① a A i "
           "count")),

    PLAIN_BOOL(
        "contacts.show", contacts, N_("the contacts at the end, when there are any")),
    PLAIN_STRING("contacts.heading", contacts_heading, N_("text above the contacts")),
    PLAIN_BOOL(
        "contacts.own-page", contacts_own_page, N_("the contacts start on a new page")),
    PLAIN_LENGTH("contacts.qr", contacts_qr, 500, N_("side of a contact's QR image")),

    PLAIN_TEMPLATE(
        "texts.issue", issue_template, TEMPLATE_ISSUE, N_("number of the issue")),
    PLAIN_TEMPLATE("texts.total", total_template, TEMPLATE_TOTAL,
        N_("running number over all years")),
    PLAIN_TEMPLATE(
        "texts.date", date_template, TEMPLATE_DATE, N_("date of a monthly issue")),
    PLAIN_STRING("texts.list-join", list_join, N_("between the names of a list")),
    PLAIN_STRING("texts.people-join", people_join, N_("between people")),
    PLAIN_STRING("texts.role-join", role_join, N_("between a role and its names")),
    PLAIN_STRING("texts.period-join", period_join, N_("between two dates")),
    PLAIN_TEMPLATE(
        "texts.date-day", date_day_template, TEMPLATE_DATE, N_("date that has a day")),
};

#define STYLE_LENGTH(name, field, least, most, fallback, unset, help)                    \
    {                                                                                    \
        name, KEY_LENGTH, STYLE_AT(field), least, most, fallback, NULL, 0, unset, help   \
    }
#define STYLE_INTEGER(name, field, least, most, fallback, help)                          \
    {                                                                                    \
        name, KEY_INTEGER, STYLE_AT(field), least, most, fallback, NULL, 0, UNSET_BODY,  \
            help                                                                         \
    }
#define STYLE_OTHER(name, type, field, fallback, names, sets, unset, help)               \
    {                                                                                    \
        name, type, STYLE_AT(field), 0, 0, fallback, names, sets, unset, help            \
    }

static const struct key style_keys[] = {
    STYLE_OTHER("role", KEY_NAME, role, "song", ROLE_NAMES, 0, UNSET_BODY,
        N_("font role for Han: song, hei, kai, fangsong, biaosong")),
    STYLE_OTHER("latin-role", KEY_NAME, latin_role, "latin-serif", ROLE_NAMES, 0, UNSET_BODY,
        N_("font role for Latin: latin-serif, latin-sans, mono")),
    STYLE_INTEGER("weight", weight, 1, 1000, "400", N_("400 is regular, 700 bold")),
    STYLE_OTHER(
        "italic", KEY_BOOL, italic, "false", NULL, 0, UNSET_BODY, N_("of the Latin")),
    STYLE_LENGTH("size", size, 3, 200, "10pt", UNSET_BODY,
        N_("type size, 1 em; given in em it is a multiple of the body's")),
    STYLE_LENGTH(
        "line-pitch", line_pitch, 6, 200, "1em", UNSET_BODY, N_("baseline to baseline")),
    STYLE_LENGTH("space-before", space_before, 0, 2000, "0", UNSET_NEUTRAL,
        N_("above the first line; dropped at a page's head")),
    STYLE_LENGTH("space-before-first", space_before_first, 0, 2000, "0",
        UNSET_SPACE_BEFORE,
        N_("instead of it, directly below the heading of what contains it")),
    STYLE_LENGTH("space-after", space_after, 0, 2000, "0", UNSET_NEUTRAL,
        N_("below the last line; dropped at a page's foot")),
    STYLE_LENGTH(
        "indent-left", indent_left, 0, 2000, "0", UNSET_NEUTRAL, N_("of all lines")),
    STYLE_LENGTH(
        "indent-right", indent_right, 0, 2000, "0", UNSET_NEUTRAL, N_("of all lines")),
    STYLE_LENGTH("indent-first", indent_first, -2000, 2000, "0", UNSET_NEUTRAL,
        N_("of the first line, added to indent-left; may be negative")),
    STYLE_LENGTH("label-width", label_width, 0, 2000, "0", UNSET_NEUTRAL,
        N_("kept for number or bullet: the text starts there; 0: the label is run in")),
    STYLE_LENGTH("label-gap", label_gap, 0, 200, "0", UNSET_NEUTRAL,
        N_("least white between label and text")),
    STYLE_OTHER("align", KEY_ENUM, align, "justify", "justify|left|centre|right", 0,
        UNSET_BODY, N_("of the lines")),
    STYLE_OTHER("numbering", KEY_TEMPLATE, numbering, "", NULL, TEMPLATE_NUMBERING,
        UNSET_NEUTRAL, N_("label before the text: number, bullet")),
    STYLE_OTHER("prefix", KEY_STRING, prefix, "", NULL, 0, UNSET_NEUTRAL,
        N_("put before the text")),
    STYLE_OTHER("suffix", KEY_STRING, suffix, "", NULL, 0, UNSET_NEUTRAL,
        N_("put after the text")),
    STYLE_OTHER(
        "colour", KEY_COLOUR, colour, "black", NULL, 0, UNSET_BODY, N_("of the text")),
    STYLE_OTHER("keep-with-next", KEY_BOOL, keep_with_next, "false", NULL, 0,
        UNSET_NEUTRAL, N_("never the last on a page")),
    STYLE_OTHER("keep-together", KEY_BOOL, keep_together, "false", NULL, 0, UNSET_NEUTRAL,
        N_("not split over pages")),
    STYLE_OTHER("page-break-before", KEY_BOOL, page_break_before, "false", NULL, 0,
        UNSET_NEUTRAL, N_("starts a page")),
    STYLE_INTEGER(
        "orphans", orphans, 1, 50, "1", N_("least lines at a page's foot when split")),
    STYLE_INTEGER(
        "widows", widows, 1, 50, "1", N_("least lines at a page's head when split")),
};

#define PLAIN_COUNT (sizeof plain_keys / sizeof *plain_keys)
#define STYLE_COUNT (sizeof style_keys / sizeof *style_keys)

static const char *const element_names[] = {
    [ELEMENT_BODY] = "body",
    [ELEMENT_SECTION] = "section",
    [ELEMENT_ITEM] = "item",
    [ELEMENT_HEADING3] = "heading3",
    [ELEMENT_HEADING4] = "heading4",
    [ELEMENT_HEADING5] = "heading5",
    [ELEMENT_HEADING6] = "heading6",
    [ELEMENT_SOURCE] = "source",
    [ELEMENT_HIGHLIGHTS_TITLE] = "highlights-title",
    [ELEMENT_HIGHLIGHT] = "highlight",
    [ELEMENT_TOC_TITLE] = "toc-title",
    [ELEMENT_TOC_SECTION] = "toc-section",
    [ELEMENT_TOC_ITEM] = "toc-item",
    [ELEMENT_CONTACTS_TITLE] = "contacts-title",
    [ELEMENT_CONTACT] = "contact",
    [ELEMENT_COVER_TITLE] = "cover-title",
    [ELEMENT_COVER_SUBTITLE] = "cover-subtitle",
    [ELEMENT_COVER_ISSUE] = "cover-issue",
    [ELEMENT_COVER_DATE] = "cover-date",
    [ELEMENT_COVER_PUBLISHER] = "cover-publisher",
    [ELEMENT_LIST] = "list",
    [ELEMENT_QUOTE] = "quote",
    [ELEMENT_COMMENTARY] = "commentary",
    [ELEMENT_CODE_BLOCK] = "code-block",
    [ELEMENT_TABLE_HEADER] = "table-header",
    [ELEMENT_TABLE_CELL] = "table-cell",
    [ELEMENT_CAPTION] = "caption",
    [ELEMENT_FOOTNOTE] = "footnote",
    [ELEMENT_HEADER] = "header",
    [ELEMENT_FOOTER] = "footer",
    [ELEMENT_WATERMARK] = "watermark",
    [ELEMENT_SERIAL] = "serial",
    [ELEMENT_CLASSIFICATION] = "classification",
    [ELEMENT_URGENCY] = "urgency",
    [ELEMENT_MASTHEAD_NAME] = "masthead-name",
    [ELEMENT_MASTHEAD_NUMBER] = "masthead-number",
    [ELEMENT_MASTHEAD_LINE] = "masthead-line",
    [ELEMENT_DOCUMENT_TITLE] = "document-title",
    [ELEMENT_ADDRESSEE] = "addressee",
    [ELEMENT_ATTACHMENTS] = "attachments",
    [ELEMENT_SIGNATURE] = "signature",
    [ELEMENT_SIGNATURE_DATE] = "signature-date",
    [ELEMENT_PEOPLE] = "people",
    [ELEMENT_NOTE] = "note",
    [ELEMENT_REPORT] = "report",
    [ELEMENT_SEND] = "send",
    [ELEMENT_COPY] = "copy",
    [ELEMENT_ISSUER] = "issuer",
    [ELEMENT_COPIES] = "copies",
};
_Static_assert(sizeof element_names / sizeof *element_names == ELEMENT_COUNT,
    "every element has a name");

const char *element_name(enum element element)
{
    return element_names[element];
}

uint32_t key_plain_count(void)
{
    return (uint32_t)PLAIN_COUNT;
}

uint32_t key_style_count(void)
{
    return (uint32_t)STYLE_COUNT;
}

uint32_t key_slot_count(void)
{
    return (uint32_t)(PLAIN_COUNT + ELEMENT_COUNT * STYLE_COUNT);
}

const struct key *key_at(uint32_t slot)
{
    return slot < PLAIN_COUNT ? &plain_keys[slot]
                              : &style_keys[(slot - PLAIN_COUNT) % STYLE_COUNT];
}

enum element key_element(uint32_t slot)
{
    return slot < PLAIN_COUNT ? ELEMENT_COUNT
                              : (enum element)((slot - PLAIN_COUNT) / STYLE_COUNT);
}

static bool table_find(
    const struct key *keys, size_t count, struct text name, uint32_t *ret_index)
{
    for (size_t i = 0; i < count; i++) {
        const char *known = keys[i].name;
        if (name.length > 0 && known[0] == name.data[0] &&
            strncmp(known, name.data, name.length) == 0 && known[name.length] == '\0') {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

uint32_t key_style_slot(enum element element, const char *name)
{
    uint32_t index = 0;
    if (!table_find(style_keys, STYLE_COUNT, text_of(name), &index)) {
        program_stop("no style key '%s'", name);
    }
    return (uint32_t)(PLAIN_COUNT + (size_t)element * STYLE_COUNT) + index;
}

uint32_t key_plain_slot(const char *name)
{
    uint32_t index = 0;
    if (!table_find(plain_keys, PLAIN_COUNT, text_of(name), &index)) {
        program_stop("no layout key '%s'", name);
    }
    return index;
}

void key_append_path(uint32_t slot, struct str *out)
{
    enum element element = key_element(slot);
    if (element != ELEMENT_COUNT) {
        str_printf(out, "styles.%s.", element_name(element));
    }
    str_append_string(out, key_at(slot)->name);
}

static bool element_find(struct text name, enum element *ret_element)
{
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        if (text_is(name, element_names[i])) {
            *ret_element = (enum element)i;
            return true;
        }
    }
    return false;
}

bool key_find(struct text path, uint32_t *ret_slot)
{
    if (!text_starts(path, "styles.")) {
        return table_find(plain_keys, PLAIN_COUNT, path, ret_slot);
    }
    struct text rest = text_slice(path, strlen("styles."), path.length);
    size_t dot = text_find(rest, ".");
    enum element element;
    uint32_t index;
    if (dot == rest.length || !element_find(text_slice(rest, 0, dot), &element) ||
        !table_find(
            style_keys, STYLE_COUNT, text_slice(rest, dot + 1, rest.length), &index)) {
        return false;
    }
    *ret_slot = (uint32_t)(PLAIN_COUNT + (size_t)element * STYLE_COUNT) + index;
    return true;
}

/* Whether name is group, a dot and more; the top group "" holds all. */
static bool group_holds(struct text group, const char *name)
{
    return group.length == 0 ||
           (strncmp(name, group.data, group.length) == 0 && name[group.length] == '.');
}

bool key_is_group(struct text path)
{
    if (text_starts(path, "styles")) {
        enum element element;
        return path.length == strlen("styles") ||
               element_find(text_slice(path, strlen("styles."), path.length), &element);
    }
    for (size_t i = 0; i < PLAIN_COUNT; i++) {
        if (group_holds(path, plain_keys[i].name)) {
            return true;
        }
    }
    return false;
}

/* Add the part of name behind group, up to the next dot, unless it was the last one
 * added. */
static void children_add(struct arena *arena, struct text group, const char *name,
    const char **names, size_t *count)
{
    const char *part = name + (group.length > 0 ? group.length + 1 : 0);
    size_t length = strcspn(part, ".");
    const char *last = *count > 0 ? names[*count - 1] : "";
    if (strlen(last) != length || strncmp(last, part, length) != 0) {
        names[(*count)++] = arena_copy(arena, part, length);
    }
}

size_t key_children(struct arena *arena, struct text group, const char ***ret_names)
{
    const char **names =
        ARENA_ARRAY(arena, PLAIN_COUNT + STYLE_COUNT + ELEMENT_COUNT + 2, const char *);
    size_t count = 0;
    for (size_t i = 0; i < PLAIN_COUNT; i++) {
        if (group_holds(group, plain_keys[i].name)) {
            children_add(arena, group, plain_keys[i].name, names, &count);
        }
    }
    if (group.length == 0) {
        names[count++] = "styles";
        names[count++] = "base";
    } else if (text_is(group, "styles")) {
        memcpy(names, element_names, sizeof element_names);
        count = ELEMENT_COUNT;
    } else if (text_starts(group, "styles.")) {
        for (size_t i = 0; i < STYLE_COUNT; i++) {
            names[count++] = style_keys[i].name;
        }
    }
    *ret_names = names;
    return count;
}
