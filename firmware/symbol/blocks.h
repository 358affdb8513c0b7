/* blocks: how a code's codewords are dealt out to blocks of error correction (ISO/IEC 18004, 7.5.1 and table 9). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_BLOCKS_H
#define SYMBOL_BLOCKS_H

#include "symbol/format.h"

/* Blocks of one code, codewords of one block and of one code, at most. */
#define BLOCKS_MAX           81
#define BLOCKS_CODEWORDS_MAX 153
#define BLOCKS_TOTAL_MAX     3706

/* The first blocks are short, the others hold one codeword of data more. */
struct blocks {
    int count;
    int short_count;
    int short_data; /* codewords of data in a short block */
    int check;      /* codewords of error correction in each */
    int protection; /* of these, how many must not be used to correct, lest a wrong correction look right */
};

/* Codewords that a code holds, of data and of error correction. */
int blocks_total(int version);

/* The blocks of a version (1 to 40) and level. */
struct blocks blocks_of(int version, enum format_level level);

/* Codewords of data in a block, and in all. */
int blocks_data(const struct blocks *blocks, int block);
int blocks_data_total(const struct blocks *blocks);

/* Where codeword `i` of a block, its data first, stands among the code's codewords (7.6, figure 15). */
int blocks_place(const struct blocks *blocks, int block, int i);

#endif
