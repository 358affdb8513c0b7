/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/relief.h"

#include <math.h>
#include <string.h>

/* Modules to either side of the middle of a window. */
#define WINDOW 7
/* Grey levels of difference that say nothing. */
#define SILENT_LEVELS 1.0F
#define UNIT_LEVELS   48.0F
#define MEAN_LEVEL    128.0F

static int greater(int a, int b) {
    return a > b ? a : b;
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

static void sum_up(const float *from, int size, float *sums) {
    int stride = size + 1;
    memset(sums, 0, (size_t)stride * sizeof *sums);
    for (int row = 0; row < size; row++) {
        float sum = 0;
        sums[(row + 1) * stride] = 0;
        for (int i = 0; i < size; i++) {
            sum += from[row * size + i];
            sums[(row + 1) * stride + i + 1] = sums[row * stride + i + 1] + sum;
        }
    }
}

/* Mean of the window around a module. */
static float mean_at(const float *sums, int size, int column, int row) {
    int stride = size + 1;
    int top = greater(row - WINDOW, 0), bottom = smaller(row + WINDOW + 1, size);
    int left = greater(column - WINDOW, 0), right = smaller(column + WINDOW + 1, size);
    float sum = sums[bottom * stride + right] - sums[bottom * stride + left] - sums[top * stride + right] +
                sums[top * stride + left];
    return sum / (float)((right - left) * (bottom - top));
}

void relief_measure(struct relief *memory, const float *brightness, int size, float *out) {
    int count = size * size;
    sum_up(brightness, size, memory->sums);
    for (int k = 0; k < count; k++) {
        out[k] = brightness[k] - mean_at(memory->sums, size, k % size, k / size);
        memory->away[k] = fabsf(out[k]);
    }
    sum_up(memory->away, size, memory->sums);
    for (int k = 0; k < count; k++) {
        float unit = mean_at(memory->sums, size, k % size, k / size) + SILENT_LEVELS;
        out[k] = fminf(fmaxf(out[k] / unit, -RELIEF_MOST), RELIEF_MOST);
    }
}

void relief_light(const float *relief, float scale, int size, float *out) {
    for (int k = 0; k < size * size; k++) {
        out[k] = MEAN_LEVEL + UNIT_LEVELS * scale * relief[k];
    }
}
