/* rule: what base/rule_table.h says about each rule. */
#ifndef PAIBAN_CHECK_RULE_H
#define PAIBAN_CHECK_RULE_H

#include "base/diag.h"

enum {
#define RULE(id, name, level, clause, english, chinese) INDEX_##id,
#include "base/rule_table.h"
#undef RULE
    RULE_TOTAL
};

struct rule {
    enum diag_id id;
    const char *clause;  /* where it comes from */
    const char *chinese; /* its sentence, printf with at most one %s */
};

/* The rule at an index of the table, from 0 to RULE_TOTAL - 1. */
const struct rule *rule_at(size_t index);
/* Index of a diagnostic in the table; RULE_TOTAL when it is no rule. */
size_t rule_index(enum diag_id id);
/* Any diagnostic by its published name, rules included; DIAG_COUNT when there is none. */
enum diag_id rule_lookup(struct text name);
/* The nearest published name, or NULL. */
const char *rule_nearest(struct text name);
/* A sentence with … for what is found. */
void rule_sentence(const char *format, struct str *out);

#endif
