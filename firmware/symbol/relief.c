/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/relief.h"

#include <math.h>

/* Grey levels of difference that say nothing. */
#define SILENT_LEVELS 1.0F
#define UNIT_LEVELS   48.0F
#define MEAN_LEVEL    128.0F

void relief_measure(struct relief *memory, const float *brightness, int size, float *out) {
    int count = size * size;
    neighbourhood_sum(&memory->around, brightness, size);
    for (int k = 0; k < count; k++) {
        out[k] = brightness[k] - neighbourhood_mean(&memory->around, size, k % size, k / size);
        memory->away[k] = fabsf(out[k]);
    }
    neighbourhood_sum(&memory->around, memory->away, size);
    for (int k = 0; k < count; k++) {
        float unit = neighbourhood_mean(&memory->around, size, k % size, k / size) + SILENT_LEVELS;
        out[k] = fminf(fmaxf(out[k] / unit, -RELIEF_MOST), RELIEF_MOST);
    }
}

void relief_light(const float *relief, float scale, int size, float *out) {
    for (int k = 0; k < size * size; k++) {
        out[k] = MEAN_LEVEL + UNIT_LEVELS * scale * relief[k];
    }
}
