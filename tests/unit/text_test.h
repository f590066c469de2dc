/* text_test: a shaper over the test fonts, and short notations of what it made. */
#ifndef PAIBAN_TESTS_TEXT_TEST_H
#define PAIBAN_TESTS_TEXT_TEST_H

#include "font_test.h"
#include "text/cluster.h"

#define SIZE (10 * UNIT_PT)

struct text_fixture {
    struct font_fixture font;
    struct shaper *shaper;
    struct arena arena;
    struct str out;
};

static inline int text_setup(void **state)
{
    struct text_fixture *f = memory_alloc(sizeof *f);
    font_fixture_init(&f->font);
    f->shaper = shaper_new(f->font.fonts, "render/out");
    arena_init(&f->arena);
    *state = f;
    return 0;
}

static inline int text_teardown(void **state)
{
    struct text_fixture *f = *state;
    str_done(&f->out);
    arena_done(&f->arena);
    shaper_free(f->shaper);
    font_fixture_done(&f->font);
    memory_free(f);
    return 0;
}

static inline struct run text_run(const char *language, const char *text)
{
    return (struct run){.text = text_of(text),
        .role = ROLE_SONG,
        .latin_role = ROLE_LATIN_SERIF,
        .weight = 400,
        .size = SIZE,
        .language = language,
        .span = SPAN_NONE};
}

static inline struct paragraph_text *shape_all(
    struct text_fixture *f, const struct run *runs, uint32_t count)
{
    struct paragraph_text *p =
        text_shape(f->shaper, &f->arena, runs, count, false, &f->font.sink);
    assert_non_null(p);
    return p;
}

static inline struct paragraph_text *shape(
    struct text_fixture *f, const char *language, const char *text)
{
    struct run *run = ARENA_NEW(&f->arena, struct run);
    *run = text_run(language, text);
    return shape_all(f, run, 1);
}

/* "han×2 comma": the classes, equal neighbours counted. */
static inline const char *classes_of(
    struct text_fixture *f, const struct paragraph_text *p)
{
    str_clear(&f->out);
    for (uint32_t i = 0; i < p->cluster_count;) {
        uint32_t end = i;
        while (end < p->cluster_count && p->clusters[end].class == p->clusters[i].class) {
            end++;
        }
        str_printf(&f->out, "%s%s", i == 0 ? "" : " ",
            cluster_class_name((enum cluster_class)p->clusters[i].class));
        if (end - i > 1) {
            str_printf(&f->out, "×%u", end - i);
        }
        i = end;
    }
    return f->out.data;
}

/* "他|说，|“GDP”|": the text with a bar where a break is allowed. */
static inline const char *breaks_of(
    struct text_fixture *f, const struct paragraph_text *p)
{
    str_clear(&f->out);
    for (uint32_t i = 0; i < p->cluster_count; i++) {
        const struct cluster *c = &p->clusters[i];
        str_append_text(&f->out, text_slice(p->text, c->start, c->start + c->length));
        if (c->break_after != BREAK_NO && i + 1 < p->cluster_count) {
            str_append_char(&f->out, c->break_after == BREAK_FORCED ? '!' : '|');
        }
    }
    return f->out.data;
}

#endif
