/* ending: what stands before the title of an issue and behind its last section: marks of
 * secrecy and urgency; people, distribution, attachments, signature, the number of copies.
 *
 * Their forms are those that layouts print (lines: in layouts/base.yaml). */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "content/date.h"
#include "import/issue.h"
#include "import/mark.h"

#define SIGNATURE_MOST 150 /* bytes; a longer line is text */
#define LINE_MOST      200 /* bytes of a subtitle or a publisher */
#define SERIAL_DIGITS  3   /* of a copy's number, at least */

static bool starts_with_any(
    struct text t, const char *const words[], size_t count, size_t *ret_length)
{
    for (size_t i = 0; i < count; i++) {
        if (text_starts(t, words[i])) {
            *ret_length = strlen(words[i]);
            return true;
        }
    }
    return false;
}

#define STARTS_WITH_ANY(t, words, ret_length)                                            \
    starts_with_any(t, words, sizeof(words) / sizeof((words)[0]), ret_length)

static struct text behind(struct text t, size_t start)
{
    return text_trim(text_slice(t, start, t.length));
}

/* ---- before the title ---- */

static bool is_serial(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.data[i] < '0' || t.data[i] > '9')
            return false;
    }
    return t.length >= SERIAL_DIGITS;
}

static bool is_urgency(struct text t)
{
    static const char *const words[] = {"特急", "加急", "平急", "特提", "急件", "最速件",
        "速件", "至急", "緊急", "紧急", "Urgent"};
    size_t length = 0;

    return STARTS_WITH_ANY(t, words, &length) && length == t.length;
}

static bool is_classification(struct text t)
{
    static const char *const words[] = {"绝密", "机密", "秘密", "內部", "内部",
        "取扱注意", "極秘", "公开", "Internal", "Confidential", "Restricted", "Secret"};
    size_t length = 0;

    return STARTS_WITH_ANY(t, words, &length) &&
           t.length <= length + strlen("★二十年资料");
}

/* 卫医〔2026〕18号 */
static bool is_doc_number(struct text t)
{
    return text_find(t, "〔") < t.length && text_find(t, "〕") < t.length &&
           (text_ends(t, "号") || text_ends(t, "號"));
}

static bool take_mark(struct import_issue *issue, struct text t)
{
    struct text *to = is_serial(t)           ? &issue->serial
                      : is_urgency(t)        ? &issue->urgency
                      : is_classification(t) ? &issue->classification
                      : is_doc_number(t)     ? &issue->doc_number
                                             : NULL;

    if (to == NULL || to->length > 0)
        return false;
    *to = text_copy(&issue->arena, t);
    return true;
}

/* Take a line before the title, or behind it: subtitle, then facts, then the publisher. */
static bool take_line(
    struct import_issue *issue, struct text t, bool titled, bool *ret_facts)
{
    bool fact = masthead_fact_read(issue, t);
    struct text *to = *ret_facts ? &issue->publisher : &issue->subtitle;

    *ret_facts = *ret_facts || (fact && titled);
    if (fact || take_mark(issue, t))
        return true;
    if (!titled && text_ends(t, "文件") && issue->publisher.length == 0) {
        issue->publisher =
            text_copy(&issue->arena, text_slice(t, 0, t.length - strlen("文件")));
        return true;
    }
    if (titled && text_ends(t, "：") && issue->addressee.length == 0) {
        issue->addressee =
            text_copy(&issue->arena, text_slice(t, 0, t.length - strlen("：")));
        return true;
    }
    if (!titled || to->length > 0 || t.length > LINE_MOST || text_ends(t, "。"))
        return false;
    *to = text_copy(&issue->arena, t);
    return true;
}

void masthead_lines_read(struct import_issue *issue, struct import_source *source)
{
    bool titled = false, facts = false;

    if (issue->title.length == 0)
        return;
    for (size_t i = 0; i < source->lines.length; i++) {
        struct import_line *line = &source->lines.data[i];
        bool title = text_equal_unspaced(line->text, issue->title);

        if (title || take_line(issue, line->text, titled, &facts))
            line->role = LINE_TAKEN;
        titled = titled || title;
    }
}

/* ---- behind the last section ---- */

