/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/reed_solomon.h"

#include <string.h>

#define POLYNOMIAL 0x11Du
/* Coefficients of a polynomial of as many roots as there can be. */
#define TERMS (REED_SOLOMON_CHECK_MAX + 1)

static uint8_t multiply(const struct reed_solomon *field, uint8_t a, uint8_t b) {
    return a == 0 || b == 0 ? 0 : field->power[field->logarithm[a] + field->logarithm[b]];
}

/* b is not zero. */
static uint8_t divide(const struct reed_solomon *field, uint8_t a, uint8_t b) {
    return a == 0 ? 0 : field->power[field->logarithm[a] + REED_SOLOMON_ORDER - field->logarithm[b]];
}

static void make(struct reed_solomon *field) {
    unsigned value = 1;
    for (int i = 0; i < REED_SOLOMON_ORDER; i++) {
        field->power[i] = field->power[i + REED_SOLOMON_ORDER] = (uint8_t)value;
        field->logarithm[value] = (uint8_t)i;
        value = value << 1 ^ (value >> 7) * POLYNOMIAL;
    }
    for (int i = 0; i < REED_SOLOMON_CHECK_MAX; i++) {
        for (int a = 0; a <= REED_SOLOMON_ORDER; a++) {
            field->times[i][a] = multiply(field, (uint8_t)a, field->power[i]);
        }
    }
    field->made = true;
}

/* The block's polynomial at the first powers of 2, which are all zero where nothing is wrong. */
static bool find_syndromes(const struct reed_solomon *field, const struct reed_solomon_block *block,
                           uint8_t out[REED_SOLOMON_CHECK_MAX]) {
    uint8_t wrong = 0;
    memset(out, 0, REED_SOLOMON_CHECK_MAX);
    for (int at = 0; at < block->len; at++) {
        uint8_t codeword = block->codewords[at];
        for (int i = 0; i < block->check; i++) {
            out[i] = field->times[i][out[i]] ^ codeword;
        }
    }
    for (int i = 0; i < block->check; i++) {
        wrong |= out[i];
    }
    return wrong != 0;
}

/* The power of 2 that stands for a place: the last codeword is the lowest. */
static int exponent_of(const struct reed_solomon_block *block, int place) {
    return block->len - 1 - place;
}

/* The polynomial whose roots stand for the erased places. */
static void locate_erased(const struct reed_solomon *field, const struct reed_solomon_block *block,
                          uint8_t locator[TERMS]) {
    memset(locator, 0, TERMS);
    locator[0] = 1;
    for (int k = 0; k < block->erased_count; k++) {
        uint8_t place = field->power[exponent_of(block, block->erased[k])];
        for (int i = k + 1; i > 0; i--) {
            locator[i] ^= multiply(field, locator[i - 1], place);
        }
    }
}

static uint8_t discrepancy(const struct reed_solomon *field, const uint8_t *syndromes, const uint8_t *locator,
                           int step) {
    uint8_t sum = 0;
    for (int i = 0; i < step; i++) {
        sum ^= multiply(field, locator[i], syndromes[step - 1 - i]);
    }
    return sum;
}

/* Extend the locator of the erased places to all wrong ones. Returns how many places it stands for. */
static int locate_wrong(const struct reed_solomon *field, const struct reed_solomon_block *block,
                        const uint8_t *syndromes, uint8_t locator[TERMS]) {
    uint8_t before[TERMS + 1];
    memcpy(before, locator, TERMS);
    int length = block->erased_count;
    for (int step = length + 1; step <= block->check; step++) {
        uint8_t differs = discrepancy(field, syndromes, locator, step);
        uint8_t shifted[TERMS + 1] = {0};
        memcpy(shifted + 1, before, TERMS - 1);
        memcpy(before, shifted, TERMS);
        if (differs == 0) {
            continue;
        }
        bool longer = 2 * length <= step + block->erased_count - 1;
        if (longer) {
            for (int i = 0; i < TERMS; i++) {
                before[i] = divide(field, locator[i], differs);
            }
            length = step + block->erased_count - length;
        }
        for (int i = 0; i < TERMS; i++) {
            locator[i] ^= multiply(field, shifted[i], differs);
        }
    }
    return length;
}

