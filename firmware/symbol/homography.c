/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/homography.h"

#include <math.h>
#include <string.h>

#define UNKNOWNS 8

/* Normal equations: each row has its right side last. */
struct equations {
    double row[UNKNOWNS][UNKNOWNS + 1];
};

/* Add a row of which all but three unknowns from `first` on, the last two and the right side are zero. */
static void add(struct equations *equations, int first, const double terms[6], double weight) {
    const int at[6] = {first, first + 1, first + 2, UNKNOWNS - 2, UNKNOWNS - 1, UNKNOWNS};
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 6; j++) {
            equations->row[at[i]][at[j]] += weight * terms[i] * terms[j];
        }
    }
}

static void swap_rows(struct equations *equations, int a, int b) {
    double row[UNKNOWNS + 1];
    memcpy(row, equations->row[a], sizeof row);
    memcpy(equations->row[a], equations->row[b], sizeof row);
    memcpy(equations->row[b], row, sizeof row);
}

static void eliminate(struct equations *equations, int pivot) {
    for (int i = 0; i < UNKNOWNS; i++) {
        double factor = equations->row[i][pivot] / equations->row[pivot][pivot];
        for (int j = pivot; i != pivot && j <= UNKNOWNS; j++) {
            equations->row[i][j] -= factor * equations->row[pivot][j];
        }
    }
}

/* Gauss and Jordan, with the largest pivot of each column. */
static bool solve(struct equations *equations, double out[UNKNOWNS]) {
    for (int column = 0; column < UNKNOWNS; column++) {
        int pivot = column;
        for (int i = column + 1; i < UNKNOWNS; i++) {
            if (fabs(equations->row[i][column]) > fabs(equations->row[pivot][column])) {
                pivot = i;
            }
        }
        if (!(fabs(equations->row[pivot][column]) > 1e-12)) {
            return false;
        }
        swap_rows(equations, column, pivot);
        eliminate(equations, column);
    }
    for (int i = 0; i < UNKNOWNS; i++) {
        out[i] = equations->row[i][UNKNOWNS] / equations->row[i][i];
    }
    return true;
}

static bool invert(const double a[9], double out[9]) {
    double minors[3] = {a[4] * a[8] - a[5] * a[7], a[5] * a[6] - a[3] * a[8], a[3] * a[7] - a[4] * a[6]};
    double determinant = a[0] * minors[0] + a[1] * minors[1] + a[2] * minors[2];
    if (!(fabs(determinant) > 1e-15)) {
        return false;
    }
    const double adjugate[9] = {minors[0], a[2] * a[7] - a[1] * a[8], a[1] * a[5] - a[2] * a[4],
                                minors[1], a[0] * a[8] - a[2] * a[6], a[2] * a[3] - a[0] * a[5],
                                minors[2], a[1] * a[6] - a[0] * a[7], a[0] * a[4] - a[1] * a[3]};
    for (int i = 0; i < 9; i++) {
        out[i] = adjugate[i] / determinant;
    }
    return true;
}

static struct point apply(const double m[9], double x, double y) {
    double depth = m[6] * x + m[7] * y + m[8];
    return (struct point){(m[0] * x + m[1] * y + m[2]) / depth, (m[3] * x + m[4] * y + m[5]) / depth};
}

static double target(const struct constraint *constraint, int size) {
    return constraint->from_end ? size + constraint->module : constraint->module;
}

bool homography_fit(const struct constraint *constraints, int count, int size, struct point origin,
                    double scale_px, struct homography *out, double *rms) {
    struct equations equations = {0};
    struct homography h = {.origin = origin, .scale_px = scale_px};
    for (int i = 0; i < count; i++) {
        const struct constraint *c = &constraints[i];
        double x = (c->at.x - origin.x) / scale_px;
        double y = (c->at.y - origin.y) / scale_px;
        double t = target(c, size) / size;
        const double terms[6] = {x, y, 1, -t * x, -t * y, t};
        add(&equations, c->along_v ? 3 : 0, terms, c->weight);
    }
    double g[UNKNOWNS];
    if (!solve(&equations, g)) {
        return false;
    }
    const double to_modules[9] = {
        g[0] * size, g[1] * size, g[2] * size, g[3] * size, g[4] * size, g[5] * size, g[6], g[7], 1};
    memcpy(h.to_modules, to_modules, sizeof to_modules);
    if (!invert(h.to_modules, h.to_picture)) {
        return false;
    }
    double squares = 0;
    for (int i = 0; i < count; i++) {
        double miss = homography_miss(&h, &constraints[i], size);
        squares += miss * miss;
    }
    *rms = sqrt(squares / count);
    *out = h;
    return true;
}

struct point homography_place(const struct homography *homography, double u, double v) {
    struct point at = apply(homography->to_picture, u, v);
    return (struct point){homography->origin.x + at.x * homography->scale_px,
                          homography->origin.y + at.y * homography->scale_px};
}

struct point homography_module(const struct homography *homography, struct point at) {
    return apply(homography->to_modules, (at.x - homography->origin.x) / homography->scale_px,
                 (at.y - homography->origin.y) / homography->scale_px);
}

double homography_miss(const struct homography *homography, const struct constraint *constraint, int size) {
    struct point module = homography_module(homography, constraint->at);
    return (constraint->along_v ? module.y : module.x) - target(constraint, size);
}
