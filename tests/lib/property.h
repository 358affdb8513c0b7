/* property: what must hold for every genuine token, whatever its algorithm and profile. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_PROPERTY_H
#define TESTS_LIB_PROPERTY_H

#include "tests/lib/world.h"

/*
 * A genuine token with any one bit flipped, in its text or in what its parts decode to, or cut anywhere, is
 * never VALID, with or without a note; and judged twice it gets the same verdict. Every bit and length up to
 * 256, else 256 seeded ones with both ends; FULL=1 in the environment: all.
 *
 * name   for messages
 * pack   lists its issuer
 * token  compact JWS that is VALID at now
 */
void property_check(const char *name, struct span token, struct pack *pack, const struct interval *now,
                    struct arena *arena);

#endif
