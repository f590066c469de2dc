/* document: one issue from its file to its tree; see reader.h for the stages. */
#include "content/document.h"

#include <stdlib.h>
#include <string.h>

#include "content/attributes.h"
#include "content/blocks.h"
#include "content/head.h"
#include "content/inline.h"
#include "content/reader.h"
#include "content/shape.h"

#define SERIES_NAME "series.yaml"

char *document_find_series(struct arena *arena, const char *folder)
{
    char *path = path_join(arena, folder, SERIES_NAME);
    if (path_exists(path))
        return path;
    char *above = realpath(folder, NULL);
    path = NULL;
    for (char *slash = above; slash != NULL && path == NULL;) {
        slash = strrchr(above, '/');
        if (slash == NULL || above[1] == '\0')
            break;
        slash[slash == above ? 1 : 0] = '\0';
        char *candidate = path_join(arena, above, SERIES_NAME);
        path = path_exists(candidate) ? candidate : NULL;
    }
    free(above);
    return path;
}

/* Take the keys of series.yaml. False after a fatal diagnostic. */
static bool read_series(struct document *document, struct files *files, const char *path,
    struct diagnostics *sink)
{
    int file = files_read_text(files, path, FILES_SOURCE_LIMIT, SPAN_NONE, sink);
    if (file < 0)
        return false;
    size_t length = files_get(files, (uint32_t)file)->bytes.length;
    const struct yaml_value *keys =
        yaml_read(&document->arena, files, (uint32_t)file, 0, length, sink);
    if (keys == NULL)
        return false;
    document->series_folder = path_folder(&document->arena, path);
    head_take(&document->head, &document->arena, keys, true, sink);
    return true;
}

/* Take the keys of the issue's own head. False after a fatal diagnostic. */
static bool read_head(struct document *document, struct files *files,
    struct diagnostics *sink, size_t *ret_body)
{
    size_t start, end;
    struct text bytes = files_get(files, document->file)->bytes;
    size_t body = head_find(bytes, document->file, sink, &start, &end);
    if (end > start) {
        const struct yaml_value *keys =
            yaml_read(&document->arena, files, document->file, start, end, sink);
        if (keys == NULL)
            return false;
        head_take(&document->head, &document->arena, keys, false, sink);
    }
    if (text_trim(text_slice(bytes, body, bytes.length)).length == 0)
        diag_add(sink, DIAG_NO_BODY,
            (struct span){document->file, (uint32_t)bytes.length, 0}, NULL);
    *ret_body = body;
    return true;
}

static void reader_done(struct reader *reader)
{
    source_done(&reader->source);
    vec_done(&reader->pending);
    vec_done(&reader->footnote_list);
    vec_done(&reader->directives);
    map_done(&reader->definitions);
    map_done(&reader->footnotes);
    map_done(&reader->entities);
    map_done(&reader->raw_kinds);
}

static void take_directives(struct reader *reader)
{
    struct document *document = reader->document;
    document->directive_count = (uint32_t)reader->directives.length;
    document->directives =
        ARENA_ARRAY(reader->arena, reader->directives.length, struct directive);
    for (size_t i = 0; i < reader->directives.length; i++)
        document->directives[i] = reader->directives.data[i];
}

static void read_body(
    struct document *document, struct files *files, size_t body, struct diagnostics *sink)
{
    struct reader reader = {
        .document = document, .arena = &document->arena, .files = files, .sink = sink};
    map_init(&reader.definitions);
    map_init(&reader.footnotes);
    map_init(&reader.entities);
    map_init(&reader.raw_kinds);
    reader.western = text_is(document->head.lang.value, "en");
    source_init(&reader.source, files, document->file, body, sink);
    document->root = node_new(reader.arena, NODE_DOCUMENT,
        reader_span(&reader, body, reader.source.bytes.length));
    blocks_read(&reader);
    for (size_t i = 0; i < reader.pending.length; i++)
        inline_parse(&reader, reader.pending.data[i].node, &reader.pending.data[i].text);
    shape_blocks(&reader);
    shape_sections(&reader);
    shape_references(&reader);
    take_directives(&reader);
    reader_done(&reader);
}

struct document *document_from_text(
    struct files *files, uint32_t file, const char *series_path, struct diagnostics *sink)
{
    struct text bytes = files_get(files, file)->bytes;
    bool mark = text_starts(bytes, "\xEF\xBB\xBF");
    if (text_trim(text_slice(bytes, mark ? 3 : 0, bytes.length)).length == 0) {
        diag_add(sink, DIAG_EMPTY_FILE, (struct span){file, 0, 0}, NULL);
        return NULL;
    }
    struct document *document = memory_alloc(sizeof *document);
    arena_init(&document->arena);
    document->file = file;
    const char *path = files_get(files, file)->path;
    document->folder =
        strcmp(path, "<stdin>") == 0 ? "." : path_folder(&document->arena, path);
    head_init(&document->head);
    size_t body = 0;
    if ((series_path != NULL && !read_series(document, files, series_path, sink)) ||
        !read_head(document, files, sink, &body)) {
        document_free(document);
        return NULL;
    }
    read_body(document, files, body, sink);
    return document;
}

struct document *document_read(
    struct files *files, const char *path, struct diagnostics *sink)
{
    size_t most = limit_size(&files->limits, LIMIT_SOURCE);
    int file = files_read_text(files, path, most, SPAN_NONE, sink);
    if (file < 0)
        return NULL;
    struct arena scratch;
    arena_init(&scratch);
    const char *folder = strcmp(path, "-") == 0 ? "." : path_folder(&scratch, path);
    const char *series = document_find_series(&scratch, folder);
    struct document *document = document_from_text(files, (uint32_t)file, series, sink);
    arena_done(&scratch);
    return document;
}

void document_free(struct document *document)
{
    if (document == NULL)
        return;
    arena_done(&document->arena);
    memory_free(document);
}
