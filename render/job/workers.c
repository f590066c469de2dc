/* workers: fork, share out, collect; see workers.h. */
#include "job/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"

#define LINE_LIMIT ((size_t)256 << 20) /* bytes that a worker may send for one item */
#define READ_SIZE  ((size_t)64 << 10)  /* bytes asked of a pipe at a time */
/* Workers in a row that may die in one's place before they have begun an item: one that is
 * killed then is replaced, one that cannot start is not replaced for ever. */
#define IDLE_DEATHS_MOST 3

/* In memory that all processes share. */
struct board {
    _Atomic(uint32_t) next;               /* item */
    _Atomic(uint32_t) busy[WORKERS_MOST]; /* per worker: item + 1 that it is at; 0 none */
};

struct worker {
    pid_t process;   /* 0: none */
    int pipe;        /* end to read from; −1: closed */
    int idle_deaths; /* in a row */
    struct str got;  /* bytes of lines that are not whole yet */
};

struct pool {
    const struct workers *workers;
    struct board *board;
    struct worker *list; /* workers->count */
    bool *finished;      /* per item: done or lost */
    int signals;         /* signalfd */
    sigset_t before;     /* the mask to give back */
    struct workers_end end;
};

/* ---- in a worker ---- */

static void send_all(int pipe, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(pipe, bytes, length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            _exit(1);
        bytes += count;
        length -= (size_t)count;
    }
}

static void limit_cpu(uint32_t seconds)
{
    const struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds}};

    setitimer(ITIMER_PROF, &timer, NULL);
}

/* A sanitizer maps terabytes for its own books: there the limit would end every worker. */
#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_IS_COUNTED 0
#else
#define MEMORY_IS_COUNTED 1
#endif

static void limit_memory(size_t bytes)
{
    const struct rlimit limit = {bytes, bytes};

    if (bytes > 0 && MEMORY_IS_COUNTED)
        setrlimit(RLIMIT_DATA, &limit);
}

static _Noreturn void work(const struct pool *pool, uint32_t index, int pipe)
{
    const struct workers *workers = pool->workers;
    struct board *board = pool->board;
    struct str line;
    uint32_t item;

    str_init(&line);
    limit_memory(workers->memory);
    workers->start(workers->context);
    while ((item = atomic_fetch_add(&board->next, 1)) < workers->items) {
        const uint32_t number = item;

        atomic_store(&board->busy[index], item + 1);
        limit_cpu(workers->cpu_seconds);
        str_clear(&line);
        str_append(&line, &number, sizeof number);
        workers->run(workers->context, item, &line);
        str_append_char(&line, '\n');
        send_all(pipe, line.data, line.length);
        atomic_store(&board->busy[index], 0);
    }
    limit_cpu(0);
    _exit(0);
}

/* ---- in the parent ---- */

static void become_worker(struct pool *pool, uint32_t index, int pipe, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    close(pool->signals);
    for (uint32_t i = 0; i < pool->workers->count; i++) {
        if (pool->list[i].pipe >= 0)
            close(pool->list[i].pipe);
    }
    sigprocmask(SIG_SETMASK, &pool->before, NULL);
    work(pool, index, pipe);
}

static bool start_worker(struct pool *pool, uint32_t index)
{
    struct worker *worker = &pool->list[index];
    pid_t parent = getpid();
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fflush(NULL);
    atomic_store(&pool->board->busy[index], 0);
    worker->process = fork();
    if (worker->process == 0) {
        close(ends[0]);
        become_worker(pool, index, ends[1], parent);
    }
    close(ends[1]);
    if (worker->process < 0) {
        worker->process = 0;
        close(ends[0]);
        return false;
    }
    worker->pipe = ends[0];
    str_clear(&worker->got);
    return true;
}

/* Hand on the whole lines: four bytes of the item's number, JSON, an end of line. The
 * number's bytes may be an end of line, so they are skipped in the search. */
static void take_lines(struct pool *pool, struct worker *worker)
{
    struct text rest = str_text(&worker->got);

    for (;;) {
        struct text body = text_slice(rest, sizeof(uint32_t), rest.length);
        size_t end = text_find(body, "\n");
        uint32_t item;

        if (rest.length < sizeof item || end == body.length)
            break;
        memcpy(&item, rest.data, sizeof item);
        if (item < pool->workers->items && !pool->finished[item]) {
            pool->finished[item] = true;
            pool->workers->done(pool->workers->context, item, text_slice(body, 0, end));
        }
        rest = text_slice(body, end + 1, body.length);
    }
    if (rest.length < worker->got.length) {
        memmove(worker->got.data, rest.data, rest.length);
        worker->got.length = rest.length;
    }
}

