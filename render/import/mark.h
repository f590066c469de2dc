/* mark: what stands at a line's start and says what the line is: 2.1, 一、, 【…】, ✓, 链接：. */
#ifndef PAIBAN_IMPORT_MARK_H
#define PAIBAN_IMPORT_MARK_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

enum mark_kind {
    MARK_NONE,
    MARK_BRACKET,   /* 【地方动态】, also behind a number: 2 【地方动态】 */
    MARK_CHAPTER,   /* 第一部分 */
    MARK_HAN,       /* 一、 */
    MARK_HAN_PAREN, /* （一） */
    MARK_DOTTED,    /* 2.1 */
    MARK_DOTTED_THREE, /* 2.1.3 */
    MARK_COMMA,        /* 1、 */
    MARK_DOT,          /* 1. */
    MARK_SPACE,        /* 1 and a space */
    MARK_PADDED,       /* 01, 01 |, 01. */
    MARK_PAREN,        /* （1）, 1） */
    MARK_CIRCLED,      /* ① */
    MARK_SQUARE,       /* ■ □ ◼ */
    MARK_DISC,         /* ● ○ */
    MARK_STAR,         /* ★ ☆ */
    MARK_DIAMOND,      /* ◆ ◇ */
    MARK_TRIANGLE,     /* ▲ ▶ ► */
    MARK_CHECK,        /* ✓ ✔ √ */
    MARK_BULLET,       /* • · - ※ */
    MARK_KIND_COUNT
};

struct mark {
    enum mark_kind kind;
    size_t length;   /* bytes, with the white space behind it; 0: none */
    uint32_t first;  /* its number; 0: none */
    uint32_t second; /* MARK_DOTTED: the number behind the point */
};

struct mark mark_read(struct text t);
/* Can lines with such a mark be headings? */
bool mark_heads(enum mark_kind kind);
/* Bytes of “链接：” and its like at t's start, also 来源: and source:; 0: none. */
size_t mark_source_label(struct text t);
/* The name of a source line that content/ knows, for one that it does not; else "". */
struct text mark_source_name(struct text label);
/* Is the line's text, without brackets, marks and white space, one of the usual headings?
 */
bool mark_is_highlights(struct text t);
bool mark_is_contacts(struct text t);
/* Text of a heading without its mark and brackets. */
struct text mark_title(struct text t);
/* Is t one address: http://…, https://…, www.…? */
bool mark_is_address(struct text t);
/* Could the whole of t be the rest of an address that was broken? */
bool mark_is_address_rest(struct text t);

#endif
