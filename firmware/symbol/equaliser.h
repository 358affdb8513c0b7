/* equaliser: modules that ran into each other taken apart again, by a filter that is learnt from the code itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_EQUALISER_H
#define SYMBOL_EQUALISER_H

#include "symbol/relief.h"

/* Modules to either side that a filter takes into account, and how many it does in all. */
#define EQUALISER_REACH 2
#define EQUALISER_TAPS  25
/* Modules that a filter is learnt from, at most. */
#define EQUALISER_LESSONS 2500
/* What learning from them costs (see symbol/effort.h). */
#define EQUALISER_EFFORT 1000000
#define EQUALISER_SIDE   (VERSION_SIZE_MAX + 2 * EQUALISER_REACH)

/* Working memory, about 0.2 MB. All zero is good to use. */
struct equaliser {
    float framed[EQUALISER_SIDE * EQUALISER_SIDE]; /* the relief, and nothing around it */
    uint8_t dark[SAMPLING_MODULES];
    double factor[EQUALISER_TAPS][EQUALISER_TAPS]; /* of how modules go together: lower triangle (Cholesky) */
    float filter[EQUALISER_TAPS];
};

/*
 * Undo what defocus, motion and a lens do to the modules of one code: find the linear filter over 5 x 5 modules whose
 * outcome is nearest to what the modules are, by least squares with a little ridge; what they are is known of the fixed
 * patterns, and of the others taken from the outcome so far, so it is done again with the better outcome (decision
 * directed equalisation, R. W. Lucky, 1966).
 *
 * relief  size x size, see relief_measure
 * out     size x size, of the same kind; may be `relief`
 */
void equaliser_apply(struct equaliser *memory, const float *relief, int size, float *out);

#endif
