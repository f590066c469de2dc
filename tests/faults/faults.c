/* faults: a library for LD_PRELOAD that lets system calls and memory fail on purpose.
 *
 *     FAULT=CALL:HOW[:N]   the Nth call (1 without N) and, but for `memory`, all behind it
 *         write:ENOSPC  write:EIO  write:EINTR  write:short  fsync:EIO  fsync:EINTR
 *         rename:EACCES  close:EIO  open:EMFILE  memory:ENOMEM  write:STOP  rename:STOP
 *     FAULT_LOG=FILE       one line a call of write, fsync, close, rename, unlink, in order
 * write:short writes one byte at a time; write:EINTR fails every second call, as a signal
 * would. STOP sends SIGTERM to the program itself at that moment. Only descriptors from 3
 * on are meant: messages still come out.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The program's own malloc() calls these of libc (render/heap.c), so they are replaced. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct {
    char call[16], how[16];                  /* "" when nothing is to fail */
    long from;                               /* the first call that fails, from 1 */
    long seen;                               /* calls of that name so far */
    int log;                                 /* descriptor; −1 */
    void *(*resize)(void *old, size_t size); /* libc's realloc() */
} fault = {.log = -1};

__attribute__((constructor)) static void start(void)
{
    const char *wanted = getenv("FAULT"), *log = getenv("FAULT_LOG");

    *(void **)&fault.resize = dlsym(RTLD_NEXT, "__libc_realloc");
    fault.from = 1;
    if (log != NULL)
        fault.log = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (wanted != NULL)
        sscanf(wanted, "%15[^:]:%15[^:]:%ld", fault.call, fault.how, &fault.from);
}

static void note(const char *call, int descriptor)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s %d\n", call, descriptor);

    if (fault.log >= 0)
        syscall(SYS_write, fault.log, line, length);
}

/* Whether this call of that name is one that fails. */
static int is_due(const char *call)
{
    return fault.call[0] != '\0' && strcmp(fault.call, call) == 0 &&
           ++fault.seen >= fault.from;
}

static int fail(void)
{
    static const struct {
        const char *name;
        int value;
    } errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EINTR", EINTR}, {"EACCES", EACCES},
        {"EMFILE", EMFILE}};

    if (strcmp(fault.how, "STOP") == 0)
        kill(getpid(), SIGTERM);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(fault.how, errors[i].name) == 0)
            errno = errors[i].value;
    }
    return -1;
}

ssize_t write(int descriptor, const void *bytes, size_t length)
{
    if (descriptor > 2 && descriptor != fault.log) {
        note("write", descriptor);
        if (is_due("write")) {
            if (strcmp(fault.how, "short") == 0)
                length = length > 0 ? 1 : 0;
            else if (strcmp(fault.how, "EINTR") != 0 || fault.seen % 2 == 0)
                return fail();
        }
    }
    return syscall(SYS_write, descriptor, bytes, length);
}

int fsync(int descriptor)
{
    note("fsync", descriptor);
    return is_due("fsync") ? fail() : (int)syscall(SYS_fsync, descriptor);
}

int close(int descriptor)
{
    note("close", descriptor);
    if (is_due("close") && descriptor > 2) {
        syscall(SYS_close, descriptor); /* as Linux: closed all the same */
        return fail();
    }
    return (int)syscall(SYS_close, descriptor);
}

int rename(const char *from, const char *to)
{
    note("rename", -1);
    return is_due("rename") ? fail() : (int)syscall(SYS_rename, from, to);
}

int unlink(const char *path)
{
    note("unlink", -1);
    return (int)syscall(SYS_unlink, path);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    mode_t mode = 0;

    if (flags & O_CREAT) {
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    return is_due("open") ? fail()
                          : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* Memory fails once: what follows must not need luck to end well. */
static int memory_is_due(void)
{
    if (strcmp(fault.call, "memory") != 0 || ++fault.seen != fault.from)
        return 0;
    if (strcmp(fault.how, "TRAP") == 0)
        raise(SIGTRAP); /* for a debugger: who asked for this one? */
    errno = ENOMEM;
    return 1;
}

void *__libc_malloc(size_t size)
{
    return memory_is_due() ? NULL : __libc_memalign(2 * sizeof(size_t), size);
}

void *__libc_calloc(size_t count, size_t size)
{
    size_t total;
    void *block;

    if (__builtin_mul_overflow(count, size, &total) || memory_is_due())
        return NULL;
    block = __libc_memalign(2 * sizeof(size_t), total);
    return block != NULL ? memset(block, 0, total) : NULL;
}

void *__libc_realloc(void *old, size_t size)
{
    if (fault.resize == NULL)
        *(void **)&fault.resize = dlsym(RTLD_NEXT, "__libc_realloc");
    return memory_is_due() ? NULL : fault.resize(old, size);
}

/* At the end: how many allocations there were, for the test to choose from. */
__attribute__((destructor)) static void finish(void)
{
    char line[64];
    int length = snprintf(line, sizeof line, "memory %ld\n", fault.seen);

    if (fault.log >= 0 && strcmp(fault.call, "memory") == 0)
        syscall(SYS_write, fault.log, line, length);
}
