/* Borders between characters: Unicode's own tests, where they are installed, and ours. */
#include <stdio.h>
#include "base/utf8.h"
#include "text/borders.h"
#include "text_test.h"

#define FOLDER "/usr/share/unicode/auxiliary/" /* of Debian's unicode-data */

/* One line of a file of tests: the characters, and whether a border is before each. */
struct sample {
    VEC(uint32_t) codepoints;
    VEC(bool) borders;
};

static void sample_read(struct sample *sample, char *line)
{
    char *state = NULL;
    vec_clear(&sample->codepoints);
    vec_clear(&sample->borders);
    line[strcspn(line, "#\n")] = '\0';
    for (char *word = strtok_r(line, " \t", &state); word != NULL;
         word = strtok_r(NULL, " \t", &state)) {
        if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0)
            vec_push(&sample->borders, strcmp(word, "÷") == 0);
        else
            vec_push(&sample->codepoints, (uint32_t)strtoul(word, NULL, 16));
    }
}

/* Places that borders_find() sees in another way; the first is left out (sot). */
static size_t wrong_places(const struct sample *sample, enum border kind)
{
    size_t count = sample->codepoints.length, wrong = 0;
    uint8_t *borders = memory_alloc(count + 1);
    borders_find(sample->codepoints.data, count, borders);
    for (size_t i = 1; i <= count; i++)
        wrong += ((borders[i] & kind) != 0) != sample->borders.data[i];
    memory_free(borders);
    return wrong;
}

static void check_file(const char *path, enum border kind, size_t least)
{
    FILE *file = fopen(path, "r");
    struct sample sample = {0};
    char *line = NULL;
    size_t size = 0, samples = 0;
    if (file == NULL) {
        print_message("skipped: %s is not installed (unicode-data)\n", path);
        skip();
    }
    while (getline(&line, &size, file) > 0) {
        sample_read(&sample, line);
        if (sample.codepoints.length == 0)
            continue;
        samples++;
        assert_int_equal(sample.borders.length, sample.codepoints.length + 1);
        if (wrong_places(&sample, kind) > 0)
            fail_msg("%s, sample %zu", path, samples);
    }
    assert_true(samples >= least);
    fclose(file);
    free(line);
    vec_done(&sample.codepoints);
    vec_done(&sample.borders);
}

static void lines_of_unicode(void **state)
{
    (void)state;
    check_file(FOLDER "LineBreakTest.txt", BORDER_LINE, 7000);
}

static void clusters_of_unicode(void **state)
{
    (void)state;
    check_file(FOLDER "GraphemeBreakTest.txt", BORDER_CLUSTER, 500);
}

/* The text with | where a line may break, . where no cluster begins. */
static void expect(const char *text, const char *wanted, bool dictionary)
{
    uint32_t codepoints[64] = {0};
    uint8_t borders[65];
    size_t count = 0, length = strlen(text);
    struct str got = {0};
    for (size_t offset = 0; offset < length;)
        codepoints[count++] = utf8_next(text, length, &offset);
    assert_int_equal(borders_find(codepoints, count, borders), dictionary);
    for (size_t i = 0; i < count; i++) {
        if ((borders[i] & BORDER_LINE) != 0)
            str_append_char(&got, '|');
        if ((borders[i] & BORDER_CLUSTER) == 0)
            str_append_char(&got, '.');
        str_append_codepoint(&got, codepoints[i]);
    }
    assert_string_equal(got.data, wanted);
    str_done(&got);
}

static void ours(void **state)
{
    (void)state;
    expect("互联网", "互|联|网", false);
    expect("「甲」，乙", "「甲」，|乙", false);
    expect("用5G网", "用|5G|网", false);
    expect("约-12.5%的", "约-12.5%|的", false);
    expect("e\xCC\x81t", "e.\xCC\x81t", false);
    expect("👩\xE2\x80\x8D🔬a", "👩.\xE2\x80\x8D.🔬|a", false);
    expect("ไทย", "ไทย", true);
    expect("ไ中", "ไ|中", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_unicode),
        cmocka_unit_test(clusters_of_unicode),
        cmocka_unit_test(ours),
    };
    return cmocka_run_group_tests_name("text_borders", tests, NULL, NULL);
}
