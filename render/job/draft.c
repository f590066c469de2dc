/* draft: placeholders in the tree and in the heads; see draft.h. */
#include "job/draft.h"

#include <string.h>

#include "base/i18n.h"
#include "content/head.h"

#define OPENING   "【待填"
#define CLOSING   "】"
#define SAID_MOST 90 /* bytes of a placeholder that a message shows: 30 Han */

/* What is found, and what is done about it. */
struct search {
    struct job *job;
    bool refuse;    /* tell each as fatal */
    uint32_t count; /* of placeholders */
};

/* Bytes of the placeholder at the start of t; 0: it is none. `【待填写的表】` is text. */
static size_t placeholder_length(struct text t)
{
    size_t length = strlen(OPENING);
    struct text rest = text_slice(t, length, t.length);
    size_t end = text_find(rest, CLOSING);

    if (!text_starts(t, OPENING) || end == rest.length)
        return 0;
    if (end > 0 && !text_starts(rest, "：") && !text_starts(rest, ":"))
        return 0;
    return length + end + strlen(CLOSING);
}

static void tell(struct search *search, struct text said, struct span span)
{
    size_t end = said.length < SAID_MOST ? said.length : SAID_MOST;
    struct str shown;

    search->count++;
    if (!search->refuse)
        return;
    while (end < said.length && ((unsigned char)said.data[end] & 0xC0) == 0x80)
        end--;
    str_init(&shown);
    str_append_escaped(&shown, text_slice(said, 0, end));
    diag_add(&search->job->sink, DIAG_PLACEHOLDER_LEFT, span,
        _("write over it; --draft renders marked pages until then"), shown.data);
    str_done(&shown);
}

/* exact: t stands at span byte for byte. */
static void search_text(
    struct search *search, struct text t, struct span span, bool exact)
{
    for (size_t at = 0; at < t.length;) {
        struct text rest = text_slice(t, at, t.length);
        size_t found = at + text_find(rest, OPENING);
        size_t length = placeholder_length(text_slice(t, found, t.length));
        struct span place = span;

        if (exact) {
            place.offset += (uint32_t)found;
            place.length = (uint32_t)length;
        }
        if (length > 0)
            tell(search, text_slice(t, found, found + length), place);
        at = found + (length > 0 ? length : strlen(OPENING));
    }
}

static void search_tree(struct search *search, const struct node *root)
{
    for (const struct node *n = root; n != NULL; n = node_next(n, root)) {
        if (n->kind == NODE_TEXT)
            search_text(search, n->text, n->span, n->span.length == n->text.length);
    }
}

/* A head line by line, without what stands behind its #. */
static void search_head(struct search *search, uint32_t file, size_t start, size_t end)
{
    struct text bytes = files_get(&search->job->files, file)->bytes;

    while (start < end) {
        size_t stop = start + text_find(text_slice(bytes, start, end), "\n");
        struct text line = text_slice(bytes, start, stop);
        size_t comment = text_starts(line, "#") ? 0 : text_find(line, " #");
        struct span span = {file, (uint32_t)start, 0};

        search_text(search, text_slice(line, 0, comment), span, true);
        start = stop + 1;
    }
}

/* The issue and its series.yaml are all that was read so far. */
static void search_heads(struct search *search)
{
    struct job *job = search->job;
    struct diagnostics unheard;

    diagnostics_init(&unheard);
    for (size_t i = job->files_first; i < job->files.list.length; i++) {
        uint32_t file = (uint32_t)i;
        size_t start = 0, end = files_get(&job->files, file)->bytes.length;

        if (file == job->document->file)
            (void)head_find(
                files_get(&job->files, file)->bytes, file, &unheard, &start, &end);
        search_head(search, file, start, end);
    }
    diagnostics_done(&unheard);
}

/* A draft's own watermark would not say that it is one. */
static void mark_draft(struct head *head)
{
    head->draft = 1;
    head->watermark.value = TEXT("");
}

bool job_draft_check(struct job *job, const struct job_options *options)
{
    struct head *head = &job->document->head;
    bool wanted = options->draft != DRAFT_REFUSED || head->draft == 1;
    struct search search = {.job = job, .refuse = !wanted};

    if (options->draft == DRAFT_IGNORED)
        return true;
    search_heads(&search);
    search_tree(&search, job->document->root);
    if (options->draft == DRAFT_WANTED || (wanted && search.count > 0))
        mark_draft(head);
    if (wanted && search.count > 0)
        diag_add(&job->sink, DIAG_DRAFT, SPAN_NONE, NULL, search.count);
    return wanted || search.count == 0;
}
