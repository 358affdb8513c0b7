/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/surface.h"

#include <math.h>

/* Of the quadric: 1, u, v, u^2, u v, v^2; then the right sides for x and y. */
#define TERMS 6
#define SIDES 2
/* Distance, in sides of the code, within which anchors count about the same. */
#define NEAR 0.08
/* How much bending costs against missing an anchor; so little that three finders alone decide. */
#define STIFFNESS 1e-5
/* Units of effort for each anchor. */
#define EFFORT_ANCHOR 35

void surface_add(struct surface *surface, struct point module, struct point at) {
    if (surface->count < SURFACE_ANCHORS) {
        surface->anchors[surface->count++] = (struct anchor){module, at};
    }
}

/* Normal equations, of which the upper half is used. */
struct normal {
    double a[TERMS][TERMS + SIDES];
};

static void add(struct normal *normal, double u, double v, const struct anchor *anchor) {
    double distance = u * u + v * v + NEAR * NEAR;
    double weight = 1 / (distance * distance);
    const double terms[TERMS + SIDES] = {1, u, v, u * u, u * v, v * v, anchor->at.x, anchor->at.y};
    for (int row = 0; row < TERMS; row++) {
        double scaled = weight * terms[row];
        for (int column = row; column < TERMS + SIDES; column++) {
            normal->a[row][column] += scaled * terms[column];
        }
    }
}

/* Elimination without pivots: the matrix is symmetric and positive. */
static bool solve(struct normal *normal, double out[TERMS][SIDES]) {
    for (int k = 0; k < TERMS; k++) {
        if (!(normal->a[k][k] > 1e-9)) {
            return false;
        }
        for (int row = k + 1; row < TERMS; row++) {
            double factor = normal->a[k][row] / normal->a[k][k];
            for (int column = row; column < TERMS + SIDES; column++) {
                normal->a[row][column] -= factor * normal->a[k][column];
            }
        }
    }
    for (int k = TERMS - 1; k >= 0; k--) {
        for (int side = 0; side < SIDES; side++) {
            double sum = normal->a[k][TERMS + side];
            for (int column = k + 1; column < TERMS; column++) {
                sum -= normal->a[k][column] * out[column][side];
            }
            out[k][side] = sum / normal->a[k][k];
        }
    }
    return true;
}

bool surface_at(const struct view *view, const struct surface *surface, struct point module,
                struct tangent *out) {
    struct normal normal = {{{0}}};
    double c[TERMS][SIDES];
    double scale = 1.0 / surface->size;
    effort_spend(view->effort, (uint64_t)surface->count * EFFORT_ANCHOR);
    for (int i = 0; i < surface->count; i++) {
        const struct anchor *anchor = &surface->anchors[i];
        add(&normal, (anchor->module.x - module.x) * scale, (anchor->module.y - module.y) * scale, anchor);
    }
    double stiff = STIFFNESS * normal.a[0][0];
    for (int term = 3; term < TERMS; term++) {
        normal.a[term][term] += stiff;
    }
    if (!solve(&normal, c)) {
        return false;
    }
    out->at = (struct point){c[0][0], c[0][1]};
    out->u = (struct point){c[1][0] * scale, c[1][1] * scale};
    out->v = (struct point){c[2][0] * scale, c[2][1] * scale};
    return true;
}
