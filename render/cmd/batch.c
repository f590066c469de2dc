/* batch: `paiban batch DIR -o OUT`: what job/batch.h does, with options and words.
 *
 * Standard output has what --explain says; findings, progress and the summary go to
 * standard error.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/command.h"
#include "cmd/issue_options.h"
#include "cmd/progress.h"
#include "cmd/report.h"
#include "job/batch.h"
#include "job/result.h"
#include "job/workers.h"

#define SECONDS_DEFAULT 60.0   /* of CPU: a thousand times a usual issue's */
#define MEMORY_DEFAULT  1024.0 /* MiB: the largest images decoded, and room */

struct batch_command_options {
    const char *output, *match, *shard, *report;
    struct issue_options issue;
    double jobs, seconds, memory;
    bool force, explain, prune, merge;
};

#define AT(field) offsetof(struct batch_command_options, field)

static const struct option_row rows[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "DIR", NULL, 0, 0,
        N_("folder of the PDFs and of manifest.json")},
    {"jobs", 'j', OPTION_NUMBER, AT(jobs), "N", NULL, 1, WORKERS_MOST,
        N_("processes that render (as many as there are cores)")},
    {"match", '\0', OPTION_TEXT, AT(match), "GLOB", NULL, 0, 0,
        N_("only issues whose name, or path below DIR, matches")},
    {"force", '\0', OPTION_FLAG, AT(force), NULL, NULL, 0, 0,
        N_("render every issue, changed or not")},
    {"explain", '\0', OPTION_FLAG, AT(explain), NULL, NULL, 0, 0,
        N_("say why an issue is rendered")},
    {"prune", '\0', OPTION_FLAG, AT(prune), NULL, NULL, 0, 0,
        N_("remove the PDFs of issues that are gone")},
    {"shard", '\0', OPTION_TEXT, AT(shard), "K/N", NULL, 0, 0,
        N_("render only the K-th of N parts of the issues")},
    {"merge", '\0', OPTION_FLAG, AT(merge), NULL, NULL, 0, 0,
        N_("join the manifests of all shards; render nothing")},
    {"report", '\0', OPTION_TEXT, AT(report), "FILE", NULL, 0, 0,
        N_("write what was done and found as JSON; - is standard output")},
    {"time-limit", '\0', OPTION_NUMBER, AT(seconds), "S", NULL, 1, 86400,
        N_("seconds of CPU time that an issue may take (60)")},
    {"memory-limit", '\0', OPTION_NUMBER, AT(memory), "MIB", NULL, 16, 1048576,
        N_("MiB of memory that a process may use (1024)")},
    ISSUE_OPTION_ROWS(AT(issue)),
    {.name = NULL},
};

/* One call of the command. */
struct call {
    struct batch_command_options options;
    struct operands operands;
    struct batch_options batch_options;
    struct progress progress;
    uint32_t findings[4]; /* of the issues rendered, by level */
};

/* "2/8" → 2 and 8. */
static bool parse_shard(const char *text, uint32_t *ret_shard, uint32_t *ret_count)
{
    struct text whole = text_of(text);
    size_t slash = text_find(whole, "/");
    long shard, count;

    if (!text_to_long(text_slice(whole, 0, slash), &shard) ||
        !text_to_long(text_slice(whole, slash + 1, whole.length), &count) || shard < 1 ||
        count < 1 || shard > count || count > 100000)
        return false;
    *ret_shard = (uint32_t)shard;
    *ret_count = (uint32_t)count;
    return true;
}

/* What is wrong with the options as a whole; NULL: nothing. */
static const char *find_problem(const struct call *call)
{
    const struct batch_command_options *o = &call->options;
    uint32_t shard, count;

    if (o->output == NULL)
        return _("-o DIR is missing");
    if (o->merge && call->operands.list.length > 0)
        return _("--merge takes no issues: it joins manifests");
    if (o->merge && o->shard != NULL)
        return _("--merge and --shard exclude each other");
    if (!o->merge && call->operands.list.length == 0)
        return _("no folder and no issue given");
    if (o->shard != NULL && !parse_shard(o->shard, &shard, &count))
        return _("--shard must be K/N, with K from 1 to N");
    if (path_exists(o->output) && !path_is_folder(o->output))
        return _("-o must name a folder");
    return NULL;
}