/* Value of a polynomial at a power of 2. */
static uint8_t value_at(const struct reed_solomon *field, const uint8_t *terms, int count, int exponent) {
    uint8_t sum = 0;
    int power = 0;
    for (int i = 0; i < count; i++) {
        if (terms[i] != 0) {
            sum ^= field->power[field->logarithm[terms[i]] + power];
        }
        power += exponent;
        power -= power >= REED_SOLOMON_ORDER ? REED_SOLOMON_ORDER : 0;
    }
    return sum;
}

/* The places for which the locator has a root. Returns how many. */
static int find_places(const struct reed_solomon *field, const struct reed_solomon_block *block,
                       const uint8_t *locator, int length, uint8_t places[REED_SOLOMON_CHECK_MAX]) {
    int found = 0;
    for (int place = 0; place < block->len && found < length; place++) {
        int inverse = (REED_SOLOMON_ORDER - exponent_of(block, place)) % REED_SOLOMON_ORDER;
        if (value_at(field, locator, length + 1, inverse) == 0) {
            places[found++] = (uint8_t)place;
        }
    }
    return found;
}

/* Forney's formula: what is wrong at each place, taken off. Returns how many changed, -1 where one cannot be told. */
static int mend(const struct reed_solomon *field, const struct reed_solomon_block *block,
                const uint8_t *syndromes, const uint8_t *locator, const uint8_t *places, int count,
                uint8_t *codewords) {
    uint8_t evaluator[TERMS] = {0};
    uint8_t derivative[TERMS] = {0};
    int changed = 0;
    for (int i = 0; i < block->check; i++) {
        evaluator[i] = discrepancy(field, syndromes, locator, i + 1);
    }
    for (int i = 1; i < TERMS; i += 2) {
        derivative[i - 1] = locator[i];
    }
    for (int k = 0; k < count; k++) {
        int exponent = exponent_of(block, places[k]);
        int inverse = (REED_SOLOMON_ORDER - exponent) % REED_SOLOMON_ORDER;
        uint8_t slope = value_at(field, derivative, TERMS, inverse);
        if (slope == 0) {
            return -1;
        }
        uint8_t wrong = divide(field, value_at(field, evaluator, block->check, inverse), slope);
        wrong = multiply(field, wrong, field->power[exponent]);
        codewords[places[k]] ^= wrong;
        changed += wrong != 0;
    }
    return changed;
}

/* Twice the unknown errors, the erased places and the spare fit into the check codewords. */
static bool may_correct(const struct reed_solomon_block *block, int length) {
    int unknown = length - block->erased_count;
    return unknown >= 0 && 2 * unknown + block->erased_count <= block->check - block->spare;
}

int reed_solomon_correct(struct reed_solomon *field, const struct reed_solomon_block *block) {
    uint8_t syndromes[REED_SOLOMON_CHECK_MAX], locator[TERMS], places[REED_SOLOMON_CHECK_MAX];
    uint8_t mended[REED_SOLOMON_ORDER];
    if (!field->made) {
        make(field);
    }
    if (!find_syndromes(field, block, syndromes)) {
        return 0;
    }
    if (!may_correct(block, block->erased_count)) {
        return -1;
    }
    locate_erased(field, block, locator);
    int length = locate_wrong(field, block, syndromes, locator);
    if (!may_correct(block, length) || find_places(field, block, locator, length, places) != length) {
        return -1;
    }
    memcpy(mended, block->codewords, (size_t)block->len);
    int changed = mend(field, block, syndromes, locator, places, length, mended);
    struct reed_solomon_block check = *block;
    check.codewords = mended;
    if (changed < 0 || find_syndromes(field, &check, syndromes)) {
        return -1;
    }
    memcpy(block->codewords, mended, (size_t)block->len);
    return changed;
}
