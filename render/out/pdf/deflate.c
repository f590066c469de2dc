/* deflate: font programs → zlib streams; see deflate.h.
 *
 *     bytes ─ candidates ─► matches ─ frequencies ─► code lengths ─► codes ─ write ─► stream
 *             64 places at once                      Moffat, Katajainen
 *
 * A match is looked for in one place only: where the same hash of four bytes was met last.
 * For 64 places at once this needs no branch, which a processor could not foresee in such
 * data; most of the 64 have no candidate and cost nothing more. Where a match begins one
 * byte later that is longer, it is preferred to a short one. A piece of the stream is one
 * block with codes of its own, or stored when that is shorter.
 *
 * Rejected: libdeflate at level 1, half as much again of the time for 0.7 % less; no
 * matches at all, half of the time for 10 % more. */
#include "out/pdf/deflate.h"

#include <endian.h>
#include <libdeflate.h>
#include <string.h>
#include "base/memory.h"
#include "base/vec.h"

#define PIECE_MOST      ((size_t)256 << 10) /* bytes of a block */
#define STORED_MOST     ((size_t)65535)     /* bytes of a stored block: RFC 1951, 3.2.4 */
#define HASH_BITS       15
#define HASHED          4  /* bytes that are hashed: the shortest match */
#define GROUP           64 /* places that are looked at at once: bits of a word */
#define MATCH_LEAST     3  /* RFC 1951, 3.2.5: the shortest that a code can tell */
#define MATCH_MOST      258
#define DISTANCE_MOST   32768u
#define LENGTH_GOOD     16 /* a match so long is taken without looking further */
#define FARTHER         4  /* a longer match must not be more times as far … */
#define LITERALS        256
#define END_OF_BLOCK    256
#define LENGTH_CODES    29 /* RFC 1951, 3.2.5 */
#define SYMBOLS         (LITERALS + 1 + LENGTH_CODES)
#define DISTANCES       30
#define CODE_MOST       14 /* bits, so that four literals are written at once; 15 are allowed */
#define DISTANCE_BITS   15
#define LENGTHS_SYMBOLS 19 /* of the code of code lengths: RFC 1951, 3.2.7 */
#define LENGTHS_BITS    7
#define REPEAT          16 /* the length before, 3 to 6 times */
#define ZEROS           17 /* 3 to 10 */
#define MANY_ZEROS      18 /* 11 to 138 */
#define RADIX_BITS      10 /* of a sorting pass; two see every frequency of a piece */

/* Literals, and then a match; length 0: none, the piece ends. */
struct sequence {
    uint32_t literals; /* bytes */
    uint16_t length;   /* bytes */
    uint16_t distance; /* bytes back, 1 to DISTANCE_MOST */
};

/* A Huffman code: its words, first bit lowest. */
struct code {
    uint16_t words[SYMBOLS];
    uint8_t bits[SYMBOLS]; /* 0: not used */
};

struct deflater {
    uint16_t places[1 << HASH_BITS]; /* by hash: the last place, modulo 65536 */
    VEC(struct sequence) sequences;  /* of the piece */
    uint32_t symbols[SYMBOLS];       /* frequencies in the piece */
    uint32_t distances[DISTANCES];   /* likewise */
    uint8_t length_code[MATCH_MOST + 1];
    uint16_t length_base[LENGTH_CODES];
    uint8_t length_extra[LENGTH_CODES]; /* bits */
    uint8_t near_code[257];             /* of distances up to 256 */
    uint8_t far_code[256];              /* of farther ones, by (distance − 1) / 128 */
    uint16_t distance_base[DISTANCES];
    uint8_t distance_extra[DISTANCES]; /* bits */
    struct code symbol_code, distance_code;
};

/* Bits on their way out. */
struct bits {
    uint64_t held;      /* the first is lowest */
    unsigned count;     /* below 8 after bits_flush() */
    unsigned char *out; /* where the next byte goes */
};

/* ---- tables of RFC 1951, 3.2.5 ---- */

