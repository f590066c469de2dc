/* content_test: read a Markdown text and look at its tree and findings. */
#ifndef PAIBAN_TESTS_CONTENT_TEST_H
#define PAIBAN_TESTS_CONTENT_TEST_H

#include "unit_test.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "content/document.h"

struct fixture {
    struct files files;
    struct diagnostics sink;
    struct document *document; /* read last */
    struct str dump;           /* of its tree */
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    files_init(&f->files);
    diagnostics_init(&f->sink);
    str_init(&f->dump);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    document_free(f->document);
    files_done(&f->files);
    diagnostics_done(&f->sink);
    str_done(&f->dump);
    memory_free(f);
    return 0;
}

static inline void read_only(struct fixture *f, const char *name, struct text text)
{
    document_free(f->document);
    diagnostics_clear(&f->sink);
    str_clear(&f->dump);
    str_append_string(&f->dump, "");
    uint32_t file = (uint32_t)files_add_text(&f->files, name, text);
    f->document = document_from_text(&f->files, file, NULL, &f->sink);
}

/* Read a text as the file NAME; the dump of its tree, "" after a fatal diagnostic. */
static inline const char *read_named(
    struct fixture *f, const char *name, struct text text)
{
    read_only(f, name, text);
    if (f->document != NULL)
        tree_dump(f->document->root, &f->files, &f->dump);
    return f->dump.data;
}

static inline const char *read_text(struct fixture *f, const char *text)
{
    return read_named(f, "t.md", text_of(text));
}

static inline void check_holds(const char *dump, const char *part)
{
    if (strstr(dump, part) == NULL)
        fail_msg("no ‘%s’ in\n%s", part, dump);
}

static inline void check_lacks(const char *dump, const char *part)
{
    if (strstr(dump, part) != NULL)
        fail_msg("‘%s’ in\n%s", part, dump);
}

/* The text has these parts in its tree, in this order; the last is NULL. */
#define check_tree(f, source, ...)                                                       \
    check_parts(read_text((f), (source)), (const char *const[]){__VA_ARGS__, NULL})

static inline void check_parts(const char *dump, const char *const *parts)
{
    const char *at = dump;

    for (; *parts != NULL; parts++) {
        const char *found = strstr(at, *parts);
        if (found == NULL)
            fail_msg("no ‘%s’ (in this order) in\n%s", *parts, dump);
        else
            at = found + strlen(*parts);
    }
}

static inline unsigned count_of(const struct fixture *f, enum diag_id id)
{
    unsigned count = 0;

    for (size_t i = 0; i < f->sink.list.length; i++)
        count += f->sink.list.data[i].id == id;
    return count;
}

/* Reading the text tells id at line:column; the first such finding counts. */
static inline void check_told(
    struct fixture *f, const char *text, enum diag_id id, uint32_t line, uint32_t column)
{
    (void)read_text(f, text);
    for (size_t i = 0; i < f->sink.list.length; i++) {
        uint32_t found_line, found_column;
        if (f->sink.list.data[i].id != id)
            continue;
        files_position(&f->files, f->sink.list.data[i].span, &found_line, &found_column);
        assert_int_equal(found_line, line);
        assert_int_equal(found_column, column);
        return;
    }
    fail_msg("%s is not told in ‘%s’", diag_info(id)->name, text);
}

/* Reading the text tells nothing at all. */
static inline void check_silent(struct fixture *f, const char *text)
{
    (void)read_text(f, text);
    if (f->sink.list.length > 0)
        fail_msg("‘%s’ is told in ‘%s’", f->sink.list.data[0].message, text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
