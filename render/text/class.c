/* class: the table of classes, after clreq 3.1 (marks and their classes), GB/T 15834-2011
 * clause 5.1 (what may begin and end a line) and JLREQ appendix A for kana.
 *
 * What the table has not got is decided by Unicode's general category and East Asian
 * width. */
#include "text/class.h"
#include <glib.h>
#include "base/utf8.h"

struct class_range {
    uint32_t first; /* code point */
    uint32_t last;  /* code point, included */
    uint8_t class;  /* enum cluster_class or enum raw_class */
};

/* Sorted by code point. */
/* clang-format off */
static const struct class_range ranges[] = {
    {0x0000, 0x0008, CLASS_INVISIBLE},
    {0x0009, 0x0009, CLASS_TAB},
    {0x000A, 0x000A, CLASS_SPACE}, /* a line end of the source counts as a space */
    {0x000B, 0x000C, CLASS_INVISIBLE},
    {0x000D, 0x000D, CLASS_SPACE},
    {0x000E, 0x001F, CLASS_INVISIBLE},
    {0x0020, 0x0020, CLASS_SPACE},
    {0x0021, 0x0022, CLASS_LATIN_MARK},
    {0x0023, 0x0024, RAW_SIGN},
    {0x0025, 0x0025, RAW_PERCENT},
    {0x0026, 0x0027, CLASS_LATIN_MARK},
    {0x0028, 0x0028, CLASS_LATIN_OPENER},
    {0x0029, 0x0029, CLASS_LATIN_CLOSER},
    {0x002A, 0x002A, CLASS_LATIN_MARK},
    {0x002B, 0x002B, RAW_SIGN},
    {0x002C, 0x002C, RAW_NUMBER_MARK},
    {0x002D, 0x002D, RAW_HYPHEN},
    {0x002E, 0x002E, RAW_NUMBER_MARK},
    {0x002F, 0x002F, RAW_SOLIDUS},
    {0x0030, 0x0039, CLASS_DIGIT},
    {0x003A, 0x003A, RAW_NUMBER_MARK},
    {0x003B, 0x0040, CLASS_LATIN_MARK},
    {0x0041, 0x005A, CLASS_LATIN},
    {0x005B, 0x005B, CLASS_LATIN_OPENER},
    {0x005C, 0x005C, CLASS_LATIN_MARK},
    {0x005D, 0x005D, CLASS_LATIN_CLOSER},
    {0x005E, 0x0060, CLASS_LATIN_MARK},
    {0x0061, 0x007A, CLASS_LATIN},
    {0x007B, 0x007B, CLASS_LATIN_OPENER},
    {0x007C, 0x007C, CLASS_LATIN_MARK},
    {0x007D, 0x007D, CLASS_LATIN_CLOSER},
    {0x007E, 0x007E, RAW_NUMBER_MARK},
    {0x007F, 0x009F, CLASS_INVISIBLE},
    {0x00A0, 0x00A0, CLASS_HARD_SPACE},
    {0x00A3, 0x00A3, RAW_SIGN}, /* £ */
    {0x00A5, 0x00A5, RAW_SIGN}, /* ¥ */
    {0x00AD, 0x00AD, CLASS_INVISIBLE}, /* soft hyphen */
    {0x00B0, 0x00B0, RAW_PERCENT}, /* ° */
    {0x00B1, 0x00B1, RAW_SIGN}, /* ± */
    {0x00B2, 0x00B3, RAW_SUPERSCRIPT},
    {0x00B7, 0x00B7, RAW_MIDDLE_DOT}, /* 间隔号, GB 5.1.7 */
    {0x00B9, 0x00B9, RAW_SUPERSCRIPT},
    {0x00D7, 0x00D7, RAW_SYMBOL}, /* × */
    {0x00F7, 0x00F7, RAW_SYMBOL}, /* ÷ */
    {0x2000, 0x2006, CLASS_SPACE},
    {0x2007, 0x2007, CLASS_HARD_SPACE}, /* figure space */
    {0x2008, 0x2008, CLASS_SPACE},
    {0x2009, 0x2009, CLASS_HARD_SPACE}, /* thin space: groups digits, GB/T 15835 */
    {0x200A, 0x200A, CLASS_SPACE},
    {0x200B, 0x200F, CLASS_INVISIBLE},
    {0x2010, 0x2010, CLASS_HYPHEN},
    {0x2011, 0x2011, CLASS_LATIN_MARK}, /* hyphen without a break */
    {0x2012, 0x2013, RAW_EN_DASH}, /* 连接号, GB 5.1.6 */
    {0x2014, 0x2015, RAW_EM_DASH}, /* 破折号, GB 5.1.4 */
    {0x2018, 0x2018, RAW_QUOTE_OPEN}, /* 引号, GB 5.1.3 */
    {0x2019, 0x2019, RAW_QUOTE_CLOSE},
    {0x201A, 0x201A, CLASS_LATIN_OPENER},
    {0x201B, 0x201B, CLASS_LATIN_OPENER},
    {0x201C, 0x201C, RAW_QUOTE_OPEN},
    {0x201D, 0x201D, RAW_QUOTE_CLOSE},
    {0x201E, 0x201F, CLASS_LATIN_OPENER},
    {0x2022, 0x2022, RAW_MIDDLE_DOT},
    {0x2025, 0x2026, RAW_ELLIPSIS}, /* 省略号, GB 5.1.5 */
    {0x2027, 0x2027, RAW_MIDDLE_DOT},
    {0x2028, 0x2029, CLASS_FORCED_BREAK},
    {0x202A, 0x202E, CLASS_INVISIBLE},
    {0x202F, 0x202F, CLASS_HARD_SPACE},
    {0x2030, 0x2031, RAW_PERCENT}, /* ‰ */
    {0x2032, 0x2034, RAW_PERCENT}, /* ′ ″ */
    {0x203B, 0x203B, RAW_SYMBOL}, /* ※ */
    {0x203C, 0x203C, CLASS_EXCLAMATION}, /* ‼ */
    {0x2047, 0x2049, CLASS_EXCLAMATION}, /* ⁇ ⁈ ⁉ */
    {0x205F, 0x205F, CLASS_SPACE},
    {0x2060, 0x2064, CLASS_INVISIBLE},
    {0x2066, 0x206F, CLASS_INVISIBLE},
    {0x2070, 0x207F, RAW_SUPERSCRIPT},
    {0x20A0, 0x20C0, RAW_SIGN}, /* currencies */
    {0x2103, 0x2103, RAW_WIDE_PERCENT}, /* ℃ */
    {0x2109, 0x2109, RAW_WIDE_PERCENT}, /* ℉ */
    {0x2116, 0x2116, RAW_SIGN}, /* № */
    {0x2150, 0x218B, RAW_SYMBOL}, /* ⅓ Ⅱ */
    {0x2190, 0x2211, RAW_SYMBOL},
    {0x2212, 0x2213, RAW_SIGN}, /* − ∓ */
    {0x2214, 0x23FF, RAW_SYMBOL},
    {0x2460, 0x24FF, RAW_ENUMERATOR}, /* ① ⑴ ⒈ ⓐ */
    {0x2500, 0x2767, RAW_SYMBOL},
    {0x2768, 0x2775, RAW_SYMBOL},
    {0x2776, 0x2793, RAW_ENUMERATOR}, /* ❶ */
    {0x2794, 0x2BFF, RAW_SYMBOL},
    {0x2E3A, 0x2E3B, CLASS_DASH}, /* ⸺ */
    {0x2E80, 0x2FFF, CLASS_HAN},
    {0x3000, 0x3000, CLASS_IDEOGRAPHIC_SPACE},
    {0x3001, 0x3001, CLASS_COMMA},
    {0x3002, 0x3002, CLASS_STOP},
    {0x3003, 0x3004, CLASS_HAN},
    {0x3005, 0x3005, CLASS_SMALL_KANA}, /* 々 */
    {0x3006, 0x3007, CLASS_HAN},
    {0x3008, 0x3008, CLASS_OPENER},
    {0x3009, 0x3009, CLASS_CLOSER},
    {0x300A, 0x300A, CLASS_OPENER},
    {0x300B, 0x300B, CLASS_CLOSER},
    {0x300C, 0x300C, CLASS_OPENER},
    {0x300D, 0x300D, CLASS_CLOSER},
    {0x300E, 0x300E, CLASS_OPENER},
    {0x300F, 0x300F, CLASS_CLOSER},
    {0x3010, 0x3010, CLASS_OPENER},
    {0x3011, 0x3011, CLASS_CLOSER},
    {0x3012, 0x3013, CLASS_HAN},
    {0x3014, 0x3014, CLASS_OPENER},
    {0x3015, 0x3015, CLASS_CLOSER},
    {0x3016, 0x3016, CLASS_OPENER},
    {0x3017, 0x3017, CLASS_CLOSER},
    {0x3018, 0x3018, CLASS_OPENER},
    {0x3019, 0x3019, CLASS_CLOSER},
    {0x301A, 0x301A, CLASS_OPENER},
    {0x301B, 0x301B, CLASS_CLOSER},
    {0x301C, 0x301C, CLASS_CONNECTOR}, /* 〜 */
    {0x301D, 0x301D, CLASS_OPENER},
    {0x301E, 0x301F, CLASS_CLOSER},
    {0x3020, 0x3029, CLASS_HAN},
    {0x302A, 0x302F, RAW_MARK},
    {0x3030, 0x303A, CLASS_HAN},
    {0x303B, 0x303B, CLASS_SMALL_KANA}, /* 〻 */
    {0x303C, 0x3040, CLASS_HAN},
    {0x3041, 0x3041, CLASS_SMALL_KANA},
    {0x3042, 0x3042, CLASS_HAN},
    {0x3043, 0x3043, CLASS_SMALL_KANA},
    {0x3044, 0x3044, CLASS_HAN},
    {0x3045, 0x3045, CLASS_SMALL_KANA},
    {0x3046, 0x3046, CLASS_HAN},
    {0x3047, 0x3047, CLASS_SMALL_KANA},
    {0x3048, 0x3048, CLASS_HAN},
    {0x3049, 0x3049, CLASS_SMALL_KANA},
    {0x304A, 0x3062, CLASS_HAN},
    {0x3063, 0x3063, CLASS_SMALL_KANA},
    {0x3064, 0x3082, CLASS_HAN},
    {0x3083, 0x3083, CLASS_SMALL_KANA},
    {0x3084, 0x3084, CLASS_HAN},
    {0x3085, 0x3085, CLASS_SMALL_KANA},
    {0x3086, 0x3086, CLASS_HAN},
    {0x3087, 0x3087, CLASS_SMALL_KANA},
    {0x3088, 0x308D, CLASS_HAN},
    {0x308E, 0x308E, CLASS_SMALL_KANA},
    {0x308F, 0x3094, CLASS_HAN},
    {0x3095, 0x3096, CLASS_SMALL_KANA},
    {0x3099, 0x309A, RAW_MARK},
    {0x309B, 0x309E, CLASS_SMALL_KANA},
    {0x309F, 0x309F, CLASS_HAN},
    {0x30A0, 0x30A0, CLASS_CONNECTOR},
    {0x30A1, 0x30A1, CLASS_SMALL_KANA},
    {0x30A2, 0x30A2, CLASS_HAN},
    {0x30A3, 0x30A3, CLASS_SMALL_KANA},
    {0x30A4, 0x30A4, CLASS_HAN},
    {0x30A5, 0x30A5, CLASS_SMALL_KANA},
    {0x30A6, 0x30A6, CLASS_HAN},
    {0x30A7, 0x30A7, CLASS_SMALL_KANA},
    {0x30A8, 0x30A8, CLASS_HAN},
    {0x30A9, 0x30A9, CLASS_SMALL_KANA},
    {0x30AA, 0x30C2, CLASS_HAN},
    {0x30C3, 0x30C3, CLASS_SMALL_KANA},
    {0x30C4, 0x30E2, CLASS_HAN},
    {0x30E3, 0x30E3, CLASS_SMALL_KANA},
    {0x30E4, 0x30E4, CLASS_HAN},
    {0x30E5, 0x30E5, CLASS_SMALL_KANA},
    {0x30E6, 0x30E6, CLASS_HAN},
    {0x30E7, 0x30E7, CLASS_SMALL_KANA},
    {0x30E8, 0x30ED, CLASS_HAN},
    {0x30EE, 0x30EE, CLASS_SMALL_KANA},
    {0x30EF, 0x30F4, CLASS_HAN},
    {0x30F5, 0x30F6, CLASS_SMALL_KANA},
    {0x30F7, 0x30FA, CLASS_HAN},
    {0x30FB, 0x30FB, CLASS_INTERPUNCT}, /* ・ */
    {0x30FC, 0x30FE, CLASS_SMALL_KANA}, /* ー ヽ ヾ */
    {0x30FF, 0x31EF, CLASS_HAN},
    {0x31F0, 0x31FF, CLASS_SMALL_KANA},
    {0x3200, 0x9FFF, CLASS_HAN},
    {0xAC00, 0xD7A3, CLASS_HAN}, /* hangul syllables */
    {0xF900, 0xFAFF, CLASS_HAN},
    {0xFE00, 0xFE0F, RAW_MARK}, /* variation selectors */
    {0xFEFF, 0xFEFF, CLASS_INVISIBLE},
    {0xFF01, 0xFF01, CLASS_EXCLAMATION},
    {0xFF02, 0xFF03, CLASS_HAN},
    {0xFF04, 0xFF04, RAW_WIDE_SIGN},
    {0xFF05, 0xFF05, RAW_WIDE_PERCENT},
    {0xFF06, 0xFF07, CLASS_HAN},
    {0xFF08, 0xFF08, CLASS_OPENER},
    {0xFF09, 0xFF09, CLASS_CLOSER},
    {0xFF0A, 0xFF0B, CLASS_HAN},
    {0xFF0C, 0xFF0C, CLASS_COMMA},
    {0xFF0D, 0xFF0D, CLASS_CONNECTOR},
    {0xFF0E, 0xFF0E, CLASS_STOP},
    {0xFF0F, 0xFF0F, CLASS_SOLIDUS}, /* 分隔号, GB 5.1.9 */
    {0xFF10, 0xFF19, CLASS_HAN},
    {0xFF1A, 0xFF1B, CLASS_COMMA},
    {0xFF1C, 0xFF1E, CLASS_HAN},
    {0xFF1F, 0xFF1F, CLASS_EXCLAMATION},
    {0xFF20, 0xFF3A, CLASS_HAN},
    {0xFF3B, 0xFF3B, CLASS_OPENER},
    {0xFF3C, 0xFF3C, CLASS_HAN},
    {0xFF3D, 0xFF3D, CLASS_CLOSER},
    {0xFF3E, 0xFF5A, CLASS_HAN},
    {0xFF5B, 0xFF5B, CLASS_OPENER},
    {0xFF5C, 0xFF5C, CLASS_HAN},
    {0xFF5D, 0xFF5D, CLASS_CLOSER},
    {0xFF5E, 0xFF5E, CLASS_CONNECTOR}, /* ～ 浪纹连接号, GB 5.1.6 */
    {0xFF5F, 0xFF5F, CLASS_OPENER},
    {0xFF60, 0xFF60, CLASS_CLOSER},
    {0xFFE0, 0xFFE1, RAW_WIDE_SIGN}, /* ￠ ￡ */
    {0xFFE2, 0xFFE4, CLASS_HAN},
    {0xFFE5, 0xFFE6, RAW_WIDE_SIGN}, /* ￥ ￦ */
    {0xFFF9, 0xFFFB, CLASS_INVISIBLE},
    {0x20000, 0x3FFFD, CLASS_HAN},
    {0xE0000, 0xE00FF, CLASS_INVISIBLE},
    {0xE0100, 0xE01EF, RAW_MARK}, /* ideographic variation selectors */
};
/* clang-format on */

