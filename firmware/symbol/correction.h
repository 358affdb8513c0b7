/* correction: all blocks of a code corrected, the least sure codewords given up where errors alone are too many
 * (generalized minimum distance decoding, G. D. Forney, 1966). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CORRECTION_H
#define SYMBOL_CORRECTION_H

#include "base/err.h"
#include "symbol/blocks.h"
#include "symbol/reed_solomon.h"

/* Tries of one block with ever more of its codewords given up. */
#define CORRECTION_TRIES 3
/* Check codewords kept back in these tries: a wrong correction passes once in 256 to this power. */
#define CORRECTION_SPARE 5

/*
 * Correct a code's codewords in place, block by block.
 *
 * field      tables; made when first used
 * blocks     how they are dealt out
 * margins    how sure each codeword is, or NULL: errors alone
 * codewords  in the order of the code
 * corrected  set to how many were changed
 *
 * ERR_SYMBOL_CODEWORDS  a block has more errors than are corrected; the codewords are in no defined state
 */
MUST_USE enum err correction_correct(struct reed_solomon *field, const struct blocks *blocks,
                                     const float *margins, uint8_t *codewords, int *corrected);

#endif
