/* geometry: from three finders to how many modules a code has and where each of them lies. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_GEOMETRY_H
#define SYMBOL_GEOMETRY_H

#include "symbol/homography.h"
#include "symbol/outline.h"
#include "symbol/triples.h"
#include "symbol/version.h"

/* The finders' edges, and places of alignment patterns along both axes. */
#define GEOMETRY_EDGES (CORNERS * OUTLINE_MAX)

/* A code as a plane. */
struct geometry {
    int size; /* modules a side */
    struct homography place;
    double timing; /* see version_timing */
    int edge_count;
    struct constraint edges[GEOMETRY_EDGES]; /* of the finders */
    struct point origin;                     /* px, middle of the code */
    double scale_px;                         /* its side, about */
    struct finder corners[CORNERS];
};

/*
 * Find size and homography of a code.
 *
 * view    in the finders' polarity
 * triple  which finders, and a rough size
 *
 * Returns false where they are no code: too few edges, or no timing pattern between them.
 */
bool geometry_solve(const struct view *view, const struct finders *finders, const struct triple *triple,
                    struct geometry *out);

/* Fit the homography anew to the edges and `count` further constraints. Keeps the old one where that fails. */
void geometry_refit(struct geometry *geometry, const struct constraint *further, int count);

#endif
