/* mark: reading what stands at a line's start; see mark.h. */
#include "import/mark.h"

#include <string.h>

#include "base/utf8.h"
#include "content/chars.h"

#define NUMBER_DIGITS                                                                    \
    3 /* of a section or an item; longer numbers are years and amounts */

static uint32_t char_at(struct text t, size_t at)
{
    return at < t.length ? utf8_next(t.data, t.length, &at) : 0;
}

static size_t skip_spaces(struct text t, size_t at)
{
    while (at < t.length && t.data[at] == ' ')
        at++;
    return at;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at t[at]: their count, at most one more than a number may have. */
static size_t read_digits(struct text t, size_t at, uint32_t *ret_number)
{
    size_t count = 0;
    uint32_t number = 0;

    while (
        at + count < t.length && is_digit(t.data[at + count]) && count <= NUMBER_DIGITS)
        number = number * 10 + (uint32_t)(t.data[at + count++] - '0');
    if (count > 0)
        *ret_number = number;
    return count;
}

/* Is one of the words at t[at]? Its length, or 0. */
static size_t any_at(struct text t, size_t at, const char *const words[], size_t count)
{
    struct text rest = text_slice(t, at, t.length);

    for (size_t i = 0; i < count; i++) {
        if (text_starts(rest, words[i]))
            return strlen(words[i]);
    }
    return 0;
}

#define ANY_AT(t, at, words) any_at(t, at, words, sizeof(words) / sizeof((words)[0]))

/* 一 to 九十九 at t[at]: bytes, or 0. */
static size_t read_han_number(struct text t, size_t at, uint32_t *ret_number)
{
    static const char *const digits[] = {
        "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    uint32_t tens = 0, ones = 0;
    bool ten = false;
    size_t start = at;

    for (;;) {
        size_t length = 0;

        for (uint32_t i = 0; i < 9 && length == 0; i++) {
            if (ANY_AT(t, at, digits) == 3 &&
                text_starts(text_slice(t, at, t.length), digits[i])) {
                ones = i + 1;
                length = 3;
            }
        }
        if (length == 0 && !ten && text_starts(text_slice(t, at, t.length), "十")) {
            tens = ones > 0 ? ones : 1;
            ones = 0;
            ten = true;
            length = 3;
        }
        if (length == 0 || at - start >= 9)
            break;
        at += length;
    }
    if (at > start)
        *ret_number = tens * 10 + ones;
    return at - start;
}

static struct mark mark_make(
    enum mark_kind kind, struct text t, size_t length, uint32_t first, uint32_t second)
{
    return (struct mark){kind, skip_spaces(t, length), first, second};
}

static const char *const commas[] = {"、"};
static const char *const dots[] = {".", "．"};
static const char *const closings[] = {"）", ")"};
static const char *const openings[] = {"（", "("};
static const char *const bars[] = {"|", "｜", "丨"};

/* 2.1 and 2.1.3, the digits before the point read already. */
static struct mark read_dotted(struct text t, size_t at, uint32_t first)
{
    uint32_t second = 0, third = 0;
    size_t digits = read_digits(t, at + 1, &second);
    size_t end = at + 1 + digits;

    if (digits == 0 || digits > NUMBER_DIGITS)
        return (struct mark){0};
    if (end < t.length && t.data[end] == '.') {
        size_t more = read_digits(t, end + 1, &third);

        if (more > 0 && more <= NUMBER_DIGITS)
            return mark_make(MARK_DOTTED_THREE, t, end + 1 + more, first, second);
        end++;
    }
    if (end < t.length && strchr("%/-", t.data[end]) != NULL)
        return (struct mark){0};
    return mark_make(MARK_DOTTED, t, end, first, second);
}

/* What follows a number is a unit, so that the number is text: 5 月 31 日, 24 小时, 3 个. */
static bool is_counted(struct text t, size_t at)
{
    static const char *const units[] = {"月", "日", "年", "时", "小时", "个", "亿", "万",
        "元", "%", "名", "家", "项", "台", "人", "次", "期", "号", "天", "分", "点", "至",
        "～", "-"};

    return ANY_AT(t, skip_spaces(t, at), units) > 0;
}

static struct mark read_number(struct text t)
{
    uint32_t first = 0;
    size_t end = read_digits(t, 0, &first);
    size_t length;

    if (end == 0 || end > NUMBER_DIGITS)
        return (struct mark){0};
    if (text_starts(text_slice(t, skip_spaces(t, end), t.length), "【"))
        return mark_make(MARK_BRACKET, t, end, first, 0);
    if (end == 2 && t.data[0] == '0' && first > 0) {
        size_t at = skip_spaces(t, end);

        length = ANY_AT(t, at, bars) + ANY_AT(t, at, dots) + ANY_AT(t, at, commas);
        if (length > 0 || at > end || end == t.length)
            return mark_make(MARK_PADDED, t, at + length, first, 0);
    }
    if (t.data[end] == '.' && end + 1 < t.length && is_digit(t.data[end + 1]))
        return read_dotted(t, end, first);
    length = ANY_AT(t, end, commas);
    if (length > 0)
        return mark_make(MARK_COMMA, t, end + length, first, 0);
    length = ANY_AT(t, end, dots);
    if (length > 0)
        return mark_make(MARK_DOT, t, end + length, first, 0);
    length = ANY_AT(t, end, closings);
    if (length > 0)
        return mark_make(MARK_PAREN, t, end + length, first, 0);
    if (end < t.length && t.data[end] == ' ' && !is_counted(t, end))
        return mark_make(MARK_SPACE, t, end, first, 0);
    return (struct mark){0};
}

/* （一） and （1）. */
static struct mark read_paren(struct text t)
{
    size_t open = ANY_AT(t, 0, openings);
    uint32_t first = 0;
    size_t han = open > 0 ? read_han_number(t, open, &first) : 0;
    size_t digits = open > 0 && han == 0 ? read_digits(t, open, &first) : 0;
    size_t close = han + digits > 0 ? ANY_AT(t, open + han + digits, closings) : 0;

    if (close == 0 || digits > NUMBER_DIGITS - 1)
        return (struct mark){0};
    return mark_make(
        han > 0 ? MARK_HAN_PAREN : MARK_PAREN, t, open + han + digits + close, first, 0);
}

/* 一、 and 第一部分. */
static struct mark read_han(struct text t)
{
    static const char *const parts[] = {"部分", "章", "篇", "编"};
    static const char *const stops[] = {"、", "．"};
    size_t prefix = text_starts(t, "第") ? strlen("第") : 0;
    uint32_t first = 0;
    size_t number = read_han_number(t, prefix, &first);
    size_t stop = number > 0 && prefix == 0 ? ANY_AT(t, number, stops) : 0;
    size_t part = number > 0 && prefix > 0 ? ANY_AT(t, prefix + number, parts) : 0;

    if (stop > 0)
        return mark_make(MARK_HAN, t, number + stop, first, 0);
    if (part > 0)
        return mark_make(MARK_CHAPTER, t, prefix + number + part, first, 0);
    if (number > 0 && prefix == 0 && number == t.length)
        return mark_make(MARK_HAN, t, number, first, 0);
    return (struct mark){0};
}

static struct mark read_sign(struct text t)
{
    static const struct {
        uint32_t sign;
        enum mark_kind kind;
    } signs[] = {{0x25A0, MARK_SQUARE}, {0x25A1, MARK_SQUARE}, {0x25FC, MARK_SQUARE},
        {0x25AA, MARK_SQUARE}, {0x25CF, MARK_DISC}, {0x25CB, MARK_DISC},
        {0x2605, MARK_STAR}, {0x2606, MARK_STAR}, {0x25C6, MARK_DIAMOND},
        {0x25C7, MARK_DIAMOND}, {0x25B2, MARK_TRIANGLE}, {0x25B6, MARK_TRIANGLE},
        {0x25BA, MARK_TRIANGLE}, {0x2713, MARK_CHECK}, {0x2714, MARK_CHECK},
        {0x221A, MARK_CHECK}, {0x2022, MARK_BULLET}, {0x203B, MARK_BULLET},
        {0x25E6, MARK_BULLET}, {0x2013, MARK_BULLET}};
    uint32_t c = char_at(t, 0);
    size_t length = 0;

    if (c >= 0x2460 && c <= 0x2473)
        return mark_make(MARK_CIRCLED, t, 3, c - 0x2460 + 1, 0);
    if ((c == '-' || c == 0xB7) && char_at(t, c == '-' ? 1 : 2) == ' ')
        return mark_make(MARK_BULLET, t, c == '-' ? 1 : 2, 0, 0);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].sign == c) {
            utf8_next(t.data, t.length, &length);
            return mark_make(signs[i].kind, t, length, 0, 0);
        }
    }
    return (struct mark){0};
}