/* Names parted by ， or 、 (the list is the issue's). */
static void split_names(
    struct import_issue *issue, struct text t, struct text **ret_list, size_t *ret_count)
{
    static const char *const parts[] = {"，", "、", "；", ", "};
    VEC(struct text) names = {0};

    for (size_t at = 0; at < t.length;) {
        size_t end = t.length, length = 0;

        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
            size_t found = at + text_find(text_slice(t, at, t.length), parts[i]);

            if (found < end) {
                end = found;
                length = strlen(parts[i]);
            }
        }
        struct text name = text_trim(text_slice(t, at, end));
        if (name.length > 0)
            vec_push(&names, text_copy(&issue->arena, name));
        at = end + (length > 0 ? length : 1);
    }
    *ret_list = names.data;
    *ret_count = names.length;
}

static bool take_distribution(struct import_issue *issue, struct text t)
{
    static const char *const reports[] = {"报送单位：", "报送：", "报：", "呈报："};
    static const char *const sends[] = {"发送：", "主送：", "送：", "分送："};
    static const char *const copies[] = {"抄送单位：", "抄送：", "抄：", "抄发："};
    size_t length = 0;
    struct text *names = NULL;
    size_t count = 0;
    int kind = STARTS_WITH_ANY(t, reports, &length)  ? 0
               : STARTS_WITH_ANY(t, sends, &length)  ? 1
               : STARTS_WITH_ANY(t, copies, &length) ? 2
                                                     : 3;

    if (kind == 3)
        return false;
    t = behind(t, length);
    if (text_ends(t, "。"))
        t.length -= strlen("。");
    split_names(issue, t, &names, &count);
    for (size_t i = 0; i < count; i++) {
        if (kind == 0)
            vec_push(&issue->report, names[i]);
        else if (kind == 1)
            vec_push(&issue->send, names[i]);
        else
            vec_push(&issue->copy, names[i]);
    }
    memory_free(names);
    return true;
}

/* （共印118份） */
static bool take_copies(struct import_issue *issue, struct text t)
{
    size_t start = text_find(t, "共印"), end = text_find(t, "份");

    if (start == t.length || end == t.length || end < start || start > strlen("（"))
        return false;
    issue->copies =
        text_copy(&issue->arena, text_trim(text_slice(t, start + strlen("共印"), end)));
    return true;
}

/* （此件公开发布） */
static bool take_note(struct import_issue *issue, struct text t)
{
    if (!text_starts(t, "（") || !text_ends(t, "）") || issue->note.length > 0)
        return false;
    issue->note =
        text_copy(&issue->arena, text_slice(t, strlen("（"), t.length - strlen("）")));
    return true;
}

/* 附件：1. 甲 2. 乙, also with each on a line of its own. */
static bool take_attachments(struct import_issue *issue, struct text t)
{
    static const char *const words[] = {"附件："};
    size_t length = 0;

    if (!STARTS_WITH_ANY(t, words, &length))
        return false;
    t = behind(t, length);
    if (text_starts(t, "1. "))
        t = behind(t, strlen("1. "));
    for (unsigned number = 2; t.length > 0; number++) {
        char next[24];
        size_t end;

        snprintf(next, sizeof next, "%u. ", number);
        end = text_find(t, next);
        vec_push(&issue->attachments,
            text_copy(&issue->arena, text_trim(text_slice(t, 0, end))));
        t = end < t.length ? behind(t, end + strlen(next)) : TEXT("");
    }
    return true;
}

static void add_people(struct import_issue *issue, struct text role, struct text said)
{
    struct text *names = NULL;
    size_t count = 0;

    split_names(issue, said, &names, &count);
    for (size_t i = 0; i < count; i++)
        vec_push(&issue->people,
            (struct import_person){text_copy(&issue->arena, role), names[i]});
    memory_free(names);
}

/* Where the role of the colon at t[colon] begins, if a space is before it: 王伟 审核：. */
static size_t role_start(struct text t, size_t colon)
{
    size_t start = colon;

    while (start > 0 && t.data[start - 1] != ' ')
        start--;
    return start;
}

