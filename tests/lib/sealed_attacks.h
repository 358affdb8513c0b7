/* sealed_attacks: what somebody may do to a sealed credential, and what the verifier must say of each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SEALED_ATTACKS_H
#define TESTS_LIB_SEALED_ATTACKS_H

#include "tests/lib/world.h"

/* One of them, as the kiosk sees it. */
struct sealed_attack {
    const char *name;
    struct span payload;
    enum verdict_reason reason;
    enum err cause;
};

/* Put contexts on the world's shelf that load each other; once. */
void sealed_attacks_shelve(struct world *world);

/* Call visit for each; what it is given lives for the call. */
void sealed_attacks_each(const struct world *world,
                         void (*visit)(void *ctx, const struct sealed_attack *attack), void *ctx);

#endif
