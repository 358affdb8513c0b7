/* relief: how far the modules of a sampled code stand out from what is around them, whatever the light. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_RELIEF_H
#define SYMBOL_RELIEF_H

#include "symbol/neighbourhood.h"

/* The most that a module counts, in the unit of relief_measure: no more than dark or light can it be. */
#define RELIEF_MOST 3.0F

/* Working memory, about 0.25 MB. */
struct relief {
    float away[SAMPLING_MODULES];
    struct neighbourhood around;
};

/*
 * Measure each module by the mean of 15 x 15 around it, in units of how far those are from theirs on average: about 1
 * where light, -1 where dark, and next to nothing under glare, where they hardly differ.
 *
 * brightness  size x size, 0 dark to 255 light
 * out         size x size, -RELIEF_MOST to RELIEF_MOST
 */
void relief_measure(struct relief *memory, const float *brightness, int size, float *out);

/* What canonical_modules takes, of a relief times `scale`: 48 grey levels a unit, around 128. `out` may be `relief`. */
void relief_light(const float *relief, float scale, int size, float *out);

#endif
