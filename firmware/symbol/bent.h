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

#endif