static void fill_lengths(struct deflater *deflater)
{
    unsigned length = MATCH_LEAST;
    for (unsigned code = 0; code < LENGTH_CODES - 1; code++) {
        unsigned extra = code < 8 ? 0 : (code - 4) / 4;
        deflater->length_base[code] = (uint16_t)length;
        deflater->length_extra[code] = (uint8_t)extra;
        for (unsigned i = 0; i < 1u << extra && length < MATCH_MOST; i++)
            deflater->length_code[length++] = (uint8_t)code;
    }
    deflater->length_base[LENGTH_CODES - 1] = MATCH_MOST;
    deflater->length_code[MATCH_MOST] = LENGTH_CODES - 1;
}

static void fill_distances(struct deflater *deflater)
{
    unsigned distance = 1;
    for (unsigned code = 0; code < DISTANCES; code++) {
        unsigned extra = code < 4 ? 0 : (code - 2) / 2;
        deflater->distance_base[code] = (uint16_t)distance;
        deflater->distance_extra[code] = (uint8_t)extra;
        for (unsigned i = 0; i < 1u << extra; i++, distance++) {
            if (distance <= 256)
                deflater->near_code[distance] = (uint8_t)code;
            else
                deflater->far_code[(distance - 1) >> 7] = (uint8_t)code;
        }
    }
}

static unsigned code_of_distance(const struct deflater *deflater, unsigned distance)
{
    return distance <= 256 ? deflater->near_code[distance]
                           : deflater->far_code[(distance - 1) >> 7];
}

struct deflater *deflater_new(void)
{
    struct deflater *deflater = memory_alloc(sizeof *deflater);
    fill_lengths(deflater);
    fill_distances(deflater);
    return deflater;
}

void deflater_free(struct deflater *deflater)
{
    if (deflater == NULL)
        return;
    vec_done(&deflater->sequences);
    memory_free(deflater);
}

/* ---- matches ---- */

/* Four and eight bytes as little-endian numbers. */
static uint32_t load_4(const unsigned char *bytes)
{
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return le32toh(number);
}

static uint64_t load_8(const unsigned char *bytes)
{
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return le64toh(number);
}

/* How many bytes are equal, up to `most`; the first HASHED are known to be. */
static unsigned equal_bytes(
    const unsigned char *one, const unsigned char *other, unsigned most)
{
    unsigned count = HASHED;
    for (; count + 8 <= most; count += 8) {
        uint64_t differ = load_8(one + count) ^ load_8(other + count);
        if (differ != 0)
            return count + (unsigned)__builtin_ctzll(differ) / 8;
    }
    while (count < most && one[count] == other[count])
        count++;
    return count;
}

/* Look up the places from start to end, at most GROUP, and enter them. Bit i of the result
 * is set where four bytes from start + i on may be those ret_back[i] bytes before. */
static uint64_t find_candidates(struct deflater *deflater, const unsigned char *bytes,
    size_t start, size_t end, uint16_t ret_back[GROUP])
{
    const unsigned char *group = bytes + start;
    size_t count = end - start;
    uint64_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t hash = load_4(group + i) * UINT32_C(0x9E3779B1) >> (32 - HASH_BITS);
        uint16_t here = (uint16_t)(start + i), before = deflater->places[hash];
        deflater->places[hash] = here;
        ret_back[i] = (uint16_t)(here - before); /* never before the first byte */
    }
    for (size_t i = count; i-- > 0;)
        found += found + (load_4(group + i - ret_back[i]) == load_4(group + i));
    return found;
}

static void add_sequence(
    struct deflater *deflater, size_t literals, unsigned length, unsigned distance)
{
    struct sequence sequence = {
        (uint32_t)literals, (uint16_t)length, (uint16_t)distance};
    vec_push(&deflater->sequences, sequence);
    if (length == 0)
        return;
    deflater->symbols[LITERALS + 1 + deflater->length_code[length]]++;
    deflater->distances[code_of_distance(deflater, distance)]++;
}

