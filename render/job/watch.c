/* watch: what to watch, and what has changed; see watch.h. */
#include "job/watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "job/batch_parts.h"
#include "job/inputs.h"
#include "job/render.h"
#include "job/target.h"
#include "out/pdf/cache.h"

#define ISSUES_MOST  100000
#define DEPTH_LIMIT  64  /* folders inside one another; as in discover.c */
#define QUIET        5   /* ms without an event: an editor writes several files at once */
#define QUIET_MOST   200 /* ms after which changes that never end are rendered */
#define EVENT_BUFFER 65536
#define ROUNDS_MOST  3 /* builds at once of a file that is written all the time */

#define FOLDER_EVENTS                                                                    \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE |              \
        IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

void watch_init(struct watch *watch, char *operand, const char *out)
{
    *watch = (struct watch){.operand = operand, .out = out};
    job_init(&watch->job);
    watch->job.keeps_fonts = true;
    watch->pdf_cache = pdf_cache_new(SERIES_SAME);
    arena_init(&watch->arena);
    states_init(&watch->states);
    map_init(&watch->known);
    map_init(&watch->interesting);
    map_init(&watch->folders);
    watch->is_folder = path_is_folder(operand);
    watch->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

void watch_done(struct watch *watch)
{
    if (watch == NULL)
        return;
    for (size_t i = 0; i < watch->issues.length; i++) {
        vec_done(&watch->issues.data[i]->inputs);
        vec_done(&watch->issues.data[i]->digests);
        page_cuts_done(&watch->issues.data[i]->cuts);
    }
    if (watch->inotify >= 0)
        close(watch->inotify);
    vec_done(&watch->issues);
    map_done(&watch->known);
    map_done(&watch->interesting);
    map_done(&watch->folders);
    states_done(&watch->states);
    arena_done(&watch->arena);
    job_done(&watch->job);
    pdf_cache_free(watch->pdf_cache);
}

/* ---- issues ---- */

static void add_issue(struct watch *watch, const char *path, const char *target)
{
    struct watched *issue;

    if (map_lookup(&watch->known, text_of(path)) != NULL)
        return;
    issue = ARENA_NEW(&watch->arena, struct watched);
    issue->path = arena_print(&watch->arena, "%s", path);
    issue->target = arena_print(&watch->arena, "%s", target);
    vec_push(&watch->issues, issue);
    map_set(&watch->known, text_of(issue->path), issue);
}

/* Find the issues below the folder that are not known yet. */
static bool find_issues(struct watch *watch)
{
    const char *out = watch->out != NULL ? watch->out : watch->operand;
    const struct discovery discovery = {
        .out = out, .extension = "pdf", .most = ISSUES_MOST};
    struct issue_list found;
    bool good;

    issue_list_init(&found);
    good = issues_find(&found, &watch->operand, 1, &discovery, &watch->job.sink);
    for (size_t i = 0; good && i < found.list.length; i++)
        add_issue(watch, found.list.data[i].path,
            path_join(&watch->arena, out, found.list.data[i].output));
    issue_list_done(&found);
    return good;
}

static bool begin(struct watch *watch)
{
    if (watch->is_folder)
        return find_issues(watch);
    if (!path_exists(watch->operand)) {
        diag_add(&watch->job.sink, DIAG_NO_SUCH_FILE, SPAN_NONE, NULL, watch->operand);
        return false;
    }
    add_issue(watch, watch->operand,
        job_target(&watch->arena, watch->operand, watch->out, "pdf"));
    return true;
}

/* ---- watches ---- */

/* Go over to looking at the files in turns. */
static void stop_inotify(struct watch *watch, int error)
{
    if (watch->inotify >= 0)
        close(watch->inotify);
    watch->inotify = -1;
    diagnostics_clear(&watch->job.sink);
    diag_add(&watch->job.sink, DIAG_WATCH_POLLING, SPAN_NONE,
        _("raise fs.inotify.max_user_watches and max_user_instances with sysctl"),
        strerror(error), WATCH_POLL);
    watch->on_finding(watch);
}

/* Watch a folder, or the nearest above it that exists. A folder that was removed and made
 * again has another identity: it is added each time, which costs nothing when it is
 * watched already. */
static void watch_folder(struct watch *watch, const char *path)
{
    struct arena arena;
    int descriptor = -1;

    arena_init(&arena);
    for (int i = 0; watch->inotify >= 0 && i < DEPTH_LIMIT; i++) {
        descriptor = inotify_add_watch(watch->inotify, path, FOLDER_EVENTS);
        if (descriptor >= 0 || (errno != ENOENT && errno != ENOTDIR))
            break;
        path = path_folder(&arena, path);
    }
    if (descriptor >= 0)
        map_set(&watch->folders, text_of(path), (void *)(intptr_t)(descriptor + 1));
    else if (watch->inotify >= 0 && (errno == ENOSPC || errno == ENOMEM))
        stop_inotify(watch, errno);
    arena_done(&arena);
}

/* The folders below the operand: issues may appear in them. */
static void watch_tree(struct watch *watch, const char *path, int depth)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    struct stat status;

    if (folder == NULL || depth > DEPTH_LIMIT) {
        if (folder != NULL)
            closedir(folder);
        return;
    }
    watch_folder(watch, states_path(&watch->states, path));
    while ((entry = readdir(folder)) != NULL) {
        struct arena arena;
        const char *below;

        if (entry->d_name[0] == '.')
            continue;
        arena_init(&arena);
        below = arena_print(&arena, "%s/%s", path, entry->d_name);
        if (lstat(below, &status) == 0 && S_ISDIR(status.st_mode))
            watch_tree(watch, arena_print(&arena, "%s/.", below), depth + 1);
        arena_done(&arena);
    }
    closedir(folder);
}

