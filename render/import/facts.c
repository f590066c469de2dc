/* facts: what goes into the head: masthead and contacts; and which items are highlights.
 */
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "content/date.h"
#include "import/issue.h"
#include "import/mark.h"

#define MASTHEAD_LINES 12 /* lines that may be of the masthead; more are text */

void import_issue_init(struct import_issue *issue)
{
    *issue = (struct import_issue){.stem = "issue"};
    arena_init(&issue->arena);
}

void import_issue_done(struct import_issue *issue)
{
    if (issue == NULL)
        return;
    vec_done(&issue->blocks);
    vec_done(&issue->highlights);
    vec_done(&issue->contacts);
    vec_done(&issue->people);
    vec_done(&issue->files);
    vec_done(&issue->report);
    vec_done(&issue->send);
    vec_done(&issue->copy);
    vec_done(&issue->attachments);
    arena_done(&issue->arena);
}

/* t without white space, in the arena. */
static struct text squeeze(struct arena *arena, struct text t)
{
    struct str out;

    str_init(&out);
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] != ' ')
            str_append_char(&out, t.data[i]);
    }
    struct text squeezed = text_copy(arena, str_text(&out));
    str_done(&out);
    return squeezed;
}

/* The number between `before` and `behind` (第 26 期), also in Han digits; 0: none.
 * *ret_start, *ret_end: where it stands. */
static uint32_t number_between(struct text t, const char *before, const char *behind,
    size_t *ret_start, size_t *ret_end)
{
    static const char *const han[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    size_t start = text_find(t, before);
    size_t at = start + strlen(before);
    uint32_t number = 0, pending = 0;

    if (start == t.length)
        return 0;
    while (at < t.length && !text_starts(text_slice(t, at, t.length), behind)) {
        struct text rest = text_slice(t, at, t.length);
        uint32_t digit = 10;

        for (uint32_t i = 0; i < 10; i++)
            digit = text_starts(rest, han[i]) ? i : digit;
        if (rest.data[0] == ' ') {
            at++;
        } else if (rest.data[0] >= '0' && rest.data[0] <= '9' && number < 1000000) {
            number = number * 10 + (uint32_t)(rest.data[0] - '0');
            at++;
        } else if (digit < 10) {
            pending = digit;
            at += 3;
        } else if (text_starts(rest, "十") || text_starts(rest, "百")) {
            number += (pending == 0 ? 1 : pending) * (text_starts(rest, "十") ? 10 : 100);
            pending = 0;
            at += 3;
        } else {
            return 0;
        }
    }
    if (at >= t.length)
        return 0;
    *ret_start = start;
    *ret_end = at + strlen(behind);
    return number + pending;
}

/* Take 第N期 and 总第N期 out of the line; false when neither is there. */
static bool take_numbers(struct import_issue *issue, struct text t)
{
    size_t start = 0, end = 0;
    uint32_t total = number_between(t, "总第", "期", &start, &end);
    struct text rest = t;
    uint32_t number;

    if (total == 0)
        total = number_between(t, "總第", "期", &start, &end);
    if (total > 0) {
        issue->total = total;
        rest = text_of(arena_print(&issue->arena, "%.*s%.*s", (int)start, t.data,
            (int)(t.length - end), t.data + end));
    }
    number = number_between(rest, "第", "期", &start, &end);
    if (number > 0)
        issue->number = number;
    return total > 0 || number > 0;
}

/* One date, or two for a period. */
static bool take_dates(struct import_issue *issue, struct text t)
{
    struct date first = {0}, second = {0};
    static const char *const parts[] = {"—", "–", "～", "~", "至", "-"};

    if (!date_find(t, &first))
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        for (size_t at = text_find(t, parts[i]); at < t.length;) {
            struct text rest = text_slice(t, at + strlen(parts[i]), t.length);
            struct date end = {0};

            if (second.year == 0 && first.day > 0 && date_find(rest, &end) &&
                end.day > 0 && at >= 8 && text_find(rest, "20") < 3)
                second = end;
            at = at + strlen(parts[i]) + text_find(rest, parts[i]);
        }
    }
    if (second.year > 0) {
        issue->period_from = first;
        issue->period_to = second;
    } else if (issue->date.year == 0) {
        issue->date = first;
    }
    return true;
}