static void fill_options(struct call *call)
{
    const struct batch_command_options *o = &call->options;
    struct batch_options *b = &call->batch_options;

    b->out = o->output;
    b->match = o->match;
    b->workers = (uint32_t)o->jobs;
    b->cpu_seconds = (uint32_t)o->seconds;
    b->memory = (size_t)o->memory << 20;
    b->force = o->force;
    b->prune = o->prune;
    b->least = o->issue.quiet ? LEVEL_ERROR : LEVEL_NOTE;
    if (o->shard != NULL)
        parse_shard(o->shard, &b->shard, &b->shard_count);
}

/* ---- while it runs ---- */

static void on_issue(const struct batch *batch, const struct batch_issue *item)
{
    struct call *call = batch->context;
    const struct record *record = item->record;

    for (int i = 0; i < 4; i++)
        call->findings[i] += record->count[i];
    if (record->diagnostics[0] == '\0')
        return;
    progress_clear(&call->progress);
    fputs(record->diagnostics, stderr);
}

static void on_time(const struct batch *batch)
{
    struct call *call = batch->context;

    progress_show(&call->progress, batch->rendered + batch->failed,
        (uint32_t)batch->queue.length, batch_clock());
}

static void on_gone(const struct batch *batch, const struct record *record, bool pruned)
{
    const struct call *call = batch->context;
    struct str text;

    if (call->options.issue.quiet)
        return;
    str_init(&text);
    str_append_escaped(&text, text_of(record->source));
    str_append_string(&text, _(" is gone; its output "));
    str_append_escaped(&text, text_of(record->output));
    str_append_string(
        &text, pruned ? _(" was removed") : _(" stays (--prune removes it)"));
    fprintf(stderr, "%s\n", text.data);
    str_done(&text);
}

static void explain(const struct batch *batch, struct str *out)
{
    for (size_t i = 0; i < batch->queue.length; i++) {
        const struct batch_issue *item = &batch->list.data[batch->queue.data[i]];

        str_append_escaped(out, text_of(item->issue->path));
        str_printf(out, ": %s", batch_reason_name(item->reason));
        if (item->because != NULL) {
            str_append_string(out, ": ");
            str_append_escaped(out, text_of(item->because));
        }
        str_append_char(out, '\n');
    }
}

/* ---- at its end ---- */

static void append_count(struct str *out, uint32_t count, const char *word)
{
    if (count > 0)
        str_printf(out, ", %u %s", count, word);
}

static void print_summary(const struct call *call, const struct batch *batch)
{
    double seconds = batch_clock() - batch->started;
    uint32_t issues = (uint32_t)batch->list.length;
    struct str text;

    if (call->options.issue.quiet)
        return;
    str_init(&text);
    str_printf(&text, ngettext("%u issue: ", "%u issues: ", issues), issues);
    str_printf(&text, _("%u rendered, %u unchanged"), batch->rendered, batch->unchanged);
    append_count(&text, batch->failed, _("failed"));
    append_count(&text, (uint32_t)batch->queue.length - batch->rendered - batch->failed,
        _("not done"));
    append_count(
        &text, call->findings[LEVEL_ERROR] + call->findings[LEVEL_FATAL], _("errors"));
    append_count(&text, call->findings[LEVEL_WARNING], _("warnings"));
    append_count(&text, call->findings[LEVEL_NOTE], _("notes"));
    str_append_string(&text, "; ");
    str_append_number(&text, seconds, 2);
    str_append_string(&text, _(" s, "));
    str_append_number(&text, seconds > 0 ? issues / seconds : 0, 1);
    str_append_string(&text, _(" issues/s\n"));
    fputs(text.data, stderr);
    str_done(&text);
}

