/* rule: the table of rules, and names → ids; see rule.h. */
#include "check/rule.h"

static const struct rule rules[] = {
#define RULE(id, name, level, clause, english, chinese) {id, clause, chinese},
#include "base/rule_table.h"
#undef RULE
};

const struct rule *rule_at(size_t index)
{
    return &rules[index];
}

size_t rule_index(enum diag_id id)
{
    /* Ids of rules stand in the table's order, without a gap. */
    return id >= rules[0].id && id - rules[0].id < RULE_TOTAL ? (size_t)(id - rules[0].id)
                                                              : RULE_TOTAL;
}

enum diag_id rule_lookup(struct text name)
{
    for (int id = 0; id < DIAG_COUNT; id++) {
        if (text_is(name, diag_info((enum diag_id)id)->name))
            return (enum diag_id)id;
    }
    return DIAG_COUNT;
}

const char *rule_nearest(struct text name)
{
    const char *names[DIAG_COUNT];

    for (int id = 0; id < DIAG_COUNT; id++)
        names[id] = diag_info((enum diag_id)id)->name;
    return nearest_name(name, names, DIAG_COUNT);
}

void rule_sentence(const char *format, struct str *out)
{
    struct text rest = text_of(format);
    size_t at = text_find(rest, "%s");

    str_append_text(out, text_slice(rest, 0, at));
    if (at == rest.length)
        return;
    str_append_string(out, "…");
    str_append_text(out, text_slice(rest, at + 2, rest.length));
}
