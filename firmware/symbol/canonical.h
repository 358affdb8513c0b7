/* canonical: a sampled code as the perfect picture of itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CANONICAL_H
#define SYMBOL_CANONICAL_H

#include "symbol/sampling.h"

/* Pixels of a module's side. At three, zbar finds many more centres that are none, and takes twice the time. */
#define CANONICAL_MODULE_PX 2
/* Light modules around (ISO/IEC 18004, 6.3.8). */
#define CANONICAL_QUIET      4
#define CANONICAL_SIDE(size) (((size) + 2 * CANONICAL_QUIET) * CANONICAL_MODULE_PX)
#define CANONICAL_SIDE_MAX   CANONICAL_SIDE(VERSION_SIZE_MAX)

/* Working memory, about 0.4 MB. */
struct canonical {
    float sharp[SAMPLING_MODULES];
    float sums[(VERSION_SIZE_MAX + 1) * (VERSION_SIZE_MAX + 1)]; /* of all to the left and above */
};

/*
 * Decide for each module whether it is dark: sharpen against its four neighbours, then compare with the mean of
 * 15 x 15 modules around. The fixed patterns (finders, timing, alignment) are painted as they must be.
 *
 * sharpen  0 for none; 0.35 undoes a little blur, 0.8 much
 * out      size x size, 1 is dark
 * margins  size x size, how far the brightness of each is from its threshold, 0 to 255; of the fixed patterns as of all
 */
void canonical_modules(struct canonical *memory, const float *brightness, int size, double sharpen,
                       uint8_t *out, float *margins);

/* Bits of the format information that differ from any valid one, the least of both copies (ISO/IEC 18004, 7.9);
 * of a code that is seen in a mirror when `mirrored`. 0 to 15. */
int canonical_format_errors(const uint8_t *modules, int size, bool mirrored);

/* Mirror a code and its margins: exchange rows and columns. */
void canonical_mirror(uint8_t *modules, float *margins, int size);

/* Draw a code, CANONICAL_MODULE_PX a module, black on white with a quiet zone. `pixels` has CANONICAL_SIDE(size)
 * squared bytes. */
void canonical_draw(const uint8_t *modules, int size, uint8_t *pixels);

#endif
