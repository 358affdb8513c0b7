/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/format.h"

#include <stddef.h>

/* Generator x^10 + x^8 + x^5 + x^4 + x^2 + x + 1, and the mask over all. */
#define GENERATOR  0x537u
#define CHECK_BITS 10
#define MASK       0x5412u
#define WORDS      32

/* The 15 bits of five bits of data: two of the level, three of the mask. */
static uint32_t word_of(uint32_t data) {
    uint32_t rest = data;
    for (int i = 0; i < CHECK_BITS; i++) {
        rest = (rest << 1) ^ ((rest >> (CHECK_BITS - 1)) * GENERATOR);
    }
    return (data << CHECK_BITS | rest) ^ MASK;
}

/* Place of bit `i`, the lowest first: around the upper left finder, or beside the other two. */
static int place_of(int copy, int i, int size) {
    static const uint8_t near[FORMAT_BITS] = {0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8};
    static const uint8_t across[FORMAT_BITS] = {8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0};
    if (copy == 0) {
        return near[i] * size + across[i];
    }
    return i < 8 ? 8 * size + size - 1 - i : (size - FORMAT_BITS + i) * size + 8;
}

static uint32_t read_word(const uint8_t *modules, int size, int copy, bool mirrored) {
    uint32_t word = 0;
    for (int i = 0; i < FORMAT_BITS; i++) {
        int place = place_of(copy, i, size);
        int seen = mirrored ? place % size * size + place / size : place;
        word |= (uint32_t)(modules[seen] != 0) << i;
    }
    return word;
}

/* The data whose word is nearest. */
static uint32_t nearest(uint32_t word, int *errors) {
    uint32_t best = 0;
    *errors = FORMAT_BITS + 1;
    for (uint32_t data = 0; data < WORDS; data++) {
        int differ = __builtin_popcount(word ^ word_of(data));
        if (differ < *errors) {
            *errors = differ;
            best = data;
        }
    }
    return best;
}

int format_errors(const uint8_t *modules, int size, bool mirrored) {
    int least = FORMAT_BITS;
    for (int copy = 0; copy < FORMAT_COPIES; copy++) {
        int errors;
        nearest(read_word(modules, size, copy, mirrored), &errors);
        least = errors < least ? errors : least;
    }
    return least;
}

/* The data that both copies contradict least. */
static uint32_t nearest_to_both(const uint8_t *modules, const float *margins, int size) {
    uint32_t best = 0;
    double least = -1;
    for (uint32_t data = 0; data < WORDS; data++) {
        uint32_t word = word_of(data);
        double contradicted = 0;
        for (int k = 0; k < FORMAT_COPIES * FORMAT_BITS; k++) {
            int i = k % FORMAT_BITS;
            int place = place_of(k / FORMAT_BITS, i, size);
            bool differs = (modules[place] != 0) != ((word >> i & 1) != 0);
            contradicted += differs ? margins == NULL ? 1 : (double)margins[place] : 0;
        }
        if (least < 0 || contradicted < least) {
            least = contradicted;
            best = data;
        }
    }
    return best;
}

/* Add a reading that is new. */
static int add(uint32_t data, uint32_t seen[FORMAT_READINGS], int count) {
    for (int i = 0; i < count; i++) {
        if (seen[i] == data) {
            return count;
        }
    }
    seen[count] = data;
    return count + 1;
}

/* The level's two bits: 01 L, 00 M, 11 Q, 10 H. */
static struct format format_of(uint32_t data) {
    static const enum format_level levels[] = {FORMAT_M, FORMAT_L, FORMAT_H, FORMAT_Q};
    return (struct format){levels[data >> 3], (int)(data & 7)};
}

int format_read(const uint8_t *modules, const float *margins, int size, struct format out[FORMAT_READINGS]) {
    uint32_t seen[FORMAT_READINGS] = {nearest_to_both(modules, margins, size)};
    int count = 1;
    bool readable = false;
    for (int copy = 0; copy < FORMAT_COPIES; copy++) {
        int errors;
        uint32_t data = nearest(read_word(modules, size, copy, false), &errors);
        if (errors <= FORMAT_ERRORS) {
            readable = true;
            count = add(data, seen, count);
        }
    }
    for (int i = 0; i < count; i++) {
        out[i] = format_of(seen[i]);
    }
    return readable ? count : 0;
}

void format_write(const struct format *format, uint8_t *modules, int size) {
    static const uint32_t bits[FORMAT_LEVELS] = {1, 0, 3, 2};
    uint32_t word = word_of(bits[format->level] << 3 | (uint32_t)format->mask);
    for (int k = 0; k < FORMAT_COPIES * FORMAT_BITS; k++) {
        int i = k % FORMAT_BITS;
        modules[place_of(k / FORMAT_BITS, i, size)] = word >> i & 1;
    }
    modules[(size - 8) * size + 8] = 1;
}
