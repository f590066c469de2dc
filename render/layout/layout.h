/* layout: how a kind of bulletin looks: geometry, styles, line rules, furniture.
 *
 * A layout is layouts/NAME.yaml (or a path), which inherits with `base:`. One table of
 * keys (layout/keys.c: name, type, unit, range, default, help) drives reading, errors
 * with their place, hints for unknown keys, `paiban layouts --keys` and docs/LAYOUT.md.
 * Its defaults are neutral; every number of a layout stands in layouts/. All lengths here
 * are resolved.
 *
 * An element's keys for its type (role, latin-role, weight, italic, size, line-pitch,
 * align, colour, orphans, widows) come from `body` where no file of the chain sets them,
 * as written: a pitch of 1.8em is 1.8 of the element's own size. The other style keys are
 * neutral where unset.
 *
 *      ┌───────────────────────────── paper_width ──┐
 *      │   margin_top          header_distance ↕    │
 *      │      ┌─────────── measure ──────────┐      │
 *      │inner │ type area                    │outer │   measure = paper_width − inner − outer
 *      │      └──────────────────────────────┘      │
 *      │   margin_bottom       footer_distance ↕    │
 *      └────────────────────────────────────────────┘
 * */
#ifndef PAIBAN_LAYOUT_LAYOUT_H
#define PAIBAN_LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/files.h"
#include "base/str.h"
#include "base/unit.h"

/* The elements that have a style; layout files name them in lower case with dashes. */
enum element {
    ELEMENT_BODY,             /* paragraphs */
    ELEMENT_SECTION,          /* `#` */
    ELEMENT_ITEM,             /* `##` */
    ELEMENT_HEADING3,         /* `###` … inside items */
    ELEMENT_HEADING4,
    ELEMENT_HEADING5,
    ELEMENT_HEADING6,
    ELEMENT_SOURCE,           /* 链接：… */
    ELEMENT_HIGHLIGHTS_TITLE, /* 【本期要目】 */
    ELEMENT_HIGHLIGHT,
    ELEMENT_TOC_TITLE,
    ELEMENT_TOC_SECTION,
    ELEMENT_TOC_ITEM,
    ELEMENT_CONTACTS_TITLE,   /* 联系我们： */
    ELEMENT_CONTACT,
    ELEMENT_COVER_TITLE,
    ELEMENT_COVER_SUBTITLE,
    ELEMENT_COVER_ISSUE,      /* 第5期 总第41期 */
    ELEMENT_COVER_DATE,
    ELEMENT_COVER_PUBLISHER,
    ELEMENT_LIST,             /* items of lists */
    ELEMENT_QUOTE,
    ELEMENT_COMMENTARY,
    ELEMENT_CODE_BLOCK,
    ELEMENT_TABLE_HEADER,
    ELEMENT_TABLE_CELL,
    ELEMENT_CAPTION,
    ELEMENT_FOOTNOTE,
    ELEMENT_HEADER,           /* running header */
    ELEMENT_FOOTER,
    ELEMENT_WATERMARK,
    ELEMENT_SERIAL,           /* lines of panels, from here to the end: 份号 */
    ELEMENT_CLASSIFICATION,   /* 密级 */
    ELEMENT_URGENCY,          /* 紧急程度 */
    ELEMENT_MASTHEAD_NAME,    /* the bulletin's name, often large and red */
    ELEMENT_MASTHEAD_NUMBER,  /* 第5期 总第41期, 发文字号 */
    ELEMENT_MASTHEAD_LINE,    /* publisher left, date right */
    ELEMENT_DOCUMENT_TITLE,
    ELEMENT_ADDRESSEE,        /* 主送 */
    ELEMENT_ATTACHMENTS,      /* 附件 */
    ELEMENT_SIGNATURE,        /* 署名 */
    ELEMENT_SIGNATURE_DATE,
    ELEMENT_PEOPLE,           /* 编辑：… 审核：… */
    ELEMENT_NOTE,             /* 附注 */
    ELEMENT_REPORT,           /* 报： */
    ELEMENT_SEND,             /* 送： */
    ELEMENT_COPY,             /* 抄送： */
    ELEMENT_ISSUER,           /* 印发机关 left, date right */
    ELEMENT_COPIES,           /* 共印…份 */
    ELEMENT_COUNT
};

