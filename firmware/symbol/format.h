/* format: error correction level and mask of a code, from its format information (ISO/IEC 18004, 7.9). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_FORMAT_H
#define SYMBOL_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

/* Levels in the order of their strength. */
enum format_level { FORMAT_L = 0, FORMAT_M, FORMAT_Q, FORMAT_H, FORMAT_LEVELS };

#define FORMAT_MASKS 8
/* Bits of one copy; two stand in a code. */
#define FORMAT_BITS   15
#define FORMAT_COPIES 2
/* Errors that the (15, 5) BCH code corrects. */
#define FORMAT_ERRORS 3
/* Readings that are worth a try: of both copies together, and of either alone. */
#define FORMAT_READINGS 3

/* What the format information says. */
struct format {
    enum format_level level;
    int mask; /* 0 to 7 */
};

/* Bits that differ from any valid format information, the least of both copies; of a code that is seen in a mirror
 * when `mirrored`. 0 to 15. */
int format_errors(const uint8_t *modules, int size, bool mirrored);

/*
 * Read the format information: as both copies together have it, each bit weighing as much as it is sure, then as
 * either copy has it alone with at most FORMAT_ERRORS errors, where that is another.
 *
 * modules  size x size, 1 is dark
 * margins  size x size, how sure each is, or NULL: all alike
 * out      FORMAT_READINGS places, the likeliest first
 *
 * Returns how many were set; 0 where both copies have more errors than are corrected.
 */
int format_read(const uint8_t *modules, const float *margins, int size, struct format out[FORMAT_READINGS]);

/* Write both copies, and the module beside them that is always dark. */
void format_write(const struct format *format, uint8_t *modules, int size);

#endif
