/* options: argv → a command's struct, by its table; see options.h. */
#include "cmd/options.h"

#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"

/* The arguments being read and where findings go. */
struct parser {
    const struct option_row *rows;
    int argc;
    char **argv;
    int next;            /* index in argv of the next argument */
    char *values;        /* the command's struct */
    struct str *problem; /* what is wrong */
    struct str *hint;
};

/* A problem with the quoted word in its text: "unknown option ‘--pgaes’". */
static bool refuse(struct parser *parser, const char *before, const char *word)
{
    str_append_string(parser->problem, before);
    str_append_string(parser->problem, _(" ‘"));
    str_append_escaped(parser->problem, text_of(word));
    str_append_string(parser->problem, _("’"));
    return false;
}

static const struct option_row *find_long(const struct option_row *rows, struct text name)
{
    for (; rows->name != NULL; rows++) {
        if (text_is(name, rows->name))
            return rows;
    }
    return NULL;
}

static const struct option_row *find_letter(const struct option_row *rows, char letter)
{
    for (; rows->name != NULL; rows++) {
        if (rows->letter == letter)
            return rows;
    }
    return NULL;
}

static bool refuse_unknown(struct parser *parser, const char *argument, struct text name)
{
    VEC(const char *) names = {0};
    const char *nearest;

    for (const struct option_row *row = parser->rows; row->name != NULL; row++)
        vec_push(&names, row->name);
    nearest = nearest_name(name, names.data, names.length);
    if (nearest != NULL)
        str_printf(parser->hint, _("did you mean ‘--%s’?"), nearest);
    vec_done(&names);
    return refuse(parser, _("unknown option"), argument);
}

static bool is_choice(const char *choices, struct text value)
{
    struct text rest = text_of(choices);

    for (;;) {
        size_t bar = text_find(rest, "|");

        if (text_equal(text_slice(rest, 0, bar), value))
            return true;
        if (bar == rest.length)
            return false;
        rest = text_slice(rest, bar + 1, rest.length);
    }
}

static bool set_choice(struct parser *parser, const struct option_row *row, char *value)
{
    struct str must;

    if (is_choice(row->choices, text_of(value))) {
        memcpy(parser->values + row->offset, &value, sizeof value);
        return true;
    }
    str_init(&must);
    str_printf(&must, _("--%s must be one of %s, not"), row->name, row->choices);
    refuse(parser, must.data, value);
    str_done(&must);
    return false;
}

static bool set_number(
    struct parser *parser, const struct option_row *row, const char *value)
{
    double number;
    struct str must;

    if (text_to_double(text_of(value), &number) && number >= row->least &&
        number <= row->most) {
        memcpy(parser->values + row->offset, &number, sizeof number);
        return true;
    }
    str_init(&must);
    str_printf(&must, _("--%s must be a number from "), row->name);
    str_append_number(&must, row->least, 3);
    str_append_string(&must, _(" to "));
    str_append_number(&must, row->most, 3);
    str_append_string(&must, _(", not"));
    refuse(parser, must.data, value);
    str_done(&must);
    return false;
}

static bool set_value(struct parser *parser, const struct option_row *row, char *value)
{
    if (row->kind == OPTION_CHOICE)
        return set_choice(parser, row, value);
    if (row->kind == OPTION_NUMBER)
        return set_number(parser, row, value);
    if (row->kind == OPTION_LIST) {
        vec_push(&((struct operands *)(void *)(parser->values + row->offset))->list, value);
        return true;
    }
    memcpy(parser->values + row->offset, &value, sizeof value);
    return true;
}

/* Take the value of row from `attached`, or from the next argument when that is NULL. */
static bool take_value(struct parser *parser, const struct option_row *row,
    const char *argument, char *attached)
{
    const bool on = true;

    if (row->kind == OPTION_FLAG) {
        if (attached != NULL)
            return refuse(parser, _("this option takes no value:"), argument);
        memcpy(parser->values + row->offset, &on, sizeof on);
        return true;
    }
    if (attached == NULL && parser->next < parser->argc)
        attached = parser->argv[parser->next++];
    if (attached == NULL)
        return refuse(parser, _("this option needs a value:"), argument);
    if (attached[0] == '\0')
        return refuse(parser, _("this option's value is empty:"), argument);
    return set_value(parser, row, attached);
}

static bool parse_long(struct parser *parser, char *argument)
{
    char *equals = strchr(argument, '=');
    struct text name = text_of(argument + 2);
    const struct option_row *row;

    if (equals != NULL)
        name = text_slice(name, 0, (size_t)(equals - argument) - 2);
    row = find_long(parser->rows, name);
    if (row == NULL)
        return refuse_unknown(parser, argument, name);
    return take_value(parser, row, argument, equals != NULL ? equals + 1 : NULL);
}

static bool parse_letters(struct parser *parser, char *argument)
{
    const struct option_row *row = NULL;

    for (char *letter = argument + 1; *letter != '\0'; letter++) {
        row = find_letter(parser->rows, *letter);
        if (row == NULL)
            return refuse_unknown(parser, argument, TEXT(""));
        if (row->kind != OPTION_FLAG)
            return take_value(
                parser, row, argument, letter[1] != '\0' ? letter + 1 : NULL);
        if (!take_value(parser, row, argument, NULL))
            return false;
    }
    return true;
}

enum options_outcome options_parse(const struct option_row *rows, int argc, char **argv,
    void *values, struct operands *operands, struct str *problem, struct str *hint)
{
    struct parser parser = {rows, argc, argv, 1, values, problem, hint};
    bool options_end = false;

    while (parser.next < argc) {
        char *argument = argv[parser.next++];
        bool good = true;

        if (options_end || argument[0] != '-' || argument[1] == '\0')
            vec_push(&operands->list, argument);
        else if (strcmp(argument, "--") == 0)
            options_end = true;
        else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
            return OPTIONS_HELP;
        else if (argument[1] == '-')
            good = parse_long(&parser, argument);
        else
            good = parse_letters(&parser, argument);
        if (!good)
            return OPTIONS_WRONG;
    }
    return OPTIONS_GOOD;
}

bool options_limits(
    const struct operands *settings, struct limits *ret_limits, struct str *problem)
{
    for (size_t i = 0; i < settings->list.length; i++) {
        if (!limits_set(ret_limits, settings->list.data[i], problem))
            return false;
    }
    return true;
}

void operands_done(struct operands *operands)
{
    vec_done(&operands->list);
}
