/* correction: all blocks of a code corrected; where errors are too many, the least sure codewords are given up, and
 * then the least sure bits changed, in turn (G. D. Forney, Generalized minimum distance decoding, 1966; D. Chase, A class
 * of algorithms for decoding block codes with channel measurement information, 1972). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CORRECTION_H
#define SYMBOL_CORRECTION_H

#include "base/err.h"
#include "symbol/blocks.h"
#include "symbol/reed_solomon.h"

/* Tries of one block with ever more of its codewords given up. */
#define CORRECTION_ERASURES 3
/* Check codewords kept back in these tries: a wrong correction passes once in 256 to this power. */
#define CORRECTION_SPARE 5
/* Codewords of a block of which the weakest bit is changed, in all combinations; and such tries of one code. */
#define CORRECTION_FLIPPED   5
#define CORRECTION_FLIPS_MAX 320
/* With so many more blocks failed than corrected, no bits are changed, and no more blocks looked at. */
#define CORRECTION_BEHIND 2

/* How sure codewords are, in the order of the code. */
struct correction_doubts {
    const float *margins;   /* of each codeword's weakest bit; the less, the less sure */
    const uint8_t *weakest; /* that bit */
};

/* What a correction took. */
struct correction_work {
    int corrected; /* codewords that were wrong */
    int tries;     /* blocks that were tried to correct, each time they were */
};

/*
 * Correct a code's codewords in place, block by block.
 *
 * field      tables; made when first used
 * blocks     how they are dealt out
 * doubts     NULL: errors alone
 * codewords  in the order of the code
 * work       added to, also after an error
 *
 * ERR_SYMBOL_CODEWORDS  a block has more errors than are corrected; the codewords are in no defined state
 */
MUST_USE enum err correction_correct(struct reed_solomon *field, const struct blocks *blocks,
                                     const struct correction_doubts *doubts, uint8_t *codewords,
                                     struct correction_work *work);

#endif
