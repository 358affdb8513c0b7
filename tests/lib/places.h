/* places: where in bytes a property is tried: everywhere in a few, at seeded places in many. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_PLACES_H
#define TESTS_LIB_PLACES_H

#include <stddef.h>
#include <stdint.h>

/* How many of `total` places are tried: all up to 256, else 256; FULL=1 in the environment: all. */
size_t places_count(size_t total);

/* The i-th of them: both ends first, then seeded ones, or simply one after the other. */
size_t places_at(size_t i, size_t total, uint64_t *seed);

#endif
