/* out_deflate: font programs as zlib streams, read back by libdeflate. */
#include "unit_test.h"

#include <libdeflate.h>
#include <string.h>

#include "base/vec.h"
#include "out/pdf/deflate.h"

enum kind { NOISE, FEW_VALUES, REPEATS, ONE_VALUE, KINDS };

/* A sequence that is the same everywhere (Knuth's MMIX generator). */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static void fill(char *bytes, size_t length, enum kind kind, uint64_t seed)
{
    for (size_t i = 0; i < length; i++) {
        uint32_t random = next_random(&seed);
        if (kind == NOISE)
            bytes[i] = (char)(random & 0xFF);
        else if (kind == FEW_VALUES)
            bytes[i] = (char)(random % (1 + random / 256 % 9));
        else if (kind == REPEATS)
            bytes[i] = i > 0 && random % 20 != 0 ? bytes[i - 1 - random % (i < 300 ? i : 300)]
                                                 : (char)(random >> 8 & 0xFF);
        else
            bytes[i] = 7;
    }
}

static void check(struct deflater *deflater, struct text bytes)
{
    struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
    char *back = memory_alloc(bytes.length + 1);
    struct str out;
    size_t length = 0;

    str_init(&out);
    deflate_append(deflater, bytes, &out);
    assert_int_equal(libdeflate_zlib_decompress(reader, out.data, out.length, back,
                         bytes.length + 1, &length),
        LIBDEFLATE_SUCCESS);
    assert_int_equal(length, bytes.length);
    if (length > 0)
        assert_memory_equal(back, bytes.data, length);
    assert_true(out.length <= bytes.length + bytes.length / 10000 + 12); /* stored */
    libdeflate_free_decompressor(reader);
    memory_free(back);
    str_done(&out);
}

/* Lengths about those of groups, windows and pieces. */
static void streams_come_back(void **state)
{
    static const size_t lengths[] = {65, 127, 4095, 32767, 32768, 32769, 65535, 65536,
        65537, 131071, 262143, 262144, 262145, 262146, 262147, 262148, 700001};
    struct deflater *deflater = deflater_new();
    char *bytes = memory_alloc(700001);

    (void)state;
    for (enum kind kind = 0; kind < KINDS; kind++) {
        for (size_t length = 0; length < 64; length++) {
            fill(bytes, length, kind, length);
            check(deflater, (struct text){bytes, length});
        }
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            fill(bytes, lengths[i], kind, i);
            check(deflater, (struct text){bytes, lengths[i]});
        }
    }
    check(deflater, (struct text){NULL, 0});
    memory_free(bytes);
    deflater_free(deflater);
    deflater_free(NULL);
}

/* Frequencies like Fibonacci's numbers make the deepest tree: words must be cut. */
static void words_have_a_limit(void **state)
{
    struct deflater *deflater = deflater_new();
    struct str bytes;
    size_t count = 1, before = 1;

    (void)state;
    str_init(&bytes);
    for (int value = 0; value < 26; value++) {
        for (size_t i = 0; i < count; i++)
            str_append_char(&bytes, (char)(value * 9));
        count += before;
        before = count - before;
    }
    /* Mixed, so that they are not told as matches. */
    for (uint64_t i = bytes.length - 1, seed = 1; i > 0; i--) {
        size_t other = next_random(&seed) % (i + 1);
        char kept = bytes.data[i];
        bytes.data[i] = bytes.data[other];
        bytes.data[other] = kept;
    }
    check(deflater, str_text(&bytes));
    str_done(&bytes);
    deflater_free(deflater);
}

/* What was deflated before leaves no trace, and repeats of 32 KiB back are found. */
static void streams_are_alike(void **state)
{
    struct deflater *used = deflater_new(), *fresh = deflater_new();
    char *bytes = memory_alloc(100000);
    struct str one, other;

    (void)state;
    str_init(&one);
    str_init(&other);
    fill(bytes, 32768, NOISE, 1);
    memcpy(bytes + 32768, bytes, 32768);
    check(used, (struct text){bytes, 50000});
    deflate_append(used, (struct text){bytes, 65536}, &one);
    deflate_append(fresh, (struct text){bytes, 65536}, &other);
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.data, other.data, one.length);
    assert_in_range(one.length, 32768, 34000);
    memory_free(bytes);
    str_done(&one);
    str_done(&other);
    deflater_free(used);
    deflater_free(fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_come_back),
        cmocka_unit_test(words_have_a_limit),
        cmocka_unit_test(streams_are_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
