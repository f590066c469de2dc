/* dump: composed lines as text, the format of the break tests and of --dump=lines.
 *
 * One line a line:   L n start-end width hang ratio flags | text and below it one   class
 * [even] size x width gap | text  for each cluster. Lengths in 1/1000 em of the cluster's
 * size would hide unequal gaps, so all are in units. */
#include "para/paragraph.h"

unit composed_width(const struct composed *composed)
{
    unit width = 0;
    for (uint32_t i = 0; i < composed->line_count; i++) {
        unit here = composed->lines[i].indent + composed->lines[i].width;
        width = here > width ? here : width;
    }
    return width;
}

static void dump_flags(const struct line *line, struct str *out)
{
    const struct {
        bool set;
        const char *name;
    } flags[] = {{line->last, " last"}, {line->overfull, " overfull"},
        {line->hyphenated, " hyphen"}, {line->tight_run, " before-run"}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].set)
            str_append_string(out, flags[i].name);
}

static struct text cluster_text(
    const struct paragraph_text *text, uint32_t first, uint32_t last)
{
    return text_slice(text->text, text->clusters[first].start,
        text->clusters[last].start + text->clusters[last].length);
}

/* Even setting and ruby spread a run by themselves: its white is not the line's. */
static bool is_spread(const struct run *run)
{
    return run->even > 0 || run->ruby != NULL;
}

static void dump_line(const struct composed *composed, uint32_t index, struct str *out)
{
    const struct line *line = &composed->lines[index];
    str_printf(out, "line %u %u-%u indent %d width %d hang %d ratio %d", index,
        line->start, line->end, line->indent, line->width, line->hang, line->ratio);
    dump_flags(line, out);
    str_append_string(out, " |");
    if (line->end > line->start)
        str_append_escaped(out, cluster_text(composed->text, line->start, line->end - 1));
    str_append_char(out, '\n');
    for (uint32_t i = line->start; i < line->end; i++) {
        const struct cluster *c = &composed->text->clusters[i];
        const struct placed *p = &composed->placed[i];
        str_printf(out, "  %s%s size %d x %d width %d gap %d |",
            cluster_class_name((enum cluster_class)c->class),
            is_spread(&composed->text->runs[c->run]) ? " spread" : "", c->size, p->x,
            p->width, p->gap);
        str_append_escaped(out, cluster_text(composed->text, i, i));
        str_append_char(out, '\n');
    }
}

void composed_dump(const struct composed *composed, struct str *out)
{
    str_printf(out, "paragraph lines %u clusters %u\n", composed->line_count,
        composed->text->cluster_count);
    for (uint32_t i = 0; i < composed->line_count; i++)
        dump_line(composed, i, out);
}
