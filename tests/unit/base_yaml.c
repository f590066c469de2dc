/* Tests of base/yaml.h: values, exact places behind Han text, every refusal. */
#include "unit_test.h"

#include <stdbool.h>
#include <string.h>

#include "base/files.h"
#include "base/yaml.h"

struct fixture {
    struct files files;
    struct diagnostics sink;
    struct arena arena;
    uint32_t file; /* of the text read last */
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    files_init(&f->files);
    diagnostics_init(&f->sink);
    arena_init(&f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    files_done(&f->files);
    diagnostics_done(&f->sink);
    arena_done(&f->arena);
    memory_free(f);
    return 0;
}

static const struct yaml_value *read_text(struct fixture *f, const char *text)
{
    diagnostics_clear(&f->sink);
    f->file = (uint32_t)files_add_text(&f->files, "t.yaml", text_of(text));
    return yaml_read(&f->arena, &f->files, f->file, 0,
        files_get(&f->files, f->file)->bytes.length, &f->sink);
}

/* The source under a span is what is expected. */
static void check_span(struct fixture *f, struct span span, const char *expected)
{
    struct text bytes = files_get(&f->files, f->file)->bytes;
    struct text found = text_slice(bytes, span.offset, span.offset + span.length);

    assert_int_equal(span.file, f->file);
    assert_string_equal(text_copy(&f->arena, found).data, expected);
}

static void check_refused(struct fixture *f, const char *text, uint32_t line,
    uint32_t column, const char *message_part)
{
    uint32_t found_line, found_column;
    const struct diagnostic *d;

    assert_null(read_text(f, text));
    assert_int_equal(f->sink.count[LEVEL_FATAL], 1);
    d = vec_last(&f->sink.list);
    assert_int_equal(d->id, DIAG_YAML_SYNTAX);
    if (strstr(d->message, message_part) == NULL)
        fail_msg("‘%s’ does not say ‘%s’", d->message, message_part);
    files_position(&f->files, d->span, &found_line, &found_column);
    if (found_line != line || found_column != column)
        fail_msg(
            "‘%s’: at %u:%u, not %u:%u", text, found_line, found_column, line, column);
}

static void values_have_kinds_and_places(void **state)
{
    struct fixture *f = *state;
    const struct yaml_value *root =
        read_text(f, "\xEF\xBB\xBF# 注释\n"
                     "title: 互联网+远程医疗  # 题\n"
                     "contacts:\n"
                     "  - {name: 国家远程医疗中心, email: \"a@b\"}\n"
                     "  - 电话\n"
                     "空:\n");
    const struct yaml_value *contacts, *first;

    assert_non_null(root);
    assert_int_equal(f->sink.list.length, 0);
    assert_int_equal(root->kind, YAML_MAPPING);
    assert_int_equal(root->length, 3);
    check_span(f, root->keys[0].span, "title");
    check_span(f, root->items[0].span, "互联网+远程医疗");
    assert_true(text_is(yaml_text(yaml_lookup(root, "title")), "互联网+远程医疗"));
    contacts = yaml_lookup(root, "contacts");
    assert_int_equal(contacts->kind, YAML_SEQUENCE);
    assert_int_equal(contacts->length, 2);
    first = &contacts->items[0];
    check_span(f, first->span, "{name: 国家远程医疗中心, email: \"a@b\"}");
    check_span(f, yaml_lookup(first, "email")->span, "\"a@b\"");
    assert_true(yaml_lookup(first, "email")->quoted);
    assert_false(yaml_lookup(first, "name")->quoted);
    check_span(f, contacts->span, "- {name: 国家远程医疗中心, email: \"a@b\"}\n  - 电话");
    check_span(f, root->keys[2].span, "空");
    assert_true(yaml_is_null(yaml_lookup(root, "空")));
    assert_null(yaml_lookup(root, "Title"));
    assert_null(yaml_lookup(&root->items[0], "title"));
}

/* A head is a part of its file: places count from the file's start. */
static void a_part_is_read_in_place(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "---\n题: 甲\n---\n正文: [";
    const struct yaml_value *root;

    f->file = (uint32_t)files_add_text(&f->files, "i.md", TEXT(text));
    root = yaml_read(&f->arena, &f->files, f->file, 4, 13, &f->sink);
    assert_non_null(root);
    assert_int_equal(root->length, 1);
    check_span(f, root->items[0].span, "甲");
    check_span(f, root->keys[0].span, "题");
}

static void empty_is_an_empty_mapping(void **state)
{
    static const char *const texts[] = {
        "", "\n\n", "# 只有注释\n", "---\n", "\xEF\xBB\xBF"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct yaml_value *root = read_text(*state, texts[i]);

        assert_non_null(root);
        assert_int_equal(root->kind, YAML_MAPPING);
        assert_int_equal(root->length, 0);
    }
}

static void words_are_read(void **state)
{
    const struct yaml_value *root =
        read_text(*state, "{a: yes, b: Off, c: TRUE, d: maybe, e: ~, f: 'null', g: null, "
                          "h: 'no', i: falsetto}");
    bool value = true;

    assert_true(yaml_bool(yaml_lookup(root, "b"), &value) && !value);
    assert_true(yaml_bool(yaml_lookup(root, "a"), &value) && value);
    assert_true(yaml_bool(yaml_lookup(root, "c"), &value) && value);
    assert_false(yaml_bool(yaml_lookup(root, "d"), &value));
    assert_false(yaml_bool(yaml_lookup(root, "i"), &value));
    assert_false(yaml_bool(root, &value));
    assert_false(yaml_bool(NULL, &value));
    assert_true(value);
    assert_true(yaml_is_null(yaml_lookup(root, "e")));
    assert_false(yaml_is_null(yaml_lookup(root, "f")));
    assert_true(yaml_is_null(yaml_lookup(root, "g")));
    assert_true(yaml_is_null(NULL));
    assert_true(text_is(yaml_text(yaml_lookup(root, "f")), "null"));
    assert_true(text_is(yaml_text(yaml_lookup(root, "g")), ""));
    assert_true(text_is(yaml_text(root), ""));
}

static void the_first_of_two_keys_stands(void **state)
{
    struct fixture *f = *state;
    const struct yaml_value *root = read_text(f, "题: 甲\nb: 1\n题: 乙\n");

    assert_non_null(root);
    assert_int_equal(root->length, 2);
    assert_true(text_is(yaml_text(yaml_lookup(root, "题")), "甲"));
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_YAML_DUPLICATE);
    assert_int_equal(f->sink.list.data[0].span.offset, 14);
    /* The same key in another mapping is another key. */
    assert_non_null(read_text(f, "a: {b: 1}\nb: 2\n"));
    assert_int_equal(f->sink.list.length, 0);
}

