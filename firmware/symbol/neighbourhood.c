/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/neighbourhood.h"

#include <string.h>

void neighbourhood_sum(struct neighbourhood *memory, const float *values, int size) {
    int stride = size + 1;
    float *sums = memory->sums;
    memset(sums, 0, (size_t)stride * sizeof *sums);
    for (int row = 0; row < size; row++) {
        float sum = 0;
        sums[(row + 1) * stride] = 0;
        for (int i = 0; i < size; i++) {
            sum += values[row * size + i];
            sums[(row + 1) * stride + i + 1] = sums[row * stride + i + 1] + sum;
        }
    }
}