/* “主办：…”: the value behind one of the labels; "" when there is none. */
static struct text value_of(struct text t, const char *const labels[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text rest = text_slice(t, strlen(labels[i]), t.length);

        if (!text_starts(t, labels[i]))
            continue;
        if (text_starts(rest, "："))
            return text_trim(text_slice(rest, strlen("："), rest.length));
        if (text_starts(rest, ":"))
            return text_trim(text_slice(rest, 1, rest.length));
    }
    return TEXT("");
}

#define VALUE_OF(t, labels) value_of(t, labels, sizeof(labels) / sizeof((labels)[0]))

static bool take_publisher(struct import_issue *issue, struct text t)
{
    static const char *const publishers[] = {"编印", "编印单位", "编辑", "编辑单位",
        "主编单位", "出版", "发布", "發行", "编制", "编制单位", "承办", "承办单位"};
    static const char *const sponsors[] = {
        "主办", "主办单位", "主管", "主管单位", "主辦", "主辦單位"};
    struct text publisher = VALUE_OF(t, publishers), sponsor = VALUE_OF(t, sponsors);

    if (publisher.length > 0 && issue->publisher.length == 0)
        issue->publisher = text_copy(&issue->arena, publisher);
    if (sponsor.length > 0 && issue->sponsor.length == 0)
        issue->sponsor = text_copy(&issue->arena, sponsor);
    return publisher.length > 0 || sponsor.length > 0;
}

