/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/pattern.h"

#include <stdlib.h>

/* Search: steps of so many modules; how much a place at the border of the search counts less, in grey levels. */
#define STEP     0.4
#define FAR_COST 0.15

/* Light ring less dark modules around a place, grey levels. */
static double likeness(const struct view *view, const struct tangent *near, struct point off) {
    double dark = 0;
    double light = 0;
    for (int k = 0; k < 25; k++) {
        int x = k % 5 - 2;
        int y = k / 5 - 2;
        double value = view_at(view, tangent_place(near, off.x + x, off.y + y));
        if (abs(x) < 2 && abs(y) < 2 && k != 12) {
            light += value;
        } else {
            dark += value;
        }
    }
    return light / 8 - dark / 17;
}

/* Move to the best of the places around, then with finer steps. */
static double refine(const struct view *view, const struct tangent *near, double score, double step,
                     struct point *best) {
    for (int round = 0; round < 2; round++, step /= 2) {
        struct point middle = *best;
        for (int k = 0; k < 9; k++) {
            struct point at = {middle.x + (k % 3 - 1) * step, middle.y + (k / 3 - 1) * step};
            double now = likeness(view, near, at);
            if (now > score) {
                score = now;
                *best = at;
            }
        }
    }
    return score;
}

double pattern_search(const struct view *view, const struct tangent *near, double reach, struct point *off) {
    double score = -256;
    int steps = (int)(2 * reach / STEP + 0.5);
    effort_spend(view->effort, (uint64_t)((steps + 1) * (steps + 1) + 2 * 9) * 25 * EFFORT_SAMPLE);
    *off = (struct point){0, 0};
    for (int k = 0; k < (steps + 1) * (steps + 1); k++) {
        struct point at = {k % (steps + 1) * STEP - reach, k / (steps + 1) * STEP - reach};
        double now = likeness(view, near, at) - FAR_COST * (at.x * at.x + at.y * at.y) / (reach * reach);
        if (now > score) {
            score = now;
            *off = at;
        }
    }
    return refine(view, near, score, STEP / 2.5, off);
}