/* Lines of panels are the elements from here on. */
#define PANEL_LINE_FIRST ELEMENT_SERIAL
#define PANEL_LINE_COUNT (ELEMENT_COUNT - PANEL_LINE_FIRST)

/* B5 is that of ISO. */
enum paper { PAPER_A3, PAPER_A4, PAPER_A5, PAPER_B5, PAPER_LETTER, PAPER_COUNT };

enum text_align { TEXT_JUSTIFY, TEXT_LEFT, TEXT_CENTRE, TEXT_RIGHT };

struct style {
    const char *role;        /* font role for Han: "song", "hei", "kai" … */
    const char *latin_role;  /* for Latin: "latin-serif", "latin-sans", "mono" */
    int weight;              /* 400 regular, 700 bold (CSS values) */
    bool italic;             /* for Latin; Han use kai where it is asked for */
    unit size;               /* type size = 1 em */
    unit line_pitch;         /* baseline to baseline inside the element */
    unit space_before;       /* above the first line; dropped at a page's head */
    unit space_before_first; /* instead of it directly below its container's heading */
    unit space_after;        /* below the last line; dropped at a page's foot */
    unit indent_left;        /* of all lines, from the type area's left edge */
    unit indent_right;
    unit indent_first;       /* of the first line, added to indent_left */
    unit label_width;        /* kept for number or bullet, text starts there; 0: run in */
    unit label_gap;          /* least white between label and text */
    enum text_align align;
    const char *numbering;   /* template of the label: "{section}.{item}", "✓" */
    const char *prefix;      /* text put before the element's own: "【" */
    const char *suffix;      /* and after it: "】" */
    uint32_t colour;         /* 0xRRGGBB */
    bool keep_with_next;     /* stays with the next element's first line */
    bool keep_together;      /* not split over pages */
    bool page_break_before;
    int orphans, widows;     /* least lines at a page's foot, head; 1: no limit */
};

enum strictness { STRICTNESS_BASIC, STRICTNESS_GB, STRICTNESS_STRICT };
enum squeeze { SQUEEZE_NONE, SQUEEZE_ADJACENT, SQUEEZE_FULL };
enum hanging { HANGING_OFF, HANGING_STOPS, HANGING_ALL }; /* STOPS: 、，。 only */
enum breaker { BREAKER_FIRST_FIT, BREAKER_OPTIMAL };
enum note_marks {
    NOTE_MARKS_AS_TYPED,
    NOTE_MARKS_AFTER_PUNCTUATION,
    NOTE_MARKS_BEFORE_PUNCTUATION
};

/* Limits of one kind of white, in 1/1000 em of the type size where it stands. */
struct gap_limits {
    int natural;
    int least; /* when the line is shrunk */
    int most;  /* when the line is stretched, before the last resort */
};

struct line_rules {
    enum breaker breaker;
    enum strictness strictness;
    enum squeeze squeeze;        /* none: marks keep 1 em; runs of marks; also single ones
                                    */
    enum hanging hanging;
    bool hang_only_unshrunk;     /* only where the rest fits without shrinking */
    bool trim_line_start;        /* an opener there gives up its left half (clreq) */
    bool trim_line_end;          /* a closing mark there is ½ em (GB/T 15834 5.1.10) */
    bool trim_first_line;        /* also an opener at an indented first line */
    struct gap_limits han_latin; /* between Han and a Latin letter or digit */
    const char *gap_neighbours;  /* further characters that take the gap: "+%" */
    struct gap_limits word;      /* a typed space between Latin words */
    int han_space;               /* a typed space between Han, 1/1000 em, rigid */
    int han_gap_most;            /* white between Han not yet loose, 1/1000 em */
    bool avoid_lone_character;   /* no last line of one Han (optimal breaker) */
    bool hyphenate;              /* Latin words, by the language's patterns */
    const char *url_breaks;      /* characters after which a URL may break, best first */
    bool url_whole_line;         /* a URL moves to the next line before it is broken */
    enum note_marks note_marks;
};

