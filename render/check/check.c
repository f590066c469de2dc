/* check: the engine: findings, groups, switches, and the walk over the tree; see check.h.
 */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "check/passage.h"

#define NAME_ALL "all" /* a switch for every rule */

void check_init(struct check *check, const struct document *document,
    const struct files *files, struct diagnostics *sink)
{
    struct text language = document->head.lang.value;

    *check = (struct check){.document = document, .files = files, .sink = sink};
    arena_init(&check->arena);
    check->groups = ARENA_ARRAY(&check->arena, RULE_TOTAL, struct check_group);
    check->traditional = text_is(language, "zh-Hant");
    check->japanese = text_is(language, "ja");
    check->western = text_is(language, "en");
}

void check_done(struct check *check)
{
    if (check == NULL)
        return;
    for (size_t i = 0; i < check->passage_count; i++)
        vec_done(&check->passages[i].letters);
    memory_free(check->passages);
    vec_done(&check->fixes);
    vec_done(&check->padded_dates);
    vec_done(&check->numeric_dates);
    vec_done(&check->figures);
    vec_done(&check->corner_quotes);
    vec_done(&check->other_things);
    arena_done(&check->arena);
}

/* The sentence with detail for its %s. */
static void append_sentence(const char *format, struct text detail, struct str *out)
{
    struct text rest = text_of(format);
    size_t at = text_find(rest, "%s");

    str_append_text(out, text_slice(rest, 0, at));
    if (at == rest.length)
        return;
    str_append_text(out, detail);
    str_append_text(out, text_slice(rest, at + 2, rest.length));
}

void check_tell(struct check *check, enum diag_id rule, struct span span,
    struct text detail, const char *hint)
{
    const char *format = _(diag_info(rule)->format);
    struct diagnostic d = {.id = rule, .span = span, .hint = hint};
    struct str message;

    str_init(&message);
    append_sentence(format, detail, &message);
    d.message = message.data;
    diag_repeat(check->sink, &d);
    str_done(&message);
}

void check_count(struct check *check, enum diag_id rule, struct span span)
{
    struct check_group *group = &check->groups[rule_index(rule)];

    if (group->count++ == 0)
        group->first = span;
}

void check_fix(
    struct check *check, enum diag_id rule, struct span span, struct text replacement)
{
    vec_push(
        &check->fixes, (struct check_fix){rule, span.offset, span.length, replacement});
}

static void tell_groups(struct check *check)
{
    for (size_t i = 0; i < RULE_TOTAL; i++) {
        struct check_group *group = &check->groups[i];
        struct str digits;

        if (group->count == 0)
            continue;
        str_init(&digits);
        str_printf(&digits, "%u", group->count);
        check_tell(check, rule_at(i)->id, group->first, str_text(&digits), NULL);
        str_done(&digits);
        group->count = 0;
    }
}

/* Does a switch's name mean this diagnostic? */
static bool means(struct text name, enum diag_id id)
{
    return text_is(name, NAME_ALL) || text_is(name, diag_info(id)->name);
}

/* What a mapping says of a diagnostic replaces *on. */
static void obey(const struct yaml_value *switches, enum diag_id id, bool *on)
{
    for (size_t i = 0; switches != NULL && i < switches->length; i++) {
        if (means(switches->keys[i].name, id))
            (void)yaml_bool(&switches->items[i], on);
    }
}

/* The issue's own head wins over its series' rule by rule. */
static bool head_says_off(const struct head *head, enum diag_id id)
{
    bool on = true;

    obey(head->series_check, id, &on);
    obey(head->check, id, &on);
    return !on;
}

bool check_is_off(const struct check *check, enum diag_id id)
{
    return head_says_off(&check->document->head, id);
}

/* Tell a name that is no rule, each once. */
static void tell_unknown(
    struct check *check, struct map *told, struct text name, struct span span)
{
    const char *nearest;
    char *hint;

    if (text_is(name, NAME_ALL) || map_lookup(told, name) != NULL)
        return;
    map_set(told, name, told);
    if (rule_lookup(name) != DIAG_COUNT)
        return;
    nearest = rule_nearest(name);
    hint = nearest == NULL ? NULL
                           : arena_print(&check->arena, _("did you mean ‘%s’?"), nearest);
    diag_add(check->sink, DIAG_UNKNOWN_RULE, span, hint,
        arena_copy(&check->arena, name.data, name.length));
}

/* The switches of a head: names of rules that do not exist, values that are no switch. */
static void check_mapping(
    struct check *check, struct map *told, const struct yaml_value *switches)
{
    bool on;

    for (size_t i = 0; switches != NULL && i < switches->length; i++) {
        const struct yaml_key *key = &switches->keys[i];

        tell_unknown(check, told, key->name, key->span);
        if (switches->items[i].kind != YAML_SCALAR ||
            !yaml_bool(&switches->items[i], &on))
            diag_add(check->sink, DIAG_RULE_SWITCH, switches->items[i].span, NULL,
                arena_copy(&check->arena, key->name.data, key->name.length));
    }
}

