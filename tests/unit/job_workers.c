/* Workers: items are shared out, a death loses the item it was at and nothing else. */
#include "unit_test.h"
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "job/workers.h"

#define ITEMS 50

/* Shared with the workers. */
struct seen {
    _Atomic(int) starts;      /* workers so far */
    int deaths;               /* how many of the first ones die at their start */
    uint32_t fatal;           /* the item that kills its worker; ITEMS: none */
    uint32_t done[ITEMS];     /* in the parent: times that an item's line came */
    uint32_t lost[ITEMS];     /* likewise */
    int lost_by;              /* signal of the last that was lost; 0: none */
};

static void start(void *context)
{
    struct seen *seen = context;
    if (atomic_fetch_add(&seen->starts, 1) < seen->deaths)
        kill(getpid(), SIGKILL);
}

static void run(void *context, uint32_t item, struct str *line)
{
    const struct seen *seen = context;
    if (item == seen->fatal)
        kill(getpid(), SIGKILL);
    str_printf(line, "item %u", item);
}

static void done(void *context, uint32_t item, struct text line)
{
    struct seen *seen = context;
    struct str wanted = {0};
    str_printf(&wanted, "item %u", item);
    assert_true(text_equal(line, str_text(&wanted)));
    str_done(&wanted);
    seen->done[item]++;
}

static void lost(void *context, uint32_t item, int wait_status)
{
    struct seen *seen = context;
    seen->lost[item]++;
    seen->lost_by = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
}

static void tick(void *context)
{
    (void)context;
}

static struct seen *run_all(uint32_t count, int deaths, uint32_t fatal)
{
    struct seen *seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(seen, MAP_FAILED);
    seen->deaths = deaths;
    seen->fatal = fatal;
    const struct workers workers = {.context = seen,
        .count = count,
        .items = ITEMS,
        .start = start,
        .run = run,
        .done = done,
        .lost = lost,
        .tick = tick};
    assert_int_equal(workers_run(&workers).signal, 0);
    return seen;
}

static uint32_t sum(const uint32_t counts[ITEMS])
{
    uint32_t all = 0;
    for (size_t i = 0; i < ITEMS; i++) {
        assert_true(counts[i] <= 1);
        all += counts[i];
    }
    return all;
}

static void every_item_is_done_once(void **state)
{
    (void)state;
    for (uint32_t count = 1; count <= 4; count++) {
        struct seen *seen = run_all(count, 0, ITEMS);
        assert_int_equal(sum(seen->done), ITEMS);
        assert_int_equal(sum(seen->lost), 0);
        munmap(seen, sizeof *seen);
    }
}

static void a_death_loses_one_item(void **state)
{
    (void)state;
    struct seen *seen = run_all(2, 0, 7);
    assert_int_equal(sum(seen->done), ITEMS - 1);
    assert_int_equal(seen->lost[7], 1);
    assert_int_equal(seen->lost_by, SIGKILL);
    munmap(seen, sizeof *seen);
}

static void a_death_before_any_item_loses_none(void **state)
{
    (void)state;
    struct seen *seen = run_all(1, 3, ITEMS);
    assert_int_equal(sum(seen->done), ITEMS);
    assert_int_equal(sum(seen->lost), 0);
    munmap(seen, sizeof *seen);
}

static void who_cannot_start_is_not_tried_for_ever(void **state)
{
    (void)state;
    struct seen *seen = run_all(2, 1000000, ITEMS);
    assert_int_equal(sum(seen->done), 0);
    assert_int_equal(sum(seen->lost), ITEMS);
    assert_true(seen->starts <= 8);
    munmap(seen, sizeof *seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(a_death_loses_one_item),
        cmocka_unit_test(a_death_before_any_item_loses_none),
        cmocka_unit_test(who_cannot_start_is_not_tried_for_ever),
    };
    return cmocka_run_group_tests_name("job_workers", tests, NULL, NULL);
}
