/* version: how many modules a code has: its version bits and its timing patterns. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_VERSION_H
#define SYMBOL_VERSION_H

#include "symbol/homography.h"

#define VERSION_MAX 40
/* From this version on a code says its own, twice (ISO/IEC 18004, 7.10). */
#define VERSION_WRITTEN 7
/* Errors that the (18, 6) BCH code corrects. */
#define VERSION_ERRORS   3
#define VERSION_SIZE_MAX (17 + 4 * VERSION_MAX)

/* Modules a side (ISO/IEC 18004, 6.1). */
static inline int version_size(int version) {
    return 17 + 4 * version;
}

/* The 18 version bits of versions 7 to 40: six of data, twelve of the Golay code (ISO/IEC 18004, annex D). */
uint32_t version_bits(int version);

/* The version whose bits are nearest, or 0 where more than VERSION_ERRORS differ; `errors` is how many. */
int version_nearest(uint32_t bits, int *errors);

/*
 * The version that a code's own bits say, from both copies.
 *
 * view    in the code's polarity
 * size    modules that `place` was made with; the blocks lie at its far ends
 * levels  between dark and light at the ends of the u and v axes
 *
 * Returns 0 where they are unreadable or contradict each other.
 */
int version_written(const struct view *view, const struct homography *place, int size,
                    const double levels[2]);

/* How well both timing patterns alternate (ISO/IEC 18004, 6.3.5): 0.5 for chance, 1 for all of it; 0 where they
 * leave the picture. */
double version_timing(const struct view *view, const struct homography *place, int size);

#endif
