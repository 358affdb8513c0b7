/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/version.h"

/* Generator x^12 + x^11 + x^10 + x^9 + x^8 + x^5 + x^2 + 1. */
#define GENERATOR  0x1F25u
#define CHECK_BITS 12
#define BITS       18

uint32_t version_bits(int version) {
    uint32_t rest = (uint32_t)version;
    for (int i = 0; i < CHECK_BITS; i++) {
        rest = (rest << 1) ^ ((rest >> (CHECK_BITS - 1)) * GENERATOR);
    }
    return (uint32_t)version << CHECK_BITS | rest;
}

int version_nearest(uint32_t bits, int *errors) {
    int nearest = 0;
    *errors = BITS;
    for (int version = VERSION_WRITTEN; version <= VERSION_MAX; version++) {
        int differ = __builtin_popcount(bits ^ version_bits(version));
        if (differ < *errors) {
            *errors = differ;
            nearest = version;
        }
    }
    return *errors <= VERSION_ERRORS ? nearest : 0;
}

/* The block of 6 x 3 modules beside the finder at the end of u (ISO/IEC 18004, figure 28), or of v. */
static int read_block(const struct view *view, const struct homography *place, int size, bool at_v,
                      double level, int *errors) {
    uint32_t bits = 0;
    for (int i = 0; i < BITS; i++) {
        double far = size - 11 + i % 3 + 0.5;
        double near = i / 3 + 0.5;
        struct point at = at_v ? homography_place(place, near, far) : homography_place(place, far, near);
        bits |= (uint32_t)(view_at(view, at) < level) << i;
    }
    return version_nearest(bits, errors);
}

int version_written(const struct view *view, const struct homography *place, int size,
                    const double levels[2]) {
    int errors[2];
    effort_spend(view->effort, (uint64_t)2 * BITS * EFFORT_PLACE);
    int u = read_block(view, place, size, false, levels[0], &errors[0]);
    int v = read_block(view, place, size, true, levels[1], &errors[1]);
    if (u == v) {
        return u;
    }
    if (u != 0 && errors[0] < VERSION_ERRORS && (v == 0 || errors[0] < errors[1])) {
        return u;
    }
    return v != 0 && errors[1] < VERSION_ERRORS && (u == 0 || errors[1] < errors[0]) ? v : 0;
}

double version_timing(const struct view *view, const struct homography *place, int size) {
    int good = 0;
    effort_spend(view->effort, (uint64_t)size * 2 * EFFORT_PLACE);
    for (int axis = 0; axis < 2; axis++) {
        double before = 0;
        for (int i = 7; i < size - 7; i++) {
            struct point at =
                axis == 0 ? homography_place(place, i + 0.5, 6.5) : homography_place(place, 6.5, i + 0.5);
            if (!view_holds(view, at)) {
                return 0;
            }
            double value = view_at(view, at);
            bool falls = i % 2 == 0;
            good += i > 7 && (falls ? value < before : value > before);
            before = value;
        }
    }
    return good / (2.0 * (size - 15));
}
