/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/sampling.h"

/* Places around the middle, in modules from it, and the smallest module that has room for them. */
#define BESIDE_MODULES   0.22
#define FIVE_PLACES_PX   2.3
#define WEIGHT_OF_ALL    6.0
#define WEIGHT_OF_MIDDLE 2.0

static double five_places(const struct view *view, const struct warp *warp, double u, double v) {
    struct point middle = alignment_place(warp, u, v);
    struct point right = alignment_place(warp, u + BESIDE_MODULES, v);
    struct point below = alignment_place(warp, u, v + BESIDE_MODULES);
    struct point left = {2 * middle.x - right.x, 2 * middle.y - right.y};
    struct point above = {2 * middle.x - below.x, 2 * middle.y - below.y};
    return (WEIGHT_OF_MIDDLE * view_at(view, middle) + view_at(view, right) + view_at(view, below) +
            view_at(view, left) + view_at(view, above)) /
           WEIGHT_OF_ALL;
}

void sampling_read(const struct view *view, const struct warp *warp, const struct drift *drift, int size,
                   double module_px, float *out) {
    bool five = module_px >= FIVE_PLACES_PX;
    effort_spend(view->effort,
                 (uint64_t)(size * size) * (five ? 3 * EFFORT_PLACE + 2 * EFFORT_SAMPLE : EFFORT_PLACE));
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
            struct point m = drift_apply(drift, column + 0.5, row + 0.5);
            double value =
                five ? five_places(view, warp, m.x, m.y) : view_at(view, alignment_place(warp, m.x, m.y));
            out[row * size + column] = (float)value;
        }
    }
}
