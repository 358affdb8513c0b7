/* threshold: what counts as dark around each place of a picture: less than the mean of its neighbourhood. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_THRESHOLD_H
#define SYMBOL_THRESHOLD_H

#include "base/limits.h"
#include "symbol/view.h"

/* One level serves a block of so many pixels a side, and is the mean of 5 x 5 blocks: 40 px. */
#define THRESHOLD_BLOCK_PX 8
#define THRESHOLD_BLOCKS   (LIMIT_FRAME_SIDE_PX / THRESHOLD_BLOCK_PX)

/* Levels, row after row of `columns`. About 1.3 MB; all zero is a map of nothing. */
struct threshold {
    int columns;
    int rows;
    uint8_t levels[THRESHOLD_BLOCKS * THRESHOLD_BLOCKS];
    uint16_t means[THRESHOLD_BLOCKS * THRESHOLD_BLOCKS]; /* of each block alone */
    uint16_t wide[THRESHOLD_BLOCKS * THRESHOLD_BLOCKS];  /* of five beside each other */
};

/* Compute the levels of a view of at least one pixel, as it is (not inverted). */
void threshold_map(struct threshold *threshold, const struct view *view);

/* The level at a pixel of the mapped view; turned round where the view is inverted. */
double threshold_at(const struct threshold *threshold, const struct view *view, struct point at);

#endif
