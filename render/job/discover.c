/* discover: walking folders for issues; see discover.h. */
#include "job/discover.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/utf8.h"

#define DEPTH_LIMIT 64 /* folders inside one another */

struct walk {
    struct issue_list *issues;
    const struct discovery *discovery;
    struct diagnostics *sink;
    bool has_out;
    struct stat out; /* of OUT, when it exists */
    bool full;       /* too-many-issues was told */
};

void issue_list_init(struct issue_list *issues)
{
    *issues = (struct issue_list){0};
    arena_init(&issues->arena);
}

void issue_list_done(struct issue_list *issues)
{
    if (issues == NULL)
        return;
    vec_done(&issues->list);
    arena_done(&issues->arena);
}

bool shard_has(const char *output, uint32_t shard, uint32_t shard_count)
{
    return shard_count == 0 ||
           hash_text(HASH_SEED, text_of(output)) % shard_count == shard - 1;
}

static bool matches(const struct discovery *discovery, const char *below)
{
    const char *name = strrchr(below, '/');

    if (discovery->match == NULL)
        return true;
    if (strchr(discovery->match, '/') != NULL)
        return fnmatch(discovery->match, below, FNM_PATHNAME) == 0;
    return fnmatch(discovery->match, name != NULL ? name + 1 : below, 0) == 0;
}

/* path: to open; below: the same from the operand on, which makes the output's name. */
static void add_issue(struct walk *walk, const char *path, const char *below)
{
    struct arena *arena = &walk->issues->arena;
    const struct discovery *discovery = walk->discovery;
    struct issue issue = {.path = arena_print(arena, "%s", path)};

    if (utf8_validate(below, strlen(below)) != strlen(below)) {
        diag_add(walk->sink, DIAG_NAME_NOT_UTF8, SPAN_NONE, NULL, path);
        return;
    }
    issue.output = path_join(arena, path_folder(arena, below),
        arena_print(arena, "%s.%s", path_stem(arena, below), discovery->extension));
    if (!matches(discovery, below) ||
        !shard_has(issue.output, discovery->shard, discovery->shard_count))
        return;
    if (walk->issues->list.length >= discovery->most) {
        if (!walk->full)
            diag_add(walk->sink, DIAG_TOO_MANY_ISSUES, SPAN_NONE, NULL, discovery->most);
        walk->full = true;
        return;
    }
    vec_push(&walk->issues->list, issue);
}

static bool is_out(const struct walk *walk, const struct stat *status)
{
    return walk->has_out && status->st_dev == walk->out.st_dev &&
           status->st_ino == walk->out.st_ino;
}

static void walk_folder(
    struct walk *walk, const char *path, const char *below, int depth);

static void walk_entry(
    struct walk *walk, const char *folder, const char *below, const char *name, int depth)
{
    struct arena arena;
    struct stat status;
    const char *path, *shown;

    arena_init(&arena);
    path = strcmp(folder, ".") == 0 ? arena_print(&arena, "./%s", name)
                                    : path_join(&arena, folder, name);
    shown = path_join(&arena, below, name);
    if (lstat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            if (!is_out(walk, &status))
                walk_folder(walk, path, shown, depth + 1);
        } else if (text_ends(text_of(name), ".md") && !path_is_folder(path)) {
            add_issue(walk, path, shown);
        }
    }
    arena_done(&arena);
}

static void walk_folder(struct walk *walk, const char *path, const char *below, int depth)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;

    if (folder == NULL || depth > DEPTH_LIMIT) {
        diag_add(walk->sink, DIAG_FOLDER_UNREADABLE, SPAN_NONE, NULL, path,
            strerror(folder == NULL ? errno : ELOOP));
        if (folder != NULL)
            closedir(folder);
        return;
    }
    while ((entry = readdir(folder)) != NULL) {
        /* what the folder itself says to be another file needs no look */
        bool other = entry->d_type == DT_REG && !text_ends(text_of(entry->d_name), ".md");

        if (entry->d_name[0] != '.' && !other)
            walk_entry(walk, path, below, entry->d_name, depth);
    }
    closedir(folder);
}

static void walk_operand(struct walk *walk, const char *operand)
{
    const char *name = strrchr(operand, '/');

    if (path_is_folder(operand))
        walk_folder(walk, operand, "", 0);
    else if (path_exists(operand))
        add_issue(walk, operand, name != NULL ? name + 1 : operand);
    else
        diag_add(walk->sink, DIAG_NO_SUCH_FILE, SPAN_NONE, NULL, operand);
}

static int compare_issues(const void *a, const void *b)
{
    const struct issue *left = a, *right = b;
    int order = strcmp(left->output, right->output);

    return order != 0 ? order : strcmp(left->path, right->path);
}

/* The same issue given twice is one; two issues with one output are refused. */
static void check_outputs(struct issue_list *issues, struct diagnostics *sink)
{
    size_t kept = 0;

    for (size_t i = 0; i < issues->list.length; i++) {
        struct issue *issue = &issues->list.data[i];
        struct issue *before = kept > 0 ? &issues->list.data[kept - 1] : NULL;

        if (before != NULL && strcmp(before->output, issue->output) == 0) {
            if (strcmp(before->path, issue->path) != 0)
                diag_add(sink, DIAG_SAME_OUTPUT, SPAN_NONE, NULL, before->path,
                    issue->path, issue->output);
            continue;
        }
        issues->list.data[kept++] = *issue;
    }
    issues->list.length = kept;
}

bool issues_find(struct issue_list *issues, char *const *operands, size_t operand_count,
    const struct discovery *discovery, struct diagnostics *sink)
{
    struct walk walk = {.issues = issues, .discovery = discovery, .sink = sink};

    walk.has_out = stat(discovery->out, &walk.out) == 0;
    for (size_t i = 0; i < operand_count; i++)
        walk_operand(&walk, operands[i]);
    if (issues->list.length > 0)
        qsort(
            issues->list.data, issues->list.length, sizeof(struct issue), compare_issues);
    check_outputs(issues, sink);
    return !diag_is_fatal(sink);
}
