/* output: a file that appears whole or not at all.
 *
 * The temporary stands in the target's folder (rename() does not cross file systems) and
 * is called .NAME.paiban-XXXXXX. A target that is a symbolic link stays one: what it
 * points to is replaced. A target that is no regular file (/dev/stdout, a FIFO) is
 * written directly.
 *
 * A temporary is locked until it has its target's name. One that nobody has locked was left
 * by a process that was killed, and output_clear_stale() removes it. Rejected: a file
 * without a name (O_TMPFILE) needs one before it can replace another, and not every file
 * system has it.
 *
 * The list of temporaries is the one global of the program that changes: a signal handler
 * has no other way to them. Its entries are only ever added at the front and never freed,
 * so the handler may walk it at any moment. An entry is unused while its process is 0; a
 * child made by fork() leaves its parent's temporaries alone.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/utf8.h"

#define LINK_LIMIT 40  /* symbolic links followed where the target is missing; as Linux */
#define NAME_LIMIT 200 /* bytes of the target's name in a temporary's; NAME_MAX is 255 */
#define MARK       ".paiban-" /* between the target's name and what makes it unique */
#define UNIQUE     "XXXXXX"   /* what mkostemp() replaces */
#define TRY_LIMIT  100        /* temporaries that others may take for stale in a row */

struct temporary {
    struct temporary *next; /* older entries */
    _Atomic(int) process;   /* id of the process that owns the file; 0: unused */
    char path[PATH_MAX];    /* absolute or relative as opened; NUL-terminated */
};

static _Atomic(struct temporary *) temporaries;

void outputs_remove_temporaries(void)
{
    struct temporary *entry = atomic_load(&temporaries);

    for (; entry != NULL; entry = entry->next) {
        if (atomic_load(&entry->process) == (int)getpid())
            unlink(entry->path);
    }
}

/* An entry to be used. Made before its file is: where memory fails no file is left. */
static struct temporary *temporary_entry(void)
{
    struct temporary *entry = atomic_load(&temporaries);

    while (entry != NULL && atomic_load(&entry->process) != 0)
        entry = entry->next;
    if (entry == NULL) {
        entry = memory_alloc(sizeof *entry);
        entry->next = atomic_load(&temporaries);
        atomic_store(&temporaries, entry);
    }
    return entry;
}

static void temporary_forget(const char *path)
{
    struct temporary *entry = atomic_load(&temporaries);

    for (; entry != NULL; entry = entry->next) {
        if (atomic_load(&entry->process) == (int)getpid() &&
            strcmp(entry->path, path) == 0)
            atomic_store(&entry->process, 0);
    }
}

static bool tell_failed(
    const char *path, const char *why, const char *hint, struct diagnostics *sink)
{
    diag_add(sink, DIAG_OUTPUT_FAILED, SPAN_NONE, hint, path, why);
    return false;
}

/* Follow a symbolic link to a target that does not exist. On the heap. */
static char *follow_dangling(struct arena *arena, const char *path)
{
    char link[PATH_MAX];

    for (int i = 0; i < LINK_LIMIT; i++) {
        ssize_t length = readlink(path, link, sizeof link - 1);

        if (length < 0)
            break;
        link[length] = '\0';
        path = path_join(arena, path_folder(arena, path), link);
    }
    return memory_duplicate(path, strlen(path));
}

/* What is to be replaced: no symbolic link in its last part. On the heap. */
static char *resolve_target(const char *path)
{
    char *resolved = realpath(path, NULL);
    struct arena arena;

    if (resolved != NULL)
        return resolved;
    arena_init(&arena);
    resolved = follow_dangling(&arena, path);
    arena_done(&arena);
    return resolved;
}

/* ".NAME.paiban-XXXXXX" in the target's folder. On the heap. */
static char *temporary_name(const char *target)
{
    const char *slash = strrchr(target, '/');
    struct text name = text_of(slash == NULL ? target : slash + 1);
    struct str result;

    if (name.length > NAME_LIMIT) {
        size_t end = NAME_LIMIT;

        while (((unsigned char)name.data[end] & 0xC0) == 0x80)
            end--;
        name.length = end;
    }
    str_init(&result);
    str_append(&result, target, slash == NULL ? 0 : (size_t)(slash - target) + 1);
    str_append_char(&result, '.');
    str_append_text(&result, name);
    str_append_string(&result, MARK UNIQUE);
    return result.data;
}

