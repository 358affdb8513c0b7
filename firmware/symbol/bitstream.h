/* bitstream: from the modules of a sampled code to the bytes that it holds, all of it checked (ISO/IEC 18004,
 * 12, steps from the format information on). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_BITSTREAM_H
#define SYMBOL_BITSTREAM_H

#include "symbol/codewords.h"
#include "symbol/correction.h"
#include "symbol/segments.h"

/* Working memory, about 0.15 MB; all zero is good to use. After a code was read: its corrected codewords. */
struct bitstream {
    struct codewords_way way;
    struct reed_solomon field;
    struct format format;
    struct correction_work work; /* for the code that was read last, or was not */
    uint8_t codewords[BLOCKS_TOTAL_MAX];
    uint8_t data[BLOCKS_TOTAL_MAX];
    float margins[BLOCKS_TOTAL_MAX];
    uint8_t weakest[BLOCKS_TOTAL_MAX];
};

/*
 * Read a code.
 *
 * modules  size x size, not mirrored, 1 is dark
 * margins  size x size, how sure each is, or NULL; with them, more errors than half of the check
 *          codewords are corrected where they are among the least sure
 * size     21 to 177 in steps of four
 * out      set to what it holds; may be no bytes
 *
 * The work is bounded: 2 * FORMAT_READINGS readings of at most BLOCKS_MAX blocks, each tried 1 + CORRECTION_ERASURES
 * times, with CORRECTION_FLIPS_MAX more tries a reading; memory->work says how many there were.
 *
 * ERR_SYMBOL_SIZE    no code has this size
 * ERR_SYMBOL_FORMAT  neither copy of the format information is readable
 * ERR_SYMBOL_CODEWORDS, and those of segments_read
 */
MUST_USE enum err bitstream_read(struct bitstream *memory, const uint8_t *modules, const float *margins,
                                 int size, struct segments *out);

/* The code that was read last, module for module as it must be: size x size. */
void bitstream_draw(const struct bitstream *memory, uint8_t *modules);

#endif
