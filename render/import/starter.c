/* starter: the first issue of a folder and its series.yaml; see next.h.
 *
 * layouts/starter/NAME.md and NAME.yaml are texts with placeholders; {date} in the first is
 * the issue's date. A layout without a starter of its own has that of the base. */
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/yaml.h"
#include "content/head.h"
#include "import/next.h"

#define SERIES_NAME    "series.yaml"
#define LAYOUT_USUAL   "monthly" /* the kind of bulletin that most users write */
#define LAYOUT_OTHER   "base"    /* whose starter serves layouts that have none */
#define DATE_FIELD     "{date}"
#define STARTERS       "layouts/starter"
#define LAYOUT_KEY     "layout: "
#define YEAR_OF_STRUCT 1900 /* struct tm counts years from there */

static struct date this_month(void)
{
    time_t now = time(NULL);
    struct tm parts;

    if (localtime_r(&now, &parts) == NULL)
        return (struct date){0};
    return (struct date){
        .year = parts.tm_year + YEAR_OF_STRUCT, .month = parts.tm_mon + 1};
}

/* The layout that the series.yaml at path names; NULL: none, or it cannot be read. */
static const char *series_layout(
    struct arena *arena, struct files *files, const char *path)
{
    const struct yaml_value *keys = NULL;
    struct diagnostics unheard;
    struct head head;
    int file;

    head_init(&head);
    diagnostics_init(&unheard);
    file = files_read_text(files, path, FILES_SOURCE_LIMIT, SPAN_NONE, &unheard);
    if (file >= 0)
        keys = yaml_read(arena, files, (uint32_t)file, 0,
            files_get(files, (uint32_t)file)->bytes.length, &unheard);
    if (keys != NULL)
        head_take(&head, arena, keys, true, &unheard);
    diagnostics_done(&unheard);
    return head.layout.value.length > 0
               ? arena_copy(arena, head.layout.value.data, head.layout.value.length)
               : NULL;
}

/* The starter's text; the base's when the layout has none. False after a diagnostic. */
static bool read_starter(struct next_issue *next, struct files *files, const char *data,
    const char *layout, const char *extension, struct text *ret_text,
    struct diagnostics *sink)
{
    const char *name = strchr(layout, '/') == NULL ? layout : LAYOUT_OTHER;
    char *path =
        arena_print(&next->arena, "%s/" STARTERS "/%s.%s", data, name, extension);
    int file;

    if (!path_exists(path))
        path = arena_print(
            &next->arena, "%s/" STARTERS "/" LAYOUT_OTHER ".%s", data, extension);
    file = files_read_text(files, path, FILES_SOURCE_LIMIT, SPAN_NONE, sink);
    if (file >= 0)
        *ret_text = files_get(files, (uint32_t)file)->bytes;
    return file >= 0;
}

/* The starter of an issue; own_layout: to be named in its head, or NULL. */
static void append_issue(
    struct str *out, struct text starter, struct date date, const char *own_layout)
{
    size_t field = text_find(starter, DATE_FIELD);
    struct text rest = text_slice(starter, field, starter.length);

    str_append_text(out, text_slice(starter, 0, field));
    if (rest.length > 0) {
        next_append_date(out, date);
        if (own_layout != NULL)
            str_printf(out, "\n" LAYOUT_KEY "%s", own_layout);
        rest = text_slice(rest, strlen(DATE_FIELD), rest.length);
    }
    str_append_text(out, rest);
}

/* The starter of a series.yaml, with the layout's own name. */
static void append_series(struct str *out, struct text starter, const char *layout)
{
    size_t start = text_find(starter, LAYOUT_KEY) + strlen(LAYOUT_KEY);
    struct text rest = text_slice(starter, start, starter.length);

    str_append_text(out, text_slice(starter, 0, start));
    str_append_string(out, layout);
    str_append_text(out, text_slice(rest, text_find(rest, "\n"), rest.length));
}

/* The series.yaml above a folder that need not be there yet. */
static char *find_series(struct arena *arena, const char *folder)
{
    while (
        !path_is_folder(folder) && strcmp(folder, ".") != 0 && strcmp(folder, "/") != 0)
        folder = path_folder(arena, folder);
    return document_find_series(arena, folder);
}

bool next_issue_start(struct next_issue *next, struct files *files,
    const struct next_options *options, struct diagnostics *sink)
{
    struct arena *arena = &next->arena;
    struct date date = options->date.year > 0 ? options->date : this_month();
    char *series = find_series(arena, options->folder);
    const char *named = series != NULL ? series_layout(arena, files, series) : NULL;
    const char *layout = options->layout != NULL ? options->layout
                         : named != NULL         ? named
                         : series != NULL        ? LAYOUT_OTHER
                                                 : LAYOUT_USUAL;
    bool own = series != NULL && options->layout != NULL;
    struct text issue, shared;
    struct str name;

    if (!read_starter(next, files, options->data, layout, "md", &issue, sink) ||
        !read_starter(next, files, options->data, layout, "yaml", &shared, sink))
        return false;
    append_issue(&next->text, issue, date, own ? options->layout : NULL);
    if (series == NULL) {
        append_series(&next->series, shared, layout);
        next->series_path = path_join(arena, options->folder, SERIES_NAME);
    }
    str_init(&name);
    next_append_date(&name, date);
    str_append_string(&name, ".md");
    next->path =
        path_join(arena, options->folder, arena_copy(arena, name.data, name.length));
    str_done(&name);
    return true;
}