static uint8_t class_by_category(uint32_t codepoint)
{
    switch (g_unichar_type(codepoint)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
        return CLASS_INVISIBLE;
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
        return RAW_MARK;
    case G_UNICODE_SPACE_SEPARATOR:
        return CLASS_SPACE;
    case G_UNICODE_DECIMAL_NUMBER:
        return CLASS_DIGIT;
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
        return CLASS_LATIN_OPENER;
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
        return CLASS_LATIN_CLOSER;
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
        return CLASS_LATIN;
    default:
        return CLASS_LATIN_MARK;
    }
}

static uint8_t class_by_tables(uint32_t codepoint)
{
    size_t low = 0;
    size_t high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (codepoint > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < sizeof ranges / sizeof *ranges && codepoint >= ranges[low].first) {
        return ranges[low].class;
    }
    uint8_t class = class_by_category(codepoint);
    if (class != RAW_MARK && class != CLASS_INVISIBLE && utf8_columns(codepoint) == 2) {
        return CLASS_HAN;
    }
    return class;
}

/* Besides Han a text has some hundred characters: what the tables say of them is kept, at
 * the place of their lowest bits. */
uint8_t class_of(uint32_t codepoint)
{
    enum { KEPT = 1024, CLASS_BITS = 8 };
    static uint32_t kept[KEPT]; /* codepoint + 1 and class */
    if (codepoint >= 0x4E00 && codepoint <= 0x9FFF) {
        return CLASS_HAN;
    }
    if (codepoint >= 0x110000) {
        return class_by_tables(codepoint);
    }
    uint32_t *place = &kept[codepoint % KEPT];
    if (*place >> CLASS_BITS != codepoint + 1) {
        *place = (codepoint + 1) << CLASS_BITS | class_by_tables(codepoint);
    }
    return (uint8_t)(*place & ((1 << CLASS_BITS) - 1));
}