static void watch_everything(struct watch *watch)
{
    const char *last = "";

    map_done(&watch->interesting);
    map_init(&watch->interesting);
    map_done(&watch->folders);
    map_init(&watch->folders);
    if (watch->is_folder)
        watch_tree(watch, arena_print(&watch->arena, "%s/.", watch->operand), 0);
    for (size_t i = 0; i < watch->issues.length; i++) {
        const struct watched *issue = watch->issues.data[i];

        for (size_t k = 0; k < issue->inputs.length; k++) {
            struct arena arena;
            const char *folder;

            arena_init(&arena);
            map_set(&watch->interesting, text_of(issue->inputs.data[k]), watch);
            folder = path_folder(&arena, issue->inputs.data[k]);
            if (strcmp(folder, last) != 0 &&
                map_lookup(&watch->folders, text_of(folder)) == NULL)
                watch_folder(watch, folder);
            arena_done(&arena);
        }
    }
}

/* ---- rendering ---- */

static void note_inputs(
    struct watch *watch, struct watched *issue, const struct book *book)
{
    struct job_inputs inputs = {.fingerprint = 0};

    job_inputs(&watch->job, book, issue->path, HASH_SEED, &watch->states, &inputs);
    vec_clear(&issue->inputs);
    for (size_t i = 0; i < inputs.paths.length; i++)
        vec_push(&issue->inputs, inputs.paths.data[i]);
    issue->fingerprint = inputs.fingerprint;
    vec_done(&inputs.paths);
}

static bool draw(struct watch *watch, const struct watched *issue, struct book *book)
{
    const struct job_drawing drawing = {
        .device = watch->device,
        .options = {.compress = -1, .pdf_cache = watch->pdf_cache},
        .target = issue->target,
        .lazy = true,
    };
    struct arena arena;

    arena_init(&arena);
    if (watch->is_folder)
        path_make_folder(path_folder(&arena, issue->target));
    arena_done(&arena);
    return job_render(&watch->job, book, &drawing);
}

/* Compare with the digests of the last build and take the new ones. */
static void compare(
    struct watched *issue, const struct book *book, struct watch_event *event)
{
    page_changes_find(
        book, issue->digests.data, (uint32_t)issue->digests.length, &event->changes);
    vec_clear(&issue->digests);
    for (size_t i = 0; i < book->pages.length; i++)
        vec_push(&issue->digests, book->pages.data[i].digest);
}

static void render(struct watch *watch, struct watched *issue)
{
    struct watch_event event = {.issue = issue, .first = !issue->built};
    double before = job_cpu_seconds();
    uint64_t composed =
        watch->job.composer != NULL ? composer_count(watch->job.composer) : 0;
    struct book book;

    watch->job.cuts = &issue->cuts;
    event.rendered = job_build(&watch->job, issue->path, &watch->options, &book) &&
                     draw(watch, issue, &book);
    event.seconds = job_cpu_seconds() - before;
    note_inputs(watch, issue, &book);
    issue->gone = false;
    if (event.rendered) {
        issue->built = true;
        event.pages = (uint32_t)book.pages.length;
        event.composed = composer_count(watch->job.composer) - composed;
        event.joined = issue->cuts.joined;
        compare(issue, &book, &event);
    }
    watch->on_event(watch, &event);
    vec_done(&event.changes.list);
    book_done(&book);
}

