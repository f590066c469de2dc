/* job_watch: what an edit costs: only its paragraph is composed, and pages that end where
 * they did are taken over. The test is the editor: it saves from within the event of the
 * rendering before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job/watch.h"
#include "unit_test.h"

#define PARAGRAPHS 80
#define BREAK_AT   40 /* a page begins here */
#define STEPS      5

struct editor {
    char folder[64];
    char issue[96], pdf[96];
    int step;                         /* the rendering that comes next */
    struct watch_event events[STEPS]; /* their lists are gone */
    size_t changed[STEPS];            /* pages */
    bool ended;
};

/* The issue after so many edits. */
static void save(const struct editor *editor, int edits)
{
    FILE *file = fopen(editor->issue, "w");

    assert_non_null(file);
    fputs("---\ntitle: 月报\nlayout: base\ncover: no\n---\n\n", file);
    for (int i = 0; i < PARAGRAPHS; i++) {
        if (i == BREAK_AT)
            fputs("<!-- pagebreak -->\n\n", file);
        if (i == 3 && edits >= 2)
            fputs("新添的一段，有些长，长到要占去两行，长到要占去两行，长到要占去两行。\n"
                  "\n",
                file);
        fprintf(file, "第 %d 段，%s，这是它的文字，文字不长，也不短，够两行就好了。\n\n",
            i, i == 1 && edits >= 1 ? "改过" : "原样");
    }
    if (edits >= 3)
        fputs("末尾的一段。\n", file);
    assert_int_equal(fclose(file), 0);
}

static void on_event(const struct watch *watch, const struct watch_event *event)
{
    struct editor *editor = watch->context;

    editor->changed[editor->step] = event->changes.list.length;
    editor->events[editor->step++] = *event;
    editor->ended = editor->step == STEPS;
    if (!editor->ended)
        save(editor, editor->step < 4 ? editor->step : 0); /* the last undoes them all */
}

static void on_finding(const struct watch *watch)
{
    (void)watch;
}

static void run(struct editor *editor)
{
    struct watch watch;

    snprintf(editor->folder, sizeof editor->folder, "/tmp/paiban-watch-XXXXXX");
    assert_non_null(mkdtemp(editor->folder));
    snprintf(editor->issue, sizeof editor->issue, "%s/a.md", editor->folder);
    snprintf(editor->pdf, sizeof editor->pdf, "%s/a.pdf", editor->folder);
    save(editor, 0);
    watch_init(&watch, editor->issue, editor->pdf);
    watch.context = editor;
    watch.ended = &editor->ended;
    watch.on_event = on_event;
    watch.on_finding = on_finding;
    watch_run(&watch);
    watch_done(&watch);
    unlink(editor->issue);
    unlink(editor->pdf);
    assert_int_equal(rmdir(editor->folder), 0);
}

static void an_edit_composes_its_paragraph_and_joins_its_pages(void **state)
{
    struct editor editor = {.step = 0};
    const struct watch_event *e = editor.events;

    (void)state;
    run(&editor);
    assert_int_equal(editor.step, STEPS);
    for (int i = 0; i < STEPS; i++)
        assert_true(e[i].rendered && e[i].pages >= 4);
    assert_true(e[0].first && e[0].composed > PARAGRAPHS);
    assert_int_equal(e[0].joined, 0);
    /* a word: no line more */
    assert_int_equal(e[1].composed, 1);
    assert_int_equal(e[1].joined, e[1].pages);
    assert_int_equal(editor.changed[1], 1);
    /* a paragraph more: the pages from the break on end where they did */
    assert_int_equal(e[2].composed, 1);
    assert_true(e[2].joined > 0 && e[2].joined < e[2].pages);
    assert_true(editor.changed[2] < e[2].pages);
    /* one at the end: a list that ends otherwise is cut anew */
    assert_int_equal(e[3].composed, 1);
    assert_int_equal(e[3].joined, 0);
    /* everything undone: all of it is known */
    assert_int_equal(e[4].composed, 0);
    assert_int_equal(e[4].pages, e[0].pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edit_composes_its_paragraph_and_joins_its_pages),
    };

    if (getenv("PAIBAN_SOURCE") != NULL)
        setenv("PAIBAN_DATADIR", getenv("PAIBAN_SOURCE"), 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