static unsigned match_length(
    const unsigned char *here, unsigned back, const unsigned char *end)
{
    size_t most = (size_t)(end - here);
    return equal_bytes(here, here - back, most < MATCH_MOST ? (unsigned)most : MATCH_MOST);
}

/* Take the matches of a group of candidates that don't begin before *at, the end of the
 * last one; `end` is where the piece ends. */
static void take_matches(struct deflater *deflater, const unsigned char *group,
    const unsigned char *end, uint64_t found, const uint16_t back[GROUP],
    const unsigned char **at)
{
    for (;;) {
        size_t done = *at > group ? (size_t)(*at - group) : 0;
        found = done < GROUP ? found & UINT64_MAX << done : 0;
        if (found == 0)
            return;
        unsigned i = (unsigned)__builtin_ctzll(found), distance = back[i];
        if (distance - 1 >= DISTANCE_MOST) { /* too far, or none: the place itself */
            found &= found - 1;
            continue;
        }
        unsigned length = match_length(group + i, distance, end);
        if (length < LENGTH_GOOD && i + 1 < GROUP && (found >> (i + 1) & 1) != 0 &&
            back[i + 1] - 1u < DISTANCE_MOST) {
            unsigned later = match_length(group + i + 1, back[i + 1], end);
            if (later > length + (back[i + 1] > distance * FARTHER)) {
                i++;
                length = later;
                distance = back[i];
            }
        }
        add_sequence(deflater, (size_t)(group + i - *at), length, distance);
        *at = group + i + length;
    }
}

/* The sequences of the piece from start to end. */
static void find_sequences(
    struct deflater *deflater, const unsigned char *bytes, size_t start, size_t end)
{
    const unsigned char *at = bytes + start;
    size_t limit = end - start >= HASHED ? end - (HASHED - 1) : start;
    vec_clear(&deflater->sequences);
    for (size_t group = start; group < limit; group += GROUP) {
        uint16_t back[GROUP];
        size_t group_end = group + GROUP < limit ? group + GROUP : limit;
        uint64_t found = find_candidates(deflater, bytes, group, group_end, back);
        take_matches(deflater, bytes + group, bytes + end, found, back, &at);
    }
    add_sequence(deflater, (size_t)(bytes + end - at), 0, 0);
}

/* Four counts for each byte: one count would have to wait for the byte before. */
static void count_literals(struct deflater *deflater, const unsigned char *next)
{
    uint32_t counts[4][LITERALS] = {0};
    for (size_t i = 0; i < deflater->sequences.length; i++) {
        uint32_t rest = deflater->sequences.data[i].literals;
        for (; rest >= 4; rest -= 4, next += 4) {
            counts[0][next[0]]++;
            counts[1][next[1]]++;
            counts[2][next[2]]++;
            counts[3][next[3]]++;
        }
        for (; rest > 0; rest--)
            counts[0][*next++]++;
        next += deflater->sequences.data[i].length;
    }
    for (int i = 0; i < LITERALS; i++)
        deflater->symbols[i] = counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
    deflater->symbols[END_OF_BLOCK] = 1;
}

/* ---- codes ---- */

/* Sort numbers by RADIX_BITS of them from `shift` on, keeping the order of equal ones. */
static void sort_pass(
    const uint64_t *numbers, size_t count, unsigned shift, uint64_t *ret_sorted)
{
    uint16_t starts[(1 << RADIX_BITS) + 1] = {0};
    const uint64_t mask = (1 << RADIX_BITS) - 1;
    for (size_t i = 0; i < count; i++)
        starts[(numbers[i] >> shift & mask) + 1]++;
    for (size_t i = 0; i < 1 << RADIX_BITS; i++)
        starts[i + 1] = (uint16_t)(starts[i + 1] + starts[i]);
    for (size_t i = 0; i < count; i++)
        ret_sorted[starts[numbers[i] >> shift & mask]++] = numbers[i];
}

/* Depths of the leaves of a Huffman tree in place of their weights, which ascend (Moffat,
 * Katajainen, "In-place calculation of minimum-redundancy codes", 1995). count ≥ 2. */
