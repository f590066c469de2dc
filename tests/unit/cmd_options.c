/* cmd_options: the parser of options, by a table of every kind. */
#include <stdio.h>

#include "cmd/options.h"
#include "unit_test.h"

struct values {
    const char *output, *format;
    double dpi;
    bool strict, quiet;
};

#define AT(field) offsetof(struct values, field)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "FILE", NULL, 0, 0, ""},
    {"format", '\0', OPTION_CHOICE, AT(format), "FORMAT", "pdf|png", 0, 0, ""},
    {"dpi", '\0', OPTION_NUMBER, AT(dpi), "N", NULL, 18, 2400, ""},
    {"strict", 's', OPTION_FLAG, AT(strict), NULL, NULL, 0, 0, ""},
    {"quiet", 'q', OPTION_FLAG, AT(quiet), NULL, NULL, 0, 0, ""},
    {.name = NULL},
};

#define ARGUMENT_LIMIT 16

struct parsed {
    enum options_outcome outcome;
    struct values values;
    struct operands operands;
    struct str problem, hint;
};

/* Parse arguments split at single spaces; `line` must be writable. */
static void parse(struct parsed *p, char *line)
{
    char *argv[ARGUMENT_LIMIT] = {line};
    int argc = 1;

    *p = (struct parsed){.values = {.dpi = 150}};
    for (char *c = line; *c != '\0'; c++) {
        if (*c != ' ')
            continue;
        *c = '\0';
        assert_true(argc < ARGUMENT_LIMIT);
        argv[argc++] = c + 1;
    }
    p->outcome =
        options_parse(rows, argc, argv, &p->values, &p->operands, &p->problem, &p->hint);
}

static void parsed_done(struct parsed *p)
{
    operands_done(&p->operands);
    str_done(&p->problem);
    str_done(&p->hint);
}

static void options_and_operands_mix(void **state)
{
    char line[] = "x a -o b --dpi=96 c --format png -sq -";
    struct parsed p;

    (void)state;
    parse(&p, line);
    assert_int_equal(p.outcome, OPTIONS_GOOD);
    assert_string_equal(p.values.output, "b");
    assert_string_equal(p.values.format, "png");
    assert_true(p.values.dpi > 95.9 && p.values.dpi < 96.1);
    assert_true(p.values.strict && p.values.quiet);
    assert_int_equal(p.operands.list.length, 3);
    assert_string_equal(p.operands.list.data[1], "c");
    assert_string_equal(p.operands.list.data[2], "-");
    parsed_done(&p);
}

static void two_dashes_end_the_options(void **state)
{
    char line[] = "x -oa -- --strict -o";
    struct parsed p;

    (void)state;
    parse(&p, line);
    assert_int_equal(p.outcome, OPTIONS_GOOD);
    assert_string_equal(p.values.output, "a");
    assert_false(p.values.strict);
    assert_int_equal(p.operands.list.length, 2);
    assert_string_equal(p.operands.list.data[0], "--strict");
    parsed_done(&p);
}

static void the_last_one_counts(void **state)
{
    char line[] = "x -o a --output=b";
    struct parsed p;

    (void)state;
    parse(&p, line);
    assert_string_equal(p.values.output, "b");
    parsed_done(&p);
}

static void wrong_options_are_refused(void **state)
{
    static const struct {
        const char *line, *problem, *hint;
    } cases[] = {
        {"x --outptu a", "unknown option ‘--outptu’", "did you mean ‘--output’?"},
        {"x --zebra", "unknown option ‘--zebra’", NULL},
        {"x -z", "unknown option ‘-z’", NULL},
        {"x -sz", "unknown option ‘-sz’", NULL},
        {"x --output", "this option needs a value: ‘--output’", NULL},
        {"x -so", "this option needs a value: ‘-so’", NULL},
        {"x --output=", "this option's value is empty: ‘--output=’", NULL},
        {"x --strict=1", "this option takes no value: ‘--strict=1’", NULL},
        {"x --format doc", "--format must be one of pdf|png, not ‘doc’", NULL},
        {"x --format pd", "--format must be one of pdf|png, not ‘pd’", NULL},
        {"x --dpi 17.9", "--dpi must be a number from 18 to 2400, not ‘17.9’", NULL},
        {"x --dpi nan", "--dpi must be a number from 18 to 2400, not ‘nan’", NULL},
        {"x --dpi 96dpi", "--dpi must be a number from 18 to 2400, not ‘96dpi’", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char line[64];
        struct parsed p;

        snprintf(line, sizeof line, "%s", cases[i].line);
        parse(&p, line);
        assert_int_equal(p.outcome, OPTIONS_WRONG);
        assert_string_equal(p.problem.data, cases[i].problem);
        if (cases[i].hint != NULL)
            assert_string_equal(p.hint.data, cases[i].hint);
        else
            assert_int_equal(p.hint.length, 0);
        parsed_done(&p);
    }
}

static void help_needs_no_row(void **state)
{
    char line[] = "x a --help --zebra";
    struct parsed p;

    (void)state;
    parse(&p, line);
    assert_int_equal(p.outcome, OPTIONS_HELP);
    parsed_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_mix),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(the_last_one_counts),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(help_needs_no_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