/* One running line: templates with fields {title} {subtitle} {page} {pages} {section}
 * {issue} {total} {date} {publisher}; "" leaves the place empty. */
struct running {
    const char *left, *centre, *right; /* UTF-8; never NULL */
};

/* A stack of lines and rules that the layout puts together from the head's values: above
 * the cover's title, at the head of page 1, behind the text, at the last page's foot. */
enum panel_kind { PANEL_COVER, PANEL_MASTHEAD, PANEL_ENDING, PANEL_FOOT, PANEL_COUNT };

struct panel {
    const char *lines;    /* names of elements and of rules ("rule", "thin-rule"), parted by
                             blanks, from top to bottom */
    unit rule, thin_rule; /* thickness */
    unit rule_gap;        /* white above and below a rule */
    uint32_t rule_colour; /* 0xRRGGBB */
};

enum leftover { LEFTOVER_FOOT, LEFTOVER_SPREAD };
enum page_padding { PADDING_NONE, PADDING_EVEN, PADDING_FOUR };

enum page_side { SIDE_FIRST, SIDE_ODD, SIDE_EVEN, SIDE_COUNT };

struct key_value; /* as a file wrote it: layout/keys.h */

struct layout {
    struct arena arena;
    struct key_value *values; /* one per key, with its place, unresolved; in arena */
    const char *name;        /* as asked for */
    uint64_t fingerprint;    /* of all resolved values */
    uint32_t *files;         /* indices in struct files, chain from the root down */
    uint32_t file_count;

    enum paper paper;        /* as named; width and height, where given, win over it */
    unit paper_width, paper_height; /* resolved */
    unit margin_top, margin_bottom;   /* paper edge to type area */
    unit margin_inner, margin_outer;
    int characters;          /* in a line: sets the outer margin; 0: margins rule */
    int lines;               /* on a page: sets the bottom margin; 0: margins rule */
    bool mirror;             /* inner and outer change sides on even pages */
    unit grid_pitch;         /* line grid; 0: none */
    unit character_pitch;    /* of the body; 0: its size */
    bool word_sizes;         /* 号 sizes with Word's rounding */
    enum leftover leftover;  /* where the height goes that a page does not fill */
    bool balance_last;       /* the last two pages are of about equal height */
    enum page_padding padding; /* the book has an even number of pages, or one by four */
    unit bleed;              /* around the paper, for the printer; 0: none */
    bool crop_marks;         /* marks outside the bleed where the paper is cut */

    struct style styles[ELEMENT_COUNT];
    struct line_rules rules;

    struct running header[SIDE_COUNT], footer[SIDE_COUNT];
    unit header_distance;    /* paper's top edge to the header line's top */
    unit footer_distance;    /* paper's bottom edge to the footer line's bottom */
    unit header_rule;        /* thickness of the rule under the header; 0: none */
    unit header_rule_gap;    /* header line's bottom to the rule */
    uint32_t header_rule_colour; /* 0xRRGGBB */
    unit footer_rule;        /* thickness of the rule above the footer; 0: none */
    unit footer_rule_gap;    /* rule to the footer line's top */
    uint32_t footer_rule_colour; /* 0xRRGGBB */
    bool furniture_on_cover; /* header and footer on the cover */

