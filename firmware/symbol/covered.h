/* covered: where the third finder of a code must be that a finger, a hole or a bright spot hides in part. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_COVERED_H
#define SYMBOL_COVERED_H

#include "symbol/triples.h"

/* Finders that are combined, those that most lines crossed; pairs of them that may be of one code; and triples. */
#define COVERED_FINDERS 8
#define COVERED_PAIRS   6
#define COVERED_TRIPLES 4

/*
 * Guess a third finder for pairs of finders. Two of one code stand beside each other or across from each other: their
 * own axes say which. Each leaves a few places for the third, give or take what perspective does; there the place is
 * sought that resembles a finder most, of which a good part must be seen.
 *
 * view     that the finders were found in
 * finders  gets the guessed ones, after those that were found; they have no votes
 * out      the likeliest first
 *
 * Returns how many were set.
 */
int covered_triples(const struct view *view, struct finders *finders, struct triple out[COVERED_TRIPLES]);

#endif