static void weights_to_depths(uint64_t *a, size_t count)
{
    size_t root = 0, leaf = 2, next;
    a[0] += a[1];
    for (next = 1; next < count - 1; next++) {
        if (leaf >= count || a[root] < a[leaf]) {
            a[next] = a[root];
            a[root++] = next;
        } else
            a[next] = a[leaf++];
        if (leaf >= count || (root < next && a[root] < a[leaf])) {
            a[next] += a[root];
            a[root++] = next;
        } else
            a[next] += a[leaf++];
    }
    a[count - 2] = 0;
    for (next = count - 2; next-- > 0;)
        a[next] = a[a[next]] + 1;
    size_t available = 1, used = 0, depth = 0, inner = count - 1, last = count;
    for (; available > 0; available = 2 * used, used = 0, depth++) {
        for (; inner > 0 && a[inner - 1] == depth; inner--)
            used++;
        for (; available > used; available--)
            a[--last] = depth;
    }
}

/* How many words there are of each length, at most `most`: words that would be longer are
 * cut, and shorter ones made longer until they are a prefix code again. */
static void count_lengths(
    const uint64_t *depths, size_t count, unsigned most, uint32_t ret_counts[16])
{
    uint64_t sum = 0; /* of 2^−length, in units of 2^−most: 2^most at last (Kraft) */
    memset(ret_counts, 0, 16 * sizeof *ret_counts);
    for (size_t i = 0; i < count; i++)
        ret_counts[depths[i] < most ? depths[i] : most]++;
    for (unsigned length = 1; length <= most; length++)
        sum += (uint64_t)ret_counts[length] << (most - length);
    for (; sum > UINT64_C(1) << most; sum--) {
        unsigned length = most - 1;
        while (ret_counts[length] == 0)
            length--;
        ret_counts[most]--;
        ret_counts[length]--;
        ret_counts[length + 1] += 2;
    }
}

static uint16_t reversed(uint32_t word, unsigned bits)
{
    uint32_t result = 0;
    for (; bits > 0; bits--, word >>= 1)
        result = result << 1 | (word & 1);
    return (uint16_t)result;
}

/* Words of the lengths, in the order of symbols: RFC 1951, 3.2.2. */
static void assign_words(const uint32_t counts[16], struct code *code, size_t symbols)
{
    uint32_t next[16] = {0};
    for (unsigned length = 1; length < 16; length++)
        next[length] = (next[length - 1] + (length > 1 ? counts[length - 1] : 0)) << 1;
    for (size_t i = 0; i < symbols; i++) {
        if (code->bits[i] > 0)
            code->words[i] = reversed(next[code->bits[i]]++, code->bits[i]);
    }
}

/* A prefix code for symbols of these frequencies, below 2^(2 RADIX_BITS), whose words have
 * at most `most` bits. One symbol gets a word of one bit. */
static void make_code(
    const uint32_t *frequencies, size_t symbols, unsigned most, struct code *ret_code)
{
    uint64_t used[SYMBOLS], sorted[SYMBOLS], depths[SYMBOLS];
    uint32_t counts[16] = {0};
    size_t count = 0;
    memset(ret_code->bits, 0, sizeof ret_code->bits);
    for (size_t i = 0; i < symbols; i++) {
        if (frequencies[i] > 0)
            used[count++] = (uint64_t)frequencies[i] << 16 | i;
    }
    sort_pass(used, count, 16, sorted);
    sort_pass(sorted, count, 16 + RADIX_BITS, used);
    for (size_t i = 0; i < count; i++)
        depths[i] = used[i] >> 16;
    if (count >= 2) {
        weights_to_depths(depths, count);
        count_lengths(depths, count, most, counts);
    } else
        counts[1] = (uint32_t)count;
    size_t next = count; /* the most frequent are last and get the shortest words */
    for (unsigned length = 1; length <= most; length++) {
        for (uint32_t i = 0; i < counts[length]; i++)
            ret_code->bits[used[--next] & 0xFFFF] = (uint8_t)length;
    }
    assign_words(counts, ret_code, symbols);
}