static void errors_have_their_place(void **state)
{
    struct fixture *f = *state;

    check_refused(f, "题目: 甲乙丙\n列: [一, 二\n尾: 三\n", 3, 2, "flow sequence");
    check_refused(f, "题目: \"没有结束\n", 2, 1, "quoted scalar");
    check_refused(f, "甲: 乙: 丙\n", 1, 5, "mapping values");
    check_refused(f, "甲:\n\t乙: 1\n", 2, 1, "token");
    assert_non_null(f->sink.list.data[0].hint);
    check_refused(f, "a: 汉字\n b: 1\n", 2, 3, "mapping values");
    check_refused(f, "汉: %x\n", 1, 4, "token");
    check_refused(f, "汉字: \"\\q\"\n", 1, 6, "escape");
    check_refused(f, "汉\x01字: \"\\q\"\n", 1, 7, "escape");
    f->file = (uint32_t)files_add_text(&f->files, "x", TEXT("汉: \xFF"));
    diagnostics_clear(&f->sink);
    assert_null(yaml_read(&f->arena, &f->files, f->file, 0, 6, &f->sink));
    assert_int_equal(f->sink.list.data[0].span.offset, 5);
}

static void control_characters_are_told_and_dropped(void **state)
{
    struct fixture *f = *state;
    const struct yaml_value *root = read_text(f, "题\x01目: 甲\x07乙\n\x7F键: [丙]\n");
    struct str s;

    assert_non_null(root);
    assert_int_equal(f->sink.list.length, 3);
    assert_int_equal(f->sink.list.data[1].id, DIAG_CONTROL_CHARACTER);
    check_span(f, f->sink.list.data[1].span, "\x07");
    assert_true(text_is(yaml_text(yaml_lookup(root, "题目")), "甲乙"));
    check_span(f, root->items[0].span, "甲\x07乙");
    check_span(f, root->items[1].span, "[丙]");
    assert_non_null(yaml_lookup(root, "键"));
    str_init(&s);
    for (int i = 0; i < 1000; i++)
        str_append_char(&s, '\x02');
    assert_non_null(read_text(f, s.data));
    assert_int_equal(f->sink.list.length, 21);
    assert_non_null(strstr(vec_last(&f->sink.list)->message, "980"));
    str_done(&s);
}

static void what_is_not_supported_is_refused(void **state)
{
    struct fixture *f = *state;

    check_refused(f, "汉: &a 1\n", 1, 4, "anchors");
    check_refused(f, "汉: &a {b: 1}\n", 1, 4, "anchors");
    check_refused(f, "汉: &a [b]\n", 1, 4, "anchors");
    check_refused(f, "汉: *a\n", 1, 4, "aliases");
    check_refused(f, "汉: !!str 1\n", 1, 4, "tags");
    check_refused(f, "汉: !x [1]\n", 1, 4, "tags");
    check_refused(f, "汉: 1\n---\n字: 2\n", 2, 1, "second document");
    check_refused(f, "? [a]\n: 1\n", 1, 3, "key");
    check_refused(f, "汉: \"a\\0b\"\n", 1, 4, "U+0000");
}

static void depth_and_number_are_limited(void **state)
{
    struct fixture *f = *state;
    struct str s;

    str_init(&s);
    for (int i = 0; i < YAML_DEPTH_LIMIT - 1; i++)
        str_append_char(&s, '[');
    str_append_string(&s, "1");
    for (int i = 0; i < YAML_DEPTH_LIMIT - 1; i++)
        str_append_char(&s, ']');
    assert_non_null(read_text(f, s.data));
    str_clear(&s);
    for (int i = 0; i < 100000; i++)
        str_append_char(&s, '[');
    check_refused(f, s.data, 1, YAML_DEPTH_LIMIT + 1, "deep");
    str_clear(&s);
    for (int i = 0; i < 100001; i++)
        str_append_string(&s, "-\n");
    check_refused(f, s.data, 100000, 2, "too many");
    str_done(&s);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(values_have_kinds_and_places),
        CASE(a_part_is_read_in_place),
        CASE(empty_is_an_empty_mapping),
        CASE(words_are_read),
        CASE(the_first_of_two_keys_stands),
        CASE(errors_have_their_place),
        CASE(control_characters_are_told_and_dropped),
        CASE(what_is_not_supported_is_refused),
        CASE(depth_and_number_are_limited),
    };

    return cmocka_run_group_tests_name("base_yaml", tests, NULL, NULL);
}
