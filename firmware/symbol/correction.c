/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/correction.h"

#include <stddef.h>

/* A code's correction on its way. */
struct correction {
    struct reed_solomon *field;
    const struct blocks *blocks;
    const struct correction_doubts *doubts;
    uint8_t *codewords;
    struct correction_work *work;
    int flips; /* tries with changed bits so far */
};

/* One block, gathered. */
struct gathered {
    int block;
    int len;
    uint8_t codewords[BLOCKS_CODEWORDS_MAX];
    uint8_t unsure[REED_SOLOMON_CHECK_MAX]; /* the least sure places first */
};

static int place_of(const struct correction *correction, const struct gathered *gathered, int i) {
    return blocks_place(correction->blocks, gathered->block, i);
}

static void gather(const struct correction *correction, int block, struct gathered *out) {
    out->block = block;
    out->len = blocks_data(correction->blocks, block) + correction->blocks->check;
    for (int i = 0; i < out->len; i++) {
        out->codewords[i] = correction->codewords[place_of(correction, out, i)];
    }
}

/* Keep a block that was corrected. */
static void keep(const struct correction *correction, const struct gathered *gathered) {
    for (int i = 0; i < gathered->len; i++) {
        uint8_t *codeword = &correction->codewords[place_of(correction, gathered, i)];
        correction->work->corrected += *codeword != gathered->codewords[i];
        *codeword = gathered->codewords[i];
    }
}

/* As many of the least sure places as there are check codewords. */
static void rank(const struct correction *correction, struct gathered *gathered) {
    float ranked[REED_SOLOMON_CHECK_MAX];
    int count = correction->blocks->check;
    int kept = 0;
    for (int i = 0; i < gathered->len; i++) {
        float margin = correction->doubts->margins[place_of(correction, gathered, i)];
        int at = kept;
        for (; at > 0 && ranked[at - 1] > margin; at--) {
            if (at < count) {
                ranked[at] = ranked[at - 1];
                gathered->unsure[at] = gathered->unsure[at - 1];
            }
        }
        if (at < count) {
            ranked[at] = margin;
            gathered->unsure[at] = (uint8_t)i;
            kept += kept < count;
        }
    }
}

/* Correct a block with that many of its least sure codewords given up. */
static bool correct(const struct correction *correction, struct gathered *gathered, int erased, int spare) {
    struct reed_solomon_block word = {gathered->codewords, gathered->len, correction->blocks->check, spare,
                                      gathered->unsure,    erased};
    correction->work->tries++;
    return reed_solomon_correct(correction->field, &word) >= 0;
}

/* Correct errors alone; then give up more and more codewords. */
static bool correct_block(const struct correction *correction, struct gathered *gathered) {
    if (correct(correction, gathered, 0, correction->blocks->protection)) {
        return true;
    }
    if (correction->doubts == NULL) {
        return false;
    }
    int most = correction->blocks->check - CORRECTION_SPARE;
    rank(correction, gathered);
    for (int i = 1; i <= CORRECTION_ERASURES; i++) {
        if (correct(correction, gathered, most * i / CORRECTION_ERASURES, CORRECTION_SPARE)) {
            return true;
        }
    }
    return false;
}

/* Change the weakest bits of the least sure codewords in all combinations, one bit from one to the next (Gray's
 * code). */
static bool correct_flipped(struct correction *correction, struct gathered *gathered) {
    rank(correction, gathered);
    for (unsigned i = 1; i < 1u << CORRECTION_FLIPPED && correction->flips < CORRECTION_FLIPS_MAX; i++) {
        int unsure = gathered->unsure[__builtin_ctz(i)];
        gathered->codewords[unsure] ^= correction->doubts->weakest[place_of(correction, gathered, unsure)];
        correction->flips++;
        if (correct(correction, gathered, 0, correction->blocks->protection)) {
            return true;
        }
    }
    return false;
}

/* Correct all blocks that can be on their own. Returns false where so few can that it is no use to go on; what the
 * corrected ones say is also the only proof that a code is there at all. */
static bool correct_blocks(const struct correction *correction, bool failed[BLOCKS_MAX]) {
    int good = 0, bad = 0;
    for (int block = 0; block < correction->blocks->count; block++) {
        struct gathered gathered;
        gather(correction, block, &gathered);
        failed[block] = !correct_block(correction, &gathered);
        if (!failed[block]) {
            keep(correction, &gathered);
            good++;
        } else if (correction->doubts == NULL || ++bad > good + CORRECTION_BEHIND) {
            return false;
        }
    }
    return good > 0;
}

enum err correction_correct(struct reed_solomon *field, const struct blocks *blocks,
                            const struct correction_doubts *doubts, uint8_t *codewords,
                            struct correction_work *work) {
    struct correction correction = {field, blocks, doubts, codewords, work, 0};
    bool failed[BLOCKS_MAX] = {false};
    if (!correct_blocks(&correction, failed)) {
        return ERR_SYMBOL_CODEWORDS;
    }
    for (int block = 0; block < blocks->count; block++) {
        struct gathered gathered;
        if (!failed[block]) {
            continue;
        }
        gather(&correction, block, &gathered);
        if (!correct_flipped(&correction, &gathered)) {
            return ERR_SYMBOL_CODEWORDS;
        }
        keep(&correction, &gathered);
    }
    return ERR_OK;
}