/* ---- writing ---- */

static void bits_put(struct bits *bits, uint64_t word, unsigned count)
{
    bits->held |= word << bits->count;
    bits->count += count;
}

/* Out with all whole bytes. Eight are written, so there must be room behind the end. */
static void bits_flush(struct bits *bits)
{
    uint64_t bytes = htole64(bits->held);
    memcpy(bits->out, &bytes, sizeof bytes);
    bits->out += bits->count / 8;
    bits->held >>= bits->count & ~7u;
    bits->count &= 7;
}

/* The lengths of both codes, run by run: what a block tells before its data. */
struct lengths {
    uint16_t symbols[SYMBOLS + DISTANCES]; /* and their extra bits above 5 bits */
    size_t count;
    uint32_t frequencies[LENGTHS_SYMBOLS];
    struct code code;
    size_t symbol_count, distance_count; /* lengths that are told of either */
    size_t code_count;                   /* and of this code */
};

static const uint8_t lengths_order[LENGTHS_SYMBOLS] = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

static void add_length(struct lengths *lengths, unsigned symbol, size_t extra)
{
    lengths->symbols[lengths->count++] = (uint16_t)(symbol | extra << 5);
    lengths->frequencies[symbol]++;
}

static void add_run(struct lengths *lengths, uint8_t bits, size_t run)
{
    while (bits == 0 && run >= 11) {
        size_t part = run < 138 ? run : 138;
        add_length(lengths, MANY_ZEROS, part - 11);
        run -= part;
    }
    if (bits == 0 && run >= 3) {
        add_length(lengths, ZEROS, run - 3);
        run = 0;
    }
    if (bits != 0) {
        add_length(lengths, bits, 0);
        run--;
    }
    while (bits != 0 && run >= 3) {
        size_t part = run < 6 ? run : 6;
        add_length(lengths, REPEAT, part - 3);
        run -= part;
    }
    for (; run > 0; run--)
        add_length(lengths, bits, 0);
}

static size_t count_told(const struct code *code, size_t symbols, size_t least)
{
    while (symbols > least && code->bits[symbols - 1] == 0)
        symbols--;
    return symbols;
}

static void tell_lengths(const struct deflater *deflater, struct lengths *ret_lengths)
{
    uint8_t all[SYMBOLS + DISTANCES];
    *ret_lengths = (struct lengths){
        .symbol_count = count_told(&deflater->symbol_code, SYMBOLS, LITERALS + 1),
        .distance_count = count_told(&deflater->distance_code, DISTANCES, 1),
    };
    size_t count = ret_lengths->symbol_count + ret_lengths->distance_count;
    memcpy(all, deflater->symbol_code.bits, ret_lengths->symbol_count);
    memcpy(all + ret_lengths->symbol_count, deflater->distance_code.bits,
        ret_lengths->distance_count);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && all[end] == all[i];)
            end++;
        add_run(ret_lengths, all[i], end - i);
    }
    make_code(ret_lengths->frequencies, LENGTHS_SYMBOLS, LENGTHS_BITS, &ret_lengths->code);
    ret_lengths->code_count = LENGTHS_SYMBOLS;
    while (ret_lengths->code_count > 4 &&
           ret_lengths->code.bits[lengths_order[ret_lengths->code_count - 1]] == 0)
        ret_lengths->code_count--;
}

static unsigned extra_bits(unsigned symbol)
{
    return symbol == REPEAT       ? 2
           : symbol == ZEROS      ? 3
           : symbol == MANY_ZEROS ? 7
                                  : 0;
}

