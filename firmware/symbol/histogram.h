/* histogram: how often each grey level occurs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_HISTOGRAM_H
#define SYMBOL_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_LEVELS 256

/* All zero is empty. */
struct histogram {
    int count;
    int of[HISTOGRAM_LEVELS];
};

static inline void histogram_add(struct histogram *histogram, uint8_t level) {
    histogram->of[level]++;
    histogram->count++;
}

/* The level that so many of a thousand are not above; 0 of an empty one. */
static inline int histogram_level(const struct histogram *histogram, int permille) {
    int64_t wanted = (int64_t)histogram->count * permille;
    int64_t below = 0;
    for (int level = 0; level < HISTOGRAM_LEVELS; level++) {
        below += histogram->of[level];
        if (below * 1000 >= wanted) {
            return level;
        }
    }
    return 0;
}

#endif
