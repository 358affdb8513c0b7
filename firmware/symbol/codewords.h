/* codewords: the bytes that a code's modules spell, in their zigzag through it (ISO/IEC 18004, 7.7 and 7.8). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CODEWORDS_H
#define SYMBOL_CODEWORDS_H

#include "symbol/blocks.h"
#include "symbol/sampling.h"

/* The way through codes of one size; kept from one code to the next of that size. All zero is none. */
struct codewords_way {
    int size;
    int count;                       /* whole codewords */
    uint8_t fixed[SAMPLING_MODULES]; /* 1: patterns, format and version information */
    uint16_t
        place[BLOCKS_TOTAL_MAX * 8]; /* row * size + column of each bit, the highest of a codeword first */
    uint8_t phase[BLOCKS_TOTAL_MAX * 8]; /* where in the period of the masks it lies */
};

/* Find the way for a size of 21 to 177 modules. */
void codewords_lead(struct codewords_way *way, int size);

/* Read all codewords of a code under a mask (0 to 7). `out` has way->count places. */
void codewords_read(const struct codewords_way *way, const uint8_t *modules, int mask, uint8_t *out);

/* How sure each codeword is: as its least sure module, which is the bit `weakest`. */
void codewords_margins(const struct codewords_way *way, const float *margins, float *out, uint8_t *weakest);

/* Write codewords into a code's modules; the few modules that hold no whole codeword are zero before the mask. */
void codewords_write(const struct codewords_way *way, const uint8_t *codewords, int mask, uint8_t *modules);

#endif
