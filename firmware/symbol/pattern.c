/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/pattern.h"

#include <stdlib.h>

/* The picture is looked at in a lattice of so many places a module, each of which serves for many places of the
 * pattern; then, around the best of them, in steps of so many modules. */
#define PARTS     3
#define STEP_FINE 0.07
/* How much a place at the border of the search counts less, in grey levels. */
#define FAR_COST 0.15
/* Modules of a pattern to either side of its middle; the largest search, modules. */
#define ARM        2
#define REACH_MOST 4
/* Places from the middle of the lattice to its border, and along its side. */
#define LATTICE_ARM  ((REACH_MOST + ARM) * PARTS)
#define LATTICE_SIDE (2 * LATTICE_ARM + 1)

struct lattice {
    int arm; /* places from its middle to its border */
    float value[LATTICE_SIDE][LATTICE_SIDE];
    /* sums of places a module apart, along: three and five around each */
    float three[LATTICE_SIDE][LATTICE_SIDE];
    float five[LATTICE_SIDE][LATTICE_SIDE];
};

static void look(const struct view *view, const struct tangent *near, int arm, struct lattice *out) {
    int side = 2 * arm + 1;
    out->arm = arm;
    effort_spend(view->effort, (uint64_t)(side * side) * EFFORT_SAMPLE);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            struct point at = tangent_place(near, (double)(x - arm) / PARTS, (double)(y - arm) / PARTS);
            out->value[y][x] = (float)view_at(view, at);
        }
    }
    for (int y = 0; y < side; y++) {
        const float *v = out->value[y];
        for (int x = ARM * PARTS; x < side - ARM * PARTS; x++) {
            out->three[y][x] = v[x - PARTS] + v[x] + v[x + PARTS];
            out->five[y][x] = v[x - 2 * PARTS] + out->three[y][x] + v[x + 2 * PARTS];
        }
    }
}

/* Light ring less dark modules around a place of the lattice, grey levels. */
static double likeness(const struct lattice *l, int x, int y) {
    double inner = l->three[y - PARTS][x] + l->three[y][x] + l->three[y + PARTS][x];
    double all = l->five[y - 2 * PARTS][x] + l->five[y - PARTS][x] + l->five[y][x] + l->five[y + PARTS][x] +
                 l->five[y + 2 * PARTS][x];
    double light = inner - l->value[y][x];
    return light / 8 - (all - light) / 17;
}

/* The same around any place. */
static double likeness_at(const struct view *view, const struct tangent *near, struct point off) {
    double dark = 0;
    double light = 0;
    for (int k = 0; k < 25; k++) {
        int x = k % 5 - ARM;
        int y = k / 5 - ARM;
        double value = view_at(view, tangent_place(near, off.x + x, off.y + y));
        if (abs(x) < 2 && abs(y) < 2 && k != 12) {
            light += value;
        } else {
            dark += value;
        }
    }
    return light / 8 - dark / 17;
}

/* How far from the middle of three values their parabola has its top, -0.5 to 0.5. */
static double top_of(double before, double at, double after) {
    double curve = 2 * at - before - after;
    return curve > 0 ? view_clamp((after - before) / (2 * curve), -0.5, 0.5) : 0;
}

/* Move to the best place around. */
static double refine(const struct view *view, const struct tangent *near, struct point *best) {
    double score = likeness_at(view, near, *best);
    effort_spend(view->effort, (uint64_t)9 * 25 * EFFORT_SAMPLE);
    struct point middle = *best;
    for (int k = 0; k < 9; k++) {
        struct point at = {middle.x + (k % 3 - 1) * STEP_FINE, middle.y + (k / 3 - 1) * STEP_FINE};
        double now = k == 4 ? score : likeness_at(view, near, at);
        if (now > score) {
            score = now;
            *best = at;
        }
    }
    return score;
}

double pattern_search(const struct view *view, const struct tangent *near, double reach, struct point *off) {
    struct lattice lattice;
    int steps = (int)(view_clamp(reach * PARTS, 1, REACH_MOST * PARTS) + 0.5);
    look(view, near, steps + ARM * PARTS, &lattice);
    double score = -256;
    int middle = lattice.arm;
    int best_x = middle;
    int best_y = middle;
    for (int y = middle - steps; y <= middle + steps; y++) {
        for (int x = middle - steps; x <= middle + steps; x++) {
            double across = (double)(x - middle) / steps, down = (double)(y - middle) / steps;
            double now = likeness(&lattice, x, y) - FAR_COST * (across * across + down * down);
            if (now > score) {
                score = now;
                best_x = x;
                best_y = y;
            }
        }
    }
    off->x = (double)(best_x - middle) / PARTS;
    off->y = (double)(best_y - middle) / PARTS;
    if (abs(best_x - middle) < steps && abs(best_y - middle) < steps) {
        double here = likeness(&lattice, best_x, best_y);
        off->x +=
            top_of(likeness(&lattice, best_x - 1, best_y), here, likeness(&lattice, best_x + 1, best_y)) /
            PARTS;
        off->y +=
            top_of(likeness(&lattice, best_x, best_y - 1), here, likeness(&lattice, best_x, best_y + 1)) /
            PARTS;
    }
    return refine(view, near, off);
}