/* Does the line say nothing but numbers and dates? */
static bool is_facts_only(struct text t)
{
    static const char *const words[] = {"年", "月", "日", "第", "期", "总", "總", "（",
        "）", "(", ")", " ", "-", "—", "–", "～", "~", "至", ".", "/", "·",
        "本期统计区间", "出版日期", "：", ":", "十", "〇", "一", "二", "三", "四", "五",
        "六", "七", "八", "九", "百", "|", "，", "零"};

    for (size_t i = 0; i < t.length;) {
        size_t length = t.data[i] >= '0' && t.data[i] <= '9' ? 1 : 0;

        for (size_t k = 0; length == 0 && k < sizeof words / sizeof words[0]; k++)
            length =
                text_starts(text_slice(t, i, t.length), words[k]) ? strlen(words[k]) : 0;
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

/* The title without 第N期 and what follows, which the head says on its own. */
static struct text title_of(struct text t)
{
    static const char *const ends[] = {
        "（第", "(第", " 第", "第", "（总第", "总第", "（20", "(20"};
    size_t end = t.length;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t at = text_find(t, ends[i]);

        if (at > 0 && at < end && is_facts_only(text_slice(t, at, t.length)))
            end = at;
    }
    return text_trim(text_slice(t, 0, end));
}

bool masthead_fact_read(struct import_issue *issue, struct text line)
{
    bool number, date;

    if (take_publisher(issue, line))
        return true;
    if (!is_facts_only(line))
        return false;
    number = take_numbers(issue, line);
    date = take_dates(issue, line);
    return number || date;
}

void masthead_read(struct import_issue *issue, struct import_source *source, size_t end)
{
    size_t largest = end, titles = 0;

    if (end > MASTHEAD_LINES + 8)
        return;
    for (size_t i = 0; i < end; i++) {
        struct import_line *line = &source->lines.data[i];
        bool number, date;

        if (line->role != LINE_TEXT)
            continue;
        number = take_numbers(issue, line->text);
        date = take_dates(issue, line->text);
        if (((number || date) && is_facts_only(line->text)) ||
            take_publisher(issue, line->text) ||
            text_equal_unspaced(line->text, issue->title)) {
            line->role = LINE_TAKEN;
            continue;
        }
        titles++;
        if (largest == end || line->size > source->lines.data[largest].size)
            largest = i;
    }
    if (largest < end) {
        struct text title = title_of(source->lines.data[largest].text);
        bool header = issue->title.length > 0;

        if (!header)
            issue->title = text_copy(&issue->arena, title);
        else if (!text_equal_unspaced(title, issue->title))
            issue->subtitle = text_copy(&issue->arena, title);
        source->lines.data[largest].role = LINE_TAKEN;
    }
    for (size_t i = 0; i < end && titles == 2; i++) {
        struct import_line *line = &source->lines.data[i];

        if (line->role != LINE_TEXT || i < largest || issue->subtitle.length > 0)
            continue;
        issue->subtitle = text_copy(&issue->arena, line->text);
        line->role = LINE_TAKEN;
    }
}

/* Bytes [start, *ret_end) of an e-mail address in t; t.length when there is none. */
static size_t find_email(struct text t, size_t *ret_end)
{
    size_t at = text_find(t, "@");
    size_t start = at, end = at + 1;

    while (start > 0 && ((unsigned char)t.data[start - 1] > ' ') &&
           (unsigned char)t.data[start - 1] < 0x7F &&
           strchr("<>():,;", t.data[start - 1]) == NULL)
        start--;
    while (end < t.length && (unsigned char)t.data[end] > ' ' &&
           (unsigned char)t.data[end] < 0x7F && strchr("<>():,;", t.data[end]) == NULL)
        end++;
    if (at == t.length || start == at || end == at + 1)
        return t.length;
    *ret_end = end;
    return start;
}

/* A number of at least seven digits: 010-84691234. */
static size_t find_phone(struct text t, size_t *ret_end)
{
    for (size_t i = 0; i < t.length; i++) {
        size_t digits = 0, end = i;

        for (; end < t.length && strchr("0123456789-+() ", t.data[end]) != NULL; end++)
            digits += t.data[end] >= '0' && t.data[end] <= '9';
        if (digits >= 7) {
            while (end > i && strchr(" (-", t.data[end - 1]) != NULL)
                end--;
            while (i < end && t.data[i] == ' ')
                i++;
            *ret_end = end;
            return i;
        }
        if (end > i)
            i = end - 1;
    }
    return t.length;
}

/* Cut bytes [start, end) out of *t; what was there, in the arena. */
static struct text cut(struct arena *arena, struct text *t, size_t start, size_t end)
{
    struct text gone = text_copy(arena, text_slice(*t, start, end));

    *t = text_of(arena_print(
        arena, "%.*s %.*s", (int)start, t->data, (int)(t->length - end), t->data + end));
    return gone;
}

/* What is left of a row, without labels and marks at its ends. */
static struct text bare_name(struct arena *arena, struct text t)
{
    static const char *const labels[] = {"电子邮箱：", "邮箱：", "电话：", "E-mail：",
        "e-mail：", "Email：", "邮件：", "电子邮件：", "联系电话：",
        "E-mail:", "e-mail:", "Email:", "單位：", "電話：", "電郵：", "郵箱：", "单位：",
        "メール：", "Tel:", "Tel：", "email:", "Phone:"};
    static const char *const ends[] = {
        "，", "；", "、", ",", ";", "|", "：", ":", "。", "（）", "()", "<>"};
    bool changed = true;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t at = text_find(t, labels[i]);

        if (at < t.length)
            (void)cut(arena, &t, at, at + strlen(labels[i]));
    }
    while (changed) {
        changed = false;
        t = text_trim(t);
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            if (t.length > 0 && text_ends(t, ends[i])) {
                t = text_slice(t, 0, t.length - strlen(ends[i]));
                changed = true;
            }
        }
    }
    return text_copy(arena, t);
}

