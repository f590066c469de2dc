/* marks: where a footnote's mark stands at a stop, as the layout says.
 *
 * clreq leaves it open whether the mark follows the stop (…医院。¹) or stands before it
 * (…医院¹。); houses differ. The order in the source is kept unless rules.note-marks asks
 * for one of the two; then the stop changes its place with the mark.
 */
#include "flow/marks.h"
#include <string.h>
#include "base/utf8.h"

static bool is_stop(uint32_t codepoint)
{
    static const uint32_t stops[] = {
        0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (stops[i] == codepoint)
            return true;
    return false;
}

/* Bytes of stops at the end of text. */
static size_t stops_at_end(struct text text)
{
    size_t start = text.length;
    while (start > 0) {
        size_t before = start;
        if (!is_stop(utf8_previous(text.data, &before)))
            break;
        start = before;
    }
    return text.length - start;
}

static size_t stops_at_start(struct text text)
{
    size_t end = 0;
    while (end < text.length) {
        size_t after = end;
        if (!is_stop(utf8_next(text.data, text.length, &after)))
            break;
        end = after;
    }
    return end;
}

/* Bytes [start, end) of a run as a run of its own. */
static struct run slice(const struct run *run, size_t start, size_t end)
{
    struct run part = *run;
    part.text = text_slice(run->text, start, end);
    if (run->exact) {
        part.span.offset += (uint32_t)start;
        part.span.length = (uint32_t)(end - start);
    }
    return part;
}

/* Put a run at index; the marks behind it move on. */
static void insert_run(struct run_list *list, uint32_t index, struct run run)
{
    vec_push(&list->items, run);
    memmove(&list->items.data[index + 1], &list->items.data[index],
        (list->items.length - index - 1) * sizeof run);
    list->items.data[index] = run;
    for (size_t i = 0; i < list->notes.length; i++)
        if (list->notes.data[i].run >= index)
            list->notes.data[i].run++;
}

static void stop_behind(struct run_list *list, uint32_t mark)
{
    struct run *run = mark > 0 ? &list->items.data[mark - 1] : NULL;
    size_t stops = run != NULL && run->kind == RUN_TEXT ? stops_at_end(run->text) : 0;
    if (stops == 0)
        return;
    struct run stop = slice(run, run->text.length - stops, run->text.length);
    *run = slice(run, 0, run->text.length - stops);
    insert_run(list, mark + 1, stop);
}

static void stop_before(struct run_list *list, uint32_t mark)
{
    struct run *run = mark + 1 < list->items.length ? &list->items.data[mark + 1] : NULL;
    size_t stops = run != NULL && run->kind == RUN_TEXT ? stops_at_start(run->text) : 0;
    if (stops == 0)
        return;
    struct run stop = slice(run, 0, stops);
    *run = slice(run, stops, run->text.length);
    insert_run(list, mark, stop);
}

void marks_place(struct run_list *list, enum note_marks rule)
{
    for (size_t i = 0; i < list->notes.length; i++) {
        uint32_t mark = list->notes.data[i].run;
        if (rule == NOTE_MARKS_BEFORE_PUNCTUATION)
            stop_behind(list, mark);
        else if (rule == NOTE_MARKS_AFTER_PUNCTUATION)
            stop_before(list, mark);
    }
}
