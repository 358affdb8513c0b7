/* region: where a picture is as busy in both directions as a code is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_REGION_H
#define SYMBOL_REGION_H

#include "base/limits.h"
#include "symbol/view.h"

/* Business is summed over blocks of so many pixels a side. */
#define REGION_BLOCK_PX 16
#define REGION_BLOCKS   (LIMIT_FRAME_SIDE_PX / REGION_BLOCK_PX)
/* Regions that are told apart. */
#define REGION_MAX 3

/* Working memory, about 0.5 MB. */
struct region_blocks {
    int columns;
    int rows;
    uint16_t busy[REGION_BLOCKS * REGION_BLOCKS]; /* the lesser of the sums of steps along and down */
    uint8_t state[REGION_BLOCKS * REGION_BLOCKS];
    int32_t stack[REGION_BLOCKS * REGION_BLOCKS];
};

/*
 * The connected regions of a view whose gradients are strong both along and down, largest and most square
 * first, each with a margin of about a block and a half. Regions of less than a fifth of the first one's
 * worth are left out.
 *
 * Returns how many of `regions` were set.
 */
int region_find(struct region_blocks *blocks, const struct view *view, struct box regions[REGION_MAX]);

/*
 * How many parts a view is looked at in, side by side and above each other, where no part may be longer or higher than
 * `most_px`, and neighbours share at least `shared_px`, which is less.
 */
int region_parts(const struct view *view, int most_px, int shared_px);

/* One of the parts, from 0. */
struct box region_part(const struct view *view, int most_px, int shared_px, int part);

#endif