/* Lock a temporary; false when it was taken for stale before it was. Where the file system
 * has no locks, nobody can take it for stale. */
static bool temporary_hold(int descriptor)
{
    struct stat status;

    (void)!flock(descriptor, LOCK_EX);
    return fstat(descriptor, &status) != 0 || status.st_nlink > 0;
}

/* A temporary that is there and locked: its descriptor, or -1. */
static int temporary_make(char *name)
{
    char *unique = name + strlen(name) - strlen(UNIQUE);

    for (int i = 0; i < TRY_LIMIT; i++) {
        int descriptor = mkostemp(name, O_CLOEXEC);

        if (descriptor < 0 || temporary_hold(descriptor))
            return descriptor;
        close(descriptor);
        memset(unique, 'X', strlen(UNIQUE));
    }
    errno = EBUSY;
    return -1;
}

/* Create the temporary and enter it into the list, with signals held back in between. */
static int temporary_create(char *name, mode_t mode)
{
    struct temporary *entry = temporary_entry();
    sigset_t all, before;
    int descriptor, error;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    descriptor = temporary_make(name);
    error = errno;
    if (descriptor >= 0) {
        /* It fits into PATH_MAX: the system has opened it. */
        memcpy(entry->path, name, strlen(name) + 1);
        atomic_store(&entry->process, (int)getpid());
        /* A file system without permission bits (FAT) refuses; nothing is lost then. */
        (void)!fchmod(descriptor, mode);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return descriptor;
}

static bool is_temporary(const char *name)
{
    size_t tail = strlen(MARK) + strlen(UNIQUE), length = strlen(name);

    return name[0] == '.' && length > tail + 1 &&
           strncmp(name + length - tail, MARK, strlen(MARK)) == 0;
}

/* Remove a temporary of the folder unless somebody holds it. */
static void remove_stale(int folder, const char *name)
{
    int descriptor =
        openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat status;

    if (descriptor < 0)
        return;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
        flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(descriptor);
}

void output_clear_stale(const char *path)
{
    char *target = resolve_target(path);
    const struct dirent *entry;
    struct arena arena;
    DIR *stream;

    arena_init(&arena);
    stream = opendir(path_is_folder(target) ? target : path_folder(&arena, target));
    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        if (is_temporary(entry->d_name))
            remove_stale(dirfd(stream), entry->d_name);
    }
    if (stream != NULL)
        closedir(stream);
    memory_free(target);
    arena_done(&arena);
}

/* The permission bits of a new file: what open() would give it. */
static mode_t new_file_mode(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return 0666 & ~mask;
}

static bool open_direct(struct output *output, struct diagnostics *sink)
{
    output->descriptor = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (output->descriptor >= 0)
        return true;
    return tell_failed(output->path, strerror(errno), NULL, sink);
}

/* Say why a temporary could not be made in the folder of output->path. */
static bool tell_no_temporary(
    const struct output *output, int error, struct diagnostics *sink)
{
    struct arena arena;
    const char *folder, *hint = NULL;

    arena_init(&arena);
    folder = path_folder(&arena, output->path);
    if (error == ENOENT && !path_exists(folder))
        hint = arena_print(
            &arena, _("the folder ‘%s’ does not exist: make it with `mkdir -p`"), folder);
    else if (error == EACCES || error == EROFS || error == EPERM)
        hint = arena_print(&arena, _("the folder ‘%s’ is not writable"), folder);
    tell_failed(output->path, strerror(error), hint, sink);
    arena_done(&arena);
    return false;
}

static bool open_beside(struct output *output, mode_t mode, struct diagnostics *sink)
{
    char *target = resolve_target(output->path);
    char *name = temporary_name(target);
    int error;

    output->descriptor = temporary_create(name, mode);
    error = errno;
    if (output->descriptor < 0) {
        memory_free(target);
        memory_free(name);
        return tell_no_temporary(output, error, sink);
    }
    output->target = target;
    output->temporary = name;
    return true;
}

