/* report: diagnostics, summary and timings on standard error; see report.h. */
#include "cmd/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

static bool use_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");

    return isatty(STDERR_FILENO) && (no_colour == NULL || no_colour[0] == '\0');
}

static void print_error(const struct str *text)
{
    if (text->length > 0)
        fwrite(text->data, 1, text->length, stderr);
}

void report_diagnostics(const struct job *job, bool quiet)
{
    bool colour = use_colour();
    struct str text;

    str_init(&text);
    for (size_t i = 0; i < job->sink.list.length; i++) {
        const struct diagnostic *d = &job->sink.list.data[i];

        if (!quiet || diag_info(d->id)->level >= LEVEL_ERROR)
            diag_print(d, &job->files, colour, &text);
    }
    print_error(&text);
    str_done(&text);
}

/* Append ", " and the phrase, which has a %u for the count; nothing where it is 0. */
static void append_count(struct str *out, uint32_t count, const char *phrase)
{
    if (count == 0)
        return;
    str_append_string(out, _(", "));
    str_printf(out, phrase, count);
}

void report_summary(const struct job *job, const char *path)
{
    const uint32_t *count = job->sink.count;
    uint32_t errors = count[LEVEL_FATAL] + count[LEVEL_ERROR];
    uint32_t warnings = count[LEVEL_WARNING], notes = count[LEVEL_NOTE];
    struct str text, counts;

    str_init(&counts);
    append_count(&counts, errors, ngettext("%u error", "%u errors", errors));
    append_count(&counts, warnings, ngettext("%u warning", "%u warnings", warnings));
    append_count(&counts, notes, ngettext("%u note", "%u notes", notes));
    str_init(&text);
    if (counts.length > 0) {
        str_append_escaped(&text, text_of(path));
        str_printf(&text, ": %s\n", counts.data + strlen(_(", ")));
    }
    print_error(&text);
    str_done(&text);
    str_done(&counts);
}

void report_timings(const struct job *job, const char *path)
{
    double total = 0;
    struct str text;

    str_init(&text);
    str_append_escaped(&text, text_of(path));
    for (int i = 0; i < PHASE_COUNT; i++) {
        str_printf(
            &text, "%s %s ", i == 0 ? ":" : ",", job_phase_name((enum job_phase)i));
        str_append_number(&text, job->seconds[i] * 1000, 1);
        total += job->seconds[i];
    }
    str_append_string(&text, ", total ");
    str_append_number(&text, total * 1000, 1);
    str_append_string(&text, " ms CPU\n");
    print_error(&text);
    str_done(&text);
}
