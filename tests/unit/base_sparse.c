/* Sparse arrays: against a plain array, over growth, clearing and reuse. */
#include "unit_test.h"
#include "base/sparse.h"
#include "base/vec.h"

#define COUNT 65536

static void holds_what_an_array_holds(void **state)
{
    (void)state;
    struct sparse sparse = {0};
    uint32_t *plain = memory_alloc(COUNT * sizeof *plain);
    uint32_t seed = 1;
    assert_int_equal(sparse_get(&sparse, 7), 0);
    for (uint32_t i = 0; i < 20000; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t index = seed >> 16, value = i % 5 == 0 ? 0 : i;
        plain[index] = value;
        sparse_set(&sparse, index, value);
    }
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(sparse_get(&sparse, i), plain[i]);
    sparse_clear(&sparse);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(sparse_get(&sparse, i), 0);
    sparse_set(&sparse, UINT32_MAX, 3);
    sparse_set(&sparse, 0, 4);
    assert_int_equal(sparse_get(&sparse, UINT32_MAX), 3);
    assert_int_equal(sparse_get(&sparse, 0), 4);
    sparse_done(&sparse);
    assert_int_equal(sparse_get(&sparse, 0), 0);
    memory_free(plain);
}

static void needs_memory_for_what_is_set(void **state)
{
    (void)state;
    struct sparse sparse = {0};
    for (uint32_t i = 0; i < 600; i++)
        sparse_set(&sparse, i * 109, i + 1);
    assert_true(sparse.slot_count <= 1024);
    sparse_done(&sparse);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_what_an_array_holds),
        cmocka_unit_test(needs_memory_for_what_is_set),
    };
    return cmocka_run_group_tests_name("base_sparse", tests, NULL, NULL);
}
