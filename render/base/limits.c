/* limits: the table, and settings from options; see limits.h. */
#include "base/limits.h"

#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"

static const struct limit_info table[LIMIT_COUNT] = {
    [LIMIT_SOURCE] = {"source", "MiB", 16, 1, 1024}, /* spans are 32 bits: below 4096 */
    [LIMIT_PAGES] = {"pages", "", 5000, 1, 100000},
    [LIMIT_NESTING] = {"nesting", "", 32, 1, 64}, /* the source's own limit of marks */
    [LIMIT_COLUMNS] = {"columns", "", 200, 2, 1000},
    [LIMIT_PIXELS] = {"pixels", N_("million"), 64, 1, 4000}, /* × 4 bytes decoded */
    [LIMIT_FONT] = {"font", "MiB", 64, 1, 4000},
};

const struct limit_info *limit_info(enum limit limit)
{
    return &table[limit];
}

uint32_t limit_of(const struct limits *limits, enum limit limit)
{
    return limits->of[limit] != 0 ? limits->of[limit] : table[limit].usual;
}

size_t limit_size(const struct limits *limits, enum limit limit)
{
    size_t unit = limit == LIMIT_PIXELS ? 1000000 : (size_t)1 << 20;

    return limit_of(limits, limit) * unit;
}

static bool refuse(const char *setting, struct str *problem)
{
    struct str shown;

    str_init(&shown);
    str_append_escaped(&shown, text_of(setting));
    str_printf(problem, _("--limit must be NAME=N, not ‘%s’; limits: "), shown.data);
    limits_list(problem);
    str_done(&shown);
    return false;
}

static bool refuse_range(const struct limit_info *info, struct str *problem)
{
    str_printf(problem, _("--limit %s must be from %u to %u"), info->name, info->least,
        info->most);
    if (info->unit[0] != '\0')
        str_printf(problem, " %s", _(info->unit));
    return false;
}

bool limits_set(struct limits *limits, const char *setting, struct str *problem)
{
    struct text whole = text_of(setting);
    size_t equals = text_find(whole, "=");
    struct text name = text_slice(whole, 0, equals);
    struct text value = text_slice(whole, equals + 1, whole.length);

    for (int i = 0; i < LIMIT_COUNT; i++) {
        long number;

        if (!text_is(name, table[i].name))
            continue;
        if (!text_to_long(value, &number))
            return refuse(setting, problem);
        if (number < table[i].least || number > table[i].most)
            return refuse_range(&table[i], problem);
        limits->of[i] = (uint32_t)number;
        return true;
    }
    return refuse(setting, problem);
}

void limits_list(struct str *out)
{
    for (int i = 0; i < LIMIT_COUNT; i++) {
        str_printf(out, "%s%s (%u", i > 0 ? ", " : "", table[i].name, table[i].usual);
        if (table[i].unit[0] != '\0')
            str_printf(out, " %s", _(table[i].unit));
        str_append_char(out, ')');
    }
}