void contact_read(struct import_issue *issue, struct text row)
{
    struct import_contact contact = {.name = TEXT("")};
    static const char *const addresses[] = {"地址：", "地址:", "住所："};
    size_t end = 0, start = find_email(row, &end);
    bool parted = text_find(row, "  ") < row.length;

    if (start < row.length)
        contact.email = cut(&issue->arena, &row, start, end);
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        start = text_find(row, addresses[i]);
        if (start < row.length) {
            contact.address = text_copy(&issue->arena,
                text_trim(text_slice(row, start + strlen(addresses[i]), row.length)));
            row = text_slice(row, 0, start);
        }
    }
    start = find_phone(row, &end);
    if (start < row.length)
        contact.phone = cut(&issue->arena, &row, start, end);
    if (parted) { /* name  …  address, as layouts set it */
        size_t gap = text_find(row, "  ");

        if (contact.address.length == 0)
            contact.address = bare_name(&issue->arena, text_slice(row, gap, row.length));
        row = text_slice(row, 0, gap);
    }
    contact.name = bare_name(&issue->arena, row);
    struct import_contact *last =
        issue->contacts.length > 0 ? vec_last(&issue->contacts) : NULL;
    bool only_name =
        contact.email.length + contact.phone.length + contact.address.length == 0;

    if (last != NULL && contact.name.length == 0) { /* more about the one before */
        last->email = last->email.length == 0 ? contact.email : last->email;
        last->phone = last->phone.length == 0 ? contact.phone : last->phone;
        last->address = last->address.length == 0 ? contact.address : last->address;
    } else if (last != NULL && !only_name &&
               last->email.length + last->phone.length == 0 &&
               last->address.length == 0) { /* the name took two lines */
        contact.name =
            text_of(arena_print(&issue->arena, "%.*s%.*s", (int)last->name.length,
                last->name.data, (int)contact.name.length, contact.name.data));
        *last = contact;
    } else {
        vec_push(&issue->contacts, contact);
    }
}

/* The highlight is none of the titles: say so, and keep what it says as a comment. */
static void tell_highlight(struct import_issue *issue,
    const struct import_highlight *highlight, struct diagnostics *sink)
{
    struct import_block comment = {.kind = IMPORT_COMMENT};
    struct str said;

    str_init(&said);
    str_append_escaped(&said, highlight->text);
    diag_add(sink, DIAG_IMPORT_HIGHLIGHT, highlight->span,
        _("its words are kept as a comment"), said.data);
    str_done(&said);
    comment.text = text_of(
        arena_print(&issue->arena, "待核：本期要目中的这一条没有同题的条目：‘%.*s’",
            (int)highlight->text.length, highlight->text.data));
    vec_push(&issue->blocks, comment);
    size_t last = issue->blocks.length - 1;

    for (size_t i = last; i > 0; i--)
        issue->blocks.data[i] = issue->blocks.data[i - 1];
    issue->blocks.data[0] = comment;
    issue->unsure++;
}

void highlights_match(struct import_issue *issue, struct diagnostics *sink)
{
    struct map items;

    map_init(&items);
    for (size_t i = 0; i < issue->blocks.length; i++) {
        struct import_block *block = &issue->blocks.data[i];
        struct text key = squeeze(&issue->arena, block->text);

        if (block->kind == IMPORT_SECTION && map_lookup(&items, key) == NULL)
            map_set(&items, key, issue); /* a table of contents names the sections too */
        if (block->kind == IMPORT_ITEM &&
            (map_lookup(&items, key) == NULL || map_lookup(&items, key) == issue))
            map_set(&items, key, (void *)(uintptr_t)(2 * i + 1));
    }
    for (size_t i = 0; i < issue->highlights.length; i++) {
        void *found =
            map_lookup(&items, squeeze(&issue->arena, issue->highlights.data[i].text));

        if (found != NULL && found != issue)
            issue->blocks.data[((uintptr_t)found - 1) / 2].highlighted = true;
    }
    for (size_t i = issue->highlights.length; i-- > 0;) {
        struct text key = squeeze(&issue->arena, issue->highlights.data[i].text);

        if (map_lookup(&items, key) == NULL)
            tell_highlight(issue, &issue->highlights.data[i], sink);
    }
    map_done(&items);
}