static void check_switches(struct check *check)
{
    struct map told;

    map_init(&told);
    check_mapping(check, &told, check->document->head.series_check);
    check_mapping(check, &told, check->document->head.check);
    for (uint32_t i = 0; i < check->document->directive_count; i++) {
        const struct directive *directive = &check->document->directives[i];

        tell_unknown(check, &told, directive->rule, directive->span);
    }
    map_done(&told);
}

/* What is switched off as one reads on: by diagnostic, from the directives passed so far.
 */
struct switches {
    const struct document *document;
    bool off[DIAG_COUNT];
    uint32_t passed; /* directives */
};

static void switches_begin(struct switches *switches, const struct document *document)
{
    switches->document = document;
    switches->passed = 0;
    for (int id = 0; id < DIAG_COUNT; id++)
        switches->off[id] = head_says_off(&document->head, (enum diag_id)id);
}

/* Obey the directives up to a byte of the file. */
static void switches_pass(struct switches *switches, uint32_t offset)
{
    const struct document *document = switches->document;

    for (; switches->passed < document->directive_count; switches->passed++) {
        const struct directive *directive = &document->directives[switches->passed];

        if (directive->span.offset > offset)
            return;
        for (int id = 0; id < DIAG_COUNT; id++) {
            if (means(directive->rule, (enum diag_id)id))
                switches->off[id] = !directive->on;
        }
    }
}

/* Take out what is switched off; findings and fixes are sorted by place. Findings in
 * other files (series.yaml, a layout) obey the head only: they come first or last. */
static void switch_findings(struct check *check, struct switches *switches)
{
    struct diagnostics *sink = check->sink;
    size_t kept = 0;

    for (size_t i = 0; i < sink->list.length; i++) {
        struct diagnostic d = sink->list.data[i];
        enum diag_level level = diag_info(d.id)->level;
        bool off;

        if (d.span.file == check->document->file)
            switches_pass(switches, d.span.offset);
        off = d.span.file == check->document->file
                  ? switches->off[d.id]
                  : head_says_off(&check->document->head, d.id);
        if (level != LEVEL_FATAL && off)
            sink->count[level]--;
        else
            sink->list.data[kept++] = d;
    }
    sink->list.length = kept;
}

static void switch_fixes(struct check *check, struct switches *switches)
{
    size_t kept = 0;

    for (size_t i = 0; i < check->fixes.length; i++) {
        switches_pass(switches, check->fixes.data[i].offset);
        if (!switches->off[check->fixes.data[i].rule])
            check->fixes.data[kept++] = check->fixes.data[i];
    }
    check->fixes.length = kept;
}

static void apply_switches(struct check *check)
{
    struct switches switches;

    switches_begin(&switches, check->document);
    switch_findings(check, &switches);
    switches_begin(&switches, check->document);
    switch_fixes(check, &switches);
}

static int compare_places(const void *a, const void *b)
{
    const struct diagnostic *x = a, *y = b;

    if (x->span.file != y->span.file)
        return x->span.file > y->span.file ? 1 : -1;
    if (x->span.offset != y->span.offset)
        return x->span.offset > y->span.offset ? 1 : -1;
    return x->id != y->id ? (x->id > y->id ? 1 : -1) : strcmp(x->message, y->message);
}

/* Tell grouped findings, sort by place, apply the switches. */
static void end(struct check *check)
{
    struct diagnostics *sink = check->sink;

    tell_groups(check);
    if (sink->list.length > 0)
        qsort(
            sink->list.data, sink->list.length, sizeof *sink->list.data, compare_places);
    check_sort_fixes(check);
    if (check->document->head.check != NULL ||
        check->document->head.series_check != NULL ||
        check->document->directive_count > 0)
        apply_switches(check);
}

static void check_passage(struct check *check, const struct passage *p)
{
    if (p->letters.length == 0)
        return;
    check_characters(check, p);
    check_words(check, p);
    check_links(check, p);
    check_numbers(check, p);
    check_dates(check, p);
    check_series(check, p);
    if (check->western || !p->chinese)
        return;
    check_marks(check, p);
    check_dashes(check, p);
    check_pairs(check, p);
}

/* Read all blocks. What is rarely needed again costs more to read than to keep. */
static void read_passages(struct check *check)
{
    const struct node *root = check->document->root;
    VEC(struct passage) passages = {0};

    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (!passage_is_block(n))
            continue;
        vec_push(&passages, (struct passage){0});
        passage_read(vec_last(&passages), n);
    }
    check->passages = passages.data;
    check->passage_count = passages.length;
}

static void check_tree(struct check *check)
{
    read_passages(check);
    words_begin(check);
    if (!check->japanese && !check->western)
        check_script(check);
    for (size_t i = 0; i < check->passage_count; i++)
        check_passage(check, &check->passages[i]);
    check_pairs_end(check);
    check_switches(check);
    check_structure(check);
    check_titles(check);
    check_sources(check);
    check_targets(check);
    check_names(check);
    check_styles(check);
    check_lines(check);
}

void check_run(struct check *check, const struct book *book)
{
    check->paged = book != NULL;
    check_tree(check);
    if (book != NULL)
        check_book(check, book);
    end(check);
}