/* 【…】 and nothing behind it. */
static bool is_bracketed(struct text t)
{
    return text_starts(t, "【") && text_find(t, "】") == t.length - strlen("】") &&
           t.length > 2 * strlen("】");
}

struct mark mark_read(struct text t)
{
    struct mark mark = {0};

    if (t.length == 0)
        return mark;
    if (is_bracketed(t))
        return (struct mark){.kind = MARK_BRACKET};
    if (is_digit(t.data[0]))
        return read_number(t);
    mark = read_paren(t);
    if (mark.kind == MARK_NONE)
        mark = read_han(t);
    return mark.kind == MARK_NONE ? read_sign(t) : mark;
}

bool mark_heads(enum mark_kind kind)
{
    return kind != MARK_NONE && kind != MARK_BULLET && kind != MARK_CHECK;
}

/* Bytes of a label with its colon. */
static size_t label_at(struct text t, const char *const labels[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(labels[i]);
        struct text rest = text_slice(t, length, t.length);

        if (!text_starts(t, labels[i]))
            continue;
        if (text_starts(rest, "："))
            return length + strlen("：");
        if (text_starts(rest, ":"))
            return length + 1;
    }
    return 0;
}

size_t mark_source_label(struct text t)
{
    static const char *const labels[] = {"链接", "来源", "原文链接", "参考链接",
        "原文来源", "信息来源", "文章来源", "资料来源", "新闻来源", "消息来源",
        "来源链接", "参考来源", "原文地址", "网址", "鏈接", "連結", "來源", "原文鏈接",
        "原文連結", "參考鏈接", "參考連結", "資料來源", "source", "Source", "出典",
        "出處", "Link", "link"};

    return label_at(t, labels, sizeof labels / sizeof labels[0]);
}

