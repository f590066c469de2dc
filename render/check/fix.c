/* fix: certain repairs put into the source, and what changed as a diff.
 *
 * No fix takes or adds a line end, so that the two texts have the same lines and the diff
 * is a comparison line by line. It is a unified diff without context, which `patch`
 * takes. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

static int compare_fixes(const void *a, const void *b)
{
    const struct check_fix *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset > y->offset ? 1 : -1;
    return x->length > y->length ? -1 : x->length < y->length;
}

void check_sort_fixes(struct check *check)
{
    if (check->fixes.length > 1)
        qsort(check->fixes.data, check->fixes.length, sizeof *check->fixes.data,
            compare_fixes);
}

uint32_t check_apply(const struct check *check, struct text source, struct str *out)
{
    size_t at = 0;
    uint32_t made = 0;

    for (size_t i = 0; i < check->fixes.length; i++) {
        const struct check_fix *fix = &check->fixes.data[i];

        if (fix->offset < at || fix->offset + fix->length > source.length)
            continue;
        str_append(out, source.data + at, fix->offset - at);
        str_append_text(out, fix->replacement);
        at = fix->offset + fix->length;
        made++;
    }
    str_append(out, source.data + at, source.length - at);
    return made;
}

/* The line that starts at *at, without its newline; *at moves behind that. */
static struct text next_line(struct text t, size_t *at)
{
    size_t start = *at;
    const char *newline = memchr(t.data + start, '\n', t.length - start);
    size_t end = newline == NULL ? t.length : (size_t)(newline - t.data);

    *at = newline == NULL ? t.length : end + 1;
    return text_slice(t, start, end);
}

/* ended: a newline follows in the file. */
static void append_line(struct str *out, char sign, struct text line, bool ended)
{
    str_append_char(out, sign);
    str_append_text(out, line);
    str_append_char(out, '\n');
    if (!ended)
        str_append_string(out, "\\ No newline at end of file\n");
}

void check_diff(const char *path, struct text before, struct text after, struct str *out)
{
    size_t a = 0, b = 0;

    str_printf(out, "--- %s\n+++ %s\n", path, path);
    for (unsigned line = 1; a < before.length && b <= after.length; line++) {
        struct text old = next_line(before, &a);
        struct text new = b < after.length ? next_line(after, &b) : TEXT("");
        bool ended = before.data[a - 1] == '\n';

        if (text_equal(old, new))
            continue;
        str_printf(out, "@@ -%u +%u @@\n", line, line);
        append_line(out, '-', old, ended);
        append_line(out, '+', new, ended);
    }
}
