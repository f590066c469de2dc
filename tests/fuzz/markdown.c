/* markdown: a text → the tree, and what must hold of every tree (content/tree.h). */
#include "fuzz.h"

#include "base/files.h"
#include "base/utf8.h"
#include "content/document.h"

#define DEPTH_LIMIT 200 /* blocks 32 × 2, inlines 32, and what stands around them */

static void check_span(const struct node *node, size_t length)
{
    fuzz_require((size_t)node->span.offset + node->span.length <= length);
    fuzz_require(utf8_validate(node->text.data, node->text.length) == node->text.length);
}

static void check_children(const struct node *node)
{
    const struct node *last = NULL;

    for (const struct node *child = node->first_child; child != NULL;
         child = child->next) {
        fuzz_require(child->parent == node);
        last = child;
    }
    fuzz_require(node->last_child == last);
    if (node->kind == NODE_TABLE_CELL)
        fuzz_require(node->parent->kind == NODE_TABLE_ROW);
    if (node->kind == NODE_FOOTNOTE_MARK)
        fuzz_require(node->u.footnote.target == NULL ||
                     node->u.footnote.target->kind == NODE_FOOTNOTE);
}

static void check_depth(const struct node *node)
{
    int depth = 0;

    for (; node != NULL; node = node->parent)
        depth++;
    fuzz_require(depth <= DEPTH_LIMIT);
}

static void check_tree(const struct document *document, size_t length)
{
    const struct node *root = document->root;

    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        fuzz_require(node->kind < NODE_KIND_COUNT);
        if (node->span.file == document->file)
            check_span(node, length);
        check_children(node);
        if (node->first_child == NULL)
            check_depth(node);
    }
}

static void check_texts(const struct document *document, const struct files *files)
{
    struct str out = {0};

    node_plain_text(document->root, &out);
    fuzz_require(utf8_validate(out.data, out.length) == out.length);
    str_clear(&out);
    tree_dump(document->root, files, &out);
    str_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct document *document;
    struct diagnostics sink;
    struct files files;
    struct str clean = {0};
    uint32_t file;

    files_init(&files);
    diagnostics_init(&sink);
    fuzz_clean((struct text){(const char *)data, size}, &clean);
    file = (uint32_t)files_add_text(&files, "issue.md", str_text(&clean));
    document = document_from_text(&files, file, NULL, &sink);
    fuzz_require((document == NULL) == diag_is_fatal(&sink));
    if (document != NULL) {
        check_tree(document, clean.length);
        check_texts(document, &files);
    }
    fuzz_check_findings(&sink, &files);
    document_free(document);
    diagnostics_done(&sink);
    files_done(&files);
    str_done(&clean);
    return 0;
}