struct text mark_source_name(struct text label)
{
    static const char *const known[] = {"链接", "来源", "原文链接", "参考链接", "鏈接",
        "連結", "來源", "原文鏈接", "原文連結", "參考鏈接", "參考連結"};

    if (label_at(label, known, sizeof known / sizeof known[0]) == label.length)
        return TEXT("");
    return text_find(label, "來") < label.length || text_find(label, "處") < label.length
               ? TEXT("來源：")
           : text_find(label, "源") < label.length ||
                   text_find(label, "ource") < label.length ||
                   text_find(label, "出") < label.length
               ? TEXT("来源：")
               : TEXT("链接：");
}

static bool is_fence(uint32_t c)
{
    static const uint32_t fences[] = {0x3010, 0x3011, 0x3016, 0x3017, 0x2261, ':', 0xFF1A,
        ' ', '[', ']', 0xFF3B, 0xFF3D, 0x258C, 0x2502, '|', 0x300A, 0x300B, 0x3000,
        0x2014, '-'};

    for (size_t i = 0; i < sizeof fences / sizeof fences[0]; i++) {
        if (fences[i] == c)
            return true;
    }
    return false;
}

struct text mark_title(struct text t)
{
    struct mark mark = mark_read(t);
    bool bracket;

    t = text_trim(text_slice(t, mark.length, t.length));
    bracket = text_starts(t, "【") && text_find(t, "】") + strlen("】") == t.length;
    if (bracket)
        t = text_slice(t, strlen("【"), t.length - strlen("】"));
    return text_trim(t);
}

static bool is_one_of(struct text t, const char *const names[], size_t count)
{
    char squeezed[64];
    size_t length = 0;

    t = mark_title(t);
    for (size_t i = 0; i < t.length;) {
        size_t start = i;

        if (is_fence(utf8_next(t.data, t.length, &i)))
            continue;
        if (length + (i - start) > sizeof squeezed)
            return false;
        memcpy(squeezed + length, t.data + start, i - start);
        length += i - start;
    }
    for (size_t i = 0; i < count; i++) {
        if (text_is((struct text){squeezed, length}, names[i]))
            return true;
    }
    return false;
}

bool mark_is_highlights(struct text t)
{
    static const char *const names[] = {"本期要目", "本期要点", "本期要闻", "本期导读",
        "本期看点", "本期目录", "本期内容", "热点速览", "要目", "要点", "目录", "导读",
        "要闻速览", "内容提要", "本期要點", "要點", "目錄", "導讀", "本期導讀",
        "今号の目次", "目次", "Contents", "Highlights", "本期摘要", "本期重点",
        "重点关注", "本号の要点", "主な内容", "Inthisissue"};

    return is_one_of(t, names, sizeof names / sizeof names[0]);
}

bool mark_is_contacts(struct text t)
{
    static const char *const names[] = {"联系我们", "联系方式", "投稿联系方式",
        "聯絡我們", "聯繫我們", "联系人", "联络方式", "聯絡方式", "聯繫方式",
        "お問い合わせ", "Contact", "Contacts", "Contactus", "投稿方式", "订阅与投稿", "投稿与订阅",
        "联系与投稿", "訂閱與投稿"};

    return is_one_of(t, names, sizeof names / sizeof names[0]);
}

bool mark_is_address(struct text t)
{
    if (!text_starts(t, "http://") && !text_starts(t, "https://") &&
        !text_starts(t, "www."))
        return false;
    return mark_is_address_rest(t);
}

bool mark_is_address_rest(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if ((unsigned char)t.data[i] <= ' ' || (unsigned char)t.data[i] >= 0x7F)
            return false;
    }
    return t.length > 0;
}
