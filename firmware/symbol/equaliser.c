/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/equaliser.h"

#include <math.h>
#include <string.h>

#include "symbol/canonical.h"

/* How often a filter is learnt anew. */
#define ROUNDS 3
/* Part of the mean power that is added to each tap's own: taps that say little stay small. */
#define RIDGE 0.01
/* The first decisions: neighbours are taken off by so much. */
#define FIRST_BESIDE (-0.0875F)
#define FIRST_MIDDLE 1.35F

#define MIDDLE (EQUALISER_TAPS / 2)
#define ACROSS (2 * EQUALISER_REACH + 1)

static int stride_of(int size) {
    return size + 2 * EQUALISER_REACH;
}

/* The module at the upper left of the taps of a module. */
static const float *taps_of(const struct equaliser *e, int size, int module) {
    return e->framed + module / size * stride_of(size) + module % size;
}

static float outcome(const struct equaliser *e, int size, int module) {
    const float *from = taps_of(e, size, module);
    float sum = 0;
    for (int row = 0; row < ACROSS; row++, from += stride_of(size)) {
        for (int i = 0; i < ACROSS; i++) {
            sum += from[i] * e->filter[row * ACROSS + i];
        }
    }
    return sum;
}

/* Every so many modules one is learnt from. */
static int step_of(int size) {
    return size * size / EQUALISER_LESSONS + 1;
}

static void gather(const struct equaliser *e, int size, int module, float taps[EQUALISER_TAPS]) {
    const float *from = taps_of(e, size, module);
    for (int row = 0; row < ACROSS; row++, from += stride_of(size)) {
        memcpy(taps + row * ACROSS, from, ACROSS * sizeof *taps);
    }
}

/* Sums of the products of each two taps, with the ridge. */
static void correlate(struct equaliser *e, int size) {
    float taps[EQUALISER_TAPS];
    double power = 0;
    memset(e->factor, 0, sizeof e->factor);
    for (int module = 0; module < size * size; module += step_of(size)) {
        gather(e, size, module, taps);
        for (int i = 0; i < EQUALISER_TAPS; i++) {
            for (int j = 0; j <= i; j++) {
                e->factor[i][j] += (double)(taps[i] * taps[j]);
            }
        }
    }
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        power += e->factor[i][i] / EQUALISER_TAPS;
    }
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        e->factor[i][i] += RIDGE * power + 1e-6;
    }
}

/* Into the lower triangle of Cholesky's, in place. */
static void factorise(struct equaliser *e) {
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = e->factor[i][j];
            for (int k = 0; k < j; k++) {
                sum -= e->factor[i][k] * e->factor[j][k];
            }
            e->factor[i][j] = i == j ? sqrt(fmax(sum, 1e-9)) : sum / e->factor[j][j];
        }
    }
}

static void solve(const struct equaliser *e, double values[EQUALISER_TAPS]) {
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        for (int k = 0; k < i; k++) {
            values[i] -= e->factor[i][k] * values[k];
        }
        values[i] /= e->factor[i][i];
    }
    for (int i = EQUALISER_TAPS - 1; i >= 0; i--) {
        for (int k = i + 1; k < EQUALISER_TAPS; k++) {
            values[i] -= e->factor[k][i] * values[k];
        }
        values[i] /= e->factor[i][i];
    }
}

/* What the modules learnt from are by the filter so far, and the fixed patterns as they must be. */
static void decide(struct equaliser *e, int size) {
    for (int module = 0; module < size * size; module += step_of(size)) {
        e->dark[module] = outcome(e, size, module) < 0;
    }
    canonical_paint(e->dark, size);
}

static void learn(struct equaliser *e, int size) {
    float taps[EQUALISER_TAPS];
    double values[EQUALISER_TAPS] = {0};
    for (int module = 0; module < size * size; module += step_of(size)) {
        gather(e, size, module, taps);
        for (int i = 0; i < EQUALISER_TAPS; i++) {
            values[i] += (double)(e->dark[module] ? -taps[i] : taps[i]);
        }
    }
    solve(e, values);
    for (int i = 0; i < EQUALISER_TAPS; i++) {
        e->filter[i] = (float)values[i];
    }
}

static void begin(struct equaliser *e, const float *relief, int size) {
    int stride = stride_of(size);
    memset(e->framed, 0, (size_t)(stride * stride) * sizeof *e->framed);
    for (int row = 0; row < size; row++) {
        memcpy(e->framed + (row + EQUALISER_REACH) * stride + EQUALISER_REACH, relief + row * size,
               (size_t)size * sizeof *relief);
    }
    memset(e->filter, 0, sizeof e->filter);
    e->filter[MIDDLE] = FIRST_MIDDLE;
    e->filter[MIDDLE - 1] = e->filter[MIDDLE + 1] = FIRST_BESIDE;
    e->filter[MIDDLE - ACROSS] = e->filter[MIDDLE + ACROSS] = FIRST_BESIDE;
}

void equaliser_apply(struct equaliser *memory, const float *relief, int size, float *out) {
    begin(memory, relief, size);
    correlate(memory, size);
    factorise(memory);
    for (int round = 0; round < ROUNDS; round++) {
        decide(memory, size);
        learn(memory, size);
    }
    for (int module = 0; module < size * size; module++) {
        out[module] = outcome(memory, size, module);
    }
}