/* Print what the batch itself has found. */
static void flush_findings(struct call *call, struct batch *batch)
{
    progress_clear(&call->progress);
    report_diagnostics(&batch->job, call->options.issue.quiet);
}

static int refused_status(const struct batch *batch)
{
    switch (job_result(&batch->job.sink)) {
    case JOB_FILE:
        return EXIT_FILE;
    case JOB_WRONG_OPTION:
        return EXIT_USAGE;
    default:
        return EXIT_NOT_RENDERED;
    }
}

static int run_status(const struct batch *batch)
{
    return batch->failed > 0 || batch->job.sink.count[LEVEL_ERROR] > 0 ? EXIT_NOT_RENDERED
                                                                       : EXIT_DONE;
}

/* What the signal does to a program that knows nothing of it. */
static void end_by(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}

/* Render and say how it ended. */
static int run_batch(struct call *call, struct batch *batch)
{
    int signal_number = 0;
    enum batch_result result;

    progress_init(&call->progress, call->options.issue.quiet, batch_clock());
    result = batch_run(batch, &signal_number);
    if (call->options.report != NULL && !batch_report(batch, call->options.report) &&
        result == BATCH_DONE)
        result = BATCH_UNSAVED;
    flush_findings(call, batch);
    if (result == BATCH_REFUSED)
        return refused_status(batch);
    print_summary(call, batch);
    if (result == BATCH_STOPPED)
        end_by(signal_number);
    return result == BATCH_UNSAVED ? EXIT_FILE : run_status(batch);
}

static int plan_and_run(struct call *call, struct batch *batch)
{
    enum batch_result result =
        batch_plan(batch, call->operands.list.data, call->operands.list.length);
    struct str text;
    int status = EXIT_DONE;

    if (result == BATCH_REFUSED) {
        flush_findings(call, batch);
        return refused_status(batch);
    }
    if (call->options.explain) {
        str_init(&text);
        explain(batch, &text);
        status = command_print(&text);
        str_done(&text);
    }
    return status == EXIT_DONE ? run_batch(call, batch) : status;
}

static int work(struct call *call)
{
    struct batch batch;
    int status;

    fill_options(call);
    batch_init(&batch, &call->batch_options);
    batch.context = call;
    batch.on_issue = on_issue;
    batch.on_time = on_time;
    batch.on_gone = on_gone;
    if (!call->options.merge) {
        status = plan_and_run(call, &batch);
    } else {
        status = batch_merge(&batch) == BATCH_DONE ? EXIT_DONE : refused_status(&batch);
        flush_findings(call, &batch);
    }
    batch_done(&batch);
    return status;
}

static int run(int argc, char **argv)
{
    struct call call = {
        .options = {.seconds = SECONDS_DEFAULT, .memory = MEMORY_DEFAULT}};
    const char *problem;
    struct str text;
    int status;

    if (command_options(
            &command_batch, argc, argv, &call.options, &call.operands, &status)) {
        problem = find_problem(&call);
        str_init(&text);
        str_append_string(&text, problem != NULL ? problem : "");
        if (problem != NULL ||
            !issue_options_apply(&call.options.issue, &call.batch_options.job, &text))
            status = command_refuse(&text, _("`paiban help batch` says more"));
        else
            status = work(&call);
        str_done(&text);
    }
    issue_options_done(&call.options.issue);
    operands_done(&call.operands);
    return status;
}

const struct command command_batch = {
    .name = "batch",
    .summary = N_("typeset an archive, only what has changed"),
    .synopsis = "DIR|ISSUE.md… -o DIR [OPTION…]",
    .description = N_(
        "Every *.md below DIR becomes a PDF in the same tree below -o. manifest.json\n"
        "there remembers what each was made from; what has not changed is left alone.\n"
        "An issue that fails, also one in which a 【待填】 is left, does not stop the others; the\n"
        "exit status is then 2.\n"),
    .examples = "paiban batch samples -o out/\n"
                "paiban batch samples -o out/ --explain\n"
                "paiban batch samples -o out/ --shard 1/2\n",
    .options = rows,
    .run = run,
};
