/* canonical: a sampled code as the perfect picture of itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CANONICAL_H
#define SYMBOL_CANONICAL_H

#include "symbol/neighbourhood.h"

/* Pixels of a module's side, at most. zbar reads 199 of 200 drawings at one pixel, in half the time that two take;
 * at three it finds many more centres that are none, and takes seven times as long. */
#define CANONICAL_MODULE_PX_MAX 2
/* Light modules around a drawing. zbar wants one; at one pixel a module, an odd number. */
#define CANONICAL_QUIET                 1
#define CANONICAL_SIDE(size, module_px) (((size) + 2 * CANONICAL_QUIET) * (module_px))
#define CANONICAL_SIDE_MAX              CANONICAL_SIDE(VERSION_SIZE_MAX, CANONICAL_MODULE_PX_MAX)

/* Working memory, about 0.4 MB. */
struct canonical {
    float sharp[SAMPLING_MODULES];
    struct neighbourhood around;
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

/* Paint the fixed patterns: finders with the light lines around them, timing and alignment. */
void canonical_paint(uint8_t *modules, int size);

/* Mirror a code and its margins: exchange rows and columns. */
void canonical_mirror(uint8_t *modules, float *margins, int size);

/* Draw a code, module_px pixels a module, black on white with a quiet zone. `pixels` has CANONICAL_SIDE(size, module_px)
 * squared bytes. */
void canonical_draw(const uint8_t *modules, int size, int module_px, uint8_t *pixels);

#endif
