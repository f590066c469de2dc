/* Tests of base/arena.h, base/memory.h and base/vec.h. */
#include "unit_test.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/vec.h"

static void allocations_are_zeroed_aligned_and_apart(void **state)
{
    struct arena arena;
    unsigned char *blocks[500];

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < 500; i++) {
        size_t size = i * 37 % 9000;

        blocks[i] = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < size; j++)
            assert_int_equal(blocks[i][j], 0);
        memset(blocks[i], (int)(i % 256), size);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t j = 0; j < i * 37 % 9000; j++)
            assert_int_equal(blocks[i][j], i % 256);
    }
    arena_done(&arena);
    arena_done(&arena);
    arena_done(NULL);
}

static size_t block_count(const struct arena *arena)
{
    size_t count = 0;
    const void *const *block = (const void *const *)arena->first;

    for (; block != NULL; block = (const void *const *)*block)
        count++;
    return count;
}

/* What was used is zeroed again, and no block is added for the same requests. */
static void reset_keeps_the_blocks(void **state)
{
    struct arena arena;
    size_t count = 0;

    (void)state;
    arena_init(&arena);
    for (int round = 0; round < 5; round++) {
        for (size_t i = 0; i < 200; i++) {
            unsigned char *bytes = arena_alloc(&arena, 1 + i * 101);

            assert_int_equal(bytes[i * 101], 0);
            memset(bytes, 0xFF, 1 + i * 101);
        }
        if (round == 0)
            count = block_count(&arena);
        assert_true(arena.total > 0);
        arena_reset(&arena);
        assert_int_equal(arena.total, 0);
    }
    assert_int_equal(block_count(&arena), count);
    arena_done(&arena);
}

static void copies_end_with_nul(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_string_equal(arena_copy(&arena, "要目xyz", 6), "要目");
    assert_string_equal(arena_copy(&arena, NULL, 0), "");
    assert_string_equal(arena_print(&arena, "%s:%d", "a", 12), "a:12");
    assert_non_null(arena_array(&arena, 0, 8));
    arena_done(&arena);
}

/* The exit status of a child that runs action, its standard error thrown away. */
static int status_of(void (*action)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        action();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow_array(void)
{
    struct arena arena;

    arena_init(&arena);
    arena_array(&arena, SIZE_MAX / 4, 8);
}

static void overflow_resize(void)
{
    memory_resize(NULL, SIZE_MAX / 4, 8);
}

static void overflow_arena(void)
{
    struct arena arena;

    arena_init(&arena);
    arena_alloc(&arena, SIZE_MAX);
}

static void overflow_vec(void)
{
    size_t capacity = 0;

    vec_grow(NULL, SIZE_MAX / 2, &capacity, 16);
}

static void overflow_stops_the_program(void **state)
{
    (void)state;
    assert_int_equal(status_of(overflow_array), 70);
    assert_int_equal(status_of(overflow_resize), 70);
    assert_int_equal(status_of(overflow_arena), 70);
    assert_int_equal(status_of(overflow_vec), 70);
}

struct pair {
    int a; /* the index */
    int b; /* its negative */
};

static void vectors_grow(void **state)
{
    VEC(struct pair) pairs = {0};

    (void)state;
    for (int i = 0; i < 1000; i++)
        vec_push(&pairs, (struct pair){i, -i});
    assert_int_equal(pairs.data[500].a, 500);
    assert_int_equal(pairs.length, 1000);
    assert_int_equal(vec_last(&pairs)->b, -999);
    assert_true(pairs.capacity < 2048);
    vec_clear(&pairs);
    assert_int_equal(pairs.length, 0);
    vec_done(&pairs);
    assert_null(pairs.data);
}

/* What an arena takes from the heap for allocations of these sizes. */
static size_t heap_taken(size_t expected, const size_t *sizes, size_t count)
{
    struct mallinfo2 before = mallinfo2(), after;
    struct arena arena;

    arena_init_for(&arena, expected);
    for (size_t i = 0; i < count; i++) {
        unsigned char *bytes = arena_alloc(&arena, sizes[i]);

        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        memset(bytes, 0xFF, sizes[i]);
    }
    after = mallinfo2();
    arena_done(&arena);
    return after.uordblks - before.uordblks;
}

/* Thousands of small things that are kept do not take a usual first block each. */
static void a_foretold_arena_takes_little(void **state)
{
    static const size_t exact[] = {700, 100, 100, 100};
    static const size_t more[] = {100, 900, 100, 500, 3000};

    (void)state;
    if (mallinfo2().uordblks == 0) /* a sanitizer's heap, which says nothing */
        return;
    assert_in_range(heap_taken(1040, exact, 4), 1000, 1300);
    assert_in_range(heap_taken(1000, more, 5), 4600, 6000);
    assert_true(heap_taken(0, exact, 4) > 16000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations_are_zeroed_aligned_and_apart),
        cmocka_unit_test(reset_keeps_the_blocks),
        cmocka_unit_test(copies_end_with_nul),
        cmocka_unit_test(overflow_stops_the_program),
        cmocka_unit_test(vectors_grow),
        cmocka_unit_test(a_foretold_arena_takes_little),
    };

    return cmocka_run_group_tests_name("base_arena", tests, NULL, NULL);
}