/* Text that lost its wide spaces: a part begins before each word with a colon. */
static size_t spaced_part_end(struct text t, size_t at)
{
    size_t first = at + text_find(text_slice(t, at, t.length), "：");
    size_t from = first < t.length ? first + strlen("：") : t.length;
    size_t second = from + text_find(text_slice(t, from, t.length), "：");
    size_t start = second < t.length ? role_start(t, second) : t.length;

    return start > from ? start : t.length;
}

/* 编辑：王伟，李丽　审核：赵敏; the parts by a full-width space, ·, | or two spaces. */
static bool take_people(struct import_issue *issue, struct text t)
{
    static const char *const parts[] = {"　", "  ", " · ", "·", " | ", "｜", "；"};
    bool taken = false, parted = false; /* by wide spaces or signs */

    if (text_find(t, "：") == t.length && text_find(t, ": ") == t.length)
        return false;
    for (size_t at = 0; at < t.length;) {
        size_t end = t.length, length = 1;

        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
            size_t found = at + text_find(text_slice(t, at, t.length), parts[i]);

            length = found < end ? strlen(parts[i]) : length;
            end = found < end ? found : end;
        }
        parted = parted || length > 1 || end < t.length;
        if (!parted && spaced_part_end(t, at) < end) {
            end = spaced_part_end(t, at);
            length = 0;
        }
        struct text part = text_trim(text_slice(t, at, end));
        size_t wide = text_find(part, "："), narrow = text_find(part, ": ");
        size_t colon = wide < narrow ? wide : narrow;

        if (colon > 0 && colon < part.length) {
            add_people(issue, text_slice(part, 0, colon),
                behind(part, colon + (wide < narrow ? strlen("：") : 2)));
            taken = true;
        }
        at = end + length;
    }
    return taken;
}

static bool take_signature(struct import_issue *issue, struct text t)
{
    struct date date = {0};
    bool dated = date_find(t, &date);
    struct text *to = dated ? &issue->signature_date : &issue->signature;

    if (t.length > SIGNATURE_MOST || to->length > 0 ||
        (dated && issue->signature.length == 0))
        return false;
    *to = text_copy(&issue->arena, t);
    return true;
}

bool ending_read(struct import_issue *issue, struct text line)
{
    line = text_trim(line);
    if (text_ends(line, "印发") || text_ends(line, "印發"))
        return true; /* who prints it, and when: the head says both */
    return take_distribution(issue, line) || take_copies(issue, line) ||
           take_note(issue, line) || take_attachments(issue, line) ||
           take_people(issue, line) || take_signature(issue, line);
}

/* Does the line begin with what only lines at an issue's end begin with? */
static bool is_ending(struct text t)
{
    static const char *const words[] = {"编辑：", "编译：", "审核：", "校对：", "审校：",
        "责编：", "责任编辑：", "主编：", "签发：", "撰稿：", "整理：", "排版：",
        "本期编辑：", "值班编辑：", "編輯：", "審核：", "編譯：", "責任編輯：", "报：",
        "送：", "抄：", "报送：", "抄送：", "发送：", "分送：", "抄发：", "报送单位：",
        "抄送单位：", "（共印", "(共印", "共印"};
    size_t length = 0;

    return STARTS_WITH_ANY(t, words, &length) && t.length > length;
}

/* Take the lines above line `end` that are of the end, up to the first that is not. */
static void take_above(
    struct import_issue *issue, struct import_source *source, size_t end)
{
    size_t start = end;

    while (start > 0 && (source->lines.data[start - 1].role != LINE_TEXT ||
                            is_ending(source->lines.data[start - 1].text)))
        start--;
    for (size_t i = start; i < end; i++) {
        struct import_line *line = &source->lines.data[i];

        if (line->role == LINE_TEXT && is_ending(line->text) &&
            ending_read(issue, line->text))
            line->role = LINE_TAKEN;
    }
}

void ending_lines_read(struct import_issue *issue, struct import_source *source)
{
    take_above(issue, source, source->lines.length);
    for (size_t i = source->lines.length; i-- > 0;) {
        if (source->lines.data[i].role == LINE_TEXT &&
            mark_is_contacts(source->lines.data[i].text)) {
            take_above(issue, source, i);
            return;
        }
    }
}
