/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/threshold.h"

#include "symbol/order.h"

/* Blocks to either side of the middle one. */
#define REACH 2

static int clamp(int value, int high) {
    return value < 0 ? 0 : value > high ? high : value;
}

/* Mean of a block, from every second line. */
static uint16_t block_mean(const struct view *view, int column, int row) {
    int right = order_smaller((column + 1) * THRESHOLD_BLOCK_PX, view->width_px);
    int bottom = order_smaller((row + 1) * THRESHOLD_BLOCK_PX, view->height_px);
    unsigned sum = 0;
    unsigned count = 0;
    for (int y = row * THRESHOLD_BLOCK_PX; y < bottom; y += 2) {
        const uint8_t *line = view->pixels + (ptrdiff_t)y * view->stride_px;
        for (int x = column * THRESHOLD_BLOCK_PX; x < right; x++) {
            sum += line[x];
            count++;
        }
    }
    return (uint16_t)(sum / count);
}

static void widen(const struct threshold *threshold, const uint16_t *from, bool down, uint16_t *to) {
    for (int row = 0; row < threshold->rows; row++) {
        for (int column = 0; column < threshold->columns; column++) {
            unsigned sum = 0;
            for (int k = -REACH; k <= REACH; k++) {
                int r = down ? clamp(row + k, threshold->rows - 1) : row;
                int c = down ? column : clamp(column + k, threshold->columns - 1);
                sum += from[r * threshold->columns + c];
            }
            to[row * threshold->columns + column] = (uint16_t)(sum / (2 * REACH + 1));
        }
    }
}

void threshold_map(struct threshold *threshold, const struct view *view) {
    threshold->columns = (view->width_px + THRESHOLD_BLOCK_PX - 1) / THRESHOLD_BLOCK_PX;
    threshold->rows = (view->height_px + THRESHOLD_BLOCK_PX - 1) / THRESHOLD_BLOCK_PX;
    effort_spend(view->effort, (uint64_t)view->width_px * (uint64_t)view->height_px / 2);
    for (int row = 0; row < threshold->rows; row++) {
        for (int column = 0; column < threshold->columns; column++) {
            threshold->means[row * threshold->columns + column] = block_mean(view, column, row);
        }
    }
    widen(threshold, threshold->means, false, threshold->wide);
    widen(threshold, threshold->wide, true, threshold->means);
    for (int i = 0; i < threshold->rows * threshold->columns; i++) {
        threshold->levels[i] = (uint8_t)threshold->means[i];
    }
}

double threshold_at(const struct threshold *threshold, const struct view *view, struct point at) {
    int column = clamp((int)at.x / THRESHOLD_BLOCK_PX, threshold->columns - 1);
    int row = clamp((int)at.y / THRESHOLD_BLOCK_PX, threshold->rows - 1);
    double level = threshold->levels[row * threshold->columns + column];
    return view->inverted ? 255 - level : level;
}
