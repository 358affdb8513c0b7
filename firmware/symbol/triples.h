/* triples: which three finders belong to one code. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_TRIPLES_H
#define SYMBOL_TRIPLES_H

#include "symbol/finders.h"

/* Finders that are combined, those that most lines crossed, and triples that are kept, the likeliest. */
#define TRIPLES_FINDERS 32
#define TRIPLES_MAX     64

/* Corners of a code: upper left, then clockwise the next one and the one before it (u and v axes). */
enum { CORNER_ORIGIN, CORNER_U, CORNER_V, CORNERS };

struct triple {
    int finder[CORNERS]; /* indices */
    double size;         /* modules a side, roughly */
    double badness;      /* lower is likelier */
};

/*
 * The likeliest triples with a finder of the latest round, best first: of one polarity and similar size, with an angle near a right one and as many
 * modules on one side as on the other.
 *
 * view  that the finders were found in
 *
 * Returns how many were set.
 */
int triples_rank(const struct view *view, const struct finders *finders, struct triple out[TRIPLES_MAX]);

#endif