static void lose(struct pool *pool, uint32_t item, int wait_status)
{
    if (pool->finished[item])
        return;
    pool->finished[item] = true;
    pool->workers->lost(pool->workers->context, item, wait_status);
}

static void count_usage(struct pool *pool, const struct rusage *usage)
{
    size_t memory = (size_t)usage->ru_maxrss << 10;

    if (memory > pool->end.memory)
        pool->end.memory = memory;
    pool->end.seconds +=
        (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
        (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

/* A worker has closed its pipe: it has ended. */
static void end_worker(struct pool *pool, uint32_t index)
{
    struct worker *worker = &pool->list[index];
    struct rusage usage;
    int status = 0;
    uint32_t busy;

    close(worker->pipe);
    worker->pipe = -1;
    while (wait4(worker->process, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    worker->process = 0;
    count_usage(pool, &usage);
    busy = atomic_load(&pool->board->busy[index]);
    if (pool->end.signal != 0 || (busy == 0 && status == 0))
        return;
    worker->idle_deaths = busy == 0 ? worker->idle_deaths + 1 : 0;
    if (busy != 0)
        lose(pool, busy - 1, status);
    if (worker->idle_deaths <= IDLE_DEATHS_MOST &&
        atomic_load(&pool->board->next) < pool->workers->items)
        start_worker(pool, index);
}

static void read_worker(struct pool *pool, uint32_t index)
{
    struct worker *worker = &pool->list[index];
    char buffer[READ_SIZE];
    ssize_t count = read(worker->pipe, buffer, sizeof buffer);

    if (count < 0 && errno == EINTR)
        return;
    if (count > 0 && worker->got.length < LINE_LIMIT) {
        str_append(&worker->got, buffer, (size_t)count);
        take_lines(pool, worker);
        return;
    }
    if (count > 0)
        kill(worker->process, SIGKILL);
    end_worker(pool, index);
}

static void stop_workers(struct pool *pool)
{
    struct signalfd_siginfo info;

    if (read(pool->signals, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    pool->end.signal = (int)info.ssi_signo;
    atomic_store(&pool->board->next, pool->workers->items);
    for (uint32_t i = 0; i < pool->workers->count; i++) {
        if (pool->list[i].process != 0)
            kill(pool->list[i].process, SIGTERM);
    }
}

/* Wait for what comes next. False: no worker is left. */
static bool step(struct pool *pool)
{
    struct pollfd polled[WORKERS_MOST + 1];
    uint32_t index_of[WORKERS_MOST + 1];
    nfds_t count = 0;

    for (uint32_t i = 0; i < pool->workers->count; i++) {
        if (pool->list[i].pipe < 0)
            continue;
        index_of[count] = i;
        polled[count++] = (struct pollfd){.fd = pool->list[i].pipe, .events = POLLIN};
    }
    if (count == 0)
        return false;
    polled[count] = (struct pollfd){.fd = pool->signals, .events = POLLIN};
    if (poll(polled, count + 1, WORKERS_TICK) > 0) {
        for (nfds_t i = 0; i < count; i++) {
            if (polled[i].revents != 0)
                read_worker(pool, index_of[i]);
        }
        if (polled[count].revents != 0)
            stop_workers(pool);
    }
    pool->workers->tick(pool->workers->context);
    return true;
}

static void pool_init(struct pool *pool, const struct workers *workers)
{
    sigset_t held;

    pool->workers = workers;
    pool->board = mmap(NULL, sizeof *pool->board, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pool->board == MAP_FAILED)
        program_stop("no memory to share with workers: %s", strerror(errno));
    pool->list = memory_alloc(workers->count * sizeof *pool->list);
    pool->finished = memory_alloc((size_t)workers->items + 1);
    for (uint32_t i = 0; i < workers->count; i++)
        pool->list[i].pipe = -1;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, &pool->before);
    pool->signals = signalfd(-1, &held, SFD_CLOEXEC);
    if (pool->signals < 0)
        program_stop("cannot wait for signals: %s", strerror(errno));
}

static void pool_done(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->workers->count; i++)
        str_done(&pool->list[i].got);
    memory_free(pool->list);
    memory_free(pool->finished);
    munmap(pool->board, sizeof *pool->board);
    close(pool->signals);
    sigprocmask(SIG_SETMASK, &pool->before, NULL);
}

struct workers_end workers_run(const struct workers *workers)
{
    struct pool pool = {0};

    pool_init(&pool, workers);
    for (uint32_t i = 0; i < workers->count && i < workers->items; i++) {
        if (!start_worker(&pool, i) && i == 0)
            program_stop("cannot start a worker: %s", strerror(errno));
    }
    while (step(&pool))
        continue;
    for (uint32_t i = 0; pool.end.signal == 0 && i < workers->items; i++)
        lose(&pool, i, 0);
    pool_done(&pool);
    return pool.end;
}
