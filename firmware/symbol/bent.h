/* bent: where the modules of a code on bent, curled or creased paper lie: no plane is assumed anywhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_BENT_H
#define SYMBOL_BENT_H

#include "symbol/finder.h"
#include "symbol/settle.h"
#include "symbol/triples.h"

/* Working memory, about 0.5 MB. */
struct bent {
    struct surface surface;
    int patterns; /* alignment patterns that there are, */
    int seen;     /* and that were seen */
    struct settle settle;
};

/*
 * Find size and modules of a code by its finders' own axes, the version that it says of itself, and its alignment
 * patterns, from the finders outwards, each where those before it say; then let the modules pull.
 *
 * view     in the finders' polarity
 * corners  its finders
 * rough    modules a side, about
 * out      set when it is one, else of no use
 * fit      as settle_mesh returns it
 *
 * Returns false where they are no code.
 */
bool bent_find(const struct view *view, const struct finder corners[CORNERS], double rough,
               struct bent *memory, struct mesh *out, double *fit);

/*
 * The same for a code of which one finder is covered or damaged.
 *
 * hidden         which corner's
 * first, second  CORNER_ORIGIN and CORNER_U, CORNER_ORIGIN and CORNER_V, or CORNER_U and CORNER_V
 *
 * Returns false where they are no code, or not these corners of one.
 */
bool bent_find_pair(const struct view *view, const struct finder *first, const struct finder *second,
                    int hidden, struct bent *memory, struct mesh *out, double *fit);

#endif
