/* Tests of base/hash.h: fixed values, spread, the map. */
#include "unit_test.h"

#include <string.h>

#include "base/hash.h"

/* The hash names cached things and page digests: it must never change. */
static void hash_is_fixed(void **state)
{
    (void)state;
    assert_true(hash_bytes(0, "", 0) == hash_text(0, TEXT("")));
    assert_true(
        hash_text(HASH_SEED, TEXT("互联网+远程医疗")) == UINT64_C(0x38AD7F12DF5272A2));
    assert_true(hash_u64(HASH_SEED, 42) == UINT64_C(0xB1457C435A382C83));
}

static void hash_sees_everything(void **state)
{
    char bytes[40] = {0};
    uint64_t plain = hash_bytes(1, bytes, sizeof bytes);

    (void)state;
    for (size_t i = 0; i < sizeof bytes * 8; i++) {
        bytes[i / 8] = (char)(1 << i % 8);
        assert_true(hash_bytes(1, bytes, sizeof bytes) != plain);
        bytes[i / 8] = 0;
    }
    assert_true(hash_bytes(2, bytes, sizeof bytes) != plain);
    /* Zero bytes at the end count. */
    for (size_t length = 0; length < sizeof bytes; length++)
        assert_true(hash_bytes(1, bytes, length) != hash_bytes(1, bytes, length + 1));
}

/* Every bit counts, in whole stripes and behind them; so does the length. */
static void contents_count(void **state)
{
    char bytes[3 * 32 + 8 + 5] = {0};
    const uint64_t plain = hash_contents(1, (struct text){bytes, sizeof bytes});

    (void)state;
    assert_true(hash_contents(HASH_SEED, TEXT("互联网+远程医疗行业月报")) ==
                UINT64_C(0x70B18C910C6C18A8));
    assert_true(hash_contents(2, (struct text){bytes, sizeof bytes}) != plain);
    for (size_t i = 0; i < sizeof bytes * 8; i++) {
        bytes[i / 8] = (char)(1 << i % 8);
        assert_true(hash_contents(1, (struct text){bytes, sizeof bytes}) != plain);
        bytes[i / 8] = 0;
    }
    for (size_t length = 0; length < sizeof bytes; length++)
        assert_true(hash_contents(1, (struct text){bytes, length}) !=
                    hash_contents(1, (struct text){bytes, length + 1}));
}

/* 2^16 neighbouring keys in 2^16 buckets: a random function leaves 36.8 % empty. */
static void hash_spreads(void **state)
{
    static unsigned char filled[1 << 16];
    int empty = 0;

    (void)state;
    for (uint64_t i = 0; i < 1 << 16; i++)
        filled[hash_bytes(HASH_SEED, &i, sizeof i) & 0xFFFF] = 1;
    for (size_t i = 0; i < 1 << 16; i++)
        empty += filled[i] == 0;
    assert_in_range(empty, (1 << 16) * 36 / 100, (1 << 16) * 38 / 100);
}

static void map_keeps_order_and_replaces(void **state)
{
    static int values[3000];
    struct map map;

    (void)state;
    map_init(&map);
    assert_null(map_lookup(&map, TEXT("a")));
    for (size_t i = 0; i < 3000; i++) {
        char name[32];
        struct str s;

        str_init(&s);
        str_printf(&s, "键%zu", i);
        memcpy(name, s.data, s.length); /* the map owns its copy of the key */
        map_set(&map, (struct text){name, s.length}, &values[i]);
        memset(name, 'x', sizeof name);
        str_done(&s);
    }
    assert_int_equal(map.length, 3000);
    assert_ptr_equal(map_lookup(&map, TEXT("键2999")), &values[2999]);
    assert_null(map_lookup(&map, TEXT("键3000")));
    assert_null(map_lookup(&map, TEXT("键")));
    assert_true(text_is(map.entries[17].key, "键17"));
    map_set(&map, TEXT("键17"), &values[0]);
    assert_int_equal(map.length, 3000);
    assert_ptr_equal(map_lookup(&map, TEXT("键17")), &values[0]);
    map_set(&map, (struct text){"a\0b", 3}, &values[1]);
    assert_null(map_lookup(&map, TEXT("a")));
    map_done(&map);
    map_done(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_is_fixed),
        cmocka_unit_test(hash_sees_everything),
        cmocka_unit_test(contents_count),
        cmocka_unit_test(hash_spreads),
        cmocka_unit_test(map_keeps_order_and_replaces),
    };

    return cmocka_run_group_tests_name("base_hash", tests, NULL, NULL);
}