    bool cover;              /* a cover page */
    unit cover_top;          /* type area's top to the first cover line */
    int first_page_number;   /* of the first page after the cover */
    bool highlights;         /* a list of highlights, when the issue has any */
    const char *highlights_heading; /* "本期要目" */
    bool highlights_numbered;       /* its heading counts as a section: "1 【本期要目】" */
    bool highlights_own_page;       /* the first section starts on a new page */
    bool highlights_pages;          /* entries show the page */
    const char *highlights_leader;  /* character between entry and page: "…", "·" */
    bool toc;                /* a full table of contents */
    const char *toc_heading; /* "目录"; "" none */
    int toc_levels;          /* 1: sections; 2: items too; 3 …: headings in them */
    bool toc_pages;          /* entries show the page */
    const char *toc_leader;
    bool toc_own_page;       /* the text starts on a new page */
    bool contacts;
    const char *contacts_heading;   /* "联系我们：" */
    const char *list_bullets; /* by depth, parted by |: "•|–" */
    const char *list_numbers; /* "1.|（1）|①": the sign that counts, with what is around it
                                 */
    bool contacts_own_page;
    unit contacts_qr;        /* side of the QR image */
    struct panel panels[PANEL_COUNT];
    unit foot_below;         /* last line or rule of the foot to the type area's foot */
    unit masthead_name_top;  /* type area's top to the name's line; 0: where it follows */
    struct running panel_lines[PANEL_LINE_COUNT]; /* templates of each panel line */
    const char *draft_watermark; /* "草稿": on drafts that have no text of their own */
    int watermark_angle;     /* degrees, counted against the clock */
    const char *issue_template;     /* "第{issue}期" */
    const char *total_template;     /* "总第{total}期" */
    const char *date_template;      /* "{year}年{month}月" */
    const char *date_day_template;  /* "{year}年{month}月{day}日" */
    const char *list_join, *people_join, *role_join, *period_join; /* "，" "　" "：" "至" */
};

struct layout_paths {
    const char *data;   /* folder that holds layouts/ and fonts/ */
    const char *beside; /* the issue's folder, for layouts named by path; NULL: none */
};

/* Read a layout by name or path. NULL after a fatal diagnostic (does not exist: the
 * known ones are listed; a loop of base:; a value out of range …: all mistakes are told
 * in one run). `from` is where it was named. */
struct layout *layout_load(const char *name, struct span from,
    const struct layout_paths *paths, struct files *files, struct diagnostics *sink);
void layout_free(struct layout *layout); /* takes NULL */
/* Is name a path (of a file beside the issue), not the name of a layout in data? */
bool layout_is_path(const char *name);
bool layout_exists(const char *name, const struct layout_paths *paths);
/* Names in paths->data/layouts, sorted. */
uint32_t layout_names(
    const struct layout_paths *paths, struct arena *arena, const char ***ret_names);
const char *element_name(enum element element); /* "highlights-title" */
unit layout_measure(const struct layout *layout);     /* width of the type area */
unit layout_area_height(const struct layout *layout); /* height of the type area */
/* Take another paper ("A4", in any case) and keep the margins. False after a fatal
 * diagnostic: no such paper (the known ones are listed), or the margins leave no room on
 * it. */
bool layout_set_paper(struct layout *layout, const char *name, struct diagnostics *sink);
/* Where "page.margin-top" or "styles.item.size" was set; SPAN_NONE: nowhere, or no such
 * key. */
struct span layout_span(const struct layout *layout, const char *key);
/* Every key with type, unit, range, default, help. */
void layout_keys_print(struct str *out);
/* An own layout's file, as a start: base: layout->name, and the ten keys that editors
 * change most, commented, with the values that hold. */
void layout_copy(const struct layout *layout, struct str *out);
/* Every resolved value, one a line, for --dump=layout and tests. */
void layout_dump(const struct layout *layout, struct str *out);
/* docs/LAYOUT.md, from the table. */
void layout_reference(struct str *out);

#endif
