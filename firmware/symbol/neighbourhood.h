/* neighbourhood: the mean of what is around each module of a code. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_NEIGHBOURHOOD_H
#define SYMBOL_NEIGHBOURHOOD_H

#include "symbol/order.h"
#include "symbol/sampling.h"

/* Modules to either side of the middle one: 15 x 15 in all, less at the borders of the code. */
#define NEIGHBOURHOOD_REACH 7

/* Sums of all to the left and above, about 0.13 MB. */
struct neighbourhood {
    float sums[(VERSION_SIZE_MAX + 1) * (VERSION_SIZE_MAX + 1)];
};

/* Sum up size x size values, row after row: once before any mean is asked for. */
void neighbourhood_sum(struct neighbourhood *memory, const float *values, int size);

/* The mean of the values around a module and its own. */
static inline float neighbourhood_mean(const struct neighbourhood *memory, int size, int column, int row) {
    int top = order_greater(row - NEIGHBOURHOOD_REACH, 0);
    int bottom = order_smaller(row + NEIGHBOURHOOD_REACH + 1, size);
    int left = order_greater(column - NEIGHBOURHOOD_REACH, 0);
    int right = order_smaller(column + NEIGHBOURHOOD_REACH + 1, size);
    const float *upper = memory->sums + top * (size + 1);
    const float *lower = memory->sums + bottom * (size + 1);
    float sum = lower[right] - lower[left] - upper[right] + upper[left];
    return sum / (float)((right - left) * (bottom - top));
}

#endif
