/* progress: bar, rate and time left; see progress.h. */
#include "cmd/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"

#define BAR_CELLS     24
#define BAR_INTERVAL  0.1  /* s between two bars: the eye sees no more */
#define LINE_INTERVAL 10.0 /* s between two lines of a log */

void progress_init(struct progress *progress, bool quiet, double now)
{
    *progress = (struct progress){
        .quiet = quiet,
        .terminal = isatty(STDERR_FILENO) != 0,
        .started = now,
        .last = now,
    };
}

void progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\x1b[K", stderr);
    progress->shown = false;
}

static void append_bar(struct str *out, uint32_t done, uint32_t total)
{
    uint32_t cells = total > 0 ? (uint32_t)((uint64_t)done * BAR_CELLS / total) : 0;

    str_append_string(out, "\r\x1b[K[");
    for (uint32_t i = 0; i < BAR_CELLS; i++)
        str_append_char(out, i < cells ? '=' : i == cells ? '>' : ' ');
    str_append_string(out, "] ");
}

static void append_rate(struct str *out, uint32_t done, uint32_t total, double seconds)
{
    double rate = seconds > 0 ? done / seconds : 0;

    str_printf(out, _("%u of %u"), done, total);
    if (rate <= 0)
        return;
    str_append_string(out, ", ");
    str_append_number(out, rate, 1);
    str_append_string(out, _(" issues/s"));
    if (done < total) {
        uint32_t left = (uint32_t)((total - done) / rate + 0.5);

        str_printf(out, _(", %u:%02u left"), left / 60, left % 60);
    }
}

void progress_show(struct progress *progress, uint32_t done, uint32_t total, double now)
{
    double interval = progress->terminal ? BAR_INTERVAL : LINE_INTERVAL;
    struct str text;

    if (progress->quiet || now - progress->last < interval)
        return;
    progress->last = now;
    str_init(&text);
    if (progress->terminal)
        append_bar(&text, done, total);
    append_rate(&text, done, total, now - progress->started);
    if (!progress->terminal)
        str_append_char(&text, '\n');
    fputs(text.data, stderr);
    str_done(&text);
    progress->shown = progress->terminal;
}