/* Choose how to write to output->path by what stands there now. */
static bool open_path(struct output *output, struct diagnostics *sink)
{
    const char *path = output->path;
    size_t length = strlen(path);
    struct stat status;

    if (length == 0)
        return tell_failed(path, strerror(ENOENT), NULL, sink);
    if (stat(path, &status) != 0)
        return path[length - 1] == '/'
                   ? tell_failed(path, _("it is a folder"), NULL, sink)
                   : open_beside(output, new_file_mode(), sink);
    if (S_ISDIR(status.st_mode))
        return tell_failed(path, _("it is a folder"), NULL, sink);
    if (!S_ISREG(status.st_mode))
        return open_direct(output, sink);
    if (access(path, W_OK) != 0)
        return tell_failed(path, strerror(errno), NULL, sink);
    return open_beside(output, status.st_mode & 0777, sink);
}

bool output_open(struct output *output, const char *path, struct diagnostics *sink)
{
    *output =
        (struct output){.path = memory_duplicate(path, strlen(path)), .descriptor = -1};
    if (strcmp(path, "-") == 0) {
        output->descriptor = STDOUT_FILENO;
        return true;
    }
    if (open_path(output, sink))
        return true;
    output_abandon(output);
    return false;
}

/* One write(); false after an error that will not pass. */
static bool write_some(struct output *output, const char **bytes, size_t *length)
{
    ssize_t count = write(output->descriptor, *bytes, *length);

    if (count >= 0) {
        *bytes += count;
        *length -= (size_t)count;
        output->written += (uint64_t)count;
        return true;
    }
    if (errno == EINTR)
        return true;
    if (errno == EAGAIN) {
        struct pollfd ready = {.fd = output->descriptor, .events = POLLOUT};

        poll(&ready, 1, -1);
        return true;
    }
    return false;
}

void output_write(struct output *output, const void *bytes, size_t length)
{
    const char *next = bytes;

    while (length > 0 && !output->failed) {
        if (write_some(output, &next, &length))
            continue;
        output->failed = true;
        output->error = errno;
    }
}

static void fail_if(struct output *output, bool failed)
{
    if (!failed || output->failed)
        return;
    output->failed = true;
    output->error = errno;
}

/* Make the new name durable. What the folder's file system cannot do is not an error: the
 * content is on the disk already. */
static void sync_folder(const char *path)
{
    struct arena arena;
    int descriptor;

    arena_init(&arena);
    descriptor = open(path_folder(&arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    arena_done(&arena);
    if (descriptor < 0)
        return;
    (void)!fsync(descriptor);
    close(descriptor);
}

static bool rename_temporary(struct output *output)
{
    fail_if(output, rename(output->temporary, output->target) != 0);
    if (output->failed)
        return false;
    temporary_forget(output->temporary);
    memory_free(output->temporary);
    output->temporary = NULL;
    return true;
}

/* Closed before it is renamed: some file systems only then say that a write failed. A
 * duplicate keeps the lock meanwhile. */
static void commit_temporary(struct output *output)
{
    int descriptor = output->descriptor;
    int held = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);

    fail_if(output, held < 0);
    if (output->ahead) /* it may wait where the disk has much to do */
        (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    fail_if(output, !output->lazy && fsync(descriptor) != 0);
    output->descriptor = -1;
    fail_if(output, close(descriptor) != 0);
    if (!output->failed && rename_temporary(output) && !output->lazy)
        sync_folder(output->target);
    if (held >= 0)
        close(held);
}

bool output_commit(struct output *output, struct diagnostics *sink)
{
    bool done;

    if (output->temporary != NULL && !output->failed) {
        commit_temporary(output);
    } else if (output->temporary == NULL && output->descriptor != STDOUT_FILENO) {
        fail_if(output, close(output->descriptor) != 0);
        output->descriptor = -1;
    }
    done = !output->failed;
    if (!done)
        tell_failed(strcmp(output->path, "-") == 0 ? "<stdout>" : output->path,
            strerror(output->error), NULL, sink);
    output_abandon(output);
    return done;
}

bool output_save(const char *path, struct text bytes, struct diagnostics *sink)
{
    struct output output;

    if (!output_open(&output, path, sink))
        return false;
    output_write(&output, bytes.data, bytes.length);
    return output_commit(&output, sink);
}

void output_abandon(struct output *output)
{
    if (output == NULL || output->path == NULL)
        return;
    if (output->descriptor >= 0 && output->descriptor != STDOUT_FILENO)
        close(output->descriptor);
    if (output->temporary != NULL) {
        unlink(output->temporary);
        temporary_forget(output->temporary);
    }
    memory_free(output->path);
    memory_free(output->target);
    memory_free(output->temporary);
    output->path = NULL;
    output->target = NULL;
    output->temporary = NULL;
    output->descriptor = -1;
}
