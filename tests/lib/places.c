/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/places.h"

#include <stdlib.h>

#define TRIES 256u

size_t places_count(size_t total) {
    return getenv("FULL") != NULL || total <= TRIES ? total : TRIES;
}

size_t places_at(size_t i, size_t total, uint64_t *seed) {
    if (places_count(total) == total) {
        return i;
    }
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return i == 0 ? 0 : i == 1 ? total - 1 : (size_t)(*seed >> 33) % total;
}