/* Bits of the block: header, codes, data. */
static uint64_t count_bits(const struct deflater *deflater, const struct lengths *lengths)
{
    uint64_t sum = 3 + 14 + 3 * lengths->code_count;
    for (unsigned i = 0; i < LENGTHS_SYMBOLS; i++)
        sum += (uint64_t)lengths->frequencies[i] * (lengths->code.bits[i] + extra_bits(i));
    for (size_t i = 0; i < SYMBOLS; i++)
        sum += (uint64_t)deflater->symbols[i] * deflater->symbol_code.bits[i];
    for (size_t i = 0; i < LENGTH_CODES; i++)
        sum += (uint64_t)deflater->symbols[LITERALS + 1 + i] * deflater->length_extra[i];
    for (size_t i = 0; i < DISTANCES; i++)
        sum += (uint64_t)deflater->distances[i] *
               (deflater->distance_code.bits[i] + deflater->distance_extra[i]);
    return sum;
}

static void write_lengths(const struct lengths *lengths, struct bits *bits)
{
    bits_put(bits, lengths->symbol_count - (LITERALS + 1), 5);
    bits_put(bits, lengths->distance_count - 1, 5);
    bits_put(bits, lengths->code_count - 4, 4);
    for (size_t i = 0; i < lengths->code_count; i++) {
        bits_flush(bits);
        bits_put(bits, lengths->code.bits[lengths_order[i]], 3);
    }
    for (size_t i = 0; i < lengths->count; i++) {
        unsigned symbol = lengths->symbols[i] & 31;
        bits_flush(bits);
        bits_put(bits, lengths->code.words[symbol], lengths->code.bits[symbol]);
        bits_put(bits, lengths->symbols[i] >> 5, extra_bits(symbol));
    }
    bits_flush(bits);
}

/* A word and its length in one number, so that it is one load. */
#define WORD_BITS 24 /* a length's word and its extra bits need 14 + 5 */

static uint32_t packed(uint32_t word, unsigned bits)
{
    return word | (uint32_t)bits << WORD_BITS;
}

static void pack_literals(const struct code *code, uint32_t ret_packed[LITERALS])
{
    for (unsigned i = 0; i < LITERALS; i++)
        ret_packed[i] = packed(code->bits[i] > 0 ? code->words[i] : 0, code->bits[i]);
}

/* By length of a match: word and extra bits together. */
static void pack_lengths(
    const struct deflater *deflater, uint32_t ret_packed[MATCH_MOST + 1])
{
    for (unsigned length = MATCH_LEAST; length <= MATCH_MOST; length++) {
        unsigned code = deflater->length_code[length];
        unsigned bits = deflater->symbol_code.bits[LITERALS + 1 + code];
        uint32_t word = deflater->symbol_code.words[LITERALS + 1 + code];
        uint32_t extra = length - deflater->length_base[code];
        ret_packed[length] = bits == 0 ? 0
                                       : packed(word | extra << bits,
                                             bits + deflater->length_extra[code]);
    }
}

static void put_packed(struct bits *bits, uint32_t word)
{
    bits_put(bits, word & ((UINT32_C(1) << WORD_BITS) - 1), word >> WORD_BITS);
}

static void write_sequences(
    const struct deflater *deflater, const unsigned char *next, struct bits *ret_bits)
{
    uint32_t literals[LITERALS], lengths[MATCH_MOST + 1];
    const struct code *distances = &deflater->distance_code;
    struct bits bits = *ret_bits; /* in registers: bytes may be written into what is not */
    pack_literals(&deflater->symbol_code, literals);
    pack_lengths(deflater, lengths);
    for (size_t i = 0; i < deflater->sequences.length; i++) {
        struct sequence sequence = deflater->sequences.data[i];
        for (; sequence.literals >= 4; sequence.literals -= 4, next += 4) {
            put_packed(&bits, literals[next[0]]);
            put_packed(&bits, literals[next[1]]);
            put_packed(&bits, literals[next[2]]);
            put_packed(&bits, literals[next[3]]);
            bits_flush(&bits);
        }
        for (; sequence.literals > 0; sequence.literals--)
            put_packed(&bits, literals[*next++]);
        bits_flush(&bits);
        if (sequence.length == 0)
            break;
        unsigned code = code_of_distance(deflater, sequence.distance);
        put_packed(&bits, lengths[sequence.length]);
        bits_put(&bits, distances->words[code], distances->bits[code]);
        bits_put(&bits, sequence.distance - (unsigned)deflater->distance_base[code],
            deflater->distance_extra[code]);
        bits_flush(&bits);
        next += sequence.length;
    }
    bits_put(&bits, deflater->symbol_code.words[END_OF_BLOCK],
        deflater->symbol_code.bits[END_OF_BLOCK]);
    bits_flush(&bits);
    *ret_bits = bits;
}

