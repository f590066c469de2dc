/* layout/keys: the table is sound, paths and slots agree, values are parsed, docs are in
 * step. */
#include "layout_bench.h"
#include "layout/keys.h"
#include "layout/template.h"

static void paths_and_slots_agree(void **state)
{
    (void)state;
    struct str path;
    str_init(&path);
    for (uint32_t slot = 0; slot < key_slot_count(); slot++) {
        uint32_t found = UINT32_MAX;
        str_clear(&path);
        key_append_path(slot, &path);
        assert_true(path.length < KEY_PATH_LIMIT);
        assert_true(key_find(str_text(&path), &found));
        assert_int_equal(found, slot); /* so no path stands twice */
        assert_false(key_is_group(str_text(&path)));
    }
    str_done(&path);
}

static void what_is_no_key_is_not_found(void **state)
{
    (void)state;
    uint32_t slot;
    assert_false(key_find(TEXT("page"), &slot));
    assert_false(key_find(TEXT("page.margin"), &slot));
    assert_false(key_find(TEXT("styles.item"), &slot));
    assert_false(key_find(TEXT("styles.nothing.size"), &slot));
    assert_false(key_find(TEXT("styles.item.size.x"), &slot));
    assert_false(key_find(TEXT(""), &slot));
    assert_true(key_is_group(TEXT("header.odd")));
    assert_true(key_is_group(TEXT("styles.item")));
    assert_false(key_is_group(TEXT("styles.nothing")));
    assert_false(key_is_group(TEXT("stylesheet")));
    assert_false(key_is_group(TEXT("header.o")));
}

static void defaults_are_valid(void **state)
{
    (void)state;
    struct arena arena;
    struct str must;
    arena_init(&arena);
    str_init(&must);
    for (uint32_t slot = 0; slot < key_plain_count() + key_style_count(); slot++) {
        const struct key *key = key_at(slot);
        struct key_value value = {0};
        assert_true(key_parse(key, text_of(key->fallback), false, &arena, &value, &must));
        assert_true(key->help[0] != '\0' && key->help[strlen(key->help) - 1] != '.');
        if (key->type == KEY_LENGTH && value.length.kind == LENGTH_ABSOLUTE) {
            assert_true(value.length.value >= key->least || key->unset != UNSET_NEUTRAL ||
                        value.length.value == 0);
            assert_true(value.length.value <= key->most);
        }
        size_t end = key->offset + sizeof(int);
        assert_true(end <= (slot < key_plain_count() ? sizeof(struct layout)
                                                     : sizeof(struct style)));
    }
    str_done(&must);
    arena_done(&arena);
}

static bool parses(const char *path, const char *text, struct key_value *ret_value)
{
    static struct arena arena; /* of all tests; strings stay until the end */
    uint32_t slot;
    struct str must;
    str_init(&must);
    assert_true(key_find(text_of(path), &slot));
    bool parsed = key_parse(key_at(slot), text_of(text), false, &arena, ret_value, &must);
    assert_int_equal(parsed, must.length == 0); /* refused: it says what must be */
    str_done(&must);
    if (key_at(slot)->type >= KEY_STRING && key_at(slot)->type <= KEY_NAME) {
        ret_value->string = NULL; /* it goes with the arena */
    }
    arena_done(&arena);
    return parsed;
}

static void expect_number(const char *path, const char *text, long number)
{
    struct key_value value = {0};
    assert_true(parses(path, text, &value));
    assert_int_equal(value.number, number);
}

static void expect_refused(const char *path, const char *text)
{
    struct key_value value = {.number = 4711};
    assert_false(parses(path, text, &value));
    assert_int_equal(value.number, 4711);
    assert_false(value.parsed);
}

static void values(void **state)
{
    (void)state;
    expect_number("rules.squeeze", "adjacent", SQUEEZE_ADJACENT);
    expect_number("rules.hanging", "off", HANGING_OFF);
    expect_number(
        "rules.note-marks", "before-punctuation", NOTE_MARKS_BEFORE_PUNCTUATION);
    expect_number("page.paper", "letter", PAPER_LETTER);
    expect_number("rules.han-latin.natural", "0.25em", 250);
    expect_number("rules.han-latin.natural", "0", 0);
    expect_number("page.first-number", "0", 0);
    expect_number("page.mirror", "yes", 1);
    expect_number("styles.body.colour", "#C00a1f", 0xC00A1F);
    expect_number("styles.body.colour", "white", 0xFFFFFF);
}

static void wrong_values(void **state)
{
    (void)state;
    expect_refused("rules.squeeze", "");
    expect_refused("rules.squeeze", "adj");
    expect_refused("rules.squeeze", "none|adjacent");
    expect_refused("page.paper", "A4 ");
    expect_refused("rules.han-latin.natural", "3pt"); /* a gap is in em */
    expect_refused("rules.han-latin.natural", "2.5em");
    expect_refused("rules.han-latin.natural", "-0.1em");
    expect_refused("page.first-number", "-1");
    expect_refused("page.first-number", "1.5");
    expect_refused("page.first-number", "99999999999999999999");
    expect_refused("page.mirror", "maybe");
    expect_refused("styles.body.colour", "#12345");
    expect_refused("styles.body.colour", "#12345G");
    expect_refused("styles.body.colour", "123456");
    expect_refused("styles.body.role", "");
    expect_refused("styles.body.role", "Song Ti");
    expect_refused("styles.body.size", "12");
    expect_refused("styles.body.size", "12px");
}

static void long_strings_are_refused(void **state)
{
    (void)state;
    char text[KEY_STRING_LIMIT + 2];
    struct key_value value = {0};
    memset(text, 'x', sizeof text);
    text[KEY_STRING_LIMIT] = '\0';
    assert_true(parses("highlights.heading", text, &value));
    text[KEY_STRING_LIMIT] = 'x';
    text[KEY_STRING_LIMIT + 1] = '\0';
    expect_refused("highlights.heading", text);
}

/* The description and the table are one. */
static void reference_is_in_step(void **state)
{
    (void)state;
    const char *source = getenv("PAIBAN_SOURCE");
    char path[4096];
    struct files files;
    struct diagnostics sink;
    struct str text;
    snprintf(path, sizeof path, "%s/docs/LAYOUT.md", source != NULL ? source : ".");
    files_init(&files);
    diagnostics_init(&sink);
    str_init(&text);
    layout_reference(&text);
    int file = files_read_text(&files, path, FILES_SOURCE_LIMIT, SPAN_NONE, &sink);
    assert_true(file >= 0);
    if (!text_equal(files_get(&files, (uint32_t)file)->bytes, str_text(&text))) {
        fail_msg("docs/LAYOUT.md is out of step: run ninja docs-layout");
    }
    str_done(&text);
    diagnostics_done(&sink);
    files_done(&files);
}

static void keys_are_printed(void **state)
{
    (void)state;
    struct str text;
    str_init(&text);
    layout_keys_print(&text);
    assert_non_null(strstr(text.data, "page.margin-top"));
    assert_non_null(strstr(text.data, "styles.*.line-pitch"));
    assert_non_null(strstr(text.data, "6pt…200pt"));
    assert_non_null(strstr(text.data, "highlights-title"));
    str_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_and_slots_agree),
        cmocka_unit_test(what_is_no_key_is_not_found),
        cmocka_unit_test(defaults_are_valid),
        cmocka_unit_test(values),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(long_strings_are_refused),
        cmocka_unit_test(reference_is_in_step),
        cmocka_unit_test(keys_are_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
