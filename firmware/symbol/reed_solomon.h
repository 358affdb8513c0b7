/* reed_solomon: correction of a block's codewords (ISO/IEC 18004, 7.5 and annex B; the algorithm is Berlekamp's and
 * Massey's with erasures, as in R. E. Blahut, Algebraic Codes for Data Transmission, chapter 7). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_REED_SOLOMON_H
#define SYMBOL_REED_SOLOMON_H

#include <stdbool.h>
#include <stdint.h>

/* Check codewords of a block, at most. */
#define REED_SOLOMON_CHECK_MAX 30
/* Numbers of the field that are not zero. */
#define REED_SOLOMON_ORDER 255

/* Tables of the field of 256 numbers modulo x^8 + x^4 + x^3 + x^2 + 1; made when first used. All zero is none. */
struct reed_solomon {
    bool made;
    uint8_t power[2 * REED_SOLOMON_ORDER]; /* of 2, written twice */
    uint8_t logarithm[REED_SOLOMON_ORDER + 1];
    uint8_t times[REED_SOLOMON_CHECK_MAX]
                 [REED_SOLOMON_ORDER + 1]; /* every number by each of the first powers */
};

/* A block to correct: data, then check codewords. */
struct reed_solomon_block {
    uint8_t *codewords;
    int len;   /* at most REED_SOLOMON_ORDER */
    int check; /* at most REED_SOLOMON_CHECK_MAX */
    int spare; /* check codewords that correct nothing: each makes a wrong correction 256 times less likely */
    const uint8_t *erased; /* places that may be wrong; each takes one check codeword, an unknown one two */
    int erased_count;
};

/*
 * Correct a block in place, where twice its errors beside the erased places, those places and the spare are no more
 * than its check codewords.
 *
 * Returns how many codewords it changed, or -1: nothing is changed then.
 */
int reed_solomon_correct(struct reed_solomon *field, const struct reed_solomon_block *block);

#endif