/* The bytes as they are, in blocks of STORED_MOST. */
static void write_stored(struct bits *bits, struct text bytes, bool last)
{
    for (size_t at = 0, count; at < bytes.length || at == 0; at += count) {
        count = bytes.length - at < STORED_MOST ? bytes.length - at : STORED_MOST;
        bits_put(bits, last && at + count == bytes.length, 1);
        bits_put(bits, 0, 2);
        bits->count = (bits->count + 7) & ~7u;
        bits_flush(bits);
        bits_put(bits, count, 16);
        bits_put(bits, ~count & 0xFFFF, 16);
        bits_flush(bits);
        if (count > 0)
            memcpy(bits->out, bytes.data + at, count);
        bits->out += count;
        if (count == 0)
            break;
    }
}

/* Make room for `count` more bytes and whatever bits_flush() writes behind them. */
static void make_room(struct bits *bits, struct str *out, size_t count)
{
    if (bits->out != NULL)
        out->length = (size_t)(bits->out - (unsigned char *)out->data);
    str_reserve(out, count + 8);
    bits->out = (unsigned char *)out->data + out->length;
}

static void write_piece(struct deflater *deflater, struct text bytes, size_t start,
    size_t end, struct bits *bits, struct str *out)
{
    const unsigned char *first = (const unsigned char *)bytes.data;
    struct lengths lengths;
    bool last = end == bytes.length;
    memset(deflater->symbols, 0, sizeof deflater->symbols);
    memset(deflater->distances, 0, sizeof deflater->distances);
    find_sequences(deflater, first, start, end);
    count_literals(deflater, first + start);
    make_code(deflater->symbols, SYMBOLS, CODE_MOST, &deflater->symbol_code);
    make_code(deflater->distances, DISTANCES, DISTANCE_BITS, &deflater->distance_code);
    tell_lengths(deflater, &lengths);
    uint64_t coded = count_bits(deflater, &lengths) / 8 + 1;
    size_t stored = end - start + (end - start) / STORED_MOST * 5 + 6;
    if (coded >= stored) {
        make_room(bits, out, stored);
        write_stored(bits, text_slice(bytes, start, end), last);
        return;
    }
    make_room(bits, out, (size_t)coded + 1);
    bits_put(bits, last, 1);
    bits_put(bits, 2, 2);
    write_lengths(&lengths, bits);
    write_sequences(deflater, first + start, bits);
}

void deflate_append(struct deflater *deflater, struct text bytes, struct str *out)
{
    struct bits bits = {0};
    if (bytes.length == 0)
        bytes = TEXT(""); /* not a null pointer */
    uint32_t sum = libdeflate_adler32(1, bytes.data, bytes.length);
    memset(deflater->places, 0, sizeof deflater->places);
    str_reserve(out, bytes.length);
    str_append(out, "\x78\x01", 2); /* RFC 1950: deflate, 32 KiB, the quickest level */
    size_t start = 0;
    do {
        size_t rest = bytes.length - start;
        size_t end = start + (rest < PIECE_MOST ? rest : PIECE_MOST);
        write_piece(deflater, bytes, start, end, &bits, out);
        start = end;
    } while (start < bytes.length);
    bits.count = (bits.count + 7) & ~7u;
    bits_flush(&bits);
    make_room(&bits, out, 4);
    for (int shift = 24; shift >= 0; shift -= 8)
        str_append_char(out, (char)(sum >> shift & 0xFF));
}
