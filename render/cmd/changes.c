/* changes: the words for pages that differ; see changes.h. */
#include "cmd/changes.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cmd/command.h"

void changes_append(struct str *out, uint32_t pages, const struct page_changes *changes)
{
    uint32_t count;

    str_printf(out, ngettext("%u page", "%u pages", pages), pages);
    if (changes == NULL)
        return;
    count = (uint32_t)changes->list.length;
    if (count > 0) {
        str_append_string(out, _("; changed: "));
        page_list_print(changes->list.data, count, out);
    } else if (changes->before == pages) {
        str_append_string(out, _("; no page has changed"));
    }
    if (changes->before != pages)
        str_printf(out, _("; %u before"), changes->before);
}

int changes_print(const char *issue, const struct book *book,
    const struct page_digests *old, bool to_errors)
{
    struct page_changes changes;
    struct str text;
    int status = EXIT_DONE;

    page_changes_find(book, old->list.data, (uint32_t)old->list.length, &changes);
    str_init(&text);
    str_append_escaped(&text, text_of(issue));
    str_append_string(&text, ": ");
    changes_append(&text, (uint32_t)book->pages.length, &changes);
    str_append_char(&text, '\n');
    if (to_errors)
        fputs(text.data, stderr);
    else
        status = command_print(&text);
    str_done(&text);
    vec_done(&changes.list);
    return status;
}
