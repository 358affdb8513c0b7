/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/correction.h"

#include <stddef.h>

/* One block, gathered. */
struct gathered {
    int len;
    uint8_t codewords[BLOCKS_CODEWORDS_MAX];
    uint8_t unsure[REED_SOLOMON_CHECK_MAX]; /* the least sure places first */
};

/* The `count` least sure places of a block. */
static void rank(const struct blocks *blocks, int block, const float *margins, int count,
                 struct gathered *out) {
    float ranked[REED_SOLOMON_CHECK_MAX];
    int kept = 0;
    for (int i = 0; i < out->len; i++) {
        float margin = margins[blocks_place(blocks, block, i)];
        int at = kept;
        for (; at > 0 && ranked[at - 1] > margin; at--) {
            if (at < count) {
                ranked[at] = ranked[at - 1];
                out->unsure[at] = out->unsure[at - 1];
            }
        }
        if (at < count) {
            ranked[at] = margin;
            out->unsure[at] = (uint8_t)i;
            kept += kept < count;
        }
    }
}

/* Give up more and more of the least sure codewords. */
static int correct_unsure(struct reed_solomon *field, const struct blocks *blocks, int block,
                          const float *margins, struct gathered *gathered) {
    int most = blocks->check - CORRECTION_SPARE;
    int changed = -1;
    rank(blocks, block, margins, most, gathered);
    for (int i = 1; i <= CORRECTION_TRIES && changed < 0; i++) {
        struct reed_solomon_block word = {gathered->codewords, gathered->len,    blocks->check,
                                          CORRECTION_SPARE,    gathered->unsure, most * i / CORRECTION_TRIES};
        changed = reed_solomon_correct(field, &word);
    }
    return changed;
}

static int correct_block(struct reed_solomon *field, const struct blocks *blocks, int block,
                         const float *margins, struct gathered *gathered) {
    struct reed_solomon_block word = {
        .codewords = gathered->codewords, .len = gathered->len, .check = blocks->check};
    word.spare = blocks->protection;
    int changed = reed_solomon_correct(field, &word);
    return changed < 0 && margins != NULL ? correct_unsure(field, blocks, block, margins, gathered) : changed;
}

enum err correction_correct(struct reed_solomon *field, const struct blocks *blocks, const float *margins,
                            uint8_t *codewords, int *corrected) {
    int sum = 0;
    for (int block = 0; block < blocks->count; block++) {
        struct gathered gathered = {.len = blocks_data(blocks, block) + blocks->check};
        for (int i = 0; i < gathered.len; i++) {
            gathered.codewords[i] = codewords[blocks_place(blocks, block, i)];
        }
        int changed = correct_block(field, blocks, block, margins, &gathered);
        if (changed < 0) {
            return ERR_SYMBOL_CODEWORDS;
        }
        for (int i = 0; i < gathered.len; i++) {
            codewords[blocks_place(blocks, block, i)] = gathered.codewords[i];
        }
        sum += changed;
    }
    *corrected = sum;
    return ERR_OK;
}
