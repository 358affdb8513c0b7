/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/corner.h"

#include <math.h>

/* Edges of one axis that determine it well, of 28, and rounds of tracing them along better axes. */
#define EDGES_LEAST 10
#define ROUNDS      2
/* An edge that is missed by more is another pattern's, modules; first, when the axes are a guess, by much more. */
#define MISS_MOST       0.35
#define MISS_MOST_FIRST 1.2
/* The middle of a finder, modules from either side of the code. */
#define MIDDLE 3.5

/* A module coordinate as it grows over the picture: from the finder's middle, at + x * right + y * below. */
struct slope {
    double at, right, below;
};

static double slope_at(const struct slope *slope, struct point offset_px) {
    return slope->at + offset_px.x * slope->right + offset_px.y * slope->below;
}

/* The coordinate of an edge, modules from the finder's middle. */
static double target(const struct constraint *edge) {
    return edge->from_end ? edge->module + MIDDLE : edge->module - MIDDLE;
}

/* Least squares over the edges of one axis that the slope of before misses by little. */
static bool fit_axis(const struct finder *finder, const struct constraint *edges, int count, bool along_v,
                     double miss_most, struct slope *slope) {
    double a[3][4] = {{0}};
    int used = 0;
    for (int i = 0; i < count; i++) {
        struct point offset = {edges[i].at.x - finder->centre.x, edges[i].at.y - finder->centre.y};
        const double terms[4] = {1, offset.x, offset.y, target(&edges[i])};
        if (edges[i].along_v != along_v || fabs(slope_at(slope, offset) - terms[3]) > miss_most) {
            continue;
        }
        used++;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                a[row][column] += terms[row] * terms[column];
            }
        }
    }
    for (int k = 0; k < 3; k++) {
        if (used < EDGES_LEAST || !(a[k][k] > 1e-9)) {
            return false;
        }
        for (int row = 0; row < 3; row++) {
            double factor = a[row][k] / a[k][k];
            for (int column = k; row != k && column < 4; column++) {
                a[row][column] -= factor * a[k][column];
            }
        }
    }
    *slope = (struct slope){a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
    return true;
}

/* Turn coordinates over the picture into pixels a module. */
static bool invert(const struct finder *finder, const struct slope *u, const struct slope *v,
                   struct tangent *out) {
    double determinant = u->right * v->below - u->below * v->right;
    if (!(fabs(determinant) > 1e-9)) {
        return false;
    }
    out->u = (struct point){v->below / determinant, -v->right / determinant};
    out->v = (struct point){-u->below / determinant, u->right / determinant};
    out->at = finder->centre;
    out->at = tangent_place(out, -u->at, -v->at);
    return true;
}

static struct slope slope_from(const struct tangent *corner, bool along_v) {
    double determinant = corner->u.x * corner->v.y - corner->u.y * corner->v.x;
    return along_v ? (struct slope){0, -corner->u.y / determinant, corner->u.x / determinant}
                   : (struct slope){0, corner->v.y / determinant, -corner->v.x / determinant};
}

static struct point unit(struct point p) {
    double length = hypot(p.x, p.y);
    return (struct point){p.x / length, p.y / length};
}

bool corner_fit(const struct view *view, const struct finder *finder, int which, struct point u,
                struct point v, struct tangent *out) {
    struct constraint edges[OUTLINE_MAX];
    struct tangent corner = {.at = finder->centre,
                             .u = {u.x * finder->module_px, u.y * finder->module_px},
                             .v = {v.x * finder->module_px, v.y * finder->module_px}};
    if (!(fabs(corner.u.x * corner.v.y - corner.u.y * corner.v.x) > 1e-6)) {
        return false;
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct slope along_u = slope_from(&corner, false);
        struct slope along_v = slope_from(&corner, true);
        int count = outline_trace(view, finder, which, unit(corner.u), unit(corner.v), edges);
        for (int pass = 0; pass < 2; pass++) {
            double miss = round == 0 && pass == 0 ? MISS_MOST_FIRST : MISS_MOST;
            if (!fit_axis(finder, edges, count, false, miss, &along_u) ||
                !fit_axis(finder, edges, count, true, miss, &along_v)) {
                return false;
            }
        }
        if (!invert(finder, &along_u, &along_v, &corner)) {
            return false;
        }
    }
    *out = corner;
    return true;
}