static void tell_gone(struct watch *watch, struct watched *issue)
{
    const struct watch_event event = {.issue = issue, .gone = true};

    if (!issue->gone)
        watch->on_event(watch, &event);
    issue->gone = true;
    issue->fingerprint = 0;
}

/* Render what is made from something that has changed. Was there anything? */
static bool render_changed(struct watch *watch)
{
    bool rendered = false;

    if (watch->discover && watch->is_folder)
        find_issues(watch);
    watch->discover = false;
    states_forget(&watch->states);
    for (size_t i = 0; i < watch->issues.length; i++) {
        struct watched *issue = watch->issues.data[i];

        if (issue->inputs.length > 0 && !path_exists(issue->path))
            tell_gone(watch, issue);
        else if (issue->inputs.length == 0 || issue->fingerprint == 0 ||
                 job_inputs_now(&watch->states, issue->inputs.data, issue->inputs.length,
                     HASH_SEED) != issue->fingerprint) {
            render(watch, issue);
            rendered = true;
        }
    }
    return rendered;
}

/* ---- waiting ---- */

/* Does an event concern an input, or may it be a new issue? */
static bool is_interesting(struct watch *watch, const struct inotify_event *event)
{
    struct text name = text_of(event->len > 0 ? event->name : "");

    if ((event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF)) != 0 ||
        (event->mask & IN_ISDIR) != 0) {
        watch->discover = true;
        return true;
    }
    if ((event->mask & (IN_CREATE | IN_IGNORED)) != 0 || name.length == 0)
        return false;
    for (size_t i = 0; i < watch->folders.length; i++) {
        const struct map_entry *folder = &watch->folders.entries[i];
        struct arena arena;
        bool known;

        if ((intptr_t)folder->value != event->wd + 1)
            continue;
        arena_init(&arena);
        known = map_lookup(&watch->interesting,
                    text_of(path_join(&arena, folder->key.data, name.data))) != NULL;
        arena_done(&arena);
        if (known)
            return true;
    }
    if (!watch->is_folder || name.data[0] == '.' || !text_ends(name, ".md"))
        return false;
    watch->discover = true;
    return true;
}

/* Take all events that are there. Was one of interest? */
static bool take_events(struct watch *watch)
{
    _Alignas(struct inotify_event) char buffer[EVENT_BUFFER];
    bool interesting = false;
    ssize_t length;

    while ((length = read(watch->inotify, buffer, sizeof buffer)) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event =
                (const struct inotify_event *)(const void *)(buffer + at);

            interesting = is_interesting(watch, event) || interesting;
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return interesting;
}

/* Wait for a change and then until it is quiet. */
static void wait_events(struct watch *watch)
{
    struct pollfd ready = {.fd = watch->inotify, .events = POLLIN};

    do
        poll(&ready, 1, -1);
    while (!take_events(watch));
    for (int waited = 0; waited < QUIET_MOST && poll(&ready, 1, QUIET) > 0;
         waited += QUIET)
        take_events(watch);
}

/* A build may find new inputs, which are watched only then: what was saved in between is
 * seen by looking again. */
static void render_until_quiet(struct watch *watch)
{
    bool rendered = true;

    watch_everything(watch);
    for (int i = 0; rendered && i < ROUNDS_MOST; i++) {
        rendered = render_changed(watch);
        if (rendered)
            watch_everything(watch);
    }
}

void watch_run(struct watch *watch)
{
    if (!begin(watch) || !job_warm(&watch->job))
        return;
    watch->device = job_device(&watch->job, "pdf");
    if (watch->device == NULL)
        return;
    if (watch->inotify < 0)
        stop_inotify(watch, errno);
    for (;;) {
        render_until_quiet(watch);
        if (watch->ended != NULL && *watch->ended)
            return;
        if (watch->inotify >= 0) {
            wait_events(watch);
        } else {
            poll(NULL, 0, WATCH_POLL);
            watch->discover = true;
        }
    }
}
