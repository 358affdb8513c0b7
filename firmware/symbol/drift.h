/* drift: how paper that is bent or creased moves modules from where the warp has them, seen by the modules alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_DRIFT_H
#define SYMBOL_DRIFT_H

#include "symbol/alignment.h"

/* A tile of about so many modules a side moves as one. */
#define DRIFT_TILE_MODULES 6
#define DRIFT_TILES        (VERSION_SIZE_MAX / DRIFT_TILE_MODULES + 1)

/* How far the middle of each tile has moved, by row and column; bilinear between. All zero is no drift. */
struct drift {
    int tiles; /* a side; 0: none */
    double tile_modules;
    struct point off[DRIFT_TILES][DRIFT_TILES]; /* modules */
};

/*
 * Find the drift: where modules are sampled in their middles they are either dark or light, where on their borders
 * they are grey. From the finders outwards, each tile is moved from where its neighbours are to where its modules
 * differ most from their mean; then once more between all of its neighbours.
 *
 * view  in the code's polarity
 * size  modules a side
 */
void drift_find(const struct view *view, const struct warp *warp, int size, struct drift *out);

/* Module coordinates that the warp understands, of module coordinates on the paper. */
struct point drift_apply(const struct drift *drift, double u, double v);

#endif
